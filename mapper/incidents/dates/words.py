"""What the rules for dates share: the records of a match, the words, and how a pattern is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mapper.incidents.dates import days as cal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

__all__ = [
    "COUNT_WORDS",
    "FULL_WEEKDAYS",
    "MONTH_WORDS",
    "PART_WORDS",
    "RELATIVE",
    "SEASON_WORDS",
    "WEEKDAY_WORDS",
    "Precision",
    "Resolved",
    "Rule",
    "Situation",
    "count_value",
    "make_rule",
    "month_number",
    "one_day",
    "year_value",
]

Precision = Literal["day", "range", "week", "month", "year", "vague", "unknown"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an expression means; null bounds where that cannot be said.

    `relative`: counted from the anchor; `counted`: a number of units ago, which "about" makes vague.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    precision: Precision = "unknown"
    relative: bool = False
    counted: bool = False
    anaphoric: bool = False
    shift: int | None = 0
    future: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a rule has matched: the text, the span, the publication date; whether plans are spoken of; the text's case.

    `shouting` is a text all in capitals, `whispering` one all in lower case: there case says nothing about a word.
    """

    text: str
    start: int
    end: int
    anchor: dt.date | None
    future: bool = False
    shouting: bool = False
    whispering: bool = False

    @property
    def left(self) -> str:
        """The words just before."""
        return self.text[max(0, self.start - 28) : self.start]

    @property
    def right(self) -> str:
        """The words just after."""
        return self.text[self.end : self.end + 28]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the words it may begin with ("#" is a figure), and what a match means (None: no date after all)."""

    pattern: re.Pattern[str]
    first: frozenset[str]
    resolve: Callable[[re.Match[str], Situation], Resolved | None]
    may_be_future: bool = False


RELATIVE = Resolved(relative=True)

# --- the words

MONTH_WORDS = frozenset(cal.MONTHS)
WEEKDAY_WORDS = frozenset(cal.WEEKDAYS)
FULL_WEEKDAYS = frozenset(name for name in cal.WEEKDAYS if name.endswith("day"))
SEASON_WORDS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
PART_WORDS = frozenset({"early", "earlier", "late", "later", "mid", "beginning", "start", "end", "middle"})
_SMALL = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=1,
    )
} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
COUNT_WORDS = frozenset({"#", "several", "many", "some", *(word.split()[0] for word in _SMALL)})

_MACROS = {
    "<MON>": "(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)(?![^\\W_])"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![^\W_])\.?)",
    "<MONTH>": "(?:january|february|march|april|may|june|july|august|september|october|november|december)",
    "<WD>": "(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    "<WDA>": r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thurs?|thu|fri|sat|sun)(?![^\W_])\.?",
    "<D>": "(?:[12][0-9]|3[01]|0?[1-9])(?![0-9])(?:st|nd|rd|th)?",
    "<Y>": "(?:1[5-9]|20)[0-9]{2}(?![0-9]|[.,][0-9]|[^\\W_])",
    # Two digits behind a comma, or before a word in lower case, count something: "on 1 January, 20 died".
    "<YY>": "(?:(?:1[5-9]|20)[0-9]{2}|(?<!,\\s)['’]?[0-9]{2}(?-i:(?!\\s[a-z])))(?![0-9]|[.,:][0-9]|[^\\W_]|\\s?%)",
    "<N>": r"(?:[0-9]{1,3}|a\s{1,4}couple\s{1,4}of|couple\s{1,4}of|(?:a|the\s{1,4}(?:last|past))\s{1,4}few|few"
    r"|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|several|some|many)",
    "<TO>": r"(?:\s{0,2}[-‐‑–—]\s{0,2}|\s{1,4}(?:to|through|until|till|thru)\s{1,4})",
    "<TOD>": "(?:morning|afternoon|evening|night|midday|noon|midnight|dawn)",
    "<PART>": r"(?:early|earlier|late|later|mid|(?:beginning|start|middle|end)\s{1,4}of)(?:\s{1,4}in)?(?:\s{1,4}|-)",
}


def make_rule(
    first: frozenset[str],
    pattern: str,
    resolve: Callable[[re.Match[str], Situation], Resolved | None],
    *,
    may_be_future: bool = False,
) -> Rule:
    """Compile a rule; a blank in the pattern is up to four blanks or a line break, and it ends at the end of a word."""
    for name, body in _MACROS.items():
        pattern = pattern.replace(name, body)
    pattern = re.sub(" ", r"\\s{1,4}", pattern)
    return Rule(re.compile(f"(?:{pattern})(?![^\\W_])", re.IGNORECASE), first, resolve, may_be_future)


def month_number(word: str) -> int:
    """Give the number of a month by its name or abbreviation."""
    return cal.MONTHS[word.lower().rstrip(".")]


def count_value(word: str | None) -> int | None:
    """Value of a matched count; None for "several" and the like."""
    if word is None:
        return None
    key = " ".join(word.lower().split())
    return int(key) if key.isdecimal() else _SMALL.get(key)


def year_value(word: str) -> int:
    """Four digits as they are; two digits within 1940-2039, since reports of those years write them."""
    value = int(word.lstrip("'’"))
    if value >= 100:
        return value
    return 1900 + value if value >= 40 else 2000 + value


def one_day(date: dt.date | None, **more: bool) -> Resolved | None:
    """Make a day of a date; None stays None."""
    return None if date is None else Resolved(date, date, "day", **more)
