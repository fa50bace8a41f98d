"""The parts behind the page: lines, extents, cells, the data of the page."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, box

from mapper import frames, pipeline
from mapper.frames import SCHEMA, Layers
from mapper.gazetteer import open_gazetteer
from mapper.maps import Parts, assets, build_app, cells, polyline
from mapper.maps.assets import SCRIPTS, script
from mapper.maps.basemap import basemap
from mapper.maps.extent import extent
from mapper.maps.payload import payload
from mapper.maps.spill import Columns, Spill, Table
from mapper.records import Document

from .made_up import JORDAN, build, row

degrees = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(degrees, min_size=1, max_size=40), st.integers(2, 5))
def test_a_line_comes_back_to_the_kept_decimals(line, decimals):
    found = polyline.decode(polyline.encode(np.array(line), decimals=decimals), decimals=decimals)
    expected = np.rint(np.array(line) * 10**decimals) / 10**decimals
    keep = np.concatenate(([True], np.any(np.diff(expected, axis=0) != 0, axis=1)))
    np.testing.assert_allclose(found, expected[keep], atol=1e-9)


@given(st.lists(degrees, min_size=1, max_size=20))
def test_an_extent_holds_every_point(points):
    west, south, east, north = extent([(x, y, x, y) for x, y in points])
    assert west <= east <= west + 360 + 1e-9
    for x, y in points:
        assert south <= y <= north
        assert any(west - 1e-6 <= x + turn <= east + 1e-6 for turn in (-360, 0, 360, 720))


def test_an_extent_crosses_the_antimeridian_where_that_is_shorter():
    assert extent([(177, -18, 178, -17), (-175, -21, -174, -20)]) == (177, -21, 186, -17)


def test_an_extent_of_the_whole_world_stays_one_world():
    assert extent([(-180, -60, 180, 80)]) == (-180, -60, 180, 80)


def test_no_boxes_have_no_extent():
    assert extent([]) is None


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT, "", "  ", "\x00\x07"])
def test_nothing_is_none(value):
    assert cells.text(value) is None


def test_control_and_bidirectional_characters_leave_a_text():
    assert cells.text("Bagh\x00dad \u202eduhgaB\u202c \x1b[31m") == "Baghdad duhgaB [31m"


def test_half_a_character_does_not_stop_the_page():
    assert cells.text("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize(
    "value",
    [
        dt.date(2024, 2, 7),
        dt.datetime(2024, 2, 7, 23, 59, tzinfo=dt.UTC),
        pd.Timestamp("2024-02-07"),
        "2024-02-07",
        "2024-02-07T10:00:00Z",
    ],
)
def test_every_form_of_a_date_is_one_day(value):
    assert cells.day(value) == 19760


@pytest.mark.parametrize("value", [None, pd.NaT, "last week", "2024-13-01", 7])
def test_what_is_no_date_is_not_guessed(value):
    assert cells.day(value) is None


@pytest.mark.parametrize(
    "value", [["a", "b"], ("a", "b"), '["a", "b"]', np.array(["a", "b"]), [{"name": "a"}, {"text": "b"}]]
)
def test_every_form_of_a_list_is_one_list(value):
    assert cells.listing(value) == ["a", "b"]


def test_a_text_that_only_begins_like_a_list_stays_a_text():
    assert cells.listing("[sic] they said") == ["[sic] they said"]


def test_an_incident_with_two_places_is_one_incident():
    found = payload(build([row("a", place_name="Iraq"), row("a", place_name="Syria")]), title="t").data
    assert found["incidents"]["incident_id"] == ["a"]
    assert found["places"]["incident"] == [0, 0]


def test_a_country_given_as_its_midpoint_is_no_pin():
    found = payload(build([row("a", precision="country", uncertainty_m=None, geometry=Point(36, 31))]), title="t").data
    assert found["places"]["lon"] == [None]
    assert found["places"]["area"] == [None]


def test_a_province_given_as_a_point_with_a_radius_is_a_circle_of_that_radius():
    found = payload(build([row("a", precision="adm1", uncertainty_m=111_195.0, geometry=Point(36, 0))]), title="t").data
    ring = polyline.decode(found["areas"][0]["rings"][0][0], decimals=found["area_decimals"])
    np.testing.assert_allclose(np.hypot(ring[:, 0] - 36, ring[:, 1]), 1, atol=1e-3)


def test_an_area_shared_by_incidents_is_stored_once():
    rows = [row(f"i{n}", precision="country", geometry=JORDAN) for n in range(5)]
    assert len(payload(build(rows), title="t").data["areas"]) == 1


@pytest.mark.parametrize("geometry", [Point(math.nan, 1), Point(10, 95), Point(), Point(9999, 3), None])
def test_an_impossible_position_is_left_out(geometry):
    found = payload(build([row("a", geometry=geometry)]), title="t")
    assert found.bounds is None
    assert found.data["incidents"]["incident_id"] == ["a"]


def test_another_coordinate_system_is_brought_to_degrees():
    layers = build([row("a")])
    layers.incidents = layers.incidents.to_crs(3857)
    assert payload(layers, title="t").data["places"]["lon"] == [4313000]


def test_overseas_islands_do_not_set_the_first_view():
    france = MultiPolygon([box(-4, 43, 8, 51), box(55.2, -21.4, 55.8, -20.9)])
    west, _, east, _ = payload(build([row("a", precision="country", geometry=france)]), title="t").bounds
    assert (west, east) == (-4, 8)


def test_layers_without_columns_and_without_rows_are_empty_not_wrong():
    class Bare:
        incidents = gpd.GeoDataFrame({"incident_id": ["x"]}, geometry=[None], crs=4326)

    found = payload(Bare(), title="t").data
    assert found["incidents"]["incident_id"] == ["x"]
    assert found["reports"]["doc_id"] == []


def test_downloads_have_the_columns_of_the_layer_in_its_order_and_harms_of_one_s_own():
    columns = payload(build([row("a", poisoned_low=2)]), title="t").data["columns"]
    own = [f"poisoned_{bound}" for bound in ("low", "best", "high")]
    left_out = {"date_anchor", "evidence_start", "evidence_end", "geometry"} | {
        c.name for c in SCHEMA["incidents"] if c.dtype == "json"
    }
    assert columns == [one.name for one in SCHEMA["incidents"] if one.name not in left_out] + own


def test_the_outlines_are_finer_where_the_incidents_are():
    coarse, fine = basemap(None), basemap((44, 33, 45, 34))
    assert sum(map(len, fine["borders"])) > sum(map(len, coarse["borders"]))
    assert fine["admin1"]
    assert not coarse["admin1"]


def test_a_map_of_the_world_is_fine_around_its_spots_alone():
    world = (-120, -35, 140, 60)
    points = [sum(map(len, basemap(world, spots)["borders"])) for spots in ([], [(44, 33, 45, 34)])]
    assert points[0] < points[1] < 1.1 * points[0]
    assert basemap(world, [(44, 33, 45, 34)])["admin1"]
    assert not basemap(world, [(30, 20, 60, 40)])["admin1"]


@pytest.mark.parametrize(
    ("lon", "lat"), [(44.4, 33.3), (28.5, 9.6), (35.8, 33.0), (34.2, 45.2), (-77.0, 39.0), (178.0, -17.8)]
)
def test_land_is_land(lon, lat):
    rings = [polyline.decode(text, decimals=2) for text in basemap((lon - 1, lat - 1, lon + 1, lat + 1))["land"]]
    around = [shapely.contains_xy(shapely.polygons(ring), lon, lat) for ring in rings if len(ring) > 3]
    assert sum(around) % 2 == 1


def test_the_assets_fit_into_the_package():
    assert sum(path.stat().st_size for path in Path(assets.__file__).parent.rglob("*.json.gz")) < 310_000


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_asks_for_anything(name):
    assert "sourceMappingURL" not in script(name)


@pytest.mark.parametrize(("made", "kept"), [(build_app.script, "app.min.js"), (build_app.style, "app.min.css")])
def test_what_the_page_carries_is_made_of_its_sources_to_the_byte(made, kept):
    assert made() == (build_app.ASSETS / kept).read_text("utf-8"), "run: make page"


def test_every_script_of_the_page_is_in_what_is_made_of_them():
    assert {path.stem for path in (build_app.ASSETS / "app").glob("*.js")} == set(build_app.PARTS)


STORIES = [
    "Gunmen attacked a market in Mosul on Monday, killing 12 people. Iraq's army said it had lost sight of them in Anbar.",
    "A bus overturned near Erbil on Tuesday and nine people died. The driver had come from Mosul, police in Erbil said.",
    "The minister spoke of Mosul, Iraq and the Tigris.",
]


def test_parts_make_the_page_that_the_whole_makes():
    told = [Document(f"r{n}", text, published=dt.date(2024, 2, 8)) for n, text in enumerate(STORIES)]
    split = [frames.layers([pipeline.process(document, open_gazetteer())]) for document in told]
    parts = Parts()
    for layers in split:
        parts.add(layers)
    whole = payload(Layers.joined(split), title="Iraq")
    assert payload(parts, title="Iraq") == whole
    assert dict(zip(whole.data["mentions"]["name"], whole.data["mentions"]["documents"], strict=True))["Mosul"] == 3


def gathered(*parts):
    """Give the data of the page of parts, each a list of rows."""
    held = Parts()
    for rows in parts:
        held.add(build(rows))
    return payload(held, title="t").data


def test_an_incident_that_an_earlier_part_has_is_shown_once():
    found = gathered([row("a"), row("b")], [row("b", place_name="Erbil"), row("c")])
    assert found["incidents"]["incident_id"] == ["a", "b", "c"]
    assert found["places"]["incident"] == [0, 1, 2]


def test_incidents_without_an_id_are_counted_on_over_the_parts():
    assert gathered([row(None), row(None)], [row(None)])["incidents"]["incident_id"] == ["row-1", "row-2", "row-3"]


def test_a_harm_that_only_one_part_counts_is_not_known_of_the_others():
    found = gathered([row("a")], [row("b", poisoned_best=2)])
    assert found["harms"][-1] == "poisoned"
    assert found["incidents"]["poisoned_best"] == [None, 2]


def test_links_to_incidents_of_a_later_part_lead_there():
    link = [{"kind": "in_retaliation_for", "incident_id": "b"}, {"kind": "part_of", "incident_id": "nowhere"}]
    found = gathered([row("a", relations=link)], [row("b")])
    assert found["incidents"]["relations"] == [[["in_retaliation_for", 1]], None]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
TABLES = st.lists(st.lists(st.fixed_dictionaries({"a": TEXTS, "b": st.none() | st.integers(-9, 9)}), min_size=1))


@given(TABLES)
def test_what_is_put_aside_comes_back_whole_and_as_one_text(parts):
    spill = Spill()
    table, columns = Table(spill), Columns(spill)
    for rows in parts:
        table.add({name: [r[name] for r in rows] for name in ("a", "b")})
    rows = [r for part in parts for r in part]
    assert len(table) == len(rows)
    assert table.says("b") == any(r["b"] is not None for r in rows)
    columns.put("b", table.column("b"))
    columns.put_lists("a", (part["a"] for part in table.parts("a")))  # read while it is written
    assert dict(columns) == {"b": [r["b"] for r in rows], "a": [r["a"] for r in rows]}
    assert orjson.loads(b"".join(columns.json())) == dict(columns)
    assert columns.replaced({"b": 1})["b"] == 1


def test_what_is_put_aside_goes_to_a_file_once_there_is_much(tmp_path, monkeypatch):
    monkeypatch.setattr("mapper.maps.spill._IN_MEMORY", 10)
    spill = Spill(tmp_path)
    piece = spill.put([b"twelve bytes", b" and more"])
    assert spill.get(piece) == b"".join(spill.chunks(piece)) == b"twelve bytes and more"
    assert not list(tmp_path.iterdir())  # it has no name: nothing is left, however the process ends
