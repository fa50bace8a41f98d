"""Counts over layers: how many incidents of each type, month and country, and how many reports of each source."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import geopandas as gpd

    from mapper.frames.collection import Layers

__all__ = ["UNKNOWN", "tally"]

UNKNOWN = "unknown"


def tally(layers: Layers) -> dict[str, dict[str, int]]:
    """Count the incidents by type, status, month and country, and the reports by source.

    Parameters
    ----------
    layers
        What a run wrote; `places` and `zones` do not matter.

    Returns
    -------
    dict
        Name of the count -> value -> how many, the most first, months in their order. An incident in two countries
        counts in both; what has no date or country counts as "unknown". The source of a report is the host of its
        address, or else the file it was read from.
    """
    incidents = layers.incidents
    happened = incidents[incidents["place_role"].isna() | (incidents["place_role"] == "happened")]
    months = happened["date_start"].dt.strftime("%Y-%m")
    return {
        "type": _most(happened, happened["event_type"]),
        "status": _most(happened, happened["status"]),
        "month": dict(sorted(_most(happened, months).items())),
        "country": _most(happened, happened["country"]),
        "source": _sources(layers.reports),
    }


def _most(incidents: gpd.GeoDataFrame, values: object) -> dict[str, int]:
    """Count distinct incidents by a value, the most first, names deciding among equals."""
    table = incidents[["incident_id"]].assign(value=values)
    table["value"] = table["value"].astype(object).where(table["value"].notna(), UNKNOWN)
    counts = table.drop_duplicates().groupby("value")["incident_id"].count()
    return dict(sorted(((str(name), int(count)) for name, count in counts.items()), key=lambda row: (-row[1], row[0])))


def _sources(reports: gpd.GeoDataFrame) -> dict[str, int]:
    counts: dict[str, int] = {}
    known = reports[["url", "source"]].astype(object).where(lambda t: t.notna(), None)
    for url, source in known.itertuples(index=False):
        name = (urlsplit(url).hostname if url else None) or source or UNKNOWN
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))
