"""Which incident of one side is which of the other: every pair has a cost, and the cheapest are taken first.

Taken greedily, each incident once, the pairs are a stable matching: no two incidents that are left, or paired
otherwise, would both be better off as a pair. An analyst can follow it by eye, it does not depend on the order of the
rows, and it is the same when the sides are exchanged; pairs of the least total cost need have none of the three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mapper.comparison.distances import boxes, close_pairs, distances_m
from mapper.comparison.sides import NO_DAY, Side, shared_files, side_of, without
from mapper.errors import UsageError
from mapper.incidents.scheme import family

if TYPE_CHECKING:
    import geopandas as gpd

    from mapper.frames import Layers

__all__ = ["COLUMNS", "compare", "summary"]

COLUMNS: Final = {
    "side": "both, ours or theirs: who has it",
    "our_id": "incident_id of ours",
    "their_id": "incident_id of theirs",
    "distance_km": "between the two places; 0 in an area, or between two areas that are the same",
    "gap_km": "what of it the uncertainty of both does not explain",
    "days_apart": "days between the two, 0 where they may have been the same day",
    "type_agreement": "same, or related (of one family: violence, unrest)",
    "toll_agreement": "same, compatible (the bounds overlap), differs, or unknown (one tells of none)",
    "cost": "the lower, the better the two agree",
    "our_type": "",
    "their_type": "",
    "our_start": "",
    "our_end": "",
    "their_start": "",
    "their_end": "",
    "our_place": "",
    "their_place": "",
    "our_killed": "best figure",
    "their_killed": "best figure",
    "our_source": "doc_id",
    "their_source": "doc_id",
    "why": "why it has no counterpart: none near, taken (those near agree better with others), no place, no date, "
    "has not happened",
}
"""Columns of the comparison, and what they hold; `geometry` is the place of ours, else of theirs."""

# What a disagreement costs, beside a gap as wide as is allowed (1) and days as far apart as is allowed (just under 1).
_RELATED: Final = 0.5
_TOLLS: Final = {"same": 0.0, "compatible": 0.15, "unknown": 0.25, "differs": 0.5}
_VAGUE_M: Final = 100_000.0  # an uncertainty of that radius costs a half
_VAGUE_DAYS: Final = 30.0  # so does a date of so many days


def compare(
    ours: Layers | gpd.GeoDataFrame,
    theirs: Layers | gpd.GeoDataFrame,
    *,
    within_km: float = 25.0,
    days: int = 2,
) -> gpd.GeoDataFrame:
    """Find which incidents of two sides are the same, and which only one of them has.

    Parameters
    ----------
    ours, theirs
        Layers, or incidents layers; see `mapper.layers`. Where theirs is a file that others have coded, and was mapped
        together with our reports, its rows are none of ours (`shared_files`).
    within_km
        How far apart the places may be, after the uncertainty of both (kilometres). An area agrees with a point in it.
    days
        How many days apart the dates may be; intervals that overlap are not apart.

    Returns
    -------
    GeoDataFrame
        The columns of `COLUMNS` and a geometry (EPSG:4326): a row a pair, and one for each incident without a
        counterpart; by date, then by id. Each incident stands in one row.

    Raises
    ------
    UsageError
        A bound is negative, or a side holds no incidents layer.
    """
    if not (within_km >= 0 and days >= 0):
        raise UsageError("distances and days cannot be negative", hint="give for example within_km=25, days=2")
    left, right = side_of(without(ours, shared_files(ours, theirs))), side_of(theirs)
    pairs = _pairs(left, right, within_m=1000.0 * within_km, days=days)
    return _table(left, right, pairs, _matched(left, right, pairs))


def summary(table: gpd.GeoDataFrame) -> dict[str, int]:
    """Count a comparison: incidents in both, only in ours, only in theirs."""
    return {side: int((table["side"] == side).sum()) for side in ("both", "ours", "theirs")}


def _pairs(left: Side, right: Side, *, within_m: float, days: int) -> dict[str, Any]:
    """Give every pair of incidents that may be one, at its best two places, as columns."""
    import numpy as np  # noqa: PLC0415  (slow imports, only when something is compared)

    one, other = _candidates(left, right, within_m, days)
    metres = distances_m(left.shape[one], right.shape[other])
    # To the metre: coordinates are not known any better, and the last bits of a float decide nothing.
    metres = np.where(np.isfinite(metres), np.round(np.where(np.isfinite(metres), metres, 0.0)), np.inf)
    gap = np.maximum(metres - left.radius_m[one] - right.radius_m[other], 0.0)
    near = gap <= within_m
    one, other, metres, gap = one[near], other[near], metres[near], gap[near]
    a, b = left.owner[one], right.owner[other]
    apart = np.maximum(np.maximum(right.start[b] - left.end[a], left.start[a] - right.end[b]), 0)
    same_type = np.array([left.types[i] == right.types[j] for i, j in zip(a.tolist(), b.tolist(), strict=True)], bool)
    tolls = _tolls(left, right, a, b)
    radius = np.maximum(_size(left)[a], _size(right)[b])
    length = np.maximum(left.end[a] - left.start[a], right.end[b] - right.start[b])
    reach = max(within_m, 1.0)
    cost = (
        gap / reach
        + 0.5 * np.minimum(metres / reach, 1.0)
        + apart / (days + 1.0)
        + np.where(same_type, 0.0, _RELATED)
        + np.array([_TOLLS[toll] for toll in tolls], dtype=float)
        + radius / (radius + _VAGUE_M)
        + length / (length + _VAGUE_DAYS)
    )
    return {
        "a": a,
        "b": b,
        "distance_km": metres / 1000.0,
        "gap_km": np.round(gap) / 1000.0,
        "days_apart": apart,
        "type_agreement": np.where(same_type, "same", "related"),
        "toll_agreement": np.array(tolls, dtype=object),
        "cost": np.round(cost, 6),
    }


def _candidates(left: Side, right: Side, within_m: float, days: int) -> tuple[Any, Any]:
    """Give the pairs of places whose days and kinds allow it and whose boxes touch."""
    import numpy as np  # noqa: PLC0415

    empty = np.empty(0, dtype=int)
    kinds = {name: number for number, name in enumerate(sorted({family(t) for t in (*left.types, *right.types)}))}
    families = [np.array([kinds[family(t)] for t in side.types], dtype=int) for side in (left, right)]
    usable = [
        np.flatnonzero(np.array([not why for why in side.why_not], dtype=bool)[side.owner]) for side in (left, right)
    ]
    if not len(usable[0]) or not len(usable[1]):
        return empty, empty
    around = [
        boxes(side.shape[rows], side.radius_m[rows], within_m) for side, rows in zip((left, right), usable, strict=True)
    ]
    owners = [side.owner[rows] for side, rows in zip((left, right), usable, strict=True)]
    starts, ends = right.start[owners[1]], right.end[owners[1]]
    periods, group = np.unique(
        np.column_stack([left.start[owners[0]], left.end[owners[0]]]), axis=0, return_inverse=True
    )
    order = np.argsort(group.ravel(), kind="stable")
    splits = np.split(order, np.cumsum(np.bincount(group.ravel(), minlength=len(periods)))[:-1])
    found_left, found_right = [empty], [empty]
    for (start, end), mine in zip(periods.tolist(), splits, strict=True):
        those = np.flatnonzero((starts <= end + days) & (ends >= start - days))
        if not len(those):
            continue
        i, j = close_pairs(around[0][mine], around[1][those])
        i, j = mine[i], those[j]
        alike = families[0][owners[0][i]] == families[1][owners[1][j]]
        found_left.append(usable[0][i[alike]])
        found_right.append(usable[1][j[alike]])
    return np.concatenate(found_left), np.concatenate(found_right)


def _size(side: Side) -> Any:
    """Give the uncertainty of each incident's best place in metres, areas included."""
    return side.table["uncertainty_m"].fillna(0.0).to_numpy()


def _tolls(left: Side, right: Side, a: Any, b: Any) -> list[str]:
    import numpy as np  # noqa: PLC0415

    bounds = []
    for side, rows in ((left, a), (right, b)):
        low, best, high = side.low[rows], side.best[rows], side.high[rows]
        told = ~(np.isnan(low) & np.isnan(best) & np.isnan(high))
        bounds.append((told, np.where(np.isnan(low), 0.0, low), best, np.where(np.isnan(high), np.inf, high)))
    (told_a, low_a, best_a, high_a), (told_b, low_b, best_b, high_b) = bounds
    overlap = np.maximum(low_a, low_b) <= np.minimum(high_a, high_b)
    agreement = np.where(best_a == best_b, "same", np.where(overlap, "compatible", "differs"))
    agreed: list[str] = np.where(told_a & told_b, agreement, "unknown").tolist()
    return agreed


def _matched(left: Side, right: Side, pairs: dict[str, Any]) -> list[int]:
    """Take pairs, the cheapest first, each incident once."""
    order = sorted(
        range(len(pairs["a"])),
        key=lambda row: (pairs["cost"][row], *sorted((left.ids[pairs["a"][row]], right.ids[pairs["b"][row]])), row),
    )
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    chosen = []
    for row in order:
        a, b = int(pairs["a"][row]), int(pairs["b"][row])
        if a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            chosen.append(row)
    return chosen


def _table(left: Side, right: Side, pairs: dict[str, Any], chosen: list[int]) -> gpd.GeoDataFrame:
    import geopandas as gpd  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    a, b = pairs["a"][chosen], pairs["b"][chosen]
    alone_a = np.setdiff1d(np.arange(len(left.ids)), a)
    alone_b = np.setdiff1d(np.arange(len(right.ids)), b)
    none_a, none_b = np.full(len(alone_b), -1), np.full(len(alone_a), -1)
    ours, theirs = np.concatenate([a, alone_a, none_a]), np.concatenate([b, none_b, alone_b])
    rest = len(alone_a) + len(alone_b)
    columns: dict[str, Any] = {
        "side": ["both"] * len(chosen) + ["ours"] * len(alone_a) + ["theirs"] * len(alone_b),
        "why": [None] * len(chosen)
        + _reasons(left, alone_a, set(pairs["a"].tolist()))
        + _reasons(right, alone_b, set(pairs["b"].tolist())),
    }
    for name in ("distance_km", "gap_km", "cost"):
        columns[name] = np.concatenate([pairs[name][chosen], np.full(rest, np.nan)])
    columns["days_apart"] = pd.array([*pairs["days_apart"][chosen].tolist(), *[None] * rest], dtype="Int64")
    for name in ("type_agreement", "toll_agreement"):
        columns[name] = [*pairs[name][chosen].tolist(), *[None] * rest]
    for prefix, side, rows in (("our", left, ours), ("their", right, theirs)):
        for name, column in _SHOWN.items():
            columns[f"{prefix}_{name}"] = side.table[column].reindex(rows).array
    shapes = left.table.geometry.reindex(ours).reset_index(drop=True)
    shapes = shapes.where(ours >= 0, right.table.geometry.reindex(theirs).reset_index(drop=True))
    frame = pd.DataFrame({name: columns[name] for name in COLUMNS})
    made = gpd.GeoDataFrame(frame, geometry=shapes.to_numpy(), crs=left.table.crs)
    days = np.where(ours >= 0, left.start.take(ours, mode="clip") if len(left.start) else NO_DAY, 0)
    days = np.where(ours < 0, right.start.take(theirs, mode="clip") if len(right.start) else NO_DAY, days)
    names = made["our_id"].fillna(made["their_id"]).astype(str)
    order = pd.DataFrame({"day": days, "id": names, "side": made["side"]}).sort_values(["day", "id", "side"]).index
    return made.iloc[order].reset_index(drop=True)


_SHOWN: Final = {
    "id": "incident_id",
    "type": "event_type",
    "start": "date_start",
    "end": "date_end",
    "place": "place_name",
    "killed": "killed_best",
    "source": "doc_id",
}


def _reasons(side: Side, rows: Any, paired: set[int]) -> list[str]:
    return [side.why_not[row] or ("taken" if row in paired else "none near") for row in rows.tolist()]
