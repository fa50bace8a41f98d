"""How sure an answer is: the chance that it lies within 161 km of the place that is meant, or is the very entry.

The ranking's own softmax knows nothing of places that the gazetteer lacks, and shares one town's chance between the
town and the province of its name. So a logistic model reads what makes answers right: the chance of all candidates
close to the first, how many places share the name, how they matched, who lives there, and what company the text gives
them.
Its coefficients are learnt from the training part of TR-News (Kamalloo and Rafiei 2018, MIT) alone:
``python -m mapper.training.confidence`` repeats them. 161 km (100 miles) is the measure that the field uses.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mapper.geocoder.mentions import KINDS

if TYPE_CHECKING:
    from mapper.geocoder.mentions import Floats, Mentions

__all__ = ["INPUTS", "chance_right", "inputs_of"]

INPUTS = {
    "constant": -3.21,
    "share": 0.79,  # log-odds of the candidates' chance within SAME_KM of the first
    "namesakes": 0.53,  # logarithm of how many candidates the name has
    "alternate": -0.23,
    "demonym": -0.26,
    "loose": 0.06,
    "fuzzy": 0.0,
    "rewritten": -1.24,  # the name had to be changed to find it
    "people": 1.12,  # thirds of a power of ten
    "country": 0.76,
    "unit": 0.56,  # province, county, district
    "contained": 0.25,  # "Bangor, Maine"
    "company": 0.44,  # other names of the text in the same country, of three
    "alone": -0.01,  # one over the number of names
}
"""Coefficients; see the module for where they come from."""

SAME_KM = 100.0
"""Candidates so close are one answer for the reader: a town and the province around it."""

LEAST, COMPANY = 0.003, 3.0

_UNITS = frozenset(KINDS.index(kind) for kind in ("ADM1", "ADM2", "ADM3"))
_MATCHES = ("alternate", "demonym", "loose", "fuzzy")


def inputs_of(
    table: Mentions, mention: int, first: int, *, chances: Floats, contained: bool, company: float
) -> list[float]:
    """Lay out what speaks for and against the first candidate of a mention, in the order of `INPUTS`.

    Parameters
    ----------
    table, mention, first
        The mention, and its first candidate's row within its name.
    chances
        Of each candidate of the mention.
    contained
        Whether the text says that the first lies in a place beside it.
    company
        How many other names of the text lie in its country.
    """
    rows = table.rows_of(table.of[mention])
    row = rows.start + first
    candidate, kind = table.rows[row], int(table.kind[row])
    distance = table.distances_km(rows, slice(row, row + 1))[:, 0]
    share = min(1.0 - LEAST, max(LEAST, float(chances[distance < SAME_KM].sum())))
    company = 1.0 if kind == 0 else company
    return [
        1.0,
        math.log(share / (1.0 - share)),
        math.log(len(chances)),
        *(float(candidate.match == match) for match in _MATCHES),
        float(table.names[table.of[mention]].distance > 0),
        math.log10(max(0, candidate.place.population) + 1) / 3.0,
        float(kind == 0),
        float(kind in _UNITS),
        float(contained),
        min(COMPANY, company) / COMPANY,
        1.0 / len(table.names),
    ]


def chance_right(inputs: list[float]) -> float:
    """Chance that an answer with these inputs is right, between 0 and 1."""
    return float(1.0 / (1.0 + np.exp(-np.dot(inputs, list(INPUTS.values())))))
