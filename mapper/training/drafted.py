"""A dispatch as the product reads it, up to the drafts of its incidents."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from mapper import geocoder, text
from mapper.incidents.extraction import drafts_of
from mapper.records import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.incidents.grouping import Draft
    from mapper.language import Recogniser
    from mapper.records import Resolution, Sentence
    from mapper.training.markup import Dispatch

__all__ = ["Drafted", "drafted"]

_ANCHOR: Final = dt.date(2026, 6, 15)  # dispatches have no date of their own


class Drafted(NamedTuple):
    """A dispatch's document, its sentences and places, and all that may be an incident of it."""

    document: Document
    sentences: Sequence[Sentence]
    resolutions: Sequence[Resolution]
    drafts: list[Draft]


def drafted(dispatch: Dispatch, gazetteer: Gazetteer, recogniser: Recogniser) -> Drafted:
    """Read a dispatch."""
    document = Document(id=dispatch.id, text=dispatch.text, published=_ANCHOR)
    sentences = text.sentences(document)
    tags = recogniser.tag(sentences)
    resolutions = geocoder.geoparse(document, sentences, gazetteer, tags=tags)
    pointers = geocoder.coreferences(document, resolutions, gazetteer)
    drafts = drafts_of(document, sentences, resolutions, pointers=pointers, tags=tags)
    return Drafted(document, sentences, resolutions, drafts)
