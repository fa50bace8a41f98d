"""Validators of others take our files: geojson-pydantic for GeoJSON, that of the GeoParquet project for GeoParquet."""

from __future__ import annotations

import dataclasses

import pytest
from made_layers import made_incidents

from mapper.formats import write
from mapper.frames import LAYER_NAMES, layers


@pytest.fixture
def models():
    return pytest.importorskip("geojson_pydantic", reason="needs geojson-pydantic, of the tests' own dependencies")


@pytest.fixture
def geoparquet():
    pytest.importorskip("pyarrow", reason="GeoParquet needs the extra `parquet`")
    return pytest.importorskip("geoparquet_validator", reason="needs geoparquet-validator, of the tests' own")


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_a_collection_is_valid(models, reports, layer, tmp_path):
    built = layers(reports)
    path = write(built, tmp_path / "a.geojson", layer=layer)
    found = models.FeatureCollection.model_validate_json(path.read_bytes())
    assert len(found.features) == len(getattr(built, layer))


@pytest.mark.parametrize("suffix", [".geojsonl", ".ndjson"])
def test_each_line_is_a_valid_feature(models, reports, suffix, tmp_path):
    built = layers(reports)
    lines = write(built, tmp_path / f"a{suffix}", layer="zones").read_bytes().splitlines()
    kinds = [models.Feature.model_validate_json(line).geometry.type for line in lines]
    assert kinds == built.zones.geom_type.tolist()


@pytest.mark.parametrize("layer", LAYER_NAMES)
@pytest.mark.parametrize("empty", [False, True])
def test_a_geoparquet_file_conforms(geoparquet, reports, layer, empty, tmp_path):
    path = write(layers([]) if empty else layers(reports), tmp_path / f"{layer}.parquet", layer=layer)
    report = geoparquet.check(str(path))
    assert report["version"] == "1.1.0"
    assert geoparquet.failed(report, "core") == []


def test_a_geoparquet_file_of_many_points_areas_and_nulls_conforms(geoparquet, tmp_path):
    many = dataclasses.replace(layers([]), incidents=made_incidents(1_000, nulls=True, areas=True))
    report = geoparquet.check(str(write(many, tmp_path / "a.parquet")))
    passed = {outcome["id"] for outcome in report["outcomes"] if outcome["status"] == "pass"}
    assert geoparquet.failed(report, "core") == []
    assert {"/conf/core/wkb", "/conf/core/orientation-rings", "/conf/core/bbox-extent"} <= passed
