"""What is read for one event: its own sentence first, then whole ones beside it, as far as there is room."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapper.language.windows import SURROUNDINGS, surroundings
from mapper.language.words import LONGEST_WORD, Word

LENGTHS = st.one_of(st.integers(1, 3), st.integers(1, LONGEST_WORD))
SENTENCES = st.one_of(st.lists(LENGTHS, max_size=8), st.lists(LENGTHS, max_size=90))
SIZES = st.integers(1, 130)


@st.composite
def documents(draw):
    """Lengths of the words of each sentence, and the words of an event that begins in one and may end behind it."""
    document = draw(st.lists(SENTENCES, min_size=1, max_size=8).filter(any))
    number = sum(map(len, document))
    start = draw(st.integers(0, number - 1))
    return document, range(start, draw(st.integers(start + 1, min(number, start + 5))))


def around(document, event, size=SURROUNDINGS):
    sentences = [[Word(i, i + 1, (7,) * length, 0) for i, length in enumerate(row)] for row in document]
    return surroundings(sentences, event, size=size)


def spans(document):
    """Give the words of each sentence, counted over the document."""
    ends = itertools.accumulate(map(len, document))
    return [range(end - len(row), end) for row, end in zip(document, ends, strict=True)]


def weight(document, words):
    pieces = [length for row in document for length in row]
    return sum(pieces[words.start : words.stop])


@given(told=documents(), size=SIZES)
def test_the_first_word_of_the_event_is_read(told, size):
    read, _ = around(*told, size)
    assert told[1].start in read


@given(told=documents(), size=SIZES)
def test_no_more_is_read_than_asked_unless_the_first_word_alone_is_more(told, size):
    document, event = told
    read, _ = around(document, event, size)
    assert weight(document, read) <= size or read == range(event.start, event.start + 1)


@given(told=documents(), size=SIZES)
def test_the_sentence_of_the_event_is_read_whole_where_it_fits_and_told_apart(told, size):
    document, event = told
    read, own = around(document, event, size)
    (sentence,) = (s for s in spans(document) if event.start in s)
    if weight(document, sentence) <= size:
        assert own == sentence
        assert read.start <= own.start < own.stop <= read.stop
    else:
        assert own == read
        assert sentence.start <= read.start < read.stop <= sentence.stop


@given(told=documents(), size=SIZES)
def test_what_stands_beside_the_sentence_is_read_in_whole_sentences(told, size):
    document, event = told
    read, own = around(document, event, size)
    ends = {edge for s in spans(document) for edge in (s.start, s.stop)}
    assert read == own or {read.start, read.stop} <= ends


@given(lengths=st.lists(LENGTHS, min_size=1, max_size=90), size=SIZES, share=st.floats(0, 0.999))
@example(lengths=[1, 3, 1], size=5, share=0.999)  # at the end of the sentence there is room on its other side alone
def test_a_cut_sentence_is_filled_until_no_word_beside_it_fits(lengths, size, share):
    at = int(share * len(lengths))
    read, _ = around([lengths], range(at, at + 1), size)
    left = size - weight([lengths], read)
    beside = [lengths[i] for i in (read.start - 1, read.stop) if 0 <= i < len(lengths)]
    assert all(pieces > left for pieces in beside)


def test_the_sentences_before_after_and_before_that_are_read_in_this_order():
    five = [[1] * 10] * 5
    assert around(five, range(25, 26), 10) == (range(20, 30), range(20, 30))
    assert around(five, range(25, 26), 20) == (range(10, 30), range(20, 30))
    assert around(five, range(25, 26), 30) == (range(10, 40), range(20, 30))
    assert around(five, range(25, 26), 99) == (range(40), range(20, 30))


def test_at_the_edge_of_the_document_what_is_there_is_read():
    three = [[1] * 10] * 3
    assert around(three, range(1)) == (range(20), range(10))
    assert around(three, range(29, 30)) == (range(30), range(20, 30))


def test_a_sentence_that_does_not_fit_keeps_those_further_off_away():
    assert around([[1] * 5, [1] * 90, [1] * 30, [1] * 5], range(100, 101)) == (range(95, 125), range(95, 125))


def test_a_long_sentence_is_cut_around_the_event():
    assert around([[1] * 9, [1] * 200], range(100, 101), 21) == (range(90, 111), range(90, 111))


@pytest.mark.parametrize(("at", "read"), [(0, range(21)), (199, range(179, 200))])
def test_at_the_end_of_a_long_sentence_the_other_side_has_the_room(at, read):
    assert around([[1] * 200], range(at, at + 1), 21) == (read, read)
