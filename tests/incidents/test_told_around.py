"""Incidents whose place, day or kind the clause leaves out: what the model says of the words around an event."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from shapely import Point

from mapper import pipeline
from mapper.gazetteer import open_gazetteer
from mapper.incidents.nearby import Nearby
from mapper.incidents.whereabouts import may_be_shown
from mapper.language import default_reader
from mapper.records import Document, Resolution, Sentence, Toponym

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.records import Incident

    Read = Callable[[str], list[Incident]]

PUBLISHED = dt.date(2025, 8, 22)
"""A Friday."""

AROUND = [
    ("Gunmen came into Komanda before dawn on Tuesday. Eleven people were killed with machetes.", "Komanda", 19),
    ("Troops fought militiamen for two hours outside Derna on Monday. The clash ended at noon.", "Darnah", 18),
    ("Masked men walked into a market in Kano on Monday. Six traders were shot dead.", "Kano", 18),
]
KINDS = [
    ("Artillery shells fell on the market of Kharkiv on Monday, killing four people.", "shelling_missile"),
    ("A big fire that broke out on Thursday in scrubland above Karystos was fought with planes.", "natural_disaster"),
    ("Two aid workers were taken from their car by armed men in Gao on Sunday.", "abduction"),
    ("Seven miners died in a gas outburst at a coal mine in Donetsk on Monday.", "accident"),
]


@pytest.fixture(scope="module")
def read() -> Read:
    gazetteer, reader = open_gazetteer(own=False), default_reader()

    def incidents_of(words: str) -> list[Incident]:
        document = Document("report", words, published=PUBLISHED)
        return list(pipeline.process(document, gazetteer, recogniser=reader).incidents)

    return incidents_of


def places_of(incident: Incident) -> list[str]:
    return [place.name for place in incident.places if place.role == "happened"]


@pytest.mark.parametrize(("words", "place", "day"), AROUND)
def test_place_and_day_come_from_the_sentence_before(read: Read, words: str, place: str, day: int) -> None:
    (incident,) = read(words)
    assert places_of(incident) == [place]
    assert incident.date.start == dt.date(2025, 8, day)


@pytest.mark.parametrize(("words", "kind"), KINDS)
def test_the_words_beside_an_event_say_of_what_kind_it_is(read: Read, words: str, kind: str) -> None:
    assert [incident.event_type for incident in read(words)] == [kind]


def test_a_dateline_lends_no_place(read: Read) -> None:
    (incident,) = read("KAMPALA, Friday - A blast tore through a bus park in Gulu. Nine people were killed.")
    assert places_of(incident) == ["Gulu"]


def test_the_day_on_which_a_report_was_written_is_no_day_of_an_event(read: Read) -> None:
    flood = (
        "PAKISTAN: Flooding in Sukkur\nDate: 19 August 2025\n\nThe flood came on Saturday night. Nine people drowned."
    )
    assert {incident.date.start for incident in read(flood)} == {dt.date(2025, 8, 16)}


def test_the_arrest_that_a_crowd_demands_has_not_happened(read: Read) -> None:
    kinds = {
        i.event_type for i in read("Workers blocked a road in Dhaka on Monday, demanding the arrest of the owner.")
    }
    assert "arrest" not in kinds


def test_the_city_is_the_one_that_was_named(read: Read) -> None:
    told = read("Thousands marched through Nairobi on Thursday. A bomb killed nine people in the city on Monday.")
    assert {name for incident in told for name in places_of(incident)} == {"Nairobi"}


@pytest.mark.parametrize(("score", "shown"), [(0.3, False), (0.9, True)])
def test_a_town_that_is_likely_another_of_its_name_is_not_shown(score: float, shown: bool) -> None:
    found = open_gazetteer(own=False).lookup("Lere")[:2]
    town = Resolution(Toponym(0, 4, "Lere"), found[0].place, Point(9.8, 10.4), score=score, candidates=tuple(found))
    assert may_be_shown(town) is shown


def resolved(text: str, name: str) -> Resolution:
    start = text.index(name)
    return Resolution(Toponym(start, start + len(name), name), None, None, None, 0.9)


def test_places_and_phrases_that_point_back_come_in_the_order_of_the_text() -> None:
    text = "In Gao they met. In the city they fought."
    nearby = Nearby([Sentence(0, len(text), text)], [resolved(text, "Gao")], [resolved(text, "the city")])
    assert [r.toponym.text for r in nearby.places(0, len(text))] == ["Gao", "the city"]
    assert [r.toponym.text for r in nearby.places(5, len(text))] == ["the city"]


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("Police in Kano on Wednesday said that gunmen had killed four traders at a market on Monday.", 18),
        ("The army said on Thursday that shells had hit the port of Odesa on Tuesday, wounding nine.", 19),
    ],
)
def test_the_day_on_which_somebody_spoke_is_not_the_day_of_the_event(read: Read, words: str, start: int) -> None:
    assert {incident.date.start for incident in read(words)} == {dt.date(2025, 8, start)}


def test_a_day_of_what_led_to_the_news_is_not_its_own(read: Read) -> None:
    found = read(
        "There were rallies against the government in Kragujevac and in Niš on Thursday night. Thirty people were held. "
        "The protests began after the canopy of the railway station in Novi Sad collapsed on 1 November 2024.",
    )
    rally = next(i for i in found if i.event_type == "protest")
    assert rally.date.start is None or rally.date.start.year == 2025
