"""Counts of incidents by area and by time: tidy frames, ready for a choropleth or a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from mapper.errors import UsageError
from mapper.frames.areas import AREA_LEVELS, areas_of, locate
from mapper.frames.choosing import words_of
from mapper.frames.schema import CRS
from mapper.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    import pandas as pd

    from mapper.frames.areas import Area, Level
    from mapper.frames.collection import Layers
    from mapper.gazetteer import Gazetteer

__all__ = ["Every", "count"]

Every = Literal["day", "week", "month"]

_PERIODS: dict[str, str] = {"day": "D", "week": "W-SUN", "month": "M"}  # weeks end on Sunday: ISO 8601's


def count(
    layers: Layers,
    *,
    area: Level | None = None,
    every: Every | None = None,
    by: str | None = None,
    status: str | Iterable[str] | None = "accomplished",
    zeros: bool = True,
    gazetteer: Gazetteer | None = None,
) -> gpd.GeoDataFrame:
    """Count incidents by area, by time, or both.

    Each incident is counted once. What is not known well enough to be counted in one area, or in one period, is counted
    in rows of its own, so that the rows add up to the incidents.

    Parameters
    ----------
    layers
        Whose incidents are counted.
    area
        "country", "admin1" (province) or "admin2" (district).
    every
        "day", "week" (ISO 8601: from Monday) or "month".
    by
        A column of the incidents to tell apart as well, such as "event_type".
    status
        What counts; what was only planned, threatened or denied does not. None counts all.
    zeros
        Add rows for what has no incident: the other areas of the countries that occur, the periods between the first
        and the last; with both, the periods of each area that occurs.
    gazetteer
        Whose units and outlines are used; by default, of the one that ships with the package.

    Returns
    -------
    GeoDataFrame
        EPSG:4326. With `area`: `code`, `name`, `country_code`, `country`, `known` and the area's outline where the
        gazetteer has one. `known` is "area", or else why there is none: "country" (no more is known), "several" (its
        places lie in several areas), "sea" or "nowhere"; such rows have no name and no geometry. With `every`: `start`
        and `end` (inclusive), null where the date is not known to fall into one period. Then `incidents`, and of each
        harm `_low` and `_best` (sums over the incidents of what is known, null where nothing is) and `_high` (null
        where one is open or not known).

    Raises
    ------
    UsageError
        A word is none of these, or `by` is no column.
    """
    _check(layers, area, every, by)
    frame = layers.incidents
    if status is not None:
        frame = frame[frame["status"].isin(words_of(status))]
    rows = frame.drop_duplicates("incident_id")
    keys: dict[str, Any] = {}
    asked = gazetteer or (_default_gazetteer() if area is not None else None)
    if area is not None and asked is not None:
        found = locate(frame, area, asked)
        keys["code"] = [found[incident].code for incident in rows["incident_id"]]
        keys["known"] = [found[incident].known for incident in rows["incident_id"]]
    if every is not None:
        keys["period"] = _periods(rows, every)
    if by is not None:
        keys[by] = rows[by].astype(object).where(rows[by].notna(), None).to_numpy()
    table = _summed(rows, keys)
    areas: list[Area] = []
    if area is not None and asked is not None:
        areas = _areas(table, area, asked, others=zeros and every is None)
    if zeros and keys:
        table = _with_zeros(table, list(keys), areas, every)
    named = {} if asked is None else {a.code: a.name for a in areas_of("country", _lands(table), set(), asked)}
    return _dressed(table, areas, named, every, by)


def _check(layers: Layers, area: str | None, every: str | None, by: str | None) -> None:
    if area is not None and area not in AREA_LEVELS:
        raise UsageError(f"no areas of the level {area!r}", hint=f"use {', '.join(AREA_LEVELS)}")
    if every is not None and every not in _PERIODS:
        raise UsageError(f"cannot count every {every!r}", hint=f"use {', '.join(_PERIODS)}")
    if by is not None and by not in layers.incidents.columns:
        raise UsageError(f"the incidents have no column {by!r}", hint="name one, such as event_type")


def _default_gazetteer() -> Gazetteer:
    from mapper.gazetteer import open_gazetteer  # noqa: PLC0415

    return open_gazetteer()


def _periods(rows: gpd.GeoDataFrame, every: str) -> Any:
    """Give the period that holds all possible days of each incident; NaT where there is none."""
    first, last = (rows[name].dt.to_period(_PERIODS[every]) for name in ("date_start", "date_end"))
    return first.where(first == last).array


def _summed(rows: gpd.GeoDataFrame, keys: dict[str, Any]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  (slow import, only when incidents are counted)

    values: dict[str, Any] = {"incidents": pd.array([1] * len(rows), dtype="Int64")}
    for harm in HARMS:
        values |= {f"{harm}_{bound}": rows[f"{harm}_{bound}"].array for bound in ("low", "best", "high")}
    table = pd.DataFrame({**keys, **values})
    if not keys:
        return _totals(table).to_frame().T.astype("Int64")
    groups = table.groupby(list(keys), dropna=False, sort=True)
    sums = groups.sum(min_count=1)
    for harm in HARMS:  # one open bound leaves the sum open
        sums[f"{harm}_high"] = sums[f"{harm}_high"].mask(groups[f"{harm}_high"].count() < groups.size())
    return sums.reset_index()


def _totals(table: pd.DataFrame) -> pd.Series[Any]:
    sums = table.sum(min_count=1)
    for harm in HARMS:
        if table[f"{harm}_high"].isna().any():
            sums[f"{harm}_high"] = None
    return sums


def _lands(table: pd.DataFrame) -> set[str]:
    return {code.partition(".")[0] for code in table["code"]} - {""}


def _areas(table: pd.DataFrame, level: Level, gazetteer: Gazetteer, *, others: bool) -> list[Area]:
    own = set(table.loc[table["known"] == "area", "code"])
    countries = _lands(table) if others and level != "country" else set()
    return areas_of(level, own, countries, gazetteer)


def _with_zeros(table: pd.DataFrame, keys: list[str], areas: list[Area], every: str | None) -> pd.DataFrame:
    """Add a row of zeros for each combination of keys that does not occur."""
    import pandas as pd  # noqa: PLC0415

    parts: list[pd.DataFrame] = []
    if "code" in keys:
        unknown = table.loc[table["known"] != "area", ["code", "known"]].drop_duplicates()
        parts.append(pd.DataFrame({"code": [a.code for a in areas], "known": "area"}, dtype=object))
        parts[0] = pd.concat([parts[0], unknown.astype(object)], ignore_index=True)
    if every is not None:
        dated = table["period"].dropna()
        whole = pd.period_range(dated.min(), dated.max()) if len(dated) else pd.PeriodIndex([], freq=_PERIODS[every])
        parts.append(pd.DataFrame({"period": whole}))
    other = [key for key in keys if key not in ("code", "known", "period")]
    parts += [table[[key]].drop_duplicates() for key in other]
    grid = parts[0]
    for part in parts[1:]:
        grid = grid.merge(part, how="cross")
    for key in keys:
        grid[key] = grid[key].astype(table[key].dtype)
    merged = grid.merge(table, on=keys, how="outer")
    added = merged["incidents"].isna()
    figures = [name for name in table.columns if name not in keys]
    merged.loc[added, figures] = 0
    return merged


def _dressed(
    table: pd.DataFrame, areas: list[Area], countries: dict[str, str], every: str | None, by: str | None
) -> gpd.GeoDataFrame:
    """Put names, days and outlines in the place of the keys, and the rows in order: what is known first."""
    import geopandas as gpd  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    columns: dict[str, Any] = {}
    shapes = np.full(len(table), None, dtype=object)
    order: list[Any] = []
    if "code" in table.columns:
        known = {area.code: area for area in areas}
        here = [known.get(c) if k == "area" else None for c, k in zip(table["code"], table["known"], strict=True)]
        country = [code.partition(".")[0] or None for code in table["code"]]
        texts: dict[str, list[str | None]] = {
            "code": [a.code if a else None for a in here],
            "name": [a.name if a else None for a in here],
            "country_code": country,
            "country": [countries.get(code) if code else None for code in country],
            "known": table["known"].tolist(),
        }
        columns |= {name: pd.array(values, dtype=pd.StringDtype("python")) for name, values in texts.items()}
        for row, area in enumerate(here):
            shapes[row] = area.geometry if area else None
        order += [table["code"].to_numpy(), np.array([a is None for a in here])]
    if every is not None:
        columns["start"] = table["period"].dt.start_time.astype("datetime64[ms]").to_numpy()
        columns["end"] = table["period"].dt.end_time.dt.normalize().astype("datetime64[ms]").to_numpy()
        order.insert(0, columns["start"])
    if by is not None:
        columns[by] = table[by].to_numpy()
        order.insert(0, np.array([str(value or "") for value in table[by]]))
    figures = ["incidents", *(f"{harm}_{bound}" for harm in HARMS for bound in ("low", "best", "high"))]
    columns |= {name: table[name].astype("Int64").to_numpy() for name in figures}
    frame = pd.DataFrame(columns)
    frame[figures] = frame[figures].astype("Int64")
    if order:
        frame, shapes = frame.iloc[(at := np.lexsort(order))].reset_index(drop=True), shapes[at]
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)
