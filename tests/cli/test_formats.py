"""What each command writes, in each of its formats."""

from __future__ import annotations

import csv
import io
import json

import geopandas as gpd
import pytest

from mapper.formats import FORMATS

EXTRAS = {".parquet": "pyarrow", ".xlsx": "openpyxl"}
TOPONYM = {
    "start", "end", "text", "kind", "name", "lat", "lon", "country", "feature_class", "feature_code", "gazetteer",
    "gazetteer_id", "geonameid", "score", "margin", "uncertainty_m", "precision", "inferred", "candidates",
}  # fmt: skip
INCIDENT = {
    "incident_id", "event_type", "event_subtype", "status", "date_start", "date_end", "date_precision", "date_text",
    "places", "killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high",
    *(f"{harm}_{bound}" for harm in ("missing", "abducted", "arrested", "displaced") for bound in ("low", "best", "high")),
    "perpetrators", "claimed_by", "blamed", "denied_by", "targets", "actors", "weapon", "sources", "relations",
    "confidence", "evidence",
}  # fmt: skip
PLACE = {"name", "role", "country", "lat", "lon", "uncertainty_m", "precision", "geonameid", "toponym", "start", "end"}
FILES = {
    "map.html", "incidents.geojson", "places.geojson", "zones.geojson", "reports.jsonl", "incidents.gpkg", "run.json",
}  # fmt: skip


def test_map_writes_every_file_of_the_contract_and_nothing_else(command, bomb, tmp_path):
    outcome = command("map", bomb, "--published", "2024-02-08", "-o", tmp_path / "out")
    assert outcome.code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    assert outcome.out.strip() == str(tmp_path / "out" / "map.html")


def test_quiet_before_the_command_is_the_same(command, mapped, tmp_path):
    assert command("--quiet", "export", mapped, "-o", tmp_path / "incidents.csv").err == ""


def test_title_becomes_the_heading_and_quiet_says_nothing(command, bomb, tmp_path):
    assert command("map", bomb, "-o", tmp_path / "out", "--title", "Week 6 of 2024", "--quiet").err == ""
    assert "Week 6 of 2024" in (tmp_path / "out" / "map.html").read_text(encoding="utf-8")


def test_extract_jsonl_has_the_rows_of_the_contract(command, bomb):
    outcome = command("extract", bomb, "--published", "2024-02-08", "--format", "jsonl")
    (row,) = [json.loads(line) for line in outcome.out.splitlines()]
    assert set(row) == {"id", "incidents", "toponyms"}
    (incident,) = row["incidents"]
    assert set(incident) == INCIDENT
    assert incident["date_start"] == incident["date_end"] == "2024-02-06"
    assert (incident["killed_best"], incident["injured_best"]) == (4, 9)
    assert set(incident["places"][0]) == PLACE
    assert incident["places"][0]["name"] == "Mosul"
    assert {"start", "end", "text"} == set(incident["evidence"][0])


def test_extract_evidence_is_the_text_at_its_offsets(command, bomb):
    row = json.loads(command("extract", bomb, "--format", "jsonl").out)
    text = bomb.read_text(encoding="utf-8")
    for said in row["incidents"][0]["evidence"]:
        assert text[said["start"] : said["end"]] == said["text"]


def test_extract_reads_standard_input(command):
    outcome = command("extract", "-", "--format", "jsonl", stdin=b"A bomb killed three people in Kirkuk on Tuesday.\n")
    assert outcome.code == 0
    assert json.loads(outcome.out)["incidents"][0]["places"][0]["name"] == "Kirkuk"


def test_extract_geojson_is_read_by_geopandas(command, bomb, tmp_path):
    outcome = command("extract", bomb, "--format", "geojson")
    frame = gpd.read_file(io.BytesIO(outcome.out.encode()))
    assert frame.crs == "EPSG:4326"
    assert frame["place_name"].tolist() == ["Mosul"]


def test_extract_csv_has_one_row_an_incident_and_place(command, bomb):
    rows = list(csv.DictReader(io.StringIO(command("extract", bomb, "--format", "csv").out)))
    assert [row["place_name"] for row in rows] == ["Mosul"]
    assert float(rows[0]["lat"]) == pytest.approx(36.335, abs=0.05)


def test_extract_table_is_aligned_plain_text_when_nobody_watches(command, bomb):
    head, row = command("extract", bomb, "--published", "2024-02-08").out.splitlines()
    assert row[head.index("place") :].startswith("Mosul")
    assert row.startswith("2024-02-06")


@pytest.mark.parametrize("form", ["table", "jsonl", "geojson", "csv"])
def test_a_file_holds_what_standard_output_shows(command, bomb, tmp_path, form):
    shown = command("extract", bomb, "--format", form).out
    outcome = command("extract", bomb, "--format", form, "-o", tmp_path / "result.dat")
    assert outcome.out == ""
    assert (tmp_path / "result.dat").read_bytes().decode() == shown


def test_geoparse_jsonl_has_the_rows_of_the_contract(command, bomb):
    row = json.loads(command("geoparse", bomb, "--format", "jsonl").out)
    assert set(row) == {"id", "toponyms"}
    assert row["toponyms"]
    for toponym in row["toponyms"]:
        assert set(toponym) == TOPONYM
    text = bomb.read_text(encoding="utf-8")
    assert all(text[t["start"] : t["end"]] == t["text"] for t in row["toponyms"])


def test_geoparse_answers_each_given_span_once_known_or_not(command, tmp_path):
    text = "Fighting near Mosul and Qwxzvkjh."
    spans = [{"start": 14, "end": 19, "text": "Mosul"}, {"start": 24, "end": 32, "text": "Qwxzvkjh"}]
    path = tmp_path / "given.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text, "toponyms": spans}) + "\n", encoding="utf-8")
    outcome = command("geoparse", path, "--spans", "given", "--format", "jsonl")
    answers = json.loads(outcome.out)["toponyms"]
    assert [(a["start"], a["end"], a["text"]) for a in answers] == [(14, 19, "Mosul"), (24, 32, "Qwxzvkjh")]
    assert answers[0]["country"] == "IQ"
    assert (answers[1]["lat"], answers[1]["lon"]) == (None, None)


def test_geoparse_geojson_is_the_layer_of_places(command, bomb):
    frame = gpd.read_file(io.BytesIO(command("geoparse", bomb, "--format", "geojson").out.encode()))
    assert "Mosul" in frame["toponym"].tolist()


def test_geoparse_table_names_the_place(command, bomb):
    assert "Mosul" in command("geoparse", bomb).out


def test_geocode_gives_the_likeliest_first(command):
    outcome = command("geocode", "Mosul", "--format", "json")
    first = json.loads(outcome.out)[0]
    assert (first["query"], first["name"], first["country_code"]) == ("Mosul", "Mosul", "IQ")
    assert first["lat"] == pytest.approx(36.335, abs=0.05)


def test_geocode_keeps_to_a_country(command):
    found = json.loads(command("geocode", "Tripoli", "--country", "LB", "--format", "json").out)
    assert {row["country_code"] for row in found} == {"LB"}


def test_geocode_limits_the_answers_of_each_name(command):
    found = json.loads(command("geocode", "Springfield", "Tripoli", "--limit", "2", "--format", "json").out)
    assert [row["query"] for row in found].count("Springfield") == 2


def test_geocode_near_prefers_what_is_close(command):
    found = json.loads(command("geocode", "Tripoli", "--near", "34.43,35.84", "--format", "json").out)
    assert found[0]["country_code"] == "LB"


@pytest.mark.parametrize("suffix", FORMATS)
def test_export_writes_another_format(command, mapped, tmp_path, suffix):
    if suffix in EXTRAS:
        pytest.importorskip(EXTRAS[suffix], reason=f"{suffix} needs an extra")
    outcome = command("export", mapped, "-o", tmp_path / f"again{suffix}")
    assert outcome.code == 0
    assert (tmp_path / f"again{suffix}").stat().st_size > 0


def test_the_help_of_export_lists_every_format(command):
    told = command("export", "--help").out.split("Formats:")[1]
    assert [line.split()[0] for line in told.splitlines() if line.startswith("  .")] == list(FORMATS)


def test_the_help_of_export_keeps_the_lines_of_its_example(command):
    assert "  mapper export out -o incidents.csv\n" in command("export", "--help").out


def test_export_says_what_a_format_cannot_hold(command, mapped, tmp_path):
    crash = tmp_path / "crash.jsonl"
    command("export", mapped, "-o", crash)
    rows = [json.loads(line) for line in crash.read_text(encoding="utf-8").splitlines()]
    crash.write_text("\n".join(json.dumps(row | {"event_type": "accident"}) for row in rows), encoding="utf-8")
    outcome = command("export", crash, "-o", tmp_path / "a.acled.csv")
    assert outcome.code == 0
    assert "incidents are left out: ACLED holds political violence" in outcome.err
    assert "LossWarning" not in outcome.err


def test_export_takes_several_files_after_one_option(command, mapped, tmp_path):
    outcome = command("export", mapped / "incidents.gpkg", "-o", tmp_path / "a.geojson", tmp_path / "b.csv")
    assert outcome.code == 0
    assert (tmp_path / "a.geojson").exists()
    assert (tmp_path / "b.csv").exists()


def test_gazetteer_info_names_version_and_sources(command):
    found = json.loads(command("gazetteer", "info", "--format", "json").out)
    assert found["version"]
    assert any("geonames" in json.dumps(source).lower() for source in found["sources"])


def test_gazetteer_show_finds_what_geocode_found(command):
    first = json.loads(command("geocode", "Mosul", "--format", "json").out)[0]
    place = json.loads(command("gazetteer", "show", first["gazetteer_id"], "--format", "json").out)
    assert (place["name"], place["lat"], place["lon"]) == (first["name"], first["lat"], first["lon"])


def test_doctor_finds_all_well(command):
    outcome = command("doctor")
    assert outcome.code == 0, outcome.out
    assert "geopandas" in outcome.out
    assert "gazetteer" in outcome.out


def test_doctor_says_what_mends_a_missing_gazetteer(command, tmp_path):
    outcome = command("doctor", "--gazetteer", tmp_path / "none.sqlite")
    assert outcome.code == 3
    assert "mapper gazetteer build --default" in outcome.out
