"""A file as a table of text: which scheme its header belongs to, and its rows, each by itself.

Detection goes by the header, whatever the file is called; GDELT's files have none and are known by their shape. One row
that is broken (a quote that never closes, too few cells) costs itself alone.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapper.errors import MissingExtraError, SourceError
from mapper.formats.hxl import is_tag_row
from mapper.formats.schemes import gdelt
from mapper.formats.table import bare
from mapper.sources.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["SUFFIXES", "Table", "read_table", "scheme_of"]

SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm"})
"""Endings that tables come with; files of other endings are not looked into."""

_MARKS: Final = {
    "acled": frozenset({"event_date", "event_type", "sub_event_type"}),
    "ucdp": frozenset({"type_of_violence", "where_prec", "date_prec"}),
    "gtd": frozenset({"eventid", "iyear", "attacktype1"}),
    "gdelt": frozenset({"globaleventid", "sqldate", "eventcode"}),
}
"""Columns that a header of the scheme has and no other one, in small letters."""

_BARE_GDELT: Final = {
    61: gdelt.COLUMNS,
    58: [name for name in gdelt.COLUMNS if not name.endswith("ADM2Code")],  # GDELT 1.0 has no such columns
}
_DELIMITERS: Final = (",", ";", "\t", "|")
_LONGEST_CELL: Final = 2**31 - 1
_PEEK: Final = 65_536
_SHEET_PEEK: Final = 20  # rows: licence notes may stand above the header


@dataclass(slots=True)
class Table:
    """The rows of a file, by column.

    Attributes
    ----------
    scheme
        Key of `mapper.formats.schemes.SCHEMES`.
    lines
        Where each row stands in the file, from 1.
    cells
        Text by the scheme's own name of the column, "" where there is nothing.
    problems
        Reasons, with the rows they concern.
    """

    scheme: str
    sha256: str
    lines: list[int]
    cells: Mapping[str, Sequence[str]]
    problems: dict[str, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> Sequence[str]:
        """Give one of the columns that were asked for; it is empty where the file has none of that name."""
        return self.cells[name]

    def complain(self, reason: str, rows: Iterable[int]) -> None:
        """Note a reason against rows, which are counted from 0."""
        self.problems.setdefault(reason, []).extend(self.lines[row] for row in rows)


def scheme_of(path: str | Path) -> str | None:
    """Tell which scheme a file is in; None for all else, and for what cannot be read.

    Parameters
    ----------
    path
        A file. One that is called `NAME.acled.csv` (or ucdp, gtd, gdelt) is taken at its word.

    Raises
    ------
    MissingExtraError
        It is a workbook, and openpyxl is not installed.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        return None
    try:
        if not path.is_file():
            return None
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            return _scheme_of_sheet(path)
        with path.open("rb") as file:
            head = decode(file.read(_PEEK))
    except (OSError, ValueError, SourceError):
        return None
    return _of_text(head, _named(path))[0]


def _named(path: Path) -> str | None:
    """Give the scheme that a file is called by (NAME.acled.csv)."""
    return next((name for suffix in path.suffixes[-2:-1] if (name := suffix[1:].lower()) in _MARKS), None)


def read_table(path: Path, reads: Mapping[str, Sequence[str]], scheme: str | None = None) -> Table:
    """Read a file in one of the schemes.

    Parameters
    ----------
    reads
        The columns that are wanted of each scheme; a fifth of GTD's 135 are.
    scheme
        Its scheme where that is known; by default the header tells.

    Raises
    ------
    SourceError
        The file cannot be read, or is in none of the schemes.
    MissingExtraError
        It is a workbook, and openpyxl is not installed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}", hint="check the path") from error
    digest = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _table(path, *_sheet(path), digest=digest, reads=reads)
    try:
        text = decode(data)
    except SourceError as error:
        raise SourceError(f"{path} {error.message}", hint=error.hint) from error
    found, delimiter, columns = _of_text(text[:_PEEK], scheme or _named(path))
    if found is None:
        raise _no_scheme(path)
    lines = io.StringIO(text, newline="").readlines()
    if columns is not None:
        return _table(path, found, columns, _unquoted(lines, delimiter), digest=digest, reads=reads)
    header = next((row for _, row in _quoted(lines, delimiter, 0) if row), [])
    rows = _quoted(lines, delimiter, len(header))
    return _table(path, found, header, itertools.islice(rows, 1, None), digest=digest, reads=reads)


def _no_scheme(path: Path) -> SourceError:
    return SourceError(
        f"{path} is no table of ACLED, UCDP GED, GTD or GDELT",
        hint="give the file as it was downloaded, with its row of column names",
    )


def _table(
    path: Path,
    scheme: str,
    header: Sequence[str],
    rows: Iterator[tuple[int, Sequence[str]]],
    *,
    digest: str,
    reads: Mapping[str, Sequence[str]],
) -> Table:
    """Keep the wanted columns of rows that fit the header."""
    known = {name.lower(): name for name in reads[scheme]}
    at = {known[key]: place for place, name in enumerate(header) if (key := _key(name)) in known}
    lost = [name for name in _MARKS[scheme] if known[name] not in at]
    if lost:
        raise SourceError(
            f"{path} has no column {known[min(lost)]}", hint="download it again with all columns of the scheme"
        )
    width, places = len(header), list(at.values())
    lines: list[int] = []
    kept: list[list[str]] = []
    ragged: list[int] = []
    for line, row in rows:
        if len(row) != width and any(cell.strip() for cell in row[width:]) | (len(row) < width):
            if any(cell.strip() for cell in row):
                ragged.append(line)
            continue
        cells = [row[place] for place in places]
        if not any(cells) or (len(kept) == 0 and is_tag_row(row)):
            continue
        lines.append(line)
        kept.append(cells)
    columns = zip(*kept, strict=True) if kept else [() for _ in places]
    named = dict.fromkeys(reads[scheme], [""] * len(lines))
    named |= {name: [_text(cell) for cell in column] for name, column in zip(at, columns, strict=True)}
    table = Table(scheme, digest, lines, named)
    if ragged:
        table.problems[f"the row has not the {width} cells of the header"] = ragged
    return table


def _text(cell: str) -> str:
    cell = cell.strip()
    return bare(cell) if cell[:1] == "'" else cell  # the apostrophe that keeps a spreadsheet from running it


# Text -----------------------------------------------------------------------------------------------------------------


def _of_text(head: str, scheme: str | None = None) -> tuple[str | None, str, Sequence[str] | None]:
    """Give the scheme, the delimiter, and the columns where there is no header."""
    first = next((line for line in io.StringIO(head, newline="") if line.strip()), "")
    cells = first.rstrip("\r\n").split("\t")
    if len(cells) in _BARE_GDELT and cells[0].isdigit() and re.fullmatch(r"\d{8}", cells[1]):
        return "gdelt", "\t", _BARE_GDELT[len(cells)]
    best: tuple[int, str | None, str] = (0, None, ",")
    for delimiter in _DELIMITERS:
        names = {_key(name) for name in next(csv.reader([first], delimiter=delimiter), [])}
        for key, marks in _MARKS.items():
            fits = marks <= names if scheme is None else key == scheme
            if fits and len(names) > best[0]:
                best = (len(names), key, delimiter)
    return best[1], best[2], None


def _key(name: Any) -> str:
    return bare(str(name)).strip().strip('"').lower() if name is not None else ""


def _unquoted(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of GDELT's own files: in them a quote is a character like any other."""
    for number, line in enumerate(lines, start=1):
        yield number, line.rstrip("\r\n").split(delimiter)


def _quoted(lines: Sequence[str], delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a CSV file, blank ones left out, each with the number of its first line.

    A quote that is not closed swallows the rows after it. That shows in what follows the next quote, or in a row of
    several lines with another number of cells than the header: then the first line is given alone, and reading goes on
    with the second.
    """
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        start, end = 0, len(lines)
        while start < end:
            reader = csv.reader(itertools.islice(lines, start, None), delimiter=delimiter, strict=True)
            before = start
            try:
                for row in reader:
                    after = start + reader.line_num
                    if width and len(row) != width and after - before > 1:
                        break
                    if row:
                        yield before + 1, row
                    before = after
                else:
                    return
            except csv.Error:
                pass
            yield before + 1, next(csv.reader([lines[before]], delimiter=delimiter), [])
            start = before + 1
    finally:
        csv.field_size_limit(limit)


# Workbooks ------------------------------------------------------------------------------------------------------------


def _scheme_of_sheet(path: Path) -> str | None:
    for _, scheme, _, _ in _sheets(path, _SHEET_PEEK):
        return scheme
    return None


def _sheet(path: Path) -> tuple[str, list[str], Iterator[tuple[int, list[str]]]]:
    for rows, scheme, at, header in _sheets(path, None):
        numbered = [(line, [_cell(value) for value in row]) for line, row in enumerate(rows, start=1) if line > at]
        width = len(header)
        return scheme, header, ((line, (row + [""] * width)[: max(width, len(row))]) for line, row in numbered)
    raise _no_scheme(path)


def _sheets(path: Path, most: int | None) -> Iterator[tuple[list[Any], str, int, list[str]]]:
    """Give the rows of each sheet that has a header of a scheme among its first rows, with the header's number."""
    try:
        import openpyxl  # noqa: PLC0415  (optional)
    except ImportError as error:
        raise MissingExtraError(
            "Excel files need openpyxl", hint="pip install 'incident-mapper[excel]', or save the table as .csv"
        ) from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl fails in many ways on what is no workbook
        raise SourceError(f"{path} is not an Excel workbook", hint="save it as .xlsx or .csv") from error
    try:
        for sheet in book.worksheets:
            rows = list(sheet.iter_rows(values_only=True, max_row=most))
            for at, row in enumerate(rows[:_SHEET_PEEK], start=1):
                names = {_key(name) for name in row}
                scheme = next((key for key, marks in _MARKS.items() if marks <= names), None)
                if scheme is not None:
                    yield rows, scheme, at, [_cell(name) for name in row]
                    break
    finally:
        book.close()


def _cell(value: Any) -> str:
    """Write a cell of a workbook as the text that a CSV file would have."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
