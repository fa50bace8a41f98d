"""Text made even, character for character, so that names and patterns match however a page was typeset."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["mend"]

_SOFT_HYPHEN = "\u00ad"
_QUOTES = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc\u02b9\u0060\u00b4\u02bb",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
    "-": "\u2010\u2011\u2212\ufe63",
}
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"


def _table() -> dict[int, str]:
    table = {ord(character): plain for plain, characters in _QUOTES.items() for character in characters}
    # Full-width forms of ASCII stand a fixed distance from it (Unicode block FF00).
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys((*range(32), *range(127, 160)), " ")
    spaces = (code for code in range(0x80, 0x3001) if unicodedata.category(chr(code)) in {"Zs", "Zl", "Zp"})
    return table | dict.fromkeys(spaces, " ")


_TABLE = _table()
_WITHIN_A_WORD = re.compile(rf"(?<=[^\W_])[{_INVISIBLE}](?=[^\W_])")
_ELSEWHERE = re.compile(rf"[{_INVISIBLE}]")


def mend(text: str) -> str:
    """Return a text of the same length to match names and patterns in; quote evidence from the original.

    Every character is replaced by one character: all white space, line breaks and control characters by a space; curly
    and angular quotation marks by straight ones; hyphens by the ASCII hyphen (dashes stay: they part clauses);
    full-width forms by ASCII; invisible characters (soft hyphen, zero-width, bidirectional marks) by a space, but
    between two letters or digits by a soft hyphen (U+00AD), so that a matcher can tell a hidden joint from a gap.
    """
    if text.isascii() and text.isprintable():
        return text.replace("`", "'")
    return _ELSEWHERE.sub(_joint, text).translate(_TABLE) if _ELSEWHERE.search(text) else text.translate(_TABLE)


def _joint(match: re.Match[str]) -> str:
    return _SOFT_HYPHEN if _WITHIN_A_WORD.match(match.string, match.start()) else " "
