"""The model's files in sessions of onnxruntime: windows of words in, a row of scores for each word out."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from mapper.errors import ModelError
from mapper.language.heads import ARGUMENTS, HEADS, OUTPUTS
from mapper.language.windows import windows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from mapper.language.words import Word, WordPieces

__all__ = ["ARGUMENTS_FILE", "HALVES", "LAYOUT", "Profile", "Session"]

Profile = Literal["full", "fast"]
"""All layers, or the lower half of them: twice as fast, and a little less sure."""

HALVES = ("lower.onnx", "upper.onnx")
"""The files of a model: the lower layers with heads of their own, and the upper ones that go on from there."""

ARGUMENTS_FILE = "arguments.onnx"
"""What goes on from the lower layers for one event: what belongs to it."""

LAYOUT = ";".join(
    f"{h.name}={','.join(h.classes)}"
    for h in (*HEADS.values(), *(a._replace(name=f"of an event: {a.name}") for a in ARGUMENTS.values()))
)
"""The questions that a model answers, as its files name them."""

_SHORTEST = 2  # files of the fast profile
_TEXT, _ANSWER, _ARGUMENTS = ["pieces", "cases", "mask"], ["classes"], ["arguments"]


class _Row(NamedTuple):
    """The wordpieces of a document, one after another, and with which of them each word begins; last, their number."""

    pieces: NDArray[np.int32]
    cases: NDArray[np.int32]
    begins: NDArray[np.int64]


class Session:
    """The open files of a model.

    Parameters
    ----------
    folder
        Holds the files of `HALVES` and `ARGUMENTS_FILE`; the fast profile leaves the second half closed.
    threads
        Processors that one pass may use.

    Raises
    ------
    ModelError
        When a file is missing, is no model, or one of other heads than this version of the package reads.
    """

    def __init__(self, folder: Path, *, profile: Profile = "full", threads: int = 1) -> None:
        used = [*(HALVES[:1] if profile == "fast" else HALVES), ARGUMENTS_FILE]
        paths = [folder / name for name in used]
        parts = [_opened(path, threads) for path in paths]
        self._handed_on = _handed_on(parts, paths)
        notes = [part.get_modelmeta().custom_metadata_map for part in parts]
        self.version: str | None = notes[0].get("version")
        if any(n.get("version") != self.version for n in notes):
            raise _other_version(f"the files {' and '.join(used)} in {folder} are not of one model")
        *self._halves, self._argument_reader = parts

    def scores(self, sentences: Sequence[Sequence[Word]], wordpieces: WordPieces) -> NDArray[np.float32]:
        """Read a document.

        Parameters
        ----------
        sentences
            The words of each sentence, in order.
        wordpieces
            The vocabulary that the words were cut with.

        Returns
        -------
        ndarray of float32
            Log-odds of every class of `HEADS`, a row for each word of all sentences, in order; the mean over its
            wordpieces.
        """
        row = _laid_out([w for sentence in sentences for w in sentence])
        begins = row.begins
        scores = np.zeros((len(begins) - 1, OUTPUTS), np.float32)
        # One window at a time: two read together would share one scale of eight bits, and change each other's numbers;
        # on one processor it costs the same, as a window fills its caches.
        for window in windows(sentences):
            answer = self._answer(_inputs(row, begins[window.start], begins[window.stop], wordpieces))
            first, last = 1 + begins[[window.first, window.last]] - begins[window.start]  # after the window's mark
            words = begins[window.first : window.last] - begins[window.first]
            np.add.reduceat(answer[first:last], words, axis=0, out=scores[window.first : window.last])
        return scores / np.diff(begins).astype(np.float32)[:, None]

    def _answer(self, inputs: dict[str, NDArray[np.int32]]) -> NDArray[np.float32]:
        if len(self._halves) == 1:
            (answer,) = self._halves[0].run(_ANSWER, inputs)
        else:
            (answer,) = self._halves[1].run(_ANSWER, {self._handed_on: self._middle(inputs), "mask": inputs["mask"]})
        only: NDArray[np.float32] = answer[0]
        return only

    def _middle(self, inputs: dict[str, NDArray[np.int32]]) -> NDArray[np.float32]:
        middle: NDArray[np.float32]
        (middle,) = self._halves[0].run([self._handed_on], inputs)
        return middle

    def lower(self, words: Sequence[Word], wordpieces: WordPieces) -> NDArray[np.float32]:
        """Give what the lower layers say of a stretch, for `arguments` to go on from: (1, pieces + 2, width)."""
        row = _laid_out(words)
        return self._middle(_inputs(row, 0, int(row.begins[-1]), wordpieces))

    def arguments(
        self, middle: NDArray[np.float32], words: Sequence[Word], marks: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        """Read a stretch of text once more, for one event.

        Parameters
        ----------
        middle
            What `lower` gave for these words.
        words
            The stretch.
        marks
            Index of `mapper.language.heads.MARKS` of each word.

        Returns
        -------
        ndarray of float32
            Log-odds of every class of `ARGUMENTS`, a row for each word; the mean over its wordpieces.
        """
        lengths = np.fromiter((len(w.pieces) for w in words), np.int64, len(words))
        wide = np.zeros(middle.shape[:2], np.int32)
        wide[0, 1:-1] = np.repeat(marks, lengths)
        inputs = {self._handed_on: middle, "marks": wide, "mask": np.ones_like(wide)}
        answer: NDArray[np.float32] = self._argument_reader.run(_ARGUMENTS, inputs)[0][0, 1:-1]
        begins = np.cumsum(lengths) - lengths
        rows: NDArray[np.float32] = np.add.reduceat(answer, begins, axis=0, dtype=np.float32)
        rows /= lengths.astype(np.float32)[:, None]
        return rows


def _opened(path: Path, threads: int) -> InferenceSession:
    import onnxruntime  # noqa: PLC0415  slow to import: only where a text is read

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what goes wrong comes as an exception
    try:
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        reason = "it is no model file, or a broken one" if path.is_file() else "it is not there"
        hint = "install incident-mapper again, or give another folder"
        raise ModelError(f"cannot open the model {path}: {reason}", hint=hint) from error
    if session.get_modelmeta().custom_metadata_map.get("heads") != LAYOUT:
        raise _other_version(f"{path} was made for another version of this program")
    return session


def _handed_on(parts: Sequence[InferenceSession], paths: Sequence[Path]) -> str:
    """Give the name of what the lower layers hand to the others, once it is clear that the files are what they say."""
    takes: list[list[str]] = [[i.name for i in part.get_inputs()] for part in parts]
    gives: list[list[str]] = [[o.name for o in part.get_outputs()] for part in parts]
    middle = gives[0][-1]
    lower = (_TEXT, [*_ANSWER, middle])
    upper = ([middle, "mask"], _ANSWER)
    wanted = [lower, *([upper] if len(parts) > _SHORTEST else []), ([middle, "marks", "mask"], _ARGUMENTS)]
    for path, found, right in zip(paths, zip(takes, gives, strict=True), wanted, strict=True):
        if found != right:
            raise _other_version(f"{path} is not the part of a model that its name says")
    return middle


def _other_version(message: str) -> ModelError:
    return ModelError(message, hint="use the model that this version of incident-mapper brings")


def _laid_out(words: Sequence[Word]) -> _Row:
    lengths = np.fromiter((len(w.pieces) for w in words), np.int64, len(words))
    begins = np.concatenate([[0], np.cumsum(lengths)])
    pieces = np.fromiter(chain.from_iterable(w.pieces for w in words), np.int32, int(begins[-1]))
    cases = np.fromiter((w.case for w in words), np.int32, len(words))
    return _Row(pieces, np.repeat(cases, lengths), begins)


def _inputs(row: _Row, start: int, stop: int, wordpieces: WordPieces) -> dict[str, NDArray[np.int32]]:
    """Give a stretch of wordpieces between the two marks that the encoder wants, as a batch of one."""
    pieces = np.empty((1, stop - start + 2), np.int32)
    pieces[0, 0], pieces[0, -1] = wordpieces.begin, wordpieces.end
    pieces[0, 1:-1] = row.pieces[start:stop]
    cases = np.zeros_like(pieces)
    cases[0, 1:-1] = row.cases[start:stop]
    return {"pieces": pieces, "cases": cases, "mask": np.ones_like(pieces)}
