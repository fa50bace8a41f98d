"""Recognition of place names by rules and the gazetteer: which stretches name a place, and what they are used for.

The first version of this room's recogniser: every capitalised stretch that the gazetteer knows is weighed by what it is
and by the words around it, and taken when the evidence adds up. `find_toponyms` is a plain function of sentences and
gazetteer, so that a model can take its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.geocoder.evidence import NameEvidence, context_score, persons_in, usage
from mapper.geocoder.lexicon import (
    FACILITY,
    GENERIC,
    INNER,
    NEVER_PLACES,
    ORGANISATION,
    TIME_WORDS,
    TITLES,
    common_words,
    given_names,
)
from mapper.geocoder.pieces import Piece, is_arabic, is_headline, is_shouting, pieces_of
from mapper.records import Toponym

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.records import Sentence, ToponymKind

__all__ = ["find_toponyms"]

ACCEPT = 0.5
"""Sum of evidence from which a stretch is taken for a place; tuned on the training parts of three public corpora."""

SURE, AGAIN = 2.5, 1.0
"""Evidence from which a name is surely a place in this text, and what that adds to its other mentions."""

LONGEST = 6
"""Most words of a name that are tried."""

_JOINS = re.compile(r"^(?:[ \u00a0]|\s?[-‐‑–]\s?|\.[ \u00a0]|/)$")
_NAMED_KIND = re.compile(
    r"\b(?:village|town|city|district|hamlet|settlement|suburb|neighbou?rhood|province|governorate|county|municipality"
    r"|refugee camp|sub-?district|commune|locality|outskirts) of (?:the )?"
    r"(?P<name>(?:[ae]l-)?[^\W\d_a-z][\w'’]*(?:[ -](?:[ae]l-)?[^\W\d_a-z][\w'’]*){0,2})"
)
_KIND_NAMED = re.compile(
    r"\b(?P<name>(?:[ae]l-)?[A-ZÀ-Þ][\w'’]+(?:[ -](?:[ae]l-)?[A-ZÀ-Þ][\w'’]+){0,2}) "
    r"(?:village|district|province|governorate|sub-?district|neighbou?rhood|refugee camp|municipality|commune)\b"
)
_ARABIC_PREFIXES = ("وال", "بال", "فال", "لل", "و", "ب", "ل", "ف", "ك")
_ARABIC_LOCATIVE = frozenset(
    "في من إلى الى مدينة محافظة قرية بلدة ولاية شمال جنوب شرق غرب قرب قضاء ناحية منطقة حي بمدينة بمحافظة".split()
)


def find_toponyms(sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Toponym]:
    """Find the place names of a text, in text order and without overlaps.

    Parameters
    ----------
    sentences
        Sentences of one document, in order.
    gazetteer
        What names are known.

    Returns
    -------
    list[Toponym]
        With their kind of use; a name that the gazetteer lacks is among them where the words around it leave no doubt
        ("the village of ...").
    """
    scan = _Scan(gazetteer)
    lines = [_Line(pieces) for sentence in sentences if (pieces := pieces_of(sentence))]
    for line in lines:
        if not line.shouting:
            scan.lower.update(p.lower for p in line.pieces if not p.cap)
            scan.persons.update(persons_in(line.pieces, gazetteer))
    for line in lines:
        for _ in scan.line(line):
            pass  # the first time through only learns which names the text surely uses for places
    found: list[Toponym] = []
    for line, sentence in zip(lines, (s for s in sentences if pieces_of(s)), strict=True):
        here = list(scan.line(line))
        found += here
        found += _said_to_be_places(sentence, here)
    return sorted(found, key=lambda t: t.start)


@dataclass(slots=True)
class _Line:
    """The pieces of one sentence with its manner of writing."""

    pieces: list[Piece]
    shouting: bool = False
    headline: bool = False

    def __post_init__(self) -> None:
        self.shouting = is_shouting(self.pieces)
        self.headline = not self.shouting and is_headline(self.pieces)


@dataclass(slots=True)
class _Scan:
    """One pass over a document: what was seen in lower case, who is a person, what was asked before."""

    gazetteer: Gazetteer
    lower: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    known: dict[str, bool] = field(default_factory=dict)
    evidence: dict[str, NameEvidence] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)

    def line(self, line: _Line) -> Iterator[Toponym]:
        """Toponyms of one sentence, left to right, longest first."""
        pieces, i = line.pieces, 0
        last_end = 0  # index of the piece after the last toponym of this sentence
        while i < len(pieces):
            taken = None
            if is_arabic(pieces[i].text):
                taken = self._arabic(pieces, i)
            elif pieces[i].cap or _is_article(pieces, i):
                taken = self._latin(line, i, last_end)
            if taken is None:
                i += 1
                continue
            j, toponym = taken
            yield toponym
            i = last_end = j

    def _latin(self, line: _Line, i: int, last_end: int) -> tuple[int, Toponym] | None:
        pieces = line.pieces
        if last_end == i and i > 0 and (state := self._state(pieces, i)):
            return i + 1, state
        for j in range(_reach(pieces, i, min(LONGEST, self.gazetteer.max_words)), i, -1):
            if not pieces[j - 1].cap or any(p.possessive for p in pieces[i : j - 1]):
                continue
            start, end = pieces[i].start, pieces[j - 1].end
            name = _spelled(pieces, i, j)
            if not self._knows(name):
                continue
            if pieces[i].lower == "the" and j > i + 1 and self._is_container(_spelled(pieces, i + 1, j)):
                return None  # "The US" is the US
            evidence = self._evidence(name, pieces[i:j])
            score = evidence.prior + context_score(
                pieces, i, j, evidence=evidence, persons=self.persons, after_toponym=last_end == i and i > 0,
                headline=line.headline, shouting=line.shouting, knows=self._is_container,
            )  # fmt: skip
            if score >= SURE and evidence.prior > -2.0:
                self.sure.add(name)
            elif name in self.sure and score > -1.0:
                score += AGAIN
            if score >= ACCEPT:
                kind: ToponymKind = usage(pieces, i, j, evidence=evidence)
                return j, Toponym(start, end, name, kind)
            if evidence.strong and j - i > 1:
                return None  # "Paris Hilton", "Jordan Henderson": a part of a rejected name is not tried by itself
        return self._loosely(line, i) if not line.shouting and not line.headline else None

    def _state(self, pieces: list[Piece], i: int) -> Toponym | None:
        """Give the abbreviation of a state right after a place: "Barrie, Ont.", "Columbia, Ky."."""
        piece = pieces[i]
        dotted = i + 1 < len(pieces) and pieces[i + 1].gap.startswith(".")
        name = piece.text + "." if dotted and not piece.text.endswith(".") else piece.text
        if piece.gap != ", " or not name.endswith(".") or not self._is_container(name):
            return None
        return Toponym(piece.start, piece.start + len(name), name)

    def _loosely(self, line: _Line, i: int) -> tuple[int, Toponym] | None:
        """Give an unknown capitalised run right after "in" or "near" may be another spelling of a known place."""
        pieces = line.pieces
        if i == 0 or pieces[i - 1].lower not in {"in", "near", "outside", "at"} or pieces[i].gap != " ":
            return None
        j = i + 1
        while (
            j < len(pieces)
            and j - i < 3
            and pieces[j].cap
            and _JOINS.match(pieces[j].gap)
            and not pieces[j - 1].possessive
        ):
            j += 1
        name = _spelled(pieces, i, j)
        words = [p.lower for p in pieces[i:j] if p.cap]
        if len(name) < 5 or (j < len(pieces) and pieces[j].cap and pieces[j].gap == " "):
            return None
        if any(self._unlikely(w) for w in words) or self._knows(name) or not self.gazetteer.lookup(name, limit=1):
            return None
        return j, Toponym(pieces[i].start, pieces[j - 1].end, name)

    def _arabic(self, pieces: list[Piece], i: int) -> tuple[int, Toponym] | None:
        """Arabic has no capitals: a known name counts when a word of place goes before it or the place is large."""
        for j in range(min(len(pieces), i + 4), i, -1):
            if any(p.gap != " " for p in pieces[i + 1 : j]):
                continue
            written = _spelled(pieces, i, j)
            for prefix in ("", *_ARABIC_PREFIXES):
                rest = written.removeprefix(prefix)
                if not written.startswith(prefix) or len(rest) < 3:
                    continue
                name = ("ال" + rest) if prefix in {"وال", "بال", "فال", "لل"} else rest
                if not self._knows(name):
                    continue
                evidence = self._evidence(name, pieces[i:j])
                located = (i > 0 and pieces[i - 1].text in _ARABIC_LOCATIVE) or prefix in {"ب", "بال"}
                if evidence.prior + (2.0 if located else -0.5) >= 2 * ACCEPT:
                    start = pieces[i].start + len(prefix) if name == rest else pieces[i].start
                    text = written[len(prefix) :] if name == rest else written
                    return j, Toponym(start, pieces[j - 1].end, text, "demonym" if evidence.demonym else "literal")
        return None

    def _knows(self, name: str) -> bool:
        if name not in self.known:
            self.known[name] = len(name) > 1 and self.gazetteer.knows(name)
        return self.known[name]

    def _evidence(self, name: str, pieces: list[Piece]) -> NameEvidence:
        key = f"{name}|{pieces[0].first}"
        if key not in self.evidence:
            self.evidence[key] = NameEvidence.of(name, pieces, self.gazetteer, self.lower)
        return self.evidence[key]

    def _is_container(self, name: str) -> bool:
        """Whether a name is that of a country or first-level division, as after a comma."""
        return self._knows(name) and self._evidence(name, [_BLANK]).container

    def _unlikely(self, word: str) -> bool:
        """Whether a word is no part of an unknown place's name: ordinary, a time, a person, a kind of institution."""
        known = TIME_WORDS | NEVER_PLACES | TITLES | ORGANISATION | GENERIC | FACILITY
        return (
            word in self.lower
            or word in self.persons
            or word in known
            or word in common_words()
            or word in given_names()
        )


_BLANK = Piece(0, 0, "", "", cap=True, gap=" ", first=False)


def _spelled(pieces: list[Piece], i: int, j: int) -> str:
    """Give the text of pieces i to j as written, without the possessive of the last."""
    return pieces[i].text + "".join(p.gap + p.text for p in pieces[i + 1 : j])


def _is_article(pieces: list[Piece], i: int) -> bool:
    """Whether piece i is an Arabic article that begins a name ("al-Qaim")."""
    nearby = pieces[i + 1 : i + 2]
    return pieces[i].lower in {"al", "el", "as", "ad", "ar", "ash", "at", "az", "an"} and bool(
        nearby and nearby[0].gap in {"-", "‑", "–"} and nearby[0].cap
    )


def _reach(pieces: list[Piece], i: int, most: int) -> int:
    """How far a name that begins at piece i can go: capitalised words and the small words that names hold."""
    j = i + 1
    while j < len(pieces) and j - i < most and _JOINS.match(pieces[j].gap):
        if not (pieces[j].cap or pieces[j].lower in INNER):
            break
        j += 1
    return j


def _said_to_be_places(sentence: Sentence, found: list[Toponym]) -> Iterator[Toponym]:
    """Names that the text itself says are places, whether or not a gazetteer has them ("the village of ...")."""
    for pattern in (_NAMED_KIND, _KIND_NAMED):
        for match in pattern.finditer(sentence.text):
            start, end = sentence.start + match.start("name"), sentence.start + match.end("name")
            name = re.sub(r"['’]s$", "", match["name"])
            words = name.lower().split()
            if any(t.start < end and start < t.end for t in found) or set(words) & (TIME_WORDS | NEVER_PLACES):
                continue
            if words[0] in {
                "the",
                "a",
                "this",
                "that",
                "in",
                "its",
                "each",
                "every",
                "our",
                "their",
                "police",
                "school",
            }:
                continue
            toponym = Toponym(start, start + len(name), name)
            found.append(toponym)
            yield toponym
