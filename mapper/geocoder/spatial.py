"""Geometry of spatial phrases: what "20 km north of", "the east of", "near the border with" make of a place.

Metric work is geodesic or in a local projection (`mapper.geocoder.geodesy`). Every rule of thumb that turns a vague
word into metres stands here as a named figure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.geocoder.areas import POINT_PRECISIONS, Extent, extent_of
from mapper.geocoder.geodesy import (
    around,
    azimuth_m,
    circle,
    equivalent_radius_m,
    geod,
    offset,
    part,
    polygonal,
    shared_border,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.phrases import Phrase
    from mapper.records import Place

__all__ = ["Located", "locate"]

WIND_HALF = 22.5
WIND_SPREAD = math.sin(math.radians(WIND_HALF))
"""A wind of eight names 45 degrees: at a distance d the place lies within d sin(22.5) of the stated bearing."""

NEAR_M = 10_000.0
"""How far "near" a town reaches where its own size says nothing more."""

DIRECTION_M = 15_000.0
"""How far out "north of" a town lies, on the middle, when no distance is given."""

BESIDE_M = 8_000.0
"""How far from a town's middle its port, refinery or airport may lie, where the town's own size says no more."""

WAY_M = 150_000.0
"""Towns farther apart than this have a corridor between them, not a circle around the middle of the way."""

CORRIDOR_SHARE = 0.12
"""Half the width of such a corridor as a share of its length: roads leave the straight line."""

BORDER_M = 25_000.0
"""Depth of "near the border" on the side that is meant."""

BORDER_SPREAD, LEAST_BORDER_M = 0.25, 5_000.0
"""Share by which a distance from a border may be missed, and the least depth: outlines are off by a few kilometres."""

COAST_M = 40_000.0
"""How far "off the coast of" reaches; twice the territorial sea of 12 nautical miles, rounded down."""

SHORE_M = 15_000.0
"""How far from the middle of a coastal town the sea may begin: outlines are coarse, and ports lie up their rivers."""

SLIVER_M = 2_000.0
"""Radius of a circle of the size of what two outlines of neighbours may leave between them."""

OFFSHORE_SPREAD = 0.25
"""Share by which a distance "off" a place may be missed, on either side: which way it lies is not told."""

_ISLANDS = frozenset({"ISL", "ISLS", "PEN", "CAPE"})

SECTOR_OF_TOWN = 0.55
"""Middle of "the east of" a town, as a share of its radius; the part's own radius is the same share."""


@dataclass(frozen=True, slots=True)
class Located:
    """A place after its phrase: the extent, and in words what the phrase did (empty when nothing)."""

    extent: Extent
    reason: str = ""
    relative: bool = False


def locate(
    place: Place, phrase: Phrase | None, gazetteer: Gazetteer, *, other: Place | None = None, nearby: Sequence[str] = ()
) -> Located:
    """Turn a place and the spatial phrase around it into an extent.

    Parameters
    ----------
    place, phrase
        The place named, and what is said of it.
    other
        The second place of "between A and B".
    nearby
        Country codes of the other places of the text, nearest first: on which side of a border the text is.
    """
    extent = extent_of(place, gazetteer)
    if phrase is None:
        return Located(extent)
    name, is_point = place.name, extent.precision in POINT_PRECISIONS
    match phrase.kind:
        case "offset" if phrase.bearing is not None and phrase.distance_m:
            return _offset(place, extent, phrase.bearing, phrase.distance_m)
        case "ring" if is_point and phrase.distance_m:
            reach = phrase.distance_m + extent.uncertainty_m
            return Located(
                Extent("near", extent.geometry, reach), f"within {reach / 1000:.0f} km of {name}", relative=True
            )
        case "between" if other is not None:
            return _between(place, other, extent)
        case "border":
            return _border(place, extent, phrase, gazetteer, other=other, nearby=nearby)
        case "coast":
            return _coast(place, extent, phrase, gazetteer)
        case "sector":
            return _sector(place, extent, phrase.bearing)
        case "direction":
            return _direction(place, extent, phrase.bearing)
        case "near" if is_point:
            reach = max(NEAR_M, 2 * extent.uncertainty_m)
            return Located(Extent("near", extent.geometry, reach), f"near {name}, within {reach / 1000:.0f} km")
        case "beside" if extent.precision == "settlement":
            reach = max(BESIDE_M, 1.5 * extent.uncertainty_m)
            return Located(
                Extent("near", extent.geometry, reach), f"the {phrase.head} of {name}, within {reach / 1000:.0f} km"
            )
        case "facility":
            return Located(extent, f"{phrase.head}: described, not named, somewhere in {name}", relative=True)
    return Located(extent)


def _offset(place: Place, extent: Extent, bearing: float, distance_m: float) -> Located:
    is_point = extent.precision in POINT_PRECISIONS
    # A distance from an area is counted from its rim, never from its middle.
    lat, lon = (place.lat, place.lon) if is_point else _edge(place, extent.geometry, bearing)
    point = offset(lat=lat, lon=lon, bearing=bearing, distance_m=distance_m)
    own = extent.uncertainty_m if is_point else 0.5 * extent.uncertainty_m
    reach = max(1_000.0, distance_m * WIND_SPREAD, own)
    reason = f"{distance_m / 1000:.0f} km from {place.name} at {bearing:.0f} degrees"
    return Located(Extent("near", point, reach), reason, relative=True)


def _between(place: Place, other: Place, extent: Extent) -> Located:
    if extent.precision not in POINT_PRECISIONS:
        return Located(extent)
    bearing, metres = azimuth_m(lat=place.lat, lon=place.lon, to_lat=other.lat, to_lon=other.lon)
    if metres > 1_000_000.0:
        return Located(extent)
    if metres > WAY_M:
        corridor = _corridor(place, other, CORRIDOR_SHARE * metres)
        reason = f"along the way between {place.name} and {other.name}, {metres / 1000:.0f} km apart"
        return Located(Extent("region", corridor, equivalent_radius_m(corridor)), reason, relative=True)
    middle = offset(lat=place.lat, lon=place.lon, bearing=bearing, distance_m=metres / 2)
    reason = f"between {place.name} and {other.name}, {metres / 1000:.0f} km apart"
    return Located(Extent("near", middle, max(1_000.0, metres / 2)), reason, relative=True)


def _corridor(place: Place, other: Place, half_width_m: float) -> BaseGeometry:
    from shapely.geometry import LineString  # noqa: PLC0415

    way = geod().npts(place.lon, place.lat, other.lon, other.lat, 15)
    line = LineString([(place.lon, place.lat), *way, (other.lon, other.lat)])
    return polygonal(around(line, half_width_m))


def _edge(place: Place, area: BaseGeometry, bearing: float) -> tuple[float, float]:
    """Give the point (lat, lon) of an area's rim that lies farthest towards a bearing, seen from its label."""
    from shapely import get_coordinates  # noqa: PLC0415

    rim = get_coordinates(area)
    rim = rim[:: max(1, len(rim) // 500)]
    azimuths, _, metres = geod().inv([place.lon] * len(rim), [place.lat] * len(rim), rim[:, 0], rim[:, 1])
    there = [
        (m, float(lat), float(lon))
        for a, m, (lon, lat) in zip(azimuths, metres, rim, strict=True)
        if abs((a - bearing + 180.0) % 360.0 - 180.0) <= WIND_HALF
    ]
    return max(there)[1:] if there else (place.lat, place.lon)


def _direction(place: Place, extent: Extent, bearing: float | None) -> Located:
    if extent.precision not in POINT_PRECISIONS:
        return _sector(place, extent, bearing)
    if bearing is None:
        return Located(extent)
    away = extent.uncertainty_m + DIRECTION_M
    point = offset(lat=place.lat, lon=place.lon, bearing=bearing, distance_m=away)
    return Located(
        Extent("near", point, away), f"beyond {place.name} at {bearing:.0f} degrees, distance not told", relative=True
    )


def _sector(place: Place, extent: Extent, bearing: float | None) -> Located:
    where = "the middle" if bearing is None else f"the part towards {bearing:.0f} degrees"
    if extent.precision in {"site", "near"} or extent.precision in {"water", "macro_region"}:
        return Located(extent)
    if extent.precision == "settlement":
        reach = SECTOR_OF_TOWN * extent.uncertainty_m
        if bearing is None:
            return Located(replace(extent, uncertainty_m=reach), f"{where} of {place.name}")
        point = offset(lat=place.lat, lon=place.lon, bearing=bearing, distance_m=reach)
        return Located(Extent("settlement", point, max(1_000.0, reach)), f"{where} of {place.name}")
    piece = part(extent.geometry, bearing)
    precision = "region" if extent.precision == "country" else extent.precision
    return Located(Extent(precision, piece, equivalent_radius_m(piece)), f"{where} of {place.name}")


def _border(
    place: Place, extent: Extent, phrase: Phrase, gazetteer: Gazetteer, *, other: Place | None, nearby: Sequence[str]
) -> Located:
    """Give a strip on the side that the text is on; on both sides when it does not say."""
    if extent.precision not in {"country", "adm1"}:
        return Located(extent)
    depth = BORDER_M if phrase.distance_m is None else max(LEAST_BORDER_M, phrase.distance_m * (1 + BORDER_SPREAD))
    sides = [other.country_code] if other is not None else [c for c in nearby if c and c != place.country_code]
    for code in sides[:4]:
        side = gazetteer.country(code)
        shape = gazetteer.geometry(side) if side is not None else None
        if side is None or shape is None:
            continue
        strip = shared_border(shape, extent.geometry, depth)
        if not strip.is_empty:
            reason = f"within {depth / 1000:.0f} km of the border of {side.name} with {place.name}"
            if other is not None:
                strip = polygonal(strip.union(shared_border(extent.geometry, shape, depth)))
            return Located(Extent("region", strip, equivalent_radius_m(strip)), reason, relative=True)
    rim = polygonal(extent.geometry.intersection(around(extent.geometry.boundary, depth)))
    if rim.is_empty:
        return Located(extent)
    return Located(Extent("region", rim, equivalent_radius_m(rim)), f"along the border of {place.name}", relative=True)


def _coast(place: Place, extent: Extent, phrase: Phrase, gazetteer: Gazetteer) -> Located:
    """Give the sea within reach: around a town, or along a country's shore, less all land."""
    if extent.precision in {"water", "macro_region"} or (
        extent.precision == "region" and place.feature_code not in _ISLANDS
    ):
        return Located(extent)
    is_point = extent.precision in POINT_PRECISIONS
    origin = part(extent.geometry, phrase.bearing) if phrase.bearing is not None and not is_point else extent.geometry

    def reached(radius_m: float) -> BaseGeometry:
        return circle(lat=place.lat, lon=place.lon, radius_m=radius_m) if is_point else around(origin, radius_m)

    told = phrase.distance_m
    reach = reached(COAST_M if told is None else told * (1 + OFFSHORE_SPREAD))
    sea = _less_land(reach, place, extent, gazetteer)
    if told is not None:
        sea = sea.difference(reached(told * (1 - OFFSHORE_SPREAD)))
    elif is_point and not _is_by(sea, place, extent.uncertainty_m):
        reach_m = max(NEAR_M, 2 * extent.uncertainty_m)
        return Located(Extent("near", extent.geometry, reach_m), f"off {place.name}, which lies inland")
    sea = polygonal(sea)
    if sea.is_empty:
        return Located(extent)
    reason = f"at sea, {'within' if told is None else 'about'} {(told or COAST_M) / 1000:.0f} km off {place.name}"
    return Located(Extent("water", sea, equivalent_radius_m(sea)), reason, relative=True)


def _is_by(sea: BaseGeometry, town: Place, radius_m: float) -> bool:
    """Whether a town lies by the sea: "off" a town of the hills is somewhere near it."""
    from shapely import Point, shortest_line  # noqa: PLC0415

    if sea.is_empty:
        return True  # no outline says where the land ends
    lon, lat = shortest_line(Point(town.lon, town.lat), sea).coords[-1]
    return azimuth_m(lat=town.lat, lon=town.lon, to_lat=lat, to_lon=lon)[1] <= SHORE_M + radius_m


def _less_land(shape: BaseGeometry, place: Place, extent: Extent, gazetteer: Gazetteer) -> BaseGeometry:
    from shapely import get_coordinates  # noqa: PLC0415

    rim = get_coordinates(shape)
    step = max(1, len(rim) // 200)
    codes = {place.country_code, *gazetteer.countries_at(rim[::step, 0], rim[::step, 1])} - {""}
    sea = shape
    for code in sorted(codes):
        country = gazetteer.country(code)
        land = gazetteer.geometry(country) if country is not None else None
        if land is not None:
            sea = sea.difference(land)
    sea = sea if extent.precision in POINT_PRECISIONS else sea.difference(extent.geometry)
    return _without_nobodys_land(sea, gazetteer)


def _without_nobodys_land(sea: BaseGeometry, gazetteer: Gazetteer) -> BaseGeometry:
    """Leave out what is no sea, but ground that the outlines give to no country, and slivers between two of them."""
    from shapely import get_parts, union_all  # noqa: PLC0415

    pieces = [piece for piece in get_parts(polygonal(sea)) if equivalent_radius_m(piece) > SLIVER_M]
    middles = [piece.representative_point() for piece in pieces]
    disputed = gazetteer.outlines_at("disputed", [m.x for m in middles], [m.y for m in middles]) if pieces else []
    return union_all([piece for piece, code in zip(pieces, disputed, strict=True) if not code])
