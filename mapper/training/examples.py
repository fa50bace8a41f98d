"""Examples as the encoder is trained on them: windows of wordpieces with a class, or silence, for every head."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mapper.language.heads import BIO, HEADS
from mapper.language.windows import windows
from mapper.records import Document
from mapper.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from mapper.language.words import Word, WordPieces
    from mapper.training.corpora import Example, Mark

__all__ = ["SILENT", "Links", "Row", "inside", "rows", "words_of"]

SILENT = -100
"""No label here: no loss is taken."""

_ORDER = tuple(HEADS)


class Links(NamedTuple):
    """Pairs of words of one window, (event, other), and whether the other belongs to the event."""

    events: NDArray[np.int64]
    others: NDArray[np.int64]
    belongs: NDArray[np.float32]


class Row(NamedTuple):
    """One window: wordpieces, case, labels (heads, pieces), links between its pieces, whether a teacher may speak."""

    pieces: NDArray[np.int64]
    cases: NDArray[np.int64]
    labels: NDArray[np.int64]
    links: Links
    open: bool = True


def rows(example: Example, wordpieces: WordPieces, *, size: int) -> Iterator[Row]:
    """Cut an example into windows as a reader would, and label their pieces."""
    cut = words_of(example, wordpieces)
    words = [w for sentence in cut for w in sentence]
    labels = _labels(example, words)
    links = [m for m in example.marks if m.head == "link"]
    for window in windows(cut, size=size):
        read = words[window.start : window.stop]
        lengths = [len(w.pieces) for w in read]
        first = np.cumsum([1, *lengths[:-1]])
        pieces = [wordpieces.begin, *(p for w in read for p in w.pieces), wordpieces.end]
        cases = [0, *(w.case for w in read for _ in w.pieces), 0]
        wide = np.full((len(_ORDER), len(pieces)), SILENT, dtype=np.int64)
        wide[:, 1:-1] = np.repeat(labels[:, window.start : window.stop], lengths, axis=1)
        yield Row(np.array(pieces), np.array(cases), wide, _links(links, read, first), not example.settled)


def words_of(example: Example, wordpieces: WordPieces) -> list[list[Word]]:
    """Cut an example into sentences and words as a reader would; a short text of a corpus is one sentence."""
    document = Document(id=example.id, text=example.text)
    spans = sentences(document) if example.own or len(example.text) > 600 else []
    texts = [(s.start, s.text) for s in spans] or [(0, example.text)]
    return wordpieces.words([t for _, t in texts], [start for start, _ in texts])


def _labels(example: Example, words: Sequence[Word]) -> NDArray[np.int64]:
    """Give the class of each word for each head, in the order of `HEADS`."""
    labels = np.full((len(_ORDER), len(words)), SILENT, dtype=np.int64)
    for number, name in enumerate(_ORDER):
        if name in example.known and name not in {"kind", "status"}:
            labels[number] = 0
    for name, start, end in example.blank:
        if name in HEADS:
            labels[_ORDER.index(name), inside(words, start, end)] = SILENT
    # Outer marks first: of two places in one another the inner is what the text names ("[University of [Basra]]").
    for mark in sorted(example.marks, key=lambda m: m.start - m.end):
        if mark.head not in HEADS:
            continue
        head, covered = HEADS[mark.head], inside(words, mark.start, mark.end)
        row = labels[_ORDER.index(mark.head)]
        if head.classes == BIO:
            row[covered] = BIO.index("I")
            row[covered[:1]] = BIO.index("B")
        else:
            row[covered] = head.classes.index(mark.value)
    return labels


def inside(words: Sequence[Word], start: int, end: int) -> list[int]:
    """Count off the words that lie in a stretch of the text, wholly or in part."""
    return [i for i, w in enumerate(words) if w.start < end and start < w.end]


def _links(marks: Sequence[Mark], words: Sequence[Word], first: NDArray[np.int64]) -> Links:
    """Pair the events of a window with what belongs to each, and with what might but does not."""
    belonging: dict[int, set[int]] = {}
    events: dict[int, set[int]] = {}
    for mark in marks:
        covered = inside(words, mark.start, mark.end)
        if mark.incident is not None:
            (events if mark.value == "event" else belonging).setdefault(mark.incident, set()).update(covered)
    linked = set().union(*belonging.values()) if belonging else set()
    names = {i for i, w in enumerate(words) if w.case and i}
    pairs = [
        (i, j, float(j in belonging.get(incident, ())))
        for incident, triggers in events.items()
        for i in triggers
        for j in sorted((linked | names) - triggers)
    ]
    if not pairs:
        empty = np.zeros(0, dtype=np.int64)
        return Links(empty, empty, np.zeros(0, dtype=np.float32))
    i, j, belongs = zip(*pairs, strict=True)
    return Links(first[list(i)], first[list(j)], np.array(belongs, dtype=np.float32))
