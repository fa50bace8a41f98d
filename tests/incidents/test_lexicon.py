"""Triggers: the words that tell of an event, and figures of speech that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.incidents.lexicon import _lexicon, find_triggers, tokenize
from mapper.incidents.scheme import EVENT_TYPES, GENERIC, SUBTYPES


def triggers(text: str) -> list[tuple[str, str]]:
    return [(t.text, t.event_type) for t in find_triggers(tokenize(text))]


@pytest.mark.parametrize(
    ("text", "event_type", "subtype"),
    [
        ("A drone strike hit the car", "air_drone_strike", "drone_strike"),
        ("An air-strike on the camp", "air_drone_strike", "airstrike"),
        ("Mortar shells fell; the town was shelled overnight", "shelling_missile", "shelling"),
        ("A roadside bomb went off", "explosion_ied", "roadside_bomb"),
        ("He blew himself up at a checkpoint", "explosion_ied", "suicide_bomb"),
        ("The patrol was ambushed", "armed_clash", "ambush"),
        ("Gunmen opened fire on worshippers", "attack_on_civilians", "shooting"),
        ("Two aid workers were abducted", "abduction", "kidnapping"),
        ("Thousands took to the streets", "protest", "demonstration"),
        ("Rioters threw stones", "riot", "riot"),
        ("Police arrested nine people", "arrest", "arrest"),
        ("Pirates seized the dhow", "piracy", "boarding"),
        ("A magnitude 6.1 earthquake", "natural_disaster", "earthquake"),
        ("Forest fires are burning", "natural_disaster", "wildfire"),
        ("The ferry capsized", "accident", "transport"),
        ("Both sides signed an accord", "other_strategic", "agreement"),
        ("The army set up three more forward posts there", "other_strategic", "troop_movement"),
        ("Customs officers found nine assault rifles", "other_strategic", "weapons_seizure"),
        ("Rebels captured the market town", "armed_clash", "territory_taken"),
        ("Gunmen attacked two army checkpoints", "armed_clash", "clash"),
        ("Youths pelted the convoy with stones", "riot", "riot"),
    ],
)
def test_a_trigger_has_the_type_and_subtype_of_the_scheme(text: str, event_type: str, subtype: str) -> None:
    found = {(t.event_type, t.subtype) for t in find_triggers(tokenize(text))}
    assert (event_type, subtype) in found


@pytest.mark.parametrize(
    "text",
    [
        "He suffered a heart attack",
        "The party won a landslide victory",
        "Shares staged a late rally as the stock market rallied",
        "A flood of complaints reached the office",
        "The fire brigade opened a new station",
        "The song was a big hit",
        "She took the best shot of the tournament",
        "Nothing of the kind was said at the meeting in Geneva",
    ],
)
def test_figures_of_speech_are_no_triggers(text: str) -> None:
    assert triggers(text) == []


def test_a_longer_phrase_wins_over_a_word_of_it() -> None:
    assert triggers("a drone strike") == [("drone strike", "air_drone_strike")]


def test_harm_alone_has_no_kind() -> None:
    assert triggers("Three people were killed") == [("killed", GENERIC)]


def test_every_type_of_the_lexicon_is_one_of_the_scheme() -> None:
    entries = {entry for forms in _lexicon().forms.values() for _, entry in forms}
    kinds = {(event_type, subtype) for event_type, subtype, _, _ in entries if event_type not in ("generic", "effect")}
    assert {event_type for event_type, _ in kinds} == set(EVENT_TYPES)
    assert all(subtype in SUBTYPES[event_type] for event_type, subtype in kinds)


@given(st.text(max_size=200))
def test_offsets_point_at_the_words(text: str) -> None:
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text
    for trigger in find_triggers(tokenize(text)):
        assert 0 <= trigger.start < trigger.end <= len(text)


def test_of_a_phrase_with_a_gap_what_precedes_the_gap_is_the_trigger() -> None:
    assert triggers("They set up a small new army base") == [("set up", "other_strategic")]


def test_a_phrase_without_its_object_tells_of_nothing() -> None:
    assert triggers("They set up a small new bakery") == []


def test_the_object_of_a_phrase_stands_no_more_than_six_words_behind_it() -> None:
    assert triggers("She set up one two three four five six posts")
    assert not triggers("She set up one two three four five six seven posts")
