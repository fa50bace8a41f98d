"""Recognition of place names: which stretches name a place, and what they are used for.

Every capitalised stretch that the gazetteer knows is weighed by what it is, by the words around it, and by what a
recogniser says of it (`mapper.geocoder.recognition`), and taken when the evidence adds up; then come the names that the
recogniser alone is sure of. Without a recogniser the rules do by themselves.

The weights and thresholds of this module and of `mapper.geocoder.evidence` were chosen while looking at the training
and the development documents of TR-News, LGL and GeoWebNews, and errors on TUD-Loc (development part), IDRISI-D and
MUC-4 were read; figures on these files are no measure of new texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.geocoder.evidence import NameEvidence, context_score
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
from mapper.geocoder.persons import PersonRun, person_runs
from mapper.geocoder.pieces import (
    SHOUTED_WORDS,
    Piece,
    capitalised,
    is_arabic,
    is_headline,
    is_shouting,
    pieces_of,
    recased,
    shouted,
)
from mapper.geocoder.recognition import Surnames, shown_elsewhere, surnames, told_by, used_as, weighed
from mapper.geocoder.shorthand import seat_at, state_after, state_beside
from mapper.geocoder.uses import FUNCTION_WORDS, usage
from mapper.records import Toponym

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.language import Tags
    from mapper.records import Sentence, ToponymKind

__all__ = ["find_toponyms"]

ACCEPT = 0.5
"""Sum of evidence from which a stretch is taken for a place."""

SURE, AGAIN = 2.5, -1.5
"""Evidence from which a name is surely a place in this text, and from which its other mentions then are."""

SURNAME = 1.0
"""What each other mention of a person who is called so takes away from a name, one with a given name twice as much."""

ROUTE = 3.5
"""What "the A-B highway" adds to A and to B: more than a hyphen between unknown names takes away."""

NEVER_A_NAME = 30
"""So many capitalised words in a row hold no names of several words: a bound on the work that a text can ask for."""

LONGEST = 6
"""Most words of a name that are tried."""

_JOINS = re.compile(r"^(?:[ \u00a0]|\s?[-‐‑–]\s?|\.[ \u00a0]|/)$")
_NAMED_KIND = re.compile(
    r"\b(?:village|town|city|district|hamlet|settlement|suburb|neighbou?rhood|province|governorate|county|municipality"
    r"|refugee camp|sub-?district|commune|locality|outskirts)\s+of\s+(?:the\s+)?"
    r"(?P<name>(?:[ae]l-)?[^\W\d_a-z][\w'’]*(?:[ -](?:[ae]l-)?[^\W\d_a-z][\w'’]*){0,2})"
)
_KIND_NAMED = re.compile(
    r"\b(?P<name>(?:[ae]l-)?[A-ZÀ-Þ][\w'’]+(?:[ -](?:[ae]l-)?[A-ZÀ-Þ][\w'’]+){0,2}) "
    r"(?:village|district|province|governorate|sub-?district|neighbou?rhood|refugee camp|municipality|commune)\b"
)
_SHOUTED_KIND = re.compile(
    r"\b(?:VILLAGE|TOWN|CITY|DISTRICT|HAMLET|SUBURB|NEIGHBORHOOD|PROVINCE|DEPARTMENT|MUNICIPALITY|COMMUNE)\s+OF\s+(?:THE\s+)?"
    r"(?P<name>[^\W\d_a-z][\w'’]*(?:[ -][^\W\d_a-z][\w'’]*){0,3})"
)
_ARABIC_PREFIXES = ("وال", "بال", "فال", "لل", "و", "ب", "ل", "ف", "ك")
_ARABIC_LOCATIVE = frozenset(
    "في من إلى الى مدينة محافظة قرية بلدة ولاية شمال جنوب شرق غرب قرب قضاء ناحية منطقة حي بمدينة بمحافظة".split()
)
_ARABIC_WORDS = _ARABIC_LOCATIVE | frozenset(
    """المدينة المحافظة القرية البلدة الولاية الشمال الجنوب الشرق الغرب المنطقة الحي مقاطعة المقاطعة إقليم الإقليم دولة
    الدولة جزيرة الجزيرة جبل الجبل نهر النهر بحر البحر ميناء الميناء مطار المطار جسر الجسر سوق السوق قصر القصر بيت
    البيت باب الباب دار الدار عين العين رأس الرأس وسط الوسط ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة الأحد الاثنين
    الثلاثاء الأربعاء الخميس الجمعة السبت اليوم أمس الجيش الشرطة الحكومة الرئيس الوزير حسن محمد أحمد علي عمر سلام نصر
    الله عبد قتل مقتل جرح إصابة هجوم انفجار قصف""".split()
)
"""Ordinary Arabic words that are the name of some place too: by themselves they are no place."""


def find_toponyms(sentences: Sequence[Sentence], gazetteer: Gazetteer, tags: Tags | None = None) -> list[Toponym]:
    """Find the place names of a text, in text order and without overlaps.

    Parameters
    ----------
    sentences
        Sentences of one document, in order.
    gazetteer
        What names are known.
    tags
        What a recogniser said of these sentences; None leaves it to the words around a name.

    Returns
    -------
    list[Toponym]
        With their kind of use; a name that the gazetteer lacks is among them where the words around it leave no doubt
        ("the village of ...").
    """
    scan = _Scan(gazetteer, tags)
    if tags is not None:
        scan.surnames = surnames(tags, sentences)
    # A text in capitals throughout is so in its shortest lines too.
    words = 1 if shouted("".join([s.text for s in sentences])) else SHOUTED_WORDS
    lines = [_Line.of(s, pieces, words) for s in sentences if (pieces := pieces_of(s))]
    for line in lines:
        if not line.shouting:
            scan.lower.update([p.lower for p in line.pieces if not p.cap])
        line.persons = person_runs(line.pieces, gazetteer)
        scan.persons.update(word for run in line.persons for word in run.words)
    for line in lines:
        line.found = list(scan.line(line))
    found: list[Toponym] = []
    for line in lines:
        if scan.sure.intersection(line.doubtful):
            line.found = list(scan.line(line))  # a name that another sentence made sure counts here too
        found += line.found
        found += _said_to_be_places(line.sentence, line.found, shouting=line.shouting)
    if tags is not None:
        found = told_by(tags, found, sentences, gazetteer, scan.surnames)
    return sorted(found, key=lambda t: t.start)


@dataclass(slots=True)
class _Line:
    """The pieces of one sentence with its manner of writing, its persons, and what was made of it."""

    sentence: Sentence
    pieces: list[Piece]
    shouting: bool = False
    headline: bool = False
    persons: list[PersonRun] = field(default_factory=list)
    found: list[Toponym] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    longest: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.longest = _longest_names(self.pieces)

    @classmethod
    def of(cls, sentence: Sentence, pieces: list[Piece], words: int) -> _Line:
        """Give a sentence with its manner of writing; capitals count from so many words on."""
        if is_shouting(pieces, words=words):
            return cls(sentence, recased(pieces), shouting=True)
        return cls(sentence, pieces, headline=is_headline(pieces))

    def toponym(self, start: int, end: int, kind: ToponymKind = "literal") -> Toponym:
        """Give a toponym as the document writes it."""
        base = self.sentence.start
        return Toponym(start, end, self.sentence.text[start - base : end - base], kind)

    def after(self, i: int) -> str:
        """Give the character that follows piece i, or nothing at the end of the sentence."""
        at = self.pieces[i].end - self.sentence.start
        return self.sentence.text[at : at + 1]

    def joins_route(self, i: int, j: int) -> bool:
        """Whether pieces i to j are one of the ends in "the Tikrit-Kirkuk highway"."""
        pieces = self.pieces
        before = i > 1 and pieces[i].gap in _DASHES
        dashed = before or (j < len(pieces) and pieces[j].gap in _DASHES and pieces[j].cap)
        if not dashed:
            return False
        return any(p.lower in _ROUTES and p.gap == " " for p in pieces[j : j + 4])

    def within_person(self, i: int, j: int) -> bool:
        """Whether pieces i to j are a part of what is surely a person's name."""
        return any(run.sure and run.start <= i and j <= run.stop for run in self.persons)


@dataclass(slots=True)
class _Scan:
    """One pass over a document: what was seen in lower case, who is a person, what was asked before."""

    gazetteer: Gazetteer
    tags: Tags | None = None
    lower: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    surnames: Surnames = field(default_factory=dict)
    known: dict[str, bool] = field(default_factory=dict)
    evidence: dict[tuple[str, bool], NameEvidence] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)

    def line(self, line: _Line) -> Iterator[Toponym]:
        """Toponyms of one sentence, left to right, longest first."""
        pieces, i = line.pieces, 0
        last_end = 0  # index of the piece after the last toponym of this sentence
        while i < len(pieces):
            taken = None
            if is_arabic(pieces[i].text):
                taken = self._arabic(line, i)
            elif pieces[i].cap or _is_article(pieces, i) or (line.shouting and _may_begin(pieces, i)):
                taken = self._latin(line, i, last_end)
            if taken is None:
                i += 1
                continue
            j, toponym = taken
            yield toponym
            i = last_end = j

    def _latin(self, line: _Line, i: int, last_end: int) -> tuple[int, Toponym] | None:
        pieces = line.pieces
        if (short := self._shorthand(line, i, last_end)) is not None:
            return short
        longest = min(LONGEST, self.gazetteer.max_words, line.longest[i])
        for j in range(_reach(pieces, i, longest), i, -1):
            if not pieces[j - 1].cap or any(p.possessive for p in pieces[i : j - 1]):
                continue
            start, end = pieces[i].start, pieces[j - 1].end
            if j == i + 1 and pieces[i].lower in _WATERS and _names_a_water(pieces, j):
                continue
            name = _spelled(pieces, i, j)
            asked = capitalised(name) if line.shouting else name
            if not self._knows(asked):
                continue
            if pieces[i].lower == "the" and j > i + 1 and self._is_container(_spelled(pieces, i + 1, j)):
                return None  # "The US" is the US
            evidence = self._evidence(asked, pieces[i:j])
            if not evidence.demonym and not line.headline and line.within_person(i, j):
                continue
            score = (ROUTE if line.joins_route(i, j) else 0.0) + evidence.prior + context_score(
                pieces, i, j, evidence=evidence, persons=self.persons, after_toponym=last_end == i and i > 0,
                headline=line.headline, shouting=line.shouting, knows=self._is_container,
            )  # fmt: skip
            if self.tags is not None:
                score = weighed(self.tags, score, start, end, evidence)
                if j == i + 1 and not evidence.demonym and asked not in self.sure:
                    score -= SURNAME * shown_elsewhere(self.surnames, pieces[i].lower, end)
            if score >= SURE and evidence.prior > -2.0:
                self.sure.add(asked)
            elif AGAIN < score < ACCEPT:
                if asked in self.sure:
                    score = ACCEPT
                else:
                    line.doubtful.add(asked)
            if score >= ACCEPT:
                kind = used_as(self.tags, start, end, usage(pieces, i, j, evidence=evidence))
                return j, line.toponym(start, end, kind)
            if evidence.strong and j - i > 1:
                return None  # "Paris Hilton", "Jordan Henderson": a part of a rejected name is not tried by itself
        return self._loosely(line, i) if not line.shouting and not line.headline else None

    def _shorthand(self, line: _Line, i: int, last_end: int) -> tuple[int, Toponym] | None:
        """Give what is written short: a state after a place or before a noun, and a member's seat."""
        pieces = line.pieces
        seat = seat_at(pieces, i, line.after, knows=self._knows, is_short=self._is_short)
        if seat is not None:
            return seat[0], line.toponym(pieces[i].start, pieces[i].start + len(seat[1]), "embedded")
        follows = last_end == i and i > 0
        for found in (state_after if follows else None, None if line.shouting else state_beside):
            name = found(pieces, i, line.after(i), self._is_short) if found else None
            if name is not None:
                return i + 1, line.toponym(pieces[i].start, pieces[i].start + len(name))
        return None

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
        return j, line.toponym(pieces[i].start, pieces[j - 1].end)

    def _arabic(self, line: _Line, i: int) -> tuple[int, Toponym] | None:
        """Arabic has no capitals: a known name counts when a word of place goes before it or the place is large."""
        pieces = line.pieces
        for j in range(min(len(pieces), i + 4), i, -1):
            if any(p.gap != " " for p in pieces[i + 1 : j]):
                continue
            written = _spelled(pieces, i, j)
            for prefix in ("", *_ARABIC_PREFIXES):
                rest = written.removeprefix(prefix)
                if not written.startswith(prefix) or len(rest) < 3 or rest in _ARABIC_WORDS:
                    continue
                name = ("ال" + rest) if prefix in {"وال", "بال", "فال", "لل"} else rest
                if not self._knows(name):
                    continue
                evidence = self._evidence(name, pieces[i:j])
                located = (i > 0 and pieces[i - 1].text in _ARABIC_LOCATIVE) or prefix in {"ب", "بال"}
                if evidence.prior + (2.0 if located else -0.5) >= 2 * ACCEPT:
                    start = pieces[i].start + len(prefix) if name == rest else pieces[i].start
                    return j, line.toponym(start, pieces[j - 1].end, "demonym" if evidence.demonym else "literal")
        return None

    def _knows(self, name: str) -> bool:
        if name not in self.known:
            self.known[name] = len(name) > 1 and self.gazetteer.knows(name)
        return self.known[name]

    def _evidence(self, name: str, pieces: list[Piece]) -> NameEvidence:
        key = (name, pieces[0].first)
        if key not in self.evidence:
            self.evidence[key] = NameEvidence.of(name, pieces, self.gazetteer, self.lower)
        return self.evidence[key]

    def _is_container(self, name: str) -> bool:
        """Whether a name is that of a country or first-level division, as after a comma."""
        return self._knows(name) and self._evidence(name, [_BLANK]).container

    def _is_short(self, name: str) -> bool:
        """Whether a name is that of a country or first-level division, cut short ("Ill.")."""
        return self._is_container(name) and self._evidence(name, [_BLANK]).abbreviation

    def _unlikely(self, word: str) -> bool:
        """Whether a word is no part of an unknown place's name: ordinary, a time, a person, a kind of institution."""
        return (
            word in self.lower
            or word in self.persons
            or word in _NO_UNKNOWN_PLACE
            or word in common_words()
            or word in given_names()
        )


_DASHES = frozenset({"-", "–", "‑", " – ", " - "})
_ROUTES = frozenset("highway road motorway route expressway railway border corridor pipeline axis".split())
_NO_UNKNOWN_PLACE = TIME_WORDS | NEVER_PLACES | TITLES | ORGANISATION | GENERIC | FACILITY
_NEVER_FIRST = (INNER | FUNCTION_WORDS) - frozenset("new las los la el le les de".split())
_BLANK = Piece(0, 0, "", "", cap=True, gap=" ", first=False)


_WATERS = frozenset("bay gulf lagoon strait straits".split())


def _names_a_water(pieces: list[Piece], j: int) -> bool:
    """Whether "of" and a name follow: of "the Bay of Kotor" the first word is no place by itself."""
    return j + 1 < len(pieces) and pieces[j].lower == "of" and pieces[j + 1].cap


def _spelled(pieces: list[Piece], i: int, j: int) -> str:
    """Give the text of pieces i to j as written, without the possessive of the last."""
    return pieces[i].text + "".join(p.gap + p.text for p in pieces[i + 1 : j])


def _longest_names(pieces: list[Piece]) -> list[int]:
    """Give how many words a name that begins at each piece may have: one, where capitals run on and on."""
    longest = [LONGEST] * len(pieces)
    start = 0
    for k in range(1, len(pieces) + 1):
        if k < len(pieces) and _goes_on(pieces[k]):
            continue
        if k - start > NEVER_A_NAME:
            longest[start:k] = [1] * (k - start)
        start = k
    return longest


def _goes_on(piece: Piece) -> bool:
    return (piece.cap or piece.lower in INNER) and _JOINS.match(piece.gap) is not None


def _may_begin(pieces: list[Piece], i: int) -> bool:
    """Whether an ordinary word of a text in capitals may begin a name of several ("UNITED STATES", "RED SEA")."""
    after = pieces[i + 1 : i + 2]
    return bool(after) and after[0].cap and after[0].gap == " " and pieces[i].lower not in _NEVER_FIRST


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


def _said_to_be_places(sentence: Sentence, found: list[Toponym], *, shouting: bool) -> Iterator[Toponym]:
    """Names that the text itself says are places, whether or not a gazetteer has them ("the village of ...")."""
    for pattern in (_SHOUTED_KIND,) if shouting else (_NAMED_KIND, _KIND_NAMED):
        for match in pattern.finditer(sentence.text):
            start = sentence.start + match.start("name")
            name = _POSSESSIVE.sub("", match["name"])
            if shouting:
                name = _until_ordinary(name)
            words = name.lower().split()
            if not words or words[0] in _NO_NAMES or not _NO_NAMES_AT_ALL.isdisjoint(words):
                continue
            if any(t.start < start + len(name) and start < t.end for t in found):
                continue
            toponym = Toponym(start, start + len(name), name)
            found.append(toponym)
            yield toponym


def _until_ordinary(name: str) -> str:
    """Give the words of a name in capitals up to the first ordinary one ("PERQUIN AND" -> "PERQUIN")."""
    ordinary = common_words()
    kept: list[str] = []
    for word in name.split(" "):
        if word.lower() in ordinary and word.lower() not in _BEGIN_NAMES:
            break
        kept.append(word)
    return "" if kept and kept[-1].lower() in _BEGIN_NAMES else " ".join(kept)


_BEGIN_NAMES = frozenset("la el las los san santa santo".split())
_POSSESSIVE = re.compile(r"['’][sS]$")
_NO_NAMES_AT_ALL = TIME_WORDS | NEVER_PLACES
_NO_NAMES = frozenset("the a an this that in its each every our their police school".split())
