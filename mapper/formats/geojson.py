"""GeoJSON as RFC 7946 has it: WGS 84 and no `crs` member, right-hand rule, cut at the antimeridian, seven decimals.

Dates are ISO 8601 text, lists are arrays, what is not known is null. Written in chunks, so that the text of a file
never stands in memory as a whole. A line holds one feature.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import orjson

from mapper.errors import SourceError
from mapper.formats.columns import DECIMALS, day_columns, plain_columns, wgs84
from mapper.memory import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TextIO

    import geopandas as gpd
    import pandas as pd

__all__ = [
    "dump_geojson", "dump_geojsonl", "dump_jsonl", "feature_collection", "read_geojson", "read_geojsonl", "read_jsonl",
]  # fmt: skip

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_CHUNK = 8_000  # rows; their lines take some 10 MB
_LONG = re.compile(rf"-?\d+\.\d{{{DECIMALS + 1},}}(?:[eE][-+]?\d+)?")
_BETWEEN = " \t\r\n\x1e"  # RFC 8142 puts a record separator before each object

Row = dict[str, Any]


def dump_geojson(frame: gpd.GeoDataFrame, stream: TextIO, *, name: str) -> None:
    """Write a frame as one FeatureCollection; `name` is a member that GIS programs show as the layer's name."""
    with feature_collection(stream, name=name) as add:
        add(frame)


@contextmanager
def feature_collection(stream: TextIO, *, name: str) -> Iterator[Callable[[gpd.GeoDataFrame], None]]:
    """Write one FeatureCollection, frame by frame: gives what takes the next frame."""
    stream.write(f'{{"type":"FeatureCollection","name":{_ENCODE(name)},"features":[')
    before = "\n"

    def add(frame: gpd.GeoDataFrame) -> None:
        nonlocal before
        for lines in _lines(frame, _feature):
            stream.write(before + b",\n".join(lines).decode())
            before = ",\n"

    yield add
    stream.write("\n]}\n")


def dump_geojsonl(frame: gpd.GeoDataFrame, stream: TextIO) -> None:
    """Write a frame as newline-delimited GeoJSON: one Feature a line, nothing around them."""
    stream.writelines(b"\n".join([*lines, b""]).decode() for lines in _lines(frame, _feature))


def dump_jsonl(frame: gpd.GeoDataFrame, stream: TextIO) -> None:
    """Write a frame as JSON lines: one object a row, with a `geometry` member where the frame has any geometry."""
    row = _located_row if frame.geometry.notna().any() else _bare_row
    stream.writelines(b"\n".join([*lines, b""]).decode() for lines in _lines(frame, row))


def _feature(properties: Row, geometry: Any) -> Row:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _located_row(properties: Row, geometry: Any) -> Row:
    return properties | {"geometry": geometry}


def _bare_row(properties: Row, _geometry: Any) -> Row:
    return properties


def _lines(frame: gpd.GeoDataFrame, line: Callable[[Row, Any], Row]) -> Iterator[list[bytes]]:
    """Give chunks of lines, a row each."""
    days = day_columns(frame)
    for start in range(0, len(frame), _CHUNK):
        with uncollected():
            lines = _chunk(frame.iloc[start : start + _CHUNK], days, line)
        yield lines


def _chunk(part: gpd.GeoDataFrame, days: frozenset[str], line: Callable[[Row, Any], Row]) -> list[bytes]:
    """Write the lines of some rows; GEOS writes the geometries, and orjson takes them as they are."""
    columns = plain_columns(part, days)
    names = [column.name for column in columns]
    cells = zip(*(column.cells for column in columns), strict=True) if columns else [()] * len(part)
    texts = _geometry_texts(part)
    shapes = [None if text is None else orjson.Fragment(text) for text in texts]
    rows = [line(dict(zip(names, row, strict=True)), shape) for row, shape in zip(cells, shapes, strict=True)]
    try:
        return list(map(orjson.dumps, rows))
    except TypeError:  # a whole number of more than 64 bits, for one
        return [_ENCODE(row).encode() for row in _unwrapped(rows, texts)]


def _unwrapped(rows: list[Row], texts: list[str | None]) -> Iterator[Row]:
    """Put plain geometries where the texts of them were."""
    for row, text in zip(rows, texts, strict=True):
        yield row | {"geometry": json.loads(text) if text else None} if "geometry" in row else row


def _geometry_texts(frame: gpd.GeoDataFrame) -> list[str | None]:
    import shapely  # noqa: PLC0415  (slow import, only when files are written)

    texts: list[str | None] = shapely.to_geojson(wgs84(frame, decimals=DECIMALS)).tolist()
    return [None if text is None else _LONG.sub(_shortened, text) for text in texts]


def _shortened(number: re.Match[str]) -> str:
    """Write a number shortly: GEOS does not find the shortest digits of every number (64.14560350000001)."""
    return repr(round(float(number[0]), DECIMALS))


def read_geojson(path: Path) -> pd.DataFrame:
    """Read a FeatureCollection, as its properties and a `geometry` column.

    Raises
    ------
    SourceError
        It is no JSON, or no FeatureCollection, or a geometry is malformed.
    """
    hint = "use a GeoJSON file that mapper wrote, or one with its columns"
    try:
        with path.open(encoding="utf-8-sig") as stream:
            found = json.load(stream)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path} is not valid JSON", hint=hint) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise SourceError(f"{path} is not a GeoJSON FeatureCollection", hint=hint)
    return _table(path, [{**(f.get("properties") or {}), "geometry": f.get("geometry")} for f in features])


def read_geojsonl(path: Path) -> pd.DataFrame:
    """Read newline-delimited GeoJSON, or a text sequence of RFC 8142, as properties and a `geometry` column.

    Raises
    ------
    SourceError
        A line is no GeoJSON Feature.
    """
    rows = []
    for number, feature in _objects(path):
        properties = feature.get("properties") or {}
        if feature.get("type") != "Feature" or not isinstance(properties, dict):
            raise SourceError(f"line {number} of {path} is not a GeoJSON Feature", hint="one Feature a line")
        rows.append({**properties, "geometry": feature.get("geometry")})
    return _table(path, rows)


def read_jsonl(path: Path) -> pd.DataFrame:
    """Read JSON lines, as a table with a `geometry` column.

    Raises
    ------
    SourceError
        A line is no JSON object.
    """
    return _table(path, [{**row, "geometry": row.get("geometry")} for _, row in _objects(path)])


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the objects of a file of JSON lines, with the numbers of their lines."""
    with path.open(encoding="utf-8-sig") as stream:
        try:
            for number, line in enumerate(stream, start=1):
                text = line.strip(_BETWEEN)
                if not text:
                    continue
                found = json.loads(text)
                if not isinstance(found, dict):
                    raise SourceError(f"line {number} of {path} is not a JSON object", hint="one object a line")
                yield number, found
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{path} is not valid JSON lines", hint="one JSON object a line, in UTF-8") from error


def _table(path: Path, rows: list[dict[str, Any]]) -> pd.DataFrame:
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    texts = [None if row["geometry"] is None else json.dumps(row["geometry"]) for row in rows]
    try:
        shapes = shapely.from_geojson(np.array(texts, dtype=object))
    except shapely.errors.GEOSException as error:
        raise SourceError(f"{path} holds a malformed geometry", hint="check it with a GeoJSON validator") from error
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: pd.Series([row.get(name) for row in rows], dtype=object) for name in names}
    return pd.DataFrame(columns | {"geometry": pd.Series(shapes, dtype=object)})
