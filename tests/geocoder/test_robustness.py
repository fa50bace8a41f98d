"""Any text is survived: hostile letters, huge words, endless capitals; offsets hold and the time stays linear."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.geocoder import geoparse
from mapper.records import Document, Span
from mapper.text import sentences

ODD = [
    "Baghdad", "BAGHDAD", "بغداد", "في", "مدينة", "the", "of", "In", "20 km north of", "between", "and", "road",
    "\u200b", "\u200d", "\u202e", "\u2067", "\u2069", "\ufeff", "\u0301", "İ", "ß", "ﬁ", "🇮🇶", "’s", "'S", "-", "—", ".",
    "\n", "\n\n", "\t", "\x00", "Al-", "U.S.", "St.", "off", "coast", "Gulf", "(", ")", ",", "Mr.", "Ali", "x" * 300,
    "Village of ", "airport", "port of", "AND", "END",
]  # fmt: skip


def parsed(text, gazetteer, spans=()):
    document = Document(id="x", text=text, toponyms=tuple(spans))
    return geoparse(document, sentences(document), gazetteer, spans="given" if spans else "found")


def assert_sound(text, answers):
    for r in answers:
        t = r.toponym
        assert text[t.start : t.end] == t.text
        if t.phrase is not None:
            assert text[t.phrase.start : t.phrase.end] == t.phrase.text
        assert (r.place is None) == (r.geometry is None)
        assert 0.0 <= r.score <= 1.0
    assert all(a.toponym.end <= b.toponym.start for a, b in pairwise(answers))


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_is_survived(gazetteer, text):
    assert_sound(text, parsed(text, gazetteer))


@given(st.lists(st.sampled_from(ODD), max_size=40), st.sampled_from(["", " "]))
def test_odd_mixtures_are_survived(gazetteer, words, joint):
    text = joint.join(words)
    assert_sound(text, parsed(text, gazetteer))


@given(st.text(min_size=1, max_size=60), st.data())
def test_any_given_span_gets_an_answer(gazetteer, text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (answer,) = parsed(text, gazetteer, [Span(start, end, text[start:end])])
    assert (answer.toponym.start, answer.toponym.end) == (start, end)


@pytest.mark.parametrize("word", ["A", "أ", "A.", "Al-", "O’", "ﷺ", "Village of ", "between A and "])
def test_a_word_repeated_for_long_is_survived(gazetteer, word):
    text = word * (30_000 // len(word))
    assert_sound(text, parsed(text, gazetteer))


@pytest.mark.parametrize(("count", "upper"), [(145_000, False), (45_000, True)])
def test_a_megabyte_of_capitalised_words_takes_seconds(gazetteer, count, upper):
    dice = random.Random(1)
    parts = "ba ko ri ta mu ne so la di fe gu hi".split()
    words = ["".join(dice.choices(parts, k=dice.randint(2, 4))).title() for _ in range(count)]
    text = " ".join(words).upper() if upper else " ".join(words)
    document = Document(id="x", text=text)
    cut = sentences(document)
    begun = time.process_time()
    geoparse(document, cut, gazetteer)
    assert time.process_time() - begun < 10.0  # five on the machine it was built on


def test_twice_the_text_takes_about_twice_the_time(gazetteer):
    def seconds(times):
        text = "Shells fell on Mosul and near Kirkuk while officials in Baghdad met the Iraqi press. " * times
        document = Document(id="x", text=text)
        cut = sentences(document)
        begun = time.process_time()
        geoparse(document, cut, gazetteer)
        return time.process_time() - begun

    seconds(50)
    assert min(seconds(400) for _ in range(3)) < 8 * min(seconds(100) for _ in range(3))
