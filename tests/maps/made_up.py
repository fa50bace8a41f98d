"""Layers written for these tests, and the hostile texts they are tried with."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
from shapely.geometry import Point, Polygon, box

from mapper.records import HARMS

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
COLUMNS = {
    "incident_id": "i",
    "event_type": "armed_clash",
    "event_subtype": None,
    "status": "accomplished",
    "date_start": dt.date(2024, 2, 7),
    "date_end": dt.date(2024, 2, 7),
    "date_precision": "day",
    "date_text": None,
    "place_role": "happened",
    "place_name": "Mosul",
    "admin1": None,
    "country": "Iraq",
    "country_code": "IQ",
    "gazetteer": "geonames",
    "gazetteer_id": "99072",
    "feature_code": "PPLA",
    "precision": "settlement",
    "where_prec": 1,
    "uncertainty_m": 5000.0,
    "confidence": 0.8,
    "killed_low": None,
    "killed_best": None,
    "killed_high": None,
    "injured_low": None,
    "injured_best": None,
    "injured_high": None,
    **{f"{harm}_{bound}": None for harm in HARMS[2:] for bound in ("low", "best", "high")},
    "perpetrators": [],
    "claimed_by": [],
    "blamed": [],
    "denied_by": [],
    "targets": [],
    "weapon": None,
    "sources": [],
    "n_reports": 1,
    "evidence": "Gunmen clashed with police in Mosul.",
    "evidence_start": 0,
    "evidence_end": 36,
    "doc_id": "r1",
    "source_url": "https://example.org/r1",
    "published": dt.date(2024, 2, 8),
    "review_status": "unreviewed",
    "quotes": None,
    "counts": None,
    "relations": None,
    "geometry": Point(43.13, 36.34),
}
JORDAN = Polygon([(35, 29.5), (36, 29.2), (37.5, 30), (37, 31.5), (39.2, 32.3), (38.8, 33.4), (36, 32.4), (35.5, 32.5)])


def row(incident_id: str, **values):
    return COLUMNS | {"incident_id": incident_id} | values


def build(rows, *, places=(), zones=(), reports=None):
    if reports is None:
        reports = [
            {
                "doc_id": "r1",
                "title": "Clash in Mosul",
                "url": "https://example.org/r1",
                "published": dt.date(2024, 2, 8),
            }
        ]

    def frame(records, columns):
        if records:
            records = [{"geometry": None} | record for record in records]
            return gpd.GeoDataFrame(records, geometry="geometry", crs=4326)
        return gpd.GeoDataFrame({name: [] for name in columns}, geometry=gpd.GeoSeries([], crs=4326))

    return SimpleNamespace(
        incidents=frame(list(rows), list(COLUMNS)[:-1]),
        places=frame(list(places), ["doc_id", "toponym", "name"]),
        zones=frame(list(zones), ["zone_id", "kind", "name"]),
        reports=frame(list(reports), ["doc_id", "title", "url", "published"]),
    )


def story():
    """Incidents of every way of being placed and dated: points, a country, two areas, a sea, no place at all."""
    day = dt.date
    sea = box(38, 15, 40, 22)
    return build(
        [
            row(
                "strike",
                event_type="air_drone_strike",
                place_name="Mashtal",
                admin1="Baghdad",
                date_text="on Wednesday night",
                uncertainty_m=2000.0,
                killed_low=3,
                killed_best=3,
                killed_high=3,
                weapon="drone",
                confidence=0.92,
                evidence="A drone hit a car in Mashtal on Wednesday night and killed three men.",
                perpetrators=["United States"],
                sources=["two officials"],
                relations='[{"kind":"in_retaliation_for","incident_id":"base"},{"kind":"follows","incident_id":"gone"}]',
                counts='[{"harm":"killed","low":3,"best":3,"high":3,"source":"two officials","doc_id":"r1"},{"harm":"killed","low":5,"best":5,"high":null,"source":null,"doc_id":"r1"}]',
                quotes='[{"doc_id":"r1","start":34,"end":43,"text":"Wednesday night","field":"date"},{"doc_id":"r1","start":0,"end":5,"text":"three men","field":"killed"},{"doc_id":"r2","start":0,"end":5,"text":"Another paper tells of it too.","field":"incident"}]',
                geometry=Point(44.51, 33.33),
            ),
            row(
                "base",
                event_type="air_drone_strike",
                place_name="Jordan",
                country="Jordan",
                precision="country",
                date_start=day(2024, 1, 28),
                date_end=day(2024, 1, 28),
                geometry=JORDAN,
                uncertainty_m=200_000.0,
                killed_low=3,
                killed_best=4,
                killed_high=7,
                evidence="Soldiers were killed in Jordan.",
            ),
            row(
                "raids",
                event_type="shelling_missile",
                place_name="Iraq",
                precision="country",
                date_start=day(2024, 2, 1),
                date_end=day(2024, 2, 6),
                date_precision="vague",
                date_text="days ago",
                geometry=box(39, 29.5, 48, 37),
            ),
            row(
                "raids",
                event_type="shelling_missile",
                place_name="Syria",
                country="Syria",
                precision="country",
                date_start=day(2024, 2, 1),
                date_end=day(2024, 2, 6),
                date_precision="vague",
                date_text="days ago",
                geometry=box(36, 32.5, 42, 37),
            ),
            row("march", event_type="protest", place_name="Baghdad", precision="site", geometry=Point(44.39, 33.31)),
            row(
                "tanker",
                event_type="piracy",
                place_name="Red Sea",
                country=None,
                precision="water",
                geometry=sea,
                date_start=day(2024, 1, 20),
                date_end=day(2024, 1, 26),
                date_precision="week",
            ),
            row(
                "bomb",
                event_type="explosion_ied",
                confidence=0.3,
                date_start=day(2024, 1, 15),
                date_end=day(2024, 1, 15),
            ),
            row(
                "nowhere",
                place_name=None,
                country=None,
                precision="unknown",
                geometry=None,
                date_start=None,
                date_end=None,
                date_precision="unknown",
                uncertainty_m=None,
            ),
            row(
                "threat",
                event_type="attack_on_civilians",
                status="threatened",
                place_name="Erbil",
                geometry=Point(44.01, 36.19),
                date_start=day(2024, 2, 3),
                date_end=day(2024, 2, 3),
            ),
        ],
        places=[
            {
                "doc_id": "r1",
                "toponym": "Washington",
                "name": "Washington",
                "kind": "metonymic",
                "geometry": Point(-77.03, 38.9),
            },
        ],
    )


def shared_payloads() -> list[str]:
    file = SHARED / "data" / "hostile" / "injections.json"
    if not file.exists():
        return []
    found = json.loads(file.read_text(encoding="utf-8"))
    more = found.get("more_payloads", [])
    return [case["payload"] for case in found["cases"]] + [
        item if isinstance(item, str) else item["payload"] for item in more
    ]
