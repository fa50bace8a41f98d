"""Several processes of this machine, each with a model of its own.

Workers are started afresh (no fork: threads and open files of this process stay its own) and without the caller's
script being run again in them, so that a notebook or a script needs no `if __name__ == "__main__"`. Each is spoken to
through its standard input and output. When this process ends, however it ends, they see the pipe close and end too.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mapper.engines import Lost, Task
from mapper.engines.worker import OVERTIME
from mapper.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.engines import Name, Setup

__all__ = ["Processes"]

_IN_HAND = 2  # tasks that a worker holds: the one it works on, and the next, so that it never waits
_AHEAD = 32  # tasks a worker that may be answered out of order while one before them takes long
_DEATHS = 8  # in a row, no task done between them: the fault is not the tasks'
_BOOT = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from mapper.engines.worker import main; main()"
)
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


class Processes:
    """So many processes of this machine.

    Parameters
    ----------
    workers
        How many; each takes one processor and, with the model, about 250 MB.
    """

    name: Name = "processes"

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Iterator[Any]:
        """Give the answer to each task, or `Lost`, in the order of the tasks; see `Engine.run`."""
        pool = _Pool(setup, self.workers)
        try:
            yield from pool.answers(iter(tasks))
        finally:
            pool.stop()


class _Worker:
    """A process, the thread that hears it and the thread that feeds it: nobody waits for a full pipe."""

    def __init__(self, setup: Setup, heard: queue.SimpleQueue[tuple[_Worker, str, Any]]) -> None:
        self.in_hand: deque[int] = deque()
        self._outbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._heard = heard
        # What a dying library writes is of no use to the reader: the parent says which report it was, and why.
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | dict.fromkeys(_ONE_THREAD, "1"),
        )
        self.say(sys.path)
        self.say(setup)
        for target in (self._listen, self._feed):
            threading.Thread(target=target, daemon=True).start()

    def say(self, message: Any) -> None:
        self._outbox.put(message)

    def _feed(self) -> None:
        assert self.process.stdin is not None
        with suppress(OSError, ValueError), self.process.stdin as pipe:  # a dead worker: the listener tells
            while (message := self._outbox.get()) is not None:
                pipe.write(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
                pipe.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as pipe:
            while True:
                try:
                    kind, content = pickle.load(pipe)  # noqa: S301  from our own worker
                except Exception:  # noqa: BLE001  the pipe ended, or what came through it is no answer
                    break
                self._heard.put((self, kind, content))
        self.process.kill()  # most often it is dead already
        self._heard.put((self, "gone", self.process.wait()))

    def stop(self) -> None:
        self.say(None)
        self.process.kill()
        self.process.wait()


class _Pool:
    def __init__(self, setup: Setup, size: int) -> None:
        self._setup, self._size = setup, size
        self._heard: queue.SimpleQueue[tuple[_Worker, str, Any]] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        self._tasks: dict[int, Task] = {}  # taken and not yet answered
        self._again: deque[int] = deque()  # to be done by another worker
        self._strikes: dict[int, int] = {}
        self._answers: dict[int, Any] = {}
        self._deaths = 0

    def answers(self, tasks: Iterator[Task]) -> Iterator[Any]:
        taken = given = 0
        while True:
            while self._has_room() and (self._again or taken - given < _AHEAD * self._size):
                if self._again:
                    number = self._again.popleft()
                else:
                    task = next(tasks, None)
                    if task is None:
                        break
                    number, taken = taken, taken + 1
                    self._tasks[number] = task
                self._hand_out(number)
            if given in self._answers:
                yield self._answers.pop(given)
                given += 1
            elif given == taken:
                return
            else:
                self._hear()

    def stop(self) -> None:
        for worker in self._workers:
            worker.stop()

    def _has_room(self) -> bool:
        return len(self._workers) < self._size or any(len(w.in_hand) < _IN_HAND for w in self._workers)

    def _hand_out(self, number: int) -> None:
        idlest = min(self._workers, key=lambda w: len(w.in_hand), default=None)
        if idlest is None or (idlest.in_hand and len(self._workers) < self._size):
            idlest = _Worker(self._setup, self._heard)
            self._workers.append(idlest)
        idlest.in_hand.append(number)
        idlest.say(self._tasks[number])

    def _hear(self) -> None:
        worker, kind, content = self._heard.get()
        if kind == "broken":
            raise content
        if kind == "done":
            self._answer(worker.in_hand.popleft(), content)
            self._deaths = 0
        elif kind == "gone":
            self._bury(worker, content)

    def _answer(self, number: int, answer: Any) -> None:
        self._answers[number] = answer
        del self._tasks[number]

    def _bury(self, worker: _Worker, code: int) -> None:
        """Count the task that a worker died of, and give the others that it held to the next."""
        self._workers.remove(worker)
        self._deaths += 1
        if self._deaths >= _DEATHS:
            raise EngineError(
                f"{self._deaths} worker processes ended one after the other ({_cause(code)})",
                hint="run again with --engine inline --debug to see why",
            )
        if not worker.in_hand:
            return
        culprit = worker.in_hand.popleft()
        self._again.extendleft(reversed(worker.in_hand))
        self._strikes[culprit] = self._strikes.get(culprit, 0) + 1
        if self._strikes[culprit] < 2:  # it may have been the machine: once more
            self._again.appendleft(culprit)
            return
        seconds = self._tasks[culprit].seconds
        self._answer(culprit, Lost(f"it took more than {seconds:.0f} s" if code == OVERTIME else _cause(code)))


def _cause(code: int) -> str:
    if code == -9:
        return "its process was ended from outside, as happens where memory runs out"
    return f"its process was ended by signal {-code}" if code < 0 else f"its process ended with code {code}"
