"""Accuracy on the measuring corpora, with floors; needs the evidence folder. The figures are printed (pytest -s)."""

from __future__ import annotations

import hashlib
import importlib
import json
import sys

import pytest

from mapper.frames.geometry import label_point
from mapper.geocoder import geoparse, learn_homes
from mapper.language import recogniser
from mapper.records import Document, Span
from mapper.text import sentences

# Floors a little under what was measured: what reads, the corpus, first hex digits of its SHA-256, Acc@161 km or same
# id with given spans, overlap and exact F1 of found spans, end-to-end F1, the last three without demonyms.
FLOORS = [
    ("rules", "trnews.train", "02c035e69d76", 0.935, 0.935, 0.91, 0.89),
    ("rules", "trnews.dev", "fd89f69a05c9", 0.95, 0.96, 0.90, 0.95),
    ("rules", "lgl.dev", "fcdd92015b2a", 0.845, 0.895, 0.82, 0.81),
    ("rules", "geowebnews.dev", "1a4df3423e4b", 0.935, 0.915, 0.87, 0.865),
    (
        "rules",
        "tudloc2013.dev",
        "227b4050615b",
        0.87,
        0.89,
        0.85,
        0.845,
    ),  # its errors were read, nothing was fitted to it
    ("encoder", "trnews.dev", "fd89f69a05c9", 0.95, 0.97, 0.92, 0.97),
    ("encoder", "lgl.dev", "fcdd92015b2a", 0.855, 0.915, 0.885, 0.815),
    ("encoder", "geowebnews.dev", "1a4df3423e4b", 0.935, 0.94, 0.90, 0.90),
    ("encoder", "tudloc2013.dev", "227b4050615b", 0.87, 0.915, 0.885, 0.85),
    ("fast", "lgl.dev", "fcdd92015b2a", 0.855, 0.905, 0.875, 0.81),
    ("fast", "geowebnews.dev", "1a4df3423e4b", 0.935, 0.93, 0.89, 0.885),
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


def predicted(gold, gazetteer, spans, reader):
    answers = {}
    for key, row in gold.items():
        given = tuple(Span(t["start"], t["end"], t["text"]) for t in row["toponyms"])
        document = Document(id=key, text=row["text"], toponyms=given)
        cut = sentences(document)
        tags = reader.tag(cut) if reader is not None else None
        found = geoparse(document, cut, gazetteer, tags=tags, spans=spans)
        answers[key] = {"id": key, "toponyms": [row_of(resolution) for resolution in found]}
    return answers


def row_of(resolution):
    place, toponym = resolution.place, resolution.toponym
    about = label_point(resolution) if resolution.inferred else place
    return {
        "start": toponym.start, "end": toponym.end, "kind": toponym.kind,
        "lat": about.lat if about else None, "lon": about.lon if about else None,
        "geonameid": place.geonameid if place else None,
    }  # fmt: skip


@pytest.mark.parametrize(("reads", "name", "digest", "resolution", "overlap", "exact", "end_to_end"), FLOORS)
def test_the_floors_hold(corpora, gazetteer, reads, name, digest, resolution, overlap, exact, end_to_end):
    scorer, load = corpora
    gold, reader = load(name, digest), recogniser(reads)
    given = scorer.score(gold, predicted(gold, gazetteer, "given", reader), "resolution")["acc161_or_id"]
    spans = predicted(gold, gazetteer, "found", reader)
    found = scorer.score(gold, spans, "pipeline", "overlap", no_demonyms=True)
    whole = scorer.score(gold, spans, "pipeline", "exact", no_demonyms=True)["F1"]
    print(
        f"\n{reads} {name}: given Acc@161 or id {given:.3f}, found F1 {found['F1']:.3f} overlap, {whole:.3f} exact, "
        f"end to end F1 {found['e2e_or_id_F1']:.3f}"
    )
    assert given >= resolution
    assert found["F1"] >= overlap
    assert whole >= exact
    assert found["e2e_or_id_F1"] >= end_to_end


ALONE, BESIDE = 0.925, 0.945
"""Acc@161 km or same id of LGL's given spans: each report with its own address alone, and beside its outlet's others."""


def test_an_address_says_where_a_paper_is_at_home(corpora, gazetteer):
    scorer, load = corpora
    gold, reader = load("lgl.dev", "fcdd92015b2a"), recogniser("encoder")
    documents = [
        Document(
            key,
            row["text"],
            url=row["url"],
            toponyms=tuple(Span(t["start"], t["end"], t["text"]) for t in row["toponyms"]),
        )
        for key, row in gold.items()
    ]
    together = learn_homes(documents, gazetteer, spans="given")
    alone, beside = {}, {}
    for document in documents:
        cut = sentences(document)
        tags = reader.tag(cut)
        for homes, answers in ((learn_homes([document], gazetteer, spans="given"), alone), (together, beside)):
            found = geoparse(document, cut, gazetteer, tags=tags, spans="given", homes=homes)
            answers[document.id] = {"id": document.id, "toponyms": [row_of(resolution) for resolution in found]}
    figures = [scorer.score(gold, answers, "resolution")["acc161_or_id"] for answers in (alone, beside)]
    print("\nlgl.dev: a report and its address {:.3f}, its outlet's other reports as well {:.3f}".format(*figures))
    assert figures[0] >= ALONE
    assert figures[1] >= BESIDE


# Types of Gritta et al. (2019) that speak of the place itself; all others of a government, a people, another name.
LITERAL = {"Literal", "Coercion", "Mixed", "Embedded_Literal", "Literal_Modifier"}
OTHER = {"Metonymic", "Demonym", "Embedded_Non_Lit", "Non_Literal_Modifier", "Language"}
KIND_FLOOR = 0.85


def test_what_a_name_is_used_for(corpora, gazetteer):
    _, load = corpora
    gold = load("geowebnews_types.dev", "29b19fc32e93")
    told, right, reader = {}, [], recogniser("encoder")
    for key, row in gold.items():
        named = [t for t in row["toponyms"] if t["type"] in LITERAL | OTHER]
        document = Document(
            id=key, text=row["text"], toponyms=tuple(Span(t["start"], t["end"], t["text"]) for t in named)
        )
        cut = sentences(document)
        kinds = {
            (r.toponym.start, r.toponym.end): r.toponym.kind
            for r in geoparse(document, cut, gazetteer, tags=reader.tag(cut), spans="given")
        }
        for t in named:
            literal = kinds[t["start"], t["end"]] in {"literal", "relative"}
            told.setdefault(t["type"], []).append(literal == (t["type"] in LITERAL))
            right.append(literal == (t["type"] in LITERAL))
    for name, answers in sorted(told.items()):
        print(f"\n{name:22} {sum(answers) / len(answers):.2f} of {len(answers)}", end="")
    print(f"\nliteral or not: {sum(right) / len(right):.3f}")
    assert sum(right) / len(right) >= KIND_FLOOR
