"""Windows: a document's words packed into stretches that the encoder reads at once.

Whole sentences go into one window as long as they fit, so that each word is read once and beside its own sentence. A
sentence that is longer than a window is read in overlapping parts, and each word counts where it stands furthest from
an edge: no seam shows. Short windows cost less than long ones, as attention grows with the square of their length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.language.words import Word

__all__ = ["OVERLAP", "WINDOW", "Window", "windows"]

WINDOW = 62
"""Wordpieces in a window, without its two marks."""

OVERLAP = 20
"""Wordpieces that two parts of one long sentence share."""


class Window(NamedTuple):
    """Words `start` to `stop` of a document are read; those from `first` to `last` are answered."""

    start: int
    stop: int
    first: int
    last: int


def windows(sentences: Sequence[Sequence[Word]], *, size: int = WINDOW) -> Iterator[Window]:
    """Pack the words of a document's sentences into windows.

    Parameters
    ----------
    sentences
        Words of each sentence, in order; windows count the words of all of them in one row.
    size
        Most wordpieces in a window. A single word of more pieces than that would be a window by itself: there is none
        as long as `size` is no less than `mapper.language.words.LONGEST_WORD`.

    Yields
    ------
    Window
        In order; every word is answered by exactly one of them.
    """
    begun = at = filled = 0
    for sentence in sentences:
        pieces = sum(len(w.pieces) for w in sentence)
        if filled + pieces > size and at > begun:
            yield Window(begun, at, begun, at)
            begun, filled = at, 0
        if pieces > size:
            yield from _parts(sentence, at, size)
            begun, filled = at + len(sentence), 0
        else:
            filled += pieces
        at += len(sentence)
    if at > begun:
        yield Window(begun, at, begun, at)


def _parts(sentence: Sequence[Word], base: int, size: int) -> Iterator[Window]:
    """Cut one long sentence into overlapping windows."""
    lengths = [min(len(w.pieces), size) for w in sentence]
    start = answered = 0
    while answered < len(sentence):
        stop, filled = start, 0
        while stop < len(sentence) and filled + lengths[stop] <= size:
            filled += lengths[stop]
            stop += 1
        again = stop
        shared = 0
        room = 0 if stop == len(sentence) else min(OVERLAP, size - lengths[stop])  # the next word has to fit as well
        while again > start + 1 and shared + lengths[again - 1] <= room:
            again -= 1
            shared += lengths[again]
        last = len(sentence) if stop == len(sentence) else (again + stop) // 2
        yield Window(base + start, base + stop, base + answered, base + last)
        answered = last
        start = again
