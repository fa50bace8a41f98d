"""What next to no reading would give: the baselines that stand beside incidents, places of events and clusters."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from mapper.evaluation.answers import TYPE_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mapper.evaluation.chains import ChainedMention
    from mapper.evaluation.event_places import Spans
    from mapper.evaluation.reading import Row

__all__ = ["NEAREST_PLACE", "ONE_A_REPORT", "SAME_LEMMA", "nearest_place", "one_a_report", "same_lemma"]

ONE_A_REPORT: Final = "one a report"
"""One incident of the type that a report has most words of, on the day and at the place of its dateline."""
NEAREST_PLACE: Final = "nearest place"
"""The place name that stands nearest to the words of the event."""
SAME_LEMMA: Final = "same lemma"
"""Mentions of one topic with the same lemma are one event."""

_DEAD: Final = re.compile(r"\b(\d+) (?:[\w-]+ ){0,3}(?:killed|dead|died)\b", re.IGNORECASE)


def one_a_report(row: Row) -> Row:
    """Predict the incident of a report, in the form of a plain row; none where no word of any type stands in it."""
    counts = Counter[str]()
    for beginnings, types in TYPE_WORDS:
        counts[types[-1]] += len(re.findall(rf"\b(?:{beginnings})", row["text"], re.IGNORECASE))
    kind, words = counts.most_common(1)[0]
    if not words:
        return {"id": row["id"], "incidents": []}
    day, place, dead = row.get("published") or row.get("pub_date"), row.get("dateline_place"), _DEAD.search(row["text"])
    number = int(dead[1]) if dead else None
    incident = {
        "type": [kind],
        "date_start": day,
        "date_end": day,
        "places": [place] if place else [],
        "killed_low": number,
        "killed_high": number,
    }
    return {"id": row["id"], "incidents": [incident]}


def nearest_place(places: Iterable[tuple[int, int]], event: Collection[tuple[int, int]]) -> Spans:
    """Choose the place whose name stands nearest to the words of an event; none where there is no place."""

    def gap(place: tuple[int, int]) -> int:
        return min((max(place[0] - end, start - place[1], 0) for start, end in event), default=0)

    best = min(places, key=gap, default=None)
    return frozenset() if best is None else frozenset((best,))


def same_lemma(gold: Mapping[str, ChainedMention]) -> dict[str, str]:
    """Put mentions of one topic with the same lemma into one cluster; the lemma and the topic are the corpus' own."""
    return {name: f"{mention.topic} {mention.lemma}" for name, mention in gold.items() if mention.lemma}
