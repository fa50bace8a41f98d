"""The key's own way of telling numbers, days, places and people."""

from __future__ import annotations

import datetime as dt

import pytest
from evaluation_rows import key_incident

from mapper.errors import SourceError
from mapper.evaluation.muc_key import gold_incidents, place_key


def read(**change):
    return gold_incidents({"incidents": [key_incident(**change)]})[0]


def killed(*told, effect=("DEATH",), **effect_change):
    numbers = [{"alts": list(told), "of": ["PEASANTS"]}] if told else []
    effects = [{"alts": list(effect), "of": ["PEASANTS"]} | effect_change]
    return read(hum_target_number=numbers, hum_effect=effects).killed


@pytest.mark.parametrize(
    ("told", "range_"),
    [
        ("6", (6, 6)),
        ("1,200", (1200, 1200)),
        ("5/6", (5, 6)),
        ("6-5", (5, 6)),
        ("10-", (10, None)),
        ("-15", (1, 15)),
        ("~100", (80, 120)),
        ("PLURAL", (2, None)),
        ("SEVERAL", (1, None)),
    ],
)
def test_a_number_of_the_key_is_a_range(told, range_):
    assert killed(told) == range_


def test_alternative_numbers_span_from_the_lowest_to_the_highest():
    assert killed("3", "7") == (3, 7)


def test_of_two_numbers_of_one_target_the_first_counts():
    numbers = [{"alts": ["5"], "of": ["PEASANTS"]}, {"alts": ["9"], "of": ["PEASANTS"]}]
    assert read(hum_target_number=numbers).killed == (5, 5)


def test_harm_without_a_number_is_at_least_one():
    assert killed() == (1, None)


def test_no_harm_is_no_range():
    assert read(hum_effect=[]).killed is None


def test_an_effect_that_is_one_of_several_adds_nothing_to_the_low():
    assert killed("5", effect=("DEATH", "INJURY")) == (0, 5)


def test_an_optional_effect_adds_nothing_to_the_low():
    assert killed("5", optional=True) == (0, 5)


def test_the_harm_of_several_targets_is_added_up():
    numbers = [{"alts": ["2"], "of": ["A"]}, {"alts": ["3-"], "of": ["B"]}]
    effects = [{"alts": ["DEATH"], "of": ["A"]}, {"alts": ["DEATH"], "of": ["B"]}]
    assert read(hum_target_number=numbers, hum_effect=effects).killed == (5, None)


def test_the_injured_are_not_the_killed():
    found = read(hum_effect=[{"alts": ["INJURY"], "of": ["PEASANTS"]}])
    assert (found.killed, found.injured) == (None, (5, 5))


def test_on_or_before_reaches_back_a_year_and_tells_only_its_end():
    date = read(date=[{"start": None, "end": "1990-01-10", "form": "on_or_before"}]).dates[0]
    assert (date.start, date.end, date.only_end) == (dt.date(1989, 1, 10), dt.date(1990, 1, 10), True)


def test_a_date_without_an_end_is_no_date():
    assert read(date=[{"start": "1990-01-10", "end": None, "form": "other"}]).dates == ()


def test_the_finest_place_is_the_last_of_the_chain():
    found = read()
    assert (found.countries, found.finest, found.country_enough) == ({"SV"}, {"san salvador"}, False)


def test_a_country_alone_is_enough_where_one_alternative_says_so():
    found = read(location=[{"chain": [{"name": "PERU"}]}, {"chain": [{"name": "PERU"}, {"name": "LIMA"}]}])
    assert (found.countries, found.finest, found.country_enough) == ({"PE"}, {"lima"}, True)


def test_a_place_between_two_is_either():
    assert read(location=[{"chain": [{"name": "PERU"}, {"name": ["LIMA", "CALLAO"]}]}]).finest == {"lima", "callao"}


def test_the_misspelt_country_of_the_key_is_known():
    assert read(location=[{"chain": [{"name": "GUATAMALA"}]}]).countries == {"GT"}


def test_a_description_of_somebody_named_is_another_name_of_the_same_target():
    found = read(
        phys_target=[],
        hum_target_name=[{"alts": ["JUAN PEREZ"]}],
        hum_target_desc=[{"alts": ["MAYOR"], "of": ["JUAN PEREZ"]}, {"alts": ["DRIVER"]}],
    )
    assert [target.names for target in found.targets] == [("JUAN PEREZ", "MAYOR"), ("DRIVER",)]


def test_spans_are_those_of_the_people_and_things():
    assert read().spans == ((10, 26), (30, 70), (80, 93), (100, 108))


def test_what_a_place_is_is_no_part_of_its_name():
    assert place_key("The city of Lima") == place_key("LIMA")


@pytest.mark.parametrize(
    "change", [{"type": None}, {"location": [{"chain": []}]}, {"hum_effect": [{}]}, {"date": [{}]}]
)
def test_an_incident_of_another_form_is_refused(change):
    with pytest.raises(SourceError, match="MUC-4"):
        read(**change)
