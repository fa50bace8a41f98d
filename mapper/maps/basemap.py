"""The outline map under the incidents: fine where they are, coarse elsewhere, without a seam between the two.

`assets/basemap.json.gz` (made by `build_basemap.py`) holds coasts and borders as short pieces with fixed ends. A piece
near the incidents goes into the page as it is; every other piece is simplified first. As the ends stay, pieces meet.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mapper.maps import polyline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mapper.maps.extent import Bounds

__all__ = ["basemap"]

_ASSET = Path(__file__).parent / "assets" / "basemap.json.gz"
_COARSE = 0.12  # degrees: one pixel at zoom 3 to 4, where the whole world is in view
_SMALLEST_FAR = 0.25  # degrees: islands narrower than this are left out far from the incidents
_FOCUS_MARGIN = 0.35  # share of the extent added on each side, so that a little panning stays in the fine part
_FOCUS_LEAST = 4.0  # degrees on each side
_FOCUS_WIDEST = 100.0  # degrees: an extent wider than this is looked at from afar, and stays coarse
_CITIES_NEAR = 900
_CITY_ZOOM_FAR = 5


def basemap(bounds: Bounds | None) -> dict[str, Any]:
    """Give the basemap for a page whose incidents lie within `bounds` (west, south, east, north; degrees).

    `bounds` may reach beyond 180 degrees east where the incidents lie on both sides of the antimeridian. None gives the
    coarse world.
    """
    source = _source()
    focus = _focus(bounds)
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


def _focus(bounds: Bounds | None) -> Bounds | None:
    if bounds is None:
        return None
    west, south, east, north = bounds
    if east - west > _FOCUS_WIDEST:
        return None
    across = max((east - west) * _FOCUS_MARGIN, _FOCUS_LEAST)
    along = max((north - south) * _FOCUS_MARGIN, _FOCUS_LEAST)
    return west - across, south - along, east + across, north + along


def _within(box: Bounds, focus: Bounds | None) -> bool:
    if focus is None:
        return False
    west, south, east, north = focus
    left, bottom, right, top = box
    if top < south or bottom > north:
        return False
    return any(right + turn >= west and left + turn <= east for turn in (-360.0, 0.0, 360.0))


def _ring(pieces: list[_Piece], focus: Bounds | None, decimals: int) -> str:
    near = [_within(piece.box, focus) for piece in pieces]
    if not any(near):
        left, bottom = (min(piece.box[side] for piece in pieces) for side in (0, 1))
        right, top = (max(piece.box[side] for piece in pieces) for side in (2, 3))
        if max(right - left, top - bottom) < _SMALLEST_FAR:
            return ""
    parts = [piece.fine if fine else piece.coarse for piece, fine in zip(pieces, near, strict=True)]
    return polyline.encode(np.concatenate(parts), decimals=decimals)


def _lines(pieces: list[_Piece], focus: Bounds | None, decimals: int, *, far: bool) -> list[str]:
    lines = []
    for piece in pieces:
        if _within(piece.box, focus):
            lines.append(piece.text)
        elif far:
            lines.append(polyline.encode(piece.coarse, decimals=decimals))
    return lines


def _cities(cities: dict[str, list[Any]], focus: Bounds | None) -> dict[str, list[Any]]:
    zoom, lon, lat = (np.asarray(cities[key]) for key in ("zoom", "lon", "lat"))
    keep = zoom <= _CITY_ZOOM_FAR
    if focus is not None:
        west, south, east, north = focus
        beside = np.any([(lon + turn >= west) & (lon + turn <= east) for turn in (-360, 0, 360)], axis=0)
        near = np.flatnonzero(beside & (lat >= south) & (lat <= north))
        keep[near[:_CITIES_NEAR]] = True
    rows = np.flatnonzero(keep)
    return {key: [values[row] for row in rows] for key, values in cities.items()}
