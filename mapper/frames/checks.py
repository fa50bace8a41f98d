"""Columns into their declared types, and the checks that a set of layers passes."""

from __future__ import annotations

import datetime as dt
import json
import warnings
from typing import TYPE_CHECKING, Any

from mapper.frames.clean import clean_text, clean_texts, json_text
from mapper.frames.geometry import mend_polygons
from mapper.frames.schema import AREA_PRECISIONS, CRS, SCHEMA, Dtype, LayerError, LayerWarning

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from mapper.frames.collection import Layers

__all__ = ["coerce", "layer_of", "validate"]


def layer_of(columns: object) -> str | None:
    """Tell which layer a table is, by its columns.

    Parameters
    ----------
    columns
        Names of the columns; the geometry does not count.

    Returns
    -------
    str or None
        The first layer all of whose required columns are there; None when it is none of ours.
    """
    names = set(columns)  # type: ignore[call-overload]
    for layer, declared in SCHEMA.items():
        if all(c.nullable or c.name in names or c.dtype == "geometry" for c in declared):
            return layer
    return None


def coerce(layer: str, frame: pd.DataFrame | None = None) -> gpd.GeoDataFrame:
    """Give a table the columns and types of a layer.

    Parameters
    ----------
    layer
        "incidents", "places", "zones" or "reports".
    frame
        Any table with the layer's columns, as a file gives it back: dates as text, lists as JSON, numbers as text.
        Nullable columns that are missing become null; other columns than the layer's are kept, at the end.
        None gives the empty layer.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, even when empty. A table in another CRS is reprojected; one without a CRS is taken as EPSG:4326.
        Invalid polygons are mended.

    Raises
    ------
    LayerError
        A required column is missing, or a value does not fit its column: the first such row is named.

    Warns
    -----
    LayerWarning
        The table was reprojected, or polygons were mended.
    """
    import geopandas as gpd  # noqa: PLC0415  (slow imports, only when there are layers)
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame() if frame is None else frame
    series: dict[str, Any] = {}
    for column in SCHEMA[layer]:
        if column.dtype == "geometry":
            continue
        if column.name in frame.columns:
            given = frame[column.name].astype(object)
            values = given.where(given.notna(), None).tolist()
        elif column.nullable or frame.empty:
            values = [None] * len(frame)
        else:
            raise LayerError(
                f"the {layer} layer has no column {column.name!r}",
                hint="use a file that mapper wrote, or add the column",
            )
        try:
            series[column.name] = _typed(values, column.dtype)
        except (TypeError, ValueError, OverflowError) as error:
            raise LayerError(
                f"column {column.name!r} of the {layer} layer does not hold {column.dtype} values"
                f" ({_first_fault(values, column.dtype, error)})",
                hint=f"correct the column; it says: {column.description}",
            ) from error
    others = [n for n in frame.columns if n not in series and n != "geometry" and n != _geometry_name(frame)]
    for name in others:
        series[name] = frame[name].array
    return gpd.GeoDataFrame(pd.DataFrame(series), geometry=_geometries(layer, frame), crs=CRS)


def _first_fault(values: list[Any], dtype: Dtype, error: Exception) -> str:
    """Say which row is the first that does not fit, counted from 1 as people do."""
    for row, value in enumerate(values, start=1):
        try:
            _typed([value], dtype)
        except (TypeError, ValueError, OverflowError):
            return f"row {row}: {clean_text(repr(value))[:60]}"
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _geometry_name(frame: pd.DataFrame) -> str | None:
    return getattr(frame, "active_geometry_name", None)


def _geometries(layer: str, frame: pd.DataFrame) -> Any:
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    if _geometry_name(frame) is not None:
        geometry: Any = frame.geometry
        if geometry.crs is not None and geometry.crs != CRS:
            _say(f"the {layer} layer was in {geometry.crs.name}, and was reprojected to {CRS}")
            geometry = geometry.to_crs(CRS)
        shapes = geometry.to_numpy()
    elif "geometry" in frame.columns:
        given = frame["geometry"].astype(object)
        shapes = np.asarray(given.where(given.notna(), None), dtype=object)
    else:
        return np.full(len(frame), None, dtype=object)
    other = np.flatnonzero(~shapely.is_valid_input(shapes))
    if len(other):
        raise LayerError(
            f"the {layer} layer holds what is no geometry (row {other[0] + 1}: {type(shapes[other[0]]).__name__})",
            hint="make geometries of it, with shapely.from_wkt for instance",
        )
    return _mended(layer, shapes)


def _mended(layer: str, shapes: Any) -> Any:
    """Mend invalid polygons, and say so. One area may stand in thousands of rows: each distinct one is tested once."""
    import numpy as np  # noqa: PLC0415

    _, first, back = np.unique([id(shape) for shape in shapes], return_index=True, return_inverse=True)
    distinct = shapes[first]
    mended = mend_polygons(distinct)
    if mended is distinct:
        return shapes
    changed = (mended != distinct)[back]
    _say(f"{int(changed.sum())} invalid polygons of the {layer} layer were mended")
    return mended[back]


def _say(what: str) -> None:
    warnings.warn(what, LayerWarning, stacklevel=4)


def _typed(values: list[Any], dtype: Dtype) -> Any:
    """Make one column of Python values, None where null."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    if dtype == "list":
        out = np.empty(len(values), dtype=object)
        out[:] = [_list(value) for value in values]
        return out
    if dtype == "json":
        values = [v if isinstance(v, str) else json_text([] if v is None else v) for v in values]
    if dtype in ("string", "json"):
        texts = [v or None if v is None or type(v) is str else _text(v) for v in values]
        # Python's own strings whether or not pyarrow is installed, so that the type is the same everywhere.
        return pd.array(clean_texts(texts), dtype=pd.StringDtype("python"))
    if dtype == "date":
        return pd.Series(np.array([_day(v) for v in values], dtype="datetime64[D]").astype("datetime64[ms]")).array
    numbers = np.array([np.nan if v is None else float(v) for v in values], dtype=float)
    if dtype == "float64":
        return numbers
    null = np.isnan(numbers)
    whole = np.where(null, 0.0, numbers)
    if not np.array_equal(whole, np.trunc(whole)) or np.isinf(whole).any():
        raise ValueError("not whole numbers")
    return pd.arrays.IntegerArray(whole.astype("int64"), null)


def _text(value: Any) -> str:
    """Write a value of another type as text: an id that a spreadsheet has made a float keeps its digits alone."""
    if isinstance(value, list | dict | tuple | set):
        raise TypeError(f"a {type(value).__name__} is no text")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _day(value: Any) -> str:
    if value is None or value == "":
        return "NaT"
    if isinstance(value, dt.date):  # and with it datetime and pandas' Timestamp
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    return dt.date.fromisoformat(str(value)[:10]).isoformat()


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = [value] if value else []
        if not isinstance(value, list):
            value = [str(value)]
    if value is None:
        return []
    if not hasattr(value, "__iter__"):
        raise TypeError(f"not a list: {type(value).__name__}")
    return [clean_text(str(item)) for item in value]


def validate(layers: Layers) -> None:
    """Check that every layer is what the schema says.

    Raises
    ------
    LayerError
        At the first fault: a column missing or of another type, a null where none may be, another CRS, coordinates off
        the globe, or an area shown as a point. The hint says how to mend it.
    """
    for name, frame in layers.items():
        _check_columns(name, frame)
        _check_geometry(name, frame)


def _check_columns(layer: str, frame: gpd.GeoDataFrame) -> None:
    mend = f"build it with mapper.layers(), or pass it through mapper.frames.coerce({layer!r}, frame)"
    for column in SCHEMA[layer]:
        if column.name not in frame.columns:
            raise LayerError(f"the {layer} layer has no column {column.name!r}", hint=mend)
        found = str(frame[column.name].dtype)
        wanted = {"date": "datetime64[ms]", "list": "object", "json": "string"}.get(column.dtype, column.dtype)
        if found != wanted:
            raise LayerError(f"column {column.name!r} of the {layer} layer is {found}, not {wanted}", hint=mend)
        if not column.nullable and frame[column.name].isna().any():
            raise LayerError(f"column {column.name!r} of the {layer} layer has nulls", hint="fill them; it is required")
        if column.dtype == "list" and not all(isinstance(value, list) for value in frame[column.name]):
            raise LayerError(f"column {column.name!r} of the {layer} layer holds other things than lists", hint=mend)


def _check_geometry(layer: str, frame: gpd.GeoDataFrame) -> None:
    import numpy as np  # noqa: PLC0415

    if frame.crs is None or frame.crs != CRS:
        raise LayerError(f"the {layer} layer is not in {CRS}", hint=f"reproject it with .to_crs({CRS!r})")
    shown = frame.geometry.notna().to_numpy()
    kinds = frame.geometry.geom_type.to_numpy()[shown]
    polygonal = np.isin(kinds, ["Polygon", "MultiPolygon"])
    if not (polygonal | (kinds == "Point")).all():
        raise LayerError(
            f"the {layer} layer holds geometries other than points and polygons", hint="remove or convert them"
        )
    bounds = frame.geometry.bounds.to_numpy()[shown]
    if not (np.isfinite(bounds).all() and (np.abs(bounds) <= (180.0, 90.0, 180.0, 90.0)).all()):
        raise LayerError(
            f"the {layer} layer has coordinates off the globe",
            hint="longitude comes first, within -180 to 180, then latitude, within -90 to 90",
        )
    if layer == "zones" and not polygonal.all():
        raise LayerError("the zones layer holds points", hint="a zone is a polygon")
    if "precision" in frame.columns:
        area = frame["precision"].isin(AREA_PRECISIONS).to_numpy(dtype=bool)[shown]
        if (area & ~polygonal).any():
            raise LayerError(
                f"the {layer} layer shows an area as a point",
                hint="what is known only as a country, province or sea is a polygon or null, never a pin",
            )
