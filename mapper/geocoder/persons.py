"""Persons' names in a sentence: where they stand, so that no part of one is taken for a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapper.geocoder.lexicon import (
    FACILITY,
    GENERIC,
    ORGANISATION,
    PERSON_PARTICLES,
    TIME_WORDS,
    TITLES,
    common_words,
    given_names,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.pieces import Piece

__all__ = ["PersonRun", "person_runs"]

_BEGIN_PERSON = frozenset("abu umm ibn bin bint".split())
_JOIN = PERSON_PARTICLES | {"al", "el"}
_ENDS_AS_PLACE = GENERIC | FACILITY | ORGANISATION
_LARGE = 300_000
LONGEST = 7
"""Most words after the first of a person's name."""


class PersonRun(NamedTuple):
    """A person's name: pieces `start` to `stop`, its words that are no nation's, and whether it is surely a person."""

    start: int
    stop: int
    words: tuple[str, ...]
    sure: bool


def person_runs(pieces: Sequence[Piece], gazetteer: Gazetteer) -> list[PersonRun]:
    """Find the persons' names of a sentence: after a title, or a given name with what follows it."""
    runs: list[PersonRun] = []
    given, i = given_names(), 0
    while i < len(pieces) - 1:
        piece, after = pieces[i], pieces[i + 1]
        titled = piece.cap and after.cap and piece.lower in TITLES and after.gap in {" ", ". "}
        begins = (
            piece.cap
            and (piece.lower in given or piece.lower in _BEGIN_PERSON)
            and (after.cap or after.lower in PERSON_PARTICLES)
            and after.gap == " "
            and not piece.possessive
        )
        if not (titled or begins):
            i += 1
            continue
        start = i if begins else i + 1
        stop = _end_of(pieces, i + 1)
        # A title may stand before no name at all: "the Gen. Monday ...".
        if stop > start and (run := _run(pieces, start, stop, gazetteer, titled=titled and not begins)):
            runs.append(run)
        i = max(stop, i + 1)
    return runs


def _end_of(pieces: Sequence[Piece], j: int) -> int:
    """Index after the last word of a name that goes on at piece j."""
    last = min(len(pieces), j + LONGEST)
    while j < last and pieces[j].gap in {" ", ". ", "-"}:
        if not (pieces[j].cap or pieces[j].lower in _JOIN) or pieces[j].lower in TIME_WORDS:
            break
        j += 1
        if pieces[j - 1].possessive:
            break
    return j


def _run(pieces: Sequence[Piece], start: int, stop: int, gazetteer: Gazetteer, *, titled: bool) -> PersonRun | None:
    name = pieces[start:stop]
    last = name[-1].lower
    if last in _ENDS_AS_PLACE or last in common_words():
        return None
    if not titled and gazetteer.knows(" ".join(p.text for p in name)):
        return None
    if any(p.lower in _ENDS_AS_PLACE for p in name[1:]):
        sure = False  # "Douglas County Jail"
    elif titled:
        # "DR Congo", "Prince George", "King William": the title may belong to the place's own name.
        sure = not gazetteer.knows(f"{pieces[start - 1].text} {name[0].text}")
    else:
        # "Jordan Valley", "Victoria Australia", "Israel Katz": a given name that is a well-known place says little.
        sure = name[0].lower in _BEGIN_PERSON or not _is_well_known(name[0].text, gazetteer)
    words = tuple(p.lower for p in name if len(p.text) > 2 and not _is_nation(p.text, gazetteer))
    return PersonRun(start, stop, words, sure)


def _is_well_known(word: str, gazetteer: Gazetteer) -> bool:
    if not gazetteer.knows(word):
        return False
    found = gazetteer.lookup(word, limit=1)
    place = found[0].place
    return place.feature_class == "A" or place.population > _LARGE or not place.country_code


def _is_nation(word: str, gazetteer: Gazetteer) -> bool:
    if not gazetteer.knows(word):
        return False
    found = gazetteer.lookup(word, limit=1)
    return bool(found) and found[0].match in {"demonym", "abbreviation"}
