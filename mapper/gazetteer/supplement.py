"""Our own tables (supplement/*.csv): places, other names, abbreviations and demonyms, each row with its source.

``places.csv``   a place that no source holds, or a better point for one that does (`target` names it then)
``names.csv``    other names of places held: former names, short names, names in the news
``demonyms.csv`` people and adjectives; plurals are made by rule
``abbreviations.csv``  short forms, with how they must be written to count (capitals, dotted, title)
``exclusions.csv``     names that a source gives to the wrong place

The country "-" of a place is nobody's: ground that the outlines give to no country (the Golan Heights). An empty one is
that of the source.

A target is an ISO country code ("IQ"), a GeoNames admin1 code ("US.WV"), a GeoNames id, or an id of ours.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import GazetteerError
from mapper.gazetteer.entries import STYLES
from mapper.gazetteer.folding import fold

if TYPE_CHECKING:
    from mapper.gazetteer.entries import Collection, Entry

__all__ = ["SUPPLEMENT", "TABLES", "add_supplement", "plural"]

SUPPLEMENT = Path(__file__).resolve().parent / "supplement"
TABLES = {
    "places.csv": "id target name names lat lon feature_class feature_code country rank certainty source",
    "names.csv": "target names match style source",
    "demonyms.csv": "target forms source",
    "abbreviations.csv": "target forms style source",
    "exclusions.csv": "target name source",
}
_NOBODY = "-"
_NO_PLURAL = ("ese", "ish", "ch", "sh", "s", "x", "z", "men", "man", "woman", "women", "ic")


def plural(form: str) -> str | None:
    """Give the plural of a demonym ("Iraqi": "Iraqis"), or None where the form has none ("British", "Chinese")."""
    return None if form.lower().endswith(_NO_PLURAL) or not form.isascii() else f"{form}s"


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    path, columns = folder / table, TABLES[table].split()
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if reader.fieldnames != columns:
                raise GazetteerError(f"{path} has not the columns {', '.join(columns)}", hint="mend its first line")
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GazetteerError(f"{path} cannot be read", hint=str(error)) from error
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values() or not row["source"]:
            raise GazetteerError(f"{path}, row {line}: every column and a source are needed", hint="mend that row")
    return rows


def _resolve(found: Collection, table: str, row: dict[str, str]) -> Entry:
    entry = found.target(row["target"])
    if entry is None:
        raise GazetteerError(f"{table}: no place has the id {row['target']}", hint=f"mend the row {row}")
    return entry


def add_supplement(found: Collection, folder: Path = SUPPLEMENT) -> None:
    """Add all tables of a folder.

    Raises
    ------
    GazetteerError
        When a table is missing or malformed, or names a place that is not held.
    """
    for row in _rows(folder, "places.csv"):
        _add_place(found, row)
    for row in _rows(folder, "exclusions.csv"):
        _resolve(found, "exclusions.csv", row).names.pop(fold(row["name"]), None)
    for row in _rows(folder, "names.csv"):
        entry = _resolve(found, "names.csv", row)
        for name in row["names"].split("|"):
            entry.call(name, row["match"] or "alternate", style=row["style"], factor=0.99)
    for row in _rows(folder, "demonyms.csv"):
        entry = _resolve(found, "demonyms.csv", row)
        for form in row["forms"].split("|"):
            entry.call(form, "demonym", style="title")
            many = plural(form)
            if many:
                entry.call(many, "demonym", style="title")
    for row in _rows(folder, "abbreviations.csv"):
        entry = _resolve(found, "abbreviations.csv", row)
        if row["style"] not in STYLES:
            raise GazetteerError(f"abbreviations.csv: no style {row['style']}", hint=f"one of {', '.join(STYLES)}")
        for form in row["forms"].split("|"):
            entry.call(form, "abbreviation", style=row["style"])


def _country(row: dict[str, str], otherwise: str) -> str:
    return "" if row["country"] == _NOBODY else row["country"] or otherwise


def _add_place(found: Collection, row: dict[str, str]) -> None:
    try:
        rank = float(row["rank"] or 0)
        lat, lon = (float(row["lat"]), float(row["lon"])) if row["lat"] or not row["target"] else (0.0, 0.0)
    except ValueError as error:
        raise GazetteerError(
            f"places.csv: {row['id'] or row['target']} has a figure that is none", hint=str(error)
        ) from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= rank <= 1):
        raise GazetteerError(f"places.csv: {row['id']} has a figure out of range", hint="mend lat, lon or rank")
    if row["target"]:
        entry = _resolve(found, "places.csv", row)
        if row["lat"]:
            entry.lat, entry.lon = lat, lon
        entry.code, entry.feature_class = row["feature_code"], row["feature_class"]
        entry.name, entry.cc = row["name"], _country(row, entry.cc)
        if not entry.cc:
            entry.a1 = entry.a2 = ""
        entry.call(row["name"], "exact")
    else:
        if row["id"] in found.by_gid:
            raise GazetteerError(f"places.csv: two rows have the id {row['id']}", hint="give one of them another")
        entry = found.add_foreign(
            row["id"], name=row["name"], lat=lat, lon=lon, code=row["feature_code"], source="supplement",
            feature_class=row["feature_class"], cc=_country(row, ""),
        )  # fmt: skip
    entry.rank = max(entry.rank, rank)
    found.certainty[entry.gid or str(entry.no)] = row["certainty"]
    for name in row["names"].split("|"):
        if name:
            entry.call(name, factor=0.98)
