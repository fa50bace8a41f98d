"""Incidents that others have coded, through the command line: beside reports, in other formats, and compared."""

from __future__ import annotations

import csv
import io
import json
import sys

import geopandas as gpd
import pytest

from mapper.formats.schemes.acled import COLUMNS

ROW = {
    "event_id_cnty": "IRQ1", "event_date": "2024-02-06", "time_precision": "1", "year": "2024",
    "event_type": "Explosions/Remote violence", "sub_event_type": "Remote explosive/landmine/IED", "actor1": "Unidentified",
    "country": "Iraq", "admin1": "Nineveh", "location": "Mosul", "latitude": "36.335", "longitude": "43.1189",
    "geo_precision": "1", "source": "Agency", "notes": "A bomb went off in a market.", "fatalities": "4",
}  # fmt: skip
RIOT = {
    "event_id_cnty": "IRQ2", "event_type": "Riots", "sub_event_type": "Mob violence", "location": "Basra",
    "admin1": "Basra", "latitude": "30.508", "longitude": "47.7804", "notes": "A crowd burned a shop.",
}  # fmt: skip


@pytest.fixture
def acled(tmp_path):
    path = tmp_path / "2024-02.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows([ROW, ROW | RIOT])
    return path


def test_map_puts_them_beside_those_of_a_report_and_says_whose_they_are(command, acled, bomb, tmp_path):
    outcome = command("map", bomb, acled, "--published", "2024-02-08", "-o", tmp_path / "out", "--recogniser", "rules")
    assert outcome.code == 0
    assert "1 reports, 3 incidents (3 on the map)" in outcome.err
    shown = gpd.read_file(tmp_path / "out" / "incidents.geojson")
    assert shown["place_name"].tolist() == ["Mosul", "Mosul", "Basra"]
    assert shown["incident_id"].tolist()[1:] == ["IRQ1", "IRQ2"]
    assert len(gpd.read_file(tmp_path / "out" / "incidents.gpkg", layer="incidents")) == 3
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["inputs"][1]["scheme"] == "ACLED"
    assert record["counts"]["incidents_of_others"] == 2
    assert any("acleddata.com" in note and "terms" in note for note in record["notes"])


def test_map_of_such_a_file_alone(command, acled, tmp_path):
    outcome = command("map", acled, "-o", tmp_path / "out", "--recogniser", "rules")
    assert outcome.code == 0
    assert (tmp_path / "out" / "map.html").is_file()


def test_a_workbook_without_its_extra_is_named_and_the_rest_is_mapped(command, acled, tmp_path, monkeypatch):
    book = tmp_path / "events.xlsx"
    book.write_bytes(b"PK")
    monkeypatch.setitem(sys.modules, "openpyxl", None)  # what Python itself has for a package that is not there
    outcome = command("map", book, acled, "-o", tmp_path / "out", "--recogniser", "rules")
    assert outcome.code == 1
    assert "pip install 'incident-mapper[excel]'" in outcome.err
    assert len(gpd.read_file(tmp_path / "out" / "incidents.geojson")) == 2
    assert "pip install 'incident-mapper[excel]'" in command("compare", book, acled).err


def test_a_bad_row_is_named_and_the_rest_is_mapped(command, acled, tmp_path):
    acled.write_text(acled.read_text(encoding="utf-8") + "IRQ3,2024\n", encoding="utf-8")
    outcome = command("map", acled, "-o", tmp_path / "out", "--recogniser", "rules")
    assert outcome.code == 1
    assert f"{acled}:4: the row has not the 31 cells of the header" in outcome.err
    assert len(gpd.read_file(tmp_path / "out" / "incidents.geojson")) == 2


def test_export_writes_them_in_another_format(command, acled, tmp_path):
    outcome = command("export", acled, "-o", tmp_path / "a.gpkg", tmp_path / "a.ucdp.csv")
    assert outcome.code == 0
    assert "acleddata.com" in outcome.err
    assert gpd.read_file(tmp_path / "a.gpkg", layer="incidents")["event_type"].tolist() == ["explosion_ied", "riot"]


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "geojson"])
def test_extract_lists_them(command, acled, bomb, form):
    outcome = command("extract", bomb, acled, "--format", form, "--published", "2024-02-08", "--recogniser", "rules")
    assert outcome.code == 0
    if form == "jsonl":
        rows = [json.loads(line) for line in outcome.out.splitlines()]
        assert [row["id"] for row in rows][1:] == ["IRQ1", "IRQ2"]
        (incident,) = rows[1]["incidents"]
        assert incident["evidence"] == [{"start": 0, "end": 28, "text": "A bomb went off in a market."}]
        assert (incident["places"][0]["lat"], incident["places"][0]["country"]) == (36.335, "IQ")
        assert set(incident) == set(rows[0]["incidents"][0])
    assert outcome.out.count("A bomb went off in a market.") == 1


def test_explain_lists_them_too(command, acled, bomb):
    outcome = command("extract", bomb, acled, "--explain", "--published", "2024-02-08", "--recogniser", "rules")
    assert outcome.code == 0
    assert "Basra" in outcome.out


def test_nobody_killed_is_a_nought_not_a_lower_bound(command, acled):
    acled.write_text(acled.read_text(encoding="utf-8").replace(",4,,", ",0,,"), encoding="utf-8")
    rows = [line.split() for line in command("extract", acled, "--recogniser", "rules").out.splitlines()]
    assert sum("0" in row for row in rows) == 2


def test_geoparse_still_says_that_a_table_is_no_report(command, acled):
    assert "not of reports" in command("geoparse", acled).err


@pytest.fixture
def compared(command, acled, mapped):
    def run(form, *more):
        return command("compare", mapped, acled, "--format", form, *more)

    return run


def test_compare_tells_what_both_have_and_what_is_missing(compared):
    outcome = compared("json", "--days", "1", "--within", "10")
    told = json.loads(outcome.out)
    assert outcome.code == 0
    assert (told["within_km"], told["days"]) == (10, 1)
    assert told["counts"] == {"both": 1, "ours": 0, "theirs": 1}
    pair, missing = told["incidents"]
    assert (pair["side"], pair["their_id"], pair["toll_agreement"]) == ("both", "IRQ1", "same")
    assert (missing["side"], missing["their_place"], missing["why"]) == ("theirs", "Basra", "none near")


def test_compare_as_a_table_and_as_csv(compared, tmp_path):
    assert "Basra" in compared("table").out
    compared("csv", "-o", str(tmp_path / "pairs.csv"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "pairs.csv").read_text(encoding="utf-8-sig"))))
    assert [row["side"] for row in rows] == ["both", "theirs"]


def test_what_was_mapped_beside_our_reports_is_not_compared_with_itself(command, acled, bomb, tmp_path):
    command("map", bomb, acled, "--published", "2024-02-08", "-o", tmp_path / "mixed", "--recogniser", "rules")
    outcome = command("compare", tmp_path / "mixed", acled, "--format", "json")
    told = json.loads(outcome.out)
    assert told["counts"] == {"both": 1, "ours": 0, "theirs": 1}
    assert "IRQ1" not in {row["our_id"] for row in told["incidents"]}
    assert "its rows there are not compared with themselves" in outcome.err


@pytest.mark.parametrize("theirs", ["mixed", "acled"])
def test_whole_results_and_a_file_with_itself_are_compared_whole(command, acled, bomb, theirs, tmp_path):
    mixed = tmp_path / "mixed"
    command("map", bomb, acled, "--published", "2024-02-08", "-o", mixed, "--recogniser", "rules")
    ours, other = (mixed, mixed) if theirs == "mixed" else (acled, acled)
    counts = json.loads(command("compare", ours, other, "--format", "json").out)["counts"]
    assert counts == {"both": 3 if theirs == "mixed" else 2, "ours": 0, "theirs": 0}


def test_compare_with_a_report_says_to_map_it_first(command, bomb, acled):
    assert f"mapper map {bomb.name} -o out" in command("compare", bomb, acled).err


def test_compare_refuses_what_holds_no_incidents(command, bomb, acled):
    assert command("compare", bomb, acled).code == 2
