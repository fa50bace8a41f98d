"""Pieces of a sentence as the recogniser sees them: words with offsets, case and what stands between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapper.geocoder.lexicon import GENERIC, TITLES, common_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.records import Sentence

__all__ = [
    "ABBREVIATED",
    "SHOUTED_WORDS",
    "Piece",
    "capitalised",
    "is_arabic",
    "is_headline",
    "is_shouting",
    "pieces_of",
    "recased",
    "shouted",
]

SHOUTED_WORDS = 3
"""Fewer words in capitals are an abbreviation or a dateline, not a manner of writing."""

WRITTEN_IN_CAPITALS = frozenset("US USA UK UAE USSR EU DRC DPRK NYC DC".split())
"""Names that are capitals however the text around them is written."""

ABBREVIATED = frozenset(
    """st ste ft mt pt gov sen rep gen col lt sgt capt dr mr mrs ms prof rev hon adm maj cpl no vs jr sr dept fla
    calif tex ill ind wis minn mich pa va mass conn md del ga ala miss tenn ky mo ark okla kan neb colo wyo mont
    ariz nev ore wash la vt penn ont que alta sask man""".split()
)
"""Words that keep their full stop when they stand inside a name ("St. Louis")."""

_PIECE = re.compile(r"[NSW]\. ?(?:Va|Dak|Mex|Car)\.|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ`][^\W_]+)*")
_POSSESSIVE = ("'s", "’s", "'S", "’S")
_OPENING = frozenset('.!?:“"\n•')
_HYPHENS = frozenset("-‐‑")
_NORTH_SOUTH, _EAST_WEST = frozenset({"north", "south"}), frozenset({"east", "west", "eastern", "western"})
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")


class Piece(NamedTuple):
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
    text, at, base = sentence.text, 0, sentence.start
    opening = True
    for found in _PIECE.finditer(text):
        start, end = found.span()
        word = found.group()
        possessive = word[-2:] in _POSSESSIVE
        if possessive:
            word = word[:-2]
        gap = text[at:start]
        if gap != " " and "\n" in gap and gap.isspace() and gap.count("\n") == 1:
            gap = " "  # a line that only ran out of room: what ends at the end of a line is a sentence of its own
        if gap != " ":
            opening = opening or not _OPENING.isdisjoint(gap)
            if opening and pieces and gap.strip() == "." and _abbreviates(pieces[-1]):
                opening = False
        cap = word[0].isupper()
        if gap in _HYPHENS and word in _EAST_WEST and pieces and pieces[-1].lower in _NORTH_SOUTH:
            cap = pieces[-1].cap  # "South-east Asia"
        pieces.append(Piece(base + start, base + start + len(word), word, word.lower(), cap, gap, opening, possessive))
        opening = False
        at = end
    return pieces


def _abbreviates(piece: Piece) -> bool:
    return piece.lower in ABBREVIATED or len(piece.text) == 1


def is_shouting(pieces: Sequence[Piece], *, words: int = SHOUTED_WORDS) -> bool:
    """Whether a sentence of at least so many words is written in capitals, so that case says nothing."""
    return len(pieces) >= words and shouted("".join([p.text for p in pieces]))


def shouted(text: str) -> bool:
    """Whether more than seven in ten letters of a text are capitals."""
    if text.islower():
        return False
    return sum(map(str.isupper, text)) > 0.7 * max(1, sum(map(str.isalpha, text)))


def recased(pieces: Sequence[Piece]) -> list[Piece]:
    """Guess which words of a text in capitals would have a capital in running text.

    An ordinary word would not, unless it is a title or a kind of place, which stand beside or inside names.
    """
    ordinary = common_words()
    guessed: list[Piece] = []
    joined = False
    for p in pieces:
        cap = joined or p.lower not in ordinary or p.lower in _BESIDE_NAMES
        guessed.append(p._replace(cap=cap) if p.cap else p)
        joined = p.lower in _JOIN_NAMES  # "VINA DEL MAR"
    return guessed


_JOIN_NAMES = frozenset("del della dos das los las".split())


def capitalised(name: str) -> str:
    """Give a name from a text in capitals as running text writes it; abbreviations stay as they are."""
    return name if "." in name or name in WRITTEN_IN_CAPITALS else name.title()


def is_headline(pieces: Sequence[Piece]) -> bool:
    """Whether a sentence is written in title case, so that a capital says little."""
    ordinary = common_words()
    longer = [p.cap for p in pieces if len(p.text) > 3 and p.lower in ordinary and p.text.isalpha()]
    return len(longer) >= 3 and sum(longer) > 0.7 * len(longer)


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return not word.isascii() and _ARABIC.search(word) is not None


_BESIDE_NAMES = (TITLES | GENERIC) - {"named", "called", "us", "driver", "student", "teacher", "director", "state"}
