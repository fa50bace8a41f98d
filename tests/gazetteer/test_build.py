"""The build on a small input of its own: same bytes each time, and errors that leave the old file."""

from __future__ import annotations

import csv
import sqlite3

import pytest
import shapely

from mapper.errors import GazetteerError
from mapper.gazetteer import open_gazetteer
from mapper.gazetteer.build import CLASSES
from mapper.gazetteer.entries import Collection, Entry, is_usable_alternate, prior
from mapper.gazetteer.polygons import bounds_of, encode
from mapper.gazetteer.readers import package_file, raw_features, raw_rows
from mapper.gazetteer.supplement import SUPPLEMENT, TABLES, add_supplement, plural
from mapper.gazetteer.write import write_gazetteer

SOURCE = {
    "key": "tiny", "gazetteer": "tiny", "name": "tiny", "version": "1", "licence": "none", "attribution": "", "url": "",
    "sha256": "0" * 64,
}  # fmt: skip


def tiny():
    found = Collection()
    country = found.add(Entry(1, "Ruritania", 45.0, 20.0, "PCLI", "tiny", cc="RR", population=2_000_000))
    found.countries["RR"] = country
    province = found.add(
        Entry(2, "Strelsau Province", 45.2, 20.1, "ADM1", "tiny", cc="RR", a1="01", population=900_000)
    )
    found.admin1["RR.01"] = province
    found.add(Entry(3, "Strelsau", 45.3, 20.2, "PPLC", "tiny", cc="RR", a1="01", population=400_000)).call("Ad-Dréla")
    found.add_foreign("fort-zenda", name="Zenda", lat=45.4, lon=20.3, code="MILB", source="tiny", cc="RR", a1="01")
    shape = shapely.box(19.0, 44.0, 21.0, 46.0)
    country.bounds = bounds_of(shape)
    found.outlines.append(("country", 1, "RR", "", encode(shape)))
    return found


def write(path, found=None):
    write_gazetteer(found or tiny(), path, sources=[SOURCE], meta={"version": "t", "max_words": "5"}, classes=CLASSES)
    return path


@pytest.fixture
def tables(tmp_path):
    folder = tmp_path / "supplement"
    folder.mkdir()
    for name, columns in TABLES.items():
        (folder / name).write_text(columns.replace(" ", ",") + "\n", encoding="utf-8")
    return folder


def append(folder, table, **values):
    columns = TABLES[table].split()
    with (folder / table).open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([values.get(c, "") for c in columns])


def test_the_same_input_gives_the_same_bytes(tmp_path):
    assert write(tmp_path / "a.sqlite").read_bytes() == write(tmp_path / "b.sqlite").read_bytes()


def test_what_was_written_is_found(tmp_path):
    gazetteer = open_gazetteer(write(tmp_path / "g.sqlite"))
    strelsau = gazetteer.lookup("STRELSAU")[0]
    assert (strelsau.match, strelsau.place.country, strelsau.place.admin1) == (
        "exact",
        "Ruritania",
        "Strelsau Province",
    )
    assert gazetteer.lookup("Drella")[0].match == "loose"
    assert gazetteer.countries_at([20.0], [45.0]) == ["RR"]
    assert gazetteer.country("RR").bounds == (19.0, 44.0, 21.0, 46.0)
    assert [p.gazetteer_id for p in gazetteer.sites("RR", ["MILB"])] == ["fort-zenda"]
    assert gazetteer.place("fort-zenda").gazetteer == "tiny"


def test_a_folder_that_cannot_be_written_is_a_gazetteer_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(GazetteerError, match="cannot be written"):
        write(tmp_path / "file" / "g.sqlite")


def test_a_build_that_fails_leaves_the_old_file(tmp_path):
    path = write(tmp_path / "g.sqlite")
    before = path.read_bytes()
    broken = tiny()
    broken.outlines.append(("country", 1, None, "", b""))
    with pytest.raises(GazetteerError, match="cannot be written"):
        write(path, broken)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["g.sqlite"]


def test_a_supplement_adds_places_names_and_demonyms(tmp_path, tables):
    append(tables, "places.csv", id="hentzau", name="Hentzau", names="Castle Hentzau", lat="45.1", lon="20.4",
           feature_class="P", feature_code="PPL", country="RR", rank="0.5", certainty="low", source="test")  # fmt: skip
    append(tables, "places.csv", target="3", name="Strelsau", feature_class="P", feature_code="PPLC", source="test")
    append(tables, "demonyms.csv", target="RR", forms="Ruritanian", source="test")
    append(tables, "abbreviations.csv", target="RR", forms="RUR", style="capitals", source="test")
    found = tiny()
    add_supplement(found, tables)
    gazetteer = open_gazetteer(write(tmp_path / "g.sqlite", found_with_source(found)))
    assert gazetteer.lookup("Castle Hentzau")[0].place.gazetteer_id == "hentzau"
    assert [gazetteer.lookup(n)[0].match for n in ("Ruritanians", "RUR")] == ["demonym", "abbreviation"]
    assert not gazetteer.knows("rur")
    assert (gazetteer.place("3").lat, gazetteer.place("3").lon) == (45.3, 20.2)


@pytest.mark.parametrize(("country", "code"), [("-", ""), ("", "RR"), ("SY", "SY")])
def test_a_supplement_can_give_a_place_to_another_country_or_to_none(tables, country, code):
    append(tables, "places.csv", target="3", name="Strelsau", feature_class="P", feature_code="PPLC", country=country,
           source="test")  # fmt: skip
    found = tiny()
    add_supplement(found, tables)
    assert found.entries[3].cc == code
    assert bool(found.entries[3].a1) == bool(code)


def found_with_source(found):
    for entry in found.entries.values():
        entry.source = "tiny"
    return found


@pytest.mark.parametrize(
    ("table", "values", "message"),
    [
        ("places.csv", {"id": "x", "name": "X", "lat": "95", "lon": "0", "source": "t"}, "out of range"),
        ("places.csv", {"id": "x", "name": "X", "lat": "north", "lon": "0", "source": "t"}, "figure"),
        ("places.csv", {"id": "x", "name": "X", "lat": "1", "lon": "0"}, "source"),
        ("names.csv", {"target": "999", "names": "X", "source": "t"}, "no place has the id"),
        ("abbreviations.csv", {"target": "RR", "forms": "R", "style": "loud", "source": "t"}, "no style"),
    ],
)
def test_a_malformed_row_is_named(tables, table, values, message):
    append(tables, table, **values)
    with pytest.raises(GazetteerError, match=message) as caught:
        add_supplement(tiny(), tables)
    assert caught.value.hint


def test_wrong_columns_and_missing_tables_are_named(tables):
    (tables / "names.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="columns"):
        add_supplement(tiny(), tables)
    (tables / "names.csv").unlink()
    with pytest.raises(GazetteerError, match="cannot be read"):
        add_supplement(tiny(), tables)


def test_every_row_of_our_tables_has_a_source_and_a_certainty():
    for table in TABLES:
        with (SUPPLEMENT / table).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["source"].strip(), row
                assert row.get("certainty", "high") in ("high", "approximate", "low"), row


@pytest.mark.parametrize(
    "junk", ["BGW", "IQBGW", "paktat", "12345", "http://x.org", "\U0001f1ee\U0001f1f6", "a", "a;b", "", "Ab"]
)
def test_junk_alternates_are_dropped(junk):
    assert not is_usable_alternate(junk)


@pytest.mark.parametrize("name", ["Bagdad", "بغداد", "Багдад", "’s-Gravenhage", "al-Baghdad", "Köl"])
def test_names_that_people_write_are_kept(name):
    assert is_usable_alternate(name)


def test_a_script_that_nobody_reads_there_is_dropped_for_small_towns():
    assert not is_usable_alternate("Спрингфилд", "US", 900)
    assert is_usable_alternate("Бахмут", "UA", 900)
    assert is_usable_alternate("Нью-Йорк", "US", 8_000_000)


@pytest.mark.parametrize(
    ("form", "many"), [("Iraqi", "Iraqis"), ("British", None), ("Chinese", None), ("Kurd", "Kurds")]
)
def test_plurals_of_demonyms(form, many):
    assert plural(form) == many


def test_the_prior_puts_countries_first_and_bigger_towns_before_smaller():
    assert prior("PCLI", 50_000, "GD") > prior("PPLC", 10_000_000) > prior("PPL", 1_000_000) > prior("PPL", 1_000)
    assert prior("PPL", 0) > 0


def test_a_gazetteer_is_plain_sqlite(tmp_path):
    connection = sqlite3.connect(write(tmp_path / "g.sqlite"))
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_package_of_another_version_or_none_is_refused_with_the_command():
    with pytest.raises(GazetteerError, match=r"pinned to hypothesis 0\.0\.1") as caught:
        package_file("hypothesis", "0.0.1", "hypothesis", "version.py")
    assert caught.value.hint.startswith("pip install hypothesis==0.0.1")
    with pytest.raises(GazetteerError, match="not installed"):
        package_file("no-such-distribution-here", "1", "nothing", "x")


def test_the_kept_tables_can_be_read():
    countries = {row[0]: row for row in raw_rows("countries.tsv.xz")}
    assert countries["IQ"][6] == "99237"
    layers = {feature["layer"] for feature in raw_features()}
    assert layers == {"countries", "admin1", "marine", "regions", "disputed"}
