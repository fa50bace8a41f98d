"""GTD-like CSV: the 135 columns of the Global Terrorism Database, in its order and with its codes.

Source: START, "Global Terrorism Database Codebook", and the header of its file. Nobody has judged here whether an
incident is terrorism: the criteria stay empty, and so does everything that GTD's coders add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mapper.formats.schemes.crosswalk import GTD_ATTACK_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.formats.schemes.events import Event

__all__ = ["COLUMNS", "EMPTY", "row"]

COLUMNS: Final = (
    "eventid iyear imonth iday approxdate extended resolution country country_txt region region_txt provstate city"
    " latitude longitude specificity vicinity location summary crit1 crit2 crit3 doubtterr alternative alternative_txt"
    " multiple success suicide attacktype1 attacktype1_txt attacktype2 attacktype2_txt attacktype3 attacktype3_txt"
    " targtype1 targtype1_txt targsubtype1 targsubtype1_txt corp1 target1 natlty1 natlty1_txt targtype2 targtype2_txt"
    " targsubtype2 targsubtype2_txt corp2 target2 natlty2 natlty2_txt targtype3 targtype3_txt targsubtype3"
    " targsubtype3_txt corp3 target3 natlty3 natlty3_txt gname gsubname gname2 gsubname2 gname3 gsubname3 motive"
    " guncertain1 guncertain2 guncertain3 individual nperps nperpcap claimed claimmode claimmode_txt claim2 claimmode2"
    " claimmode2_txt claim3 claimmode3 claimmode3_txt compclaim weaptype1 weaptype1_txt weapsubtype1 weapsubtype1_txt"
    " weaptype2 weaptype2_txt weapsubtype2 weapsubtype2_txt weaptype3 weaptype3_txt weapsubtype3 weapsubtype3_txt"
    " weaptype4 weaptype4_txt weapsubtype4 weapsubtype4_txt weapdetail nkill nkillus nkillter nwound nwoundus nwoundte"
    " property propextent propextent_txt propvalue propcomment ishostkid nhostkid nhostkidus nhours ndays divert"
    " kidhijcountry ransom ransomamt ransomamtus ransompaid ransompaidus ransomnote hostkidoutcome hostkidoutcome_txt"
    " nreleased addnotes scite1 scite2 scite3 dbsource INT_LOG INT_IDEO INT_MISC INT_ANY related"
).split()

_FILLED: Final = frozenset(
    "eventid iyear imonth iday approxdate country_txt provstate city latitude longitude specificity vicinity"
    " location summary success suicide attacktype1 attacktype1_txt target1 target2 target3 gname gname2 gname3"
    " guncertain1 guncertain2 guncertain3 claimed claim2 claim3 weapdetail nkill nwound ishostkid nhostkid scite1"
    " scite2 scite3 dbsource".split()
)
EMPTY: Final = frozenset(COLUMNS) - _FILLED
"""Its numbers of countries and regions, its criteria, its kinds of targets, weapons and claims, property, ransom."""

_SPECIFICITY: Final = {1: 1, 2: 1, 3: 3, 4: 4, 5: 5, 6: 5, 7: 5}
"""By UCDP's where_prec: 1 a town with its coordinates, 3 a district, 4 a province, 5 less."""


def row(event: Event) -> dict[str, Any] | None:
    """Give an event as a row; None for kinds that are none of GTD's attack types."""
    told, kind = event.row, event.kind
    if not kind.gtd_attacktype:
        return None
    year, month = event.same("year"), event.same("month")
    day = event.start.day if event.start and event.days == 1 else 0
    groups, claimed = event.names("perpetrators"), set(event.names("claimed_by"))
    blamed = set(event.names("blamed")) - claimed
    targets, cited = event.names("targets"), event.names("sources")
    in_city = told["where_prec"] in (1, 2)
    told_source = [told["source_url"]] if told["source_url"] else []
    return {
        "eventid": told["incident_id"],
        "iyear": year,
        "imonth": (month or 0) if year else None,  # 0 is GTD's "not known"
        "iday": day if year else None,
        "approxdate": _approximate(event) if not day else None,
        "country_txt": told["country"],
        "provstate": told["admin1"],
        "city": told["place_name"] if in_city else None,
        "latitude": event.lat,
        "longitude": event.lon,
        "specificity": _SPECIFICITY.get(told["where_prec"]),
        "vicinity": {1: 0, 2: 1}.get(told["where_prec"]),
        "location": None if in_city else told["place_name"],
        "summary": told["evidence"],
        "success": int(told["status"] == "accomplished"),
        "suicide": 1 if told["event_subtype"] == "suicide_bomb" else None,
        "attacktype1": int(kind.gtd_attacktype),
        "attacktype1_txt": GTD_ATTACK_TYPES[kind.gtd_attacktype],
        "weapdetail": told["weapon"],
        "nkill": told["killed_best"],
        "nwound": told["injured_best"],
        "ishostkid": 1 if told["event_type"] == "abduction" else None,
        "nhostkid": told.get("abducted_best"),
        "dbsource": "mapper",
        **_numbered(("gname", "gname2", "gname3"), groups),
        **_numbered(("claimed", "claim2", "claim3"), [1 if name in claimed else None for name in groups]),
        **_numbered(("guncertain1", "guncertain2", "guncertain3"), [int(name in blamed) for name in groups]),
        **_numbered(("target1", "target2", "target3"), targets),
        **_numbered(("scite1", "scite2", "scite3"), [*told_source, *cited]),
    }


def _approximate(event: Event) -> str | None:
    """Say in words when, as GTD does where it is not one day."""
    if event.start is None or event.end is None:
        told: str | None = event.row["date_text"]
        return told
    return f"{event.start.isoformat()} to {event.end.isoformat()}"


def _numbered(columns: tuple[str, ...], names: Sequence[str | int | None]) -> dict[str, str | int | None]:
    return dict(zip(columns, names, strict=False))
