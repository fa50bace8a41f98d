"""The two keys under which names are found: one for spelling that does not matter, a loose one for romanisation.

`fold` takes away what writers and keyboards vary without meaning anything by it: case, diacritics, apostrophes,
hyphens, dots, Arabic letter variants, "St." for "Saint". `loose` goes on to what transliterations disagree about: the
article (al-, el-, ad-, ez- ...), ``ee``/``i``, ``ou``/``u``, doubled letters, the final ``h``, the spaces. The loose
key merges a few per cent of all names with others, so it is asked only when the exact key finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["fold", "is_capitals", "is_dotted", "loose", "loose_number", "loosened", "respelt"]

# Letters that Unicode does not decompose, as news agencies romanise them; Arabic and Persian variants of one letter.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ı": "i", "þ": "th", "ð": "d", "ħ": "h", "ŋ": "n", "ə": "a", "æ": "ae", "œ": "oe",
        "ŧ": "t", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ـ": None,
        "&": " and ",
    }
)  # fmt: skip
_SILENT = re.compile(r"[‘’'`ʿʾʻʼʹʺ´ˈ′\"“”„.·\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_ARTICLES = frozenset("al el ad ar as at an az ash adh ath".split())
_SUN_LETTERS = ("sh", "dh", "th", "d", "n", "r", "s", "t", "z")  # that the l of the article becomes
_BREAK = re.compile(r"[\W_]+")
# The same two steps for ASCII, where most names are: one pass over the bytes, ten times as fast.
_SILENT_ASCII = b"'`\"."
_ASCII = bytes(c if chr(c).isalnum() else 32 for c in bytes(range(128)).lower()) + bytes(128)
_SAINT = re.compile(r"\b(st|ste)(?= \w)")
_FIRST = {"mt": "mount", "ft": "fort"}
_SHORT = tuple(f"{first} " for first in _FIRST)

_ARTICLE = r"(?:al|el|ul|il|as|es|ash|esh|ad|ed|adh|ar|er|at|et|az|ez|an|en|the)"
_VOWELS = (("ee", "i"), ("ou", "u"), ("oo", "u"), ("ei", "ai"), ("ey", "ai"), ("ay", "ai"), ("q", "k"))


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Give the exact key of a name.

    Parameters
    ----------
    name
        A name in any script, as written.

    Returns
    -------
    str
        Case-folded, without diacritics, apostrophes and dots, words parted by single spaces; "" where nothing is left.
        Folding a key again changes nothing.
    """
    if name.isascii():
        written = name.replace("&", " and ").encode().translate(_ASCII, _SILENT_ASCII)
        text = " ".join(written.decode().split())
    else:
        text = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = _BREAK.sub(" ", _SILENT.sub("", text)).strip()
    if "st " in text or "ste " in text:
        text = _SAINT.sub("saint", text)
    if text.startswith(_SHORT):
        first, _, rest = text.partition(" ")
        text = f"{_FIRST[first]} {rest}"
    return text


@cache
def _loosening() -> tuple[re.Pattern[str], ...]:
    # Compiled when first used: the first answer of a process needs none of them.
    return (
        re.compile(rf"^{_ARTICLE} (?=\w{{2}})"),
        re.compile(rf" {_ARTICLE} (?=\w{{2}})"),
        re.compile(r"(?<= )[aeu](?:l(?=l)|s(?=s)|z(?=z)|d(?=d)|r(?=r)|t(?=t)|n(?=n))(?=\w{3})"),
        re.compile(r"\bال(?=\w{2})"),
        re.compile(r"(?<=[ae])h\b"),
        re.compile(r"(.)\1+"),
        re.compile(r"\bk[aeiu]?fa?r"),  # the village in Kafr, Kfar, Kufr and Kfraya
    )


@lru_cache(maxsize=65536)
def loose(name: str) -> str:
    """Give the looser key of a name (of its exact key, or of the name as written).

    Returns
    -------
    str
        A key without spaces, articles and doubled letters, on which most romanisations of one name agree; "" where
        nothing is left.
    """
    return loosened(fold(name))


def loosened(key: str) -> str:
    """Give the looser key of an exact key."""
    leading, inner, fused, arabic, final_h, doubled, village = _loosening()
    # Each pattern is asked only where it can match: most names are one word without an article.
    if " " in key:
        key = leading.sub("", key)
        key = inner.sub(" ", key) if key.count(" ") > 1 else key
        key = fused.sub("", key) if " " in key else key
    if not key.isascii():
        key = arabic.sub("", key)
    if "h" in key:
        key = final_h.sub("", key)
    if "f" in key:
        key = village.sub("kfr", key)
    for written, kept in _VOWELS:
        key = key.replace(written, kept)
    return doubled.sub(r"\1", key.replace(" ", ""))


def loose_number(key: str) -> int:
    """Give the 40-bit number under which a loose key is kept.

    The loose keys themselves are never shown, and as numbers take half the room; that two of some 300,000 meet has a
    chance of one in three million a lookup.
    """
    import hashlib  # noqa: PLC0415  slow to load, and most names need no loose key

    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=5).digest(), "big")


def is_capitals(name: str) -> bool:
    """Say whether every cased letter of a name is a capital ("US", "U.A.E."), as codes are written."""
    return name.upper() == name and name.lower() != name


def is_dotted(name: str) -> bool:
    """Say whether a name has a full stop after a letter ("Miss.", "W.Va"), as abbreviations are written."""
    return "." in name[1:]


def respelt(name: str, key: str) -> Iterator[str]:
    """Give the exact keys of other ways to write a name: without hyphen, its Arabic article assimilated or not.

    "Pétion-Ville" is "Petionville" too, "Al-Rahad" "Ar-Rahad", and "Ar-Rahad" "Al-Rahad".
    """
    if _HYPHEN.search(name):
        yield fold(_HYPHEN.sub("", name))
    article, space, rest = key.partition(" ")
    if space and article in _ARTICLES and len(rest) > 3:
        sun = next((letters for letters in _SUN_LETTERS if rest.startswith(letters)), "")
        yield from (f"{form} {rest}" for form in ("al", "el", *((f"a{sun}",) if sun else ())) if form != article)
