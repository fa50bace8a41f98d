"""Incidents in the making: the mentions of a report that are taken to tell of one event, and what they tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.incidents.judging import is_doubtable
from mapper.incidents.scheme import GENERIC
from mapper.incidents.whereabouts import compatible
from mapper.records import DateInterval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.mention import Mention
    from mapper.records import Resolution

__all__ = ["Draft", "best_date", "is_its_cause", "may_be_meant"]


@dataclass(eq=False, slots=True)
class Draft:
    """An incident in the making: the mentions that are taken to tell of it, and what they tell, kept up as they come.

    Attributes
    ----------
    mentions
        In the order in which they were added.
    types
        Specific types told of it.
    happened
        Where its mentions say that it happened, each place once.
    date
        The most precise date that its mentions give.
    tolls
        Figures told, by kind of harm.
    pastime
        Whether its report is about sport, the arts and the like.
    placed, dated
        Whether a mention itself says where and when, which outweighs what others were given from around them.
    """

    mentions: list[Mention] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    happened: list[Resolution] = field(default_factory=list)
    date: DateInterval = field(default_factory=DateInterval)
    tolls: dict[str, set[int]] = field(default_factory=dict)
    several: bool = False
    family: str = ""
    pastime: bool = False
    placed: bool = False
    dated: bool = False

    @property
    def is_read(self) -> bool:
        """Whether a model has read it, in words that it was taught to hear."""
        return any(m.told is not None and is_doubtable(m.trigger) for m in self.mentions)

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        if mention.event_type != GENERIC:
            if not self.types or (self.mentions and is_its_cause(mention, self)):
                self.family = mention.family
            self.types.add(mention.event_type)
        self.family = self.family or mention.family
        self.mentions.append(mention)
        # "Crashes near Kaduna", of a headline, is in the province where the text says which village.
        wide = mention.sentence.role == "title" and may_be_meant(mention.happened, self.happened)
        reached = "place" in mention.reached
        if mention.happened and not (reached or wide or self.placed):
            self.happened = [r for r in self.happened if any(compatible(r, told) for told in mention.happened)]
            self.placed = True
        known = {_place_key(r) for r in self.happened}
        if not (known and (reached or wide)):
            self.happened += [r for r in mention.happened if _place_key(r) not in known]
        told = [d.interval for d in mention.dates[:1]]
        if told and "date" not in mention.reached and not self.dated:
            self.date, self.dated = best_date([*told, self.date]), True
        else:
            self.date = best_date([self.date, *told])
        for count in mention.counts:
            if count.best:
                self.tolls.setdefault(count.harm, set()).add(count.best)
        self.several = self.several or mention.several


def _place_key(resolution: Resolution) -> tuple[str, str]:
    place = resolution.place
    return (place.gazetteer_id if place else resolution.toponym.text, resolution.precision)


def best_date(intervals: Sequence[DateInterval]) -> DateInterval:
    """Choose the most precise of the dates given for one event; the first of equals."""
    order = {"day": 0, "range": 1, "week": 2, "vague": 3, "month": 4, "year": 5, "unknown": 6}
    known = sorted(intervals, key=lambda i: order[i.precision] + (10 if i.end is None and i.start is None else 0))
    return known[0] if known else DateInterval()


def is_its_cause(mention: Mention, draft: Draft) -> bool:
    """Tell whether a mention without a place of its own says what a fire comes from: "ablaze after a drone attack"."""
    fire = draft.family == "accident" and draft.mentions[-1].sentence.start == mention.sentence.start
    placed = mention.happened and "place" not in mention.reached
    return fire and mention.family == "violence" and mention.relation == "follows" and not placed


def may_be_meant(told: list[Resolution], known: list[Resolution]) -> bool:
    """Tell whether a headline means what the text tells in more words: its province, "off Sorong" the strait there."""
    ids = {r.place.gazetteer_id for r in known if r.place}
    return _is_its_province(told, known) or any(r.place is not None and r.place.gazetteer_id in ids for r in told)


def _is_its_province(told: list[Resolution], known: list[Resolution]) -> bool:
    """Tell whether a headline names the capital of the province, and means the province: "crashes near Kaduna"."""
    return any(
        a.place is not None
        and b.place is not None
        and (a.place.country_code, a.place.admin1_code) == (b.place.country_code, b.place.admin1_code)
        and b.place.admin1.startswith(a.place.name)
        for a in told
        for b in known
    )
