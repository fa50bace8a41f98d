"""One sentence, read for the people harmed in it: from each word of harm to the group of people that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mapper.incidents.counts.attribution import is_aggregate, source_of
from mapper.incidents.counts.numbers import quantity_at
from mapper.incidents.counts.people import Group, read_group
from mapper.incidents.counts.people_words import BE, HAVE, STOP, is_person, is_thing
from mapper.incidents.counts.words import (
    ABOUT_THEM,
    BOUND,
    DEAD_THINGS,
    FAMILIES,
    FEARED,
    FIGURE_BEFORE,
    HARM_NOUNS,
    LEAN,
    LIVES_VERBS,
    MODALS,
    NAMED_NOUNS,
    NOT,
    NOT_NAMES,
    NOUNS,
    NUMBER_OF,
    PREPOSITIONS,
    RELATIVE,
    TOLL_UNITS,
    TRIGGER_FIRST,
    TRIGGERS,
    UNREAL_NOUNS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.counts.numbers import Token
    from mapper.records import Harm

__all__ = ["CountMention", "SentenceReader"]


@dataclass(frozen=True, slots=True)
class CountMention:
    """One number of people and what befell them.

    Attributes
    ----------
    start, end, text
        The words for the people with their figure ("at least three people"; "no casualties").
    low, best, high
        Bounds as `mapper.incidents.counts.numbers` reads them; an open bound is None.
    modifier
        What bends the figure ("at least", "about", "dozens"), "plural" for people without a figure, "feared".
    source
        Who says so, as the text has it, when the sentence names one.
    trigger_start, trigger_end
        The word of harm.
    who
        The words for the people without the figure.
    counted
        A figure stands there; False for one person named or described and for a bare plural.
    aggregate
        It covers a war, a year or a series, not one incident.
    additional
        It comes on top of others ("another 14").
    unit
        What is counted; how many people so many families are, nobody says.
    """

    start: int
    end: int
    text: str
    harm: Harm
    low: int | None
    best: int | None
    high: int | None
    modifier: str | None
    source: str | None
    trigger_start: int
    trigger_end: int
    who: str | None
    counted: bool = True
    aggregate: bool = False
    additional: bool = False
    unit: Literal["people", "families"] = "people"


@dataclass(frozen=True, slots=True)
class _Chain:
    """The auxiliaries before a trigger: where they begin and what they say."""

    begin: int
    passive: bool
    unreal: bool
    singular: bool
    feared: bool


class SentenceReader:
    """One sentence: its tokens, and the counts that its words of harm lead to."""

    def __init__(self, text: str, tokens: Sequence[Token], *, shouting: bool) -> None:
        self.text = text
        self.tokens = tokens
        self.words = ["usa" if t.text == "US" else t.low for t in tokens]  # not the pronoun
        self.shouting = shouting
        self.found: list[CountMention] = []

    def counts(self) -> list[CountMention]:
        """Read the sentence once, word by word."""
        i = 0
        while i < len(self.words):
            word = self.words[i]
            i = self._verb(i) if word in TRIGGER_FIRST else i + 1
        for i, word in enumerate(self.words):
            if word in NOUNS:
                self._noun(i)
            elif word == "toll":
                self._toll(i)
            elif word == "number" and self.words[i + 1 : i + 2] == ["of"]:
                self._number_of(i)
            if word in HARM_NOUNS:
                self._none(i)
        return sorted(self.found, key=lambda c: (c.trigger_start, c.start))

    # --- verbs and states

    def _verb(self, i: int) -> int:
        """Read the trigger at token `i`; gives the token to go on from."""
        for length in (3, 2, 1):
            entry = TRIGGERS.get(tuple(self.words[i : i + length]))
            if entry is None or i + length > len(self.words):
                continue
            harm, form = entry
            end = i + length
            if form == "state":
                self._left(i, end, harm)
            elif form == "both":
                chain = self._chain(i)
                if chain.passive or not self._right(i, end, harm, chain):
                    self._left(i, end, harm)
            else:
                self._active(i, end, harm, base=form == "base")
            return end
        return i + 1

    def _active(self, i: int, end: int, harm: Harm, *, base: bool) -> None:
        chain = self._chain(i)
        before = self.words[max(0, i - 3) : i]
        if before[-1:] in (["of"], ["from"], ["at"], ["without"], ["the"], ["a"]) and not self._real_of(i):
            return
        if base and (before[-1:] == ["to"] or chain.unreal or not self._counted_ahead(end)):
            return
        self._right(i, end, harm, chain)

    def _real_of(self, i: int) -> bool:
        """Whether "of killing 20" tells of something that was done."""
        before = self.words[max(0, i - 3) : i]
        return before[-1:] == ["of"] and bool(
            {"accused", "convicted", "guilty", "suspected", "responsible"} & set(before)
        )

    def _counted_ahead(self, i: int) -> bool:
        return quantity_at(self.words, i) is not None

    def _chain(self, i: int) -> _Chain:
        """Read the auxiliaries and adverbs before token `i`, leftwards."""
        passive = unreal = singular = feared = False
        j = i
        steps = 0
        while j > 0 and steps < 10:
            word = self.words[j - 1]
            if word in BE:
                passive = True
                singular |= word in {"was", "is", "wasn't", "isn't"}
                unreal |= word.endswith("n't")
            elif word in HAVE:
                singular |= word == "has"
                unreal |= word.endswith("n't")
            elif word in MODALS or word in NOT:
                unreal = True
            elif word in FEARED:
                feared = True
            elif (
                word == "and"
                and not (passive is False and j - 2 >= 0 and self.words[j - 2] in LEAN and self.words[j - 2] != "and")
            ) or (word not in LEAN and not (word.endswith("ly") and len(word) > 4 and not is_person(word))):
                break
            j -= 1
            steps += 1
        window = self.words[max(0, j - 6) : j]
        unreal |= "if" in window or "unless" in window
        return _Chain(j, passive, unreal, singular, feared)

    def _right(self, i: int, end: int, harm: Harm, chain: _Chain) -> bool:
        """Read the people after an active verb; True when the words there settle it."""
        start = end
        if start < len(self.words) and self.words[start] in {"off", "himself", "herself", "themselves", "itself"}:
            if self.words[start + 1 : start + 2] != ["and"]:
                return True
            start += 2  # "killed himself and four others": the four are the victims
        group = read_group(self.tokens, self.words, start, len(self.words), shouting=self.shouting)
        if group is None:
            return False
        if self._other_use(group):
            return False
        if not chain.unreal:
            self._add(group, i, end, harm, chain)
        return True

    def _other_use(self, group: Group) -> bool:
        """Whether the words after the trigger are a date or the subject of the next clause, not its people."""
        following = self.words[group.end : group.end + 2]
        clause = following[:1] and (following[0] in {"were", "was", "are"})
        return bool(clause) and group.modifier != "plural"

    def _left(self, i: int, end: int, harm: Harm) -> None:
        """Read the people before a passive or a state."""
        chain = self._chain(i)
        if end < len(self.words) and self.words[i] in {"dead", "missing"} and self._names_thing(end):
            return
        stop = chain.begin
        while stop > 0 and (
            self.words[stop - 1] in RELATIVE or (self.words[stop - 1] in {",", "("} and stop < chain.begin)
        ):
            stop -= 1
        attached = "relative" if stop < chain.begin else "" if chain.passive else "reduced"
        group = self._subject(stop, singular=chain.singular, attached=attached)
        if group is None:
            return
        if chain.unreal and group.best != 0:
            return
        if chain.unreal and group.best == 0:
            chain = _Chain(chain.begin, chain.passive, unreal=False, singular=chain.singular, feared=chain.feared)
        self._add(group, i, end, harm, chain)

    def _names_thing(self, i: int) -> bool:
        return self.words[i] in DEAD_THINGS

    def _subject(self, stop: int, *, singular: bool, attached: str) -> Group | None:
        """Find the group that ends at token `stop`, or lies before it with only words about it in between."""
        lowest = max(0, stop - 30)
        bound = lowest
        for k in range(stop - 1, lowest - 1, -1):
            if self.words[k] in BOUND and not self._inside_relative(k, stop):
                bound = k + 1
                break
        nearest: Group | None = None
        k = bound
        while k < stop:
            group = read_group(self.tokens, self.words, k, stop, shouting=self.shouting)
            if group is None or group.end > stop:
                k += 1
                continue
            touches = group.end == stop
            aside = self._aside(k, attached if touches else "")
            bare = group.counted and not group.noun and not touches  # "Hassan, 34, was killed"
            again = nearest is not None and nearest.counted and not group.counted and self.words[k - 1] == ","
            if not aside and not bare and not again and self._bridged(group.end, stop):
                nearest = group
            k = group.end
        if nearest is None and singular and stop > bound:
            return self._anyone(stop)
        return nearest

    def _inside_relative(self, k: int, stop: int) -> bool:
        """Whether the bounding word at `k` stands inside a pair of commas that the subject goes on after."""
        if "," not in self.words[k:stop]:
            return False
        if self.words[stop - 1] != ",":
            return False
        opened = [j for j in range(max(0, k - 4), k) if self.words[j] == ","]
        return bool(opened)

    def _aside(self, k: int, attached: str = "") -> bool:
        """Whether the group at `k` belongs to a preposition or an "including", so that it is not the subject.

        A relative clause belongs to it all the same ("the funeral of ten men who were killed"), and a participle
        alone often ("with 12 people killed", "the blood of the priests murdered there").
        """
        before = self.words[k - 1] if k else ""
        if attached == "relative":
            return before in {"including", "include", "includes", "included"}
        return before in PREPOSITIONS and not (attached == "reduced" and before in {"with", "of", "for"})

    def _bridged(self, end: int, stop: int) -> bool:
        """Whether the words between a group and its verb only say more about the group."""
        gap = self.words[end:stop]
        if not gap:
            return True
        if len(gap) > 1 and gap[0] in {",", "("} and gap[-1] in {",", ")"}:
            return True
        return gap[0] in PREPOSITIONS or gap[0] in RELATIVE or gap[0] in ABOUT_THEM or gap[0].endswith("ing")

    def _anyone(self, stop: int) -> Group | None:
        """Read the word before "was killed" as one person when it looks like a name; "Hassan, 34, was killed" too."""
        if self.words[stop - 1] == ",":
            commas = [k for k in range(max(1, stop - 16), stop - 1) if self.words[k] == ","]
            if not commas:
                return None
            stop = commas[0]
        if not self._name_part(stop - 1) or self._aside(stop - 1):
            return None
        begin = stop - 1
        while begin > 0 and stop - begin < 4 and self._name_part(begin - 1) and not self.shouting:
            begin -= 1
        return None if self._aside(begin) else Group(begin, stop, 1, 1, 1, begin, counted=False)

    def _name_part(self, k: int) -> bool:
        token = self.tokens[k]
        plain = token.text[:1].isupper() and len(token.text) > 2 and token.low.isalpha()
        return plain and token.low not in STOP | NOT_NAMES and not is_thing(token.low) and is_person(token.low) != 2

    # --- nouns

    def _noun(self, i: int) -> None:
        """Read "41 deaths", "the death of a soldier", "the bodies of five", "claimed six lives"."""
        word, harm = self.words[i], NOUNS[self.words[i]]
        following = self.words[i + 1 : i + 2]
        if word == "lives":
            self._lives(i)
            return
        if word == "hostages":
            self._hostages(i)
            return
        if self._unreal_noun(i):
            return
        if word in FIGURE_BEFORE and following != ["toll"] and self._figure_before(i, harm):
            return
        chain = _Chain(i, passive=False, unreal=False, singular=False, feared=False)
        if following == ["of"]:
            group = read_group(self.tokens, self.words, i + 2, len(self.words), shouting=self.shouting)
            if group is None and word in NAMED_NOUNS and i + 2 < len(self.words) and self._name_part(i + 2):
                end = i + 3
                while end < min(len(self.words), i + 6) and self._name_part(end):
                    end += 1
                group = Group(i + 2, end, 1, 1, 1, i + 2, counted=False)
            if group is not None and group.best != 0:
                self._add(group, i, i + 1, harm, chain)
        elif word in NAMED_NOUNS and i and (self.words[i - 1] in {"his", "her"} or self._owned(i - 1)):
            self._add(Group(i - 1, i, 1, 1, 1, i - 1, counted=False), i, i + 1, harm, chain)

    def _owned(self, k: int) -> bool:
        """Whether token `k` is "Galan's" or "the mayor's", and not "the group's"."""
        word = self.words[k]
        stem = word[:-2]
        if (
            not word.endswith("'s")
            or is_thing(stem)
            or stem in {"today", "yesterday", "year", "week", "night", "world"}
        ):
            return False
        return is_person(stem) == 1 or (self.tokens[k].text[:1].isupper() and k > 0 and not stem.endswith("day"))

    def _figure_before(self, i: int, harm: Harm) -> bool:
        """Read "at least 41 deaths", "28 bodies"; True when there is a figure."""
        for k in range(max(0, i - 6), i):
            quantity = quantity_at(self.words, k)
            if quantity is None or not quantity.end <= i <= quantity.end + 3 or self._aside_of_time(k):
                continue
            if any(not w.isalpha() or w in STOP for w in self.words[quantity.end : i]):
                continue
            group = Group(
                k,
                i + 1,
                quantity.low,
                quantity.best,
                quantity.high,
                quantity.end,
                quantity.modifier,
                quantity.additional,
            )
            self._add(group, i, i + 1, harm, _Chain(k, passive=False, unreal=False, singular=False, feared=False))
            return True
        return False

    def _aside_of_time(self, k: int) -> bool:
        return k > 0 and self.words[k - 1] in {"$", "-", "no"}

    def _unreal_noun(self, i: int) -> bool:
        before = set(self.words[max(0, i - 6) : i])
        return bool(before & (MODALS | UNREAL_NOUNS))

    def _lives(self, i: int) -> None:
        """Read "claimed the lives of six" and "cost 12 lives"."""
        before = self.words[max(0, i - 8) : i]
        if not LIVES_VERBS & set(before) or self._unreal_noun(i):
            return
        chain = _Chain(i, passive=False, unreal=False, singular=False, feared=False)
        if self.words[i + 1 : i + 2] == ["of"]:
            group = read_group(self.tokens, self.words, i + 2, len(self.words), shouting=self.shouting)
            if group is not None:
                self._add(group, i, i + 1, "killed", chain)
            return
        if self.words[i - 1 : i] == ["their"]:
            return  # "lost their lives" is a verb
        for k in range(max(0, i - 6), i):
            quantity = quantity_at(self.words, k)
            if quantity is not None and quantity.end <= i <= quantity.end + 2:
                group = Group(
                    k, i + 1, quantity.low, quantity.best, quantity.high, i, quantity.modifier, quantity.additional
                )
                self._add(group, i, i + 1, "killed", chain)
                return

    def _hostages(self, i: int) -> None:
        """Read "took 12 hostages", "12 hostages were taken"."""
        for k in range(max(0, i - 5), i):
            quantity = quantity_at(self.words, k)
            if quantity is None or not quantity.end <= i <= quantity.end + 2:
                continue
            took = set(self.words[max(0, k - 2) : k]) & {
                "took",
                "take",
                "taking",
                "seized",
                "seizing",
                "holding",
                "held",
                "hold",
            }
            taken = set(self.words[i + 1 : i + 5]) & {"taken", "seized", "held", "captured"}
            if took or taken:
                group = Group(
                    k, i + 1, quantity.low, quantity.best, quantity.high, i, quantity.modifier, quantity.additional
                )
                self._add(
                    group, i, i + 1, "abducted", _Chain(k, passive=False, unreal=False, singular=False, feared=False)
                )
            return

    def _number_of(self, i: int) -> None:
        """Read "the number of dead rose to 59", "the number of people killed is 12"."""
        for k in range(i + 2, min(len(self.words), i + 5)):
            if self.words[k] in NUMBER_OF:
                self._toll(k, NUMBER_OF[self.words[k]])
                return

    def _toll(self, i: int, harm: Harm | None = None) -> None:
        """Read "the death toll rose from 30 to 41", "a toll of 17 dead", "put the toll at 12"."""
        death = i > 0 and self.words[i - 1] in {"death", "fatality", "casualty", "human"}
        injury = i > 0 and self.words[i - 1] in {"injury", "injured"}
        begin = i - 1 if death or injury else i
        death |= harm is not None
        for k in range(i + 1, min(len(self.words), i + 12)):
            if self.words[k] in {".", ";", "but"}:
                return
            quantity = None if self.words[k] in {"from", "a", "the", "one"} else quantity_at(self.words, k)
            if quantity is None or self._is_unit(quantity.end):
                continue
            if self.words[k - 1] == "from" and "to" in self.words[quantity.end - 2 : quantity.end + 2]:
                top = self.words.index("to", k)
                quantity = quantity_at(self.words, top + 1)
                if quantity is None:
                    return
            if self.words[quantity.begin - 1] in {"the", "on", "in", "since"} and not death:
                return
            group = Group(
                quantity.begin,
                quantity.end,
                quantity.low,
                quantity.best,
                quantity.high,
                quantity.end,
                quantity.modifier,
            )
            unreal = bool(set(self.words[i + 1 : quantity.begin]) & MODALS)
            chain = _Chain(begin, passive=False, unreal=unreal, singular=False, feared=False)
            if not unreal:
                self._add(group, begin, i + 1, harm or ("injured" if injury else "killed"), chain)
            return

    def _is_unit(self, i: int) -> bool:
        return i < len(self.words) and self.words[i] in TOLL_UNITS

    def _none(self, i: int) -> None:
        """Read "no casualties", "without injuries": zero. "No reports of casualties" says that nothing is known."""
        for k in range(i - 1, max(-1, i - 5), -1):
            word = self.words[k]
            if word in {"no", "without", "any"}:
                if word == "any" and not NOT & set(self.words[max(0, k - 4) : k]):
                    return
                if self.words[k - 1 : k] in (["of"], ["on"]) and word == "any":
                    return
                break
            ends = not word.isalpha() or word in PREPOSITIONS or is_person(word) == 1 or word in BE
            if ends and word not in {"or", "deaths", "and"}:
                return
        else:
            return
        if (
            k == i - 1
            and self.words[k] == "no"
            and self.words[i] in {"dead", "wounded", "injured"}
            and self.words[i + 1 : i + 2] not in ([], ["."], [","], ["or"], ["and"])
        ):
            return
        for harm in HARM_NOUNS[self.words[i]]:
            if any(c.harm == harm and c.trigger_start == self.tokens[i].start for c in self.found):
                continue
            group = Group(k, i + 1, 0, 0, 0, k + 1)
            self._add(group, i, i + 1, harm, _Chain(k, passive=False, unreal=False, singular=False, feared=False))

    # --- the record

    def _add(self, group: Group, first: int, last: int, harm: Harm, chain: _Chain) -> None:
        """Make the record, unless it is a part of a count told before in the sentence."""
        if chain.unreal:
            return
        if group.partitive and any(c.harm == harm for c in self.found):
            return
        start, end = self.tokens[group.begin].start, self.tokens[group.end - 1].end
        if any(c.harm == harm and c.start < end and start < c.end for c in self.found):
            return
        who = None
        if group.who < group.end:
            who = self.text[self.tokens[group.who].start : end]
        low, best, high, modifier = group.low, group.best, group.high, group.modifier
        if chain.feared:
            low, high, modifier = None, best if high is None else high, "feared"
            best = None
        self.found.append(
            CountMention(
                start,
                end,
                self.text[start:end],
                harm,
                low,
                best,
                high,
                modifier,
                source_of(self.text, self.tokens, self.words, first, shouting=self.shouting),
                self.tokens[first].start,
                self.tokens[last - 1].end,
                who,
                group.counted,
                is_aggregate(self.words, min(group.begin, first), max(group.end, last)),
                group.additional,
                "families" if self._counts_families(group) else "people",
            )
        )

    def _counts_families(self, group: Group) -> bool:
        """Whether "4,000 families" are counted: not "a family of five", and no people beside them."""
        run = self.words[group.who : group.end]
        return group.counted and bool(FAMILIES & set(run)) and not any(is_person(word) for word in run)
