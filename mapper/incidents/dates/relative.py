"""Dates that are counted from publication ("last night"), and those that point back to another date ("that night")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mapper.incidents.dates import days as cal
from mapper.incidents.dates.absolute import latest, narrow, up_to
from mapper.incidents.dates.words import RELATIVE, Resolved, count_value, one_day, year_value

if TYPE_CHECKING:
    from mapper.incidents.dates.words import Precision, Situation

__all__ = [
    "before_last",
    "calendar_unit",
    "feast",
    "later",
    "near_day",
    "overnight",
    "pointing_back",
    "units_ago",
    "weekday",
    "weekday_span",
    "weekend",
    "window",
]


# --- weekdays

_NOT_A_WEEKDAY_AFTER = re.compile(
    r"\s{1,4}(?:times|telegraph|mirror|express|mail|herald|world|independent|post|tribune|star|age|nation"
    r"|standard|vision"
    r"|school|people|business|mosque|magazine|show|club|review|guardian|sun|prayer leaders?)\b",
    re.IGNORECASE,
)
_NOT_A_WEEKDAY_BEFORE = re.compile(
    r"\b(?:every|each|bloody|black|good|easter|palm|ash|maundy|super|cyber|holy|any|most|girl|sheffield|casual"
    r"|freaky|a|on most"
    r"|per|alternate|whit|mail on)\s{1,4}$",
    re.IGNORECASE,
)


# "Sunday Igboho was freed": a weekday that opens a sentence and goes on as a name does.
_GIVEN_NAME = re.compile(r"(?<![^\W_]\s)[A-Z][a-z]+day\s[A-Z][a-z]+\s(?:was|is|said|told|has|had|and)\b")


def weekday(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give a bare weekday, "last Friday", "Tuesday last week", "next Sunday"."""
    lead, week = (match["lead"] or "").lower(), (match["week"] or "").lower()
    name = match["wd"].lower()
    if _NOT_A_WEEKDAY_BEFORE.search(at.left) and not lead:
        return None
    tail = _NOT_A_WEEKDAY_AFTER.match(at.text, at.end)
    if tail is not None and tail[0].strip()[0].isupper() and match["wd"][0].isupper():
        return None
    if not lead and _GIVEN_NAME.match(at.text, at.start):
        return None
    if at.anchor is None:
        return RELATIVE
    number, anchor = cal.WEEKDAYS[name.rstrip(".")], at.anchor
    if week:
        offset = -1 if "last" in week or "previous" in week else 1 if "next" in week or "following" in week else 0
        found = cal.shift(cal.week_days(anchor, offset)[0], number)
        return one_day(found, relative=True, future=found > anchor)
    if lead in {"next", "this coming", "coming", "the coming"} or (at.future and lead in {"", "this"}):
        today = 0 if at.future and not lead else 1
        found = cal.shift(anchor, (number - anchor.weekday() - today) % 7 + today)
        return one_day(found, relative=True, future=True)
    if lead == "this":
        found = cal.shift(cal.week_days(anchor)[0], number)
        return one_day(found, relative=True, future=found > anchor)
    latest = cal.weekday_on_or_before(cal.shift(anchor, -1) if lead else anchor, number)
    return one_day(latest, relative=True)


_BACK: Final = 9
"""Weeks within which a weekday and a day of the month are looked for: together they come about twice in that time."""


def numbered_weekday(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "Thu 6:" and "Monday 3 -" of a digest: the latest day that is both, of the last two months.

    A figure that is no day of the month ("Friday 13 people died") seldom falls on that weekday, and then means nothing.
    """
    if at.anchor is None:
        return RELATIVE
    name, number = match["wd"].lower().rstrip("."), int(re.sub(r"\D", "", match["d"]))
    latest = cal.weekday_on_or_before(at.anchor, cal.WEEKDAYS[name])
    days = (cal.shift(latest, -7 * week) for week in range(_BACK))
    return one_day(next((day for day in days if day.day == number), None), relative=True)


def weekday_span(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "Monday to Wednesday", "overnight Friday to Saturday": the latest such days."""
    if at.anchor is None:
        return RELATIVE
    first, last = (cal.WEEKDAYS[match[key].lower()] for key in ("wd", "wd2"))
    length = (last - first) % 7
    if length == 0:
        return None
    if at.future:
        start = cal.shift(at.anchor, (first - at.anchor.weekday()) % 7)
        return Resolved(start, cal.shift(start, length), "range", relative=True, future=True)
    end = cal.weekday_on_or_before(at.anchor, last)
    return Resolved(cal.shift(end, -length), end, "range", relative=True)


def overnight(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give the night before publication, "overnight into Thursday" (Wednesday and Thursday), "overnight on Monday"."""
    if at.anchor is None:
        return RELATIVE
    end = at.anchor
    if match["wd"] is not None:
        end = cal.weekday_on_or_before(at.anchor, cal.WEEKDAYS[match["wd"].lower()])
        if match["into"] is None:
            end = min(cal.shift(end, 1), at.anchor)
    start = cal.shift(end, -1)
    return Resolved(start, end, "range", relative=True)


def feast(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give fixed and movable feasts by name, in the year named or the latest one."""
    name = re.sub(r"\s+", " ", match["feast"].lower().replace("’", "'"))
    fixed = {"christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year's day": (1, 1),
             "new year's eve": (12, 31), "new years day": (1, 1), "new years eve": (12, 31)}  # fmt: skip
    if name in fixed:
        if match["y"]:
            return one_day(cal.day(year_value(match["y"]), *fixed[name]))
        return one_day(latest(*fixed[name], at), relative=True) or RELATIVE
    offset = {"palm sunday": -7, "good friday": -2, "easter saturday": -1, "easter sunday": 0, "easter monday": 1}[name]
    if match["y"]:
        return one_day(cal.shift(cal.easter_sunday(year_value(match["y"])), offset))
    if at.anchor is None:
        return RELATIVE
    days = [cal.shift(cal.easter_sunday(at.anchor.year - back), offset) for back in (0, 1)]
    return one_day(days[0] if days[0] <= at.anchor else days[1], relative=True)


# --- counted from publication

_TODAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last": -1, "this": 0}


def near_day(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give today, tonight, last night, yesterday evening, tomorrow."""
    if match["word"] == "Today" and re.search(r"[A-Z][A-Za-z]{1,12} $", at.left):
        return None  # a newspaper or channel: USA Today
    if at.anchor is None:
        return RELATIVE
    words = match["word"].lower().split()
    offset = _TODAY[words[0]] if words[0] in _TODAY else (1 if words[-1] == "tomorrow" else -2)
    date = cal.shift(at.anchor, offset)
    return one_day(date, relative=True, future=offset > 0)


def before_last(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "the week before last", "the weekend before last", "the month before last"."""
    if at.anchor is None:
        return RELATIVE
    unit, anchor = match["unit"].lower(), at.anchor
    if unit == "weekend":
        start, end = cal.weekend_days(anchor)
        back = 14 if anchor.weekday() >= 5 else 7  # on a Sunday, "last weekend" is not this one
        return Resolved(cal.shift(start, -back), cal.shift(end, -back), "range", relative=True)
    if unit == "week":
        return Resolved(*cal.week_days(anchor, -2), "week", relative=True)
    if unit == "month":
        return Resolved(*cal.back_months(anchor, 2), "month", relative=True)
    return Resolved(*cal.year_days(max(anchor.year - 2, 1)), "year", relative=True)


def weekend(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "over the weekend", "last weekend", "next weekend"."""
    if at.anchor is None:
        return RELATIVE
    lead = match["lead"].lower()
    start, end = cal.weekend_days(at.anchor)
    if lead in {"next", "this coming", "the coming"} or (at.future and lead in {"this", "the"}):
        start, end = cal.shift(start, 7), cal.shift(end, 7)
        return Resolved(start, end, "range", relative=True, future=True)
    if lead == "last" and at.anchor.weekday() >= 5:
        start, end = cal.shift(start, -7), cal.shift(end, -7)
    return Resolved(start, min(end, at.anchor), "range", relative=True)


def calendar_unit(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "last week", "earlier this month", "late last year", "next week"."""
    if at.anchor is None:
        return RELATIVE
    lead, unit, anchor = match["lead"].lower().split()[-1], match["unit"].lower(), at.anchor
    step = {"last": -1, "this": 0, "next": 1, "current": 0}[lead]
    if unit == "week":
        start, end = cal.week_days(anchor, step)
        part = (match["part"] or "").lower().split(" ")[0].strip(" -")
        if step and part in {"early", "beginning", "start"}:
            return Resolved(start, cal.shift(start, 2), "vague", relative=True)
        if step and part in {"late", "end"}:
            return Resolved(cal.shift(start, 3), end, "vague", relative=True)
        found = Resolved(start, end, "week")
    elif unit == "month":
        found = narrow(cal.back_months(anchor, -step), match["part"], "month")
    else:
        found = narrow(cal.year_days(min(max(anchor.year + step, 1), 9999)), match["part"], "year")
    later_part = (match["part"] or "").lower().startswith("later")
    return up_to(found, anchor, future=step > 0 or at.future or later_part)


# Bounds of "days ago" and of "in recent days": what is neither yesterday nor the next larger unit. In days.
_SOME_AGO = {
    "day": (7, 1),
    "week": (42, 7),
    "fortnight": (84, 14),
    "month": (365, 31),
    "year": (3653, 366),
    "decade": (18263, 3653),
}
_RECENT = {"hour": 1, "day": 7, "week": 42, "fortnight": 84, "month": 330, "year": 1826, "decade": 18263}


def units_ago(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "two days ago", "a week earlier", "days ago"; "earlier" and "before" may count from another date."""
    unit, back_to = match["unit"].lower(), match["way"].lower() != "ago"
    number = count_value(match["n"])
    if at.anchor is None:
        return Resolved(relative=True, anaphoric=back_to)
    anchor = at.anchor
    spans = {"day": 1, "week": 7, "fortnight": 14}
    if unit in {"minute", "hour"}:
        start = anchor if unit == "minute" or (number is not None and number < 12) else cal.shift(anchor, -1)
        if number is not None and number > 36:
            date = cal.shift(anchor, -round(number / 24))
            return Resolved(date, date, "day", relative=True, anaphoric=back_to)
        return Resolved(start, anchor, "day" if start == anchor else "range", relative=True, anaphoric=back_to)
    if number is None:
        far, near = _SOME_AGO[unit]
        return Resolved(cal.shift(anchor, -far), cal.shift(anchor, -near), "vague", relative=True, anaphoric=back_to)
    if unit in spans:
        days = number * spans[unit]
        date = cal.shift(anchor, -days)
        precision: Precision = "day" if unit == "day" else "week"
        return Resolved(date, date, precision, relative=True, counted=True, anaphoric=back_to, shift=-days * back_to)
    if unit == "month":
        return Resolved(*cal.back_months(anchor, number), "month", relative=True, counted=True, anaphoric=back_to)
    year = max(anchor.year - number * (10 if unit == "decade" else 1), 1)
    loose: Precision = "vague" if unit == "decade" else "year"
    return Resolved(*cal.year_days(year), loose, relative=True, counted=True, anaphoric=back_to)


def window(match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "the past 48 hours", "the last three days", "recent weeks", "the past year"; it ends at publication."""
    lead, unit, plural = match["lead"].lower(), match["unit"].lower(), bool(match["s"])
    number = count_value(match["n"])
    if match["n"] is None and not plural:
        if lead not in {"the past", "the last", "this past", "past"}:
            return None
        number = 1
    if match["n"] is None and plural and "last" in lead:
        return None  # "the last days of the war"
    if at.anchor is None:
        return RELATIVE
    if number is None:
        return Resolved(cal.shift(at.anchor, -_RECENT[unit]), at.anchor, "vague", relative=True)
    length = {
        "hour": 1 / 24,
        "day": 1.0,
        "week": 7.0,
        "fortnight": 14.0,
        "month": 30.44,
        "year": 365.25,
        "decade": 3652.5,
    }[unit]
    return Resolved(cal.shift(at.anchor, -max(1, round(number * length))), at.anchor, "range", relative=True)


def since_then(_match: re.Match[str], at: Situation) -> Resolved | None:
    """Give "since noon": the day on which it is said."""
    return RELATIVE if at.anchor is None else one_day(at.anchor, relative=True)


# --- pointing back


def pointing_back(match: re.Match[str], _at: Situation) -> Resolved | None:
    """Give "the same day", "that night", "the next morning"."""
    word = match["way"].lower()
    step = 1 if word in {"next", "following", "after"} else -1 if word in {"previous", "preceding", "before"} else 0
    return Resolved(relative=True, anaphoric=True, shift=step)


def later(match: re.Match[str], _at: Situation) -> Resolved | None:
    """Give "two days later", "hours later"; how many "days later" are, nobody says."""
    number, unit = count_value(match["n"]), match["unit"].lower()
    days = 0 if unit == "hour" else number and number * {"day": 1, "week": 7}[unit]
    return Resolved(relative=True, anaphoric=True, shift=days)
