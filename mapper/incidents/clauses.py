"""A sentence as clauses: where one event ends and another begins, and how the two stand to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["LAG", "Clause", "dateline_end", "split_clauses"]

_CONNECTIVE: Final = re.compile(
    r"""
      (?P<in_retaliation_for>\b(?:(?:in|as|was|were|is)\s+(?:an?\s+|in\s+)?(?:apparent\s+|direct\s+)?
          (?:retaliation|revenge|reprisals?|response|reaction|retribution)\s+(?:for|to|against)|retaliat(?:ion|ed|ing)\s+(?:for|against|after)|(?:to\s+)?aveng(?:e|ing)
          |prompted\s+by|in\s+answer\s+to)\b)
    | (?P<follows>\b(?:(?:days?|hours?|weeks?|months?|minutes?|years?|decades?)\s+)?(?:after|following)\b
          |\bin\s+the\s+(?:wake|aftermath)\s+of\b|\bcomes?\s+after\b)
    | (?P<precedes>\bbefore\b|\bahead\s+of\b|\b(?:and\s+)?(?:(?:was|were)\s+)?followed\s+by\b)
    | (?P<part_of>\b(?:as|is|was|are|were)\s+part\s+of\b)
    | (?P<beside>;|\bwhile\b|\bmeanwhile\b|\bwhereas\b|,\s+but\b|,?\s+and\s+that(?=\s+(?!day|night|week|same)\w)
          |\bseparately\b|\belsewhere\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)

LAG: Final = re.compile(
    r"\b(?:(?P<many>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s+)?"
    r"(?P<unit>hours?|days?|weeks?|months?)\s+(?:after|following)\b",
    re.IGNORECASE,
)
"""\"Days after", "a month after": what the clause tells came that much before what the clause before it tells."""

# No comma of a place in its country, of a date, or of a figure.
_COMMA: Final = re.compile(r",\s(?!\d|on\s|[A-Z][\w-]*(?:\s[A-Z][\w-]*)?,)")

_PARTICIPLE: Final = re.compile(
    r",\s+(?:and\s+)?(?:killing|wounding|injuring|leaving|destroying|damaging|burying|trapping|displacing|forcing)\b",
    re.IGNORECASE,
)

# "BAGHDAD, Feb. 8 (Agency) -": the place and date of writing, not of the event. A city in capitals needs a dash or a
# colon after it; a city in mixed case needs a date or an agency as well, since "Ahmed - who ..." is no dateline.
_DAY: Final = r"(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\.?|[A-Z]{3,9})\s?\d{0,2}(?:,?\s\d{4})?"
_AGENCY: Final = r"[(\[][^)\]\n]{2,40}[)\]]"
_DATELINE: Final = re.compile(
    rf"""\s*(?:
          [A-Z][A-Z'.\u2019-]+(?:[ /][A-Z][A-Z'.\u2019-]+){{0,3}}
          (?:,\s*[A-Z][\w.'\u2019 -]{{1,24}}?)??(?:,?\s*{_DAY})?\s*(?:{_AGENCY})?\s*(?:--|\u2014|\u2013|-(?=\s)|:(?=\s))
        | [A-Z][\w'.\u2019-]+(?:\s[A-Z][\w'.\u2019-]+){{0,2}}
          (?:,\s*[A-Z][\w.'\u2019 -]{{1,24}}?)??(?:,?\s*{_DAY}\s*(?:{_AGENCY})?|\s*{_AGENCY})
          \s*(?:--|\u2014|\u2013|-(?=\s))
        )\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with one event in it.

    Attributes
    ----------
    start, end
        Offsets into the sentence.
    relation
        How the clause before it stands to this one: "in_retaliation_for", "follows", "precedes", "part_of", "beside" or
        "". A clause at the head of the sentence stands so to the one after it, whose relation is "main".
    """

    start: int
    end: int
    relation: str = ""


def split_clauses(sentence: str) -> list[Clause]:
    """Split a sentence at connectives that part events ("after", "in retaliation for", "while").

    A participle clause of harm after such a connective (", killing ...") is a clause of its own with the relation
    "resumes": whether it takes up the first event or the last is for the caller, who knows their triggers.

    Returns
    -------
    list of Clause
        In order, covering the sentence; always at least one.
    """
    clauses: list[Clause] = []
    start, relation = 0, ""
    for match in _CONNECTIVE.finditer(sentence):
        if match.start() > start:
            clauses += _fronted(sentence, Clause(start, match.start(), relation))
        start, relation = match.start(), match.lastgroup or ""
    participle = _PARTICIPLE.search(sentence, start) if clauses else None
    if participle:
        clauses.append(Clause(start, participle.start(), relation))
        start, relation = participle.start(), "resumes"
    return clauses + _fronted(sentence, Clause(start, len(sentence), relation))


def _fronted(sentence: str, clause: Clause) -> list[Clause]:
    """Part "after a bomb exploded" at the head of a sentence from what it leads up to."""
    comma = _COMMA.search(sentence, clause.start, clause.end) if clause.start == 0 and clause.relation else None
    if comma is None or clause.relation == "beside":
        return [clause]
    return [Clause(0, comma.start(), clause.relation), Clause(comma.start(), clause.end, "main")]


def dateline_end(sentence: str) -> int:
    """Return where the dateline at the start of a report's sentence ends; 0 if it has none."""
    match = _DATELINE.match(sentence[:140])
    return match.end() if match else 0
