"""Incidents told in words that the lexicon has no type for: a weapon behind a verb of aiming, and what the model hears."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from mapper import geocoder, incidents, text
from mapper.gazetteer import open_gazetteer
from mapper.incidents.lexicon import is_figure_of_speech, tokenize
from mapper.language import default_reader
from mapper.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.records import Incident

    Read = Callable[..., list[Incident]]

AIMED = [
    ("The Houthis fired a missile at a cargo ship in the Red Sea on Monday.", "shelling_missile"),
    ("Militants fired two ballistic missiles at Riyadh on Monday.", "shelling_missile"),
    ("A convoy was hit by drones near Kramatorsk on Friday.", "air_drone_strike"),
    ("A bus was hit by a missile near Dnipro on Friday.", "shelling_missile"),
]
NOTHING = [
    "The singer hit the stage in Leeds on Friday with a new record.",
    "The company fired 40 people in Leeds on Friday.",
    "Sales of drones hit a record in Shenzhen on Friday.",
    "The shop in Leeds targeted customers with a cheap drone on Friday.",
]
FIGURES = [
    "In Lima, transport unions called a strike for Tuesday.",
    "The storm of a market rally lifted shares in Lima on Friday.",
]
HEARD = [
    ("Gunmen mowed down worshippers in Gedaref on Friday.", "attack_on_civilians"),
    ("Nine miners were buried when a shaft gave way in Kolwezi on Friday.", "accident"),
]


@pytest.mark.parametrize(("words", "kind"), AIMED)
def test_a_weapon_behind_a_verb_of_aiming_tells_of_an_attack(read_report: Read, words: str, kind: str) -> None:
    assert [i.event_type for i in read_report(words)] == [kind]


@pytest.mark.parametrize("words", NOTHING)
def test_the_verb_alone_tells_of_none(read_report: Read, words: str) -> None:
    assert read_report(words) == []


@pytest.mark.parametrize(
    "words", ["The Warriors were ambushed 3-0 in Lusaka on Friday.", "Chelsea bombed 4–1 in Leeds."]
)
def test_who_loses_by_a_score_is_not_attacked(read_report: Read, words: str) -> None:
    assert read_report(words) == []


def test_a_range_of_people_is_no_score(read_report: Read) -> None:
    assert [i.event_type for i in read_report("A blast killed 10-15 people in Kabul on Friday.")] == ["explosion_ied"]


def test_a_day_later_is_no_rate(read_report: Read) -> None:
    assert read_report("A day later, gunmen attacked a church in Owo, killing 12.")


@pytest.fixture(scope="module")
def read_by_model() -> Read:
    gazetteer, reader = open_gazetteer(), default_reader("full")

    def read(words: str) -> list[Incident]:
        document = Document("report", words, published=dt.date(2025, 6, 12))
        cut = text.sentences(document)
        tags = reader.tag(cut)
        resolved = geocoder.geoparse(document, cut, gazetteer, tags=tags)
        return incidents.extract(document, cut, resolved, tags=tags)

    return read


@pytest.mark.parametrize(("words", "kind"), HEARD)
def test_the_model_hears_what_the_lexicon_has_not(read_by_model: Read, words: str, kind: str) -> None:
    found = read_by_model(words)
    assert [i.event_type for i in found] == [kind]


@pytest.mark.parametrize("words", FIGURES)
def test_the_model_does_not_bring_back_a_figure_of_speech(read_by_model: Read, words: str) -> None:
    assert read_by_model(words) == []


HISTORY = [
    (
        (
            "A boat capsized in Lake Poso on Monday and 12 people drowned. Marine accidents are common in the archipelago. "
            "In 2018, more than 150 people drowned when a ferry sank in Lake Toba on Sumatra."
        ),
        ("accident", 2018, "Lake Toba"),
    ),
    (
        (
            "Three aid workers were freed in Niamey on Sunday. In October 2016, an American aid worker was abducted in "
            "Abalak after his guard was killed."
        ),
        ("abduction", 2016, "Abalak"),
    ),
]


@pytest.mark.parametrize(("words", "bygone"), HISTORY)
def test_history_is_told_at_its_own_time_and_place(
    read_by_model: Read, words: str, bygone: tuple[str, int, str]
) -> None:
    told = [
        (i.event_type, i.date.start and i.date.start.year, [p.name for p in i.places]) for i in read_by_model(words)
    ]
    kind, year, place = bygone
    assert [place in names for event_type, began, names in told if (event_type, began) == (kind, year)] == [True]


def test_sums_over_bygone_years_are_no_incident(read_by_model: Read) -> None:
    assert (
        read_by_model("In 2018, floods killed 4,000 people across Asia, and storms 900. Attacks fell to 18 in 2019.")
        == []
    )


@pytest.mark.parametrize(
    ("words", "is_figure"),
    [
        ("Five men were picked up by a passing trawler.", True),
        ("Five men were picked up by police in Leeds.", False),
    ],
)
def test_who_is_picked_up_at_sea_is_not_arrested(words, is_figure):
    tokens = tokenize(words)
    at = next(i for i, token in enumerate(tokens) if token.low == "picked")
    assert is_figure_of_speech(tokens, at) == is_figure


def test_guards_who_were_killed_are_no_mob():
    tokens = tokenize("Two vigilantes were killed when they tried to stop the attackers.")
    assert is_figure_of_speech(tokens, 1)
    assert not is_figure_of_speech(tokenize("Vigilantes beat two men to death."), 0)
