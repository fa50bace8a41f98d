from __future__ import annotations

import datetime as dt
import random
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.records import Document
from mapper.sources import fingerprint, originals

WORDS = [f"{first}{last}" for first in "bcdfghjklmnpqrst" for last in "a e i o u an en in on un ar er ir or ur".split()]


def story(seed, length=200):
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(length))


def doc(name, text, day=None, **known):
    published = dt.date(2024, 2, day) if day else None
    return Document(name, text, published=published, sha256=known.pop("sha256", name), **known)


def copies(*documents):
    return originals([fingerprint(document) for document in documents])


def test_the_same_text_in_three_papers_is_one_source():
    text = story(1)
    assert copies(doc("a", text, 3), doc("b", text, 2), doc("c", text)) == {"a": "b", "c": "b"}


def test_case_punctuation_and_white_space_do_not_count():
    assert copies(doc("a", "Bomb kills 3, in Mosul."), doc("b", "BOMB kills 3\n\nin “Mosul”")) == {"b": "a"}


def test_a_paper_that_changes_the_headline_and_adds_a_line_is_a_copy():
    text = story(1)
    assert copies(doc("a", text, 1), doc("b", f"A headline of our own\n\n{text}\n\nReporting by our man", 2)) == {
        "b": "a"
    }


def test_a_paper_that_carries_half_of_a_text_is_a_copy():
    text = story(1, 400)
    assert copies(doc("a", text, 1), doc("b", text[: len(text) * 11 // 20], 2)) == {"b": "a"}


def test_two_reporters_of_one_event_are_two_sources():
    assert copies(doc("a", story(1)), doc("b", story(2))) == {}


def test_a_digest_that_carries_many_reports_is_no_copy_of_one():
    parts = [story(seed, 150) for seed in range(4)]
    assert copies(doc("digest", "\n\n".join(parts), 2), doc("one", parts[0], 1)) == {}


def test_short_texts_that_differ_in_a_word_are_two():
    assert (
        copies(doc("a", "A bomb killed three people in Mosul."), doc("b", "A bomb killed four people in Mosul.")) == {}
    )


def test_a_form_that_comes_again_after_a_month_is_no_copy():
    text = story(1)
    january = Document("a", text, published=dt.date(2024, 1, 1))
    assert copies(january, doc("b", text, 8), doc("c", text, 9)) == {"c": "b"}


def test_texts_without_words_are_no_copies():
    assert copies(doc("a", "..."), doc("b", "!!!")) == {}


@given(st.permutations(range(8)))
def test_the_order_of_the_input_does_not_matter(order):
    agency, other = story(1), story(2)
    documents = [
        doc("a", agency, 5),
        doc("b", agency + " more", 4),
        doc("c", "Title " + agency, 4),
        doc("d", agency.upper(), 6),
        doc("e", other),
        doc("f", other + " more words"),
        doc("g", story(3), 1),
        doc("h", "Short."),
    ]
    expected = {"a": "b", "c": "b", "d": "b", "f": "e"}
    assert copies(*(documents[index] for index in order)) == expected


def test_the_share_of_common_runs_is_told_well():
    errors = []
    for seed in range(60):
        words = story(seed, 300).split()
        changed = list(words)
        for index in random.Random(seed).sample(range(300), seed % 20):
            changed[index] = "changed"
        runs = [{tuple(text[i : i + 5]) for i in range(len(text) - 4)} for text in (words, changed)]
        share = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        one, other = (
            np.frombuffer(fingerprint(doc("x", " ".join(text))).signature, "<u2") for text in (words, changed)
        )
        errors.append(float((one == other).mean()) - share)
    assert abs(np.mean(errors)) < 0.02
    assert np.std(errors) < 0.06  # 128 hashes: 0.044 at worst


def test_a_fingerprint_is_small_and_the_same_on_every_machine():
    found = fingerprint(doc("a", story(1)))
    assert len(found.signature) == 256
    assert found.signature[:8].hex() == "0a261e9932323382"


@pytest.mark.parametrize("text", ["", "word", "a " * 100_000])
def test_odd_texts_do_no_harm(text):
    assert copies(doc("a", text + " x"), doc("b", text + " y")) in ({}, {"b": "a"})


def test_thousands_of_forms_with_the_same_lines_take_little_memory():
    lines = story(0, 40)
    forms = [doc(f"form{n}", f"{lines} {story(n + 1, 60)}", n % 5 + 1) for n in range(2000)]
    taken = [fingerprint(form) for form in forms]
    tracemalloc.start()
    try:
        assert originals(taken) == {}
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000  # the pairs that agree somewhere are most of two million
