"""Python's memory where millions of values are made at once, or were: when it is looked through, and given back."""

from __future__ import annotations

import ctypes
import gc
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["give_back", "uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector of cycles: where many small values are made and none is in a cycle, it costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def give_back() -> None:
    """Hand what is free back to the system: Python keeps small things for reuse, and glibc what large arrays left."""
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)  # where the C library has it
