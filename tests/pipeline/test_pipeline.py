"""One document all the way, many documents where one goes wrong, and a run that leaves a folder behind."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
from contextlib import contextmanager

import geopandas as gpd
import pytest

import mapper
from mapper import pipeline, steps
from mapper.errors import GazetteerError, OutputError
from mapper.gazetteer import open_gazetteer
from mapper.pipeline.workplace import WORK
from mapper.records import Document, Failure, Report
from mapper.settings import Settings

BOMB = "A car bomb exploded at a market in Mosul on Tuesday, killing four people and wounding nine, police said."
FLOOD = "Floods killed seven people in Beira on Sunday, the mayor said."
DAY = dt.date(2024, 2, 8)


def document(identity: str, text: str) -> Document:
    return Document(identity, text, published=DAY, published_basis="given", source=f"{identity}.txt")


class Faulty:
    """The real gazetteer, but for one name on which it breaks."""

    def __init__(self, name: str, error: Exception) -> None:
        self._name, self._error, self._real = name, error, open_gazetteer()

    def __getattr__(self, attribute):
        real = getattr(self._real, attribute)
        if attribute not in {"lookup", "knows"}:
            return real

        def guarded(name, *arguments, **options):
            if name == self._name:
                raise self._error
            return real(name, *arguments, **options)

        return guarded


@pytest.fixture
def reports(tmp_path):
    return write_reports(tmp_path / "reports")


def write_reports(folder):
    folder.mkdir()
    (folder / "bomb.txt").write_text(BOMB, encoding="utf-8")
    (folder / "flood.txt").write_text(FLOOD, encoding="utf-8")
    (folder / "again.jsonl").write_text(
        json.dumps({"id": "second", "text": BOMB.replace("four", "five"), "published": "2024-02-08"}) + "\n",
        encoding="utf-8",
    )
    return folder


def run(reports, out, **options):
    options = {"settings": Settings(), "published": DAY} | options
    return steps.run([reports], out, **options)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give the results of one run, for the tests that only read them."""
    folder = tmp_path_factory.mktemp("made")
    write_reports(folder / "reports")
    run(folder / "reports", folder / "out")
    return folder / "out"


def contents(folder):
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}


@contextmanager
def new(path):
    path.write_text("new", encoding="utf-8")
    yield lambda _part: None


@contextmanager
def full(path):
    path.write_bytes(b"half a f")
    yield lambda _part: None
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_document_becomes_a_report_with_places_and_incidents():
    report = pipeline.process(document("bomb", BOMB), open_gazetteer())
    assert "Mosul" in [resolution.toponym.text for resolution in report.resolutions]
    assert [incident.event_type for incident in report.incidents] == ["explosion_ied"]


def test_every_span_is_the_text_it_points_at():
    report = pipeline.process(document("bomb", BOMB), open_gazetteer())
    said = [said for incident in report.incidents for said in incident.evidence]
    named = [resolution.toponym for resolution in report.resolutions]
    assert said
    assert named
    assert all(BOMB[span.start : span.end] == span.text for span in [*said, *named])


def test_a_stage_that_breaks_on_one_document_loses_only_that_one():
    gazetteer = Faulty("Mosul", RuntimeError("a worm in it"))
    items = list(pipeline.stream([document("bomb", BOMB), document("flood", FLOOD)], gazetteer))
    assert [type(item) for item in items] == [Failure, Report]
    assert "bomb.txt" in items[0].source
    assert "RuntimeError: a worm in it" in items[0].reason
    assert "--debug" in items[0].hint


def test_debug_lets_the_error_of_a_stage_through():
    with pytest.raises(RuntimeError, match="a worm"):
        list(pipeline.stream([document("bomb", BOMB)], Faulty("Mosul", RuntimeError("a worm in it")), debug=True))


def test_a_broken_gazetteer_ends_the_run_instead_of_failing_each_report():
    with pytest.raises(GazetteerError):
        list(pipeline.stream([document("bomb", BOMB)], Faulty("Mosul", GazetteerError("it is damaged"))))


def test_failures_of_reading_pass_through_in_their_place():
    failure = Failure("x.txt", "is empty")
    items = list(pipeline.stream([failure, document("flood", FLOOD)], open_gazetteer()))
    assert items[0] is failure
    assert isinstance(items[1], Report)


def test_two_runs_are_the_same_to_the_byte_but_for_the_record_of_the_run(made, tmp_path):
    run(made.parent / "reports", tmp_path / "two")
    one, two = contents(made), contents(tmp_path / "two")
    assert set(one) == set(two)
    assert [name for name in one if one[name] != two[name]] in ([], ["run.json"])


def test_run_json_names_inputs_versions_settings_counts_and_timings(made):
    record = json.loads((made / "run.json").read_text(encoding="utf-8"))
    bomb = next(row for row in record["inputs"] if row["source"].endswith("bomb.txt"))
    assert bomb["sha256"] == hashlib.sha256(BOMB.encode()).hexdigest()
    assert len(bomb["documents"]) == 1
    corpus = next(row for row in record["inputs"] if "again.jsonl" in row["source"])
    assert [row["id"] for row in corpus["documents"]] == ["second"]
    assert record["versions"]["mapper"] == mapper.__version__
    assert record["versions"]["gazetteer"] == {
        key: open_gazetteer().info()[key] for key in ("version", "schema_version", "sha256")
    }
    assert record["versions"]["libraries"]["geopandas"] == gpd.__version__
    assert record["settings"] == Settings().as_dict()
    assert record["options"]["published"] == "2024-02-08"
    assert record["counts"]["reports"] == 3
    assert record["failures"] == []
    assert record["engine"] == {"name": "inline", "workers": 1, "reports_of_an_earlier_run": 0}
    assert record["passed_over"] == {}
    assert all(seconds >= 0 for seconds in record["timings"].values())


def test_the_geopackage_has_all_layers_and_geojson_is_in_wgs_84(made):
    assert set(gpd.list_layers(made / "incidents.gpkg")["name"]) == {
        "incidents", "places", "zones", "reports", "layer_styles",
    }  # fmt: skip
    for name in ("incidents", "places", "zones"):
        assert gpd.read_file(made / f"{name}.geojson").crs == "EPSG:4326"


def test_two_reports_of_one_incident_are_one_incident_with_both_counts(made):
    frame = gpd.read_file(made / "incidents.geojson")
    (row,) = frame[frame["place_name"] == "Mosul"].to_dict("records")
    assert (row["n_reports"], row["killed_low"], row["killed_high"]) == (2, 4, 5)


def test_each_report_counts_the_incidents_it_tells_of(made):
    lines = (made / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["n_incidents"] for line in lines] == [1, 1, 1]


def test_less_sure_incidents_are_left_out_where_asked():
    report = pipeline.process(document("bomb", BOMB), open_gazetteer())
    (surest,) = report.incidents
    assert pipeline.merged([report], surest.confidence) == report.incidents
    assert pipeline.merged([report], 1.0) == ()


def test_a_run_that_fails_midway_leaves_the_earlier_results_as_they_were(reports, tmp_path):
    out = tmp_path / "out"
    run(reports, out)
    before = contents(out)

    with pytest.raises(OutputError, match=r"map\.html.*No space left"):
        pipeline.run([reports], out, settings=Settings(), writers={"incidents.geojson": new, "map.html": full})
    assert {name: content for name, content in contents(out).items() if name != WORK} == before


def test_a_run_that_cannot_write_goes_on_from_what_it_has_read(reports, tmp_path):
    said = []
    with pytest.raises(OutputError):
        pipeline.run([reports], tmp_path / "out", settings=Settings(), writers={"map.html": full})
    assert [path.name for path in (tmp_path / "out").iterdir()] == [WORK]
    pipeline.run([reports], tmp_path / "out", settings=Settings(), writers={"map.html": new}, notify=said.append)
    assert said == ["going on with an interrupted run: 3 reports were done"]
    assert set(contents(tmp_path / "out")) == {"map.html", "run.json"}


def test_a_run_that_read_nothing_leaves_no_folder_that_was_not_there(reports, tmp_path):
    def broken():
        raise RuntimeError("a source that breaks")
        yield

    with pytest.raises(RuntimeError):
        pipeline.run(broken(), tmp_path / "out", settings=Settings(), writers={"map.html": new})
    assert not (tmp_path / "out").exists()


def test_other_files_of_the_folder_are_left_alone(reports, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    run(reports, tmp_path / "out")
    assert (tmp_path / "out" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_the_output_folder_is_refused_before_a_report_is_read(tmp_path):
    (tmp_path / "out").write_text("a file", encoding="utf-8")

    def untouched():
        raise AssertionError("read before the folder was tried")
        yield

    with pytest.raises(OutputError):
        steps.run(untouched(), tmp_path / "out", settings=Settings())


def test_progress_knows_how_many_there_are(reports, tmp_path):
    told = []
    run(reports, tmp_path / "out", progress=lambda stage, done, total: told.append((stage, done, total)))
    assert [row for row in told if row[0] == "reports"] == [("reports", done, 3) for done in range(4)]
    assert [row for row in told if row[0] == "merging"] == [("merging", 0, 1), ("merging", 1, 1)]
