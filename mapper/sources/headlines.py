"""The headline of a plain text: its first line, when it has the shape of one."""

from __future__ import annotations

import re

__all__ = ["headline"]

_HEAD_CHARS = 4_000
_LONGEST = 200
_SHORTEST = 8
_LABELLED = re.compile(r"(?:title|headline)\s*:\s*(?P<value>\S.*)", re.IGNORECASE)
_MARKDOWN = re.compile(r"#{1,2}\s+(?P<value>\S.*?)\s*#*")
# A sentence, a list item, a label or a line of the header is no headline.
_NO_HEADLINE_END = re.compile(r"(?:(?<!\.\.)[.;,:]|[-–—])[\"'”’)\]]*$")
_NO_HEADLINE_START = re.compile(
    r"[-*•>|({\[]|\d{1,2}[.)]\s|(?:by|published|posted|updated|date|source|from|to|subject|url)\b\s*[:A-Z]",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\((?:[A-Z][\w.-]*\s?){1,3}\)\s*[-–—]|\s(?:--|—)\s")
# A by-line or a date: what stands above it is a headline, however long.
_UNDER_A_HEADLINE = re.compile(
    r"(?:[Bb]y\s+(?:[a-z]+\s+)*[A-Z][a-z]|(?i:published|posted|updated|issued|date)\b|"
    r"(?:\w+day,?\s+)?\d{1,2}\s+\w+\s+\d{4}$|(?:\w+day,?\s+)?[A-Z]\w+\.?\s+\d{1,2},?\s+\d{4}$)"
)
_WRAP_COLUMNS = range(40, 100)


def headline(text: str) -> str | None:
    """Return the headline that a text begins with, or None.

    A `title:` line or a Markdown heading is taken as it is. Else the first line must be short, end without a full stop,
    be followed by more text on lines of its own, and not be the first of hard-wrapped lines.
    """
    lines = [line.strip() for line in text[:_HEAD_CHARS].splitlines()]
    filled = [index for index, line in enumerate(lines) if line]
    for index in filled[:6]:
        if match := _LABELLED.fullmatch(lines[index]):
            return match["value"].strip("\"'“”")[:_LONGEST]
    if len(filled) < 2:
        return None
    first, following = filled[0], filled[1]
    line = lines[first].lstrip("\ufeff")
    if match := _MARKDOWN.fullmatch(line):
        return match["value"]
    if not _SHORTEST <= len(line) <= _LONGEST or " " not in line or not any(c.isalpha() for c in line):
        return None
    if _NO_HEADLINE_END.search(line) or _NO_HEADLINE_START.match(line) or _DATELINE.search(line):
        return None
    goes_on = following == first + 1 and not _UNDER_A_HEADLINE.match(lines[following])
    if goes_on and (lines[following][0].islower() or _is_wrapped(lines[first:])):
        return None
    return line


def _is_wrapped(lines: list[str]) -> bool:
    # Lines of one paragraph: about as long as each other, and most of them end in the middle of a sentence.
    block: list[str] = []
    for line in lines:
        if not line:
            break
        block.append(line)
    widest = max(map(len, block))
    inner = block[:-1]
    open_ended = sum(1 for line in inner if line[-1] not in '.!?"”’')
    return (
        widest in _WRAP_COLUMNS and all(len(line) * 10 >= widest * 7 for line in inner) and open_ended * 2 >= len(inner)
    )
