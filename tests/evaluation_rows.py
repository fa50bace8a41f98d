"""Hand-made gold whose figures can be worked out on paper."""

from __future__ import annotations

TEXT = "Iraqi troops left Mosul for Iraq and Springfield, near Nowhere."


def span(word, **more):
    start = TEXT.index("Iraq and") if word == "Iraq" else TEXT.index(word)
    return {"start": start, "end": start + len(word), **more}


GOLD = {
    "id": "1",
    "text": TEXT,
    "toponyms": [
        span("Iraqi", lat=33.0, lon=44.0, geonameid=99237),
        span("Mosul", lat=36.335, lon=43.119, geonameid=99072),
        span("Iraq", lat=33.0, lon=44.0, geonameid=99237),
        span("Springfield", lat=39.8017, lon=-89.6437, geonameid=4250542),
        span("Nowhere", lat=None, lon=None),
    ],
}
# Mosul is found and right, Springfield found and put into Massachusetts, Iraq found within a longer span, "troops"
# invented; Nowhere has no place in the gold, so that nothing can be said of it.
ANSWERS = {
    "id": "1",
    "toponyms": [
        span("Mosul", lat=36.4, lon=43.1, geonameid=99072),
        span("Springfield", lat=42.1015, lon=-72.5898, geonameid=4951788),
        {"start": TEXT.index("Iraq and"), "end": TEXT.index("Iraq and") + 8, "lat": 33.0, "lon": 44.0},
        span("troops", lat=1.0, lon=1.0),
        span("Nowhere", lat=5.0, lon=5.0),
    ],
}


def key_incident(**change):
    """Give an incident as the MUC-4 key holds it: a bomb in San Salvador that killed five peasants."""
    return {
        "optional": False,
        "type": ["BOMBING"],
        "date": [{"start": "1989-12-30", "end": "1989-12-30", "form": "exact"}],
        "location": [{"chain": [{"name": "EL SALVADOR"}, {"name": "SAN SALVADOR"}]}],
        "instrument": [],
        "perp_individual": [{"alts": ["THREE GUERRILLAS"], "spans": [[10, 26]]}],
        "perp_org": [{"alts": ["FARABUNDO MARTI NATIONAL LIBERATION FRONT", "FMLN"], "spans": [[30, 70], None]}],
        "phys_target": [{"alts": ["POWER STATION"], "spans": [[80, 93]]}],
        "hum_target_name": [],
        "hum_target_desc": [{"alts": ["PEASANTS"], "spans": [[100, 108]]}],
        "hum_target_number": [{"alts": ["5"], "of": ["PEASANTS"]}],
        "hum_effect": [{"alts": ["DEATH"], "of": ["PEASANTS"]}],
    } | change


def told_incident(**change):
    """Give the same incident as `mapper extract` prints it, every field right."""
    return {
        "incident_id": "a",
        "event_type": "explosion_ied",
        "event_subtype": "bombing",
        "status": "accomplished",
        "date_start": "1989-12-30",
        "date_end": "1989-12-30",
        "places": [
            {
                "name": "San Salvador",
                "role": "happened",
                "country": "SV",
                "precision": "settlement",
                "toponym": "SAN SALVADOR",
            }
        ],
        "killed_low": 5,
        "killed_best": 5,
        "killed_high": 5,
        "injured_low": None,
        "injured_best": None,
        "injured_high": None,
        "perpetrators": ["guerrillas", "FMLN"],
        "targets": ["power station", "peasants"],
        "evidence": [{"start": 20, "end": 40, "text": ""}],
    } | change
