"""Windows: a document's words packed into stretches that the encoder reads at once.

Whole sentences go into one window as long as they fit, so that each word is read once and beside its own sentence. A
sentence that is longer than a window is read in overlapping parts, and each word counts where it stands furthest from
an edge: no seam shows. Short windows cost less than long ones, as attention grows with the square of their length.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.language.words import Word

__all__ = ["OVERLAP", "SURROUNDINGS", "WINDOW", "Window", "surroundings", "windows"]

WINDOW = 62
"""Wordpieces in a window, without its two marks."""

OVERLAP = 20
"""Wordpieces that two parts of one long sentence share."""


SURROUNDINGS = 80
"""Wordpieces that are read to tell what belongs to one event, without the two marks."""


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


def surroundings(sentences: Sequence[Sequence[Word]], event: range, *, size: int = SURROUNDINGS) -> tuple[range, range]:
    """Give the words that are read to tell what belongs to an event, and those of its own sentence.

    Parameters
    ----------
    sentences
        The words of each sentence of a document, in order.
    event
        The words that tell of the event, counted over the document.
    size
        Most wordpieces.

    Returns
    -------
    tuple of range
        The event's sentence, with the one before it, the one after it and the one before that as far as each fits as a
        whole; a sentence that is too long by itself is cut around the event.
    """
    begins = [0]
    for sentence in sentences:
        begins.append(begins[-1] + len(sentence))
    at = bisect_right(begins, event.start) - 1
    own = range(begins[at], begins[at + 1])
    weight = sum(len(w.pieces) for w in sentences[at])
    if weight > size:
        cut = _around(sentences[at], range(event.start - own.start, event.stop - own.start), size)
        whole = range(own.start + cut.start, own.start + cut.stop)
        return whole, whole
    first = last = at
    for step in (-1, 1, -1):
        beside = first - 1 if step < 0 else last + 1
        if not 0 <= beside < len(sentences):
            continue
        weight += sum(len(w.pieces) for w in sentences[beside])
        if weight > size:
            break
        first, last = min(first, beside), max(last, beside)
    return range(begins[first], begins[last + 1]), own


def _around(sentence: Sequence[Word], event: range, size: int) -> range:
    """Cut a sentence to a size: the event's first word, and what stands around it, word by word on both sides."""
    first, stop = event.start, event.start + 1
    left = size - len(sentence[event.start].pieces)
    grows = True
    while grows:
        grows = False
        if first > 0 and len(sentence[first - 1].pieces) <= left:
            first, grows = first - 1, True
            left -= len(sentence[first].pieces)
        if stop < len(sentence) and len(sentence[stop].pieces) <= left:
            stop, grows = stop + 1, True
            left -= len(sentence[stop - 1].pieces)
    return range(first, stop)


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
