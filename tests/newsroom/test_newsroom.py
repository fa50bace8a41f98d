"""Sixty reports as newsrooms, armies, agencies and monitors write them: what is found in them, and what is made up.

They are harder than the gold set: events told without their usual words, places that a later sentence names, digests
of eight incidents. Whoever builds the rooms may read the reports with odd numbers, never the others, so the figures of
the two halves stand apart. Floors and ceilings may be bettered, and not worsened unasked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from judging import counted, digest_of, told_by

if TYPE_CHECKING:
    from mapper.records import Incident

FOLDER = Path(__file__).parent
DIGEST = "6e1a533ed3019bfd"


HALVES = {"read": (1, 30, 10), "unread": (0, 20, 16)}
"""Half, remainder of its numbers, fewest found and most made up."""


@pytest.fixture(scope="module")
def told() -> list[tuple[dict[str, Any], tuple[Incident, ...]]]:
    return list(told_by(FOLDER))


def test_the_floors_are_for_this_set():
    assert digest_of(FOLDER) == DIGEST


@pytest.mark.parametrize("half", HALVES)
def test_half_of_the_reports(told, half):
    odd, fewest, most = HALVES[half]
    figures = counted([(row, incidents) for row, incidents in told if int(row["file"][:2]) % 2 == odd])
    print(f"\n{half}: {figures}")
    assert figures.found >= fewest
    assert figures.made_up <= most
    assert figures.loud <= 3
