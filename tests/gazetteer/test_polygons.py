from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import GazetteerError
from mapper.gazetteer.polygons import Outlines, bounds_of, decode, encode

CORNER = st.integers(-150_000, 150_000)


@given(CORNER, st.integers(-80_000, 79_000), st.integers(10, 900), st.integers(10, 900), st.booleans())
@settings(max_examples=60)
def test_an_outline_survives_packing(x, y, width, height, holed):
    outer = shapely.box(x / 1000, y / 1000, (x + width) / 1000, (y + height) / 1000)
    hole = shapely.box((x + 2) / 1000, (y + 2) / 1000, (x + 5) / 1000, (y + 5) / 1000)
    shape = outer.difference(hole) if holed else outer
    two = shapely.union_all([shape, shapely.box(170, 80, 171, 81)])
    for geometry in (shape, two):
        back = decode(encode(geometry))
        assert shapely.set_precision(back, 0.001).equals(shapely.set_precision(geometry, 0.001))


@pytest.mark.parametrize("blob", [b"", b"rubbish", encode(shapely.box(0, 0, 1, 1))[:-4]])
def test_a_damaged_outline_is_a_gazetteer_error(blob):
    with pytest.raises(GazetteerError, match="damaged") as caught:
        decode(blob)
    assert caught.value.hint


def test_bounds_cross_the_antimeridian():
    fiji = shapely.MultiPolygon([shapely.box(177, -19, 180, -16), shapely.box(-180, -18, -179, -16)])
    assert bounds_of(fiji) == (177, -19, -179, -16)
    assert bounds_of(shapely.box(-10, 0, 20, 5)) == (-10, 0, 20, 5)


def test_the_nearest_outline_counts_only_within_reach():
    outlines = Outlines(["XX"], [encode(shapely.box(0, 0, 1, 1))])
    assert outlines.codes_at([0.5, 1.1, 1.5], [0.5, 0.5, 0.5], reach_m=25_000) == ["XX", "XX", ""]
    assert outlines.codes_at([1.1, float("nan")], [0.5, 0.0]) == ["", ""]


def test_what_is_nearest_is_measured_on_the_ground():
    # At 70 degrees north 0.6 degrees of longitude are 23 km, and 0.23 of latitude, fewer degrees, are 26 km.
    corner = shapely.union_all([shapely.box(0.6, 69, 2, 72), shapely.box(-1, 70.23, 2, 72)])
    assert Outlines(["XX"], [encode(corner)]).codes_at([0.0], [70.0], reach_m=25_000) == ["XX"]
    assert Outlines(["XX"], [encode(corner)]).codes_at([0.0], [70.0], reach_m=22_000) == [""]


def test_an_outline_of_many_points_answers_as_it_does_whole():
    angle = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    reach = 20 + 8 * np.sin(9 * angle) + np.sin(131 * angle)
    star = shapely.Polygon(np.column_stack([reach * np.cos(angle), reach * np.sin(angle)]).round(3))
    assert star.is_valid
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(-30, 30, 61), np.linspace(-30, 30, 61)))
    whole = ["XX" if inside else "" for inside in shapely.intersects_xy(decode(encode(star)), x, y)]
    assert Outlines(["XX"], [encode(star)]).codes_at(x, y) == whole


def test_ground_of_two_outlines_goes_to_the_earlier():
    twice = [encode(shapely.box(0, 0, 2, 2)), encode(shapely.box(1, 0, 3, 2))]
    assert Outlines(["AA", "BB"], twice).codes_at([0.5, 1.5, 2.5], [1.0, 1.0, 1.0]) == ["AA", "AA", "BB"]
    assert Outlines(["BB", "AA"], twice[::-1]).codes_at([0.5, 1.5, 2.5], [1.0, 1.0, 1.0]) == ["AA", "BB", "BB"]


@pytest.mark.parametrize(
    ("where", "lon", "lat", "code"),
    [
        ("Baghdad", 44.4, 33.3, "IQ"), ("Mashtal", 44.51, 33.33, "IQ"), ("Damascus", 36.3, 33.5, "SY"),
        ("Tower 22", 38.69, 33.30, "JO"), ("Gaza City", 34.45, 31.5, "PS"), ("Ramallah", 35.2, 31.9, "PS"),
        ("Tel Aviv", 34.78, 32.07, "IL"), ("Simferopol: the edition draws Crimea in Ukraine", 34.1, 44.95, "UA"),
        ("Pristina", 21.16, 42.66, "XK"), ("Taipei", 121.5, 25.05, "TW"), ("Laayoune", -13.2, 27.15, "EH"),
        ("Srinagar", 74.8, 34.08, "IN"), ("Hargeisa", 44.06, 9.56, "SO"), ("Paris", 2.35, 48.86, "FR"),
        ("Suva", 178.44, -18.14, "FJ"), ("Singapore", 103.85, 1.29, "SG"),
        ("Red Sea, far out", 38.5, 20.3, ""), ("Atlantic", -30.0, 30.0, ""), ("Gulf of Aden", 48.0, 12.3, ""),
        ("the roads of Hodeidah", 42.85, 14.8, "YE"), ("Golan Heights: held by nobody in the outlines", 35.8, 33.0, ""),
    ],
)  # fmt: skip
def test_points_fall_into_their_country(gazetteer, where, lon, lat, code):
    assert gazetteer.countries_at([lon], [lat]) == [code]


def test_many_points_at_once_and_none(gazetteer):
    assert gazetteer.countries_at([44.4, 0.0, 36.3], [33.3, -30.0, 33.5]) == ["IQ", "", "SY"]
    assert gazetteer.countries_at([], []) == []


def test_disputed_ground_is_told(gazetteer):
    assert gazetteer.disputed_at([35.8, 44.4], [33.0, 33.3])[0].startswith("Golan Heights")
    assert gazetteer.disputed_at([44.4], [33.3]) == [""]


def test_the_province_of_a_point(gazetteer):
    assert gazetteer.admin1_at([43.13], [36.34]) == ["IQ.15"]


@pytest.mark.parametrize("name", ["Iraq", "Syria", "Jordan", "Gaza Strip", "Red Sea", "Texas", "Anbar", "England"])
def test_areas_have_outlines_that_hold_their_point_or_meet_it(gazetteer, name):
    place = gazetteer.lookup(name)[0].place
    shape = gazetteer.geometry(place)
    assert shape.is_valid
    assert shape.distance(shapely.Point(place.lon, place.lat)) < 0.5
    assert place.bounds is not None


def test_countries_have_valid_outlines(gazetteer):
    missing = []
    for code in gazetteer.info()["countries_with_outline"]:
        shape = gazetteer.geometry(gazetteer.country(code))
        if not shape.is_valid:
            missing.append(code)
    assert missing == []


def test_a_town_has_no_outline(gazetteer):
    assert gazetteer.geometry(gazetteer.place("99072")) is None
    assert gazetteer.geometry(gazetteer.place("tower-22")) is None


def test_russia_and_fiji_cross_the_antimeridian(gazetteer):
    for code in ("RU", "FJ"):
        west, _, east, _ = gazetteer.country(code).bounds
        assert west > east
