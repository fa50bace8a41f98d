"""On a cluster of Dask, with a worker killed in the middle, the results are the same."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import psutil
import pytest

import mapper
from mapper.engines import choose
from mapper.errors import EngineError
from mapper.pipeline.workplace import WORK

pytest.importorskip("distributed")

pytestmark = pytest.mark.timeout(900)  # several processes at once: on a machine that is busy they take their time

ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(Path(mapper.__file__).parents[1]),
    # A machine that runs tests can be slow to start a worker, and a killed one is not its task's fault.
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s",
}


def started(stack, *words):
    process = subprocess.Popen(
        [sys.executable, "-m", *words], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait)
    stack.callback(end, process)
    return process


def end(process):
    """End a process and what it started: a nanny would start its worker again."""
    for one in [process, *psutil.Process(process.pid).children(recursive=True)]:
        one.kill()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Start a scheduler and two workers, as a user does; give its file and the workers' nannies."""
    file = tmp_path_factory.mktemp("cluster") / "scheduler.json"
    here = ("--scheduler-file", str(file), "--host", "127.0.0.1")
    with ExitStack() as stack:
        started(stack, "distributed.cli.dask_scheduler", *here, "--port", "0", "--no-dashboard")
        words = ("distributed.cli.dask_worker", *here, "--nthreads", "1", "--no-dashboard", "--local-directory")
        nannies = [started(stack, *words, str(file.parent)) for _ in range(2)]
        yield file, nannies


def landed(work):
    try:
        with closing(sqlite3.connect(f"file:{work / 'journal.sqlite'}?mode=ro&immutable=1", uri=True)) as journal:
            return journal.execute("SELECT count(*) FROM results").fetchone()[0]
    except sqlite3.DatabaseError:
        return 0


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(cluster, made_up, tmp_path):
    file, nannies = cluster
    out = tmp_path / "out"
    words = ["map", made_up.corpus, "-o", out, "--recogniser", "rules", "--engine", "dask", "--scheduler", file]
    command = [sys.executable, "-m", "mapper", *map(str, words)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while landed(out / WORK) == 0:
            assert process.poll() is None, process.stderr.read().decode()
            time.sleep(0.01)
        for worker in psutil.Process(nannies[0].pid).children(recursive=True):
            worker.kill()
        _, said = process.communicate(timeout=240)
    assert process.returncode == 1, said.decode()  # one line of the corpus has no text
    for path in made_up.out.iterdir():
        if path.name != "run.json":
            assert (out / path.name).read_bytes() == path.read_bytes()


def test_a_command_killed_in_the_middle_goes_on_with_the_cluster(cluster, made_up, tmp_path):
    file, _ = cluster
    out = tmp_path / "out"
    words = ["map", made_up.corpus, "-o", out, "--recogniser", "rules", "--engine", "dask", "--scheduler", file]
    command = [sys.executable, "-m", "mapper", *map(str, words)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        seen = set()
        while len(seen) < 2:  # the first batch is safe when a second can be seen
            assert process.poll() is None, process.stderr.read().decode()
            time.sleep(0.005)
            seen |= {landed(out / WORK)} - {0}
        process.kill()
    assert [path.name for path in out.iterdir()] == [WORK]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=240, check=False)
    assert "going on with an interrupted run" in done.stderr.decode()
    for path in made_up.out.iterdir():
        if path.name != "run.json":
            assert (out / path.name).read_bytes() == path.read_bytes()


def test_a_scheduler_that_does_not_answer_is_one_clear_error(monkeypatch):
    monkeypatch.setattr("mapper.engines.cluster._PATIENCE", 0.2)
    with pytest.raises(EngineError, match="no Dask scheduler"):
        choose("dask", scheduler="tcp://127.0.0.1:9")
