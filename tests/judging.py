"""Does an incident agree with what a careful reader wrote down? Shared by the tests on the seeds and on the gold set."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import shapely

from mapper import pipeline, sources
from mapper.gazetteer import open_gazetteer
from mapper.language import default_reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry import Point

    from mapper.records import Incident, Resolution

EARTH_M = 6_371_008.8
"""Mean radius of the Earth, metres (IUGG)."""


def shown_at(incident: Incident) -> list[Resolution]:
    """Give what an incident is shown at: the places where it happened, that have a geometry."""
    return [
        place.resolution
        for place in incident.places
        if place.role == "happened" and place.resolution.geometry is not None
    ]


def distance_km(geometry: Point, lat: float, lon: float) -> float:
    a, b = radians(geometry.y), radians(lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon - geometry.x) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half)) / 1000


def is_at(found: Resolution, place: dict[str, Any], accept: list[str]) -> bool:
    names = {found.place.name, found.toponym.text} if found.place else set()
    if found.geometry.geom_type != "Point":
        named = bool(names & {*accept, place["name"]})
        country = (
            place["kind"] == "area" and found.precision == "country" and found.place.country_code == place["country"]
        )
        return named or country or holds(found, place)
    return place["kind"] == "point" and distance_km(found.geometry, place["lat"], place["lon"]) <= place["within_km"]


def holds(found: Resolution, place: dict[str, Any]) -> bool:
    """An area no wider than twice what the reader allows, which holds the reader's point: "40 miles off Eyl"."""
    narrow = place["kind"] == "point" and (found.uncertainty_m or math.inf) <= 2000 * place["within_km"]
    return narrow and bool(found.geometry.covers(shapely.Point(place["lon"], place["lat"])))


def is_that(incident: Incident, expected: dict[str, Any]) -> bool:
    places, shown = _places(expected), shown_at(incident)
    return (
        incident.event_type in {expected["event_type"], *expected.get("also_types", [])}
        and incident.status in {expected["status"], *expected.get("also_status", [])}
        and (bool(places) or not shown)
        and all(any(is_at(found, place, expected.get("accept_areas", [])) for found in shown) for place in places)
    )


def _places(expected: dict[str, Any]) -> list[dict[str, Any]]:
    """Give where an incident is, by the key; nothing where the report does not say."""
    return expected.get("places") or [place for place in [expected["place"]] if place is not None]


def days(expected: dict[str, Any], bound: str) -> set[dt.date | None]:
    also = expected.get(f"also_{bound}", [])
    values = [expected[bound], *(also if isinstance(also, list) else [also])]
    return {dt.date.fromisoformat(value) if value else None for value in values}


def digest_of(folder: Path) -> str:
    """Of the reports of a folder and their labels: another set needs floors of its own."""
    digest = hashlib.sha256()
    for path in [*sorted(folder.glob("*.txt")), folder / "manifest.json"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def told_by(folder: Path) -> Iterator[tuple[dict[str, Any], tuple[Incident, ...]]]:
    """Give every report of a labelled folder, as its manifest has it, with the incidents that are found in it."""
    gazetteer, reader = open_gazetteer(), default_reader()
    for row in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["reports"]:
        published = dt.date.fromisoformat(row["published"])
        (document,) = sources.read([folder / row["file"]], published=published)
        yield row, pipeline.process(document, gazetteer, recogniser=reader).incidents


def required(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [expected for expected in row["incidents"] if expected["required"]]


def is_told(incident: Incident, row: dict[str, Any]) -> bool:
    """Tell whether an incident is one of a report's, required or not, of its type and nowhere else than there."""
    shown = shown_at(incident)
    return any(
        incident.event_type in {expected["event_type"], *expected.get("also_types", [])}
        and (
            not shown
            or any(
                is_at(found, place, expected.get("accept_areas", [])) for place in _places(expected) for found in shown
            )
        )
        for expected in row["incidents"]
    )


class Figures(NamedTuple):
    """Counts over one half of a set of reports.

    `found` are required incidents of the right type, status and place, `dated` those whose days are right too; `made_up`
    is what no incident of the report is; `never` what is shown where nothing may be, `loud` reports of nothing with
    an incident.
    """

    required: int
    found: int
    dated: int
    told: int
    made_up: int
    never: int
    loud: int


def counted(rows: list[tuple[dict[str, Any], tuple[Incident, ...]]]) -> Figures:
    found = [(one, wanted) for row, incidents in rows for wanted in required(row) for one in [_that(incidents, wanted)]]
    return Figures(
        required=len(found),
        found=sum(one is not None for one, _ in found),
        dated=sum(one is not None and _dated(one, wanted) for one, wanted in found),
        told=sum(len(incidents) for _, incidents in rows),
        made_up=sum(not is_told(one, row) for row, incidents in rows for one in incidents),
        never=sum(_is_never(one, row) for row, incidents in rows for one in incidents),
        loud=sum(bool(incidents) for row, incidents in rows if not required(row)),
    )


def _that(incidents: tuple[Incident, ...], wanted: dict[str, Any]) -> Incident | None:
    return next((one for one in incidents if is_that(one, wanted)), None)


def _dated(one: Incident, wanted: dict[str, Any]) -> bool:
    return one.date.start in days(wanted, "date_start") and one.date.end in days(wanted, "date_end")


def _is_never(one: Incident, row: dict[str, Any]) -> bool:
    named = [{r.place.country_code, r.place.name, r.toponym.text} for r in shown_at(one) if r.place]
    return any(names & set(row["never"]) for names in named)
