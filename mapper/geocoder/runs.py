"""Runs: the candidates of all mentions of a document one after another, so that a pass is a few sums over arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mapper.geocoder.mentions import Floats, Ints, Mentions

__all__ = ["Runs", "Shared"]


@dataclass(frozen=True, slots=True)
class Runs:
    """The rows of every mention's candidates; a name that is mentioned twice has its rows here twice.

    Attributes
    ----------
    rows, mention
        Row in the table, and mention, of each place in the runs.
    begin
        Where each mention's run begins, and at last where all end: (mentions + 1).
    filled, starts, sizes
        Mentions that have candidates, where their runs begin, and how many candidates each has.
    """

    rows: Ints
    mention: Ints
    begin: Ints
    filled: Ints
    starts: Ints
    sizes: Ints

    @classmethod
    def of(cls, table: Mentions) -> Runs:
        """Lay out the candidates of a table's mentions."""
        names = np.array(table.of, dtype=np.int64)
        sizes = np.diff(table.offsets)[names]
        begin = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        mention = np.repeat(np.arange(len(names)), sizes)
        rows = np.arange(begin[-1]) - begin[mention] + table.offsets[names][mention]
        filled = np.flatnonzero(sizes)
        return cls(rows, mention, begin, filled, begin[filled], sizes[filled])

    def run_of(self, mention: int) -> slice:
        """Where a mention's candidates stand."""
        return slice(int(self.begin[mention]), int(self.begin[mention + 1]))

    def total(self, values: Floats) -> Floats:
        """Sum up the values of each mention that has candidates."""
        return np.asarray(np.add.reduceat(values, self.starts), dtype=np.float64)

    def chances(self, scores: Floats) -> Floats:
        """Probabilities of scores, among the candidates of the same mention."""
        grown = np.exp(scores - np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes))
        return np.asarray(grown / np.repeat(self.total(grown), self.sizes), dtype=np.float64)

    def best(self, scores: Floats) -> Ints:
        """Places in the runs, those of one mention together and the highest score first, equal ones as they stand."""
        return np.lexsort((-scores, self.mention))


class Shared:
    """Sums over the rows of other names that have the same code: of a country, a province, a county.

    Parameters
    ----------
    owner, names
        Name of each row, and how many there are.
    codes
        Of each row; -1 is none, and shared with no one.
    """

    def __init__(self, owner: Ints, codes: Ints, names: int) -> None:
        self._owner, self._codes = owner, codes
        self._known = codes >= 0
        self._shape = names, int(codes.max(initial=0)) + 1
        self._cells = (owner * self._shape[1] + codes)[self._known]

    def by_name(self, values: Floats) -> Floats:
        """Sum up values by name and code: (names, codes)."""
        sums = np.bincount(self._cells, weights=values[self._known], minlength=self._shape[0] * self._shape[1])
        return np.asarray(sums.reshape(self._shape), dtype=np.float64)

    def of_others(self, values: Floats) -> Floats:
        """Give each row what the rows of other names with its code sum up to."""
        sums = self.by_name(values)
        others = sums.sum(axis=0)[self._codes] - sums[self._owner, self._codes]
        return np.asarray(np.where(self._known, others, 0.0), dtype=np.float64)

    def around(self, nearness: Floats, values: Floats, mention: Ints, rows: Ints) -> Floats:
        """Give the rows of each mention the values of their code, each name's by its nearness to the mention.

        Parameters
        ----------
        nearness
            Of each name to each mention, 0 to the mention's own: (mentions, names).
        mention, rows
            Of each place in the runs.
        """
        sums = nearness @ self.by_name(values)
        return np.asarray(np.where(self._known[rows], sums[mention, self._codes[rows]], 0.0), dtype=np.float64)
