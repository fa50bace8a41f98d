"""A user's own places: in front of all others, kept apart, versioned; and several gazetteers as one."""

from __future__ import annotations

import json
import os
import pickle

import platformdirs
import pytest

from mapper.errors import GazetteerError
from mapper.gazetteer import default_path, open_gazetteer, own_places_path
from mapper.gazetteer.own import add_places, undo

HEAD = "id,name,lat,lon,names,country,certainty\n"


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


@pytest.fixture
def table(tmp_path):
    def write(text, name="places.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def polygon(**properties):
    box = {"type": "Polygon", "coordinates": [[[35.6, 32.7], [35.9, 32.7], [35.9, 33.3], [35.6, 33.3], [35.6, 32.7]]]}
    feature = {"type": "Feature", "properties": {"name": "Plateau"} | properties, "geometry": box}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_own_places_come_before_all_others(table):
    add_places(table(HEAD + "b,Baghdad,33.0,44.0,,,\n"))
    found = open_gazetteer().lookup("Baghdad")
    assert [c.place.gazetteer_id for c in found[:2]] == ["own-b", "98182"]
    assert found[0].score >= found[1].score


def test_a_place_without_country_gets_the_one_it_lies_in(table):
    add_places(table(HEAD + "blue,Checkpoint Blue,33.3,44.4,CP Blue|حاجز,,low\n"))
    gazetteer = open_gazetteer()
    place = gazetteer.lookup("CP Blue")[0].place
    assert (place.country, place.admin1, place.gazetteer) == ("Iraq", "Baghdad", "own")
    assert gazetteer.knows("حاجز")
    assert gazetteer.place("own-blue") == place
    assert gazetteer.certainty(place) == "low"


def test_own_places_are_kept_apart_and_versioned(table, data_folder):
    before = default_path().stat().st_mtime_ns
    add_places(table(HEAD + "a,Alpha Post,33,44,,,\n"))
    done = add_places(table(HEAD + "a,Alpha Post,34,44,,,\nb,Bravo Post,35,45,,,\n", "more.csv"))
    assert (done["version"], done["added"], done["replaced"], done["held"]) == (2, 1, 1, 2)
    assert open_gazetteer().place("own-a").lat == 34
    assert own_places_path().is_relative_to(data_folder)
    assert undo() == 1
    assert open_gazetteer().place("own-a").lat == 33
    assert open_gazetteer().place("own-b") is None
    assert undo() == 0
    assert open_gazetteer().lookup("Alpha Post") == []
    assert default_path().stat().st_mtime_ns == before


def test_a_polygon_keeps_its_outline(table):
    add_places(table(polygon(names="High Ground"), "area.geojson"))
    gazetteer = open_gazetteer()
    place = gazetteer.lookup("High Ground")[0].place
    assert place.bounds == (35.6, 32.7, 35.9, 33.3)
    assert gazetteer.geometry(place).area == pytest.approx(0.18)
    assert gazetteer.countries_at([35.8], [33.0]) == [""]


@pytest.mark.parametrize(("country", "told"), [("SY", "SY"), ("IL", "IL"), ("", "")])
def test_the_policy_on_disputed_ground_can_be_overridden(table, country, told):
    add_places(table(polygon(layer="country", country=country), "policy.geojson"))
    assert open_gazetteer().countries_at([35.8, 35.7, 44.4], [33.0, 32.75, 33.3]) == [told, told, "IQ"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,lat\nX,1\n", "no column lon"), (HEAD, "holds no place"), (HEAD + "a,X,95,0,,,\n", "off the globe"),
        (HEAD + "a,X,north,0,,,\n", "no number"), (HEAD + "a,,1,1,,,\n", "without a name"),
        (HEAD + "a,X,1,1\n", "number of columns"), (HEAD + "a,X,1,1,,Iraq,\n", "no ISO"),
        (HEAD + "a,X,1,1,,,\na,Y,2,2,,,\n", "comes twice"), (HEAD + "a,X,1,1,,,perhaps\n", "certainty"),
        ('{"type": "FeatureCollection"}', "no GeoJSON"), ("{", "no GeoJSON"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named_and_leaves_the_places_as_they_were(table, text, message):
    add_places(table(HEAD + "a,Alpha Post,33,44,,,\n", "good.csv"))
    before = own_places_path().read_bytes()
    with pytest.raises(GazetteerError, match=message) as caught:
        add_places(table(text))
    assert caught.value.hint
    assert own_places_path().read_bytes() == before


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "p.csv"
    path.write_bytes("name,lat,lon\nŁódź,51,19\n".encode("cp1250"))
    with pytest.raises(GazetteerError, match="UTF-8"):
        add_places(path)


def test_there_is_nothing_to_undo_at_first():
    with pytest.raises(GazetteerError, match="no places of your own"):
        undo()


def test_several_gazetteers_answer_as_one(table, tmp_path):
    mine = tmp_path / "mine.sqlite"
    add_places(table(HEAD + "q,Quartermaster Post,33,44,,,\nb,Basra,30,47,,,\n"), own=mine)
    both = open_gazetteer(f"{mine}{os.pathsep}{default_path()}")
    assert both.lookup("Quartermaster Post")[0].place.country == "Iraq"
    assert [c.place.gazetteer for c in both.lookup("Basra")[:2]] == ["own", "geonames"]
    assert both.lookup("Deir Ezzor")[0].place.gazetteer_id == "170794"
    assert both.country("IQ").name == "Iraq"
    assert both.info()["counts"]["places"] > 250_000
    assert len(both.info()["gazetteers"]) == 2
    assert pickle.loads(pickle.dumps(both)).members == both.members


def test_an_exact_name_is_not_answered_with_a_likeness(table, tmp_path):
    mine = tmp_path / "mine.sqlite"
    add_places(table(HEAD + "m,Mosull,33,44,,,\n"), own=mine)
    both = open_gazetteer(f"{mine}{os.pathsep}{default_path()}")
    assert both.lookup("Mosul")[0].place.gazetteer_id == "99072"


def test_a_folder_of_gazetteers_is_opened_in_the_order_of_names(table, tmp_path):
    folder = tmp_path / "several"
    add_places(table(HEAD + "x,Xanadu Post,33,44,,,\n"), own=folder / "1.sqlite")
    add_places(table(HEAD + "y,Xanadu Post,34,45,,,\n"), own=folder / "2.sqlite")
    assert [c.place.lat for c in open_gazetteer(folder).lookup("Xanadu Post")] == [33, 34]


@pytest.mark.parametrize("folder", ["", " ", "/srv/data"])
def test_own_places_lie_where_the_system_keeps_the_data_of_programs(monkeypatch, folder):
    monkeypatch.setenv("XDG_DATA_HOME", folder)
    assert own_places_path() == platformdirs.user_data_path("mapper", appauthor=False) / "places.sqlite"
