"""A user's own places: read from CSV or GeoJSON, kept apart in the user's data folder, in front of all gazetteers.

The file `places.sqlite` there is a gazetteer like any other. `add_places` writes a new version of it with the rows of
all earlier files and the new one; the version before stays beside it as `places.v3.sqlite`, and `undo` goes back to it.

A polygon may carry `layer` = "country": then points in it count as in the country of its `country` code (or in none,
where that is empty), whatever the default's policy on disputed areas says. See `mapper.gazetteer.polygons`.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from typing import TYPE_CHECKING, Any

from mapper.errors import GazetteerError
from mapper.gazetteer.entries import Collection
from mapper.gazetteer.folding import fold
from mapper.gazetteer.opening import default_path, open_gazetteer, own_places_path
from mapper.gazetteer.store import SCHEMA_VERSION, Store
from mapper.gazetteer.write import write_gazetteer

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.gazetteer.entries import Entry

__all__ = ["NOBODY", "add_places", "undo"]

NOBODY = "-"
"""Code of an outline whose ground is given to no country."""
COLUMNS = ("id", "name", "names", "lat", "lon", "country", "feature_class", "feature_code", "population", "certainty",
           "source")  # fmt: skip
_CLASSES = "AHLPRSTUV"
_CERTAINTIES = ("", "high", "approximate", "low")
_KEPT_VERSIONS = 5
_RIGHT = "mend it and add the file again; your places were left as they were"


def add_places(path: Path, *, own: Path | None = None, base: Path | None = None) -> dict[str, Any]:
    """Add the places of a file to the user's own.

    Parameters
    ----------
    path
        CSV with the columns name, lat and lon, and any of id, names (other names, parted by "|"), country (ISO 3166-1
        alpha-2), feature_class, feature_code, population, certainty (high, approximate, low) and source; or GeoJSON in
        EPSG:4326 with these as properties, points and polygons. A place with the id of an earlier one takes its place.
    own
        The user's gazetteer; None is the one in the user's data folder.
    base
        Gazetteer that tells the country and the province of a point that comes without.

    Returns
    -------
    dict
        `path`, `version`, and how many places were `added`, `replaced` and are `held` now.

    Raises
    ------
    GazetteerError
        When the file cannot be read or a row is wrong (it is named); the user's places stay as they were.
    """
    target = own or own_places_path()
    rows = _read(path)
    held, version, files = _held(target)
    replaced = sum(row["id"] in held for row in rows)
    held |= {row["id"]: row for row in rows}
    files.append({"name": path.name, "count": len(rows), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()})
    _write(target, list(held.values()), version + 1, files, base or default_path())
    return {"path": str(target), "version": version + 1, "added": len(rows) - replaced, "replaced": replaced,
            "held": len(held)}  # fmt: skip


def undo(own: Path | None = None) -> int:
    """Go back to the version before the last file was added; give its number, 0 for none.

    Raises
    ------
    GazetteerError
        When there is nothing to go back from, or the version before is no longer kept.
    """
    target = own or own_places_path()
    if not target.is_file():
        raise GazetteerError("there are no places of your own", hint="add some with mapper gazetteer add FILE")
    _, version, _ = _held(target)
    before = _kept(target, version - 1)
    try:
        if before.is_file():
            before.replace(target)
        elif version == 1:
            target.unlink()
        else:
            raise GazetteerError(f"version {version - 1} of your places is not kept", hint=f"see {target.parent}")
    except OSError as error:
        raise GazetteerError(f"{target} cannot be changed", hint=str(error)) from error
    return version - 1


def _kept(target: Path, version: int) -> Path:
    return target.with_name(f"{target.stem}.v{version}{target.suffix}")


def _held(target: Path) -> tuple[dict[str, dict[str, Any]], int, list[dict[str, Any]]]:
    if not target.is_file():
        return {}, 0, []
    meta = Store(target).meta()
    if "own.rows" not in meta:
        raise GazetteerError(f"{target} holds no places of a user", hint="move that file away")
    rows = json.loads(meta["own.rows"])
    return {row["id"]: row for row in rows}, int(meta["version"]), json.loads(meta["own.files"])


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path} is not UTF-8 text", hint="save it as UTF-8 and add it again") from error
    except OSError as error:
        raise GazetteerError(f"{path} cannot be read", hint=error.strerror or "see that it is there") from error
    rows = _geojson(path, text) if text.lstrip().startswith("{") else _csv(path, text)
    if not rows:
        raise GazetteerError(f"{path} holds no place", hint="give a CSV with name, lat, lon, or a GeoJSON")
    checked: dict[str, dict[str, Any]] = {}
    for number, (where, row) in enumerate(rows):
        kept = _checked(f"{path.name}, {where}", row)
        if kept["id"] in checked:
            raise GazetteerError(f"{path.name}, row {number + 1}: the id {kept['id']} comes twice", hint=_RIGHT)
        checked[kept["id"]] = kept
    return list(checked.values())


def _csv(path: Path, text: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
        columns = [column.strip().lower() for column in reader.fieldnames or ()]
        missing = {"name", "lat", "lon"} - set(columns)
        if missing:
            raise GazetteerError(f"{path} has no column {', '.join(sorted(missing))}", hint="give name, lat, lon")
        reader.fieldnames = columns
        rows = [(f"line {reader.line_num}", row) for row in reader]
    except csv.Error as error:
        raise GazetteerError(f"{path} is no CSV", hint=str(error)) from error
    for where, row in rows:
        if None in row or None in row.values():
            raise GazetteerError(f"{path.name}, {where}: another number of columns than in line 1", hint=_RIGHT)
    return rows


def _geojson(path: Path, text: str) -> list[tuple[str, dict[str, Any]]]:
    import shapely  # noqa: PLC0415

    try:
        features = json.loads(text)["features"]
        rows = []
        for number, feature in enumerate(features, start=1):
            row = {str(k).lower(): "" if v is None else v for k, v in (feature["properties"] or {}).items()}
            shape = shapely.geometry.shape(feature["geometry"])
            if shape.geom_type not in ("Point", "Polygon", "MultiPolygon") or shape.is_empty:
                raise GazetteerError(f"{path.name}, feature {number}: neither a point nor a polygon", hint=_RIGHT)
            spot = shape if shape.geom_type == "Point" else shape.representative_point()
            row["lon"], row["lat"] = spot.coords[0][:2]
            if shape.geom_type != "Point":
                row["shape"] = shapely.make_valid(shape).wkt
            rows.append((f"feature {number}", row))
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise GazetteerError(f"{path} is no GeoJSON FeatureCollection", hint=str(error) or _RIGHT) from error
    return rows


def _checked(where: str, row: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {column: str(row.get(column, "")).strip() for column in COLUMNS}
    if not kept["name"] or not fold(kept["name"]) or not kept["name"].isprintable():
        raise GazetteerError(f"{where}: a place without a name", hint=_RIGHT)
    try:
        kept["lat"], kept["lon"] = float(row["lat"]), float(row["lon"])
        kept["population"] = int(float(kept["population"] or 0))
    except (ValueError, OverflowError) as error:
        raise GazetteerError(f"{where}: lat, lon or population is no number", hint=_RIGHT) from error
    if not (-90 <= kept["lat"] <= 90 and -180 <= kept["lon"] <= 180 and 0 <= kept["population"] < 2**53):
        raise GazetteerError(f"{where}: {kept['lat']}, {kept['lon']} lies off the globe", hint=_RIGHT)
    kept["country"] = kept["country"].upper()
    if kept["country"] and not re.fullmatch(r"[A-Z]{2}", kept["country"]):
        raise GazetteerError(f"{where}: {kept['country']!r} is no ISO 3166-1 alpha-2 code", hint=_RIGHT)
    if len(kept["feature_class"]) > 1 or kept["feature_class"] not in _CLASSES:
        raise GazetteerError(f"{where}: a feature class is one of {', '.join(_CLASSES)}", hint=_RIGHT)
    if kept["certainty"] not in _CERTAINTIES:
        raise GazetteerError(f"{where}: certainty is high, approximate or low", hint=_RIGHT)
    if "shape" in row:
        kept["shape"], kept["layer"] = row["shape"], str(row.get("layer", ""))
    slug = re.sub(r"\W+", "-", fold(kept["name"])).strip("-")
    kept["id"] = f"own-{kept['id'] or slug}" if not kept["id"].startswith("own-") else kept["id"]
    return kept


def _write(
    target: Path, rows: list[dict[str, Any]], version: int, files: list[dict[str, Any]], base_path: Path
) -> None:
    import shapely  # noqa: PLC0415

    from mapper.gazetteer.polygons import bounds_of, encode  # noqa: PLC0415

    base = open_gazetteer(base_path, own=False)
    at = [row["lon"] for row in rows], [row["lat"] for row in rows]
    countries, provinces = base.countries_at(*at), base.admin1_at(*at)
    found = Collection()
    for row, country, province in zip(rows, countries, provinces, strict=True):
        entry = _entry(found, row, country, province)
        if "shape" in row:
            shape = shapely.set_precision(shapely.from_wkt(row["shape"]), 0.001)
            entry.bounds = bounds_of(shape)
            decides = row["layer"] == "country"
            code = (row["country"] or NOBODY) if decides else ""
            found.outlines.append(("country" if decides else "own", entry.no, code, "", encode(shape)))
    sources = [{"key": "own", "gazetteer": "own", "name": "your own places", "version": str(version), "licence": "own",
                "attribution": "", "url": "", "sha256": files[-1]["sha256"]}]  # fmt: skip
    meta = {
        "version": str(version), "schema_version": str(SCHEMA_VERSION), "policy": "", "max_words": "7",
        "own.rows": json.dumps(rows, ensure_ascii=False), "own.files": json.dumps(files, ensure_ascii=False),
        "certainty": json.dumps({"places": {row["id"]: row["certainty"] for row in rows if row["certainty"]}}),
    }  # fmt: skip
    if target.is_file():
        _keep_version(target, version - 1)
    write_gazetteer(found, target, sources=sources, meta=meta, classes={})


def _entry(found: Collection, row: dict[str, Any], country: str, province: str) -> Entry:
    cc = row["country"] or country
    feature_class = row["feature_class"] or ("L" if "shape" in row else "P")
    code = row["feature_code"] or {"P": "PPL", "A": "ADMD", "L": "AREA"}.get(feature_class, feature_class)
    entry = found.add_foreign(
        row["id"], name=row["name"], lat=row["lat"], lon=row["lon"], code=code, feature_class=feature_class,
        source="own", cc=cc, a1=province.partition(".")[2] if province.startswith(f"{cc}.") else "",
        population=row["population"], rank=1.0,
    )  # fmt: skip
    for name in row["names"].split("|"):
        if name.strip():
            entry.call(name.strip())
    return entry


def _keep_version(target: Path, version: int) -> None:
    """Keep the file as its version, by a second name for it, so that no moment is without the file."""
    try:
        kept = _kept(target, version)
        kept.unlink(missing_ok=True)
        try:
            os.link(target, kept)
        except OSError:
            kept.write_bytes(target.read_bytes())
        _kept(target, version - _KEPT_VERSIONS).unlink(missing_ok=True)
    except OSError as error:
        raise GazetteerError(f"{target.parent} cannot be written", hint=str(error)) from error
