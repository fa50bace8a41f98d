"""What the standards ask of the files themselves: GeoPackage 1.2 as SQLite shows it, GeoParquet 1.1 as Arrow does."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
import shapely

from mapper.formats import write
from mapper.frames import LAYER_NAMES, layers

GEOMETRY_TYPES = {
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
}


@pytest.fixture
def built(reports):
    return layers(reports)


@pytest.fixture
def gpkg(built, tmp_path):
    with closing(sqlite3.connect(write(built, tmp_path / "a.gpkg"))) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def test_a_geopackage_says_that_it_is_one(gpkg):
    assert gpkg.execute("PRAGMA application_id").fetchone()[0] == 0x47504B47  # "GPKG"
    assert gpkg.execute("PRAGMA user_version").fetchone()[0] == 10200
    assert gpkg.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert gpkg.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_geopackage_has_the_tables_and_reference_systems_it_must_have(gpkg):
    tables = {row["name"] for row in gpkg.execute("SELECT name FROM sqlite_master")}
    assert {"gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions"} <= tables
    systems = {row["srs_id"]: row["organization"] for row in gpkg.execute("SELECT * FROM gpkg_spatial_ref_sys")}
    assert {-1, 0, 4326} <= systems.keys()
    assert systems[4326] == "EPSG"


def test_the_contents_of_a_geopackage_give_the_kind_and_extent_of_each_layer(gpkg, built):
    contents = {row["table_name"]: row for row in gpkg.execute("SELECT * FROM gpkg_contents")}
    assert set(LAYER_NAMES) <= contents.keys()
    for name in ("incidents", "places", "zones"):
        row = contents[name]
        assert (row["data_type"], row["srs_id"]) == ("features", 4326)
        extent = [row[key] for key in ("min_x", "min_y", "max_x", "max_y")]
        assert extent == pytest.approx(getattr(built, name).total_bounds.tolist(), abs=1e-6)
    assert contents["reports"]["data_type"] == "attributes"


def test_the_geometries_of_a_geopackage_are_its_own_blobs_with_an_index(gpkg):
    (named,) = gpkg.execute("SELECT * FROM gpkg_geometry_columns WHERE table_name = 'incidents'").fetchall()
    column = named["column_name"]
    blobs = [row[0] for row in gpkg.execute(f"SELECT {column} FROM incidents") if row[0] is not None]
    assert blobs
    assert all(blob[:2] == b"GP" and blob[2] == 0 for blob in blobs)
    assert all(int.from_bytes(blob[4:8], "little" if blob[3] & 1 else "big") == 4326 for blob in blobs)
    indexed = gpkg.execute("SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'").fetchone()
    assert indexed[0] >= 3


def test_the_styles_of_a_geopackage_are_of_its_own_layers(gpkg):
    styles = gpkg.execute("SELECT f_table_name, f_geometry_column, useAsDefault FROM layer_styles").fetchall()
    named = {row["table_name"]: row["column_name"] for row in gpkg.execute("SELECT * FROM gpkg_geometry_columns")}
    assert styles
    assert all(named[row["f_table_name"]] == row["f_geometry_column"] and row["useAsDefault"] for row in styles)


@pytest.mark.parametrize("layer", LAYER_NAMES)
@pytest.mark.parametrize("empty", [False, True])
def test_geoparquet_has_the_metadata_that_its_schema_asks_for(built, layer, empty, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="GeoParquet needs the extra `parquet`")
    layered = layers([]) if empty else built
    path = write(layered, tmp_path / f"{layer}.parquet", layer=layer)
    schema = parquet.read_schema(path)
    geo = json.loads(schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    primary = geo["primary_column"]
    assert primary in geo["columns"]
    assert set(geo) <= {"version", "primary_column", "columns"}
    for name, column in geo["columns"].items():
        assert {"encoding", "geometry_types"} <= column.keys()
        assert column.keys() <= {
            "encoding",
            "geometry_types",
            "crs",
            "edges",
            "orientation",
            "bbox",
            "epoch",
            "covering",
        }
        assert column["encoding"] == "WKB"
        assert set(column["geometry_types"]) <= GEOMETRY_TYPES
        assert len(set(column["geometry_types"])) == len(column["geometry_types"])
        assert column["orientation"] == "counterclockwise"
        assert column["crs"]["id"] == {"authority": "EPSG", "code": 4326}
        field = schema.field(name)
        assert str(field.type) == "binary"  # at the root, a plain byte array
        shapes = shapely.from_wkb(parquet.read_table(path)[name].to_pylist())
        shown = shapes[~shapely.is_missing(shapes)]
        assert {shape.geom_type for shape in shown} == set(column["geometry_types"])
        assert ("bbox" in column) == bool(len(shown))
        if len(shown):
            assert column["bbox"] == pytest.approx(shapely.total_bounds(shown).tolist())
