"""Columns of a page that grow part by part, as JSON in a file without a name: memory holds one column at a time.

A page of a hundred thousand incidents carries some sixty megabytes of JSON, and the lists and texts that it is made of
take ten times that. Small pages never touch the disk.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Columns", "Spill", "Table"]

_IN_MEMORY = 4_000_000
"""Bytes from which a spill goes to the disk."""
_AT_ONCE = 1_000_000


class _Piece(NamedTuple):
    start: int
    length: int


class Spill:
    """Bytes put aside, to be read again in any order.

    Parameters
    ----------
    folder
        Where the file is made, once there is much; the system's folder for such files by default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        where = None if folder is None else str(folder)
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=where)  # noqa: SIM115  closed with this
        self._end = 0
        self.close = weakref.finalize(self, self._file.close)

    def put(self, pieces: Iterable[bytes]) -> _Piece:
        """Put bytes aside that come one after another."""
        start = self._end
        for piece in pieces:
            self._file.seek(self._end)  # what is written may be made of what is read here
            self._end += self._file.write(piece)
        return _Piece(start, self._end - start)

    def get(self, piece: _Piece) -> bytes:
        """Read a piece again."""
        self._file.seek(piece.start)
        return self._file.read(piece.length)

    def chunks(self, piece: _Piece) -> Iterator[bytes]:
        """Read a piece again, a megabyte at a time."""
        for start in range(piece.start, piece.start + piece.length, _AT_ONCE):
            yield self.get(_Piece(start, min(_AT_ONCE, piece.start + piece.length - start)))


class Table:
    """A table that comes part by part: lists of what JSON can say, each column of each part a piece."""

    def __init__(self, spill: Spill) -> None:
        self._spill = spill
        self._parts: list[tuple[int, dict[str, _Piece]]] = []
        self._told: set[str] = set()

    def __len__(self) -> int:
        """Count the rows."""
        return sum(n for n, _ in self._parts)

    def add(self, columns: Mapping[str, list[Any]]) -> None:
        """Take a part, whose columns are equally long."""
        n = len(next(iter(columns.values()), ()))
        if not n:
            return
        self._told.update(name for name, values in columns.items() if any(value is not None for value in values))
        self._parts.append((n, {name: self._spill.put([orjson.dumps(v)]) for name, v in columns.items()}))

    def says(self, name: str) -> bool:
        """Tell whether a column holds anything but None."""
        return name in self._told

    def parts(self, *names: str) -> Iterator[dict[str, list[Any]]]:
        """Give some columns, a part at a time; one that a part lacks is a column of None."""
        for n, pieces in self._parts:
            yield {
                name: orjson.loads(self._spill.get(pieces[name])) if name in pieces else [None] * n for name in names
            }

    def column(self, name: str) -> list[Any]:
        """Give a whole column."""
        return [value for part in self.parts(name) for value in part[name]]


class Columns(Mapping[str, Any]):
    """A table as the page gets it: columns by name, each read when it is asked for.

    Parameters
    ----------
    spill
        Where they are.
    """

    def __init__(self, spill: Spill) -> None:
        self._spill = spill
        self._pieces: dict[str, _Piece] = {}

    def put(self, name: str, value: Any) -> None:
        """Take a column."""
        self._pieces[name] = self._spill.put([orjson.dumps(value)])

    def put_lists(self, name: str, parts: Iterable[list[Any]]) -> None:
        """Take a column that comes part by part."""
        self._pieces[name] = self._spill.put(_as_one(parts))

    def replaced(self, values: Mapping[str, Any]) -> Columns:
        """Give these columns with other values in some of them."""
        made = Columns(self._spill)
        made._pieces = dict(self._pieces)
        for name, value in values.items():
            made.put(name, value)
        return made

    def __getitem__(self, name: str) -> Any:
        """Read a column."""
        return orjson.loads(self._spill.get(self._pieces[name]))

    def __iter__(self) -> Iterator[str]:
        """Give the names in their order."""
        return iter(self._pieces)

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._pieces)

    def json(self) -> Iterator[bytes]:
        """Give all columns as one JSON object, piece by piece."""
        lead = b"{"
        for name, piece in self._pieces.items():
            yield lead + orjson.dumps(name) + b":"
            yield from self._spill.chunks(piece)
            lead = b","
        yield b"}" if self._pieces else b"{}"


def _as_one(parts: Iterable[list[Any]]) -> Iterator[bytes]:
    lead = b"["
    for values in parts:
        if values:
            yield lead + orjson.dumps(values)[1:-1]
            lead = b","
    yield b"]" if lead == b"," else b"[]"
