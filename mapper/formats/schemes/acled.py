"""ACLED-like CSV: the 31 columns of ACLED's export, in its order and with its codes.

Source: ACLED, "Codebook" and the header of its data export (2023 and later).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from mapper.formats.schemes.events import AND

if TYPE_CHECKING:
    from mapper.formats.schemes.events import Event

__all__ = ["COLUMNS", "EMPTY", "row"]

COLUMNS: Final = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1"
    " actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location"
    " latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
).split()

EMPTY: Final = frozenset("inter1 inter2 interaction iso region admin3 source_scale tags timestamp".split())
"""What reports do not tell, or what ACLED's coders decide: kinds of actors, its regions, the reach of a source."""

_PERIODS: Final = ((1, 1), (7, 2), (31, 3))
"""time_precision by the days that an event may have taken place in: the day, the week, the month."""

_GEO_PRECISION: Final = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3}
"""By UCDP's where_prec: 1 a town, 2 near a town or a small part of a region, 3 a larger region."""


def row(event: Event) -> dict[str, Any] | None:
    """Give an event as a row; None for what ACLED does not hold (natural disasters, accidents, plain robbery)."""
    told, kind = event.row, event.kind
    if not kind.acled_event:
        return None
    actors, others = event.names("perpetrators"), event.names("targets")
    precision = next((code for most, code in _PERIODS if (event.days or most + 1) <= most), None)
    # ACLED's reference date of a week or a month is its middle.
    day = event.start + dt.timedelta((event.days - 1) // 2) if event.start and event.days and precision else None
    return {
        "event_id_cnty": told["incident_id"],
        # A longer time than a month has no code, and a date without its precision would be taken for the day.
        "event_date": day.isoformat() if day else None,
        "year": event.same("year"),
        "time_precision": precision,
        "disorder_type": kind.acled_disorder,
        "event_type": kind.acled_event,
        "sub_event_type": kind.acled_sub_event,
        "actor1": actors[0] if actors else None,
        "assoc_actor_1": AND.join(actors[1:]),
        "actor2": others[0] if others else None,
        "assoc_actor_2": AND.join(others[1:]),
        "civilian_targeting": "Civilian targeting" if kind.acled_event == "Violence against civilians" else None,
        "country": told["country"],
        "admin1": told["admin1"],
        "admin2": told["place_name"] if told["precision"] == "adm2" else None,
        "location": told["place_name"],
        "latitude": event.lat,
        "longitude": event.lon,
        "geo_precision": _GEO_PRECISION.get(told["where_prec"]),
        "source": AND.join(event.names("sources")),
        "notes": told["evidence"],
        "fatalities": told["killed_best"],  # empty is not known; ACLED itself would write 0
    }
