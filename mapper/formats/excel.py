"""Excel workbooks (.xlsx), through openpyxl (an optional part): a sheet a layer, dates as dates, nothing that runs."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING, Any, Final

from mapper.errors import MissingExtraError, OutputError, SourceError, UsageError
from mapper.formats.columns import DECIMALS, PlainColumn, plain_columns, text_values, wgs84
from mapper.formats.losses import warn_loss
from mapper.formats.table import GEOMETRY_COLUMNS, inert, located_table, where

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

__all__ = ["read_xlsx", "write_xlsx"]

# Excel's own limits ("Excel specifications and limits", Microsoft Support).
_CELL: Final = 32_767
_ROWS: Final = 1_048_576
_FIRST_DAY: Final = "1900-03-01"  # Excel counts a 29 February 1900 that never was: earlier days would be a day off
_WHOLE: Final = 10**15  # numbers are doubles of 15 digits
_ORIGIN: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001  (openpyxl wants it naive)


def _openpyxl() -> Any:
    try:
        import openpyxl  # noqa: PLC0415  (optional)
    except ImportError as error:
        raise MissingExtraError(
            "Excel files need openpyxl", hint="pip install 'incident-mapper[excel]', or use .csv"
        ) from error
    return openpyxl


def write_xlsx(frames: Mapping[str, gpd.GeoDataFrame], path: Path) -> None:
    """Write each frame as a sheet, with `lat`, `lon` and `wkt` last (as in CSV).

    Text that looks like a formula is a cell of text, marked as such, so that it does not run even when somebody edits
    it. Dates are dates; those that Excel cannot count are text.

    Warns
    -----
    LossWarning
        Text was cut, or an outline left out: a cell holds 32 767 characters.

    Raises
    ------
    MissingExtraError
        openpyxl is not installed.
    UsageError
        A layer has more rows than a sheet.
    """
    openpyxl = _openpyxl()
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "mapper"
    book.properties.created = book.properties.modified = _ORIGIN
    for layer, frame in frames.items():
        if len(frame) >= _ROWS:
            raise UsageError(f"a sheet of Excel holds {_ROWS} rows, {layer} has {len(frame)}", hint="use .gpkg or .csv")
    try:
        with path.open("wb") as stream:  # before any sheet: where it cannot be opened, none is left unfinished
            for layer, frame in frames.items():
                _write_sheet(book.create_sheet(layer), layer, frame)
            book.save(stream)
    except _failures_of_lxml() as error:
        raise OutputError(
            f"cannot write {path.name} ({error})", hint="choose a folder that you may write to, with space left"
        ) from error


def _failures_of_lxml() -> tuple[type[Exception], ...]:
    """Name what a full disk raises where openpyxl finds lxml and writes through it: it is no OSError."""
    try:
        from lxml.etree import SerialisationError  # noqa: PLC0415  (not ours: only where it is installed)
    except ImportError:
        return ()
    return (SerialisationError,)


def _write_sheet(sheet: Any, layer: str, frame: gpd.GeoDataFrame) -> None:
    import shapely  # noqa: PLC0415  (slow import, only when such a file is written)
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    columns = plain_columns(frame)
    shapes = wgs84(frame, decimals=DECIMALS)
    wkt = shapely.to_wkt(shapes, rounding_precision=DECIMALS).tolist()
    cells = [_values(column, layer) for column in columns] + [*where(shapes), _outlines(wkt, layer)]
    names = [*(column.name for column in columns), *GEOMETRY_COLUMNS]
    sheet.freeze_panes = "A2"
    head = [WriteOnlyCell(sheet) for _ in names]
    for cell, name in zip(head, names, strict=True):
        _say(cell, name)
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in zip(*cells, strict=True):
        sheet.append([_said(sheet, value) if isinstance(value, str) and _risky(value) else value for value in row])


def _risky(text: str) -> bool:
    return text.startswith(("=", "#")) or inert(text) != text  # openpyxl takes #N/A and its kin for errors of Excel


def _said(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    cell = WriteOnlyCell(sheet)
    _say(cell, text)
    return cell


def _say(cell: Any, text: str) -> None:
    """Put text in a cell as nothing but text: openpyxl takes what begins with "=" for a formula, unless told."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = inert(text) != text  # so that it stays text when somebody edits it


def _values(column: PlainColumn, layer: str) -> list[Any]:
    cells: list[Any] = text_values(column)
    if column.kind == "date":
        return [dt.date.fromisoformat(cell) if cell and cell >= _FIRST_DAY else cell for cell in cells]
    if column.kind == "datetime":  # with its time zone, which Excel has no word for
        return cells
    if column.kind == "int":
        return [cell if cell is None or abs(cell) < _WHOLE else str(cell) for cell in cells]
    if column.kind not in ("text", "json"):
        return cells
    long = sum(cell is not None and len(cell) > _CELL for cell in cells)
    if long:
        warn_loss(f"a cell of Excel holds {_CELL} characters: {long} are cut in {column.name!r} of {layer} (use .csv)")
    return [cell if cell is None else _held(cell) for cell in cells]


def _held(text: str) -> str:
    text = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")  # no characters of XML
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"


def _outlines(wkt: list[str | None], layer: str) -> list[str | None]:
    long = sum(text is not None and len(text) > _CELL for text in wkt)
    if long:
        warn_loss(f"a cell of Excel holds {_CELL} characters: {long} outlines of {layer} are left out (use .gpkg)")
    return [text if text is not None and len(text) <= _CELL else None for text in wkt]


def read_xlsx(path: Path) -> dict[str, pd.DataFrame]:
    """Read the sheets of a workbook that have a first row of names, with a geometry from `wkt`, or `lat` and `lon`.

    Raises
    ------
    MissingExtraError
        openpyxl is not installed.
    SourceError
        It is no workbook, or a geometry is malformed.
    """
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
        finally:
            book.close()
    except (openpyxl.utils.exceptions.InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise SourceError(f"{path} is not an Excel workbook", hint="save it as .xlsx") from error
    return {name: _table(path, rows) for name, rows in sheets.items() if rows}


def _table(path: Path, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    names = [None if name is None else str(name) for name in rows[0]]
    # Empty cells at the end of a row are not in the file.
    cells = {name: [row[at] if at < len(row) else None for row in rows[1:]] for at, name in enumerate(names) if name}
    return located_table(path, cells)
