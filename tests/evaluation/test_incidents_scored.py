"""Incidents scored by hand: one gold incident, told right, told wrong, not told, told twice."""

from __future__ import annotations

import pytest
from evaluation_rows import key_incident, told_incident

from mapper.errors import SourceError
from mapper.evaluation.agreement import agreement, align, match_fillers
from mapper.evaluation.answers import answers_of, scorable
from mapper.evaluation.incidents import OVERALL, SLOTS, score_incidents
from mapper.evaluation.muc_key import Filler, gold_incidents


def key(*incidents):
    return gold_incidents({"incidents": list(incidents)})


def told(*incidents):
    return answers_of({"id": "1", "incidents": list(incidents)})


def score(gold, answers):
    return score_incidents({"1": gold}, {"1": answers})


def pair(key_change=None, told_change=None):
    return agreement(key(key_incident(**(key_change or {})))[0], told(told_incident(**(told_change or {})))[0])


def counts(figures):
    return figures["hit"], figures["gold"], figures["pred"]


# A pair


def test_an_incident_told_right_agrees_in_every_slot_that_the_key_fills():
    agrees = pair()
    assert {slot for slot, right in agrees.items() if right} == {*SLOTS, "killed_exact"} - {"injured"}


def test_a_slot_that_one_side_leaves_empty_is_not_compared():
    assert "date" not in pair(told_change={"date_start": None, "date_end": None})


def test_an_interval_that_meets_the_day_agrees_but_not_exactly():
    agrees = pair(told_change={"date_start": "1989-12-25", "date_end": "1989-12-31"})
    assert (agrees["date"], agrees["date_exact"]) == (True, False)


def test_of_on_or_before_the_last_day_is_exact():
    date = [{"start": None, "end": "1989-12-30", "form": "on_or_before"}]
    assert pair({"date": date})["date_exact"]


def test_one_bound_stands_for_a_day():
    assert pair(told_change={"date_start": None})["date_exact"]


def test_the_country_where_a_town_is_wanted_is_not_the_place():
    place = {"name": "El Salvador", "role": "happened", "country": "SV", "precision": "country"}
    agrees = pair(told_change={"places": [place]})
    assert (agrees["country"], agrees["place"]) == (True, False)


def test_the_country_is_the_place_where_the_key_takes_it():
    place = {"name": "El Salvador", "role": "happened", "country": "SV", "precision": "country"}
    assert pair({"location": [{"chain": [{"name": "EL SALVADOR"}]}]}, {"places": [place]})["place"]


def test_the_finest_place_counts_and_not_the_first():
    country = {"name": "El Salvador", "role": "happened", "country": "SV", "precision": "country"}
    assert pair(told_change={"places": [country, *told_incident()["places"]]})["place"]


def test_a_place_by_the_name_that_the_text_gives_it_is_among_the_names():
    place = told_incident()["places"][0] | {"name": "Greater San Salvador"}
    agrees = pair(told_change={"places": [place]})
    assert (agrees["place"], agrees["place_any"]) == (False, True)


def test_where_something_came_from_is_not_where_it_happened():
    place = told_incident()["places"][0] | {"role": "origin"}
    assert "place" not in pair(told_change={"places": [place]})


def test_at_least_three_meets_five_but_is_not_five():
    agrees = pair(told_change={"killed_low": 3, "killed_high": None})
    assert (agrees["killed"], agrees["killed_exact"]) == (True, False)


# Who


def test_equal_names_are_paired_before_alike_ones():
    fillers = [Filler(("ARMY PATROL",), optional=False), Filler(("ARMY BASE",), optional=False)]
    assert match_fillers(fillers, ["army", "army patrol"]) == (2, 2, 2)


def test_ranks_articles_and_plurals_are_no_part_of_a_name():
    assert match_fillers([Filler(("GENERAL PEREZ",), optional=False)], ["the Perez"])[0] == 1
    assert match_fillers([Filler(("PEASANT",), optional=False)], ["peasants"])[0] == 1


def test_less_than_half_of_the_words_is_another_name():
    assert match_fillers([Filler(("BANK OF PERU",), optional=False)], ["bank of Chile in Santiago"])[0] == 0


def test_an_optional_filler_counts_only_when_it_is_hit():
    filler = [Filler(("FMLN",), optional=True)]
    assert match_fillers(filler, []) == (0, 0, 0)
    assert match_fillers(filler, ["FMLN"]) == (1, 1, 1)


# A document


def test_everything_right_is_one():
    found = score(key(key_incident()), told(told_incident()))
    assert {found[slot]["F1"] for slot in ("incident", *OVERALL, "document") if slot != "injured"} == {1.0}


def test_perpetrators_are_counted_one_by_one():
    found = score(key(key_incident()), told(told_incident(perpetrators=["FMLN", "army", "police"])))
    assert counts(found["perpetrators"]) == (1, 2, 3)


def test_an_incident_told_twice_is_found_once():
    found = score(key(key_incident()), told(told_incident(), told_incident()))
    assert counts(found["incident"]) == (1, 1, 2)
    assert counts(found["date"]) == (1, 1, 2)


def test_nothing_told_is_nothing_found():
    found = score_incidents({"1": key(key_incident())}, {})
    assert (counts(found["incident"]), counts(found["overall"])) == ((0, 1, 0), (0, 9, 0))


def test_the_better_pair_is_made_first():
    gold = key(key_incident(), key_incident(date=[{"start": "1989-01-01", "end": "1989-01-01", "form": "exact"}]))
    assert align(gold, told(told_incident(date_start="1989-01-01", date_end="1989-01-01"), told_incident())) == {
        0: 1,
        1: 0,
    }


def test_incidents_of_different_types_are_one_when_two_rarer_things_agree():
    answer = told_incident(event_type="abduction", event_subtype="kidnapping")
    assert align(key(key_incident()), told(answer)) == {0: 0}


def test_a_country_and_a_rough_date_do_not_make_a_pair():
    answer = told_incident(
        event_type="abduction", event_subtype="kidnapping", places=[{"name": "El Salvador", "country": "SV"}],
        date_end="1990-01-01", killed_low=None, killed_high=None, perpetrators=[], targets=[],
    )  # fmt: skip
    assert align(key(key_incident()), told(answer)) == {}


def test_one_rarer_thing_does_not_make_a_pair():
    answer = told_incident(
        event_type="abduction", event_subtype="kidnapping", places=[], killed_low=None, killed_high=None,
        perpetrators=[], targets=[],
    )  # fmt: skip
    assert align(key(key_incident()), told(answer)) == {}


def test_an_optional_incident_counts_only_when_it_is_found():
    gold = key(key_incident(optional=True))
    assert counts(score(gold, ())["incident"]) == (0, 0, 0)
    assert counts(score(gold, told(told_incident()))["incident"]) == (1, 1, 1)


def test_exact_figures_are_shared_over_those_that_the_key_tells_exactly():
    gold = key(key_incident(), key_incident(hum_target_number=[{"alts": ["~5"], "of": ["PEASANTS"]}]))
    assert score(gold, told(told_incident()))["killed_exact"] == {"share": 1.0, "hit": 1, "gold": 1}


def test_harm_that_the_key_leaves_open_is_wanted_only_where_it_is_told():
    gold = key(key_incident(hum_effect=[{"alts": ["DEATH", "INJURY"], "of": ["PEASANTS"]}]))
    assert counts(score(gold, told(told_incident(killed_low=None, killed_high=None)))["killed"]) == (0, 0, 0)
    assert counts(score(gold, told(told_incident()))["killed"]) == (1, 1, 1)


def test_a_town_is_no_miss_where_the_country_alone_is_right_too():
    chains = [{"chain": [{"name": "PERU"}]}, {"chain": [{"name": "PERU"}, {"name": "LIMA"}]}]
    country = {"name": "Peru", "country": "PE", "precision": "country"}
    town = {"name": "Lima", "country": "PE", "precision": "settlement"}
    gold = key(key_incident(location=chains))
    assert counts(score(gold, told(told_incident(places=[country])))["place_any"]) == (0, 0, 0)
    assert counts(score(gold, told(told_incident(places=[town])))["place_any"]) == (1, 1, 1)


def test_a_town_with_the_name_of_a_country_is_a_town_where_the_key_says_so():
    gold = key(key_incident(location=[{"chain": [{"name": "GUATEMALA"}, {"name": "GUATEMALA"}]}]))
    place = {"name": "Guatemala", "country": "GT", "precision": "settlement"}
    assert counts(score(gold, told(told_incident(places=[place])))["place_any"]) == (1, 1, 1)


def test_evidence_touches_what_the_key_names_or_does_not():
    gold = key(key_incident())
    assert score(gold, told(told_incident()))["evidence"] == {"share": 1.0, "n": 1}
    assert score(gold, told(told_incident(evidence=[{"start": 26, "end": 30}])))["evidence"] == {"share": 0.0, "n": 1}


def test_a_document_with_only_optional_incidents_is_right_either_way():
    gold = key(key_incident(optional=True))
    assert counts(score(gold, told(told_incident()))["document"]) == (0, 0, 0)


def test_incidents_found_are_counted_by_type():
    gold = key(key_incident(), key_incident(type=["ARSON"], optional=True))
    assert score(gold, told(told_incident()))["found_by_type"] == {"BOMBING": {"R": 1.0, "hit": 1, "gold": 1}}


# Which of ours are of that scheme


@pytest.mark.parametrize(
    ("event_type", "subtype", "types"),
    [
        ("explosion_ied", "car_bomb", {"BOMBING"}),
        ("attack_on_civilians", "arson", {"ARSON"}),
        ("attack_on_civilians", "shooting", {"ATTACK"}),
        ("abduction", "hijacking", {"HIJACKING"}),
        ("air_drone_strike", "", {"BOMBING", "ATTACK"}),
    ],
)
def test_a_type_of_ours_is_one_or_more_of_theirs(event_type, subtype, types):
    assert told(told_incident(event_type=event_type, event_subtype=subtype))[0].types == types


@pytest.mark.parametrize("change", [{"event_type": "protest", "event_subtype": "demonstration"}, {"status": "denied"}])
def test_what_the_key_does_not_tell_of_is_not_compared(change):
    assert told(told_incident(**change)) == ()


def test_a_plain_row_stays_as_it_is():
    row = {"id": "1", "incidents": [{"type": "bombing", "places": ["San Salvador"]}]}
    assert scorable(row) == row


def test_a_type_in_words_is_read_by_its_words():
    assert [a.types for a in told({"type": "Suicide bomb"}, {"type": "mass shooting"}, {"type": "Fraud"})] == [
        {"BOMBING"}, {"ATTACK"}, {"FRAUD"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "incident",
    [5, {"killed_low": "many"}, {"evidence": [{"start": 3}]}, {"event_type": "abduction", "places": 5}, {"places": 5}],
    ids=str,
)
def test_an_incident_of_another_form_is_refused(incident):
    with pytest.raises(SourceError):
        told(incident)
