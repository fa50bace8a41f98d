"""ACLED's rows in our columns.

Source: ACLED, "Codebook" (2023 and later). time_precision 1 is the day; 2 a week, of which event_date is the middle;
3 a month. geo_precision 1 is the place itself; 2 near it, or a small part of a region; 3 a larger region, for which the
row gives the coordinates of some town in it, mostly the capital. Fatalities are the fewest that sources agree on.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from mapper.formats.schemes.reading.cells import as_days, counts, month_of, names, numbers, texts
from mapper.formats.schemes.reading.kinds import kinds_of
from mapper.formats.schemes.reading.told import Told, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.formats.schemes.reading.table import Table

__all__ = ["READS", "tell"]

READS: Final = (
    "event_id_cnty event_date time_precision event_type sub_event_type actor1 assoc_actor_1 actor2 assoc_actor_2 "
    "country admin1 admin2 location latitude longitude geo_precision source notes fatalities"
).split()
"""The columns that are read."""

_PRECISION: Final = {"1": "settlement", "2": "near", "3": "adm1"}
_AROUND: Final = dt.timedelta(days=3)


def tell(table: Table) -> Told:
    """Say what each row of an export tells."""
    kinds = kinds_of("acled")
    types, subs = table.column("event_type"), table.column("sub_event_type")
    days, bad_days = as_days(table.column("event_date"))
    table.complain("event_date is no day that can be read: kept without a date", bad_days)
    starts, ends, precisions = _periods(days, table.column("time_precision"))
    killed, bad = counts(table.column("fatalities"))
    table.complain("fatalities is no whole number: kept without it", bad)
    actors = names(table.column("actor1"), table.column("assoc_actor_1"))
    others = names(table.column("actor2"), table.column("assoc_actor_2"))
    return Told(
        ids=table.column("event_id_cnty"),
        kinds=[kinds.get(f"{kind}/{sub}") for kind, sub in zip(types, subs, strict=True)],
        start=starts,
        end=ends,
        date_precision=precisions,
        where=_where(table),
        columns={
            "killed_low": killed,
            "killed_best": killed,  # its fatalities are the fewest that sources agree on: no bound above
            "perpetrators": actors,
            "targets": others,
            "sources": names(table.column("source")),
            "evidence": texts(table.column("notes")),
        },
        notes=["ACLED's two actors have no direction: actor1 stands in perpetrators, actor2 in targets"],
    )


def _periods(
    days: Sequence[dt.date | None], codes: Sequence[str]
) -> tuple[list[dt.date | None], list[dt.date | None], list[str]]:
    starts: list[dt.date | None] = []
    ends: list[dt.date | None] = []
    told = []
    for day, code in zip(days, codes, strict=True):
        if day is None:
            period: tuple[dt.date | None, dt.date | None, str] = (None, None, "unknown")
        elif code == "1":
            period = (day, day, "day")
        elif code == "2":
            period = (day - _AROUND, day + _AROUND, "week")
        else:  # 3, or not said: no more than the month is sure
            period = (*month_of(day.year, day.month), "month")
        starts.append(period[0])
        ends.append(period[1])
        told.append(period[2])
    return starts, ends, told


def _where(table: Table) -> Where:
    lats, bad_lats = numbers(table.column("latitude"))
    lons, bad_lons = numbers(table.column("longitude"))
    table.complain("latitude or longitude is no number: kept without a point", sorted({*bad_lats, *bad_lons}))
    precision = [_PRECISION.get(code, "unknown") for code in table.column("geo_precision")]
    locations, units = texts(table.column("location")), texts(table.column("admin1"))
    return Where(
        precision=precision,
        country=texts(table.column("country")),
        admin1=units,
        admin2=texts(table.column("admin2")),
        # For a region ACLED names a town that stands in for it: the region's name is what is known.
        name=[
            (unit or location) if level == "adm1" else location
            for level, unit, location in zip(precision, units, locations, strict=True)
        ],
        lat=lats,
        lon=lons,
    )
