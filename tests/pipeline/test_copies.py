"""Reports that repeat another are told apart once all are read, whichever engine read them and however often."""

from __future__ import annotations

import json
from functools import partial

import pytest

from mapper import formats, pipeline, steps
from mapper.errors import OutputError
from mapper.pipeline.packing import key_of, pack, unpack_fingerprint
from mapper.records import Document, Report
from mapper.settings import Settings
from mapper.sources import fingerprint

RULES = Settings(recogniser="rules", engine="inline")

AGENCY = (
    "A car bomb exploded at a market in Mosul on Tuesday, killing nine people and wounding 14, police said. "
    "Shops stayed closed for the rest of the day, and relatives waited outside the hospital. "
    "Separately, air strikes in Syria on Tuesday killed five people, a war monitor said. "
    "The authorities have opened an inquiry and asked witnesses to come forward.\n"
)
CORPUS = (
    {"id": "late", "published": "2024-02-09", "text": AGENCY},
    {"id": "agency", "published": "2024-02-07", "text": AGENCY},
    {"id": "paper", "published": "2024-02-08", "text": f"{AGENCY}\nOur reporter in Baghdad added to this.\n"},
    {
        "id": "own",
        "published": "2024-02-07",
        "text": "A car bomb in Mosul on Tuesday killed 11 people, doctors said.\n",
    },
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("copies") / "corpus.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in CORPUS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def out(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies") / "out"
    steps.run([corpus], folder, settings=RULES)
    return folder


@pytest.fixture(scope="module")
def layers(out):
    return formats.read(out)


@pytest.fixture(scope="module")
def told(corpus):
    return [item for item in steps.stream([corpus], settings=RULES) if isinstance(item, Report)]


def data(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "run.json"}


def test_the_first_published_is_the_original(layers):
    known = layers.reports.set_index("doc_id")["copy_of"].dropna().to_dict()
    assert known == {"late": "agency", "paper": "agency"}


def test_an_incident_counts_the_reports_that_are_no_copies(layers):
    rows = layers.incidents.set_index("event_type")
    assert rows["n_reports"].to_dict() == {"explosion_ied": 2, "air_drone_strike": 1}
    assert rows.loc["air_drone_strike", "doc_id"] == "agency"


def test_a_copy_makes_an_incident_no_surer(told, layers):
    alone = [report for report in told if report.document.id in {"agency", "own"}]
    sure = {incident.event_type: incident.confidence for incident in pipeline.merged(alone)}
    assert layers.incidents.set_index("event_type")["confidence"].to_dict() == pytest.approx(sure)


def test_every_report_tells_of_its_incidents_copy_or_not(layers):
    assert layers.reports.set_index("doc_id")["n_incidents"].to_dict() == {"late": 2, "agency": 2, "paper": 2, "own": 1}


def test_merging_in_memory_and_from_the_journal_agree(told, layers):
    laid = pipeline.merged_layers(told)
    for layer in ("incidents", "reports"):
        here, there = (getattr(each, layer).drop(columns="geometry", errors="ignore") for each in (laid, layers))
        assert here.astype(str).to_dict("records") == there.astype(str).to_dict("records")


def test_merged_incidents_name_the_copies_among_their_reports(told):
    bomb = next(incident for incident in pipeline.merged(told) if incident.event_type == "explosion_ied")
    assert {ref.doc_id: ref.copy_of for ref in bomb.reports} == {
        "agency": None,
        "late": "agency",
        "paper": "agency",
        "own": None,
    }


def test_processes_find_the_same_copies(corpus, out, tmp_path):
    steps.run([corpus], tmp_path / "out", settings=Settings(recogniser="rules", engine="processes", workers=2))
    assert data(tmp_path / "out") == data(out)


def test_a_run_that_was_broken_off_still_knows_the_copies(corpus, tmp_path):
    path = tmp_path / "out"

    def no_space(_path):
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError):
        pipeline.run([corpus], path, settings=RULES, writers={"reports.jsonl": no_space})
    said = []
    writers = {"incidents.geojson": partial(formats.written_in_parts, layer="incidents")}
    summary = pipeline.run([corpus], path, settings=RULES, writers=writers, notify=said.append)
    assert said == ["going on with an interrupted run: 4 reports were done"]
    assert summary.counts["copies"] == 2
    rows = json.loads((path / "incidents.geojson").read_text(encoding="utf-8"))["features"]
    assert sorted(row["properties"]["n_reports"] for row in rows) == [1, 2]


def test_what_a_report_is_a_copy_of_is_no_part_of_its_key():
    assert key_of(Document("a", "text", copy_of="b")) == key_of(Document("a", "text"))


def test_a_fingerprint_comes_back_from_a_journal_as_it_was(reports):
    for report in reports:
        assert unpack_fingerprint(pack(report).fingerprint) == fingerprint(report.document)


def test_a_report_that_comes_twice_is_no_copy_of_itself(told):
    assert {ref.copy_of for incident in pipeline.merged([told[1], told[1]]) for ref in incident.reports} == {None}
