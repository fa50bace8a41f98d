"""How many people, and what befell them, as each source gives it.

`numbers` reads figures, `people` the words for those counted, `words` lists the words of harm, `reader` brings the
three together in a sentence, `attribution` names the source and tells sums over years apart, `leaning` reads figures
that lean on the sentence before, and `finding` walks over a text and combines sources into a toll.
"""

from __future__ import annotations

from mapper.incidents.counts.finding import CountMention, combine, find_counts, parse_number
from mapper.incidents.counts.leaning import LeaningFigure, find_leaning_figure

__all__ = ["CountMention", "LeaningFigure", "combine", "find_counts", "find_leaning_figure", "parse_number"]
