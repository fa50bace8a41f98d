"""From the words of an event to the words of its place, one event a row: exact spans, words, and whole rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mapper.errors import SourceError
from mapper.evaluation.figures import of_counts
from mapper.evaluation.reading import Row, spans_of
from mapper.incidents import cues, whereabouts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mapper.evaluation.figures import Figures
    from mapper.incidents.mention import Mention
    from mapper.language import Tags
    from mapper.records import Resolution

__all__ = ["EventRow", "Spans", "event_row", "places_asked", "places_told", "score_event_places", "told_places"]

Spans = frozenset[tuple[int, int]]

_WORD: Final = re.compile(r"\w+")
_LIES_IN: Final = re.compile(r"\s*(?:,|(?:in|of|district|area|province|village|town|city)\b)[^\n]{0,44}\Z")
"""Between a place and what it lies in, where no word joins two places."""
_JOINED: Final = re.compile(r"\b(?:and|or)\b")


@dataclass(frozen=True, slots=True)
class EventRow:
    """A sentence with the spans of one event and of its places; `row` is the line as it was read."""

    text: str
    event: Spans
    places: Spans
    row: Row


def event_row(row: Row) -> EventRow:
    """Make the gold of a line `{"text", "event": [{"start", "end"}], "locations": [{"start", "end"}]}`."""
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise SourceError('the line has no "text"', hint='a corpus line is {"id", "text", "event", "locations"}')
    return EventRow(text, frozenset(spans_of(row.get("event"))), told_places(row), row)


def told_places(row: Row) -> Spans:
    """Give the spans of `locations`."""
    return frozenset(spans_of(row.get("locations")))


def places_told(mentions: Iterable[Mention], event: Collection[tuple[int, int]]) -> Spans:
    """Give where mentions put the event that these words tell of.

    Parameters
    ----------
    mentions
        What the rooms behind `mapper extract` make of the sentence (`mapper.incidents.mentions`).
    event
        Spans of the event's words, in the document.

    Returns
    -------
    frozenset
        Spans of the toponyms; none where no mention's clause holds the event. Of several mentions of one clause, the
        one with these very words tells.
    """
    clauses = []
    for mention in mentions:
        start, end = mention.sentence.start + mention.clause.start, mention.sentence.start + mention.clause.end
        if any(start <= a < end for a, _ in event):
            clauses.append(mention)
    exact = [m for m in clauses if any(a < _end(m) and _start(m) < b for a, b in event)]
    return frozenset(
        (place.toponym.start, place.toponym.end) for mention in exact or clauses for place in mention.happened
    )


def places_asked(tags: Tags | None, row: EventRow, resolutions: Sequence[Resolution]) -> Spans | None:
    """Give where the model puts the event of a row, of which it is told the words.

    Parameters
    ----------
    tags
        What it says of the row's text.
    resolutions
        The places found in the text: of those that lie in one another the finest is meant.

    Returns
    -------
    frozenset or None
        Spans of names; None where there is no model that could be asked.
    """
    event = min(start for start, _ in row.event), max(end for _, end in row.event)
    told = tags.arguments(*event) if tags is not None else None
    if told is None:
        return None
    spans = sorted((e.start, e.end) for e in told.entities("place"))
    found = {span: [r for r in resolutions if r.place and _touch(r, span)] for span in spans}
    fine = whereabouts.finest([r for of_span in found.values() for r in of_span])
    kept = [span for span in spans if not found[span] or any(r in fine for r in found[span])]
    for first, second in pairwise(list(kept)):
        between = row.text[first[1] : second[0]]
        if cues.OWNS.fullmatch(between):
            kept.remove(first)  # "Yala's Yaha district"
        elif _LIES_IN.match(between) and not _JOINED.search(between):
            kept.remove(second)
    return frozenset(kept)


def _touch(resolution: Resolution, span: tuple[int, int]) -> bool:
    return resolution.toponym.start < span[1] and span[0] < resolution.toponym.end


def _start(mention: Mention) -> int:
    return mention.sentence.start + mention.trigger.start


def _end(mention: Mention) -> int:
    return mention.sentence.start + mention.trigger.end


def score_event_places(gold: Mapping[str, EventRow], answers: Mapping[str, Spans]) -> Figures:
    """Score places of events; a row without an answer says that there is no place.

    Returns
    -------
    dict
        `span` (exact) and `token` (words that the spans touch) with P, R, F1; `rows`, and the share `rows_right` as a
        whole; `has_place`: a place told from none.
    """
    spans, words, has = Counter[str](), Counter[str](), Counter[str]()
    right = 0
    for key, row in gold.items():
        given = answers.get(key, frozenset())
        spans.update(_overlap(row.places, given))
        words.update(_overlap(_words(row.text, row.places), _words(row.text, given)))
        has.update(_overlap({0} if row.places else set(), {0} if given else set()))
        right += row.places == given
    return {
        "span": of_counts(spans["hit"], spans["gold"], spans["pred"]),
        "token": of_counts(words["hit"], words["gold"], words["pred"]),
        "rows": len(gold),
        "rows_right": right / len(gold) if gold else 0.0,
        "has_place": of_counts(has["hit"], has["gold"], has["pred"]),
    }


def _overlap(gold: Collection[object], given: Collection[object]) -> dict[str, int]:
    return {"hit": len(set(gold) & set(given)), "gold": len(gold), "pred": len(given)}


def _words(text: str, spans: Spans) -> set[int]:
    return {
        word.start()
        for word in _WORD.finditer(text)
        if any(start < word.end() and word.start() < end for start, end in spans)
    }
