"""Numbers as news reports write them: tokens, number words, and how sure the figure is.

Rules of this module, in one place:

=============================  =======================================================================
written                        read as (low, best, high)
=============================  =======================================================================
12, twelve, a dozen            (12, 12, 12)
at least 12, 12 or more        (12, 12, None)
more than 12, over a dozen     (13, None, None): what is certain is one more than the figure
about, around, some 200        (180, 200, 220): a tenth to either side
nearly, almost 200             (180, 200, 200)
up to, as many as 30           (None, None, 30)
fewer than 30                  (None, None, 29)
between 30 and 40, 30 to 40    (30, None, 40)
dozens, scores, hundreds ...   (24, None, None), (40, ...), (200, ...): two of them are certain
several, a few, many           (2, None, None): more than one is all that is certain
none, no                       (0, 0, 0)
=============================  =======================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Quantity", "Token", "modifier_at", "number_at", "parse_number", "quantity_at", "tokenise"]

# Digits keep their separators; letters keep a possessive; everything else is a token of its own.
_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*(?![^\W_])|[^\W_]+(?:['’][^\W\d_]+)?|[^\w\s]|_")

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "lakh": 100_000, "lakhs": 100_000, "crore": 10_000_000, "crores": 10_000_000,
}  # fmt: skip
_PLURALS = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000, "lakhs": 200_000}
_MANY = frozenset({"several", "many", "multiple", "numerous", "various"})

# What stands before a figure and bends it; the longest is tried first.
_MODIFIERS: dict[tuple[str, ...], str] = {
    ("at", "least"): "at least",
    ("a", "minimum", "of"): "at least",
    ("no", "fewer", "than"): "at least",
    ("no", "less", "than"): "at least",
    ("not", "less", "than"): "at least",
    ("more", "than"): "more than",
    ("over",): "more than",
    ("upwards", "of"): "more than",
    ("upward", "of"): "more than",
    ("well", "over"): "more than",
    ("in", "excess", "of"): "more than",
    ("about",): "about",
    ("around",): "about",
    ("some",): "about",
    ("roughly",): "about",
    ("approximately",): "about",
    ("an", "estimated"): "about",
    ("estimated",): "about",
    ("nearly",): "nearly",
    ("almost",): "nearly",
    ("close", "to"): "nearly",
    ("up", "to"): "up to",
    ("as", "many", "as"): "up to",
    ("at", "most"): "up to",
    ("a", "maximum", "of"): "up to",
    ("no", "more", "than"): "up to",
    ("not", "more", "than"): "up to",
    ("fewer", "than"): "fewer than",
    ("less", "than"): "fewer than",
    ("under",): "fewer than",
    ("only",): "exactly",
    ("just",): "exactly",
    ("exactly",): "exactly",
    ("precisely",): "exactly",
    ("a", "total", "of"): "exactly",
    ("the", "other"): "exactly",
    ("all",): "exactly",
    ("the",): "exactly",
    ("these",): "exactly",
    ("those",): "exactly",
    ("another",): "another",
    ("a", "further"): "another",
    ("an", "additional"): "another",
    ("a", "different"): "exactly",
}
_LONGEST_MODIFIER = max(map(len, _MODIFIERS))
_FIRST_OF_MODIFIER = frozenset(words[0] for words in _MODIFIERS)

# A figure that goes on into one of these is not a number of people.
_DASHES = frozenset("-‐‑–—")
_CURRENCY = frozenset("$€£¥₹₪")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, figure or mark; `low` is the word in lower case, with straight apostrophes."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its bounds; `begin` and `end` are token indexes (end exclusive), modifiers included."""

    begin: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    modifier: str | None = None
    additional: bool = False


_MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec""".split()
)


def tokenise(text: str) -> list[Token]:
    """Cut a text into words, figures and marks, each with its offsets; linear in the length of the text."""
    return [Token(m[0], m[0].lower().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _digits(text: str) -> float | None:
    """Value of a figure in digits, or None: "1,200" and "1.200" are 1200, "1.2" is 1.2, "85,1" is nothing."""
    if text.isdecimal():
        return int(text) if len(text) <= 12 else None
    if len(text) > 16:
        return None
    parts = re.split(r"[.,\u00a0\u202f]", text)
    separators = {c for c in text if not c.isdecimal()}
    if not all(part.isdecimal() for part in parts):
        return None
    if len(separators) == 1 and len(parts[0]) <= 3 and all(len(p) == 3 for p in parts[1:]):
        return int("".join(parts))
    if separators == {"."} and len(parts) == 2 and len(parts[1]) <= 2:
        return float(f"{int(parts[0])}.{int(parts[1])}")
    return None


def _below_hundred(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """Read "twelve" or "twenty-five" at `i`; gives the next index and the value."""
    word = words[i] if i < len(words) else ""
    if word in _UNITS:
        return i + 1, _UNITS[word]
    if word not in _TENS:
        return None
    k = i + 2 if i + 1 < len(words) and words[i + 1] in _DASHES else i + 1
    if k < len(words) and 0 < _UNITS.get(words[k], 0) < 10:
        return k + 1, _TENS[word] + _UNITS[words[k]]
    return i + 1, _TENS[word]


def _below_thousand(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """Read "one hundred and twenty-five" or a part of it at `i`; gives the next index and the value."""
    scale_ahead = i + 1 < len(words) and words[i + 1] in {"hundred", "thousand", "million"}
    small = (i + 1, 1) if words[i] in {"a", "an"} and scale_ahead else _below_hundred(words, i)
    if small is None:
        return None
    j, value = small
    if j < len(words) and words[j] == "hundred":
        value, j = value * 100, j + 1
        rest = _below_hundred(words, j + 1 if j < len(words) and words[j] == "and" else j)
        if rest is not None:
            j, value = rest[0], value + rest[1]
    return j, value


def _is_year(words: Sequence[str], i: int) -> bool:
    """Tell whether a figure is the year of a date before it: "28 November 2005 Ten people", "June 24, 2005"."""
    if not (len(words[i]) == 4 and words[i].isdecimal() and words[i][:2] in {"19", "20"}):
        return False
    before = [word for word in words[max(0, i - 3) : i] if word not in {",", "."}][-2:]
    day_first = len(before) == 2 and before[1].isdecimal() and len(before[1]) <= 2
    return bool(before) and (before[1] if len(before) == 2 and not day_first else before[0]) in _MONTHS


def number_at(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """Read one plain number at token `i`.

    Parameters
    ----------
    words
        The lower-case tokens (`Token.low`).
    i
        Where the number must begin.

    Returns
    -------
    tuple of int, or None
        The index after the number, and its value: "1.2 million", "two dozen", "half a dozen", "twenty-five".
    """
    if i >= len(words):
        return None
    word = words[i]
    if word == "half" and tuple(words[i + 1 : i + 3]) == ("a", "dozen"):
        return i + 3, 6
    if word == "a" and i + 1 < len(words) and words[i + 1] in {"dozen", "couple", "pair", "trio"}:
        size = {"dozen": 12, "trio": 3}.get(words[i + 1], 2)
        return (i + 3 if tuple(words[i + 2 : i + 3]) == ("of",) else i + 2), size
    if word == "a" and tuple(words[i + 1 : i + 3]) == ("score", "of"):
        return i + 3, 20
    if word == "both":
        return i + 1, 2
    value: float
    if word[:1].isdecimal() and word[-1] == "k" and word[:-1].isdecimal() and len(word) <= 4:
        return i + 1, 1_000 * int(word[:-1])
    if _is_year(words, i) or (i and words[i - 1] in _MONTHS and i + 1 < len(words) and _is_year(words, i + 1)):
        return None
    if word[:1].isdecimal():
        figure = _digits(word)
        if figure is None:
            return None
        value, j = figure, i + 1
        if len(word) <= 3 and word.isdecimal() and j < len(words) and len(words[j]) == 3 and words[j].isdecimal():
            value, j = value * 1_000 + int(words[j]), j + 1  # 2 500
    else:
        small = _below_thousand(words, i)
        if small is None:
            return None
        j, value = small
    total: float = 0
    for _ in range(4):  # billion, million, thousand, rest
        if j < len(words) and words[j] == "dozen":
            value, j = value * 12, j + 1
        elif j < len(words) and words[j] in _SCALES:
            value, j = value * _SCALES[words[j]], j + 1
            k = j + 1 if j < len(words) and words[j] == "and" else j
            rest = _below_thousand(words, k) if k < len(words) and words[k] in {*_UNITS, *_TENS} else None
            if rest is not None and value >= 1_000:
                total, value, j = total + value, rest[1], rest[0]
                continue
        break
    result = total + value
    return (j, round(result)) if abs(result - round(result)) < 1e-6 and result < 10**10 else None


def _plural_at(words: Sequence[str], i: int) -> tuple[int, int, str] | None:
    """Read "dozens", "tens of thousands", "several", "a few" at `i`: next index, what is certain, the words."""
    word = words[i] if i < len(words) else ""
    ahead = tuple(words[i + 1 : i + 3])
    if word == "tens" and ahead == ("of", "thousands"):
        return i + 3, 20_000, "tens of thousands"
    if word == "hundreds" and ahead == ("of", "thousands"):
        return i + 3, 200_000, "hundreds of thousands"
    if word == "several" and ahead[:1] in {("dozen",), ("hundred",), ("thousand",)}:
        return i + 2, {"dozen": 24, "hundred": 200, "thousand": 2_000}[ahead[0]], f"several {ahead[0]}"
    if word in _PLURALS:
        return i + 1, _PLURALS[word], word
    if word in _MANY:
        return i + 1, 2, word
    if word == "a" and ahead[:1] == ("few",):
        return i + 2, 2, "a few"
    if word == "a" and ahead in {("number", "of"), ("handful", "of"), ("group", "of")}:
        return i + 3, 2, f"a {ahead[0]} of"
    return None


def _bounds(modifier: str | None, value: int) -> tuple[int | None, int | None, int | None]:
    """Bounds of a figure under its modifier; the table of the module."""
    tenth = value // 10
    match modifier:
        case "at least":
            return value, value, None
        case "more than":
            return value + 1, None, None
        case "about":
            return value - tenth, value, value + tenth
        case "nearly":
            return value - tenth, value, value
        case "up to":
            return None, None, value
        case "fewer than":
            return None, None, max(value - 1, 0)
        case _:
            return value, value, value


def modifier_at(words: Sequence[str], i: int) -> tuple[int, str] | None:
    """Read what bends a figure behind it at token `i` ("at least", "more than"): the next index, and its name."""
    if i < len(words) and words[i] in _FIRST_OF_MODIFIER:
        for length in range(_LONGEST_MODIFIER, 0, -1):
            name = _MODIFIERS.get(tuple(words[i : i + length]))
            if name is not None and i + length <= len(words):
                return i + length, name
    return None


def quantity_at(words: Sequence[str], i: int) -> Quantity | None:
    """Read a figure with what bends it ("at least 12", "between 30 and 40", "dozens more") at token `i`."""
    modifiers: list[str] = []
    j = i
    while len(modifiers) < 3 and (found := modifier_at(words, j)) is not None:
        j = found[0]
        modifiers.append(found[1])
    spoken = next((m for m in modifiers if m not in {"exactly", "another"}), None)
    additional = "another" in modifiers
    plural = _plural_at(words, j)
    if plural is not None:
        end, value, name = plural
        low = value if spoken not in {"up to", "fewer than"} else None
        end = end + 1 if tuple(words[end : end + 1]) == ("of",) else end
        quantity = Quantity(i, end, low, None, None, f"{spoken} {name}" if spoken else name, additional)
        return _with_tail(words, quantity)
    both_ends = _range_at(words, j, spoken)
    if both_ends is not None:
        end, low_end, high_end = both_ends
        return _with_tail(words, Quantity(i, end, low_end, None, high_end, "between", additional))
    number = number_at(words, j)
    if number is None:
        # "an additional" and "another" alone are one more: only "another" is a figure by itself
        if modifiers == ["another"] and words[i] == "another":
            return Quantity(i, i + 1, 1, 1, 1, None, additional=True)
        return None
    end, value = number
    quantity = Quantity(i, end, *_bounds(spoken, value), spoken, additional)
    return _with_tail(words, quantity)


def _range_at(words: Sequence[str], i: int, modifier: str | None) -> tuple[int, int, int] | None:
    """Read "between 30 and 40", "from 30 to 40", "30-40", "two or three" at `i`: next index, both ends."""
    opener = words[i] if i < len(words) else ""
    first = number_at(words, i + 1 if opener in {"between", "from"} else i)
    if first is None or first[0] >= len(words):
        return None
    joint = words[first[0]]
    wanted = {"between": {"and"}, "from": {"to", *_DASHES}}.get(opener, {"to", "or", *_DASHES})
    if joint not in wanted or (modifier == "up to" and joint == "to"):
        return None
    second = number_at(words, first[0] + 1)
    if second is None or second[1] <= first[1]:
        return None
    low, (end, high) = first[1], second
    for scale in ("million", "thousand", "hundred", "dozen"):  # "two to three million" is two million at the low end
        if words[end - 1] == scale and scale not in words[i : first[0]]:
            low *= 12 if scale == "dozen" else _SCALES[scale]
            break
    return (end, low, high) if low < high else None


def _with_tail(words: Sequence[str], quantity: Quantity) -> Quantity:
    """Take in what follows a figure and bends it: "or more", "or so", "+", "more", "others"."""
    end = quantity.end
    ahead = tuple(words[end : end + 2])
    plain = quantity.best is not None and quantity.modifier is None
    if plain and ahead == ("or", "more"):
        return Quantity(quantity.begin, end + 2, quantity.best, quantity.best, None, "at least", quantity.additional)
    if plain and ahead[:1] == ("+",):
        return Quantity(quantity.begin, end + 1, quantity.best, quantity.best, None, "at least", quantity.additional)
    if plain and ahead == ("or", "so") and quantity.best is not None:
        bounds = _bounds("about", quantity.best)
        return Quantity(quantity.begin, end + 2, *bounds, "about", quantity.additional)
    if ahead[:1] in {("more",), ("additional",)} and ahead[1:] != ("than",):
        return Quantity(
            quantity.begin, end + 1, quantity.low, quantity.best, quantity.high, quantity.modifier, additional=True
        )
    return quantity


def parse_number(text: str) -> tuple[int | None, int | None, int | None] | None:
    """Read a figure as (low, best, high); an open or unknown bound is None.

    Parameters
    ----------
    text
        The figure with its words, such as ``"at least 12"``, ``"dozens"``, ``"between 30 and 40"``. Words after the
        figure ("people") are allowed, words before it are not.

    Returns
    -------
    tuple, or None
        Bounds by the table at the head of this module; None when the text does not begin with a figure.
    """
    words = [token.low for token in tokenise(text)]
    if not words:
        return None
    if words[0] in {"no", "none", "nobody"} and words[1:2] not in (["more"], ["fewer"], ["less"]):
        return 0, 0, 0
    if words[0] in _CURRENCY:
        return None
    quantity = quantity_at(words, 0)
    return None if quantity is None else (quantity.low, quantity.best, quantity.high)
