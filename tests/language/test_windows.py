"""Windows: every word answered once, whole sentences kept together, long ones read in parts that overlap."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapper.language.windows import OVERLAP, WINDOW, Window, windows
from mapper.language.words import LONGEST_WORD, Word

LENGTHS = st.one_of(st.integers(1, 3), st.integers(1, LONGEST_WORD))
DOCUMENTS = st.lists(st.one_of(st.lists(LENGTHS, max_size=8), st.lists(LENGTHS, max_size=150)), max_size=8)
SIZES = st.integers(LONGEST_WORD, 130)


def words(lengths):
    return [Word(i, i + 1, (7,) * length, 0) for i, length in enumerate(lengths)]


def cut(document, size=WINDOW):
    return list(windows([words(lengths) for lengths in document], size=size))


@given(document=DOCUMENTS, size=SIZES)
def test_every_word_is_answered_by_exactly_one_window_in_order(document, size):
    answered = [i for w in cut(document, size) for i in range(w.first, w.last)]
    assert answered == list(range(sum(map(len, document))))


@given(document=DOCUMENTS, size=SIZES)
@example(document=[[1] * 20 + [LONGEST_WORD]], size=LONGEST_WORD)  # what overlaps leaves no room for the next word
def test_a_window_answers_words_that_it_reads(document, size):
    assert all(w.start <= w.first < w.last <= w.stop for w in cut(document, size))


@given(document=DOCUMENTS, size=SIZES)
def test_no_window_is_longer_than_asked(document, size):
    pieces = [p for lengths in document for p in lengths]
    assert all(sum(pieces[w.start : w.stop]) <= size for w in cut(document, size))


@given(document=DOCUMENTS, size=SIZES)
def test_a_sentence_that_fits_is_read_whole_by_one_window(document, size):
    cuts = cut(document, size)
    ends = itertools.accumulate(map(len, document))
    for lengths, end in zip(document, ends, strict=True):
        if 0 < sum(lengths) <= size:
            assert any(w.first <= end - len(lengths) and end <= w.last for w in cuts)


@given(length=st.integers(1, 400))
def test_a_word_of_a_long_sentence_stands_away_from_the_edges_where_it_is_answered(length):
    for window in cut([[1] * length]):
        assert window.start == 0 or window.first - window.start >= OVERLAP // 2
        assert window.stop == length or window.stop - window.last >= OVERLAP // 2


@given(length=st.integers(WINDOW + 1, 2000))
def test_a_long_sentence_costs_no_more_windows_than_its_overlaps_need(length):
    assert len(cut([[1] * length])) == 1 + -(-(length - WINDOW) // (WINDOW - OVERLAP))


def test_short_sentences_share_a_window():
    assert cut([[1] * 20, [1] * 20, [1] * 20]) == [Window(0, 60, 0, 60)]


def test_a_sentence_that_no_longer_fits_begins_a_window():
    assert cut([[1] * 20, [1] * 50, [1] * 5]) == [Window(0, 20, 0, 20), Window(20, 75, 20, 75)]


@pytest.mark.parametrize("document", [[], [[]], [[], []]])
def test_a_document_without_words_has_no_windows(document):
    assert cut(document) == []


@given(lengths=st.lists(st.integers(1, 60), min_size=1, max_size=30), size=st.integers(1, 30))
def test_words_longer_than_a_window_are_answered_once_as_well(lengths, size):
    answered = [i for w in cut([lengths], size) for i in range(w.first, w.last)]
    assert answered == list(range(len(lengths)))
