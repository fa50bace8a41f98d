"""Who gives a figure, and whether the figure covers one incident or a war, a year, a series."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.incidents.counts.people_words import BE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.counts.numbers import Token

__all__ = ["is_aggregate", "source_of"]

_SAYING = frozenset("said says reported confirmed announced stated claimed put told added".split())
_SOURCE_STARTS = frozenset(
    ', ; : . ( ) that and but " “ ” as while when after which where in at on by killed wounded injured dead'.split()
)
_SOURCE_ENDS = frozenset(
    ', ; : . ( ) " “ ” that who which said on monday tuesday wednesday thursday friday saturday sunday'.split()
)
_MONTH = r"(?:(?:jan|febr)(?:uary)?|march|april|may|june|july|aug(?:ust)?|(?:sept|oct|nov|dec)(?:ember|ober)?|feb)"
_SPAN = r"(?:weeks?|months?|years?|decades?|century)"
_WAR = r"(?:war|conflict|insurgency|uprising|campaign|occupation|genocide|invasion|coup)"
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
_AGGREGATE = re.compile(
    "|".join(
        (
            rf"\bsince (?:the |early |late |mid - )?(?:[12]\d\d\d|{_MONTH}|start|beginning|outbreak|onset)",
            r"\bsince (?:then|last|it began)",
            rf"\bsince (?:the )?(?:\w+ )?{_WAR}",
            r"\b(?:has|have|had) since (?:been )?\w+",
            r"\bso far this (?:year|month)|\bthis year\b",
            rf"\b(?:in|over|during|within) the (?:past|last|previous) (?:\w+ ){{0,2}}{_SPAN}",
            rf"\bduring the (?:\w+ ){{0,3}}(?:{_WAR}|decade)",
            r"\b(?:every|each|per) (?:year|month|day|week)|\ba year\b|\bannually\b|\bto date\b|\bover the years",
            rf"\bin (?:the )?(?:\w+ ){{0,2}}{_SPAN} of\b",
            rf"\bin {_NUMBER} {_SPAN}\b(?! old)",
            rf"\b\w+ - (?:year|month) (?:- )?(?:old |long )?{_WAR}",
            r"\bbetween [12]\d\d\d and [12]\d\d\d|\bin [12]\d\d\d alone",
            (
                rf"\b(?:{_WAR}|epidemic|unrest) (?:that )?(?:has|have|had) (?:\w+ )?"
                r"(?:killed|left|claimed|displaced|wounded)"
            ),
        )
    )
)
_AGGREGATE_HEAD = re.compile(
    r"(?:(?:more|another|but|and|in all) ,? ?)?(?:"
    rf"since (?:the |early |late )?(?:[12]\d\d\d|{_MONTH}|start|beginning|outbreak|war|conflict|last)"
    r"|so far this year|this year|over the years|(?:every|each) year"
    rf"|(?:in|over|during) the (?:past|last) (?:\w+ ){{0,2}}{_SPAN})"
)


def is_aggregate(words: Sequence[str], first: int, last: int) -> bool:
    """Whether a war, a year or a series governs a figure.

    Parameters
    ----------
    words
        The tokens of the sentence in lower case.
    first, last
        Token range of the figure and its word of harm. A phrase of time near them decides, or one that opens the
        sentence.
    """
    after = words[last : last + 14]
    stop = next((k for k, word in enumerate(after) if word in {";", "."} or (word == "," and k > 0)), len(after))
    around = " ".join([*words[max(0, first - 8) : last], *after[:stop]])
    return bool(_AGGREGATE.search(around) or _AGGREGATE_HEAD.match(" ".join(words[:12])))


def source_of(text: str, tokens: Sequence[Token], words: Sequence[str], i: int, *, shouting: bool) -> str | None:
    """Give the words for who says so, nearest to token `i`: "according to X", "X said", "X put the toll at"."""
    best: tuple[int, str] | None = None
    for k, word in enumerate(words):
        if word != "according" and word not in _SAYING:
            continue
        span = _according(words, k) if word == "according" else _sayer(tokens, words, k)
        if span is None or all(w in {"he", "she", "it", "they", "who", "which"} for w in words[span[0] : span[1]]):
            continue
        name = text[tokens[span[0]].start : tokens[span[1] - 1].end]
        if "\n" in name and not shouting:
            continue  # a heading ran into the sentence
        if best is None or abs(k - i) < best[0]:
            best = abs(k - i), name
    return None if best is None else best[1]


def _phrase_end(words: Sequence[str], begin: int, longest: int) -> int:
    end = begin
    while end < min(len(words), begin + longest) and words[end] not in _SOURCE_ENDS:
        end += 1
    return end


def _according(words: Sequence[str], k: int) -> tuple[int, int] | None:
    end = _phrase_end(words, k + 2, 9)
    return (k + 2, end) if words[k + 1 : k + 2] == ["to"] and end > k + 2 else None


def _sayer(tokens: Sequence[Token], words: Sequence[str], k: int) -> tuple[int, int] | None:
    """Give the token range of the subject of a verb of saying at `k`; after it in "..., said the police"."""
    ahead = words[k + 1 : k + 4]
    if (words[k] == "claimed" and ahead[:1] != ["that"]) or (words[k] == "put" and "toll" not in ahead):
        return None
    if k and words[k - 1] in BE:
        return None  # "were reported"
    begin, end = k, k
    while begin > max(0, k - 9) and words[begin - 1] not in _SOURCE_STARTS:
        begin -= 1
    while begin < end and words[end - 1] in {"also", "earlier", "later", "has", "had", "have"}:
        end -= 1
    if begin < end:
        return begin, end
    named = bool(ahead) and (ahead[0] in {"the", "a", "an", "local"} or tokens[k + 1].text[:1].isupper())
    end = _phrase_end(words, k + 1, 7)
    return (k + 1, end) if k and named and end > k + 1 else None
