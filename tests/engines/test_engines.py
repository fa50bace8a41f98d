"""Whatever the engine: the same answers in the same order, and what ends a worker costs one task."""

from __future__ import annotations

import os

import engine_work
import pytest

from mapper import engines
from mapper.engines import Inline, Lost, Task
from mapper.engines.processes import Processes
from mapper.errors import EngineError, UsageError


def tasks(payloads, seconds=60.0):
    return [Task(payload, seconds) for payload in payloads]


@pytest.fixture(params=["inline", "one process", "two processes"])
def engine(request):
    return {"inline": Inline(), "one process": Processes(1), "two processes": Processes(2)}[request.param]


def test_answers_come_in_the_order_of_the_tasks(engine):
    assert list(engine.run(engine_work.doubling, tasks(range(300)))) == list(range(0, 600, 2))


def test_no_task_is_no_answer(engine):
    assert list(engine.run(engine_work.doubling, [])) == []


def test_what_the_work_raises_ends_the_run_with_its_own_words(engine):
    with pytest.raises(UsageError, match="three is too many") as caught:
        list(engine.run(engine_work.raising, tasks(range(10))))
    assert caught.value.hint == "take two"


def test_a_worker_that_cannot_be_made_ready_says_why(engine):
    with pytest.raises(UsageError, match="cannot be made ready"):
        list(engine.run(engine_work.broken_setup, tasks(range(3))))


def test_processes_are_not_this_one_and_all_are_used():
    pids = {pid for _, pid in Processes(2).run(engine_work.naming_its_process, tasks(range(100)))}
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_what_a_library_prints_does_not_get_between_the_answers():
    assert list(Processes(1).run(engine_work.printing, tasks(range(5)))) == list(range(5))


def test_a_task_whose_worker_died_once_is_done_by_another(tmp_path):
    payloads = ["a", "b", tmp_path / "mark", "c", "d"]
    assert list(Processes(2).run(engine_work.dying, tasks(payloads))) == [str(payload) for payload in payloads]


def test_a_task_that_ends_its_worker_twice_is_lost_and_the_others_are_done():
    answers = list(Processes(2).run(engine_work.dying, tasks(["a", "die", "b", "c"])))
    assert answers[:1] + answers[2:] == ["a", "b", "c"]
    assert isinstance(answers[1], Lost)
    assert "signal 11" in answers[1].reason


def test_a_task_that_takes_too_long_is_lost_and_the_others_are_done():
    answers = list(Processes(1).run(engine_work.hanging, tasks(["a", "hang", "b"], seconds=0.3)))
    assert answers[::2] == ["a", "b"]
    assert answers[1] == Lost("it took more than 0 s")


def test_workers_that_all_die_end_the_run():
    with pytest.raises(EngineError, match="one after the other"):
        list(Processes(1).run(engine_work.dying, tasks(["die"] * 20)))


def test_tasks_are_taken_only_as_fast_as_answers_are_asked_for():
    taken = []

    def source():
        for number in range(100_000):
            taken.append(number)
            yield Task(number, 60.0)

    answers = Processes(2).run(engine_work.doubling, source())
    assert [next(answers) for _ in range(3)] == [0, 2, 4]
    answers.close()
    assert len(taken) < 200


def test_auto_stays_in_this_process_for_few_and_takes_processes_for_many(monkeypatch):
    monkeypatch.setattr(engines, "cores", lambda: 2)
    assert [engines.choose("auto", count).name for count in (1, engines.AUTO_FROM, None)] == [
        "inline", "processes", "processes",
    ]  # fmt: skip


def test_auto_stays_in_this_process_where_there_is_one_processor(monkeypatch):
    monkeypatch.setattr(engines, "cores", lambda: 1)
    assert engines.choose("auto", None).name == "inline"


def test_so_many_workers_as_are_asked_for():
    assert engines.choose("processes", None, workers=3).workers == 3


@pytest.mark.parametrize(
    ("name", "options", "match"),
    [
        ("threads", {}, "unknown"),
        ("processes", {"workers": 0}, "at least one worker"),
        ("dask", {}, "needs its scheduler"),
        ("inline", {"scheduler": "tcp://127.0.0.1:1"}, "no scheduler"),
    ],
)
def test_an_engine_that_cannot_be_is_refused(name, options, match):
    with pytest.raises(UsageError, match=match):
        engines.choose(name, None, **options)
