"""Positions that a text gives in degrees: read as points, with the uncertainty of their last digit, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import pipeline
from mapper.geocoder import geoparse
from mapper.language import default_reader
from mapper.places import POSITION
from mapper.records import Document
from mapper.text import sentences


def positions(text, gazetteer):
    document = Document(id="x", text=text)
    return [r for r in geoparse(document, sentences(document), gazetteer) if r.place and r.place.gazetteer == POSITION]


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("boarded at 02-51N 005-38E on Monday", 2.85, 5.6333),
        ("Posn: 02:51.3N – 005:38.1E, around 95nm off", 2.855, 5.635),
        ("off Bonny at 04 17 N, 006 11 E, four men", 4.2833, 6.1833),
        ("at 33°18'45\"N 44°21'58\"E.", 33.3125, 44.3661),
        ("at 33°18′45″ N, 44°21′58″ E.", 33.3125, 44.3661),
        ("grid N33°18'45'' E44°21'58''", 33.3125, 44.3661),
        ("lies at 33.3128° S, 44.3615° W", -33.3128, -44.3615),
        ("at latitude 12.5 north, longitude 45.2 east", 12.5, 45.2),
        ("at 12.34 degrees south latitude and 67.8 degrees east longitude", -12.34, 67.8),
        ("in lat. 12.5 N, long. 43.2 E", 12.5, 43.2),
        ("at 70.9E, 36.2N", 36.2, 70.9),
        ("geolocated to the coordinates 48.0159, 37.8028.", 48.0159, 37.8028),
        ("(coordinates: -1.6585, 29.2205)", -1.6585, 29.2205),
    ],
)
def test_a_position_is_a_point(text, lat, lon, gazetteer):
    (found,) = positions(text, gazetteer)
    assert found.place.lat == pytest.approx(lat, abs=1e-4)
    assert found.place.lon == pytest.approx(lon, abs=1e-4)
    assert (found.geometry.x, found.geometry.y) == (found.place.lon, found.place.lat)
    assert found.precision == "site"
    assert text[found.toponym.start : found.toponym.end] == found.toponym.text


@pytest.mark.parametrize(
    "text",
    [
        "They lost 12-5 South, 3-2 West.",
        "Take exit 5 North, then 7 East.",
        "The index rose 12.5, 45.2 and 33.1 points.",
        "He scored 33.31, 44.36 and 12.01 in the heats.",
        "between 91-30N 005-38E and the pole",
        "at 12.5 N and later at the harbour, 45.2 E",
        "a 5.6 N load and 3.2 E",
    ],
)
def test_other_numbers_are_none(text, gazetteer):
    found = positions(text, gazetteer)
    assert [r.toponym.text for r in found] == []


@pytest.mark.parametrize(
    ("text", "metres"),
    [("at 02-51N 005-38E", 1311), ("at 02-51.3N 005-38.1E", 131), ("at 2.85N 5.63E", 787), ("at 2.8N 5.6E", 7867)],
)
def test_the_last_digit_says_how_well_it_is_known(text, metres, gazetteer):
    (found,) = positions(text, gazetteer)
    assert found.uncertainty_m == pytest.approx(metres, rel=0.01)


def test_the_country_is_that_of_the_ground_and_the_sea_has_none(gazetteer):
    ground, sea = positions("Between 33.3128 N, 44.3615 E and 02-51N 005-38E.", gazetteer)
    assert (ground.place.country_code, ground.place.admin1) == ("IQ", "Baghdad")
    assert (sea.place.country_code, sea.place.country, sea.place.admin1) == ("", "", "")


@given(st.floats(-89.99, 89.99), st.floats(-179.99, 179.99))
def test_degrees_written_and_read_again_are_the_same(gazetteer, lat, lon):
    written = f"{abs(lat):.5f}° {'NS'[lat < 0]}, {abs(lon):.5f}° {'EW'[lon < 0]}"
    (found,) = positions(f"The drone fell at {written} and burned.", gazetteer)
    assert found.place.lat == pytest.approx(lat, abs=1e-5)
    assert found.place.lon == pytest.approx(lon, abs=1e-5)


REPORTED = {
    "Eight pirates boarded a bulk carrier at 02-51N 005-38E, about 95 nautical miles south-southwest of Brass, Nigeria, "
    "on 9 March 2026 and kidnapped six of the crew.": (2.85, 5.633),
    "Investigators geolocated the video of the drone strike to 48.0159° N, 37.8028° E. Two soldiers were killed in it "
    "on 8 March.": (48.016, 37.803),
    "Posn: 01:09.5N – 103:28.2E, Phillip Channel. Eight pirates boarded a tanker on 11 March 2026 and kidnapped two of "
    "the crew.": (1.158, 103.47),
}


@pytest.mark.parametrize("text", REPORTED)
def test_an_incident_is_where_the_text_gives_its_position(text, gazetteer):
    document = Document(id="x", text=text, published=dt.date(2026, 3, 12))
    incidents = pipeline.process(document, gazetteer, recogniser=default_reader()).incidents
    (place,) = [p for i in incidents for p in i.places if p.role == "happened"]
    there = place.resolution.place
    assert (there.lat, there.lon) == pytest.approx(REPORTED[text], abs=0.001)
