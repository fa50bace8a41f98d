"""Incidents of several reports become one where they tell of the same event.

Counts are never summed: each stays with its source, and the toll is their range.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.incidents.copying import fold_copies, origin, told_once
from mapper.incidents.counts import combine
from mapper.incidents.linking import AREAS, distance_km
from mapper.incidents.scheme import family

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from mapper.records import DateInterval, Incident, Resolution

__all__ = ["merge"]

_TOWN_KM: Final = 30.0  # reports of one event may name the town or a village beside it
_SITE_KM: Final = 10.0  # two named quarters of one city


def merge(incidents: Iterable[Incident], copies: Mapping[str, str] | None = None) -> list[Incident]:
    """Merge the incidents that several reports tell of; the order of the input does not change the result.

    Two incidents of different reports are one when they are of one kind, their dates overlap with at least one of them
    exact to the day, and their places are points within 30 km of each other (10 km where both are named quarters or
    sites). Areas are never merged by themselves: two strikes "in Syria" on one day may well be two.

    What a copy of a report tells in the same words is the same incident, areas too, and no further source of it: it
    makes nothing surer, and its counts are not counted again.

    Parameters
    ----------
    incidents
        Of any number of reports.
    copies
        Id of each report that repeats another -> id of that other.

    Returns
    -------
    list of Incident
        In the order of the first of each group; the most confident telling leads, evidence and reports of the others
        are kept, tolls are low, best and high over all.
    """
    given = list(incidents)
    ordered, lead = fold_copies(given, copies or {})
    groups: list[list[Incident]] = []
    for incident in sorted(ordered, key=lambda i: (-i.confidence, i.incident_id)):
        home = next((group for group in groups if all(_same_incident(incident, other) for other in group)), None)
        if home is None:
            groups.append([incident])
        else:
            home.append(incident)
    position = {lead[incident.incident_id]: n for n, incident in reversed(list(enumerate(given)))}
    home_of = {other.incident_id: group[0].incident_id for group in groups for other in group}
    renamed = {incident_id: home_of[leading] for incident_id, leading in lead.items()}
    merged = [_join(group) for group in groups]
    merged = [
        replace(
            i, relations=tuple(replace(r, incident_id=renamed.get(r.incident_id, r.incident_id)) for r in i.relations)
        )
        for i in merged
    ]
    return sorted(merged, key=lambda i: position[i.incident_id])


def _same_incident(a: Incident, b: Incident) -> bool:
    if {r.doc_id for r in a.reports} & {r.doc_id for r in b.reports}:
        return False  # the report itself told them apart
    unrest = family(a.event_type) == family(b.event_type) == "unrest"
    if (a.event_type != b.event_type and not unrest) or a.status != b.status:
        return False
    if not _days_meet(a.date, b.date):
        return False
    return any(distance_km(p, q) <= _reach_km(p, q) for p in _points(a) for q in _points(b))


def _reach_km(p: Resolution, q: Resolution) -> float:
    return _SITE_KM if p.precision == q.precision == "site" else _TOWN_KM


def _days_meet(a: DateInterval, b: DateInterval) -> bool:
    def days(interval: DateInterval) -> tuple[dt.date, dt.date] | None:
        return (interval.start, interval.end) if interval.start and interval.end else None

    first, second = days(a), days(b)
    if not first or not second or "day" not in (a.precision, b.precision):
        return False
    return first[0] <= second[1] and second[0] <= first[1]


def _points(incident: Incident) -> list[Resolution]:
    return [
        place.resolution
        for place in incident.places
        if place.role == "happened"
        and place.resolution.geometry is not None
        and place.resolution.precision not in AREAS
    ]


def _join(group: list[Incident]) -> Incident:
    first = group[0]
    if len(group) == 1:
        return first
    rest = sorted(group[1:], key=lambda i: i.incident_id)
    everyone = [first, *rest]
    tellers = {teller for i in everyone for teller in ({origin(ref) for ref in i.reports} or {i.incident_id})}
    return replace(
        first,
        killed=combine(told_once((i.killed.counts for i in everyone), everyone)),
        injured=combine(told_once((i.injured.counts for i in everyone), everyone)),
        evidence=tuple(e for i in everyone for e in i.evidence),
        reports=tuple(dict.fromkeys(r for i in everyone for r in i.reports)),
        sources=tuple(dict.fromkeys(s for i in everyone for s in i.sources)),
        perpetrators=first.perpetrators or next((i.perpetrators for i in rest if i.perpetrators), ()),
        targets=first.targets or next((i.targets for i in rest if i.targets), ()),
        confidence=min(0.99, 1 - (1 - first.confidence) * 0.8 ** (len(tellers) - 1)),
    )
