from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.errors import UsageError
from mapper.records import Document, Failure
from mapper.sources import read

REPORT = "A bomb killed three people in Mosul on Tuesday."


@pytest.fixture
def put(tmp_path):
    def write(name, content=REPORT):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def pipe_in(monkeypatch):
    def feed(data):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return feed


def only(source, **options):
    (found,) = read([source], **options)
    return found


def refused(source, **options):
    found = only(source, **options)
    assert isinstance(found, Failure)
    assert found.hint
    assert "\n" not in found.reason + found.hint
    return found.reason


def test_a_text_file_is_read_as_it_is(put):
    content = "Blast in Mosul\r\n\r\n" + REPORT
    path = put("r.txt", content)
    document = only(path)
    assert (document.text, document.source) == (content, str(path))
    assert document.sha256 == hashlib.sha256(content.encode()).hexdigest()


def test_one_name_may_be_given_without_a_list(put):
    assert [document.text for document in read(put("r.txt"))] == [REPORT]


def test_the_id_depends_on_name_and_content_only(put):
    first, second = only(put("a/re port.txt")), only(put("b/re port.txt"))
    assert first.id == second.id == f"re_port-{first.sha256[:8]}"


def test_ids_are_unique_within_a_call(put):
    ids = [document.id for document in read([put("a/r.txt"), put("b/r.txt"), put("c/r.txt")])]
    assert ids == [ids[0], f"{ids[0]}-2", f"{ids[0]}-3"]


def test_a_file_named_twice_is_read_once(put, tmp_path):
    path = put("r.txt")
    assert len(list(read([path, tmp_path, str(tmp_path / "*.txt")]))) == 1


def test_what_the_user_gives_wins(put):
    document = only(put("r.txt", "Published: 2024-01-01\n" + REPORT), published=dt.date(2024, 2, 8), title="Mine")
    assert (document.published, document.published_basis, document.title) == (dt.date(2024, 2, 8), "given", "Mine")


def test_a_date_above_the_text_is_found(put):
    document = only(put("r.txt", "Blast in Mosul\nPublished: 8 February 2024\n\n" + REPORT))
    assert (document.published, document.published_basis) == (dt.date(2024, 2, 8), "header")


def test_markdown_has_its_heading_as_title(put):
    document = only(put("r.md", "# Blast in Mosul\n\n" + REPORT))
    assert (document.title, document.media_type) == ("Blast in Mosul", "text/markdown")


def test_a_folder_is_walked_in_order_without_what_is_no_report(put, tmp_path):
    for name in ("b.txt", "a/z.html", "a/y.md", "README.md", "manifest.json", "t.csv", ".hidden.txt", ".git/x.txt"):
        put(name)
    put("a/z_files/frame.html")
    names = [os.path.relpath(document.source, tmp_path) for document in read([tmp_path])]
    assert names == ["b.txt", str(Path("a", "y.md")), str(Path("a", "z.html"))]


def test_a_pattern_is_expanded(put, tmp_path):
    put("a/1.txt")
    put("b/2.txt")
    put("b/3.csv")
    assert len(list(read([str(tmp_path / "**" / "*")]))) == 2


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(put):
    assert only(put("r[1].txt")).text == REPORT


def test_an_unknown_suffix_is_sniffed(put):
    assert only(put("report.story")).text == REPORT
    assert "binary" in refused(put("report.bin", bytes(range(256)) * 4))


def test_a_page_with_the_wrong_suffix_is_a_page(put):
    assert only(put("r.txt", f"<!DOCTYPE html><html><body><p>{REPORT}</p></body></html>")).text == REPORT


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("r.txt", b"", "is empty"),
        ("r.txt", " \t\r\n\u3000\u200b".encode(), "white space"),
        ("r.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        ("r.txt", b"%PDF-1.7\n", "PDF"),
        ("r.html", b"\x1f\x8b\x08\x00", "gzip"),
        ("r.txt", b"PK\x03\x04", "zip"),
        ("r.csv", b"a,b\n1,2\n", ".csv"),
        ("manifest.json", b"{}", ".json"),
        ("r.jsonl", b"\n\n", "empty"),
        ("r.html", b"<html><body><div id=root></div><script>draw()</script></body></html>", "no text"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_hint(put, name, content, reason):
    assert reason in refused(put(name, content))


def test_missing_files_folders_and_patterns_are_refused(tmp_path):
    assert "no such file" in refused(tmp_path / "x.txt")
    assert "no report" in refused(tmp_path)
    assert "pattern" in refused(str(tmp_path / "*.txt"))
    assert "path" in refused("a\0b.txt")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "r.txt")
    assert "pipe" in refused(tmp_path / "r.txt")


def test_a_file_over_the_limit_is_refused_with_the_limit(put):
    assert "limit of 40 bytes" in refused(put("r.txt"), max_bytes=40)


def test_a_limit_that_is_not_positive_is_a_usage_error(put):
    with pytest.raises(UsageError):
        only(put("r.txt"), max_bytes=0)


def test_one_bad_input_does_not_cost_the_others(put, tmp_path):
    found = list(read([tmp_path / "missing.txt", put("empty.txt", ""), put("r.txt")]))
    assert [type(item) for item in found] == [Failure, Failure, Document]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfMosul fell", "Mosul fell"),
        ("\ufeffMosul fell".encode("utf-16-le"), "Mosul fell"),
        ("\ufeffMosul fell".encode("utf-16-be"), "Mosul fell"),
        ("Mosul fell".encode("utf-16-be"), "Mosul fell"),
        ("\ufeffMosul fell".encode("utf-32-le"), "Mosul fell"),
        ("Medellín, “Bogotá”".encode("cp1252"), "Medellín, “Bogotá”"),
        (b"Medell\xed\xad", "Medellí\u00ad"),
        (b"Baghda\xffd killed", "Baghda\ufffdd killed"),
        (b"Mosul \xe2\x80", "Mosul \ufffd"),
        ("Médine – Bogot\xe1".encode() + b"\xff", "Médine – Bogotá\ufffd"),
        (b"Bagh\0dad killed 3", "Bagh\ufffddad killed 3"),
        (b"A\r\nB\rC", "A\r\nB\rC"),
    ],
)
def test_encodings(put, content, text):
    assert only(put("r.txt", content)).text == text


def test_arabic_in_a_legacy_encoding_is_recognised(put):
    text = (
        "قتل اثنا عشر شخصا في هجوم بسيارة مفخخة في بغداد يوم الثلاثاء، وقالت الشرطة إن عشرين آخرين أصيبوا بجروح. " * 3
    )
    assert only(put("r.txt", text.encode("cp1256"))).text == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    data=st.one_of(
        st.binary(max_size=300), st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))
    ),
    suffix=st.sampled_from([".txt", ".jsonl", ".md"]),
)
def test_any_bytes_end_in_documents_or_failures_fit_for_output(put, data, suffix):
    for found in read([put("any" + suffix, data)]):
        if isinstance(found, Document):
            assert found.text.encode("utf-8")
            assert "\0" not in found.text
        else:
            assert found.reason


def test_text_on_standard_input(pipe_in):
    pipe_in(REPORT.encode())
    document = only("-")
    assert (document.text, document.source, document.id) == (REPORT, "-", f"stdin-{document.sha256[:8]}")


def test_a_corpus_on_standard_input(pipe_in):
    pipe_in(b'{"id": "a", "text": "One died."}\n{"id": "b", "text": "Two died."}\n')
    assert [document.id for document in read(["-", "-"])] == ["a", "b"]


def test_a_long_corpus_on_standard_input_is_streamed(pipe_in):
    pipe_in(b"".join(b'{"id": %d, "text": "One died."}\n' % number for number in range(50)))
    assert len([item for item in read("-", max_bytes=100) if isinstance(item, Document)]) == 50


def test_a_page_on_standard_input(pipe_in):
    pipe_in(f"<!doctype html><html><body><p>{REPORT}</p></body></html>".encode())
    assert only("-").text == REPORT


def test_text_that_only_begins_as_an_object_is_text(pipe_in):
    pipe_in(b'{"id": 1, "lat": 95}\n]]}')
    assert only("-").media_type == "text/plain"
