"""GDELT-like CSV: the 61 columns of GDELT 2.0's events, in its order and with its names and codes.

GDELT's own files have tabs and no header; this one has commas and a header, whose names are those of its table on
BigQuery. Source: "The GDELT Event Database Data Format Codebook V2.0".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mapper.formats.schemes.events import Event

__all__ = ["COLUMNS", "EMPTY", "row"]

_ACTOR: Final = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
)
_GEO: Final = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
COLUMNS: Final = [
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
    *"NumMentions NumSources NumArticles AvgTone".split(),
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in _GEO),
    "DATEADDED",
    "SOURCEURL",
]

_FILLED: Final = frozenset(
    "GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Name Actor2Name EventCode EventBaseCode EventRootCode"
    " QuadClass NumMentions NumArticles ActionGeo_Type ActionGeo_FullName ActionGeo_Lat ActionGeo_Long"
    " SOURCEURL".split()
)
EMPTY: Final = frozenset(COLUMNS) - _FILLED
"""CAMEO's codes of actors, where they come from, tone and Goldstein's scale; countries are FIPS codes there."""


def row(event: Event) -> dict[str, Any] | None:
    """Give an event as a row; None for kinds that CAMEO has no code for (natural disasters, accidents)."""
    told, code = event.row, event.kind.cameo
    if not code:
        return None
    actors, others = event.names("perpetrators"), event.names("targets")
    year, month = event.same("year"), event.same("month")
    day = event.start if event.start and event.days == 1 else None
    places = (told["place_name"], told["admin1"], told["country"])
    return {
        "GLOBALEVENTID": told["incident_id"],
        "SQLDATE": day.strftime("%Y%m%d") if day else None,
        "MonthYear": f"{year:04d}{month:02d}" if year and month else None,
        "Year": year,
        # The codebook's own sum: (MONTH * 30 + DAY) / 365 after the year.
        "FractionDate": round(day.year + (day.month * 30 + day.day) / 365, 4) if day else None,
        "Actor1Name": actors[0] if actors else None,
        "Actor2Name": others[0] if others else None,
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": _quad_class(int(code[:2])),
        "NumMentions": told["n_reports"],
        "NumArticles": told["n_reports"],
        "ActionGeo_Type": _geo_type(told["where_prec"], american=told["country_code"] == "US"),
        "ActionGeo_FullName": ", ".join(dict.fromkeys(place for place in places if place)),
        "ActionGeo_Lat": event.lat,
        "ActionGeo_Long": event.lon,
        "SOURCEURL": told["source_url"],
    }


def _quad_class(root: int) -> int:
    """Give 1 verbal (01-05) and 2 material cooperation (06-09), 3 verbal (10-14) and 4 material conflict (15-20)."""
    return 1 if root <= 5 else 2 if root <= 9 else 3 if root <= 14 else 4


def _geo_type(where_prec: int | None, *, american: bool) -> int | None:
    """Give 1 a country, 2 a state of the USA, 3 a city there, 4 a city elsewhere, 5 a state elsewhere."""
    if where_prec in (1, 2):
        return 3 if american else 4
    if where_prec == 4:
        return 2 if american else 5
    return 1 if where_prec == 6 else None
