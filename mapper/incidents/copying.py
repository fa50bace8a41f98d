"""What a copy of a report tells again: the same incident in the same words, from the same source."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.records import Count, Incident, ReportRef

__all__ = ["fold_copies", "origin", "told_once"]


def origin(ref: ReportRef) -> str:
    """Give the id of the report that one is or repeats."""
    return ref.copy_of or ref.doc_id


def fold_copies(incidents: Sequence[Incident], copies: Mapping[str, str]) -> tuple[list[Incident], dict[str, str]]:
    """Make one incident of those that a report and its copies tell in the same words.

    Parameters
    ----------
    incidents
        Each of one report.
    copies
        Id of each report that repeats another -> id of that other.

    Returns
    -------
    tuple
        The incidents that are left, as the original tells them, with all reports that carry them; and for the id of
        every incident that was given the id of the one that now stands for it.
    """
    if not copies:
        return list(incidents), {incident.incident_id: incident.incident_id for incident in incidents}
    seen: Counter[tuple[Any, ...]] = Counter()
    alike: dict[tuple[Any, ...], list[Incident]] = defaultdict(list)
    for incident in incidents:
        told = replace(incident, reports=tuple(replace(r, copy_of=copies.get(r.doc_id)) for r in incident.reports))
        family = tuple(sorted({origin(ref) for ref in told.reports}))
        words = (family, *_words(told))
        own = (*words, tuple(ref.doc_id for ref in told.reports))
        # A report may tell twice in the same words of what it counts as two: the second goes with the second.
        alike[*words, seen[own] if family else told.incident_id].append(told)
        seen[own] += 1
    folded: list[Incident] = []
    lead: dict[str, str] = {}
    for group in alike.values():
        first, *rest = sorted(group, key=lambda i: (any(ref.copy_of for ref in i.reports), i.incident_id))
        folded.append(replace(first, reports=tuple(dict.fromkeys(ref for i in (first, *rest) for ref in i.reports))))
        lead |= {incident.incident_id: first.incident_id for incident in group}
    return folded, lead


def told_once(counts: Iterable[Sequence[Count]], incidents: Sequence[Incident]) -> Iterator[Count]:
    """Give the counts of several tellings without those that a copy only repeats."""
    origins = {ref.doc_id: origin(ref) for incident in incidents for ref in incident.reports}
    seen: set[tuple[Any, ...]] = set()
    repeated: list[Count] = []
    for count in (each for some in counts for each in some):
        key = (origins.get(count.doc_id, count.doc_id), count.source, count.low, count.best, count.high)
        if origins.get(count.doc_id, count.doc_id) != count.doc_id:
            repeated.append(count)
        else:
            seen.add(key)
            yield count
    for count in repeated:
        key = (origins[count.doc_id], count.source, count.low, count.best, count.high)
        if key not in seen:
            seen.add(key)
            yield count


def _words(incident: Incident) -> tuple[Any, ...]:
    evidence = next((said.text for said in incident.evidence if said.field == "incident"), "")
    words = "".join(character for character in evidence.casefold() if character.isalnum())
    places = tuple((place.role, place.name or place.resolution.toponym.text) for place in incident.places)
    return incident.event_type, incident.status, places, words
