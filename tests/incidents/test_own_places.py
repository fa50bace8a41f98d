"""Whose place is it? What a sentence names beside an event is often that of another one, or of whoever speaks of it."""

from __future__ import annotations

import datetime as dt

import pytest
from told_reports import told, towns

from mapper.gazetteer import open_gazetteer
from mapper.pipeline import process
from mapper.records import Document


@pytest.mark.parametrize(
    "words",
    [
        "Elsewhere in Papua, gunmen shot dead two teachers in Yahukimo regency on Friday, police said in Jayapura.",
        "A bomb killed nine people in Chakkamardan on Monday, the governor told reporters in Kandahar.",
    ],
)
def test_where_somebody_spoke_nothing_happened(words):
    (incident,) = told(words)
    assert towns(incident).isdisjoint({"Jayapura", "Kandahar"})


def test_a_suspect_is_held_where_he_is_held_and_murdered_nobody_there():
    words = "A 24-year-old man from Bradford was arrested in Dewsbury on Sunday on suspicion of murder."
    (incident,) = told(words)
    assert (incident.event_type, towns(incident)) == ("arrest", {"Dewsbury"})


def test_where_the_suspect_lived_he_was_not_arrested():
    words = "A car bomb killed two people in Magdeburg on Friday. The man, 50, who lived in Bernburg, was arrested."
    assert not any("Bernburg" in towns(incident) for incident in told(words))


def test_a_roadblock_in_the_next_sentence_is_no_place_of_the_dead():
    words = (
        "Two marchers were killed and 19 arrested on Sunday, the rights group Plataforma Decide said.\n\n"
        "Protesters blocked the road to South Africa near Ressano Garcia for a second day."
    )
    dead = [incident for incident in told(words) if incident.killed.best == 2]
    assert dead
    assert not any("Ressano Garcia" in towns(incident) for incident in dead)


def test_what_happened_in_the_same_river_long_ago_is_no_part_of_the_flood():
    words = (
        "Flash floods in Kerr County, Texas, killed 82 people on Friday, officials said.\n\n"
        "In 1987 ten teenagers drowned near Comfort, Texas, when their bus was caught by the same river."
    )
    flood = next(incident for incident in told(words) if incident.killed.best == 82)
    assert "Comfort" not in towns(flood)
    assert flood.date.start == dt.date(2025, 6, 6)


def test_an_unknown_quarter_of_a_city_is_in_that_city():
    words = "Shelling of Kherson's Zymivnyky district wounded a nurse on Wednesday, the governor of the region said."
    (incident,) = told(words)
    assert towns(incident) == {"Kherson"}


def test_the_last_two_of_nineteen_are_not_where_all_of_them_died():
    words = (
        "At least 19 people were killed in Nepal on Monday when police opened fire on demonstrators, 17 of them outside "
        "parliament in New Baneshwor and two in Itahari."
    )
    assert not any("Itahari" in place for incident in told(words) for place in towns(incident))


def test_clauses_joined_by_and_that_have_a_place_each():
    words = (
        "The ministry said its forces had captured the village of Novomykolaivka in Donetsk region, and that air "
        "defences shot down 104 drones overnight, 46 of them over Kursk region."
    )
    drones = [incident for incident in told(words) if incident.event_type != "armed_clash"]
    assert not any("Novomykolaivka" in towns(incident) for incident in drones)


@pytest.mark.parametrize(
    "words",
    [
        "At least 278 people have died in unrest in Nampula since 21 October, the group said.",
        "President Pezeshkian visited the wounded in Bandar Abbas on Sunday.",
    ],
)
def test_sums_over_months_and_visits_to_the_wounded_are_no_incidents(words):
    assert told(words, "2025-12-30") == ()


def test_what_sources_say_has_come_together_in_days_is_news():
    words = "At least 50 people have been killed in fighting in Goma since Sunday, the network said on Thursday."
    assert [incident.killed.best for incident in told(words)] == [50]


def test_a_bounded_toll_is_not_outvoted_by_that_of_a_part():
    words = (
        "A magnitude 7.7 earthquake near Sagaing, Myanmar, on Friday killed more than 1,600 people.\n\n"
        "The quake killed nine workers in a tower."
    )
    quake = max(told(words), key=lambda incident: incident.killed.low or 0)
    assert quake.killed.low == 1601
    assert quake.killed.best is None


def test_the_day_of_a_relative_clause_is_its_own():
    words = (
        "Rescuers on Monday found the wreck of the helicopter that crashed in fog near Tabriz on Sunday, killing eight."
    )
    crash = next(incident for incident in told(words) if incident.event_type == "accident")
    assert crash.date.start == dt.date(2025, 6, 8)


@pytest.mark.parametrize(
    ("lag", "first", "last"),
    [
        ("a month", "2025-04-29", "2025-05-19"),
        ("two weeks", "2025-05-22", "2025-05-28"),
        ("three days", "2025-06-05", None),
    ],
)
def test_a_counted_lag_is_counted(lag, first, last):
    words = f"Two men were shot dead in Leeds on Sunday.\n\nIt comes {lag} after a teenager was stabbed to death in Bradford."
    stabbing = next(incident for incident in told(words) if "Bradford" in towns(incident))
    assert stabbing.date.start == dt.date.fromisoformat(first)
    assert stabbing.date.end == dt.date.fromisoformat(last or first)


def test_gunmen_who_kill_shoot_whatever_else_the_report_is_full_of():
    words = (
        "Iran launched 180 ballistic missiles at Israel on Tuesday evening. A missile hit a school in Gedera.\n\n"
        "Minutes before, two gunmen killed seven people at a tram stop in Jaffa, police said."
    )
    assert {i.event_type for i in told(words) if "Jaffa" in towns(i)} == {"attack_on_civilians"}


def test_who_drives_through_a_crowd_attacks_it():
    words = "A man drove a rented van through the crowd at a market in Magdeburg on Friday, killing five people."
    assert [i.event_type for i in told(words)] == ["attack_on_civilians"]


def test_a_hillside_that_collapses_is_a_landslide():
    words = "At least 14 people were killed when a hillside collapsed onto huts near Rangamati on Monday."
    assert [i.event_type for i in told(words)] == ["natural_disaster"]


@pytest.mark.parametrize(
    ("name", "country", "text"),
    [
        ("ISLAMABAD", "PK", "ISLAMABAD - Pakistan spoke of Jammu and Kashmir, Poonch, Pahalgam and Samba on Monday."),
        ("Santiago", "CU", "Santiago, Holguín and Bayamo in Cuba were without power on Monday."),
    ],
)
def test_a_capital_whose_country_is_named_is_no_town_that_once_had_its_name(name, country, text):
    resolutions = process(Document("report", text), open_gazetteer(own=False)).resolutions
    place = next(r.place for r in resolutions if r.toponym.text == name)
    assert place.country_code == country


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (
            "A bus caught fire near Medina on Monday, killing 45, police in Hyderabad, where they were from, said.",
            "Medina",
        ),
        ("A vegetable seller was robbed and stabbed to death on the Damascus road on Monday.", None),
    ],
)
def test_who_speaks_from_afar_and_where_a_road_leads_is_no_place(words, place):
    assert {town for incident in told(words) for town in towns(incident)} == ({place} if place else set())


def test_history_at_two_times_is_no_one_event():
    words = (
        "An earthquake in Kunar province killed 1,400 people on Sunday.\n\n"
        "Quakes in Herat in October 2023 and in Paktika in June 2022 killed some 1,500 and 1,000 people."
    )
    assert [incident.killed.best for incident in told(words)] == [1400]


def test_a_fire_after_a_drone_attack_is_that_attack():
    words = "A fire broke out at an oil depot in Sochi on Sunday after a Ukrainian drone attack, the governor said."
    assert [incident.event_type for incident in told(words)] == ["air_drone_strike"]


def test_who_drowned_is_no_dead_of_an_arrest():
    words = (
        "A 44-year-old man was arrested in Netarts on Saturday with a rifle.\n\n"
        "A Portland man, 29, drowned at a beach on Sunday after being caught in a rip current."
    )
    arrest = next(incident for incident in told(words) if incident.event_type == "arrest")
    assert arrest.killed.best is None


def test_the_dead_of_an_attack_are_none_of_an_outbreak():
    words = (
        "Cholera: 1,240 new cases in Malakal and Nasir counties, South Sudan.\n\n"
        "On 7 June a UN helicopter came under fire in Nasir while evacuating soldiers; 27 soldiers were killed."
    )
    found = {incident.event_type: incident.killed.best for incident in told(words)}
    assert found["armed_clash"] == 27
    assert found.get("natural_disaster") is None


def test_a_march_that_is_expected_has_not_been():
    (march,) = told("A march through London on Saturday is expected to draw 100,000 protesters.")
    assert march.status == "planned"
    assert march.date.start == dt.date(2025, 6, 14)


def test_a_man_killed_on_a_day_was_killed_before_his_funeral():
    words = "A farmer killed in an ambush near Jos on Saturday is to be buried on Monday."
    assert {i.date.start for i in told(words) if "Jos" in towns(i)} == {dt.date(2025, 6, 7)}


def test_a_train_is_at_neither_end_of_its_way():
    words = (
        "Ten people were hurt in a mass stabbing on a train from Doncaster to London on Saturday evening.\n\n"
        "The train was stopped at Huntingdon, where police arrested two men."
    )
    places = {town for incident in told(words) if incident.event_type != "arrest" for town in towns(incident)}
    assert places.isdisjoint({"Doncaster", "London"})


def test_a_state_that_strikes_is_not_struck():
    words = "Ukraine struck Russian bombers at four air bases on Sunday with drones smuggled in on lorries, it said."
    assert not any("Ukraine" in towns(incident) for incident in told(words))


def test_the_protests_of_last_year_are_not_where_this_year_s_are():
    words = (
        "In Kikuyu a police station was set alight by protesters on Wednesday.\n\n"
        "On 25 June 2024 more than 60 people died in the protests against the finance bill."
    )
    assert not any("Kikuyu" in towns(i) for i in told(words, "2025-06-26") if i.date.start == dt.date(2024, 6, 25))


def test_a_bridge_that_is_blown_up_exploded():
    words = "A road bridge was blown up in Bryansk region on Saturday; seven people died."
    assert [incident.event_type for incident in told(words)] == ["explosion_ied"]


def test_the_ends_of_a_bus_s_way_keep_their_roles():
    (crash,) = told("A bus from Nairobi to Mombasa overturned on Friday, killing 14 people.")
    assert {(p.role, p.resolution.toponym.text) for p in crash.places} == {
        ("origin", "Nairobi"),
        ("destination", "Mombasa"),
    }
