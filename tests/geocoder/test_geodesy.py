"""Shapes on the ellipsoid: metres are metres everywhere, and nothing leaves the world."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, box, get_coordinates

from mapper.geocoder.geodesy import around, azimuth_m, circle, equivalent_radius_m, geod, offset, part, shared_border

LAT = st.floats(-89.9, 89.9)
LON = st.floats(-180, 180)
RADIUS = st.floats(500, 800_000)


@given(LAT, LON, RADIUS)
def test_a_circle_is_valid_and_within_the_world(lat, lon, radius):
    shape = circle(lat=lat, lon=lon, radius_m=radius)
    west, south, east, north = shape.bounds
    assert shape.is_valid
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


@given(LAT, LON, RADIUS)
def test_a_circle_has_the_area_of_its_radius(lat, lon, radius):
    shape = circle(lat=lat, lon=lon, radius_m=radius)
    flat = math.pi * radius**2
    near_pole = azimuth_m(lat=lat, lon=lon, to_lat=math.copysign(90, lat), to_lon=lon)[1] < radius * 1.2
    tolerance = 0.25 if near_pole else 0.03
    assert abs(geod().geometry_area_perimeter(shape)[0]) == pytest.approx(flat, rel=tolerance)


@given(LAT, LON, st.floats(2_000, 800_000))
def test_a_circle_holds_its_centre(lat, lon, radius):
    assert circle(lat=lat, lon=lon, radius_m=radius).buffer(1e-9).covers(Point(lon, lat))


def test_a_circle_over_the_antimeridian_is_cut_there():
    shape = circle(lat=-17.8, lon=179.9, radius_m=100_000)
    assert shape.geom_type == "MultiPolygon"
    assert shape.covers(Point(-179.5, -17.8))


def test_a_circle_over_the_pole_holds_the_pole():
    assert circle(lat=89.0, lon=10.0, radius_m=300_000).covers(Point(-170, 89.9))


@given(LAT, LON, st.floats(0, 360), RADIUS)
def test_an_offset_is_as_far_as_asked(lat, lon, bearing, metres):
    point = offset(lat=lat, lon=lon, bearing=bearing, distance_m=metres)
    assert azimuth_m(lat=lat, lon=lon, to_lat=point.y, to_lon=point.x)[1] == pytest.approx(metres, abs=1.0)


@given(st.floats(-60, 60), st.floats(-170, 170), st.sampled_from([0, 45, 90, 135, 180, 225, 270, 315]))
def test_a_part_lies_in_its_area_towards_the_bearing(lat, lon, bearing):
    area = circle(lat=lat, lon=lon, radius_m=200_000)
    piece = part(area, bearing)
    assert piece.difference(area).area < 1e-4 * area.area
    middle = piece.centroid
    back, _ = azimuth_m(lat=lat, lon=lon, to_lat=middle.y, to_lon=middle.x)
    assert abs((back - bearing + 180) % 360 - 180) < 15


@given(st.floats(-60, 60), LON)
def test_the_middle_part_is_smaller_and_holds_the_centre(lat, lon):
    area = circle(lat=lat, lon=lon, radius_m=200_000)
    middle = part(area, None)
    assert middle.covers(Point(lon, lat))
    assert equivalent_radius_m(middle) == pytest.approx(100_000, rel=0.05)


def test_a_part_of_an_area_across_the_antimeridian_stays_in_the_world():
    area = circle(lat=65.0, lon=179.0, radius_m=300_000)
    piece = part(area, 90.0)
    assert piece.bounds[0] >= -180
    assert piece.covers(Point(-176, 65.0))


@given(st.floats(-70, 70), LON, st.floats(5_000, 100_000))
def test_around_reaches_as_far_as_asked(lat, lon, metres):
    area = circle(lat=lat, lon=lon, radius_m=100_000)
    grown = around(area, metres)
    assert equivalent_radius_m(grown) == pytest.approx(100_000 + metres, rel=0.03)


def test_a_shared_border_is_on_the_first_side():
    strip = shared_border(box(10, 40, 12, 42), box(12, 40, 14, 42), 25_000)
    west, _, east, _ = strip.bounds
    assert east == pytest.approx(12.0)
    assert 11.6 < west < 11.8


def test_areas_far_apart_share_no_border():
    assert shared_border(box(10, 40, 12, 42), box(20, 40, 22, 42), 25_000).is_empty


def test_coordinates_are_longitude_first():
    xs, ys = get_coordinates(circle(lat=33.0, lon=44.0, radius_m=1000)).T
    assert abs(xs.mean() - 44.0) < 0.1
    assert abs(ys.mean() - 33.0) < 0.1


def test_a_part_leaves_out_small_land_far_from_the_rest():
    country, island = box(10.0, 50.0, 14.0, 54.0), box(10.0, 65.0, 10.5, 65.5)
    north = part(MultiPolygon([country, island]), 0.0)
    assert north.covers(Point(12.0, 53.5))
    assert north.bounds[3] < 55.0
    assert not north.covers(Point(12.0, 51.0))


def test_a_part_keeps_what_is_half_of_an_area_however_far():
    west, east = box(100.0, 2.0, 104.0, 6.0), box(110.0, 2.0, 115.0, 6.0)
    assert part(MultiPolygon([west, east]), 90.0).covers(Point(114.0, 4.0))


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_the_surroundings_of_land_over_a_pole_reach_all_round(pole):
    cap = circle(lat=math.copysign(88.0, pole), lon=30.0, radius_m=600_000)
    swollen = around(cap, 100_000)
    assert swollen.is_valid
    assert swollen.covers(cap.buffer(-0.05))
    assert all(swollen.covers(Point(lon, math.copysign(87.0, pole))) for lon in range(-175, 180, 10))
    assert not swollen.covers(Point(30.0, math.copysign(80.0, pole)))
