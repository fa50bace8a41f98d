"""What a copy of a report tells again: the same incident in the same words, from the same source."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.incidents.merging import Telling
    from mapper.records import Count, Incident, ReportRef

__all__ = ["fold_copies", "origin", "told_once", "words"]


def origin(ref: ReportRef) -> str:
    """Give the id of the report that one is or repeats."""
    return ref.copy_of or ref.doc_id


def words(incident: Incident) -> tuple[int, bytes]:
    """Give where the words for an incident begin, and a digest of what reports that tell it in the same words share.

    Returns
    -------
    tuple
        The offset in the report's text, and 16 bytes; case, punctuation and white space do not count.
    """
    evidence = next((said for said in incident.evidence if said.field == "incident"), None)
    said = "".join(character for character in evidence.text.casefold() if character.isalnum()) if evidence else ""
    places = [(place.role, place.name or place.resolution.toponym.text) for place in incident.places]
    told = repr((incident.event_type, incident.status, places, said))
    digest = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return evidence.start if evidence else 0, digest


def fold_copies(tellings: Iterable[Telling], copies: Mapping[str, str]) -> list[list[Telling]]:
    """Bring together what a report and its copies tell in the same words.

    Parameters
    ----------
    tellings
        Of incidents, each with an id of its own.
    copies
        Id of each report that repeats another -> id of that other.

    Returns
    -------
    list of list of Telling
        Every telling is in one list: the original's first, with all reports that tell it so, and then the copies'.
    """
    folded: list[list[Telling]] = []
    repeated = set(copies.values())
    alike: dict[tuple[Any, ...], list[Telling]] = defaultdict(list)
    seen: Counter[tuple[Any, ...]] = Counter()
    for told in sorted(tellings, key=lambda t: (t.start, t.incident_id)) if copies else tellings:
        origins = frozenset(copies.get(doc_id, doc_id) for doc_id in told.reports)
        if repeated.isdisjoint(origins):
            folded.append([told])
            continue
        # A report may tell twice in the same words of what it counts as two: the second goes with the second.
        own = (told.reports, told.words)
        alike[origins, told.words, seen[own]].append(told)
        seen[own] += 1
    for group in alike.values():
        first, *rest = sorted(group, key=lambda t: (any(doc_id in copies for doc_id in t.reports), t.incident_id))
        reports = dict.fromkeys(doc_id for told in (first, *rest) for doc_id in told.reports)
        folded.append([first._replace(reports=tuple(reports)), *rest])
    return folded


def told_once(counts: Iterable[Sequence[Count]], incidents: Sequence[Incident]) -> Iterator[Count]:
    """Give the counts of several tellings without those that a copy only repeats."""
    origins = {ref.doc_id: origin(ref) for incident in incidents for ref in incident.reports}
    seen: set[tuple[Any, ...]] = set()
    repeated: list[Count] = []
    for count in (each for some in counts for each in some):
        if origins.get(count.doc_id, count.doc_id) != count.doc_id:
            repeated.append(count)
        else:
            seen.add(_figure(count, count.doc_id))
            yield count
    for count in repeated:
        figure = _figure(count, origins[count.doc_id])
        if figure not in seen:
            seen.add(figure)
            yield count


def _figure(count: Count, source: str) -> tuple[Any, ...]:
    return source, count.source, count.unit, count.low, count.best, count.high
