"""A cluster of Dask (extra ``dask``): workers on any number of machines, each with its own installation."""

from __future__ import annotations

import pickle
from collections import deque
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.engines import Lost, Task
from mapper.engines.worker import run_many
from mapper.errors import EngineError, MapperError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.engines import Name, Setup

__all__ = ["Dask"]

_TOGETHER = 8  # tasks sent as one: a scheduler spends about a millisecond on each thing that it is asked for
_AHEAD = 4  # such bundles a thread of the cluster
_PATIENCE = 30.0  # seconds for the scheduler to answer, and for a first worker to come
_LIVES = 2  # times that a task may be told to have ended a worker


class Dask:
    """The workers of a scheduler that is already running.

    Parameters
    ----------
    scheduler
        Its address, or the path of the file that it writes with ``--scheduler-file``.

    Raises
    ------
    MissingExtraError
        Dask is not installed.
    EngineError
        The scheduler does not answer.
    """

    name: Name = "dask"

    def __init__(self, scheduler: str) -> None:
        try:
            distributed: Any = import_module("distributed")  # optional, and untyped in parts
        except ImportError as error:
            raise MissingExtraError(
                "the engine dask needs dask.distributed", hint="pip install 'incident-mapper[dask]'"
            ) from error
        where = {"scheduler_file": scheduler} if Path(scheduler).is_file() else {"address": scheduler}
        try:
            self._client: Any = distributed.Client(**where, timeout=_PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            hint = "start one with: dask scheduler, and on each machine: dask worker tcp://HOST:8786"
            raise EngineError(f"no Dask scheduler with workers answers at {scheduler} ({reason})", hint=hint) from error
        self._killed: type[Exception] = distributed.KilledWorker

    @property
    def workers(self) -> int:
        """Threads of the cluster at this moment; it may grow and shrink."""
        threads: int = sum(self._client.nthreads().values())
        return max(1, threads)

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Iterator[Any]:
        """Give the answer to each task, or `Lost`, in the order of the tasks; see `Engine.run`."""
        said, source = pickle.dumps(setup), iter(tasks)
        sent: deque[tuple[list[Task], Any]] = deque()
        try:
            while True:
                room = _AHEAD * self.workers  # asked for each time: a cluster may grow and shrink
                while len(sent) < room and (bundle := list(islice(source, _TOGETHER))):
                    sent.append((bundle, self._submit(said, bundle)))
                if not sent:
                    return
                bundle, future = sent.popleft()
                yield from self._answers(said, bundle, future)
        finally:
            self._client.cancel([future for _, future in sent])
            self._client.close()

    def _submit(self, setup: bytes, bundle: list[Task]) -> Any:
        return self._client.submit(run_many, setup, bundle, pure=False, retries=0)

    def _answers(self, setup: bytes, bundle: list[Task], future: Any, life: int = 1) -> Iterator[Any]:
        """Wait for a bundle; where it ended its workers, each of its tasks is tried by itself."""
        try:
            yield from future.result()
        except self._killed:
            if len(bundle) == 1 and life >= _LIVES:
                yield Lost(f"it ended the workers it was given to, or took more than {bundle[0].seconds:.0f} s")
                return
            for task in bundle:
                yield from self._answers(setup, [task], self._submit(setup, [task]), life + 1)
        except MapperError:
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            hint = "every worker needs the same version of incident-mapper as this machine"
            raise EngineError(f"the Dask cluster failed ({reason})", hint=hint) from error
