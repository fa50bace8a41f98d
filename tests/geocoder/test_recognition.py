"""How what a recogniser says and what the gazetteer knows come together."""

from __future__ import annotations

import itertools

import pytest

from mapper.geocoder.names import candidates_of
from mapper.geocoder.recognition import told_by, used_as
from mapper.geocoder.toponyms import find_toponyms
from mapper.language import Entity, default_reader
from mapper.language.spacy_pipeline import SpacyTags
from mapper.records import Document, Toponym
from mapper.text import sentences


def cut(text):
    return sentences(Document("report", text))


def tags(text, **names):
    """Give the answers of a recogniser that finds these names, and nothing else."""
    found = {
        head: [Entity(text.index(n), text.index(n) + len(n), head, 1.0) for n in given] for head, given in names.items()
    }
    return SpacyTags(found)


def named(text, said, gazetteer):
    return [t.text for t in find_toponyms(cut(text), gazetteer, said)]


def test_a_known_name_that_the_recogniser_calls_a_person_is_none(gazetteer):
    text = "Lincoln praised the choir."
    assert named(text, tags(text, person=["Lincoln"]), gazetteer) == []
    assert named(text, tags(text, place=["Lincoln"]), gazetteer) == ["Lincoln"]


def test_a_sure_name_that_no_gazetteer_has_is_a_toponym(gazetteer):
    text = "Fighting reached Qwxzvkjh on Monday."
    assert named(text, tags(text), gazetteer) == []
    assert named(text, tags(text, place=["Qwxzvkjh"]), gazetteer) == ["Qwxzvkjh"]


def test_an_unknown_name_that_may_be_somebody_is_left_out(gazetteer):
    text = "Fighting reached Qwxzvkjh on Monday."
    both = tags(text, place=["Qwxzvkjh"], person=["Qwxzvkjh"])
    assert told_by(both, [], cut(text), gazetteer, {}) == []


@pytest.mark.parametrize("name", ["on", "Monday", "2024", "ab"])
def test_what_cannot_be_a_name_is_left_out(gazetteer, name):
    text = "He came on Monday in 2024 ab."
    assert told_by(tags(text, place=[name]), [], cut(text), gazetteer, {}) == []


def test_what_was_found_already_is_not_found_twice(gazetteer):
    text = "Fighting reached Qwxzvkjh on Monday."
    found = [Toponym(17, 25, "Qwxzvkjh")]
    assert told_by(tags(text, place=["Qwxzvkjh"]), found, cut(text), gazetteer, {}) == found


def test_toponyms_are_in_order_and_apart_whatever_the_recogniser_says(gazetteer):
    text = "Near Mosul, Iraq, fighters of Qwxzvkjh Brigade took Erbil and Duhok from Peshmerga of Kurdistan."
    said = tags(text, place=["Qwxzvkjh Brigade", "Mosul, Iraq", "Duhok"], organisation=["Peshmerga"])
    found = find_toponyms(cut(text), gazetteer, said)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(text[t.start : t.end] == t.text for t in found)


def test_rules_say_the_use_where_the_recogniser_says_nothing():
    text = "Moscow said so."
    assert used_as(None, 0, 6, "metonymic") == "metonymic"
    assert used_as(tags(text), 0, 6, "metonymic") == "metonymic"
    assert used_as(tags(text), 0, 6, "demonym") == "demonym"


USES = [
    ("Officials in Moscow met on Friday.", "Moscow", "literal"),
    ("Moscow rejected the offer on Friday.", "Moscow", "metonymic"),
    ("He teaches history at the University of Basra.", "Basra", "embedded"),
    ("Iraqi officials met on Friday.", "Iraqi", "demonym"),
]


@pytest.mark.parametrize(("text", "name", "kind"), USES)
def test_the_encoder_tells_what_a_name_is_used_for(gazetteer, text, name, kind):
    found = find_toponyms(cut(text), gazetteer, default_reader().tag(cut(text)))
    assert [(t.text, t.kind) for t in found if t.text == name] == [(name, kind)]


NOT_PLACES = [
    "Paris Holt called it a disaster.",
    "Boko Haram and Kataib Hezbollah signed nothing.",
    "Amazon and Cisco raised their prices, Mr Houston said.",
    "The Houthis spoke to Anadolu and Al Jazeera.",
]


@pytest.mark.parametrize("text", NOT_PLACES)
def test_people_firms_militias_and_agencies_are_no_places(gazetteer, text):
    assert find_toponyms(cut(text), gazetteer, default_reader().tag(cut(text))) == []


def test_a_street_is_no_town_of_its_first_name(gazetteer):
    text = "The shop on Wichita Street in Dublin, Ohio, burned down."
    said = tags(text, place=["Wichita Street", "Dublin", "Ohio"])
    assert named(text, said, gazetteer) == ["Wichita Street", "Dublin", "Ohio"]


def test_a_street_that_the_recogniser_doubts_changes_nothing(gazetteer):
    text = "The shop on Wichita Street in Dublin, Ohio, burned down."
    assert "Wichita Street" not in named(text, tags(text, place=["Dublin", "Ohio"]), gazetteer)


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("Anthony Creek", set()),
        ("Canaan Valley", set()),
        ("Hunza Valley", {"A"}),
        ("Paradise Valley", {"P"}),
        ("Fergana Valley", {"T"}),
        ("Jordan River", {"H"}),
    ],
)
def test_a_creek_or_a_valley_is_no_town_of_its_first_name(gazetteer, name, classes):
    assert {c.place.feature_class for c in candidates_of(name, gazetteer).candidates} == classes
