"""Texts in capitals throughout: case says nothing, so the words around a name must."""

from __future__ import annotations

import pytest

from mapper.geocoder import find_toponyms
from mapper.records import Sentence

WIRE = """TEGUCIGALPA, 7 JUN 89 (DPA) -- [TEXT] GUNMEN ATTACKED THE TOWN OF PERQUIN IN MORAZAN DEPARTMENT AND KILLED TWO \
ISRAELI AND ARGENTINE ADVISERS AT THE END OF THE DAY. PRESIDENT CEREZO AND CARLOS ESCOBAR GRAY WERE IN SAN SALVADOR. \
THE SALVADORAN ARMY SAID NOTHING ABOUT VARGAS, WHO FLED TO THE MOUNTAINS NEAR LA PAZ AND TOLD US THAT HE WAS IN GOOD \
HEALTH. FLORES AND FRANKLIN DID NOT."""
FOUND = [("TEGUCIGALPA", "HN"), ("MORAZAN", "SV"), ("SAN SALVADOR", "SV"), ("LA PAZ", None)]
NOT_PLACES = [
    "AND",
    "END",
    "GRAY",
    "ESCOBAR",
    "VARGAS",
    "CEREZO",
    "FLORES",
    "FRANKLIN",
    "US",
    "SAN",
    "GOOD",
    "MOUNTAINS",
]


@pytest.fixture(scope="module")
def answers(parse):
    return parse(WIRE)


@pytest.mark.parametrize(("name", "country"), FOUND)
def test_a_place_is_found_and_placed(answers, name, country):
    (r,) = [r for r in answers if r.toponym.text == name]
    assert country is None or r.place.country_code == country


@pytest.mark.parametrize("word", NOT_PLACES)
def test_an_ordinary_word_or_surname_is_no_place(answers, word):
    assert not [r for r in answers if r.toponym.text == word]


@pytest.mark.parametrize("word", ["ISRAELI", "ARGENTINE", "SALVADORAN"])
def test_a_demonym_stays_a_demonym(answers, word):
    assert [r.toponym.kind for r in answers if r.toponym.text == word] == ["demonym"]


def test_a_name_that_the_text_calls_a_town_is_found_though_unknown(answers):
    assert "PERQUIN" in [r.toponym.text for r in answers]


def test_a_province_with_its_kind_word_is_the_province_itself(answers):
    (r,) = [r for r in answers if r.toponym.text == "MORAZAN"]
    assert (r.toponym.kind, r.precision) == ("literal", "adm1")


def test_a_name_broken_by_the_end_of_a_line_is_one_name(gazetteer):
    text = "THE AMBASSADOR SAID THAT THE GUERRILLAS WITHDREW FROM SAN\nSALVADOR AND FROM THE TOWN OF\nPERQUIN."
    names = [t.text for t in find_toponyms([Sentence(0, len(text), text)], gazetteer)]
    assert names == ["SAN\nSALVADOR", "PERQUIN"]


@pytest.mark.parametrize(
    "text",
    [
        "POLICE ARRESTED FLORES AND VARGAS. BOTH DENIED IT.",
        "COLONEL FRANKLIN SPOKE AND GENERAL LINCOLN LISTENED.",
        "THEY WERE GRAY AND NICE AND MOST WERE IN GOOD HEALTH.",
    ],
)
def test_names_without_a_word_of_place_are_left_alone(parse, text):
    assert parse(text) == []
