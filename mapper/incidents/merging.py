"""Incidents of several reports become one where they tell of the same event.

Counts are never summed: each stays with its source, and the toll is their range.

What decides is little: kind and status, days, points, words, and which reports tell of it (`Telling`). So very many can
be grouped from that alone, and only those that are one need be joined. Each is compared with those nearby in space and
time, which a grid of cells and days finds, and not with all the others; then the groups that this leaves are compared
with those that share rare words with them (`wording`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from heapq import merge as merge_sorted
from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mapper.incidents.copying import fold_copies, origin, told_once, words
from mapper.incidents.counts import combine
from mapper.incidents.people import are_others, who
from mapper.incidents.scheme import family
from mapper.incidents.whereabouts import AREAS
from mapper.incidents.wording import Word, join_by_words, words_of
from mapper.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapper.records import Actor, Incident

__all__ = ["Telling", "group", "join", "merge", "surer", "telling"]

_TOWN_KM: Final = 30.0  # reports of one event may name the town or a village beside it
_SITE_KM: Final = 10.0  # two named quarters of one city
_FAR_KM: Final = 100.0  # a town and its region; no words make one of what is further apart
_RECENT: Final = 7  # days within which reports without a date speak of the same news
_TIMES: Final = 3  # how many times as many dead are another event
_EARTH_KM: Final = 6371.0
_CELL_KM: Final = 2 * _TOWN_KM  # so that all within reach of a point lie in two cells along each axis
_COARSER: Final = 5  # bits: each level of the calendar has blocks of 32 times as many days as the one before
_LEVELS: Final = 5  # days, months, years, lifetimes, all the calendar


_WIDE: Final = frozenset({"country", "macro_region", "unknown"})
_REAL: Final = frozenset({"accomplished", "attempted"})  # an attack that failed is told as either

_Point = tuple[float, float, bool]
"""Latitude and longitude in degrees, and whether it is a named site."""


class Telling(NamedTuple):
    """What decides whether two incidents are one.

    Attributes
    ----------
    incident_id, confidence
        The surest leads, of equals the one whose id comes first.
    kind
        Family of types and whether it happened: only what is of one kind is ever one.
    first, last
        Days as ordinals; None where one of the two is not known.
    exact
        Whether the date is exact to the day.
    points
        Latitude, longitude (degrees) and whether it is a named site, of each place where it happened that is a point.
    reports
        Who tells of it.
    start, words
        Where its words begin in the report, and their digest: a copy of the report tells it in the same.
    deed
        Type of event and status; protests and riots are alike. Of one kind and deed, day and place alone decide.
    said
        Names, numbers and rare words of the sentences that tell of it (see `wording`).
    countries, areas
        Codes of the countries where it happened, and what the gazetteer calls the finer areas: provinces, waters.
    published
        Day of the report, as an ordinal; None where it is not known.
    killed
        How many, at best; None where that is not told.
    who
        Names of the one person whom it befell (see `people`).
    """

    incident_id: str
    confidence: float
    kind: str
    first: int | None
    last: int | None
    exact: bool
    points: tuple[_Point, ...]
    reports: tuple[str, ...]
    start: int = 0
    words: bytes = b""
    deed: str = ""
    said: tuple[Word, ...] = ()
    countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    published: int | None = None
    killed: int | None = None
    who: tuple[str, ...] = ()


def telling(incident: Incident) -> Telling:
    """Take from an incident what decides whether it is one with another."""
    unrest = family(incident.event_type) == "unrest"
    date = incident.date
    known = date.start is not None and date.end is not None
    points = []
    happened = [place.resolution for place in incident.places if place.role == "happened"]
    for resolution in happened:
        if resolution.geometry is not None and resolution.precision not in AREAS:
            label = resolution.geometry.representative_point()
            points.append((label.y, label.x, resolution.precision == "site"))
    codes = {r.place.country_code for r in happened if r.place is not None and r.place.country_code}
    areas = {r.place.gazetteer_id for r in happened if r.place is not None and r.precision in AREAS - _WIDE}
    published = date.anchor or next((ref.published for ref in incident.reports if ref.published), None)
    return Telling(
        incident.incident_id,
        incident.confidence,
        f"{family(incident.event_type)} {'real' if incident.status in _REAL else incident.status}",
        date.start.toordinal() if known and date.start else None,
        date.end.toordinal() if known and date.end else None,
        date.precision == "day",
        tuple(points),
        tuple(ref.doc_id for ref in incident.reports),
        *words(incident),
        f"{'unrest' if unrest else incident.event_type} {incident.status}",
        words_of(incident),
        tuple(sorted(codes)),
        tuple(sorted(areas)),
        published.toordinal() if published else None,
        incident.killed.best,
        who(incident),
    )


def marked(incident: Incident, copies: Mapping[str, str]) -> Incident:
    """Say of each report of an incident which other one it repeats (see `merge`)."""
    if not any(ref.copy_of != copies.get(ref.doc_id) for ref in incident.reports):
        return incident
    return replace(incident, reports=tuple(replace(r, copy_of=copies.get(r.doc_id)) for r in incident.reports))


def merge(incidents: Iterable[Incident], copies: Mapping[str, str] | None = None) -> list[Incident]:
    """Merge the incidents that several reports tell of; the order of the input does not change what is merged.

    Two incidents of different reports are one when they are of one kind, their dates overlap with at least one of them
    exact to the day, and their places are points within 30 km of each other (10 km where both are named quarters or
    sites). Areas are never merged by themselves: two strikes "in Syria" on one day may well be two. Where a day or a
    place is not told, or one report has a type of the same family, they are one when their words are alike (names and
    numbers above all) and neither days, places nor tolls speak against it.

    What a copy of a report tells in the same words is the same incident, areas too, and no further source of it: it
    makes nothing surer, and its counts are not counted again.

    Parameters
    ----------
    incidents
        Of any number of reports, each with an id of its own.
    copies
        Id of each report that repeats another -> id of that other; by default what the incidents themselves say of it.

    Returns
    -------
    list of Incident
        In the order of the first of each group; the most confident telling leads, evidence and reports of the others
        are kept, tolls are low, best and high over all.
    """
    ordered = list(incidents)
    known = _copies(ordered) if copies is None else copies
    ordered = [marked(incident, known) for incident in ordered]
    by_id = {incident.incident_id: incident for incident in ordered}
    groups = group((telling(incident) for incident in ordered), known)
    renamed = {told.incident_id: members[0].incident_id for members in groups for told in members}
    merged = {members[0].incident_id: join([by_id[told.incident_id] for told in members]) for members in groups}
    return [
        replace(
            whole,
            relations=tuple(replace(r, incident_id=renamed.get(r.incident_id, r.incident_id)) for r in whole.relations),
        )
        for incident in ordered
        if (whole := merged.get(incident.incident_id)) is not None
    ]


def group(tellings: Iterable[Telling], copies: Mapping[str, str] | None = None) -> list[list[Telling]]:
    """Tell which incidents are one.

    Each joins, the surest first, the first group all of whose members it may be one with by day and place; then groups
    join by their words. The time it takes grows with the number of incidents, and with how many of a kind lie on one
    spot and day. What copies tell in the same words goes where the original's telling goes.

    Parameters
    ----------
    tellings
        Of incidents, each with an id of its own.
    copies
        Id of each report that repeats another -> id of that other.

    Returns
    -------
    list of list of Telling
        Every telling is in one group, and leads it or follows in order.
    """
    groups: list[list[Telling]] = []
    kinds: dict[tuple[str, str], _Kind] = defaultdict(_Kind)
    folded = fold_copies(tellings, copies or {})
    for told, *repeated in sorted(folded, key=lambda alike: (-alike[0].confidence, alike[0].incident_id)):
        kind = kinds[told.kind, told.deed]
        home = kind.home(told)
        if home is None:
            groups.append([told, *repeated])
            kind.begin(told, len(groups) - 1)
        else:
            groups[home] += [told, *repeated]
    return _joined_by_words(groups)


def _joined_by_words(groups: list[list[Telling]]) -> list[list[Telling]]:
    """Join groups of one kind that tell of one incident by their words, in the order of the first of each."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for number, members in enumerate(groups):
        kinds[members[0].kind].append(number)
    joined = {
        numbers[0]: [told for number in numbers for told in groups[number]]
        for of_a_kind in kinds.values()
        for numbers in _alike(groups, of_a_kind)
    }
    return [joined[first] for first in sorted(joined)]


def _alike(groups: list[list[Telling]], numbers: list[int]) -> list[list[int]]:
    """Join until nothing joins any more: two sets may be alike as wholes that their first members are not."""
    sets = [[number] for number in numbers]
    while True:
        told = [_Told([telling for number in members for telling in groups[number]]) for members in sets]
        found = join_by_words([t.said for t in told], lambda one, other, told=told: told[one].fits(told[other]))  # type: ignore[misc]
        if len(found) == len(sets):
            return sets
        sets = [sorted(number for at in alike for number in sets[at]) for alike in found]


class _Told:
    """What a group of tellings says against, and for, its being one with another."""

    __slots__ = ("facts", "reports", "said")

    def __init__(self, members: list[Telling]) -> None:
        self.said = [told.said for told in members]
        self.reports = {doc_id for told in members for doc_id in told.reports}
        facts = ((t.first, t.last, t.points, t.countries, t.areas, t.published, t.killed, t.who) for t in members)
        self.facts = tuple(dict.fromkeys(facts))

    def fits(self, other: _Told) -> bool | None:
        """Tell whether the two agree on the place; None where anything shows that they are two."""
        if not self.reports.isdisjoint(other.reports):
            return None
        near = False
        for first, last, points, countries, areas, published, killed, names in self.facts:
            for began, ended, places, lands, regions, told_on, dead, others in other.facts:
                if (
                    _days_apart((first, last, published), (began, ended, told_on))
                    or _places_apart(points, places, countries, lands)
                    or (killed and dead and max(killed, dead) > _TIMES * min(killed, dead) + 1)
                    or are_others(names, others)
                ):
                    return None
                near = near or _near(points, places) or not set(areas).isdisjoint(regions)
        return near


_Days = tuple[int | None, int | None, int | None]
"""First and last day, and the day of the report."""


def _days_apart(one: _Days, other: _Days) -> bool:
    """Tell whether two events, or the news of them, lie on different days."""
    (first, last, published), (began, ended, told_on) = one, other
    if first is not None and last is not None:
        if began is not None and ended is not None:
            return first > ended or began > last
        return told_on is not None and not first <= told_on <= last + _RECENT
    if began is not None and ended is not None:
        return _days_apart(other, one)
    return published is not None and told_on is not None and abs(published - told_on) > _RECENT


def _places_apart(
    points: tuple[_Point, ...], places: tuple[_Point, ...], countries: tuple[str, ...], lands: tuple[str, ...]
) -> bool:
    if points and places:
        return all(_distance_km(p, q) > _FAR_KM for p in points for q in places)
    return bool(countries and lands) and set(countries).isdisjoint(lands)


class _Group:
    """What the members of a group have, each thing once: reports of one event mostly agree."""

    __slots__ = ("number", "reports", "seen")

    def __init__(self, number: int) -> None:
        self.number = number
        self.reports: set[str] = set()
        self.seen: set[tuple[int, int, bool, tuple[_Point, ...], tuple[str, ...]]] = set()

    def takes(self, told: Telling) -> bool:
        return self.reports.isdisjoint(told.reports) and all(  # a report tells its own incidents apart
            _days_meet(told, first, last, exact=exact)
            and _near(told.points, points)
            and not are_others(told.who, names)
            for first, last, exact, points, names in self.seen
        )


def _number(group: _Group) -> int:
    return group.number


class _Kind:
    """The groups of one kind, by where and when their members are."""

    def __init__(self) -> None:
        self._at: dict[tuple[int, int, bool, int, int, int], list[_Group]] = defaultdict(list)
        self._levels: set[tuple[int, bool]] = set()

    def home(self, told: Telling) -> int | None:
        """Give the first group that takes a telling, which is then one of its members; None where there is none."""
        cells = [cell for key in self._looked_at(told) if (cell := self._at.get(key))]
        before = -1
        for group in merge_sorted(*cells, key=_number):  # not all that are near are looked at: the first mostly fits
            if group.number != before and group.takes(told):
                self._add(group, told)
                return group.number
            before = group.number
        return None

    def begin(self, told: Telling, number: int) -> None:
        """Begin a group with a telling, where it can have others."""
        if told.points and told.first is not None and told.last is not None:
            self._add(_Group(number), told)

    def _add(self, group: _Group, told: Telling) -> None:
        assert told.first is not None
        assert told.last is not None
        group.reports.update(told.reports)
        signature = (told.first, told.last, told.exact, told.points, told.who)
        if signature in group.seen:
            return
        group.seen.add(signature)
        for key in self._stood_at(told):
            here = self._at[key]
            at = bisect_left(here, group.number, key=_number)
            if at == len(here) or here[at] is not group:
                here.insert(at, group)

    # A date exact to the day stands in the calendar of days at every level, so that whatever is longer finds it; one
    # that is longer stands in the other calendar, at the level on which it covers one or two blocks.

    def _stood_at(self, told: Telling) -> Iterator[tuple[int, int, bool, int, int, int]]:
        levels = range(_LEVELS) if told.exact else [_level(told)]
        for level in levels:
            self._levels.add((level, told.exact))
            for block in _blocks(told, level):
                for lat, lon, _ in told.points:
                    x, y, z = _on_sphere(lat, lon)
                    yield level, block, told.exact, math.floor(x), math.floor(y), math.floor(z)

    def _looked_at(self, told: Telling) -> Iterator[tuple[int, int, bool, int, int, int]]:
        if told.first is None or not told.points:
            return
        wanted = {(_level(told), True)} | ({(level, False) for level in range(_LEVELS)} if told.exact else set())
        spans = [(level, exact, block) for level, exact in wanted & self._levels for block in _blocks(told, level)]
        if not spans:
            return
        for lat, lon, _ in told.points:
            # The cell's own half says on which side another cell can be within reach.
            sides = [(math.floor(c), math.floor(c + 0.5) * 2 - math.floor(c) - 1) for c in _on_sphere(lat, lon)]
            for (level, exact, block), (x, y, z) in product(spans, product(*sides)):
                yield level, block, exact, x, y, z


def _level(told: Telling) -> int:
    level = 0
    while level < _LEVELS - 1 and len(_blocks(told, level)) > 2:
        level += 1
    return level


def _blocks(told: Telling, level: int) -> range:
    assert told.first is not None
    assert told.last is not None
    return range(told.first >> (_COARSER * level), (told.last >> (_COARSER * level)) + 1)


def _on_sphere(lat: float, lon: float) -> tuple[float, float, float]:
    """Give a point in space, in cells from the middle of the Earth: no seam at the antimeridian, no pole."""
    a, b, radius = math.radians(lat), math.radians(lon), _EARTH_KM / _CELL_KM
    return radius * math.cos(a) * math.cos(b), radius * math.cos(a) * math.sin(b), radius * math.sin(a)


def _days_meet(told: Telling, first: int, last: int, *, exact: bool) -> bool:
    if told.first is None or told.last is None or not (exact or told.exact):
        return False
    return told.first <= last and first <= told.last


def _near(some: tuple[_Point, ...], others: tuple[_Point, ...]) -> bool:
    return any(_distance_km(p, q) <= (_SITE_KM if p[2] and q[2] else _TOWN_KM) for p in some for q in others)


def _distance_km(p: _Point, q: _Point) -> float:
    lat1, lat2 = math.radians(p[0]), math.radians(q[0])
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(q[1] - p[1]) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def surer(members: list[Telling], copies: Mapping[str, str]) -> float:
    """Give the confidence in what several reports tell of one incident, the leading telling first (see `group`)."""
    first, *rest = ({copies.get(doc_id, doc_id) for doc_id in told.reports} or {told.incident_id} for told in members)
    return _surer(members[0].confidence, first, rest)


def _surer(confidence: float, own: set[str], others: Iterable[set[str]]) -> float:
    further = set().union(*others) - own
    return min(0.99, 1 - (1 - confidence) * 0.8 ** len(further)) if further else confidence


def join(members: list[Incident]) -> Incident:
    """Make one incident of all tellings of it, the leading one first (see `group`), copies among them."""
    if len(members) == 1:
        return members[0]
    first, *others = _originals(members)
    rest = sorted(others, key=lambda i: i.incident_id)
    everyone = [first, *rest]
    tolls: dict[str, Any] = {
        harm: combine(told_once((getattr(i, harm).counts for i in everyone), everyone)) for harm in HARMS
    }
    own, *further = ({origin(ref) for ref in i.reports} or {i.incident_id} for i in everyone)
    return replace(
        first,
        **tolls,
        # What the leading report leaves open, the surest of the others that has it tells.
        date=next((i.date for i in members if i.date.start is not None), first.date),
        places=next((i.places for i in members if any(p.role == "happened" for p in i.places)), first.places),
        evidence=tuple(e for i in everyone for e in i.evidence),
        reports=tuple(dict.fromkeys(r for i in everyone for r in i.reports)),
        sources=tuple(dict.fromkeys(s for i in everyone for s in i.sources)),
        perpetrators=_perpetrators(everyone),
        targets=first.targets or next((i.targets for i in rest if i.targets), ()),
        confidence=_surer(first.confidence, own, further),
    )


def _originals(members: list[Incident]) -> list[Incident]:
    """Leave out what copies tell in the same words; the originals then name the copies among their reports."""
    copies = _copies(members)
    if not copies:
        return members
    refs = {ref.doc_id: ref for incident in members for ref in incident.reports}
    by_id = {incident.incident_id: incident for incident in members}
    told = {alike[0].incident_id: alike[0] for alike in fold_copies(map(telling, members), copies)}
    return [
        replace(by_id[name], reports=tuple(refs[doc_id] for doc_id in told[name].reports))
        for name in by_id
        if name in told
    ]


def _copies(incidents: list[Incident]) -> dict[str, str]:
    return {ref.doc_id: ref.copy_of for incident in incidents for ref in incident.reports if ref.copy_of}


def _perpetrators(group: list[Incident]) -> tuple[Actor, ...]:
    """Give whom the leading report names, and whoever claims, is blamed or denies in any of them."""
    told = next((i.perpetrators for i in group if any(a.stance is None for a in i.perpetrators)), ())
    stated = [a for i in group for a in i.perpetrators if a.stance is not None]
    kept = {(a.name.lower(), a.stance): a for a in reversed([*told, *stated])}
    names = {name for name, stance in kept if stance is not None}
    return tuple(a for (name, stance), a in reversed(kept.items()) if stance is not None or name not in names)
