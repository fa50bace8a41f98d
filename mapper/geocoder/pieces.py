"""Pieces of a sentence as the recogniser sees them: words with offsets, case and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.geocoder.lexicon import common_words

if TYPE_CHECKING:
    from mapper.records import Sentence

__all__ = ["ABBREVIATED", "Piece", "is_arabic", "is_headline", "is_shouting", "pieces_of"]

ABBREVIATED = frozenset(
    """st ste ft mt pt gov sen rep gen col lt sgt capt dr mr mrs ms prof rev hon adm maj cpl no vs jr sr dept fla
    calif tex ill ind wis minn mich pa va mass conn md del ga ala miss tenn ky mo ark okla kan neb colo wyo mont
    ariz nev ore wash la vt penn ont que alta sask man""".split()
)
"""Words that keep their full stop when they stand inside a name ("St. Louis")."""

_PIECE = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ`][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]$")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word: offsets in the document, its text without a possessive, and the gap before it."""

    start: int
    end: int
    text: str
    lower: str
    cap: bool
    gap: str
    first: bool
    possessive: bool = False

    @property
    def upper(self) -> bool:
        """Whether it is written in capitals throughout ("US", "U.S.", "BAGHDAD")."""
        return self.text.isupper() and len(self.text) > 1


def pieces_of(sentence: Sentence) -> list[Piece]:
    """Cut a sentence into pieces; offsets point into the document."""
    pieces: list[Piece] = []
    text, at = sentence.text, 0
    opening = True
    for found in _PIECE.finditer(text):
        start, end = found.span()
        word = found.group()
        possessive = _POSSESSIVE.search(word) is not None
        if possessive:
            word = word[:-2]
        gap = text[at:start]
        opening = opening or any(c in gap for c in '.!?:“"\n•')
        if opening and gap.strip() == "." and pieces and (pieces[-1].lower in ABBREVIATED or len(pieces[-1].text) == 1):
            opening = False
        pieces.append(
            Piece(
                start=sentence.start + start,
                end=sentence.start + start + len(word),
                text=word,
                lower=word.lower(),
                cap=word[0].isupper(),
                gap=gap,
                first=opening,
                possessive=possessive,
            )
        )
        opening = False
        at = end
    return pieces


def is_shouting(pieces: list[Piece]) -> bool:
    """Whether a sentence is written in capitals, so that case says nothing."""
    letters = "".join(p.text for p in pieces)
    return len(pieces) >= 3 and sum(c.isupper() for c in letters) > 0.7 * max(1, sum(c.isalpha() for c in letters))


def is_headline(pieces: list[Piece]) -> bool:
    """Whether a sentence is written in title case, so that a capital says little."""
    longer = [p for p in pieces if len(p.text) > 3 and p.text.isalpha()]
    common = [p for p in longer if p.lower in common_words()]
    return len(common) >= 3 and sum(p.cap for p in common) > 0.7 * len(common)


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return _ARABIC.search(word) is not None
