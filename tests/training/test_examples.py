"""Windows of wordpieces with the labels that the encoder is trained on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.language.heads import HEADS
from mapper.training.corpora import Example, Mark
from mapper.training.examples import SILENT, rows

ORDER = list(HEADS)
TEXT = "Gunmen killed nine in Dori near the Bank of Basra."
WORDS = ["Gunmen", "killed", "nine", "in", "Dori", "near", "the", "Bank", "of", "Basra", "."]


def mark(words, head, value=None, incident=None):
    at = TEXT.index(words)
    return Mark(at, at + len(words), head, value or head, incident)


def example(*marks, known=(*HEADS, "link"), blank=(), own=True, text=TEXT):
    return Example("x", text, list(marks), frozenset(known), list(blank), own=own)


@pytest.fixture
def labels(wordpieces):
    """Give the class of each word for one head: every word of the text is one wordpiece."""

    def run(found, head):
        (row,) = rows(found, wordpieces, size=62)
        assert len(row.pieces) == len(WORDS) + 2
        column = row.labels[ORDER.index(head)]
        assert column[0] == column[-1] == SILENT
        return [None if c == SILENT else HEADS[head].classes[c] for c in column[1:-1]]

    return run


def at(**classes):
    """Classes of all words: those named, and for all others that of `rest`."""
    rest = classes.pop("rest", "O")
    return [classes.get(word, rest) for word in WORDS]


def test_a_stretch_begins_and_goes_on(labels):
    found = labels(example(mark("Bank of Basra", "place")), "place")
    assert found == at(Bank="B", of="I", Basra="I")


def test_a_head_that_a_corpus_knows_says_no_where_nothing_is_marked(labels):
    assert labels(example(known={"person"}), "person") == at()


def test_a_head_that_a_corpus_does_not_know_is_silent(labels):
    assert labels(example(known={"person"}), "place") == at(rest=None)


def test_a_blank_stretch_is_silent_and_the_rest_is_not(labels):
    start = TEXT.index("Bank")
    found = labels(example(blank=[("place", start, len(TEXT) - 1)]), "place")
    assert found == at(Bank=None, of=None, Basra=None)


def test_what_is_marked_inside_a_blank_stretch_counts(labels):
    start = TEXT.index("Bank")
    found = labels(example(mark("Basra", "place"), blank=[("place", start, len(TEXT) - 1)]), "place")
    assert found == at(Bank=None, of=None, Basra="B")


@pytest.mark.parametrize("head", ["kind", "status"])
def test_heads_that_speak_of_marked_words_alone_are_silent_elsewhere(labels, head):
    value = HEADS[head].classes[1]
    assert labels(example(mark("Dori", head, value)), head) == at(Dori=value, rest=None)


def test_of_two_places_in_one_another_the_inner_is_what_the_text_names(labels):
    outer, inner = mark("Bank of Basra", "place"), mark("Basra", "place")
    assert (
        labels(example(outer, inner), "place")
        == labels(example(inner, outer), "place")
        == at(Bank="B", of="I", Basra="B")
    )


def test_a_mark_that_ends_within_a_word_covers_the_word(labels):
    start = TEXT.index("Dori")
    assert labels(example(Mark(start, start + 2, "place", "place")), "place") == at(Dori="B")


def test_a_class_stands_on_every_word_of_its_stretch(labels):
    assert labels(example(mark("killed nine", "trigger", "riot")), "trigger") == at(killed="riot", nine="riot")


def test_the_pieces_of_a_word_have_the_class_of_the_word(wordpieces):
    (row,) = rows(example(Mark(3, 6, "place", "place"), text="in Xyz ."), wordpieces, size=62)
    assert row.labels[ORDER.index("place")].tolist() == [SILENT, 0, 1, 1, 1, 0, SILENT]


def pairs(row):
    return {(int(i), int(j)): bool(b) for i, j, b in zip(*row.links, strict=True)}


def test_an_event_is_paired_with_what_belongs_to_it_and_with_capitalised_words_that_do_not(wordpieces):
    marks = [mark("killed", "link", "event", 1), mark("nine", "link", "part", 1), mark("Dori", "link", "place", 1)]
    (row,) = rows(example(*marks), wordpieces, size=62)
    assert pairs(row) == {(2, 3): True, (2, 5): True, (2, 8): False, (2, 10): False}


def test_what_belongs_to_one_event_does_not_belong_to_another(wordpieces):
    marks = [
        mark("killed", "link", "event", 1), mark("Dori", "link", "place", 1),
        mark("near", "link", "event", 2), mark("Basra", "link", "place", 2),
    ]  # fmt: skip
    (row,) = rows(example(*marks), wordpieces, size=62)
    assert {(2, 5): True, (2, 10): False, (6, 10): True, (6, 5): False}.items() <= pairs(row).items()


def test_a_text_without_events_has_no_pairs(wordpieces):
    (row,) = rows(example(mark("Dori", "place")), wordpieces, size=62)
    assert [len(part) for part in row.links] == [0, 0, 0]


def test_links_point_at_the_first_piece_of_a_word(wordpieces):
    text = "xyz killed Abc"
    found = example(Mark(4, 10, "link", "event", 1), Mark(11, 14, "link", "place", 1), text=text)
    (row,) = rows(found, wordpieces, size=62)
    assert pairs(row) == {(4, 5): True}


def test_words_of_two_windows_are_not_paired(wordpieces):
    found = example(mark("killed", "link", "event", 1), mark("Basra", "link", "place", 1), own=False)
    cut = list(rows(found, wordpieces, size=6))
    assert len(cut) > 1
    assert not any(belongs for row in cut for belongs in row.links.belongs)


@given(
    st.lists(st.sampled_from(["Dori", "killed", "xyz", "fled.", "The", "Nine"]), min_size=1, max_size=60),
    st.integers(6, 62),
)
def test_no_window_is_longer_than_asked_and_no_place_is_lost(wordpieces, words, size):
    text = " ".join(words)
    marks = [Mark(i, i + 4, "place", "place") for i in range(len(text)) if text.startswith("Dori", i)]
    cut = list(rows(example(*marks, text=text), wordpieces, size=size))
    assert max(len(row.pieces) for row in cut) <= size + 2
    (dori,) = wordpieces.words(["Dori"], [0])[0]
    seen = 0
    for row in cut:
        assert row.pieces.shape == row.cases.shape == row.labels.shape[1:]
        is_dori = row.pieces == dori.pieces[0]
        assert np.array_equal(row.labels[ORDER.index("place")] == 1, is_dori)
        seen += int(is_dori.sum())
    assert seen >= len(marks)
