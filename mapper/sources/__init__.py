"""The reading room: files, folders, patterns and standard input in, one `Document` a report out."""

from __future__ import annotations

from mapper.sources.copies import Fingerprint, fingerprint, originals
from mapper.sources.corpus import json_object
from mapper.sources.dates import parse_date
from mapper.sources.inputs import MAX_BYTES, Columns, Reading
from mapper.sources.reading import read

__all__ = [
    "MAX_BYTES",
    "Columns",
    "Fingerprint",
    "Reading",
    "fingerprint",
    "json_object",
    "originals",
    "parse_date",
    "read",
]
