"""The project's own gold set: thirty reports from all continents, eight of which tell of nothing that happened.

Nobody who builds the rooms reads the reports with even numbers, so that they stay a fair test; the figures below are
floors and ceilings that a change may better and must not worsen unasked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from judging import days, digest_of, is_that, required, shown_at, told_by

if TYPE_CHECKING:
    from mapper.records import Incident

FOLDER = Path(__file__).parent
DIGEST = "ba2355f2f81d02ba"


@pytest.fixture(scope="module")
def told() -> list[tuple[dict[str, Any], tuple[Incident, ...]]]:
    return list(told_by(FOLDER))


def test_the_floors_are_for_this_set():
    assert digest_of(FOLDER) == DIGEST


def test_required_incidents_are_found_at_their_place(told):
    found = [any(is_that(one, expected) for one in incidents) for row, incidents in told for expected in required(row)]
    print(f"\nfound at their place: {sum(found)} of {len(found)}")
    assert sum(found) >= 17


def test_found_incidents_have_their_date(told):
    right = [
        one.date.start in days(expected, "date_start") and one.date.end in days(expected, "date_end")
        for row, incidents in told
        for expected in required(row)
        for one in incidents
        if is_that(one, expected)
    ]
    print(f"\nwith their date: {sum(right)} of {len(right)}")
    assert sum(right) >= 0.75 * len(right)


def test_reports_of_nothing_stay_mostly_empty(told):
    quiet = [(row["file"], incidents) for row, incidents in told if not required(row)]
    loud = [file for file, incidents in quiet if incidents]
    print(f"\nreports of nothing with an incident: {len(loud)} of {len(quiet)}")
    assert len(loud) <= 2


def test_hardly_anything_is_shown_where_nothing_happened(told):
    wrong = [
        (row["file"], found.toponym.text)
        for row, incidents in told
        for one in incidents
        for found in shown_at(one)
        if found.place and {found.place.country_code, found.place.name, found.toponym.text} & set(row["never"])
    ]
    print(f"\nplaces shown where nothing happened: {len(wrong)}")
    assert len(wrong) <= 5
