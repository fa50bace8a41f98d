"""What the schemes have in common: one event an incident, at its one best place, with its days and its numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.formats.columns import plain_columns, wgs84
from mapper.formats.schemes.crosswalk import Counterpart, counterpart
from mapper.formats.table import where
from mapper.frames.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

__all__ = ["AND", "Event", "events"]

AND = "; "
"""Between several names in one cell, as ACLED and UCDP have it."""

_NO_PLACE = 8  # after all of UCDP's seven precisions


@dataclass(frozen=True, slots=True)
class Event:
    """One incident, as a row of the layer at its best place.

    Attributes
    ----------
    row
        Plain values by column, None where not known.
    kind
        What other schemes call it.
    lat, lon
        Degrees, EPSG:4326; None where the place is an area: no scheme's habit of a pin at its midpoint is followed.
    start, end
        The days between which it happened, both inclusive; None where not known.
    """

    row: Mapping[str, Any]
    kind: Counterpart
    lat: float | None
    lon: float | None
    start: dt.date | None
    end: dt.date | None

    @property
    def days(self) -> int | None:
        """Length of that interval in days; None where a bound is not known."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    def names(self, column: str) -> list[str]:
        """Give a list of the layer (perpetrators, targets, sources)."""
        return [str(name) for name in self.row.get(column) or ()]

    def same(self, part: str) -> int | None:
        """Give the year or month of the event where it is one and the same from the first to the last day."""
        if self.start is None or self.end is None:
            return None
        first, last = getattr(self.start, part), getattr(self.end, part)
        return int(first) if first == last and self.start.year == self.end.year else None


def events(frame: gpd.GeoDataFrame) -> Iterator[Event]:
    """Give an event for each incident that happened or was attempted, in the order of the layer.

    An incident has a row for each of its places; its event stands at the place where it happened that is known best
    (UCDP's where_prec, then the smaller uncertainty), so that nobody who adds up the rows counts a death twice.
    Threats, plans and denied reports have not happened and are no events.
    """
    columns = {column.name: column.cells for column in plain_columns(frame)}
    for name in (c.name for c in SCHEMA["incidents"] if c.dtype != "geometry"):
        columns.setdefault(name, [None] * len(frame))
    lats, lons = where(wgs84(frame))
    best: dict[str, tuple[tuple[float, ...], int]] = {}
    for at, identity in enumerate(columns["incident_id"]):
        if columns["status"][at] not in ("accomplished", "attempted"):
            continue
        rank = _rank({name: cells[at] for name, cells in columns.items()}, lats[at])
        if identity not in best or rank < best[identity][0]:
            best[identity] = (rank, at)
    for rank, at in best.values():
        row = {name: cells[at] for name, cells in columns.items()}
        if rank[0]:
            row |= dict.fromkeys(_PLACE)
        kind = counterpart(row["event_type"], row["event_subtype"])
        if kind is not None:
            happened = not rank[0]
            start, end = (_day(row[name]) for name in ("date_start", "date_end"))
            yield Event(row, kind, lats[at] if happened else None, lons[at] if happened else None, start, end)


_PLACE = (
    "place_name admin1 country country_code gazetteer gazetteer_id feature_code precision where_prec uncertainty_m"
).split()


def _rank(row: Mapping[str, Any], lat: float | None) -> tuple[float, ...]:
    """Rank the places of an incident: where it happened before all others, then by precision."""
    happened = row["place_role"] == "happened"
    prec = row["where_prec"] if row["where_prec"] is not None else _NO_PLACE
    radius = row["uncertainty_m"] if row["uncertainty_m"] is not None else float("inf")
    return (not happened, prec, lat is None, radius)


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text[:10])
