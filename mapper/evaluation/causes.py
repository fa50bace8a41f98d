"""The baseline that knows only names, and why an answer is wrong: counted by cause."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from mapper.evaluation.geoparsing import Mention, is_right, sort_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.evaluation.figures import Figures
    from mapper.evaluation.geoparsing import GoldText
    from mapper.gazetteer import Gazetteer

__all__ = ["CAUSES", "Names", "causes_end_to_end", "causes_of_given"]

Cause = Literal["right", "gazetteer_gap", "wrong_candidate", "no_answer", "span_missed", "span_invented"]

CAUSES: Final[dict[Cause, str]] = {
    "right": "within 161 km, or the same GeoNames id",
    "gazetteer_gap": "no place of that name in the gazetteer is right",
    "wrong_candidate": "one is, and another was chosen",
    "no_answer": "one is, and none was chosen",
    "span_missed": "the text names a place that was not found",
    "span_invented": "what was found is no place of the corpus",
}

_ALL: Final = 1000
"""Candidates looked at for a name: more than any name of the gazetteer has."""


class Names:
    """What the gazetteer knows by a name alone, without any context."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._places = lru_cache(maxsize=50_000)(self._look_up)

    def largest(self, text: str, span: Mention) -> Mention:
        """Answer a span with the most populous place of its name; without a point where there is no such name."""
        places = self._places(text[span.start : span.end])
        best = max(places, key=lambda place: place[0], default=None)
        if best is None:
            return replace(span, lat=None, lon=None, geonameid="")
        return replace(span, lat=best[1].lat, lon=best[1].lon, geonameid=best[1].geonameid)

    def holds(self, text: str, wanted: Mention) -> bool:
        """Tell whether any place of that name would be a right answer."""
        return any(is_right(wanted, place) for _, place in self._places(text[wanted.start : wanted.end]))

    def _look_up(self, name: str) -> tuple[tuple[int, Mention], ...]:
        places = (candidate.place for candidate in self._gazetteer.lookup(name, limit=_ALL))
        return tuple((p.population, Mention(0, 0, p.lat, p.lon, str(p.geonameid or ""))) for p in places)


def causes_of_given(
    gold: Mapping[str, GoldText], answers: Mapping[str, Sequence[Mention]], names: Names, *, demonyms: bool = True
) -> Figures:
    """Count the causes over given spans.

    Returns
    -------
    dict
        Cause -> count (`CAUSES` says what each means), and `acc161_or_id_of_known`: the share that is right of the
        toponyms whose place the gazetteer has under that name.
    """
    counts: dict[str, int] = dict.fromkeys(("right", "gazetteer_gap", "wrong_candidate", "no_answer"), 0)
    for key, document in gold.items():
        by_span = {(given.start, given.end): given for given in answers.get(key, ())}
        for wanted in document.mentions:
            if wanted.point is not None and (demonyms or not wanted.is_demonym):
                counts[_cause(document, wanted, by_span.get((wanted.start, wanted.end)), names)] += 1
    known = sum(counts.values()) - counts["gazetteer_gap"]
    return counts | {"acc161_or_id_of_known": counts["right"] / known if known else 0.0}


def causes_end_to_end(
    gold: Mapping[str, GoldText], answers: Mapping[str, Sequence[Mention]], names: Names, *, demonyms: bool = False
) -> Figures:
    """Count the causes over spans that were found (any overlap) or should have been; as `causes_of_given`."""
    counts: dict[str, int] = dict.fromkeys(CAUSES, 0)
    for key, document in gold.items():
        spans = sort_out(document, answers.get(key, ()), match="overlap", demonyms=demonyms)
        for wanted, given in spans.found:
            counts[_cause(document, wanted, given, names)] += 1
        counts["span_missed"] += len(spans.missed)
        counts["span_invented"] += len(spans.invented)
    return dict(counts)


def _cause(document: GoldText, wanted: Mention, given: Mention | None, names: Names) -> Cause:
    if is_right(wanted, given):
        return "right"
    if not names.holds(document.text, wanted):
        return "gazetteer_gap"
    return "no_answer" if given is None or given.point is None else "wrong_candidate"
