"""Which incidents: what must match, what may, and what is not known."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import UsageError
from mapper.frames import validate

BAGHDAD = shapely.box(44.2, 33.1, 44.6, 33.5)


def names(layers):
    return set(layers.incidents["incident_id"])


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"event_type": "armed_clash"}, {"nineveh"}),
        ({"event_type": ["armed_clash", "piracy"]}, {"nineveh", "ship"}),
        ({"status": "denied"}, {"denied"}),
        ({"precision": "water"}, {"ship"}),
        ({"country": "SY"}, {"two-lands"}),
        ({"country": "syria"}, {"two-lands"}),
        ({"place": "mosul"}, {"nineveh", "both"}),
        ({"place": "al-Mawsil"}, {"nineveh", "both"}),
        ({"killed": 3}, {"baghdad"}),
        ({"killed": 1}, {"baghdad", "baghdad-too"}),
        ({"at_least": {"killed": 2}}, {"baghdad"}),
        ({"killed": 4, "sure": False}, {"baghdad", "baghdad-too"}),
        ({"min_confidence": 0.5, "country": "IQ", "precision": "country"}, {"baghdad", "two-lands"}),
        ({"since": "2024-02-20", "until": "2024-02-21"}, {"nineveh"}),
        ({"since": dt.date(2024, 2, 20), "until": "2024-02-21", "sure": False}, {"nineveh", "iraq"}),
        ({"since": "2024-02-21"}, set()),
        ({"polygon": BAGHDAD}, {"baghdad", "baghdad-too", "both", "launched", "denied"}),
        (
            {"polygon": BAGHDAD, "sure": False, "status": "accomplished", "precision": "country"},
            {"baghdad", "iraq", "two-lands"},
        ),
        ({"bounds": (39, 29, 48.5, 37.3), "precision": "country"}, {"baghdad", "iraq", "two-lands"}),
        ({"bounds": (170, -20, -170, 20)}, set()),
    ],
)
def test_what_is_kept(known, conditions, expected):
    kept = known.where(**conditions)
    assert names(kept) == expected
    validate(kept)


def test_an_incident_keeps_only_the_rows_whose_place_matches(known):
    kept = known.where(country="SY").incidents
    assert kept["place_name"].tolist() == ["Syria"]


def test_zones_are_those_of_what_is_kept(known):
    kept = known.where(event_type="piracy")
    assert kept.zones["incident_ids"].tolist() == [["ship"]]


def test_what_was_read_stays(known):
    kept = known.where(event_type="piracy")
    assert kept.places is known.places
    assert kept.reports is known.reports


def test_a_polygon_in_another_crs_is_the_same_polygon(known):
    frame = gpd.GeoSeries([BAGHDAD], crs=4326).to_crs(32638)
    assert names(known.where(polygon=frame)) == names(known.where(polygon=BAGHDAD))


@pytest.mark.parametrize(
    "conditions",
    [
        {"since": "last week"},
        {"bounds": (44, 33)},
        {"bounds": (0, 95, 10, 99)},
        {"at_least": {"happy": 1}},
        {"polygon": gpd.GeoSeries([BAGHDAD])},
    ],
)
def test_a_condition_that_is_none_is_refused(known, conditions):
    with pytest.raises(UsageError) as caught:
        known.where(**conditions)
    assert caught.value.hint


@settings(max_examples=20)
@given(west=st.floats(-180, 180), east=st.floats(-180, 180), south=st.floats(-90, 90), height=st.floats(0, 90))
def test_what_must_match_may_match(known, west, east, south, height):
    bounds = (west, south, east, min(south + height, 90.0))
    assert names(known.where(bounds=bounds)) <= names(known.where(bounds=bounds, sure=False))
