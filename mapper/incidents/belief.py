"""How sure it is that a draft is an incident: a chance, learnt from labelled dispatches that no model was trained on.

What speaks for an incident are plain traits of its telling: that the model hears an event in its words, and one of its
kind; that a place, a day, people harmed, someone who did it are told. Their weights are those of two logistic models
that ``python -m mapper.training.belief`` fits: one says whether a draft is told, the other how sure its kind and its
place are.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from mapper.incidents.sufficiency import is_sufficient, says_how_many, says_when, says_where
from mapper.incidents.whereabouts import AREAS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.incidents.grouping import Draft
    from mapper.records import IncidentPlace

__all__ = ["DOUBTED", "TOLD", "chance", "confidence", "place_traits", "right_traits", "traits"]

DOUBTED, TOLD = 0.3, 0.6
"""Chances from which a draft is told that says enough for an incident by rule, and one that does not."""

_RARE: Final = 0.01
_NAMES_IT, _PLAIN = 3, 2
"""Strength of a word that names an event by itself, and of one that does so in company."""

_IS_ONE: Final[Mapping[str, float]] = {
    "bias": -2.31, "by rule": 0.30, "heard": 0.52, "asked": 0.53, "of its kind": 0.01, "named": 0.09,
    "in the lexicon": 0.51, "harm alone": -0.23, "of a kind": -0.31, "where": -0.14, "where by its clause": 0.41,
    "when": 0.72, "on a day": -0.22, "when from around": -0.11, "how many": 0.06, "who": -0.33, "told again": 0.15,
    "several": -0.56, "habit": -0.48, "before a court": -0.13, "pastime": 0.03, "not come to pass": -0.25,
}  # fmt: skip
"""What each trait counts for a draft to be an incident, of whatever kind."""

_IS_RIGHT: Final[Mapping[str, float]] = {
    "bias": -0.36, "of its kind": 0.41, "in the lexicon": -0.24, "not come to pass": -0.43, "is one": 0.30,
    "shown": -0.58, "an area": 0.01, "by its clause": 0.84, "surely that place": -0.48, "its place": 0.15,
    "asked": 0.86, "asked first": 0.68, "by words": -0.38,
}  # fmt: skip
"""What each trait counts for an incident that is told to be right in kind and place."""


def traits(draft: Draft, kind: str) -> dict[str, float]:
    """Give what speaks for a draft, and what against it.

    Parameters
    ----------
    draft
        The mentions taken to tell of one event.
    kind
        The type that it is told as.

    Returns
    -------
    dict
        Trait to value; yes and no are 1 and 0, chances are log-odds.
    """
    mentions = draft.mentions
    heard = max(m.heard[1] for m in mentions)
    asked = max(sum(m.asked.values()) for m in mentions)
    of_kind = max(m.asked.get(kind, 0.0) for m in mentions)
    return {
        "bias": 1.0,
        "by rule": is_sufficient(draft),
        "heard": _log_odds(heard),
        "asked": _log_odds(asked),
        "of its kind": _log_odds(of_kind),
        "named": any(m.strength == _NAMES_IT for m in mentions),
        "in the lexicon": any(m.strength == _PLAIN and m.trigger.pos != "heard" for m in mentions),
        "harm alone": all(m.trigger.pos == "effect" for m in mentions),
        "of a kind": bool(draft.types),
        "where": says_where(draft),
        "where by its clause": any(m.happened and "place" not in m.reached for m in mentions),
        "when": says_when(draft),
        "on a day": draft.date.precision == "day",
        "when from around": any("date" in m.reached for m in mentions),
        "how many": says_how_many(draft),
        "who": any(m.weapon or m.targets or m.perpetrators for m in mentions),
        "told again": min(_NAMES_IT, len({m.sentence.start for m in mentions})) - 1.0,
        "several": draft.several,
        "habit": all(m.habitual for m in mentions),
        "before a court": all(m.background for m in mentions),
        "pastime": draft.pastime,
        "not come to pass": any(m.status != "accomplished" for m in mentions),
    }  # fmt: skip


def place_traits(draft: Draft, places: Sequence[IncidentPlace]) -> dict[str, float]:
    """Give what speaks for the place that an incident is shown at; nothing where it is shown nowhere."""
    happened = [p.resolution for p in places if p.role == "happened"]
    if not happened:
        return {}
    told = [
        m.told.chance(r.toponym.start, r.toponym.end, "place")
        for m in draft.mentions
        if m.told is not None
        for r in happened
    ]
    return {
        "shown": 1.0,
        "an area": all(r.precision in AREAS for r in happened),
        "by its clause": any(m.happened and "place" not in m.reached for m in draft.mentions),
        "surely that place": max(r.score for r in happened),
        "its place": _log_odds(max(told, default=0.5)),
    }


def chance(found: Mapping[str, float]) -> float:
    """Give the chance that a draft of these `traits` is an incident."""
    return _logistic(found, _IS_ONE)


def confidence(found: Mapping[str, float], of_place: Mapping[str, float]) -> float:
    """Give the chance that an incident of these `traits` and `place_traits` is right in kind and place."""
    return _logistic(right_traits(found, of_place, chance(found)), _IS_RIGHT)


def right_traits(found: Mapping[str, float], of_place: Mapping[str, float], is_one: float) -> dict[str, float]:
    """Give what the second model goes by: the first one's word, a few of its traits, and those of the place."""
    kept = ("bias", "of its kind", "in the lexicon", "not come to pass")
    return {name: found[name] for name in kept} | {"is one": _log_odds(is_one), **of_place}


def _logistic(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    # What has no weight yet counts nothing: so new weights can be fitted.
    return 1.0 / (1.0 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in found.items())))


def _log_odds(p: float) -> float:
    p = max(_RARE, min(1.0 - _RARE, p))
    return math.log(p / (1.0 - p))
