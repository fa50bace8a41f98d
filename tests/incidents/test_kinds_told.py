"""A hundred and more sentences of news, of all thirteen types: each is told once, of its kind, on its day, on the map."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from told_reports import told, towns

from mapper.incidents import EVENT_TYPES

LINES = (Path(__file__).parent / "tellings.txt").read_text("utf-8").splitlines()[1:]
TELLINGS = [tuple(line.split(" | ", 1)) for line in LINES]


def test_every_type_is_told():
    assert {kind for kind, _ in TELLINGS} == set(EVENT_TYPES)


@pytest.mark.parametrize(("kind", "words"), TELLINGS)
def test_what_happened_where_and_when(kind, words):
    (incident,) = told(words, "2026-05-14")
    assert (incident.event_type, incident.date.end) == (kind, dt.date(2026, 5, 12))
    assert towns(incident)
