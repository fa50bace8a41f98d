"""Gazetteers built from published tables: what is found in them, and that bad input leaves the older file."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from mapper.errors import GazetteerError
from mapper.gazetteer import open_gazetteer
from mapper.gazetteer.grow import build_from
from mapper.gazetteer.tables import recognise

ROOT = Path(__file__).resolve().parents[2]


def place(no, name, *, others="", lat="45.1", lon="20.1", kind="P", code="PPL", a1="01", people="900"):
    row = [no, name, name, others, lat, lon, kind, code, "RR", "", a1, "", "", "", people, "", "0", "UTC", "2026-01-02"]
    return "\t".join(map(str, row))


PLACES = [
    place(9000001, "Ruritania", kind="A", code="PCLI", a1="00", people=2_000_000),
    place(9000002, "Strelsau Province", kind="A", code="ADM1", people=500_000),
    place(9000003, "Strelsau", others="Ad-Dréla,paktat,Streslau", code="PPLC", people=400_000),
    place(9000004, "Zenda"),
    place(9000005, "Zenda Brook", kind="H", code="STM"),
]


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in members.items():
            archive.writestr(f"{name}.txt", "\n".join(lines) + "\n")
    return path


@pytest.fixture
def source(tmp_path):
    return zipped(tmp_path / "RR.zip", readme=["read me"], RR=PLACES)


@pytest.fixture
def grown(tmp_path, source):
    out = tmp_path / "grown.sqlite"
    alternates = zipped(
        tmp_path / "alternateNamesV2.zip",
        alternateNamesV2=[
            "1\t9000003\ten\tStrelsburg\t1\t\t\t\t\t", "2\t9000003\tlink\thttps://example.org/Strelsau",
            "3\t9000004\tfr\tChâteau de Zenda", "4\t9000003\tiata\tSTR",
        ],
    )  # fmt: skip
    admin = tmp_path / "admin1CodesASCII.txt"
    admin.write_text("RR.01\tStrelsau Land\tStrelsau Land\t9000002\n", encoding="utf-8")
    return open_gazetteer(build_from([admin, alternates, source], out, bare=True))


def test_places_of_a_country_file_are_found_with_their_units(grown):
    strelsau = grown.lookup("STRELSAU")[0].place
    assert (strelsau.gazetteer_id, strelsau.country, strelsau.admin1) == ("9000003", "Ruritania", "Strelsau Land")
    assert (strelsau.lat, strelsau.lon, strelsau.population) == (45.1, 20.1, 400_000)
    assert grown.lookup("Zenda Brook")[0].place.feature_code == "STM"


def test_names_of_the_separate_table_are_found_and_its_codes_and_links_are_not(grown):
    assert grown.lookup("Strelsburg")[0].place.gazetteer_id == "9000003"
    assert grown.lookup("Chateau de Zenda")[0].match == "alternate"
    assert not grown.knows("STR")


def test_names_in_the_table_of_places_count_where_there_is_no_other(tmp_path, source):
    gazetteer = open_gazetteer(build_from([source], tmp_path / "g.sqlite", bare=True))
    assert [c.match for c in gazetteer.lookup("Ad Drela")] == ["alternate"]
    assert gazetteer.lookup("Drella")[0].match == "loose"
    assert not gazetteer.knows("paktat")


def test_the_sources_and_the_counts_are_told(grown, source):
    info = grown.info()
    assert {s["name"] for s in info["sources"]} == {"RR.txt", "admin1CodesASCII.txt", "alternateNamesV2.txt"}
    assert next(s for s in info["sources"] if s["name"] == "RR.txt")["version"] == "2026-01-02"
    assert info["counts"]["places"] == len(PLACES)
    assert info["attribution"] == ["GeoNames, geonames.org, CC BY 4.0"]


def test_the_same_sources_give_the_same_bytes(tmp_path, source):
    one, two = (build_from([source], tmp_path / f"{n}.sqlite", bare=True) for n in "ab")
    assert one.read_bytes() == two.read_bytes()


def test_a_gazetteer_grows_from_another_and_keeps_what_it_knew(tmp_path, grown):
    more = zipped(tmp_path / "ZZ.zip", ZZ=[place(9000009, "Hentzau"), place(9000003, "Strelsau again")])
    gazetteer = open_gazetteer(build_from([more], tmp_path / "more.sqlite", base=grown.path))
    assert gazetteer.lookup("Hentzau")[0].place.country == "Ruritania"
    assert gazetteer.lookup("Strelsburg")[0].place.name == "Strelsau"
    assert gazetteer.lookup("Strelsau again")[0].place.gazetteer_id == "9000003"


def test_a_place_takes_the_province_of_what_it_lies_in(tmp_path, source):
    lost = zipped(tmp_path / "lost.zip", lost=[place(9000010, "Tarlenheim", a1="")])
    tree = tmp_path / "hierarchy.txt"
    tree.write_text("9000002\t9000010\tADM\n", encoding="utf-8")
    gazetteer = open_gazetteer(build_from([source, lost, tree], tmp_path / "g.sqlite", bare=True))
    assert gazetteer.lookup("Tarlenheim")[0].place.admin1 == "Strelsau Province"


def test_tables_of_whos_on_first_are_read(tmp_path):
    path = tmp_path / "whosonfirst_rr.tsv"
    head = "wof_id placetype name lat lon geonameid wikidata parent_id is_current geometry_source names".split()
    rows = [["77", "neighbourhood", "Old Town", "45", "20", "", "", "1", "1", "x", "Altstadt|المدينة"],
            ["78", "locality", "Gone", "45", "20", "9000011", "", "1", "0", "x", ""]]  # fmt: skip
    path.write_text("\n".join("\t".join(row) for row in [head, *rows]) + "\n", encoding="utf-8")
    gazetteer = open_gazetteer(build_from([path], tmp_path / "g.sqlite", bare=True))
    assert gazetteer.lookup("Altstadt")[0].place.gazetteer_id == "wof-77"
    assert gazetteer.lookup("Gone") == []


def test_outlines_of_the_users_choice_decide(tmp_path, source):
    box = {"type": "Polygon", "coordinates": [[[19, 44], [21, 44], [21, 46], [19, 46], [19, 44]]]}
    shapes = tmp_path / "countries.geojson"
    feature = {"type": "Feature", "properties": {"iso_a2_eh": "RR"}, "geometry": box}
    shapes.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    gazetteer = open_gazetteer(build_from([source, shapes], tmp_path / "g.sqlite", bare=True))
    assert gazetteer.countries_at([20.0, 30.0], [45.0, 45.0]) == ["RR", ""]


def test_a_table_is_known_by_its_rows_and_not_by_its_name(tmp_path):
    path = tmp_path / "renamed.dat"
    path.write_text(PLACES[0] + "\n", encoding="utf-8")
    assert [table.kind for table in recognise(path)] == ["places"]


def truncated(path):
    path.write_bytes(path.read_bytes()[:-40])


def broken_inside(path):
    content = bytearray(path.read_bytes())
    start = content.find(b"RR.txt") + len("RR.txt") + 20
    content[start : start + 30] = bytes(30)
    path.write_bytes(content)


def with_rows(*rows, encoding="utf-8"):
    def write(path):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("RR.txt", ("\n".join([PLACES[0], *rows]) + "\n").encode(encoding))
        path.write_bytes(buffer.getvalue())

    return write


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (truncated, "no whole zip"), (broken_inside, "damaged|cannot be read"),
        (with_rows("1\tX\tX\t\t45"), r"line 2: 5 columns where 19"),
        (with_rows(place(1, "Żółw"), encoding="cp1250"), "no UTF-8"),
        (with_rows(place(1, "X", lat="145.1")), "no latitude"), (with_rows(place(1, "X", lon="east")), "no latitude"),
        (with_rows(place("", "X")), "without id or name"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_leaves_the_older_file(tmp_path, source, spoil, message):
    out = build_from([source], tmp_path / "g.sqlite", bare=True)
    before = out.read_bytes()
    spoil(source)
    with pytest.raises(GazetteerError, match=message) as caught:
        build_from([source], out, bare=True)
    assert caught.value.hint
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["RR.zip", "g.sqlite"]


def test_what_is_no_table_is_refused_with_what_would_be_one(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="no table") as caught:
        build_from([path], tmp_path / "g.sqlite", bare=True)
    assert "allCountries" in caught.value.hint


def test_a_base_of_another_schema_is_refused_before_the_work(tmp_path, source):
    base = tmp_path / "old.sqlite"
    connection = sqlite3.connect(base)
    connection.execute(f"PRAGMA application_id = {0x6D617070}")
    connection.execute("PRAGMA user_version = 999")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(GazetteerError, match="schema version 999"):
        build_from([source], tmp_path / "g.sqlite", base=base)


CHILD = """
import resource, signal, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from mapper.errors import GazetteerError
from mapper.gazetteer.grow import build_from
{before}
try:
    build_from([Path({source!r})], Path({out!r}), bare=True, report=lambda line: print(line, flush=True))
except GazetteerError as error:
    print("refused:", error)
    raise SystemExit(3)
"""


def many(path, rows):
    path.write_text("\n".join(place(9_100_000 + n, f"Dorf Nummer {n} an der Elphberg") for n in range(rows)) + "\n")
    return path


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no limit on the size of files here")
def test_a_full_disk_is_an_error_and_leaves_the_older_file(tmp_path, source):
    out = build_from([source], tmp_path / "g.sqlite", bare=True)
    before = out.read_bytes()
    limit = (
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))"
    )
    code = CHILD.format(root=str(ROOT), before=limit, source=str(many(tmp_path / "many.txt", 20_000)), out=str(out))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, "cannot be written" in done.stdout) == (3, True), done.stderr
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["RR.zip", "g.sqlite", "many.txt"]


@pytest.mark.skipif(os.name == "nt", reason="signals of another kind")
def test_an_interrupted_build_leaves_the_older_file(tmp_path, source):
    out = build_from([source], tmp_path / "g.sqlite", bare=True)
    before = out.read_bytes()
    code = CHILD.format(root=str(ROOT), before="", source=str(many(tmp_path / "many.txt", 60_000)), out=str(out))
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert child.stdout.readline().startswith("many.txt")
    time.sleep(0.2)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=60)
    assert child.returncode != 0
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["RR.zip", "g.sqlite", "many.txt"]
