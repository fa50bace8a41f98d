"""Predictions + gold -> figures: how well places and incidents are found.

::

    gold corpus -> reading -> running (the pipeline, or a file of predictions) -> geoparsing | incidents | ...

The protocols stand still while the product changes, so that figures of two versions can be set beside each other.
`geoparsing` scores spans and coordinates; `causes` has what names alone would have given, and why an answer is wrong.
`muc_key` and `answers` bring the two sides of an incident into one form, `agreement` compares a pair and `incidents`
counts over a corpus; `event_places` and `chains` score the two smaller tasks. `whole_geoparsing` and `whole_incidents`
go the whole way; `tables` lays figures out for people. Two are for the tests alone: `merged_reports` holds what merging
joins beside the chains of ECB+, `case_types` the types of snippets beside the labels of CASE 2021.
"""

from __future__ import annotations

from mapper.evaluation.figures import Evaluation
from mapper.evaluation.whole_geoparsing import evaluate_geoparsing
from mapper.evaluation.whole_incidents import evaluate_incidents

__all__ = ["Evaluation", "evaluate_geoparsing", "evaluate_incidents"]
