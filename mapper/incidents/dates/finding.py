"""Dates in news text as inclusive intervals of days, counted from the day the report was published.

Rules, in one place:

- A bare weekday is the latest such day on or before publication; "last Friday" is before it; after "will" or "is due"
  it is the next one.
- A day and month without a year is the latest not after publication, give or take two days for time zones.
- Without a publication date, and for 07/02/2024 (day or month first?), both bounds stay open and the words are kept.
- "the same day", "two days later" point back to another date of the text: they are marked `anaphoric`.
- Weeks run from Monday; seasons are those of the northern half and therefore `vague`.

One pass: every word is looked up once, and only a word that may begin a date has its few rules tried, each of bounded
length. So the time is linear in the length of the text, hostile or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mapper.incidents.dates.days import YEARS
from mapper.incidents.dates.rules import RULES
from mapper.incidents.dates.words import Situation
from mapper.records import DateInterval, Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from mapper.incidents.dates.words import Resolved, Rule

__all__ = ["DateMention", "find_dates"]

Relation = Literal["in", "since", "until", "before", "after"]

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['\u2019]s\s")
_RELATION = re.compile(r"\b(since|until|till|by|before|prior to|after|following)\s{1,4}(?:the\s{1,4})?$", re.IGNORECASE)
_RELATIONS: dict[str, Relation] = {
    "since": "since",
    "until": "until",
    "till": "until",
    "by": "until",
    "before": "before",
    "prior to": "before",
    "after": "after",
    "following": "after",
}
_ABOUT = re.compile(
    r"\b(?:about|around|almost|nearly|roughly|some|(?:more|less|longer) than|over|at least|up to)\s{1,4}$",
    re.IGNORECASE,
)
# "will gather on Sunday", and not "who will leave, said on Sunday".
_WILL = re.compile(
    r"\b(?:(?-i:will|WILL)|shall|(?:is|are) (?:due|set|scheduled|expected|planned|planning|to)|scheduled for"
    r"|plans? (?:to|an?)|intends? to)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\W*(?:(?!\w+ed\b|that\b|who\b|which\b)[\w'\u2019-]+\W+){1,5}", re.IGNORECASE)
"""Before a date: a subject of a few words, of which nothing is told yet."""
_TOLD = re.compile(r"\b(?:said|says|told|announced|reported|was|were|had|killed|did|since)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?;:]\s|\n\s{0,4}\n")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression in a text.

    Attributes
    ----------
    start, end, text
        Where it is; `text` is what stands there.
    interval
        What it means; its span repeats the offsets. `interval.anchor` is set only when it was counted from there.
    relation
        "since October 2023" runs to publication; "until", "before" and "after" a day leave the interval as that day.
    anaphoric
        It points back to another date of the text ("that night"): `shift` days from there, None where nobody says how
        many. The interval, if any, is counted from publication and is the weaker reading.
    future
        It lies, or is said to lie, after publication ("next Friday", "tomorrow").
    """

    start: int
    end: int
    text: str
    interval: DateInterval
    relation: Relation = "in"
    anaphoric: bool = False
    shift: int | None = 0
    future: bool = False


def find_dates(text: str, *, anchor: dt.date | None, future: bool = False) -> list[DateMention]:
    """Find every date expression of a text.

    Parameters
    ----------
    text
        A sentence or a whole report, in any case (MUC-4 is in capitals).
    anchor
        Publication date. None leaves all that is counted from it without bounds; so does a year no news is of.
    future
        Read bare weekdays and days without a year as the next ones, for a sentence known to speak of plans. Without
        it, "will", "is due" and the like within the sentence say so.

    Returns
    -------
    list of DateMention
        In order, not overlapping, offsets into `text`.
    """
    if anchor is not None and anchor.year not in YEARS:
        anchor = None
    return [_mention(text, span, found, anchor) for span, found in _scan(text, anchor, future=future)]


def _scan(text: str, anchor: dt.date | None, *, future: bool) -> Iterator[tuple[tuple[int, int], Resolved]]:
    """Yield the span and the meaning of each expression, leftmost first and longest first at each place."""
    shouting, whispering = text.isupper(), text.islower()
    done = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < done:
            continue
        rules = _rules_for(word[0])
        matches = [(m, rule) for rule in rules if (m := rule.pattern.match(text, start)) is not None]
        matches.sort(key=lambda pair: -pair[0].end())  # stable: the earlier rule wins among equals
        for match, rule in matches:
            end = match.end()
            ahead = future or (rule.may_be_future and _speaks_of_future(text, start, end))
            here = Situation(text, start, end, anchor, ahead, shouting, whispering)
            found = rule.resolve(match, here)
            if found is not None:
                done = end
                yield (start, end), found
                break


def _rules_for(word: str) -> tuple[Rule, ...]:
    if word[0].isdecimal():
        return RULES["#"]
    return RULES.get(word.lower(), ()) if len(word) <= 12 else ()


def _speaks_of_future(text: str, start: int, end: int) -> bool:
    """Whether the clause around an expression says that it is still to come."""
    before = _STOP.split(text[max(0, start - 80) : start])[-1]
    wills = list(_WILL.finditer(before))
    if wills:
        return _TOLD.search(before, wills[-1].end()) is None
    if _SHORT.fullmatch(before) and _WILL.match(text[end:].lstrip()):
        return True  # "a march on Saturday is expected to draw thousands"
    if before.strip().lower() in {
        "",
        "on",
        "and on",
        "but on",
        "from",
        "by",
        "in",
    }:  # the expression opens the sentence
        after = _STOP.split(text[end : end + 60])[0]
        will = _WILL.search(after)
        return will is not None and _TOLD.search(after, 0, will.start()) is None
    return False


def _mention(text: str, span: tuple[int, int], found: Resolved, anchor: dt.date | None) -> DateMention:
    """Make the record: bounds, precision, and how the words before it bend it."""
    start, end = span
    words = text[start:end]
    first, last, precision = found.start, found.end, found.precision
    left = text[max(0, start - 16) : start]
    relation: Relation = "in"
    said = _RELATION.search(left)
    # "By this morning's bomb": the day is the bomb's.
    if said is not None and not found.anaphoric and not _POSSESSIVE.match(text, end):
        relation = _RELATIONS[said[1].lower()]
    if relation == "since" and first is not None:
        reaches = anchor is not None and anchor >= first
        last, precision = (anchor if reaches else None), "range"
    if found.counted and _ABOUT.search(left) is not None and first is not None:
        precision = "vague"
    if first is None and last is None:
        precision = "unknown"
    uses_anchor = anchor is not None and (found.relative or relation == "since") and first is not None
    interval = DateInterval(
        start=first,
        end=last,
        precision=precision,
        text=words,
        span=Span(start, end, words),
        anchor=anchor if uses_anchor else None,
    )
    later = anchor is not None and first is not None and first > anchor
    return DateMention(
        start, end, words, interval, relation, found.anaphoric, found.shift, future=found.future or later
    )
