"""The baseline that knows only names, and errors by cause, on the gazetteer that ships."""

from __future__ import annotations

import pytest

from mapper.evaluation.causes import Names, causes_end_to_end, causes_of_given
from mapper.evaluation.geoparsing import Mention, answers_of, gold_text

TEXT = "From Paris, Texas, to Qwxzvkjh, Tripoli and Mosul."


def at(word, lat=None, lon=None):
    return {"start": TEXT.index(word), "end": TEXT.index(word) + len(word), "lat": lat, "lon": lon}


@pytest.fixture(scope="module")
def names(gazetteer):
    return Names(gazetteer)


@pytest.fixture
def texts():
    rows = [at("Paris", 33.66, -95.55), at("Qwxzvkjh", 10, 10), at("Tripoli", 34.43, 35.84), at("Mosul", 36.34, 43.13)]
    return {"1": gold_text({"text": TEXT, "toponyms": rows})}


def largest(names, text):
    return names.largest(text, Mention(0, len(text)))


def test_the_largest_paris_is_in_france(names):
    assert largest(names, "Paris").point == pytest.approx((48.85, 2.35), abs=0.1)


def test_a_name_that_nobody_knows_has_no_point(names):
    assert largest(names, "Qwxzvkjh").point is None


def test_each_given_toponym_has_one_cause(names, texts):
    # Paris is put into France, the unknown name somewhere, Tripoli not at all, Mosul right.
    told = answers_of(
        {"toponyms": [at("Paris", 48.85, 2.35), at("Qwxzvkjh", 50, 50), at("Mosul", 36.3, 43.1)]}, texts["1"]
    )
    found = causes_of_given(texts, {"1": told}, names)
    assert found == {
        "right": 1, "gazetteer_gap": 1, "wrong_candidate": 1, "no_answer": 1,
        "acc161_or_id_of_known": pytest.approx(1 / 3),
    }  # fmt: skip


def test_end_to_end_also_tells_missed_from_invented_spans(names, texts):
    told = answers_of({"toponyms": [at("From", 1, 1), at("Tripoli", 32.9, 13.2), at("Mosul", 36.3, 43.1)]}, texts["1"])
    found = causes_end_to_end(texts, {"1": told}, names)
    assert found == {
        "right": 1, "gazetteer_gap": 0, "wrong_candidate": 1, "no_answer": 0, "span_missed": 2, "span_invented": 1,
    }  # fmt: skip
