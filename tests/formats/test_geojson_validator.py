"""A validator of others (geojson-pydantic) takes our GeoJSON: members, kinds, positions, closed rings."""

from __future__ import annotations

import pytest

from mapper.formats import write
from mapper.frames import LAYER_NAMES, layers

models = pytest.importorskip("geojson_pydantic", reason="needs geojson-pydantic, of the tests' own dependencies")


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_a_collection_is_valid(reports, layer, tmp_path):
    built = layers(reports)
    path = write(built, tmp_path / "a.geojson", layer=layer)
    found = models.FeatureCollection.model_validate_json(path.read_bytes())
    assert len(found.features) == len(getattr(built, layer))


@pytest.mark.parametrize("suffix", [".geojsonl", ".ndjson"])
def test_each_line_is_a_valid_feature(reports, suffix, tmp_path):
    built = layers(reports)
    lines = write(built, tmp_path / f"a{suffix}", layer="zones").read_bytes().splitlines()
    kinds = [models.Feature.model_validate_json(line).geometry.type for line in lines]
    assert kinds == built.zones.geom_type.tolist()
