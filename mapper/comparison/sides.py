"""One side of a comparison: each incident once, with its days, its toll, and the places where it happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from mapper.errors import UsageError
from mapper.frames import Layers, coerce

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd

__all__ = ["HAPPENED", "NO_DAY", "Side", "shared_files", "side_of", "without"]

HAPPENED: Final = ("accomplished", "attempted")
NO_DAY: Final = -(2**40)


@dataclass(frozen=True, slots=True)
class Side:
    """Incidents in the order of their ids; places in the order of their incidents.

    Attributes
    ----------
    table
        The best row of each incident: the place where it happened that is known best.
    start, end
        Days since 1970, inclusive; `NO_DAY` where a bound is not known.
    low, best, high
        People killed, NaN where not known.
    owner, shape, radius_m
        Of each place with a geometry: its incident (from 0), geometry (EPSG:4326) and uncertainty; an area's shape says
        already where it may be, so its radius is not added to it.
    why_not
        Why an incident can have no counterpart; "" where it can.
    """

    table: gpd.GeoDataFrame
    ids: list[str]
    types: list[str]
    start: Any
    end: Any
    low: Any
    best: Any
    high: Any
    owner: Any
    shape: Any
    radius_m: Any
    why_not: list[str]


def shared_files(ours: Layers | gpd.GeoDataFrame, theirs: Layers | gpd.GeoDataFrame) -> dict[str, str]:
    """Name the files coded by others that are all of theirs, and a part of ours: they were mapped beside our reports.

    Returns
    -------
    dict
        Ids of the files in ours -> where they were read from. Empty where either side holds anything else of theirs,
        or nothing of its own, or is no `Layers`.
    """
    if not (isinstance(ours, Layers) and isinstance(theirs, Layers)):
        return {}
    coded = theirs.reports["sha256"].notna() & theirs.reports["n_chars"].isna()  # a file, and no text that was read
    same = ours.reports["sha256"].notna() & ours.reports["sha256"].isin(theirs.reports.loc[coded, "sha256"])
    held = ours.reports[same]
    if not coded.all() or ours.incidents["doc_id"].isin(held["doc_id"]).all():
        return {}
    return dict(zip(held["doc_id"], held["source"].fillna(held["doc_id"]), strict=True))


def without(layers: Layers | gpd.GeoDataFrame, doc_ids: Collection[str]) -> Layers | gpd.GeoDataFrame:
    """Leave out the incidents of some reports."""
    if not doc_ids or not isinstance(layers, Layers):
        return layers
    rows = layers.incidents
    kept = rows[~rows["doc_id"].isin(list(doc_ids)).to_numpy(dtype=bool)].reset_index(drop=True)
    return replace(layers, incidents=kept)


def side_of(given: Layers | gpd.GeoDataFrame) -> Side:
    """Take the incidents of layers, or of an incidents layer, for a comparison.

    Raises
    ------
    UsageError
        It is neither.
    LayerError
        A column of the incidents layer is missing, or holds what it must not.
    """
    import numpy as np  # noqa: PLC0415  (slow imports, only when something is compared)
    import pandas as pd  # noqa: PLC0415

    rows = given.incidents if isinstance(given, Layers) else given
    if not isinstance(rows, pd.DataFrame):
        raise UsageError(f"cannot compare a {type(rows).__name__}", hint="pass layers, as mapper.layers gives them")
    rows = coerce("incidents", rows)
    elsewhere = ~rows["place_role"].fillna("happened").eq("happened").to_numpy(dtype=bool)
    prec = rows["where_prec"].astype("float64").fillna(9).to_numpy()
    # Ties fall to what the rows say, not to their order, so that the same rows shuffled give the same comparison.
    order = pd.DataFrame(
        {
            "id": rows["incident_id"].astype(str),
            "elsewhere": elsewhere,
            "nowhere": rows.geometry.isna(),
            "prec": prec,
            "radius": rows["uncertainty_m"].fillna(np.inf),
            "name": rows["place_name"].fillna("").astype(str),
        }
    )
    rows = rows.iloc[order.sort_values(order.columns.tolist()).index].reset_index(drop=True)
    first = ~rows["incident_id"].duplicated()
    table = rows[first].reset_index(drop=True)
    ids = [str(identity) for identity in table["incident_id"]]
    shown = rows[rows["place_role"].fillna("happened").eq("happened") & rows.geometry.notna()]
    owner = np.searchsorted(np.asarray(ids, dtype=object), shown["incident_id"].astype(str).to_numpy(dtype=object))
    shapes = shown.geometry.to_numpy()
    point = (shown.geom_type == "Point").to_numpy()
    radius = np.where(point, shown["uncertainty_m"].fillna(0.0).to_numpy(), 0.0)
    start, end = _days(table["date_start"]), _days(table["date_end"])
    start, end = np.where(start == NO_DAY, end, start), np.where(end == NO_DAY, start, end)
    placed = np.zeros(len(table), dtype=bool)
    placed[owner] = True
    toll = {bound: table[f"killed_{bound}"].astype("float64").to_numpy() for bound in ("low", "best", "high")}
    return Side(
        table=table,
        ids=ids,
        types=table["event_type"].astype(str).tolist(),
        start=start,
        end=end,
        **toll,
        owner=owner,
        shape=shapes,
        radius_m=radius,
        why_not=[
            "has not happened" if status not in HAPPENED else "no date" if day == NO_DAY else "" if here else "no place"
            for status, day, here in zip(table["status"], start.tolist(), placed.tolist(), strict=True)
        ],
    )


def _days(column: Any) -> Any:
    import numpy as np  # noqa: PLC0415

    days = column.to_numpy("datetime64[D]")
    return np.where(np.isnat(days), NO_DAY, days.astype("int64"))
