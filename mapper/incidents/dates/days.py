"""Calendar arithmetic for dates in news: pure functions from days to inclusive intervals of days."""

from __future__ import annotations

import calendar
import datetime as dt

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "YEARS",
    "back_months",
    "day",
    "easter_sunday",
    "month_days",
    "season_days",
    "shift",
    "week_days",
    "weekday_on_or_before",
    "weekend_days",
    "year_days",
]

Days = tuple[dt.date, dt.date]

YEARS = range(1500, 2100)
"""Years that a report of today or a century ago may name."""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri", "saturday sat",
         "sunday sun")
    )
    for name in names.split()
}  # fmt: skip

# Months of the northern meteorological seasons; where a report is from is not known here, so users call them vague.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def day(year: int, month: int, number: int) -> dt.date | None:
    """Give the day, or None where the calendar has no such day (30 February) or the year is out of bounds."""
    try:
        return dt.date(year, month, number) if year in YEARS else None
    except ValueError:
        return None


def shift(date: dt.date, days: int) -> dt.date:
    """Move a date by days, stopping at the ends of the calendar instead of failing."""
    try:
        return date + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def month_days(year: int, month: int) -> Days:
    """Give the first and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def year_days(year: int) -> Days:
    """Give the first and last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def back_months(date: dt.date, months: int) -> Days:
    """Give the whole calendar month that lies `months` before that of `date`, held within the calendar."""
    index = max(date.year * 12 + date.month - 1 - months, 12)
    return month_days(min(index // 12, 9999), index % 12 + 1)


def week_days(date: dt.date, weeks: int = 0) -> Days:
    """Give Monday and Sunday of the week that lies `weeks` after that of `date`."""
    monday = shift(date, 7 * weeks - date.weekday())
    return monday, shift(monday, 6)


def weekday_on_or_before(date: dt.date, weekday: int) -> dt.date:
    """Give the latest such weekday (Monday is 0) that is not after `date`."""
    return shift(date, -((date.weekday() - weekday) % 7))


def weekend_days(date: dt.date) -> Days:
    """Give Saturday and Sunday of the weekend that `date` lies in, else of the latest one before it."""
    saturday = weekday_on_or_before(date, WEEKDAYS["saturday"])
    return saturday, shift(saturday, 1)


def season_days(season: str, year: int) -> Days:
    """Give the three months of a northern season; winter begins in December of `year`."""
    first = _SEASONS[season]
    start, _ = month_days(year, first)
    _, end = month_days(year + (first + 2 > 12), (first + 1) % 12 + 1)
    return start, end


def easter_sunday(year: int) -> dt.date:
    """Give Easter Sunday of the Gregorian calendar (Anonymous Gregorian computus, Nature 1876)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, skipped = divmod(century, 4)
    correction = (century + 8) // 25
    epact = (19 * golden + century - leap - (century - correction + 1) // 3 + 15) % 30
    quarter, left = divmod(rest, 4)
    to_sunday = (32 + 2 * skipped + 2 * quarter - epact - left) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, number = divmod(epact + to_sunday - 7 * late + 114, 31)
    return dt.date(year, month, number + 1)
