"""The news and what was before it, beside it and all over the country: each keeps its own day, place and toll."""

from __future__ import annotations

import datetime as dt

from told_reports import told, towns


def test_a_boat_that_sank_last_month_is_another_one():
    words = (
        "At least 27 migrants died when two boats sank off Sousse, the coast guard said on Thursday.\n\n"
        "Last month, nine people died after their boat sank off Mahdia."
    )
    news, before = told(words, "2025-01-02")
    assert (news.killed.low, towns(news)) == (27, {"Sousse"})
    assert (before.killed.best, towns(before), before.date.start) == (9, {"Mahdia"}, dt.date(2024, 12, 1))


def test_the_dead_of_all_floods_are_none_of_one_town():
    words = (
        "- 71 people have died in floods since 24 April, according to the Red Cross.\n\n"
        "- In Nakuru, 45 people were killed in floods on 29 April when a dam burst.\n\n"
        "- In Garissa, a boat capsized on 26 April; four bodies have been found.\n\n"
        "- Some 190,000 people have been displaced."
    )
    found = told(words, "2026-05-03")
    (nakuru,) = [incident for incident in found if towns(incident) == {"Nakuru"}]
    assert nakuru.killed.best == 45
    (boat,) = [incident for incident in found if towns(incident) == {"Garissa"}]
    assert boat.displaced.best is None


def test_a_region_plagued_by_kidnappings_has_none_told():
    words = (
        "Gunmen killed at least 17 people and torched homes in an attack on a village in Zamfara state on Wednesday, "
        "residents said, the latest violence in a region plagued by kidnappings for ransom."
    )
    (incident,) = told(words, "2026-03-12")
    assert (incident.event_type, incident.killed.low) == ("attack_on_civilians", 17)


def test_a_riot_in_a_prison_is_one_however_its_dead_died():
    words = "At least 31 inmates died on Sunday in a prison riot in the city of Machala, most of them by asphyxiation."
    (incident,) = told(words, "2025-11-10")
    assert (incident.event_type, towns(incident)) == ("riot", {"Machala"})


def test_rallies_that_were_also_held_were_held_on_that_day():
    words = (
        "Riot police used water cannon to break up a rally outside parliament in Tbilisi late on Friday.\n\n"
        "Rallies were also held in Batumi and Kutaisi."
    )
    found = told(words, "2024-11-30")
    assert {town for incident in found for town in towns(incident)} == {"Tbilisi", "Batumi", "Kutaisi"}
    assert {incident.date.start for incident in found} == {dt.date(2024, 11, 29)}


def test_an_offence_is_no_deed_where_somebody_is_held_for_it():
    words = "Two boys, aged 15 and 17, were arrested on suspicion of murder in Croydon in the early hours of Friday."
    assert [incident.event_type for incident in told(words)] == ["arrest"]
