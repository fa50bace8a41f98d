"""Training: passes over the examples, the loss of every head, and checkpoints that a broken-off run goes on from."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from mapper.language.heads import HEADS
from mapper.language.windows import WINDOW
from mapper.training.encoder import LINK_SIZE, Encoder, Scores
from mapper.training.examples import SILENT, Row, rows
from mapper.training.renaming import Renaming, recased

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mapper.language.words import WordPieces
    from mapper.training.corpora import Example

__all__ = ["Course", "rate_after", "train", "trained", "varied"]

WEIGHTS = {
    "place": 1.0, "person": 0.5, "organisation": 0.5, "demonym": 0.3, "kind": 0.3, "trigger": 1.5, "status": 0.2,
    "role": 0.3, "count": 0.3,
}  # fmt: skip
"""What each head's mean loss counts."""

SNAPSHOT = 150
"""Steps between two copies of the average, to look at a model while it learns."""

FINISHED = "encoder.pt"
"""File beside the checkpoint that holds the weights in the end, for `trained`."""

LINK_WEIGHT, EXIT_WEIGHT, TEACH_WEIGHT = 0.4, 0.4, 0.5
"""What links count; what the heads after layer EXIT count; and what they lose for not agreeing with their teacher."""

LABEL_WEIGHT = 0.5
"""What the labels count for a model that has teachers; the teachers' answers count 1, but where all is labelled."""


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast a model is trained.

    Attributes
    ----------
    passes
        Times that the open corpora are shown, each by its weight.
    own
        Times that the project's own dispatches are shown in each pass, mostly under other names; real reports that
        it labelled twice as often.
    batch
        Wordpieces of a step, about.
    rate, head_rate, case_rate
        Highest learning rates of the base, of the heads, and of the embedding of case, which starts from nothing.
    """

    passes: int = 3
    own: int = 2
    batch: int = 2048
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    case_rate: float = 4e-3
    warmup: float = 0.06
    averaged: float = 0.998
    renamed: float = 0.6
    renamed_open: float = 0.35
    seed: int = 1
    threads: int = 1


class _Batch(NamedTuple):
    pieces: Tensor
    cases: Tensor
    mask: Tensor
    labels: Tensor
    links: tuple[Tensor, Tensor, Tensor]
    open: Tensor


def train(
    examples: Sequence[Example], wordpieces: WordPieces, names: Renaming, course: Course, checkpoint: Path,
    *, told: Callable[[str], None], teachers: Sequence[Encoder] = (),
) -> Encoder:  # fmt: skip
    """Train an encoder from the base weights, or go on from a checkpoint of the same course.

    With teachers it begins as the first of them, and learns what they answer together beside what the labels say: the
    mean of several models is righter than each, and knows of every text what the corpora label of some.

    Parameters
    ----------
    examples
        Open corpora and own dispatches.
    checkpoint
        File that is written after every pass (aside and renamed), and read first where it is there.
    told
        Is told of the progress, a line at a time.
    teachers
        Models of the same shape, trained before.

    Returns
    -------
    Encoder
        With the running average of its weights, which is steadier than the last step's.
    """
    torch.set_num_threads(course.threads)
    torch.manual_seed(course.seed)
    model = Encoder.from_base()
    if teachers:
        model.load_state_dict(teachers[0].state_dict())
    # The vocabulary stays as the base has it: what a few thousand texts teach of a word, they should not teach alone.
    model.word.requires_grad_(requires_grad=False)
    model.position.requires_grad_(requires_grad=False)
    initial = {name: value.detach().clone() for name, value in model.state_dict().items()}
    average = {name: value.clone() for name, value in initial.items()}
    optimiser = _optimiser(model, course)
    begun = 0
    steps = course.passes * _steps_in(examples, course)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate_after(step / steps, course.warmup))
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        average, begun = state["average"], state["passes"]
        optimiser.load_state_dict(state["optimiser"])
        scheduler.load_state_dict(state["scheduler"])
    for number in range(begun, course.passes):
        chance = random.Random(f"{course.seed}.{number}")  # noqa: S311  no secret
        clock, seen, total = time.process_time(), 0, 0.0
        for step, batch in enumerate(_batches(examples, wordpieces, names, course, chance), start=1):
            model.train()
            loss = _loss(batch, model, teachers)
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            scheduler.step()
            _blend(average, model, course.averaged)
            seen += int(batch.mask.sum())
            total += loss.item()
            if step % 50 == 0:
                speed = seen / (time.process_time() - clock)
                at = f"pass {number + 1} step {step}/{steps // course.passes}"
                told(f"{at} loss {total / 50:.3f} {speed:.0f} pieces a CPU second")
                total = 0.0
            if step % SNAPSHOT == 0:
                torch.save(average, checkpoint.with_name("snapshot.pt"))
        _save(checkpoint, model, average=average, optimiser=optimiser, scheduler=scheduler, passes=number + 1)
    left = course.averaged**scheduler.last_epoch
    model.load_state_dict(_without_start(average, initial, left))
    model.eval()
    aside = checkpoint.with_name(FINISHED).with_suffix(".part")
    torch.save(model.state_dict(), aside)
    aside.replace(checkpoint.with_name(FINISHED))
    return model


def trained(work: Path) -> Encoder:
    """Read the model that a finished course has left in its working folder."""
    model = Encoder.from_base()
    model.load_state_dict(torch.load(work / FINISHED, weights_only=True))
    model.eval()
    return model


def rate_after(done: float, warmup: float) -> float:
    """Give the share of the highest rate that is due after a share of the steps: up, then down to nearly nothing."""
    return done / warmup if done < warmup else max(0.02, (1.0 - done) / (1.0 - warmup))


def _optimiser(model: Encoder, course: Course) -> torch.optim.Optimizer:
    rates = {"case": course.case_rate, "heads": course.head_rate, "link_bias": course.head_rate}
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = rates.get(name.split(".")[0], course.rate)
        decay = 0.01 if parameter.ndim > 1 and not name.startswith(("word", "position", "case")) else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    settings = [{"params": p, "lr": rate, "weight_decay": decay} for (rate, decay), p in groups.items()]
    return torch.optim.AdamW(settings, fused=True)


def _blend(average: dict[str, Tensor], model: Encoder, kept: float) -> None:
    with torch.no_grad():
        for name, value in model.named_parameters():
            if value.requires_grad:
                average[name].lerp_(value, 1.0 - kept)


def _without_start(average: dict[str, Tensor], initial: dict[str, Tensor], left: float) -> dict[str, Tensor]:
    """Take what is left of the untrained weights out of their running average."""
    if left == 1.0:
        return average
    return {name: (value - left * initial[name]) / (1.0 - left) for name, value in average.items()}


def _save(
    path: Path,
    model: Encoder,
    *,
    average: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    passes: int,
) -> None:
    aside = path.with_suffix(".part")
    state = {
        "model": model.state_dict(),
        "average": average,
        "optimiser": optimiser.state_dict(),
        "scheduler": scheduler.state_dict(),
        "passes": passes,
    }
    torch.save(state, aside)
    aside.replace(path)


def _shown(examples: Sequence[Example], course: Course, chance: random.Random) -> Iterator[Example]:
    """Give the examples of one pass: each as often as its weight says."""
    for example in examples:
        weight = _weight(example, course)
        yield from [example] * (int(weight) + (chance.random() < weight % 1))


def _weight(example: Example, course: Course) -> float:
    return course.own * (2 if example.settled else 1) if example.own else example.weight


def _steps_in(examples: Sequence[Example], course: Course) -> int:
    letters = sum(len(e.text) * _weight(e, course) for e in examples)
    return max(1, round(letters / 3.65 / course.batch))


def _batches(
    examples: Sequence[Example], wordpieces: WordPieces, names: Renaming, course: Course, chance: random.Random
) -> Iterator[_Batch]:
    shown = list(_shown(examples, course, chance))
    chance.shuffle(shown)
    waiting: list[Row] = []
    enough = 24 * course.batch
    filled = 0
    for example in shown:
        size = WINDOW if chance.random() < 0.8 else 2 * WINDOW
        for row in rows(varied(example, names, course, chance), wordpieces, size=size):
            waiting.append(row)
            filled += len(row.pieces)
        if filled > enough:
            yield from _packed(waiting, course.batch, chance)
            waiting, filled = [], 0
    yield from _packed(waiting, course.batch, chance)


def varied(example: Example, names: Renaming, course: Course, chance: random.Random) -> Example:
    """Give an example as it is shown once: under other names as often as the course says, and now and then recased."""
    renamed = course.renamed if example.own else course.renamed_open
    if example.language in {"en", "es", "fr"} and "place" in example.known and chance.random() < renamed:
        example = names.renamed(example, chance)
    return recased(example, chance)


def _packed(waiting: list[Row], batch: int, chance: random.Random) -> Iterator[_Batch]:
    """Put windows of like length together."""
    waiting.sort(key=lambda row: len(row.pieces) + chance.random())
    packs: list[list[Row]] = [[]]
    for row in waiting:
        if packs[-1] and len(row.pieces) * (len(packs[-1]) + 1) > batch:
            packs.append([])
        packs[-1].append(row)
    chance.shuffle(packs)
    yield from (_batch(pack) for pack in packs if pack)


def _batch(pack: Sequence[Row]) -> _Batch:
    length = max(len(row.pieces) for row in pack)
    shape = (len(pack), length)
    pieces, cases, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    labels = np.full((len(HEADS), *shape), SILENT, np.int64)
    for i, row in enumerate(pack):
        n = len(row.pieces)
        pieces[i, :n], cases[i, :n], mask[i, :n], labels[:, i, :n] = row.pieces, row.cases, 1, row.labels
    events = np.concatenate([row.links.events + i * length for i, row in enumerate(pack)])
    others = np.concatenate([row.links.others + i * length for i, row in enumerate(pack)])
    belongs = np.concatenate([row.links.belongs for row in pack])
    links = (torch.from_numpy(events), torch.from_numpy(others), torch.from_numpy(belongs))
    whole = (torch.from_numpy(pieces), torch.from_numpy(cases), torch.from_numpy(mask), torch.from_numpy(labels))
    return _Batch(*whole, links, torch.tensor([row.open for row in pack]))


def _loss(batch: _Batch, model: Encoder, teachers: Sequence[Encoder] = ()) -> Tensor:
    first, last = model(batch.pieces, batch.cases, batch.mask)
    labels = LABEL_WEIGHT if teachers else 1.0
    loss = labels * (_task_loss(last, batch, model) + EXIT_WEIGHT * _task_loss(first, batch, model))
    asked = batch.mask.bool() & batch.open[:, None] if teachers else batch.mask.bool()
    there = asked.flatten()
    early, late = (scores.classes.flatten(0, 1)[there] for scores in (first, last))
    if not teachers:
        return loss + TEACH_WEIGHT * _teaching(early, _answers([late.detach()]))
    if not len(late):
        return loss
    with torch.no_grad():
        known = _answers([t(batch.pieces, batch.cases, batch.mask)[1].classes.flatten(0, 1)[there] for t in teachers])
    return loss + _teaching(late, known) + TEACH_WEIGHT * _teaching(early, known)


def _task_loss(scores: Scores, batch: _Batch, model: Encoder) -> Tensor:
    flat = scores.classes.flatten(0, 1)
    total = flat.new_zeros(())
    for number, head in enumerate(HEADS.values()):
        labels = batch.labels[number].flatten()
        if bool((labels != SILENT).any()):
            loss = functional.cross_entropy(flat[:, head.columns], labels, ignore_index=SILENT)
            total = total + WEIGHTS[head.name] * loss
    events, others, belongs = batch.links
    if len(events):
        links = scores.links.flatten(0, 1)
        product = (links[events, :LINK_SIZE] * links[others, LINK_SIZE:]).sum(-1) / LINK_SIZE**0.5
        total = total + LINK_WEIGHT * functional.binary_cross_entropy_with_logits(product + model.link_bias, belongs)
    return total


def _answers(scores: Sequence[Tensor]) -> dict[str, Tensor]:
    """Give the mean of several models' probabilities, by head."""
    return {
        name: torch.stack([one[:, head.columns].softmax(-1) for one in scores]).mean(0) for name, head in HEADS.items()
    }


def _teaching(scores: Tensor, known: Mapping[str, Tensor]) -> Tensor:
    """Give how far scores are from what is known, over every head and piece."""
    total = scores.new_zeros(())
    for head in HEADS.values():
        total = total + WEIGHTS[head.name] * functional.cross_entropy(scores[:, head.columns], known[head.name])
    return total
