"""`mapper extract --explain`: each field with the words that say it, safe on a terminal."""

from __future__ import annotations

import os
import re

import pytest

from mapper.cli.explaining import explain
from mapper.records import Actor, Count, Evidence, Incident, Span, Toll

TEXT = "Rebels killed four officers. \x1b[31mred\x1b]0;title\x07 \u202eback"
HOSTILE = Incident(
    "0" * 12,
    "armed_clash",
    killed=Toll(4, 4, 4, (Count(4, 4, 4, Span(14, 27, "four officers"), "\x1b[2Jpolice"),)),
    perpetrators=(Actor("Rebels\x1b[1m", Span(0, 6, "Rebels"), "blamed", "\x9b31mpolice"),),
    confidence=0.5,
    evidence=(
        Evidence("a", 0, len(TEXT), TEXT, "incident"),
        Evidence("a", 14, 27, "four officers", "killed"),
        Evidence("a", 0, 6, "Rebels", "perpetrator"),
    ),
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def on_a_terminal(incident: Incident) -> str:
    """Write to a real pseudo-terminal, and give what arrives at its other end."""
    master, slave = os.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as terminal:
        explain(incident, terminal)
        terminal.flush()
        told = os.read(master, 65536).decode("utf-8")
    os.close(master)
    return told


def test_each_field_has_its_words(command, bomb):
    told = command("extract", bomb, "--published", "2024-02-08", "--explain").out
    assert re.search(r"when +2024-02-06 .*\u201cTuesday\u201d", told)
    assert re.search(r"killed +4 +\u201cfour people", told)
    assert re.search(r"where +Mosul", told)


def test_no_colour_where_no_terminal_looks_on(command, bomb):
    assert "\x1b" not in command("extract", bomb, "--explain").out


def test_a_terminal_gets_the_same_words_marked(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31m\x1b[1mRebels\x1b[0m killed \x1b[35m\x1b[1mfour officers\x1b[0m." in on_a_terminal(HOSTILE)


def test_no_color_is_honoured(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in on_a_terminal(HOSTILE)


def test_a_report_cannot_act_on_the_terminal(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    told = COLOUR.sub("", on_a_terminal(HOSTILE))
    assert not set(told) & {"\x1b", "\x9b", "\x07", "\u202e"}
    assert "[2Jpolice" in told  # its words are there, its escape is not


def test_nothing_of_the_report_chooses_a_colour(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31mred" not in on_a_terminal(HOSTILE)


@pytest.mark.parametrize("form", ["jsonl", "csv", "geojson"])
def test_explain_has_no_other_format(command, bomb, form):
    outcome = command("extract", bomb, "--explain", "--format", form)
    assert outcome.code == 2
    assert len(outcome.lines) == 1


def test_explain_goes_to_a_file_without_colour(command, bomb, tmp_path):
    command("extract", bomb, "--explain", "-o", tmp_path / "told.txt")
    told = (tmp_path / "told.txt").read_text(encoding="utf-8")
    assert "Mosul" in told
    assert "\x1b" not in told
