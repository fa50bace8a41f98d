"""The shared figures, worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.evaluation.figures import FARTHEST_KM, distance_figures, distance_km, fractions, of_counts, rounded

KILOMETRES = st.floats(0, FARTHEST_KM)


def test_precision_recall_and_their_harmonic_mean():
    assert fractions(2, 4, 8) == pytest.approx((0.5, 0.25, 1 / 3))


def test_nothing_given_and_nothing_wanted_is_zero():
    assert of_counts(0, 0, 0) == {"P": 0.0, "R": 0.0, "F1": 0.0, "hit": 0, "gold": 0, "pred": 0}


def test_a_degree_of_latitude_is_a_360th_of_the_girth():
    assert distance_km(0, 0, 1, 0) == pytest.approx(2 * math.pi * 6371.0088 / 360)


def test_the_shortest_way_crosses_the_antimeridian():
    assert distance_km(10, 179.5, 10, -179.5) == pytest.approx(distance_km(10, 0, 10, 1))


def test_opposite_ends_of_the_earth_are_half_its_girth_apart():
    assert distance_km(0, 0, 0, 180) == pytest.approx(math.pi * 6371.0088)


def test_shares_within_161_and_20_km_count_the_bound_itself():
    found = distance_figures([0.0, 20.0, 161.0, 161.1])
    assert (found["n"], found["acc161"], found["acc20"]) == (4, 0.75, 0.5)


def test_mean_and_median_of_an_even_number():
    found = distance_figures([10.0, 0.0, 20.0, 30.0])
    assert (found["mean_km"], found["median_km"]) == (15.0, 15.0)


def test_auc_is_the_area_under_the_log_curve():
    # ln(1)/ln(20039) = 0 and ln(20039)/ln(20039) = 1: a triangle of half the unit square.
    assert distance_figures([0.0, FARTHEST_KM - 1])["auc"] == pytest.approx(0.5)


def test_auc_of_one_error_is_its_own_height():
    assert distance_figures([FARTHEST_KM - 1])["auc"] == pytest.approx(1.0)


def test_no_distance_at_all_gives_no_share():
    assert distance_figures([]) == {"n": 0}


@given(st.lists(KILOMETRES, min_size=1))
def test_the_order_of_errors_does_not_matter(errors):
    assert distance_figures(errors) == distance_figures(errors[::-1])


@given(st.lists(KILOMETRES, min_size=2))
def test_a_smaller_error_never_makes_auc_worse(errors):
    assert distance_figures([0.0, *errors[1:]])["auc"] <= distance_figures(errors)["auc"] + 1e-12


def test_rounding_reaches_figures_within_figures_and_leaves_counts():
    assert rounded({"a": {"b": 0.123456}, "n": 3, "none": None}) == {"a": {"b": 0.1235}, "n": 3, "none": None}
