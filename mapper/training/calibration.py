"""Temperatures: what the log-odds of each head are divided by, so that its probabilities come true on unseen texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from mapper.language.heads import ARGUMENTS, HEADS
from mapper.language.windows import WINDOW
from mapper.training.arguments import argument_rows, argument_scores
from mapper.training.examples import SILENT, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.language.words import WordPieces
    from mapper.training.corpora import Example
    from mapper.training.encoder import ArgumentReader, Encoder

__all__ = ["argument_temperatures", "temperatures"]

_TRIED = [0.6 + 0.05 * step for step in range(49)]


def temperatures(model: Encoder, held: Sequence[Example], wordpieces: WordPieces) -> dict[str, dict[str, float]]:
    """Find the temperature of every head, for the fast profile and the full one.

    Parameters
    ----------
    held
        Labelled texts that the model was not trained on.

    Returns
    -------
    dict[str, dict[str, float]]
        Profile, head, temperature: the one with the least surprise (negative log-likelihood) over the held texts.
    """
    scores: dict[str, list[Tensor]] = {"fast": [], "full": []}
    labels: list[Tensor] = []
    for example in held:
        for row in rows(example, wordpieces, size=WINDOW):
            pieces, cases = torch.from_numpy(row.pieces)[None], torch.from_numpy(row.cases)[None]
            with torch.no_grad():
                answers = model(pieces, cases, torch.ones_like(pieces))
            for profile, answer in zip(scores, answers, strict=True):
                scores[profile].append(answer.classes[0])
            labels.append(torch.from_numpy(row.labels))
    gold = torch.cat(labels, dim=1)
    found: dict[str, dict[str, float]] = {}
    for profile, parts in scores.items():
        whole = torch.cat(parts)
        found[profile] = {
            head.name: _temperature(whole[:, head.columns], gold[number]) for number, head in enumerate(HEADS.values())
        }
    return found


def argument_temperatures(
    encoder: Encoder, reader: ArgumentReader, held: Sequence[Example], wordpieces: WordPieces
) -> dict[str, float]:
    """Find the temperature of every question about an event, over labelled texts that the reader did not learn from."""
    rows_held = [row for example in held for row in argument_rows(example, wordpieces)]
    scores = torch.cat([argument_scores(encoder, reader, row) for row in rows_held])
    gold = torch.cat([torch.from_numpy(row.labels) for row in rows_held], dim=1)
    return {q.name: _temperature(scores[:, q.columns], gold[number]) for number, q in enumerate(ARGUMENTS.values())}


def _temperature(scores: Tensor, gold: Tensor) -> float:
    if not bool((gold != SILENT).any()):
        return 1.0
    losses = [float(functional.cross_entropy(scores / t, gold, ignore_index=SILENT)) for t in _TRIED]
    return round(_TRIED[min(range(len(_TRIED)), key=losses.__getitem__)], 2)
