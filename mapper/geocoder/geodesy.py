"""Shapes on the ellipsoid: circles, offsets, parts and surroundings of areas, in metres and WGS 84 degrees.

Every polygon given back lies within -180..180 and -90..90: what crosses the antimeridian is cut there, what holds a
pole is closed along it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Geod, Transformer
    from shapely.geometry import Point
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "BEARINGS",
    "around",
    "azimuth_m",
    "circle",
    "equivalent_radius_m",
    "geod",
    "offset",
    "part",
    "polygonal",
    "shared_border",
]

BEARINGS = {
    "north": 0.0, "northnortheast": 22.5, "northeast": 45.0, "eastnortheast": 67.5,
    "east": 90.0, "eastsoutheast": 112.5, "southeast": 135.0, "southsoutheast": 157.5,
    "south": 180.0, "southsouthwest": 202.5, "southwest": 225.0, "westsouthwest": 247.5,
    "west": 270.0, "westnorthwest": 292.5, "northwest": 315.0, "northnorthwest": 337.5,
}  # fmt: skip
"""Degrees clockwise from north of the sixteen winds."""

OUTER_SHARE = 0.4
"""How much of an area's extent "the north of" takes: between the half of geometry and the third that speakers mean."""

REMOTE_M, REMOTE_SHARE = 300_000.0, 0.25
"""Land this far from an area's main part, and smaller than this share of it, is not spoken of in "the north of"."""

CENTRE_SHARE = 0.5
"""Radius of "central ..." as a share of the radius of a circle of the area's size."""

_STEPS = 64
_SLIT, _POLE_M, _CAP = 1e-5, 1_000.0, 89.99


_KEPT_SHAPES = 128
"""Results of overlays that are kept: the same "eastern Ukraine" comes back in report after report."""


@lru_cache(maxsize=1)
def geod() -> Geod:
    """Give the WGS 84 ellipsoid."""
    from pyproj import Geod  # noqa: PLC0415

    return Geod(ellps="WGS84")


def azimuth_m(*, lat: float, lon: float, to_lat: float, to_lon: float) -> tuple[float, float]:
    """Forward azimuth in degrees and geodesic distance in metres from one point to another."""
    forward, _, metres = geod().inv(lon, lat, to_lon, to_lat)
    return float(forward), float(metres)


def offset(*, lat: float, lon: float, bearing: float, distance_m: float) -> Point:
    """Point at a geodesic distance in metres and a bearing in degrees from a point."""
    from shapely.geometry import Point  # noqa: PLC0415

    to_lon, to_lat, _ = geod().fwd(lon, lat, bearing, distance_m)
    return Point(to_lon, to_lat)


def circle(*, lat: float, lon: float, radius_m: float) -> BaseGeometry:
    """Geodesic circle as a polygon, EPSG:4326, right across the antimeridian and over the poles."""
    from shapely.geometry import Polygon  # noqa: PLC0415

    azimuths = [360.0 * i / _STEPS for i in range(_STEPS)]
    lons, lats, _ = geod().fwd([lon] * _STEPS, [lat] * _STEPS, azimuths, [radius_m] * _STEPS)
    pole = 90.0 if lat >= 0 else -90.0
    if azimuth_m(lat=lat, lon=lon, to_lat=pole, to_lon=lon)[1] < radius_m:
        ring = sorted(zip(lons, lats, strict=True))
        edge = (ring[0][1] + ring[-1][1]) / 2
        return Polygon([(-180.0, pole), (-180.0, edge), *ring, (180.0, edge), (180.0, pole)]).buffer(0)
    return _within_world(Polygon([(_unwrap(x, lon), y) for x, y in zip(lons, lats, strict=True)]))


@lru_cache(maxsize=_KEPT_SHAPES)
def equivalent_radius_m(area: BaseGeometry) -> float:
    """Radius in metres of a circle as large as the area."""
    square_metres, _ = geod().geometry_area_perimeter(area)
    return math.sqrt(abs(square_metres) / math.pi)


@lru_cache(maxsize=_KEPT_SHAPES)
def part(area: BaseGeometry, bearing: float | None) -> BaseGeometry:
    """Give the part of an area towards a bearing, or its middle when `bearing` is None.

    The cut runs square to the bearing in a Lambert azimuthal equal-area projection centred on the area, so that "the
    north of" takes `OUTER_SHARE` of the area's extent. An area that has no such part comes back whole.
    """
    from shapely.geometry import Polygon  # noqa: PLC0415

    forward, back, centre = _local(area)
    flat = _map(area, forward)
    if (main := _without_remote(flat)) is not flat:
        area = _unflattened(main, forward, back, centre)
        forward, back, centre = _local(area)
        flat = _map(area, forward)
    if bearing is None:
        cut = flat.centroid.buffer(CENTRE_SHARE * math.sqrt(flat.area / math.pi))
    else:
        dx, dy = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
        along = [x * dx + y * dy for x, y in _vertices(flat)]
        start = max(along) - OUTER_SHARE * (max(along) - min(along))
        reach = max(abs(v) for v in flat.bounds) * 4 + 1.0
        near, far = start, start + reach
        cut = Polygon([
            (near * dx - reach * dy, near * dy + reach * dx),
            (far * dx - reach * dy, far * dy + reach * dx),
            (far * dx + reach * dy, far * dy - reach * dx),
            (near * dx + reach * dy, near * dy - reach * dx),
        ])  # fmt: skip
        cut = cut.segmentize(reach / 40)
    piece = polygonal(flat.intersection(cut))
    if piece.is_empty:
        return area
    return _unflattened(piece, forward, back, centre)


def _without_remote(flat: BaseGeometry) -> BaseGeometry:
    """Drop small pieces far from all the rest (metres): "northern Norway" speaks neither of Svalbard nor of Bouvet."""
    from shapely import STRtree, area, get_parts  # noqa: PLC0415
    from shapely.geometry import MultiPolygon  # noqa: PLC0415

    pieces = get_parts(flat)
    if len(pieces) < 2:
        return flat
    sizes = area(pieces)
    tree, main, fresh = STRtree(pieces), set[int](), {int(sizes.argmax())}
    while fresh:
        main |= fresh
        near = tree.query(pieces[sorted(fresh)], predicate="dwithin", distance=REMOTE_M)[1]
        fresh = {int(i) for i in near} - main
    kept = [i for i, size in enumerate(sizes) if i in main or size > REMOTE_SHARE * sizes.max()]
    return flat if len(kept) == len(pieces) else MultiPolygon([pieces[i] for i in kept])


def around(shape: BaseGeometry, distance_m: float) -> BaseGeometry:
    """All that lies within a distance in metres of a shape (buffer in a local azimuthal projection)."""
    if shape.geom_type == "Point":
        ((lon, lat),) = _vertices(shape)
        return circle(lat=lat, lon=lon, radius_m=distance_m)
    forward, back, centre = _local(shape)
    flat = _map(shape, forward)
    # A tenth of the distance is finer than any report means by "near", and keeps a country's coast light.
    swollen = flat.simplify(distance_m / 10).buffer(distance_m, quad_segs=8)
    return _unflattened(swollen, forward, back, centre)


@lru_cache(maxsize=_KEPT_SHAPES)
def shared_border(one: BaseGeometry, other: BaseGeometry, distance_m: float) -> BaseGeometry:
    """Give the part of the first area within a distance in metres of the second; empty where they do not meet."""
    from shapely import box  # noqa: PLC0415
    from shapely.geometry import Polygon  # noqa: PLC0415

    west, south, east, north = one.bounds
    margin = min(10.0, distance_m / 20_000.0)  # degrees, generous: only a window that keeps the buffer cheap
    window = box(west - margin, max(-90.0, south - margin), east + margin, min(90.0, north + margin))
    near = polygonal(other.intersection(window))
    if near.is_empty:
        return Polygon()
    return polygonal(around(near, distance_m).intersection(one))


def polygonal(shape: BaseGeometry) -> BaseGeometry:
    """Only the polygons of a shape: what is left of an overlay without stray lines and points."""
    from shapely.geometry import MultiPolygon, Polygon  # noqa: PLC0415

    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        return shape
    parts = [p for g in getattr(shape, "geoms", ()) for p in getattr(g, "geoms", (g,)) if p.geom_type == "Polygon"]
    return MultiPolygon(parts) if len(parts) > 1 else parts[0] if parts else Polygon()


def _unwrap(lon: float, around_lon: float) -> float:
    return around_lon + (lon - around_lon + 180.0) % 360.0 - 180.0


def _within_world(shape: BaseGeometry) -> BaseGeometry:
    """Cut what sticks out over the antimeridian and move it to the other side."""
    from shapely import box  # noqa: PLC0415
    from shapely.affinity import translate  # noqa: PLC0415
    from shapely.ops import unary_union  # noqa: PLC0415

    shape = shape if shape.is_valid else shape.buffer(0)
    if shape.bounds[0] >= -180.0 and shape.bounds[2] <= 180.0:
        return shape
    pieces = [translate(shape.intersection(box(-180 + s, -90, 180 + s, 90)), xoff=-s) for s in (-360, 0, 360)]
    return polygonal(unary_union([p for p in pieces if not p.is_empty]))


def _unflattened(
    flat: BaseGeometry, forward: Transformer, back: Transformer, centre: tuple[float, float]
) -> BaseGeometry:
    """Bring a shape back to degrees; what holds a pole is slit from there along the meridian opposite its centre."""
    from shapely import box, union  # noqa: PLC0415
    from shapely.geometry import Point, Polygon  # noqa: PLC0415

    caps = []
    reach = 4 * max(abs(v) for v in flat.bounds) + 1.0
    for pole in (-1.0, 1.0):
        x, y = forward.transform(centre[1], 90.0 * pole)
        if not math.isfinite(y):
            continue
        far, wide = y + pole * reach, reach * _SLIT
        wedge = Polygon([(x, y), (x - wide, far), (x + wide, far)])
        if flat.intersects(wedge):
            if flat.covers(Point(x, y)):
                caps.append(box(-180.0, min(90.0 * pole, _CAP * pole), 180.0, max(90.0 * pole, _CAP * pole)))
            # The pole itself has no longitude: the slit starts on a small circle around it.
            flat = flat.difference(wedge.union(Point(x, y).buffer(_POLE_M)))
    shape = _within_world(_map(flat, back, around=centre[1]))
    for cap in caps:
        shape = polygonal(union(shape, cap))
    return shape


def _local(shape: BaseGeometry) -> tuple[Transformer, Transformer, tuple[float, float]]:
    lat, lon = _centre(shape)
    forward, back = _transformers(round(lat, 2), round(lon, 2))
    return forward, back, (round(lat, 2), round(lon, 2))


def _centre(shape: BaseGeometry) -> tuple[float, float]:
    """Middle of a shape's box; a shape cut at the antimeridian is joined again first."""
    west, south, east, north = shape.bounds
    if east - west > 359.0 and (south < -_CAP or north > _CAP):
        return (south + north) / 2, 0.0  # all round a pole: any slit from there is best on the edge of the map
    if east - west > 180.0:
        lons = [x % 360.0 for x, _ in _vertices(shape)]
        west, east = min(lons), max(lons)
    return (south + north) / 2, ((west + east) / 2 + 180.0) % 360.0 - 180.0


@lru_cache(maxsize=64)
def _transformers(lat: float, lon: float) -> tuple[Transformer, Transformer]:
    from pyproj import CRS, Transformer  # noqa: PLC0415

    local = CRS.from_proj4(f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m")
    return (
        Transformer.from_crs("EPSG:4326", local, always_xy=True),
        Transformer.from_crs(local, "EPSG:4326", always_xy=True),
    )


def _map(shape: BaseGeometry, transformer: Transformer, around: float | None = None) -> BaseGeometry:
    import numpy as np  # noqa: PLC0415
    from shapely import transform  # noqa: PLC0415

    def step(xy: np.ndarray) -> np.ndarray:
        x, y = transformer.transform(xy[:, 0], xy[:, 1])
        if around is not None:
            x = around + (np.asarray(x) - around + 180.0) % 360.0 - 180.0
        return np.column_stack([x, y])

    mapped = transform(shape, step)
    return mapped if mapped.is_valid else mapped.buffer(0)


def _vertices(shape: BaseGeometry) -> list[tuple[float, float]]:
    from shapely import get_coordinates  # noqa: PLC0415

    return [(float(x), float(y)) for x, y in get_coordinates(shape)]
