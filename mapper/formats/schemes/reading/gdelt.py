"""GDELT's events in our columns: what its machine took for incidents; statements and diplomacy are none.

Source: "The GDELT Event Database Data Format Codebook V2.0". ActionGeo_Type: 1 a country, 2 a state of the USA, 3 a
city there, 4 a city elsewhere, 5 a state elsewhere; ActionGeo_FullName is "City, State, Country". SQLDATE is the day
that the article's words were taken to mean, or its own. Nobody has read these rows: they are given half the confidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper.formats.schemes.reading.cells import as_days, counts, month_of, names, numbers, year_of
from mapper.formats.schemes.reading.kinds import kinds_of
from mapper.formats.schemes.reading.told import Told, Where

if TYPE_CHECKING:
    import datetime as dt

    from mapper.formats.schemes.reading.kinds import Kind
    from mapper.formats.schemes.reading.table import Table

__all__ = ["READS", "tell"]

READS: Final = (
    "GLOBALEVENTID SQLDATE MonthYear Year Actor1Name Actor2Name EventCode NumArticles ActionGeo_Type "
    "ActionGeo_FullName ActionGeo_Lat ActionGeo_Long SOURCEURL"
).split()
"""The columns that are read."""

_PRECISION: Final = {"1": "country", "2": "adm1", "3": "settlement", "4": "settlement", "5": "adm1"}
_CONFIDENCE: Final = 0.5


def tell(table: Table) -> Told:
    """Say what each row of GDELT's events tells."""
    starts, ends, precisions = _periods(table)
    articles, _ = counts(table.column("NumArticles"))
    urls = [cell if cell.startswith(("http://", "https://")) else None for cell in table.column("SOURCEURL")]
    known = {code: _kind(code) for code in set(table.column("EventCode"))}
    return Told(
        ids=table.column("GLOBALEVENTID"),
        kinds=[known[code] for code in table.column("EventCode")],
        start=starts,
        end=ends,
        date_precision=precisions,
        where=_where(table),
        columns={
            "perpetrators": names(table.column("Actor1Name")),
            "targets": names(table.column("Actor2Name")),
            "n_reports": [count or 1 for count in articles],
            "source_url": urls,
        },
        unknown_kind="",
        confidence=_CONFIDENCE,
        notes=["GDELT's rows are read by its machine alone, with no words that say why and no count of people"],
    )


def _kind(code: str) -> Kind | None:
    """Find the kind of a CAMEO code: its own, else that of the code above it (1831, 183, 18)."""
    kinds = kinds_of("gdelt")
    return next((kinds[part] for part in (code, code[:3], code[:2]) if part in kinds), None)


def _periods(table: Table) -> tuple[list[dt.date | None], list[dt.date | None], list[str]]:
    days, bad = as_days(table.column("SQLDATE"))
    table.complain("SQLDATE is no day: kept without one", bad)
    starts, ends, told = list(days), list(days), ["day"] * len(days)
    months, years = table.column("MonthYear"), table.column("Year")
    for row, day in enumerate(days):
        if day is None:
            starts[row], ends[row], told[row] = _wider(months[row], years[row])
    return starts, ends, told


def _wider(month: str, year: str) -> tuple[dt.date | None, dt.date | None, str]:
    """Give the month, or the year, of a row that has no day."""
    try:
        if len(month) == 6:
            return (*month_of(int(month[:4]), int(month[4:])), "month")
        return (*year_of(int(year)), "year")
    except ValueError:
        return None, None, "unknown"


def _where(table: Table) -> Where:
    lats, bad_lats = numbers(table.column("ActionGeo_Lat"))
    lons, bad_lons = numbers(table.column("ActionGeo_Long"))
    table.complain("ActionGeo_Lat or ActionGeo_Long is no number: kept without a point", sorted({*bad_lats, *bad_lons}))
    precision = [_PRECISION.get(code, "unknown") for code in table.column("ActionGeo_Type")]
    parts = [[part.strip() for part in cell.split(",")] for cell in table.column("ActionGeo_FullName")]
    return Where(
        precision=precision,
        country=[part[-1] or None for part in parts],
        admin1=[
            part[-2] if len(part) > (1 if level == "adm1" else 2) else None
            for level, part in zip(precision, parts, strict=True)
        ],
        admin2=[None] * len(table),
        name=[part[0] or None for part in parts],
        lat=lats,
        lon=lons,
    )
