"""What the encoder said of a document: probabilities of every word, and the stretches they add up to."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mapper.language.heads import BIO, HEADS, LINK_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from mapper.language.session import Scores
    from mapper.language.words import Word

__all__ = ["Entity", "Tagging"]

_O, _B, _I = (BIO.index(label) for label in ("O", "B", "I"))

_INSIDE = 0.5
"""Probability of being part of a name from which a word is."""


class Entity(NamedTuple):
    """A stretch of a document that one head marks, and how probable it is that every word of it belongs."""

    start: int
    end: int
    label: str
    probability: float


class Tagging:
    """The words of a document with the probability of every class of every head.

    Parameters
    ----------
    sentences
        Words of each sentence, in order, as `WordPieces.words` gives them.
    scores
        Their rows, in the same order.
    temperature
        Per head, what log-odds are divided by before they become probabilities: found on texts that the model was not
        trained on, so that of all words with .8 four in five are what it says.
    """

    def __init__(
        self, sentences: Sequence[Sequence[Word]], scores: Scores, *, temperature: dict[str, float], link_bias: float
    ) -> None:
        self.words: list[Word] = [w for sentence in sentences for w in sentence]
        self._starts = [w.start for w in self.words]
        self._firsts = set(np.cumsum([0, *(len(s) for s in sentences)]).tolist())
        self._scores = scores
        self._temperature = temperature
        self._link_bias = link_bias
        self._known: dict[str, NDArray[np.float32]] = {}

    def probabilities(self, head: str) -> NDArray[np.float32]:
        """Probabilities of a head's classes: (words, classes)."""
        if head not in self._known:
            scores = self._scores.classes[:, HEADS[head].columns] / self._temperature.get(head, 1.0)
            powers = np.exp(scores - scores.max(axis=1, initial=-np.inf, keepdims=True))
            self._known[head] = powers / powers.sum(axis=1, keepdims=True)
            self._known[head].flags.writeable = False  # it is kept, and given to whoever asks
        return self._known[head]

    def covered(self, start: int, end: int) -> range:
        """Words that lie in a stretch of the document, wholly or in part."""
        first = bisect.bisect_right(self._starts, start) - 1
        first = max(first, 0)
        while first < len(self.words) and self.words[first].end <= start:
            first += 1
        stop = bisect.bisect_left(self._starts, end)
        return range(first, max(stop, first))

    def chance(self, start: int, end: int, head: str) -> float:
        """Mean probability that the words of a stretch are inside a name of this head; 0 where there is no word."""
        words = self.covered(start, end)
        if not words:
            return 0.0
        return float(1.0 - self.probabilities(head)[words.start : words.stop, 0].mean())

    def whole(self, start: int, end: int, head: str) -> float:
        """Give the probability that a stretch is a name of this head, and not a part of a longer one.

        "Webb" in "Webb Center" is inside a name; a name it is not.
        """
        words = self.covered(start, end)
        if not words:
            return 0.0
        chances = self.probabilities(head)
        begins = goes_on = 1.0
        if words.start and words.start not in self._firsts:
            begins = 1.0 - float(chances[words.start, _I]) * (1.0 - float(chances[words.start - 1, _O]))
        if words.stop < len(self.words) and words.stop not in self._firsts:
            goes_on = 1.0 - float(chances[words.stop, _I])
        return self.chance(start, end, head) * begins * goes_on

    def likeliest(self, start: int, end: int, head: str) -> tuple[str, float]:
        """Give the class of a stretch with the highest mean probability, and that probability."""
        words = self.covered(start, end)
        if not words:
            return HEADS[head].classes[0], 0.0
        means = self.probabilities(head)[words.start : words.stop].mean(axis=0)
        best = int(means.argmax())
        return HEADS[head].classes[best], float(means[best])

    def entities(self, head: str) -> list[Entity]:
        """Stretches that a head of places, persons, organisations or demonyms marks, in text order."""
        outside, begins, goes_on = self.probabilities(head).T.tolist()
        found: list[Entity] = []
        begun: int | None = None
        for i in range(len(self.words) + 1):
            inside = i < len(self.words) and outside[i] < _INSIDE
            if begun is not None and (not inside or i in self._firsts or begins[i] > goes_on[i]):
                found.append(self._entity(begun, i, head))
                begun = None
            if inside and begun is None:
                begun = i
        return found

    def _entity(self, first: int, stop: int, head: str) -> Entity:
        probability = float(1.0 - self.probabilities(head)[first:stop, 0].max())
        return Entity(self.words[first].start, self.words[stop - 1].end, head, probability)

    def link(self, event: tuple[int, int], other: tuple[int, int]) -> float:
        """Probability that what stands in one stretch belongs to the event that another stretch tells of."""
        triggers, others = self.covered(*event), self.covered(*other)
        if not triggers or not others:
            return 0.0
        queries = self._scores.links[triggers.start : triggers.stop, :LINK_SIZE]
        keys = self._scores.links[others.start : others.stop, LINK_SIZE:]
        score = float((queries @ keys.T).mean()) / LINK_SIZE**0.5 + self._link_bias
        return float(1.0 / (1.0 + np.exp(-score)))
