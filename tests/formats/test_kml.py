"""KML that keeps time, shows no report's text as HTML, fetches nothing, and is read without trust."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SourceError
from mapper.formats import read, write
from mapper.formats.kml import write_kml
from mapper.formats.kml_reading import read_kml
from mapper.frames import coerce, layers
from mapper.frames.clean import clean_text

K = "{http://www.opengis.net/kml/2.2}"
FOLDER = f".//{K}Folder"


def placemarks(path, folder="incidents"):
    root = ET.parse(path).getroot()
    (found,) = (f for f in root.iterfind(FOLDER) if f.findtext(f"{K}name") == folder)
    return found.findall(f"{K}Placemark")


@pytest.fixture
def built(reports):
    return layers(reports)


@pytest.fixture
def path(built, tmp_path):
    return write(built, tmp_path / "a.kml")


def incident(**values):
    """One row of the incidents layer with these values."""
    row = {"incident_id": "a", "event_type": "protest", "status": "accomplished", "date_precision": "day"}
    row |= {"precision": "settlement", "confidence": 0.5, "perpetrators": [], "targets": [], "sources": []}
    row |= {"n_reports": 1, "review_status": "unreviewed", "geometry": None, **values}
    return coerce("incidents", pd.DataFrame({name: pd.Series([value], dtype=object) for name, value in row.items()}))


def test_a_span_runs_from_the_first_day_to_the_end_of_the_last(tmp_path):
    days = {"date_start": "2024-02-07", "date_end": "2024-02-09"}
    (found,) = placemarks(write(incident(**days), tmp_path / "a.kml"))
    span = found.find(f"{K}TimeSpan")
    assert (span.findtext(f"{K}begin"), span.findtext(f"{K}end")) == ("2024-02-07T00:00:00Z", "2024-02-09T23:59:59Z")


def test_an_open_bound_is_left_open(tmp_path):
    (found,) = placemarks(write(incident(date_end="2024-02-09"), tmp_path / "a.kml"))
    assert [element.tag for element in found.find(f"{K}TimeSpan")] == [f"{K}end"]


def test_no_date_is_no_span(tmp_path):
    (found,) = placemarks(write(incident(), tmp_path / "a.kml"))
    assert found.find(f"{K}TimeSpan") is None


def test_elements_stand_in_the_order_of_the_schema(path):
    order = ["name", "visibility", "Snippet", "description", "TimeSpan", "styleUrl", "ExtendedData"]
    order += ["Point", "Polygon", "MultiGeometry"]
    for found in [p for folder in ("incidents", "places") for p in placemarks(path, folder)]:
        places = [order.index(element.tag.removeprefix(K)) for element in found]
        assert places == sorted(places)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=http://a.example/x>", "$[source_url]", "]]>"])
def test_a_balloon_runs_and_fetches_nothing_of_a_report(text, tmp_path):
    (found,) = placemarks(write(incident(evidence=text), tmp_path / "a.kml"))
    shown = found.findtext(f"{K}description")
    assert "<script" not in shown
    assert "<img" not in shown
    assert "$[" not in shown
    assert found.findtext(f".//{K}SimpleData[@name='evidence']") == text


def test_balloons_show_the_description_and_no_table_of_columns(path):
    texts = [e.text for e in ET.parse(path).getroot().iterfind(f".//{K}BalloonStyle/{K}text")]
    assert texts
    assert set(texts) == {"$[description]"}


def test_no_icon_is_fetched(path):
    assert "href" not in path.read_text(encoding="utf-8")


def test_each_type_has_its_colour(path):
    styles = {e.get("id") for e in ET.parse(path).getroot().iterfind(f".//{K}Style")}
    used = {p.findtext(f"{K}styleUrl") for p in placemarks(path)}
    assert used == {"#air_drone_strike", "#natural_disaster", "#protest"}
    assert {url[1:] for url in used} <= styles


def test_only_incidents_are_shown_at_first(path):
    hidden = {
        name: {p.findtext(f"{K}visibility") for p in placemarks(path, name)}
        for name in ("incidents", "places", "zones")
    }
    assert hidden == {"incidents": {None}, "places": {"0"}, "zones": {"0"}}


def test_areas_with_holes_and_parts_come_back(tmp_path):
    holed = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    parts = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)])
    shapes = [holed, parts, shapely.LineString([(0, 0), (1, 1)]), shapely.MultiPoint([(0, 0), (1, 1)]), None]
    own = gpd.GeoDataFrame({"n": range(5)}, geometry=shapes, crs=4326)
    back = read_kml(write(own, tmp_path / "a.kml"))["a"]
    for found, wanted in zip(back["geometry"], shapes, strict=True):
        assert found is wanted is None or found.equals(wanted)


@given(name=st.text(), text=st.text())
def test_any_text_comes_back(name, text, tmp_path_factory):
    path = tmp_path_factory.mktemp("kml") / "a.kml"
    own = gpd.GeoDataFrame({f"a{name}": pd.Series([text], dtype=object)}, geometry=[None], crs=4326)
    write_kml({"own": own}, path)
    swap = str.maketrans("\ufffe\uffff", "\ufffd\ufffd")
    (row,) = read_kml(path)["own"].drop(columns="geometry").to_dict("records")
    assert row == {clean_text(f"a{name}").translate(swap): clean_text(text).translate(swap)}


def test_a_kmz_is_kml_zipped(built, path, tmp_path):
    with zipfile.ZipFile(write(built, tmp_path / "a.kmz")) as archive:
        assert archive.namelist() == ["doc.kml"]
        (tmp_path / "b.kml").write_bytes(archive.read("doc.kml"))
    zipped, plain = placemarks(tmp_path / "b.kml"), placemarks(path)
    assert [p.findtext(f"{K}description") for p in zipped] == [p.findtext(f"{K}description") for p in plain]
    assert read(tmp_path / "b.kml").incidents.equals(read(path).incidents)


@pytest.mark.parametrize("suffix", [".kml", ".kmz"])
def test_the_same_layers_give_the_same_bytes(built, suffix, tmp_path):
    first, second = (write(built, tmp_path / f"{name}{suffix}").read_bytes() for name in "ab")
    assert first == second


def test_entities_are_refused(tmp_path):
    path = tmp_path / "a.kml"
    bomb = '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    path.write_text(f'<?xml version="1.0"?>{bomb}<kml xmlns="http://www.opengis.net/kml/2.2"/>')
    with pytest.raises(SourceError, match="entities"):
        read(path)


def test_entities_are_refused_in_another_encoding_too(tmp_path):
    path = tmp_path / "a.kml"
    path.write_bytes('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE kml><kml/>'.encode("utf-16-le"))
    with pytest.raises(SourceError, match="not in UTF-8"):
        read(path)


def test_entities_are_refused_wherever_they_begin(tmp_path):
    path = tmp_path / "a.kml"
    path.write_bytes(b"<!--" + b" " * (2**20 - 10) + b"--><!DOCTYPE kml><kml/>")
    with pytest.raises(SourceError, match="entities"):
        read(path)


@pytest.mark.parametrize("coordinates", ["", "44.5", "north,east"])
def test_a_malformed_geometry_is_one_clear_error(coordinates, tmp_path):
    path = tmp_path / "a.kml"
    point = f"<Point><coordinates>{coordinates}</coordinates></Point>"
    path.write_text(
        f'<kml xmlns="{K[1:-1]}"><Folder><name>incidents</name><Placemark>{point}</Placemark></Folder></kml>'
    )
    with pytest.raises(SourceError, match="not valid KML"):
        read(path)
