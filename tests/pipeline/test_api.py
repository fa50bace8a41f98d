"""The verbs of ``import mapper``."""

from __future__ import annotations

import datetime as dt

import folium
import geopandas as gpd
import pytest

import mapper
from mapper.errors import SourceError, UsageError
from mapper.records import Document

TEXT = "A car bomb exploded at a market in Mosul on Tuesday, killing four people and wounding nine, police said."


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "bomb.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_read_gives_documents_with_the_date_that_was_given(path):
    (document,) = mapper.read(path, published="2024-02-08")
    assert isinstance(document, Document)
    assert (document.text, document.published) == (TEXT, dt.date(2024, 2, 8))


def test_read_takes_several_sources(path, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("Fire in Basra.", encoding="utf-8")
    assert len(list(mapper.read([path, str(other)]))) == 2


def test_read_raises_what_cannot_be_read(tmp_path):
    with pytest.raises(SourceError, match="missing"):
        list(mapper.read(tmp_path / "missing.txt"))


def test_read_tells_what_cannot_be_read_and_goes_on_where_asked(path, tmp_path):
    failures = []
    documents = list(mapper.read([tmp_path / "missing.txt", path], on_failure=failures.append))
    assert [len(documents), len(failures)] == [1, 1]


def test_read_refuses_a_date_that_is_none(path):
    with pytest.raises(UsageError):
        list(mapper.read(path, published="soon"))


@pytest.mark.parametrize("form", ["document", "path", "text of the path"])
def test_geoparse_and_extract_take_a_document_or_a_path(path, form):
    given = {"document": next(iter(mapper.read(path))), "path": path, "text of the path": str(path)}[form]
    assert "Mosul" in [resolution.toponym.text for resolution in mapper.geoparse(given)]
    assert [incident.killed.best for incident in mapper.extract(given)] == [4]


def test_extract_refuses_what_holds_more_than_one_report(tmp_path):
    corpus = tmp_path / "two.jsonl"
    corpus.write_text(
        '{"id": "a", "text": "Fire in Basra."}\n{"id": "b", "text": "Fire in Mosul."}\n', encoding="utf-8"
    )
    with pytest.raises(UsageError, match="2 reports"):
        mapper.extract(corpus)


def test_the_way_of_the_docstring_ends_in_a_map_and_a_file(path, tmp_path):
    (document,) = mapper.read(path, published="2024-02-08")
    layers = mapper.layers(mapper.extract(document))
    drawn = mapper.map(layers, title="Mosul")
    assert isinstance(drawn, folium.Map)
    drawn.save(tmp_path / "map.html")
    assert "Mosul" in (tmp_path / "map.html").read_text(encoding="utf-8")
    assert mapper.export(layers, tmp_path / "incidents.gpkg") == tmp_path / "incidents.gpkg"
    assert gpd.read_file(tmp_path / "incidents.gpkg", layer="incidents")["place_name"].tolist() == ["Mosul"]


def test_map_and_export_take_what_export_wrote(path, tmp_path):
    mapper.export(mapper.layers(mapper.extract(path)), tmp_path / "incidents.gpkg")
    assert isinstance(mapper.map(tmp_path / "incidents.gpkg"), folium.Map)
    mapper.export(tmp_path / "incidents.gpkg", tmp_path / "incidents.geojson")
    assert len(gpd.read_file(tmp_path / "incidents.geojson")) == 1


def test_geocode_gives_candidates_the_likeliest_first():
    assert mapper.geocode("Mosul")[0].place.country_code == "IQ"


def test_the_package_offers_the_verbs_and_nothing_else():
    assert set(dir(mapper)) == {
        "__version__", "compare", "export", "extract", "geocode", "geoparse", "layers", "learn_homes", "map", "read",
    }  # fmt: skip


def test_rooms_do_not_take_the_place_of_verbs(path):
    mapper.extract(path)
    assert callable(mapper.layers)
    assert callable(mapper.map)
    assert callable(mapper.export)
    assert callable(mapper.geocode)
