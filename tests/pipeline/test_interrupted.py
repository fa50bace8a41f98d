"""A run that is broken off goes on where it stopped, and ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

import mapper
from mapper import pipeline
from mapper.errors import OutputError
from mapper.pipeline.workplace import WORK
from mapper.records import Failure, Report
from mapper.settings import Settings

pytestmark = pytest.mark.timeout(900)  # several processes at once: on a machine that is busy they take their time

HOME = Path(mapper.__file__).parents[1]
RULES = Settings(recogniser="rules", engine="inline")


def data(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "run.json"}


def landed(work):
    """Look into the journal of a run that is going on, past its lock: results that have landed."""
    try:
        with closing(sqlite3.connect(f"file:{work / 'journal.sqlite'}?mode=ro&immutable=1", uri=True)) as journal:
            return journal.execute("SELECT count(*) FROM results").fetchone()[0]
    except sqlite3.DatabaseError:  # not yet there, or looked at while it was written
        return 0


@contextmanager
def command(*arguments):
    """Run `mapper` in a process of its own; whatever happens, it is gone afterwards."""
    environment = os.environ | {"PYTHONPATH": str(HOME)}
    words = [sys.executable, "-m", "mapper", *map(str, arguments)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_landing(work, process):
    """Wait until a second batch can be seen: then the first is safe, while one that is seen may still be on its way."""
    seen = set()
    while len(seen) < 2:
        assert process.poll() is None, process.stderr.read().decode()
        time.sleep(0.005)
        seen |= {landed(work)} - {0}


def ids(folder):
    lines = (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["doc_id"] for line in lines]


def test_a_run_killed_in_the_middle_goes_on_and_ends_the_same(made_up, tmp_path):
    out = tmp_path / "out"
    words = ("map", made_up.corpus, "-o", out, "--recogniser", "rules", "--engine", "processes", "--workers", "2")
    with command(*words) as process:
        wait_for_landing(out / WORK, process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert [path.name for path in out.iterdir()] == [WORK]
    with command(*words) as process:
        _, said = process.communicate(timeout=240)
    assert "going on with an interrupted run" in said.decode()
    assert data(out) == data(made_up.out)
    assert len(ids(out)) == len(set(ids(out)))


def test_a_run_interrupted_by_its_user_says_how_to_go_on(made_up, tmp_path):
    out = tmp_path / "rows.jsonl"
    words = ("extract", made_up.corpus, "-o", out, "--recogniser", "rules", "--engine", "processes", "--workers", "1")
    with command(*words) as process:
        wait_for_landing(tmp_path / f".rows.jsonl{WORK}", process)
        workers = psutil.Process(process.pid).children()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=240)
    assert process.returncode == 130
    assert "the same command goes on" in said.decode()
    assert workers
    assert [worker for worker in workers if worker.is_running()] == []


def test_extract_to_a_file_goes_on_too(made_up, tmp_path):
    out = tmp_path / "rows.jsonl"
    words = ("extract", made_up.corpus, "--format", "jsonl", "--recogniser", "rules", "--engine", "inline", "-o", out)
    with command(*words) as process:
        wait_for_landing(tmp_path / f".rows.jsonl{WORK}", process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not out.exists()
    with command(*words) as process:
        _, said = process.communicate(timeout=240)
    assert "going on with an interrupted run" in said.decode()
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [item.document.id for item in made_up.items if isinstance(item, Report)]
    assert list(tmp_path.iterdir()) == [out]


def test_a_worker_killed_in_the_middle_costs_nothing(made_up, tmp_path):
    killed = []

    def kill_one(stage, done, _total):
        if stage.startswith("reports") and done == 20:
            worker = next(
                child for child in psutil.Process().children() if "mapper.engines.worker" in str(child.cmdline())
            )
            worker.kill()
            killed.append(worker.pid)

    settings = Settings(recogniser="rules", engine="processes", workers=2)
    with pipeline.collected([made_up.corpus], tmp_path / "rows", settings=settings, progress=kill_one) as items:
        assert list(items) == made_up.items
    assert len(killed) == 1


class Stop(BaseException):
    """Breaks a run off."""


def broken_off(corpus, file, **options):
    def stop(stage, done, _total):
        if stage.startswith("reports") and done == 20:
            raise Stop

    with pytest.raises(Stop), collected(corpus, file, progress=stop, **options):
        pass


def collected(corpus, file, **options):
    return pipeline.collected([corpus], file, **{"settings": RULES, **options})


def go_on(corpus, file, **options):
    """Run once more; what was said, and what came of it."""
    said = []
    with collected(corpus, file, notify=said.append, **options) as items:
        return said, list(items)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "rows"


def journal_of(file):
    return file.with_name(f".{file.name}{WORK}") / "journal.sqlite"


def test_a_run_goes_on_where_it_stopped_and_gives_the_same(made_up, file):
    broken_off(made_up.corpus, file)
    assert go_on(made_up.corpus, file) == (["going on with an interrupted run: 19 reports were done"], made_up.items)


def test_what_an_earlier_run_has_read_does_not_make_this_one_seem_fast(made_up, file):
    broken_off(made_up.corpus, file)
    told = []
    with collected(made_up.corpus, file, progress=lambda stage, done, _total: told.append(done)):
        pass
    assert told == [0, *range(20, len(made_up.items) + 1)]


def test_a_run_made_with_something_else_is_begun_afresh_and_says_so(made_up, file):
    broken_off(made_up.corpus, file)
    path = made_up.corpus.with_name("two.jsonl")
    path.write_text("".join(made_up.corpus.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    (said,), items = go_on(path, file, settings=Settings(recogniser="fast", engine="inline"))
    assert said.endswith("another version: starting afresh")
    assert len(items) == 2


def test_settings_that_do_not_touch_the_reading_change_nothing_of_what_was_read(made_up, file):
    broken_off(made_up.corpus, file)
    said, _ = go_on(made_up.corpus, file, settings=Settings(recogniser="rules", engine="inline", min_confidence=0.5))
    assert said == ["going on with an interrupted run: 19 reports were done"]


def test_fresh_begins_anew(made_up, file):
    broken_off(made_up.corpus, file)
    assert go_on(made_up.corpus, file, fresh=True) == ([], made_up.items)


def test_a_report_that_was_changed_meanwhile_is_read_again_and_one_taken_out_is_gone(made_up, tmp_path, file):
    lines = made_up.corpus.read_text(encoding="utf-8").splitlines(keepends=True)
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(lines), encoding="utf-8")
    broken_off(corpus, file)
    first = json.loads(lines[0]) | {"text": "Floods killed seven people in Beira on Sunday, the mayor said."}
    corpus.write_text("".join([json.dumps(first) + "\n", *lines[2:]]), encoding="utf-8")
    _, (changed, *rest) = go_on(corpus, file)
    assert changed.document.text == first["text"]
    assert [r.incidents for r in rest[:-1]] == [r.incidents for r in made_up.items[2:-1]]


def test_a_run_that_is_whole_leaves_no_journal(made_up, file):
    go_on(made_up.corpus, file)
    assert WORK not in {path.name for path in made_up.out.iterdir()}
    assert not journal_of(file).parent.exists()


def test_a_journal_that_is_damaged_is_begun_anew(made_up, file):
    broken_off(made_up.corpus, file)
    journal_of(file).write_bytes(b"not a journal" * 1000)
    assert go_on(made_up.corpus, file) == ([], made_up.items)


def test_two_runs_into_one_folder_do_not_mix(made_up, file):
    refused = []

    def second(stage, done, _total):
        if stage.startswith("reports") and done == 10:
            with pytest.raises(OutputError, match="another run") as caught, collected(made_up.corpus, file):
                pass
            refused.append(caught.value.hint)

    with collected(made_up.corpus, file, progress=second) as items:
        assert list(items) == made_up.items
    assert len(refused) == 1


def test_a_report_that_ended_the_program_twice_is_set_aside_and_named(made_up, file):
    victim = made_up.items[30].document
    for _ in range(2):
        broken_off(made_up.corpus, file)
        # What a crash in the middle of a report leaves: nothing could tidy up.
        journal_of(file).with_name("in-hand").write_bytes(pipeline.key_of(victim))
    _, items = go_on(made_up.corpus, file)
    assert isinstance(items[30], Failure)
    assert victim.id in items[30].source
    assert "set aside" in items[30].reason
    assert items[:30] + items[31:] == made_up.items[:30] + made_up.items[31:]
