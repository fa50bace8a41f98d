"""Whom an incident befell, read with the model: what happened to one person is not what happened to another."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.gazetteer import open_gazetteer
from mapper.incidents import merge
from mapper.language import default_reader
from mapper.pipeline import process
from mapper.records import Document


def merged(*reports):
    """Merge what several reports of one day tell."""
    gazetteer, reader = open_gazetteer(own=False), default_reader("full")
    found = [
        incident
        for number, words in enumerate(reports)
        for incident in process(
            Document(f"r{number}", words, published=dt.date(2025, 6, 12)), gazetteer, recogniser=reader
        ).incidents
    ]
    return merge(found)


def test_a_target_is_known_by_the_person_named_in_it():
    (incident,) = merged("Police in Mombasa arrested trader Daniel Mutua on Tuesday on suspicion of fraud.")
    assert [actor.person for actor in incident.targets if actor.person] == ["Daniel Mutua"]


def test_arrests_of_two_men_in_one_town_on_one_day_are_two():
    reports = (
        "Police in Mombasa arrested trader Daniel Mutua on Tuesday on suspicion of fraud.",
        "Police in Mombasa on Tuesday arrested the singer Brian Otieno after a fight outside a club.",
    )
    assert len(merged(*reports)) == 2


@pytest.mark.parametrize("name", ["Daniel Mutua", "Mutua", "Danyel Muttua"])
def test_one_man_is_one_by_whatever_spelling_of_his_name(name):
    reports = (
        "Police in Mombasa arrested trader Daniel Mutua on Tuesday on suspicion of fraud.",
        f"Detectives in Mombasa arrested businessman {name} on Tuesday, his lawyer said.",
    )
    assert len(merged(*reports)) == 1


def test_of_several_dead_each_report_may_name_another():
    reports = (
        "Gunmen killed two people in Mombasa on Tuesday, among them the trader Daniel Mutua, who was shot in his car.",
        "Gunmen killed two people in Mombasa on Tuesday. The singer Brian Otieno was one of them.",
    )
    assert len(merged(*reports)) == 1


def test_whom_a_gunman_aimed_at_and_whom_he_killed_are_of_one_attack():
    reports = (
        "A gunman fired at lawmaker Daniel Mutua's car in Mombasa on Tuesday, killing his bodyguard.",
        "The bodyguard Brian Otieno was shot dead in Mombasa on Tuesday when a gunman attacked a lawmaker.",
    )
    assert len(merged(*reports)) == 1
