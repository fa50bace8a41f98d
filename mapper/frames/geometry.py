"""Geometry of the layers: circles in metres, the antimeridian, sound polygons.

Coordinates are degrees (EPSG:4326), longitude first as in shapely. Arrays go in and arrays come out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapper.records import Resolution

    Geometries = NDArray[np.object_]

__all__ = ["MAX_RING_M", "LabelPoint", "circles", "cut_antimeridian", "label_point", "label_point_of", "mend_polygons"]

MAX_RING_M = 10_000_000.0
"""A circle with the radius of a quarter meridian (10 002 km) covers half the earth: it is not drawn."""

_POLYGONAL = frozenset({"Polygon", "MultiPolygon"})


class LabelPoint(NamedTuple):
    """Where to write a name: degrees, EPSG:4326. For an area it is no location."""

    lat: float | None
    lon: float | None


def label_point(resolution: Resolution) -> LabelPoint:
    """Find the point at which to write the name of a resolved place.

    Returns
    -------
    LabelPoint
        The point itself where the place is a point; inside the area where it is one (the gazetteer's label point if it
        lies there); both None when the toponym is unresolved.
    """
    geometry, place = resolution.geometry, resolution.place
    if geometry is not None and not geometry.is_empty:
        from shapely import Point  # noqa: PLC0415  (slow import, only where it is needed)

        if isinstance(geometry, Point):
            return LabelPoint(lat=geometry.y, lon=geometry.x)
        # A sector ("the east of Baghdad") does not hold the label point of the whole place.
        if place is None or not geometry.intersects(Point(place.lon, place.lat)):
            inside = geometry.representative_point()
            return LabelPoint(lat=inside.y, lon=inside.x)
    return LabelPoint(None, None) if place is None else LabelPoint(lat=place.lat, lon=place.lon)


def label_point_of(geometry: BaseGeometry | None) -> LabelPoint:
    """Find a point to write a name at: the point itself, or one inside the area; for an area it is no location."""
    if geometry is None or geometry.is_empty:
        return LabelPoint(None, None)
    inside = geometry.representative_point()
    return LabelPoint(lat=inside.y, lon=inside.x)


def circles(centres: Geometries, radii_m: NDArray[np.float64], *, vertices: int = 72) -> Geometries:
    """Draw geodesic circles around points.

    The vertices are solved on the WGS 84 ellipsoid (Karney's direct problem, through PROJ), which is what a buffer in a
    local azimuthal equidistant projection of each centre would give, but for all centres at once.

    Parameters
    ----------
    centres
        shapely Points, EPSG:4326.
    radii_m
        Metres, more than 0 and less than `MAX_RING_M`.
    vertices
        Of each circle; with 72 the polygon lies within 0.1% of the radius inside the circle.

    Returns
    -------
    ndarray of Polygon or MultiPolygon
        Cut at the antimeridian; a circle around a pole is closed along the pole's edge of the map.
    """
    import numpy as np  # noqa: PLC0415  (slow imports, only where they are needed)
    import shapely  # noqa: PLC0415
    from pyproj import Geod  # noqa: PLC0415

    count = len(centres)
    if not count:
        return np.empty(0, dtype=object)
    azimuths = np.linspace(360.0, 0.0, vertices, endpoint=False)  # falling, so that rings run counter-clockwise
    lon, lat, _ = Geod(ellps="WGS84").fwd(
        np.repeat(shapely.get_x(centres), vertices),
        np.repeat(shapely.get_y(centres), vertices),
        np.tile(azimuths, count),
        np.repeat(np.asarray(radii_m, dtype=float), vertices),
    )
    lon, lat = lon.reshape(count, vertices), lat.reshape(count, vertices)
    # Longitudes run on over the antimeridian; the first vertex, again at the end, tells whether they went round a pole.
    lon = np.unwrap(np.column_stack([lon, lon[:, 0]]), period=360.0, axis=1)
    lat = np.column_stack([lat, lat[:, 0]])
    polar = np.abs(lon[:, -1] - lon[:, 0]) > 180.0
    rings = np.empty(count, dtype=object)
    rings[~polar] = shapely.polygons(np.stack([lon[~polar], lat[~polar]], axis=-1))
    for row in np.flatnonzero(polar):
        pole = 90.0 if lat[row].mean() > 0 else -90.0
        edge = [(lon[row, -1], pole), (lon[row, 0], pole)]
        rings[row] = shapely.Polygon([*zip(lon[row], lat[row], strict=True), *edge])
    return cut_antimeridian(rings)


def cut_antimeridian(geometries: Geometries) -> Geometries:
    """Cut what runs over the antimeridian, as RFC 7946 (3.1.9) asks.

    Only longitudes beyond -180 to 180 say that a geometry runs over it; a long edge within them is taken at its word.

    Returns
    -------
    ndarray
        The same geometries with all longitudes within -180 to 180; those that were cut are multi-part.
    """
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    bounds = shapely.bounds(geometries)
    with np.errstate(invalid="ignore"):
        over = (bounds[:, 0] < -180.0) | (bounds[:, 2] > 180.0)
    if not over.any():
        return geometries
    cut = geometries.copy()
    for row in np.flatnonzero(over):
        cut[row] = _cut_one(geometries[row], west=bounds[row, 0], east=bounds[row, 2])
    return cut


def _cut_one(geometry: BaseGeometry, *, west: float, east: float) -> BaseGeometry:
    import shapely  # noqa: PLC0415
    from shapely import affinity  # noqa: PLC0415

    world = shapely.box(-180.0, -90.0, 180.0, 90.0)
    dimension = shapely.get_dimensions(geometry)
    geometry = shapely.make_valid(geometry)
    parts: list[Any] = []
    for turn in range(math.floor((west + 180.0) / 360.0), math.floor((east + 180.0) / 360.0) + 1):
        moved = affinity.translate(geometry, xoff=-360.0 * turn)
        # What only touches the cut from the other side (the line of a polygon, the point of a line) is left out.
        parts += [p for p in shapely.get_parts(moved.intersection(world)) if shapely.get_dimensions(p) == dimension]
    return shapely.union_all(parts)


def mend_polygons(geometries: Geometries) -> Geometries:
    """Make invalid polygons valid (self-crossing rings, for one), keeping only their areas; all else is left alone."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    broken = np.flatnonzero(~shapely.is_valid(geometries) & (shapely.get_dimensions(geometries) == 2))
    if not len(broken):
        return geometries
    mended = geometries.copy()
    for row in broken:
        parts = shapely.get_parts(shapely.make_valid(geometries[row], method="structure", keep_collapsed=False))
        areas = [p for p in parts if p.geom_type in _POLYGONAL and not p.is_empty]
        mended[row] = shapely.union_all(areas) if areas else None
    return mended
