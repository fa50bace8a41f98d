"""What runs in a worker, whether one of our own processes or one of Dask's."""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import sys
import threading
import time
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from mapper.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.engines import Task

__all__ = ["OVERTIME", "main", "run_many"]

OVERTIME = 1
"""Exit code of a worker whose task took too long: faulthandler's own."""

_VICTIM = "500"  # of -1000 to 1000: when memory runs out, the system ends a worker rather than who holds the results


def main() -> None:
    """Serve one parent: its messages on standard input, answers on standard output; ends when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent sees to its workers
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_VICTIM, encoding="ascii")
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    with suppress(EOFError, BrokenPipeError):
        _serve(incoming, outgoing)
    os._exit(0)  # no need to tidy up, and nothing to wait for


def _serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    setup = pickle.load(incoming)  # noqa: S301  from the parent alone, through a pipe that it made
    try:
        work = setup()
    except Exception as error:  # noqa: BLE001  whatever it is, the parent has to say it
        _send(outgoing, ("broken", error))
        return
    _send(outgoing, ("ready", None))
    while True:
        task: Task = pickle.load(incoming)  # noqa: S301
        try:
            with _watched(task.seconds):
                answer = ("done", work(task.payload))
        except Exception as error:  # noqa: BLE001
            answer = ("broken", error)
        _send(outgoing, answer)


def _send(outgoing: IO[bytes], message: tuple[str, Any]) -> None:
    try:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001  an exception that holds what cannot be pickled: its words will do
        data = pickle.dumps((message[0], EngineError(f"a worker failed: {message[1]!r}"[:500])))
    outgoing.write(data)
    outgoing.flush()


def run_many(setup: bytes, tasks: Sequence[Task]) -> list[Any]:
    """Do several tasks in a worker of Dask, which is made ready at its first call.

    Parameters
    ----------
    setup
        Pickled; it is also what tells one kind of work from another.
    tasks
        To be done in order.
    """
    with _OPENING:
        work = _opened(setup)
    answers = []
    for task in tasks:
        with _watched(task.seconds):
            answers.append(work(task.payload))
    return answers


_OPENING = threading.Lock()


@lru_cache(maxsize=2)
def _opened(setup: bytes) -> Callable[[Any], Any]:
    work: Callable[[Any], Any] = pickle.loads(setup)()  # noqa: S301  Dask hands on what its client sent
    return work


_DEADLINES: dict[int, float] = {}
_SETTING = threading.Lock()


@contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """End this process when the block takes longer: a loop inside a C library can be ended in no other way."""
    thread = threading.get_ident()
    _set_alarm(thread, time.monotonic() + seconds)
    try:
        yield
    finally:
        _set_alarm(thread, None)


def _set_alarm(thread: int, deadline: float | None) -> None:
    # A process has one such alarm, and a worker of Dask may have several threads: the earliest deadline counts.
    with _SETTING:
        if deadline is None:
            _DEADLINES.pop(thread, None)
        else:
            _DEADLINES[thread] = deadline
        if not _DEADLINES:
            faulthandler.cancel_dump_traceback_later()
            return
        left = max(0.001, min(_DEADLINES.values()) - time.monotonic())
        faulthandler.dump_traceback_later(left, exit=True, file=sys.__stderr__ or 2)
