"""Layers to columns of plain values: incidents, one row each however many places they have, and their places.

A value that stands in many rows is cleaned once. What the page gets is cleaned text, whole numbers and days.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.maps import cells
from mapper.maps.areas import positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import geopandas as gpd

    from mapper.maps.areas import Areas

__all__ = [
    "PLACE_COLUMNS",
    "REPORT_COLUMNS",
    "Part",
    "compact",
    "geometries",
    "incident_columns",
    "incident_names",
    "report_columns",
    "table",
]

_TEXTS = ("event_type", "event_subtype", "status", "date_precision", "date_text", "weapon", "review_status")
_LISTS = ("perpetrators", "claimed_by", "blamed", "denied_by", "targets", "sources")
_DAYS = ("date_start", "date_end", "published")
_PLACE_TEXTS = (
    "place_role",
    "place_name",
    "admin1",
    "country",
    "country_code",
    "gazetteer",
    "gazetteer_id",
    "feature_code",
    "precision",
)
PLACE_COLUMNS = ("incident", *_PLACE_TEXTS, "where_prec", "uncertainty_m", "lon", "lat", "area")
REPORT_COLUMNS = ("doc_id", "title", "url", "published")
"""What the page has of places and of reports, in this order; a province is added to the places."""

_TOLL = re.compile(r"([a-z][a-z_]{0,40})_(?:low|best|high)")
_BOUNDS = ("low", "best", "high")
_AT_ONCE: dict[Callable[[Any], Any], Callable[[list[Any]], list[Any]]] = {
    cells.text: cells.texts,
    cells.listing: cells.listings,
}


def mapped(values: list[Any], clean: Callable[[Any], Any]) -> list[Any]:
    """Apply `clean` to each value, once to each distinct one."""
    try:
        distinct = dict.fromkeys(values)
    except TypeError:  # an array, or a list of objects, has no hash
        return _mapped_lists(values, clean)
    at_once = _AT_ONCE.get(clean)
    cleaned = at_once(list(distinct)) if at_once else [clean(value) for value in distinct]
    if len(cleaned) == len(values):
        return cleaned
    made = dict(zip(distinct, cleaned, strict=True))
    return [made[value] for value in values]


def _mapped_lists(values: list[Any], clean: Callable[[Any], Any]) -> list[Any]:
    made: dict[Any, Any] = {}
    out = []
    for value in values:
        key = (list, *value) if type(value) is list else value
        try:
            if key not in made:
                made[key] = clean(value)
            out.append(made[key])
        except TypeError:
            out.append(clean(value))
    return out


def table(frame: Any, columns: Iterable[str]) -> dict[str, list[Any]]:
    """Take columns of a frame as lists; a column that is missing is a column of None."""
    n = 0 if frame is None else len(frame)
    return {name: _values(frame[name]) if n and name in frame.columns else [None] * n for name in columns}


def _values(series: Any) -> list[Any]:
    """Values of a column; times without a zone as numpy's days, which are made much faster than Python's times."""
    if series.dtype.kind == "M" and getattr(series.dtype, "tz", None) is None:
        days: list[Any] = series.to_numpy().astype("datetime64[D]").tolist()  # dates, None where there is none
        return days
    values: list[Any] = series.tolist()
    return values


def geometries(frame: gpd.GeoDataFrame | None) -> list[Any]:
    """Give the geometries of a frame in EPSG:4326, None where there are none."""
    if frame is None or not len(frame):
        return []
    if "geometry" not in frame.columns:
        return [None] * len(frame)
    crs = getattr(frame, "crs", None)
    drawn = frame.to_crs(4326) if crs is not None and not crs.equals("EPSG:4326", ignore_axis_order=True) else frame
    values: list[Any] = drawn["geometry"].to_numpy(dtype=object).tolist()
    return values


def compact(values: list[Any]) -> Any:
    """Shorten a column where that is shorter: one value for all, a count, or distinct values and their numbers."""
    if len(values) < 8 or any(isinstance(value, list) for value in values[:1]):
        return values
    if values[0] == 0 and values == list(range(len(values))):
        return {"count": len(values)}
    try:
        numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    except TypeError:
        return values
    if len(numbers) == 1:
        return {"all": values[0], "n": len(values)}
    if len(numbers) * 4 > len(values) or not any(isinstance(value, str) for value in numbers):
        return values
    return {"of": list(numbers), "at": [numbers[value] for value in values]}


def report_columns(frame: Any) -> dict[str, list[Any]]:
    """One row a report: doc_id, title, url, published (days since 1970)."""
    found = table(frame, REPORT_COLUMNS)
    cleaned = {name: mapped(found[name], cells.text) for name in ("doc_id", "title", "url")}
    return {**cleaned, "published": mapped(found["published"], cells.day)}


class Part(NamedTuple):
    """What a frame tells of incidents: columns with a row each, columns of their places, and the harms counted."""

    incidents: dict[str, list[Any]]
    places: dict[str, list[Any]]
    harms: list[str]


def incident_names(harms: Iterable[str]) -> tuple[str, ...]:
    """Name the columns of the incidents whose values say all by themselves, in the order in which the page has them."""
    counts = (f"{harm}_{bound}" for harm in harms for bound in _BOUNDS)
    return "incident_id", *_TEXTS, *_LISTS, *_DAYS, *counts, "n_reports", "confidence", "counts"


def incident_columns(frame: gpd.GeoDataFrame | None, areas: Areas, numbers: dict[str, int], *, row: int = 0) -> Part:
    """Give the columns of the incidents of a frame and those of their places.

    Reports and other incidents are named by their ids: what number each has on the page is known when all are there.

    Parameters
    ----------
    frame
        One row an incident x place.
    areas
        Where the areas go.
    numbers
        Number of each incident by its id; those of this frame are added, and those that stand there are left out.
    row
        Rows of the frames before this one.
    """
    harms = _harms(frame)
    counts = [f"{harm}_{bound}" for harm in harms for bound in _BOUNDS]
    names = (
        *("incident_id", *_TEXTS, *_LISTS, *_DAYS, *counts, "n_reports", "confidence"),
        *("evidence", "doc_id", "source_url", "quotes", "counts", "relations"),
        *(*_PLACE_TEXTS, "where_prec", "uncertainty_m"),
    )
    rows, shapes = table(frame, names), geometries(frame)
    ids = [found or f"row-{row + n + 1}" for n, found in enumerate(mapped(rows["incident_id"], cells.text))]
    if any(key in numbers for key in ids):
        fresh = [n for n, key in enumerate(ids) if key not in numbers]
        rows = {name: [values[n] for n in fresh] for name, values in rows.items()}
        ids, shapes = [ids[n] for n in fresh], [shapes[n] for n in fresh]
    before = len(numbers)
    index = [numbers.setdefault(key, len(numbers)) for key in ids]
    firsts = _firsts([number - before for number in index])

    def first(name: str, clean: Callable[[Any], Any]) -> list[Any]:
        values = rows[name]
        return mapped([values[row] for row in firsts], clean)

    incidents: dict[str, list[Any]] = {"incident_id": [ids[n] for n in firsts]}
    incidents |= {name: first(name, cells.text) for name in _TEXTS}
    incidents |= {name: first(name, lambda value: cells.listing(value) or None) for name in _LISTS}
    incidents |= {name: first(name, cells.day) for name in _DAYS}
    incidents |= {name: first(name, cells.whole) for name in (*counts, "n_reports")}
    incidents["confidence"] = first("confidence", _share)
    incidents["counts"] = first("counts", _counts)
    incidents["relations"] = [_relations(found) for found in first("relations", cells.records)]
    incidents |= _told(rows, [number - before for number in index], len(firsts))
    return Part(incidents, _places(rows, index, shapes, areas), harms)


def _harms(frame: Any) -> list[str]:
    """Kinds of harm of which a frame has a column of figures: killed, injured, and whatever else it counts."""
    names = [] if frame is None else [str(name) for name in frame.columns]
    found = dict.fromkeys(m[1] for name in names if (m := _TOLL.fullmatch(name)))
    known = [harm for harm in found if any(f"{harm}_{bound}" in names for bound in _BOUNDS)]
    return list(dict.fromkeys(("killed", "injured", *known)))


def _firsts(index: list[int]) -> list[int]:
    firsts = [-1] * (max(index, default=-1) + 1)
    for row, number in enumerate(index):
        if firsts[number] < 0:
            firsts[number] = row
    return firsts


def _share(value: Any) -> float | None:
    found = cells.number(value)
    return None if found is None else round(found, 3)


def _counts(value: Any) -> list[list[Any]] | None:
    """Each figure as its source gives it: harm, low, best, high, source, document, what is counted."""
    rows = [
        [
            cells.text(item.get("harm")) or "killed",
            *(cells.whole(item.get(bound)) for bound in _BOUNDS),
            cells.text(item.get("source")),
            cells.text(item.get("doc_id")),
            cells.text(item.get("unit")) or "people",
        ]
        for item in cells.records(value)
    ]
    return [row for row in rows if any(bound is not None for bound in row[1:4])] or None


def _relations(items: list[dict[str, Any]]) -> list[list[str | None]] | None:
    """Links to other incidents: kind and id."""
    return [[cells.text(item.get("kind")), cells.text(item.get("incident_id"))] for item in items] or None


def _told(rows: dict[str, list[Any]], index: list[int], n: int) -> dict[str, list[Any]]:
    """Gather what is quoted for each of n incidents, and in which report, the words that matched, and addresses."""
    quotes: list[list[Any]] = [[] for _ in range(n)]
    documents: list[list[str]] = [[] for _ in range(n)]
    links: list[list[str]] = [[] for _ in range(n)]
    marks: list[list[str]] = [[] for _ in range(n)]
    columns = (
        mapped(rows["evidence"], cells.listing),
        mapped(rows["quotes"], cells.records),
        mapped(rows["doc_id"], cells.listing),
        mapped(rows["source_url"], cells.listing),
    )
    for number, own, more, ids, urls in zip(index, *columns, strict=True):
        if len(own) == len(ids) == 1 and not (more or urls or documents[number]):  # most incidents of most pages
            quotes[number], documents[number] = [[own[0], ids[0]]], [ids[0]]
            continue
        docs = list(ids)
        found = [[quote, docs[0] if docs else None] for quote in own]
        for item in more:
            text, doc_id = cells.text(item.get("text")), cells.text(item.get("doc_id"))
            if text is None:
                continue
            if item.get("field") not in (None, "incident"):
                _add(marks[number], [text])
                continue
            found.append([text, doc_id])
            if doc_id is not None:
                docs.append(doc_id)
        _add(quotes[number], found)
        _add(documents[number], docs)
        _add(links[number], urls)
    few = {"links": links, "marks": marks}
    return {"quotes": quotes, "documents": documents} | {k: [found or None for found in v] for k, v in few.items()}


def _add(known: list[Any], found: list[Any]) -> None:
    for item in found:
        if item not in known:
            known.append(item)


def _places(rows: dict[str, list[Any]], index: list[int], shapes: list[Any], areas: Areas) -> dict[str, list[Any]]:
    texts = {name: mapped(rows[name], cells.text) for name in _PLACE_TEXTS}
    radii = mapped(rows["uncertainty_m"], cells.number)
    lon, lat, area = positions(shapes, texts["precision"], radii, areas)
    # An incident without any place stands in the list only.
    keep = [
        row
        for row in range(len(index))
        if lon[row] is not None or area[row] is not None or texts["place_name"][row] is not None
    ]
    whole = mapped(rows["where_prec"], cells.whole)
    metres = mapped(radii, cells.whole)
    columns: dict[str, list[Any]] = {"incident": index, **texts, "where_prec": whole, "uncertainty_m": metres}
    columns |= {"lon": lon, "lat": lat, "area": area}
    return {name: [values[row] for row in keep] for name, values in columns.items()}
