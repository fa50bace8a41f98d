"""Accuracy on the measuring corpora, with floors; needs the evidence folder. The figures are printed (pytest -s)."""

from __future__ import annotations

import hashlib
import importlib
import json
import sys

import pytest

from mapper.geocoder import geoparse
from mapper.records import Document, Span
from mapper.text import sentences

# Floors a little under what was measured: (corpus, first hex digits of its SHA-256, Acc@161 km or same
# id with given spans, overlap F1 of found spans and end-to-end F1, both without demonyms).
FLOORS = [
    ("trnews.train", "02c035e69d76", 0.935, 0.935, 0.89),
    ("trnews.dev", "fd89f69a05c9", 0.95, 0.96, 0.95),
    ("lgl.dev", "fcdd92015b2a", 0.845, 0.865, 0.765),
    ("geowebnews.dev", "1a4df3423e4b", 0.915, 0.915, 0.86),
    ("tudloc2013.dev", "227b4050615b", 0.87, 0.89, 0.845),  # its errors were looked at, no weight was fitted to it
]


@pytest.fixture(scope="module")
def corpora(shared):
    """Read the corpora once, and make the shared scorer importable."""
    sys.path.insert(0, str(shared / "tools"))
    try:
        scorer = importlib.import_module("score_geoparsing")
    finally:
        sys.path.pop(0)

    def load(name, digest):
        path = shared / "data" / "geoparsing" / f"{name}.jsonl"
        content = path.read_bytes()
        assert hashlib.sha256(content).hexdigest().startswith(digest), f"{name} is not the corpus of the floors"
        return {str(d["id"]): d for d in map(json.loads, content.decode().splitlines())}

    return scorer, load


def predicted(gold, gazetteer, spans):
    answers = {}
    for key, row in gold.items():
        given = tuple(Span(t["start"], t["end"], t["text"]) for t in row["toponyms"])
        document = Document(id=key, text=row["text"], toponyms=given)
        answers[key] = {
            "id": key,
            "toponyms": [
                {
                    "start": r.toponym.start, "end": r.toponym.end, "kind": r.toponym.kind,
                    "lat": r.place.lat if r.place else None, "lon": r.place.lon if r.place else None,
                    "geonameid": r.place.geonameid if r.place else None,
                }
                for r in geoparse(document, sentences(document), gazetteer, spans=spans)
            ],
        }  # fmt: skip
    return answers


@pytest.mark.parametrize(("name", "digest", "resolution", "recognition", "end_to_end"), FLOORS)
def test_the_floors_hold(corpora, gazetteer, name, digest, resolution, recognition, end_to_end):
    scorer, load = corpora
    gold = load(name, digest)
    given = scorer.score(gold, predicted(gold, gazetteer, "given"), "resolution")
    found = scorer.score(gold, predicted(gold, gazetteer, "found"), "pipeline", "overlap", no_demonyms=True)
    figures = (given["acc161_or_id"], found["F1"], found["e2e_or_id_F1"])
    print(f"\n{name}: given Acc@161 or id {figures[0]:.3f}, found F1 {figures[1]:.3f}, end to end F1 {figures[2]:.3f}")
    assert figures[0] >= resolution
    assert figures[1] >= recognition
    assert figures[2] >= end_to_end
