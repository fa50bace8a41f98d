"""An installed pipeline of spaCy in place of the package's own model (extra ``spacy``): entities without chances."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from mapper.errors import MissingExtraError
from mapper.language.heads import HEADS
from mapper.language.tagging import Entity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.records import Sentence

__all__ = ["SpacyReader", "SpacyTags"]

_HEADS = {
    "GPE": "place", "LOC": "place", "FAC": "place", "PERSON": "person", "PER": "person", "ORG": "organisation",
    "NORP": "demonym",
}  # fmt: skip
"""Labels of spaCy's pipelines, of OntoNotes and of WikiNER, and the head that asks the same."""

_UNUSED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "morphologizer")


class SpacyReader:
    """A recogniser that asks a pipeline of spaCy.

    Raises
    ------
    MissingExtraError
        When spaCy, or the pipeline, is not installed.
    """

    def __init__(self, name: str) -> None:
        try:
            import spacy  # noqa: PLC0415  an extra, and slow
        except ImportError as error:
            hint = "pip install 'incident-mapper[spacy]'"
            raise MissingExtraError("spaCy is not installed", hint=hint) from error
        try:
            self._pipeline = spacy.load(name, exclude=list(_UNUSED))
        except OSError as error:
            hint = f"python -m spacy download {name}"
            raise MissingExtraError(f"the spaCy pipeline {name!r} is not installed", hint=hint) from error
        self.version = f"spacy {version('spacy')}, {name} {self._pipeline.meta.get('version', '')}".strip()

    def __repr__(self) -> str:
        return f"<SpacyReader {self.version}>"

    def tag(self, sentences: Sequence[Sentence]) -> SpacyTags:
        """Read the sentences of one document."""
        found: dict[str, list[Entity]] = {}
        texts = ((s.text, s.start) for s in sentences)
        for doc, base in self._pipeline.pipe(texts, as_tuples=True):
            for entity in doc.ents:
                if head := _HEADS.get(entity.label_):
                    span = Entity(base + entity.start_char, base + entity.end_char, head, 1.0)
                    found.setdefault(head, []).append(span)
        return SpacyTags(found)


class SpacyTags:
    """Entities of one document; what is in one has the chance 1, what is in none 0."""

    def __init__(self, found: dict[str, list[Entity]]) -> None:
        self._found = found

    def chance(self, start: int, end: int, head: str) -> float:
        """Give the share of a stretch that lies in entities of this kind."""
        shared = sum(max(0, min(end, e.end) - max(start, e.start)) for e in self._found.get(head, ()))
        return shared / (end - start) if end > start else 0.0

    def highest(self, start: int, end: int, head: str) -> float:
        """Give 1 where an entity of this kind lies in a stretch, wholly or in part."""
        return float(any(start < e.end and e.start < end for e in self._found.get(head, ())))

    def whole(self, start: int, end: int, head: str) -> float:
        """Give `chance`, but nothing to a part of an entity."""
        longer = any(
            e.start <= start and end <= e.end and (e.start, e.end) != (start, end) for e in self._found.get(head, ())
        )
        return 0.0 if longer else self.chance(start, end, head)

    def likeliest(self, start: int, end: int, head: str, *, among: Sequence[str] | None = None) -> tuple[str, float]:
        """Give nothing: spaCy's pipelines do not say what a name is used for."""
        del start, end, among
        return HEADS[head].classes[0], 0.0

    def entities(self, head: str) -> list[Entity]:
        """Give the entities of this kind, in text order."""
        return self._found.get(head, [])

    def arguments(self, start: int, end: int) -> None:
        """Give nothing: spaCy's pipelines do not say what belongs to an event."""
        del start, end
