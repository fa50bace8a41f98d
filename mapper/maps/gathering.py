"""Layers that come part by part, or at once: of each, only what the page shows is kept, until all are there.

A run of a hundred thousand reports hands its layers on a thousand reports at a time. What they hold beside what is
shown (actors, what the gazetteer has of a place, each single mention of it) is most of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.maps import cells
from mapper.maps.areas import Areas, located
from mapper.maps.columns import geometries, incident_columns, report_columns, table
from mapper.maps.spill import Spill, Table
from mapper.memory import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

__all__ = ["Mentions", "Parts", "Zone"]


class Mentions:
    """The places mentioned, one row a place: how often, in how many reports. Areas show at a label point."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str | None, int, int], tuple[int, int]] = {}

    def add(self, frame: gpd.GeoDataFrame | None) -> None:
        """Count the rows of a layer `places`; a report's rows are all in one layer."""
        import shapely  # noqa: PLC0415 - slow to import

        found: dict[tuple[str | None, int, int], list[Any]] = {}
        columns = table(frame, ("doc_id", "toponym", "name"))
        for doc_id, toponym, name, geometry in zip(*columns.values(), geometries(frame), strict=True):
            if not hasattr(geometry, "geom_type") or geometry.is_empty:
                continue
            point = geometry if geometry.geom_type == "Point" else shapely.point_on_surface(geometry)
            if not -90 <= point.y <= 90:
                continue
            lon, lat = round(((point.x + 180.0) % 360.0 - 180.0) * 1e5), round(point.y * 1e5)
            entry = found.setdefault((cells.text(name) or cells.text(toponym), lon, lat), [set(), 0])
            if (document := cells.text(doc_id)) is not None:
                entry[0].add(document)
            entry[1] += 1
        for key, (documents, count) in found.items():
            before = self._counts.get(key, (0, 0))
            self._counts[key] = before[0] + len(documents), before[1] + count

    def columns(self) -> dict[str, list[Any]]:
        """Give the columns that the page gets, in the order in which the places came."""
        rows = [(*place, *counts) for place, counts in self._counts.items()]
        return {name: [row[n] for row in rows] for n, name in enumerate(("name", "lon", "lat", "documents", "count"))}


class Zone(NamedTuple):
    """An area of the layer `zones`."""

    name: str | None
    kind: str | None
    geometry: Any


class Parts:
    """Gathers what a page will show of layers that come part by part.

    Parameters
    ----------
    folder
        Where what is gathered is put aside, once there is much; see `mapper.maps.spill.Spill`.

    Attributes
    ----------
    spill
        Holds the tables.
    incidents, places, reports
        Columns as `mapper.maps.columns` makes them.
    areas
        Of the places.
    numbers
        Number of each incident by its id.
    harms
        Kinds of harm that are counted.
    zones
        Areas that are no rings around points: those are drawn from their radius.
    mentions
        Places that the reports name.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.spill = Spill(folder)
        self.incidents, self.places, self.reports = (Table(self.spill) for _ in range(3))
        self.areas = Areas()
        self.numbers: dict[str, int] = {}
        self.harms: dict[str, None] = {}
        self.zones: list[Zone] = []
        self.mentions = Mentions()
        self._rows = 0

    def add(self, layers: Any) -> None:
        """Take what is shown of a part: an object with `incidents`, `places`, `zones` and `reports`.

        The part itself is not held. Missing layers and columns count as empty; other coordinate systems are brought to
        EPSG:4326. An incident that an earlier part has is left out.
        """
        frame = getattr(layers, "incidents", None)
        with uncollected():
            part = incident_columns(frame, self.areas, self.numbers, row=self._rows)
            self._rows += 0 if frame is None else len(frame)
            self.harms |= dict.fromkeys(part.harms)
            self.incidents.add(part.incidents)
            self.places.add(part.places)
            self.reports.add(report_columns(getattr(layers, "reports", None)))
            self.zones += _zones(getattr(layers, "zones", None))
            self.mentions.add(getattr(layers, "places", None))


def _zones(frame: gpd.GeoDataFrame | None) -> Iterator[Zone]:
    columns = table(frame, ("name", "kind", "shape"))
    for name, kind, shape, geometry in zip(*columns.values(), geometries(frame), strict=True):
        told = cells.text(kind)
        if shape == "ring" or (told and "uncertainty" in told):
            continue
        drawn = located(geometry, "region", None)
        if drawn is not None:
            yield Zone(cells.text(name), told, drawn)
