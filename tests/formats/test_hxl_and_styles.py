"""A row of HXL tags on request, and the styles with which QGIS opens a GeoPackage in colour."""

from __future__ import annotations

import csv
import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.formats import read, write
from mapper.formats.hxl import hxl_tag, is_tag_row
from mapper.formats.styles import COLOURS, OTHER_COLOUR
from mapper.formats.table import bare, inert
from mapper.frames import LAYER_NAMES, SCHEMA, layers
from mapper.incidents.scheme import EVENT_TYPES

TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


@pytest.fixture
def built(reports):
    return layers(reports)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_every_column_has_a_tag(built, layer, tmp_path):
    names, tags, *rows = rows_of(write(built, tmp_path / "a.hxl.csv", layer=layer))
    assert len(rows) == len(getattr(built, layer))
    assert len(tags) == len(names)
    assert all(TAG.fullmatch(tag) for tag in tags)
    assert len(set(tags)) == len(tags)


@given(st.text())
def test_any_column_s_tag_is_one_of_hxl(name):
    assert TAG.fullmatch(hxl_tag(name))


def test_places_and_numbers_have_the_tags_of_the_core_schema():
    names = ("country", "admin1", "lat", "lon", "date_start", "killed_best")
    tags = ["#country+name", "#adm1+name", "#geo+lat", "#geo+lon", "#date+start", "#affected+killed"]
    assert [hxl_tag(name) for name in names] == tags


def test_plain_csv_has_no_tags(built, tmp_path):
    assert not is_tag_row(rows_of(write(built, tmp_path / "a.csv"))[1])


def test_a_row_of_tags_alone_is_an_empty_layer(built, tmp_path):
    path = write(built, tmp_path / "a.hxl.csv")
    path.write_bytes(b"\r\n".join(path.read_bytes().split(b"\r\n")[:2]))
    assert read(path).incidents.empty


@given(st.text(alphabet=st.sampled_from("'=+-@ a\t")))
def test_what_was_made_inert_is_given_back(text):
    assert bare(inert(text)) == text


def style_of(path, layer):
    with sqlite3.connect(path) as connection:
        found = connection.execute(
            "SELECT styleQML FROM layer_styles JOIN gpkg_geometry_columns"
            " ON f_table_name = table_name AND f_geometry_column = column_name"
            " WHERE table_name = ? AND useAsDefault",
            (layer,),
        ).fetchall()
    connection.close()
    ((qml,),) = found
    return ET.fromstring(qml)


@pytest.mark.parametrize("layer", ["incidents", "places", "zones"])
def test_qgis_finds_a_style_for_each_layer_that_is_drawn(built, layer, tmp_path):
    style = style_of(write(built, tmp_path / "a.gpkg"), layer)
    symbols = {symbol.get("name"): symbol.get("type") for symbol in style.iter("symbol")}
    for rule in style.iter("rule"):
        if rule.get("symbol"):
            kind = "fill" if "'Polygon'" in rule.get("filter") else "marker"
            assert symbols[rule.get("symbol")] == kind


def test_incidents_have_a_colour_by_their_type(built, tmp_path):
    style = style_of(write(built, tmp_path / "a.gpkg"), "incidents")
    filters = " ".join(rule.get("filter") or "" for rule in style.iter("rule"))
    assert all(f"\"event_type\" = '{kind}'" in filters for kind in EVENT_TYPES)
    colours = {prop.get("v") for prop in style.iter("prop") if prop.get("k") == "color"}
    assert "194,65,12,255" in colours  # air and drone strikes, #c2410c


def test_a_style_names_no_kind_of_geometry(built, tmp_path):
    assert style_of(write(built, tmp_path / "a.gpkg"), "incidents").find("layerGeometryType") is None


def test_a_geopackage_of_one_s_own_layer_has_no_styles(built, tmp_path):
    path = write(built, tmp_path / "a.gpkg", layer="reports")
    with sqlite3.connect(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT table_name FROM gpkg_contents")}
    connection.close()
    assert tables == {"reports"}


def test_every_table_of_a_geopackage_is_listed_in_its_contents(built, tmp_path):
    path = write(built, tmp_path / "a.gpkg")
    with sqlite3.connect(path) as connection:
        listed = {name for (name,) in connection.execute("SELECT table_name FROM gpkg_contents")}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    assert listed == {*LAYER_NAMES, "layer_styles"}


def test_the_colours_are_those_of_the_page():
    glyphs = Path(__file__).resolve().parents[2] / "mapper" / "maps" / "assets" / "app" / "glyphs.js"
    text = glyphs.read_text(encoding="utf-8")
    looks = text[text.index("TYPE_LOOKS = {") : text.index("};")]
    assert dict(re.findall(r'(\w+): \["(#[0-9a-f]{6})"', looks)) == COLOURS
    assert OTHER_COLOUR in text
    assert tuple(COLOURS) == EVENT_TYPES


def test_no_column_of_the_schema_is_left_to_a_tag_by_chance():
    told = [c.name for c in SCHEMA["incidents"] if c.dtype != "geometry" and hxl_tag(c.name).startswith("#meta")]
    assert set(told) == {"confidence", "sources", "n_reports", "evidence_start", "evidence_end", "doc_id", "source_url",
                         "review_status", "quotes", "counts", "relations", "actors", "reports", "mention"}  # fmt: skip
