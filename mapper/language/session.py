"""The encoder's files in sessions of onnxruntime: windows of words in, a row of scores for each word out."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from mapper.errors import ModelError
from mapper.language.heads import HEADS, LINK_SIZE, OUTPUTS
from mapper.language.windows import windows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from mapper.language.words import Word, WordPieces

__all__ = ["HALVES", "Profile", "Scores", "Session"]

Profile = Literal["full", "fast"]
"""All layers, or the lower half of them: twice as fast, and a little less sure."""

HALVES = ("lower.onnx", "upper.onnx")
"""The files of a model: the lower layers with heads of their own, and the upper ones that go on from there."""

_TEXT, _ANSWERS = ["pieces", "cases", "mask"], ["classes", "links"]
_LAYOUT = ";".join(f"{h.name}={','.join(h.classes)}" for h in HEADS.values())


class Scores(NamedTuple):
    """Of each word: log-odds of every class (words, OUTPUTS), and its two link vectors (words, 2 * LINK_SIZE)."""

    classes: NDArray[np.float32]
    links: NDArray[np.float32]


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
        Holds the files of `HALVES`; the fast profile opens the first alone.
    threads
        Processors that one pass may use.

    Raises
    ------
    ModelError
        When a file is missing, is no model, or one of other heads than this version of the package reads.
    """

    def __init__(self, folder: Path, *, profile: Profile = "full", threads: int = 1) -> None:
        used = HALVES[:1] if profile == "fast" else HALVES
        paths = [folder / name for name in used]
        self._halves = [_opened(path, threads) for path in paths]
        self._handed_on = _handed_on(self._halves, paths)
        notes = [half.get_modelmeta().custom_metadata_map for half in self._halves]
        self.version: str | None = notes[0].get("version")
        if any(n.get("version") != self.version for n in notes):
            raise _other_version(f"the files {' and '.join(used)} in {folder} are not of one model")
        try:
            self.link_bias = float(notes[-1]["link_bias"])
        except (KeyError, ValueError) as error:
            raise _other_version(f"{paths[-1]} was made for another version of this program") from error

    def scores(self, sentences: Sequence[Sequence[Word]], wordpieces: WordPieces) -> Scores:
        """Read a document.

        Parameters
        ----------
        sentences
            The words of each sentence, in order.
        wordpieces
            The vocabulary that the words were cut with.

        Returns
        -------
        Scores
            A row for each word of all sentences, in order; the mean over its wordpieces.
        """
        row = _laid_out([w for sentence in sentences for w in sentence])
        begins = row.begins
        scores = Scores(*(np.zeros((len(begins) - 1, width), np.float32) for width in (OUTPUTS, 2 * LINK_SIZE)))
        # One window at a time: two read together would share one scale of eight bits, and change each other's numbers;
        # on one processor it costs the same, as a window fills its caches.
        for window in windows(sentences):
            answers = self._answers(_inputs(row, begins[window.start], begins[window.stop], wordpieces))
            first, last = 1 + begins[[window.first, window.last]] - begins[window.start]  # after the window's mark
            words = begins[window.first : window.last] - begins[window.first]
            for (answer,), whole in zip(answers, scores, strict=True):
                np.add.reduceat(answer[first:last], words, axis=0, out=whole[window.first : window.last])
        lengths = np.diff(begins).astype(np.float32)[:, None]
        return Scores(scores.classes / lengths, scores.links / lengths)

    def _answers(self, inputs: dict[str, NDArray[np.int32]]) -> Sequence[NDArray[np.float32]]:
        answers: Sequence[NDArray[np.float32]]
        if len(self._halves) == 1:
            answers = self._halves[0].run(_ANSWERS, inputs)
            return answers
        lower, upper = self._halves
        middle = lower.run([self._handed_on], inputs)[0]
        answers = upper.run(_ANSWERS, {self._handed_on: middle, "mask": inputs["mask"]})
        return answers


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
    if session.get_modelmeta().custom_metadata_map.get("heads") != _LAYOUT:
        raise _other_version(f"{path} was made for another version of this program")
    return session


def _handed_on(halves: Sequence[InferenceSession], paths: Sequence[Path]) -> str:
    """Give the name of what the lower layers hand to the upper ones, once it is clear that the files are these two."""
    takes: list[list[str]] = [[i.name for i in half.get_inputs()] for half in halves]
    gives: list[list[str]] = [[o.name for o in half.get_outputs()] for half in halves]
    wanted = [(_TEXT, [*_ANSWERS, *gives[0][len(_ANSWERS) :][:1]]), ([*gives[0][-1:], "mask"], _ANSWERS)]
    for path, found, right in zip(paths, zip(takes, gives, strict=True), wanted, strict=False):
        if found != right:
            raise _other_version(f"{path} is not the part of a model that its name says")
    return gives[0][-1]


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
