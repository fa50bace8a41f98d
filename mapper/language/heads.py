"""What the encoder says of each word: the heads, their classes, and where each lies in the row of outputs.

Training and reading share this page: a model whose file says other heads is refused.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["BIO", "CASES", "EVENT_TYPES", "HEADS", "LINK_SIZE", "OUTPUTS", "Head", "head"]

BIO = ("O", "B", "I")
"""Outside, begins, goes on: the three classes of a head that marks stretches."""

EVENT_TYPES = (
    "air_drone_strike", "shelling_missile", "explosion_ied", "armed_clash", "attack_on_civilians", "abduction",
    "protest", "riot", "arrest", "piracy", "natural_disaster", "accident", "other_strategic",
)  # fmt: skip

CASES = ("lower", "title", "upper", "mixed")
"""How a word is written: the base model knows no capitals, so the case goes in beside the wordpieces."""

LINK_SIZE = 64
"""Length of the two vectors of a word, as an event and as what belongs to an event, whose product links two words."""


class Head(NamedTuple):
    """One question asked of every word, its possible answers, and their columns among the outputs."""

    name: str
    classes: tuple[str, ...]
    start: int

    @property
    def columns(self) -> slice:
        """Where the scores of its classes lie in a row of outputs."""
        return slice(self.start, self.start + len(self.classes))


def _laid_out(**questions: tuple[str, ...]) -> dict[str, Head]:
    heads, start = {}, 0
    for name, classes in questions.items():
        heads[name] = Head(name, classes, start)
        start += len(classes)
    return heads


HEADS = _laid_out(
    place=BIO,
    person=BIO,
    organisation=BIO,
    demonym=BIO,
    kind=("literal", "metonymic", "embedded"),
    trigger=("O", *EVENT_TYPES),
    status=("accomplished", "attempted", "threatened", "planned", "denied", "past"),
    role=("O", "perpetrator", "target", "weapon", "date"),
    count=("O", "killed", "injured", "missing", "abducted", "arrested", "displaced"),
)
"""Places, people, organisations and demonyms may lie in one another, so each has a head of its own."""

OUTPUTS = sum(len(h.classes) for h in HEADS.values())
"""Length of a word's row of scores, without the two link vectors."""


def head(name: str) -> Head:
    """Give a head by its name."""
    return HEADS[name]
