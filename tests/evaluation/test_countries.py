"""What counts as a country and what as its people."""

from __future__ import annotations

import pytest

from mapper.evaluation.countries import (
    code_of_country,
    fold,
    is_country_id,
    is_demonym,
    names_country,
    speaks_of_country,
)


@pytest.mark.parametrize("told", ["the United States", "USA", "U.S.", "us", "America"])
def test_a_country_has_one_code_by_any_of_its_names(told):
    assert code_of_country(told) == "US"


@pytest.mark.parametrize("told", ["Baghdad", "", None, "XX", "ß"])
def test_what_is_no_country_has_no_code(told):
    assert code_of_country(told) is None


def test_a_code_of_three_letters_is_read():
    assert code_of_country("IRQ") == "IQ"


@pytest.mark.parametrize("text", ["Iraqi", "Iraqis", "anti-American", "British", "the French", "Kurds", "Londoners"])
def test_people_and_adjectives_are_demonyms(text):
    assert is_demonym(text)


@pytest.mark.parametrize("text", ["Iraq", "America", "Mexico", "Iranian-backed", "London"])
def test_places_are_no_demonyms(text):
    assert not is_demonym(text)


def test_people_of_a_part_of_the_world_speak_of_no_country():
    assert [speaks_of_country(text) for text in ("Iraq", "Iraqis", "Europeans", "Mosul")] == [True, True, False, False]


def test_the_people_of_a_country_do_not_name_it():
    assert (names_country("Iraq"), names_country("Iraqi")) == (True, False)


def test_the_id_of_a_country_is_told_from_that_of_a_city():
    assert (is_country_id("99237"), is_country_id("99072"), is_country_id("osm:1")) == (True, False, False)


def test_folding_drops_accents_dots_quotes_and_hyphens():
    assert fold("  Côte d’Ivoire–U.S. ") == "cote divoire us"
