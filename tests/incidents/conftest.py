"""Reading a short report the whole way, with the gazetteer that ships."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from mapper import geocoder, incidents, text
from mapper.gazetteer import open_gazetteer
from mapper.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.records import Incident


@pytest.fixture(scope="session")
def read_report() -> Callable[..., list[Incident]]:
    gazetteer = open_gazetteer()

    def read(words: str, published: str | None = "2025-06-12", doc_id: str = "report") -> list[Incident]:
        day = dt.date.fromisoformat(published) if published else None
        document = Document(doc_id, words, published=day)
        sentences = text.sentences(document)
        return incidents.extract(document, sentences, geocoder.geoparse(document, sentences, gazetteer))

    return read
