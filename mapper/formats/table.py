"""CSV: for spreadsheets, and safe in them; with a row of HXL tags for who asks for it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError
from mapper.formats.columns import DECIMALS, plain_columns, text_values, wgs84
from mapper.formats.hxl import hxl_tag, is_tag_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import TextIO

    import geopandas as gpd
    import pandas as pd

__all__ = [
    "CSV_ENCODING", "GEOMETRY_COLUMNS", "bare", "dump_csv", "inert", "located_table", "read_csv", "where", "write_rows",
]  # fmt: skip

GEOMETRY_COLUMNS = ("lat", "lon", "wkt")
"""Degrees (EPSG:4326) of points, and well-known text of all geometries."""

CSV_ENCODING = "utf-8-sig"
"""Of files: UTF-8 with a mark at its beginning, without which Excel takes Arabic for letters of the West."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 2**31 - 1  # of the csv module, which else stops at 131 072 characters: a coast is longer


def inert(text: str) -> str:
    """Keep a spreadsheet from running a cell: text that begins like a formula gets an apostrophe before it.

    Follows OWASP's page on CSV injection, full-width signs included; blanks before the sign do not hide it. Text that
    has such an apostrophe already gets another one, so that `bare` gives every text back.
    """
    return f"'{text}" if _runs(text.lstrip("'")) else text


def bare(text: str) -> str:
    """Undo `inert`."""
    return text[1:] if text.startswith("'") and _runs(text.lstrip("'")) else text


def _runs(text: str) -> bool:
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def dump_csv(frame: gpd.GeoDataFrame, stream: TextIO, *, hxl: bool = False) -> None:
    """Write a frame as CSV (RFC 4180, UTF-8), with `lat`, `lon` and `wkt` last.

    `lat` and `lon` (degrees) are filled for points only: an area has no single place, its polygon is in `wkt`. Lists
    are JSON text, null is an empty cell, text that a spreadsheet would run is made inert (`inert`). With `hxl`, the
    second row holds a tag for each column.
    """
    import shapely  # noqa: PLC0415  (slow import, only when such a file is written)

    columns = plain_columns(frame)
    shapes = wgs84(frame, decimals=DECIMALS)
    wkt: Any = shapely.to_wkt(shapes, rounding_precision=DECIMALS)
    cells = [text_values(column) for column in columns] + [*where(shapes), wkt.tolist()]
    names = [*(column.name for column in columns), *GEOMETRY_COLUMNS]
    write_rows(stream, names, zip(*cells, strict=True), tags=[hxl_tag(name) for name in names] if hxl else None)


def write_rows(
    stream: TextIO, names: Sequence[str], rows: Iterable[Sequence[Any]], *, tags: Sequence[str] | None = None
) -> None:
    """Write rows as CSV, with all text in them made inert; None is an empty cell."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([inert(name) for name in names])
    if tags is not None:
        writer.writerow(tags)
    writer.writerows([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


def where(shapes: Any) -> tuple[list[float | None], list[float | None]]:
    """Give latitudes and longitudes (degrees) of an array of geometries; None for all that are no points."""
    import shapely  # noqa: PLC0415

    point = (shapely.get_type_id(shapes) == shapely.GeometryType.POINT).tolist()
    lats, lons = (
        [number if here else None for here, number in zip(point, numbers.tolist(), strict=True)]
        for numbers in (shapely.get_y(shapes), shapely.get_x(shapes))
    )
    return lats, lons


def read_csv(path: Path) -> pd.DataFrame:
    """Read a CSV file with the columns of a layer; a row of HXL tags under the header is passed over.

    Raises
    ------
    SourceError
        It is no CSV in UTF-8, or a geometry is malformed.
    """
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream, strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise SourceError(f"{path} is not CSV in UTF-8 ({error})", hint="save it as CSV, UTF-8, with commas") from error
    finally:
        csv.field_size_limit(before)
    if not rows:
        raise SourceError(f"{path} is empty", hint="the first row names the columns")
    names = [bare(name) for name in rows[0]]
    body = [row for row in rows[1:] if row]
    if body and is_tag_row(body[0]):
        del body[0]
    ragged = next((row for row in body if len(row) != len(names)), None)
    if ragged is not None:
        raise SourceError(
            f"{path} has a row of {len(ragged)} cells under {len(names)} column names", hint="save it anew as CSV"
        )
    columns = zip(*body, strict=True) if body else [()] * len(names)
    cells = {name: [bare(cell) or None for cell in column] for name, column in zip(names, columns, strict=True)}
    return located_table(path, cells)


def located_table(path: Path, cells: dict[str, list[Any]]) -> pd.DataFrame:
    """Make a table of columns, with a `geometry` from `wkt` where there is one, else from `lat` and `lon`.

    Raises
    ------
    SourceError
        A geometry is malformed.
    """
    import numpy as np  # noqa: PLC0415  (slow imports, only when such a file is read)
    import pandas as pd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    count = max(map(len, cells.values()), default=0)
    lats, lons, wkt = (cells.pop(name, [None] * count) for name in GEOMETRY_COLUMNS)
    try:
        shapes = shapely.from_wkt(np.array(wkt, dtype=object))
        degrees = np.array([[np.nan if d is None else float(d) for d in pair] for pair in zip(lons, lats, strict=True)])
    except (shapely.errors.GEOSException, TypeError, ValueError) as error:
        raise SourceError(
            f"{path} holds a malformed geometry", hint="`wkt` is well-known text; `lat` and `lon` are degrees"
        ) from error
    if count:
        bare_points = shapely.is_missing(shapes) & np.isfinite(degrees).all(axis=1)
        shapes[bare_points] = shapely.points(degrees[bare_points])
    columns = {name: pd.Series(values, dtype=object) for name, values in cells.items()}
    return pd.DataFrame(columns | {"geometry": pd.Series(shapes, dtype=object)})
