"""GeoParquet, through geopandas and pyarrow (an optional part)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mapper.errors import MissingExtraError, SourceError
from mapper.formats.columns import JSON_TEXT, PlainColumn, plain_columns, text_values, wgs84
from mapper.frames.schema import CRS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

__all__ = ["arrow_column", "read_parquet", "write_parquet"]


def _pyarrow() -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415  (optional)
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "GeoParquet needs pyarrow", hint="pip install 'incident-mapper[parquet]', or use .gpkg"
        ) from error
    return pa


def write_parquet(frames: Mapping[str, gpd.GeoDataFrame], path: Path) -> None:
    """Write one frame as GeoParquet 1.1 (WKB, zstd): dates as date32, lists as lists of text.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    """
    pa = _pyarrow()
    import shapely  # noqa: PLC0415

    ((_, frame),) = frames.items()
    shapes = wgs84(frame)
    # Types are said, not guessed (pyarrow would take a column of nulls, or of empty lists, for one of type null), and
    # pandas' own notes are left out: they name types that not every pandas can read back.
    columns = {column.name: arrow_column(pa, column) for column in plain_columns(frame)}
    columns["geometry"] = pa.array(shapely.to_wkb(shapes).tolist(), type=pa.binary())
    table = pa.table(columns).replace_schema_metadata({"geo": json.dumps(_geo(shapes))})
    pa.parquet.write_table(table, path, compression="zstd")


def _geo(shapes: Any) -> dict[str, Any]:
    """Give the file's `geo` metadata, as GeoParquet 1.1 has it."""
    import numpy as np  # noqa: PLC0415
    import pyproj  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    shown = shapes[~shapely.is_missing(shapes)]
    column: dict[str, Any] = {
        "encoding": "WKB",
        "crs": pyproj.CRS(CRS).to_json_dict(),
        "geometry_types": sorted({shape.geom_type for shape in shown}),
        "orientation": "counterclockwise",
    }
    if len(shown):
        column["bbox"] = np.asarray(shapely.total_bounds(shown)).tolist()
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def arrow_column(pa: Any, column: PlainColumn, *, lists: bool = True) -> Any:
    """Give a column as an Arrow array; without `lists`, those are JSON text."""
    values: list[Any] = column.cells
    if column.kind == "json":
        if lists and column.name not in JSON_TEXT and all(v is None or _is_text_list(v) for v in values):
            return pa.array(values, type=pa.list_(pa.string()))
        return pa.array(text_values(column), type=pa.string())
    if column.kind in ("date", "datetime"):
        texts = pa.array([v if v is None else v.removesuffix("Z") for v in values], type=pa.string())
        return texts.cast(pa.date32() if column.kind == "date" else pa.timestamp("ms"))
    kinds = {"text": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    return pa.array(values, type=kinds[column.kind])


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def read_parquet(path: Path) -> pd.DataFrame:
    """Read a GeoParquet file.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    SourceError
        The file is no GeoParquet.
    """
    pa = _pyarrow()
    import geopandas as gpd  # noqa: PLC0415

    try:
        table: pd.DataFrame = gpd.read_parquet(path)
    except (pa.ArrowInvalid, ValueError, OSError) as error:
        raise SourceError(
            f"{path} is not a GeoParquet file", hint="check that it is whole, and has a geometry"
        ) from error
    return table
