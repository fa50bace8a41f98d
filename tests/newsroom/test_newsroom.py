"""Sixty reports as newsrooms, armies, agencies and monitors write them: what is found in them, and what is made up.

They are harder than the gold set: events told without their usual words, places that a later sentence names, digests
of eight incidents. Whoever builds the rooms may read the reports with odd numbers, never the others, so the figures of
the two halves stand apart. Floors and ceilings may be bettered, and not worsened unasked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from judging import days, digest_of, is_that, is_told, required, shown_at, told_by

if TYPE_CHECKING:
    from mapper.records import Incident

FOLDER = Path(__file__).parent
DIGEST = "6e1a533ed3019bfd"


class Figures(NamedTuple):
    """Counts over one half of the reports."""

    required: int
    found: int
    dated: int
    told: int
    made_up: int
    never: int
    loud: int


HALVES = {"read": (1, 30, 10), "unread": (0, 20, 16)}
"""Half, remainder of its numbers, fewest found and most made up."""


@pytest.fixture(scope="module")
def told() -> list[tuple[dict[str, Any], tuple[Incident, ...]]]:
    return list(told_by(FOLDER))


def counted(rows: list[tuple[dict[str, Any], tuple[Incident, ...]]]) -> Figures:
    found = [(one, wanted) for row, incidents in rows for wanted in required(row) for one in [_that(incidents, wanted)]]
    return Figures(
        required=len(found),
        found=sum(one is not None for one, _ in found),
        dated=sum(one is not None and _dated(one, wanted) for one, wanted in found),
        told=sum(len(incidents) for _, incidents in rows),
        made_up=sum(not is_told(one, row) for row, incidents in rows for one in incidents),
        never=sum(_is_never(one, row) for row, incidents in rows for one in incidents),
        loud=sum(bool(incidents) for row, incidents in rows if not required(row)),
    )


def _that(incidents: tuple[Incident, ...], wanted: dict[str, Any]) -> Incident | None:
    return next((one for one in incidents if is_that(one, wanted)), None)


def _dated(one: Incident, wanted: dict[str, Any]) -> bool:
    return one.date.start in days(wanted, "date_start") and one.date.end in days(wanted, "date_end")


def _is_never(one: Incident, row: dict[str, Any]) -> bool:
    named = [{r.place.country_code, r.place.name, r.toponym.text} for r in shown_at(one) if r.place]
    return any(names & set(row["never"]) for names in named)


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
