"""Dates that name a day, month, year or season, with or without the year."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from mapper.incidents.dates import days as cal
from mapper.incidents.dates.words import RELATIVE, Resolved, month_number, one_day, year_value

if TYPE_CHECKING:
    from mapper.incidents.dates.words import Precision, Situation

__all__ = [
    "QUARTERS",
    "bare_month",
    "bare_year",
    "chinese",
    "day_of_month",
    "day_range",
    "decade",
    "foreign",
    "iso",
    "latest",
    "month_span",
    "month_year",
    "narrow",
    "nth",
    "quarter",
    "season",
    "slashes",
    "up_to",
    "year_span",
]


# --- a day and a month

_NAMED_AFTER_DATE = re.compile(
    r"[\s-]{1,2}(?:street|st\.|avenue|ave|bridge|square|road|boulevard|university|hospital|stadium|park|brigade"
    r"|movement"
    r"|mosque|airport|barracks|district|division|organi[sz]ation|group|revolutionary|martyrs|school|camp|dam|plaza"
    r"|coordinator|neighbou?rhood|colony|battalion|command|committee|front|junction|roundabout)\b",
    re.IGNORECASE,
)
_MAY_THE_VERB = re.compile(r"\s{1,4}(?:have|be|not|well|also|yet|still|soon|never|even|only|or may)\b", re.IGNORECASE)
_OF_THE_CLOCK = re.compile(r"\s{0,2}(?:hours?|hrs|gmt|utc|local time|[ap]\.?m\b|o'clock)", re.IGNORECASE)


def _is_month_word(word: str, at: Situation) -> bool:
    """Whether "may" and "march" are the months: a verb is in lower case or has its helper behind it."""
    bare = word.rstrip(".")
    if bare.lower() not in {"may", "march", "mar", "sat", "sun"}:
        return True
    return bare[0].isupper() or at.whispering


def _is_a_name(at: Situation) -> bool:
    """Whether the date is part of a name: 4 July Street, the 17 November group."""
    name = _NAMED_AFTER_DATE.match(at.text, at.end)
    if name is None:
        return False
    word = name[0].strip("- \n")
    return word[:1].isupper() or word in {"group", "movement", "organisation", "organization"}


def latest(month: int, number: int, at: Situation) -> dt.date | None:
    """Give the latest such day not after publication (two days of grace), or the next one in talk of plans."""
    if at.anchor is None:
        return None
    limit = cal.shift(at.anchor, 2)
    for year in range(at.anchor.year + 1, at.anchor.year - 9, -1):  # 29 February comes every eight years at the worst
        found = cal.day(year, month, number)
        if found is not None and not at.future and found <= limit:
            return found
        earlier = cal.day(year - 1, month, number)
        if found is not None and at.future and (earlier is None or earlier < at.anchor):
            return found
    return None


def _spoken_year(words: str, anchor: dt.date | None) -> int | None:
    """Year of "last year", "this year", "next year" beside a day and month."""
    if anchor is None:
        return None
    return anchor.year + {"last": -1, "past": -1, "next": 1}.get(words.lower().split()[0].removeprefix("of "), 0)


def day_of_month(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give 7 February, Feb. 7, 2024, the 5th of May last year; no street, group or verb of that name."""
    parts = match.groupdict()
    word = parts["mon"]
    if (
        not _is_month_word(word, at)
        or _is_a_name(at)
        or (at.left[-1:] in {"-", "/", ".", ","} and at.left[-2:-1].isdigit())
    ):
        return None
    if word.lower() == "may" and parts["y"] is None and _MAY_THE_VERB.match(at.text, at.end):
        return None
    month, number = month_number(word), int(re.sub(r"\D", "", parts["d"]))
    if parts["y"] is not None:
        return one_day(cal.day(year_value(parts["y"]), month, number))
    if parts.get("said") is not None:
        words = parts["said"].lower().split()
        key = next((w for w in words if w in {"last", "this", "next", "past"}), "this")
        year = _spoken_year(key, at.anchor)
        return RELATIVE if year is None else one_day(cal.day(year, month, number), relative=True)
    if cal.day(2000, month, number) is None:
        return None
    return one_day(latest(month, number, at), relative=True) or RELATIVE


def day_range(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give 2-3 February, Jan. 28-30, between 28 January and 2 February 2024."""
    parts = match.groupdict()
    last_word = parts["mon2"] or parts["mon"]
    first_word = parts["mon"] or last_word
    if not _is_month_word(last_word, at) or not _is_month_word(first_word, at) or _is_a_name(at):
        return None
    d1, d2 = (int(re.sub(r"\D", "", parts[key])) for key in ("d", "d2"))
    m1, m2 = month_number(first_word), month_number(last_word)
    if m1 == m2 and d1 >= d2 and parts.get("y1") is None:
        return None
    if cal.day(2000, m1, d1) is None or cal.day(2000, m2, d2) is None:
        return None
    relative = parts["y"] is None
    end = latest(m2, d2, at) if parts["y"] is None else cal.day(year_value(parts["y"]), m2, d2)
    if end is None:
        return RELATIVE if relative else None
    year = year_value(parts["y1"]) if parts.get("y1") else end.year - ((m1, d1) > (m2, d2))
    start = cal.day(year, m1, d1)
    return None if start is None or start > end else Resolved(start, end, "range", relative=relative)


def nth(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "the 15th": the latest one, or that of this or last month."""
    if at.anchor is None:
        return RELATIVE
    number = int(re.sub(r"\D", "", match["d"]))
    said = (match["said"] or "").lower()
    for back in (1,) if "last" in said else (0,) if "this" in said else range(4):
        first, _ = cal.back_months(at.anchor, back)
        found = cal.day(first.year, first.month, number)
        if found is not None and (found <= at.anchor or said):
            return one_day(found, relative=True)
    return None


# --- figures


def iso(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give 2024-02-07, with or without a time behind it."""
    if at.left[-1:] in {"-", "/", "."}:
        return None
    return one_day(cal.day(int(match["y"]), int(match["m"]), int(match["d"])))


def slashes(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give 13/02/2024 and 02/13/24; 07/02/2024 stays unknown, for nothing says which is the month. Dots: day first."""
    if at.left[-1:] in {"-", "/", "."}:
        return None
    a, b, year = int(match["a"]), int(match["b"]), year_value(match["y"])
    dotted = match["sep"] == "."
    short = len(match["y"]) == 2
    if short and (dotted or max(a, b) <= 12):
        return None
    day_first, month_first = cal.day(year, b, a), (None if dotted else cal.day(year, a, b))
    if day_first is not None and month_first is not None and day_first != month_first:
        return Resolved()
    return one_day(day_first or month_first)


# --- months, years, seasons


def narrow(days: tuple[dt.date, dt.date], part: str | None, precision: Precision) -> Resolved:
    """Give the early, middle or late third of a month or year."""
    start, end = days
    if not part:
        return Resolved(start, end, precision)
    word = part.lower().split()[0].strip("-").split("-")[0]
    if start.month == end.month:
        early, late = 10, 20
    else:
        early, late = ((dt.date(start.year, month, 1) - start).days for month in (5, 9))
    if word in {"early", "beginning", "start"}:
        return Resolved(start, min(end, cal.shift(start, early - 1)), "vague")
    if word in {"mid", "middle"}:
        return Resolved(cal.shift(start, early), cal.shift(start, late - 1), "vague")
    if word in {"late", "end"}:
        return Resolved(cal.shift(start, late), end, "vague")
    return Resolved(start, end, precision)


def month_year(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give October 2023, late January 2024; not the 24 of "Feb 24"."""
    year = year_value(match["y"])
    if year not in cal.YEARS or not _is_month_word(match["mon"], at) or _OF_THE_CLOCK.match(at.text, at.end):
        return None
    if re.search(r"\b[0-9]{1,2}(?:st|nd|rd|th)?\s{1,4}$", at.left):
        return None  # 30 February 2024 is no day, and its month is not meant
    short = len(match["y"].lstrip("'’")) == 2
    if short and match["y"][0] not in "'’" and int(match["y"]) <= 31:
        return None  # "Feb 24" is a day
    return narrow(cal.month_days(year, month_number(match["mon"])), match["part"], "month")


_MONTH_OPENERS = re.compile(
    r"\b(?:in|since|during|until|till|throughout|by|of late|month of|end of|beginning of|start of|and|to)\s{1,4}"
    r"(?:the month of\s)?$",
    re.IGNORECASE,
)


def bare_month(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "in January", "late January", "last May": the latest one that has begun by publication."""
    word = match["mon"].lower().rstrip(".")
    lead = (match["lead"] or "").lower()
    spoken = bool(lead or match["part"]) or _MONTH_OPENERS.search(at.left) is not None
    if not match["mon"][0].isupper() and not at.whispering:
        return None
    if word in {"may", "march", "mar"} and not spoken:
        return None
    if word == "may" and _MAY_THE_VERB.match(at.text, at.end):
        return None
    right = at.right
    if (
        not spoken
        and not at.shouting
        and (re.match(r"\s[A-Z][a-z]", right) or re.search(r"[a-z]\.? $", at.left) is None)
    ):
        return None  # "April Jones" is a person; so may be any month that opens a sentence
    if not spoken and at.shouting:
        return None
    if at.anchor is None:
        return RELATIVE
    month, anchor = month_number(word), at.anchor
    year = anchor.year - (month > anchor.month)
    if lead == "last" and month == anchor.month:
        year -= 1
    if lead == "this":
        year = anchor.year
    if lead == "next" or (at.future and lead != "last"):
        year = anchor.year + (month < anchor.month or (lead == "next" and month == anchor.month))
    found = narrow(cal.month_days(year, month), match["part"], "month")
    return up_to(found, anchor, future=at.future or lead in {"next", "this"})


def up_to(found: Resolved, anchor: dt.date, *, future: bool = False) -> Resolved:
    """Cut what a report can tell of at its own day."""
    start, end = found.start, found.end
    if start is not None and end is not None and start <= anchor < end and not future:
        end = anchor
    return Resolved(start, end, found.precision, relative=True, future=future and start is not None and start > anchor)


def month_span(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "January to March 2024", "between June and August 1990"."""
    if not _is_month_word(match["mon"], at) or not _is_month_word(match["mon2"], at):
        return None
    m1, m2 = month_number(match["mon"]), month_number(match["mon2"])
    if match["y"]:
        year = year_value(match["y"])
    elif at.anchor is None:
        return RELATIVE
    else:
        year = at.anchor.year - (m2 > at.anchor.month)
    start, _ = cal.month_days(year - (m1 > m2), m1)
    _, end = cal.month_days(year, m2)
    return None if m1 == m2 else Resolved(start, end, "range", relative=not match["y"])


_NOT_A_YEAR_AFTER = re.compile(
    r"\s{1,4}(?:people|persons?|men|women|children|civilians|soldiers|troops|police|officers|victims|homes"
    r"|houses|families"
    r"|dead|deaths|injured|wounded|killed|members|fighters|rebels|refugees|migrants|hours|gmt|utc|local|metres"
    r"|meters|km"
    r"|kilomet|miles|feet|tons|tonnes|dollars|pounds|euros|euro|pesos|rupees|votes|seats|points|cases|incidents"
    r"|attacks|local"
    r"|workers|students|residents|prisoners|inmates|detainees|hectares|acres|years|days|times|per ?cent|gallons"
    r"|barrels)\b",
    re.IGNORECASE,
)
_YEAR_OPENERS = re.compile(
    r"(?:\b(?:in|since|during|of|by|until|till|before|after|from|throughout|year|early|late|mid|circa|and|to|the"
    r"|this|back in"
    r"|end of|start of|beginning of)[\s-]{1,4}|['’]s\s|s['’]\s|\()$",
    re.IGNORECASE,
)
_OF_OR_AND = re.compile(r"\b(?:and|to|the|after|before|from|by|this)\s{1,4}$", re.IGNORECASE)
_PLURAL_AFTER = re.compile(r"\s{1,4}[a-z]{2,20}(?<!s)s\b", re.IGNORECASE)
_CITED_YEAR = re.compile(r"(?:\b(?:in|since|the|from|between)\s{1,4}[0-9]{4}\s{1,4}(?:and|to)\s{1,4})$", re.IGNORECASE)


def bare_year(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "in 2003", "the 1992 riots", "(2014)"; a figure of people, money or the clock is none."""
    year = int(match["y"])
    if not 1900 <= year < 2050 or _NOT_A_YEAR_AFTER.match(at.text, at.end):
        return None
    part = match["part"]
    alone = len(at.text) < 12 and at.text.strip() == match[0].strip()
    if not part and not alone:
        if _YEAR_OPENERS.search(at.left) is None or re.search(r"[$€£]\s?$", at.left):
            return None
        if (
            _OF_OR_AND.search(at.left)
            and _PLURAL_AFTER.match(at.text, at.end)
            and not re.search(r"the\s+$", at.left, re.IGNORECASE)
        ):
            return None
        if re.search(r"\band\s{1,4}$", at.left, re.IGNORECASE) and _CITED_YEAR.search(at.left) is None:
            return None
    return narrow(cal.year_days(year), part, "year")


def year_span(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give 1980-88, from 2003 to 2011."""
    first, word = int(match["y"]), match["y2"]
    last = int(word) if len(word) == 4 else int(match["y"][:2] + word)
    if not 1900 <= first < last < 2050 or last - first > 100 or re.search(r"[-\d/+]\s?$", at.left):
        return None
    if _NOT_A_YEAR_AFTER.match(at.text, at.end):
        return None
    return Resolved(dt.date(first, 1, 1), dt.date(last, 12, 31), "range")


def decade(match: re.Match[str], _at: Situation) -> Resolved | None:
    """Give the 1980s, the early 1990s."""
    first = int(match["y"])
    if not 1500 <= first < 2100:
        return None
    part = (match["part"] or "").lower().split("-")[0].split(" ")[0].strip()
    low, high = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return Resolved(dt.date(first + low, 1, 1), dt.date(first + high, 12, 31), "vague")


def season(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "the spring of 2022", "last summer", "winter 2013-14" (its first year)."""
    name, said = match["season"].lower(), (match["lead"] or "").lower()
    if match["y"]:
        start, end = cal.season_days(name, year_value(match["y"]))
        return Resolved(start, end, "vague")
    if not said:
        return None
    if at.anchor is None:
        return RELATIVE
    found = [cal.season_days(name, at.anchor.year + shift) for shift in (-2, -1, 0, 1)]
    if said == "next":
        start, end = next(pair for pair in found if pair[0] > at.anchor)
    elif said == "last":
        start, end = [pair for pair in found if pair[1] < at.anchor][-1]
    else:
        start, end = [pair for pair in found if pair[0] <= at.anchor][-1]
        end = min(end, at.anchor)
    return Resolved(start, end, "vague", relative=True, future=said == "next")


QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}


def quarter(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give the first quarter of 2022, Q1 2022, the second half of 2021."""
    number = int(match["q"]) if match["q"] else QUARTERS[(match["nth"] or match["half"]).lower()]
    length = 6 if match["half"] else 3
    if match["y"]:
        year, relative = year_value(match["y"]), False
    elif at.anchor is None:
        return RELATIVE
    else:
        said = (match["said"] or "").lower()
        year = at.anchor.year - ("last" in said or (not said and length * (number - 1) >= at.anchor.month))
        relative = True
    if year not in cal.YEARS:
        return None
    first, last = length * (number - 1) + 1, length * number
    return Resolved(cal.month_days(year, first)[0], cal.month_days(year, last)[1], "range", relative=relative)


# --- explicit dates in other languages

_FOREIGN_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "janvier enero januar janeiro gennaio января يناير كانون_الثاني",
            "février fevrier febrero februar fevereiro febbraio февраля فبراير شباط",
            "mars marzo märz março марта مارس آذار",
            "avril abril aprile апреля أبريل ابريل نيسان",
            "mai mayo maio maggio мая مايو أيار ايار",
            "juin junio juni junho giugno июня يونيو حزيران",
            "juillet julio juli julho luglio июля يوليو تموز",
            "août aout agosto августа أغسطس اغسطس آب",
            "septembre septiembre setiembre setembro settembre сентября سبتمبر أيلول ايلول",
            "octobre octubre oktober outubro ottobre октября أكتوبر اكتوبر تشرين_الأول",
            "novembre noviembre novembro ноября نوفمبر تشرين_الثاني",
            "décembre decembre diciembre dezember dezembro dicembre декабря ديسمبر كانون_الأول",
        ),
        start=1,
    )
    for name in names.split()
} | {"august": 8, "september": 9, "november": 11, "april": 4}


def foreign(match: re.Match[str], _at: Situation) -> Resolved | None:
    """Give 7 février 2024, 7 de febrero de 2024, 7 فبراير 2024: a day, a known name of a month and a year."""
    words = match["mon"].lower().split()
    month = _FOREIGN_MONTHS.get("_".join(words))
    return None if month is None else one_day(cal.day(int(match["y"]), month, int(match["d"])))


def chinese(match: re.Match[str], _at: Situation) -> Resolved | None:
    """Give 2024年2月7日."""
    return one_day(cal.day(int(match["y"]), int(match["m"]), int(match["d"])))
