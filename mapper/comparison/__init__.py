"""Two sets of incidents side by side: which tell of the same, which only one of them has.

::

    compare(ours, theirs, within_km=25, days=2) -> GeoDataFrame   # a row a pair, and one for each that is left alone
    summary(table) -> {"both": 12, "ours": 3, "theirs": 5}

A pair is one incident of each side: one that has happened, on days no further apart than asked, in places no further
apart than asked once the uncertainty of both is taken away, and of the same family of kinds. What a side does not know
is not held against it: an area agrees with a point in it, a week with a day of it, "at least three" with four.
"""

from __future__ import annotations

from mapper.comparison.matching import COLUMNS, compare, summary
from mapper.comparison.sides import shared_files

__all__ = ["COLUMNS", "compare", "shared_files", "summary"]
