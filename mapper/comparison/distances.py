"""How far two places are from one another, and which places of two sides may be close enough at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["boxes", "close_pairs", "distances_m"]

_DEGREE_M: Final = 110_500.0  # of latitude, where a degree is shortest: at the equator
_OVERLAP: Final = 0.5
"""Two areas are the same place when half of the smaller one lies in the other: neighbours share no more than a line."""

APART: Final = float("inf")


def boxes(shapes: Any, radius_m: Any, within_m: float) -> Any:
    """Draw a box around each place that holds all that is within its radius and half of `within_m` metres of it."""
    import numpy as np  # noqa: PLC0415  (slow imports, only when something is compared)
    import shapely  # noqa: PLC0415

    west, south, east, north = shapely.bounds(shapes).T
    high = (radius_m + within_m / 2) * 1.01 / _DEGREE_M
    furthest = np.minimum(np.maximum(np.abs(south), np.abs(north)) + high, 89.9)
    wide = np.minimum(high / np.cos(np.radians(furthest)), 360.0)
    return np.column_stack([west - wide, south - high, east + wide, north + high])


def close_pairs(ours: Any, theirs: Any) -> tuple[Any, Any]:
    """Give the pairs of boxes that touch, also over the antimeridian, as two arrays of indices."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    tree = shapely.STRtree(shapely.box(*theirs.T))
    found = []
    for turn in (0.0, -360.0, 360.0):
        beyond = ours[:, 2] > 170.0 if turn < 0 else ours[:, 0] < -170.0
        over = np.flatnonzero(beyond | (turn == 0.0))
        if len(over):
            left, right = tree.query(shapely.box(*(ours[over] + np.array([turn, 0.0, turn, 0.0])).T))
            found.append(np.column_stack([over[left], right]))
    pairs = np.unique(np.concatenate(found), axis=0)
    return pairs[:, 0], pairs[:, 1]


def distances_m(left: Any, right: Any) -> Any:
    """Measure from each place to the place beside it, in metres on the WGS 84 ellipsoid.

    Parameters
    ----------
    left, right
        Geometries (EPSG:4326), of the same length.

    Returns
    -------
    ndarray of float
        0 for a point in an area, and for two areas of which half of the smaller one lies in the other; infinite for two
        other areas. The same to the last bit when the sides are exchanged.
    """
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415
    from pyproj import Geod  # noqa: PLC0415

    flat_left, flat_right = (shapely.get_dimensions(side) == 0 for side in (left, right))
    metres = np.full(len(left), APART)
    points = np.flatnonzero(flat_left & flat_right)
    if len(points):
        ends = np.column_stack([shapely.get_coordinates(left[points]), shapely.get_coordinates(right[points])])
        turned = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
        ends[turned] = ends[turned][:, [2, 3, 0, 1]]  # always from the western one, so that rounding is the same
        metres[points] = Geod(ellps="WGS84").inv(*ends.T)[2]
    known: dict[tuple[int, int], float] = {}
    for row in np.flatnonzero(~(flat_left & flat_right)).tolist():
        one, other = left[row], right[row]
        if flat_right[row] or (not flat_left[row] and one.wkb > other.wkb):
            one, other = other, one
        key = (id(one), id(other))
        if key not in known:
            known[key] = _to_area(one, other) if one.geom_type == "Point" else _between_areas(one, other)
        metres[row] = known[key]
    return metres


def _to_area(point: BaseGeometry, area: BaseGeometry) -> float:
    """Measure from a point to the nearest of an area, 0 inside."""
    import shapely  # noqa: PLC0415
    from pyproj import Geod  # noqa: PLC0415

    if shapely.intersects(area, point):
        return 0.0
    import numpy as np  # noqa: PLC0415

    # Longitudes narrowed as they are at the point: what is nearest in these degrees is nearest on the ground.
    narrow = max(float(np.cos(np.radians(shapely.get_y(point)))), 0.01)
    flat = [shapely.transform(shape, lambda xy: xy * (narrow, 1.0)) for shape in (point, area)]
    line = shapely.get_coordinates(shapely.shortest_line(*flat)) / (narrow, 1.0)
    return float(Geod(ellps="WGS84").inv(*line[0], *line[1])[2])


def _between_areas(one: BaseGeometry, other: BaseGeometry) -> float:
    import shapely  # noqa: PLC0415

    shared = shapely.area(shapely.intersection(one, other))
    return 0.0 if shared >= _OVERLAP * min(one.area, other.area) else APART
