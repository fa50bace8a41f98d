"""A small map of the layers for notebooks: an SVG without script, without a network, and without a word of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapper.frames.collection import Layers
    from mapper.gazetteer import Gazetteer

__all__ = ["sketch"]

_WIDTH, _TALLEST, _MARGIN = 640, 420, 12  # pixels
_MOST_MARKS = 5_000  # drawn; a notebook that keeps its outputs must stay small
_SEA, _LAND, _BORDER, _AREA, _POINT = "#eef3f7", "#ffffff", "#b8c4ce", "#c2410c", "#9f1239"


def sketch(layers: Layers, gazetteer: Gazetteer | None = None) -> str:
    """Draw the incidents as one SVG: points, areas, and the outlines of the countries that they name.

    Returns
    -------
    str
        An `<svg>` element; "" where nothing has a place. Plate carree, with the scale true in the middle latitude. All
        text in it is numbers.
    """
    import numpy as np  # noqa: PLC0415  (slow imports, only when layers are shown)
    import shapely  # noqa: PLC0415

    shapes = layers.incidents.geometry.dropna().to_numpy()[:_MOST_MARKS]
    if not len(shapes):
        return ""
    west, south, east, north = _framed(shapely.total_bounds(shapes))
    narrow = max(float(np.cos(np.radians((south + north) / 2))), 0.05)
    scale = min((_WIDTH - 2 * _MARGIN) / ((east - west) * narrow), (_TALLEST - 2 * _MARGIN) / (north - south))
    width, height = ((east - west) * narrow * scale + 2 * _MARGIN, (north - south) * scale + 2 * _MARGIN)

    def to_pixels(xy: Any) -> Any:
        return np.column_stack([_MARGIN + (xy[:, 0] - west) * narrow * scale, _MARGIN + (north - xy[:, 1]) * scale])

    def drawn(some: Any) -> Any:
        clipped = shapely.clip_by_rect(some, west, south, east, north)
        return shapely.simplify(shapely.transform(clipped, to_pixels), 0.7)

    codes = sorted(set(layers.incidents["country_code"].dropna()))
    lands = drawn(np.array(_outlines(codes, gazetteer), dtype=object))
    point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    # One country may stand in thousands of rows: each distinct area is drawn once, the largest first.
    areas = np.array(list({shapely.to_wkb(s): s for s in shapes[~point]}.values()), dtype=object)
    areas = drawn(areas[np.argsort(-shapely.area(areas), kind="stable")])
    parts = [f'<rect width="{width:.0f}" height="{height:.0f}" fill="{_SEA}"/>']
    parts += [f'<path d="{_path(s)}" fill="{_LAND}" stroke="{_BORDER}"/>' for s in lands]
    parts += [f'<path d="{_path(s)}" fill="{_AREA}" fill-opacity=".16" stroke="{_AREA}"/>' for s in areas]
    dots = np.unique(np.round(to_pixels(shapely.get_coordinates(shapes[point])), 1), axis=0)
    parts += [f'<circle cx="{x}" cy="{y}" r="4" fill="{_POINT}" stroke="#fff"/>' for x, y in dots.tolist()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Map of the incidents" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'fill-rule="evenodd" stroke-width=".7">{"".join(parts)}</svg>'
    )


def _framed(bounds: Any) -> tuple[float, float, float, float]:
    """Leave room around what is shown: a tenth of its extent, and half a degree at least."""
    west, south, east, north = (float(degree) for degree in bounds)
    room = max(0.5, 0.1 * max(east - west, north - south))
    return max(west - room, -180.0), max(south - room, -90.0), min(east + room, 180.0), min(north + room, 90.0)


def _outlines(codes: list[str], gazetteer: Gazetteer | None) -> list[Any]:
    from mapper.errors import GazetteerError  # noqa: PLC0415
    from mapper.gazetteer import open_gazetteer  # noqa: PLC0415

    try:
        asked = gazetteer or open_gazetteer()
        found = [asked.geometry(place) for code in codes if (place := asked.country(code))]
    except GazetteerError:  # the sketch is a courtesy: without outlines it shows the marks alone
        return []
    return [shape for shape in found if shape is not None]


def _path(shape: Any) -> str:
    import shapely  # noqa: PLC0415

    rings = [r for p in shapely.get_parts(shape) if p.geom_type == "Polygon" for r in (p.exterior, *p.interiors)]
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(ring).tolist()[:-1]) + "Z"
        for ring in rings
    )
