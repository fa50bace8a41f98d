"""Incidents of the reports of ECB+ merged, beside what next to no reading gives; needs the evidence folder."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from mapper import pipeline
from mapper.evaluation import merged_reports
from mapper.evaluation.chains import score_clusters
from mapper.gazetteer import open_gazetteer
from mapper.language import default_reader
from mapper.records import Document

if TYPE_CHECKING:
    from pathlib import Path

DIGESTS = {"docs": "664e2c022304", "mentions": "1ae83f2c458d"}
TOPICS = {"12", "18", "21", "23", "35"}
"""Pirates, two shootings, hit and run, climbers, arrests. The others (the Oscars, appointments) tell of no incident."""
FLOOR = 0.68
"""Of B-cubed F; measured .704 over 98 labelled incidents (.747 over 103 with the model before; .790 over the 209 of the
training part, on which the thresholds of merging were chosen)."""


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, float]:
    rows = {}
    for name, digest in DIGESTS.items():
        content = (shared / "data" / "events" / f"ecbplus_{name}.dev.jsonl").read_bytes()
        assert hashlib.sha256(content).hexdigest().startswith(digest), f"{name} is not the corpus of the floor"
        rows[name] = [json.loads(line) for line in content.decode().splitlines()]
    gazetteer, reader = open_gazetteer(), default_reader()
    reports = [
        pipeline.process(Document(row["doc_id"], row["context"]), gazetteer, recogniser=reader)
        for row in rows["docs"]
        if row["topic"] in TOPICS
    ]
    gold, labelled, others = merged_reports.chained_incidents(reports, rows["mentions"])
    systems = {
        "merged": merged_reports.merged(labelled),
        "words alone": merged_reports.average_link(labelled),
        "one a topic": merged_reports.one_a_topic(gold),
        "apart": merged_reports.apart(labelled),
    }
    chains = len({mention.chain for mention in gold.values()})
    print(f"\n{len(gold)} incidents of {chains} chains, {others} more that no annotator marked")
    found = {name: score_clusters(gold, clusters)["b_cubed"] for name, clusters in systems.items()}
    for name, figure in found.items():
        print(f"{name:12} P {figure['P']:.3f}  R {figure['R']:.3f}  F {figure['F1']:.3f}")
    return {name: figure["F1"] for name, figure in found.items()}


def test_reports_of_one_incident_are_brought_together(figures: dict[str, float]) -> None:
    assert figures["merged"] >= FLOOR


@pytest.mark.xfail(reason="one event is told as an attack here and an accident there", strict=True)
def test_merging_is_better_than_what_needs_no_reading(figures: dict[str, float]) -> None:
    assert figures["merged"] > max(figures["words alone"], figures["one a topic"], figures["apart"])
