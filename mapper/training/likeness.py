"""Learn when two tellings are of one event: ``python -m mapper.training.likeness FILE...``.

Takes the mentions that are found in dispatches whose labels number every event, gathers them as the labels say, and
fits the logistic model of `mapper.incidents.likeness`: is this mention of that event begun before? Prints the weights,
to be put there, and how often they are right when each dispatch is judged by weights fitted on others.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import numpy as np

from mapper.gazetteer import open_gazetteer
from mapper.incidents.grouping import Draft
from mapper.incidents.likeness import is_another, likeness, traits
from mapper.language import default_reader
from mapper.training.confidence import fit
from mapper.training.drafted import drafted
from mapper.training.held import is_unseen
from mapper.training.markup import Dispatch, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.incidents.mention import Mention
    from mapper.language import Recogniser

__all__ = ["Pair", "main", "pairs"]

PARTS = 10
UNSEEN = 6.0
"""What a dispatch that the model was not trained on counts: there its word is worth what it will be worth."""


class Pair(NamedTuple):
    """A mention and an event begun before: what speaks for their being one, what is said now, and what is true."""

    dispatch: str
    traits: Mapping[str, float]
    now: float
    is_same: bool
    unseen: bool


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(files: Sequence[Path]) -> None:
    """Fit the weights and print them."""
    gazetteer, recogniser = open_gazetteer(own=False), default_reader()
    found = [
        pair
        for path in files
        for dispatch in read([path])
        if dispatch.language == "en"
        for pair in pairs(dispatch, gazetteer, recogniser, unseen=is_unseen(path, dispatch.id))
    ]
    names = list(found[0].traits)
    inputs = np.array([[float(pair.traits[name]) for name in names] for pair in found])
    gold = np.array([pair.is_same for pair in found], np.float64)
    counts = np.array([UNSEEN if pair.unseen else 1.0 for pair in found])
    part = np.array([zlib.crc32(pair.dispatch.encode()) % PARTS for pair in found])
    said = np.zeros(len(gold))
    for number in range(PARTS):
        away = part == number
        said[away] = inputs[away] @ fit(inputs[~away], gold[~away], counts[~away])
    for name, of in (("all", counts > 0), ("unseen", counts > 1)):
        now = np.array([pair.now >= 0 for pair in found])[of]
        right = gold[of] == 1
        click.echo(
            f"{name}: {of.sum()} pairs, {right.sum()} of one event; right by weights fitted on others "
            f"{np.mean((said[of] >= 0) == right):.3f}, by those in use {np.mean(now == right):.3f}"
        )
    for name, weight in zip(names, fit(inputs, gold, counts), strict=True):
        click.echo(f'    "{name}": {weight:.2f},')


def pairs(dispatch: Dispatch, gazetteer: Gazetteer, recogniser: Recogniser, *, unseen: bool) -> Iterator[Pair]:
    """Pair each mention of a dispatch with the events begun before it, which are gathered as the labels say."""
    begun: dict[int, Draft] = {}
    order: list[int] = []
    for mention in _mentions(dispatch, gazetteer, recogniser):
        number = _number(mention, dispatch)
        if number is None:
            continue
        for other in order:
            place = {"latest": other == order[-1], "main": other == order[0]}
            if not is_another(mention, begun[other], **place):
                found, now = traits(mention, begun[other], **place), likeness(mention, begun[other], **place)
                yield Pair(dispatch.id, found, now, other == number, unseen)
        begun.setdefault(number, Draft()).add(mention)
        # As the drafts of a report stand: the one spoken of last stands last, and the first stays the main one.
        if number not in order:
            order.append(number)
        elif order[0] != number:
            order.remove(number)
            order.append(number)


def _mentions(dispatch: Dispatch, gazetteer: Gazetteer, recogniser: Recogniser) -> list[Mention]:
    """Find the mentions of a dispatch in the order in which they are gathered: the headline's last."""
    drafts = drafted(dispatch, gazetteer, recogniser).drafts
    found = [m for draft in drafts for m in draft.mentions if m.trigger.end > m.trigger.start]
    return sorted(found, key=lambda m: (m.sentence.role == "title", m.sentence.start, m.trigger.start))


def _number(mention: Mention, dispatch: Dispatch) -> int | None:
    start, end = mention.sentence.start + mention.trigger.start, mention.sentence.start + mention.trigger.end
    told = (label for label in dispatch.labels if label.status and label.start < end and start < label.end)
    return next((label.incident for label in told), None)


if __name__ == "__main__":
    main()
