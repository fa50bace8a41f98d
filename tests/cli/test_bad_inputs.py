"""A bad input is named in one line, the others go through, and nothing that was written before is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

BAD = {
    "missing": None,
    "empty": b"",
    "blank": b" \n\t \n",
    "binary": bytes(range(256)) * 40,
    "image": b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02\x03" * 500,
    "page without text": b"<!doctype html><html><head><title>x</title><script>a()</script></head><body></body></html>",
}
NAMES = {"page without text": "page.html"}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_input_is_one_line_and_the_others_go_through(command, quake, tmp_path, kind):
    path = tmp_path / NAMES.get(kind, "bad.txt")
    content = BAD[kind]
    if content is not None:
        path.write_bytes(content)
    outcome = command("extract", path, quake, "--format", "jsonl")
    assert outcome.code == 1
    assert [json.loads(line)["id"].startswith("quake") for line in outcome.out.splitlines()] == [True]
    about = [line for line in outcome.lines if str(path) in line]
    assert len(about) == 1
    assert about[0].startswith("mapper: ")
    assert ";" in about[0], "the line says what to do"


def test_a_file_of_50_mb_is_refused_at_once(command, quake, tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write(b"A bomb exploded in Mosul.\n")
        file.truncate(50_000_000)
    outcome = command("extract", path, quake, "--format", "jsonl")
    assert outcome.code == 1
    assert len(outcome.out.splitlines()) == 1
    assert sum(str(path) in line for line in outcome.lines) == 1


def test_broken_utf8_is_read_with_what_can_be_read(command, tmp_path):
    path = tmp_path / "broken.txt"
    path.write_bytes(
        b"A bomb exploded in Mosul on Tuesday and killed \xff\xfe three people \xc3\x28, police said.\n" * 3
    )
    outcome = command("geoparse", path, "--format", "jsonl")
    assert outcome.code in {0, 1}
    assert "Traceback" not in outcome.err
    if outcome.code == 0:
        assert "Mosul" in outcome.out
    else:
        assert len([line for line in outcome.lines if str(path) in line]) == 1


def test_malformed_lines_of_a_corpus_are_named_and_the_good_ones_go_through(command, tmp_path):
    path = tmp_path / "corpus.jsonl"
    lines = [
        '{"id": "a", "text": "Floods in Mosul."}',
        '{"id": "b", "text": ',
        "[1]",
        '{"id": "d", "text": "Fire in Basra."}',
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    outcome = command("geoparse", path, "--format", "jsonl")
    assert outcome.code == 1
    assert [json.loads(line)["id"] for line in outcome.out.splitlines()] == ["a", "d"]
    assert sum("corpus.jsonl" in line for line in outcome.lines) == 2


def test_the_map_of_the_others_is_written_and_the_failure_stands_in_run_json(command, quake, tmp_path):
    outcome = command("map", tmp_path / "missing.txt", quake, "-o", tmp_path / "out")
    assert outcome.code == 1
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [failure["source"] for failure in run["failures"]] == [str(tmp_path / "missing.txt")]
    assert run["failures"][0]["reason"]
    assert run["failures"][0]["hint"]
    assert run["counts"]["reports"] == 1
    assert (tmp_path / "out" / "map.html").stat().st_size > 10_000


def test_only_bad_inputs_give_valid_files_in_a_new_folder(command, tmp_path):
    outcome = command("map", tmp_path / "missing.txt", "-o", tmp_path / "out")
    assert outcome.code == 1
    found = json.loads((tmp_path / "out" / "incidents.geojson").read_text(encoding="utf-8"))
    assert found["features"] == []
    assert len(json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["failures"]) == 1


def test_only_bad_inputs_never_replace_an_earlier_result(command, quake, tmp_path):
    assert command("map", quake, "-o", tmp_path / "out").code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    outcome = command("map", tmp_path / "missing.txt", "-o", tmp_path / "out")
    assert outcome.code == 1
    assert "kept" in outcome.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_a_report_in_which_nothing_happens_is_an_answer_and_no_failure(command, tmp_path):
    path = tmp_path / "calm.txt"
    path.write_text("The library of Lyon has new opening hours, its director said.\n", encoding="utf-8")
    outcome = command("map", path, "-o", tmp_path / "out")
    assert outcome.code == 0
    assert json.loads((tmp_path / "out" / "incidents.geojson").read_text(encoding="utf-8"))["features"] == []


def test_escape_sequences_of_a_report_never_reach_the_terminal(command, tmp_path):
    path = tmp_path / "esc.txt"
    path.write_bytes(
        "A bomb in \x1b[31mMosul\x1b[0m killed three people \x07 on Tuesday, \u202epolice\u202c said. \x9b2J\n".encode()
    )
    for form in ("table", "jsonl", "csv", "geojson"):
        outcome = command("extract", path, "--format", form)
        assert not set("\x1b\x07") & set(outcome.out + outcome.err), form
    for form in ("table", "jsonl"):
        assert not set("\x9b\u202e") & set(command("extract", path, "--format", form).out), form


def test_a_name_with_control_characters_is_shown_harmless(command, tmp_path):
    outcome = command("extract", Path(f"{tmp_path}/no\x1b[2Jsuch\nfile.txt"))
    assert outcome.code == 1
    assert "\x1b" not in outcome.err
    assert sum("such" in line for line in outcome.lines) == 1
