"""Circles are true in metres everywhere on the globe, and nothing runs over the antimeridian."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.affinity import translate

from mapper.frames.geometry import circles, cut_antimeridian, label_point, mend_polygons
from mapper.records import Place, Resolution, Toponym

GEOD = Geod(ellps="WGS84")


def circle(lon, lat, radius_m):
    (shape,) = circles(np.array([shapely.Point(lon, lat)], dtype=object), np.array([radius_m]))
    return shape


def one(shape):
    array = np.empty(1, dtype=object)
    array[0] = shape
    return array


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90), radius_m=st.floats(1, 3_000_000), bearing=st.floats(0, 360))
def test_a_circle_holds_what_is_nearer_than_its_radius_and_nothing_else(lon, lat, radius_m, bearing):
    shape = circle(lon, lat, radius_m)
    inside = GEOD.fwd(lon, lat, bearing, radius_m * 0.9)[:2]
    outside = GEOD.fwd(lon, lat, bearing, radius_m * 1.1)[:2]
    # A side of the polygon is straight on the map and not on the globe; beside a pole a few degrees may lie between.
    near_pole = 90.0 - abs(lat) < 1.3 * radius_m / 111_000
    assert shape.is_valid
    if not near_pole:
        assert shape.intersects(shapely.Point(inside))
        assert not shape.intersects(shapely.Point(outside))


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90), radius_m=st.floats(1, 9_000_000))
def test_a_circle_stays_on_the_map(lon, lat, radius_m):
    west, south, east, north = circle(lon, lat, radius_m).bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


@pytest.mark.parametrize(("lat", "pole"), [(89.5, 90), (-89.5, -90)])
def test_a_circle_around_a_pole_reaches_it_on_every_meridian(lat, pole):
    shape = circle(30.0, lat, 200_000)
    assert all(shape.intersects(shapely.Point(lon, pole)) for lon in range(-180, 181, 30))
    assert not shape.intersects(shapely.Point(30.0, pole * 0.95))


@pytest.mark.parametrize(("lon", "lat"), [(44.5, 33.3), (179.99, -16.8), (10.0, 89.0), (-60, -80)])
def test_the_area_of_a_circle_is_that_of_its_radius(lon, lat):
    shape = circle(lon, lat, 50_000)
    area = sum(abs(GEOD.geometry_area_perimeter(part)[0]) for part in shapely.get_parts(shape))
    assert area == pytest.approx(np.pi * 50_000**2, rel=0.005)


def test_a_circle_over_the_antimeridian_is_two_parts():
    shape = circle(179.99, -16.8, 25_000)
    assert shape.geom_type == "MultiPolygon"
    assert shape.intersects(shapely.Point(-179.95, -16.8))


def test_no_centres_give_no_circles():
    assert len(circles(np.empty(0, dtype=object), np.empty(0))) == 0


@given(
    west=st.floats(-175, 170),
    width=st.floats(0.5, 300),
    south=st.floats(-80, 70),
    turns=st.integers(-2, 2),
)
def test_cutting_keeps_the_area_and_what_is_in_it(west, width, south, turns):
    plain = shapely.box(west, south, west + width, south + 10)
    cut = cut_antimeridian(one(translate(plain, xoff=360.0 * turns)))[0]
    assert cut.is_valid
    assert cut.area == pytest.approx(plain.area)
    middle = (west + width / 2 + 180) % 360 - 180
    assert cut.distance(shapely.Point(middle, south + 5)) < 1e-9


@pytest.mark.parametrize("shape", [shapely.box(-170, -10, 170, 10), shapely.box(-180, -90, 180, 90), None])
def test_what_lies_within_the_map_is_left_alone(shape):
    assert cut_antimeridian(one(shape))[0] is shape


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (shapely.Point(190, 5), shapely.Point(-170, 5)),
        (
            shapely.LineString([(170, 0), (190, 0)]),
            shapely.MultiLineString([[(170, 0), (180, 0)], [(-180, 0), (-170, 0)]]),
        ),
    ],
)
def test_points_and_lines_are_cut_too(shape, expected):
    assert cut_antimeridian(one(shape))[0].equals(expected)


def test_mending_leaves_lines_and_nothing_alone():
    shapes = np.array([shapely.LineString([(0, 0), (1, 1), (1, 0), (0, 1)]), None], dtype=object)
    assert mend_polygons(shapes) is shapes


BAGHDAD = Place("geonames", "98182", "Baghdad", 33.34, 44.40, "P", "PPLC")


def test_the_label_of_a_point_is_the_point_and_not_the_place_it_was_counted_from():
    north = Resolution(Toponym(0, 1, "x"), BAGHDAD, shapely.Point(44.4, 33.52), "near")
    assert label_point(north) == (33.52, 44.4)


def test_the_label_of_an_area_is_the_gazetteer_s():
    assert label_point(Resolution(Toponym(0, 1, "x"), BAGHDAD, shapely.box(44, 33, 45, 34), "adm1")) == (33.34, 44.40)


def test_the_label_of_a_sector_lies_in_it():
    east = shapely.box(44.45, 33.2, 44.6, 33.4)
    label = label_point(Resolution(Toponym(0, 1, "x"), BAGHDAD, east, "adm2"))
    assert east.contains(shapely.Point(label.lon, label.lat))


def test_an_unresolved_toponym_has_no_label():
    assert label_point(Resolution(Toponym(0, 1, "x"))) == (None, None)
