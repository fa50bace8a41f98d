"""Layers show themselves in a notebook as a drawing that can run nothing and says no word of a report."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
import shapely

from mapper.frames import layers
from mapper.frames.sketch import sketch

HOSTILE = "<script>alert(1)</script>"


def drawn(shown):
    return shown[shown.index("<svg") : shown.index("</svg>") + len("</svg>")]


def elements(svg, name):
    return ET.fromstring(svg).findall(f"{{http://www.w3.org/2000/svg}}{name}")


def test_points_and_areas_are_drawn(known):
    svg = drawn(known._repr_html_())
    assert len(elements(svg, "circle")) == 2  # Mashtal and Mosul, each once
    assert len(elements(svg, "path")) == 2 + 3  # outlines of Iraq and Syria; Iraq, Syria and the Red Sea as areas


def test_an_area_is_no_point(known):
    svg = drawn(known.where(precision="country")._repr_html_())
    assert not elements(svg, "circle")


def test_no_word_of_a_report_is_in_it(known):
    frame = known.incidents.assign(place_name=HOSTILE, evidence=HOSTILE, country=HOSTILE, country_code=HOSTILE)
    shown = type(known)(frame, known.places, known.zones, known.reports)._repr_html_()
    assert "script" not in shown
    assert "alert" not in shown


def test_it_asks_for_nothing_and_runs_nothing(known):
    names = {element.tag.partition("}")[2] for element in ET.fromstring(drawn(known._repr_html_())).iter()}
    assert names <= {"svg", "rect", "path", "circle"}


def test_it_stays_small(reports):
    assert len(layers(reports)._repr_html_()) < 60_000


@pytest.mark.parametrize("shape", [shapely.Point(179.99, -16.8), shapely.Point(0, 90), shapely.box(-180, -90, 180, 90)])
def test_any_place_on_the_globe_can_be_drawn(known, shape):
    frame = known.incidents.iloc[[0]].set_geometry([shape], crs=4326)
    ET.fromstring(sketch(type(known)(frame, known.places, known.zones, known.reports)))


def test_without_a_place_there_is_a_table_and_no_drawing():
    shown = layers([])._repr_html_()
    assert "<svg" not in shown
    assert "0 incidents" in shown
