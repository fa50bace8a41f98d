"""Layers that come part by part: of each, only what the page shows is held until all are there.

A run of a hundred thousand reports hands its layers on a thousand reports at a time. What they hold beside what is
shown (actors, what the gazetteer has of a place, each single mention of it) is most of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.maps import cells
from mapper.maps.columns import geometries, table

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Mentions", "Parts"]

_UNSHOWN = ("actors", "reports", "mention", "evidence_start", "evidence_end", "date_anchor")
"""Columns of the incidents that the page does not show."""
_REPORTS = ("doc_id", "title", "url", "published")
_ZONES = ("name", "kind", "shape", "geometry")


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


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All parts, as `mapper.maps.render` takes layers."""

    incidents: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    reports: gpd.GeoDataFrame
    mentions: Mentions


class Parts:
    """Holds what a page will show of layers that come part by part."""

    def __init__(self) -> None:
        self._parts: list[tuple[gpd.GeoDataFrame, ...]] = []
        self._mentions = Mentions()

    def add(self, layers: Any) -> None:
        """Take what is shown of a part; the part itself is not held."""
        self._mentions.add(layers.places)
        incidents = layers.incidents.drop(columns=list(_UNSHOWN), errors="ignore")
        self._parts.append((incidents, layers.zones[list(_ZONES)], layers.reports[[*_REPORTS, "geometry"]]))

    def whole(self) -> _Gathered:
        """Put all parts together, in their order; there is at least one, and they are given away."""
        import pandas as pd  # noqa: PLC0415

        parts, self._parts = self._parts, []
        joined = []
        for frames in zip(*parts, strict=True):
            held = [frame for frame in frames if len(frame)]
            joined.append(pd.concat(held, ignore_index=True) if held else frames[0])
        incidents, zones, reports = joined
        return _Gathered(incidents, zones, reports, self._mentions)
