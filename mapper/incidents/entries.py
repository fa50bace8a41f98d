"""Reports that are lists of entries: digests, logs, live blogs, bulletins, each entry a story of its own.

An entry begins with a day ("13 Apr - "), a clock ("18:40"), a number ("2.") or a place ("Deir ez-Zor. ") as its head.
What the head says holds for the entry where its sentences say nothing else, and nothing that another entry told is told
on without a word that points back to it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from mapper.incidents.dates import DateMention, find_dates
from mapper.incidents.whereabouts import locate, may_be_shown
from mapper.records import DateInterval, Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from mapper.incidents.mention import Mention
    from mapper.records import Resolution, Sentence

__all__ = ["Entry", "entries", "take_head"]

LEAST: Final = 3
"""Paragraphs with a head of one kind that make a report a list of entries."""

_MARK: Final = re.compile(
    r"(?:[^\w\n]*(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})[.)]|\(?[a-z]\)|[ivx]+[.)])(?=\s))?[^\w\n]*", re.IGNORECASE
)
"""Bullets and numbers before a head."""

_CLOCK: Final = re.compile(
    r"((?:(?:[01]?\d|2[0-3])[:.h][0-5]\d|(?:[01]\d|2[0-3])[0-5]\d(?=\s*(?:hrs?|hours|h|z|utc|gmt|local)\b))"
    r"(?:\s*(?:hrs?|hours|h|z|utc|gmt|local|[ap]\.?m\.?)\b)?)\W*",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"(?:,?\s*\d{4}\b)?(?:\s*\([^()\n]{1,40}\)|,\s*[^\W\d_][\w' -]{1,30})?\s*(?:[.:\u2013\u2014]|-(?=\s)|\n|,\s*\d{4})"
)
"""Behind a head: what parts it from the text."""
_LONGEST: Final = 60  # characters of a head
_BARE: Final = 30  # characters of a line that is a head and no more


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its number, and the day and the place that its head gives.

    Attributes
    ----------
    start, end
        Where it stands in the report; the offsets of `day` count from `start`.
    """

    number: int
    start: int
    end: int
    day: DateMention | None = None
    place: Resolution | None = None


class _Head(NamedTuple):
    """What a paragraph begins with."""

    number: str | None
    clock: Span | None
    day: DateMention | None
    place: Resolution | None

    @property
    def kinds(self) -> list[str]:
        """Which of them it has."""
        return [kind for kind, value in self._asdict().items() if value is not None]


def entries(
    sentences: Sequence[Sentence], resolutions: Sequence[Resolution], anchor: dt.date | None
) -> dict[int, Entry]:
    """Give the entry of each paragraph of a report, by the paragraph's number; nothing where it is no list.

    Parameters
    ----------
    sentences, resolutions
        Of the report, in order.
    anchor
        The day from which it counts.
    """
    openings: dict[int, Sentence] = {}
    for sentence in sentences:
        if sentence.role == "body":
            openings.setdefault(sentence.paragraph, sentence)
    at = {r.toponym.start: r for r in resolutions}
    heads = {number: _head(opening, at, anchor) for number, opening in openings.items()}
    times = Counter(kind for head in heads.values() for kind in head.kinds)
    listed = {kind for kind, number in times.items() if number >= LEAST}
    ends = {sentence.paragraph: sentence.end for sentence in sentences}
    first = next((openings[n].start for n in sorted(openings) if heads[n].clock), 0)
    today = _day_above(sentences, first, anchor) if "clock" in listed else None
    found: dict[int, Entry] = {}
    bare, count = None, 0
    for number, opening in sorted(openings.items()):
        head = heads[number]
        if listed.intersection(head.kinds):
            day = head.day or (_on_that_day(head.clock, today) if head.clock and today else None)
            count += 1
            found[number] = Entry(count, opening.start, ends[number], day, head.place)
        elif bare is not None:
            found[number] = replace(bare, end=ends[number])
        # A clock in a line of its own is the head of the paragraph below; what follows that may be anything.
        bare = found.get(number) if len(opening.text) <= _BARE else None
    return found


def _day_above(sentences: Sequence[Sentence], first: int, anchor: dt.date | None) -> dt.date | None:
    """Give the day that stands above the first clock of a log or a live blog, or else that of its publication."""
    above = [s.text for s in sentences if s.start < first]
    days = [d.interval.start for text in above for d in find_dates(text, anchor=anchor) if _is_one_day(d)]
    near = [day for day in days if day and (anchor is None or abs((anchor - day).days) <= 1)]
    return near[-1] if near else anchor


def _is_one_day(date: DateMention) -> bool:
    return date.interval.precision == "day" and date.relation == "in" and not date.anaphoric


def _on_that_day(clock: Span, day: dt.date) -> DateMention:
    """Read a clock at the head of an entry as the day under which it stands."""
    interval = DateInterval(day, day, "day", clock.text, clock, day)
    return DateMention(clock.start, clock.end, clock.text, interval)


def _head(sentence: Sentence, at: Mapping[int, Resolution], anchor: dt.date | None) -> _Head:
    """Read the head of a paragraph, with offsets into it."""
    text = sentence.text[:_LONGEST]
    mark, clock = _MARK.match(text), None
    start = mark.end() if mark else 0
    found = _CLOCK.match(text, start)
    if found is not None:
        clock, start = Span(found.start(1), found.end(1), found[1]), found.end()
    days = [d for d in find_dates(text, anchor=anchor) if _is_one_day(d) and d.start in (0, start)]
    day = next((d for d in days if _BEHIND.match(text, d.end)), None)
    place = at.get(sentence.start + start)
    if place is not None:
        behind = place.toponym.end - sentence.start
        named = place.toponym.kind == "literal" and may_be_shown(place)
        place = place if named and behind < len(text) and _BEHIND.match(text, behind) else None
    return _Head(mark["number"] if mark else None, clock, day, place)


def _keep_inside(mention: Mention, entry: Entry) -> None:
    """Take away what was found beyond the sentence and belongs to another entry."""
    if "place" in mention.reached:
        kept = tuple(p for p in mention.places if entry.start <= p.resolution.toponym.start < entry.end)
        mention.places, mention.reached = kept, mention.reached if kept else mention.reached - {"place"}
    if "date" in mention.reached:
        by = mention.sentence.start
        mention.dates = [d for d in mention.dates if entry.start <= d.start + by < entry.end]
        mention.reached -= {"date"}  # of an entry's one story its day is sure


def take_head(mention: Mention, entry: Entry | None) -> None:
    """Give a mention the day and the place of its entry's head, where nothing else says when and where it was."""
    if entry is None:
        return
    mention.entry = entry.number
    _keep_inside(mention, entry)
    if entry.day is not None and not mention.dates and (mention.ongoing or not mention.same_time):
        mention.ongoing = False  # it goes on at the time of the entry
        by = entry.start - mention.sentence.start
        mention.dates = [replace(entry.day, start=entry.day.start + by, end=entry.day.end + by)]
        mention.reached |= {"date"}
    if entry.place is not None and not mention.places and not mention.scene:
        mention.places = (locate(entry.place),)
        mention.reached |= {"place"}
