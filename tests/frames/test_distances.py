"""Buffers are as wide as they say, wherever on the globe."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from mapper.errors import UsageError
from mapper.frames import buffers

GEOD = Geod(ellps="WGS84")


def widened(shape, metres):
    return buffers(gpd.GeoDataFrame(geometry=[shape], crs=4326), metres).geometry.iloc[0]


def ground(shape):
    fine = shapely.segmentize(shape, 0.05)  # a parallel is no geodesic
    return sum(abs(GEOD.geometry_area_perimeter(part)[0]) for part in shapely.get_parts(fine))


@settings(max_examples=25)
@given(
    lon=st.floats(-180, 178),
    lat=st.floats(-85, 80),
    width=st.floats(0.2, 6),
    height=st.floats(0.2, 4),
    metres=st.floats(1_000, 150_000),
    side=st.floats(0, 1),
    south=st.booleans(),
)
def test_the_edge_of_an_area_is_widened_by_the_distance(lon, lat, width, height, metres, side, south):
    shape = shapely.box(lon, lat, lon + width, lat + height)
    wide = widened(shape, metres)
    assert wide.is_valid
    west, low, east, top = wide.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= low <= top <= 90
    x, y = lon + width * side, lat if south else lat + height
    bearing = 180 if south else 0
    near = GEOD.fwd(x, y, bearing, metres * 0.95)[:2]
    if abs(y + (-1 if south else 1) * metres / 110_000) < 89:  # beyond a pole the way goes on, towards the other side
        assert wide.distance(shapely.Point(near)) < 1e-6
        far = shapely.Point(GEOD.fwd(x, y, bearing, metres * 1.06 + 200)[:2])
        # A parallel bends away from the straight way between two of its points; so only the middle of a side is sure.
        assert side in (0, 1) or abs(y) > 60 or width > 3 or not wide.intersects(far)


def test_an_area_over_the_antimeridian_stays_one_ground():
    fiji = shapely.box(178, -19, 182, -16)
    wide = widened(fiji, 50_000)
    assert wide.geom_type == "MultiPolygon"
    assert wide.covers(shapely.Point(-177.7, -17))
    assert wide.covers(shapely.Point(177.6, -17))
    assert not wide.intersects(shapely.Point(-177.4, -17))


@pytest.mark.parametrize("lat", [89, -90])
def test_a_cap_at_a_pole_reaches_round_it(lat):
    cap = shapely.box(-180, lat, 180, lat + 1)
    wide = widened(cap, 200_000)
    edge = 89 - 1.79 if lat > 0 else -89 + 1.79  # 200 km are 1.79 degrees
    assert all(wide.intersects(shapely.Point(lon, edge + (0.02 if lat > 0 else -0.02))) for lon in range(-180, 181, 45))
    assert not any(wide.intersects(shapely.Point(lon, edge * 0.999 - 0.0)) for lon in range(-180, 181, 45)) or lat < 0


def test_a_hole_is_narrowed_and_a_small_one_closed():
    outer, hole = shapely.box(40, 30, 44, 34), shapely.box(41.9, 31.9, 42.1, 32.1)
    wide = widened(outer.difference(hole), 5_000)
    assert not wide.covers(shapely.Point(42, 32))
    assert widened(outer.difference(hole), 15_000).covers(shapely.Point(42, 32))


def test_a_line_is_widened_on_both_sides():
    road = widened(shapely.LineString([(44.0, 33.0), (46.0, 33.0)]), 10_000)
    length = GEOD.geometry_length(shapely.LineString([(44.0, 33.0), (46.0, 33.0)]))
    assert ground(road) == pytest.approx(length * 20_000 + np.pi * 10_000**2, rel=0.01)


def test_the_area_of_a_country_sized_buffer_is_that_of_the_band_around_it():
    land = shapely.box(30, 40, 50, 60)
    edge = GEOD.geometry_length(shapely.segmentize(land.exterior, 0.1))
    assert ground(widened(land, 10_000)) - ground(land) == pytest.approx(edge * 10_000 + np.pi * 10_000**2, rel=0.01)


def test_a_column_may_hold_the_distances(known):
    wide = buffers(known.incidents, "uncertainty_m")
    rows = known.incidents.geom_type == "Point"
    assert (wide[rows].geom_type == "Polygon").all()
    assert ground(wide[rows].geometry.iloc[0]) == pytest.approx(np.pi * 5_000**2, rel=0.005)


def test_the_rows_and_their_columns_stay(known):
    wide = known.buffers(20_000)
    assert wide["incident_id"].tolist() == known.incidents["incident_id"].tolist()
    assert wide.crs == "EPSG:4326"


def test_another_crs_is_reprojected():
    point = gpd.GeoDataFrame(geometry=[shapely.Point(44.5, 33.3)], crs=4326).to_crs(3857)
    wide = buffers(point, 1_000)
    assert wide.crs == "EPSG:4326"
    assert ground(wide.geometry.iloc[0]) == pytest.approx(np.pi * 1_000**2, rel=0.005)


@pytest.mark.parametrize("metres", [0, -5, float("nan"), 2e7, "nowhere"])
def test_a_distance_that_is_none_is_refused(known, metres):
    with pytest.raises(UsageError) as caught:
        known.buffers(metres)
    assert caught.value.hint


def test_what_has_no_crs_is_refused():
    with pytest.raises(UsageError, match="no CRS"):
        buffers(gpd.GeoDataFrame(geometry=[shapely.Point(0, 0)]), 5)
