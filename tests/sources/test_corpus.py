from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.records import Document, Failure, Span
from mapper.sources import read
from mapper.sources.corpus import read_corpus

GOOD = {"id": "good", "text": "A bomb fell on Mosul."}


@pytest.fixture
def corpus(tmp_path):
    def write(*lines, **options):
        path = tmp_path / "c.jsonl"
        rows = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        path.write_bytes(b"\n".join(rows))
        return list(read([path], **options))

    return write


def test_a_line_is_a_document(corpus):
    row = GOOD | {"published": "2024-02-08T10:00:00Z", "title": "Bomb", "url": "https://example.invalid/1"}
    (found,) = corpus(row | {"toponyms": [{"start": 15, "end": 20, "text": "Mosul", "lat": 1.0}]})
    assert (found.id, found.text, found.title, found.url) == ("good", row["text"], "Bomb", row["url"])
    assert (found.published, found.published_basis) == (dt.date(2024, 2, 8), "corpus")
    assert found.toponyms == (Span(15, 20, "Mosul"),)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(min_size=1, max_size=200).filter(lambda text: any(c.isalpha() for c in text)))
def test_the_text_is_kept_character_for_character(corpus, text):
    (found,) = corpus({"text": text, "toponyms": [{"start": 0, "end": len(text)}]})
    assert len(found.text) == len(text)
    assert all(ours == theirs or theirs == "\0" for ours, theirs in zip(found.text, text, strict=True))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "x", "text": ', "malformed JSON"),
        (b"[" * 100_000, "malformed JSON"),
        (b'{"text": "x", "id": ' + b"9" * 10_000 + b"}", "malformed JSON"),
        ([1], "not a JSON object"),
        ({"id": "x"}, 'no "text"'),
        ({"text": 5}, "not a string"),
        ({"text": " \n"}, "empty"),
        (GOOD | {"published": "30 February 2024"}, "no day of the calendar"),
        (GOOD | {"published": "02/08/2024"}, "two ways"),
        (GOOD | {"published": 2024}, "not a string"),
        (GOOD | {"toponyms": [{"start": 15, "end": 99}]}, "out of range"),
        (GOOD | {"toponyms": [{"start": 5, "end": 5}]}, "out of range"),
        (GOOD | {"toponyms": [{"start": "1", "end": 5}]}, "no start and end"),
        (GOOD | {"toponyms": [{"start": 0, "end": 5, "text": "Mosul"}]}, "does not match"),
        (GOOD | {"toponyms": {}}, "not a list"),
    ],
)
def test_a_bad_line_costs_that_line_only(corpus, line, reason):
    first, bad, last = corpus({"text": "One."}, line, {"text": "Two."})
    assert isinstance(bad, Failure)
    assert reason in bad.reason
    assert bad.source.endswith("c.jsonl:2")
    assert (first.text, last.text) == ("One.", "Two.")


def test_a_line_over_the_limit_costs_that_line_only(corpus):
    first, bad, last = corpus(GOOD, GOOD | {"text": "x" * 500}, GOOD, max_bytes=100)
    assert isinstance(bad, Failure)
    assert "100 bytes" in bad.hint
    assert (first.id, last.id) == ("good", "good-2")


def test_numbers_are_ids_and_lines_without_one_get_theirs_from_the_content(corpus):
    first, second = corpus({"id": 7, "text": "One."}, {"text": "Two."})
    assert (first.id, second.id) == ("7", f"c-{second.sha256[:8]}")


def test_an_unsafe_address_is_left_out(corpus):
    (found,) = corpus(GOOD | {"url": "javascript:alert(1)"})
    assert found.url is None


def test_surrogates_and_nul_are_replaced_one_for_one(corpus):
    (found,) = corpus(b'{"text": "Mo\\ud800sul\\u0000 fell", "toponyms": [{"start": 8, "end": 12}]}')
    assert (found.text, found.toponyms[0].text) == ("Mo\ufffdsul\ufffd fell", "fell")


def test_blank_lines_a_mark_and_carriage_returns_are_no_trouble(corpus):
    found = corpus(b'\xef\xbb\xbf{"text": "One."}\r', b"", b'{"text": "Two."}\r')
    assert [document.text for document in found] == ["One.", "Two."]


@given(st.lists(st.integers(min_value=1, max_value=60), min_size=1, max_size=10))
def test_pieces_of_any_size_give_the_same_documents(sizes):
    data = b"".join(b'{"id": %d, "text": "One died."}\n' % number for number in range(4))
    chunks, position = [], 0
    while position < len(data):
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(data[position : position + size])
        position += size
    found = list(read_corpus(chunks, source="c", stem="c", max_bytes=1000))
    assert [item.id for item in found if isinstance(item, Document)] == ["0", "1", "2", "3"]
