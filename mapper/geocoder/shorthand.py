"""Places that news writes in shorthand: states cut short, and the seats of members of a parliament.

"CHARLESTON, W.Va.", "Missing Ill. man found", "Rep. Jay Roberts (R-Ocilla)": American agencies and papers write so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.geocoder.lexicon import COMPASS, TIME_WORDS, common_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapper.geocoder.pieces import Piece

__all__ = ["seat_at", "state_after", "state_beside"]

_PARTIES = frozenset({"D", "R", "I", "DFL"})
_MOST = 4
"""Most words of the place that a member sits for."""


def state_after(pieces: Sequence[Piece], i: int, after: str, is_short: Callable[[str], bool]) -> str | None:
    """Give the abbreviation of a state right after a place: "Barrie, Ont.", "Columbia, Ky.".

    Parameters
    ----------
    after
        The character that follows piece i in the text.
    is_short
        Whether a name is that of a country or first-level division, cut short.
    """
    name = _with_dot(pieces[i].text, after)
    return name if pieces[i].gap == ", " and name.endswith(".") and is_short(name) else None


def state_beside(pieces: Sequence[Piece], i: int, after: str, is_short: Callable[[str], bool]) -> str | None:
    """Give the abbreviation of a state before the noun that it goes with: "3 Ind. fugitives", "Western Mass. towns".

    A full stop that a word in small letters follows ends no sentence: what stands before it is cut short.
    """
    piece = pieces[i]
    name = _with_dot(piece.text, after)
    goes_on = i + 1 < len(pieces) and not pieces[i + 1].cap and pieces[i + 1].gap in {" ", ". "}
    if not goes_on or not name.endswith(".") or len(name) < len("Pa.") or not pieces[i + 1].text.isalpha():
        return None
    named = i > 0 and pieces[i - 1].cap and piece.gap == " " and not _goes_before_names(pieces[i - 1])
    return name if not named and is_short(name) else None


def seat_at(
    pieces: Sequence[Piece], i: int, text_after: Callable[[int], str],
    *, knows: Callable[[str], bool], is_short: Callable[[str], bool],
) -> tuple[int, str] | None:  # fmt: skip
    """Give what a member of a parliament sits for, behind the letter of a party: "D-Charleston,", "(R-Calif.)".

    Parameters
    ----------
    text_after
        Gives the character that follows a piece in the text, by the piece's number.
    knows, is_short
        Whether a name is that of a place at all, and whether it is a state's name cut short.

    Returns
    -------
    tuple[int, str] | None
        The number of the piece behind it, and its name.
    """
    if i < 2 or pieces[i].gap != "-" or not pieces[i].cap:
        return None
    party, member = pieces[i - 1], pieces[i - 2]
    if party.text not in _PARTIES or party.gap not in {", ", " ("} or not member.cap:
        return None
    for j in range(min(len(pieces), i + _MOST), i, -1):
        if any(p.gap not in {" ", ". ", "-"} or not p.cap for p in pieces[i + 1 : j]):
            continue
        name = pieces[i].text + "".join(p.gap + p.text for p in pieces[i + 1 : j])
        after = text_after(j - 1)
        ends = j == len(pieces) or pieces[j].gap[:1] in {",", ")", ";", "."} or pieces[j].gap.startswith(" ,")
        dotted = _with_dot(name, after)
        if ends and is_short(dotted):
            return j, dotted
        if ends and knows(name):
            return j, name
    return None


def _with_dot(name: str, after: str) -> str:
    return name + "." if after == "." and not name.endswith(".") else name


def _goes_before_names(piece: Piece) -> bool:
    """Whether a word with a capital is no part of the name behind it: "Western Mass.", "Missing Ill. man"."""
    return piece.lower in COMPASS or (piece.first and piece.lower in common_words() and piece.lower not in TIME_WORDS)
