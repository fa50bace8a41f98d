"""Where data goes: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import io
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from mapper.formats.aside import written_aside
from mapper.formats.table import CSV_ENCODING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["data_stream"]

_ACTS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@contextmanager
def data_stream(output: str | None) -> Iterator[TextIO]:
    """Give the text stream that data goes to: standard output, or a file written aside and renamed at the end.

    A file of CSV begins with the mark of UTF-8, as `mapper export` writes it; standard output never does.

    Raises
    ------
    OutputError
        When the file cannot be written; an earlier one of that name is left as it was.
    """
    if output is None:
        yield cast("TextIO", _Harmless(sys.stdout)) if sys.stdout.isatty() else sys.stdout
        return
    path = Path(output)
    encoding = CSV_ENCODING if path.suffix.lower() == ".csv" else "utf-8"
    with written_aside(path) as aside, aside.open("w", encoding=encoding, newline="") as stream:
        yield stream


class _Harmless(io.TextIOBase):
    """A terminal that whole files are shown on: whatever could act on it is replaced, one character for one."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def write(self, text: str) -> int:
        self._terminal.write(_ACTS.sub("\ufffd", text))
        return len(text)

    def isatty(self) -> bool:
        return True
