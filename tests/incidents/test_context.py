"""Status, and what is no event at all."""

from __future__ import annotations

import pytest

from mapper.incidents.context import is_no_event, is_pastime, opens_another, status_of
from mapper.incidents.lexicon import find_triggers, tokenize
from mapper.records import Sentence


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("A bomb exploded in the market", "accomplished"),
        ("Police foiled a bomb attack on the airport", "attempted"),
        ("The group threatened to attack the embassy", "threatened"),
        ("Unions will hold a protest in Paris on Friday", "planned"),
        ("The army denied that an airstrike took place", "denied"),
        ("There was no explosion at the plant", "none"),
        ("The valley could be hit by an earthquake", "none"),
        ("The risk of flooding remains high", "none"),
        ("This would appear to be the latest airstrike", "accomplished"),
        ("The group denied involvement and said the bombing was the work of others", "accomplished"),
    ],
)
def test_status(clause: str, status: str) -> None:
    trigger = max(find_triggers(tokenize(clause)), key=lambda t: t.strength)
    assert status_of(clause, trigger) == status


@pytest.mark.parametrize(
    "sentence",
    [
        "The film tells of a bombing in Belfast.",
        "Soldiers took part in a drill that simulated an attack on the port.",
        "The city marked the tenth anniversary of the earthquake.",
        "More than 400 people have been killed in clashes so far this year.",
    ],
)
def test_fiction_drills_memory_and_statistics_are_no_events(sentence: str) -> None:
    assert is_no_event(sentence, has_toll=False, has_day=False)


def test_a_statistic_with_a_day_may_hold_an_event() -> None:
    assert not is_no_event("The blast on Tuesday was the worst since 2003.", has_toll=False, has_day=True)


def _sentences(text: str) -> list[Sentence]:
    return [Sentence(0, len(text), text)]


def test_a_match_report_is_pastime() -> None:
    assert is_pastime(
        _sentences(
            "The striker scored two goals in the final as the home team won the league title. The coach praised "
            "his players after the match and the fans stormed the pitch."
        )
    )


def test_a_film_festival_is_a_pastime() -> None:
    assert is_pastime(
        _sentences(
            "The thriller, directed by a newcomer, had its premiere on Friday. The film tells of a siege, and its sequel "
            "is already planned. The soundtrack was played by an orchestra."
        )
    )


def test_a_bombing_at_a_match_is_not_sport() -> None:
    assert not is_pastime(
        _sentences(
            "A suicide bomber killed nine people outside the stadium on Friday evening. Police said the man was stopped by "
            "guards at the gate and set off his vest. Ambulances took the wounded to three hospitals, and the interior "
            "minister spoke of a cowardly act. No group has claimed the attack."
        )
    )


@pytest.mark.parametrize(
    ("sentence", "sums"),
    [
        ("Arrests rose to 61, up from forty-two in May.", True),
        ("Murders are down from 3,100 a year ago.", True),
        ("A quadcopter sent up from Badakhshan in Afghanistan dropped grenades on the dormitory.", False),
        ("Gunmen came down from the hills and shot two herders.", False),
    ],
)
def test_what_comes_up_from_somewhere_is_no_statistic(sentence: str, sums: bool) -> None:
    assert is_no_event(sentence, has_toll=False, has_day=False) is sums


@pytest.mark.parametrize(
    "words", ["Separately, two men", "In an unrelated case, a man", "In another shooting incident,"]
)
def test_a_sentence_may_begin_another_story(words):
    assert opens_another(words)


@pytest.mark.parametrize(
    "words", ["In an attack on Tuesday, gunmen", "In a case that shocked the town", "The separate"]
)
def test_an_attack_is_not_another_one_by_its_article(words):
    assert not opens_another(words)
