"""The trigger lexicon: words that tell of an event, with its type, and the words that show that they do not.

The method is the simplest one that is right on most reports: a table of words and phrases (`data/triggers.txt`), looked
up token by token, and a table of figures of speech (`data/figures_of_speech.txt`) that take the event out of them. What
a model hears beside it, and doubts of it, is in `judging`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, cast

from mapper.incidents.scheme import GENERIC

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Token", "Trigger", "find_triggers", "is_figure_of_speech", "tokenize"]

Pos: TypeAlias = Literal["noun", "verb", "phrase", "effect", "hint", "heard"]
_Entry: TypeAlias = tuple[str, str, Pos, int]
_GAP: Final = frozenset({"~"})
_REACH: Final = 6  # words that a gap in a phrase may hold

_TOKEN: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


class Token(NamedTuple):
    """A word with its offsets; `low` is its lower-case form with straight apostrophes and without a possessive."""

    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells of an event.

    Attributes
    ----------
    start, end
        Offsets into the text that was searched.
    event_type, subtype
        Of the scheme; the type may be `GENERIC`.
    strength
        3 alone, 2 in company, 1 only beside others.
    first, last
        Index of its first and last token.
    """

    start: int
    end: int
    text: str
    event_type: str
    subtype: str
    pos: Pos
    strength: int
    first: int
    last: int


@lru_cache(maxsize=250)  # the sentences of a report are asked for more than once
def tokenize(text: str) -> tuple[Token, ...]:
    """Split a text into words; hyphens part words, so that "air-strike" reads as "air strike"."""
    return tuple(Token(*match.span(), match[0], _low(match[0])) for match in _TOKEN.finditer(text))


def _low(word: str) -> str:
    low = word.lower()
    return low if low.isalnum() else low.replace("\u2019", "'").removesuffix("'s")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The lexicon, indexed by first word; longer phrases first, so that "drone strike" wins over "drone"."""

    forms: dict[str, tuple[tuple[tuple[frozenset[str], ...], _Entry], ...]]
    not_before: dict[str, frozenset[str]]
    not_after: dict[str, tuple[tuple[str, ...], ...]]


@cache
def _lexicon() -> _Lexicon:
    data = files("mapper.incidents") / "data"
    before, after = _read_figures((data / "figures_of_speech.txt").read_text("utf-8"))
    return _Lexicon(_read_triggers((data / "triggers.txt").read_text("utf-8")), before, after)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _read_triggers(text: str) -> dict[str, tuple[tuple[tuple[frozenset[str], ...], _Entry], ...]]:
    index: dict[str, list[tuple[tuple[frozenset[str], ...], _Entry]]] = {}
    entry: _Entry | None = None
    for line in _lines(text):
        if line.startswith("["):
            kind, pos, strength = line.strip("[]").split()
            event_type, _, subtype = kind.partition("/")
            entry = (event_type, subtype, cast("Pos", pos), int(strength))
            continue
        assert entry is not None, "a form before the first section"
        for form in line.split():
            words = tuple(frozenset(word.split("|")) for word in form.split("_"))
            for first in words[0]:
                index.setdefault(first, []).append((words[1:], entry))
    return {word: tuple(sorted(found, key=_longest_first)) for word, found in index.items()}


def _longest_first(form: tuple[tuple[frozenset[str], ...], _Entry]) -> tuple[int, bool, int]:
    """Sort by words, what stands together before what has a gap: "opened fire" at a checkpoint opened no checkpoint."""
    words, (_, _, _, strength) = form
    return -sum(word != _GAP for word in words), _GAP in words, -strength


def _read_figures(text: str) -> tuple[dict[str, frozenset[str]], dict[str, tuple[tuple[str, ...], ...]]]:
    before: dict[str, frozenset[str]] = {}
    after: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in re.sub(r"\n\s+", " ", "\n".join(_lines(text))).splitlines():
        head, _, words = line.partition(":")
        trigger, side = head.split()
        if side == "before":
            before[trigger] = frozenset(words.split())
        else:
            after[trigger] = tuple(tuple(phrase.split("_")) for phrase in words.split())
    return before, after


def _figure_of_speech(tokens: Sequence[Token], first: int, last: int) -> bool:
    lexicon = _lexicon()
    before = {token.low for token in tokens[max(0, first - 5) : first]}
    if before & lexicon.not_before.get(tokens[first].low, frozenset()):
        return True
    following = tuple(token.low for token in tokens[last + 1 : last + 6])
    return any(following[: len(phrase)] == phrase for phrase in lexicon.not_after.get(tokens[last].low, ()))


def find_triggers(tokens: Sequence[Token]) -> list[Trigger]:
    """Find the triggers among the tokens of a sentence, longest first, without overlaps, in text order.

    Parameters
    ----------
    tokens
        As `tokenize` gives them.

    Returns
    -------
    list of Trigger
        An "effect" ("killed", "wounded") has the event type `GENERIC` and the part of speech "effect".
    """
    triggers = []
    i = 0
    while i < len(tokens):
        match = _match(tokens, i)
        if match is None:
            i += 1
            continue
        last, (event_type, subtype, pos, strength) = match
        if not _figure_of_speech(tokens, i, last):
            start, end = tokens[i].start, tokens[last].end
            text = " ".join(token.text for token in tokens[i : last + 1])
            kind = GENERIC if event_type in ("effect", "generic") else event_type
            triggers.append(Trigger(start, end, text, kind, subtype, pos, strength, i, last))
        i = last + 1
    return triggers


def is_figure_of_speech(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a word is no event where it stands ("unions called a strike", "picked up by a passing trawler")."""
    match = _match(tokens, i)
    return _figure_of_speech(tokens, i, i if match is None else match[0])


def _match(tokens: Sequence[Token], i: int) -> tuple[int, _Entry] | None:
    for rest, entry in _lexicon().forms.get(tokens[i].low, ()):
        if _follows(tokens, i + 1, rest):
            return i + (rest.index(_GAP) if _GAP in rest else len(rest)), entry
    return None


def _follows(tokens: Sequence[Token], i: int, rest: tuple[frozenset[str], ...]) -> bool:
    """Tell whether the rest of a phrase stands at a token; of a phrase with a gap, what precedes it is the trigger."""
    for number, words in enumerate(rest):
        if words == _GAP:
            return any(_follows(tokens, j, rest[number + 1 :]) for j in range(i, min(len(tokens), i + _REACH + 1)))
        if i >= len(tokens) or tokens[i].low not in words:
            return False
        i += 1
    return True
