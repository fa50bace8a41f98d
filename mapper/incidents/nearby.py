"""What stands around an event: the places and dates of the sentences beside its own, and what "the city" stands for.

A sentence is read by itself first. What it leaves out, the sentences around it often tell; which of their places and
dates are this event's, the argument reader of the model says (`mapper.language.Arguments`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mapper.incidents.clauses import dateline_end
from mapper.incidents.cues import THEIR_HOME, is_an_end, is_elsewhere
from mapper.incidents.dates import find_dates
from mapper.incidents.patterns import any_of
from mapper.incidents.whereabouts import AREAS, may_be_shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from mapper.incidents.dates import DateMention
    from mapper.incidents.lexicon import Trigger
    from mapper.language import Arguments
    from mapper.records import Document, Resolution, Sentence, Toponym

__all__ = [
    "MONTHS", "Nearby", "date_distance", "dates_told", "is_of_the_court", "is_of_what_followed", "is_one_time",
    "no_later_than", "speaks_of_the_past", "sums_up", "written_on",
]  # fmt: skip

_SPEAKING: Final = re.compile(
    r"\b(?:said|says|told|reported|announced|confirmed|added|stated|denied|wrote|posted|tweeted|spoke|statement|reporters|"
    r"briefing|conference|interview|bulletin)\b",
    re.IGNORECASE,
)
"""Words of speech, without one of which no date of a sentence is the day of speech."""

_SPEECH: Final = re.compile(
    rf"{_SPEAKING.pattern}\s+(?:(?!that\b|after\b|for\b)[\w'\u2019]+\s+){{0,2}}$", re.IGNORECASE
)
"""Before a date: it is the day on which somebody spoke, not the day of the event."""

_SPEAKER: Final = re.compile(
    r"\s+(?:said|says|told|announced|confirmed|added|stated|denied)\b(?!\s+(?:to|by)\b)", re.IGNORECASE
)
"""Behind a date, of those who spoke on it: "police on Tuesday said"."""

_TALLIED: Final = re.compile(
    r"\b(?:tolls?|fatalities|number of (?:dead|deaths|people killed))\b[^.;]{0,90}"
    r"\b(?:rose|risen|rises|rising|climb(?:ed|s)|jumped|grew|increased|reached|stood|stands|passed|surpassed|went up)\b"
    r"[^.;]{0,30}\bon\s+(?:late\s+|early\s+)?$",
    re.IGNORECASE,
)
"""Before a date: on that day the dead were counted."""

_COURT: Final = re.compile(
    r"\b"
    + any_of(r"""
    sentenced jailed imprisoned convicted (?:found|pleaded)_(?:not_)?guilty charged indicted acquitted went_on_trial
    ruled executed put_to_death (?:due|scheduled|set)_to_(?:die|be_(?:executed|sentenced|tried)|appear|stand|face)
    """)
    + r"\b[^.;]*?\b(?:for|of|over|with|to|that|in connection with)\b",
    re.IGNORECASE,
)
"""What a court did, and what follows it: the deed."""
_FOLLOWED: Final = re.compile(
    r"\b(?:bury|buried|burials?|funerals?|mourn\w*|laid to rest|identif\w+|found|recovered|remember\w*)\b[^.;]*"
    r"\b(?:who|that|which)\s+had\b",
    re.IGNORECASE,
)
"""What is done with the dead or the wreck, and before what: "helped to bury two brothers who had stepped on a mine"."""
_BESIDE: Final = 40  # characters from a verb to its date
_MONTH: Final = 31
_RELATIVE: Final = re.compile(r"\b(?:that|which|who)\s+(?:(?:had|has|have|was|were)\s+)?$")
_SINCE: Final = re.compile(r"\bsince\b", re.IGNORECASE)
_PERFECT: Final = re.compile(r"\b(?:has|have)\s+(?:\w+ly\s+)?(?:been\s+)?\w+(?:ed|en|ght|wn|ck|ut)\b", re.IGNORECASE)
_COUNTED: Final = re.compile(
    r"\b(?:first|second|third|fourth|fifth|latest|worst|deadliest|biggest|largest|heaviest|only)\b", re.IGNORECASE
)

_YEAR: Final = re.compile(
    r"\b(1[0-9]{3}|20[0-9]{2})\b"
    # Nor the hour of a log: "1600 Wed - three men picked up".
    r"(?! (?:people|troops|soldiers|homes|houses|men|women|hectares|metres|km)"
    r"| (?:hrs?|hours|local|(?:mon|tue|wed|thu|fri|sat|sun)\w*)\b)",
    re.IGNORECASE,
)
_OLD_DAYS: Final = 730  # further back than this is history, not news
MONTHS: Final = 60
"""Days apart from which two times are not one, wherever they are told."""

_FIRST: Final = 12
"""Sentences of a report in which its sources may say when they spoke."""

_AT_PLACE: Final = re.compile(
    r"\b(?:in|at|near|outside)\s+(?:the\s+)?(?:(?:town|village|city)\s+of\s+)?$", re.IGNORECASE
)
"""Before the name of a place where something was."""

_HEADER: Final = re.compile(
    r"\W*(?:date|dated|issued|published|updated|posted|as of|period|reporting period|last update)\b", re.IGNORECASE
)
"""Begins a line that says when a report was written, and what time it covers."""

_WEEK: Final = 7

_SHORT: Final = 60  # characters of a line that says where and when a report was written

_BEFORE: Final = 90  # characters before a name that say what it is to somebody
_LEAST: Final = 0.4
"""Probability from which a place beyond the event's clause is taken for its own."""


def dates_told(text: str, anchor: dt.date | None) -> list[DateMention]:
    """Find the dates of a sentence on which something may have happened, with offsets into it.

    "Since March" and "before Friday" bound an event, they do not date it; "have been killed since Monday" does.
    """
    found = find_dates(text, anchor=anchor)
    spoken = _spoken_on(text, found, anchor)
    if spoken != anchor:
        found = find_dates(text, anchor=spoken)
    return [
        d
        for d in found
        if (d.relation == "in" or _goes_on_since(text, d))
        and not (_is_of_speech(text, d) or _is_of_the_programme(text, d))
    ]


def _is_of_the_programme(text: str, date: DateMention) -> bool:
    """Tell whether a day is that of a broadcast, which opens with what is to be told: "Tonight: a ferry on fire"."""
    return date.text.lower() in {"tonight", "today", "this evening"} and text[date.end :].startswith(":")


def _goes_on_since(text: str, date: DateMention) -> bool:
    """Tell whether something has gone on from a day of late until now: no "third attack since Monday"."""
    start, end = date.interval.start, date.interval.end
    if date.relation != "since" or start is None or end is None or (end - start).days > _MONTH:
        return False
    before = text[: date.start]
    return bool(_PERFECT.search(before)) and not _COUNTED.search(before)


def date_distance(date: DateMention, trigger: Trigger, text: str) -> int:
    """Give how far a date stands from a trigger, in characters; beyond "that" or "which" it is of something else.

    "Rescuers on Monday found the helicopter that crashed in fog on Sunday": it crashed on Sunday.
    """
    outer = date.end <= trigger.start and _RELATIVE.search(text, date.end, trigger.start) is not None
    return abs(date.start - trigger.start) + len(text) * outer


def is_of_the_court(date: DateMention, trigger: Trigger, text: str) -> bool:
    """Tell whether a date before an event is of what a court made of it: "on Thursday sentenced him for the murder"."""
    if date.end > trigger.start or trigger.event_type == "arrest":
        return False
    return bool(_COURT.search(text, max(0, date.start - _BESIDE), trigger.start))


def is_of_what_followed(date: DateMention, trigger: Trigger, text: str) -> bool:
    """Tell whether a date before an event is of what came after it: "on Tuesday they buried a boy who had drowned"."""
    return date.end <= trigger.start and _FOLLOWED.search(text, date.end, trigger.start) is not None


def no_later_than(date: DateMention) -> DateMention:
    """Give the day of what followed an event as the last on which the event can have been."""
    interval = date.interval
    return replace(date, interval=replace(interval, start=None, precision="vague")) if interval.end else date


def is_one_time(dates: Sequence[DateMention]) -> bool:
    """Tell whether dates are told that can all be of one event: not "in October 2023 and in June 2022"."""
    days = [(d.interval.start, d.interval.end) for d in dates if d.interval.start and d.interval.end]
    return bool(dates) and (not days or max(start for start, _ in days) <= min(end for _, end in days))


def sums_up(text: str, anchor: dt.date | None) -> bool:
    """Tell whether a sentence counts what has come together over months: "278 have died in unrest since October"."""
    if anchor is None or not _SINCE.search(text) or not _PERFECT.search(text):
        return False
    begun = [d.interval.start for d in find_dates(text, anchor=anchor) if d.relation == "since"]
    return any(day is not None and (anchor - day).days > _MONTH for day in begun)


def speaks_of_the_past(text: str, dates: list[DateMention], anchor: dt.date) -> bool:
    """Tell whether a sentence names a bygone year or gives no more than a year, and no day of its own.

    "In 2018 the volcano killed 215 people", "attacks fell to 18 last year": history and sums, not the news.
    """
    if any(d.interval.precision in ("day", "range") and _recent(d.interval.end, anchor) for d in dates):
        return False
    bygone = any(int(year) < anchor.year - 1 for year in _YEAR.findall(text))
    return bygone or any(d.interval.precision == "year" for d in dates)


def _recent(day: dt.date | None, anchor: dt.date) -> bool:
    return day is not None and (anchor - day).days <= _OLD_DAYS


def _is_of_speech(text: str, date: DateMention) -> bool:
    if _TALLIED.search(text[max(0, date.start - 160) : date.start]):
        return True
    return bool(_SPEECH.search(text[max(0, date.start - 60) : date.start]) or _SPEAKER.match(text, date.end))


def written_on(document: Document, sentences: Sequence[Sentence]) -> dt.date | None:
    """Give the day from which a report counts: that of its publication, or else the one on which its sources spoke.

    "At least 50 people have been killed since 27 January, the network said on 4 February 2025": no later than that day
    by much. None where the report says no such day, or days more than a week apart.
    """
    if document.published is not None:
        return document.published
    return _day_of_speech(tuple(s.text for s in sentences if s.role == "body")[:_FIRST])


@lru_cache(maxsize=4)  # a report's is asked for twice
def _day_of_speech(texts: tuple[str, ...]) -> dt.date | None:
    days = [
        d.interval.end
        for text in texts
        if _SPEAKING.search(text)
        for d in find_dates(text, anchor=None)
        if d.interval.end is not None and d.interval.precision == "day" and _is_of_speech(text, d)
    ]
    return max(days) if days and (max(days) - min(days)).days <= _WEEK else None


def _spoken_on(text: str, found: Sequence[DateMention], anchor: dt.date | None) -> dt.date | None:
    """Count from the day on which somebody spoke where a sentence tells it: "overnight, sources said on Friday"."""
    for told in found:
        day = told.interval.end if told.interval.precision == "day" else None
        if day and anchor and 0 < (anchor - day).days <= _WEEK and _is_of_speech(text, told):
            return day
    return anchor


def _not_inside(resolutions: Sequence[Resolution], pointers: Sequence[Resolution]) -> list[Resolution]:
    """Leave out the country of "Bolivia's richest city": the words point to a town of it."""
    starts = [p.toponym.start for p in pointers]  # in text order, and apart

    def points_on(resolution: Resolution) -> bool:
        before = bisect_right(starts, resolution.toponym.start) - 1
        return before >= 0 and resolution.toponym.start < pointers[before].toponym.end

    return [r for r in resolutions if not points_on(r)]


class Nearby:
    """The sentences of a report with their places and dates, found by offset.

    Parameters
    ----------
    sentences
        Of the report, in order.
    resolutions
        Its toponyms, resolved, in text order.
    pointers
        Phrases that point back to a place ("the city"), resolved, in text order.
    anchor
        Publication date, for relative dates.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        resolutions: Sequence[Resolution] = (),
        pointers: Sequence[Resolution] = (),
        *,
        anchor: dt.date | None = None,
    ) -> None:
        self.sentences = sentences
        self.anchor = anchor
        self._starts = [s.start for s in sentences]
        self._places = sorted([*_not_inside(resolutions, pointers), *pointers], key=lambda r: r.toponym.start)
        self._place_starts = [r.toponym.start for r in self._places]
        self._dates: dict[int, list[DateMention]] = {}

    def places(self, start: int, end: int) -> Sequence[Resolution]:
        """Give the places that a stretch of the report names or points back to, in text order."""
        return self._places[bisect_left(self._place_starts, start) : bisect_left(self._place_starts, end)]

    def dates(self, sentence: Sentence) -> list[DateMention]:
        """Give the dates of a sentence, with offsets into it, those on which somebody spoke among them."""
        if sentence.start not in self._dates:
            found = [] if _HEADER.match(sentence.text) else find_dates(sentence.text, anchor=self.anchor)
            self._dates[sentence.start] = [d for d in found if d.relation == "in"]
        return self._dates[sentence.start]

    def places_of(self, told: Arguments, at: Sentence, clauses: Sequence[range]) -> list[Resolution]:
        """Give the places of one event's surroundings that the model takes for its own, in text order.

        Parameters
        ----------
        told
            What the model says of the words around the event.
        at
            The sentence that tells of it: a headline and the text do not lend each other their places.
        clauses
            Offsets into it of the clause of the event, and of others whose places are not its own. Where its own names
            a place that nobody can show, the towns around it are other ones, and only areas may hold it.
        """
        if not told.words:
            return []
        own, *others = (range(at.start + c.start, at.start + c.stop) for c in clauses)
        around = self.places(told.words[0].start, told.words[-1].end)
        unknown = self._names_unknown(own, at)
        return [
            r
            for r in around
            if may_be_shown(r)
            and not self._is_elsewhere(r.toponym)
            and r.precision != "water"  # a river beside it is not where it happened
            and r.toponym.kind not in ("demonym", "embedded", "metonymic")
            and told.chance(r.toponym.start, r.toponym.end, "place") >= _LEAST
            and self._alike(r.toponym.start, at)
            and not self._in_dateline(r.toponym.start)
            and not (unknown and r.precision not in AREAS)
            and not any(r.toponym.start in other for other in others)
        ]

    def _names_unknown(self, clause: range, at: Sentence) -> bool:
        """Whether a clause says that something is in a place that nobody can show: "in Humboldt Park"."""
        return any(
            r.toponym.kind == "literal"
            and not may_be_shown(r)
            and not r.inferred
            and _AT_PLACE.search(at.text, 0, r.toponym.start - at.start) is not None
            for r in self.places(clause.start, clause.stop)
        )

    def dates_of(self, told: Arguments, at: Sentence) -> list[DateMention]:
        """Give the dates around an event that the model takes for its own, with offsets into the sentence `at`."""
        found = []
        for stretch in told.stretches("role", "date"):
            sentence = self._at(stretch.start)
            if sentence is None or not self._alike(stretch.start, at) or self._in_dateline(stretch.start):
                continue
            by = sentence.start - at.start
            found += [
                replace(d, start=d.start + by, end=d.end + by)
                for d in self.dates(sentence)
                if not (d.anaphoric or d.future or (by > 0 and self.is_long_ago(d)))
                and d.start + sentence.start < stretch.end
                and stretch.start < d.end + sentence.start
            ]
        return found

    def is_long_ago(self, date: DateMention) -> bool:
        """Tell whether a date lies months before the report: told later on, it is of what led to the news."""
        end = date.interval.end
        return end is not None and self.anchor is not None and (self.anchor - end).days > MONTHS

    def _at(self, offset: int) -> Sentence | None:
        index = bisect_right(self._starts, offset) - 1
        return self.sentences[index] if index >= 0 and offset < self.sentences[index].end else None

    def _in_dateline(self, offset: int) -> bool:
        """Tell whether a place is where the report was written: an agency's office is no place of an event."""
        sentence = self._at(offset)
        if sentence is None or sentence.role != "body" or sentence.paragraph > 1:
            return False
        # A line of its own ("Port Sudan, Tuesday 8 April 2025") is one as well.
        bare = len(sentence.text) < _SHORT and not sentence.text.rstrip().endswith((".", "!", "?"))
        return bare or offset - sentence.start < dateline_end(sentence.text)

    def _is_elsewhere(self, toponym: Toponym) -> bool:
        sentence = self._at(toponym.start)
        if sentence is None:
            return False
        at, behind = toponym.start - sentence.start, sentence.text[toponym.end - sentence.start :]
        before = sentence.text[max(0, at - _BEFORE) : at]
        return is_elsewhere(before, behind) or is_an_end(before, behind) or THEIR_HOME.search(before) is not None

    def _alike(self, offset: int, at: Sentence) -> bool:
        sentence = self._at(offset)
        return sentence is not None and sentence.role == at.role
