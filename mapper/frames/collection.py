"""The four layers together, and how a notebook shows them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from mapper.frames.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geopandas import GeoDataFrame

__all__ = ["LAYER_NAMES", "Layers"]

LAYER_NAMES = tuple(SCHEMA)


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

    def __repr__(self) -> str:
        rows = ", ".join(f"{name}={len(frame)}" for name, frame in self.items())
        return f"Layers({len(self)} incidents; rows: {rows})"

    def _repr_html_(self) -> str:
        # Only counts and names of columns: no text of a report is shown, and what is shown is escaped all the same.
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{len(frame)}</td><td>{int(frame.geometry.notna().sum())}</td>"
            f"<td style='text-align:left'>{escape(_extent(frame))}</td></tr>"
            for name, frame in self.items()
        )
        head = "<tr><th>layer</th><th>rows</th><th>with geometry</th><th style='text-align:left'>extent</th></tr>"
        return f"<table><caption>{len(self)} incidents</caption><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _extent(frame: GeoDataFrame) -> str:
    if not frame.geometry.notna().any():
        return "-"
    west, south, east, north = frame.total_bounds
    return f"{west:.1f} to {east:.1f} lon, {south:.1f} to {north:.1f} lat"
