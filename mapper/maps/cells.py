"""Table cells to what the page may carry: cleaned text, whole numbers, days; None for every kind of "not known"."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from typing import Any

__all__ = ["day", "listing", "listings", "number", "records", "text", "texts", "whole"]

# Control characters break a terminal, a spreadsheet or a parser; bidirectional overrides and isolates make a text look
# like another one. Neither says anything in news text. Tab and newline stay; so do the joiners of Persian and Hindi.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST = 2**53
_EPOCH = dt.date(1970, 1, 1)


def text(value: Any) -> str | None:
    """Text without control and bidirectional characters; None where there is none."""
    if type(value) is str and value.isprintable():  # most texts: nothing in them has to go
        return value.strip() or None
    if value is None or _missing(value):
        return None
    cleaned = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))).strip()
    return cleaned or None


def texts(values: list[Any]) -> list[str | None]:
    """Apply `text` to each value: at once where nothing in any of them has to go."""
    try:
        plain = all(map(str.isprintable, values))
    except TypeError:  # not text, all of them
        plain = False
    return [value.strip() or None for value in values] if plain else [text(value) for value in values]


def _missing(value: Any) -> bool:
    # NaN, NaT and pandas.NA are the only values not equal to themselves (NA answers with itself, which has no truth).
    if isinstance(value, str | list | tuple | dict | bytes) or hasattr(value, "__len__"):
        return False
    try:
        return bool(value != value)  # noqa: PLR0124 - that is the test
    except TypeError:
        return True


def number(value: Any) -> float | None:
    """Read a finite number, or None."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) else None


def whole(value: Any) -> int | None:
    """Read a whole number, or None; one that JavaScript cannot hold exactly is none that a report gives."""
    found = number(value)
    return None if found is None or abs(found) > _MOST else round(found)


def day(value: Any) -> int | None:
    """Days since 1970-01-01 of a date, a datetime or an ISO 8601 text; None where it is no date."""
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    if value is None or _missing(value):
        return None
    if isinstance(value, dt.datetime):
        value = value.date()
    return (value - _EPOCH).days if isinstance(value, dt.date) else None


def listing(value: Any) -> list[str]:
    """Texts of a list, of JSON text that holds one, or of a single text."""
    if type(value) is str and not value.lstrip().startswith("["):
        return [found] if (found := text(value)) else []
    return [found for item in _items(value) if (found := text(_name(item)))]


def listings(values: list[Any]) -> list[list[str]]:
    """Apply `listing` to each value: at once where all are single texts."""
    if all(type(value) is str and not value.lstrip().startswith("[") for value in values):
        return [[found] if found else [] for found in texts(values)]
    return [listing(value) for value in values]


def records(value: Any) -> list[dict[str, Any]]:
    """Give the objects of a list, or of JSON text that holds one; their values are not cleaned."""
    return [item for item in _items(value) if isinstance(item, dict)]


def _items(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, str):
        if value.lstrip().startswith("["):
            try:
                parsed = json.loads(value)
            except ValueError:
                return [value]
            if isinstance(parsed, list) and all(isinstance(item, str | dict) for item in parsed):
                return parsed
        return [value]
    if isinstance(value, dict):
        return [value]
    if hasattr(value, "tolist"):  # numpy and pyarrow arrays
        value = value.tolist()
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    return [] if _missing(value) else [value]


def _name(item: Any) -> Any:
    if isinstance(item, dict):
        return next((item[key] for key in ("text", "name") if isinstance(item.get(key), str)), None)
    return item
