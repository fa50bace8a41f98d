"""The outline map under the incidents: fine where they are, coarse elsewhere, without a seam between the two.

`assets/basemap.json.gz` (made by `build_basemap.py`) holds coasts and borders as short pieces with fixed ends. A piece
near the incidents (around each of them, where they lie across the world) goes into the page as it is; every other piece
is simplified first. As the ends stay, pieces meet.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from mapper.maps import polyline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from mapper.maps.extent import Bounds

__all__ = ["basemap"]

_Cells: TypeAlias = frozenset[tuple[int, int]]

_ASSET = Path(__file__).parent / "assets" / "basemap.json.gz"
_COARSE = 0.12  # degrees: one pixel at zoom 3 to 4, where the whole world is in view
_SMALLEST_FAR = 0.25  # degrees: islands narrower than this are left out far from the incidents
_FOCUS_MARGIN = 0.35  # share of the extent added on each side, so that a little panning stays in the fine part
_FOCUS_LEAST = 4.0  # degrees on each side
_FOCUS_WIDEST = 100.0  # degrees: an extent wider than this is looked at from afar, and stays coarse
_CELL = 2.0  # degrees: the map is fine or coarse by cells of the globe
_CELLS_AROUND = 180  # cells around the globe
_SPOTS = 40  # most spots around which a map of the world is fine
_SPOT_REACH = 2.5  # degrees on each side: what is in view when such an incident is opened
_SPOT_WIDEST = 12.0  # degrees
_CITIES_NEAR = 900
_CITY_ZOOM_FAR = 5


def basemap(bounds: Bounds | None, spots: Sequence[Bounds] = ()) -> dict[str, Any]:
    """Give the basemap for a page whose incidents lie within `bounds` (west, south, east, north; degrees).

    `bounds` may reach beyond 180 degrees east where the incidents lie on both sides of the antimeridian. None gives the
    coarse world. Where `bounds` is too wide to be seen from near, the map is fine around `spots`, the boxes of the
    incidents.
    """
    source = _source()
    focus = _focus(bounds, spots)
    decimals = int(source["decimals"])
    return {
        "decimals": decimals,
        "land": [ring for ring in (_ring(pieces, focus, decimals) for pieces in source["land"]) if ring],
        "borders": _lines(source["borders"], focus, decimals, far=True),
        "disputed": _lines(source["disputed"], focus, decimals, far=True),
        "admin1": _lines(source["admin1"], focus, decimals, far=False),
        "countries": source["countries"],
        "seas": source["seas"],
        "cities": _cities(source["cities"], focus),
    }


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of coast or border: as stored, simplified, and its box."""

    text: str
    fine: NDArray[np.float64]
    coarse: NDArray[np.float64]
    box: tuple[float, float, float, float]


@cache
def _source() -> dict[str, Any]:
    """Read the asset and decode every piece, once."""
    source: dict[str, Any] = json.loads(gzip.decompress(_ASSET.read_bytes()))
    decimals = int(source["decimals"])
    rings = [len(ring) for ring in source["land"]]
    land = _pieces([text for ring in source["land"] for text in ring], decimals)
    ends = np.cumsum(rings).tolist()
    source["land"] = [land[end - length : end] for length, end in zip(rings, ends, strict=True)]
    for key in ("borders", "admin1", "disputed"):
        source[key] = _pieces(source[key], decimals)
    return source


def _pieces(texts: list[str], decimals: int) -> list[_Piece]:
    import shapely  # noqa: PLC0415 - slow to import

    points, counts = polyline.decode_all(texts, decimals=decimals)
    fine = np.split(points, np.cumsum(counts)[:-1])
    # A line of one point is that point twice: shapely knows no shorter line.
    doubled = np.repeat(points, np.repeat(np.where(counts == 1, 2, 1), counts), axis=0)
    lines = shapely.linestrings(doubled, indices=np.repeat(np.arange(len(counts)), np.maximum(counts, 2)))
    simple = shapely.simplify(lines, _COARSE, preserve_topology=False)
    cuts = np.cumsum(shapely.get_num_coordinates(simple))[:-1]
    coarse = np.split(shapely.get_coordinates(simple), cuts)
    boxes = [tuple(box) for box in shapely.bounds(lines).tolist()]
    return [_Piece(*piece) for piece in zip(texts, fine, coarse, boxes, strict=True)]


def _focus(bounds: Bounds | None, spots: Sequence[Bounds]) -> _Cells:
    """Give the cells in which the map is fine."""
    if bounds is None:
        return frozenset()
    west, south, east, north = bounds
    if east - west > _FOCUS_WIDEST:
        return _around(spots)
    across = max((east - west) * _FOCUS_MARGIN, _FOCUS_LEAST)
    along = max((north - south) * _FOCUS_MARGIN, _FOCUS_LEAST)
    return frozenset(_cells((west - across, south - along, east + across, north + along)))


def _around(spots: Sequence[Bounds]) -> _Cells:
    """Cells around the spots, those with the most spots first; what covers a country is looked at from afar."""
    middles = ((box[0] + box[2], box[1] + box[3]) for box in spots if box[2] - box[0] <= _SPOT_WIDEST)
    counts = Counter((int(x // (2 * _CELL)), int(y // (2 * _CELL))) for x, y in middles)
    near: set[tuple[int, int]] = set()
    for (across, along), _ in counts.most_common(_SPOTS):
        x, y = (across + 0.5) * _CELL, (along + 0.5) * _CELL
        near.update(_cells((x - _SPOT_REACH, y - _SPOT_REACH, x + _SPOT_REACH, y + _SPOT_REACH)))
    return frozenset(near)


def _cells(box: Bounds) -> Iterator[tuple[int, int]]:
    """Cells of the globe that a box touches."""
    west, south, east, north = (int(value // _CELL) for value in box)
    for across in range(west, east + 1):
        for along in range(south, north + 1):
            yield across % _CELLS_AROUND, along


def _within(box: Bounds, focus: _Cells) -> bool:
    return bool(focus) and any(cell in focus for cell in _cells(box))


def _ring(pieces: list[_Piece], focus: _Cells, decimals: int) -> str:
    near = [_within(piece.box, focus) for piece in pieces]
    if not any(near):
        left, bottom = (min(piece.box[side] for piece in pieces) for side in (0, 1))
        right, top = (max(piece.box[side] for piece in pieces) for side in (2, 3))
        if max(right - left, top - bottom) < _SMALLEST_FAR:
            return ""
    parts = [piece.fine if fine else piece.coarse for piece, fine in zip(pieces, near, strict=True)]
    return polyline.encode(np.concatenate(parts), decimals=decimals)


def _lines(pieces: list[_Piece], focus: _Cells, decimals: int, *, far: bool) -> list[str]:
    lines = []
    for piece in pieces:
        if _within(piece.box, focus):
            lines.append(piece.text)
        elif far:
            lines.append(polyline.encode(piece.coarse, decimals=decimals))
    return lines


def _cities(cities: dict[str, list[Any]], focus: _Cells) -> dict[str, list[Any]]:
    zoom, lon, lat = (np.asarray(cities[key]) for key in ("zoom", "lon", "lat"))
    keep = zoom <= _CITY_ZOOM_FAR
    if focus:
        cells = zip((lon // _CELL % _CELLS_AROUND).tolist(), (lat // _CELL).tolist(), strict=True)
        near = np.flatnonzero([cell in focus for cell in cells])
        keep[near[:_CITIES_NEAR]] = True
    rows = np.flatnonzero(keep)
    return {key: [values[row] for row in rows] for key, values in cities.items()}
