"""What a report of a few sentences tells, read with the model."""

from __future__ import annotations

import datetime as dt

from mapper.gazetteer import open_gazetteer
from mapper.language import default_reader
from mapper.pipeline import process
from mapper.records import Document

__all__ = ["told", "towns"]


def told(words, published="2025-06-12"):
    """Read a report with the model."""
    document = Document("report", words, published=dt.date.fromisoformat(published))
    return process(document, open_gazetteer(own=False), recogniser=default_reader("full")).incidents


def towns(incident):
    return {p.resolution.place.name for p in incident.places if p.role == "happened" and p.resolution.place}
