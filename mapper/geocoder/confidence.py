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

from mapper.geocoder.mentions import EARTH_KM, KINDS, kinds_among

if TYPE_CHECKING:
    from mapper.geocoder.mentions import Floats
    from mapper.geocoder.ranking import Ranking

__all__ = ["INPUTS", "chance_right", "inputs_of"]

INPUTS = {
    "constant": -3.64,
    "share": 0.79,  # log-odds of the candidates' chance within SAME_KM of the first
    "namesakes": 0.65,  # logarithm of how many candidates the name has
    "alternate": -0.24,
    "demonym": -0.23,
    "loose": 0.07,
    "fuzzy": 0.0,
    "rewritten": -1.18,  # the name had to be changed to find it
    "people": 1.21,  # thirds of a power of ten; of what has none, how well it is known
    "country": 0.83,
    "unit": 0.65,  # province, county, district
    "contained": 0.31,  # "Bangor, Maine"
    "company": 0.45,  # other names of the text in the same country, of three
    "alone": -0.09,  # one over the number of names
}
"""Coefficients; see the module for where they come from."""

SAME_KM = 100.0
"""Candidates so close are one answer for the reader: a town and the province around it."""

LEAST, COMPANY = 0.003, 3.0

UNINHABITED = KINDS.index("MACRO")
"""Index into `KINDS` from which a kind of place has no inhabitants of its own."""

_IS_UNIT = kinds_among("ADM1", "ADM2", "ADM3")
_MATCHES = ("alternate", "demonym", "loose", "fuzzy")


def inputs_of(ranking: Ranking, scores: Floats, belief: Floats) -> Floats:
    """Lay out what speaks for and against the first candidate of every mention that has any.

    Parameters
    ----------
    ranking
        The passes over a document.
    scores, belief
        What they end with.

    Returns
    -------
    Floats
        (mentions with candidates, inputs), in the order of `INPUTS`.
    """
    table, runs = ranking.table, ranking.runs
    chances = runs.chances(scores)
    sizes = runs.sizes
    places = runs.best(scores)[runs.starts]  # of each first candidate, in the runs
    first = runs.rows[places]
    cosine = np.einsum("rx,rx->r", table.xyz[runs.rows], np.repeat(table.xyz[first], sizes, axis=0))
    share = np.clip(runs.total(chances * (cosine > math.cos(SAME_KM / EARTH_KM))), LEAST, 1.0 - LEAST)
    matches = [table.rows[row].match for row in first]
    names = [table.of[mention] for mention in runs.filled]
    kind = table.kind[first]
    company = np.where(kind == 0, 1.0, ranking.neighbours_of(belief)[first])
    # What has no inhabitants, a sea or a desert, is as well known as the gazetteer's own order says.
    prior = np.array([table.rows[row].score for row in first])
    renown = np.log10(table.population[first] + 1.0)
    renown = np.where(kind >= UNINHABITED, np.maximum(renown, 2.0 + 5.0 * (prior - 0.3)), renown)
    contained = np.zeros(len(runs.rows))
    for mention, held in ranking.patterns.comma.items():
        contained[runs.run_of(mention)] = held
    return np.column_stack([
        np.ones(len(first)),
        np.log(share / (1.0 - share)),
        np.log(sizes),
        *([match == m for match in matches] for m in _MATCHES),
        [table.names[name].distance > 0 for name in names],
        renown / 3.0,
        kind == 0,
        _IS_UNIT[kind],
        contained[places] > 0,
        np.minimum(COMPANY, company) / COMPANY,
        np.full(len(first), 1.0 / len(table.names)),
    ]).astype(np.float64)  # fmt: skip


def chance_right(inputs: Floats) -> Floats:
    """Chance that answers with these inputs are right, between 0 and 1: inputs in the last axis."""
    return np.asarray(1.0 / (1.0 + np.exp(-(inputs @ list(INPUTS.values())))), dtype=np.float64)
