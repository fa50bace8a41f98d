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
_MOST_VERTICES = 256  # of a part of an outline: between 64 and 512 the cost was the same


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
        shapes = np.asarray([decode(blob) for blob in blobs], dtype=object)
        self._parts, self._owners = _subdivided(shapes)
        shapely.prepare(self._parts)

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
        part, at = shapely.STRtree(points).query(self._parts, predicate="intersects")
        # Where two outlines overlap, the earlier one in the table is taken: it is written last.
        order = np.argsort(-self._owners[part], kind="stable")
        found[usable[at[order]]] = self._codes[self._owners[part[order]]]
        if reach_m > 0:
            rest = usable[found[usable] == ""]
            found[rest] = self.codes_near(x[rest], y[rest], reach_m=reach_m)
        codes: list[str] = found.tolist()
        return codes

    def codes_near(self, lons: Any, lats: Any, *, reach_m: float) -> list[str]:
        """Give the code of the outline nearest to each point, "" where none lies within `reach_m` metres.

        Parameters
        ----------
        lons, lats
            Degrees, EPSG:4326, finite, of the same length.
        """
        import numpy as np  # noqa: PLC0415

        x, y = np.asarray(lons, dtype=float).ravel(), np.asarray(lats, dtype=float).ravel()
        found = np.full(len(x), "", dtype=object)
        bands = np.floor(y)
        for band in np.unique(bands):
            here = np.flatnonzero(bands == band)
            owner, at = self._nearest(x[here], y[here], narrowed=np.array([np.cos(np.radians(band + 0.5)), 1.0]),
                                      reach_m=reach_m)  # fmt: skip
            found[here[at]] = self._codes[owner]
        codes: list[str] = found.tolist()
        return codes

    def _nearest(self, x: Any, y: Any, *, narrowed: Any, reach_m: float) -> tuple[Any, Any]:
        """Give (outline, point) of what lies within reach of points of one latitude, the nearest of a point last.

        Parameters
        ----------
        narrowed
            What a degree (of longitude, of latitude) measures there beside one of latitude. With it degrees are alike
            both ways, so that what is nearest by them is nearest on the ground.
        """
        import numpy as np  # noqa: PLC0415
        import shapely  # noqa: PLC0415

        reach = 1.1 * reach_m / 111_195 / narrowed  # degrees; a tenth more, for what is exact in the middle alone
        west, south, east, north = shapely.bounds(self._parts).T
        close = np.flatnonzero(
            (east >= x.min() - reach[0]) & (west <= x.max() + reach[0])
            & (north >= y.min() - reach[1]) & (south <= y.max() + reach[1])
        )  # fmt: skip
        parts = shapely.transform(self._parts[close], lambda xy: xy * narrowed)
        shapely.prepare(parts)
        points = np.asarray(shapely.points(x * narrowed[0], y), dtype=object)
        part, at = shapely.STRtree(points).query(parts, predicate="dwithin", distance=reach[1])
        lines = shapely.get_coordinates(shapely.shortest_line(points[at], parts[part])).reshape(-1, 2, 2) / narrowed
        metres, owner = _metres(lines[:, 0], lines[:, 1]), self._owners[close[part]]
        order = np.lexsort((-owner, -np.rint(metres)))  # of two as near, the earlier one in the table
        order = order[metres[order] <= reach_m]
        return owner[order], at[order]


def _metres(start: Any, end: Any) -> Any:
    """Give the lengths (metres) of great circles between two arrays of (lon, lat) in degrees."""
    import numpy as np  # noqa: PLC0415

    here, there = np.radians(start), np.radians(end)
    half = np.sin((there - here) / 2) ** 2
    return 2 * _EARTH_M * np.arcsin(np.sqrt(half[:, 1] + np.cos(here[:, 1]) * np.cos(there[:, 1]) * half[:, 0]))


def _subdivided(shapes: Any) -> tuple[Any, Any]:
    """Cut polygons in halves until none has more than `_MOST_VERTICES`; give the parts and the index of each's shape.

    The box of a small part is close around it: of a million points, a quarter as many are tested against outlines that
    do not hold them, and a test reads hundreds of vertices where Canada has tens of thousands.
    """
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    parts, owners = shapely.get_parts(shapes, return_index=True)
    done = []
    while len(parts):
        large = shapely.get_num_coordinates(parts) > _MOST_VERTICES
        done.append((parts[~large], owners[~large]))
        halves = [shapely.clip_by_rect(part, *box) for part in parts[large] for box in _halves(part.bounds)]
        parts, whole = shapely.get_parts(np.asarray(halves, dtype=object), return_index=True)
        owners = np.repeat(owners[large], 2)[whole]
    if not done:
        return parts, owners
    return np.concatenate([part for part, _ in done]), np.concatenate([owner for _, owner in done])


def _halves(bounds: tuple[float, float, float, float]) -> tuple[tuple[float, float, float, float], ...]:
    west, south, east, north = bounds
    if east - west > north - south:
        middle = (west + east) / 2
        return (west, south, middle, north), (middle, south, east, north)
    middle = (south + north) / 2
    return (west, south, east, middle), (west, middle, east, north)
