"""Predictions + gold -> figures: how well places and incidents are found, by protocols that never change with the product.

::

    gold corpus -> reading -> running (the pipeline, or a file of predictions) -> geoparsing | incidents | ... -> figures

`geoparsing` scores spans and coordinates, `baseline` what the largest place of each name would have given, `causes` why an
answer is wrong. `muc_key` and `answers` bring the two sides of an incident into one form, `agreement` compares a pair and
`incidents` counts over a corpus; `event_places` and `chains` score the two smaller tasks. `evaluate` is the whole way.
"""

from __future__ import annotations

from mapper.evaluation.evaluate import evaluate_geoparsing, evaluate_incidents

__all__ = ["evaluate_geoparsing", "evaluate_incidents"]
