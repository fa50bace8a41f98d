"""Sentences of a report, and its text made even for matching. Offsets into `Document.text` hold everywhere."""

from __future__ import annotations

from mapper.text.languages import UNDETERMINED, language_of
from mapper.text.mending import mend
from mapper.text.splitting import sentences

__all__ = ["UNDETERMINED", "language_of", "mend", "sentences"]
