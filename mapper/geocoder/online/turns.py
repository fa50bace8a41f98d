"""One request at a time to a server, and so many seconds between two, whoever asks on this machine.

A lock on a file holds between threads and processes alike, and is let go of when its holder dies.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mapper.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import FileLock

    from mapper.geocoder.online.ledger import Ledger
    from mapper.geocoder.online.providers import Target

__all__ = ["turn"]

QUEUE_S = 120.0
"""Longest wait for others who ask the same server."""


@contextmanager
def turn(target: Target, ledger: Ledger, *, longest_wait_s: float, requests_a_day: int | None = None) -> Iterator[None]:
    """Hold the turn at a server while it is asked.

    Parameters
    ----------
    target
        The server, and the seconds between two requests to it; servers without an interval need no turn.
    ledger
        Knows when any process asked last, and for how long the server wants to be left alone.
    longest_wait_s
        A server that wants to be left alone for longer is given up.
    requests_a_day
        Requests of all processes together in a day (UTC); None sets no bound.

    Raises
    ------
    ServiceError
        Others ask for too long, the server wants to be left alone for too long, or the day's requests are used up.
    """
    if not target.interval_s:
        _wait(_seconds_left(target, ledger, longest_wait_s))
        yield
        return
    lock = _taken(ledger.path.parent, target.host)
    try:
        if requests_a_day is not None and ledger.use(target.host).requests >= requests_a_day:
            raise ServiceError(
                f"{target.host} has had the {requests_a_day} requests of today that its terms leave room for",
                hint="go on tomorrow (UTC), or use --domain with a server of your own, or the offline gazetteer",
            )
        _wait(_seconds_left(target, ledger, longest_wait_s))
        ledger.asked(target.host, requests=1)  # before, in case this process dies in the middle
        try:
            yield
        finally:
            ledger.asked(target.host)  # after: a request that was slow to arrive must not arrive close to the next
    finally:
        lock.release()


def _taken(folder: Path, server: str) -> FileLock:
    from filelock import FileLock, Timeout  # noqa: PLC0415  not needed offline

    lock = FileLock(folder / f"{hashlib.sha256(server.encode()).hexdigest()[:16]}.lock", timeout=QUEUE_S, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise ServiceError(
            f"others have been asking {server} for {QUEUE_S:.0f} seconds", hint="try again when they are done"
        ) from error
    except OSError as error:
        raise ServiceError(
            f"the turn at {server} cannot be taken ({error.strerror})",
            hint="point the setting cache_dir (MAPPER_CACHE_DIR) at a folder that can be written",
        ) from error
    return lock


def _seconds_left(target: Target, ledger: Ledger, longest_wait_s: float) -> float:
    use, now = ledger.use(target.host), time.time()
    if use.not_before - now > longest_wait_s:
        raise ServiceError(
            f"{target.host} limits how often it may be asked",
            hint=f"ask again in {use.not_before - now:.0f} seconds, or use the offline gazetteer",
        )
    # A clock that was set back must not make anyone wait longer than the interval.
    since = min(max(use.asked + target.interval_s - now, 0.0), target.interval_s)
    return max(since, use.not_before - now)


def _wait(seconds: float) -> None:
    if seconds > 0:
        time.sleep(seconds)
