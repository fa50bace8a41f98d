"""What belongs to one event: which words are read for it and how they are marked; the scores are written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mapper.language.heads import ARGUMENT_OUTPUTS, ARGUMENTS, HEADS, MARKS, OUTPUTS
from mapper.language.tagging import Entity, Tagging
from mapper.language.words import Word

SURE = 100.0  # log-odds that leave no doubt
SENTENCES = ("Nine fled Dori.", "Rockets hit New Velmora and", "killed Amin.")
TEXT = " ".join(SENTENCES)


class ReadAgain:
    """A reader for one event that keeps what it was asked, and says what it was told to."""

    def __init__(self, **answers):
        self.asked = []
        self.answers = answers

    def __call__(self, around, marks):
        self.asked.append((around, [MARKS[mark] for mark in marks]))
        rows = np.zeros((len(around), ARGUMENT_OUTPUTS), np.float32)
        for head, classes in self.answers.items():
            question = ARGUMENTS[head]
            for row, word in zip(rows, around, strict=True):
                row[question.start + question.classes.index(classes.get(word, "O"))] = SURE
        return rows


def words(sentences):
    """Cut at blanks, the stops off; `sentences` follow each other with a blank between."""
    found, at = [], 0
    for sentence in sentences:
        found.append([])
        for part in sentence.split():
            found[-1].append(Word(at, at + len(part.rstrip(".")), (1,), 0))
            at += len(part) + 1
    return found


def tagging(read_again=None, *, sentences=SENTENCES, temperature=None):
    cut = words(sentences)
    scores = np.zeros((sum(map(len, cut)), OUTPUTS), np.float32)
    return Tagging(cut, scores, temperature={}, read_again=read_again, argument_temperature=temperature)


def about(word, read_again, **more):
    at = TEXT.index(word)
    return tagging(read_again, **more).arguments(at, at + len(word))


def named(entities):
    return [TEXT[e.start : e.end] for e in entities]


def test_a_model_that_cannot_read_again_says_nothing():
    assert about("hit", None) is None


def test_a_stretch_without_words_is_no_event():
    read_again = ReadAgain()
    assert tagging(read_again).arguments(len(TEXT) + 1, len(TEXT) + 4) is None
    assert read_again.asked == []


def test_the_words_of_the_event_and_of_its_sentence_are_marked():
    read_again = ReadAgain()
    about("hit", read_again)
    ((around, marks),) = read_again.asked
    assert around == range(10)
    assert marks == [*["elsewhere"] * 3, "sentence", "event", *["sentence"] * 3, *["elsewhere"] * 2]


def test_an_event_of_several_words_is_marked_whole_even_beyond_its_sentence():
    read_again = ReadAgain()
    about("and killed", read_again)
    ((_, marks),) = read_again.asked
    assert marks == [*["elsewhere"] * 3, *["sentence"] * 4, "event", "event", "elsewhere"]


def test_words_that_are_read_are_counted_from_where_the_surroundings_begin():
    far = ("So " * 60 + "it went.", "Then " * 60 + "they left.", "Rockets hit Dori.")
    read_again = ReadAgain(place={126: "B"})
    text = " ".join(far)
    found = tagging(read_again, sentences=far).arguments(text.index("hit"), text.index("hit") + 3)
    assert read_again.asked == [(range(62, 127), [*["elsewhere"] * 62, "sentence", "event", "sentence"])]
    assert [text[e.start : e.end] for e in found.entities("place")] == ["Dori"]


def test_where_a_sentence_ends_is_known_far_into_a_document_too():
    far = ("So " * 70 + "it went.", "Then " * 60 + "they left Dori", "Rockets hit.")
    text = " ".join(far)
    found = tagging(ReadAgain(place={134: "B", 135: "I"}), sentences=far).arguments(len(text) - 4, len(text) - 1)
    assert [text[e.start : e.end] for e in found.entities("place")] == ["Dori", "Rockets"]


def test_an_event_is_read_once_however_often_it_is_asked_about():
    read_again = ReadAgain()
    tags = tagging(read_again)
    at = TEXT.index("hit")
    first = tags.arguments(at, at + 3)
    assert tags.arguments(at, at + 1) is first  # the same word
    assert len(read_again.asked) == 1
    tags.arguments(0, 4)
    assert len(read_again.asked) == 2


def test_words_further_off_have_no_chance():
    far = ("Dori fell.", *["So it went on and on and on."] * 20, "Rockets hit Velmora.")
    text = " ".join(far)
    everything = ReadAgain(place=dict.fromkeys(range(999), "B"))
    found = tagging(everything, sentences=far).arguments(text.index("hit"), text.index("hit") + 3)
    velmora = text.index("Velmora")
    assert found.chance(velmora, velmora + 7, "place") == pytest.approx(1)
    assert found.chance(0, 4, "place") == 0
    assert found.likeliest(0, 4, "role") == ("O", 0)
    assert len(found.words) < 120


def test_an_event_has_places_of_its_own():
    found = about("hit", ReadAgain(place={5: "B", 6: "I"}))
    assert named(found.entities("place")) == ["New Velmora"]
    assert named(about("fled", ReadAgain(place={2: "B"})).entities("place")) == ["Dori"]


def test_a_place_ends_with_its_sentence():
    found = about("hit", ReadAgain(place=dict.fromkeys(range(5, 10), "I")))
    assert named(found.entities("place")) == ["New Velmora and", "killed Amin"]


def test_stretches_are_runs_of_words_with_one_likeliest_answer():
    found = about("hit", ReadAgain(role={3: "weapon", 5: "target", 6: "target", 9: "target"}))
    assert named(found.stretches("role", "target")) == ["New Velmora", "Amin"]
    assert named(found.stretches("role", "weapon")) == ["Rockets"]
    assert found.stretches("role", "perpetrator") == []


def test_a_stretch_ends_with_its_sentence():
    found = about("hit", ReadAgain(count={7: "killed", 8: "killed"}))
    assert named(found.stretches("count", "killed")) == ["and", "killed"]


def test_a_stretch_is_as_sure_as_its_words_are_on_average():
    def said(around, marks):
        del marks
        rows = np.zeros((len(around), ARGUMENT_OUTPUTS), np.float32)
        rows[5, ARGUMENTS["same"].columns] = np.log([0.2, 0.8])
        rows[6, ARGUMENTS["same"].columns] = np.log([0.4, 0.6])
        return rows

    at = TEXT.index("New Velmora")
    assert about("hit", said).stretches("same", "same") == [Entity(at, at + 11, "same", pytest.approx(0.7))]


def test_a_temperature_divides_the_log_odds_of_its_question_alone():
    def said(around, marks):
        del marks
        rows = np.zeros((len(around), ARGUMENT_OUTPUTS), np.float32)
        rows[:, ARGUMENTS["place"].columns] = np.log([0.9, 0.1, 1e-30])
        rows[:, ARGUMENTS["same"].columns] = np.log([0.9, 0.1])
        return rows

    found = about("hit", said, temperature={"place": 2.0})
    assert found.chance(0, 4, "place") == pytest.approx(0.25)  # odds of nine to one become three to one
    assert found.chance(0, 4, "same") == pytest.approx(0.1)


def test_the_text_as_a_whole_keeps_its_own_answers():
    tags = tagging(ReadAgain(place={6: "B"}))
    before = {head: tags.probabilities(head).copy() for head in HEADS}
    at = TEXT.index("hit")
    assert tags.arguments(at, at + 3).entities("place")
    assert all(np.array_equal(tags.probabilities(head), before[head]) for head in HEADS)
