"""Training the argument reader: which words tell where one event happened, who did it to whom, and how many.

The corpora of events and the project's own dispatches say for each event what belongs to it. The encoder is trained
before and stays as it is: the reader learns on what its lower layers hand on, so that one text is read once however
many events it tells of.
"""

from __future__ import annotations

import random
import re
import time
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from mapper.incidents.lexicon import find_triggers, tokenize
from mapper.language.heads import ARGUMENTS, BIO, MARKS
from mapper.language.windows import surroundings
from mapper.training.encoder import ArgumentReader, Encoder
from mapper.training.examples import SILENT, inside, words_of
from mapper.training.learning import rate_after, varied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from mapper.language.words import Word, WordPieces
    from mapper.training.corpora import Example, Mark
    from mapper.training.learning import Course
    from mapper.training.renaming import Renaming

__all__ = ["ArgumentRow", "argument_rows", "argument_scores", "train_arguments"]

WEIGHTS = {"place": 1.0, "role": 0.5, "count": 0.5, "same": 0.5, "trigger": 0.5, "status": 0.2}
"""What each question's mean loss counts."""

OWN = 2
"""Times that the project's own dispatches are shown in each pass."""

PASSES, RATE = 2, 3e-4
"""Times that everything is shown, and the highest learning rate of the layers; new parts learn four times as fast."""

MORE_PASSES, MORE_RATE = 1, 1.5e-4
"""The same for a reader that begins as that of a run before."""

AVERAGED = 0.995
"""What a step leaves of the running average of the weights, which is steadier than the last step's."""


CHANCE_WORDS = 40
"""One in so many ordinary words is asked about as if it told of an event, beside those of the lexicon."""

_BESIDE = frozenset({"effect", "hint"})
"""Words of harm and of means stand beside what tells of the event: they are not asked about."""

_OWNED = re.compile(r"['\u2019]s\s+(?:[a-z][\w-]*\s+){0,3}")
_LIES_IN = re.compile(r"(?:\s+[a-z][\w-]*){0,2}(?:,|\s+(?:in|of|near))(?:\s+[a-z][\w-]*){0,5}\s+")
"""Between a place and what holds it: "Yaha district of Yala", "Yaha, in southern Yala"."""
_JOINS = re.compile(
    r"\b(?:and|or|y|et|und|e|to|from|into|at|\d+|another|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty)\b"
)
_LISTED = re.compile(r"\s*(?:,\s*[A-Z][\w' -]*?)*,?\s+(?:and|or|y|et|und|e)\s+(?:[a-z]+\s+){0,3}[A-Z]")
"""Behind a name of a list: "(Mosul,) Tikrit and Baghdad"."""

_SHORT = 3
_ORDER = tuple(ARGUMENTS)
_SAME, _TRIGGER, _STATUS = (_ORDER.index(name) for name in ("same", "trigger", "status"))
_OF_THE_EVENT = (_TRIGGER, _STATUS)


class ArgumentRow(NamedTuple):
    """The surroundings of one event: wordpieces, case, mark, and labels (questions, pieces)."""

    pieces: NDArray[np.int64]
    cases: NDArray[np.int64]
    marks: NDArray[np.int64]
    labels: NDArray[np.int64]


class _Batch(NamedTuple):
    pieces: Tensor
    cases: Tensor
    marks: Tensor
    mask: Tensor
    labels: Tensor


def argument_rows(example: Example, wordpieces: WordPieces) -> Iterator[ArgumentRow]:
    """Give the surroundings of every event that an example marks, labelled with what belongs to that event.

    Where a text's events are all known, words that tell of none are asked about too: those of the lexicon, and a few
    others.
    """
    events = [m for m in example.marks if m.head == "link" and m.value == "event"]
    if not events and not example.own:
        return
    sentences = words_of(example, wordpieces)
    words = [w for sentence in sentences for w in sentence]
    for event in events:
        told = inside(words, event.start, event.end)
        if told:
            labels = _labels(example, words, event.incident)
            labels[_SAME, told] = SILENT  # that an event is itself teaches nothing
            kept = labels[_OF_THE_EVENT, :][:, told]
            labels[_OF_THE_EVENT, :] = SILENT
            labels[np.ix_(_OF_THE_EVENT, told)] = kept
            yield _row(sentences, words, told, labels, wordpieces)
    for told in _ordinary(example, words):
        labels = np.full((len(ARGUMENTS), len(words)), SILENT)
        labels[_TRIGGER, told] = 0
        yield _row(sentences, words, told, labels, wordpieces)


def _row(
    sentences: Sequence[Sequence[Word]], words: Sequence[Word], told: list[int], labels: NDArray[np.int64],
    wordpieces: WordPieces,
) -> ArgumentRow:  # fmt: skip
    around, own = surroundings(sentences, range(told[0], told[-1] + 1))
    marks = np.full(len(words), MARKS.index("elsewhere"))
    marks[own.start : own.stop] = MARKS.index("sentence")
    marks[told] = MARKS.index("event")
    part = slice(around.start, around.stop)
    lengths = [len(w.pieces) for w in words[part]]
    return ArgumentRow(
        np.array([wordpieces.begin, *(p for w in words[part] for p in w.pieces), wordpieces.end]),
        np.array([0, *(w.case for w in words[part] for _ in w.pieces), 0]),
        np.pad(np.repeat(marks[part], lengths), 1),
        np.pad(np.repeat(labels[:, part], lengths, axis=1), ((0, 0), (1, 1)), constant_values=SILENT),
    )


def _ordinary(example: Example, words: Sequence[Word]) -> Iterator[list[int]]:
    """Give words of a text that could be taken for events and are none."""
    if not example.own:
        return
    told = {i for m in example.marks if m.head == "trigger" for i in inside(words, m.start, m.end)}
    for trigger in find_triggers(tokenize(example.text)):
        covered = inside(words, trigger.start, trigger.end)
        if trigger.pos not in _BESIDE and covered and not told.intersection(covered):
            yield covered
    for i, word in enumerate(words):
        chosen = zlib.crc32(f"{example.id} {i}".encode()) % CHANCE_WORDS == 0
        if chosen and i not in told and word.end - word.start > _SHORT:
            yield [i]


def _labels(example: Example, words: Sequence[Word], incident: int | None) -> NDArray[np.int64]:
    """Give the class of each word for each question; a corpus that only says where leaves the others silent."""
    labels = np.full((len(ARGUMENTS), len(words)), SILENT)
    for number, name in enumerate(ARGUMENTS):
        if name == "place" or name in example.known or (name == "same" and "trigger" in example.known):
            labels[number] = 0
    if "status" in example.known:
        labels[_STATUS] = SILENT
    for mark in finest(example.text, [m for m in example.marks if m.incident == incident]):
        covered = inside(words, mark.start, mark.end)
        if mark.head == "link" and mark.value == "place":
            row = labels[_ORDER.index("place")]
            row[covered], row[covered[:1]] = BIO.index("I"), BIO.index("B")
        elif mark.head in {"role", "count", "trigger", "status"}:
            labels[_ORDER.index(mark.head), covered] = ARGUMENTS[mark.head].classes.index(mark.value)
        elif mark.head == "link" and mark.value == "event":
            labels[_SAME, covered] = 1
    return labels


def finest(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """Leave out the places that only say in what another place of the same event lies.

    The corpora name the finest place alone ("Yaha", not "Yala"), the project's own labels both; where a place lies is
    the gazetteer's to say.

    Parameters
    ----------
    text
        The example's text.
    marks
        Those of one event.
    """
    places = sorted((m for m in marks if m.head == "link" and m.value == "place"), key=lambda m: (m.start, -m.end))
    left = set()
    for first, second in pairwise(places):
        between = text[first.end : second.start]
        if _OWNED.fullmatch(between):
            left.add(first)
        elif _LIES_IN.fullmatch(between) and not _JOINS.search(between):
            listed = between.strip() == "," and _LISTED.match(text[second.end :])
            if not listed:
                left.add(second)
    return [m for m in marks if m not in left]


def argument_scores(encoder: Encoder, reader: ArgumentReader, row: ArgumentRow) -> Tensor:
    """Give the scores of one row's pieces: (pieces, ARGUMENT_OUTPUTS)."""
    batch = _batch([row])
    with torch.no_grad():
        scores: Tensor = reader(encoder.lower(batch.pieces, batch.cases, batch.mask), batch.marks, batch.mask)[0]
    return scores


def train_arguments(
    examples: Sequence[Example], encoder: Encoder, wordpieces: WordPieces, names: Renaming, course: Course,
    *, checkpoint: Path, told: Callable[[str], None], before: Path | None = None,
) -> ArgumentReader:  # fmt: skip
    """Train an argument reader on an encoder that is trained already, or go on from a checkpoint.

    Parameters
    ----------
    examples
        Those that mark an event and what belongs to it are used.
    before
        The checkpoint of a run before, as whose reader this one begins, and then learns half as fast and as long.
    checkpoint
        File that is written after every pass (aside and renamed), and read first where it is there.
    told
        Is told of the progress, a line at a time.
    """
    torch.manual_seed(course.seed)
    used = [e for e in examples if e.own or any(m.value == "event" for m in e.marks)]
    reader, begun, passes, rate = ArgumentReader.above(encoder.eval()), 0, PASSES, RATE
    if before is not None:
        reader.load_state_dict(_averaged(torch.load(before, weights_only=True)["average"]))
        passes, rate = MORE_PASSES, MORE_RATE
    steps = passes * sum(1 for _ in _batches(used, wordpieces, names, course, random.Random(0)))  # noqa: S311
    average = AveragedModel(reader, multi_avg_fn=get_ema_multi_avg_fn(AVERAGED))
    optimiser = torch.optim.AdamW(
        [
            {"params": reader.layers.parameters(), "lr": rate},
            {"params": [*reader.mark.parameters(), *reader.head.parameters()], "lr": 4 * rate},
        ],
        weight_decay=0.01,
        fused=True,
    )
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate_after((step + 1) / steps, course.warmup))
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        reader.load_state_dict(state["reader"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        scheduler.load_state_dict(state["scheduler"])
        begun = state["passes"]
    for number in range(begun, passes):
        chance = random.Random(f"{course.seed}.{number}")  # noqa: S311  no secret
        clock, total = time.process_time(), 0.0
        reader.train()
        for step, batch in enumerate(_batches(used, wordpieces, names, course, chance), start=1):
            loss = _loss(batch, encoder, reader)
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            scheduler.step()
            average.update_parameters(reader)
            total += loss.item()
            if step % 50 == 0:
                spent = time.process_time() - clock
                told(f"arguments, pass {number + 1} step {step}/{steps // passes} loss {total / 50:.3f} {spent:.0f} s")
                total = 0.0
        state = {
            "reader": reader.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(),
            "scheduler": scheduler.state_dict(), "passes": number + 1,
        }  # fmt: skip
        aside = checkpoint.with_suffix(".part")
        torch.save(state, aside)
        aside.replace(checkpoint)
    reader.load_state_dict(average.module.state_dict())
    reader.eval()
    return reader


def _averaged(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Give the weights of a running average as those of the model itself."""
    return {name.removeprefix("module."): value for name, value in state.items() if name.startswith("module.")}


def _batches(
    examples: Sequence[Example], wordpieces: WordPieces, names: Renaming, course: Course, chance: random.Random
) -> Iterator[_Batch]:
    """Give one pass over the events, rows of like length together."""
    shown = [e for e in examples for _ in range(OWN if e.own else 1)]
    rows = [row for e in shown for row in argument_rows(varied(e, names, course, chance), wordpieces)]
    rows.sort(key=lambda row: len(row.pieces) + 4 * chance.random())
    packs: list[list[ArgumentRow]] = [[]]
    for row in rows:
        if packs[-1] and len(row.pieces) * (len(packs[-1]) + 1) > course.batch:
            packs.append([])
        packs[-1].append(row)
    chance.shuffle(packs)
    yield from (_batch(pack) for pack in packs if pack)


def _batch(pack: Sequence[ArgumentRow]) -> _Batch:
    shape = (len(pack), max(len(row.pieces) for row in pack))
    pieces, cases, marks, mask = (np.zeros(shape, np.int64) for _ in range(4))
    labels = np.full((len(ARGUMENTS), *shape), SILENT, np.int64)
    for i, row in enumerate(pack):
        n = len(row.pieces)
        pieces[i, :n], cases[i, :n], marks[i, :n], mask[i, :n] = row.pieces, row.cases, row.marks, 1
        labels[:, i, :n] = row.labels
    return _Batch(*(torch.from_numpy(array) for array in (pieces, cases, marks, mask, labels)))


def _loss(batch: _Batch, encoder: Encoder, reader: ArgumentReader) -> Tensor:
    with torch.no_grad():
        middle = encoder.lower(batch.pieces, batch.cases, batch.mask)
    scores = reader(middle, batch.marks, batch.mask).flatten(0, 1)
    total = scores.new_zeros(())
    for number, question in enumerate(ARGUMENTS.values()):
        labels = batch.labels[number].flatten()
        if bool((labels != SILENT).any()):
            loss = functional.cross_entropy(scores[:, question.columns], labels, ignore_index=SILENT)
            total = total + WEIGHTS[question.name] * loss
    return total
