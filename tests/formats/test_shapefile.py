"""Shapefiles: short names with a legend, one kind of geometry a file, and a word where text does not fit."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SourceError
from mapper.formats import LossWarning, read, write
from mapper.formats.shapefile import _cut, _field_names
from mapper.frames import SCHEMA, layers

pytestmark = pytest.mark.filterwarnings("ignore:a shapefile holds 254 bytes:mapper.formats.LossWarning")


@pytest.fixture
def built(reports):
    return layers(reports)


@pytest.fixture
def path(built, tmp_path):
    return write(built, tmp_path / "incidents.shp")


def legend_of(path):
    with path.with_name(f"{path.stem}.columns.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def frame_of(*shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=4326)


def test_the_legend_explains_every_short_name(path):
    legend = {row["field"]: row for row in legend_of(path)}
    fields = set(gpd.read_file(path).columns) - {"geometry"}
    assert fields == set(legend)
    assert legend["killed_bes"]["column"] == "killed_best"
    assert legend["killed_bes"]["unit"] == "people"
    assert legend["killed_bes"]["description"]
    assert {row["column"] for row in legend.values()} - {""} == {c.name for c in SCHEMA["incidents"]} - {"geometry"}


def test_points_and_areas_stand_in_two_files(path):
    points = gpd.read_file(path)
    assert points.geom_type.tolist()[:2] == ["Point", "Point"]
    assert points.geometry.isna().tolist() == [False, False, True]
    assert points["row_no"].tolist() == [0, 2, 4]
    areas = gpd.read_file(path.with_name("incidents_areas.shp"))
    assert areas.geom_type.tolist() == ["Polygon", "MultiPolygon"]
    assert areas["row_no"].tolist() == [1, 3]


def test_a_layer_of_areas_is_one_file(built, tmp_path):
    path = write(built, tmp_path / "zones.shp", layer="zones")
    assert not path.with_name("zones_areas.shp").exists()
    assert "row_no" not in gpd.read_file(path)


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs ogrinfo (Debian's gdal-bin)")
def test_ogrinfo_reads_both_with_their_dates_and_encoding(path):
    told = [
        subprocess.run(["ogrinfo", "-ro", "-al", p], capture_output=True, text=True, check=True)
        for p in (path, path.with_name("incidents_areas.shp"))
    ]
    assert "Feature Count: 3" in told[0].stdout
    assert "Feature Count: 2" in told[1].stdout
    assert "date_start (Date) = 2024/02/07" in told[0].stdout
    assert "تافيوني" in told[0].stdout
    assert not told[0].stderr + told[1].stderr


def test_text_that_does_not_fit_is_cut_with_a_warning(tmp_path):
    long = "زلزال " * 100
    with pytest.warns(LossWarning, match="1 texts are cut in 'said'"):
        path = write(frame_of(shapely.Point(1, 2), said=[long]), tmp_path / "a.shp")
    (found,) = gpd.read_file(path)["said"]
    assert found.endswith("…")
    assert long.startswith(found[:-1])
    assert 250 <= len(found.encode()) <= 254


def test_a_list_that_does_not_fit_stays_json(tmp_path):
    names = [f"group {n}" for n in range(60)]
    with pytest.warns(LossWarning, match="1 lists are shortened in 'who'"):
        path = write(frame_of(shapely.Point(1, 2), who=[names]), tmp_path / "a.shp")
    kept = json.loads(gpd.read_file(path)["who"].iloc[0])
    assert 10 < len(kept) < 60
    assert kept == names[: len(kept)]


@given(st.text(min_size=255))
def test_what_is_cut_fits_and_is_whole_characters(text):
    text = text.encode(errors="replace").decode()
    assert len(_cut(text, "text").encode()) <= 254
    assert text.startswith(_cut(text, "text")[:-1])


@given(st.lists(st.text(max_size=30), unique=True, max_size=200))
def test_short_names_fit_and_are_unique(columns):
    names = _field_names(columns)
    assert len({name.lower() for name in names}) == len(columns)
    assert all(0 < len(name) <= 10 and name.isascii() and name.lower() != "row_no" for name in names)


def test_moments_are_text_and_come_back(tmp_path):
    own = frame_of(shapely.Point(1, 2), seen=pd.to_datetime(["2024-01-28 05:30"]))
    assert gpd.read_file(write(own, tmp_path / "a.shp"))["seen"].tolist() == ["2024-01-28T05:30:00.000"]


def test_lines_have_a_file_of_their_own(tmp_path):
    own = frame_of(shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)]), shapely.box(0, 0, 1, 1), n=[1, 2, 3])
    path = write(own, tmp_path / "a.shp")
    assert gpd.read_file(path.with_name("a_lines.shp"))["n"].tolist() == [2]
    assert gpd.read_file(path.with_name("a_areas.shp"))["n"].tolist() == [3]


def test_areas_of_an_earlier_file_are_not_read_with_a_new_one(built, path):
    write(built.incidents.iloc[[0]], path)
    assert len(read(path).incidents) == 1


def test_an_index_of_the_file_before_is_removed(built, path):
    path.with_suffix(".qix").write_bytes(b"an index")
    write(built, path)
    assert not path.with_suffix(".qix").exists()


def test_files_of_the_user_beside_it_are_left_alone(built, path):
    path.with_name("incidents_notes.csv").write_text("mine")
    write(built, path)
    assert path.with_name("incidents_notes.csv").read_text() == "mine"


def test_a_broken_legend_is_one_clear_error(path):
    path.with_name("incidents.columns.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SourceError, match="not the legend"):
        read(path)


def test_an_object_that_does_not_fit_is_left_out_and_said(built, tmp_path):
    with pytest.warns(LossWarning, match="are left out in 'mention'"):
        path = write(built, tmp_path / "a.shp")
    assert set(read(path).incidents["mention"]) == {"[]"}


def test_records_come_back_with_what_a_shapefile_has_room_for(reports, tmp_path):
    strike, quake, _ = read(write(layers(reports), tmp_path / "a.shp")).to_incidents()
    assert [place.name for place in strike.places] == ["Mashtal", "Iraq"]
    assert strike.killed.best == 3
    assert quake.places[0].resolution.place.country == "Fiji"
