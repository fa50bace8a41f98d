"""Incidents in known provinces, and what is known less well, for the questions that layers answer."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely

from mapper.frames import layers
from mapper.records import Actor, DateInterval, Incident, IncidentPlace, Place, Resolution, Toll, Toponym

MASHTAL = Place("geonames", "98182", "Mashtal", 33.33, 44.51, "P", "PPLX", "IQ", "Iraq", "Baghdad", "07")
MOSUL = Place("geonames", "99072", "Mosul", 36.335, 43.119, "P", "PPLA", "IQ", "Iraq", "Nineveh", "15")
IRAQ = Place("geonames", "99237", "Iraq", 33.0, 44.0, "A", "PCLI", "IQ", "Iraq")
SYRIA = Place("geonames", "163843", "Syria", 35.0, 38.5, "A", "PCLI", "SY", "Syria")
RED_SEA = Place("naturalearth", "red-sea", "Red Sea", 20.0, 38.5, "H", "SEA")
NO_TOLL = Toll()
SHAPES = {
    IRAQ.name: shapely.box(39, 29, 48.5, 37.3),
    SYRIA.name: shapely.box(35.7, 32.3, 42.3, 37.3),
    RED_SEA.name: shapely.box(36, 14, 42, 28),
}


def told(place, precision="settlement", *, role="happened", geometry=None, radius=5_000.0):
    shape = geometry or SHAPES.get(place.name) or shapely.Point(place.lon, place.lat)
    return IncidentPlace(Resolution(Toponym(0, 1, place.name), place, shape, precision, radius, 0.9), role)


def incident(name, *places, days=("2024-02-07", "2024-02-07"), killed=NO_TOLL, **others):
    first, last = (day and dt.date.fromisoformat(day) for day in days)
    date = DateInterval(first, last, "day" if first else "unknown")
    fields = {"event_type": "air_drone_strike", "confidence": 0.8} | others
    return Incident(name, date=date, places=places, killed=killed, perpetrators=(Actor("someone"),), **fields)


@pytest.fixture(scope="session")
def known():
    """Nine incidents: two in Baghdad, one in Nineveh, and those that are known less well."""
    return layers(
        [
            incident("baghdad", told(MASHTAL), told(IRAQ, "country"), killed=Toll(3, 3, None)),
            incident("baghdad-too", told(MASHTAL), days=("2024-02-09", "2024-02-09"), killed=Toll(1, 2, 4)),
            incident("nineveh", told(MOSUL), days=("2024-02-20", "2024-02-21"), event_type="armed_clash"),
            incident("iraq", told(IRAQ, "country"), days=("2024-02-01", "2024-02-29"), confidence=0.4),
            incident("both", told(MASHTAL), told(MOSUL)),
            incident("two-lands", told(IRAQ, "country"), told(SYRIA, "country")),
            incident("ship", told(RED_SEA, "water"), event_type="piracy"),
            incident("launched", told(MASHTAL, role="origin"), days=(None, None)),
            incident("denied", told(MASHTAL), status="denied"),
        ]
    )
