"""What is gathered to the data of the page: columns of incidents, of their places and of areas, each area stored once.

Nothing here is HTML or script: the page gets the data as gzip in base64 (`pack`) and makes its own text nodes from it.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from mapper.maps.areas import AREA_DECIMALS, sure_bounds
from mapper.maps.columns import PLACE_COLUMNS, REPORT_COLUMNS, compact, incident_names
from mapper.maps.extent import Bounds, extent
from mapper.maps.gathering import Parts
from mapper.maps.provinces import Provinces
from mapper.maps.spill import Columns
from mapper.memory import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FIRST_ROWS", "Payload", "Row", "expand", "pack", "payload"]

FIRST_ROWS = 200
"""Incidents that a page tells of where no script runs."""

_LARGE = 4_000_000
"""Bytes of JSON from which a page is packed with less care: the higher levels take two to seven times as long there,
for a twelfth less."""


@dataclass(frozen=True, slots=True)
class Row:
    """An incident in a word: its first day (days since 1970), type, places, and the first of what is quoted."""

    day: int | None
    event_type: str | None
    places: list[str]
    quote: str


@dataclass(frozen=True, slots=True)
class Payload:
    """The data of a page.

    Attributes
    ----------
    data
        What is packed; the columns of the three large tables are shortened (`compact`), and read as they are asked for.
    bounds, spots
        Where the incidents lie: all of them (None without a place), and the box of each spot.
    total
        How many there are.
    first
        The first of them, for readers without a script.
    """

    data: dict[str, Any]
    bounds: Bounds | None
    spots: list[Bounds]
    total: int
    first: list[Row]


def pack(value: Any) -> str:
    """Compact JSON, gzip without a time stamp, base64: the same bytes for the same value."""
    packed, rest = bytearray(), b""
    for piece in _squeezed(value):
        rest += piece
        whole = len(rest) - len(rest) % 3
        packed += base64.b64encode(rest[:whole])
        rest = rest[whole:]
    packed += base64.b64encode(rest)
    return packed.decode("ascii")


def _squeezed(value: Any) -> Iterator[bytes]:
    large = sum(map(len, _json(value))) >= _LARGE
    squeezer = zlib.compressobj(5 if large else 9, zlib.DEFLATED, 31)  # 31: as gzip has it, with no time in it
    yield from map(squeezer.compress, _json(value))
    yield squeezer.flush()


def _json(value: Any) -> Iterator[bytes]:
    """Write a value as JSON; an object that has `Columns` piece by piece."""
    if not (isinstance(value, dict) and any(isinstance(item, Columns) for item in value.values())):
        yield orjson.dumps(value)
        return
    lead = b"{"
    for name, item in value.items():
        yield lead + orjson.dumps(name) + b":"
        yield from item.json() if isinstance(item, Columns) else (orjson.dumps(item),)
        lead = b","
    yield b"}"


def expand(columns: Any) -> dict[str, list[Any]]:
    """Undo `compact` on every column, as the page does."""
    return {name: _expand(values) for name, values in columns.items()}


def _expand(values: Any) -> list[Any]:
    if isinstance(values, list):
        return values
    if "count" in values:
        return list(range(values["count"]))
    return [values["all"]] * values["n"] if "all" in values else [values["of"][number] for number in values["at"]]


def payload(layers: Any, *, title: str) -> Payload:
    """Make the data of a page of layers, or of the `Parts` that they were gathered in (see `Parts.add`)."""
    if isinstance(layers, Parts):
        parts = layers
    else:
        parts = Parts()
        parts.add(layers)
    with uncollected():
        return _payload(parts, title)


def _payload(parts: Parts, title: str) -> Payload:
    spots = parts.areas.boxes + sure_bounds(*(parts.places.column(name) for name in ("lon", "lat", "uncertainty_m")))
    bounds = extent(spots)
    zones = _zones(parts)
    provinces = Provinces(parts.areas)
    places, incidents, reports = _places(parts, provinces), _incidents(parts), Columns(parts.spill)
    for name in REPORT_COLUMNS:
        reports.put(name, compact(parts.reports.column(name)))
    data: dict[str, Any] = {
        "version": 2,
        "title": title,
        "harms": list(parts.harms),
        "columns": _downloaded({*incidents, *places}, list(parts.harms)),
        "incidents": incidents,
        "places": places,
        "areas": parts.areas.encoded,
        "area_decimals": AREA_DECIMALS,
        "mentions": parts.mentions.columns(),
        "zones": zones,
        "provinces": provinces.columns,
        "reports": reports,
        "bounds": bounds,
    }
    return Payload(data, bounds, spots, len(parts.incidents), _first_rows(parts))


def _incidents(parts: Parts) -> Columns:
    """Put the columns of the incidents together; what names reports and incidents by id names them by number."""
    table, made = parts.incidents, Columns(parts.spill)
    for name in incident_names(parts.harms):
        made.put(name, compact(table.column(name)))
    made.put("relations", compact([_numbered(links, parts.numbers) for links in table.column("relations")]))
    addresses = parts.reports.column("url")
    numbers = {doc_id: n for n, doc_id in enumerate(parts.reports.column("doc_id")) if doc_id is not None}
    quoted = ([_told_by(q, numbers) for q in part["quotes"]] for part in table.parts("quotes"))
    made.put_lists("quotes", quoted)
    told = ([[numbers.get(d, d) for d in docs] for docs in part["documents"]] for part in table.parts("documents"))
    made.put_lists("documents", told)

    def further(links: list[str] | None, documents: list[str]) -> list[str] | None:
        known = {addresses[numbers[doc_id]] for doc_id in documents if links and doc_id in numbers}
        return [url for url in links or () if url not in known] or None

    linked = (list(map(further, part["links"], part["documents"])) for part in table.parts("links", "documents"))
    for name, found in (("links", linked), ("marks", (part["marks"] for part in table.parts("marks")))):
        if table.says(name):
            made.put_lists(name, found)
        else:
            made.put(name, compact([None] * len(table)))
    return made


def _numbered(links: list[list[str]] | None, numbers: dict[str, int]) -> list[list[Any]] | None:
    """Name other incidents by number; what leads nowhere is left out."""
    return [[kind, numbers[key]] for kind, key in links or () if key in numbers] or None


def _told_by(quotes: list[list[Any]], numbers: dict[str, int]) -> list[list[Any]]:
    """Name reports by number, or by the id of one that is not among them."""
    return [[text, numbers.get(doc_id, doc_id)] for text, doc_id in quotes]


def _places(parts: Parts, provinces: Provinces) -> Columns:
    made = Columns(parts.spill)
    for name in PLACE_COLUMNS:
        made.put(name, compact(parts.places.column(name)))
    looked_at = parts.places.parts("place_role", "precision", "lon", "lat", "area")
    made.put("province", compact([number for part in looked_at for number in provinces.of(part)]))
    return made


def _zones(parts: Parts) -> dict[str, list[Any]]:
    """Areas of the layer `zones` that no incident shows already."""
    shown = set(parts.places.column("area"))
    zones: dict[str, list[Any]] = {"name": [], "kind": [], "area": []}
    for zone in parts.zones:
        area = parts.areas.index(zone.geometry, first_view=False)
        if area not in shown:
            for name, value in (("name", zone.name), ("kind", zone.kind), ("area", area)):
                zones[name].append(value)
    return zones


def _first_rows(parts: Parts) -> list[Row]:
    rows: list[Row] = []
    for part in parts.incidents.parts("date_start", "event_type", "quotes"):
        for day, kind, quotes in zip(*part.values(), strict=True):
            rows.append(Row(day, kind, [], quotes[0][0] if quotes else ""))
        if len(rows) >= FIRST_ROWS:
            break
    del rows[FIRST_ROWS:]
    for part in parts.places.parts("incident", "place_name"):
        for number, name in zip(*part.values(), strict=True):
            if number < len(rows) and name and name not in rows[number].places:
                rows[number].places.append(name)
        if part["incident"] and part["incident"][-1] >= len(rows):
            break  # places come in the order of their incidents
    return rows


def _downloaded(held: set[str], harms: list[str]) -> list[str]:
    """Columns of the downloads: those of the layer `incidents` that the page holds, and harms of a user's own."""
    from mapper.frames import SCHEMA  # noqa: PLC0415 - with geopandas

    known = [column.name for column in SCHEMA["incidents"]]
    own = [f"{harm}_{bound}" for harm in harms for bound in ("low", "best", "high")]
    there = held - {"quotes", "counts", "relations"} | {"evidence", "doc_id", "source_url"}
    return [name for name in known if name in there] + [name for name in own if name not in known]
