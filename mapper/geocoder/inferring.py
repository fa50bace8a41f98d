"""Streets, schools and hospitals that no gazetteer has: about where they must be, and said to be inferred.

A street, a school or a park of a local story lies near the town that the story names beside it: not known, but not
anywhere either. A village could be anywhere, and stays unknown. An inferred answer is an area with a large radius and
no place, it is marked, and no incident is ever put on it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.geocoder.geodesy import circle
from mapper.geocoder.lexicon import FACILITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from mapper.records import Place, Resolution

__all__ = ["INFERRED_M", "SCORE", "inferred", "surroundings"]

INFERRED_M = 50_000.0
"""Radius of an inferred area: a county, or a large city and its surroundings."""

SURE = 0.5
"""Score from which a neighbour says where an unknown name is."""

FAR = 1_500
"""Characters beyond which a place in the text says nothing of another."""

_LOCAL = FACILITY | frozenset(
    """creek brook pond hill hills trail playground clinic institute academy elementary secondary courthouse hall
    shopping plaza centre st rd ave blvd dr ln hwy pkwy parkway terrace crescent close mews quay wharf junction
    interchange roundabout estate township neighborhood neighbourhood farm ranch golf club cafe pub restaurant
    theatre theater arena speedway racecourse cemetery chapel shrine abbey priory""".split()
)
"""Kinds of things that lie in or beside a town: what FACILITY has, and what else stands in local news."""

_FINE = frozenset({"site", "settlement", "near", "adm2"})
SCORE = 0.25
"""Score of an inferred answer."""


def inferred(resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Give the unresolved toponyms of a document the surroundings of the nearest sure place; the others stay.

    Parameters
    ----------
    resolutions
        In text order.

    Returns
    -------
    list[Resolution]
        As many, in the same order. An inferred one has no place, a circle (EPSG:4326) of `INFERRED_M`, the precision
        "region", and `inferred` set.
    """
    sure = [
        (r.toponym.start, r.place)
        for r in resolutions
        if r.place is not None and r.precision in _FINE and r.score >= SURE and r.toponym.kind != "demonym"
    ]
    return [
        _beside(r, sure) if r.place is None and not r.inferred and _is_local(r.toponym.text) else r for r in resolutions
    ]


def surroundings(resolution: Resolution) -> tuple[BaseGeometry | None, float | None]:
    """Give the area (EPSG:4326) that something in or beside a resolved place lies in, and its uncertainty in metres."""
    place = resolution.place
    if place is None or resolution.precision not in _FINE:
        return resolution.geometry, resolution.uncertainty_m
    return circle(lat=place.lat, lon=place.lon, radius_m=INFERRED_M), INFERRED_M


def _is_local(name: str) -> bool:
    """Say whether a name is that of something within a town or beside it, by the kind that it says it is."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    return len(words) > 1 and bool(_LOCAL.intersection(words))


def _beside(resolution: Resolution, sure: Sequence[tuple[int, Place]]) -> Resolution:
    start = resolution.toponym.start
    near = min(sure, key=lambda pair: abs(pair[0] - start), default=None)
    if near is None or abs(near[0] - start) > FAR:
        return resolution
    place = near[1]
    return replace(
        resolution,
        geometry=circle(lat=place.lat, lon=place.lon, radius_m=INFERRED_M),
        precision="region",
        uncertainty_m=INFERRED_M,
        score=SCORE,
        reasons=(*resolution.reasons, f"inferred: the report names it beside {place.name}"),
        inferred=True,
    )
