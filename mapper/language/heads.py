"""What the encoder says of each word: the heads, their classes, and where each lies in the row of outputs.

Training and reading share this page: a model whose file says other heads is refused.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ARGUMENTS", "ARGUMENT_OUTPUTS", "BIO", "CASES", "EVENT_TYPES", "HEADS", "MARKS", "OUTPUTS", "Head", "head"]

BIO = ("O", "B", "I")
"""Outside, begins, goes on: the three classes of a head that marks stretches."""

EVENT_TYPES = (
    "air_drone_strike", "shelling_missile", "explosion_ied", "armed_clash", "attack_on_civilians", "abduction",
    "protest", "riot", "arrest", "piracy", "natural_disaster", "accident", "other_strategic",
)  # fmt: skip

CASES = ("lower", "title", "upper", "mixed")
"""How a word is written: the base model knows no capitals, so the case goes in beside the wordpieces."""

MARKS = ("elsewhere", "event", "sentence")
"""What a word is to the event that is asked about: one of its own words, in its sentence, or in another one."""


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


_ROLES = ("O", "perpetrator", "target", "weapon", "date")
_COUNTS = ("O", "killed", "injured", "missing", "abducted", "arrested", "displaced")

_KINDS = ("O", *EVENT_TYPES)
_STATUSES = ("accomplished", "attempted", "threatened", "planned", "denied", "past")

HEADS = _laid_out(
    place=BIO,
    person=BIO,
    organisation=BIO,
    demonym=BIO,
    kind=("literal", "metonymic", "embedded"),
    trigger=_KINDS,
    status=_STATUSES,
    role=_ROLES,
    count=_COUNTS,
)
"""Places, people, organisations and demonyms may lie in one another, so each has a head of its own."""

ARGUMENTS = _laid_out(place=BIO, role=_ROLES, count=_COUNTS, same=("O", "same"), trigger=_KINDS, status=_STATUSES)
"""The questions asked about one event: of every word around, is it where it happened, who did it, how many, the event
again; and of its own words, once more, is it an event, of what kind, and did it come to pass."""

OUTPUTS = sum(len(h.classes) for h in HEADS.values())
ARGUMENT_OUTPUTS = sum(len(h.classes) for h in ARGUMENTS.values())
"""Length of a word's row of scores, of the text as a whole and of one event."""


def head(name: str) -> Head:
    """Give a head by its name."""
    return HEADS[name]
