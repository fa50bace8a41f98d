"""Incidents scored slot by slot over a corpus, after each document's were paired with the gold.

Recall is agreeing pairs among the gold incidents that fill a slot, precision agreeing pairs among the predicted ones
that do; unpaired incidents of either side count in full. What the key marks optional counts only where it was found.
This is not the scorer of 1992, whose figures weigh partial answers and 24 slots: the two cannot be set side by side.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from mapper.evaluation.agreement import WHO, agreement, align, match_fillers
from mapper.evaluation.countries import code_of_country
from mapper.evaluation.figures import of_counts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.evaluation.answers import Answer
    from mapper.evaluation.figures import Figures
    from mapper.evaluation.muc_key import GoldIncident

__all__ = ["OVERALL", "SLOTS", "score_incidents"]

SLOTS: Final = ("type", "date", "date_exact", "country", "place_any", "place", "killed", "injured")
OVERALL: Final = ("type", "date", "country", "place", "killed", "injured", *WHO)
"""Slots summed into the one overall figure."""

_HARM: Final = ("killed", "injured")


class _Counts:
    """What was hit, wanted and given, by slot."""

    def __init__(self) -> None:
        self.hit = Counter[str]()
        self.wanted = Counter[str]()
        self.given = Counter[str]()
        self.exact = {slot: [0, 0] for slot in _HARM}
        self.evidence = [0, 0]
        self.by_type: dict[str, list[int]] = {}

    def figures(self, *slots: str) -> Figures:
        return of_counts(*(sum(counter[slot] for slot in slots) for counter in (self.hit, self.wanted, self.given)))


def score_incidents(gold: Mapping[str, Sequence[GoldIncident]], answers: Mapping[str, Sequence[Answer]]) -> Figures:
    """Score predicted incidents against a key; a document without predictions is one with no incident.

    Returns
    -------
    dict
        `incident` (found at all), each of `SLOTS`, `perpetrators`, `targets`, `overall` and `document` (tells of an
        incident or not) with P, R, F1; `killed_exact` and `injured_exact`, the share of exact figures given exactly;
        `evidence`, the share of found incidents whose evidence touches what the key names; `found_by_type`.
    """
    counts = _Counts()
    for key, wanted in gold.items():
        given = answers.get(key, ())
        pairs = align(wanted, given)
        for i, incident in enumerate(wanted):
            _count_gold(counts, incident, given[pairs[i]] if i in pairs else None)
        for answer in given:
            _count_answer(counts, answer)
    found = {slot: counts.figures(slot) for slot in ("incident", *SLOTS, *WHO)}
    found["overall"] = counts.figures(*OVERALL)
    for slot, (hits, of) in counts.exact.items():
        found[f"{slot}_exact"] = {"share": hits / of if of else None, "hit": hits, "gold": of}
    touching, told = counts.evidence
    found["evidence"] = {"share": touching / told if told else None, "n": told}
    found["document"] = _documents(gold, answers)
    found["found_by_type"] = {
        name: {"R": hits / of, "hit": hits, "gold": of} for name, (hits, of) in sorted(counts.by_type.items())
    }
    return found


def _count_gold(counts: _Counts, gold: GoldIncident, answer: Answer | None) -> None:
    if answer is None and gold.optional:
        return
    agrees = agreement(gold, answer) if answer is not None else {}
    counts.wanted["incident"] += 1
    counts.hit["incident"] += answer is not None
    for slot in SLOTS:
        hit = agrees.get(slot, False)
        counts.hit[slot] += hit
        counts.wanted[slot] += _fills(gold, slot) and (hit or not _left_open(gold, slot))
    if agrees.get("place_any") and answer is not None and not _names_below_country(answer):
        counts.given["place_any"] += 1  # a town with the name of a country: Guatemala, Panama
    for slot, (_, of) in counts.exact.items():
        harmed = getattr(gold, slot)
        if harmed and harmed[0] == harmed[1]:
            counts.exact[slot] = [counts.exact[slot][0] + agrees.get(f"{slot}_exact", False), of + 1]
    for slot in WHO:
        hits, wanted, _ = match_fillers(getattr(gold, slot), getattr(answer, slot) if answer is not None else ())
        counts.hit[slot] += hits
        counts.wanted[slot] += wanted
    if answer is not None and answer.evidence and gold.spans:
        counts.evidence[1] += 1
        counts.evidence[0] += any(a < end and start < b for a, b in answer.evidence for start, end in gold.spans)
    for name in gold.types:
        hits, of = counts.by_type.get(name, (0, 0))
        counts.by_type[name] = [hits + (answer is not None), of + 1]


def _count_answer(counts: _Counts, answer: Answer) -> None:
    counts.given["incident"] += 1
    filled = {
        "type": bool(answer.types),
        "date": answer.date is not None,
        "date_exact": answer.date is not None,
        "country": answer.country is not None,
        "place_any": _names_below_country(answer),
        "place": bool(answer.names),
        "killed": answer.killed is not None,
        "injured": answer.injured is not None,
    }
    for slot in SLOTS:
        counts.given[slot] += filled[slot]
    for slot in WHO:
        counts.given[slot] += len(getattr(answer, slot))


def _fills(gold: GoldIncident, slot: str) -> bool:
    return {
        "type": bool(gold.types),
        "date": bool(gold.dates),
        "date_exact": bool(gold.dates),
        "country": bool(gold.countries),
        "place_any": bool(gold.finest),
        "place": bool(gold.finest) or gold.country_enough,
        "killed": gold.killed is not None,
        "injured": gold.injured is not None,
    }[slot]


def _left_open(gold: GoldIncident, slot: str) -> bool:
    """Tell whether the key itself lets a slot be empty: all harm optional, or a country alone is right too."""
    if slot in _HARM:
        harmed = getattr(gold, slot)
        return harmed is not None and harmed[0] == 0
    return slot == "place_any" and gold.country_enough


def _names_below_country(answer: Answer) -> bool:
    return any(code_of_country(name) is None for name in answer.names)


def _documents(gold: Mapping[str, Sequence[GoldIncident]], answers: Mapping[str, Sequence[Answer]]) -> Figures:
    telling = {key for key, wanted in gold.items() if not all(incident.optional for incident in wanted)}
    either = {key for key, wanted in gold.items() if wanted} - telling  # only optional incidents: both are right
    told = {key for key in gold if answers.get(key)}
    return of_counts(len(telling & told), len(telling), len(told - either))
