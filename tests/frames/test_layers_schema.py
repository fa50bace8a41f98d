"""The schema is held on the way in and out, and documents itself."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from mapper.errors import MapperError
from mapper.frames import (
    LAYER_NAMES,
    SCHEMA,
    LayerError,
    LayerWarning,
    coerce,
    layer_of,
    layers,
    schema_markdown,
    validate,
)


@pytest.fixture
def built(reports):
    return layers(reports)


def changed(built, name, frame):
    return dataclasses.replace(built, **{name: frame})


def test_layers_as_built_are_valid(built):
    validate(built)


def test_a_missing_column_is_named(built):
    with pytest.raises(LayerError, match="no column 'status'"):
        validate(changed(built, "incidents", built.incidents.drop(columns="status")))


def test_a_wrong_type_is_named(built):
    wrong = built.incidents.astype({"killed_best": "float64"})
    with pytest.raises(LayerError, match="'killed_best' of the incidents layer is float64, not Int64"):
        validate(changed(built, "incidents", wrong))


def test_a_null_in_a_required_column_is_refused(built):
    wrong = built.incidents.copy()
    wrong.loc[0, "event_type"] = pd.NA
    with pytest.raises(LayerError, match="'event_type' of the incidents layer has nulls"):
        validate(changed(built, "incidents", wrong))


def test_another_crs_is_refused(built):
    with pytest.raises(LayerError, match="not in EPSG:4326") as caught:
        validate(changed(built, "places", built.places.to_crs(3857)))
    assert "to_crs" in caught.value.hint


def test_swapped_coordinates_are_refused_where_they_fall_off_the_globe(built):
    wrong = built.incidents.copy()
    wrong.loc[0, "geometry"] = shapely.Point(-16.85, 179.97)
    with pytest.raises(LayerError, match="off the globe"):
        validate(changed(built, "incidents", wrong))


def test_a_country_as_a_point_is_refused(built):
    wrong = built.incidents.copy()
    wrong.loc[1, "geometry"] = shapely.Point(44, 33)
    with pytest.raises(LayerError, match="shows an area as a point"):
        validate(changed(built, "incidents", wrong))


def test_a_point_as_a_zone_is_refused(built):
    wrong = built.zones.copy()
    wrong.loc[0, "geometry"] = shapely.Point(44, 33)
    with pytest.raises(LayerError, match="zones layer holds points"):
        validate(changed(built, "zones", wrong))


def test_a_line_is_refused(built):
    wrong = built.places.copy()
    wrong.loc[0, "geometry"] = shapely.LineString([(0, 0), (1, 1)])
    with pytest.raises(LayerError, match="other than points and polygons"):
        validate(changed(built, "places", wrong))


def test_a_layer_error_is_a_mapper_error_with_a_hint(built):
    with pytest.raises(MapperError) as caught:
        validate(changed(built, "reports", built.reports.drop(columns="title")))
    assert caught.value.hint


@pytest.mark.parametrize("name", LAYER_NAMES)
def test_a_layer_is_known_by_its_columns(built, name):
    assert layer_of(getattr(built, name).columns) == name


def test_a_strange_table_is_no_layer():
    assert layer_of(["name", "population"]) is None


@pytest.mark.parametrize("name", LAYER_NAMES)
def test_coercing_a_layer_changes_nothing(built, name):
    frame = getattr(built, name)
    pd.testing.assert_frame_equal(coerce(name, frame), frame)


def test_text_from_a_file_becomes_the_declared_types(built):
    text = pd.DataFrame(built.zones.drop(columns="geometry")).astype(str).assign(
        incident_ids='["a","b"]', doc_ids="", uncertainty_m="2e3"
    )  # fmt: skip
    made = coerce("zones", text)
    assert made["incident_ids"].iloc[0] == ["a", "b"]
    assert made["doc_ids"].iloc[0] == []
    assert made["uncertainty_m"].iloc[0] == 2000.0


def test_columns_of_one_s_own_are_kept(built):
    made = coerce("reports", built.reports.assign(desk="Amman"))
    assert made["desk"].tolist() == ["Amman"] * len(built.reports)


def test_a_layer_in_another_crs_is_reprojected(built):
    with pytest.warns(LayerWarning, match="Pseudo-Mercator, and was reprojected"):
        back = coerce("incidents", built.incidents.to_crs(3857))
    assert back.crs == "EPSG:4326"
    assert back.geometry.iloc[0].distance(built.incidents.geometry.iloc[0]) < 1e-9


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("killed_best", "three"),
        ("killed_best", 2.5),
        ("date_start", "7 February"),
        ("confidence", "high"),
        ("sources", 4),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_column(built, column, value):
    wrong = pd.DataFrame(built.incidents).astype({column: object})
    wrong[column] = [value] * len(wrong)
    with pytest.raises(LayerError, match=f"column '{column}' of the incidents layer"):
        coerce("incidents", wrong)


def test_a_required_column_that_is_missing_is_refused():
    with pytest.raises(LayerError, match="places layer has no column 'start'"):
        coerce("places", gpd.GeoDataFrame({"doc_id": ["a"], "toponym": ["Iraq"]}, geometry=[None], crs=4326))


def test_the_documentation_names_every_column():
    text = schema_markdown()
    assert all(f"| `{column.name}` |" in text for columns in SCHEMA.values() for column in columns)


def test_every_column_says_what_it_holds():
    assert all(column.description for columns in SCHEMA.values() for column in columns)


def test_metres_are_in_the_names_of_the_columns_that_hold_them():
    assert all(c.name.endswith("_m") for columns in SCHEMA.values() for c in columns if c.unit == "m")


def test_the_readme_names_every_column_of_the_incidents_in_their_order():
    text = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    told = text.partition("`incidents` has one row an incident and place:")[2].partition(". An open bound")[0]
    assert re.findall(r"`(\w+)`", told) == [c.name for c in SCHEMA["incidents"] if c.dtype != "geometry"]
