"""One tree of errors. Each class has an exit code, and each error a hint that says what to do.

::

    MapperError                1   some input failed; the rest was done
    ├── UsageError             2   wrong options or arguments
    ├── SourceError            1   a report cannot be read: missing, empty, binary, malformed
    ├── GazetteerError         3   no gazetteer, a broken one, or one of another version
    ├── ServiceError           4   an online service refused or failed
    ├── OutputError            5   a result cannot be written
    ├── MissingExtraError      6   an optional part is not installed
    ├── ModelError             7   no model, a broken one, or one of another version
    └── EngineError            8   workers cannot be started or reached, or differ from this installation
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "EngineError",
    "GazetteerError",
    "MapperError",
    "MissingExtraError",
    "ModelError",
    "OutputError",
    "ServiceError",
    "SourceError",
    "UsageError",
]


class MapperError(Exception):
    """Base of every error that `mapper` raises on purpose.

    Parameters
    ----------
    message
        What went wrong, in one line, without a full stop.
    hint
        What the reader can do about it, in one line; may be empty.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # The hint is keyword-only: the default way to pickle an exception (its args) would lose it between processes.
        return _rebuild, (type(self), self.message, self.hint)


def _rebuild(cls: type[MapperError], message: str, hint: str) -> MapperError:
    return cls(message, hint=hint)


class UsageError(MapperError):
    """Wrong options or arguments."""

    exit_code = 2


class SourceError(MapperError):
    """A report cannot be read: missing, empty, binary, too large, malformed."""


class GazetteerError(MapperError):
    """No gazetteer, a broken one, or one of another schema version."""

    exit_code = 3


class ServiceError(MapperError):
    """An online service refused or failed."""

    exit_code = 4


class OutputError(MapperError):
    """A result cannot be written."""

    exit_code = 5


class MissingExtraError(MapperError):
    """An optional part of `mapper` is not installed."""

    exit_code = 6


class ModelError(MapperError):
    """No model of the language, a broken one, or one of another version."""

    exit_code = 7


class EngineError(MapperError):
    """Workers cannot be started or reached, or differ from this installation."""

    exit_code = 8
