"""The block of keys that Markdown files begin with ("---", as Jekyll, Hugo and Obsidian write it)."""

from __future__ import annotations

import re

__all__ = ["front_matter"]

_BLOCK = re.compile(
    r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<rows>.{0,20000}?)\r?\n(?:(?P=mark)|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_ROW = re.compile(r"(?P<key>[A-Za-z][\w-]{0,40})\s*[:=]\s*(?P<value>\S.*?)\s*")


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Read the keys above a Markdown text.

    Returns
    -------
    tuple
        Plain values by key in lower case (lists and nested keys are left out), and where the text begins.
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, 0
    values: dict[str, str] = {}
    for line in block["rows"].splitlines():
        if (row := _ROW.fullmatch(line)) and not row["value"].startswith(("[", "{", "|", ">", "&", "*")):
            values.setdefault(row["key"].lower(), _unquoted(row["value"]))
    return (values, block.end()) if values else ({}, 0)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return re.sub(r"\s+#.*$", "", value)
