"""Words: where they lie in the document whatever the text, which wordpieces they are, how they are written."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapper.language.heads import CASES
from mapper.language.words import LONGEST_WORD, case_of

ODD = [
    "a", "Z", "é", "e\u0301", "\u0301", "İ", "ß", "ﬁ", "ǅ", " ", "\t", "\n", ".", "-", "’", "\x00", "\x1f", "\x85", "\xad",
    "\u200d", "\u2028", "\u202e", "\u2066", "\ufeff", "\ufffd", "\ud83d", "\ude00", "\udfff", "😀", "👩🏽‍🚒", "🇺🇦",
    "سَّلَام", "میان‌دوآب", "北京", "東", "한국", "की", "ไทย", "𝔄", "\U000e0041", "\U0010ffff", "x" * 41, "#" * 501,
]  # fmt: skip
HOSTILE = st.one_of(
    st.text(st.characters(), max_size=40),  # lone surrogates too
    st.lists(st.sampled_from(ODD), max_size=25).map("".join),
)
PLAIN = "The 2nd Army's post at Aïn-Zohra (pop. 4,000) was hit; a drone fell on Rue de l'Étang."


def written(text, words):
    return [text[w.start : w.end] for w in words]


@given(text=HOSTILE)
@example(text="\ud83d\ude00 after two halves of a pair")
@example(text="")
def test_words_lie_in_the_text_one_behind_the_other(wordpieces, text):
    (words,) = wordpieces.words([text], [0])
    edges = [edge for w in words for edge in (w.start, w.end)]
    assert edges == sorted(edges)
    assert all(0 <= w.start < w.end <= len(text) for w in words)


@given(text=HOSTILE)
def test_no_word_runs_over_a_blank(wordpieces, text):
    (words,) = wordpieces.words([text], [0])
    assert not any(set(word) & set(" \t\n") for word in written(text, words))


@given(text=HOSTILE)
def test_words_begin_and_end_with_their_own_letters(wordpieces, text):
    """What stands in a word, read by itself, is that word again."""
    (words,) = wordpieces.words([text], [0])
    for word in words:
        (again,) = wordpieces.words([text[word.start : word.end]], [word.start])
        assert again == [word]


@given(text=HOSTILE, base=st.integers(0, 10**7))
def test_offsets_count_from_where_the_text_begins(wordpieces, text, base):
    here, there = wordpieces.words([text, text], [0, base])
    assert [w._replace(start=w.start + base, end=w.end + base) for w in here] == there


@given(texts=st.lists(HOSTILE, max_size=4))
def test_texts_are_cut_apart_from_each_other(wordpieces, texts):
    together = wordpieces.words(texts, [0] * len(texts))
    assert together == [wordpieces.words([t], [0])[0] for t in texts]


@given(text=HOSTILE)
def test_every_word_has_pieces_of_the_vocabulary_and_no_more_than_a_window_holds(wordpieces, text):
    (words,) = wordpieces.words([text], [0])
    assert all(1 <= len(w.pieces) <= LONGEST_WORD for w in words)
    assert all(0 <= piece < wordpieces.size for w in words for piece in w.pieces)


@given(words=st.lists(st.text("abcdefghijklmnopqrstuvwxyzåéñøšžабвгدمن", min_size=1, max_size=50), max_size=10))
def test_letters_between_blanks_are_one_word(wordpieces, words):
    text = "  ".join(words)
    assert written(text, wordpieces.words([text], [0])[0]) == words


def test_punctuation_is_words_of_its_own(wordpieces):
    (words,) = wordpieces.words([PLAIN], [0])
    assert written(PLAIN, words)[:12] == ["The", "2nd", "Army", "'", "s", "post", "at", "Aïn", "-", "Zohra", "(", "pop"]


@pytest.mark.parametrize("word", ["cafe\u0301", "السَّلَامُ", "में", "Phu\u031b\u0309"])
def test_a_word_keeps_the_marks_behind_its_last_letter(wordpieces, word):
    text = f"in {word} on"
    assert written(text, wordpieces.words([text], [0])[0]) == ["in", word, "on"]


def test_ideographs_are_words_of_their_own(wordpieces):
    assert written("在北京 on", wordpieces.words(["在北京 on"], [0])[0]) == ["在", "北", "京", "on"]


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x07\x1b", "\u202e\u2066\u200f", "\ud800\udc00\udfff", "\ufeff"])
def test_text_without_letters_or_signs_has_no_words(wordpieces, text):
    assert wordpieces.words([text], [0]) == [[]]


def test_lone_surrogates_move_nothing(wordpieces):
    text = "\ud83d\ude00 Velmora \udfff burns"
    assert written(text, wordpieces.words([text], [0])[0]) == ["Velmora", "burns"]


def test_accents_and_capitals_make_no_difference_to_pieces(wordpieces):
    plain, marked = wordpieces.words(["zurich", "ZÜRICH"], [0, 0])
    assert plain[0].pieces == marked[0].pieces


def test_capitals_are_kept_as_the_case(wordpieces):
    (words,) = wordpieces.words(["in Zürich NATO iPhone"], [0])
    assert [CASES[w.case] for w in words] == ["lower", "title", "upper", "mixed"]


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("road", "lower"), ("4,000", "lower"), ("北", "lower"), ("ß", "lower"), ("A", "title"), ("Rabat", "title"),
        ("Éire", "title"), ("UN", "upper"), ("MH17", "upper"), ("McAllen", "mixed"), ("eThekwini", "mixed"), ("2ND", "upper"),
    ],
)  # fmt: skip
def test_case_of_a_word(word, case):
    assert CASES[case_of(word)] == case


@pytest.mark.parametrize("run", ["a", "=-", "aB3+/", "ب"])
def test_a_megabyte_without_a_blank_is_one_unknown_word(wordpieces, run):
    text = run * (1_000_000 // len(run))
    (words,) = wordpieces.words([f"in {text} on"], [0])
    assert [(w.start, w.end) for w in words] == [(0, 2), (3, 3 + len(text)), (4 + len(text), 6 + len(text))]
    assert words[1].pieces == (wordpieces.unknown,)


def test_a_long_address_on_the_web_is_still_cut(wordpieces):
    (words,) = wordpieces.words(["https://news.example/" + "2026/" * 40], [0])
    assert len(words) > 40
