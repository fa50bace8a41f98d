"""Whole short reports to incidents: what is told once, what twice, and what is no incident. 12 June 2025 is a Thursday."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from mapper.records import Incident

Read = Callable[..., list[Incident]]


def places(incident: Incident) -> list[str]:
    return [p.name for p in incident.places if p.role == "happened"]


def test_what_where_when_and_how_many(read_report: Read) -> None:
    (incident,) = read_report(
        "A car bomb exploded outside a police station in Kirkuk on Tuesday, killing four people and injuring 11."
    )
    assert (incident.event_type, incident.event_subtype) == ("explosion_ied", "car_bomb")
    assert places(incident) == ["Kirkuk"]
    assert (incident.date.start, incident.date.end, incident.date.precision) == (
        dt.date(2025, 6, 10),
        dt.date(2025, 6, 10),
        "day",
    )
    assert (incident.killed.low, incident.killed.best, incident.killed.high) == (4, 4, 4)
    assert incident.injured.best == 11


def test_the_harm_told_before_its_cause_is_the_causes(read_report: Read) -> None:
    (incident,) = read_report("At least 11 miners died after a pit caved in near Anka on Tuesday.")
    assert (incident.event_type, incident.killed.low, incident.killed.high) == ("accident", 11, None)


def test_the_words_that_say_so_are_kept(read_report: Read) -> None:
    words = "An earthquake struck near Herat on Monday. Two people died in the quake."
    (incident,) = read_report(words)
    assert {e.text for e in incident.evidence if e.field == "incident"} == {
        "An earthquake struck near Herat on Monday.",
        "Two people died in the quake.",
    }
    assert all(words[e.start : e.end] == e.text for e in incident.evidence)


def test_a_second_sentence_on_the_same_event_is_no_second_incident(read_report: Read) -> None:
    found = read_report(
        "Gunmen opened fire on a minibus in Zamboanga on Wednesday. The attack left five passengers dead. "
        "No group has claimed the shooting."
    )
    assert len(found) == 1
    assert found[0].killed.best == 5


def test_another_event_with_a_day_of_its_own_is_told_apart(read_report: Read) -> None:
    found = read_report(
        "A suicide bomber killed six people at a market in Maiduguri on Tuesday.\n\n"
        "On 2 June, gunmen kidnapped nine students in Kaduna."
    )
    assert [(i.event_type, places(i), i.date.start) for i in found] == [
        ("explosion_ied", ["Maiduguri"], dt.date(2025, 6, 10)),
        ("abduction", ["Kaduna"], dt.date(2025, 6, 2)),
    ]


def test_what_is_answered_is_an_incident_of_its_own_and_linked(read_report: Read) -> None:
    found = read_report(
        "Warplanes bombed a depot in Latakia on Wednesday in retaliation for a rocket attack on Haifa on Sunday."
    )
    assert [places(i) for i in found] == [["Latakia"], ["Haifa"]]
    assert [(r.kind, r.incident_id) for r in found[0].relations] == [("in_retaliation_for", found[1].incident_id)]


def test_a_place_known_only_as_a_country_is_an_area(read_report: Read) -> None:
    (incident,) = read_report("An airstrike killed eight people in Yemen on Monday.")
    (place,) = incident.places
    assert place.resolution.precision == "country"
    assert place.resolution.geometry is not None
    assert place.resolution.geometry.geom_type in ("Polygon", "MultiPolygon")


def test_without_a_date_of_publication_a_weekday_stays_open(read_report: Read) -> None:
    (incident,) = read_report("A bomb killed three people in Quetta on Friday.", published=None)
    assert (incident.date.start, incident.date.end, incident.date.text) == (None, None, "Friday")


def test_capitals_read_like_other_text(read_report: Read) -> None:
    (incident,) = read_report("A TRUCK BOMB KILLED 12 PEOPLE IN MOGADISHU ON SATURDAY.")
    assert (incident.event_type, places(incident), incident.killed.best) == ("explosion_ied", ["Mogadishu"], 12)


def test_the_dateline_is_not_where_it_happened(read_report: Read) -> None:
    (incident,) = read_report("NAIROBI, June 11 (Agency) - Floods killed 14 people in Beledweyne on Monday.")
    assert places(incident) == ["Beledweyne"]
    assert incident.date.start == dt.date(2025, 6, 9)


def test_a_stretch_between_two_far_towns_is_named_by_both(read_report: Read) -> None:
    (incident,) = read_report("Gunmen ambushed a convoy between Kaya and Dori on Tuesday, killing three soldiers.")
    assert places(incident) == ["between Kaya and Dori"]


def test_a_town_at_the_rim_of_its_district_is_the_finer_place(read_report: Read) -> None:
    (incident,) = read_report("A typhoon hit the coast at Aparri in Cagayan province on Tuesday, killing two people.")
    assert places(incident) == ["Aparri"]


def test_what_came_years_after_a_disaster_is_the_news(read_report: Read) -> None:
    (incident,) = read_report(
        "Thousands marched through Belgrade on Tuesday, two years after a roof collapsed in Novi Sad and killed 16 people."
    )
    assert (incident.event_type, places(incident), incident.killed.best) == ("protest", ["Belgrade"], None)


def test_overnight_is_counted_from_the_day_somebody_spoke(read_report: Read) -> None:
    (incident,) = read_report(
        "A raid on an outpost near Maroua killed nine soldiers overnight, officials said on Tuesday."
    )
    assert (incident.date.start, incident.date.end) == (dt.date(2025, 6, 9), dt.date(2025, 6, 10))


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Police foiled a bomb attack on a church in Lahore on Tuesday.", "attempted"),
        ("Unions will hold a protest in Marseille on Saturday.", "planned"),
        ("The militia threatened to attack the port of Hodeidah.", "threatened"),
    ],
)
def test_what_has_not_happened_is_told_as_such(read_report: Read, words: str, status: str) -> None:
    found = read_report(words)
    assert [i.status for i in found] == [status]


@pytest.mark.parametrize(
    "words",
    [
        "The president of Kenya met his colleague from Uganda in Kampala on Monday to speak of trade.",
        "The film, which tells of a bombing in Belfast, opens in cinemas in Dublin on Friday.",
        "Rescue teams in Manila held a drill on Tuesday in which an earthquake of magnitude seven was simulated.",
        "Kobe marked the thirtieth anniversary of the earthquake that killed thousands in the city.",
        "More than 900 people have been killed in attacks in Burkina Faso so far this year.",
        (
            "The striker scored twice as his team stormed to victory over Leeds in the cup final, and the coach praised "
            "the players, who had lost the last match of the league season in a shock defeat at Derby."
        ),
        "The party won a landslide victory in Tasmania on Saturday.",
        "The risk of flooding in Bangladesh is rising, a study said.",
    ],
)
def test_no_incident(read_report: Read, words: str) -> None:
    assert [(i.event_type, places(i)) for i in read_report(words)] == []


def test_the_same_report_gives_the_same_incidents(read_report: Read) -> None:
    words = "A blast in Aleppo killed two on Monday. Protesters marched in Idlib on Tuesday."
    assert read_report(words) == read_report(words)


def test_a_murder_that_the_report_dwells_on_needs_no_place(read_report: Read) -> None:
    (incident,) = read_report(
        "The murder of the union leader Ana Tevez has shaken the country. The assassination of Tevez was the work of "
        "professionals, her brother said. He asked who had ordered the assassination of his sister."
    )
    assert incident.event_type == "attack_on_civilians"
    assert places(incident) == []


def test_a_murder_spoken_of_once_without_a_place_is_none(read_report: Read) -> None:
    assert read_report("The murder of the union leader Ana Tevez has shaken the country. Her brother wept.") == []


def test_a_judge_may_be_the_victim(read_report: Read) -> None:
    (incident,) = read_report("Gunmen shot dead a judge and two of her guards in Cali on Tuesday.")
    assert places(incident) == ["Cali"]


def test_what_a_judge_said_of_a_murder_begins_no_incident(read_report: Read) -> None:
    assert read_report("A judge in Cali ordered an inquiry into the murder of a teacher on Tuesday.") == []


def test_a_protest_that_turns_violent_is_a_riot(read_report: Read) -> None:
    (incident,) = read_report(
        "Thousands of protesters marched in Tirana on Tuesday. Protesters hurled stones at the police in Tirana."
    )
    assert incident.event_type == "riot"


def test_an_arrest_and_what_it_is_for_have_places_of_their_own(read_report: Read) -> None:
    found = read_report(
        "Police in Lyon arrested a man on Tuesday over the stabbing last week of a teacher in Arras, who died."
    )
    assert {i.event_type: places(i) for i in found} == {"arrest": ["Lyon"], "attack_on_civilians": ["Arras"]}


def test_the_town_on_a_long_road_is_where_it_was_blocked(read_report: Read) -> None:
    (incident,) = read_report(
        "Workers demanding back pay blocked the Dhaka-Mymensingh highway in a protest at Gazipur on Tuesday."
    )
    assert places(incident) == ["Gazipur"]


def test_what_has_gone_on_since_a_day_of_late_runs_to_publication(read_report: Read) -> None:
    (incident,) = read_report("At least 50 people have been killed since 4 June in gang attacks on Kenscoff, Haiti.")
    assert (incident.date.start, incident.date.end) == (dt.date(2025, 6, 4), dt.date(2025, 6, 12))


def test_the_third_attack_since_a_day_was_not_on_that_day(read_report: Read) -> None:
    found = read_report("Gunmen have carried out a third attack on Kenscoff, Haiti, since 4 June, killing two people.")
    assert all(i.date.start is None for i in found)


def test_the_day_on_which_sources_spoke_stands_for_publication(read_report: Read) -> None:
    (incident,) = read_report(
        "A tornado hit Enid, Oklahoma, on Tuesday, killing two people, officials said Wednesday, April 23, 2025.",
        published=None,
    )
    assert incident.date.start == incident.date.end == dt.date(2025, 4, 22)
    assert incident.reports[0].published is None


def test_the_fire_that_a_drone_sets_is_no_arson(read_report: Read) -> None:
    (incident,) = read_report(
        "In Odesa, debris from a downed drone set fire to a warehouse on Tuesday, injuring two people."
    )
    assert incident.event_type == "air_drone_strike"


def test_police_clashing_with_farmers_is_no_battle(read_report: Read) -> None:
    (incident,) = read_report("Police clashed with farmers in Brussels on Tuesday; three officers were injured.")
    assert incident.event_type == "riot"


def test_towns_of_one_region_are_not_one_place(read_report: Read) -> None:
    found = read_report(
        "Hezbollah fired rockets at Safed on Tuesday.\n\nSirens sounded across Upper Galilee.\n\n"
        "Two soldiers were killed by a drone strike at Kafr Kila on Tuesday."
    )
    assert [places(i) for i in found] == [["Safed"], ["Kfar Kila"]]


def test_what_a_country_or_its_air_force_bombs_is_struck_from_the_air(read_report: Read) -> None:
    for words in (
        "Israel bombed the defence ministry in Damascus on Tuesday, killing three people.",
        "Colombia's air force bombed a rebel camp in Calamar on Tuesday, killing nine fighters.",
    ):
        (incident,) = read_report(words)
        assert incident.event_type == "air_drone_strike"
    (incident,) = read_report("A man bombed a mosque in Lahore on Tuesday, killing three people.")
    assert incident.event_type == "explosion_ied"


def test_a_headline_means_the_province_of_the_village_in_the_text(read_report: Read) -> None:
    (incident,) = read_report(
        "Four dead as helicopter crashes near Kaduna\n\n"
        "A helicopter crashed near Birnin Gwari, Kaduna State, on Tuesday, killing both pilots and two engineers."
    )
    assert len(places(incident)) == 1
    assert "Gwari" in places(incident)[0]


def test_what_happened_years_ago_is_not_joined_to_the_news(read_report: Read) -> None:
    found = read_report(
        "Seven women died in a crush in Prayagraj on Tuesday. "
        "In 2013, 36 people died in a stampede at the Allahabad railway station on 10 February 2013."
    )
    assert all(i.killed.best != 36 or i.date.end.year == 2013 for i in found)
