"""Ways of telling an incident that name no kind by themselves, and words that only look like a doubt or a plan."""

from __future__ import annotations

import datetime as dt

import pytest
from told_reports import told, towns

PUBLISHED = "2026-05-14"
"""A Thursday."""

TELLINGS = [
    (
        "Two traffic agents were riddled with bullets in Guayaquil on Friday morning.",
        "attack_on_civilians",
        "accomplished",
    ),
    ("His van was sprayed with bullets in Davao on Tuesday; the driver died.", "attack_on_civilians", "accomplished"),
    ("Unknown men took the headman from his home in Mandalay on Tuesday.", "abduction", "accomplished"),
    ("Gunmen on motorcycles took 23 villagers from a hamlet near Kankara on Monday.", "abduction", "accomplished"),
    (
        "A bomb that had been left at the gate of a school in Mandalay on Tuesday was defused.",
        "explosion_ied",
        "attempted",
    ),
    ("A bomb threat closed a school in Winnipeg on Wednesday.", "explosion_ied", "threatened"),
    ("Soldiers located and destroyed 11 improvised mines near Kirkuk on Sunday.", "other_strategic", "accomplished"),
    (
        "A vehicle of the gendarmerie struck an improvised device near Diffa on Tuesday.",
        "explosion_ied",
        "accomplished",
    ),
    ("Air defences brought down two drones over El Obeid on Wednesday.", "air_drone_strike", "attempted"),
    ("The army and the rebels went on exchanging fire around Bhamo on Tuesday.", "armed_clash", "accomplished"),
    ("Three men with knives climbed aboard a bulk carrier off Douala on Sunday.", "piracy", "accomplished"),
    ("Armed men in two speedboats opened fire on a coastal freighter off Lagos on Sunday.", "piracy", "accomplished"),
    ("Four persons tried to climb the anchor chain of a cargo ship at Tema on Sunday.", "piracy", "attempted"),
    (
        "Dozens have blocked the airport road in Beirut with burning tyres since noon, in protest.",
        "protest",
        "accomplished",
    ),
    ("On Tuesday stones and bottles flew towards the officers in Kendari.", "riot", "accomplished"),
    (
        "Militants stopped four tankers near Sikasso on Sunday and set them alight.",
        "attack_on_civilians",
        "accomplished",
    ),
]


@pytest.mark.parametrize(("words", "kind", "status"), TELLINGS)
def test_what_is_told(words, kind, status):
    (incident,) = told(words, PUBLISHED)
    assert (incident.event_type, incident.status) == (kind, status)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("On 12 May a drone hit a market in El Obeid.", dt.date(2026, 5, 12)),
        ("On May 12, gunmen killed four villagers near Gao.", dt.date(2026, 5, 12)),
        ("ON 12 MAY GUNMEN KILLED FOUR VILLAGERS NEAR GAO.", dt.date(2026, 5, 12)),
        ("Gunmen killed Will Carter in Kano on Tuesday.", dt.date(2026, 5, 12)),
        ("Theresa May was attacked by a mob in Leeds on Tuesday.", dt.date(2026, 5, 12)),
    ],
)
def test_may_and_will_are_names_too(words, day):
    (incident,) = told(words, PUBLISHED)
    assert (incident.status, incident.date.start) == ("accomplished", day)


@pytest.mark.parametrize(
    "words",
    [
        "Police could not say what caused the explosion that killed four people in Kano on Tuesday.",
        "It was not clear if Tuesday's bombing in Kano, which killed four people, was linked to the election.",
        "The army would not comment on the bombing in Kano on Tuesday that killed four people.",
        "The president is expected to visit Kano, where a bomb killed four people on Tuesday.",
        "Schools will stay closed in Kano, where a bomb killed four people on Tuesday.",
        "The United Nations called for an investigation into the bombing that killed four people in Kano on Tuesday.",
        "He vowed revenge for the bombing that killed four people in Kano on Tuesday.",
        "Rescuers tried to reach survivors after a bomb killed four people in Kano on Tuesday.",
        "Experts should investigate the bombing of a market in Kano on Tuesday, which killed four people.",
        "Police were trying to identify the bombers who killed four people in Kano on Tuesday.",
    ],
)
def test_a_doubt_of_something_else_is_none_of_the_event(words):
    (incident,) = told(words, PUBLISHED)
    assert (incident.event_type, incident.status) == ("explosion_ied", "accomplished")
    assert (towns(incident), incident.killed.best) == ({"Kano"}, 4)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Rebels planned the bombing of a market in Kano on Tuesday, police said.", "planned"),
        ("Police in Kano foiled the bombing of a market on Tuesday.", "attempted"),
        ("The rebels threatened to bomb the market of Kano.", "threatened"),
        ("The army denied that it had bombed the market of Kano on Tuesday.", "denied"),
    ],
)
def test_a_doubt_of_the_event_stays(words, status):
    assert [incident.status for incident in told(words, PUBLISHED)] == [status]


@pytest.mark.parametrize("words", ["Rebels may attack the town of Gao.", "REBELS MAY ATTACK THE TOWN OF GAO."])
def test_what_may_happen_is_no_incident(words):
    assert not told(words, PUBLISHED)


def test_a_plot_that_will_come_is_planned():
    (incident,) = told("Unions will march through Kano on Saturday.", PUBLISHED)
    assert incident.status == "planned"


def test_on_the_day_of_a_burial_the_dead_had_died():
    words = (
        "In Teorama last Tuesday she helped to bury two brothers who had stepped on a mine on the way to the stream."
    )
    (incident,) = told(words, PUBLISHED)
    assert (incident.date.start, incident.date.end) == (None, dt.date(2026, 5, 12))


def test_the_programme_of_a_broadcast_gives_no_day():
    words = (
        "Tonight: a ferry with ninety aboard catches fire off Zamboanga.\n\n"
        "The boat had left Zamboanga on Tuesday night when smoke came up from the engine room. Five people died."
    )
    (incident,) = told(words, PUBLISHED)
    assert incident.date.start == dt.date(2026, 5, 12)


def test_where_a_bus_came_from_is_not_where_it_crashed():
    words = (
        "The bus was returning from Simhachalam in neighbouring Andhra Pradesh when it skidded off the road. Ten died."
    )
    assert all("Andhra Pradesh" not in towns(incident) for incident in told(words, PUBLISHED))
