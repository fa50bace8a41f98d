"""Layers come back from every format as they went in: dates, nulls, lists, Arabic, polygons, empty layers."""

from __future__ import annotations

import shutil
import subprocess

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from mapper.errors import SourceError, UsageError
from mapper.formats import FORMATS, read, write, write_folder
from mapper.frames import LAYER_NAMES, LayerError, layers

READABLE = [suffix for suffix, form in FORMATS.items() if form.read is not None]
LONG = {"actors", "reports", "mention", "entry"}
SPATIAL = [".gpkg", ".geojson", ".fgb"]
EXTRAS = {".parquet": "pyarrow", ".xlsx": "openpyxl"}


@pytest.fixture
def built(reports):
    return layers(reports)


@pytest.fixture(params=[pytest.param(suffix, id=suffix[1:]) for suffix in READABLE])
def suffix(request):
    if request.param in EXTRAS:
        pytest.importorskip(EXTRAS[request.param], reason=f"{request.param} needs an extra")
    return request.param


def assert_same(found, wanted):
    """Values, types and nulls equal; geometries to a centimetre, whichever way their rings run."""
    pd.testing.assert_frame_equal(
        pd.DataFrame(found.drop(columns="geometry")), pd.DataFrame(wanted.drop(columns="geometry"))
    )
    assert found.crs == wanted.crs == "EPSG:4326"
    assert found.geometry.isna().tolist() == wanted.geometry.isna().tolist()
    there = wanted.geometry.notna().to_numpy()
    apart = shapely.hausdorff_distance(found.geometry.to_numpy()[there], wanted.geometry.to_numpy()[there])
    assert (apart < 1e-7).all()
    assert found.geom_type.tolist() == wanted.geom_type.tolist()


@pytest.mark.filterwarnings("ignore:a shapefile holds 254 bytes:mapper.formats.LossWarning")
@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_a_layer_survives_a_file(built, suffix, layer, tmp_path):
    path = write(built, tmp_path / f"a{suffix}", layer=layer)
    found, wanted = getattr(read(path), layer), getattr(built, layer)
    if suffix == ".shp":  # which has no room for them
        found, wanted = (frame.drop(columns=LONG & {*frame}) for frame in (found, wanted))
    assert_same(found, wanted)


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_an_empty_layer_survives_a_file(suffix, layer, tmp_path):
    empty = layers([])
    path = write(empty, tmp_path / f"{layer}{suffix}", layer=layer)
    assert_same(getattr(read(path), layer), getattr(empty, layer))


def test_all_layers_survive_a_geopackage(built, tmp_path):
    back = read(write(built, tmp_path / "a.gpkg"))
    for name, frame in built.items():
        assert_same(getattr(back, name), frame)


def test_all_layers_survive_a_folder(built, tmp_path):
    write_folder(built, tmp_path / "out")
    back = read(tmp_path / "out")
    for name, frame in built.items():
        assert_same(getattr(back, name), frame)


def test_a_folder_has_the_files_of_the_contract(built, tmp_path):
    written = write_folder(built, tmp_path / "out")
    assert sorted(written) == [
        "incidents.geojson",
        "incidents.gpkg",
        "places.geojson",
        "reports.jsonl",
        "zones.geojson",
    ]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(written)


@pytest.mark.parametrize("empty", [False, True])
def test_a_geopackage_lists_all_layers_even_when_empty(built, empty, tmp_path):
    path = write(layers([]) if empty else built, tmp_path / "a.gpkg")
    assert pyogrio.list_layers(path).tolist() == [
        ["incidents", "Unknown"],
        ["places", "Unknown"],
        ["zones", "Unknown"],
        ["reports", None],
        ["layer_styles", None],
    ]


def test_a_geopackage_says_which_columns_are_dates_and_whole_numbers(built, tmp_path):
    info = pyogrio.read_info(write(built, tmp_path / "a.gpkg"), layer="incidents")
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert types["date_start"] == types["published"] == "OFTDate"
    assert types["killed_best"] == "OFTInteger64"
    assert info["crs"] == "EPSG:4326"


def test_lists_in_a_geopackage_are_json(built, tmp_path):
    frame = gpd.read_file(write(built, tmp_path / "a.gpkg"), layer="incidents")
    assert frame["targets"].iloc[0] == '["a commander","a vehicle"]'


@pytest.mark.parametrize("suffix", SPATIAL)
@pytest.mark.parametrize("empty", [False, True])
def test_geopandas_reads_it_in_epsg_4326(built, suffix, empty, tmp_path):
    path = write(layers([]) if empty else built, tmp_path / f"incidents{suffix}")
    frame = gpd.read_file(path, layer="incidents")
    assert frame.crs == "EPSG:4326"
    assert len(frame) == (0 if empty else 5)


def test_geopandas_reads_the_parquet_in_epsg_4326(built, tmp_path):
    pytest.importorskip("pyarrow", reason="GeoParquet needs the extra `parquet`")
    frame = gpd.read_parquet(write(built, tmp_path / "a.parquet"))
    assert frame.crs == "EPSG:4326"
    assert list(frame["targets"].iloc[0]) == ["a commander", "a vehicle"]


def test_geopandas_reads_dates_as_dates_from_geojson(built, tmp_path):
    frame = gpd.read_file(write(built, tmp_path / "a.geojson"))
    assert frame["date_start"].iloc[0] == pd.Timestamp("2024-02-07")


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs ogrinfo (Debian's gdal-bin)")
@pytest.mark.parametrize("suffix", SPATIAL)
def test_ogrinfo_reads_it(built, suffix, tmp_path):
    path = write(built, tmp_path / f"incidents{suffix}")
    told = subprocess.run(["ogrinfo", "-ro", "-al", "-so", path], capture_output=True, text=True, check=True)
    assert "Feature Count: 5" in told.stdout
    assert not told.stderr


def test_a_frame_of_one_s_own_is_written_with_all_its_columns(tmp_path):
    own = gpd.GeoDataFrame(
        {
            "name": ["Amman", None],
            "when": pd.to_datetime(["2024-01-28 05:30", None]),
            "tags": [["a"], None],
            "n": [1, 2],
        },
        geometry=[shapely.Point(35.9, 31.9), None],
        crs=4326,
    ).to_crs(3857)
    frame = gpd.read_file(write(own, tmp_path / "own.geojson"))
    assert frame["when"].iloc[0] == pd.Timestamp("2024-01-28 05:30")
    assert frame.geometry.iloc[0].distance(shapely.Point(35.9, 31.9)) < 1e-7
    assert frame["n"].tolist() == [1, 2]


def test_columns_of_one_s_own_survive_beside_the_schema_s(built, tmp_path):
    own = built.incidents.assign(desk="Amman", seen=pd.Timestamp("2024-02-08T10:00", tz="Asia/Amman"))
    back = read(write(own, tmp_path / "a.geojson")).incidents
    assert back["desk"].tolist() == ["Amman"] * 5
    assert back["seen"].iloc[0] == "2024-02-08T07:00:00.000Z"


def test_geometries_without_a_crs_are_refused(tmp_path):
    bare = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 2)])
    with pytest.raises(UsageError, match="no CRS"):
        write(bare, tmp_path / "a.geojson")
    assert not list(tmp_path.iterdir())


def test_one_layer_of_a_geopackage_may_be_written_alone(built, tmp_path):
    path = write(built, tmp_path / "a.gpkg", layer="places")
    assert pyogrio.list_layers(path)[:, 0].tolist() == ["places", "layer_styles"]


def test_an_unknown_suffix_lists_the_known_ones(built, tmp_path):
    with pytest.raises(UsageError) as caught:
        write(built, tmp_path / "a.xyz")
    assert all(suffix in caught.value.hint for suffix in FORMATS)


def test_an_unknown_layer_lists_the_known_ones(built, tmp_path):
    with pytest.raises(UsageError, match="no layer 'events'"):
        write(built, tmp_path / "a.csv", layer="events")


def test_a_file_in_another_scheme_needs_its_columns(tmp_path):
    path = tmp_path / "a.acled.csv"
    path.write_text("event_id_cnty")
    with pytest.raises(SourceError, match="no column event_date"):
        read(path)


@pytest.mark.parametrize("suffix", READABLE)
def test_a_missing_file_is_named(suffix, tmp_path):
    with pytest.raises(SourceError, match=r"nowhere.* does not exist"):
        read(tmp_path / f"nowhere{suffix}")


@pytest.mark.parametrize("content", [b"not a file of that kind", b"\xff\xfe\x00", b"[1, 2]", b'{"features": 3}'])
def test_a_broken_file_is_one_clear_error(suffix, content, tmp_path):
    path = tmp_path / f"incidents{suffix}"
    path.write_bytes(content)
    with pytest.raises((SourceError, LayerError)) as caught:
        read(path)
    assert caught.value.hint


def test_a_malformed_geometry_is_one_clear_error(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text('{"type":"FeatureCollection","features":[{"properties":{},"geometry":{"type":"Point"}}]}')
    with pytest.raises(SourceError, match="malformed geometry"):
        read(path)


def test_a_table_that_is_none_of_the_layers_is_refused(tmp_path):
    own = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 2)], crs=4326)
    path = write(own, tmp_path / "a.geojson")
    with pytest.raises(SourceError, match="none of the layers"):
        read(path)


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"no incidents\.geojson"):
        read(tmp_path)


def test_a_pin_at_a_country_s_midpoint_is_refused_on_the_way_in(built, tmp_path):
    wrong = built.incidents.copy()
    wrong.loc[1, "geometry"] = shapely.Point(44, 33)
    path = write(wrong, tmp_path / "a.geojson")
    with pytest.raises(LayerError, match="shows an area as a point"):
        read(path)


@pytest.mark.filterwarnings("ignore:a shapefile holds 254 bytes:mapper.formats.LossWarning")
def test_ten_thousand_rows_pass_through(built, suffix, tmp_path):
    count = 10_000 if suffix in (".gpkg", ".geojson", ".parquet", ".fgb", ".jsonl", ".csv") else 1_000
    many = built.incidents.iloc[[0] * count].reset_index(drop=True)
    assert len(read(write(many, tmp_path / f"a{suffix}")).incidents) == count


@pytest.mark.parametrize("name", ["reports", "counts", "entry"])
def test_text_in_a_column_of_one_s_own_named_as_one_of_json_stays_text(name, tmp_path):
    own = gpd.GeoDataFrame({name: ["three of them", None]}, geometry=[shapely.Point(1, 2)] * 2, crs=4326)
    assert "three of them" in write(own, tmp_path / "own.csv").read_text(encoding="utf-8-sig").split("\n")[1].split(",")
