"""GeoJSON as RFC 7946 has it, checked by a reader that knows nothing of the writer."""

from __future__ import annotations

import io
import json
import math
import re

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import translate
from shapely.geometry.polygon import signed_area

from mapper.formats import dump, write
from mapper.frames import LAYER_NAMES, layers
from mapper.frames.clean import clean_text

RINGS = {"Polygon": 1, "MultiPolygon": 2}


def features_of(text):
    """Read strictly: no NaN, no repeated member, and a FeatureCollection of Features with the members they must have."""

    def once(pairs):
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    def refuse(constant):
        raise AssertionError(constant)

    whole = json.loads(text, parse_constant=refuse, object_pairs_hook=once)
    assert whole["type"] == "FeatureCollection"
    assert "crs" not in whole
    for feature in whole["features"]:
        assert feature["type"] == "Feature"
        assert set(feature) == {"type", "properties", "geometry"}
        if feature["geometry"] is not None:
            check(feature["geometry"])
    return whole["features"]


def check(geometry):
    for position in positions(geometry["coordinates"]):
        assert len(position) == 2
        assert abs(position[0]) <= 180
        assert abs(position[1]) <= 90
        assert all(round(number, 7) == number for number in position)
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(geometry["type"], [])
    for outer, *holes in polygons:
        assert outer[0] == outer[-1]
        assert signed_area(shapely.LinearRing(outer)) > 0
        assert all(signed_area(shapely.LinearRing(hole)) < 0 for hole in holes)


def positions(coordinates):
    if isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part)


def written(frame):
    stream = io.StringIO()
    dump(frame, stream, ".geojson")
    return stream.getvalue()


def frame_of(*shapes):
    return gpd.GeoDataFrame({"n": range(len(shapes))}, geometry=list(shapes), crs=4326)


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_every_layer_is_valid(reports, layer, tmp_path):
    path = write(layers(reports), tmp_path / "a.geojson", layer=layer)
    assert len(features_of(path.read_text(encoding="utf-8"))) == len(getattr(layers(reports), layer))


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_an_empty_layer_is_a_valid_collection(layer, tmp_path):
    path = write(layers([]), tmp_path / "a.geojson", layer=layer)
    assert features_of(path.read_text(encoding="utf-8")) == []


def test_dates_lists_and_nulls_are_what_json_has_for_them(reports):
    first, _, third, *_ = features_of(written(layers(reports).incidents))
    assert first["properties"]["date_start"] == "2024-02-07"
    assert first["properties"]["targets"] == ["a commander", "a vehicle"]
    assert first["properties"]["killed_best"] == 3
    assert first["properties"]["killed_high"] is None
    assert third["properties"]["date_start"] is None
    assert third["properties"]["place_name"] == "تافيوني"


def test_candidates_are_nested_objects(reports):
    first, *_ = features_of(written(layers(reports).places))
    assert first["properties"]["candidates"][0]["name"] == "Mashtal"


def test_a_feature_stands_on_a_line(reports):
    lines = written(layers(reports).incidents).splitlines()
    assert len(lines) == 5 + 2
    assert all(json.loads(line.rstrip(","))["type"] == "Feature" for line in lines[1:-1])


coordinate = st.floats(-1, 1, allow_subnormal=True)


@given(
    lon=st.floats(-179, 179),
    lat=st.floats(-85, 85),
    size=st.floats(0.001, 4),
    turns=st.integers(-1, 1),
    hole=st.booleans(),
    clockwise=st.booleans(),
)
def test_any_polygon_is_right_handed_rounded_and_cut(lon, lat, size, turns, hole, clockwise):
    shape = shapely.Point(lon, lat).buffer(size, quad_segs=4)
    if hole:
        shape = shape.difference(shapely.Point(lon, lat).buffer(size / 2, quad_segs=4))
    shape = shapely.orient_polygons(translate(shape, xoff=360.0 * turns), exterior_cw=clockwise)
    (feature,) = features_of(written(frame_of(shape)))
    assert shapely.geometry.shape(feature["geometry"]).area == pytest.approx(shape.area, rel=1e-3)


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
def test_any_point_has_at_most_seven_decimals(lon, lat):
    text = written(frame_of(shapely.Point(lon, lat)))
    (feature,) = features_of(text)
    assert feature["geometry"]["coordinates"] == pytest.approx([lon, lat], abs=5.1e-8)
    assert not re.search(r"\.\d{8,}", text)


@given(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=8))
def test_any_ring_however_twisted_gives_a_valid_file(ring):
    features_of(written(frame_of(shapely.Polygon(ring))))


@pytest.mark.parametrize(
    "shape", [None, shapely.Point(), shapely.Polygon(), shapely.Point(float("nan"), 1), shapely.Point(float("inf"), 1)]
)
def test_what_has_no_coordinates_is_a_null_geometry(shape):
    (feature,) = features_of(written(frame_of(shape)))
    assert feature["geometry"] is None


def test_heights_are_left_out():
    (feature,) = features_of(written(frame_of(shapely.Point(1, 2, 3))))
    assert feature["geometry"]["coordinates"] == [1, 2]


@given(st.text())
def test_any_text_gives_a_file_that_utf_8_can_hold(text):
    said = pd.Series([text, "\ud800\x00\x1b"], dtype=object)
    frame = gpd.GeoDataFrame({"said": said}, geometry=[None, None], crs=4326)
    features = features_of(written(frame).encode("utf-8").decode("utf-8"))
    assert len(features[0]["properties"]["said"]) == len(text)
    assert features[1]["properties"]["said"] == "\ufffd\ufffd\ufffd"


def test_not_a_number_is_null():
    frame = gpd.GeoDataFrame({"x": [float("nan"), float("inf")], "y": [{"a": float("nan")}, None]}, geometry=[None] * 2)
    first, second = features_of(written(frame))
    assert first["properties"] == {"x": None, "y": {"a": None}}
    assert second["properties"] == {"x": None, "y": None}


@given(
    name=st.text(), text=st.text(), number=st.floats() | st.integers(-(2**60), 2**60), truth=st.booleans() | st.none()
)
def test_any_column_of_any_name_comes_back(name, text, number, truth):
    values = {f"a{name}": text, "number": number, "truth": truth, "list": [text], "%s": "%d"}
    columns = {column: pd.Series([value], dtype=object) for column, value in values.items()}
    (feature,) = features_of(written(gpd.GeoDataFrame(columns, geometry=[None], crs=4326)))
    found = feature["properties"]
    expected = number if isinstance(number, int) or math.isfinite(number) else None
    assert found["number"] == expected
    assert found["truth"] is truth
    assert found["list"] == [found[clean_text(f"a{name}")]] == [clean_text(text)]
    assert found["%s"] == "%d"


def test_json_lines_of_a_layer_without_geometry_have_no_geometry(reports):
    stream = io.StringIO()
    dump(layers(reports), stream, ".jsonl", layer="reports")
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [row["doc_id"] for row in rows] == ["one", "two", "three", "other"]
    assert all("geometry" not in row for row in rows)
