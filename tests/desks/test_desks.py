"""Seventy-two made reports of all kinds of desks, by five authors: what is found in them, and what is made up.

Agencies, local papers, armies, coast guards, monitors' digests, live blogs, bulletins and features, on war, crime,
accidents, disasters and protests, and eleven that tell of nothing. Whoever builds the rooms may read the half that is
called so, never the other, so the figures of the two stand apart. Floors and ceilings may be bettered, and not worsened
unasked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from judging import counted, digest_of, told_by

if TYPE_CHECKING:
    from mapper.records import Incident

FOLDER = Path(__file__).parent
DIGEST = "f7382d4e8b286438"
HALVES = {"read": (81, 72, 20), "unread": (72, 58, 19)}
"""Half, fewest found, fewest of them with their days, and most made up."""


@pytest.fixture(scope="module")
def told() -> list[tuple[dict[str, Any], tuple[Incident, ...]]]:
    return list(told_by(FOLDER))


def test_the_floors_are_for_this_set():
    assert digest_of(FOLDER) == DIGEST


@pytest.mark.parametrize("half", HALVES)
def test_half_of_the_reports(told, half):
    fewest, dated, most = HALVES[half]
    figures = counted([(row, incidents) for row, incidents in told if row["half"] == half])
    print(f"\n{half}: {figures}")
    assert figures.found >= fewest
    assert figures.dated >= dated
    assert figures.made_up <= most
    assert figures.loud <= 2
