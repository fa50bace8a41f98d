"""Other programs read the files: GDAL's ogrinfo and ogr2ogr, which QGIS and most of GIS stand on."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess

import pytest

from mapper.formats import write
from mapper.frames import layers

pytestmark = pytest.mark.skipif(shutil.which("ogr2ogr") is None, reason="needs ogr2ogr (Debian's gdal-bin)")

MANY = [".gpkg", ".kml", ".kmz", ".xlsx"]
ONE = [".geojson", ".geojsonl", ".ndjson", ".fgb"]


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
    assert not done.stderr
    return done.stdout


def as_geojson(path, *options):
    return json.loads(run("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", path, *options))["features"]


@pytest.fixture(params=[*MANY, *ONE])
def path(request, reports, tmp_path):
    if request.param == ".xlsx":
        pytest.importorskip("openpyxl", reason=".xlsx needs the extra `excel`")
    return write(layers(reports), tmp_path / f"incidents{request.param}")


def test_ogrinfo_counts_the_rows(path):
    assert "Feature Count: 5" in run("ogrinfo", "-ro", "-so", path, "incidents")


def test_ogr2ogr_gives_the_days_the_numbers_and_the_nulls_again(path):
    first, _, quake, _, _ = (feature["properties"] for feature in as_geojson(path, "incidents"))
    assert first["date_start"].replace("/", "-")[:10] == "2024-02-07"
    assert int(first["killed_best"]) == 3  # of a KMZ, GDAL reads all columns as text
    assert first["targets"] in ('["a commander","a vehicle"]', ["a commander", "a vehicle"])
    assert not quake.get("date_start")
    assert quake.get("killed_best") in (None, "")


def test_ogr2ogr_gives_arabic_again(path):
    assert as_geojson(path, "incidents")[2]["properties"]["place_name"] == "تافيوني"


def test_ogr2ogr_gives_the_geometries_again(path):
    if path.suffix == ".xlsx":
        pytest.skip("a workbook has columns of coordinates, and no geometry")
    features = as_geojson(path, "incidents")
    kinds = [feature["geometry"] and feature["geometry"]["type"] for feature in features]
    assert kinds == ["Point", "Polygon", "Point", "MultiPolygon", None]
    assert features[0]["geometry"]["coordinates"][:2] == [44.51, 33.33]


@pytest.mark.parametrize("suffix", MANY)
def test_ogrinfo_lists_all_layers(reports, suffix, tmp_path):
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl", reason=".xlsx needs the extra `excel`")
    told = run("ogrinfo", "-ro", "-so", write(layers(reports), tmp_path / f"a{suffix}"))
    assert all(f": {name}" in told for name in ("incidents", "places", "zones", "reports"))


@pytest.mark.parametrize("suffix", [".csv", ".hxl.csv", ".acled.csv"])
def test_ogrinfo_reads_csv(reports, suffix, tmp_path):
    path = write(layers(reports[:1]), tmp_path / f"a{suffix}")
    count = {".csv": 2, ".hxl.csv": 3, ".acled.csv": 1}[suffix]
    assert f"Feature Count: {count}" in run("ogrinfo", "-ro", "-al", "-so", path)


def test_gdal_takes_kml_times_for_moments(reports, tmp_path):
    path = write(layers(reports), tmp_path / "a.kml")
    rows = list(csv.DictReader(io.StringIO(run("ogr2ogr", "-f", "CSV", "/vsistdout/", path, "incidents"))))
    assert rows[0]["begin"].startswith("2024/02/07 00:00:00")
    assert rows[0]["end"].startswith("2024/02/07 23:59:59")
    assert not rows[2]["begin"]
