"""A village a continent away from all that a report names is not the one that is meant."""

from __future__ import annotations

import pytest

from mapper.gazetteer import open_gazetteer
from mapper.geocoder import geoparse
from mapper.geocoder.straying import without_strays
from mapper.records import Document, Place, Resolution, Span, Toponym
from mapper.text import sentences

HOME = Place("geonames", "1", "Kadugli", 11.0, 29.7, "P", "PPLA", "SD", "Sudan", population=160_000)
COUNTRY = Place("geonames", "2", "Sudan", 16.0, 30.0, "A", "PCLI", "SD", "Sudan", population=40_000_000)
COUNTY = Place("geonames", "4", "Dillon County", 34.4, -79.4, "A", "ADM2", "US", "United States", population=30_000)
FAR = Place("geonames", "3", "Jubaylah", 36.3, 37.2, "P", "PPL", "SY", "Syria", population=900)


def resolution(name, place, reasons=()):
    return Resolution(Toponym(0, len(name), name), place=place, precision="settlement", score=0.9, reasons=reasons)


def told(far, *others):
    return without_strays([*others, resolution("Habila", far)])[-1].place


def test_a_village_far_from_everything_else_is_not_meant():
    found = without_strays([resolution("Kadugli", HOME), resolution("Sudan", COUNTRY), resolution("Habila", FAR)])
    assert [r.place for r in found] == [HOME, COUNTRY, None]
    assert found[-1].geometry is None
    assert "not in the gazetteer" in found[-1].reasons[-1]


@pytest.mark.parametrize(
    "change",
    [
        {"population": 200_000},  # a town that is named anywhere
        {"country_code": "SD"},  # in a country that the report names
        {"lat": 12.0, "lon": 30.0},  # near what it names
        {"feature_class": "A"},  # no village
    ],
)
def test_what_may_be_meant_stays(change):
    place = FAR._replace(**change)
    assert told(place, resolution("Kadugli", HOME), resolution("Sudan", COUNTRY)) == place


def test_a_region_that_holds_the_village_speaks_for_it_and_another_does_not():
    levant = Place("geonames", "4", "Levant", 34.0, 36.0, "L", "RGN", bounds=(34.0, 29.0, 43.0, 38.0))
    africa = Place("geonames", "5", "East Africa", -0.5, 36.5, "L", "RGN", bounds=(21.0, -27.0, 52.0, 23.0))
    company = (resolution("Kadugli", HOME), resolution("Sudan", COUNTRY))
    assert told(FAR, *company, resolution("Levant", levant)) == FAR
    assert told(FAR, *company, resolution("East Africa", africa)) is None


def test_one_other_place_is_no_company():
    assert told(FAR, resolution("Sudan", COUNTRY)) == FAR


def test_what_the_text_says_stands():
    said = resolution("Habila", FAR, ("the text puts it in Syria",))
    found = without_strays([resolution("Kadugli", HOME), resolution("Sudan", COUNTRY), said])
    assert found[-1].place == FAR


def test_an_attack_in_a_village_that_the_gazetteer_lacks_is_not_put_in_another_country(gazetteer):
    text = "KADUGLI, Sudan - Gunmen killed seven traders at a market in Habila, near Dilling in South Kordofan, on Tuesday."
    spans = tuple(Span(text.index(n), text.index(n) + len(n), n) for n in ("KADUGLI", "Sudan", "Habila", "Dilling"))
    document = Document("report", text, toponyms=spans)
    found = geoparse(document, sentences(document), gazetteer, spans="given")
    assert {r.place.country_code for r in found if r.place is not None} == {"SD"}


def test_a_county_strays_as_a_village_does():
    assert told(COUNTY, resolution("Kadugli", HOME), resolution("Sudan", COUNTRY)) is None
    abroad = Place("geonames", "5", "Florence", 34.2, -79.8, "P", "PPL", "US", "United States", population=39_000)
    assert told(COUNTY, resolution("Kadugli", HOME), resolution("Florence", abroad)) == COUNTY


def test_a_village_over_the_border_that_is_called_otherwise_is_not_meant(read_place):
    text = (
        "Shelling was heard in Sweida city and in the village of al-Mazraa. Israel bombed Damascus and convoys near "
        "Daraa, in the south of Syria."
    )
    assert read_place(text, "al-Mazraa").place is None


def test_the_side_of_a_town_is_no_town_of_that_name(gazetteer):
    document = Document("t", "Two men were shot on the West Side of Chicago.")
    found = geoparse(document, sentences(document), gazetteer)
    assert [r.toponym.text for r in found] == ["Chicago"]


def test_a_water_called_after_a_town_is_no_region_of_its_first_word():
    document = Document("x", "A plane crashed in the Bay of Kotor in Montenegro on Monday.")
    found = geoparse(document, sentences(document), open_gazetteer(own=False))
    assert [r.toponym.text for r in found] == ["Kotor", "Montenegro"]
    assert found[0].precision == "water"


def test_a_river_strays_as_a_village_does():
    red_river = Place("geonames", "5", "Red River", 31.0, -91.7, "H", "STM", "US", "United States")
    assert told(red_river, resolution("Kadugli", HOME), resolution("Sudan", COUNTRY)) is None


def test_a_river_of_many_countries_never_strays():
    danube = Place("geonames", "6", "Danube", 45.2, 29.7, "H", "STM", "", "")
    assert told(danube, resolution("Kadugli", HOME), resolution("Sudan", COUNTRY)) == danube


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Camps along the Guadalupe were swept away, officials in Texas said.", "Guadalupe"),
        ("In Haiti the La Digue river burst its banks in Petit-Goâve.", "La Digue"),
        ("Troops crossed into Kherson, and shells fell across the Dnipro.", "Dnipro"),
    ],
)
def test_what_camps_lie_along_is_no_town(text, name):
    document = Document("x", text, toponyms=(Span(text.index(name), text.index(name) + len(name), name),))
    (found,) = geoparse(document, sentences(document), open_gazetteer(own=False), spans="given")
    assert found.place is None or found.place.feature_class == "H"


def test_the_airport_of_a_town_that_is_called_a_bay_is_that_town_s():
    text = "Gunmen fired at a bus near the Montego Bay airport in Jamaica."
    name = "Montego Bay"
    document = Document("x", text, toponyms=(Span(text.index(name), text.index(name) + len(name), name),))
    (found,) = geoparse(document, sentences(document), open_gazetteer(own=False), spans="given")
    assert found.place is not None
    assert found.place.feature_class == "P"


GROUND = [
    resolution(name, HOME._replace(name=name, gazetteer_id=str(n), lat=11.0 + n / 10))
    for n, name in enumerate(["Kadugli", "Dilling", "Talodi"], start=10)
]


@pytest.mark.parametrize(("lat", "stays"), [(13.0, True), (15.5, False)])
def test_a_report_on_one_country_means_no_village_of_another_that_is_not_beside_it(lat, stays):
    abroad = FAR._replace(lat=lat, lon=29.7, country_code="TD")
    assert (told(abroad, *GROUND) is not None) == stays


def test_a_village_of_another_country_stays_where_the_report_names_that_country():
    chad = COUNTRY._replace(name="Chad", gazetteer_id="9", country_code="TD", country="Chad")
    abroad = FAR._replace(lat=15.5, lon=29.7, country_code="TD")
    assert told(abroad, *GROUND, resolution("Chad", chad)) is not None


def test_what_is_in_an_area_of_two_names_is_in_it():
    text = "Gunmen stormed a school in Maga, in the Danko/Wasagu area of Nigeria's Kebbi State, police said."
    document = Document(id="x", text=text)
    found = {r.toponym.text: r.place for r in geoparse(document, sentences(document), open_gazetteer(own=False))}
    assert found["Maga"] is None or found["Maga"].country_code == "NG"
    assert found["Wasagu"].country_code == "NG"


def test_a_town_does_not_stray_from_a_guess():
    text = (
        "In addition to bombing the area where the Black Hawk crashed, U.S. forces destroyed three buildings in Tikrit."
    )
    document = Document(id="x", text=text)
    found = {r.toponym.text: r.place for r in geoparse(document, sentences(document), open_gazetteer(own=False))}
    assert found["Tikrit"].country_code == "IQ"
