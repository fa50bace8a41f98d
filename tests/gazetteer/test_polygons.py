from __future__ import annotations

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
