"""Places of events beside one another: which may be one, which lies in which, which is the finest.

What may be shown as the place of an incident is decided here too: a place that is known well enough.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.places import POSITION
from mapper.records import IncidentPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.records import Place, Precision, Resolution

__all__ = [
    "AREAS", "RANK", "compatible", "distance_km", "finest", "is_position", "locate", "locate_all", "may_be_shown",
    "narrowed", "within",
]  # fmt: skip

AREAS: Final[frozenset[Precision]] = frozenset({"adm2", "adm1", "region", "country", "water", "macro_region"})
RANK: Final[dict[Precision, int]] = {
    "site": 0, "near": 1, "settlement": 2, "adm2": 3, "adm1": 4, "region": 5, "water": 5, "country": 6,
    "macro_region": 7, "unknown": 8,
}  # fmt: skip

_LIKELY: Final = 0.5
"""Chance of being the right place from which something is shown there."""

_RIM: Final = 2.5  # radii: how far a town of a district may lie from its middle, districts being seldom round
_NEAR_KM: Final = 15.0  # two points this near may be one place named twice (a town and its suburb)
_CITY_KM: Final = 40.0  # a district or a suburb lies within this of the centre of a large city


def may_be_shown(resolution: Resolution) -> bool:
    """Tell whether a place is known well enough to say that something happened there.

    An inferred area says about where a name must be, and one of five towns of a name is likely another. The district
    or province around a town that has its name is none: either way it is there.
    """
    place = resolution.place
    if resolution.geometry is None or resolution.inferred:
        return False
    if place is None or resolution.score >= _LIKELY:
        return True
    unit = place.country_code, place.admin1_code
    units = [(c.place.country_code, c.place.admin1_code) for c in resolution.candidates]
    if resolution.precision == "adm2":
        return all(other == unit for other in units)
    if place.feature_class != "P":
        return True  # a sea has no namesakes, and little else that a score is made of
    namesakes = any(
        c.place != place and (c.place.feature_class == "P" or c.place.country_code != place.country_code)
        for c in resolution.candidates
    )
    around = sum(
        candidate.score
        for candidate, its in zip(resolution.candidates, units, strict=True)
        if candidate.place.feature_class == "A" and its == unit
    )
    return not namesakes or resolution.score + around >= _LIKELY


def is_position(resolution: Resolution) -> bool:
    """Tell whether a place is one that the text gives by its coordinates."""
    return resolution.place is not None and resolution.place.gazetteer == POSITION


def locate(resolution: Resolution) -> IncidentPlace:
    """Make the place of an event out of a resolution."""
    return IncidentPlace(resolution, role="happened", name=_name(resolution))


def locate_all(resolutions: Sequence[Resolution]) -> tuple[IncidentPlace, ...]:
    """Make the places of an event; two names of one spot ("between A and B") are one place with both names."""
    places: list[IncidentPlace] = []
    for resolution in resolutions:
        twin = next((p for p in places if _one_spot(p.resolution, resolution)), None)
        if twin is None:
            places.append(locate(resolution))
        else:
            places[places.index(twin)] = replace(twin, name=f"between {twin.name} and {_name(resolution)}")
    return tuple(places)


def _one_spot(a: Resolution, b: Resolution) -> bool:
    phrase = a.toponym.phrase
    return phrase is not None and phrase == b.toponym.phrase and distance_km(a, b) < 1.0


def _name(resolution: Resolution) -> str:
    return resolution.place.name if resolution.place else resolution.toponym.text


def narrowed(places: tuple[IncidentPlace, ...], beyond: Sequence[Resolution]) -> tuple[IncidentPlace, ...]:
    """Put a finer place that lies in one of an event's areas in its stead: "Bolivia's richest city" is named beside."""
    kept: list[IncidentPlace] = []
    for place in places:
        coarse = place.resolution
        inside = [
            r
            for r in beyond
            if place.role == "happened"
            and coarse.precision in AREAS
            and RANK[r.precision] < RANK[coarse.precision]
            and within(r, coarse)
        ]
        kept += locate_all(finest(inside)) if inside else (place,)
    return tuple(kept)


def finest(resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Drop every place that holds another of the list, and repeats; in text order."""
    kept: list[Resolution] = []
    for resolution in sorted(resolutions, key=lambda r: (RANK[r.precision], r.toponym.start)):
        # The two ends of a stretch share its ground without either lying in the other: both name it.
        if not any(
            _same(resolution, other) or (within(other, resolution) and not _one_spot(other, resolution))
            for other in kept
        ):
            kept.append(resolution)
    if any(r.precision != "macro_region" for r in kept):
        kept = [r for r in kept if r.precision != "macro_region"]  # "the Caribbean port of Limón"
    return sorted(kept, key=lambda r: r.toponym.start)


def _same(a: Resolution, b: Resolution) -> bool:
    if a.place and b.place and a.place.gazetteer_id == b.place.gazetteer_id:
        return a.precision == b.precision
    return False


def distance_km(a: Resolution, b: Resolution) -> float:
    """Great-circle distance between the label points of two resolutions, in kilometres (sphere of 6371 km)."""
    if a.geometry is None or b.geometry is None:
        return math.inf
    pa, pb = a.geometry.representative_point(), b.geometry.representative_point()
    lat1, lat2 = math.radians(pa.y), math.radians(pb.y)
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(pb.x - pa.x) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def within(fine: Resolution, coarse: Resolution) -> bool:
    """Tell whether one resolved place lies in another: by the hierarchy, by its polygon, or as a district of a city."""
    if fine.geometry is None or coarse.geometry is None or RANK[fine.precision] > RANK[coarse.precision]:
        return False
    a, b = fine.place, coarse.place
    if a and b and coarse.precision == "country" and a.country_code:
        return a.country_code == b.country_code and RANK[fine.precision] < RANK["country"]
    if a and b and coarse.precision == "adm1" and b.admin1_code and a.country_code == b.country_code and a.admin1_code:
        return a.admin1_code == b.admin1_code and RANK[fine.precision] < RANK["adm1"]
    if a and b and coarse.precision == "adm2" and _neighbours(a, b):
        # Few districts have an outline; a circle of their size misses towns at their rim.
        return distance_km(fine, coarse) <= _RIM * (coarse.uncertainty_m or 0.0) / 1000
    if coarse.precision in AREAS:
        return bool(coarse.geometry.covers(fine.geometry.representative_point()))
    if coarse.precision == "settlement" and fine.precision in ("site", "near"):
        # Halfway along a road of a hundred kilometres is in no town, wherever its middle falls.
        return distance_km(fine, coarse) <= _CITY_KM and (fine.uncertainty_m or 0.0) <= 1000 * _CITY_KM
    if coarse.precision == "settlement" and a and b and a.feature_code in ("PPLX", "PPL") and b.population > 500_000:
        return a.population < b.population and distance_km(fine, coarse) <= _CITY_KM / 2
    return False


def _neighbours(a: Place, b: Place) -> bool:
    return bool(a.admin1_code) and (a.country_code, a.admin1_code) == (b.country_code, b.admin1_code)


def compatible(a: Resolution, b: Resolution) -> bool:
    """Tell whether two resolved places may be the place of one event."""
    return _same(a, b) or within(a, b) or within(b, a) or (distance_km(a, b) <= _NEAR_KM and not _areas(a, b))


def _areas(a: Resolution, b: Resolution) -> bool:
    return a.precision in AREAS or b.precision in AREAS
