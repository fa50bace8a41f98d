"""What the model said of a document: probabilities of every word, and the stretches they add up to.

`Tagging` answers for the text as a whole; `Tagging.arguments` reads the surroundings of one event once more and answers
for that event alone.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mapper.language.heads import ARGUMENTS, BIO, HEADS, MARKS
from mapper.language.windows import surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.language.heads import Head
    from mapper.language.words import Word

__all__ = ["Arguments", "Entity", "Tagging"]

_O, _B, _I = (BIO.index(label) for label in ("O", "B", "I"))

_OUTSIDE = 0.5
"""Probability of being outside all names from which a word is."""


class Entity(NamedTuple):
    """A stretch of a document that one head marks, and how probable it is that every word of it belongs."""

    start: int
    end: int
    label: str
    probability: float


class _Answers:
    """Words with the probability of every class of some heads.

    Parameters
    ----------
    words
        In text order; offsets are the document's.
    firsts
        Indices of the words that begin a sentence.
    scores
        A row for each word.
    heads
        What the columns of a row mean.
    temperature
        Per head, what log-odds are divided by before they become probabilities: found on texts that the model was not
        trained on, so that of all words with .8 four in five are what it says.
    """

    _outside = _OUTSIDE

    def __init__(
        self,
        words: Sequence[Word],
        firsts: set[int],
        scores: NDArray[np.float32],
        *,
        heads: Mapping[str, Head],
        temperature: Mapping[str, float],
    ) -> None:
        self.words = words
        self._starts = [w.start for w in words]
        self._firsts = firsts
        self._scores = scores
        self._heads = heads
        self._temperature = temperature
        self._known: dict[str, NDArray[np.float32]] = {}

    def probabilities(self, head: str) -> NDArray[np.float32]:
        """Probabilities of a head's classes: (words, classes)."""
        if head not in self._known:
            scores = self._scores[:, self._heads[head].columns] / self._temperature.get(head, 1.0)
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
        outside = self.probabilities(head)[words.start : words.stop, 0]
        return 1.0 - float(outside[0] if len(words) == 1 else outside.mean())  # most stretches are a word

    def highest(self, start: int, end: int, head: str) -> float:
        """Give the chance of the word of a stretch that is surest to be inside a name of this head; 0 without words."""
        words = self.covered(start, end)
        outside = self.probabilities(head)[words.start : words.stop, 0]
        return 1.0 - float(outside.min(initial=1.0))

    def likeliest(self, start: int, end: int, head: str, *, among: Sequence[str] | None = None) -> tuple[str, float]:
        """Give the class of a stretch with the highest mean probability, of all or of some, and that probability."""
        classes = self._heads[head].classes
        means = self._means(start, end, head)
        if not means:
            return classes[0], 0.0
        asked = range(len(classes)) if among is None else [classes.index(name) for name in among]
        best = max(asked, key=means.__getitem__)
        return classes[best], means[best]

    def chances(self, start: int, end: int, head: str) -> dict[str, float]:
        """Give the mean probability of every class of a head over the words of a stretch; nothing where it has none."""
        means = self._means(start, end, head)
        return dict(zip(self._heads[head].classes, means, strict=True)) if means else {}

    def _means(self, start: int, end: int, head: str) -> list[float]:
        """Mean probability of each class of a head over the words of a stretch; nothing where it has none."""
        words = self.covered(start, end)
        if not words:
            return []
        rows = self.probabilities(head)[words.start : words.stop]
        means: list[float] = (rows[0] if len(words) == 1 else rows.mean(axis=0)).tolist()  # most stretches are a word
        return means

    def entities(self, head: str) -> list[Entity]:
        """Stretches that a head of places, persons, organisations or demonyms marks, in text order."""
        outside, begins, goes_on = self.probabilities(head).T.tolist()
        found: list[Entity] = []
        begun: int | None = None
        for i in range(len(self.words) + 1):
            inside = i < len(self.words) and outside[i] < self._outside
            if begun is not None and (not inside or i in self._firsts or begins[i] > goes_on[i]):
                found.append(self._entity(begun, i, head))
                begun = None
            if inside and begun is None:
                begun = i
        return found

    def _entity(self, first: int, stop: int, head: str) -> Entity:
        probability = float(1.0 - self.probabilities(head)[first:stop, 0].max())
        return Entity(self.words[first].start, self.words[stop - 1].end, head, probability)


class Arguments(_Answers):
    """The words around one event with the probability that they tell where it happened, who did it, how many.

    Heads are those of `mapper.language.heads.ARGUMENTS`. Words further off are not known: their chance is 0.
    """

    _outside = 0.65  # it is asked what belongs to an event that is there: of event_location's dev part, the best

    def stretches(self, head: str, value: str) -> list[Entity]:
        """Give the stretches of which one class is the likeliest for every word, in text order.

        Parameters
        ----------
        head, value
            A question, and which of its answers: ``("role", "target")``.
        """
        chances = self.probabilities(head)
        wanted = self._heads[head].classes.index(value)
        is_it = chances.argmax(axis=1) == wanted
        found: list[Entity] = []
        begun: int | None = None
        for i in range(len(self.words) + 1):
            goes_on = i < len(self.words) and bool(is_it[i])
            if begun is not None and (not goes_on or i in self._firsts):
                sure = float(chances[begun:i, wanted].mean())
                found.append(Entity(self.words[begun].start, self.words[i - 1].end, value, sure))
                begun = None
            if goes_on and begun is None:
                begun = i
        return found


class Tagging(_Answers):
    """The words of a document with the probability of every class of every head.

    Parameters
    ----------
    sentences
        Words of each sentence, in order, as `WordPieces.words` gives them.
    scores
        Their rows, in the same order.
    temperature
        Per head (see `_Answers`).
    read_again
        Reads a stretch of the document's words for one event: gets the stretch and the index of `MARKS` of each of its
        words, gives their rows. None for a model that cannot.
    argument_temperature
        As `temperature`, of the heads of `ARGUMENTS`.
    """

    def __init__(
        self,
        sentences: Sequence[Sequence[Word]],
        scores: NDArray[np.float32],
        *,
        temperature: Mapping[str, float],
        read_again: Callable[[range, NDArray[np.int32]], NDArray[np.float32]] | None = None,
        argument_temperature: Mapping[str, float] | None = None,
    ) -> None:
        words = [w for sentence in sentences for w in sentence]
        firsts = set(np.cumsum([0, *(len(s) for s in sentences)]).tolist())
        super().__init__(words, firsts, scores, heads=HEADS, temperature=temperature)
        self._sentences = sentences
        self._read_again = read_again
        self._argument_temperature = argument_temperature or {}
        self._arguments: dict[tuple[int, int], Arguments] = {}

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

    def arguments(self, start: int, end: int) -> Arguments | None:
        """Say what belongs to the event that a stretch tells of.

        Parameters
        ----------
        start, end
            The word or words that tell of the event.

        Returns
        -------
        Arguments or None
            Of the words around it; None where the stretch holds no word, or the model cannot tell.
        """
        event = self.covered(start, end)
        if not event or self._read_again is None:
            return None
        key = (event.start, event.stop)
        if key not in self._arguments:
            around, own = surroundings(self._sentences, event)
            marks = np.full(len(around), MARKS.index("elsewhere"), np.int32)
            for part, mark in ((own, "sentence"), (event, "event")):
                marks[max(0, part.start - around.start) : max(0, part.stop - around.start)] = MARKS.index(mark)
            self._arguments[key] = Arguments(
                self.words[around.start : around.stop],
                {i - around.start for i in self._firsts if i in around},
                self._read_again(around, marks),
                heads=ARGUMENTS,
                temperature=self._argument_temperature,
            )
        return self._arguments[key]
