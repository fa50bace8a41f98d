"""Layers to the data of the page: columns of incidents, of their places and of areas, each area stored once.

Nothing here is HTML or script: the page gets the data as gzip in base64 (`pack`) and makes its own text nodes from it.
"""

from __future__ import annotations

import base64
import gc
import gzip
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from mapper.maps import cells
from mapper.maps.areas import AREA_DECIMALS, Areas, located, sure_bounds
from mapper.maps.columns import compact, geometries, incident_columns, report_columns, table
from mapper.maps.extent import Bounds, extent
from mapper.maps.gathering import Mentions
from mapper.maps.provinces import add_provinces

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

__all__ = ["Payload", "expand", "pack", "payload"]

_PACKED = ("incidents", "places", "reports")


@dataclass(frozen=True, slots=True)
class Payload:
    """The data of a page, and where its incidents lie: all of them (None without a place), and the box of each spot."""

    data: dict[str, Any]
    bounds: Bounds | None
    spots: list[Bounds]


def pack(value: Any) -> str:
    """Compact JSON, gzip without a time stamp, base64: the same bytes for the same value."""
    plain = orjson.dumps(value)
    # The higher levels take two to seven times as long, for a twelfth less where a page is large.
    return base64.b64encode(gzip.compress(plain, 9 if len(plain) < 4_000_000 else 5, mtime=0)).decode("ascii")


def expand(columns: dict[str, Any]) -> dict[str, list[Any]]:
    """Undo `compact` on every column, as the page does."""
    return {name: _expand(values) for name, values in columns.items()}


def _expand(values: Any) -> list[Any]:
    if isinstance(values, list):
        return values
    if "count" in values:
        return list(range(values["count"]))
    return [values["all"]] * values["n"] if "all" in values else [values["of"][number] for number in values["at"]]


def payload(layers: Any, *, title: str) -> Payload:
    """Gather what the page shows from an object with `incidents`, `places`, `zones` and `reports`.

    Missing layers and columns count as empty; other coordinate systems are brought to EPSG:4326. The columns of the
    three large tables are shortened (`compact`).
    """
    with _uncollected():
        return _payload(layers, title)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the collector of cycles: each time, it would walk the millions of values that are being made here."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _payload(layers: Any, title: str) -> Payload:
    areas = Areas()
    reports = report_columns(getattr(layers, "reports", None))
    incidents, places, harms = incident_columns(getattr(layers, "incidents", None), reports, areas)
    spots = areas.boxes + sure_bounds(places["lon"], places["lat"], places["uncertainty_m"])
    bounds = extent(spots)
    shown = set(places["area"])
    zones = _zones(getattr(layers, "zones", None), areas, shown)
    data: dict[str, Any] = {
        "version": 2,
        "title": title,
        "harms": harms,
        "columns": _downloaded({*incidents, *places}, harms),
        "incidents": incidents,
        "places": places,
        "areas": areas.encoded,
        "area_decimals": AREA_DECIMALS,
        "mentions": _mentions(layers),
        "zones": zones,
        "provinces": add_provinces(places, areas),
        "reports": reports,
        "bounds": bounds,
    }
    for name in _PACKED:
        data[name] = {key: compact(values) for key, values in data[name].items()}
    return Payload(data, bounds, spots)


def _downloaded(held: set[str], harms: list[str]) -> list[str]:
    """Columns of the downloads: those of the layer `incidents` that the page holds, and harms of a user's own."""
    from mapper.frames import SCHEMA  # noqa: PLC0415 - with geopandas

    known = [column.name for column in SCHEMA["incidents"]]
    own = [f"{harm}_{bound}" for harm in harms for bound in ("low", "best", "high")]
    there = held - {"quotes", "counts", "relations"} | {"evidence", "doc_id", "source_url"}
    return [name for name in known if name in there] + [name for name in own if name not in known]


def _rows(frame: gpd.GeoDataFrame | None, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Rows as dictionaries with all of `columns`, and `geometry`."""
    values = table(frame, columns)
    for row in zip(*values.values(), geometries(frame), strict=True):
        yield dict(zip((*columns, "geometry"), row, strict=True))


def _mentions(layers: Any) -> dict[str, list[Any]]:
    """Gather the places mentioned, where that was not done part by part."""
    mentions = getattr(layers, "mentions", None)
    if not isinstance(mentions, Mentions):
        mentions = Mentions()
        mentions.add(getattr(layers, "places", None))
    return mentions.columns()


def _zones(frame: gpd.GeoDataFrame | None, areas: Areas, shown: set[int | None]) -> dict[str, list[Any]]:
    """Areas of the layer `zones` that no incident shows already; rings around points are drawn from their radius."""
    zones: dict[str, list[Any]] = {"name": [], "kind": [], "area": []}
    for row in _rows(frame, ("name", "kind", "shape")):
        kind = cells.text(row["kind"])
        if row["shape"] == "ring" or (kind and "uncertainty" in kind):
            continue
        geometry = located(row["geometry"], "region", None)
        if geometry is None:
            continue
        area = areas.index(geometry, first_view=False)
        if area in shown:
            continue
        zones["name"].append(cells.text(row["name"]))
        zones["kind"].append(kind)
        zones["area"].append(area)
    return zones
