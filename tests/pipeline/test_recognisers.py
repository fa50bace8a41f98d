"""Whatever reads the text, the way from a report to its places is the same, and the run says who read it."""

from __future__ import annotations

import json
import sys

import pytest

import mapper
from mapper import language, steps
from mapper.errors import MissingExtraError, ModelError, UsageError
from mapper.records import Document
from mapper.settings import Settings
from mapper.text import sentences

BOMB = "A car bomb exploded at a market in Mosul on Tuesday, killing four people and wounding nine, police said."
OTHERS = [
    ("ar", "قتل شخصان وأصيب تسعة آخرون في انفجار وسط مدينة بغداد مساء الثلاثاء، وفق مصادر أمنية", "بغداد"),
    ("es", "Al menos dos personas murieron el martes en una explosión en Medellín, según la policía.", "Medellín"),
    (
        "fr",
        "Deux personnes ont été tuées mardi dans une explosion à Toulouse, selon la police de la ville.",
        "Toulouse",
    ),
]


@pytest.mark.parametrize("name", ["encoder", "fast", "rules"])
def test_every_recogniser_finds_the_town(name):
    found = mapper.geoparse(Document("bomb", BOMB), recogniser=name)
    assert [r.toponym.text for r in found] == ["Mosul"]
    assert found[0].place is not None
    assert found[0].place.country_code == "IQ"


@pytest.mark.parametrize("name", ["encoder", "fast", "rules"])
@pytest.mark.parametrize(("code", "text", "town"), OTHERS)
def test_news_in_other_languages_keeps_its_places(name, code, text, town):
    del code
    found = mapper.geoparse(Document("other", text), recogniser=name)
    assert town in [r.toponym.text for r in found if r.place is not None]


def test_a_run_says_the_language_of_each_report_and_where_the_model_is_weak(tmp_path):
    corpus = tmp_path / "mixed.jsonl"
    rows = [{"id": code, "text": text} for code, text, _ in OTHERS] + [{"id": "en", "text": BOMB}]
    corpus.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    steps.run([corpus], tmp_path / "out", settings=Settings(recogniser="fast"))
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["languages"] == {"ar": 1, "es": 1, "fr": 1, "en": 1}
    assert record["notes"][0].startswith("3 of 4 reports are not in English")
    assert record["versions"]["model"] == language.default_reader("fast").version
    lines = (tmp_path / "out" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert {row["doc_id"]: row["language"] for row in map(json.loads, lines)} == {c: c for c, *_ in [*OTHERS, ("en",)]}


def test_a_run_without_a_model_says_so(tmp_path):
    report = tmp_path / "bomb.txt"
    report.write_text(BOMB, encoding="utf-8")
    steps.run([report], tmp_path / "out", settings=Settings(recogniser="rules"))
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["versions"]["model"] is None
    assert record["notes"] == ["no model was used: places and incidents were found by the gazetteer and by rules"]


@pytest.mark.parametrize("name", ["", "spacy:", "encoder ", "bert"])
def test_an_unknown_recogniser_is_named(name):
    with pytest.raises(UsageError, match="unknown"):
        language.recogniser(name)


def test_a_missing_spacy_is_said_with_the_command_that_mends_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtraError) as caught:
        language.recogniser("spacy:en_core_web_sm")
    assert "incident-mapper[spacy]" in caught.value.hint


def test_a_missing_model_is_an_error_with_a_hint(tmp_path):
    with pytest.raises(ModelError) as caught:
        language.Reader(tmp_path)
    assert caught.value.hint


HOSTILE = [
    "",
    " ",
    "\x00\x00",
    "\u202eMosul\u202c",
    "x" * 1_000_000,
    "A" * 3000 + " Mosul " + "b" * 3000,
    "\ud800 in Mosul",
    "🇮🇶 in Mosul 🔥" * 50,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_the_encoder(text):
    cut = sentences(Document("odd", text))
    tags = language.default_reader().tag(cut)
    for entity in tags.entities("place"):
        assert 0 <= entity.start < entity.end <= len(text)
        assert 0.0 <= entity.probability <= 1.0
