"""The logistic model behind scores: it is fitted rightly, and the shipped coefficients are the ones that the recipe gives."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from mapper.geocoder.confidence import INPUTS, chance_right
from mapper.training.confidence import fit, main


def test_the_fit_finds_the_coefficients_that_made_the_answers():
    chance = np.random.default_rng(3)
    inputs = np.column_stack([np.ones(40_000), chance.normal(size=(40_000, 2))])
    made_with = np.array([0.5, 1.5, -0.8])
    right = (chance.random(40_000) < 1 / (1 + np.exp(-inputs @ made_with))).astype(float)
    assert fit(inputs, right, np.ones(40_000)) == pytest.approx(made_with, abs=0.05)


def test_the_shipped_coefficients_are_those_of_the_recipe(shared):
    said = CliRunner().invoke(main, ["--data", str(shared / "data")], catch_exceptions=False).output
    found = {line.split('"')[1]: float(line.split(":")[1].rstrip(",")) for line in said.splitlines()}
    assert found == pytest.approx(INPUTS, abs=0.02)


def test_more_evidence_makes_an_answer_surer():
    weak = dict.fromkeys(INPUTS, 0.0) | {"constant": 1.0, "share": -1.0}
    strong = weak | {"share": 3.0, "people": 2.0, "company": 1.0}
    inputs = np.array([list(weak.values()), list(strong.values())])
    less, more = chance_right(inputs)
    assert 0 < less < more < 1
