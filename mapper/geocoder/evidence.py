"""The evidence for and against a known name being a place here, and what it is used for when it is one.

Weights are set by hand: one unit is about what "at" before a name adds. They were checked on the training parts of
openly licensed corpora; nothing here knows a single report.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.geocoder.lexicon import (
    ACTION_VERBS,
    AFTER_PLACE,
    COMPASS,
    FACILITY,
    GENERIC,
    LOCATIVE,
    NEVER_PLACES,
    ORGANISATION,
    PERSON_PARTICLES,
    SPEECH,
    TIME_WORDS,
    TITLES,
    WEAK_LOCATIVE,
    common_words,
    given_names,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.pieces import Piece
    from mapper.records import ToponymKind

__all__ = ["NameEvidence", "context_score", "persons_in", "usage"]

_COUNTRY = ("PCL", "TERR")
_DETERMINERS = frozenset("the a an this that".split())
_SEATS = frozenset(
    "washington moscow beijing brussels london paris tehran ankara kyiv kiev berlin tokyo delhi riyadh".split()
)
_ATTRIBUTED = frozenset(
    "backed led based made born bound funded sponsored allied owned supported aligned trained style run".split()
)
_HAPPENS_THERE = frozenset(
    """earthquake quake flood floods flooding wildfire wildfires fire fires cyclone tornado landslide landslides tsunami
    drought blast bombing bombings explosion shooting shootings massacre siege famine protests riots crash
    outbreak""".split()
)
_BEGIN_PERSON = frozenset("abu umm ibn bin bint".split())
_OBJECT_VERBS = frozenset("joins joined told urged accused warned blamed asked supports backs joining urging".split())
_BESIDE_ACTOR = frozenset("by with against between".split())


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
        elif match == "alternate" and (country or place.population < 500_000):
            # Names in other languages: "Saadi" is Chad in one of them.
            prior -= 0.7 if place.feature_class == "P" else 0.5
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
        )


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
        score += 1.2 if not all(common) else -0.8
        score -= 2.0 if words[0] in {"the", "a"} and rare else 0.0
        score -= 2.0 if words[0] in given_names() and rare and words[-1] not in GENERIC else 0.0
        return score
    word = words[0]
    if word in NEVER_PLACES or word in TITLES or word in TIME_WORDS:
        return -5.0
    if common[0]:
        score -= 2.5 + (1.5 if pieces[0].first else 0.0)
    if word in lower:
        score -= 2.0
    if word in ORGANISATION or word in GENERIC or word in COMPASS or word in FACILITY:
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
    if not headline and not shouting:
        score += _neighbours_score(pieces, i, j, evidence)
    else:
        score -= 0.7
    if evidence.demonym:
        return max(score, -1.5)
    score += _after_score(pieces, j, evidence, knows)
    if after_toponym and pieces[i].gap in {", ", " ("}:
        score += 1.2
    if after_toponym is False and i >= 2 and pieces[i - 1].lower in {"and", "or"} and pieces[i - 2].cap:
        score += 0.4
    if (j - i == 1 and pieces[i].lower in persons) or all(p.lower in persons for p in pieces[i:j]):
        score -= 3.0
    return score


def _before_score(pieces: Sequence[Piece], i: int) -> float:
    at = i - 1
    score = 0.0
    while at >= 0 and i - at <= 3 and pieces[at].lower in COMPASS | _DETERMINERS and pieces[at + 1].gap in {" ", "-"}:
        score += 0.8 if pieces[at].lower in COMPASS else 0.0
        at -= 1
    if at < 0 or pieces[at + 1].gap not in {" ", " “"}:
        return score
    before = pieces[at].lower
    if before in LOCATIVE:
        return score + 2.5
    if before in {"of", "from"} and at > 0 and pieces[at - 1].lower in GENERIC | FACILITY:
        return score + 3.0
    if before in WEAK_LOCATIVE:
        return score + 1.2
    if before in GENERIC and before not in {"state", "capital", "bank"}:
        return score + 0.5
    return score


def _after_score(pieces: Sequence[Piece], j: int, evidence: NameEvidence, knows: Callable[[str], bool]) -> float:
    if j >= len(pieces):
        return 0.0
    after = pieces[j]
    if after.gap in {", ", " (", ","} and after.cap:
        following = after.text if j + 1 >= len(pieces) or not pieces[j + 1].cap or pieces[j + 1].gap != " " else None
        names = [following] if following else [f"{after.text} {pieces[j + 1].text}", after.text]
        return 2.5 if any(knows(n) for n in names) else 0.0
    if after.gap in {" (", " - ", " — ", " – ", "—"} and pieces[j - 1].upper and j <= 3:
        return 3.0  # a dateline
    if after.gap != " ":
        return 0.0
    if after.lower in GENERIC | FACILITY:
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
        joins = pieces[i].gap == "-" or left.lower in {"al", "bin", "ibn", "van", "von", "de", "abu"}
        named = i > 1 and pieces[i - 2].cap and left.gap == " "
        return -3.0 if joins and named and not evidence.country else 0.0
    if (
        left.lower in given_names()
        or (len(left.text) == 1 and left.lower not in {"a", "i"})
        or left.lower in PERSON_PARTICLES
    ):
        return 0.0 if evidence.demonym else -4.0
    if left.lower in COMPASS | TIME_WORDS | GENERIC | ORGANISATION | FACILITY or left.first:
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
    if right.lower in ORGANISATION | FACILITY | GENERIC | AFTER_PLACE | TITLES | TIME_WORDS | COMPASS:
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


def persons_in(pieces: Sequence[Piece], gazetteer: Gazetteer) -> Iterator[str]:
    """Words of the persons' names of a sentence: after a title, or a given name with what follows it."""
    i = 0
    while i < len(pieces) - 1:
        piece, after = pieces[i], pieces[i + 1]
        titled = piece.lower in TITLES and piece.cap and after.cap and after.gap in {" ", ". "}
        given = (
            piece.cap
            and piece.lower in _BEGIN_PERSON | given_names()
            and (after.cap or after.lower in PERSON_PARTICLES)
            and after.gap == " "
            and not piece.possessive
        )
        if not (titled or given):
            i += 1
            continue
        j = i + 1
        while j < len(pieces) and pieces[j].gap in {" ", ". ", "-"}:
            if not (pieces[j].cap or pieces[j].lower in PERSON_PARTICLES or pieces[j].lower in {"al", "el"}):
                break
            j += 1
            if pieces[j - 1].possessive:
                break
        name = pieces[i if given else i + 1 : j]
        last = name[-1].lower
        full = " ".join(p.text for p in name)
        ends_as_place = last in GENERIC | FACILITY | ORGANISATION or last in common_words()
        if not ends_as_place and not (given and gazetteer.knows(full)):
            yield from (p.lower for p in name if len(p.text) > 2 and not _is_nation(p.text, gazetteer))
        i = j


def _is_nation(word: str, gazetteer: Gazetteer) -> bool:
    found = gazetteer.lookup(word, limit=1)
    return bool(found) and found[0].match in {"demonym", "abbreviation"}


def usage(pieces: Sequence[Piece], i: int, j: int, *, evidence: NameEvidence) -> ToponymKind:
    """Say what a place name is used for, from the words next to it."""
    if evidence.demonym:
        return "demonym"
    after = pieces[j] if j < len(pieces) else None
    before = pieces[i - 1] if i > 0 and pieces[i].gap in {" ", "-", " “"} else None
    possessive = pieces[j - 1].possessive
    if _is_embedded(pieces, i, j):
        return "embedded"
    if not (evidence.country or evidence.capital or evidence.abbreviation or pieces[i].lower in _SEATS):
        return "literal"
    if before and pieces[i].gap == "-" and before.lower in {"pro", "anti", "non", "ex"}:
        return "metonymic"
    if after and after.gap == "-" and (after.lower in _ATTRIBUTED or evidence.country):
        return "metonymic"
    if before and before.lower in LOCATIVE and before.lower != "between":
        return "literal"
    if (
        i > 0
        and pieces[i].gap == ", "
        and (pieces[i - 1].cap or pieces[i - 1].lower in GENERIC)
        and not pieces[i - 1].first
    ):
        return "literal"  # "Gorkha district, Nepal"
    if before and before.lower in {"and", "or"} and _named_with_place(pieces, i - 1):
        return "literal"
    if before and before.lower in _OBJECT_VERBS and (evidence.country or evidence.abbreviation):
        return "metonymic"
    if _is_actor(before, after, evidence, possessive=possessive):
        return "metonymic"
    return "literal"


def _named_with_place(pieces: Sequence[Piece], conjunction: int) -> bool:
    """Say whether what stands before a conjunction is a place that something is in ("across Iraq and ...")."""
    at = conjunction - 1
    while at >= 0 and pieces[at].cap:
        at -= 1
    return 0 <= at < conjunction - 1 and pieces[at].lower in (LOCATIVE | {"from", "to", "of"}) - {"between"}


def _is_actor(before: Piece | None, after: Piece | None, evidence: NameEvidence, *, possessive: bool) -> bool:
    beside_actor = before is not None and before.lower in _BESIDE_ACTOR and (evidence.country or evidence.abbreviation)
    if after is None or after.gap not in {" ", "-", "] "}:
        return beside_actor
    if after.lower in ACTION_VERBS:
        return True
    if possessive:
        return not after.cap and after.lower not in GENERIC | COMPASS
    if evidence.country and not after.cap and after.lower.isalpha() and after.lower not in _FUNCTION:
        there = after.lower in GENERIC or (after.lower in _HAPPENS_THERE and not evidence.abbreviation)
        return not there
    return beside_actor


_FUNCTION = frozenset(
    """in on at to from of for and or but nor as by with without against over under after before since until while when
    where which that who whom whose is are was were be been being had has have do does did not if than then so because
    although though during between among near around about into onto through across along amid via also too now still
    only even just already yesterday today tomorrow last next this these those the a an its his her their our my your he
    she it they we you i there here itself alone again ago per days weeks months
    years hours minutes killing wounding injuring leaving""".split()
)


def _is_embedded(pieces: Sequence[Piece], i: int, j: int) -> bool:
    """Whether the name stands inside the name of an organisation ("University of Basra", "Chicago Bulls")."""
    if j < len(pieces) and pieces[j].cap and pieces[j].gap in {" ", "-"} and not pieces[j - 1].possessive:
        for k in range(j, min(j + 4, len(pieces))):
            if not pieces[k].cap or pieces[k].gap not in {" ", "-"}:
                break
            if pieces[k].lower in ORGANISATION | FACILITY:
                return True
    if i > 1 and pieces[i - 1].lower in {"of", "for"} and pieces[i].gap == " ":
        head = pieces[i - 2]
        return head.cap and head.lower in (ORGANISATION | FACILITY) - {"united"} and pieces[i - 1].gap == " "
    left = pieces[i - 1] if i > 0 and pieces[i].gap == " " else None
    return (
        left is not None and left.cap and left.lower in {"fc", "real", "sporting", "radio", "deutsche", "bank", "hotel"}
    )
