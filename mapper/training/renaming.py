"""Other names in the same sentences: a village in Mali has to be as familiar as Paris.

A place name is replaced by another of its class (town, province, country) drawn from the whole gazetteer, the same name
by the same one throughout a text, and most often by places of one country, as a report has them. Persons get a new
surname that is, as often as not, the name of a town: only the words around it can then tell. And any text may be
written in capitals or without them, as old wires and hurried posts are.
"""

from __future__ import annotations

import string
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from mapper.geocoder.lexicon import given_names

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from mapper.gazetteer import Gazetteer
    from mapper.training.corpora import Example, Mark

__all__ = ["Renaming", "recased"]

_TOWNS = ("PPL", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLX", "PPLL")
_PROVINCES = ("ADM1",)
ONE_COUNTRY = 0.7
"""How often all new towns of a text are of one country."""

TOWN_SURNAME = 0.4
"""How often a new surname is the name of a town."""

CAPITALS, SMALL, TITLED = 0.06, 0.05, 0.02
"""How often a text is written in capitals, without any, or with a capital on every word."""


class Renaming:
    """New names for the places and people of examples."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        codes = map("".join, product(string.ascii_uppercase, repeat=2))
        countries = {code: place.name for code in codes if (place := gazetteer.country(code)) is not None}
        self._countries = sorted(countries.values())
        self._towns = {c: names for c in countries if len(names := self._names(c, _TOWNS)) >= 20}
        self._provinces = {c: names for c in countries if (names := self._names(c, _PROVINCES))}
        self._given = sorted(name.title() for name in given_names())
        self._pools: dict[str, str] = {}

    def _names(self, code: str, feature_codes: tuple[str, ...]) -> list[str]:
        return sorted({p.name for p in self._gazetteer.sites(code, feature_codes) if p.name.isprintable()})

    def renamed(self, example: Example, chance: random.Random) -> Example:
        """Give the example with its places renamed, and its persons too where there are any."""
        country = chance.choice(list(self._towns)) if chance.random() < ONE_COUNTRY else None
        new: dict[str, str] = {}
        edits: dict[tuple[int, int], str] = {}
        for mark in _outermost(m for m in example.marks if m.head in {"place", "person"}):
            old = example.text[mark.start : mark.end]
            if old not in new:
                new[old] = self._place(old, country, chance) if mark.head == "place" else self._person(old, chance)
            if new[old] != old:  # what keeps its name keeps the names inside it
                edits[mark.start, mark.end] = new[old].upper() if old.isupper() and len(old) > 3 else new[old]
        return _edited(example, edits)

    def _place(self, name: str, country: str | None, chance: random.Random) -> str:
        pool = self._pool_of(name)
        if pool == "country":
            return chance.choice(self._countries)
        pools = {"town": self._towns, "province": self._provinces}.get(pool)
        if pools is None:
            return name
        where = country if country in pools and chance.random() < 0.9 else chance.choice(list(pools))
        return chance.choice(pools[where])

    def _pool_of(self, name: str) -> str:
        if name not in self._pools:
            found = self._gazetteer.lookup(name, limit=1)
            place = found[0].place if found and found[0].match in {"exact", "alternate"} else None
            code = place.feature_code if place else ""
            town = place is not None and place.feature_class == "P" and len(name) > 3
            self._pools[name] = (
                "country" if code.startswith("PCL") else "province" if code == "ADM1" else "town" if town else ""
            )
        return self._pools[name]

    def _person(self, name: str, chance: random.Random) -> str:
        words = name.split()
        surname = words[-1]
        if chance.random() < TOWN_SURNAME:
            surname = chance.choice(self._towns[chance.choice(list(self._towns))]).split()[0]
        if len(words) == 1:
            return surname
        return f"{chance.choice(self._given)} {surname}"


def _outermost(marks: Iterable[Mark]) -> list[Mark]:
    """Put marks in text order, without those inside another."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _edited(example: Example, edits: dict[tuple[int, int], str]) -> Example:
    """Give the example with stretches replaced; marks inside a replaced stretch are those of the whole."""
    starts, ends, pieces = {}, {}, []
    at = length = 0
    spans = sorted(edits)
    for span in spans:
        new = edits[span]
        pieces += [example.text[at : span[0]], new]
        length += span[0] - at
        starts[span[0]], ends[span[1]] = length, length + len(new)
        length += len(new)
        at = span[1]
    pieces.append(example.text[at:])

    def moved(offset: int, *, end: bool) -> int | None:
        known = ends if end else starts
        if offset in known:
            return known[offset]
        before = [s for s in spans if s[1] <= offset]
        if any(s[0] < offset < s[1] for s in spans):
            return None
        return offset + (ends[before[-1][1]] - before[-1][1] if before else 0)

    marks = []
    for mark in example.marks:
        start, end = moved(mark.start, end=False), moved(mark.end, end=True)
        if start is not None and end is not None:
            marks.append(replace(mark, start=start, end=end))
    blank = []
    for head, first, last in example.blank:
        start, end = moved(first, end=False), moved(last, end=True)
        if start is not None and end is not None:
            blank.append((head, start, end))
    return replace(example, text="".join(pieces), marks=marks, blank=blank)


def recased(example: Example, chance: random.Random) -> Example:
    """Give the example in capitals, in small letters or in title case once in a while, else as it is."""
    draw = chance.random()
    if draw >= CAPITALS + SMALL + TITLED:
        return example
    text = example.text
    new = text.upper() if draw < CAPITALS else text.lower() if draw < CAPITALS + SMALL else string.capwords(text, " ")
    return replace(example, text=new) if len(new) == len(text) else example
