"""Lists of words as parts of regular expressions."""

from __future__ import annotations

__all__ = ["any_of"]


def any_of(words: str) -> str:
    r"""Join words, or regular expressions without spaces, as alternatives; "_" stands for white space.

    Examples
    --------
    >>> any_of("rebels? air_force")
    '(?:rebels?|air\\s+force)'
    """
    return "(?:" + "|".join(word.replace("_", r"\s+") for word in words.split()) + ")"
