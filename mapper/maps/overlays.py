"""A user's own layers beside the incidents: any file that GDAL reads, drawn as outlines, lines and points.

Names and properties are as hostile as the text of a report: they travel as data and are shown as text.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError
from mapper.maps import cells, polyline

if TYPE_CHECKING:
    import os

    from shapely.geometry.base import BaseGeometry

__all__ = ["DECIMALS", "read_overlay"]

DECIMALS = 5  # about a metre
_MOST_FEATURES = 50_000
_LONGEST_VALUE = 2_000  # characters of a property
_HINT = "give a GeoJSON, GeoPackage or other GIS file with a CRS and fewer features"
_KINDS = {"Polygon": "rings", "LineString": "lines", "LinearRing": "lines", "Point": "points"}


def read_overlay(source: str | os.PathLike[str] | Any) -> list[dict[str, Any]]:
    """Read a file, every layer of it, or take a GeoDataFrame (or what was read already); each has a name and features.

    A feature is `{"rings": [...], "lines": [...], "points": [...], "properties": [[name, text], ...]}`, lines encoded
    as in `polyline` to five decimals of a degree (EPSG:4326), a polygon's outer ring first.

    Raises
    ------
    SourceError
        The file is missing, no GIS file, without a CRS while its coordinates are no degrees, or too large.
    """
    if isinstance(source, dict):
        return [source]
    if hasattr(source, "geometry"):
        return [_layer(cells.text(getattr(source, "attrs", {}).get("name")) or "", source)]
    path = Path(source)
    if not path.is_file():
        raise SourceError(f"no such overlay: {path}", hint=_HINT)
    import geopandas as gpd  # noqa: PLC0415 - slow to import
    import pyogrio  # noqa: PLC0415

    try:
        names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        frames = [gpd.read_file(path, layer=name) for name in names]
    except Exception as error:  # GDAL fails in many ways; each is a file that cannot be read
        raise SourceError(f"cannot read the overlay {path}: {str(error).splitlines()[0]}", hint=_HINT) from error
    if not names:
        raise SourceError(f"the overlay {path} has no layer with geometries", hint=_HINT)
    plain = len(names) == 1
    return [
        _layer(path.stem if plain else f"{path.stem}: {name}", frame) for name, frame in zip(names, frames, strict=True)
    ]


def _layer(name: str, frame: Any) -> dict[str, Any]:
    if len(frame) > _MOST_FEATURES:
        raise SourceError(f"the overlay {name!r} has {len(frame)} features, more than {_MOST_FEATURES}", hint=_HINT)
    drawn = frame
    if frame.crs is not None:
        drawn = frame.to_crs(4326)
    west, south, east, north = (float(value) for value in drawn.total_bounds) if len(drawn) else (0.0, 0.0, 0.0, 0.0)
    if not (-540 <= west <= east <= 540 and -90 <= south <= north <= 90):
        raise SourceError(f"the coordinates of the overlay {name!r} are no degrees", hint=_HINT)
    columns = [str(column) for column in frame.columns if column != drawn.geometry.name]
    values = [frame[column].tolist() for column in frame.columns if column != drawn.geometry.name]
    features = []
    for number, geometry in enumerate(drawn.geometry.array):
        if geometry is None or geometry.is_empty:
            continue
        properties = [
            [cells.text(column) or "", text]
            for column, cell in zip(columns, (column[number] for column in values), strict=True)
            if (text := _words(cell)) is not None
        ]
        features.append({**_parts(geometry), "properties": properties})
    return {"name": cells.text(name) or "", "features": features}


def _words(value: Any) -> str | None:
    if isinstance(value, dt.datetime | dt.date):
        value = value.isoformat() if value == value else None  # noqa: PLR0124 - NaT is not itself
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # whole numbers are read as floats where one of their column is missing
    text = cells.text(value)
    return text if text is None or len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


def _parts(geometry: BaseGeometry) -> dict[str, list[Any]]:
    """Split a geometry of any kind into rings, lines and points, without height."""
    import shapely  # noqa: PLC0415 - slow to import

    found: dict[str, list[Any]] = {}
    waiting = [shapely.force_2d(geometry)]
    while waiting:
        part = waiting.pop(0)
        kind = _KINDS.get(part.geom_type)
        if part.is_empty:
            continue
        if kind is None:
            waiting[:0] = list(getattr(part, "geoms", ()))
        elif kind == "rings":
            rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(part)]
            found.setdefault(kind, []).append([polyline.encode(ring, decimals=DECIMALS) for ring in rings])
        else:
            line = polyline.encode(shapely.get_coordinates(part), decimals=DECIMALS)
            found.setdefault(kind, []).append(line)
    return found
