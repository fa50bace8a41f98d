"""Spatial language: the geometry that a phrase makes of a place, and its uncertainty."""

from __future__ import annotations

import pytest
from shapely import Point

from mapper.geocoder.areas import extent_of
from mapper.geocoder.geodesy import azimuth_m, equivalent_radius_m

OFFSETS = [
    ("A bomb exploded 20 km north of Kirkuk.", "Kirkuk", 20_000, 0),
    ("The village, 20 kilometers (12 miles) south-west of Mosul, was shelled.", "Mosul", 20_000, 225),
    ("A mine went off ten miles east of Maiduguri.", "Maiduguri", 16_093, 90),
    ("A boat sank 30 nautical miles west of Tripoli, Libya.", "Tripoli", 55_560, 270),
    ("It was seized 60 nautical miles south-west of Mukalla, in the Gulf of Aden.", "Mukalla", 111_120, 225),
    ("The tanker was hit 15nm south of Mocha, Yemen.", "Mocha", 27_780, 180),
    ("The quake struck 1,5 km no, 150 km southeast of the city of Suva.", "Suva", 150_000, 135),
]
PHRASES = [
    ("The bomb went off in the east of Baghdad.", "Baghdad", "the east of Baghdad"),
    ("They fled from northern Gaza.", "Gaza", "northern Gaza"),
    ("Tribes in western Anbar province rose up.", "Anbar", "western Anbar"),
    ("Gunmen waited on the road between Mosul and Erbil.", "Mosul", "on the road between Mosul and Erbil"),
    ("A tower near the border with Syria was hit in Jordan.", "Syria", "near the border with Syria"),
    ("Pirates struck off the coast of Somalia.", "Somalia", "off the coast of Somalia"),
    ("They hit the American base in Jordan.", "Jordan", "the American base in Jordan"),
    (
        "The car blew up in Mashtal, in the east of Iraqi capital Baghdad.",
        "Mashtal",
        "Mashtal, in the east of Iraqi capital Baghdad",
    ),
    ("Rain fell in the province of Anbar.", "Anbar", "in the province of Anbar"),
    (
        "It burned on the highway that links Aleppo and Damascus.",
        "Aleppo",
        "on the highway that links Aleppo and Damascus",
    ),
    ("A mine went off on the Tikrit-Kirkuk highway.", "Kirkuk", "Tikrit-Kirkuk highway"),
    ("Rockets hit the port of Hodeidah.", "Hodeidah", "the port of Hodeidah"),
    ("Rockets hit Baiji refinery.", "Baiji", "Baiji refinery"),
    ("Pirates boarded a tanker off Eyl, Somalia.", "Eyl", "off Eyl"),
]
AREAS = [
    ("Strikes were carried out across Iraq and Syria.", "Iraq", "country"),
    ("Strikes were carried out across Iraq and Syria.", "Syria", "country"),
    ("Rain fell in the province of Anbar.", "Anbar", "adm1"),
    ("They hit the American base in Jordan.", "Jordan", "country"),
    ("A ship burned in the Red Sea.", "Red Sea", "water"),
    ("Pirates struck off the coast of Somalia.", "Somalia", "water"),
    ("Tension grew in the Middle East.", "Middle East", "macro_region"),
    ("A tower near the border with Syria was hit in Jordan.", "Syria", "region"),
    ("Heavy snow fell in northern Syria.", "Syria", "region"),
    ("Pirates boarded a tanker off Eyl, Somalia.", "Eyl", "water"),
    ("The ship sank 120 nautical miles off the coast of Somalia.", "Somalia", "water"),
    ("A bus burned on the highway that links Aleppo and Damascus.", "Aleppo", "region"),
    ("A bus burned on the road between Kandahar and Kabul.", "Kabul", "region"),
]


@pytest.mark.parametrize(("text", "name", "metres", "bearing"), OFFSETS)
def test_distance_and_direction_move_the_point(place_of, text, name, metres, bearing):
    r = place_of(text, name)
    forward, away = azimuth_m(lat=r.place.lat, lon=r.place.lon, to_lat=r.geometry.y, to_lon=r.geometry.x)
    assert r.precision == "near"
    assert away == pytest.approx(metres, rel=0.001)
    assert abs((forward - bearing + 180) % 360 - 180) < 1


@pytest.mark.parametrize(("text", "name", "phrase"), PHRASES)
def test_the_whole_phrase_is_kept(place_of, text, name, phrase):
    span = place_of(text, name).toponym.phrase
    assert span.text == phrase
    assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(("text", "name", "precision"), AREAS)
def test_an_area_is_a_polygon_of_its_precision(place_of, text, name, precision):
    r = place_of(text, name)
    assert r.precision == precision
    assert r.geometry.geom_type in {"Polygon", "MultiPolygon"}
    assert r.uncertainty_m == pytest.approx(equivalent_radius_m(r.geometry), rel=0.01)


def test_the_east_of_a_town_lies_east_of_its_middle(place_of):
    r = place_of("The bomb went off in the east of Baghdad.", "Baghdad")
    forward, _ = azimuth_m(lat=r.place.lat, lon=r.place.lon, to_lat=r.geometry.y, to_lon=r.geometry.x)
    assert abs(forward - 90) < 1
    assert r.uncertainty_m < place_of("The bomb went off in Baghdad.", "Baghdad").uncertainty_m


def test_the_north_of_a_country_is_its_northern_part(place_of, gazetteer):
    r = place_of("Heavy snow fell in northern Syria.", "Syria")
    whole = gazetteer.geometry(r.place)
    assert r.geometry.centroid.y > whole.centroid.y + 0.5
    assert r.geometry.area < 0.7 * whole.area


def test_between_two_towns_lies_between_them(place_of):
    r = place_of("Gunmen waited on the road between Mosul and Erbil.", "Mosul")
    assert r.precision == "near"
    assert 43.12 < r.geometry.x < 44.02
    assert 35_000 < r.uncertainty_m < 50_000


def test_a_border_strip_lies_on_the_side_that_the_text_is_on(place_of, gazetteer):
    r = place_of("A tower near the border with Syria was hit in Jordan.", "Syria")
    jordan = gazetteer.geometry(gazetteer.country("JO"))
    assert r.geometry.difference(jordan.buffer(0.01)).area < 1e-6
    assert r.geometry.covers(Point(38.5, 33.1)) or r.geometry.intersects(Point(38.5, 33.1).buffer(0.3))


def test_off_a_coast_is_at_sea(place_of, gazetteer):
    r = place_of("Pirates struck off the coast of Somalia.", "Somalia")
    assert r.geometry.intersection(gazetteer.geometry(r.place)).area < 0.01 * r.geometry.area


def test_off_a_port_is_at_sea_beside_it(place_of, gazetteer):
    r = place_of("A tanker was hit off the coast of Aden in Yemen.", "Aden")
    assert r.precision == "water"
    assert r.geometry.distance(Point(r.place.lon, r.place.lat)) < 0.3


def test_a_described_base_is_no_pin_but_known_bases_are_candidates(place_of):
    r = place_of("They hit the American base in Jordan.", "Jordan")
    assert r.place.feature_code == "PCLI"
    assert r.candidates[0].place == r.place
    assert all(c.place.country_code == "JO" for c in r.candidates[1:])


def test_outside_a_town_is_a_ring_as_wide_as_told(place_of):
    r = place_of("A blast 10 miles outside Kabul killed two.", "Kabul")
    assert r.precision == "near"
    assert r.uncertainty_m >= 16_093


def test_a_fiji_island_group_stays_within_the_world(place_of):
    west, south, east, north = place_of("A cyclone hit Fiji.", "Fiji").geometry.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rockets hit the port of Hodeidah.", "Hodeidah"),
        ("Rockets hit Basra’s refinery.", "Basra"),
        ("The Latakia port was bombed.", "Latakia"),
    ],
)
def test_a_facility_of_a_town_lies_near_it(place_of, text, name):
    r = place_of(text, name)
    town = place_of(f"Rockets hit {name}.", name)
    assert r.precision == "near"
    assert r.place == town.place
    assert r.uncertainty_m >= max(8_000, town.uncertainty_m)


def test_the_airport_of_a_town_is_the_airport_that_is_known(place_of):
    r = place_of("Drones struck Erbil airport overnight.", "Erbil")
    assert (r.place.feature_code, r.precision, r.toponym.text) == ("AIRP", "site", "Erbil")
    assert r.candidates[0].place == r.place


def test_a_corridor_between_far_towns_holds_both(place_of):
    r = place_of("A bus burned on the highway that links Aleppo and Damascus.", "Aleppo")
    assert r.geometry.covers(Point(37.16, 36.20))
    assert r.geometry.covers(Point(36.29, 33.51))
    assert not r.geometry.covers(Point(44.4, 33.3))


def test_a_dashed_highway_lies_between_its_ends(place_of):
    r = place_of("A mine went off on the Tikrit-Kirkuk highway.", "Tikrit")
    assert r.precision == "near"
    assert 43.7 < r.geometry.x < 44.4
    assert 45_000 < r.uncertainty_m < 65_000


def test_a_distance_from_a_country_counts_from_its_rim(place_of, gazetteer):
    r = place_of("A plane fell 50 km north of Syria.", "Syria")
    assert r.geometry.y > gazetteer.geometry(r.place).bounds[3] - 0.5
    assert r.precision == "near"


def test_a_distance_off_a_town_is_at_sea(place_of, gazetteer):
    r = place_of("Another ship lay 20 miles off Mombasa.", "Mombasa")
    kenya = gazetteer.geometry(gazetteer.country("KE"))
    assert r.precision == "water"
    assert r.geometry.intersection(kenya).area < 0.01 * r.geometry.area


def test_a_site_placed_by_hand_is_uncertain_by_kilometres(gazetteer):
    placed = [p for p in gazetteer.sites("SY", ["MILB", "PPLX"]) if p.gazetteer == "supplement"]
    assert placed
    assert all(extent_of(p, gazetteer).uncertainty_m >= 3_000 for p in placed)


def test_a_base_is_a_point_whatever_its_feature_class(place_of):
    r = place_of("Drones were shot down near the garrison at Al-Tanf.", "Al-Tanf")
    assert r.geometry.geom_type == "Point"
