"""Text that every file format can hold.

Reports come from anywhere, and Python text may hold what UTF-8, SQLite, Arrow or XML cannot: lone surrogates (from
broken decoding) and control characters. Each is replaced by one U+FFFD, so lengths, and with them offsets, stay true.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["all_clean", "clean_text", "clean_texts", "json_text"]

_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_BAD_BYTES = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])


def clean_text(text: str) -> str:
    """Replace lone surrogates and control characters (but tab, line feed, carriage return) by U+FFFD, one for one."""
    return _BAD.sub("\ufffd", text)


def clean_texts(texts: Sequence[str | None]) -> list[str | None]:
    """Clean a column of texts; None stays None.

    Nearly every column is clean already, and one pass in C over the whole of it shows that faster than a search in
    each text.
    """
    if all_clean(texts):
        return list(texts)
    return [None if text is None else clean_text(text) for text in texts]


def all_clean(texts: Sequence[str | None]) -> bool:
    """Tell whether none of the texts has anything to clean."""
    try:
        raw = "".join([text for text in texts if text]).encode()
    except UnicodeEncodeError:
        return False
    return len(raw.translate(None, _BAD_BYTES)) == len(raw)


def json_text(value: Any) -> str:
    """Write a value as JSON, always in the same way, so that it compares equal after a round trip through a file."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a whole number of more than 64 bits, a key that is no text
        return _ENCODE(value)
