"""Clauses: where one event of a sentence ends and another begins; datelines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.incidents.clauses import dateline_end, split_clauses


def parts(text: str) -> list[tuple[str, str]]:
    return [(c.relation, text[c.start : c.end].strip()) for c in split_clauses(text)]


def test_a_plain_sentence_is_one_clause() -> None:
    assert parts("A bomb killed three people in Kabul.") == [("", "A bomb killed three people in Kabul.")]


def test_retaliation_parts_the_answer_from_what_it_answers() -> None:
    found = parts("Jets bombed the port in retaliation for a missile fired at Haifa.")
    assert [relation for relation, _ in found] == ["", "in_retaliation_for"]


def test_a_participle_after_the_connective_resumes() -> None:
    found = parts("Forces carried out a strike in response to the attacks, killing a commander.")
    assert [relation for relation, _ in found] == ["", "in_retaliation_for", "resumes"]


def test_after_parts_two_events() -> None:
    assert [r for r, _ in parts("Protesters marched in Lima after police shot a student in Puno.")] == ["", "follows"]


@given(st.text(max_size=300))
def test_clauses_cover_the_sentence_in_order(text: str) -> None:
    clauses = split_clauses(text)
    assert clauses[0].start == 0
    assert clauses[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(clauses))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("BAGHDAD, Feb. 8 (Agency) - A drone struck", "A drone struck"),
        ("BAGHDAD — A drone struck", "A drone struck"),
        ("SAN SALVADOR, 27 NOV 89 (ACAN) -- THE REBELS", "THE REBELS"),
        ("Nairobi, Kenya (Agency) — Floods", "Floods"),
        ("PORT-AU-PRINCE (Agency) – Gangs", "Gangs"),
        ("Ahmed — who fled in May — said so", "Ahmed — who fled in May — said so"),
        ("A drone struck a car", "A drone struck a car"),
    ],
)
def test_a_dateline_ends_where_the_report_begins(text: str, rest: str) -> None:
    assert text[dateline_end(text) :] == rest
