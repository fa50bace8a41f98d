"""What the readers are handed: one input, its bytes to be read once, and how far a reader may go with them."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Literal, cast

from mapper.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "HEAD_BYTES",
    "MAX_BYTES",
    "BombError",
    "Budget",
    "Columns",
    "Input",
    "NoReportsError",
    "Reading",
    "ResultsError",
    "buffered",
    "chunks",
    "whole",
]

MAX_BYTES = 20_000_000
"""Largest report, in bytes: forty times a long book chapter. For a corpus, the longest line."""

_CHUNK = 1 << 16
_MOST_SUFFIXES = 100
HEAD_BYTES = 1 << 16
"""What `Input.head` shows at most."""


class NoReportsError(SourceError):
    """A file that can be read, but holds no reports: passed over where the user did not name it."""


class ResultsError(NoReportsError):
    """A file of lines that this project has written about reports."""


class BombError(SourceError):
    """Unpacked, an archive is larger than anything that somebody archived."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table, or keys of a line of JSON, hold what; None leaves it to a guess by name.

    `order` says how a date such as 02/08/2024 is written: "dmy" or "mdy"; None leaves it unread, as it may be two days.
    """

    text: str | None = None
    date: str | None = None
    id: str | None = None
    title: str | None = None
    url: str | None = None
    order: Literal["dmy", "mdy"] | None = None

    def __post_init__(self) -> None:
        """Refuse an order that is none.

        Raises
        ------
        UsageError
            When `order` is neither "dmy" nor "mdy".
        """
        if self.order not in {None, "dmy", "mdy"}:
            raise UsageError(
                f"{self.order!r} is no order of day and month", hint="give dmy (2 August) or mdy (8 February)"
            )


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read.

    Attributes
    ----------
    max_bytes
        Largest report, in bytes; of a corpus, the longest line.
    columns
        Columns of corpora.
    allow_private
        Whether addresses of this machine and of private networks may be read.
    interval_s
        Seconds between two requests to one host.
    timeout_s
        Seconds that each step of a request may take; all together four times as long.
    user_agent
        What servers are told of who asks.
    passed_over
        Counted while they are read: files in folders and archives that hold no report, by their suffix.
    """

    max_bytes: int = MAX_BYTES
    columns: Columns = field(default_factory=Columns)
    allow_private: bool = False
    interval_s: float = 1.0
    timeout_s: float = 30.0
    user_agent: str = "incident-mapper"
    passed_over: Counter[str] = field(default_factory=Counter, compare=False)

    def pass_over(self, name: str) -> None:
        """Count a file that holds no report, unless it is hidden; very many suffixes count as one kind in the end."""
        path = PurePosixPath(name)
        if path.name.startswith("."):
            return
        suffix = path.suffix.lower()[:12] or "without a suffix"
        known = suffix in self.passed_over or len(self.passed_over) < _MOST_SUFFIXES
        self.passed_over[suffix if known else "other"] += 1


class Budget:
    """What may come out of one archive, all that is nested in it together.

    Text packs four to one, tables twenty to one and more, and deflate ends at a thousand to one: an archive that grows
    more than two hundredfold, and beyond `ALLOWANCE` bytes, is a bomb.

    Parameters
    ----------
    packed
        Size of the archive in bytes; None is not known (a long stream on standard input).
    """

    MOST_BYTES = 50_000_000_000
    MOST_MEMBERS = 1_000_000
    MOST_RATIO = 200
    ALLOWANCE = 20_000_000
    UNKNOWN_SIZE = 20_000_000

    def __init__(self, packed: int | None) -> None:
        size = self.UNKNOWN_SIZE if packed is None else packed
        self._bytes = min(self.MOST_BYTES, max(size * self.MOST_RATIO, self.ALLOWANCE))
        self._members = self.MOST_MEMBERS

    def check(self, size: int) -> None:
        """Refuse what is said to be larger than all that may still come: its bytes would be waited for."""
        if size > self._bytes:
            raise BombError("says that it is far larger than it can be; the rest of it is not read", hint=_BOMB_HINT)

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked; `BombError` when they are too many."""
        self._bytes -= size
        if self._bytes < 0:
            raise BombError("unpacks to far more than was packed; the rest of it is not read", hint=_BOMB_HINT)

    def member(self) -> None:
        """Count a member; `BombError` when there are too many."""
        self._members -= 1
        if self._members < 0:
            hint = "unpack it and give the folder"
            raise BombError(f"has more than {self.MOST_MEMBERS:,} members; the rest is not read", hint=hint)


_BOMB_HINT = "look at what it holds; if you trust it, unpack it and give the folder"


@dataclass(frozen=True, slots=True)
class Input:
    """Bytes to be read once, from front to back, and what is known of them before.

    Attributes
    ----------
    source
        What documents and failures name: a path, an address, and behind "!/" the member of an archive.
    name
        Its file name, for the suffix and for ids.
    file
        The bytes. Its `peek` shows what comes.
    size
        Packed size in bytes, where it is known.
    read_as
        The containers that were opened on the way here ("zip", "e-mail").
    url, media_type, charset
        As the server, the web archive or the e-mail declares them.
    asked
        Whether the user named it; what was only found beside others is passed over where it holds no report.
    budget
        Of the archive that it lies in.
    """

    source: str
    name: str
    file: io.BufferedReader
    size: int | None = None
    read_as: tuple[str, ...] = ()
    url: str | None = None
    media_type: str = ""
    charset: str | None = None
    asked: bool = True
    budget: Budget | None = None

    def head(self) -> bytes:
        """Give the first bytes and leave them to be read."""
        return self.file.peek(HEAD_BYTES)[:HEAD_BYTES]

    def inner(self, name: str, file: io.BufferedReader, kind: str, **known: object) -> Input:
        """Give an input for a member of this one, opened as `kind`."""
        changes = {"url": None, "media_type": "", "charset": None, "size": None, "asked": False} | known
        return replace(
            self,
            source=f"{self.source}!/{name}",
            name=name,
            file=file,
            read_as=(*self.read_as, kind),
            **changes,  # type: ignore[arg-type]
        )


class _Metered(io.RawIOBase):
    """Bytes of another file, counted against a budget; without a way back."""

    def __init__(self, file: IO[bytes], budget: Budget | None, first: bytes = b"") -> None:
        self._file, self._budget, self._first = file, budget, first

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        if self._first:
            data, self._first = self._first[: len(view)], self._first[len(view) :]
        else:
            data = self._file.read(len(view))
            if self._budget is not None:
                self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


def buffered(file: IO[bytes] | bytes, budget: Budget | None = None, *, first: bytes = b"") -> io.BufferedReader:
    """Make a file that can be peeked into of bytes, or of another file whose first bytes may have been read."""
    if isinstance(file, bytes):
        return io.BufferedReader(io.BytesIO(file), HEAD_BYTES)
    return io.BufferedReader(_Metered(file, budget, first), HEAD_BYTES)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Give what a file holds in pieces."""
    while chunk := file.read(_CHUNK):
        yield chunk


def whole(item: Input, limit: int) -> bytes:
    """Read all of an input.

    Raises
    ------
    SourceError
        When it is larger than the limit, in bytes.
    """
    data = item.file.read(limit + 1)
    if len(data) > limit:
        hint = "split it, or give the reports as JSONL, which is read line by line"
        raise SourceError(f"is larger than the limit of {limit:,} bytes for one report", hint=hint)
    return data
