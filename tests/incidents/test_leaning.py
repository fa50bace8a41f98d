"""Figures that lean on the sentence before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.incidents.counts import find_leaning_figure


@pytest.mark.parametrize(
    ("sentence", "best", "source"),
    [
        ("A medical charity in the province reports 13.", 13, "A medical charity in the province"),
        ("The union spoke of thirty.", 30, "The union"),
        ("The army has put the toll at 19.", 19, "The army"),
        ("Two hospitals counted 41.", 41, "Two hospitals"),
        ("The toll of Monday's landslide above the town has risen to 27 after a boy died of his wounds.", 27, None),
    ],
)
def test_a_bare_figure_with_its_source(sentence: str, best: int, source: str | None) -> None:
    figure = find_leaning_figure(sentence)
    assert figure is not None
    assert (figure.best, figure.source) == (best, source)


@pytest.mark.parametrize(
    "sentence",
    [
        "The network reports 13 cases.",
        "He reported it.",
        "Police recorded speeds of 90.",
        "The paper reported nothing.",
    ],
)
def test_other_figures_do_not_lean(sentence: str) -> None:
    assert find_leaning_figure(sentence) is None


@given(st.text(max_size=200))
def test_offsets_hold_the_figure(sentence: str) -> None:
    figure = find_leaning_figure(sentence)
    assert figure is None or 0 <= figure.start < figure.end <= len(sentence)
