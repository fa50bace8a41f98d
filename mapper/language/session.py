"""The encoder's files in sessions of onnxruntime: windows of words in, a row of scores for each word out."""

from __future__ import annotations

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

    from mapper.language.windows import Window
    from mapper.language.words import Word, WordPieces

__all__ = ["BATCH", "HALVES", "Profile", "Scores", "Session"]

Profile = Literal["full", "fast"]
"""All layers, or half of them: twice as fast, and a little less sure."""

BATCH = 8
"""Windows that are read at once: small batches of windows of one length stay in the processor's cache."""

HALVES = ("lower.onnx", "upper.onnx")
"""The files of a model: the lower layers with heads of their own, and the upper ones that go on from there."""

_ANSWERS = ["classes", "links"]
_LAYOUT = ";".join(f"{h.name}={','.join(h.classes)}" for h in HEADS.values())


class Scores(NamedTuple):
    """Of each word: log-odds of every class (words, OUTPUTS), and its two link vectors (words, 2 * LINK_SIZE)."""

    classes: NDArray[np.float32]
    links: NDArray[np.float32]


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
        self._halves = [_opened(folder / name, threads) for name in used]
        self._handed_on = self._halves[0].get_outputs()[2].name
        self.link_bias = float(self._halves[-1].get_modelmeta().custom_metadata_map["link_bias"])

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
        words = [w for sentence in sentences for w in sentence]
        classes = np.zeros((len(words), OUTPUTS), np.float32)
        links = np.zeros((len(words), 2 * LINK_SIZE), np.float32)
        lengths = np.array([len(w.pieces) for w in words], np.int64)
        ends = np.cumsum(lengths)
        cut = sorted(windows(sentences), key=lambda w: (int(ends[w.stop - 1] - ends[w.start] + lengths[w.start]), w.start))
        for at in range(0, len(cut), BATCH):
            batch = cut[at : at + BATCH]
            answers = self._answers(_inputs(batch, words, wordpieces))
            for row, window in enumerate(batch):
                inside = lengths[window.start : window.stop]
                begins = np.concatenate([[1], 1 + np.cumsum(inside)[:-1]])
                kept = slice(window.first - window.start, window.last - window.start)
                for answer, whole in zip(answers, (classes, links), strict=True):
                    pieces = answer[row, : 1 + inside.sum()]
                    means = np.add.reduceat(pieces, begins, axis=0) / inside[:, None]
                    whole[window.first : window.last] = means[kept]
        return Scores(classes, links)

    def _answers(self, inputs: dict[str, NDArray[np.int32]]) -> Sequence[NDArray[np.float32]]:
        if len(self._halves) == 1:
            return self._halves[0].run(_ANSWERS, inputs)
        lower, upper = self._halves
        middle = lower.run([self._handed_on], inputs)[0]
        return upper.run(_ANSWERS, {self._handed_on: middle, "mask": inputs["mask"]})


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
        hint = "use the model that this version of incident-mapper brings"
        raise ModelError(f"{path} was made for another version of this program", hint=hint)
    return session


def _inputs(batch: Sequence[Window], words: Sequence[Word], wordpieces: WordPieces) -> dict[str, NDArray[np.int32]]:
    """Lay windows side by side, the shorter ones filled up."""
    rows = [words[w.start : w.stop] for w in batch]
    longest = 2 + max(sum(len(w.pieces) for w in row) for row in rows)
    pieces = np.full((len(rows), longest), wordpieces.padding, np.int32)
    cases, mask = np.zeros_like(pieces), np.zeros_like(pieces)
    for i, row in enumerate(rows):
        ids = [wordpieces.begin, *(p for w in row for p in w.pieces), wordpieces.end]
        pieces[i, : len(ids)] = ids
        mask[i, : len(ids)] = 1
        cases[i, 1 : len(ids) - 1] = [w.case for w in row for _ in w.pieces]
    return {"pieces": pieces, "cases": cases, "mask": mask}
