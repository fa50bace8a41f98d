"""How many people, and what befell them, as each source gives it.

`numbers` reads figures, `people` the words for those counted, `words` lists the words of harm; `reader` brings them
together in a `sentence`: `verbs` ("killed three", and with `subjects` "three were killed"), `nouns` ("three deaths")
and `tolls` ("the toll rose to three", "no casualties"). `attribution` names the source and tells sums over years apart,
`leaning` reads figures that lean on the sentence before, and `finding` walks over a text and combines sources.
"""

from __future__ import annotations

from mapper.incidents.counts.finding import CountMention, combine, find_counts, parse_number
from mapper.incidents.counts.leaning import LeaningFigure, find_leaning_figure

__all__ = ["CountMention", "LeaningFigure", "combine", "find_counts", "find_leaning_figure", "parse_number"]
