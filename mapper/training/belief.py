"""Learn how sure an incident is: ``python -m mapper.training.belief FILE...``.

Gathers all that may be an incident of dispatches that the model was not trained on, and fits the two logistic models of
`mapper.incidents.belief` to which of it their labels know: as an event, and as one of that kind at that place. Then the
weights of `mapper.incidents.classing`, which choose the kind. Prints the weights, to be put there, and how true the
chances are when each dispatch is judged by weights fitted on others.
"""

from __future__ import annotations

import zlib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import numpy as np

from mapper.gazetteer import open_gazetteer
from mapper.incidents import belief, classing
from mapper.incidents.extraction import is_told
from mapper.incidents.telling import Teller
from mapper.language import default_reader
from mapper.language.heads import EVENT_TYPES
from mapper.training.confidence import fit
from mapper.training.drafted import drafted
from mapper.training.held import is_unseen
from mapper.training.markup import PLACE_TAGS, Dispatch, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.gazetteer import Gazetteer
    from mapper.incidents.grouping import Draft
    from mapper.language import Recogniser
    from mapper.records import Incident

__all__ = ["Judged", "judged", "main"]

PARTS = 5
_STEPS, _PACE = 2000, 0.3
_RELIABILITY = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)


class Judged(NamedTuple):
    """One draft as it would be told, and what speaks for it; the number of its event in the labels; if it is right.

    Right is what has the kind of its labels, and lies at a place of theirs or nowhere. `kinds` are those of the labels,
    `kind_traits` what speaks for each that it may be.
    """

    dispatch: str
    incident: Incident
    traits: Mapping[str, float]
    place_traits: Mapping[str, float]
    number: int | None
    is_right: bool
    is_told: bool
    kinds: frozenset[str]
    kind_traits: Mapping[str, Mapping[str, float]]

    @property
    def is_one(self) -> bool:
        """Whether the labels know the event at all."""
        return self.number is not None


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(files: Sequence[Path]) -> None:
    """Fit the weights and print them."""
    gazetteer, recogniser = open_gazetteer(own=False), default_reader()
    read_of = ((path, dispatch) for path in files for dispatch in read([path]))
    unseen = [dispatch for path, dispatch in read_of if dispatch.language == "en" and is_unseen(path, dispatch.id)]
    found = [j for dispatch in unseen for j in judged(dispatch, gazetteer, recogniser)]
    chances = _learnt("_IS_ONE", found, [j.traits for j in found], [j.is_one for j in found])
    told = [(j, float(chance)) for j, chance in zip(found, chances, strict=True) if chance >= belief.DOUBTED]
    inputs = [belief.right_traits(j.traits, j.place_traits, chance) for j, chance in told]
    _learnt("_IS_RIGHT", [j for j, _ in told], inputs, [j.is_right for j, _ in told])
    _learn_kinds([j for j in found if j.is_one and len(j.kind_traits) > 1])


def _learnt(
    name: str, of: Sequence[Judged], traits: Sequence[Mapping[str, float]], right: Sequence[bool]
) -> NDArray[np.float64]:
    """Print the weights fitted on all, and give the chances by weights that are fitted on the other parts alone."""
    names = list(dict.fromkeys(n for found in traits for n in found))
    inputs = np.array([[float(found.get(n, 0.0)) for n in names] for found in traits])
    gold, even = np.array(right, np.float64), np.ones(len(right))
    part = np.array([zlib.crc32(j.dispatch.encode()) % PARTS for j in of])
    chances = np.zeros(len(gold))
    for number in range(PARTS):
        away = part == number
        weights = fit(inputs[~away], gold[~away], even[~away])
        chances[away] = 1.0 / (1.0 + np.exp(-inputs[away] @ weights))
    click.echo(f"{name}: {len(gold)} drafts, {int(gold.sum())} of them right")
    for low, high in pairwise(_RELIABILITY):
        inside = (chances >= low) & (chances < high)
        if inside.any():
            said, was = chances[inside].mean(), gold[inside].mean()
            click.echo(f"    {inside.sum():4d} said {said:.2f}, right {was:.2f}")
    for trait, weight in zip(names, fit(inputs, gold, even), strict=True):
        click.echo(f'    "{trait}": {weight:.2f},')
    return chances


def _learn_kinds(found: Sequence[Judged]) -> None:
    """Print the weights by which the kind is chosen, and how often those fitted on other dispatches choose rightly."""
    names = list(next(iter(found[0].kind_traits.values())))
    inputs = np.array([[[of[name] for name in names] for of in j.kind_traits.values()] for j in found])
    gold = np.array([[kind in j.kinds for kind in j.kind_traits] for j in found], np.float64)
    part = np.array([zlib.crc32(j.dispatch.encode()) % PARTS for j in found])
    right = 0.0
    for number in range(PARTS):
        away = part == number
        chosen = (inputs[away] @ _chooser(inputs[~away], gold[~away])).argmax(axis=1)
        right += gold[away][np.arange(len(chosen)), chosen].sum()
    click.echo(f"kinds: {len(found)} drafts, {right / len(found):.2f} chosen rightly")
    for name, weight in zip(names, _chooser(inputs, gold), strict=True):
        click.echo(f'    "{name}": {weight:.2f},')


def _chooser(inputs: NDArray[np.float64], gold: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit a conditional logistic model by gradient: (drafts, kinds, traits) and which kinds are right."""
    weights = np.zeros(inputs.shape[2])
    for _ in range(_STEPS):
        scores = inputs @ weights
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        wanted = chance * gold + 1e-12
        wanted /= wanted.sum(axis=1, keepdims=True)
        weights += _PACE * (np.einsum("nkf,nk->f", inputs, wanted - chance) - weights) / len(inputs)
    return weights


def judged(dispatch: Dispatch, gazetteer: Gazetteer, recogniser: Recogniser) -> Iterator[Judged]:
    """Judge every draft of a dispatch by its labels."""
    document, sentences, resolutions, drafts = drafted(dispatch, gazetteer, recogniser)
    for draft, incident in Teller(document, sentences, resolutions).tell(drafts):
        number = _labelled(dispatch, draft)
        own = {x.tag for x in dispatch.labels if number is not None and x.incident == number}
        kinds = own.intersection(EVENT_TYPES)
        yield Judged(
            dispatch.id,
            incident,
            belief.traits(draft, incident.event_type),
            belief.place_traits(draft, incident.places),
            number,
            incident.event_type in kinds and _is_placed(dispatch, number, incident),
            is_told(draft, document),
            frozenset(kinds),
            classing.traits(draft),
        )


def _labelled(dispatch: Dispatch, draft: Draft) -> int | None:
    """Give the number of the incident whose labelled words most of a draft's mentions stand on."""
    at = [(m.sentence.start + m.trigger.start, m.sentence.start + m.trigger.end) for m in draft.mentions]
    numbers = Counter(
        x.incident
        for x in dispatch.labels
        if x.tag in EVENT_TYPES
        for start, end in at
        if start < x.end and x.start < end
    )
    return numbers.most_common(1)[0][0] if numbers else None


def _is_placed(dispatch: Dispatch, number: int | None, incident: Incident) -> bool:
    """Tell whether an incident is shown at a place that its labels name, or nowhere."""
    named = [
        (x.start, x.end) for x in dispatch.labels if x.incident == number and (x.tag in PLACE_TAGS or x.tag == "back")
    ]
    shown = [p.resolution.toponym for p in incident.places if p.role == "happened"]
    return not shown or any(t.start < end and start < t.end for t in shown for start, end in named)


if __name__ == "__main__":
    main()
