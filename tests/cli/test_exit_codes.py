"""What goes wrong is one line that says what to do, and the exit code that the contract gives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mapper.cli import main
from mapper.errors import GazetteerError

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("map",),
        ("mop",),
        ("map", "x.txt"),
        ("map", "x.txt", "-o", "out", "--published", "yesterday"),
        ("map", "x.txt", "-o", "out", "--published", "2024-02-30"),
        ("extract", "x.txt", "--published", "02/08/2024"),
        ("extract", "x.txt", "--format", "xml"),
        ("geoparse", "x.txt", "--spans", "guessed"),
        ("geocode", "Mosul", "--near", "33.3"),
        ("geocode", "Mosul", "--near", "nan,44"),
        ("geocode", "Mosul", "--near", "91,44"),
        ("geocode", "Mosul", "--limit", "0"),
        ("gazetteer", "build"),
        ("--nonsense",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_that_points_to_help_and_exit_code_2(command, arguments):
    outcome = command(*arguments)
    assert outcome.code == 2
    assert len(outcome.lines) == 1
    assert outcome.lines[0].startswith("mapper: ")
    assert outcome.lines[0].endswith("--help")


def test_a_wrong_date_says_how_to_write_one(command, quake):
    assert "2024-02-08" in command("extract", quake, "--published", "yesterday").err


def test_a_wrong_date_leaves_the_output_folder_alone(command, quake, tmp_path):
    command("map", quake, "-o", tmp_path / "out", "--published", "yesterday")
    assert not (tmp_path / "out").exists()


def test_no_arguments_show_the_help(command):
    outcome = command()
    assert outcome.code == 2
    assert "Commands:" in outcome.err


def test_an_unknown_suffix_is_wrong_usage(command, mapped, tmp_path):
    outcome = command("export", mapped, "-o", tmp_path / "incidents.docx")
    assert outcome.code == 2
    assert ".gpkg" in outcome.err


def test_a_missing_gazetteer_has_its_own_code(command, quake, tmp_path):
    outcome = command("extract", quake, "--gazetteer", tmp_path / "none.sqlite")
    assert outcome.code == 3
    assert len(outcome.lines) == 1


def test_a_file_that_is_no_gazetteer_has_its_own_code(command, quake):
    assert command("geoparse", quake, "--gazetteer", quake).code == 3


def test_a_file_in_the_way_of_the_output_folder_is_named_before_the_work_starts(command, quake, tmp_path):
    (tmp_path / "out").write_text("kept", encoding="utf-8")
    outcome = command("map", quake, "-o", tmp_path / "out")
    assert outcome.code == 5
    assert len(outcome.lines) == 1
    assert str(tmp_path / "out") in outcome.err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "kept"


def test_a_folder_in_the_way_of_a_result_is_named(command, quake, tmp_path):
    (tmp_path / "out" / "map.html").mkdir(parents=True)
    outcome = command("map", quake, "-o", tmp_path / "out")
    assert outcome.code == 5
    assert "map.html" in outcome.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["map.html"]


def test_an_output_file_that_cannot_be_written_is_named(command, quake):
    outcome = command("extract", quake, "-o", quake / "incidents.txt")
    assert outcome.code == 5
    assert len(outcome.lines) == 1


def test_an_unknown_place_is_said_and_gives_1(command):
    outcome = command("geocode", "Qwxzvkjh", "--format", "json")
    assert (outcome.code, outcome.out) == (1, "[]\n")
    assert "Qwxzvkjh" in outcome.err


def test_an_unknown_id_is_said_and_gives_1(command):
    outcome = command("gazetteer", "show", "no-such-id")
    assert outcome.code == 1
    assert "no-such-id" in outcome.err


def test_debug_shows_the_traceback_of_an_error(quake, tmp_path):
    with pytest.raises(GazetteerError):
        main(["extract", str(quake), "--gazetteer", str(tmp_path / "none.sqlite"), "--debug"])


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    many = tmp_path / "many.jsonl"
    line = '{"id": "%d", "text": "A bomb killed three people in Mosul and two in Kirkuk on Tuesday."}\n'
    many.write_text("".join(line % number for number in range(400)), encoding="utf-8")
    arguments = [sys.executable, "-m", "mapper", "geoparse", str(many), "--format", "jsonl"]
    run = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.readline()
    run.stdout.close()
    said = run.stderr.read()
    run.stderr.close()
    assert run.wait() == 141
    assert said == b""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_is_one_line_and_130(tmp_path):
    # A pipe that never ends: the program waits in the middle of its work.
    arguments = [sys.executable, "-c", "import mapper.sources, mapper.cli; print(flush=True); mapper.cli.main()"]
    run = subprocess.Popen(
        [*arguments, "map", "-", "-o", str(tmp_path / "out")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    assert run.stdout is not None
    run.stdout.readline()
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("out/.mapper-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "out").exists()
