"""Shapefile: for programs that read nothing newer. What it cannot hold is said, and a legend keeps the names.

A shapefile has names of ten characters, text of 254 bytes, and one kind of geometry. So columns are renamed, and
NAME.columns.csv says which is which; long text is cut, with a warning; and areas stand in a file of their own beside
the points.
"""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any, Final

from mapper.errors import OutputError, SourceError
from mapper.formats.columns import PlainColumn, plain_columns, text_values, wgs84
from mapper.formats.losses import warn_loss
from mapper.formats.ogr import write_layer
from mapper.frames.clean import json_text
from mapper.frames.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

__all__ = ["BESIDE_SHP", "STALE_SHP", "read_shp", "write_shp"]

_LEGEND: Final = ".columns.csv"
_LEGEND_HEADER: Final = ("field", "column", "type", "unit", "description", "file")
_SIDES: Final = (".shx", ".dbf", ".prj", ".cpg")
_PARTS: Final = {0: "", 1: "_lines", 2: "_areas"}  # by dimension
BESIDE_SHP: Final = (_LEGEND, *_SIDES, *(f"{part}{e}" for part in ("_lines", "_areas") for e in (*_SIDES, ".shp")))
"""Endings of the files that a shapefile is made of, and of its parts."""
STALE_SHP: Final = (".qix", ".sbn", ".sbx", ".idm", ".ind", ".shp.xml")
"""Endings of indexes and notes of other programs: untrue once the file is replaced."""

_NAME_LENGTH: Final = 10  # of a field's name in dBASE III
_TEXT_BYTES: Final = 254  # of a field of text
_ROW: Final = "row_no"


def write_shp(frames: Mapping[str, gpd.GeoDataFrame], path: Path) -> None:
    """Write one frame as a shapefile, UTF-8, with its legend; areas go into NAME_areas.shp where there are points too.

    Warns
    -----
    LossWarning
        Text was cut, lists were shortened, or objects (`mention`, `entry`) left out.
    """
    import numpy as np  # noqa: PLC0415  (slow imports, only when such a file is written)
    import shapely  # noqa: PLC0415

    ((layer, frame),) = frames.items()
    columns = [_held(column) for column in plain_columns(frame)]
    fields = _field_names([column.name for column in columns])
    shapes = wgs84(frame)
    dimensions = shapely.get_dimensions(shapes)  # -1 where there is no geometry
    kinds = sorted({int(d) for d in dimensions} - {-1}) or [0]
    if len(kinds) > 1:
        columns = [PlainColumn(_ROW, "int", list(range(len(frame)))), *columns]
        fields = [_ROW, *fields]
    for kind in kinds:
        first = kind == kinds[0]
        rows = np.flatnonzero((dimensions == kind) | (first & (dimensions == -1)))
        ending = "" if first else _PARTS[kind]
        write_layer(
            path.with_name(f"{path.stem}{ending}.shp"),
            [PlainColumn(f, c.kind, [c.cells[r] for r in rows]) for f, c in zip(fields, columns, strict=True)],
            shapes[rows],
            layer=f"{path.stem}{ending}",
            driver="ESRI Shapefile",
            geometry_type=_geometry_type(shapes[rows], kind),
            promote_to_multi=kind > 0,
            layer_options={"ENCODING": "UTF-8"},
        )
        _check_sizes(path.with_name(f"{path.stem}{ending}.shp"), len(rows))
    _write_legend(path, layer, fields, columns, parts=[_PARTS[kind] for kind in kinds[1:]])


def _check_sizes(path: Path, rows: int) -> None:
    """Compare the files with what their heads say: when the disk fills up, GDAL cuts them short and says nothing.

    Source: ESRI, "Shapefile Technical Description" (the length, in words of 16 bits, at byte 24); dBASE III (number of
    records at byte 4, lengths of head and record at bytes 8 and 10).

    Raises
    ------
    OutputError
        A file is cut short.
    """
    shp, shx, dbf = (path.with_suffix(suffix) for suffix in (".shp", ".shx", ".dbf"))
    sizes = [file.stat().st_size if file.is_file() else 0 for file in (shp, shx, dbf)]
    wanted = []
    for file in (shp, shx):
        with file.open("rb") as stream:
            wanted.append(2 * int.from_bytes(stream.read(28)[24:], "big"))
    with dbf.open("rb") as stream:
        head = stream.read(12)
    records, start, length = (int.from_bytes(head[at:to], "little") for at, to in ((4, 8), (8, 10), (10, 12)))
    wanted.append(start + records * length + 1)  # with the mark of its end
    if (
        records != rows
        or not (start and length)
        or any(size < least for size, least in zip(sizes, wanted, strict=True))
    ):
        raise OutputError("cannot write all of the file", hint="choose a folder with space left")


def _geometry_type(shapes: Any, dimension: int) -> str:
    multipoint = any(shape is not None and shape.geom_type == "MultiPoint" for shape in shapes)
    return {0: "MultiPoint" if multipoint else "Point", 1: "MultiLineString", 2: "MultiPolygon"}[dimension]


def _field_names(columns: Sequence[str]) -> list[str]:
    """Shorten names to ten characters of ASCII, each once (case does not tell names apart in dBASE)."""
    taken = {_ROW}
    names = []
    for column in columns:
        plain = re.sub(r"[^A-Za-z0-9_]+", "_", column).strip("_")[:_NAME_LENGTH] or "field"
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain[: _NAME_LENGTH - len(str(number)) - 1]}_{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def _held(column: PlainColumn) -> PlainColumn:
    """Give a column as a shapefile can hold it: lists as JSON, moments as text, text within 254 bytes."""
    cells: list[Any] = text_values(column)
    if column.kind not in ("text", "json", "datetime"):
        return PlainColumn(column.name, column.kind, cells)
    held = [cell if cell is None or len(cell.encode()) <= _TEXT_BYTES else _cut(cell, column.kind) for cell in cells]
    gone = sum(a is not None and b is None for a, b in zip(cells, held, strict=True))
    cut = sum(a != b for a, b in zip(cells, held, strict=True)) - gone
    shortened = "lists are shortened" if column.kind == "json" else "texts are cut"
    lost = [f"{count} {how}" for count, how in ((cut, shortened), (gone, "are left out")) if count]
    if lost:
        warn_loss(
            f"a shapefile holds {_TEXT_BYTES} bytes of text: {', '.join(lost)} in {column.name!r} (a GeoPackage holds"
            " them whole)"
        )
    return PlainColumn(column.name, "text", held)


def _cut(text: str, kind: str) -> str | None:
    """Cut text to what fits: at a character, with an ellipsis; JSON lists after an item, so that they stay JSON.

    Half an object would say something else than the whole: it is left out.
    """
    if kind == "json":
        items = json.loads(text)
        if isinstance(items, list):
            while items and len(json_text(items).encode()) > _TEXT_BYTES:
                items.pop()
            return json_text(items)
        if isinstance(items, dict):
            return None
    return text.encode()[: _TEXT_BYTES - 3].decode(errors="ignore") + "…"


def _write_legend(
    path: Path, layer: str, fields: Sequence[str], columns: Sequence[PlainColumn], *, parts: Sequence[str]
) -> None:
    from mapper.formats.table import write_rows  # noqa: PLC0415  (the one use)

    declared = {column.name: column for column in SCHEMA.get(layer, ())}
    rows: list[tuple[str, ...]] = []
    for field, column in zip(fields, columns, strict=True):
        known = declared.get(column.name)
        dtype = known.dtype if known else column.kind
        rows.append((field, column.name, dtype, known.unit if known else "", known.description if known else "", ""))
    if parts:
        rows[0] = (_ROW, "", "int", "", "Number of the row in the layer, whose geometries stand in several files", "")
        rows += [(_ROW, "", "", "", "The geometries of this kind stand in this file", part) for part in parts]
    with path.with_name(f"{path.stem}{_LEGEND}").open("w", encoding="utf-8", newline="") as stream:
        write_rows(stream, _LEGEND_HEADER, rows)


def read_shp(path: Path) -> dict[str, pd.DataFrame]:
    """Read a shapefile; with its legend beside it, the columns have their names again, and its parts are put together.

    Raises
    ------
    SourceError
        GDAL cannot read a file, or the legend is none.
    """
    import pandas as pd  # noqa: PLC0415
    import pyogrio  # noqa: PLC0415

    names, parts = _read_legend(path)
    files = [path, *(path.with_name(f"{path.stem}{part}.shp") for part in parts)]
    tables = []
    for file in files:
        try:
            table = pyogrio.read_dataframe(file)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise SourceError(
                f"{file} cannot be read", hint="check that its .shx and .dbf lie beside it, and that they are whole"
            ) from error
        # geopandas cannot put frames with and without a CRS together, and an empty one may have none.
        tables.append(pd.DataFrame(table).assign(geometry=table.geometry.to_numpy()))
    table = tables[0] if len(tables) == 1 else pd.concat([t.astype(object) for t in tables], ignore_index=True)
    if parts and _ROW in table:
        table = table.sort_values(_ROW, ignore_index=True).drop(columns=_ROW)
    return {"": table.rename(columns=names)}


def _read_legend(path: Path) -> tuple[dict[str, str], list[str]]:
    """Give the names of the columns by field, and the endings of the names of further files."""
    legend = path.with_name(f"{path.stem}{_LEGEND}")
    if not legend.is_file():
        return {}, []
    from mapper.formats.table import bare  # noqa: PLC0415

    try:
        with legend.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream, strict=True)
            rows = [{key: bare(cell) for key, cell in row.items() if key} for row in table]
        names = {row["field"]: row["column"] for row in rows if row["column"]}
        parts = [row["file"] for row in rows if row["file"] in ("_lines", "_areas")]
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{legend} is not the legend of a shapefile", hint="remove it to read without it") from error
    return names, parts
