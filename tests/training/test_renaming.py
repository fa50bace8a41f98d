"""Offsets stay right when names are exchanged and texts are written in other letters."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.gazetteer import open_gazetteer
from mapper.training.corpora import Example, Mark
from mapper.training.renaming import Renaming, recased

COUNTRIES = {"FR", "ML", "BO"}


class FewCountries:
    """The shipped gazetteer with three countries to draw from: all of them take half a minute to lay out."""

    def __init__(self, gazetteer):
        self._gazetteer = gazetteer

    def country(self, code):
        return self._gazetteer.country(code) if code in COUNTRIES else None

    def __getattr__(self, name):
        return getattr(self._gazetteer, name)


GAZETTEER = FewCountries(open_gazetteer(own=False))
NAMES = Renaming(GAZETTEER)


def example(*parts, **more):
    """An example of words and (words, head) in a row, each marked: plain words with the head `role`."""
    text, marks = "", []
    for part in parts:
        words, head = part if isinstance(part, tuple) else (part, "role")
        marks.append(Mark(len(text), len(text) + len(words), head, head))
        text += words + " "
    return Example("x", text, marks, frozenset({"place", "person", "role"}), **more)


def words_of(found, *heads):
    return [found.text[m.start : m.end] for m in found.marks if m.head in heads]


PLAIN = st.sampled_from(["fell", "on", "Über", "ﬁre", "the", "۱۲", "😀", "x", "the whole of"])
NAMED = st.tuples(
    st.sampled_from(["Lyon", "Mali", "Bavaria", "Qwertzu", "Awa Diallo", "LYON", "Sucre", "Dr X"]),
    st.sampled_from(["place", "person"]),
)
PARTS = st.lists(st.one_of(PLAIN, NAMED), min_size=1, max_size=12)


@given(PARTS, st.integers(0, 9999))
def test_marks_on_what_is_not_renamed_stand_on_the_same_words(parts, seed):
    before = example(*parts)
    after = NAMES.renamed(before, random.Random(seed))
    assert words_of(after, "role") == words_of(before, "role")


@given(PARTS, st.integers(0, 9999))
def test_marks_stay_in_order_and_cover_the_whole_new_name(parts, seed):
    after = NAMES.renamed(example(*parts), random.Random(seed))
    assert len(after.marks) == len(parts)
    assert after.text == "".join(after.text[m.start : m.end] + " " for m in after.marks)


@given(PARTS, st.integers(0, 9999), st.data())
def test_a_mark_over_several_words_still_begins_and_ends_with_them(parts, seed, data):
    before = example(*parts)
    first = data.draw(st.integers(0, len(parts) - 1))
    last = data.draw(st.integers(first, len(parts) - 1))
    whole = Mark(before.marks[first].start, before.marks[last].end, "organisation", "organisation")
    before.marks.append(whole)
    before.blank.append(("demonym", whole.start, whole.end))
    after = NAMES.renamed(before, random.Random(seed))
    assert (after.marks[-1].start, after.marks[-1].end) == (after.marks[first].start, after.marks[last].end)
    assert after.blank == [("demonym", after.marks[first].start, after.marks[last].end)]


@given(PARTS, st.integers(0, 9999))
def test_the_same_name_becomes_the_same_name_throughout(parts, seed):
    before = example(*parts, *parts)
    after = NAMES.renamed(before, random.Random(seed))
    half = len(parts)
    said = [after.text[m.start : m.end] for m in after.marks]
    assert said[:half] == said[half:]


def test_the_same_draws_give_the_same_names():
    before = example("in", ("Lyon", "place"), ("Awa Diallo", "person"))
    assert NAMES.renamed(before, random.Random(3)) == NAMES.renamed(before, random.Random(3))


def test_the_example_itself_is_left_as_it_was():
    before = example(("Lyon", "place"), "fell")
    NAMES.renamed(before, random.Random(1))
    assert before == example(("Lyon", "place"), "fell")


def new_places(name, draws=40):
    return {words_of(NAMES.renamed(example((name, "place")), random.Random(n)), "place")[0] for n in range(draws)}


def test_a_town_becomes_another_town():
    towns = new_places("Lyon")
    assert len(towns) > 20
    assert all(any(f.place.feature_class == "P" for f in GAZETTEER.lookup(n)) for n in towns)


def test_a_province_becomes_another_province():
    provinces = new_places("Bavaria")
    assert len(provinces) > 10
    assert all(any(f.place.feature_code == "ADM1" for f in GAZETTEER.lookup(n)) for n in provinces)


def test_a_country_becomes_another_country():
    assert new_places("Iraq") == {GAZETTEER.country(code).name for code in COUNTRIES}


@pytest.mark.parametrize("name", ["Qwertzu", "University of Basra", "Iraqi"])
def test_what_is_no_town_province_or_country_of_the_gazetteer_keeps_its_name(name):
    assert new_places(name) == {name}


def test_a_name_in_capitals_is_replaced_in_capitals():
    assert all(name.isupper() for name in new_places("LYON"))


def test_a_person_of_two_names_stays_one_of_at_least_two():
    people = {
        words_of(NAMES.renamed(example(("Awa Diallo", "person")), random.Random(n)), "person")[0] for n in range(40)
    }
    assert all(len(name.split()) >= 2 for name in people)
    assert len(people) > 30


def test_the_surname_of_a_person_is_sometimes_the_name_of_a_town():
    surnames = [
        words_of(NAMES.renamed(example(("Diallo", "person")), random.Random(n)), "person")[0] for n in range(60)
    ]
    assert 10 < sum(name != "Diallo" for name in surnames) < 40


def test_a_mark_inside_a_name_that_is_replaced_goes():
    before = Example(
        "x", "New Delhi fell", [Mark(0, 9, "place", "place"), Mark(4, 9, "place", "place")], frozenset({"place"})
    )
    after = NAMES.renamed(before, random.Random(1))
    assert [after.text[m.start : m.end] for m in after.marks] == [after.text.removesuffix(" fell")]


@given(
    st.lists(st.sampled_from(["Lyon", "İzmir", "straße", "ﬁre", "Ὀδυσσεύς", "مالي", " ", "\n", "NATO", "x"])),
    st.integers(0, 9999),
)
def test_other_letters_move_nothing(pieces, seed):
    before = Example("x", "".join(pieces), [], frozenset())
    after = recased(before, random.Random(seed))
    assert len(after.text) == len(before.text)
    assert after.text.upper() == before.text.upper()
    assert after.marks is before.marks


def test_a_text_is_once_in_a_while_in_capitals_in_small_letters_or_in_titles():
    written = [recased(Example("x", "In Mali today", [], frozenset()), random.Random(n)).text for n in range(1000)]
    assert set(written) == {"In Mali today", "IN MALI TODAY", "in mali today", "In Mali Today"}
    assert written.count("In Mali today") > 800
