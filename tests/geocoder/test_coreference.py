"""What "the city", "the capital" or "the province" stands for, and where the program had better say nothing."""

from __future__ import annotations

import re

import pytest

import mapper
from mapper.geocoder import coreferences
from mapper.records import Document, Span

MEANT = [
    ("Two car bombs went off in Mosul on Sunday. Police sealed off the city.", "the city", "Mosul"),
    ("Shells fell on Avdiivka all night. Medics could not reach the town before dawn.", "the town", "Avdiivka"),
    ("Troops entered the village of Robotyne in August. Nobody lives in the village now.", "the village", "Robotyne"),
    ("Rebels closed in on Sanaa. Diplomats left the capital by air.", "the capital", "Sanaa"),
    ("Protests spread through Nigeria. In the capital, banks stayed shut.", "the capital", "Abuja"),
    ("A bomb went off near a market in the Iraqi capital.", "the Iraqi capital", "Baghdad"),
    ("Thousands marched through Syria’s capital on Friday.", "Syria’s capital", "Damascus"),
    ("Floods hit Kunduz province. Helicopters flew over the province at noon.", "the province", "Kunduz"),
    ("A convoy was ambushed in Baqubah. A curfew holds in the province.", "the province", "Diyālá"),
    ("Police found the rifles in Osun State. They were shown in the state capital.", "the state capital", "Osogbo"),
    ("A ferry sank off Lombok. Divers came from the other side of the island.", "the island", "Lombok"),
    ("Militants crossed into Burkina Faso. The army says it controls the country.", "the country", "Burkina Faso"),
    ("Drones were shot down over Jordan. The kingdom closed its airspace.", "The kingdom", "Jordan"),
    ("Rockets hit Ain al-Asad Air Base. Nobody on the base was hurt.", "the base", "Ain al-Asad"),
    ("Traffic stood still in Santa Cruz on Thursday as drivers filled the streets of Bolivia's richest city.",
     "Bolivia's richest city", "Santa Cruz de la Sierra"),
    ("Cholera has spread in Beira. Doctors in Mozambique's second port wait for a plane.",
     "Mozambique's second port", "Beira"),
    ("Bombs fell near Mosul and in the village of Qabusiyah. Doctors from Mosul could not leave the city.", "the city", "Mosul"),
]  # fmt: skip
UNSAID = [
    ("Convoys left Mosul and Erbil at dawn. Smoke rose over the city.", "the city"),
    ("Iran and Iraq traded fire. Sirens sounded in the capital.", "the capital"),
    ("Fighting went on in Yemen. Aid ran out in the city.", "the city"),
    ("A shop burned in Kirkuk. The city council met at noon.", "The city"),
    ("A shop burned in Kirkuk. Troops came from the city of Basra.", "the city"),
    ("A man told reporters in Beirut that shells had hit the city.", "the city"),
    ("Sirens sounded in the capital. A day later Baghdad was calm.", "the capital"),
    ("Beira has run out of vaccine. Nobody knows what Bolivia's richest city will do.", "Bolivia's richest city"),
    ("Fires burned in Dagestan. Moscow, Russia's capital, sent troops to the republic.", "the republic"),
]


@pytest.fixture(scope="module")
def recalled(gazetteer):
    """Geoparse a text as the product does, and give what its phrases stand for, by their offset."""

    def run(text):
        document = Document(id="c", text=text)
        found = coreferences(document, mapper.geoparse(document, gazetteer=gazetteer), gazetteer)
        assert all(text[r.toponym.start : r.toponym.end] == r.toponym.text for r in found)
        return {r.toponym.start: r for r in found}

    return run


@pytest.mark.parametrize(("text", "phrase", "name"), MEANT)
def test_a_phrase_stands_for_the_place_named_before(recalled, text, phrase, name):
    answer = recalled(text)[text.rindex(phrase)]
    assert name in {answer.place.name, answer.place.admin1}
    assert answer.toponym.text in answer.reasons[0]


@pytest.mark.parametrize(("text", "phrase"), UNSAID)
def test_a_phrase_that_may_mean_several_places_or_none_has_no_answer(recalled, text, phrase):
    assert text.rindex(phrase) not in recalled(text)


def test_a_city_pointed_back_to_is_the_whole_of_it_and_less_sure(recalled, place_of):
    text = "Shots were heard in the east of Aleppo. By night the city was calm."
    answer, named = recalled(text)[text.index("the city")], place_of(text, "Aleppo")
    assert (answer.place, answer.precision) == (named.place, "settlement")
    assert answer.uncertainty_m > named.uncertainty_m
    assert answer.score < named.score


def test_no_phrase_is_a_toponym_of_its_own(read_place, gazetteer):
    text = "Two car bombs went off in Mosul on Sunday. Police sealed off the city."
    answers = mapper.geoparse(Document(id="c", text=text), gazetteer=gazetteer)
    assert [r.toponym.text for r in answers] == ["Mosul"]


def test_a_name_the_gazetteer_lacks_is_short_for_the_longer_one_that_it_has(gazetteer):
    text = "The lorry stopped 5 km north of Khan Shaykhun. Neighbours in Shaykhun heard a bang."
    spans = tuple(Span(m.start(), m.end(), m.group()) for m in re.finditer("(Khan )?Shaykhun", text))
    document = Document(id="c", text=text, toponyms=spans)
    first, last = mapper.geoparse(document, gazetteer=gazetteer, spans="given")
    assert last.place == first.place
    assert (last.geometry.x, last.geometry.y) == (last.place.lon, last.place.lat)
    assert any("short for “Khan Shaykhun”" in reason for reason in last.reasons)


def test_what_is_said_to_be_the_province_of_its_seat_is_the_province(read_place):
    text = "Clashes went on in Hodeidah governorate in Yemen. A truck blew up in Hodeidah."
    assert read_place(text, "Hodeidah").precision == "adm1"
    assert read_place(text.split(". ")[1], "Hodeidah").precision == "settlement"
