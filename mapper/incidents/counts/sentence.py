"""One sentence under reading: its words, and the counts found in it so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mapper.incidents.counts.attribution import is_aggregate, source_of
from mapper.incidents.counts.people import Group, read_group
from mapper.incidents.counts.people_words import is_person
from mapper.incidents.counts.words import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.counts.numbers import Quantity, Token
    from mapper.records import Harm

__all__ = ["FACT", "Chain", "CountMention", "HarmSentence", "group_of"]


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
class Chain:
    """The auxiliaries before a trigger: where they begin and what they say."""

    begin: int
    passive: bool
    unreal: bool
    singular: bool
    feared: bool


FACT = Chain(0, passive=False, unreal=False, singular=False, feared=False)
"""Told plainly: no auxiliary says otherwise."""


def group_of(quantity: Quantity, *, end: int, who: int) -> Group:
    """Make a group of a figure; `end` and `who` as in `Group`."""
    q = quantity
    return Group(q.begin, end, q.low, q.best, q.high, who, q.modifier, q.additional)


class HarmSentence:
    """One sentence: its tokens, and the counts that its words of harm lead to."""

    def __init__(self, text: str, tokens: Sequence[Token], *, shouting: bool) -> None:
        self.text = text
        self.tokens = tokens
        self.words = ["usa" if t.text == "US" else t.low for t in tokens]  # not the pronoun
        self.shouting = shouting
        self.found: list[CountMention] = []

    def group_at(self, i: int) -> Group | None:
        """Read the group of people that begins at token `i`."""
        return read_group(self.tokens, self.words, i, len(self.words), shouting=self.shouting)

    def add(self, group: Group, first: int, last: int, harm: Harm, chain: Chain) -> None:
        """Make the record, unless it is a part of a count told before in the sentence."""
        if chain.unreal:
            return
        if group.partitive and any(c.harm == harm for c in self.found):
            return
        if "how" in self.words[max(0, group.begin - 2) : group.end]:
            return  # how many people, nobody says
        if group.who < group.end and self.words[group.end : first] in (["of", "the"], ["of", "those"]):
            return  # "colleagues of the dead" are alive
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
