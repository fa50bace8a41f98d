"""Days that other words tell: of the event before, of the court, of the hour since which it goes on."""

from __future__ import annotations

import datetime as dt

import pytest
from told_reports import told, towns

from mapper.incidents.context import status_of
from mapper.incidents.counts import find_counts
from mapper.incidents.dates import find_dates
from mapper.incidents.lexicon import find_triggers, tokenize

HELD_UP = "Gunmen held up a jeweller's in Campina Grande in Brazil on Tuesday afternoon and killed a guard."


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("Two suspects were arrested two hours later at a petrol station in Queimadas.", 0),
        ("On the same evening, two suspects were arrested in Queimadas.", 0),
        ("Two suspects were arrested in Queimadas the next day.", 1),
    ],
)
def test_hours_later_is_the_day_of_the_event_before(words, later):
    found = {i.event_type: i for i in told(f"{HELD_UP}\n\n{words}")}
    robbed, held = found["attack_on_civilians"].date, found["arrest"].date
    assert robbed.start is not None
    assert held.start == held.end == robbed.start + dt.timedelta(days=later)
    assert held.span is not None


def test_some_days_later_is_no_day():
    found = {i.event_type: i for i in told(f"{HELD_UP}\n\nTwo suspects were arrested days later in Queimadas.")}
    assert found["arrest"].date.precision != "day"


def test_the_day_of_a_sentence_is_not_that_of_the_deed():
    (murder,) = told("A judge in Leeds on Monday jailed a man for the murder of a shopkeeper in Bradford in June 2024.")
    assert (murder.date.start, murder.date.end) == (dt.date(2024, 6, 1), dt.date(2024, 6, 30))


@pytest.mark.parametrize(
    ("words", "relation"),
    [("31 people have been held since noon.", "in"), ("five were killed by this morning's bomb", "in")],
)
def test_the_day_of_the_report(words, relation):
    (found,) = find_dates(words, anchor=dt.date(2026, 5, 19))
    assert (found.interval.start, found.interval.end) == (dt.date(2026, 5, 19), dt.date(2026, 5, 19))
    assert found.relation == relation


def test_residents_tell_of_their_own_town():
    (arrest,) = told("Residents of Kolofata in Cameroon report that soldiers arrested 11 young men on Monday.")
    assert towns(arrest) == {"Kolofata"}


def test_who_opens_fire_on_a_checkpoint_opens_none():
    found = find_triggers(tokenize("Two gunmen opened fire on an Internal Security checkpoint."))
    assert "opened fire" in {trigger.text for trigger in found}


@pytest.mark.parametrize(
    ("words", "kind", "status"),
    [
        ("A drone carrying explosives was shot down near Erbil in Iraq on Sunday.", "air_drone_strike", "attempted"),
        ("Air defences intercepted two missiles over Riyadh on Tuesday.", "shelling_missile", "attempted"),
        ("Police intercepted a lorry with weapons in Lagos on Monday.", "other_strategic", "accomplished"),
        ("Two shepherds died when a mine exploded near Mosul on Tuesday.", "explosion_ied", "accomplished"),
        ("Eleven died when a minibus rammed into a lorry near Nakuru on Sunday.", "accident", "accomplished"),
        ("An FPV drone has hit a car near Belgorod on Monday, killing two.", "air_drone_strike", "accomplished"),
    ],
)
def test_what_is_stopped_on_its_way_was_tried(words, kind, status):
    found = told(words)
    assert [(i.event_type, i.status) for i in found] == [(kind, status)]


def test_an_age_is_no_toll():
    (count,) = find_counts("A boy of 12 and his uncle died.")
    assert count.best == 2
    (count,) = find_counts("A woman of twenty-one died at the scene.")
    assert count.best == 1


def test_a_status_needs_the_type_of_what_flies():
    (trigger,) = [t for t in find_triggers(tokenize("Guards intercepted a boat.")) if t.text == "intercepted"]
    assert status_of("Guards intercepted a boat.", trigger) == "accomplished"


@pytest.mark.parametrize(
    "words",
    ["Workers plan to block the road on Friday.", "Unions plan a strike on Friday.", "She intends to march on Friday."],
)
def test_the_day_of_a_plan_is_still_to_come(words):
    (found,) = find_dates(words, anchor=dt.date(2026, 5, 19))
    assert found.interval.start == dt.date(2026, 5, 22)


def test_a_headline_off_a_town_is_the_news_between_it_and_another():
    report = (
        "Ferry with 60 aboard sinks off Sorong\n\nSeven people drowned after a wooden ferry sank between Sorong and "
        "Waisai in Indonesia on Saturday night.\n\nA second vessel that had gone to help ran aground later."
    )
    assert [i.killed.best for i in told(report) if i.places] == [7]
