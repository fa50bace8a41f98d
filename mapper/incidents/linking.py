"""From a trigger to the place where it happened.

A scored choice over the places of the trigger's clause: what stands behind a locative preposition or straight behind
the trigger counts, what is an origin, a destination or an actor does not; of places that hold each other the finest is
kept; and a clause may name several places side by side ("across Iraq and Syria").
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from mapper.incidents import cues
from mapper.incidents.whereabouts import (
    AREAS,
    distance_km,
    finest,
    is_position,
    locate,
    may_be_shown,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.lexicon import Trigger
    from mapper.language import Arguments
    from mapper.records import IncidentPlace, Precision, Resolution

__all__ = ["link"]


_FITNESS: Final[dict[Precision, float]] = {"site": 0.3, "settlement": 0.3, "near": 0.3, "country": -0.2, "water": -0.3}
"""Of two places told alike, the town is where it happened and the river beside it is not."""

_ON_LAND: Final = frozenset({"natural_disaster", "protest", "riot", "arrest"})
_ASHORE: Final = 1.5
"""What a river or a sea loses as the place of what happens on land: the flood is in the town on its bank."""

_MOVING: Final = frozenset({"accident", "abduction", "piracy", "shelling_missile", "protest"})
_TAKING: Final = frozenset({"abduction", "protest", "piracy", "arrest", "other_strategic"})
"""Types of events in which people go, or are taken, into another place; what falls or is fired into one hits it."""
_ELSEWHERE: Final = -2.0
"""Score of a place that the words put elsewhere: more than a model that is fairly sure makes good."""
_UNREST: Final = frozenset({"protest", "riot"})
_ENOUGH, _LISTED, _PAIRED = 1.2, -0.75, -3.5
"""Scores from which a place is where it happened: by itself, beside another one, and joined to its like by "and"."""
_BESIDE_KM: Final = 60.0
"""How far off a place may lie from where a phrase puts it."""
_BELIEF: Final = 0.75
"""What the model's log-odds of a place count beside the cues of the clause, of which a preposition gives 3."""
_SUREST, _RARE = 4.0, 1e-6
_ANOTHERS: Final = 2.5
"""What a place loses that stands behind the words for another event."""

_SUFFERED: Final = 2.8
_ITSELF: Final = 6.0
"""Score of the mountain as the place of its eruption, and of a position in degrees: it says where, and no more."""
_HOLDS: Final = 1.8
"""Score of what holds the place that is told: by itself where that one is unknown, else the finer is taken."""
_TAKEN_FROM: Final = 2.0
"""Score of where people were abducted from: there it happened, where no other place is told."""
_OWNER: Final = 2.0
"""What a city counts for more where what it owns is the place, and is not in the gazetteer."""
_AROUND_M: Final = 25_000.0  # how far from a town the villages lie that are said to be in it
_LIES_NEAR: Final = 60  # characters between a place and what it lies in
_THEIR_TOWN: Final = 1.6
"""Score of the town of those who tell of it: enough by itself, and less than any that is told behind "in"."""
_STRETCHED: Final = 1.0
"""What a long stretch of road loses beside a town on it: "blocked the Dhaka-Mymensingh highway at Gazipur"."""
_STRETCH_M: Final = 50_000.0  # a day's walk or an hour's sail: how far off "between X and ..." may lie


def link(
    clause: str,
    offset: int,
    trigger: Trigger,
    resolutions: Sequence[Resolution],
    *,
    told: Arguments | None = None,
    own: Sequence[Trigger] = (),
    beside: Sequence[Trigger] = (),
) -> tuple[IncidentPlace, ...]:
    """Choose the places of an event among the places that its clause names.

    Parameters
    ----------
    clause
        Text of the clause.
    offset
        Where the clause starts in the document.
    trigger
        The event's main trigger, with offsets into `clause`.
    resolutions
        Those of the document whose toponyms lie in the clause, in text order.
    told
        What the model says of the words around the event; None leaves it to the words before and behind a name.
    own, beside
        All triggers of the event, and those of the other events of its clause, with offsets into `clause`.

    Returns
    -------
    tuple of IncidentPlace
        Roles "happened", "origin" and "destination"; empty where the clause names no place of the event.
    """
    if clause.isupper() and len(clause.lower()) == len(clause):
        clause = clause.lower()  # the cues are written in lower case
    scored = []
    before: Resolution | None = None
    shown = [r.toponym.start - offset for r in resolutions if may_be_shown(r)]
    for resolution in resolutions:
        if _is_a_share(clause, resolution.toponym.start - offset, shown):
            continue
        # An inferred area says about where a name must be: too little to say that something happened there.
        if not may_be_shown(resolution) or resolution.toponym.kind in ("demonym", "embedded"):
            continue
        if before is not None and _explains(resolution, before, clause, offset):
            continue
        before = resolution
        score, role = _score(clause, offset, trigger, resolution)
        part = _unknown_part(clause, offset, resolution, resolutions)
        if part is not None and score > 0.0:
            score += _OWNER + max(_belief(told, part), _belief(told, resolution))
        elif score >= 0.0 or score + _belief(told, resolution) >= _ENOUGH:
            score += _belief(told, resolution)  # a little belief lists nothing that the words rule out
        scored.append((score, role, resolution))
    happened = [(score, resolution) for score, role, resolution in scored if role == "happened"]
    happened = _of_its_own(happened, offset, (trigger, *own), beside)
    chosen = _choose(happened, clause, offset)
    if not chosen and trigger.event_type in _UNREST:
        # "Marched to the parliament in Tbilisi": where they went, they were.
        went = [resolution for _, role, resolution in scored if role == "destination"]
        chosen = finest([r for r in went if not cues.AIM.search(clause, trigger.end, r.toponym.start - offset)])
    others = tuple(
        replace(locate(resolution), role=role)  # type: ignore[arg-type]
        for _, role, resolution in scored
        if role in ("origin", "destination")
    )
    return tuple(locate(_loosened(resolution, clause, offset, resolutions)) for resolution in chosen) + others


def _unknown_part(clause: str, offset: int, owner: Resolution, resolutions: Sequence[Resolution]) -> Resolution | None:
    """Give what a city owns and the gazetteer lacks: "the capital's Baneshwor area"."""
    end = owner.toponym.end - offset
    found = cues.OWNS.match(clause, end)
    return next(
        (r for r in resolutions if found and r.geometry is None and r.toponym.start - offset == found.end()), None
    )


def _is_a_share(clause: str, start: int, shown: Sequence[int]) -> bool:
    """Tell whether only some of those counted were there, and nobody knows where the others were.

    "Nineteen were killed in Nepal, 17 of them in New Baneshwor and two in Itahari" is not told as nineteen in Itahari.
    """
    share = cues.SHARE.search(clause, 0, start)
    first = cues.OF_THEM.search(clause, 0, share.start()) if share else None
    return first is not None and not any(first.end() <= other < start for other in shown)


def _of_its_own(
    scored: list[tuple[float, Resolution]], offset: int, own: Sequence[Trigger], beside: Sequence[Trigger]
) -> list[tuple[float, Resolution]]:
    """Set back the places that stand behind the words for another event: "held in Hull over a murder in Leeds".

    Where all that are good enough stand so, the two events may have them in common.
    """

    def is_another(resolution: Resolution) -> bool:
        start = resolution.toponym.start - offset
        last = max((t for t in (*own, *beside) if t.end <= start), key=lambda t: t.end, default=None)
        return last is not None and last in beside

    judged = [(score, resolution, is_another(resolution)) for score, resolution in scored]
    if not any(score >= _ENOUGH and not another for score, _, another in judged):
        return scored
    return [(score - _ANOTHERS * another, resolution) for score, resolution, another in judged]


def _explains(resolution: Resolution, before: Resolution, clause: str, offset: int) -> bool:
    """Tell whether a phrase only says where the place before it lies: "at Sake, 25 km west of Goma"."""
    phrase = resolution.toponym.phrase
    if phrase is None or resolution.precision != "near" or before.precision not in ("settlement", "site"):
        return False
    gap = clause[before.toponym.end - offset : phrase.start - offset]
    return (
        gap.strip() in ("", ",", "(", "which is", ", which is", ", which lies")
        and distance_km(resolution, before) <= _BESIDE_KM
    )


def _belief(told: Arguments | None, resolution: Resolution) -> float:
    """Weigh what the model says of a place: its log-odds, within limits, as the cues of the clause count beside it."""
    if told is None:
        return 0.0
    chance = told.chance(resolution.toponym.start, resolution.toponym.end, "place")
    odds = math.log(max(chance, _RARE) / max(1.0 - chance, _RARE))
    belief = _BELIEF * max(-_SUREST, min(_SUREST, odds))
    # "80 miles off the Libyan coast": the model looks for names of places, and "Libyan" is none by itself.
    return max(0.0, belief) if resolution.toponym.kind == "relative" and resolution.precision == "water" else belief


def _loosened(resolution: Resolution, clause: str, offset: int, named: Sequence[Resolution]) -> Resolution:
    """Widen a town that only says about where it was: "between Baubau and Wawonii", "in Xiangning County, Linfen".

    Of the first nobody knows the other end, of the second nobody knows the finer place.
    """
    if resolution.precision != "settlement" or resolution.toponym.phrase is not None:
        return resolution
    start = resolution.toponym.start - offset
    reach = _STRETCH_M if cues.BETWEEN.search(clause[max(0, start - 30) : start]) else 0.0
    if any(
        finer.geometry is None
        and finer.toponym.kind == "literal"
        and not cues.STREET.search(finer.toponym.text)
        and cues.LIES_IN.fullmatch(clause[finer.toponym.end - offset : start])
        for finer in named
        if 0 < resolution.toponym.start - finer.toponym.end <= _LIES_NEAR
    ):
        reach = max(reach, _AROUND_M)
    if not reach:
        return resolution
    return replace(resolution, precision="near", uncertainty_m=max(resolution.uncertainty_m or 0.0, reach))


def _score(clause: str, offset: int, trigger: Trigger, resolution: Resolution) -> tuple[float, str]:
    """Score one place of the clause: positive for where it may have happened, below zero for where it did not."""
    toponym = resolution.toponym
    start, end = toponym.start - offset, toponym.end - offset
    head = min(start, toponym.phrase.start - offset) if toponym.phrase else start
    before = clause[max(0, head - 90) : max(0, head)]
    named = clause[max(0, start - 90) : start]
    # "Groups close to Iran" are near it in mind, not on the map.
    spatial = bool(toponym.phrase) and head < start and not cues.CLOSE_TO.match(clause[head:])
    attributive = 0 <= trigger.start - end <= 2 and clause[end : trigger.start].strip(" -'\u2019s") == ""
    follows_trigger = 0 <= head - trigger.end <= 6 and clause[trigger.end : head].strip().lower() in cues.AT_ONCE
    if cues.SPEAKS.match(clause[end:]) and cues.HOLDER.search(before):
        return -1.0, "happened"  # "the Red Cross in Jos said"
    if end <= trigger.start and cues.REACTS.search(clause, end, trigger.start):
        return -1.0, "happened"  # "in Washington, a spokesman condemned the attack"
    if resolution.precision == "country" and cues.ITS_PEOPLE.match(clause[end:]):
        return -1.0, "happened"  # "attacks on US service members"
    if cues.SUFFERS.match(clause, end) and end <= trigger.start:
        return _SUFFERED, "happened"  # "Paris was hit by a storm", even where towns stand for governments
    acts = toponym.kind == "metonymic" and not follows_trigger
    if cues.is_elsewhere(before, clause[end:]) or cues.is_home(before) or cues.is_home(named):
        return _ELSEWHERE, "happened"
    if acts:
        return -1.0, "happened"
    if cues.TEAM.match(clause[end:]):
        return -1.0, "happened"  # "the Paysandú youth side"
    if is_position(resolution):
        return _ITSELF, "happened"
    if trigger.subtype == "volcano" and resolution.place is not None and resolution.place.feature_class == "T":
        return _ITSELF, "happened"
    if trigger.event_type == "abduction" and head >= trigger.end and cues.ORIGIN.search(before):
        return _TAKEN_FROM, "happened"  # "took 23 people from a village near Kankara"
    if cues.ORIGIN.search(before) or (trigger.event_type in _MOVING and cues.DEPARTED.search(before)):
        return 0.0, _way("origin", trigger, resolution)
    into = bool(cues.INTO.search(before) or cues.INTO.search(named))
    taken = into and trigger.event_type in _TAKING
    if taken or cues.DESTINATION.search(before) or cues.DESTINATION.search(named):
        return 0.0, _way("destination", trigger, resolution)
    if trigger.event_type == "arrest" and head >= trigger.end and cues.GROUNDS.search(clause, trigger.end, head):
        return _ELSEWHERE, "happened"  # "held over a robbery in York"
    if trigger.event_type in _UNREST and head >= trigger.end and cues.is_why(clause[trigger.end : head]):
        return -1.0, "happened"
    told = _Told(
        clause, end, head, before, locative=spatial or into, spatial=spatial, beside=follows_trigger or attributive
    )
    return _weight(told, trigger, resolution), "happened"


class _Told(NamedTuple):
    """How a clause tells a place: where the name ends and its phrase begins, what is before it, beside which word."""

    clause: str
    end: int
    head: int
    before: str
    locative: bool
    spatial: bool
    beside: bool


def _weight(told: _Told, trigger: Trigger, resolution: Resolution) -> float:
    """Weigh how a place is told that may be where it happened; 0 where nothing says so."""
    clause, before, end, head = told.clause, told.before, told.end, told.head
    score = 0.0
    part = not told.spatial and bool(cues.PART.search(before))
    possessor = clause[end : end + 2] in ("\u2019s", "'s")
    if possessor and cues.LOCATIVE.search(before):
        score = 1.0  # "on Africa's largest lake", "in Syria's Azaz": the place is what follows
    elif told.locative or part or cues.LOCATIVE.search(before) or cues.IN_THE_TOWN_OF.search(before):
        score = 3.0 + part
    elif told.beside:
        score = 2.5
    elif cues.DWELLERS.search(before):
        score = _THEIR_TOWN
    elif cues.PART_OF_ITS.search(before):
        score = 3.0
    elif cues.IN_A_PLACE_OF.search(before):
        score = _HOLDS
    elif before.rstrip().endswith((",", "(")):
        score = 1.0  # a link of a chain: counts beside the place it belongs to, not alone
    if score:
        distance = trigger.start - end if end <= trigger.start else head - trigger.end
        score -= min(1.0, max(0, distance) / 200)
        score += 0.3 if head >= trigger.start else 0.0
        score += _FITNESS.get(resolution.precision, 0.0)
        if resolution.precision == "near" and (resolution.uncertainty_m or 0.0) > _STRETCH_M:
            score -= _STRETCHED
        score -= _ASHORE if resolution.precision == "water" and trigger.event_type in _ON_LAND else 0.0
    return score


def _way(role: str, trigger: Trigger, resolution: Resolution) -> str:
    """Keep an origin or a destination only where something moved between towns: a ferry, hostages, a missile."""
    moves = trigger.event_type in _MOVING and resolution.precision not in AREAS
    return role if moves else "neither"


def _choose(scored: list[tuple[float, Resolution]], clause: str, offset: int) -> list[Resolution]:
    """Take the best place, what is listed beside it, and of those that hold each other the finest."""
    if not scored:
        return []
    best = max(scored, key=lambda pair: (pair[0], -pair[1].toponym.start))
    # Of two places told side by side the model may doubt one: a little doubt does not part them.
    ordered = sorted(
        (r for score, r in scored if score >= _LISTED or (score >= _PAIRED and _is_paired(best[1], r, clause, offset))),
        key=lambda r: r.toponym.start,
    )
    if best[0] < _ENOUGH:
        return []
    group = [best[1]]
    at = ordered.index(best[1])
    for step in (1, -1):
        i = at + step
        while 0 <= i < len(ordered):
            left, right = sorted((ordered[i], ordered[i - step]), key=lambda r: r.toponym.start)
            gap = clause[left.toponym.end - offset : right.toponym.start - offset]
            if cues.APART.match(gap) or within(left, right) or within(right, left):
                group.append(ordered[i])
            else:
                break
            i += step
    return finest(group)


def _is_paired(a: Resolution, b: Resolution, clause: str, offset: int) -> bool:
    """Tell whether two places of one size are joined by nothing but "and": "across Iraq and Syria"."""
    first, second = sorted((a, b), key=lambda r: r.toponym.start)
    gap = clause[first.toponym.end - offset : second.toponym.start - offset]
    return a.precision == b.precision and gap.strip() == "and"
