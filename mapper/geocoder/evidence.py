"""The evidence for and against a known name being a place here, and what it is used for when it is one.

Weights are set by hand: one unit is about what "at" before a name adds. They were checked on the training parts of
openly licensed corpora; nothing here knows a single report.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.geocoder.lexicon import (
    AFTER_PLACE,
    COMPASS,
    DWELLERS,
    FACILITY,
    GENERIC,
    LOCATIVE,
    NEVER_PLACES,
    ORGANISATION,
    PARTS,
    PERSON_PARTICLES,
    SPEECH,
    TIME_WORDS,
    TITLES,
    WEAK_LOCATIVE,
    common_words,
    given_names,
)
from mapper.geocoder.pieces import is_arabic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.pieces import Piece
    from mapper.records import Place

__all__ = ["NameEvidence", "context_score"]

_COUNTRY = ("PCL", "TERR")
_BEFORE = COMPASS | frozenset("the a an this that".split())
_SEAS = frozenset("SEA GULF STRT OCN".split())
_KINDS_OF_PLACE = GENERIC | FACILITY
_KINDS_BEFORE = GENERIC - {"state", "capital", "bank"}
_NO_PLACE = NEVER_PLACES | TITLES | TIME_WORDS
_NO_NAME = ORGANISATION | GENERIC | COMPASS | FACILITY
_NAMES_GO_ON = COMPASS | TIME_WORDS | GENERIC | ORGANISATION | FACILITY
_NAMED_AFTER = ORGANISATION | FACILITY | GENERIC | AFTER_PLACE | TITLES | TIME_WORDS | COMPASS
_NOBLES = frozenset("duke duchess earl count countess marquess baron baroness".split())
_JOINING = frozenset("al bin ibn van von de abu".split())

SURELY_PERSON = -3.5
"""Sum of the neighbours' evidence under which they are a person's title or given name, not merely unknown words."""

DWELLER, AGED = 2.5, 3.0
"""What a word for people who live somewhere adds to the name before it, and an age before that: "a 52-year-old Howell
woman" is not called Howell."""

LARGE, LARGE_UNIT = 2.0, 1_000_000
"""Prior, and people of a province, from which a text in capitals need not say that a name is a place."""

NICKNAME = 4
"""Letters of a given name up to which it is no other name of a place."""

LONG_WORD = 8
"""Shorter names of countries in other languages are surnames or words of this one more often than not."""


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """What a name alone says: how likely it is a place, and of which kind its likeliest reading is."""

    prior: float
    demonym: bool = False
    country: bool = False
    container: bool = False
    capital: bool = False
    abbreviation: bool = False
    strong: bool = False
    given: bool = False
    large: bool = False
    sea: bool = False

    @classmethod
    def of(cls, name: str, pieces: Sequence[Piece], gazetteer: Gazetteer, lower: set[str]) -> NameEvidence:
        """Weigh a name that the gazetteer knows.

        Parameters
        ----------
        name, pieces
            The name and its words as written.
        lower
            Words that the document also writes in lower case.
        """
        best = gazetteer.lookup(name, limit=3)
        if not best:
            return cls(prior=-5.0)
        place, match = best[0].place, best[0].match
        words = name.lower().replace("-", " ").split()
        country = place.feature_code.startswith(_COUNTRY)
        prior = _place_prior(
            place.feature_class, place.feature_code, place.country_code, max(c.place.population for c in best)
        )
        if match == "demonym":
            prior = 3.0
        elif match == "abbreviation":
            prior = 2.5 if name.isupper() and len(name) > 1 and country else 0.0
            if "." not in name and not name.isupper():
                prior -= 3.0
        elif match == "alternate" and not is_arabic(name):
            prior -= _foreign(place, words)
            # "Sam's Club" is not Damascus, which some call Sham.
            prior -= 2.5 if len(name) <= NICKNAME and words[0] in given_names() else 0.0
        if match != "abbreviation" or not name.isupper():  # "US" is no "us"
            prior += _form_score(words, pieces, lower, rare=prior < 1.7)
        return cls(
            prior=prior,
            demonym=match == "demonym",
            country=country and (match != "alternate" or len(words) > 1 or place.population > 30_000_000),
            container=country or place.feature_code == "ADM1",
            capital=place.feature_code == "PPLC",
            abbreviation=match == "abbreviation",
            strong=prior > 1.5,
            given=words[0] in given_names(),
            sea=place.feature_code in _SEAS,
            large=prior >= LARGE or (place.feature_code == "ADM1" and place.population >= LARGE_UNIT and prior > 1.0),
        )


def _foreign(place: Place, words: Sequence[str]) -> float:
    """Give what another name of a place counts less: "Saadi" is Chad, and "End" India, in some language."""
    if place.feature_code.startswith(_COUNTRY):
        return 0.5 if len(words) > 1 else 3.2 if len(words[0]) < LONG_WORD else 1.0
    if place.feature_code in _SEAS:
        return 0.0 if _KINDS_OF_PLACE.intersection(words) else 2.0
    if place.population >= 500_000:
        return 0.0
    return 0.7 if place.feature_class == "P" else 0.5


def _place_prior(klass: str, code: str, country_code: str, population: int) -> float:
    if code.startswith(_COUNTRY):
        return 3.2
    if code == "ADM1":
        return 1.8
    if klass == "P":
        return min(2.2, max(-1.2, math.log10(population + 1) - 4.0)) + (1.0 if code == "PPLC" else 0.0)
    if not country_code:
        return 2.2  # seas, continents, regions of several countries
    if klass == "A":
        return 0.2
    return 0.0 if klass in {"H", "L", "T"} else -0.4


def _form_score(words: list[str], pieces: Sequence[Piece], lower: set[str], *, rare: bool) -> float:
    """Give what the words of a name say, whatever place has it."""
    common = [w in common_words() or w in TIME_WORDS for w in words]
    score = 0.0
    if len(words) > 1:
        if PARTS.issuperset(words):  # a province may be called so ("North West"), and no town is "the West Side"
            return -2.5 if COMPASS.issuperset(words) else -10.0
        score += 1.2 if not all(common) else -0.8
        score -= 2.0 if words[0] in {"the", "a"} and rare else 0.0
        score -= 2.0 if words[0] in given_names() and rare and words[-1] not in GENERIC else 0.0
        return score
    word = words[0]
    if word in _NO_PLACE:
        return -5.0
    if common[0]:
        score -= 2.5 + (1.5 if pieces[0].first else 0.0)
    if word in lower:
        score -= 2.0
    if word in _NO_NAME:
        score -= 2.5
    if rare and word in given_names():
        score -= 1.2
    if len(word) <= 3 and rare:
        score -= 0.8
    return score


def context_score(
    pieces: Sequence[Piece],
    i: int,
    j: int,
    *,
    evidence: NameEvidence,
    persons: set[str],
    after_toponym: bool,
    headline: bool,
    shouting: bool,
    knows: Callable[[str], bool],
) -> float:
    """Give what the words around pieces i to j say for (positive) or against (negative) a place."""
    score = _before_score(pieces, i)
    if evidence.demonym:
        score += 0.0 if headline or shouting else _neighbours_score(pieces, i, j, evidence)
        return max(score, -1.5)
    score += _after_score(pieces, i, j, evidence, knows)
    if evidence.sea and i > 0 and pieces[i - 1].lower == "the":
        score += 2.0  # "the Atlantic"
    if after_toponym and pieces[i].gap in {", ", " ("}:
        score += 1.2
    if shouting and not evidence.large and i > 0 and pieces[i - 1].lower == "the" and j - i == 1:
        # "THE PENAL CODE": an article before one word goes with a kind of place or a sea, not with a town.
        score -= 0.0 if evidence.sea or (j < len(pieces) and pieces[j].lower in _KINDS_OF_PLACE) else 2.0
    if shouting and score < 1.0 and not evidence.large:
        score -= 2.0  # nothing says that it is a place, not even a capital
    if headline or shouting:
        score -= 0.7
    if not headline:
        beside = _neighbours_score(pieces, i, j, evidence)
        # In a text in capitals an unknown word beside the name may be any word; a title or given name is one still.
        score += 0.4 * beside if shouting and beside > SURELY_PERSON else beside
    if after_toponym is False and i >= 2 and pieces[i - 1].lower in {"and", "or"} and pieces[i - 2].cap:
        score += 0.4
    if (j - i == 1 and pieces[i].lower in persons) or all(p.lower in persons for p in pieces[i:j]):
        score -= 3.0
    return score


def _before_score(pieces: Sequence[Piece], i: int) -> float:
    at = i - 1
    score = 0.0
    while at >= 0 and i - at <= 3 and pieces[at].lower in _BEFORE and pieces[at + 1].gap in {" ", "-"}:
        score += 0.8 if pieces[at].lower in COMPASS else 0.0
        at -= 1
    if at < 0 or pieces[at + 1].gap not in {" ", " “"}:
        return score
    before = pieces[at].lower
    if before in LOCATIVE:
        return score + 2.5
    if before == "of" and at > 0 and pieces[at - 1].lower in _NOBLES:
        return score - 3.0  # "the Duke of York"
    if before in {"of", "from", "at"} and at > 0 and pieces[at - 1].lower in _KINDS_OF_PLACE:
        return score + 3.0
    if before in WEAK_LOCATIVE:
        return score + 1.2
    if before in _KINDS_BEFORE:
        return score + 0.5
    return score


def _after_score(
    pieces: Sequence[Piece], i: int, j: int, evidence: NameEvidence, knows: Callable[[str], bool]
) -> float:
    if j >= len(pieces):
        return 0.0
    after = pieces[j]
    if after.gap in {", ", " (", ","} and after.cap:
        following = after.text if j + 1 >= len(pieces) or not pieces[j + 1].cap or pieces[j + 1].gap != " " else None
        names = [following] if following else [f"{after.text} {pieces[j + 1].text}", after.text]
        return 2.5 if any(knows(n) for n in names) else 0.0
    if after.gap in {" (", " - ", " — ", " – ", "—"} and pieces[j - 1].upper and j <= 3:
        return 3.0  # a dateline
    if after.gap[:1] in {"$", "£", "€"}:
        return -6.0  # "US$20 million"
    if after.gap != " ":
        return 0.0
    if after.lower in DWELLERS and not after.cap:
        return DWELLER + (AGED if i > 1 and pieces[i - 1].lower == "old" and pieces[i - 2].lower == "year" else 0.0)
    if after.lower in _KINDS_OF_PLACE:
        return 1.5
    if after.lower in SPEECH and not (evidence.country or evidence.capital or evidence.container):
        return -2.0
    return 0.0


def _neighbours_score(pieces: Sequence[Piece], i: int, j: int, evidence: NameEvidence) -> float:
    """Give the capitalised words that touch the name: persons and unknown names speak against it."""
    score = 0.0
    if i > 0 and pieces[i].gap in {" ", ". ", "-"} and not pieces[i - 1].possessive:
        score += _left_score(pieces, i, evidence)
    elif i > 0 and pieces[i].gap == " " and pieces[i - 1].possessive:
        score += 0.3
    if j < len(pieces) and pieces[j].gap in {" ", "-", ". "} and not pieces[j - 1].possessive:
        score += _right_score(pieces, j, evidence)
    elif j < len(pieces) and pieces[j].cap and pieces[i].lower in {"st", "saint"}:
        score -= 4.0  # "St. Paul's Hospital"
    return score


def _left_score(pieces: Sequence[Piece], i: int, evidence: NameEvidence) -> float:
    left = pieces[i - 1]
    if left.lower in TITLES and (left.cap or pieces[i].gap == ". "):
        return -1.5 if evidence.demonym else -5.0
    if left.lower in TITLES:
        return -0.5 if evidence.country or evidence.demonym else -2.0
    if not left.cap or pieces[i].gap == ". ":
        joins = pieces[i].gap == "-" or left.lower in _JOINING
        named = i > 1 and pieces[i - 2].cap and left.gap == " "
        return -3.0 if joins and named and not evidence.country else 0.0
    if (
        left.lower in given_names()
        or (len(left.text) == 1 and left.lower not in {"a", "i"})
        or left.lower in PERSON_PARTICLES
    ):
        return 0.0 if evidence.demonym else -4.0
    if left.lower in _NAMES_GO_ON or left.first:
        return 0.0
    if left.lower in common_words():
        return -0.4
    return -0.6 if evidence.demonym or evidence.country else -2.5


def _right_score(pieces: Sequence[Piece], j: int, evidence: NameEvidence) -> float:
    right = pieces[j]
    if not right.cap:
        names_person = (
            right.lower in {"al", "bin", "ibn", "von", "van", "de", "el"} and j + 1 < len(pieces) and pieces[j + 1].cap
        )
        return -2.5 if names_person and not evidence.country else 0.0
    if pieces[j].gap == ". ":
        return 0.0
    if right.lower in _NAMED_AFTER:
        return 0.3
    if len(right.text) == 1:
        return -3.0
    if evidence.demonym or evidence.abbreviation:
        return 0.0
    if right.lower in common_words() or right.upper:
        return 0.0
    if evidence.given:
        return -4.0
    return -0.3 if evidence.country else -0.8 if evidence.container else -3.0
