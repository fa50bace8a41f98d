"""Paragraphs of a text: which line breaks part, and which are only where a line was full.

Pages give one paragraph a line, agencies wrap lines at some 70 columns, extracted pages indent what goes on. A break
inside a running sentence joins when the text is wrapped: when most lines would not have had room for the next word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Paragraph", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that shows something, without the white space around it; `lines` counts its lines."""

    start: int
    end: int
    lines: int = 1


_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_BULLET = re.compile(r"(?:[-*•▪‣●◦·–—]\s|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s)")
_STOP = re.compile(r"(?:[.!?…:。！？؟۔।]|\[\d{1,3}\])[\"'”’»)\]]*\Z")
# No line of its own ends like this: a comma, or a word that asks for the next.
_OPEN_END = re.compile(
    r"(?:,|\b(?:a|an|the|of|in|on|at|by|to|for|from|with|and|or|but|that|which|who|as|into|than|its|his|her|their))\Z"
)
_NARROWEST, _WIDEST = 40, 160
_INDENT = 2


def paragraphs(text: str) -> list[Paragraph]:
    """Cut a text into paragraphs that cover everything but white space, in order."""
    groups: list[list[Paragraph]] = [[]]
    blank = True
    for match in _LINE.finditer(text):
        if match[0][0] in _BREAKS:
            if blank and groups[-1]:
                groups.append([])
            blank = True
            continue
        shown = match[0].strip()
        if shown:
            start = match.start() + match[0].index(shown[0])
            groups[-1].append(Paragraph(start, start + len(shown)))
            blank = False
    width = _width(text, groups)
    return [paragraph for group in groups for paragraph in _joined(text, group, width)]


def _width(text: str, groups: Sequence[Sequence[Paragraph]]) -> int:
    """Return the column at which the text is wrapped, or 0 when it is not."""
    pairs = [pair for group in groups for pair in pairwise(group)]
    if not pairs:
        return 0
    widths = sorted(line.end - line.start for group in groups for line in group)
    # A line that cannot be broken (an address) may stick out.
    width = widths[-1 - len(widths) // 20]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = [first for first, second in pairs if _is_full(text, first, second, width)]
    open_ended = sum(1 for line in full if not _ends(text, line))
    return width if len(full) * 2 >= len(pairs) and open_ended * 2 >= len(full) else 0


def _is_full(text: str, first: Paragraph, second: Paragraph, width: int) -> bool:
    # The right edge of agencies' text is ragged by hand: a tenth of the width counts as full.
    word = text[second.start : min(second.end, second.start + width)].split(None, 1)[0]
    return (first.end - first.start + 1 + len(word)) * 10 >= width * 9


def _ends(text: str, line: Paragraph) -> bool:
    return _STOP.search(text, max(line.start, line.end - 8), line.end) is not None


def _joined(text: str, lines: Sequence[Paragraph], width: int) -> list[Paragraph]:
    joined: list[Paragraph] = []
    usual = _usual_indent(text, lines) if width else 0
    for index, line in enumerate(lines):
        if index and _goes_on(text, lines[index - 1], line, width, usual):
            last = joined[-1]
            joined[-1] = Paragraph(last.start, line.end, last.lines + 1)
        else:
            joined.append(line)
    return joined


def _goes_on(text: str, first: Paragraph, second: Paragraph, width: int, usual: int) -> bool:
    if _BULLET.match(text, second.start, second.end):
        return False
    if _OPEN_END.search(text, max(first.start, first.end - 12), first.end):
        return True
    if width:
        return _is_full(text, first, second, width) and _indent(text, second) < usual + _INDENT
    # Not wrapped on the whole, but a sentence that stops nowhere and goes on in lower case is one sentence.
    return (
        text[second.start].islower()
        and not _ends(text, first)
        and any(character.isupper() for character in text[first.start : min(first.end, first.start + 200)])
    )


def _usual_indent(text: str, lines: Sequence[Paragraph]) -> int:
    indents = sorted(_indent(text, line) for line in lines[1:])
    return indents[len(indents) // 2] if indents else 0


def _indent(text: str, line: Paragraph) -> int:
    position = line.start
    floor = max(0, line.start - _WIDEST)
    while position > floor and text[position - 1] not in _BREAKS:
        position -= 1
    return line.start - position
