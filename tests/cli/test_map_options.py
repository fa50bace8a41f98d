"""`mapper map` with a language, own layers and a story; and what it says where these cannot be used."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
from shapely.geometry import Point

TEXT = "A car bomb killed three people in Mosul on Monday, police said."


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "r.txt"
    path.write_text(TEXT)
    return path


def test_language_overlay_and_story_reach_the_page(command, report, tmp_path):
    own, told = tmp_path / "wells.geojson", tmp_path / "story.json"
    gpd.GeoDataFrame({"depth": [12]}, geometry=[Point(43, 36)], crs=4326).to_file(own)
    told.write_text(json.dumps({"steps": [{"view": [36, 43, 6], "note": "Here."}]}))
    done = command(
        "map",
        "--recogniser",
        "rules",
        report,
        "-o",
        tmp_path / "out",
        "--language",
        "fr",
        "--overlay",
        own,
        "--story",
        told,
    )
    assert done.code == 0, done.err
    assert '<html lang="fr" dir="ltr">' in (tmp_path / "out" / "map.html").read_text("utf-8")
    options = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["options"]
    assert (options["language"], options["overlays"], options["story"]) == ("fr", [str(own)], str(told))


@pytest.mark.parametrize(("option", "word"), [("--overlay", "overlay"), ("--story", "story")])
def test_a_file_that_is_missing_is_named_before_the_work_begins(command, report, tmp_path, option, word):
    done = command("map", "--recogniser", "rules", report, "-o", tmp_path / "out", option, tmp_path / "gone.gpkg")
    assert done.code == 1
    assert word in done.err
    assert "gone.gpkg" in done.err
    assert not (tmp_path / "out" / "map.html").exists()
