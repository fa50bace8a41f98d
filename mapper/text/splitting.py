"""Sentences by rule: stops weighed against abbreviations, and the seams where pages were glued together.

One pass over candidate places, each judged by a window of bounded size around it, so that the time is linear in the
text whatever the text is. When in doubt two sentences stay together: evidence that is too long is still evidence,
a sentence torn apart loses its place or its date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mapper.records import Sentence
from mapper.text.abbreviations import (
    ALWAYS_GO_ON,
    GO_ON_BEFORE_NUMBER,
    MAY_END,
    MONTHS,
    SAYING,
    STARTERS,
    STRONG_STARTERS,
)
from mapper.text.paragraphs import Paragraph, paragraphs
from mapper.text.roles import TeaserBlock, is_dateline, is_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.records import Document

__all__ = ["sentences"]

Role = Literal["body", "title", "teaser", "dateline"]

_WINDOW = 60
_SAMPLE = 20_000
_LONGEST_WORD = 32
# A run of stops and what closes with it: quotation marks, brackets, the number of a footnote.
_STOPS = re.compile(r"(?P<stop>[.!?…。！？．؟۔।።]++)(?P<close>(?:[\"'”’»)\]」』]|\[\d{1,3}\])*+)")
_ALWAYS = frozenset("。！？؟۔।።")  # no abbreviation is written with these, and some scripts put no space after them
_NEXT = re.compile(r"(?P<space>\s*+)(?P<open>[\"'“‘«(\[「『¿¡]{0,4}+)(?P<word>[\w'’-]{0,30})")
_IN_WORD = ".&’'-"
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,3}")
_CLOCK = frozenset({"a.m", "p.m"})
_AFTER_CLOCK = re.compile(
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|[A-Z]{2,4}|local|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*"
    r"|sep\w*|oct\w*|nov\w*|dec\w*",
    re.IGNORECASE,
)
_LOWER_NAME = re.compile(r"(?:al|el|an|ar|as|ash|at|ad|az)-[A-Z]|[ie][A-Z][a-z]")
_ATTRIBUTED = re.compile(r"\s+(?:[A-Z][\w.’'-]*\s+){0,3}(?P<verb>[a-z]+)")
# A seam: a capitalised word with no space before it. Beginning with the capital keeps the scan fast.
_SEAM = re.compile(r"(?<![\sA-ZÀ-Þ\-–—(“‘\"/_.!?…])[A-ZÀ-Þ][a-zß-ÿ’']")
_RIGHT_WORD = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]+(?:[’'][a-z]+)?")
_CLOSING = frozenset("”’'")
_AFTER_THESE = frozenset(")]%")
_NO_PROSE = re.compile(r"://|www\.|[@#/\\_=&]|\.(?:com|org|net|html?|php|gov|edu|co)\b", re.IGNORECASE)
_LOST_SPACE = frozenset(
    "from with that into over near against after before said than under have were been their when where which this "
    "will about between through during within across around toward towards while until upon also dell nell sull".split()
)
_PREFIX = re.compile(r"(?:fitz|super|mega|mini|auto|micro|multi|trans|inter|petro)", re.IGNORECASE)


def sentences(document: Document) -> list[Sentence]:
    """Cut a report into sentences.

    Returns
    -------
    list of Sentence
        In order and disjoint; together they cover everything but white space, and `text` is
        `document.text[start:end]`. `paragraph` counts from 0. `role` is "title" for the headline, "teaser" for links to
        other reports ("LATEST DEVELOPMENTS:", "Read more: ..."), "dateline" for a place-and-agency, by-line or
        publication line that stands alone, and "body" for everything else.
    """
    text = document.text
    found: list[Sentence] = []
    teasers = TeaserBlock()
    cased = _is_cased(text)
    parts = paragraphs(text)
    for number, paragraph in enumerate(parts):
        spans = list(_spans(text, paragraph, cased=cased))
        shown = text[paragraph.start : paragraph.end]
        role: Role = "body"
        if len(parts) == 1:
            pass  # a report of one paragraph is its own text, however it is written
        elif teasers.covers(shown, glued=sum(glued for *_, glued in spans)):
            role = "teaser"
        elif is_dateline(shown):
            role = "dateline"
        for start, end, glued in spans:
            sentence = text[start:end]
            first = role == "body" and not found and len(parts) + len(spans) > 2
            headline = first and is_title(sentence, document.title, glued=glued, alone=len(spans) == 1)
            found.append(Sentence(start, end, sentence, number, "title" if headline else role))
    return found


def _spans(text: str, paragraph: Paragraph, *, cased: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether the sentence is glued to the next one without a stop."""
    start = paragraph.start
    for end, glued in _boundaries(text, paragraph, cased=cased):
        if end <= start:
            continue
        yield start, end, glued
        start = end
        while start < paragraph.end and text[start].isspace():
            start += 1
    if start < paragraph.end:
        yield start, paragraph.end, False


def _boundaries(text: str, paragraph: Paragraph, *, cased: bool) -> Iterator[tuple[int, bool]]:
    end = paragraph.end
    stops = {
        (match.end(), False)
        for match in _STOPS.finditer(text, paragraph.start, end)
        if _ends_here(text, match, paragraph, cased=cased)
    }
    seams = {
        (match.start(), True)
        for match in _SEAM.finditer(text, paragraph.start, end)
        if _is_seam(text, match, paragraph)
    }
    yield from sorted(stops | seams)


def _is_cased(text: str) -> bool:
    # News has some 5 % capitals among its letters. In text typed without them, a lower-case letter says nothing.
    letters = [character for character in text[:_SAMPLE] if character.isalpha()]
    return sum(map(str.isupper, letters)) * 80 > len(letters)


def _ends_here(text: str, match: re.Match[str], paragraph: Paragraph, *, cased: bool) -> bool:
    if match.end() >= paragraph.end:
        return False
    stop, close = match["stop"], match["close"]
    if stop[-1] in _ALWAYS:
        return True
    following = _NEXT.match(text, match.end(), paragraph.end)
    assert following is not None  # the pattern matches nothing at all, too
    word = following["word"]
    if not following["space"]:
        return bool(word or following["open"]) and _is_glued_stop(text, match, following, paragraph)
    if not word and not following["open"]:
        return True  # a dash, a bullet, a sign: what comes is not the rest of a word
    lower = word[:1].islower() and not _LOWER_NAME.match(word)
    if lower and cased:
        return False
    if stop != ".":
        return not (lower and "." in stop) and not (close and _is_attributed(text, match, paragraph))
    return not _is_abbreviation(text, match, paragraph, word, closed=bool(close), lower=lower)


def _is_attributed(text: str, match: re.Match[str], paragraph: Paragraph) -> bool:
    after = _ATTRIBUTED.match(text, match.end(), min(paragraph.end, match.end() + 2 * _WINDOW))
    return after is not None and after["verb"] in SAYING


def _word_before(text: str, paragraph: Paragraph, end: int, marks: str) -> str:
    """Return the letters, digits and given marks that stand right before a position, up to the window."""
    floor = max(paragraph.start, end - _LONGEST_WORD)
    start = end
    while start > floor and (text[start - 1].isalnum() or text[start - 1] in marks):
        start -= 1
    return text[start:end]


def _is_abbreviation(
    text: str, match: re.Match[str], paragraph: Paragraph, following: str, *, closed: bool, lower: bool
) -> bool:
    if closed and match["close"] not in {")", "]"}:
        return False
    before = _word_before(text, paragraph, match.start(), _IN_WORD).lstrip("'’-.&")
    plain = before.lower()
    position = match.start() - len(before)
    begins = following.lower() in STARTERS
    if plain.isdigit():
        return position == paragraph.start and len(plain) <= 2  # the number of a list item
    if plain in ALWAYS_GO_ON or plain.rpartition("-")[2] in ALWAYS_GO_ON - {"v", "al"}:
        return True
    if plain in GO_ON_BEFORE_NUMBER or plain in MONTHS:
        return following[:1].isdigit()
    if plain in _CLOCK:
        return lower or following[:1].isdigit() or _AFTER_CLOCK.fullmatch(following) is not None
    if plain in MAY_END or _DOTTED.fullmatch(before):
        # States are written with a capital, and after a comma: "Mo." is one, "mo." is none.
        return not begins and (before[:1].isupper() or plain in {"etc", "al", "est"} or "." in plain)
    initial = before[2:] if before[1:2] == "-" else before  # "D-W. Va." is a member for West Virginia
    return len(initial) == 1 and initial.isalpha() and initial.isupper() and not begins


def _is_glued_stop(text: str, match: re.Match[str], following: re.Match[str], paragraph: Paragraph) -> bool:
    """Tell whether a stop without a space after it ends a sentence all the same: "said.The", "over.”The"."""
    word, opened = following["word"], following["open"]
    if not word[:1].isupper() or (len(word) > 1 and not word[1:2].islower() and word[1] not in "’'"):
        return False
    if len(word) == 1 and word not in {"A", "I"}:
        return False
    if match["close"] or opened or match["stop"] != ".":
        return _is_prose(text, match.start(), paragraph)
    before = _word_before(text, paragraph, match.start(), _IN_WORD)
    ends_word = len(before) >= 2 and (before[-1].islower() or before[-2:].isdigit() or before[-2:].isupper())
    known = before.lower() in ALWAYS_GO_ON or before.lower() in MONTHS or "." in before
    domain = word.lower() in {"com", "org", "net", "gov", "edu", "co", "js"}
    return ends_word and not known and not domain and _is_prose(text, match.start(), paragraph)


def _is_prose(text: str, position: int, paragraph: Paragraph) -> bool:
    """Tell whether the token around a position is made of words, not an address, a handle, a tag or a path."""
    left = text[max(paragraph.start, position - _WINDOW) : position]
    right = text[position : min(paragraph.end, position + _WINDOW)]
    token = (left.split()[-1] if left and not left[-1].isspace() else "") + (right.split(None, 1) or [""])[0]
    return _NO_PROSE.search(token) is None


def _is_seam(text: str, match: re.Match[str], paragraph: Paragraph) -> bool:
    """Tell whether two sentences or headlines were glued together here without a stop: "airstrikesIran attacks"."""
    position = match.start()
    if position == paragraph.start:
        return False
    right = _RIGHT_WORD.match(text, position, paragraph.end)
    word = right[0] if right else ""
    strong = word.lower().replace("’", "'") in STRONG_STARTERS
    last = text[position - 1]
    if last in _CLOSING:
        left = _word_before(text, paragraph, position - 1, "")
        seam = len(left) >= 4 and left.lower() not in _LOST_SPACE and _closes_quotation(text, position - 1, paragraph)
    elif last in _AFTER_THESE or last.isdigit():
        seam = strong
    else:
        left = _word_before(text, paragraph, position, "")
        seam = len(left) >= 4 and len(word) >= 3 and left.lower() not in _LOST_SPACE and not _PREFIX.fullmatch(left)
        # A word in lower case has ended here. One with a capital may be a brand ("PetroChina"): only a word that begins
        # sentences and no brand shows the seam ("SyriaThe"). "iPhone" and "eBay" are too short to be two words.
        seam = seam and (left[0].islower() or strong)
    return seam and _is_prose(text, position, paragraph)


def _closes_quotation(text: str, position: int, paragraph: Paragraph) -> bool:
    mark = text[position]
    if mark == "”":
        return True
    before = text[max(paragraph.start, position - 4 * _WINDOW) : position]
    if mark == "’":
        return before.rfind("‘") > before.rfind("’")
    return re.search(r"(?:\A|\s)'\w[^']*\Z", before) is not None
