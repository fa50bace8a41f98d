"""The phrases of a clause: who and what its nouns name, read from left to right without a parser."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper.incidents.actors.words import (
    ADJECTIVES,
    ADVERBS,
    CALENDAR,
    CARRIERS,
    DEMONYMS,
    DETERMINERS,
    GROUPS,
    HEDGES,
    MEMBERS,
    PREPOSITIONS,
    STOPS,
    acts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.language import Tags
    from mapper.records import Resolution

__all__ = ["Names", "Phrase", "Text", "Word"]

_TOKEN: Final = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-'\u2019](?=[^\W_])[^\W_]+)*|[^\w\s]|_")
_LONGEST: Final = 8
"""Words of a phrase at most."""
_DESCRIBING: Final = frozenset(
    """armed masked suspected alleged united unidentified hooded uniformed disguised organised organized retired allied
    combined unknown so-called islamic""".split()
)
"""They end as verbs do and stand before a noun."""
_MANY: Final = frozenset(
    "dozens scores hundreds thousands group groups band bands number handful team couple pair trio".split()
)
"""They say how many, and "of" goes on with whom."""
_GOING_ON: Final = frozenset("of from as itself themselves".split())
"""Before an article: the phrase goes on."""
_SURE_NAME: Final = 0.6


class Names:
    """The names that a recogniser and the geocoder found in a report, by kind.

    Parameters
    ----------
    tags
        What a recogniser said of the report; None for none.
    """

    def __init__(self, tags: Tags | None) -> None:
        found: list[tuple[int, int, str]] = []
        for kind in ("person", "organisation", "demonym") if tags is not None else ():
            found += [(e.start, e.end, kind) for e in tags.entities(kind) if e.probability >= _SURE_NAME]  # type: ignore[union-attr]
        self._spans = sorted(found)
        self._starts = [start for start, _, _ in self._spans]

    def inside(self, start: int, end: int, resolutions: Iterable[Resolution] = ()) -> list[tuple[int, int, str]]:
        """Give the names in a stretch of the report as (start, end, kind); places are "place" or "demonym"."""
        first = bisect_left(self._starts, start)
        named = [span for span in self._spans[first : bisect_left(self._starts, end)] if span[1] <= end]
        places = [
            (r.toponym.start, r.toponym.end, "demonym" if r.toponym.kind == "demonym" else "place") for r in resolutions
        ]
        return named + [span for span in places if start <= span[0] and span[1] <= end]


@dataclass(frozen=True, slots=True)
class Word:
    """A token: `low` is in lower case and without a possessive."""

    text: str
    low: str
    start: int
    end: int
    possessive: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of nouns: token indexes, end exclusive; `governed` where a preposition stands before it."""

    start: int
    end: int
    governed: bool = False


class Text:
    """A clause as words, with the names in it.

    Parameters
    ----------
    text
        The clause.
    names
        (start, end, kind) with offsets into it.
    """

    def __init__(self, text: str, names: Sequence[tuple[int, int, str]] = ()) -> None:
        self.text = text
        self.shouting = text.isupper()
        self.words = [_word(match) for match in _TOKEN.finditer(text)]
        self._starts = [word.start for word in self.words]
        self.kinds: dict[int, str] = {}
        for start, end, kind in names:
            for i in range(self.index(start), self.index(end)):
                if self.kinds.get(i) not in ("organisation", "person"):
                    self.kinds[i] = kind

    def index(self, offset: int) -> int:
        """Give the first token at or behind an offset."""
        return bisect_left(self._starts, offset)

    def low(self, i: int) -> str:
        """Give a token in lower case, "" outside the clause."""
        return self.words[i].low if 0 <= i < len(self.words) else ""

    def span(self, phrase: Phrase) -> tuple[int, int]:
        """Give the offsets of a phrase, without a possessive at its end."""
        last = self.words[phrase.end - 1]
        return self.words[phrase.start].start, last.end - (2 if last.possessive else 0)

    def person_in(self, start: int, end: int) -> str:
        """Give the words of a stretch of the clause that are a person's name, "" where there are none."""
        inside = range(self.index(start), self.index(end))
        return " ".join(
            self.words[i].text[: -2 if self.words[i].possessive else None]
            for i in inside
            if self.kinds.get(i) == "person"
        )

    def is_name(self, i: int) -> bool:
        """Tell whether a token is written as a name is, or is known for one."""
        word = self.words[i]
        if word.low in CALENDAR or not word.text[0].isalpha():
            return False
        return i in self.kinds or word.low in GROUPS or (not self.shouting and word.text[0].isupper())

    def _nominal(self, i: int, *, first: bool) -> bool:
        word = self.words[i]
        if not (word.text[0].isalnum() or self.kinds.get(i)) or word.low in STOPS or word.low in CALENDAR:
            return False
        if word.low in _DESCRIBING:
            return first or self.low(i - 1) in _DESCRIBING
        if i in self.kinds:
            return True
        return acts(word.low) or not word.low.endswith(("ed", "ing")) or len(word.low) <= 3

    def phrase_at(self, i: int, stop: int) -> Phrase | None:
        """Read the phrase that begins at a token, not beyond `stop`; articles and figures before it are passed over."""
        governed = i > 0 and self.low(i - 1) in PREPOSITIONS
        while i < stop and (self.low(i) in DETERMINERS or self.words[i].text[0].isdigit()):
            i += 1
        while i + 2 < stop and self.low(i) in _MANY and self.low(i + 1) == "of" and self._of_people(i + 2):
            i += 2
        if self.low(i - 1) in _MANY and self.low(i) == "of":
            i += 1
        while i < stop and self.low(i) in DETERMINERS:
            i += 1
        k = i
        while k < min(stop, i + _LONGEST) and self._nominal(k, first=k == i):
            k += 1
            if self.words[k - 1].possessive and k < stop and self.low(k) in STOPS:
                break
        while k > i and self.low(k - 1) in _DESCRIBING:
            k -= 1
        if k == i:
            return None
        return Phrase(i, self._belonging(i, k, stop), governed)

    def _of_people(self, i: int) -> bool:
        """Tell whether people without a name follow: "a group of ten terrorists"."""
        ahead = range(i, min(len(self.words), i + 4))
        return any(acts(self.low(k)) for k in ahead) and not any(self.low(k) in {"the", ","} for k in ahead)

    def _belonging(self, start: int, end: int, stop: int) -> int:
        """Take in what a phrase belongs to: "members of the ELN", "a group calling itself the Free Army"."""
        if self.low(end - 1) in {"group", "militia", "organisation", "organization"} and (
            self.low(end) in {"calling", "called", "named", "known"}
        ):
            k = end + 1
            while k < stop and self.low(k) in {"itself", "themselves", "as", "the"}:
                k += 1
            inner = k
            while k < stop and self.is_name(k):
                k += 1
            return k if k > inner else end
        if self.low(end - 1) in MEMBERS and self.low(end) in {"of", "from"}:
            k = end + 1
            while k < stop and self.low(k) in {"the", "a", "an"}:
                k += 1
            named = k < stop and self.is_name(k) and self.kinds.get(k) != "place"
            if named and (self.low(end) == "of" or self.low(start) != "gunmen"):
                while k < stop and (self.is_name(k) or acts(self.low(k))) and self.low(k) not in STOPS:
                    k += 1
                return k
        return end

    def phrases(self, start: int, stop: int) -> list[Phrase]:
        """Read all phrases of a stretch of tokens, in order."""
        found = []
        i = start
        while i < stop:
            phrase = self.phrase_at(i, stop)
            if phrase is None:
                i += 1
            else:
                found.append(phrase)
                i = phrase.end
        return found

    def agent(self, phrase: Phrase, *, sure: bool = False) -> Phrase | None:
        """Give who acts in a phrase: itself, or for "Russian missiles" the Russians; None where it is nobody.

        Parameters
        ----------
        sure
            The words around say that it is somebody, so that any name will do.
        """
        start, end = phrase.start, phrase.end
        if self.low(end - 1) in CARRIERS and self.kinds.get(end - 1) not in ("organisation", "person"):
            end -= 1
            while end > start and (self.low(end - 1) in ADJECTIVES or self.low(end - 1) in CARRIERS):
                end -= 1
            if end == start or not self.owns(end - 1):
                return None
            sure = True
        while start < end - 1 and self.low(start) in HEDGES:
            start += 1
        end = self._without_rest(start, end)
        if any(self.low(k) in DETERMINERS and self.low(k - 1) not in _GOING_ON for k in range(start + 1, end)):
            return None  # "kills two children": no phrase after all
        head = end - 1
        named = (
            acts(self.low(head))
            or self.kinds.get(head) in ("organisation", "person", "demonym")
            or self.low(head) in GROUPS
            or self.low(head) in DEMONYMS
            or self.low(phrase.start) in MEMBERS
            or any(self.low(k) in {"group", "militia"} for k in range(start, end))
        )
        if not named and self.is_name(head):
            opens = head == 0 or (head == start and not self.words[head - 1].text[-1].isalnum() and head < 2)
            named = sure or end - start > 1 or not opens
        return Phrase(start, end, phrase.governed) if named else None

    def _without_rest(self, start: int, end: int) -> int:
        """Leave out what only seems to go on with a phrase: "Hezbollah belongs", "forces alone"."""
        whole = end
        while end - 1 > start and self.low(end - 1) in ADVERBS:
            end -= 1
        while end - 1 > start and not (acts(self.low(end - 1)) or end - 1 in self.kinds or self.is_name(end - 1)):
            end -= 1
        named = end < whole and (self.is_name(end - 1) or self.low(whole - 1) in ADVERBS)
        return end if named else whole

    def owns(self, i: int) -> bool:
        """Tell whether a word before a weapon or a deed says whose it is: a people, a group, or somebody who acts."""
        word = self.words[i]
        if word.low in CALENDAR:
            return False
        known = word.low in DEMONYMS or word.low in GROUPS or self.kinds.get(i) in ("organisation", "demonym")
        if word.possessive:
            return known or acts(word.low) or self.is_name(i)
        return known or (acts(word.low) and word.low not in {"student", "worker", "police's"})


def _word(match: re.Match[str]) -> Word:
    text = match.group()
    low = text.lower().replace("\u2019", "'")
    possessive = low.endswith("'s") and len(low) > 2
    return Word(text, low.removesuffix("'s") if possessive else low, match.start(), match.end(), possessive)
