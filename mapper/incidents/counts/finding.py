"""How many people were killed, injured, missing, abducted, arrested or displaced, as a report has it.

A word of harm ("killed", "death toll") is looked up; the people are read to its right (it is a verb in the active) or
to its left (passive, or a word like "dead"). Threats, conditions and denials give no count; "no one was
hurt" gives zero. Figures of a whole war or year are marked `aggregate`, "another 14" and "dozens more" `additional`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.incidents.counts.numbers import parse_number, tokenise
from mapper.incidents.counts.reader import read_sentence
from mapper.incidents.counts.sentence import CountMention
from mapper.records import Toll

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.incidents.counts.numbers import Token
    from mapper.records import Count

__all__ = ["CountMention", "combine", "find_counts", "parse_number"]

_ABBREVIATIONS = frozenset(
    "gen col lt sgt capt maj st mr mrs ms dr gov sen rep rev prof no vs etc jr sr cpl fr adm pres hon".split()
)
_DATED = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\s?,\s?|\d\s?:\s?)$", re.IGNORECASE
)
"""Before the year of a date, and the minutes of a time."""
_HURT = re.compile(r"^(?:nobody|no one|no-one)\b.*\b(?:hurt|harmed)$", re.IGNORECASE | re.DOTALL)
_OTHERS = re.compile(r"\b(?:else|others?|more|further)\b", re.IGNORECASE)
_LOSS_OF_LIFE = re.compile(r"\b(?:no|without(?: any)?) loss of (?:human )?life\b", re.IGNORECASE)
_SENTENCE = 120  # tokens; a longer "sentence" (a list, a table) is read in pieces


def find_counts(text: str) -> list[CountMention]:
    """Find every number of people harmed in a sentence or a whole text.

    Parameters
    ----------
    text
        In any case; in capitals (MUC-4) names cannot be told from other words and count only with a title or role.

    Returns
    -------
    list of CountMention
        In order of the word of harm, offsets into `text`.
    """
    tokens = tokenise(text)
    shouting = text.isupper()
    found: list[CountMention] = []
    for first, last in _sentences(text, tokens):
        found.extend(read_sentence(text, tokens[first:last], shouting=shouting))
    found = [count for count in found if not _DATED.search(text, 0, count.start)]
    return sorted([*found, *_nobody_died(found, text)], key=lambda count: count.trigger_start)


def _nobody_died(found: Sequence[CountMention], text: str) -> Iterator[CountMention]:
    """Read "no loss of life" as no one killed, and "nobody was hurt" as well: whoever died was hurt."""
    for count in found:
        unhurt = count.harm == "injured" and count.best == 0 and count.modifier is None
        said = text[count.start : max(count.end, count.trigger_end)]
        if unhurt and _HURT.search(said) and not _OTHERS.search(said):
            yield replace(count, harm="killed")
    for match in _LOSS_OF_LIFE.finditer(text):
        start, end = match.span()
        yield CountMention(start, end, match.group(), "killed", 0, 0, 0, None, None, start, end, None)


def _sentences(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield token ranges that end at full stops, blank lines, or after `_SENTENCE` tokens."""
    first = 0
    for i, token in enumerate(tokens):
        ends = i + 1 == len(tokens) or i + 1 - first >= _SENTENCE
        if not ends:
            gap = text[token.end : min(tokens[i + 1].start, token.end + 40)]
            stop = token.text in {".", "!", "?"} and bool(gap.strip(" ") or gap)
            short = (
                token.text == "."
                and i > first
                and (tokens[i - 1].low in _ABBREVIATIONS or len(tokens[i - 1].text) == 1)
            )
            ends = (stop and not short and not tokens[i + 1].text[0].islower()) or gap.count("\n") > 1
        if ends:
            yield first, i + 1
            first = i + 1


def combine(counts: Iterable[Count]) -> Toll:
    """Sum up what several sources say of one kind of harm: low, best and high, never a sum.

    Rules: a source (within one report) stands for its highest figure, because tolls rise as they are counted and its
    lower figures are earlier ones or parts; a figure in words or digits beats one person named; families bear on no
    bound. `low` is the lowest low bound of all sources. `best` is the figure that most sources give, the highest on a
    tie; None if none gives one. `high` is the highest high bound; it is open (None) when nothing closed reaches what an
    open source is sure of: "at least 3" and "5" is 3 to 5, "at least 12" and "10" has no upper bound.

    Parameters
    ----------
    counts
        Of one incident and one kind of harm, in any order: the result does not depend on it.

    Returns
    -------
    Toll
        With all counts, in the order given; all bounds None for no counts.
    """
    given = tuple(counts)
    if not given:
        return Toll()
    by_source: dict[tuple[str, str | None], Count] = {}
    for count in (c for c in given if c.unit == "people"):
        key = (count.doc_id, count.source)
        if key not in by_source or _weight(count) > _weight(by_source[key]):
            by_source[key] = count
    told = list(by_source.values())
    votes = Counter(c.best for c in told if c.best is not None)
    best = max(votes, key=lambda figure: (votes[figure], figure)) if votes else None
    lows = [c.low for c in told if c.low is not None]
    highs = [c.high for c in told if c.high is not None]
    sure = max((c.low for c in told if c.high is None and c.low is not None), default=0)
    high = max(highs) if highs and max(highs) > sure - (len(highs) == len(told)) else None
    low = min(lows) if lows else None
    if best is not None and low is not None:
        low = min(low, best)
    return Toll(low=low, best=best, high=high, counts=given)


def _weight(count: Count) -> tuple[bool, int, bool]:
    """Rank the counts of one source: with a figure, the higher, the closed one."""
    figure = parse_number(count.span.text) is not None
    size = next((n for n in (count.best, count.low, count.high) if n is not None), 0)
    return figure, size, count.high is not None
