"""Columns of text to values: numbers, days and lists, with the rows whose text is neither empty nor one of them."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Days", "as_days", "counts", "day_order", "first_url", "month_of", "names", "numbers", "texts", "year_of"]

_URL: Final = re.compile(r"https?://[^\s;,\"'<>]+")
_UNKNOWN: Final = frozenset({"unknown", "not known", "n/a", "na", "nan", "none", "null", "-", "-9", "-99", "."})
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS: Final = re.compile(r"(\d{1,2})[ \-/.]+([A-Za-z]{3,9})\.?[ \-/.,]+(\d{2}|\d{4})")
_WORDS_FIRST: Final = re.compile(r"([A-Za-z]{3,9})\.?[ ]+(\d{1,2}),?[ ]+(\d{4})")
_FIGURES: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T].*)?")
_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS_SHORT: Final = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


class Days(NamedTuple):
    """A column of days, None where there is none, and the rows whose text is no day."""

    days: list[dt.date | None]
    bad: list[int]


def texts(column: Sequence[str]) -> list[str | None]:
    """Give texts, None for empty cells and for words such as "Unknown"."""
    return [None if not cell or cell.lower() in _UNKNOWN else cell for cell in column]


def names(*columns: Sequence[str]) -> list[list[str]]:
    """Give the names in several columns as one list a row, in their order, each once; ";" parts names in a cell."""
    told: list[list[str]] = [[] for _ in columns[0]]
    for column in columns:
        for row, cell in enumerate(column):
            if cell:
                for name in cell.split(";"):
                    clean = name.strip()
                    if clean and clean.lower() not in _UNKNOWN and clean not in told[row]:
                        told[row].append(clean)
    return told


def numbers(column: Sequence[str]) -> tuple[list[float], list[int]]:
    """Give numbers (NaN where there is none) and the rows that hold no number; a comma may stand for the point."""
    values: list[float] = []
    bad: list[int] = []
    for row, cell in enumerate(column):
        value = _number(cell)
        if math.isnan(value) and cell and cell.lower() not in _UNKNOWN:
            bad.append(row)
        values.append(value)
    return values, bad


def _number(cell: str) -> float:
    if not cell:
        return math.nan
    try:
        value = float(cell)
    except ValueError:
        if cell.count(",") != 1 or "." in cell:
            return math.nan
        try:
            value = float(cell.replace(",", "."))
        except ValueError:
            return math.nan
    return value if math.isfinite(value) else math.nan


def counts(column: Sequence[str]) -> tuple[list[int | None], list[int]]:
    """Give whole numbers of people (None where there is none, or a code below nought such as -99), and bad rows."""
    values, bad = numbers(column)
    whole: list[int | None] = []
    for row, value in enumerate(values):
        if math.isnan(value) or value < 0:
            whole.append(None)
        elif value != int(value) or value > 1e9 or "," in column[row]:  # "1,234" may be 1234 or 1.234
            whole.append(None)
            bad.append(row)
        else:
            whole.append(int(value))
    return whole, bad


def first_url(cell: str) -> str | None:
    """Give the first web address in a text."""
    found = _URL.search(cell) if "http" in cell else None
    return found[0].rstrip(").]") if found else None


def as_days(column: Sequence[str]) -> Days:
    """Read days as the publishers and spreadsheets write them.

    2024-02-07, 20240207, 07 February 2024, 7-Feb-24, February 7, 2024; and 7/2/2024 where the column as a whole tells
    whether the day or the month comes first: a date that could be two days is none.
    """
    known: dict[str, dt.date | None] = {"": None}
    read = _reader(day_order(column))
    for cell in column:
        if cell not in known:
            known[cell] = read(cell)
    bad = [row for row, cell in enumerate(column) if known[cell] is None and cell and cell.lower() not in _UNKNOWN]
    return Days([known[cell] for cell in column], bad)


def day_order(column: Sequence[str]) -> str:
    """Tell whether dates in figures (7/2/2024) begin with the "day" or the "month"; "" where nothing tells."""
    first = second = False
    for cell in set(column):
        found = _FIGURES.fullmatch(cell)
        if found:
            first |= int(found[1]) > 12
            second |= int(found[2]) > 12
    return "" if first == second else "day" if first else "month"


def _reader(order: str) -> Callable[[str], dt.date | None]:
    def read(cell: str) -> dt.date | None:
        try:
            return _day(cell, order)
        except ValueError:
            return None

    return read


def _day(cell: str, order: str) -> dt.date | None:
    found = _ISO.fullmatch(cell) or _COMPACT.fullmatch(cell)
    if found:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDS.fullmatch(cell):
        number = _month(found[2])
        return dt.date(_year(found[3]), number, int(found[1])) if number else None
    if found := _WORDS_FIRST.fullmatch(cell):
        number = _month(found[1])
        return dt.date(int(found[3]), number, int(found[2])) if number else None
    if (found := _FIGURES.fullmatch(cell)) and (order or found[1] == found[2]):
        day, month = (found[1], found[2]) if order != "month" else (found[2], found[1])
        return dt.date(int(found[3]), int(month), int(day))
    return None


def _month(word: str) -> int | None:
    return (
        _MONTHS.get(word.lower()) or _MONTHS_SHORT.get(word.lower()[:3])
        if len(word) <= 4
        else _MONTHS.get(word.lower())
    )


def _year(text: str) -> int:
    # Two figures as POSIX has it (strptime's %y): 69-99 are of the last century.
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= 69 else 2000)


def month_of(year: int, month: int) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def year_of(year: int) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
