"""One name at a time."""

from __future__ import annotations

import pytest

from mapper.errors import UsageError
from mapper.geocoder import geocode


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Mashtal, Baghdad", "IQ", 33.33, 44.51),
        ("Paris, Texas", "US", 33.66, -95.56),
        ("Paris Texas", "US", 33.66, -95.56),
        ("Bangor, Maine", "US", 44.8, -68.77),
        ("Tripoli, Lebanon", "LB", 34.43, 35.85),
        ("San José, Costa Rica", "CR", 9.93, -84.08),
        ("Springfield, Illinois, United States", "US", 39.8, -89.64),
        ("Paris", "FR", 48.85, 2.35),
    ],
)
def test_the_likeliest_place_comes_first(gazetteer, name, country, lat, lon):
    place = geocode(name, gazetteer)[0].place
    assert (place.country_code, round(place.lat), round(place.lon)) == (country, round(lat), round(lon))


def test_country_keeps_only_its_places(gazetteer):
    assert {c.place.country_code for c in geocode("Tripoli", gazetteer, country="lb")} == {"LB"}


def test_near_brings_the_closer_place_first(gazetteer):
    assert geocode("Tripoli", gazetteer, near=(34.0, 36.0))[0].place.country_code == "LB"


def test_limit_is_kept(gazetteer):
    assert len(geocode("San Antonio", gazetteer, limit=3)) == 3


def test_scores_fall_and_stay_between_nought_and_one(gazetteer):
    scores = [c.score for c in geocode("Santa Cruz", gazetteer)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 1 for s in scores)


def test_an_unknown_name_has_no_candidates(gazetteer):
    assert geocode("Zzyqqxwv", gazetteer) == []


@pytest.mark.parametrize("options", [{"country": "Iraq"}, {"near": (95.0, 0.0)}, {"limit": 0}])
def test_wrong_options_are_wrong_usage(gazetteer, options):
    with pytest.raises(UsageError):
        geocode("Paris", gazetteer, **options)


def test_an_empty_name_is_wrong_usage(gazetteer):
    with pytest.raises(UsageError):
        geocode("  ", gazetteer)
