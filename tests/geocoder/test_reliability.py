"""Scores that can be trusted: of answers with a score of .8, four in five are right; needs the evidence folder."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from mapper.geocoder import geoparse, learn_homes
from mapper.records import Document, Span
from mapper.text import sentences
from mapper.training.confidence import is_right

# Corpus and first hex digits of its SHA-256. The coefficients were learnt from the training part of TR-News alone.
CORPORA = {
    "trnews.dev": "fd89f69a05c9", "lgl.dev": "fcdd92015b2a", "geowebnews.dev": "1a4df3423e4b",
    "tudloc2013.dev": "227b4050615b",
}  # fmt: skip
MOST_ERROR, SUREST_HALF = 0.03, 0.98


@pytest.fixture(scope="module")
def answers(shared, gazetteer):
    """Score and truth of every answer to a given span with coordinates, each report beside its outlet's others."""
    scores, right = [], []
    for name, digest in CORPORA.items():
        content = (shared / "data" / "geoparsing" / f"{name}.jsonl").read_bytes()
        assert hashlib.sha256(content).hexdigest().startswith(digest), f"{name} is not the corpus of the figures"
        rows = [json.loads(line) for line in content.decode().splitlines()]
        documents = [
            Document(
                id=str(row["id"]), text=row["text"], url=row["url"],
                toponyms=tuple(Span(t["start"], t["end"], t["text"]) for t in row["toponyms"]),
            )
            for row in rows
        ]  # fmt: skip
        homes = learn_homes(documents, gazetteer, spans="given")
        for row, document in zip(rows, documents, strict=True):
            found = geoparse(document, sentences(document), gazetteer, spans="given", homes=homes)
            gold = {(t["start"], t["end"]): t for t in row["toponyms"] if t["lat"] is not None}
            for answer in found:
                where = gold.get((answer.toponym.start, answer.toponym.end))
                if where is not None and answer.place is not None and not answer.inferred:
                    scores.append(answer.score)
                    right.append(is_right(answer.place, where))
    return np.array(scores), np.array(right, dtype=float)


def test_the_share_of_right_answers_is_what_the_score_says(answers):
    scores, right = answers
    bins = np.minimum((scores * 10).astype(int), 9)
    error = 0.0
    print()
    for number in np.unique(bins):
        here = bins == number
        error += here.mean() * abs(scores[here].mean() - right[here].mean())
        print(
            f"score {number / 10:.1f}+  {here.sum():5d} answers, said {scores[here].mean():.2f}, right {right[here].mean():.2f}"
        )
    print(f"expected calibration error {error:.3f}")
    assert error <= MOST_ERROR


def test_the_surest_half_is_right(answers):
    scores, right = answers
    surest = np.argsort(-scores, kind="stable")[: len(scores) // 2]
    assert right[surest].mean() >= SUREST_HALF
