"""Does an incident agree with what a careful reader wrote down? Shared by the tests on the seeds and on the gold set."""

from __future__ import annotations

import datetime as dt
import math
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
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
    places = expected.get("places") or [expected["place"]]
    shown = shown_at(incident)
    return (
        incident.event_type in {expected["event_type"], *expected.get("also_types", [])}
        and incident.status in {expected["status"], *expected.get("also_status", [])}
        and all(any(is_at(found, place, expected.get("accept_areas", [])) for found in shown) for place in places)
    )


def days(expected: dict[str, Any], bound: str) -> set[dt.date | None]:
    also = expected.get(f"also_{bound}", [])
    values = [expected[bound], *(also if isinstance(also, list) else [also])]
    return {dt.date.fromisoformat(value) if value else None for value in values}
