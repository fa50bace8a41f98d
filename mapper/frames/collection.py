"""The four layers together, and how a notebook shows them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TypedDict

from mapper.frames.schema import SCHEMA

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Unpack

    from geopandas import GeoDataFrame, GeoSeries
    from shapely.geometry.base import BaseGeometry

    from mapper.frames.areas import Level
    from mapper.frames.counting import Every
    from mapper.gazetteer import Gazetteer
    from mapper.records import Incident, Report

__all__ = ["LAYER_NAMES", "Conditions", "Layers"]

LAYER_NAMES = tuple(SCHEMA)


class Conditions(TypedDict, total=False):
    """What `Layers.where` may be asked for; `mapper.frames.where` says what each means."""

    since: str | dt.date | None
    until: str | dt.date | None
    event_type: str | Iterable[str] | None
    status: str | Iterable[str] | None
    country: str | Iterable[str] | None
    place: str | Iterable[str] | None
    bounds: tuple[float, float, float, float] | None
    polygon: BaseGeometry | GeoSeries | GeoDataFrame | None
    precision: str | Iterable[str] | None
    killed: int | None
    at_least: Mapping[str, int] | None
    min_confidence: float | None
    sure: bool


@dataclass(frozen=True, repr=False, eq=False)
class Layers:
    """What was read out of the reports, as four GeoDataFrames in EPSG:4326.

    Attributes
    ----------
    incidents
        One row an incident x place; an incident without a place keeps one row, without a geometry.
    places
        Every place mentioned, whether an incident's or not.
    zones
        The areas of the incidents, and the uncertainty rings around their points.
    reports
        One row a report; no geometry.
    """

    incidents: GeoDataFrame
    places: GeoDataFrame
    zones: GeoDataFrame
    reports: GeoDataFrame

    def __len__(self) -> int:
        """Count the incidents (not their rows: an incident has one for each of its places)."""
        return int(self.incidents["incident_id"].nunique())

    def __bool__(self) -> bool:
        """Be true even when empty: reports in which nothing happened are an answer too."""
        return True

    def items(self) -> Iterator[tuple[str, GeoDataFrame]]:
        """Give each layer with its name, in the order of the schema."""
        for name in LAYER_NAMES:
            yield name, getattr(self, name)

    @classmethod
    def joined(cls, parts: Sequence[Layers]) -> Layers:
        """Put layers that came part by part together, in their order; there is at least one part."""
        import pandas as pd  # noqa: PLC0415

        if len(parts) == 1:
            return parts[0]
        frames = {name: [frame for part in parts if len(frame := getattr(part, name))] for name in LAYER_NAMES}
        return cls(
            **{
                name: pd.concat(found, ignore_index=True) if found else getattr(parts[0], name)
                for name, found in frames.items()
            }
        )

    def where(self, **conditions: Unpack[Conditions]) -> Layers:
        """Keep the incidents that meet all conditions; see `mapper.frames.where` for each of them."""
        from mapper.frames.choosing import where  # noqa: PLC0415  (slow libraries, only when they are used)

        return where(self, **conditions)

    def count(
        self,
        *,
        area: Level | None = None,
        every: Every | None = None,
        by: str | None = None,
        status: str | Iterable[str] | None = "accomplished",
        zeros: bool = True,
        gazetteer: Gazetteer | None = None,
    ) -> GeoDataFrame:
        """Count incidents by country, province or district, by day, week or month; see `mapper.frames.count`."""
        from mapper.frames.counting import count  # noqa: PLC0415

        return count(self, area=area, every=every, by=by, status=status, zeros=zeros, gazetteer=gazetteer)

    def buffers(self, metres: float | str) -> GeoDataFrame:
        """Give the ground within a distance of each incident's place; see `mapper.frames.buffers`."""
        from mapper.frames.distances import buffers  # noqa: PLC0415

        return buffers(self.incidents, metres)

    def join(self, polygons: GeoDataFrame, *, unmatched: bool = True) -> GeoDataFrame:
        """Join the incidents to polygons of one's own; see `mapper.frames.join`."""
        from mapper.frames.joining import join  # noqa: PLC0415

        return join(self.incidents, polygons, unmatched=unmatched)

    def to_incidents(self) -> tuple[Incident, ...]:
        """Give the incidents back as records; see `mapper.frames.to_incidents`, also for what layers do not hold."""
        from mapper.frames.restoring import to_incidents  # noqa: PLC0415

        return to_incidents(self)

    def to_records(self) -> tuple[Report | Incident, ...]:
        """Give the reports back with places and incidents, and incidents of none; see `mapper.frames.to_records`."""
        from mapper.frames.restoring import to_records  # noqa: PLC0415

        return to_records(self)

    def __repr__(self) -> str:
        rows = ", ".join(f"{name}={len(frame)}" for name, frame in self.items())
        return f"Layers({len(self)} incidents; rows: {rows})"

    def _repr_html_(self) -> str:
        # A drawing, counts, names of layers: no text of a report is shown, and what is shown is escaped all the same.
        from mapper.frames.sketch import sketch  # noqa: PLC0415  (only notebooks draw)

        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{len(frame)}</td><td>{int(frame.geometry.notna().sum())}</td>"
            f"<td style='text-align:left'>{escape(_extent(frame))}</td></tr>"
            for name, frame in self.items()
        )
        head = "<tr><th>layer</th><th>rows</th><th>with geometry</th><th style='text-align:left'>extent</th></tr>"
        table = f"<table><caption>{len(self)} incidents</caption><thead>{head}</thead><tbody>{rows}</tbody></table>"
        return f"<div>{sketch(self)}{table}</div>"


def _extent(frame: GeoDataFrame) -> str:
    if not frame.geometry.notna().any():
        return "-"
    west, south, east, north = frame.total_bounds
    return f"{west:.1f} to {east:.1f} lon, {south:.1f} to {north:.1f} lat"
