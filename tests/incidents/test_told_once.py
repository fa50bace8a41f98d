"""One event told several times in a report is one incident; two are two, however alike their words."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper import pipeline
from mapper.gazetteer import open_gazetteer
from mapper.language import default_reader
from mapper.records import Document, Incident

PUBLISHED = dt.date(2025, 8, 22)
"""A Friday."""

ONCE = [
    (
        (
            "Security forces arrested six men in Hasakah on Thursday.\n\nThe raid took place before dawn and covered two "
            "houses, a source said."
        ),
        ["arrest"],
    ),
    (
        (
            "A fire at a fireworks workshop in Toluca killed four workers on Tuesday.\n\nThe blast was heard across the "
            "town at noon."
        ),
        ["accident"],
    ),
    (
        (
            "Shelling of the market of Sarmin killed five people on Monday.\n\nSome 15 shells landed on the stalls shortly "
            "before noon."
        ),
        ["shelling_missile"],
    ),
    (
        "A flood in Larkana killed nine people on Monday.\n\nFour of them died when a wall gave way.",
        ["natural_disaster"],
    ),
]

TWICE = [
    "A bomb killed three people in Kirkuk on Monday. Another bomb killed two in Mosul on Tuesday.",
    "Two men were shot dead in Davao on Sunday, a day after gunmen shot a teacher dead in Cotabato.",
]


@pytest.fixture(scope="module")
def read():
    gazetteer, reader = open_gazetteer(own=False), default_reader()

    def incidents(words: str) -> list[Incident]:
        return list(pipeline.process(Document("d", words, published=PUBLISHED), gazetteer, recogniser=reader).incidents)

    return incidents


@pytest.mark.parametrize(("words", "kinds"), ONCE, ids=[kinds[0] for _, kinds in ONCE])
def test_an_event_told_twice_is_one_incident(read, words, kinds):
    assert [incident.event_type for incident in read(words)] == kinds


@pytest.mark.parametrize("words", TWICE)
def test_two_events_told_in_the_same_words_are_two(read, words):
    assert len(read(words)) == len(TWICE)
