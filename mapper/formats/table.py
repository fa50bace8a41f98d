"""CSV: for spreadsheets, and safe in them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from mapper.formats.columns import plain_columns, text_values, wgs84

if TYPE_CHECKING:
    from typing import TextIO

    import geopandas as gpd

__all__ = ["dump_csv", "inert"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WKT_DECIMALS = 6


def inert(text: str) -> str:
    """Keep a spreadsheet from running a cell: text that begins like a formula gets an apostrophe before it.

    Follows OWASP's page on CSV injection, full-width signs included; blanks before the sign do not hide it.
    """
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def dump_csv(frame: gpd.GeoDataFrame, stream: TextIO) -> None:
    """Write a frame as CSV (RFC 4180, UTF-8), with `lat`, `lon` and `wkt` last.

    `lat` and `lon` (degrees) are filled for points only: an area has no single place, its polygon is in `wkt`. Lists
    are JSON text, null is an empty cell, text that a spreadsheet would run is made inert (`inert`).
    """
    import shapely  # noqa: PLC0415  (slow import, only when such a file is written)

    columns = plain_columns(frame)
    shapes = wgs84(frame, decimals=_WKT_DECIMALS)
    wkt: Any = shapely.to_wkt(shapes, rounding_precision=_WKT_DECIMALS)
    cells: list[list[Any]] = [
        [inert(v) if isinstance(v, str) else v for v in text_values(column)]
        if column.kind in ("text", "json")
        else text_values(column)
        for column in columns
    ]
    point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    cells += [_where(point, degrees) for degrees in (shapely.get_y(shapes), shapely.get_x(shapes))]
    cells.append(wkt.tolist())
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*(inert(column.name) for column in columns), "lat", "lon", "wkt"])
    writer.writerows(zip(*cells, strict=True))


def _where(mask: Any, numbers: Any) -> list[float | None]:
    return [number if here else None for here, number in zip(mask.tolist(), numbers.tolist(), strict=True)]
