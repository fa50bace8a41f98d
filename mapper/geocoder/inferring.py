"""Names that no gazetteer has: about where they must be, from the surest place beside them, and said to be inferred.

A street, a school or a hamlet of a local story lies near the town that the story names beside it: not known, but not
anywhere either. Such an answer is an area with a large radius and no place, it is marked as inferred, and no incident is
ever put on it. In a trial (design of the project, withheld documents) the nearest sure place was within 161 km of one to
four more toponyms in a hundred.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.geocoder.geodesy import circle
from mapper.records import Resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.records import Place

__all__ = ["INFERRED_M", "inferred"]

INFERRED_M = 50_000.0
"""Radius of an inferred area: a county, or a large city and its surroundings."""

SURE = 0.5
"""Score from which a neighbour says where an unknown name is."""

FAR = 1_500
"""Characters beyond which a place in the text says nothing of another."""

_FINE = frozenset({"site", "settlement", "near", "adm2"})
SCORE = 0.25


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
        if r.place is not None and r.precision in _FINE and r.score >= SURE and r.toponym.kind not in {"demonym"}
    ]
    return [r if r.place is not None or r.toponym.kind == "demonym" else _beside(r, sure) for r in resolutions]


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
