"""From reports to layers: several reports of one incident become one, and the tables are laid out part by part."""

from __future__ import annotations

import dataclasses
import hashlib
from array import array
from collections import Counter
from functools import lru_cache
from itertools import count, groupby, islice
from typing import TYPE_CHECKING

import numpy as np

from mapper import frames, incidents, memory, sources
from mapper.records import Incident, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from mapper.frames import Layers
    from mapper.pipeline.journal import Journal
    from mapper.pipeline.others import Others

__all__ = ["PART", "Tally", "merged", "merged_layers", "parts", "sure"]

PART = 1_000
"""Reports whose rows are laid out and written together: what stands in memory at one time."""


_PARTS_BETWEEN = 8
"""Parts from one time that memory is given back to the next: it takes a tenth of a second."""


@dataclasses.dataclass(slots=True)
class Tally:
    """Incidents of a run, counted as they are laid out, and reports that repeat another."""

    incidents: int = 0
    on_the_map: int = 0
    copies: int = 0


def sure(report: Report, min_confidence: float) -> Report:
    """Leave out the incidents of a report that are less sure than this (0 to 1)."""
    return dataclasses.replace(report, incidents=_sure(report.incidents, min_confidence))


def _sure(found: Iterable[Incident], min_confidence: float) -> tuple[Incident, ...]:
    kept = [incident for incident in found if incident.confidence >= min_confidence]
    ids = {incident.incident_id for incident in kept}
    return tuple(_related(incident, {r.incident_id for r in incident.relations} - ids) for incident in kept)


def _related(incident: Incident, without: set[str]) -> Incident:
    if not without:
        return incident
    return dataclasses.replace(incident, relations=tuple(r for r in incident.relations if r.incident_id not in without))


def merged(reports: Iterable[Report], min_confidence: float = 0.0) -> tuple[Incident, ...]:
    """Give the incidents of all reports, several reports of one incident merged into one.

    Reports that repeat another are no further source of what they tell (see `mapper.sources.originals`).

    Parameters
    ----------
    reports
        Each document's.
    min_confidence
        0 to 1: less sure ones are left out, after merging (two reports of one incident make it surer).
    """
    told = list(reports)
    return _merged(told, _copies(told), min_confidence)


def _merged(told: list[Report], copies: Mapping[str, str], min_confidence: float) -> tuple[Incident, ...]:
    return _sure(incidents.merge((i for report in told for i in report.incidents), copies), min_confidence)


def _copies(told: Iterable[Report]) -> dict[str, str]:
    return sources.originals(sources.fingerprint(report.document) for report in told)


def _marked(report: Report, copies: Mapping[str, str]) -> Report:
    """Say of a report, and wherever its incidents name it, which one it repeats."""
    document, original = report.document, copies.get(report.document.id)
    if document.copy_of != original:
        document = dataclasses.replace(document, copy_of=original)
    found = tuple(incidents.marked(incident, copies) for incident in report.incidents)
    return dataclasses.replace(report, document=document, incidents=found)


def merged_layers(reports: Iterable[Report], min_confidence: float = 0.0) -> Layers:
    """Merge what several reports tell of one incident (see `merged`), and lay everything out as GeoDataFrames."""
    told = list(reports)
    copies = _copies(told)
    found = _merged(told, copies, min_confidence)
    telling = Counter(doc_id for incident in found for doc_id in {ref.doc_id for ref in incident.reports})
    first: dict[str, list[Incident]] = {report.document.id: [] for report in told}
    for incident in found:  # every incident stands once, with the report that leads in telling it
        teller = next((ref.doc_id for ref in incident.reports if ref.doc_id in first), None)
        if teller is not None:
            first[teller].append(incident)
    handed = [
        dataclasses.replace(_marked(report, copies), incidents=tuple(first[report.document.id])) for report in told
    ]
    return _counted(frames.layers(handed, referred=False), telling)


def _counted(layers: Layers, telling: dict[str, int]) -> Layers:
    """Let each report count the incidents that it tells of, wherever their rows stand."""
    numbers = [telling.get(doc_id, 0) for doc_id in layers.reports["doc_id"]]
    layers.reports["n_incidents"] = numbers
    layers.reports["n_incidents"] = layers.reports["n_incidents"].astype("Int64")
    return layers


def parts(journal: Journal, min_confidence: float, tally: Tally, others: Others) -> Iterator[Layers]:
    """Merge the incidents of a journal and lay everything out, `PART` reports at a time; the zones come last.

    Before the zones come the files that others have coded, each a part of its own.

    Which incidents are one is found from what merging needs to know of each, a kind of event at a time; the reports
    themselves are read as their rows are laid out. So memory holds one part, a line for each incident that was merged
    and each zone, and, before the first part, a fingerprint of each report.

    Parameters
    ----------
    journal
        Of a run all of whose inputs were collected.
    min_confidence
        As in `merged`.
    tally
        Counts what is laid out of the reports.
    others
        Read as they are laid out, and merged with none.
    """
    memory.give_back()
    copies = sources.originals(journal.fingerprints())
    tally.copies = len(copies)
    memory.give_back()
    joined = _Joined(journal, copies, min_confidence)
    memory.give_back()
    zones = frames.Zones()
    reports = ((o, _marked(item, copies)) for o, item in journal.items() if isinstance(item, Report))
    # Nothing of a part is held here while the next is read: two at a time are what memory would show.
    numbers = count(1)
    while (layers := _laid_out(islice(reports, PART), joined, tally, zones)) is not None:
        yield layers
        del layers
        if next(numbers) % _PARTS_BETWEEN == 0:
            memory.give_back()
    memory.give_back()
    none = frames.layers(())
    for theirs in others.parts():
        zones.add(theirs.incidents)
        yield dataclasses.replace(theirs, zones=none.zones)
    yield dataclasses.replace(none, zones=zones.frame())


def _laid_out(
    reports: Iterable[tuple[int, Report]], joined: _Joined, tally: Tally, zones: frames.Zones
) -> Layers | None:
    """Lay one part out; None when no report is left."""
    telling: dict[str, int] = {}
    handed = []
    for ordinal, report in reports:
        telling[report.document.id] = joined.telling(report)
        handed.append(dataclasses.replace(report, incidents=joined.handed(ordinal, report)))
    if not handed:
        return None
    found = [incident for report in handed for incident in report.incidents]
    tally.incidents += len(found)
    tally.on_the_map += sum(any(p.resolution.geometry is not None for p in i.places) for i in found)
    return _counted(frames.layers(handed, referred=False, zones=zones), telling)


class _Joined:
    """Which incidents of a journal are one: only those that are not alone, and those that are not sure enough.

    Incidents are known by eight bytes of a digest of their id, and by their place: the report's ordinal and their
    number in it. All of it stands in arrays: of a hundred thousand reports, a few megabytes.
    """

    def __init__(self, journal: Journal, copies: Mapping[str, str], min_confidence: float) -> None:
        self._report = lru_cache(maxsize=64)(lambda ordinal: _marked(journal.report(ordinal), copies))
        names, leaders, places, leading, dropped = (array("Q") for _ in range(5))
        at: dict[str, int]
        for _, tellings in groupby(journal.tellings(), lambda row: row[2].kind):
            at, told = {}, []
            for ordinal, number, telling in tellings:
                at[telling.incident_id] = _place(ordinal, number)
                told.append(telling)
            for group in incidents.group(told, copies):
                leader = group[0].incident_id
                if incidents.surer(group, copies) < min_confidence:
                    dropped.append(_name(leader))
                for member in group if len(group) > 1 else ():
                    names.append(_name(member.incident_id))
                    leaders.append(_name(leader))
                    places.append(at[member.incident_id])
                    leading.append(at[leader])
            del at, told
        self._dropped = np.unique(np.array(dropped))
        by_name = np.argsort(np.array(names), kind="stable")
        self._names, self._leaders, self._leading = (np.array(c)[by_name] for c in (names, leaders, leading))
        by_leader = np.argsort(np.array(leading), kind="stable")  # the leader stays before those that follow it
        self._groups, self._members = (np.array(c)[by_leader] for c in (leading, places))

    def telling(self, report: Report) -> int:
        """Count the incidents that a report tells of, whichever report they stand with."""
        return sum(not self._is_dropped(incident.incident_id) for incident in report.incidents)

    def handed(self, ordinal: int, report: Report) -> tuple[Incident, ...]:
        """Give the incidents that stand with a report: its own, joined with what others tell of them."""
        kept = []
        for number, incident in enumerate(report.incidents):
            at = self._at(incident.incident_id)
            if (at is not None and self._leading[at] != _place(ordinal, number)) or self._is_dropped(
                incident.incident_id
            ):
                continue
            whole = incident if at is None else incidents.join(self._read_group(self._leading[at]))
            relations = (dataclasses.replace(r, incident_id=self._led_by(r.incident_id)) for r in whole.relations)
            whole = dataclasses.replace(whole, relations=tuple(relations))
            without = {r.incident_id for r in whole.relations if self._is_dropped(r.incident_id)}
            kept.append(_related(whole, without))
        return tuple(kept)

    def _at(self, incident_id: str) -> int | None:
        """Give the row of an incident that is not alone."""
        return _found(self._names, _name(incident_id))

    def _is_dropped(self, incident_id: str) -> bool:
        at = self._at(incident_id)
        return _found(self._dropped, _name(incident_id) if at is None else int(self._leaders[at])) is not None

    def _led_by(self, incident_id: str) -> str:
        at = self._at(incident_id)
        return incident_id if at is None else self._read(int(self._leading[at])).incident_id

    def _read_group(self, leading: int) -> list[Incident]:
        first, stop = np.searchsorted(self._groups, leading), np.searchsorted(self._groups, leading, side="right")
        return [self._read(place) for place in self._members[first:stop].tolist()]

    def _read(self, place: int) -> Incident:
        return self._report(place // _MOST_IN_A_REPORT).incidents[place % _MOST_IN_A_REPORT]


_MOST_IN_A_REPORT = 2**20


def _place(ordinal: int, number: int) -> int:
    return ordinal * _MOST_IN_A_REPORT + number


def _name(incident_id: str) -> int:
    data = incident_id.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def _found(among: NDArray[np.uint64], name: int) -> int | None:
    """Give the first place of a number in a sorted array; None where it is not in it."""
    at = int(np.searchsorted(among, np.uint64(name)))
    return at if at < len(among) and int(among[at]) == name else None
