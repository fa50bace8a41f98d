"""The border between a GeoDataFrame and a file: plain columns of plain, clean values, and geometries in WGS 84."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import orjson

from mapper.errors import UsageError
from mapper.frames.clean import all_clean, clean_text, clean_texts, json_text
from mapper.frames.geometry import cut_antimeridian, mend_polygons
from mapper.frames.schema import CRS, SCHEMA

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["DECIMALS", "JSON_TEXT", "PlainColumn", "day_columns", "plain_columns", "text_values", "wgs84"]

Kind = Literal["text", "int", "float", "bool", "date", "datetime", "json"]

DECIMALS = 7
"""Of a degree: about a centimetre, far finer than any reported place (RFC 7946, 11.2, warns of more)."""

JSON_TEXT = frozenset(c.name for columns in SCHEMA.values() for c in columns if c.dtype == "json")


_TRICKY = re.compile(r"\\[ubf]|[0-9]{19}")
"""In JSON: an escape that may stand for a control character, and digits that may be a number beyond 64 bits."""


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """One column of Python values, None where null: `json` are lists or dicts, `date` and `datetime` ISO text."""

    name: str
    kind: Kind
    cells: list[Any]


def day_columns(frame: gpd.GeoDataFrame) -> frozenset[str]:
    """Name the columns of moments that are all midnights: they hold days."""
    import numpy as np  # noqa: PLC0415  (slow import, only when files are written)

    names = set()
    for name in frame.select_dtypes("datetime").columns:
        moments = frame[name].to_numpy("datetime64[ms]")
        if (np.isnat(moments) | (moments == moments.astype("datetime64[D]"))).all():
            names.add(name)
    return frozenset(names)


def plain_columns(frame: gpd.GeoDataFrame, days: frozenset[str] | None = None) -> list[PlainColumn]:
    """Take the columns but the geometry out of a frame, as values that every format can hold.

    Parameters
    ----------
    frame
        Any frame.
    days
        Its `day_columns`, where `frame` is only a part of what is written.
    """
    geometry = frame.active_geometry_name
    days = day_columns(frame) if days is None else days
    return [_plain(clean_text(str(n)), frame[n], day=n in days) for n in frame.columns if n != geometry]


def text_values(column: PlainColumn) -> list[Any]:
    """Give a column for flat formats: lists as JSON text, the rest as it is."""
    if column.kind != "json":
        return column.cells
    return [None if v is None else json_text(v) for v in column.cells]


def _plain(name: str, series: pd.Series[Any], *, day: bool) -> PlainColumn:
    import pandas as pd  # noqa: PLC0415  (slow import, only when files are written)

    types = pd.api.types
    dtype = series.dtype
    if types.is_datetime64_any_dtype(dtype):
        return _moments(name, series, day=day)
    if isinstance(dtype, pd.CategoricalDtype):
        series = series.astype(object)
    values: list[Any] = series.astype(object).where(series.notna(), None).tolist()
    if types.is_bool_dtype(dtype):
        return PlainColumn(name, "bool", values)
    if types.is_integer_dtype(dtype):
        return PlainColumn(name, "int", values)
    if types.is_float_dtype(dtype):
        return PlainColumn(name, "float", [v if v is not None and math.isfinite(v) else None for v in values])
    if name in JSON_TEXT:
        nested = _nested_cells(values)
        if nested != values or not any(values):  # else a column of one's own, which has that name by chance
            return PlainColumn(name, "json", nested)
    if isinstance(dtype, pd.StringDtype):
        return PlainColumn(name, "text", clean_texts(values))
    return _objects(name, values)


def _moments(name: str, series: pd.Series[Any], *, day: bool) -> PlainColumn:
    import numpy as np  # noqa: PLC0415

    zoned = getattr(series.dtype, "tz", None) is not None
    moments = (series.dt.tz_convert("UTC").dt.tz_localize(None) if zoned else series).to_numpy("datetime64[ms]")
    if day:
        texts = np.datetime_as_string(moments, unit="D").tolist()
    else:
        texts = np.datetime_as_string(moments, timezone="UTC" if zoned else "naive").tolist()
    null = np.isnat(moments).tolist()
    values = [None if n else t for n, t in zip(null, texts, strict=True)]
    return PlainColumn(name, "date" if day else "datetime", values)


def _objects(name: str, values: list[Any]) -> PlainColumn:
    """Find the kind of a column of Python objects: the one that all of its values share, else text."""
    kinds = {type(v) for v in values if v is not None}
    if kinds <= {str}:
        return PlainColumn(name, "text", clean_texts(values))
    if kinds == {bool}:
        return PlainColumn(name, "bool", values)
    if kinds == {int}:
        return PlainColumn(name, "int", values)
    if kinds <= {int, float}:
        return PlainColumn(name, "float", [_number(v) for v in values])
    if kinds == {dt.date}:
        return PlainColumn(name, "date", [None if v is None else v.isoformat() for v in values])
    if kinds == {list} and _clean_lists(values):
        return PlainColumn(name, "json", values)
    if all(issubclass(k, list | tuple | set | frozenset | dict) or hasattr(k, "tolist") for k in kinds):
        return PlainColumn(name, "json", [_jsonable(v) for v in values])
    return PlainColumn(name, "text", [None if v is None else clean_text(str(v)) for v in values])


def _clean_lists(values: list[Any]) -> bool:
    """Tell whether all lists hold text with nothing to clean in it: such a column is ready as it is."""
    items = [item for value in values if value for item in value]
    return {type(item) for item in items} <= {str} and all_clean(items)


def _number(value: Any) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _nested_cells(values: list[Any]) -> list[Any]:
    """Parse a column of JSON text. What one look at the whole of it finds clean is parsed in C, and is ready."""
    texts = [v for v in values if v is not None]
    if {type(text) for text in texts} <= {str} and all_clean(texts) and not _TRICKY.search("\n".join(texts)):
        try:
            return [None if v is None else orjson.loads(v) for v in values]
        except orjson.JSONDecodeError:  # one of them is no JSON, and is kept as text
            pass
    return [_nested(v) for v in values]


def _nested(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return clean_text(value)
    return _jsonable(value)


def _jsonable(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {clean_text(str(k)): _jsonable(v) for k, v in value.items()}
    if hasattr(value, "tolist"):
        return _jsonable(value.tolist())
    if isinstance(value, set | frozenset):
        value = sorted(value, key=str)  # a set has no order, and a file must be the same each time
    if isinstance(value, list | tuple):
        return [_jsonable(v) for v in value]
    return clean_text(str(value))


def wgs84(frame: gpd.GeoDataFrame, *, decimals: int | None = None) -> Any:
    """Take the geometries out of a frame, ready for a file.

    Parameters
    ----------
    frame
        In any CRS; reprojected when it is not EPSG:4326.
    decimals
        Round coordinates to this many decimals of a degree; None leaves them.

    Returns
    -------
    ndarray of shapely geometries
        Two dimensions, EPSG:4326, cut at the antimeridian, exterior rings counter-clockwise (RFC 7946), polygons valid;
        None where there is no geometry, it is empty, or its coordinates are no numbers.

    Raises
    ------
    UsageError
        The frame has geometries and no CRS.
    """
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    geometry = frame.geometry
    if geometry.crs is None and geometry.notna().any():
        raise UsageError(
            "these geometries have no CRS", hint="say which it is, for instance with .set_crs('EPSG:4326')"
        )
    if geometry.crs is not None and geometry.crs != CRS:
        geometry = geometry.to_crs(CRS)
    shapes = shapely.force_2d(geometry.to_numpy())
    shapes[~np.isfinite(shapely.bounds(shapes)).all(axis=1)] = None  # empty, or no numbers
    shapes = mend_polygons(cut_antimeridian(shapes))
    if decimals is not None:
        shapes = _rounded(shapes, decimals)
    return shapely.orient_polygons(shapes, exterior_cw=False)


def _rounded(shapes: Any, decimals: int) -> Any:
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    plain = shapely.transform(shapes, lambda xy: np.round(xy, decimals) + 0.0)  # + 0.0 turns -0.0 into 0.0
    bent = np.flatnonzero(~shapely.is_missing(plain) & ~shapely.is_valid(plain))
    for row in bent:  # a sliver that rounding made cross itself: let GEOS find the valid polygon on that grid
        with np.errstate(all="ignore"):  # of its own sums over sides of no length
            snapped = shapely.set_precision(shapes[row], 10.0**-decimals)
        plain[row] = None if snapped.is_empty else shapely.transform(snapped, lambda xy: np.round(xy, decimals) + 0.0)
    return plain
