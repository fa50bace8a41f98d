"""Publication dates: as a user gives them, as a corpus line has them, as a report prints them above its text.

Only dates that can be read in one way are read: `02/08/2024` is two different days in London and in New York.
"""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Literal

from mapper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["header_date", "machine_date", "parse_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]*\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = r"(?:(?:\s*[,|T]|\s)\s*(?:at\s+)?\d{1,2}(?:[:.]\d{2}|\s*[ap]\.?m\b)[^\n]{0,30})?"
_DAY_MONTH = rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+"
_MONTH_DAY = rf"{_MONTH}\s+{_DAY},?\s+"
_YEAR = r"(?P<year>\d{4})"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<separator>[-/.])(?P<number>\d{{1,2}})(?P=separator)(?P<day>\d{{1,2}}){_TIME}",
        rf"{_WEEKDAY}{_DAY_MONTH}{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH_DAY}{_YEAR}{_TIME}",
    )
)
_AMBIGUOUS = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_ORDERS = {
    "dmy": re.compile(
        rf"(?P<day>\d{{1,2}})(?P<separator>[-/.])(?P<number>\d{{1,2}})(?P=separator)(?P<year>\d{{4}}){_TIME}"
    ),
    "mdy": re.compile(
        rf"(?P<number>\d{{1,2}})(?P<separator>[-/.])(?P<day>\d{{1,2}})(?P=separator)(?P<year>\d{{4}}){_TIME}"
    ),
}
_LABELLED = re.compile(
    r"\W{0,4}(?:first\s+)?(?:published|posted|issued|date|date[ _]published|publication[ _]date|pub[ _]?date)\W{0,4}?"
    r"(?:\s+on|\s+at)?[*_]{0,2}(?:\s*[:=]\s*|\s+)(?P<value>\S.{0,160})",
    re.IGNORECASE,
)
# "Port Sudan, Tuesday 8 April 2025", "By our correspondent | 5 March 2026": a line of its own under the headline; as
# the first line only where it says what kind of paper it is ("DAILY BULLETIN, Monday 3 March 2025"), since headlines
# tell of other days too.
_BYLINE = re.compile(
    r"(?P<head>[^\W\d_](?:[^.!?\n]|(?<=\b[Nn]o)\.){1,70})(?:\s*[,|\u00b7\u2013\u2014-]\s+|\s+\()(?P<value>\w[^()]{4,40})\)?"
)
_PAPER = re.compile(r"\b(?:bulletin|report|notice|update|statement|digest|newsletter|briefing|log)\b", re.IGNORECASE)
_BYLINE_LINES = 3
# "BAGHDAD, Feb. 8, 2024 (Agency) --", "GREENFIELD, Ind. (April 3, 2024) --" and, in the wire style of the 1990s,
# "SAN SALVADOR, 3 JAN 90 --".
_DATELINE = tuple(
    re.compile(rf"\s*[^\W\d_][^()\n]{{1,60}}?{form}", re.IGNORECASE)
    for day in (rf"{_MONTH_DAY}{_YEAR}", rf"{_DAY_MONTH}(?P<year>\d{{4}}|\d{{2}})")
    for form in (
        rf",\s+{_WEEKDAY}{day}\s*(?:\(|\[|[-–—:])",
        rf"\s+[(\[]{_WEEKDAY}{day}[)\]]\s*[-–—:]",
    )
)
# "Humanitarian update no. 14 - Sudan, 9-15 June 2025": what is told of some days is told at their end.
_PERIOD = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\d{{1,2}}(?:\s+[a-z]{{3,9}}\.?)?\s*(?:[-–—]|to|until)\s*{_DAY_MONTH}{_YEAR}",
        rf"{_MONTH}\s+\d{{1,2}}\s*(?:[-–—]|to|until)\s*{_DAY},?\s+{_YEAR}",
    )
)
_STAMP = re.compile(r"(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})T?\d{6}Z?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_EARLIEST_EPOCH = 1e8  # March 1973, before any news that a machine has stamped
_RFC_2822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s")
_HEADER_CHARS = 3_000
_HEADER_LINES = 12
_DATELINE_LINES = 6
# News, not history or fiction: the bounds also keep later arithmetic on dates from running off the calendar.
_YEARS = range(1000, 3000)


def parse_date(text: str) -> dt.date:
    """Read a date that can mean one day only.

    Parameters
    ----------
    text
        ISO 8601 (a time of day after it is dropped), `2024/02/08`, `8 February 2024`, `Feb. 8, 2024`.

    Returns
    -------
    datetime.date
        The day as written; time zones do not move it.

    Raises
    ------
    UsageError
        When it is no date, no day of the calendar, or could be two days (`02/08/2024`).
    """
    value = text.strip()
    shown = _shown(value)
    for form in _FORMS:
        if match := form.fullmatch(value):
            return _day(match, shown)
    if _AMBIGUOUS.fullmatch(value):
        raise UsageError(f"the date {shown} can be read in two ways", hint="write year-month-day, such as 2024-02-08")
    try:
        found = dt.datetime.fromisoformat(value).date()  # the rarer spellings of ISO 8601: 20240208, 2024-W06-4
    except ValueError:
        raise UsageError(f"{shown} is not a date", hint="write year-month-day, such as 2024-02-08") from None
    return _within(found, shown)


def machine_date(value: object, *, order: Literal["dmy", "mdy"] | None = None) -> dt.date | None:
    """Read a date as machines write it, or return None.

    Parameters
    ----------
    value
        What `parse_date` reads, the form of e-mail and RSS (`Thu, 08 Feb 2024 10:00:00 GMT`), fourteen digits
        (20240208100000), seconds or milliseconds since 1970, or a date object.
    order
        How a date of three numbers that ends in its year is meant (02/08/2024); None leaves it unread.

    Returns
    -------
    datetime.date or None
        The day as written, in its own time zone; of seconds since 1970, in UTC.
    """
    try:
        if isinstance(value, dt.date):
            return _within(value.date() if isinstance(value, dt.datetime) else value, "")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _within(_since_epoch(float(value)), "")
        text = value.strip() if isinstance(value, str) else ""
        if not text:
            return None
        if order and (match := _ORDERS[order].fullmatch(text)):
            return _day(match, "")
        if match := _STAMP.fullmatch(text):
            return _day(match, "")
        if _EPOCH.fullmatch(text):
            return _within(_since_epoch(float(text)), "")
        if found := _attempt(text):
            return found
        return _within(parsedate_to_datetime(text).date(), "") if _RFC_2822.match(text) else parse_date(text)
    except (UsageError, ValueError, OverflowError, OSError, TypeError, IndexError):
        return None


def _since_epoch(seconds: float) -> dt.date:
    # 1e11 seconds are the year 5138, 1e11 milliseconds 1973: newer news than that is in milliseconds.
    if abs(seconds) < _EARLIEST_EPOCH:
        raise UsageError("a number this small is no point in time")
    return dt.datetime.fromtimestamp(seconds / 1000 if abs(seconds) >= 1e11 else seconds, dt.UTC).date()


def header_date(text: str) -> dt.date | None:
    """Find the publication date that a report prints above its text, or None when there is none or more than one.

    Looked for in this order: a labelled line ("Published: 2024-02-08"), a line that is nothing but a date with its
    year, a line under the headline that ends in one ("Port Sudan, 8 April 2025"), a dateline with its year
    ("BAGHDAD, Feb. 8, 2024 (Agency) --"). A dateline without a year gives nothing.
    """
    lines = [line.strip() for line in text[:_HEADER_CHARS].splitlines() if line.strip()][:_HEADER_LINES]
    labelled = {date for line in lines if (match := _LABELLED.fullmatch(line)) if (date := _leading(match["value"]))}
    if labelled:
        return labelled.pop() if len(labelled) == 1 else None
    alone = {date for line in lines[:_DATELINE_LINES] if (date := _attempt(line))}
    if alone:
        return alone.pop() if len(alone) == 1 else None
    for number, line in enumerate(lines[:_BYLINE_LINES]):
        if match := _BYLINE.fullmatch(line):
            paper = _PAPER.search(match["head"]) is not None
            date = _attempt(match["value"]) if number or paper else None
            if date := date or (_attempt(match["value"], _PERIOD) if paper else None):
                return date
    for line in lines[:_DATELINE_LINES]:
        for form in _DATELINE:
            if match := form.match(line):
                try:
                    return _day(match, "")
                except UsageError:
                    return None
    return None


def _leading(value: str) -> dt.date | None:
    """Read the date that a labelled value begins with: more may follow behind a stop ("19 August 2025. Covers ...")."""
    return _attempt(value) or _attempt(re.split(r"[.;,|]\s+(?=[^\W\d]|\d{3,4}\s)(?!\d{4}\b\s*$)", value, maxsplit=1)[0])


def _attempt(value: str, forms: Sequence[re.Pattern[str]] = _FORMS) -> dt.date | None:
    value = value.strip(" \t*_`'\"“”|")
    for form in forms:
        if match := form.fullmatch(value):
            try:
                return _day(match, value)
            except UsageError:
                return None
    return None


def _day(match: re.Match[str], shown: str) -> dt.date:
    groups = match.groupdict()
    month = _MONTHS.index(groups["month"][:3].lower()) + 1 if groups.get("month") else int(groups["number"])
    year = int(groups["year"])
    if len(groups["year"]) == 2:
        year += 1900 if year >= 70 else 2000  # the POSIX reading of two-digit years, one year later than strptime's
    try:
        return _within(dt.date(year, month, int(groups["day"])), shown)
    except ValueError:
        raise UsageError(
            f"{shown} is no day of the calendar", hint="write year-month-day, such as 2024-02-08"
        ) from None


def _within(date: dt.date, shown: str) -> dt.date:
    if date.year not in _YEARS:
        raise UsageError(f"the year of {shown} is out of range", hint="give a year between 1000 and 2999")
    return date


def _shown(value: str) -> str:
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value)
    return f"'{printable[:40]}…'" if len(printable) > 40 else f"'{printable}'"
