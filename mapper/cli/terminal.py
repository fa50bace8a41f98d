"""What reaches a terminal or a pipe: text made harmless, tables, lines of JSON, and the progress on standard error.

Report text is not trusted: escape sequences can rewrite a terminal, and bidirectional overrides can turn words around.
"""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

import json
import re
import sys
import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mapper.pipeline import Progress
    from mapper.records import Failure

__all__ = ["Pace", "json_line", "note", "printable", "progress", "report_failure", "show_table"]

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_FIRST, _LAST = 5, 500  # calls after which a rate means something, and those it is told from
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def printable(text: object) -> str:
    """Make text safe for a terminal: one line, no control character, no bidirectional override, no lone surrogate."""
    return _UNSAFE.sub("\ufffd", _BREAKS.sub(" ", str(text)))


def json_line(row: Mapping[str, Any] | Sequence[Any]) -> str:
    """Write one JSON value on one line, readable in any script, with what could act on a terminal escaped."""
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], stream: TextIO | None = None) -> None:
    """Print a table: drawn by rich on a terminal, else aligned plain text that other programs can cut.

    Parameters
    ----------
    columns
        Headings.
    rows
        Values, one a column; None is an empty cell.
    stream
        Where to; default: standard output.
    """
    cells = [[printable("" if value is None else value) for value in row] for row in rows]
    stream = stream or sys.stdout
    if stream.isatty():
        _rich_table(columns, cells)
    else:
        _plain_table(columns, cells, stream)


def _rich_table(columns: Sequence[str], cells: list[list[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))  # Text: brackets in a report are no markup
    Console(highlight=False).print(table)


def _plain_table(columns: Sequence[str], cells: list[list[str]], stream: TextIO) -> None:
    from rich.cells import cell_len  # wide (East Asian) characters take two columns

    lines = [list(columns), *cells]
    widths = [max(cell_len(line[index]) for line in lines) for index in range(len(columns))]
    for line in lines:
        padded = [cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)]
        click.echo("  ".join(padded).rstrip(), file=stream)


def note(line: str, *, quiet: bool = False) -> None:
    """Say one line on standard error, unless asked to be quiet."""
    if not quiet:
        click.echo(printable(line), err=True)


def report_failure(failure: Failure) -> None:
    """Name one input that could not be used, the reason, and what to do: one line on standard error."""
    hint = f"; {failure.hint}" if failure.hint else ""
    click.echo(printable(f"mapper: {failure.source}: {failure.reason}{hint}"), err=True)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress | None]:
    """Give a progress callback that draws on standard error, or None where nobody would see it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
        console=Console(stderr=True),
        transient=True,
    )
    paces: dict[str, Pace] = {}

    def tell(stage: str, done: int, total: int | None) -> None:
        kind = stage.split(" ", 1)[0]
        if kind not in paces:
            paces[kind] = Pace()
            bar.add_task(stage, total=total, pace="")
        task = bar.tasks[list(paces).index(kind)]
        pace = "" if kind == "writing" else paces[kind].told(done, total)  # no file takes as long as another
        bar.update(task.id, description=stage, completed=done, total=total, pace=pace)

    with bar:
        yield tell


class Pace:
    """How fast a stage goes, in words: of the last calls, each of which is one thing done.

    A number that jumps ahead counts as one: what an earlier run has done says nothing of how fast this one is.

    Parameters
    ----------
    clock
        Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._at = clock, deque[float](maxlen=_LAST)

    def told(self, done: int, total: int | None) -> str:
        """Note that one more is done; give the rate, and the time that is left where it can be told."""
        self._at.append(self._clock())
        seconds = self._at[-1] - self._at[0]
        if len(self._at) < _FIRST or seconds <= 0:
            return ""
        rate = (len(self._at) - 1) / seconds
        if total is None or done >= total:
            return f"{rate:.1f}/s"
        left = round((total - done) / rate)
        return f"{rate:.1f}/s, {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"
