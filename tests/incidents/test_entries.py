"""Digests, logs and live blogs: each entry is a story of its own, and its head says when or where."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from mapper import geocoder, pipeline, text
from mapper.gazetteer import open_gazetteer
from mapper.incidents.entries import entries
from mapper.language import default_reader
from mapper.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.records import Incident

    Read = Callable[[str], list[Incident]]

PUBLISHED = dt.date(2026, 8, 10)
"""A Monday."""

BY_DAY = """Sunday 9. Valle. A bomb went off beside the town hall in Tuluá. Nobody was hurt.

Friday 7. Arauca. Gunmen shot dead two brothers at their house in Tame.

Thursday 6. Ecuador. An explosive device destroyed the front of a bakery in the centre of Esmeraldas at dawn."""

BY_PLACE = """Homs. A landmine exploded under a pickup on Wednesday. Two shepherds died.

Latakia. Some 150 dismissed port employees held a sit-in on Thursday to demand unpaid wages.

Aleppo. Gunmen on a motorcycle opened fire on a checkpoint late on Wednesday, killing two policemen."""


@pytest.fixture(scope="module")
def read_list() -> Read:
    gazetteer, reader = open_gazetteer(), default_reader()

    def read(words: str) -> list[Incident]:
        document = Document("list", words, published=PUBLISHED)
        return list(pipeline.process(document, gazetteer, recogniser=reader).incidents)

    return read


def entries_of(words: str):
    gazetteer = open_gazetteer()
    document = Document("list", words, published=PUBLISHED)
    sentences = text.sentences(document)
    return entries(sentences, geocoder.geoparse(document, sentences, gazetteer), PUBLISHED)


def where(incident: Incident) -> set[str]:
    return {p.resolution.toponym.text for p in incident.places if p.role == "happened"}


def test_a_day_at_the_head_of_an_entry_is_the_day_of_what_it_tells(read_list):
    found = {i.date.start: where(i) for i in read_list(BY_DAY)}
    assert found[dt.date(2026, 8, 7)] == {"Tame"}
    assert found[dt.date(2026, 8, 6)] == {"Esmeraldas"}


def test_a_place_at_the_head_of_an_entry_is_where_it_was_if_nothing_finer_is_told(read_list):
    found = {i.event_type: where(i) for i in read_list(BY_PLACE)}
    assert found["explosion_ied"] == {"Homs"}
    assert found["protest"] == {"Latakia"}
    assert len(found) == 3


def test_what_two_entries_tell_is_not_one_event(read_list):
    first, second = "1. Gunmen killed two farmers.", "2. Gunmen killed a driver in Zamfara on Friday."
    found = read_list(f"Gunmen struck twice.\n\n{first}\n\n{second}\n\n3. Nothing is known of the third village.")
    assert {2, 1} >= {i.killed.best for i in found if "Zamfara" in where(i)} == {1}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (BY_DAY, [1, 2, 3]),
        (BY_PLACE, [1, 2, 3]),
        ("18:40\nTwo died in Kharkiv.\n\n16:12\nA drone hit a car.\n\n14:30\nTalks began in Oslo.", [1, 2, 3]),
        ("On Sunday a bomb went off.\n\nOn Monday it rained.\n\nOn Tuesday the market opened.", []),
        ("Kano was calm.\n\nGunmen came at night.\n\nPolice said little.", []),
    ],
)
def test_heads_of_one_kind_make_a_list(words, numbers):
    found = entries_of(words)
    assert sorted({entry.number for entry in found.values()}) == numbers
    assert all(words[e.start : e.end] for e in found.values())


def test_a_clock_in_a_live_blog_is_of_the_day_above_it(read_list):
    blog = (
        "Live: fare protests\n\nSunday 9 August 2026\n\n18:40\nPolice have arrested 31 people in La Paz in Bolivia.\n\n"
        "16:10\nMiners are marching in Oruro.\n\n14:30\nA lorry overturned near Potosí and two people died."
    )
    found = {i.event_type: i.date for i in read_list(blog)}
    assert {(date.start, date.end) for date in found.values()} == {(dt.date(2026, 8, 9), dt.date(2026, 8, 9))}
    assert {"arrest", "accident"} <= found.keys()


def test_what_two_entries_of_a_communique_tell_keeps_its_own_day(read_list):
    told = (
        "Communiqué of the army.\n\n1. On Friday 7 August troops surprised a column of rebels near Beni in Congo. The combat "
        "lasted an hour.\n\n2. On Wednesday 5 August the rebels laid an ambush near Beni. Two soldiers died.\n\n"
        "3. The situation is calm."
    )
    assert {i.date.start for i in read_list(told)} == {dt.date(2026, 8, 7), dt.date(2026, 8, 5)}
