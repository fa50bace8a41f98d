"""Incidents told of labelled dispatches that neither the model nor its weights of belief have seen: floors, and chances.

Plain agency copy, local papers and quiet pages, written for this project with a label on every place, event and toll.
The files numbered 4 are measured here; `mapper.training.belief` was fitted on the others.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from mapper.gazetteer import open_gazetteer
from mapper.incidents import belief
from mapper.language import default_reader
from mapper.training.belief import judged
from mapper.training.markup import EVENT_TYPES, read

FILES = sorted((Path(__file__).parent / "labelled").glob("*_4.txt"))
DIGEST = "1e2d6857c28e"
FLOORS = {
    "events among those told": 0.8, "right among those told": 0.68, "incidents told": 0.67, "incidents told right": 0.57,
}  # fmt: skip
"""A little under what was measured."""

MOST_LOUD = 2
SPREAD = {"is one": 0.11, "is right": 0.17}
"""How far the chances said may lie from the share that is right, on the average."""


@pytest.fixture(scope="module")
def dispatches():
    content = b"".join(path.read_bytes() for path in FILES)
    assert hashlib.sha256(content).hexdigest()[:12] == DIGEST, "not the texts of the floors"
    return [d for d in read(FILES) if d.language == "en"]


@pytest.fixture(scope="module")
def drafts(dispatches):
    gazetteer, reader = open_gazetteer(own=False), default_reader()
    return [(d, list(judged(d, gazetteer, reader))) for d in dispatches]


def labelled(dispatch):
    """Numbers of the incidents that came to pass; of those long past a report need not tell."""
    return {x.incident for x in dispatch.labels if x.tag in EVENT_TYPES and x.status in (None, "accomplished")}


def test_the_floors_hold(drafts, record_property):
    all_told = [j for _, found in drafts for j in found if j.is_told]
    wanted = [(d.id, n) for d, _ in drafts for n in labelled(d)]
    heard = {(j.dispatch, j.number) for j in all_told}
    right = {(j.dispatch, j.number) for j in all_told if j.is_right}
    figures = {
        "events among those told": sum(j.is_one for j in all_told) / len(all_told),
        "right among those told": sum(j.is_right for j in all_told) / len(all_told),
        "incidents told": sum(key in heard for key in wanted) / len(wanted),
        "incidents told right": sum(key in right for key in wanted) / len(wanted),
    }
    print(f"\n{len(all_told)} told, {len(wanted)} labelled: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items()))
    for name, floor in FLOORS.items():
        record_property(name, round(figures[name], 3))
        assert figures[name] >= floor, name


def test_reports_of_nothing_stay_quiet(drafts):
    loud = [d.id for d, found in drafts if not d.tells and any(j.is_told for j in found)]
    print(f"\n{len(loud)} of {sum(not d.tells for d, _ in drafts)} reports of nothing have an incident: {loud}")
    assert len(loud) <= MOST_LOUD


@pytest.mark.parametrize("which", SPREAD)
def test_the_chances_are_true(drafts, which):
    """A table of reliability: of what is said with a chance, about that share is right."""
    if which == "is one":
        said = [(belief.chance(j.traits), j.is_one) for _, found in drafts for j in found]
    else:
        said = [(j.incident.confidence, j.is_right) for _, found in drafts for j in found if j.is_told]
    off = 0.0
    print()
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = [(chance, right) for chance, right in said if low <= chance < low + 0.2 + (low == 0.8)]
        if inside:
            meant, was = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            print(f"{which}: {len(inside):4d} said {meant:.2f}, right {was:.2f}")
            off += abs(meant - was) * len(inside) / len(said)
    print(f"{which}: off by {off:.3f} on the average")
    assert off <= SPREAD[which]
