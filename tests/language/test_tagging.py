"""What is made of the scores: probabilities, stretches, likeliest classes. The scores are written by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.language.heads import HEADS, OUTPUTS
from mapper.language.tagging import Entity, Tagging
from mapper.language.words import Word

LONG = 100.0  # log-odds that leave no doubt
TEXT = "Rockets hit New Velmora, said Amin"
MARKS = {"O": (0, 0, 0), "B": (0, LONG, 0), "I": (0, 0, LONG), "?": (LONG, LONG, LONG)}


def words(text=TEXT):
    """Cut at blanks, the commas off."""
    found, at = [], 0
    for part in text.replace(",", " ").split():
        at = text.index(part, at)
        found.append(Word(at, at + len(part), (1,), 0))
        at += len(part)
    return found


def tagging(sentences=None, *, temperature=None, **marks):
    """Make a tagging; `marks` gives for a head a row of log-odds to each word, or a letter of `MARKS`."""
    sentences = [words()] if sentences is None else sentences
    number = sum(map(len, sentences))
    classes = np.zeros((number, OUTPUTS), np.float32)
    for head in ("place", "person", "organisation", "demonym"):
        classes[:, HEADS[head].start] = LONG
    for head, rows in marks.items():
        found = [(LONG, 0, 0) if r == "O" else MARKS[r] if isinstance(r, str) else r for r in rows]
        classes[:, HEADS[head].columns] = np.array(found, np.float32)
    return Tagging(sentences, classes, temperature=temperature or {})


def odds(*probabilities):
    return tuple(np.log(probabilities))


@st.composite
def laid_out(draw):
    """Words of one document with gaps of 0 to 3 characters between them."""
    found, at = [], draw(st.integers(0, 3))
    for length, gap in draw(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), max_size=12)):
        found.append(Word(at, at + length, (1,), 0))
        at += length + gap
    return found


@given(found=laid_out(), start=st.integers(0, 90), length=st.integers(1, 30))
def test_a_stretch_covers_the_words_that_share_a_character_with_it(found, start, length):
    covered = tagging([found]).covered(start, start + length)
    assert list(covered) == [i for i, w in enumerate(found) if w.start < start + length and start < w.end]


@given(found=laid_out(), at=st.integers(0, 90))
def test_an_empty_stretch_covers_at_most_the_word_that_it_stands_in(found, at):
    assert {*tagging([found]).covered(at, at)} <= {i for i, w in enumerate(found) if w.start <= at < w.end}


@pytest.mark.parametrize("head", HEADS)
def test_probabilities_of_a_head_add_up_to_one(head):
    chances = tagging().probabilities(head)
    assert chances.shape == (6, len(HEADS[head].classes))
    np.testing.assert_allclose(chances.sum(axis=1), 1, rtol=1e-6)


def test_scores_without_measure_give_probabilities_all_the_same():
    chances = tagging([words("Velmora")], place=[(1e9, -1e9, 0)]).probabilities("place")
    assert chances.tolist() == [[1, 0, 0]]


def test_a_temperature_divides_the_log_odds_of_its_head_alone():
    hot = tagging([words("Velmora")], temperature={"place": 2.0}, place=[odds(0.9, 0.1, 1e-30)], person=[(2, 1, 0)])
    cool = tagging([words("Velmora")], place=[odds(0.9, 0.1, 1e-30)], person=[(2, 1, 0)])
    assert hot.probabilities("place")[0, 0] == pytest.approx(0.75)  # odds of nine to one become three to one
    assert cool.probabilities("place")[0, 0] == pytest.approx(0.9)
    assert np.array_equal(hot.probabilities("person"), cool.probabilities("person"))


def test_heads_read_their_own_columns():
    tags = tagging(place="OOBIOO", person="OOOOOB")
    assert tags.chance(12, 23, "place") == pytest.approx(1)
    assert tags.chance(12, 23, "person") == pytest.approx(0)
    assert tags.chance(30, 34, "person") == pytest.approx(1)


def test_the_chance_of_a_stretch_is_the_mean_of_its_words():
    rows = ["O", "O", odds(0.2, 0.5, 0.3), odds(0.6, 0.1, 0.3), "O", "O"]
    assert tagging(place=rows).chance(12, 23, "place") == pytest.approx((0.8 + 0.4) / 2)


@pytest.mark.parametrize("stretch", [(23, 24), (34, 90), (7, 7)])
def test_nothing_is_known_of_a_stretch_without_words(stretch):
    tags = tagging(place="BBBBBB")
    assert tags.chance(*stretch, "place") == 0
    assert tags.likeliest(*stretch, "trigger") == ("O", 0)


def test_the_likeliest_class_has_the_highest_mean():
    rows = [odds(0.6, 0.4, 1e-9), odds(0.1, 0.8, 0.1)]
    name, chance = tagging([words("New Velmora")], kind=rows).likeliest(0, 11, "kind")
    assert name == "metonymic"
    assert chance == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("marks", "names"),
    [
        ("OOOOOO", []),
        ("OOBIOO", ["New Velmora"]),
        ("OOBBOO", ["New", "Velmora"]),
        ("OOIIOO", ["New Velmora"]),
        ("BOOOOB", ["Rockets", "Amin"]),
        ("OOBIII", ["New Velmora, said Amin"]),
        ("BBBIOI", ["Rockets", "hit", "New Velmora", "Amin"]),
    ],
)
def test_entities_begin_at_b_and_go_on_with_i(marks, names):
    found = tagging(organisation=marks).entities("organisation")
    assert [TEXT[e.start : e.end] for e in found] == names


def test_an_entity_ends_with_its_sentence():
    cut = words()
    found = tagging([cut[:3], [], cut[3:]], place="OOBIOO").entities("place")
    assert [TEXT[e.start : e.end] for e in found] == ["New", "Velmora"]


def test_an_entity_is_as_probable_as_its_least_probable_word():
    rows = ["O", "O", odds(0.1, 0.8, 0.1), odds(0.3, 0.1, 0.6), "O", "O"]
    (entity,) = tagging(place=rows).entities("place")
    assert entity == Entity(12, 23, "place", pytest.approx(0.7))


def test_a_word_that_is_likelier_outside_is_in_no_entity():
    rows = ["O", "O", odds(0.51, 0.25, 0.24), odds(0.49, 0.26, 0.25), "O", "O"]
    (entity,) = tagging(place=rows).entities("place")
    assert TEXT[entity.start : entity.end] == "Velmora"


def test_names_may_lie_in_names_of_another_kind():
    tags = tagging(place="OOOBOO", organisation="OOBIOO")
    assert [(e.start, e.end) for h in ("place", "organisation") for e in tags.entities(h)] == [(16, 23), (12, 23)]


@given(found=laid_out(), data=st.data())
def test_entities_are_runs_of_inside_words_that_never_overlap(found, data):
    row = st.tuples(*[st.floats(-9, 9, width=32)] * 3)
    rows = data.draw(st.lists(row, min_size=len(found), max_size=len(found)))
    tags = tagging([found], person=rows) if found else tagging([found])
    inside = {i for i, p in enumerate(tags.probabilities("person")) if p[0] < 0.5}
    covered = [tags.covered(e.start, e.end) for e in tags.entities("person")]
    assert [i for stretch in covered for i in stretch] == sorted(inside)
    assert all(e.probability > 0.5 for e in tags.entities("person"))


def test_a_document_without_words_has_no_entities():
    tags = tagging([])
    assert tags.words == []
    assert tags.probabilities("place").shape == (0, 3)
    assert tags.entities("place") == []
    assert tags.chance(0, 5, "place") == 0
