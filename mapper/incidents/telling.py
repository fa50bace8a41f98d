"""A draft told as one incident: its kind, where, when, how many, and for each of them the words that say so."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from mapper.incidents import belief, cues, linking, whereabouts
from mapper.incidents.classing import kind_of
from mapper.incidents.clauses import LAG, dateline_end
from mapper.incidents.counts import combine, parse_number
from mapper.incidents.grouping import best_date
from mapper.incidents.nearby import written_on
from mapper.incidents.relations import relations
from mapper.incidents.scheme import GENERIC
from mapper.records import HARMS, Count, DateInterval, Evidence, Incident, IncidentPlace, ReportRef, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.incidents.grouping import Draft
    from mapper.incidents.mention import Mention
    from mapper.records import Actor, Document, Resolution, Sentence

    _ToldIn: TypeAlias = dict[int, list[tuple[Draft, Mention]]]  # by the start of the sentence

__all__ = ["Teller"]

_ITS_PLACE, _GROUND = 0.6, 0.8
"""Chance from which a name that nobody knows is the place of an event, and score from which a place is surely known."""

_BEATS: Final = frozenset({"settlement", "adm2"})
"""What a police force or a fire brigade is of, where that says where something was."""

_PART: Final = re.compile(r"\bof (?:the|them|those|its|their|these)\b", re.IGNORECASE)
"""\"Four of the victims": a part of a toll, not another opinion on it."""
_LAG_DAYS: Final = {"hour": (0, 1), "day": (1, 7), "week": (7, 42), "month": (28, 330)}
"""How many days back "days after" reaches, nearest and farthest: the same reading as "days ago"."""
_LAG_EACH: Final = {"day": (1, 0), "week": (7, 3), "month": (30, 10)}
"""Days of one of those that "a month after" counts, and how far off the whole may be."""
_LEANING: Final = 3  # paragraphs between an event and the one whose day it points back to
_MAX_SENTENCES_OF_EVIDENCE: Final = 12
_TIMES: Final = 2  # from so many times all closed figures on, an open one is the toll and they are parts of it
_LEAST, _MOST = 0.05, 0.97


def _lag(match: re.Match[str]) -> tuple[int, int]:
    """Give how many days back "two weeks after" reaches, nearest and farthest."""
    unit = match["unit"].lower().rstrip("s")
    if match["many"] is None:
        return _LAG_DAYS[unit]
    figure = parse_number(match["many"].lower())
    number = figure[1] or 1 if figure else 1  # "a month after"
    if unit == "hour":
        return 0, 1 + number // 24
    each, slack = _LAG_EACH[unit]
    return number * each - slack, number * each + slack


class Teller:
    """Turns drafts into incidents; holds the report for what they share (dates, scene, neighbouring sentences).

    Parameters
    ----------
    document, sentences, resolutions
        The report, its sentences and its resolved toponyms, in text order.
    """

    def __init__(self, document: Document, sentences: Sequence[Sentence], resolutions: Sequence[Resolution]) -> None:
        self.document = document
        self.sentences = sentences
        self.resolutions = resolutions
        self._anchor = written_on(document, sentences)
        self._starts = [r.toponym.start for r in resolutions]
        self._index = {sentence.start: i for i, sentence in enumerate(sentences)}
        self._placed: dict[int, Draft] = {}

    def tell(self, drafts: list[Draft], passed_over: Sequence[Draft] = ()) -> list[tuple[Draft, Incident]]:
        """Tell the drafts as incidents, each beside its own, in the order in which the report comes to them.

        Those passed over are told by nobody, but where they happened, no other of them did.
        """
        ordered = sorted(drafts, key=_first_told)
        self._placed = {m.sentence.start: d for d in (*passed_over, *ordered) for m in d.mentions if m.happened}
        ids = {id(draft): self._incident_id(draft) for draft in ordered}
        told_in: dict[int, list[tuple[Draft, Mention]]] = {}
        for draft in ordered:
            for mention in draft.mentions:
                told_in.setdefault(mention.sentence.start, []).append((draft, mention))
        related = relations(ordered, ids)
        return [
            (draft, replace(self._incident(draft, ordered, told_in, ids), relations=related[id(draft)]))
            for draft in ordered
        ]

    def _inside(self, sentence: Sentence) -> Sequence[Resolution]:
        return self.resolutions[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]

    def _incident_id(self, draft: Draft) -> str:
        first = draft.mentions[0]
        key = f"{self.document.id}|{first.sentence.start}|{first.trigger.start}|{first.event_type}"
        return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:12]

    def _incident(self, draft: Draft, drafts: list[Draft], told_in: _ToldIn, ids: dict[int, str]) -> Incident:
        event_type, subtype = kind_of(draft, drafts[0])
        places = self._places(draft, drafts)
        date = self._date(draft, drafts, told_in)
        counted = {harm: self._toll(draft, harm) for harm in HARMS}
        tolls: dict[str, Any] = {harm: combine(counts) for harm, (counts, _) in counted.items()}
        perpetrators = _culprits(m.perpetrators for m in draft.mentions)
        targets = _named(m.targets for m in draft.mentions)
        evidence = self._sentences_of(draft) + self._evidence(places, date)
        return Incident(
            incident_id=ids[id(draft)],
            event_type=event_type,
            event_subtype=subtype,
            status=_status(draft),  # type: ignore[arg-type]
            date=date,
            places=places,
            **tolls,
            perpetrators=perpetrators,
            targets=targets,
            weapon=next((m.weapon for m in draft.mentions if m.weapon), None),
            sources=tuple(dict.fromkeys(a.name for m in draft.mentions for a in m.sources)),
            confidence=_confidence(draft, event_type, places, date),
            evidence=evidence
            + tuple(e for _, words in counted.values() for e in words)
            + self._named_in(perpetrators, "perpetrator")
            + self._named_in(targets, "target"),
            reports=(ReportRef(self.document.id, self.document.title, self.document.url, self.document.published),),
        )

    # --- where ---------------------------------------------------------------------------------------------------

    def _places(self, draft: Draft, drafts: list[Draft]) -> tuple[IncidentPlace, ...]:
        happened = whereabouts.finest(draft.happened)
        if not happened and any(m.scene for m in draft.mentions):
            happened = self._scene(draft, drafts)
        if not happened:
            happened = self._beside(draft, drafts) or self._beat(draft) or self._country(draft)
        happened = self._position(draft, happened) or happened
        others = [p for m in draft.mentions for p in m.places if p.role != "happened"]
        return whereabouts.locate_all(happened) + tuple(dict.fromkeys(others))

    def _scene(self, draft: Draft, drafts: list[Draft]) -> list[Resolution]:
        """Take the place of the event told just before: "at the scene"."""
        start = draft.mentions[0].sentence.start
        before = [
            (m.sentence.start, other)
            for other in drafts
            if other is not draft and other.happened
            for m in other.mentions
            if m.sentence.start <= start and m.sentence.role != "title"
        ]
        return whereabouts.finest(max(before, key=lambda pair: pair[0])[1].happened) if before else []

    def _beside(self, draft: Draft, drafts: list[Draft]) -> list[Resolution]:
        """Take the place that the sentence itself names behind "in" or "at", or a neighbour of it.

        The sentence before speaks for "the attack", the one after only for the report's main incident, whose first
        sentence often leaves the place to the second.
        """
        for mention in draft.mentions:
            index = self._index.get(mention.sentence.start)
            here = mention.sentence.text[mention.trigger.start : mention.trigger.end] == mention.trigger.text
            if index is None or not here or mention.sentence.role == "title":
                continue  # a claim or a figure that names no deed itself has no place either
            near = [mention.sentence]
            if index and mention.definite:
                near.append(self.sentences[index - 1])
            if index + 1 < len(self.sentences) and draft is drafts[0] and mention is draft.mentions[0]:
                near.append(self.sentences[index + 1])
            # What a neighbour places is what it tells of itself.
            near[1:] = [s for s in near[1:] if s.role == "body" and self._placed.get(s.start, draft) is draft]
            for sentence in near:
                # A dateline is where the report was written: of the places in its sentence, those behind it count.
                skip = sentence.start + (dateline_end(sentence.text) if sentence.paragraph <= 1 else 0)
                skip = max(skip, mention.ground)
                inside = [r for r in self._inside(sentence) if r.toponym.start >= skip]
                found = linking.link(sentence.text, sentence.start, mention.trigger, inside)
                happened = [p.resolution for p in found if p.role == "happened"]
                if happened:
                    return happened
        return []

    def _position(self, draft: Draft, happened: Sequence[Resolution]) -> list[Resolution]:
        """Take the one position in degrees of its paragraphs, where no place is told, or areas alone that hold it."""
        paragraphs = {m.sentence.paragraph for m in draft.mentions if m.sentence.role == "body"}
        around = [s for s in self.sentences if s.role == "body" and s.paragraph in paragraphs]
        given = [r for s in around for r in self._inside(s) if whereabouts.is_position(r)]
        if len(given) != 1 or not all(whereabouts.within(given[0], r) for r in happened):
            return []
        return given

    def _beat(self, draft: Draft) -> list[Resolution]:
        """Take the town or county of those who dealt with it, where the text names no place: "Hartford police said".

        What they say of a place that nobody knows may be anywhere about; a country's police is no place.
        """
        sentences = [m.sentence for m in draft.mentions if m.sentence.role == "body"]
        around = [r for s in sentences for r in self._inside(s)]
        local = [r for r in around if cues.FORCE.match(self.document.text, r.toponym.end)]
        if any(r.toponym.kind in ("literal", "relative") and r not in local for r in around):
            return []
        local = [r for r in local if r.precision in _BEATS and whereabouts.may_be_shown(r)]
        return local[:1]

    def _country(self, draft: Draft) -> list[Resolution]:
        """Take the country for a town that the gazetteer lacks, where all that the report is sure of lies in it."""
        unknown = any(
            r.place is None
            and not r.inferred
            and r.toponym.kind == "literal"
            and m.told is not None
            and m.told.chance(r.toponym.start, r.toponym.end, "place") >= _ITS_PLACE
            for m in draft.mentions
            if m.sentence.role != "title"
            for r in self._inside(m.sentence)
        )
        sure = [
            r for r in self.resolutions if r.place is not None and r.score >= _GROUND and r.toponym.kind == "literal"
        ]
        codes = {r.place.country_code for r in sure if r.place is not None}
        fine = {r.toponym.text for r in sure if r.precision not in whereabouts.AREAS}
        if not unknown or len(codes) != 1 or not fine:
            return []
        return [r for r in sure if r.precision == "country"][:1]

    # --- when ----------------------------------------------------------------------------------------------------

    def _date(self, draft: Draft, drafts: list[Draft], told_in: _ToldIn) -> DateInterval:
        published = self._anchor
        if draft.mentions[0].ongoing and published:
            return DateInterval(published, published, "day", anchor=published)
        if draft.mentions[0].beside and (
            day := self._told_before(draft.mentions[0], [d for d in drafts if d is not draft])
        ):
            return DateInterval(day, day, "day", anchor=published)
        # What a mention itself says outweighs what it was given from around it.
        ordered = sorted(draft.mentions, key=lambda m: "date" in m.reached)
        dates = [(d, m) for m in ordered for d in m.dates[:1]]
        told = best_date([d.interval for d, _ in dates])
        if told.text is not None or told.end is not None:
            mention = next((m for d, m in dates if d.interval is told), None)
            found = next((d for d, _ in dates if d.interval is told), None)
            if mention and found:
                start = mention.sentence.start + found.start
                span = Span(
                    start,
                    mention.sentence.start + found.end,
                    self.document.text[start : mention.sentence.start + found.end],
                )
                return DateInterval(told.start, told.end, told.precision, span.text, span, published)
            return told
        leaning = self._days_before(draft, drafts, told_in) or self._days_after(draft, drafts)
        if leaning is not None:
            return leaning
        if published is None or _status(draft) in ("planned", "threatened"):
            return DateInterval(anchor=published)
        # No date is told: it happened on or before the day the report came out, and for a thing that happened at the
        # scene of another one, not before that one.
        after = None
        if any(m.scene for m in draft.mentions) and drafts and drafts[0] is not draft:
            after = drafts[0].date.start
        if after and after <= published:
            return DateInterval(after, published, "range" if after < published else "day", anchor=published)
        return DateInterval(None, published, "unknown", anchor=published)

    def _days_before(self, draft: Draft, drafts: list[Draft], told_in: _ToldIn) -> DateInterval | None:
        """Date an event by the one that came "days after" it: that of the clause before, or the report's main one."""
        for mention in draft.mentions:
            clause = mention.sentence.text[mention.clause.start : mention.clause.end]
            match = LAG.search(clause)
            if not match or mention.relation != "follows":
                continue
            beside = [d for d, _ in told_in[mention.sentence.start] if d is not draft]
            later = (beside or drafts)[0].date
            if later.start is None or (beside or drafts)[0] is draft:
                continue
            near, far = _lag(match)
            start = mention.sentence.start + mention.clause.start + match.start("unit")
            stop = start + len(match["unit"])
            span = Span(start, stop, self.document.text[start:stop])
            first, last = later.start - dt.timedelta(days=far), later.start - dt.timedelta(days=near)
            return DateInterval(first, last, "vague", span.text, span, self.document.published)
        return None

    def _days_after(self, draft: Draft, drafts: list[Draft]) -> DateInterval | None:
        """Date an event by the one told before it, where it says so: "two hours later", "on the same afternoon"."""
        for mention in draft.mentions:
            back, shift = mention.back, mention.back.shift if mention.back else None
            told = self._told_before(mention, [other for other in drafts if other is not draft])
            if back is None or shift is None or told is None:
                continue
            day = told + dt.timedelta(days=shift)
            start = mention.sentence.start + back.start
            span = Span(start, start + len(back.text), self.document.text[start : start + len(back.text)])
            if self._anchor is None or day <= self._anchor:
                return DateInterval(day, day, "day", span.text, span, self._anchor)
        return None

    def _told_before(self, mention: Mention, drafts: Sequence[Draft]) -> dt.date | None:
        """Give the day of the event told last before a mention, in its entry and not far above."""
        before = [
            ((m.sentence.start, m.clause.start), draft.date.start)
            for draft in drafts
            if draft.date.precision == "day" and draft.date.start is not None
            for m in draft.mentions
            if m.sentence.role == mention.sentence.role
            and m.entry == mention.entry
            and 0 <= mention.sentence.paragraph - m.sentence.paragraph <= _LEANING
            and (m.sentence.start, m.clause.start) <= (mention.sentence.start, mention.clause.start)
        ]
        return max(before)[1] if before else None

    # --- how many ------------------------------------------------------------------------------------------------

    def _toll(self, draft: Draft, harm: str) -> tuple[list[Count], tuple[Evidence, ...]]:
        counted: list[Count] = []
        described: list[Count] = []
        evidence = []
        for mention in draft.mentions:
            base = mention.sentence.start
            speaker = mention.sources[0].name if len(mention.sources) == 1 else None
            for c in mention.counts:
                if c.harm != harm:
                    continue
                text = self.document.text[base + c.start : base + c.end]
                span = Span(base + c.start, base + c.end, text)
                if not c.counted and c.best is None:
                    continue  # "civilians": people, and no figure
                figure = c.counted and not c.additional and not _PART.search(c.text)
                (counted if figure else described).append(
                    Count(c.low, c.best, c.high, span, c.source or speaker, self.document.id, c.unit)
                )
                evidence.append(Evidence(self.document.id, span.start, span.end, text, harm))
        # "Killing a commander" names one of the dead, "another 14" comes on top: no second opinions on how many died.
        told = counted or described
        # "Several dead" is no opinion where others have figures; "more than 1,600" is one beside nine of another event.
        closed = [c for c in told if c.best is not None or c.high is not None]
        top = max((c.best or c.high or 0 for c in closed), default=0)
        beyond = [c for c in told if c not in closed and (c.low or 0) > _TIMES * top]
        return [c for c in told if c in closed or c in beyond] or told, tuple(evidence)

    # --- the words -----------------------------------------------------------------------------------------------

    def _sentences_of(self, draft: Draft) -> tuple[Evidence, ...]:
        spans = dict.fromkeys((m.sentence.start, m.sentence.end) for m in _best_first(draft.mentions))
        text = self.document.text
        return tuple(
            Evidence(self.document.id, a, b, text[a:b], "incident") for a, b in list(spans)[:_MAX_SENTENCES_OF_EVIDENCE]
        )

    def _evidence(self, places: Iterable[IncidentPlace], date: DateInterval) -> tuple[Evidence, ...]:
        found = []
        for place in places:
            toponym = place.resolution.toponym
            span = toponym.phrase or toponym
            text = self.document.text[span.start : span.end]
            found.append(Evidence(self.document.id, span.start, span.end, text, "place"))
        if date.span:
            found.append(Evidence(self.document.id, date.span.start, date.span.end, date.span.text, "date"))
        return tuple(found)

    def _named_in(self, actors: Iterable[Actor], field: str) -> tuple[Evidence, ...]:
        spans = [actor.span for actor in actors if actor.span]
        return tuple(Evidence(self.document.id, s.start, s.end, s.text, field) for s in spans)


def _first_told(draft: Draft) -> int:
    """Where the text comes to an incident; one that only the headline tells comes first."""
    return min((m.sentence.start for m in draft.mentions if m.sentence.role != "title"), default=0)


def _best_first(mentions: Sequence[Mention]) -> list[Mention]:
    """Sort by fullness: a fine place first, then the kind, a date, a count; ties in text order."""

    def fullness(m: Mention) -> tuple[float, int]:
        precise = min((whereabouts.RANK[r.precision] for r in m.happened), default=9)
        return (
            (9 - precise)
            + 1.5 * (m.event_type != GENERIC)
            + bool(m.dates)
            + bool(m.counts)
            - 4 * (m.sentence.role == "title"),
            -m.sentence.start,
        )

    return sorted(mentions, key=fullness, reverse=True)


def _status(draft: Draft) -> str:
    """Take the status of the first clause of the text that tells of the event itself."""
    telling = [m for m in draft.mentions if m.trigger.pos != "effect" and m.sentence.role != "title"]
    return min(telling or draft.mentions, key=lambda m: m.sentence.start).status


_VAGUE_NAMES: Final = frozenset(
    """group groups militia movement organisation organization faction force forces gang army man men attackers
    assailants gunmen suspects individuals persons people""".split()
)
"""They stand for somebody whom the report may name elsewhere."""


def _named(groups: Iterable[Sequence[Actor]]) -> tuple[Actor, ...]:
    """Give each actor once in each stance; a stance is all that is told of whom it is told of."""
    seen: dict[tuple[str, str | None], Actor] = {}
    for actors in groups:
        for actor in actors:
            seen.setdefault((actor.name.lower(), actor.stance), actor)
    stated = {name for name, stance in seen if stance is not None}
    return tuple(a for (name, stance), a in seen.items() if stance is not None or name not in stated)


def _culprits(groups: Iterable[Sequence[Actor]]) -> tuple[Actor, ...]:
    """Give those who did it; "the group" gives way to a name, but no fact gives way to a claim."""
    told = _named(groups)
    named = {a.stance for a in told if a.name.lower() not in _VAGUE_NAMES}
    return tuple(a for a in told if a.name.lower() not in _VAGUE_NAMES or a.stance not in named)


def _confidence(draft: Draft, kind: str, places: Sequence[IncidentPlace], date: DateInterval) -> float:
    """Give the chance that kind and place are right; without a model, a sum of what is told: an order, no chance."""
    if draft.is_read:
        found = belief.traits(draft, kind)
        sure = belief.confidence(found, belief.place_traits(draft, places))
        return round(max(_LEAST, min(_MOST, sure)), 3)
    strength = max(m.strength for m in draft.mentions)
    score = 0.35 + 0.1 * strength
    happened = [p.resolution.score for p in places if p.role == "happened"]
    score += 0.2 * max(happened) if happened else -0.15
    score += 0.1 if date.precision == "day" else 0.0
    score += min(0.1, 0.04 * (len(draft.mentions) - 1))
    score -= 0.1 if _status(draft) != "accomplished" else 0.0
    score -= 0.1 if all(m.background for m in draft.mentions) else 0.0
    return round(max(_LEAST, min(_MOST, score)), 3)
