"""What "the city", "the province" or "the capital" stands for: a place that the report named before.

Such phrases are no toponyms, and `geoparse` gives none for them; but what happened "in the city" happened somewhere.
`coreferences` says where, with its reasons, and says nothing where two places could be meant: a wrong town is worse
than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.geocoder.areas import extent_of, precision_of
from mapper.geocoder.lexicon import AFTER_PLACE, COMPASS, FACILITY, GENERIC, ORGANISATION
from mapper.records import Candidate, Resolution, Toponym

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.records import Document, Place

__all__ = ["RECALLED", "coreferences", "in_full"]

REACH = 1_500
"""Characters within which a phrase points back: some eight sentences."""

BESIDE = 160
"""Characters around the place named last in which another one that fits makes it unclear which is meant."""

CITY, TOWN, VILLAGE = 30_000, 300_000, 30_000
"""People from which a town may be called a city, and up to which a town or a village."""

SURE = 0.5
"""Score from which a place of the report can be pointed back to."""

RECALLED = 0.85
"""What the chance that a place is right is worth once it is pointed back to."""

_KINDS = {
    "city": "city", "port city": "city", "town": "town", "border town": "town", "village": "village",
    "hamlet": "village", "neighbourhood": "quarter", "neighborhood": "quarter", "suburb": "quarter",
    "province": "unit", "governorate": "unit", "state": "unit", "region": "unit", "oblast": "unit",
    "district": "district", "county": "district", "island": "island", "country": "country", "nation": "country",
    "kingdom": "kingdom", "sultanate": "sultanate", "republic": "republic", "capital": "capital",
    "capital city": "capital", "provincial capital": "seat", "regional capital": "seat", "state capital": "seat",
    "base": "base", "airbase": "base", "air base": "base", "airport": "airport", "airfield": "airport", "camp": "camp",
    "port": "port",
}  # fmt: skip
_KINGDOMS = frozenset("SA JO MA BH TH GB ES NL BE SE NO DK KH BT LS SZ TO".split())
_SULTANATES = frozenset({"OM", "BN"})
_BASES = frozenset({"AIRB", "MILB", "INSM", "FT"})
_AIRPORTS = frozenset({"AIRP", "AIRB", "AIRF"})
_SAID = "|".join(sorted(_KINDS, key=len, reverse=True))
_PHRASE = re.compile(
    r"\b(?:[Tt]he|[Tt]his)\s+(?:(?:same|entire|whole|besieged|battered)\s+)?"
    rf"(?P<kind>{_SAID})(?![\w-])"
)
_OWNED = re.compile(r"\s*['’]?s?\s+capital\b(?:\s+city\b)?")
_RANKED = re.compile(
    r"['’]s\s+(?:[a-z-]+\s+){0,2}(?:[a-z]+est|second|third|fourth|main|commercial|economic|chief|principal|historic)"
    r"(?:[\s-][a-z]+){0,2}?\s(?P<kind>city|town|port|island)\b"
)
"""Behind a country: "Bolivia's richest city", "Mozambique's second port"."""
# What goes on is a name of its own ("the city of Basra", "the village Kut"), or another thing ("the city council").
_NAMES = re.compile(r"\s+(?:(?:of|called|named|known)\b|[^\W\d_a-z])|,\s+[^\W\d_a-z]")
_NEXT = re.compile(r"['’]?s?\s+([a-z]+)")
_OTHER_THINGS = (ORGANISATION | AFTER_PLACE | frozenset(
    """council hall government administration authorities limits police media television tv news news agency club code
    chief chiefs head heads elder elders leader leaders council's budget markets punishment gains side house houses
    attorney manager planner hospital department visit building buildings run runs owned controlled level""".split()
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that may point back; `of` is the country or place that they themselves name ("the Iraqi capital")."""

    toponym: Toponym
    kind: str
    of: Resolution | None = None


def coreferences(document: Document, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
    """Say which places the phrases of a report stand for that name none: "the city", "the Iraqi capital".

    Parameters
    ----------
    document
        The report.
    resolutions
        What `geoparse` made of it, in text order.
    gazetteer
        Where capitals, seats and provinces are looked up.

    Returns
    -------
    list[Resolution]
        In text order, one for each phrase whose place is clear; its toponym has the phrase's words, its reasons say
        what they stand for. A phrase that could mean two places, or none, has no answer.
    """
    answers = []
    for phrase in _phrases(document.text, resolutions):
        before = [r for r in resolutions if r.toponym.start < phrase.toponym.start and r.place is not None]
        found = _meant(phrase, before, document.text, gazetteer)
        if found is not None:
            place, score, why = found
            reasons = (f"“{phrase.toponym.text}” {why}",)
            answers.append(_resolution(phrase.toponym, place, RECALLED * score, reasons, gazetteer))
    return answers


def in_full(resolutions: Sequence[Resolution]) -> Iterator[tuple[int, Resolution]]:
    """Find the names that the gazetteer lacks and the report has in full as well.

    "Zuweid" is Sheikh Zuweid where the report has that too, whatever it names first.

    Parameters
    ----------
    resolutions
        Of one document, in text order.

    Yields
    ------
    tuple of int and Resolution
        Which of them is short, and the one that has its name in full.
    """
    known = [
        r
        for r in resolutions
        if r.place is not None and r.score >= SURE and r.toponym.kind != "demonym" and _is_in_full(r)
    ]
    for index, resolution in enumerate(resolutions):
        if resolution.place is None and not resolution.inferred and (full := _longer(resolution, known)) is not None:
            yield index, full


def _longer(resolution: Resolution, known: Sequence[Resolution]) -> Resolution | None:
    """Give the one place that the report names by more words than these."""
    words = _words(resolution.toponym.text)
    if not words or _GENERIC_WORDS.issuperset(words) or len("".join(words)) < _SHORTEST:
        return None
    longer = {r.place: r for r in known if _holds(_words(r.toponym.text), words)}
    return next(iter(longer.values())) if len(longer) == 1 else None


def _is_in_full(resolution: Resolution) -> bool:
    """Whether a toponym was found by all of its name, and not by a part of it ("Trane Hall in International City")."""
    return len(_words(resolution.candidates[0].name)) >= len(_words(resolution.toponym.text))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.lower())


def _holds(longer: list[str], words: list[str]) -> bool:
    return len(longer) > len(words) and any(
        longer[i : i + len(words)] == words for i in range(len(longer) - len(words) + 1)
    )


_SHORTEST = 4
_GENERIC_WORDS = GENERIC | FACILITY | COMPASS


def _phrases(text: str, resolutions: Sequence[Resolution]) -> Iterator[_Phrase]:
    taken = [(r.toponym.start, r.toponym.end) for r in resolutions]
    owned = []
    for r in resolutions:
        if r.place is None or precision_of(r.place) not in {"country", "region"}:
            continue
        if precision_of(r.place) == "country" and (found := _OWNED.match(text, r.toponym.end)):
            start = text.rfind("the ", max(0, r.toponym.start - 4), r.toponym.start)
            start = r.toponym.start if start < 0 else start
            owned.append((found.end(), _Phrase(_toponym(text, start, found.end()), "capital", of=r)))
        elif found := _RANKED.match(text, r.toponym.end):
            kind = "city" if found["kind"] == "port" else found["kind"]
            owned.append((found.end(), _Phrase(_toponym(text, r.toponym.start, found.end()), kind, of=r)))
    pointing = [
        (m.end(), _Phrase(_toponym(text, m.start(), m.end()), _KINDS[m["kind"]])) for m in _PHRASE.finditer(text)
    ]
    for end, phrase in sorted([*owned, *pointing], key=lambda pair: pair[0]):
        inside = phrase.of is None and any(a < end and phrase.toponym.start < b for a, b in taken)
        follows = _NEXT.match(text, end)
        if inside or _NAMES.match(text, end) or (follows and follows[1] in _OTHER_THINGS):
            continue
        yield phrase


def _toponym(text: str, start: int, end: int) -> Toponym:
    return Toponym(start, end, text[start:end])


def _meant(
    phrase: _Phrase, before: Sequence[Resolution], text: str, gazetteer: Gazetteer
) -> tuple[Place, float, str] | None:
    """Give the place that a phrase stands for, how sure, and why."""
    if phrase.kind == "capital":
        return _capital(phrase, before, gazetteer)
    here = phrase.toponym.start
    if phrase.kind == "seat":
        unit = _last(before, here, lambda p: bool(p.admin1_code), text)
        seat = _seat(unit.place, gazetteer) if unit is not None and unit.place is not None else None
        return (seat, unit.score, f"is the seat of {seat.admin1}") if unit is not None and seat is not None else None
    land = phrase.of.place.country_code if phrase.of is not None and phrase.of.place is not None else ""
    named = _last(before, here, lambda p: _fits(p, phrase.kind) and land in ("", p.country_code), text)
    if named is not None and named.place is not None:
        return named.place, named.score, f"stands for {named.place.name}, named before"
    if phrase.kind == "unit" and phrase.toponym.text.endswith(("province", "governorate")):
        return _unit_around(before, here, text, gazetteer)
    return None


def _capital(phrase: _Phrase, before: Sequence[Resolution], gazetteer: Gazetteer) -> tuple[Place, float, str] | None:
    """Give the capital of the country named in the phrase, or of the one that the report speaks of just before it."""
    country = phrase.of or _country_in_play(before, phrase.toponym.start)
    if country is None or country.place is None:
        return None
    seats = gazetteer.sites(country.place.country_code, ["PPLC"])
    if len(seats) != 1:
        return None
    return seats[0], country.score, f"is the capital of {country.place.country}"


def _country_in_play(before: Sequence[Resolution], here: int) -> Resolution | None:
    """Give the last mention of any place in a country; None where the words around it speak of another country too."""
    near = [
        r for r in before if here - r.toponym.start <= REACH and r.score >= SURE and r.place and r.place.country_code
    ]
    if not near:
        return None
    last = near[-1]
    beside = [r for r in near if last.toponym.start - r.toponym.start <= BESIDE]
    codes = {r.place.country_code for r in beside if r.place is not None}
    return last if len(codes) == 1 else None


def _last(before: Sequence[Resolution], here: int, fits: Callable[[Place], bool], text: str) -> Resolution | None:
    """Give the last place of a kind before an offset, None where another one of the kind stands beside it."""
    near = [
        r
        for r in before
        if here - r.toponym.start <= REACH
        and r.score >= SURE
        and not r.inferred
        and r.place is not None
        and fits(r.place)
        # Its people and its government bring a country to mind, and no town.
        and (r.toponym.kind in {"literal", "relative"} or precision_of(r.place) == "country")
        and not _SPOKEN.search(text, max(0, r.toponym.start - 60), r.toponym.start)
    ]
    if not near:
        return None
    last = near[-1]
    others = [r for r in near if last.toponym.start - r.toponym.start <= BESIDE and r.place != last.place]
    return None if others else last


_SPOKEN = re.compile(
    r"\b(?:told|said|says|reported|reporting|speaking|based|statement)\b[^.!?\n]{0,40}\b(?:in|from)\s+$"
)
"""Where somebody spoke is no place that the report goes on to tell of."""


def _fits(place: Place, kind: str) -> bool:
    """Whether a place may be called so."""
    code, people = place.feature_code, place.population
    precision = precision_of(place)
    match kind:
        case "city":
            return precision == "settlement" and code not in _QUARTERS and (people >= CITY or code in {"PPLC", "PPLA"})
        case "town":
            return precision == "settlement" and code not in _QUARTERS | {"PPLC"} and people < TOWN
        case "village":
            return precision == "settlement" and code not in {"PPLC", "PPLA"} and people < VILLAGE
        case "quarter":
            return code in _QUARTERS
        case "unit":
            return precision == "adm1"
        case "district":
            return precision == "adm2"
        case "island":
            return code in {"ISL", "ISLS"}
        case "country":
            return precision == "country"
        case "republic":
            return precision in {"country", "adm1"}  # "the republic" is Dagestan as well
        case "kingdom":
            return precision == "country" and place.country_code in _KINGDOMS
        case "sultanate":
            return precision == "country" and place.country_code in _SULTANATES
        case "base":
            return code in _BASES
        case "airport":
            return code in _AIRPORTS
        case "camp":
            return code == "CMP"
        case _:
            return code == "PRT"


_QUARTERS = frozenset({"PPLX", "PPLQ"})


def _seat(place: Place | None, gazetteer: Gazetteer) -> Place | None:
    if place is None:
        return None
    seats = [p for p in gazetteer.sites(place.country_code, ["PPLA", "PPLC"]) if p.admin1_code == place.admin1_code]
    return seats[0] if len(seats) == 1 else None


def _unit_around(
    before: Sequence[Resolution], here: int, text: str, gazetteer: Gazetteer
) -> tuple[Place, float, str] | None:
    """Give the province of the town that the report speaks of, where it names no province."""
    town = _last(
        before, here, lambda p: precision_of(p) in {"settlement", "site", "adm2"} and bool(p.admin1_code), text
    )
    if town is None or town.place is None:
        return None
    unit = gazetteer.admin1(town.place.country_code, town.place.admin1_code)
    return (unit, town.score, f"is the province of {town.place.name}") if unit is not None else None


def _resolution(
    toponym: Toponym, place: Place, score: float, reasons: tuple[str, ...], gazetteer: Gazetteer
) -> Resolution:
    extent = extent_of(place, gazetteer)
    score = round(score, 4)
    return Resolution(
        toponym=toponym,
        place=place,
        geometry=extent.geometry,
        precision=extent.precision,
        uncertainty_m=round(extent.uncertainty_m, 1),
        score=score,
        margin=score,
        candidates=(Candidate(place=place, match="id", name=place.name, score=score),),
        reasons=reasons,
    )
