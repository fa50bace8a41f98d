"""Outlines of the user's in the place of those held: Natural Earth's layers, or any polygons with ISO codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.errors import GazetteerError

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

__all__ = ["is_boundaries", "replace_outlines"]

_SUFFIXES = (".geojson", ".json", ".gpkg", ".parquet", ".shp", ".fgb")
_COUNTRY_KEYS = ("iso_a2_eh", "iso_a2", "iso2", "country_code")


def is_boundaries(path: Path) -> bool:
    """Say whether a file is one of outlines, by its suffix."""
    return path.suffix.lower() in _SUFFIXES


def replace_outlines(connection: sqlite3.Connection, path: Path, units: dict[str, int]) -> int:
    """Put the outlines of a file in the place of those of the same country or first-level unit.

    Parameters
    ----------
    connection
        The gazetteer that is being built.
    path
        Polygons with `iso_a2_eh` (or `iso_a2`) for countries, with `gn_a1_code` ("IQ.07") for first-level units;
        coordinates in EPSG:4326 or with their CRS.
    units
        Place number of each code.

    Returns
    -------
    int
        How many were taken.

    Raises
    ------
    GazetteerError
        When the file cannot be read, or has no polygon with a code that is known.
    """
    from mapper.gazetteer.polygons import encode  # noqa: PLC0415

    taken = 0
    for row in _polygons(path):
        properties = {str(key).lower(): value for key, value in row.items() if isinstance(value, str)}
        unit = properties.get("gn_a1_code", "")
        code = unit or next((properties[k] for k in _COUNTRY_KEYS if len(properties.get(k, "")) == 2), "")
        number = units.get(code)
        if number is None:
            continue
        layer = "admin1" if unit else "country"
        connection.execute("DELETE FROM outline WHERE layer = ? AND code = ?", (layer, code))
        connection.execute(
            "INSERT INTO outline (layer, place, code, note, shape) VALUES (?, ?, ?, '', ?)",
            (layer, number, code, encode(row["geometry"])),
        )
        taken += 1
    if not taken:
        raise GazetteerError(
            f"{path} has no polygon of a country or province that is known",
            hint="each needs a property iso_a2_eh (IQ) or gn_a1_code (IQ.07)",
        )
    return taken


def _polygons(path: Path) -> list[dict[str, Any]]:
    import geopandas as gpd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    try:
        frame = gpd.read_parquet(path) if path.suffix.lower() == ".parquet" else gpd.read_file(path)
        frame = frame.to_crs(4326) if frame.crs is not None else frame
    except Exception as error:  # the drivers raise many kinds
        raise GazetteerError(f"{path} cannot be read as outlines", hint=str(error).splitlines()[0]) from error
    rows = []
    for row in frame.to_dict("records"):
        shape = row["geometry"]
        if shape is not None and shape.geom_type in ("Polygon", "MultiPolygon"):
            row["geometry"] = shapely.set_precision(shapely.make_valid(shape), 0.001)
            if not row["geometry"].is_empty:
                rows.append(row)
    return rows
