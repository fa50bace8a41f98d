"""UCDP GED-like CSV: the 49 columns of the Georeferenced Event Dataset, in its order and with its codes.

Source: "UCDP Georeferenced Event Dataset Codebook", version 23.1 and later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mapper.formats.schemes.events import AND

if TYPE_CHECKING:
    from mapper.formats.schemes.events import Event

__all__ = ["COLUMNS", "EMPTY", "row"]

COLUMNS: Final = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name"
    " dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b"
    " number_of_sources source_article source_office source_date source_headline source_original where_prec"
    " where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id"
    " region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high"
    " low gwnoa gwnob"
).split()

EMPTY: Final = frozenset(
    "active_year code_status conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name"
    " side_a_dset_id side_a_new_id side_b_dset_id side_b_new_id source_office source_headline where_description"
    " priogrid_gid country_id region event_clarity deaths_a deaths_b deaths_civilians deaths_unknown"
    " gwnoa gwnob".split()
)
"""UCDP's own conflicts, dyads, ids and grid, its coders' judgement, and deaths by side, which a toll does not tell."""

_ONE_SIDED: Final = {"attack_on_civilians", "abduction"}
_PERIODS: Final = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""date_prec by the days that an event may have taken place in: the day, 2-6 days, the week, the month, the year."""


def row(event: Event) -> dict[str, Any] | None:
    """Give an event as a row; None for what GED does not hold: it needs organised violence, and a death."""
    told, kind = event.row, event.kind
    deaths = [told[f"killed_{bound}"] for bound in ("low", "best", "high")]
    if not kind.ucdp_violence or not any(deaths):
        return None
    precision = next((code for most, code in _PERIODS if (event.days or most + 1) <= most), None)
    point = event.lat is not None
    return {
        "id": told["incident_id"],
        "relid": told["incident_id"],
        "year": event.same("year"),
        # 1 state-based, 2 non-state, 3 one-sided: only the last shows without knowing who the parties are.
        "type_of_violence": 3 if told["event_type"] in _ONE_SIDED else None,
        "side_a": AND.join(event.names("perpetrators")),
        "side_b": AND.join(event.names("targets")),
        "number_of_sources": told["n_reports"],
        "source_article": AND.join(text for text in (told["source_url"], told["evidence"]) if text),
        "source_date": told["published"],
        "source_original": AND.join(event.names("sources")),
        "where_prec": told["where_prec"],
        "where_coordinates": told["place_name"],
        "adm_1": told["admin1"],
        "adm_2": told["place_name"] if told["precision"] == "adm2" else None,
        "latitude": event.lat,
        "longitude": event.lon,
        "geom_wkt": f"POINT ({event.lon} {event.lat})" if point else None,
        "country": told["country"],
        "date_prec": precision,
        "date_start": event.start.isoformat() if event.start else None,
        "date_end": event.end.isoformat() if event.end else None,
        "best": told["killed_best"],
        "high": told["killed_high"],
        "low": told["killed_low"],
    }
