"""The words of the page, in every language that it speaks, from one table (`assets/words.json`)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from mapper.errors import UsageError

__all__ = ["LANGUAGES", "checked_language", "table", "word"]

LANGUAGES = ("en", "ar", "fr", "es")
_FILE = Path(__file__).parent / "assets" / "words.json"


@cache
def table() -> dict[str, dict[str, Any]]:
    """Give the table: key, then language, then the words, or a dictionary of them by plural form (CLDR)."""
    found: dict[str, dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def word(key: str, language: str | None, *values: object) -> str:
    """Give the words of a key that has no plural forms, with `{0}`, `{1}` filled in."""
    text: str = table()[key][language or "en"]
    for number, value in enumerate(values):
        text = text.replace(f"{{{number}}}", str(value))
    return text


def checked_language(language: str | None) -> str | None:
    """Give a language of the table, or None for the browser's own ("auto").

    Raises
    ------
    UsageError
        The page does not speak that language.
    """
    if language in (None, "auto"):
        return None
    if language not in LANGUAGES:
        raise UsageError(f"the map has no words in {language!r}", hint=f"choose auto, {', '.join(LANGUAGES)}")
    return language
