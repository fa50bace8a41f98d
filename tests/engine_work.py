"""Work for the tests of engines: workers of other processes import it by name, so it lives in a module of its own."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from mapper.errors import UsageError


def doubling():
    return lambda number: 2 * number


def naming_its_process():
    return lambda number: (number, os.getpid())


def broken_setup():
    raise UsageError("the worker cannot be made ready", hint="never mind")


def raising():
    def work(number):
        if number == 3:
            raise UsageError("three is too many", hint="take two")
        return number

    return work


def dying():
    """Die of one payload: always of "die", and of a path once."""

    def work(payload):
        if isinstance(payload, Path) and not payload.exists():
            payload.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if payload == "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        return str(payload)

    return work


def hanging():
    def work(payload):
        while payload == "hang":
            time.sleep(0.01)
        return payload

    return work


def printing():
    def work(number):
        print("a library that says something on standard output")
        return number

    return work
