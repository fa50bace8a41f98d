"""Is it the same event? How likely a mention tells of an incident already begun, by rules and by learnt weights.

Two tellings are never of one event where kind, day or place speak against it. Of the others a logistic model decides,
whose traits are plain reasons: that the words point back, that the model hears the same event, that the day is the
same. ``python -m mapper.training.likeness`` fits its weights to dispatches in which every event is numbered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mapper.incidents.clauses import LAG
from mapper.incidents.grouping import Draft, best_date, is_its_cause, may_be_meant
from mapper.incidents.nearby import MONTHS
from mapper.incidents.scheme import GENERIC, family
from mapper.incidents.whereabouts import compatible, finest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.incidents.mention import Mention
    from mapper.records import DateInterval, Resolution

__all__ = ["SAME_EVENT", "is_another", "is_of_those_held", "likeness", "traits"]

SAME_EVENT: Final = -1.4
"""From these log-odds on a mention is taken for the same event as a draft: two tellings of one event shown as two
incidents are worse than two events of one kind, place and day shown as one."""

_IS_SAME: Final[Mapping[str, float]] = {
    "bias": -3.21, "headline": 1.16, "headline of the main one": 2.88, "spoken of last": 1.11, "main": 0.65,
    "main, just begun": 0.61, "in one breath": 0.87, "in one paragraph": 0.46, "its type": 1.43,
    "another type": -1.85, "points back": 1.69, "told as new": -1.60, "harm": 0.83, "harm of another": -1.26,
    "day": 0.38, "there and then": 0.38, "a day of its own": -0.62, "the first place": -0.68, "another place": -1.07,
    "toll": 1.27, "the same": 2.92, "too far to hear": 0.33, "status": -0.81,
}  # fmt: skip
"""What each trait counts for a mention to tell of the event of a draft."""

_LASTING: Final = frozenset({"natural_disaster", "unrest", "accident"})
_BY_NATURE: Final = frozenset({"accident", "natural_disaster"})
_BY_WATER: Final = frozenset({"accident", "natural_disaster", "piracy", "harm"})
_BLASTS: Final = frozenset({"accident", "violence"})
_BY_HAND: Final = frozenset({"robbery", "stabbing", "sexual_violence"})
_OF_ARMS: Final = frozenset({"air_drone_strike", "shelling_missile", "armed_clash", "explosion_ied"})
_OF_THOSE_HELD: Final = re.compile(
    r"\b(?:them|suspects?|detainees?|prisoners?|inmates?|custody|raids?|operation|search|shoot-?out|resist\w*|officers?|"
    r"police(?:m[ae]n)?|agents?|troops|soldiers?|protesters|arrest\w*)\b",
    re.IGNORECASE,
)
_DRIVE_NOBODY_OUT: Final = frozenset({"accident", "arrest", "piracy", "abduction"})
_RAID: Final = frozenset({"raid", "raids", "operation"})
_NAMES_IT: Final = 3
"""Strength of a word that names an event by itself."""
_SURELY: Final = 0.6
"""Chance from which the model's word joins or parts what differs in kind."""
_WEEKS: Final = 21
"""Days from which a time of its own is another one, however surely the other was told."""
_APART: Final = 3
"""Times by which tolls differ that cannot be one."""


def likeness(mention: Mention, draft: Draft, *, latest: bool, main: bool) -> float:
    """Give the log-odds that a mention tells of an incident already begun; below `SAME_EVENT` it is another one.

    Parameters
    ----------
    latest, main
        Whether the draft is the one spoken of last, and the one the report is about.
    """
    if is_another(mention, draft, latest=latest, main=main):
        return float("-inf")
    found = traits(mention, draft, latest=latest, main=main)
    return sum(_IS_SAME.get(name, 0.0) * value for name, value in found.items())


def traits(mention: Mention, draft: Draft, *, latest: bool, main: bool) -> dict[str, float]:
    """Give what speaks for a mention to be of a draft's event, and what against it; parameters as `likeness` has them.

    Returns
    -------
    dict
        Trait to value; yes and no are 1 and 0.
    """
    title = mention.sentence.role == "title"
    harm = mention.trigger.pos == "effect"
    same, day = _sameness(mention, draft), _days_agree(mention, draft)
    own_place = bool(mention.happened) and "place" not in mention.reached
    return {
        "bias": 1.0,
        # A headline speaks of what the report is about; a sentence rather of what the one before spoke of.
        "headline": title,
        "headline of the main one": title and main,
        "spoken of last": latest and not title,
        "main": main and not title,
        "main, just begun": main and not title and len({m.sentence.start for m in draft.mentions}) == 1,
        "in one breath": draft.mentions[-1].sentence.start == mention.sentence.start,
        "in one paragraph": draft.mentions[-1].sentence.paragraph == mention.sentence.paragraph,
        "its type": mention.event_type in draft.types,
        "another type": _is_of_another_type(mention, draft),
        "points back": mention.definite,
        "told as new": mention.fresh,
        "harm": harm,
        "harm of another": harm and bool(draft.types) and _is_told_as_another(mention, draft),
        "day": day,
        "there and then": day > 0 and own_place and _is_named(mention.happened, draft.happened),
        "a day of its own": not day and bool(mention.dates) and "date" not in mention.reached,
        "the first place": own_place and not draft.happened,
        "another place": own_place and not _is_named(mention.happened, draft.happened),
        "toll": _tolls_agree(mention, draft),
        "the same": same or 0.0,
        "too far to hear": same is None,
        "status": not harm and mention.status != draft.mentions[0].status,
    }


def is_another(mention: Mention, draft: Draft, *, latest: bool, main: bool) -> bool:
    """Tell whether a mention cannot tell of a draft's event; parameters as `likeness` has them."""
    if not _same_kind(mention, draft) and not _taken_up(mention, draft):
        return True
    if not mention.definite:
        if mention.fresh or _is_of_another_entry(mention, draft):
            return True  # "separately", "in another town", or told in an entry of its own
        if _is_lagging(mention) and (latest or main):
            return True  # "it comes a month after a boy was stabbed": what it comes after is another deed
        news = draft.tolls and draft.happened and not any(m.bygone for m in draft.mentions)
        if mention.bygone and news:
            return True  # "in 1987 ten drowned in the same river": history beside the news, which may have no day
        if draft.date.end is None and draft.tolls and _is_of_a_month_before(mention):
            return True  # "last month, nine died": not those of the news, which may have no day
        if _is_history(mention) and not main and draft.date.end is None:
            return True  # "in June, protests left sixty dead": not the marches of today in the next town
    if _is_sum(mention, draft) or any(_is_sum(m, mention) for m in draft.mentions[:1]):
        return True
    elsewhere = bool(mention.happened and draft.happened) and not _fits(mention.happened, draft.happened)
    if elsewhere and _is_of_another_entry(mention, draft):
        return True
    return _at_another_time(mention, draft) or _at_another_place(mention, draft)


def is_of_those_held(mention: Mention) -> bool:
    """Tell whether a sentence may speak of people who were arrested, or of those who arrested them."""
    return _OF_THOSE_HELD.search(mention.sentence.text) is not None


def _is_sum(mention: Mention, other: Mention | Draft) -> bool:
    """Tell whether a mention counts what came together since some day, and another tells of one day and place of it."""
    since = any(d.relation == "since" for d in mention.dates[:1])
    days = [d.interval for m in (other.mentions if isinstance(other, Draft) else [other]) for d in m.dates[:1]]
    one_day = any(i.precision == "day" for i in days)
    return since and one_day and not mention.happened and bool(other.happened)


def _is_of_another_entry(mention: Mention, draft: Draft) -> bool:
    """Tell whether a mention stands in another entry of a list than what a draft tells, at no place of its."""
    others = {m.entry for m in draft.mentions} - {0}
    apart = mention.entry > 0 and bool(others) and mention.entry not in others
    there = bool(mention.happened and draft.happened) and _is_named(mention.happened, draft.happened)
    return apart and not there


def _at_another_time(mention: Mention, draft: Draft) -> bool:
    told, date = best_date([d.interval for d in mention.dates[:1]]), draft.date
    if told.end is None or date.end is None or _overlap(told, date):
        return False
    if _days_apart(mention, draft) > MONTHS or ("date" not in mention.reached and _days_apart(mention, draft) > _WEEKS):
        return True
    # "The storm weakened on Monday": a thing that lasts is spoken of on other days than the one on which it began.
    takes_up = mention.definite or mention.trigger.pos in ("effect", "heard")
    here = not mention.happened or _fits(mention.happened, draft.happened)
    lasting = takes_up and here and draft.family in _LASTING
    doubted = "date" in mention.reached or all("date" in m.reached for m in draft.mentions if m.dates)
    return not (lasting or doubted)


def _at_another_place(mention: Mention, draft: Draft) -> bool:
    if not mention.happened or not draft.happened or _fits(mention.happened, draft.happened):
        return False
    if mention.sentence.role == "title" and may_be_meant(mention.happened, draft.happened):
        return False
    return not ("place" in mention.reached or all("place" in m.reached for m in draft.mentions if m.happened))


def _fits(told: list[Resolution], known: list[Resolution]) -> bool:
    """Tell whether all of some places may be one of others; what lies in a town's region need not be in the town."""
    fine = finest(known)
    return bool(known) and all(any(compatible(a, b) for b in fine) for a in told)


def _is_named(told: list[Resolution], known: list[Resolution]) -> bool:
    """Tell whether places were named before; where none was, or no more than a country, nothing gainsays them."""
    wide = all(r.precision == "country" for r in known)
    ids = {r.place.gazetteer_id for r in known if r.place}
    return wide or all(r.place is not None and r.place.gazetteer_id in ids for r in told)


def _days_agree(mention: Mention, draft: Draft) -> float:
    told = best_date([d.interval for d in mention.dates[:1]])
    if told.end is None or draft.date.end is None or not _overlap(told, draft.date):
        return 0.0
    return 1.0 if told.precision == draft.date.precision == "day" else 0.5


def _tolls_agree(mention: Mention, draft: Draft) -> float:
    score = 0.0
    for harm in ("killed", "injured"):
        told = {c.best for c in mention.counts if c.harm == harm and c.best}
        known = draft.tolls.get(harm, set())
        if told and known:
            if told & known:
                score += 1.0
            elif (min(told) > 1 and max(told) * _APART < min(known)) or max(known) * _APART < min(told):
                score -= 1.0
    return score


def _sameness(mention: Mention, draft: Draft) -> float | None:
    """Ask the model: is this word the event of that one again? None where they stand too far apart."""
    chances = []
    for other in draft.mentions:
        for one, two in ((mention, other), (other, mention)):
            start = two.sentence.start + two.trigger.start
            if one.told is not None and one.told.covered(start, start + 1):
                chances.append(one.told.chance(start, start + 1, "same"))
    return max(chances, default=None)


def _is_of_another_type(mention: Mention, draft: Draft) -> bool:
    if not draft.types or mention.event_type in {GENERIC, *draft.types}:
        return False
    if mention.family == draft.family == "unrest":
        return False  # a protest that turns violent
    # "The drone attack on the base last month": an attack of that month there, of whatever kind.
    taken_up = mention.definite and bool(mention.happened) and _is_named(mention.happened, draft.happened)
    return not (taken_up and _days_agree(mention, draft) > 0)


def _is_told_as_another(mention: Mention, draft: Draft) -> bool:
    """Tell whether the model takes harm for that of an event of another family: 27 shot are no dead of an outbreak."""
    chances: dict[str, float] = {}
    for kind, chance in mention.asked.items():
        chances[family(kind)] = chances.get(family(kind), 0.0) + chance
    likeliest = max(chances, key=lambda name: chances[name], default="")
    apart = len({likeliest, draft.family} - _BY_NATURE) > 0  # bricks that fall in an earthquake hurt by accident
    return chances.get(likeliest, 0.0) >= _SURELY and likeliest != draft.family and apart


def _is_lagging(mention: Mention) -> bool:
    """Tell whether a mention is told as what came before another event: "a month after"."""
    words = mention.sentence.text[mention.clause.start : mention.clause.end]
    return mention.relation == "follows" and LAG.search(words) is not None


def _is_history(mention: Mention) -> bool:
    """Tell whether a mention gives a day of its own, months before its report."""
    told = [] if "date" in mention.reached else [d.interval for d in mention.dates[:1]]
    return any(i.end is not None and i.anchor is not None and (i.anchor - i.end).days > MONTHS for i in told)


def _is_of_a_month_before(mention: Mention) -> bool:
    """Tell whether a mention itself gives a week, a month or a year before its report as its time."""
    told = [] if "date" in mention.reached else [d.interval for d in mention.dates[:1]]
    return any(
        i.precision in ("week", "month", "year") and i.end is not None and i.anchor is not None and i.end < i.anchor
        for i in told
    )


def _same_kind(mention: Mention, draft: Draft) -> bool:
    if mention.family == draft.family:
        return not (
            mention.strength == _NAMES_IT
            and mention.event_type != GENERIC
            and draft.types
            and mention.event_type not in draft.types
            and (_clashing(mention.event_type, draft.types) or _is_by_hand(mention, draft))
        )
    falls = mention.trigger.pos == "heard" or mention.subtype == "collapse"
    if falls and {mention.family, draft.family} == _BY_NATURE:
        return True  # walls that fall in an earthquake
    if is_its_cause(mention, draft):
        return True
    if mention.definite and not draft.types and all(m.trigger.pos == "effect" for m in draft.mentions):
        return True  # "six workers perished. The accident ..."
    if mention.trigger.text.lower().startswith("drown"):
        return draft.family in _BY_WATER
    if mention.trigger.pos == "effect":
        # The dead and wounded of any kind of event; of arrests, those who were held or who held them.
        driven = {c.harm for c in mention.counts} == {"displaced"} and draft.family in _DRIVE_NOBODY_OUT
        return not driven and (draft.family != "arrest" or is_of_those_held(mention))
    if mention.family == "arrest" and draft.family == "unrest":
        return (
            not mention.happened or "place" in mention.reached
        )  # "eleven people were arrested during the evening": of the protesters
    return mention.event_type == GENERIC and draft.family in ("abduction", "piracy")


def _taken_up(mention: Mention, draft: Draft) -> bool:
    """Tell whether a mention of another kind points back to a draft: arrests as "the raid", a fire as "the blast"."""
    if not mention.definite or mention.fresh:
        return False
    if mention.trigger.text.lower() in _RAID:
        return draft.family == "arrest"
    return {mention.family, draft.family} <= _BLASTS and (_sameness(mention, draft) or 0.0) >= _SURELY


def _is_by_hand(mention: Mention, draft: Draft) -> bool:
    """Tell whether somebody was robbed or stabbed, and the draft is of arms and bombs."""
    return mention.subtype in _BY_HAND and draft.types <= _OF_ARMS


def _clashing(event_type: str, types: set[str]) -> bool:
    """Kinds within one family that one event is seldom told as."""
    exclusive = (
        {"explosion_ied", "air_drone_strike"},
        {"explosion_ied", "shelling_missile"},
        {"abduction", "shelling_missile"},
    )
    return any({event_type, other} in exclusive for other in types)


def _days_apart(mention: Mention, draft: Draft) -> int:
    """Give how many days lie between what a mention and a draft give as their time; 0 where one gives none."""
    told = best_date([d.interval for d in mention.dates[:1]])
    one, other = (told.start, told.end), (draft.date.start, draft.date.end)
    if None in one or None in other:
        return 0
    return max(draft.date.start - told.end, told.start - draft.date.end).days  # type: ignore[operator]


def _overlap(a: DateInterval, b: DateInterval) -> bool:
    return (a.start is None or b.end is None or a.start <= b.end) and (
        b.start is None or a.end is None or b.start <= a.end
    )
