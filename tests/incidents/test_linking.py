"""From a trigger to the place where it happened."""

from __future__ import annotations

import pytest
from shapely import Point, box

from mapper.incidents.lexicon import find_triggers, tokenize
from mapper.incidents.linking import link
from mapper.incidents.whereabouts import compatible, finest, within
from mapper.records import Place, Precision, Resolution, Toponym

IRAQ = Place("t", "IQ", "Iraq", 33, 44, "A", "PCLI", "IQ", "Iraq")
SYRIA = Place("t", "SY", "Syria", 35, 38, "A", "PCLI", "SY", "Syria")
BAGHDAD = Place("t", "1", "Baghdad", 33.34, 44.40, "P", "PPLC", "IQ", "Iraq", population=7_000_000)
MASHTAL = Place("t", "2", "Mashtal", 33.33, 44.51, "P", "PPLX", "IQ", "Iraq")
MOSUL = Place("t", "3", "Mosul", 36.34, 43.13, "P", "PPLA", "IQ", "Iraq", population=1_700_000)
ALEPPO = Place("t", "4", "Aleppo", 36.2, 37.16, "P", "PPLA", "SY", "Syria", population=1_600_000)


def resolve(text: str, name: str, place: Place, precision: Precision, kind: str = "literal") -> Resolution:
    start = text.index(name)
    geometry = (
        box(place.lon - 3, place.lat - 3, place.lon + 3, place.lat + 3)
        if precision == "country"
        else Point(place.lon, place.lat)
    )
    toponym = Toponym(start, start + len(name), name, kind)  # type: ignore[arg-type]
    return Resolution(toponym, place, geometry, precision, 1000.0, 0.9)


def happened(text: str, *resolutions: Resolution) -> list[str]:
    trigger = max(find_triggers(tokenize(text)), key=lambda t: t.strength)
    ordered = sorted(resolutions, key=lambda r: r.toponym.start)
    return [p.name for p in link(text, 0, trigger, ordered) if p.role == "happened"]


def test_the_finest_place_of_a_chain_is_kept() -> None:
    text = "A drone strike hit a car in Mashtal, in the east of Baghdad, Iraq"
    places = (
        resolve(text, "Mashtal", MASHTAL, "site"),
        resolve(text, "Baghdad", BAGHDAD, "settlement"),
        resolve(text, "Iraq", IRAQ, "country"),
    )
    assert happened(text, *places) == ["Mashtal"]


def test_places_side_by_side_are_all_kept() -> None:
    text = "85 airstrikes on militia targets across Iraq and Syria"
    assert happened(text, resolve(text, "Iraq", IRAQ, "country"), resolve(text, "Syria", SYRIA, "country")) == [
        "Iraq",
        "Syria",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shot and killed an elder in the northern divided city of Mosul on Wednesday",
        "They injured three soldiers with a roadside bomb in Saddam's hometown of Mosul",
        "Thousands protested in the provincial capital Mosul",
        "The army recaptured the ancient university town of Mosul",
        "A car bomb exploded at the key port of Mosul",
    ],
)
def test_a_place_is_where_it_happened_by_whatever_description(text: str) -> None:
    assert happened(text, resolve(text, "Mosul", MOSUL, "settlement")) == ["Mosul"]


@pytest.mark.parametrize(
    "text",
    [
        "Students protested outside the parliament against the bombing of Aleppo",
        "Thousands marched to demand an end to the occupation of Aleppo",
        "A thousand people demonstrated over the killing of two traders in Aleppo",
    ],
)
def test_what_a_protest_is_about_is_not_where_it_is(text: str) -> None:
    assert happened(text, resolve(text, "Aleppo", ALEPPO, "settlement")) == []


def test_a_protest_is_where_it_is_whatever_it_is_about() -> None:
    text = "Thousands demonstrated in Mosul on Friday against the bombing of Aleppo"
    places = (resolve(text, "Mosul", MOSUL, "settlement"), resolve(text, "Aleppo", ALEPPO, "settlement"))
    assert happened(text, *places) == ["Mosul"]


def test_a_country_by_whose_clock_it_was_written_is_not_where_it_happened() -> None:
    text = "Seven killed by car bomb in raid 11:39am Iraq, Monday: the blast shook Aleppo"
    places = (resolve(text, "Iraq", IRAQ, "country"), resolve(text, "Aleppo", ALEPPO, "settlement"))
    assert happened(text, *places) == ["Aleppo"]


def test_an_origin_is_not_where_it_happened() -> None:
    text = "Refugees from Aleppo were killed in an airstrike on Mosul"
    places = (resolve(text, "Aleppo", ALEPPO, "settlement"), resolve(text, "Mosul", MOSUL, "settlement"))
    assert happened(text, *places) == ["Mosul"]


def test_where_somebody_spoke_of_it_is_not_where_it_happened() -> None:
    text = "In Baghdad, a spokesman condemned the attack on Mosul"
    places = (resolve(text, "Baghdad", BAGHDAD, "settlement"), resolve(text, "Mosul", MOSUL, "settlement"))
    assert happened(text, *places) == ["Mosul"]


def test_an_actor_is_no_place() -> None:
    text = "Iraq carried out an airstrike on Aleppo"
    places = (resolve(text, "Iraq", IRAQ, "country", "metonymic"), resolve(text, "Aleppo", ALEPPO, "settlement"))
    assert happened(text, *places) == ["Aleppo"]


def test_a_demonym_is_no_place() -> None:
    text = "An Iraq airstrike"
    assert happened(text, resolve(text, "Iraq", IRAQ, "country", "demonym")) == []


def test_a_name_before_the_trigger_may_be_its_place() -> None:
    text = "The Mosul bombing"
    assert happened(text, resolve(text, "Mosul", MOSUL, "settlement")) == ["Mosul"]


def test_a_town_lies_in_its_country_and_not_in_another() -> None:
    text = "Mosul Iraq Syria"
    mosul = resolve(text, "Mosul", MOSUL, "settlement")
    assert within(mosul, resolve(text, "Iraq", IRAQ, "country"))
    assert not within(mosul, resolve(text, "Syria", SYRIA, "country"))


def test_two_far_towns_are_not_compatible() -> None:
    text = "Mosul Baghdad"
    assert not compatible(resolve(text, "Mosul", MOSUL, "settlement"), resolve(text, "Baghdad", BAGHDAD, "settlement"))


def test_finest_keeps_one_of_each_chain() -> None:
    text = "Mosul Iraq Syria"
    kept = finest(
        [
            resolve(text, "Iraq", IRAQ, "country"),
            resolve(text, "Mosul", MOSUL, "settlement"),
            resolve(text, "Syria", SYRIA, "country"),
        ]
    )
    assert [r.place.name for r in kept if r.place] == ["Mosul", "Syria"]


def test_one_end_of_a_road_is_not_where_it_happened() -> None:
    text = "A bomb exploded on the Samarra-Mosul highway"
    assert happened(text, resolve(text, "Mosul", MOSUL, "settlement")) == []
    text = "A bomb exploded on the Mosul–Sinjar road near Baghdad"
    places = resolve(text, "Mosul", MOSUL, "settlement"), resolve(text, "Baghdad", BAGHDAD, "settlement")
    assert happened(text, *places) == ["Baghdad"]
