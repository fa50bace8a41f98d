"""Names one vowel off those of the gazetteer: "Netrokona" for Netrakona, "Umm Rawaba" for Umm Ruwaba.

Many towns have no one spelling in Latin letters. A vowel off is little for a place of the country that the report is
in, and next to nothing in all the world: so the country has to be sure, the place near what else the report names, and
the only one there that the name can mean. Where places are written in English there is one spelling, and no such step.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.gazetteer.folding import fold
from mapper.geocoder.areas import extent_of, precision_of
from mapper.geocoder.geodesy import azimuth_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.records import Candidate, Place, Resolution

__all__ = ["respelt"]

SHORTEST: Final = 5
"""Letters of a name from which one of them may differ."""

SURE, GROUNDS = 0.8, 2
"""Score from which a place says where the report is, and how many names of one country say so."""

NEAR_M: Final = 250_000.0
"""Metres to the nearest other place of the report, beyond which one letter more is another place."""

ENGLISH: Final = frozenset("US GB IE CA AU NZ".split())
"""Countries whose places have one spelling in English."""

_VOWELS: Final = re.compile(r"[aeiouyhw]+|(?<=(.))\1")
SCORE: Final = 0.55
"""How sure such an answer is."""


def respelt(resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
    """Give names that the gazetteer lacks the places that it spells by one letter otherwise; the others stay.

    Parameters
    ----------
    resolutions
        Of one document, in text order.
    gazetteer
        Where places come from.

    Returns
    -------
    list[Resolution]
        As many, in the same order; a respelt one says so among its reasons.
    """
    grounds = _grounds(resolutions)
    countries = Counter(place.country_code for place in grounds.values() if place.country_code)
    home, times = countries.most_common(1)[0] if countries else ("", 0)
    if times < GROUNDS or home in ENGLISH:
        return list(resolutions)
    near = [place for place in grounds.values() if place.country_code == home and precision_of(place) != "country"]
    found: dict[str, Candidate | None] = {}
    for resolution in resolutions:
        name = resolution.toponym.text
        if _is_unknown(resolution) and name not in found:
            found[name] = _one_letter_off(name, home, near, gazetteer)
    return [
        _as(r, candidate, gazetteer) if _is_unknown(r) and (candidate := found[r.toponym.text]) is not None else r
        for r in resolutions
    ]


def _grounds(resolutions: Sequence[Resolution]) -> dict[str, Place]:
    return {
        r.toponym.text: r.place
        for r in resolutions
        if r.place is not None and r.score >= SURE and r.toponym.kind in {"literal", "relative"}
    }


def _is_unknown(resolution: Resolution) -> bool:
    name = resolution.toponym.text
    plain = resolution.toponym.kind == "literal" and resolution.reasons == ("not in the gazetteer",)
    return plain and sum(map(str.isalpha, name)) >= SHORTEST and not name.isupper()


def _one_letter_off(name: str, country: str, near: Sequence[Place], gazetteer: Gazetteer) -> Candidate | None:
    """Give the one place of a country that a name can mean, near others; None where there is none, or more."""
    found = [
        candidate
        for candidate in gazetteer.lookup(name, countries={country}, feature_classes={"P", "A"}, fuzzy=True)
        if candidate.match == "fuzzy"
        and _is_near(candidate.place, near)
        and _frame(candidate.name) == _frame(fold(name))
    ]
    best = found[0] if found else None
    return best if all(_is_near(c.place, [best.place], 30_000.0) for c in found if best) else None


def _frame(name: str) -> str:
    """Give what a name keeps in every spelling: its consonants, each once, and how it begins."""
    return name[:1] + _VOWELS.sub("", name[1:])


def _is_near(place: Place, others: Sequence[Place], within_m: float = NEAR_M) -> bool:
    return any(azimuth_m(lat=place.lat, lon=place.lon, to_lat=o.lat, to_lon=o.lon)[1] <= within_m for o in others)


def _as(resolution: Resolution, candidate: Candidate, gazetteer: Gazetteer) -> Resolution:
    place, extent = candidate.place, extent_of(candidate.place, gazetteer)
    return replace(
        resolution, place=place, geometry=extent.geometry, precision=extent.precision,
        uncertainty_m=round(extent.uncertainty_m, 1), score=SCORE, margin=SCORE,
        candidates=(candidate._replace(score=SCORE),),
        reasons=(f"the gazetteer spells it {place.name}", "near what else the report names"),
    )  # fmt: skip
