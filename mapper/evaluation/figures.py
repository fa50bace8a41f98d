"""The figures that every task shares: precision, recall and F1 of counts; shares, mean, median and AUC of distances."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.records import Failure

__all__ = [
    "FARTHEST_KM",
    "NEAR_KM",
    "Evaluation",
    "Figures",
    "distance_figures",
    "distance_km",
    "fractions",
    "of_counts",
    "rounded",
]

Figures = dict[str, Any]
"""Name of a figure -> its value, or more figures."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of a corpus, and the lines and documents that could not be used."""

    figures: Figures
    failures: tuple[Failure, ...] = ()


FARTHEST_KM: Final = 20_039.0
"""Half the girth of the Earth: what a toponym without an answer costs."""
NEAR_KM: Final = 161.0
"""100 miles: within this an answer counts as right, as in published comparisons of geoparsers."""

_CLOSE_KM: Final = 20.0
_EARTH_KM: Final = 6371.0088  # mean radius (IUGG)


def fractions(hits: int, given: int, wanted: int) -> tuple[float, float, float]:
    """Give precision, recall and F1 of so many hits among what was given and what was wanted; 0 where nothing was."""
    precision = hits / given if given else 0.0
    recall = hits / wanted if wanted else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def of_counts(hits: int, wanted: int, given: int) -> Figures:
    """Give P, R and F1 with the counts that they were made from."""
    precision, recall, f1 = fractions(hits, given, wanted)
    return {"P": precision, "R": recall, "F1": f1, "hit": hits, "gold": wanted, "pred": given}


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the great-circle distance of two points in degrees, in km, on a sphere (the protocol's, not WGS 84's)."""
    north, other_north = math.radians(lat), math.radians(other_lat)
    half_north, half_east = (other_north - north) / 2, math.radians(other_lon - lon) / 2
    chord = math.sin(half_north) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(half_east) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))


def distance_figures(errors_km: Sequence[float]) -> Figures:
    """Sum up how far answers lie from the gold.

    Parameters
    ----------
    errors_km
        One a toponym, kilometres; `FARTHEST_KM` for one without an answer.

    Returns
    -------
    dict
        `n`; `acc161` and `acc20`, shares within 161 and 20 km; `mean_km`, `median_km`; `auc`, the area under the sorted
        curve of ln(error + 1) / ln(20039), 0 best and 1 worst. Of no distance at all, only `n`.
    """
    errors = sorted(errors_km)
    count = len(errors)
    if not errors:
        return {"n": 0}
    curve = [math.log1p(error) / math.log(FARTHEST_KM) for error in errors]
    trapezes = math.fsum(curve) - (curve[0] + curve[-1]) / 2
    return {
        "n": count,
        "acc161": sum(error <= NEAR_KM for error in errors) / count,
        "acc20": sum(error <= _CLOSE_KM for error in errors) / count,
        "mean_km": math.fsum(errors) / count,
        "median_km": statistics.median(errors),
        "auc": trapezes / (count - 1) if count > 1 else curve[0],
    }


def rounded(value: Any) -> Any:
    """Round every fraction in figures to four places."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value
