"""Over many reports, the incidents and their tolls are those that were made up, and all engines give the same bytes."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial

import geopandas as gpd
import pytest

from mapper import formats, pipeline, steps
from mapper.formats.geojson import read_geojson
from mapper.pipeline import gathering
from mapper.records import Failure
from mapper.settings import Settings

pytestmark = pytest.mark.timeout(900)  # several processes at once: on a machine that is busy they take their time


def data(folder):
    """Give the files of a run but its own account, which has the timings."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "run.json"}


@pytest.fixture(scope="module")
def incidents(made_up):
    return formats.read(made_up.out).incidents


def test_every_event_is_one_incident_of_its_kind(made_up, incidents):
    assert Counter(incidents["event_type"]) == Counter(event.kind for event in made_up.events)
    assert incidents["incident_id"].is_unique


def test_tolls_add_up_to_those_made_up(made_up, incidents):
    assert incidents["killed_best"].sum() == sum(event.killed for event in made_up.events)
    assert incidents["injured_best"].sum() == sum(event.injured or 0 for event in made_up.events)


def test_nine_in_ten_events_are_on_their_day_and_in_their_city(made_up, incidents):
    told = {(e.kind, e.day.isoformat(), e.place.gazetteer_id) for e in made_up.events}
    days = incidents["date_start"].dt.strftime("%Y-%m-%d")
    found = set(zip(incidents["event_type"], days, incidents["gazetteer_id"], strict=True))
    assert len(told & found) >= 0.9 * len(told)


def test_each_event_counts_the_reports_that_tell_it(made_up, incidents):
    reports = formats.read(made_up.out).reports
    assert reports["n_incidents"].sum() == incidents["n_reports"].sum()


def test_processes_give_the_same_bytes(made_up, tmp_path):
    steps.run([made_up.corpus], tmp_path / "out", settings=Settings(recogniser="rules", engine="processes", workers=2))
    assert data(tmp_path / "out") == data(made_up.out)


def test_where_a_part_ends_changes_nothing(made_up, tmp_path, monkeypatch):
    monkeypatch.setattr(gathering, "PART", 17)
    steps.run([made_up.corpus], tmp_path / "out", settings=Settings(recogniser="rules", engine="inline"))
    one, parts = data(made_up.out), data(tmp_path / "out")
    assert [name for name in one if one[name] != parts[name]] == ["incidents.gpkg"]
    for layer in ("incidents", "places", "zones"):
        whole, grown = (gpd.read_file(out / "incidents.gpkg", layer=layer) for out in (made_up.out, tmp_path / "out"))
        assert grown.equals(whole)


def test_processes_stream_the_same_reports_and_failures_in_their_order(made_up):
    settings = Settings(recogniser="rules", engine="processes", workers=2)
    assert list(steps.stream([made_up.corpus], settings=settings)) == made_up.items
    assert isinstance(made_up.items[-1], Failure)


def test_merging_in_memory_and_from_the_journal_agree(made_up, incidents):
    reports = [item for item in made_up.items if not isinstance(item, Failure)]
    assert [i.incident_id for i in pipeline.merged(reports)] == incidents["incident_id"].tolist()
    layers = pipeline.merged_layers(reports)
    assert layers.incidents["n_reports"].tolist() == incidents["n_reports"].tolist()


def test_less_sure_incidents_are_left_out_of_a_run_as_of_its_reports(made_up, tmp_path):
    settings = Settings(recogniser="rules", engine="inline", min_confidence=0.9)
    reports = [item for item in made_up.items if not isinstance(item, Failure)]
    writers = {"incidents.geojson": partial(formats.written_in_parts, layer="incidents")}
    pipeline.run([made_up.corpus], tmp_path / "out", settings=settings, writers=writers)
    layers = read_geojson(tmp_path / "out" / "incidents.geojson")
    expected = [i.incident_id for i in pipeline.merged(reports, 0.9)]
    assert 0 < len(expected) < len(made_up.events)
    assert layers["incident_id"].tolist() == expected


def test_run_json_names_each_document_once(made_up):
    record = json.loads((made_up.out / "run.json").read_text(encoding="utf-8"))
    (source,) = {row["source"].rsplit(":", 1)[0] for row in record["inputs"]}
    assert source == str(made_up.corpus)
    named = [document["id"] for row in record["inputs"] for document in row["documents"]]
    assert len(named) == len(set(named)) == record["counts"]["reports"]
