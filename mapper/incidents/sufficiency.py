"""Whether what is told is enough for an incident, by rule: the kind, and of where, when and how many at least two.

Without a model this decides; with one it is a trait among others (see `mapper.incidents.belief`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper.incidents.scheme import GENERIC

if TYPE_CHECKING:
    from mapper.incidents.grouping import Draft
    from mapper.incidents.mention import Mention

__all__ = ["is_sufficient", "says_enough", "says_how_many", "says_when", "says_where"]

_TOLD_ENOUGH: Final = 2
_HEARD: Final = 0.6  # probability from which the model knows what harm without a cause was
_CERTAIN: Final = 0.75  # chance from which a word that the model alone takes for an event needs no more than others
_DWELT_ON: Final = 3  # sentences
_SURE: Final = 3  # strength of a trigger that names an event by itself


def says_enough(mention: Mention, *, pastime: bool) -> bool:
    """Tell whether a mention says enough by itself to be an incident."""
    if mention.habitual and not (mention.happened and (mention.dates or mention.counts or mention.same_time)):
        return False
    day = any(d.interval.precision != "year" for d in mention.dates)
    told = bool(mention.happened), day, bool(mention.counts)
    if mention.background:
        return False  # a court speaks of what is past: it can add to an incident, not begin one
    if pastime:
        return mention.strength >= 2 and told[0] and any(c.counted for c in mention.counts)
    if mention.trigger.pos == "heard" and mention.heard[1] < _CERTAIN:
        return told[0] and (told[1] or told[2]) and not mention.reached
    if mention.strength == 1:
        # Harm without a cause may be the first half of "a man was killed. The blast ...".
        here = told[0] and "place" not in mention.reached
        return (here and told[2]) or (mention.heard[1] >= _HEARD and sum(told) >= _TOLD_ENOUGH)
    return mention.strength == 3 or any(told)


def is_sufficient(draft: Draft) -> bool:
    """Keep a draft when its kind is known and two of these are told: where, on which day, how many people.

    An act of violence that the report dwells on is kept with less: "the murder of the judge" needs no place to be one.
    """
    if not any(m.sentence.role == "title" or says_enough(m, pastime=draft.pastime) for m in draft.mentions):
        return False
    if not draft.types and not any(
        m.event_type == GENERIC and (m.trigger.pos != "effect" or m.heard[1] >= _HEARD) for m in draft.mentions
    ):
        return False
    # What is denied, threatened or tried has no dead to count; a named weapon or target ties an exact day to a deed.
    deed = any(m.status != "accomplished" for m in draft.mentions) or (
        draft.date.precision == "day" and any(m.strength == _SURE and (m.weapon or m.targets) for m in draft.mentions)
    )
    told = says_where(draft) + says_when(draft) + says_how_many(draft) + deed
    return told >= _TOLD_ENOUGH or _is_dwelt_on(draft)


def says_where(draft: Draft) -> bool:
    """Tell whether a place is told, or that it is the one of the event before."""
    return bool(draft.happened) or any(m.scene for m in draft.mentions)


def says_when(draft: Draft) -> bool:
    """Tell whether more than a year is told, or that it was the time of another event."""
    return draft.date.precision not in ("year", "unknown") or any(m.same_time for m in draft.mentions)


def says_how_many(draft: Draft) -> bool:
    """Tell whether people are counted.

    "Police arrested a man" counts one; "a man was killed" may be anyone's story and needs a figure.
    """
    named = draft.family in ("arrest", "abduction")
    return any((c.counted or (named and c.best)) and not c.additional for m in draft.mentions for c in m.counts)


def _is_dwelt_on(draft: Draft) -> bool:
    """Tell whether a report comes back to an act of violence again and again: it is what the report is about."""
    sure = any(m.strength == _SURE for m in draft.mentions)
    sentences = {m.sentence.start for m in draft.mentions if m.sentence.role != "title"}
    return sure and draft.family in ("violence", "abduction") and len(sentences) >= _DWELT_ON
