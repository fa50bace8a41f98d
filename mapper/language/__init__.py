"""The small encoder: one pass over a text says, word by word, what is a place, a person, an organisation, an event.

    sentences -> words -> windows of wordpieces -> encoder -> probabilities of each word -> spans

`recogniser` gives what reads: the model that the package brings ("encoder"), its faster half ("fast"), an installed
pipeline of spaCy ("spacy:NAME"), or nothing ("rules": the gazetteer and the words around a name have to do). Whatever
it is, it turns sentences into `Tags`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mapper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.language.reader import Reader as Reader
    from mapper.language.reader import default_folder as default_folder
    from mapper.language.reader import default_reader as default_reader
    from mapper.language.tagging import Arguments as Arguments
    from mapper.language.tagging import Entity as Entity
    from mapper.language.tagging import Tagging as Tagging
    from mapper.records import Sentence

__all__ = [
    "RECOGNISERS", "Arguments", "Entity", "Reader", "Recogniser", "Tagging", "Tags", "default_folder", "default_reader",
    "recogniser",
]  # fmt: skip

RECOGNISERS = ("encoder", "fast", "rules", "spacy:NAME")
"""What `recogniser` knows; NAME is an installed spaCy pipeline, such as en_core_web_sm."""

_HOMES = {
    "Arguments": "tagging", "Entity": "tagging", "Tagging": "tagging", "Reader": "reader",
    "default_folder": "reader", "default_reader": "reader",
}  # fmt: skip


class Tags(Protocol):
    """What a recogniser says of a document; offsets are those of the document."""

    def chance(self, start: int, end: int, head: str) -> float:
        """Give the probability that a stretch lies in a name of this kind (a head of `mapper.language.heads`)."""

    def highest(self, start: int, end: int, head: str) -> float:
        """Give the highest probability of any word of a stretch; no word of it has a higher `chance`."""

    def whole(self, start: int, end: int, head: str) -> float:
        """Give the probability that a stretch is a name of this kind, and not a part of a longer one."""

    def likeliest(self, start: int, end: int, head: str, *, among: Sequence[str] | None = None) -> tuple[str, float]:
        """Give the likeliest class of a stretch, of all or of some, and its probability; 0 where nothing is known."""

    def entities(self, head: str) -> list[Entity]:
        """Give the names of this kind, in text order."""

    def arguments(self, start: int, end: int) -> Arguments | None:
        """Say what belongs to the event that a stretch tells of; None where nothing is known of it."""


class Recogniser(Protocol):
    """Reads the sentences of one document."""

    version: str

    def tag(self, sentences: Sequence[Sentence]) -> Tags:
        """Say of every word what it is."""


def recogniser(name: str) -> Recogniser | None:
    """Give a recogniser by its name; None for "rules".

    Raises
    ------
    UsageError
        For a name that is none of `RECOGNISERS`.
    ModelError
        When the model is missing, broken, or of another version.
    MissingExtraError
        When spaCy, or its pipeline of that name, is not installed.
    """
    if name == "rules":
        return None
    if name.startswith("spacy:") and len(name) > len("spacy:"):
        from mapper.language.spacy_pipeline import SpacyReader  # noqa: PLC0415  spaCy is slow, and most have none

        return SpacyReader(name.removeprefix("spacy:"))
    if name not in RECOGNISERS:
        raise UsageError(f"the recogniser {name!r} is unknown", hint=f"known: {', '.join(RECOGNISERS)}")
    from mapper.language.reader import default_reader  # noqa: PLC0415  onnxruntime is slow to import

    return default_reader("fast" if name == "fast" else "full")


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415  onnxruntime is slow to import: only when it is asked for

    if name not in _HOMES:
        raise AttributeError(f"module 'mapper.language' has no attribute {name!r}")
    return getattr(import_module(f"mapper.language.{_HOMES[name]}"), name)
