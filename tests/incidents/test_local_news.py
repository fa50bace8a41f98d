"""Local papers: accidents on the road, arrests for what happened elsewhere, and people told apart by where they live."""

from __future__ import annotations

import datetime as dt

import pytest
from told_reports import told, towns


@pytest.mark.parametrize(
    "words",
    [
        "A motorist struck and killed a cyclist in Leeds on Tuesday, police said.",
        "A drunk driver killed three teenagers in Perth on Tuesday night.",
        "Two people were killed when their car hit a tree near Skipton on Tuesday.",
        "A woman died on Sunday night after she was struck by a delivery van in Freehold, New Jersey.",
        "A tram driver hit a pedestrian in Zagreb on Monday. She died in hospital.",
        "Four pedestrians were hit by a speeding taxi in Nairobi on Monday.",
    ],
)
def test_what_a_driver_did_is_an_accident(words):
    kinds = {incident.event_type for incident in told(words)}
    assert kinds == {"accident"}


@pytest.mark.parametrize(
    "words",
    [
        "A shell struck and killed a taxi driver in Kherson on Tuesday.",
        "A bus driver was killed when gunmen opened fire near Gao on Tuesday.",
        "A pedestrian was killed in a drive-by shooting in Marseille on Tuesday.",
        "A car struck a landmine near Mosul on Tuesday, killing three.",
        "A driver deliberately ran over two protesters in Lyon on Tuesday, killing both.",
        "Soldiers shot a lorry driver dead at a checkpoint in Goma on Tuesday.",
    ],
)
def test_violence_against_a_driver_or_with_a_car_is_no_accident(words):
    kinds = {incident.event_type for incident in told(words)}
    assert kinds
    assert "accident" not in kinds


def test_bare_deaths_are_no_air_strike():
    (incident,) = told("Three people were killed in Lille on Tuesday.")
    assert incident.event_type == "attack_on_civilians"


def test_bare_deaths_beside_an_accident_are_no_attack():
    words = (
        "A 52-year-old woman died on Sunday night after she was struck by a delivery van in Freehold, New Jersey.\n\n"
        "In March, a teenager was killed near Howell at the same intersection."
    )
    assert {incident.event_type for incident in told(words)} == {"accident"}


def test_who_is_held_after_a_robbery_is_held_where_and_when_he_was_found():
    words = (
        "Two men have been arrested after a shopkeeper was robbed in Bradford.\n\n"
        "The robbers got away with cash from the store on Saturday night, West Yorkshire Police said.\n\n"
        "The men were detained in Huddersfield in the early hours of Monday."
    )
    arrest, robbery = sorted(told(words, "2025-10-14"), key=lambda incident: incident.event_type)
    assert (arrest.event_type, towns(arrest), arrest.date.start) == ("arrest", {"Huddersfield"}, dt.date(2025, 10, 13))
    assert (towns(robbery), robbery.date.start) == ({"Bradford"}, dt.date(2025, 10, 11))


@pytest.mark.parametrize("ground", ["over a robbery", "in connection with a stabbing", "on suspicion of arson"])
def test_what_someone_is_held_for_did_not_bring_him_there(ground):
    words = f"A man was arrested {ground} in Bradford on Monday."
    arrests = [incident for incident in told(words) if incident.event_type == "arrest"]
    assert not any("Bradford" in towns(incident) for incident in arrests)


@pytest.mark.parametrize(
    ("words", "home"),
    [
        ("In March, a Toms River teenager was killed on a road in Freehold, New Jersey.", "Toms River"),
        ("A 30-year-old Leicester woman was stabbed to death in Nottingham on Tuesday.", "Leicester"),
        ("Two Halifax men were arrested in Huddersfield on Monday.", "Halifax"),
    ],
)
def test_where_someone_lives_nothing_happened(words, home):
    incidents = told(words)
    assert incidents
    assert not any(home in towns(incident) for incident in incidents)


def test_a_park_that_nobody_can_show_is_not_in_the_suburb_named_before():
    words = (
        "A 19-year-old man was shot in Englewood, Chicago, early on Monday.\n\n"
        "On Saturday, two men were found shot to death in a car in Humboldt Park."
    )
    dead = [incident for incident in told(words) if incident.killed.best == 2]
    assert not any("Englewood" in towns(incident) for incident in dead)


def test_a_murder_is_no_assassination():
    (incident,) = told("A shopkeeper was murdered in Swansea on Monday.")
    assert (incident.event_type, incident.event_subtype) == ("attack_on_civilians", "attack")


def test_a_mountain_is_where_it_erupts_and_not_the_airport_that_it_shut():
    words = "Mount Agung threw a column of ash into the sky on Monday, and flights at Jakarta's airport came to a halt."
    (eruption,) = told(words)
    assert eruption.event_subtype == "volcano"
    assert {p.resolution.toponym.text for p in eruption.places} == {"Mount Agung"}


def test_water_cannons_are_used_on_a_protest():
    (incident,) = told("Twelve teachers were hurt when police used water cannon in Sulaymaniyah on Monday.")
    assert incident.event_type == "protest"


def test_a_plan_by_name_is_no_intention():
    words = "As part of the Ayacucho Campaign Plan, troops fought ELN rebels near Tibu, Colombia, on Monday."
    assert {incident.status for incident in told(words)} == {"accomplished"}


@pytest.mark.parametrize("words", ["The budget of Leeds is riddled with errors, an auditor said on Monday."])
def test_not_all_that_is_riddled_was_shot_at(words):
    assert told(words) == ()


def test_who_is_held_on_suspicion_is_not_held_where_it_burned():
    words = (
        "A boy of 15 has died after a house fire in Gateshead.\n\n"
        "Firefighters were called to a house in the Dunston area at about 02:15 on Sunday.\n\n"
        "Police said that a man of 41 from Sunderland had been arrested on suspicion of arson."
    )
    arrests = [incident for incident in told(words) if incident.event_type == "arrest"]
    assert not any(towns(incident) for incident in arrests)


def test_a_resident_of_a_town_was_not_arrested_there():
    words = "Detectives on Sunday arrested Amir Rashid, a resident of Pampore in Kashmir, over the blast in Delhi."
    arrests = [incident for incident in told(words) if incident.event_type == "arrest"]
    assert arrests
    assert not any({"Pampore", "Pāmpur"} & towns(incident) for incident in arrests)


def test_the_day_on_which_a_toll_rose_is_not_that_of_the_blast():
    words = (
        "The death toll from the car explosion near the Red Fort in Delhi rose to 15 on Monday, officials said.\n\n"
        "The blast on November 10 ripped through a car near a gate of the Red Fort."
    )
    (blast,) = told(words, "2025-11-18")
    assert (blast.date.start, blast.killed.best) == (dt.date(2025, 11, 10), 15)


def test_a_storm_that_killed_on_monday_did_so():
    (flood,) = told("The death toll was 15 when floods hit Dori on Monday.", "2025-11-18")
    assert flood.date.start == dt.date(2025, 11, 17)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Kharkiv was shelled on Tuesday, and four people died.", "Kharkiv"),
        ("Moscow was hit by drones on Tuesday, and two people were hurt.", "Moscow"),
        ("Tikrit and Baiji came under rocket fire on Tuesday; nine people died.", "Tikrit"),
    ],
)
def test_what_was_shelled_is_where_it_was(words, place):
    assert any(place in {p.resolution.toponym.text for p in incident.places} for incident in told(words))


@pytest.mark.parametrize(
    ("words", "killed"),
    [
        ("A man who stabbed four passengers on a train near Hamburg was shot dead by police on Monday.", 1),
        ("Gunmen killed nine people in Dori on Monday, and a guard who shot three of them was wounded.", 9),
        ("A family of five was killed when a bomb exploded in Kirkuk on Monday.", 5),
    ],
)
def test_who_was_killed_is_not_whom_he_attacked(words, killed):
    assert max(incident.killed.best or 0 for incident in told(words)) == killed


def test_a_tanker_laden_with_petrol_explodes_by_accident():
    words = (
        "At least 18 people were burnt to death on Tuesday when a tanker laden with petrol exploded near Bida, Nigeria."
    )
    assert [incident.event_type for incident in told(words)] == ["accident"]


HAITI = (
    "PORT-AU-PRINCE, Haiti (AP) - Gunmen attacked the town of Bassin-Bleu overnight, killing at least eight people, an "
    "official said on Monday.\n\nHundreds of residents fled on foot to Port-de-Paix."
)


def test_a_town_that_the_gazetteer_lacks_is_in_the_country_that_the_report_is_about():
    (attack,) = told(HAITI, "2025-10-14")
    (place,) = attack.places
    assert (place.resolution.toponym.text, place.resolution.precision) == ("Haiti", "country")


def test_of_two_countries_neither_is_taken():
    words = f"{HAITI}\n\nOthers reached Santo Domingo in the Dominican Republic on Sunday."
    attacks = [incident for incident in told(words, "2025-10-14") if incident.killed.best == 8]
    assert attacks
    assert not any("Haiti" in towns(incident) for incident in attacks)


def test_what_pirates_fired_at_is_piracy_and_not_an_attack_on_land():
    words = (
        "Eight men in two skiffs tried to board a tanker 60 nautical miles south-west of Mukalla, Yemen, on Tuesday.\n\n"
        "The pirates fired at the bridge and raised a ladder."
    )
    assert {incident.event_type for incident in told(words)} == {"piracy"}


@pytest.mark.parametrize(
    "words",
    [
        "More than 15,000 people protested on Saturday on a square in Berlin against the air raids on Yugoslavia.",
        "Thousands marched in Berlin on Saturday, denouncing the shelling of Grozny.",
        "Students in Berlin were protesting the bombing of Mosul on Saturday.",
    ],
)
def test_a_protest_against_an_air_raid_is_a_protest(words):
    (incident,) = told(words)
    assert (incident.event_type, towns(incident)) == ("protest", {"Berlin"})


def test_an_air_raid_on_a_protest_is_an_air_raid():
    (incident,) = told("An air strike hit protesters in Mosul on Saturday and killed nine of them.")
    assert incident.event_type == "air_drone_strike"


def test_guards_of_a_village_who_are_killed_are_no_mob():
    (incident,) = told("Three vigilantes who pursued the bandits were later killed in an ambush near Kano on Tuesday.")
    assert incident.event_type == "armed_clash"


def test_a_market_that_missiles_are_fired_into_is_where_they_fell():
    words = (
        "A drone fired two missiles into a crowded weekly market in Kutum on Wednesday, killing 24 people, medics said."
        ' "I ran when the first one fell," said a trader reached by phone in Tawila.'
    )
    (incident,) = told(words)
    assert towns(incident) == {"Kutum"}


def test_last_summer_s_protests_are_not_those_of_today_in_the_next_town():
    words = (
        "Police fired tear gas on Tuesday at lecturers who marched through Nairobi. At least four people were arrested."
        "\n\nSimilar marches were held in Kisumu. In January, protests against a tax left at least 60 people dead across "
        "the country."
    )
    assert all(incident.killed.best is None for incident in told(words) if towns(incident) & {"Nairobi", "Kisumu"})


def test_a_toll_shared_out_over_places_is_no_incident_of_its_own():
    words = (
        "An earthquake near Narsingdi shook Bangladesh on Friday, killing 10 people, officials said. Five people died in "
        "Narsingdi district, four in Dhaka and one in Narayanganj, the disaster ministry said."
    )
    (incident,) = told(words)
    assert incident.killed.best == 10


def test_the_port_that_a_boat_left_is_not_where_it_sank():
    words = (
        "At least 31 migrants died after a rubber boat capsized off Libya on Sunday. The boat left the town of Zuwara on "
        "Saturday night and overturned six hours later."
    )
    assert all("Zuwārah" not in towns(incident) for incident in told(words))


def test_what_happened_separately_is_no_part_of_it():
    words = (
        "Gunmen opened fire on a police van in Peshawar on Wednesday, injuring two constables.\n\nSeparately, a man killed "
        "his wife and two daughters over a domestic dispute and later shot himself, police said."
    )
    shooting = next(incident for incident in told(words) if "Peshawar" in towns(incident))
    assert shooting.killed.best is None


HELD = {
    "Four men were arrested in Leeds on Friday over the killing of a shopkeeper.": {"arrest": None},
    "Two militants were killed and three arrested in a raid on a hideout in Lahore on Monday, police said.": {"arrest": 2},
    "Ted Goodwin was arrested last month in Kennesaw. His group was present at the deaths of 39 people.": {"arrest": None},
    "Three suspects were detained in Cebu on Monday after a gunfight in which two officers were killed.": {
        "arrest": None, "armed_clash": 2,
    },
}  # fmt: skip


@pytest.mark.parametrize("words", HELD)
def test_those_killed_by_what_somebody_is_held_for_are_no_toll_of_his_arrest(words):
    assert {incident.event_type: incident.killed.best for incident in told(words)} == HELD[words]


def test_an_arrest_lends_neither_its_day_nor_its_town_to_the_deed():
    words = "Police arrested two suspects in Chaman on Tuesday over the shooting of a judge last week."
    arrest, shooting = sorted(told(words, "2018-03-28"), key=lambda incident: incident.event_type)
    assert (towns(arrest), arrest.date.start) == ({"Chaman"}, dt.date(2018, 3, 27))
    assert (towns(shooting), shooting.date.end) == (set(), dt.date(2018, 3, 25))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Hartmann is scheduled to die April 7 for the fatal stabbing of Wanda Snipes in Akron on Sept. 9, 2017.",
         dt.date(2017, 9, 9)),
        ("An inquest ruled today that the fatal police shooting of Tyrise Bell on Jan. 23 in Reno was justified.",
         dt.date(2018, 1, 23)),
    ],
)  # fmt: skip
def test_the_day_of_a_court_or_an_execution_is_not_that_of_the_deed(words, day):
    (incident,) = told(words, "2018-03-28")
    assert (incident.status, incident.date.start) == ("accomplished", day)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Thousands of cabin crew at British Airways are preparing to strike before Christmas in London.",
         ("protest", "strike_action", "planned")),
        ("Crews in Winnipeg were busy fighting two apartment fires overnight.", ("accident", "fire", "accomplished")),
        ("Officers called to a man threatening people with a gun on Wednesday fatally shot a man in Brooklyn.",
         ("attack_on_civilians", "shooting", "accomplished")),
    ],
)  # fmt: skip
def test_a_strike_over_pay_a_fight_with_a_fire_and_a_threat_answered_are_told_as_what_they_are(words, kind):
    (incident,) = told(words)
    assert (incident.event_type, incident.event_subtype, incident.status) == kind


@pytest.mark.parametrize(
    "words",
    [
        "Peel police are searching for two suspects in connection with a break-in in Mississauga earlier this month.",
        "The suspects were caught on camera at a shop in St. Louis on March 7.",
    ],
)
def test_a_search_and_a_camera_arrest_nobody(words):
    assert not told(words)


def test_it_happened_there_is_said_of_what_was_told_before():
    words = (
        "Police officers who answered three calls about a man with a gun fatally shot a man carrying a metal pipe on "
        "Wednesday, mistaking it for a firearm, the police department and its chief, who spoke to reporters later, said. "
        "It happened just before 5 p.m. in the Crown Heights neighborhood of Brooklyn."
    )
    (incident,) = told(words)
    assert towns(incident) == {"Brooklyn"}


def test_where_only_the_force_is_named_it_was_on_its_beat():
    (arrest,) = told("Winnipeg police said that they had arrested two men on Tuesday over a string of burglaries.")
    assert towns(arrest) == {"Winnipeg"}


def test_the_police_of_a_country_are_no_place():
    assert all(not towns(incident) for incident in told("Kenya police arrested two men on Tuesday over burglaries."))
