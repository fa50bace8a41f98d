"""Where work runs: in this process, in several processes of this machine, or on a cluster of Dask.

::

    setup (what a worker does, said once) + tasks -> what the work made of each, in the order of the tasks

An engine knows nothing of reports. It is handed a `setup`, which each worker calls once and which gives the function
that does the work, and a stream of `Task`. Whatever the engine, the same function does the same to the same payload, so
the answers do not depend on it. Tasks are taken from the stream only as fast as answers go out.

A task that ends its worker (a crash, no memory, or more time than it was given) is tried once more; the second time it
comes back as `Lost`, and the rest goes on. What the work raises ends the run: it is for the work to catch what concerns
one task alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple, Protocol

from mapper.errors import UsageError

__all__ = ["AUTO_FROM", "ENGINES", "Engine", "Inline", "Lost", "Name", "Setup", "Task", "choose", "cores"]

Name = Literal["auto", "inline", "processes", "dask"]

ENGINES: tuple[Name, ...] = ("auto", "inline", "processes", "dask")
"""What `choose` knows."""

AUTO_FROM = 160
"""From so many tasks on "auto" takes processes: fewer are done before a second worker has paid for its start.

A worker is ready after some 2 s (imports, gazetteer, model), in which one process reads about 60 reports of 500 words;
two workers are level with one at about 130.
"""

Setup = Callable[[], Callable[[Any], Any]]
"""Makes a worker ready and gives what it does with a payload; it must be possible to pickle it by reference."""


class Task(NamedTuple):
    """One piece of work, and the seconds that it may take before it counts as hung."""

    payload: Any
    seconds: float


class Lost(NamedTuple):
    """In place of an answer: the task ended its worker twice; why, in words."""

    reason: str


class Engine(Protocol):
    """Where work runs."""

    @property
    def name(self) -> Name:
        """Give its name, as `choose` knows it."""

    @property
    def workers(self) -> int:
        """Count what works at one time."""

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Iterator[Any]:
        """Give the answer to each task, or `Lost`, in the order of the tasks.

        Raises
        ------
        EngineError
            When workers cannot be started or reached.
        """


class Inline:
    """One task after the other, in this process. What a task takes, it takes: nothing can end it from outside."""

    name: Name = "inline"
    workers = 1

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Iterator[Any]:
        """Give the answer to each task, as the next is asked for."""
        work = setup()
        for task in tasks:
            yield work(task.payload)


def choose(name: Name, tasks: int | None = None, *, workers: int | None = None, scheduler: str | None = None) -> Engine:
    """Give an engine by its name.

    Parameters
    ----------
    name
        "auto" is inline below `AUTO_FROM` tasks and on a single processor, else processes; with a scheduler it is dask.
    tasks
        How many there are; None is many.
    workers
        Processes to run; default: one a processor that this process may use.
    scheduler
        Address of Dask's scheduler ("tcp://host:8786"), or the path of its scheduler file.

    Raises
    ------
    UsageError
        For an unknown name, workers below one, or a scheduler where none is used or none where one is needed.
    MissingExtraError
        When Dask is not installed.
    """
    if name not in ENGINES:
        raise UsageError(f"the engine {name!r} is unknown", hint=f"known: {', '.join(ENGINES)}")
    if workers is not None and workers < 1:
        raise UsageError("at least one worker is needed", hint="give a whole number such as --workers 2")
    if name == "dask" or (name == "auto" and scheduler):
        if not scheduler:
            raise UsageError("the engine dask needs its scheduler", hint="give --scheduler tcp://HOST:8786")
        from mapper.engines.cluster import Dask  # noqa: PLC0415  optional, and slow to import

        return Dask(scheduler)
    if scheduler:
        raise UsageError(f"the engine {name} has no scheduler", hint="give --engine dask, or leave --scheduler out")
    count = workers or cores()
    if name == "auto":
        few = tasks is not None and tasks < AUTO_FROM
        name = "inline" if count == 1 or (few and workers is None) else "processes"
    if name == "inline":
        return Inline()
    from mapper.engines.processes import Processes  # noqa: PLC0415  only where it is used

    return Processes(count)


def cores() -> int:
    """Count the processors that this process may use: its affinity, and the quota of its container."""
    import os  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return max(1, min(count, int(quota) // int(period)))
    except (OSError, ValueError):  # no container, or one without a quota ("max")
        return max(1, count)
