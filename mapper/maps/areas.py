"""Geometries to what the page draws: points in whole numbers, and every distinct area once, simplified."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mapper.maps import polyline
from mapper.maps.extent import Bounds, extent, main_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["AREA_DECIMALS", "POINT_PRECISIONS", "Areas", "located", "positions", "sure_bounds"]

POINT_PRECISIONS = frozenset({"site", "settlement", "near"})
_POINT_OR_UNKNOWN = POINT_PRECISIONS | {None}
AREA_DECIMALS = 4
_DETAIL = 700  # an area keeps detail of this share of its width: about a pixel when it fills the view
_CIRCLE = 64  # vertices
_METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km
_WIDEST_MARGIN = 5.0  # degrees: a wider ring does not widen the first view


@dataclass(slots=True)
class Areas:
    """Every distinct area once, simplified for the screen, and the boxes of the first view."""

    encoded: list[dict[str, Any]] = field(default_factory=list)
    boxes: list[Bounds] = field(default_factory=list)
    _known: dict[bytes, int] = field(default_factory=dict)
    _seen: dict[int, tuple[Any, int]] = field(default_factory=dict)

    def index(self, geometry: BaseGeometry, *, detail: int = _DETAIL, first_view: bool = True) -> int:
        """Give the number of an area, which is encoded when it is met first."""
        known = self._seen.get(id(geometry))
        if known is not None:
            return known[1]
        key = bytes(geometry.wkb)
        if key not in self._known:
            self._known[key] = len(self.encoded)
            boxes = main_boxes(geometry)
            self.encoded.append(_encode(geometry, boxes, detail))
            if first_view:
                self.boxes.extend(boxes)
        # The object is kept beside its number: an id alone may be given to another object later.
        self._seen[id(geometry)] = (geometry, self._known[key])
        return self._known[key]


def _encode(geometry: BaseGeometry, boxes: list[Bounds], detail: int) -> dict[str, Any]:
    """Rings of each polygon (the outer one first), a point for the label, the size, and the box of the main parts."""
    import shapely  # noqa: PLC0415 - slow to import

    width = max(max(east - west, north - south) for west, south, east, north in boxes)
    simple = shapely.simplify(geometry, width / detail, preserve_topology=True)
    parts = shapely.get_parts(simple)
    sizes = shapely.area(parts)
    visible = parts[sizes >= min(sizes.max(), (width / 400) ** 2)]
    label = shapely.get_point(shapely.maximum_inscribed_circle(parts[sizes.argmax()], tolerance=width / 50), 0)
    return {
        "rings": [
            [polyline.encode(shapely.get_coordinates(ring), decimals=AREA_DECIMALS) for ring in shapely.get_rings(part)]
            for part in visible
        ],
        "label": [round(label.x, 4), round(label.y, 4)],
        "size": round(float(sizes.sum()), 4),
        "box": [round(value, 4) for value in extent(boxes) or ()],
    }


def located(geometry: Any, precision: str | None, uncertainty_m: float | None) -> Any:
    """Give what may be drawn: a Point where the place is a point, else an area, else None (EPSG:4326).

    A point that stands for an area (a country's midpoint) is no place to show a pin: it becomes a circle of its
    uncertainty, and without one it is not drawn at all.
    """
    if not hasattr(geometry, "geom_type") or geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    if not (-90 <= south <= north <= 90 and -540 <= west <= east <= 540):
        return None
    if geometry.geom_type == "Point":
        if precision is None or precision in POINT_PRECISIONS:
            return geometry
        return _circle(geometry, uncertainty_m) if uncertainty_m else None
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry if geometry.area > 0 else None
    hull = geometry.convex_hull.buffer(0.01)
    return hull if hull.area > 0 else None


def _circle(point: Any, radius_m: float) -> Any:
    """Draw a circle on the ground as a polygon in degrees (good to about 1 % below 500 km and 70 degrees)."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    turn = np.linspace(0, 2 * np.pi, _CIRCLE, endpoint=False)
    tall = min(radius_m / _METRES_PER_DEGREE, 60.0)
    lat = np.clip(point.y + tall * np.sin(turn), -89.0, 89.0)
    wide = tall / max(float(np.cos(np.radians(point.y))), 0.05)
    return shapely.polygons(np.column_stack((point.x + wide * np.cos(turn), lat)))


def positions(
    geometries: Sequence[Any], precisions: Sequence[str | None], radii: Sequence[float | None], areas: Areas
) -> tuple[list[int | None], list[int | None], list[int | None]]:
    """Give longitudes and latitudes in 1e-5 degrees, and numbers of areas; None for what is not drawn.

    Plain points are worked on as one array; areas and points that stand for areas one by one.
    """
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    shapes = np.empty(len(geometries), dtype=object)
    shapes[:] = geometries
    shapes[~shapely.is_geometry(shapes)] = None
    points = (shapely.get_type_id(shapes) == shapely.GeometryType.POINT) & ~shapely.is_empty(shapes)
    plain = points & np.fromiter(map(_POINT_OR_UNKNOWN.__contains__, precisions), dtype=bool, count=len(shapes))
    shown = shapes.copy()
    shown[~plain] = None
    x, y = shapely.get_x(shown), shapely.get_y(shown)
    with np.errstate(invalid="ignore"):
        good = plain & (np.abs(y) <= 90) & (np.abs(x) <= 540)
    lons = np.rint(((np.where(good, x, 0.0) + 180.0) % 360.0 - 180.0) * 1e5).astype(int)
    lats = np.rint(np.where(good, y, 0.0) * 1e5).astype(int)
    lon: list[int | None] = [v if ok else None for v, ok in zip(lons.tolist(), good.tolist(), strict=True)]
    lat: list[int | None] = [v if ok else None for v, ok in zip(lats.tolist(), good.tolist(), strict=True)]
    area: list[int | None] = [None] * len(lon)
    for row in np.flatnonzero(~plain & ~shapely.is_missing(shapes)).tolist():
        found = located(shapes[row], precisions[row], radii[row])
        if found is not None:
            area[row] = areas.index(found)
    return lon, lat, area


def sure_bounds(lon: list[int | None], lat: list[int | None], radii: Sequence[float | None]) -> list[Bounds]:
    """Give the boxes of points (1e-5 degrees) with their uncertainty: one box a cell of a hundredth of a degree."""
    import numpy as np  # noqa: PLC0415

    x5, y5, metres = (np.array(values, dtype=float) for values in (lon, lat, radii))
    known = ~(np.isnan(x5) | np.isnan(y5))
    x5, y5 = x5[known], y5[known]
    margin = np.minimum(np.nan_to_num(metres[known]) / _METRES_PER_DEGREE, _WIDEST_MARGIN)
    keys = np.column_stack((x5 // 1000, y5 // 1000, (margin * 50).astype(int)))
    _, firsts = np.unique(keys, axis=0, return_index=True)
    x, y = x5 / 1e5, y5 / 1e5
    boxes = np.column_stack((x - margin, y - margin, x + margin, y + margin))[np.sort(firsts)]
    return [tuple(box) for box in boxes.tolist()]
