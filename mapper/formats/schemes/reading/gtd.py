"""GTD's rows in our columns.

Source: START, "Global Terrorism Database Codebook". imonth and iday are 0 where they are not known. specificity: 1 the
coordinates of the city; 2 and 3 the middle of a district, or of something smaller; 4 the middle of a province; 5 not
even that. vicinity 1 is near the city. nkill and nwound are confirmed, and the lower of figures that disagree; nhostkid
is of hostages and people kidnapped, -99 where it is not known. claimed, claim2 and claim3 are 1 where the group of that
number has claimed the attack, guncertain1 to 3 where it is only suspected of it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from mapper.formats.schemes.reading.cells import counts, first_url, month_of, names, numbers, texts, year_of
from mapper.formats.schemes.reading.kinds import kinds_of
from mapper.formats.schemes.reading.told import Told, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.formats.schemes.reading.table import Table

__all__ = ["READS", "tell"]

READS: Final = (
    "eventid iyear imonth iday approxdate country_txt provstate city latitude longitude specificity vicinity "
    "location summary success suicide attacktype1 targtype1 target1 target2 target3 gname gname2 gname3 guncertain1 "
    "guncertain2 guncertain3 claimed claim2 claim3 weaptype1 weaptype1_txt weapsubtype1 weapsubtype1_txt weapdetail "
    "nkill nwound nhostkid scite1 scite2 scite3"
).split()
"""The columns that are read."""

_PRECISION: Final = {"1": "settlement", "2": "adm2", "3": "adm2", "4": "adm1", "5": "country"}
_ARMED_TARGETS: Final = frozenset({"3", "4", "17", "22"})
"""targtype1: police, military, terrorists and militias, violent parties."""

_WEAPONS: Final = {"7": "grenade", "8": "landmine", "11": "projectile", "13": "suicide", "15": "vehicle"}
"""weapsubtype1 of explosives, where it tells the kind of a bombing."""

_INCENDIARY: Final = "8"  # weaptype1
_GROUPS: Final = ("gname", "gname2", "gname3")
_CLAIMED: Final = ("claimed", "claim2", "claim3")
_SUSPECTED: Final = ("guncertain1", "guncertain2", "guncertain3")

Period = tuple[dt.date | None, dt.date | None, str]


def tell(table: Table) -> Told:
    """Say what each row of the database tells."""
    periods = _periods(table)
    tolls = {}
    for column, harm in (("nkill", "killed"), ("nwound", "injured"), ("nhostkid", "abducted")):
        told, bad = counts(table.column(column))
        table.complain(f"{column} is no whole number: kept without it", bad)
        tolls[f"{harm}_low"] = tolls[f"{harm}_best"] = told  # the lower of figures that disagree: no bound above
    cited = [table.column(f"scite{number}") for number in (1, 2, 3)]
    urls = [next((url for cell in row if (url := first_url(cell))), None) for row in zip(*cited, strict=True)]
    sources = [
        [cell for cell in row if cell and cell != url] for row, url in zip(zip(*cited, strict=True), urls, strict=True)
    ]
    weapons = (table.column("weapdetail"), table.column("weapsubtype1_txt"), table.column("weaptype1_txt"))
    return Told(
        ids=table.column("eventid"),
        kinds=_kinds(table),
        start=[period[0] for period in periods],
        end=[period[1] for period in periods],
        date_precision=[period[2] for period in periods],
        where=_where(table),
        columns={
            **tolls,
            "status": ["attempted" if cell == "0" else "accomplished" for cell in table.column("success")],
            "date_text": texts(table.column("approxdate")),
            "perpetrators": names(*(table.column(name) for name in _GROUPS)),
            "claimed_by": _groups(table, _CLAIMED),
            "blamed": _groups(table, _SUSPECTED),
            "targets": names(*(table.column(name) for name in ("target1", "target2", "target3"))),
            "weapon": [
                next((word for word in row if word), None)
                for row in zip(*(texts(column) for column in weapons), strict=True)
            ],
            "sources": sources,
            "evidence": texts(table.column("summary")),
            "source_url": urls,
        },
    )


def _groups(table: Table, marks: Sequence[str]) -> list[list[str]]:
    """Give the groups that a column of their number marks with 1."""
    pairs = zip(_GROUPS, marks, strict=True)
    return names(
        *(
            [name if mark == "1" else "" for name, mark in zip(table.column(group), table.column(column), strict=True)]
            for group, column in pairs
        )
    )


def _kinds(table: Table) -> list[tuple[str, str] | None]:
    kinds = kinds_of("gtd")
    columns = ("attacktype1", "suicide", "targtype1", "weaptype1", "weapsubtype1")
    known: dict[tuple[str, ...], tuple[str, str] | None] = {}
    found = []
    for row in zip(*(table.column(name) for name in columns), strict=True):
        if row not in known:
            attack, suicide, target, weapon, explosive = row
            finer = [
                "suicide" if suicide == "1" else _WEAPONS.get(explosive, ""),
                "incendiary" if weapon == _INCENDIARY else "",
                "clash" if target in _ARMED_TARGETS else "",
            ]
            codes = [f"{attack}/{word}" for word in finer if word]
            known[row] = next((kinds[code] for code in (*codes, attack) if code in kinds), None)
        found.append(known[row])
    return found


def _periods(table: Table) -> list[Period]:
    years, months, days = (numbers(table.column(name))[0] for name in ("iyear", "imonth", "iday"))
    known: dict[tuple[float, float, float], Period] = {}
    periods: list[Period] = []
    bad = []
    for row, date in enumerate(zip(years, months, days, strict=True)):
        if date not in known:
            known[date] = _period(*date)
        if known[date][0] is None:
            bad.append(row)
        periods.append(known[date])
    table.complain("iyear, imonth and iday are no date: kept without one", bad)
    return periods


def _period(year: float, month: float, day: float) -> Period:
    try:
        if month >= 1 and day >= 1:
            when = dt.date(int(year), int(month), int(day))
            return when, when, "day"
        if month >= 1:
            return (*month_of(int(year), int(month)), "month")
        return (*year_of(int(year)), "year")
    except (ValueError, OverflowError):
        return None, None, "unknown"


def _where(table: Table) -> Where:
    lats, bad_lats = numbers(table.column("latitude"))
    lons, bad_lons = numbers(table.column("longitude"))
    table.complain("latitude or longitude is no number: kept without a point", sorted({*bad_lats, *bad_lons}))
    units, cities = texts(table.column("provstate")), texts(table.column("city"))
    countries, places = texts(table.column("country_txt")), texts(table.column("location"))
    precision = [_PRECISION.get(code, "unknown") for code in table.column("specificity")]
    for row, vicinity in enumerate(table.column("vicinity")):
        if precision[row] == "settlement" and vicinity == "1":
            precision[row] = "near"
    return Where(
        precision=precision,
        country=countries,
        admin1=units,
        admin2=[None] * len(table),
        name=[
            _name(level, city, place, unit, country)
            for level, city, place, unit, country in zip(precision, cities, places, units, countries, strict=True)
        ],
        lat=lats,
        lon=lons,
    )


def _name(level: str, city: str | None, place: str | None, unit: str | None, country: str | None) -> str | None:
    """Name the place at the level that is known: `location` describes, in many words, where there is a city."""
    ways: dict[str, Sequence[str | None]] = {"adm1": (unit,), "country": (country,)}
    return next((name for name in (*ways.get(level, (city,)), city, place, unit, country) if name), None)
