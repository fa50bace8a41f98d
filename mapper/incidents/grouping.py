"""Is it the same event? Mentions of one report are gathered into drafts of incidents.

Two tellings are one event when nothing speaks against it (kind, date, place, how many were harmed) and something speaks
for it: a score of hand-set weights, each a plain reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mapper.incidents.clauses import LAG
from mapper.incidents.judging import is_doubtable
from mapper.incidents.nearby import MONTHS
from mapper.incidents.scheme import GENERIC, family
from mapper.incidents.whereabouts import compatible, finest
from mapper.records import DateInterval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.mentions import Mention
    from mapper.records import Resolution

__all__ = ["SAME_EVENT", "Draft", "best_date", "likeness"]

SAME_EVENT: Final = 0.5
"""From this likeness on a mention is taken for the same event as a draft."""

_LASTING: Final = frozenset({"natural_disaster", "unrest", "accident"})
_BY_NATURE: Final = frozenset({"accident", "natural_disaster"})
_BY_WATER: Final = frozenset({"accident", "natural_disaster", "piracy", "harm"})
_BLASTS: Final = frozenset({"accident", "violence"})
_BY_HAND: Final = frozenset({"robbery", "stabbing", "sexual_violence"})
_OF_ARMS: Final = frozenset({"air_drone_strike", "shelling_missile", "armed_clash", "explosion_ied"})
_RAID: Final = frozenset({"raid", "raids", "operation"})
_NEVER: Final = -99.0
_SAME, _EVEN = 1.5, 0.35
"""What the model's word counts, and the probability at which it says nothing."""
_SURELY: Final = 0.6
"""What the model's word counts at least where it joins what differs in kind."""
_SYNONYMS: Final = {
    "troops": "soldier", "soldiers": "soldier", "servicemen": "soldier", "forces": "soldier", "personnel": "soldier",
    "members": "soldier", "service": "soldier", "people": "", "persons": "",
    "others": "", "the": "", "of": "", "a": "", "an": "",
    "american": "us", "u.s.": "us",
}  # fmt: skip


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
    parties
        Words for those who did it and to whom it was done.
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
    parties: set[str] = field(default_factory=set)
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
            if not self.types or (self.mentions and _is_its_cause(mention, self)):
                self.family = mention.family
            self.types.add(mention.event_type)
        self.family = self.family or mention.family
        self.mentions.append(mention)
        # "Crashes near Kaduna", of a headline, is in the province where the text says which village.
        wide = mention.sentence.role == "title" and _is_its_province(mention.happened, self.happened)
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
        self.parties |= _parties(mention)
        self.several = self.several or mention.several


def _place_key(resolution: Resolution) -> tuple[str, str]:
    place = resolution.place
    return (place.gazetteer_id if place else resolution.toponym.text, resolution.precision)


def best_date(intervals: Sequence[DateInterval]) -> DateInterval:
    """Choose the most precise of the dates given for one event; the first of equals."""
    order = {"day": 0, "range": 1, "week": 2, "vague": 3, "month": 4, "year": 5, "unknown": 6}
    known = sorted(intervals, key=lambda i: order[i.precision] + (10 if i.end is None and i.start is None else 0))
    return known[0] if known else DateInterval()


def likeness(mention: Mention, draft: Draft, *, latest: bool, main: bool) -> float:
    """Score how well a mention fits an incident already begun; below `SAME_EVENT` it is another one.

    Parameters
    ----------
    latest, main
        Whether the draft is the one spoken of last, and the one the report is about.
    """
    if not _same_kind(mention, draft) and not _taken_up(mention, draft):
        return _NEVER
    if _is_lagging(mention) and (latest or main) and not mention.definite:
        return _NEVER  # "it comes a month after a boy was stabbed": what it comes after is another deed
    news = draft.tolls and draft.happened and not any(m.bygone for m in draft.mentions)
    if mention.bygone and news and not mention.definite:
        return _NEVER  # "in 1987 ten drowned in the same river": history beside the news, which may have no day itself
    if _is_history(mention) and not main and draft.date.end is None and not mention.definite:
        return _NEVER  # "in June, protests left sixty dead": not the marches of today in the next town
    # A headline speaks of what the report is about; a sentence rather of what the one before spoke of.
    score = 1.0 * main if mention.sentence.role == "title" else 0.4 * latest + 0.3 * main
    if mention.event_type in draft.types:
        score += 1.0
    if mention.definite:
        score += 1.0
    if mention.fresh:
        score -= 2.0
    if mention.several and not draft.several and (mention.happened or mention.dates or mention.counts):
        score -= 4.0  # "a string of blasts" in the same breath is the attack itself
    dates = _date_score(mention, draft)
    places = _place_score(mention.happened, draft.happened)
    doubted = "date" in mention.reached or all("date" in m.reached for m in draft.mentions if m.dates)
    if doubted and not _long_apart(mention, draft):
        dates = max(dates, 0.0)
    if mention.sentence.role == "title" and places <= _NEVER and _is_its_province(mention.happened, draft.happened):
        places = 0.0
    if "place" in mention.reached or all("place" in m.reached for m in draft.mentions if m.happened):
        places = max(places, 0.0)
    if min(dates, places) <= _NEVER:
        return _NEVER
    score += dates + places + _count_score(mention, draft) + _party_score(mention, draft) + _sameness(mention, draft)
    if mention.trigger.pos != "effect" and mention.status != draft.mentions[0].status:
        score -= 1.5
    if mention.scene:
        score += 0.3
    if mention.trigger.pos == "effect" and draft.types and _is_told_as_another(mention, draft):
        score -= 1.0
    return score


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


def _same_kind(mention: Mention, draft: Draft) -> bool:
    if mention.family == draft.family:
        return not (
            mention.strength == 3
            and mention.event_type != GENERIC
            and draft.types
            and mention.event_type not in draft.types
            and (_clashing(mention.event_type, draft.types) or _is_by_hand(mention, draft))
        )
    falls = mention.trigger.pos == "heard" or mention.subtype == "collapse"
    if falls and {mention.family, draft.family} == _BY_NATURE:
        return True  # walls that fall in an earthquake
    if _is_its_cause(mention, draft):
        return True
    if mention.trigger.text.lower().startswith("drown"):
        return draft.family in _BY_WATER
    if mention.trigger.pos == "effect":
        return True  # the dead and wounded of any kind of event
    if mention.family == "arrest" and draft.family == "unrest":
        return (
            not mention.happened or "place" in mention.reached
        )  # "eleven people were arrested during the evening": of the protesters
    return mention.event_type == GENERIC and draft.family in ("abduction", "piracy")


def _is_its_cause(mention: Mention, draft: Draft) -> bool:
    """Tell whether a mention without a place of its own says what a fire comes from: "ablaze after a drone attack"."""
    fire = draft.family == "accident" and draft.mentions[-1].sentence.start == mention.sentence.start
    placed = mention.happened and "place" not in mention.reached
    return fire and mention.family == "violence" and mention.relation == "follows" and not placed


def _taken_up(mention: Mention, draft: Draft) -> bool:
    """Tell whether a mention of another kind points back to a draft: arrests as "the raid", a fire as "the blast"."""
    if not mention.definite or mention.fresh:
        return False
    if mention.trigger.text.lower() in _RAID:
        return draft.family == "arrest"
    return {mention.family, draft.family} <= _BLASTS and _sameness(mention, draft) >= _SURELY


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


def _date_score(mention: Mention, draft: Draft) -> float:
    date = draft.date
    told = best_date([d.interval for d in mention.dates[:1]])
    if told.end is None or date.end is None:
        return 0.0
    if not _overlap(told, date):
        # "The storm weakened on Monday": a thing that lasts is spoken of on other days than the one on which it began.
        takes_up = mention.definite or mention.trigger.pos in ("effect", "heard")
        here = not mention.happened or _place_score(mention.happened, draft.happened) > 0
        lasting = takes_up and here and draft.family in _LASTING and not _long_apart(mention, draft)
        return 0.0 if lasting else _NEVER
    return 1.5 if told.precision == "day" and date.precision == "day" else 0.7


def _long_apart(mention: Mention, draft: Draft) -> bool:
    """Tell whether months lie between what a mention and a draft give as their time."""
    told = best_date([d.interval for d in mention.dates[:1]])
    one, other = (told.start, told.end), (draft.date.start, draft.date.end)
    if None in one or None in other:
        return False
    gap = max(draft.date.start - told.end, told.start - draft.date.end)  # type: ignore[operator]
    return gap.days > MONTHS


def _overlap(a: DateInterval, b: DateInterval) -> bool:
    return (a.start is None or b.end is None or a.start <= b.end) and (
        b.start is None or a.end is None or b.start <= a.end
    )


def _place_score(told: list[Resolution], known: list[Resolution]) -> float:
    if not told or not known:
        return 0.0
    known = finest(known)  # what lies in the same region as the town need not be in the town
    fits = all(any(compatible(a, b) for b in known) for a in told)
    return 1.5 if fits else _NEVER


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


def _count_score(mention: Mention, draft: Draft) -> float:
    score = 0.0
    for harm in ("killed", "injured"):
        told = {c.best for c in mention.counts if c.harm == harm and c.best}
        known = draft.tolls.get(harm, set())
        if told and known:
            if told & known:
                score += 0.8
            elif (min(told) > 1 and max(told) * 3 < min(known)) or max(known) * 3 < min(told):
                score -= 1.0
    return score


def _party_score(mention: Mention, draft: Draft) -> float:
    """Do the two speak of the same victims and the same hands? Shared words speak for it."""
    told = _parties(mention)
    return min(1.0, 0.6 * len(told & draft.parties))


def _sameness(mention: Mention, draft: Draft) -> float:
    """Weigh what the model says: is this word the event of that one again? Nothing where they stand too far apart."""
    chances = []
    for other in draft.mentions:
        for one, two in ((mention, other), (other, mention)):
            start = two.sentence.start + two.trigger.start
            if one.told is not None and one.told.covered(start, start + 1):
                chances.append(one.told.chance(start, start + 1, "same"))
    weight = _SAME * (max(chances) - _EVEN) if chances else 0.0
    return max(0.0, weight) if mention.trigger.pos == "effect" else weight  # the dead are told apart from the blast


def _parties(mention: Mention) -> set[str]:
    names = [c.who or "" for c in mention.counts] + [a.name for a in mention.targets + mention.perpetrators]
    words = {word.strip(".,\u2019'").lower() for name in names for word in name.split()}
    return {_SYNONYMS.get(word, word) for word in words if not word.isdigit()} - {""}
