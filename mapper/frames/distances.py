"""Buffers in metres, true everywhere on the globe: over the antimeridian, around the poles, of whole countries.

A buffer in degrees is an ellipse that grows towards the poles, and one in a single projection is wrong far from its
middle. So each line and each edge of an area is cut into runs of a few hundred kilometres, each run is buffered in an
azimuthal equidistant projection of its own (geodesic, on the WGS 84 ellipsoid), and the buffers are put together: the
buffer of a union is the union of the buffers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.errors import UsageError
from mapper.frames.geometry import MAX_RING_M, circles, cut_antimeridian, mend_polygons
from mapper.frames.schema import CRS

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Geometries = NDArray[np.object_]

__all__ = ["buffers", "widened"]

_PIECE = 4.0  # degrees of a line; at 500 km from its middle the projection is off by a thousandth
_STEP = 0.1  # degrees: a side that is straight on the map is bent in another projection
_STEP_M = 20_000.0
_QUARTER = 16  # segments of a quarter circle: within 0.2% of the distance


def buffers(frame: gpd.GeoDataFrame, metres: float | str) -> gpd.GeoDataFrame:
    """Give the ground within a distance of each geometry.

    Parameters
    ----------
    frame
        A layer, or any GeoDataFrame with a CRS.
    metres
        The distance, the same for all; or the name of a column of distances, such as "uncertainty_m".

    Returns
    -------
    GeoDataFrame
        The same rows in EPSG:4326, with (Multi)Polygons cut at the antimeridian. A row without a geometry, or whose
        distance is not known, has none.

    Raises
    ------
    UsageError
        A distance is not more than 0 and less than `MAX_RING_M`, the column is missing, or the frame has no CRS.
    """
    import numpy as np  # noqa: PLC0415  (slow imports, only when buffers are drawn)

    if isinstance(metres, str):
        if metres not in frame.columns:
            raise UsageError(f"there is no column {metres!r}", hint="give metres, or a column that holds them")
        distances = frame[metres].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    else:
        distances = np.full(len(frame), float(metres))
    told = distances[~np.isnan(distances)]
    if len(told) < len(distances) and not isinstance(metres, str):
        raise UsageError("the distance is not a number", hint="give it in metres")
    if ((told <= 0) | (told >= MAX_RING_M)).any():
        raise UsageError(
            "a distance must be more than 0 m and less than a quarter of the globe's girth",
            hint="give it in metres; where a column holds it, leave other rows out or null",
        )
    if frame.crs is None:
        raise UsageError(
            "these geometries have no CRS", hint="say which it is, with .set_crs('EPSG:4326') for instance"
        )
    plain = frame.to_crs(CRS)
    return plain.set_geometry(widened(plain.geometry.to_numpy(), distances), crs=CRS)


def widened(shapes: Geometries, metres: NDArray[np.float64]) -> Geometries:
    """Widen geometries (EPSG:4326) by distances in metres; NaN gives None.

    Returns
    -------
    ndarray of Polygon or MultiPolygon
        EPSG:4326, valid, cut at the antimeridian.
    """
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    out = np.full(len(shapes), None, dtype=object)
    usable = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes) | np.isnan(metres))
    point = usable & (shapely.get_type_id(shapes) == shapely.GeometryType.POINT)
    out[point] = circles(shapes[point], metres[point])
    rest = np.flatnonzero(usable & ~point)
    sound = mend_polygons(cut_antimeridian(shapely.force_2d(shapes[rest])))
    done: dict[tuple[int, float], Any] = {}
    for row, shape in zip(rest, sound, strict=True):
        # One country stands in many rows, as one and the same object: it is widened once.
        key = (id(shapes[row]), float(metres[row]))
        if key not in done:
            done[key] = _widened(shape, key[1])
        out[row] = done[key]
    return out


def _widened(shape: BaseGeometry, metres: float) -> BaseGeometry:
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    # Only what lies beside the edge of an area adds to it.
    area = shapely.get_dimensions(shape) == 2
    rims = [rim for piece in _pieces(shapely.boundary(shape) if area else shape) for rim in _rims(piece, metres)]
    cut = mend_polygons(cut_antimeridian(np.array(rims, dtype=object)))
    return shapely.union_all([*([shape] if area else []), *(rim for rim in cut if rim is not None)])


def _pieces(shape: BaseGeometry) -> list[Any]:
    """Cut lines into runs of a few hundred kilometres, their sides made of short steps; give arrays of (lon, lat)."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    found = []
    for line in shapely.get_parts(shapely.segmentize(shape, _STEP)):
        points = shapely.get_coordinates(line)
        way = np.concatenate([[0.0], np.abs(np.diff(points, axis=0)).sum(axis=1).cumsum()])
        starts = np.flatnonzero(np.diff(way // _PIECE, prepend=-1.0))
        ends = [*starts[1:], len(points) - 1]
        found += [points[start : end + 1] for start, end in zip(starts, ends, strict=True)]
    return found


def _rims(points: Any, metres: float) -> list[BaseGeometry]:
    """Buffer a short line in a projection of its own, azimuthal equidistant; longitudes may run beyond 180 degrees."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415
    from pyproj import Geod  # noqa: PLC0415

    geod = Geod(ellps="WGS84")
    lon, lat = points[len(points) // 2]
    count = len(points)
    azimuth, _, away = geod.inv(np.full(count, lon), np.full(count, lat), points[:, 0], points[:, 1])
    flat = np.column_stack([away * np.sin(np.radians(azimuth)), away * np.cos(np.radians(azimuth))])
    line: Any = shapely.linestrings(flat) if count > 1 else shapely.points(flat[0])
    wide: Any = shapely.segmentize(shapely.buffer(line, metres, quad_segs=_QUARTER), _STEP_M)

    def to_globe(xy: Any) -> Any:
        all_lon, all_lat = np.full(len(xy), lon), np.full(len(xy), lat)
        east, north, _ = geod.fwd(all_lon, all_lat, np.degrees(np.arctan2(*xy.T)), np.hypot(*xy.T))
        return np.column_stack([east, north])

    outer, *holes = (_region(to_globe(shapely.get_coordinates(ring))) for ring in (wide.exterior, *wide.interiors))
    return [shapely.difference(outer, shapely.union_all(holes)) if holes else outer]


def _region(ring: Any) -> BaseGeometry:
    """Give what a ring encloses on the globe; one around a pole is closed along the pole's edge of the map."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    lon, lat = np.unwrap(ring[:, 0], period=360.0), ring[:, 1]
    points = np.column_stack([lon, lat])
    if abs(lon[-1] - lon[0]) > 180.0:
        pole = 90.0 if lat.mean() > 0 else -90.0
        points = np.concatenate([points, [(lon[-1], pole), (lon[0], pole)]])
    shape = shapely.Polygon(points)
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)
