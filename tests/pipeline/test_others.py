"""Incidents that others have coded, in a whole run: beside those of the reports, whatever becomes of the run."""

from __future__ import annotations

import csv
import json

import geopandas as gpd
import pytest

from mapper import steps
from mapper.formats.schemes.acled import COLUMNS
from mapper.settings import Settings

RULES = Settings(recogniser="rules", engine="inline")
ROW = {
    "event_id_cnty": "IRQ1", "event_date": "2024-02-06", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "country": "Iraq", "admin1": "Nineveh", "location": "Mosul", "latitude": "36.335",
    "longitude": "43.1189", "geo_precision": "1", "notes": "Two sides fought.", "fatalities": "0",
}  # fmt: skip


def save(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
    return path


@pytest.fixture
def acled(tmp_path):
    return save(tmp_path / "acled.csv", {}, {"event_id_cnty": "IRQ2"})


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("MOSUL, Iraq - A bomb killed four people in Mosul on Tuesday.", encoding="utf-8")
    return path


def record(out):
    return json.loads((out / "run.json").read_text(encoding="utf-8"))


def test_a_zone_is_written_once_for_all_its_incidents(acled, report, tmp_path):
    steps.run([acled, save(tmp_path / "more.csv", {"event_id_cnty": "IRQ3"}), report], tmp_path / "out", settings=RULES)
    zones = gpd.read_file(tmp_path / "out" / "zones.geojson")
    assert zones["zone_id"].is_unique
    assert any({"IRQ1", "IRQ2", "IRQ3"} <= set(ids) for ids in zones["incident_ids"])
    for name in ("incidents", "zones", "reports"):
        rows = gpd.read_file(tmp_path / "out" / "incidents.gpkg", layer=name)
        assert len(rows) == {"incidents": 4, "zones": len(zones), "reports": 3}[name]


def test_the_record_names_file_scheme_and_terms(acled, report, tmp_path):
    summary = steps.run([acled, report], tmp_path / "out", settings=RULES)
    told = record(tmp_path / "out")
    assert [row["source"] for row in told["inputs"]] == [str(report), str(acled)]
    assert told["inputs"][1]["scheme"] == "ACLED"
    assert told["inputs"][1]["incidents"] == 2
    assert any("its terms forbid to pass them on" in note for note in told["notes"])
    assert (summary.counts["incidents"], summary.counts["incidents_of_others"]) == (3, 2)


def test_a_run_that_was_broken_off_goes_on_with_them(acled, report, tmp_path):
    def stop(stage, _done, _total):
        if stage == "writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        steps.run([acled, report], tmp_path / "out", settings=RULES, progress=stop)
    said = []
    steps.run([acled, report], tmp_path / "out", settings=RULES, notify=said.append)
    steps.run([acled, report], tmp_path / "whole", settings=RULES)
    assert said == ["going on with an interrupted run: 1 reports were done"]
    for file in ("incidents.geojson", "zones.geojson", "incidents.gpkg", "map.html"):
        assert (tmp_path / "out" / file).read_bytes() == (tmp_path / "whole" / file).read_bytes()


def test_a_file_that_cannot_be_read_leaves_the_results_of_the_run_before(acled, report, tmp_path):
    steps.run([acled, report], tmp_path / "out", settings=RULES)
    before = (tmp_path / "out" / "incidents.geojson").read_bytes()
    broken = tmp_path / "broken.acled.csv"
    broken.write_text("event_id_cnty,event_date\nIRQ1,2024-02-06\n", encoding="utf-8")
    summary = steps.run([broken], tmp_path / "out", settings=RULES)
    assert [failure.source for failure in summary.failures] == [str(broken), str(tmp_path / "out")]
    assert summary.counts["failures"] == 2
    assert (tmp_path / "out" / "incidents.geojson").read_bytes() == before
    assert steps.run([broken, acled], tmp_path / "out", settings=RULES).counts["incidents"] == 2
