"""What happened, where, when, to whom, and which words say so.

::

    sentences + resolutions -> mentions -> drafts -> incidents -> merged over reports

`lexicon` finds triggers, `judging` asks the model about them, `context` drops what is no event, `clauses` parts events
of one sentence, `mentions` gathers what each clause says of one into a `mention`, `taking_up` gives it what sentences
without an event add, `entries` reads the heads of digests and logs, `linking` finds the place by the `cues` around its
name (`nearby` looks beyond the sentence, `whereabouts` sets places beside one another), `dates` and `counts` the day
and the toll, `actors` who and by whom; `likeness` says whether two mentions tell of one event, `grouping` holds those
that do, `classing` gives it a type, `sufficiency` (by rule) and `belief` (learnt) say whether it is told, `extraction`
and `telling` tell it as one; `merging` joins the incidents of several reports by day and place, `wording` by their
words, `people` keeps apart those that befell different people, and `copying` finds those of copies.
"""

from __future__ import annotations

from mapper.incidents.extraction import extract
from mapper.incidents.merging import Telling, group, join, marked, merge, surer, telling
from mapper.incidents.scheme import EVENT_TYPES, LABELS, SUBTYPES

__all__ = [
    "EVENT_TYPES", "LABELS", "SUBTYPES", "Telling", "extract", "group", "join", "marked", "merge", "surer", "telling",
]  # fmt: skip
