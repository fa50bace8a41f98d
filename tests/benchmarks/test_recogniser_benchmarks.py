"""Encoder, and text to incidents, beside a pipeline of spaCy on the same documents: words a CPU second, one thread.

    MAPPER_BENCHMARK_SPACY=en_core_web_sm python -m pytest tests/benchmarks -m benchmark -s -k recogniser

Without that pipeline the encoder is timed alone.
"""

from __future__ import annotations

import json
import os
import statistics
import time
import warnings

import pytest

from mapper.gazetteer import open_gazetteer
from mapper.geocoder import geoparse
from mapper.geocoder.toponyms import find_toponyms
from mapper.language import default_reader, recogniser
from mapper.pipeline import process
from mapper.records import Document
from mapper.text import sentences

pytestmark = pytest.mark.benchmark

ROUNDS = 8
WORDS = 12_000


@pytest.fixture(scope="module")
def documents(shared):
    """Whole local news stories, about `WORDS` words of them, cut into sentences."""
    rows = (shared / "data" / "geoparsing" / "lgl.dev.jsonl").read_text(encoding="utf-8").splitlines()
    taken, words = [], 0
    for row in map(json.loads, rows):
        if words < WORDS:
            taken.append(Document(id=str(row["id"]), text=row["text"]))
            words += len(row["text"].split())
    return [(document, sentences(document)) for document in taken]


def spacy_ner():
    """Bare recognition of spaCy, as its users run it: tok2vec and ner."""
    name = os.environ.get("MAPPER_BENCHMARK_SPACY")
    if not name:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return recogniser(f"spacy:{name}")._pipeline


def interleaved(read, words):
    """Give the words a CPU second of each reader, the median of rounds in which all take turns; print them."""
    seconds: dict[str, list[float]] = {name: [] for name in read}
    answers: dict[str, list[object]] = {}
    for _ in range(ROUNDS + 1):
        for name, run in read.items():
            begun = time.process_time()
            answer = [str(a) for a in run()]
            seconds[name].append(time.process_time() - begun)
            assert answers.setdefault(name, answer) == answer, "the same text gave two answers"
    speeds = {name: words / statistics.median(s[1:]) for name, s in seconds.items()}
    base = speeds.get("spaCy")
    for name, speed in speeds.items():
        print(f"\n{name:8} {speed:8.0f} words a CPU second", f"= {speed / base:.2f} x spaCy" if base else "")


def count_words(documents):
    return sum(len(document.text.split()) for document, _ in documents)


def test_words_a_second(documents):
    pipeline = spacy_ner()
    read = {
        "encoder": lambda: [default_reader("full").tag(cut).entities("place") for _, cut in documents],
        "fast": lambda: [default_reader("fast").tag(cut).entities("place") for _, cut in documents],
    }
    if pipeline is not None:
        read["spaCy"] = lambda: [doc.ents for doc in pipeline.pipe([d.text for d, _ in documents], batch_size=8)]
    interleaved(read, count_words(documents))


def test_words_a_second_from_text_to_incidents(documents):
    """The whole way, beside the bare recognition of spaCy (wanted: at least 0.8 x)."""
    pipeline, gazetteer = spacy_ner(), open_gazetteer(own=False)

    def found(name):
        return [process(document, gazetteer, recogniser=default_reader(name)).incidents for document, _ in documents]

    read = {"incidents": lambda: found("full"), "fast": lambda: found("fast")}
    if pipeline is not None:
        read["spaCy"] = lambda: [doc.ents for doc in pipeline.pipe([d.text for d, _ in documents], batch_size=8)]
    interleaved(read, count_words(documents))


@pytest.mark.parametrize("corpus", ["lgl", "geowebnews", "trnews", "tudloc2013"])
def test_resolving_beside_recognising(shared, corpus):
    """What it costs to say which places names mean, as a share of finding them (wanted: at most 0.10)."""
    rows = (shared / "data" / "geoparsing" / f"{corpus}.dev.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [Document(id=str(row["id"]), text=row["text"]) for row in map(json.loads, rows)]
    reports = [(document, sentences(document)) for document in documents]
    reader, gazetteer = default_reader("full"), open_gazetteer(own=False)
    seconds: dict[str, list[float]] = {"tag": [], "find": [], "geoparse": []}
    for turn in range(2 * ROUNDS):
        tagging = placing = 0.0
        for document, cut in reports:
            begun = time.process_time()
            tags = reader.tag(cut)
            tagged = time.process_time()
            if turn % 2:  # in turns, as each warms what the other reads
                find_toponyms(cut, gazetteer, tags)
            else:
                geoparse(document, cut, gazetteer, tags=tags)
            tagging += tagged - begun
            placing += time.process_time() - tagged
        seconds["tag"].append(tagging)
        seconds["find" if turn % 2 else "geoparse"].append(placing)
    cost = {name: statistics.median(s[1:]) for name, s in seconds.items()}
    recognising, resolving = cost["tag"] + cost["find"], cost["geoparse"] - cost["find"]
    print(f"\n{corpus}: recognising {recognising:.2f} s, resolving {resolving / recognising:.3f} of it", end="")
    print(f" ({(seconds['geoparse'][0] - cost['find']) / recognising:.3f} at first)")
