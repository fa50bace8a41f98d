"""CSV that a spreadsheet can open without running anything, and that puts no area on a point."""

from __future__ import annotations

import csv
import io

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import UsageError
from mapper.formats import dump
from mapper.frames import layers


def rows_of(frame):
    stream = io.StringIO(newline="")
    dump(frame, stream, ".csv")
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline=""), strict=True))


def cell(text):
    (row,) = rows_of(gpd.GeoDataFrame({"said": [text]}, geometry=[None], crs=4326))
    return row["said"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "＝1", "=cmd|' /C calc'!A0", "-"]
)
def test_text_like_a_formula_is_made_inert(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Mashtal", "3 killed - at least", "a=b", "'quoted'", 'say "no"', "زلزال", "a,b;c"])
def test_other_text_is_left_as_it_is(text):
    assert cell(text) == text


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"])))
def test_no_cell_of_text_begins_like_a_formula(text):
    found = cell(text)
    assert found in (text, f"'{text}")
    assert not found.lstrip().startswith(("=", "+", "-", "@"))


def test_negative_numbers_stay_numbers():
    (row,) = rows_of(gpd.GeoDataFrame({"t": [-3.5]}, geometry=[shapely.Point(-70.5, -33.25)], crs=4326))
    assert (row["t"], row["lat"], row["lon"]) == ("-3.5", "-33.25", "-70.5")


def test_an_area_has_a_polygon_and_no_coordinates(reports):
    row = rows_of(layers(reports).incidents)[1]
    assert row["place_name"] == "Iraq"
    assert (row["lat"], row["lon"]) == ("", "")
    assert shapely.from_wkt(row["wkt"]).equals(shapely.box(39, 29, 48.5, 37.3))


def test_nulls_are_empty_dates_are_iso_and_lists_are_json(reports):
    first, *_, last = rows_of(layers(reports).incidents)
    assert first["date_start"] == "2024-02-07"
    assert first["killed_high"] == ""
    assert first["targets"] == '["a commander","a vehicle"]'
    assert (last["lat"], last["wkt"]) == ("", "")


def test_a_layer_without_rows_is_a_line_of_names():
    stream = io.StringIO()
    dump(layers([]), stream, ".csv")
    assert stream.getvalue().startswith("incident_id,event_type,")
    assert stream.getvalue().count("\r\n") == 1


def test_what_is_not_text_is_not_dumped(reports):
    with pytest.raises(UsageError, match="GeoPackage is not text"):
        dump(layers(reports), io.StringIO(), ".gpkg")
