"""Outlines of countries, provinces, seas and regions: how they are kept, and which country a point lies in.

Policy
------
The outlines are Natural Earth's (5.1, 10 m, the edition with the German point of view), which draws states mostly as
they
are, de facto, with exceptions that it makes itself: Crimea is drawn in Ukraine; Kosovo, Palestine (Gaza Strip and West
Bank), Taiwan and Western Sahara are outlines of their own (XK, PS, TW, EH); Northern Cyprus lies in Cyprus, Somaliland
in
Somalia, Srinagar in India, Muzaffarabad in Pakistan. The Golan Heights lie in no country: a point there gets none, and
`Gazetteer.disputed_at` says why. Nothing here is a statement on any border.

Who follows another policy overrides it. For some ground: ``mapper gazetteer add FILE.geojson`` with a polygon that has
the properties ``layer`` = "country" and ``country`` = the ISO code its ground counts to ("" for none); it is asked
before all outlines. For the whole world: ``mapper gazetteer build countries.geojson ...`` takes outlines with the
property `iso_a2_eh` (Natural Earth publishes editions with other points of view) in the place of those held.

Outlines are simplified to 0.01 degrees (countries, about 1 km) 0.02 (provinces, seas, regions) and 0.005 (disputed
areas), on a grid of
0.001 degrees, in EPSG:4326. Neighbours were simplified each on its own, so a point within about 2 km of a border may
lie
in both or in neither; the nearest country within `COAST_M` metres is taken then, which also catches harbours, piers and
anchorages.

An outline is kept as a zlib-compressed run of integers: the number of polygons, for each the number of its rings, for
each the number of its points, then the points as differences in 1/1000 degree. That is a third of its size as WKB, and
decodes with one cumulative sum.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from mapper.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["COAST_M", "Outlines", "bounds_of", "decode", "encode"]

COAST_M = 25_000.0
"""How far from its country a point may lie (metres): twelve nautical miles, a state's territorial sea, are 22 km."""

_GRID = 1000  # steps a degree
_EARTH_M = 6_371_008.8  # mean radius, metres (IUGG)


def encode(geometry: BaseGeometry) -> bytes:
    """Pack a polygon or multipolygon (EPSG:4326, on the 0.001 degree grid) into the kept form."""
    import numpy as np  # noqa: PLC0415

    polygons = [p for p in getattr(geometry, "geoms", [geometry]) if p.geom_type == "Polygon" and not p.is_empty]
    head: list[int] = [len(polygons)]
    points = []
    for polygon in polygons:
        rings = [polygon.exterior, *polygon.interiors]
        head.append(len(rings))
        for ring in rings:
            xy = np.rint(np.asarray(ring.coords)[:, :2] * _GRID).astype("<i4")
            head.append(len(xy))
            points.append(xy)
    steps = np.diff(np.concatenate(points), axis=0, prepend=0) if points else np.zeros((0, 2), "<i4")
    numbers = np.concatenate([np.asarray([len(head), *head]), steps[:, 0], steps[:, 1]])
    return zlib.compress(numbers.astype("<i4").tobytes(), 9)


def decode(blob: bytes) -> BaseGeometry:
    """Unpack what `encode` made: a Polygon, or a MultiPolygon of several.

    Raises
    ------
    GazetteerError
        When the bytes are not an outline.
    """
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    try:
        numbers = np.frombuffer(zlib.decompress(blob), "<i4").astype("i8")
        head = numbers[1 : 1 + numbers[0]].tolist()
        steps = numbers[1 + numbers[0] :].reshape(2, -1)
        xy = np.cumsum(steps, axis=1).T / _GRID
        polygons, at, start = [], 1, 0
        for _ in range(head[0]):
            rings = []
            for length in head[at + 1 : at + 1 + head[at]]:
                rings.append(xy[start : start + length])
                start += length
            at += 1 + head[at]
            polygons.append(shapely.Polygon(rings[0], rings[1:]))
    except (zlib.error, ValueError, IndexError) as error:
        raise GazetteerError(
            "an outline in the gazetteer is damaged", hint="install mapper again, or build the gazetteer anew"
        ) from error
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def bounds_of(geometry: BaseGeometry) -> tuple[float, float, float, float]:
    """Give (west, south, east, north) in degrees; west > east where the parts lie on both sides of the antimeridian."""
    import shapely  # noqa: PLC0415

    west, south, east, north = (round(float(v), 3) for v in geometry.bounds)
    if east - west < 180:
        return west, south, east, north
    spans = sorted((float(b[0]), float(b[2])) for b in shapely.bounds(shapely.get_parts(geometry)))
    reach, gap, split = spans[0][1], 0.0, None
    for start, end in spans[1:]:
        if start - reach > gap:
            gap, split = start - reach, (reach, start)
        reach = max(reach, end)
    if split is None or gap < 30:  # an area that truly spans the globe
        return west, south, east, north
    return round(split[1], 3), south, round(split[0], 3), north


class Outlines:
    """The outlines of one kind, searchable by point.

    Parameters
    ----------
    codes
        One code an outline (ISO 3166-1 alpha-2 of a country, the id of a province ...).
    blobs
        The outlines as `encode` gives them, in the same order.
    """

    def __init__(self, codes: Sequence[str], blobs: Iterable[bytes]) -> None:
        import numpy as np  # noqa: PLC0415
        import shapely  # noqa: PLC0415

        self._codes = np.asarray(codes, dtype=object)
        self._shapes = np.asarray([decode(blob) for blob in blobs], dtype=object)
        shapely.prepare(self._shapes)

    def codes_at(self, lons: Any, lats: Any, *, reach_m: float = 0.0) -> list[str]:
        """Give the code of the outline that holds each point, else of the nearest within `reach_m` metres, else "".

        Parameters
        ----------
        lons, lats
            Degrees, EPSG:4326, of the same length. A coordinate that is not finite gets "".
        """
        import numpy as np  # noqa: PLC0415
        import shapely  # noqa: PLC0415

        x, y = np.asarray(lons, dtype=float).ravel(), np.asarray(lats, dtype=float).ravel()
        found = np.full(len(x), "", dtype=object)
        usable = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        points = np.asarray(shapely.points(x[usable], y[usable]), dtype=object)
        # The tree is made of the points, so that the outlines, prepared once, are what is asked: far fewer tests.
        shape, at = shapely.STRtree(points).query(self._shapes, predicate="intersects")
        order = np.lexsort((at, shape))
        shape, at = shape[order], at[order]
        # Where two outlines overlap, the later one in the table would win by chance: the smallest number does.
        found[usable[at[::-1]]] = self._codes[shape[::-1]]
        if reach_m > 0:
            rest = usable[found[usable] == ""]
            self._take_nearest(found, rest, shapely.points(x[rest], y[rest]), reach_m)
        return [str(code) for code in found]

    def _take_nearest(self, found: Any, rest: Any, points: Any, reach_m: float) -> None:
        import numpy as np  # noqa: PLC0415
        import shapely  # noqa: PLC0415

        if not len(rest):
            return
        # A degree of longitude shrinks with latitude; at 70 degrees it is a third, which bounds the search everywhere
        # that people live. What is found is then measured in metres.
        reach_deg = reach_m / 111_195 * 3
        shape, at = shapely.STRtree(points).query(self._shapes, predicate="dwithin", distance=reach_deg)
        if not len(at):
            return
        lines = shapely.get_coordinates(shapely.shortest_line(points[at], self._shapes[shape])).reshape(-1, 2, 2)
        radians = np.radians(lines)
        dlon, dlat = (radians[:, 1] - radians[:, 0]).T
        cos = np.cos(radians[:, 0, 1]) * np.cos(radians[:, 1, 1])
        metres = 2 * _EARTH_M * np.arcsin(np.sqrt(np.sin(dlat / 2) ** 2 + cos * np.sin(dlon / 2) ** 2))
        order = np.argsort(-metres, kind="stable")  # the nearest is written last
        order = order[metres[order] <= reach_m]
        found[rest[at[order]]] = self._codes[shape[order]]
