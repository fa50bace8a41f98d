"""Layers to the data of the page: columns of incidents, of their places and of areas, each area stored once.

Nothing here is HTML or script: the page gets the data as gzip in base64 (`pack`) and makes its own text nodes from it.
"""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mapper.maps import cells, polyline
from mapper.maps.extent import Bounds, extent, main_boxes
from mapper.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["Payload", "pack", "payload"]

POINT_PRECISIONS = frozenset({"site", "settlement", "near"})
_AREA_DECIMALS = 4
_AREA_DETAIL = 700  # an area keeps detail of this share of its width: about a pixel when it fills the view
_CIRCLE = 64  # vertices
_METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km

_INCIDENT_TEXTS = ("event_type", "event_subtype", "status", "date_precision", "date_text", "weapon", "review_status")
_INCIDENT_LISTS = ("perpetrators", "claimed_by", "blamed", "denied_by", "targets", "sources")
_INCIDENT_DAYS = ("date_start", "date_end", "published")
_INCIDENT_COUNTS = (*(f"{harm}_{bound}" for harm in HARMS for bound in ("low", "best", "high")), "n_reports")
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


@dataclass(frozen=True, slots=True)
class Payload:
    """The data of a page, and where its incidents lie (west, south, east, north; None without a place)."""

    data: dict[str, Any]
    bounds: Bounds | None


def pack(value: Any) -> str:
    """Compact JSON, gzip without a time stamp, base64: the same bytes for the same value."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return base64.b64encode(gzip.compress(plain, 9, mtime=0)).decode("ascii")


def payload(layers: Any, *, title: str) -> Payload:
    """Gather what the page shows from an object with `incidents`, `places`, `zones` and `reports`.

    Missing layers and columns count as empty; other coordinate systems are brought to EPSG:4326.
    """
    areas = _Areas()
    reports = _reports(getattr(layers, "reports", None))
    incidents, places = _incidents(getattr(layers, "incidents", None), areas)
    bounds = extent(areas.boxes + _point_boxes(places))
    mentions = _mentions(getattr(layers, "places", None))
    zones = _zones(getattr(layers, "zones", None), areas, set(places["area"]))
    data = {
        "version": 1,
        "title": title,
        "incidents": incidents,
        "places": places,
        "areas": areas.encoded,
        "area_decimals": _AREA_DECIMALS,
        "mentions": mentions,
        "zones": zones,
        "reports": reports,
        "bounds": bounds,
    }
    return Payload(data, bounds)


@dataclass(slots=True)
class _Areas:
    """Every distinct area once, simplified for the screen, and the boxes of the first view."""

    encoded: list[dict[str, Any]] = field(default_factory=list)
    boxes: list[Bounds] = field(default_factory=list)
    _known: dict[bytes, int] = field(default_factory=dict)

    def index(self, geometry: BaseGeometry) -> int:
        key = bytes(geometry.wkb)
        if key not in self._known:
            self._known[key] = len(self.encoded)
            boxes = main_boxes(geometry)
            self.encoded.append(_encode_area(geometry, boxes))
            self.boxes.extend(boxes)
        return self._known[key]


def _encode_area(geometry: BaseGeometry, boxes: list[Bounds]) -> dict[str, Any]:
    """Rings of each polygon (the outer one first), a point for the label, the size, and the box of the main parts."""
    import shapely  # noqa: PLC0415 - slow to import

    width = max(max(east - west, north - south) for west, south, east, north in boxes)
    simple = shapely.simplify(geometry, width / _AREA_DETAIL, preserve_topology=True)
    parts = shapely.get_parts(simple)
    sizes = shapely.area(parts)
    visible = parts[sizes >= min(sizes.max(), (width / 400) ** 2)]
    label = shapely.get_point(shapely.maximum_inscribed_circle(parts[sizes.argmax()], tolerance=width / 50), 0)
    return {
        "rings": [
            [
                polyline.encode(shapely.get_coordinates(ring), decimals=_AREA_DECIMALS)
                for ring in shapely.get_rings(part)
            ]
            for part in visible
        ],
        "label": [round(label.x, 4), round(label.y, 4)],
        "size": round(float(sizes.sum()), 4),
        "box": [round(value, 4) for value in extent(boxes) or ()],
    }


def _rows(frame: gpd.GeoDataFrame | None, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Rows as dictionaries with all of `columns`, and `geometry` where there is one that can be drawn."""
    if frame is None or not len(frame):
        return
    geometries: list[Any] = [None] * len(frame)
    if "geometry" in frame.columns:
        crs = getattr(frame, "crs", None)
        drawn = frame.to_crs(4326) if crs is not None and not crs.equals("EPSG:4326", ignore_axis_order=True) else frame
        geometries = list(drawn["geometry"])
    values = [frame[name].tolist() if name in frame.columns else [None] * len(frame) for name in columns]
    for row in zip(*values, geometries, strict=True):
        yield dict(zip((*columns, "geometry"), row, strict=True))


def _located(geometry: Any, precision: str | None, uncertainty_m: float | None) -> Any:
    """Give what may be drawn: a Point where the place is a point, else an area, else None.

    A point that stands for an area (a country's midpoint) is no place to show a pin: it becomes a circle of its
    uncertainty, and without one it is not drawn at all.
    """
    if not hasattr(geometry, "geom_type") or geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    if not (-90 <= south <= north <= 90 and -540 <= west <= east <= 540):
        return None
    if geometry.geom_type == "Point":
        if precision is None or precision in POINT_PRECISIONS:
            return geometry
        return _circle(geometry, uncertainty_m) if uncertainty_m else None
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry if geometry.area > 0 else None
    hull = geometry.convex_hull.buffer(0.01)
    return hull if hull.area > 0 else None


def _circle(point: Any, radius_m: float) -> Any:
    """Draw a circle on the ground as a polygon in degrees (good to about 1 % below 500 km and 70 degrees)."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    turn = np.linspace(0, 2 * np.pi, _CIRCLE, endpoint=False)
    tall = min(radius_m / _METRES_PER_DEGREE, 60.0)
    lat = np.clip(point.y + tall * np.sin(turn), -89.0, 89.0)
    wide = tall / max(float(np.cos(np.radians(point.y))), 0.05)
    return shapely.polygons(np.column_stack((point.x + wide * np.cos(turn), lat)))


def _position(found: Any, areas: _Areas) -> tuple[int | None, int | None, int | None]:
    """Give longitude and latitude in 1e-5 degrees, or the index of an area."""
    if found is None:
        return None, None, None
    if found.geom_type == "Point":
        lon = (found.x + 180.0) % 360.0 - 180.0
        return round(lon * 1e5), round(found.y * 1e5), None
    return None, None, areas.index(found)


def _incidents(frame: gpd.GeoDataFrame | None, areas: _Areas) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """One row an incident, however many places it has; and one row a place."""
    one = ("incident_id", *_INCIDENT_TEXTS, *_INCIDENT_LISTS, *_INCIDENT_DAYS, *_INCIDENT_COUNTS, "confidence")
    names = (*one, "evidence", "doc_id", "source_url", *_PLACE_TEXTS, "where_prec", "uncertainty_m")
    incidents: dict[str, list[Any]] = {key: [] for key in (*one, "quotes", "links", "documents")}
    places: dict[str, list[Any]] = {
        key: [] for key in ("incident", *_PLACE_TEXTS, "where_prec", "uncertainty_m", "lon", "lat", "area")
    }
    order: dict[Any, int] = {}
    for number, row in enumerate(_rows(frame, names)):
        raw = row["incident_id"]
        key = cells.text(raw) or f"row-{number + 1}"
        if key not in order:
            order[key] = len(order)
            _add_incident(incidents, key, row)
        index = order[key]
        _add_documents(incidents, index, row)
        _add_place(places, index, row, areas)
    return incidents, places


def _add_incident(incidents: dict[str, list[Any]], key: str, row: dict[str, Any]) -> None:
    incidents["incident_id"].append(key)
    for name in _INCIDENT_TEXTS:
        incidents[name].append(cells.text(row[name]))
    for name in _INCIDENT_LISTS:
        incidents[name].append(cells.listing(row[name]) or None)
    for name in _INCIDENT_DAYS:
        incidents[name].append(cells.day(row[name]))
    for name in _INCIDENT_COUNTS:
        incidents[name].append(cells.whole(row[name]))
    confidence = cells.number(row["confidence"])
    incidents["confidence"].append(None if confidence is None else round(confidence, 3))
    for name in ("quotes", "links", "documents"):
        incidents[name].append([])


def _add_documents(incidents: dict[str, list[Any]], index: int, row: dict[str, Any]) -> None:
    """Add quotes with the document they are from, links and documents, each once."""
    documents = cells.listing(row["doc_id"])
    for name, found in (
        ("quotes", [[quote, documents[0] if documents else None] for quote in cells.quotes(row["evidence"])]),
        ("links", cells.listing(row["source_url"])),
        ("documents", documents),
    ):
        known = incidents[name][index]
        known.extend(item for item in found if item not in known)


def _add_place(places: dict[str, list[Any]], index: int, row: dict[str, Any], areas: _Areas) -> None:
    precision = cells.text(row["precision"])
    uncertainty = cells.number(row["uncertainty_m"])
    found = _located(row["geometry"], precision, uncertainty)
    if found is None and cells.text(row["place_name"]) is None:
        return  # an incident without any place: it stands in the list only
    lon, lat, area = _position(found, areas)
    places["incident"].append(index)
    for name in _PLACE_TEXTS:
        places[name].append(cells.text(row[name]))
    places["where_prec"].append(cells.whole(row["where_prec"]))
    places["uncertainty_m"].append(None if uncertainty is None else round(uncertainty))
    places["lon"].append(lon)
    places["lat"].append(lat)
    places["area"].append(area)


def _point_boxes(places: dict[str, list[Any]]) -> list[Bounds]:
    boxes: list[Bounds] = []
    for lon, lat, radius in zip(places["lon"], places["lat"], places["uncertainty_m"], strict=True):
        if lon is not None:
            margin = min((radius or 0) / _METRES_PER_DEGREE, 5.0)
            x, y = lon / 1e5, lat / 1e5
            boxes.append((x - margin, y - margin, x + margin, y + margin))
    return boxes


def _mentions(frame: gpd.GeoDataFrame | None) -> dict[str, list[Any]]:
    """Gather the places mentioned, one row a place: how often and under which words. Areas show at a label point."""
    import shapely  # noqa: PLC0415 - slow to import

    gathered: dict[tuple[Any, ...], list[Any]] = {}
    names = ("doc_id", "toponym", "name", "country_code", "kind", "precision")
    for row in _rows(frame, names):
        geometry: Any = row["geometry"]
        if not hasattr(geometry, "geom_type") or geometry.is_empty:
            continue
        point = geometry if geometry.geom_type == "Point" else shapely.point_on_surface(geometry)
        if not -90 <= point.y <= 90:
            continue
        lon, lat = round(((point.x + 180.0) % 360.0 - 180.0) * 1e5), round(point.y * 1e5)
        name = cells.text(row["name"]) or cells.text(row["toponym"])
        entry = gathered.setdefault(
            (name, lon, lat), [cells.text(row["country_code"]), cells.text(row["precision"]), set(), set(), 0]
        )
        for group, value in ((2, row["toponym"]), (3, row["doc_id"])):
            if (word := cells.text(value)) is not None:
                entry[group].add(word)
        entry[4] += 1
    rows = [(*key, *entry) for key, entry in gathered.items()]
    return {
        "name": [row[0] for row in rows],
        "lon": [row[1] for row in rows],
        "lat": [row[2] for row in rows],
        "country_code": [row[3] for row in rows],
        "precision": [row[4] for row in rows],
        "toponyms": [sorted(row[5]) for row in rows],
        "documents": [len(row[6]) for row in rows],
        "count": [row[7] for row in rows],
    }


def _zones(frame: gpd.GeoDataFrame | None, areas: _Areas, shown: set[int | None]) -> dict[str, list[Any]]:
    """Areas of the layer `zones` that no incident shows already; rings around points are drawn from their radius."""
    zones: dict[str, list[Any]] = {"name": [], "kind": [], "area": []}
    for row in _rows(frame, ("name", "kind")):
        kind = cells.text(row["kind"])
        geometry = _located(row["geometry"], "region", None)
        if geometry is None or (kind and "uncertainty" in kind):
            continue
        area = areas.index(geometry)
        if area in shown:
            continue
        zones["name"].append(cells.text(row["name"]))
        zones["kind"].append(kind)
        zones["area"].append(area)
    return zones


def _reports(frame: Any) -> dict[str, list[Any]]:
    reports: dict[str, list[Any]] = {"doc_id": [], "title": [], "url": [], "published": []}
    for row in _rows(frame, ("doc_id", "title", "url", "published")):
        for name in ("doc_id", "title", "url"):
            reports[name].append(cells.text(row[name]))
        reports["published"].append(cells.day(row["published"]))
    return reports
