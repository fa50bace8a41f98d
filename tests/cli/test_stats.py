"""`mapper stats` and months of GeoParquet: what an earlier result holds."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest

from mapper import formats, frames, steps
from mapper.cli.stats import shown


@pytest.fixture
def failed(tmp_path, bomb, command):
    """Give the results of a run in which one of two inputs failed."""
    (tmp_path / "empty.txt").write_bytes(b"")
    command("map", bomb, tmp_path / "empty.txt", "--published", "2024-02-08", "-o", tmp_path / "out")
    return tmp_path / "out"


def test_stats_count_by_type_month_country_source_and_failure(failed, bomb, command):
    outcome = command("stats", failed, "--format", "json")
    assert outcome.code == 0
    assert json.loads(outcome.out) == {
        "total": {"reports": 1, "incidents": 1, "failures": 1},
        "type": {"explosion_ied": 1},
        "status": {"accomplished": 1},
        "month": {"2024-02": 1},
        "country": {"Iraq": 1},
        "source": {str(bomb): 1},
        "failure": {"is empty": 1},
    }


def test_stats_are_a_table_that_other_programs_can_cut(mapped, command):
    lines = command("stats", mapped).out.splitlines()
    assert lines[0].split() == ["count", "of", "number"]
    assert ["type", "explosion_ied", "1"] in [line.split() for line in lines]


def test_stats_of_a_folder_without_results_are_one_clear_error(command, tmp_path):
    outcome = command("stats", tmp_path)
    assert outcome.code == 1
    assert len(outcome.lines) == 1


def test_stats_of_nothing_are_told_as_such(command, tmp_path):
    assert "no such file or folder" in command("stats", tmp_path / "out").err


def test_a_count_of_very_many_values_is_shown_with_the_rest_in_one_row():
    assert shown("source", {f"s{n}": 2 for n in range(26)})[-1] == ("source", "s25", 2)
    rows = shown("source", {f"s{n}": 2 for n in range(40)})
    assert (len(rows), rows[-1]) == (26, ("source", "(15 others)", 30))


def test_an_incident_counts_once_however_many_places_it_has(reports):
    counts = frames.tally(frames.layers(reports))
    assert sum(counts["type"].values()) == len(frames.layers(reports))
    assert counts["month"] == {"2024-02": 1, "unknown": 2}
    assert counts["source"] == {"-": 2, "news.example": 1, "unknown": 1}


def test_months_are_a_dataset_with_every_incident_in_its_month(reports, tmp_path):
    layers = frames.layers(reports)
    formats.write_months(layers, tmp_path / "months")
    assert {path.name for path in (tmp_path / "months").iterdir()} == {"month=2024-02", "month=unknown"}
    strike = gpd.read_parquet(tmp_path / "months" / "month=2024-02" / "incidents.parquet")
    assert strike["incident_id"].unique().tolist() == ["strike"]
    assert strike.crs == "EPSG:4326"
    whole = gpd.read_parquet(tmp_path / "months")
    assert sorted(whole["incident_id"]) == sorted(layers.incidents["incident_id"])


def test_months_are_replaced_whole_and_nothing_else_ever_is(reports, tmp_path, command, mapped):
    formats.write_months(frames.layers(reports), tmp_path / "months")
    assert command("export", mapped, "-o", tmp_path / "months", "--by-month").code == 0
    assert [path.name for path in (tmp_path / "months").iterdir()] == ["month=2024-02"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    assert command("export", mapped, "-o", tmp_path / "mine", "--by-month").code == 5
    assert (tmp_path / "mine" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_stats_of_a_file_have_no_failures_to_tell_of(mapped):
    assert "failures" not in steps.stats(mapped / "incidents.gpkg")["total"]
