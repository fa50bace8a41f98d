"""Incidents that others have coded: rows a CPU second, as layers, and two sides compared.

python -m pytest tests/benchmarks -m benchmark -s -k reading
"""

from __future__ import annotations

import csv
import random
import time

import pytest

from mapper.comparison import compare, summary
from mapper.formats import read_scheme
from mapper.formats.schemes.acled import COLUMNS

pytestmark = pytest.mark.benchmark

ROWS = 100_000
TOWNS = 4_000
UNITS = [("Iraq", "Al-Anbar", 33.4, 43.3), ("Syria", "Aleppo", 36.2, 37.2), ("Nigeria", "Borno", 11.9, 13.2)]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """An export of as many towns, days and coarse places as ACLED's have."""
    chance = random.Random(1)
    towns = [
        (country, unit, f"Town {number}", round(lat + chance.gauss(0, 0.2), 4), round(lon + chance.gauss(0, 0.2), 4))
        for number, (country, unit, lat, lon) in enumerate(chance.choices(UNITS, k=TOWNS))
    ]
    file = tmp_path_factory.mktemp("reading") / "acled.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        for number in range(ROWS):
            country, unit, town, lat, lon = chance.choice(towns)
            writer.writerow(
                {
                    "event_id_cnty": f"X{number}", "event_date": f"2024-{chance.randint(1, 12):02d}-15",
                    "time_precision": chance.choice("1112"), "event_type": "Battles", "sub_event_type": "Armed clash",
                    "actor1": "A", "actor2": "B", "country": country, "admin1": unit, "location": town,
                    "latitude": lat, "longitude": lon, "geo_precision": chance.choice("1111123"), "source": "S; T",
                    "notes": "Two sides fought, and nobody knows why. " * 5, "fatalities": chance.randint(0, 9),
                }
            )  # fmt: skip
    return file


def test_reading_rows_a_second(path, gazetteer):
    start = time.process_time()
    coded = read_scheme(path, gazetteer)
    seconds = time.process_time() - start
    print(f"\n{ROWS:,} rows of ACLED in {seconds:.1f} s of CPU: {ROWS / seconds:,.0f} rows/s")
    assert len(coded.layers) == ROWS
    assert coded.failures == ()


def test_reading_two_sides_and_comparing_them(path, gazetteer):
    rows = read_scheme(path, gazetteer).layers.incidents
    ours, theirs = rows.iloc[:10_000], rows.iloc[5_000:15_000]
    start = time.process_time()
    table = compare(ours, theirs, within_km=5, days=0)
    seconds = time.process_time() - start
    told = summary(table)
    print(f"\n10,000 x 10,000 incidents compared in {seconds:.1f} s of CPU: {told}")
    assert told["both"] + told["ours"] == 10_000
    assert told["both"] >= 5_000 * 0.9
