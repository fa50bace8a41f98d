"""The model's files: a row of scores for every word, the same each time, and an error for files that are no model."""

from __future__ import annotations

import itertools

import numpy as np
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import ModelError
from mapper.language import default_folder
from mapper.language.heads import ARGUMENT_OUTPUTS, MARKS, OUTPUTS
from mapper.language.session import ARGUMENTS_FILE, HALVES, Session
from mapper.language.windows import windows
from mapper.language.words import LONGEST_WORD, Word

LOWER, UPPER = HALVES
FILES = (*HALVES, ARGUMENTS_FILE)


@pytest.fixture(scope="module", params=["full", "fast"])
def session(request):
    return Session(default_folder(), profile=request.param)


@pytest.fixture
def cut(wordpieces, story):
    return wordpieces.words([s.text for s in story], [s.start for s in story])


def patch(path, old, new):
    """Write other words of the same length over those in a file's notes."""
    assert len(old) == len(new)
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


def test_each_word_has_a_row_of_scores(session, cut, wordpieces):
    scores = session.scores(cut, wordpieces)
    assert scores.shape == (sum(map(len, cut)), OUTPUTS)
    assert np.isfinite(scores).all()


def test_scores_differ_from_word_to_word(session, cut, wordpieces):
    scores = session.scores(cut, wordpieces)
    assert len(np.unique(scores, axis=0)) == len(scores)


@pytest.mark.parametrize("sentences", [[], [[]], [[], []]])
def test_no_words_have_no_scores(session, wordpieces, sentences):
    assert session.scores(sentences, wordpieces).shape == (0, OUTPUTS)


def test_the_same_words_have_the_same_scores_to_the_bit(session, cut, wordpieces):
    once, again = session.scores(cut, wordpieces), session.scores(cut, wordpieces)
    assert np.array_equal(once, again)


def test_a_sentence_without_words_changes_nothing(session, cut, wordpieces):
    once, again = session.scores(cut, wordpieces), session.scores([[], cut[0], [], *cut[1:], []], wordpieces)
    assert np.array_equal(once, again)


def test_scores_stand_at_their_words_whatever_order_the_windows_are_read_in(session, wordpieces):
    """Windows are read by length; a copy of the longest in front of short ones and behind them says the same."""
    short = wordpieces.words(["Rain fell on the coast of Calvia. " * 2], [0])[0]
    long = wordpieces.words(["Gunmen from Old Denham attacked a convoy near Tessen; " * 4], [0])[0]
    ends = session.scores([long, short, long], wordpieces)
    assert len(list(windows([long, short, long]))) == 3
    assert np.array_equal(ends[: len(long)], ends[-len(long) :])


def test_a_word_has_the_mean_of_its_pieces(session, wordpieces):
    (word,) = wordpieces.words(["Qandarmarovelsk"], [0])[0]
    assert len(word.pieces) > 2
    apart = [[Word(i, i + 1, (piece,), word.case) for i, piece in enumerate(word.pieces)]]
    whole, parts = session.scores([[word]], wordpieces), session.scores(apart, wordpieces)
    np.testing.assert_allclose(whole[0], parts.mean(axis=0), rtol=1e-4, atol=1e-5)


def read_alone(words, wordpieces):
    """Give what the lower layers say of the words of one window, asked of onnxruntime directly."""
    pieces = [wordpieces.begin, *(p for w in words for p in w.pieces), wordpieces.end]
    cases = [0, *(w.case for w in words for _ in w.pieces), 0]
    inputs = {"pieces": pieces, "cases": cases, "mask": [1] * len(pieces)}
    asked = {name: np.array([row], np.int32) for name, row in inputs.items()}
    rows = onnxruntime.InferenceSession(default_folder() / LOWER).run(["classes"], asked)[0][0, 1:-1]
    ends = np.cumsum([len(w.pieces) for w in words])
    return np.array([rows[end - len(w.pieces) : end].mean(axis=0) for w, end in zip(words, ends, strict=True)])


def test_the_model_is_given_marks_pieces_and_cases_and_its_rows_go_to_their_words(wordpieces):
    words = wordpieces.words(["Qandarmarovelsk was shelled by NATO, McAllen says"], [0])[0]
    read = Session(default_folder(), profile="fast").scores([words], wordpieces)
    np.testing.assert_allclose(read, read_alone(words, wordpieces), rtol=1e-4, atol=1e-4)


def test_a_short_window_says_the_same_beside_long_ones(wordpieces):
    """But for the eight bits, whose measure is taken over all windows that are read at once."""
    short, long = wordpieces.words(["Rain fell on Calvia.", "Gunmen attacked a convoy near Tessen; " * 8], [0, 0])
    read = Session(default_folder(), profile="fast").scores([short, long[:60]], wordpieces)[: len(short)]
    alone = read_alone(short, wordpieces)
    assert np.abs(read - alone).mean() < 0.4 * alone.std(axis=0).mean()


@settings(max_examples=10)
@given(lengths=st.lists(st.lists(st.integers(1, LONGEST_WORD), max_size=60), max_size=4))
def test_words_of_any_number_of_pieces_are_read(session, wordpieces, lengths):
    cut = [[Word(i, i + 1, (wordpieces.unknown,) * n, 0) for i, n in enumerate(row)] for row in lengths]
    assert np.isfinite(session.scores(cut, wordpieces)).all()


def test_fast_does_not_open_the_upper_layers(model, cut, wordpieces):
    (model / UPPER).unlink()
    scores = Session(model, profile="fast").scores(cut, wordpieces)
    assert np.array_equal(scores, Session(default_folder(), profile="fast").scores(cut, wordpieces))


def test_full_answers_with_the_upper_layers(cut, wordpieces):
    full, fast = (Session(default_folder(), profile=p).scores(cut, wordpieces) for p in ("full", "fast"))
    assert not np.allclose(full, fast)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"this is no model", None], ids=["empty", "text", "truncated"])
def test_a_file_that_is_no_whole_model_is_refused(model, name, content):
    path = model / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if content is None else content)
    with pytest.raises(ModelError, match="broken") as caught:
        Session(model)
    assert str(path) in caught.value.message
    assert "install incident-mapper again" in caught.value.hint


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(model, name):
    (model / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: it is not there") as caught:
        Session(model)
    assert caught.value.hint


@pytest.mark.parametrize("name", FILES)
def test_a_model_of_other_heads_is_refused(model, name):
    patch(model / name, b"place=O,B,I", b"plaza=O,B,I")
    with pytest.raises(ModelError, match="another version") as caught:
        Session(model)
    assert "this version of incident-mapper" in caught.value.hint


@pytest.mark.parametrize(("name", "other"), list(itertools.permutations(FILES, 2)))
def test_one_part_in_the_place_of_another_is_refused(model, name, other):
    (model / name).write_bytes((model / other).read_bytes())
    with pytest.raises(ModelError, match="not the part of a model that its name says"):
        Session(model)


@pytest.mark.parametrize("name", FILES)
def test_parts_of_two_models_are_refused(model, name):
    version = Session(model).version.encode()
    patch(model / name, version, version[:-1] + bytes([version[-1] ^ 1]))
    with pytest.raises(ModelError, match="not of one model"):
        Session(model)


def marked(words, *event):
    marks = np.full(len(words), MARKS.index("sentence"), np.int32)
    marks[list(event)] = MARKS.index("event")
    return marks


def test_each_word_has_a_row_for_an_event(session, cut, wordpieces):
    middle = session.lower(cut[0], wordpieces)
    assert middle.shape[:2] == (1, 2 + sum(len(w.pieces) for w in cut[0]))
    rows = session.arguments(middle, cut[0], marked(cut[0], 3))
    assert rows.shape == (len(cut[0]), ARGUMENT_OUTPUTS)
    assert np.isfinite(rows).all()


def test_the_same_event_has_the_same_rows_to_the_bit(session, cut, wordpieces):
    once, again = (session.arguments(session.lower(cut[0], wordpieces), cut[0], marked(cut[0], 3)) for _ in range(2))
    assert np.array_equal(once, again)


def test_another_event_of_a_sentence_has_other_rows(session, cut, wordpieces):
    middle = session.lower(cut[0], wordpieces)
    first, second = (session.arguments(middle, cut[0], marked(cut[0], i)) for i in (0, 8))
    assert not np.allclose(first, second, atol=0.01)


def test_both_profiles_say_the_same_of_an_event(cut, wordpieces):
    full, fast = (Session(default_folder(), profile=p) for p in ("full", "fast"))
    said = [s.arguments(s.lower(cut[0], wordpieces), cut[0], marked(cut[0], 3)) for s in (full, fast)]
    assert np.array_equal(*said)


def test_every_piece_of_a_word_is_marked_and_the_word_has_their_mean(session, wordpieces):
    words = wordpieces.words(["Rockets hit Qandarmarovelsk"], [0])[0]
    apart = [Word(i, i + 1, (piece,), w.case) for w in words for i, piece in enumerate(w.pieces)]
    number = len(words[-1].pieces)
    assert number > 2
    middle = session.lower(words, wordpieces)
    whole = session.arguments(middle, words, marked(words, len(words) - 1))
    parts = session.arguments(middle, apart, marked(apart, *range(len(apart) - number, len(apart))))
    np.testing.assert_allclose(whole[-1], parts[-number:].mean(axis=0), rtol=1e-4, atol=1e-5)


@settings(max_examples=10)
@given(lengths=st.lists(st.integers(1, LONGEST_WORD), min_size=1, max_size=9), data=st.data())
def test_words_of_any_number_of_pieces_are_read_for_an_event(session, wordpieces, lengths, data):
    words = [Word(i, i + 1, (wordpieces.unknown,) * n, 0) for i, n in enumerate(lengths)]
    marks = marked(words, data.draw(st.integers(0, len(words) - 1)))
    assert np.isfinite(session.arguments(session.lower(words, wordpieces), words, marks)).all()
