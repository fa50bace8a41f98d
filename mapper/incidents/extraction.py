"""From a report to its incidents: mentions gathered into drafts, each draft told as one incident with its evidence."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper.incidents import context, linking
from mapper.incidents.counts import combine
from mapper.incidents.grouping import SAME_EVENT, Draft, best_date, likeness
from mapper.incidents.mentions import Mention, find_mentions
from mapper.incidents.scheme import GENERIC
from mapper.records import Count, DateInterval, Evidence, Incident, IncidentPlace, Relation, ReportRef, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.records import Actor, Document, Resolution, Sentence

__all__ = ["extract"]

_MILITARY: Final = frozenset(
    """soldier soldiers troops army base outpost checkpoint patrol convoy barracks garrison militia rebels militants
    fighters forces positions commander""".split()
)
_LAG: Final = re.compile(r"((?:hours?|days?|weeks?|months?))\s+(?:after|following)\b", re.IGNORECASE)
_LAG_DAYS: Final = {"hour": (0, 1), "day": (1, 7), "week": (7, 42), "month": (28, 330)}
"""How many days back "days after" reaches, nearest and farthest: the same reading as "days ago"."""
_MAX_SENTENCES_OF_EVIDENCE: Final = 12
_OLD_DAYS: Final = 730  # a bare year further back than this is history, not news


def extract(document: Document, sentences: Sequence[Sentence], resolutions: Sequence[Resolution]) -> list[Incident]:
    """Extract every incident that a report tells of, each with the words that say so.

    Parameters
    ----------
    document
        The report; its publication date anchors relative dates.
    sentences
        Of the report, in order.
    resolutions
        Its toponyms, resolved, in text order.

    Returns
    -------
    list of Incident
        In the order in which the report comes to them. Teasers of other stories are passed over.
    """
    body = [s for s in sentences if s.role != "teaser"]
    sport = context.is_sport(body)
    drafts: list[Draft] = []
    # A headline is short and often without place or date, so it is read last: it can only add to what the text tells.
    for sentence in [s for s in body if s.role != "title"] + [s for s in body if s.role == "title"]:
        inside = [r for r in resolutions if sentence.start <= r.toponym.start < sentence.end]
        opening = sentence.role != "title" and (not drafts or sentence.paragraph <= 1)
        mentions = find_mentions(sentence, inside, anchor=document.published, opening=opening)
        _gather(mentions, drafts, sport=sport)
    told = [draft for draft in drafts if _is_told(draft, document)]
    return _Teller(document, sentences, resolutions).tell(told)


def _gather(mentions: list[Mention], drafts: list[Draft], *, sport: bool) -> None:
    """Add the mentions of one sentence to the drafts, beginning new ones where they tell of something new."""
    homes: list[Draft] = []
    for mention in mentions:
        home = _home(mention, drafts, homes)
        if home is None and _begins(mention, first=not drafts, sport=sport):
            home = Draft()
            drafts.append(home)
        if home is None:
            continue
        home.mentions.append(mention)
        homes.append(home)
        # The draft spoken of last stands last; `drafts[0]` stays the report's main one.
        if drafts[0] is not home:
            drafts.remove(home)
            drafts.append(home)


def _home(mention: Mention, drafts: list[Draft], homes: list[Draft]) -> Draft | None:
    """Find the draft that a mention belongs to, or None."""
    if homes and mention.relation == "resumes":
        first, last = homes[0], homes[-1]
        return first if last.mentions[-1].relation == "in_retaliation_for" else last
    apart = mention.relation == "in_retaliation_for" or (
        mention.relation in ("follows", "precedes", "beside") and not _harm_only(mention, homes)
    )
    best, best_score = None, SAME_EVENT
    for draft in drafts:
        if apart and draft in homes:
            continue
        score = likeness(mention, draft, latest=draft is drafts[-1], main=draft is drafts[0])
        if draft in homes and not apart:
            score += 0.8
        if score >= best_score:
            best, best_score = draft, score
    return best


def _harm_only(mention: Mention, homes: list[Draft]) -> bool:
    """Tell whether one of two clauses is harm without a cause: "three people died after a bomb exploded"."""
    if not homes:
        return False
    before = homes[-1].mentions[-1]
    pair = (mention.trigger.pos == "effect", before.trigger.pos == "effect")
    both_count = bool(mention.counts) and bool(before.counts)
    return any(pair) and not both_count


def _begins(mention: Mention, *, first: bool, sport: bool) -> bool:
    """Tell whether a mention says enough to begin an incident of its own."""
    if mention.sentence.role == "title":
        # What the text below does not tell again is told by the headline alone only when it says who was harmed, or when.
        return first and bool(mention.happened) and mention.strength >= 2 and bool(mention.counts or mention.dates)
    if mention.habitual and not (mention.happened and (mention.dates or mention.counts)):
        return False
    day = any(d.interval.precision != "year" for d in mention.dates)
    told = bool(mention.happened), day, bool(mention.counts)
    if mention.background:
        return mention.strength >= 2 and told[0] and told[1]
    if sport:
        return mention.strength >= 2 and told[0] and any(c.counted for c in mention.counts)
    if mention.strength == 1:
        # Harm without a cause may be the first half of "a man was killed. The blast ...".
        return told[0] and told[2]
    return mention.strength == 3 or any(told)


def _is_told(draft: Draft, document: Document) -> bool:
    """Keep a draft only when its kind is known and it is tied to a place, a day or people."""
    if not draft.types and not any(m.event_type == GENERIC and m.trigger.pos != "effect" for m in draft.mentions):
        return False
    date = draft.date
    old = date.end and document.published and (document.published - date.end).days > _OLD_DAYS
    if date.precision != "day" and (old or (date.precision == "year" and not draft.happened)):
        return False
    anchored = bool(draft.happened) or any(m.scene for m in draft.mentions)
    # A place that no gazetteer knows leaves the incident without one; it is still told, and said to have none.
    if not anchored and date.precision == "day" and any(m.strength == 3 for m in draft.mentions):
        return True
    told = len([m for m in draft.mentions if m.strength >= 2]) > 1 or any(m.counts for m in draft.mentions)
    return anchored or (told and (date.end is not None or any(m.counts for m in draft.mentions)))


@dataclass
class _Teller:
    """Turns drafts into incidents; holds the report for what they share (dates, scene, dateline)."""

    document: Document
    sentences: Sequence[Sentence]
    resolutions: Sequence[Resolution]

    def tell(self, drafts: list[Draft]) -> list[Incident]:
        drafts = sorted(
            drafts,
            key=lambda d: (
                min(m.sentence.start for m in d.mentions if m.sentence.role != "title")
                if any(m.sentence.role != "title" for m in d.mentions)
                else 0
            ),
        )
        ids = {id(draft): self._incident_id(draft) for draft in drafts}
        return [self._incident(draft, drafts, ids) for draft in drafts]

    def _incident_id(self, draft: Draft) -> str:
        first = draft.mentions[0]
        key = f"{self.document.id}|{first.sentence.start}|{first.trigger.start}|{first.event_type}"
        return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:12]

    def _incident(self, draft: Draft, drafts: list[Draft], ids: dict[int, str]) -> Incident:
        event_type, subtype = _kind(draft)
        places = self._places(draft, drafts)
        date = self._date(draft, drafts)
        killed, killed_evidence = self._toll(draft, "killed")
        injured, injured_evidence = self._toll(draft, "injured")
        evidence = self._sentences_of(draft) + self._evidence(places, date) + killed_evidence + injured_evidence
        return Incident(
            incident_id=ids[id(draft)],
            event_type=event_type,
            event_subtype=subtype,
            status=_status(draft),  # type: ignore[arg-type]
            date=date,
            places=places,
            killed=combine(killed),
            injured=combine(injured),
            perpetrators=_named(m.perpetrators for m in draft.mentions),
            targets=_named(m.targets for m in draft.mentions),
            weapon=next((m.weapon for m in draft.mentions if m.weapon), None),
            sources=tuple(dict.fromkeys(a.name for m in draft.mentions for a in m.sources)),
            relations=self._relations(draft, drafts, ids),
            confidence=_confidence(draft, places, date),
            evidence=evidence,
            reports=(ReportRef(self.document.id, self.document.title, self.document.url, self.document.published),),
        )

    # --- where ---------------------------------------------------------------------------------------------------

    def _places(self, draft: Draft, drafts: list[Draft]) -> tuple[IncidentPlace, ...]:
        happened = linking.finest(draft.happened)
        if not happened and any(m.scene for m in draft.mentions):
            happened = self._scene(draft, drafts)
        if not happened:
            happened = self._beside(draft, drafts)
        others = [p for m in draft.mentions for p in m.places if p.role != "happened"]
        return tuple(linking.locate(r) for r in happened) + tuple(dict.fromkeys(others))

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
        return linking.finest(max(before, key=lambda pair: pair[0])[1].happened) if before else []

    def _beside(self, draft: Draft, drafts: list[Draft]) -> list[Resolution]:
        """Take the place that the sentence itself names behind "in" or "at", or a neighbour of it.

        The sentence before speaks for "the attack", the one after only for the report's main incident, whose first
        sentence often leaves the place to the second.
        """
        for mention in draft.mentions:
            index = next((i for i, s in enumerate(self.sentences) if s.start == mention.sentence.start), None)
            if index is None or mention.sentence.role == "title":
                continue
            near = [mention.sentence]
            if index and self.sentences[index - 1].role == "body" and mention.definite:
                near.append(self.sentences[index - 1])
            following = self.sentences[index + 1] if index + 1 < len(self.sentences) else None
            if following and following.role == "body" and draft is drafts[0] and mention is draft.mentions[0]:
                near.append(following)
            for sentence in near:
                inside = [r for r in self.resolutions if sentence.start <= r.toponym.start < sentence.end]
                found = linking.link(sentence.text, sentence.start, mention.trigger, inside)
                happened = [p.resolution for p in found if p.role == "happened"]
                if happened:
                    return happened
        return []

    # --- when ----------------------------------------------------------------------------------------------------

    def _date(self, draft: Draft, drafts: list[Draft]) -> DateInterval:
        published = self.document.published
        opening = min(draft.mentions, key=lambda m: m.sentence.start)
        if opening.ongoing and not opening.dates and published:
            return DateInterval(published, published, "day", anchor=published)
        dates = [(d, m) for m in draft.mentions for d in m.dates[:1]]
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
                return DateInterval(told.start, told.end, told.precision, span.text, span, self.document.published)
            return told
        lagging = self._days_before(draft, drafts)
        if lagging is not None:
            return lagging
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

    def _days_before(self, draft: Draft, drafts: list[Draft]) -> DateInterval | None:
        """Date an event by the one that came "days after" it: the one of the clause before, or the report's main one."""
        for mention in draft.mentions:
            clause = mention.sentence.text[mention.clause.start : mention.clause.end]
            match = _LAG.search(clause)
            if not match or mention.relation != "follows":
                continue
            beside = [d for d in drafts for m in d.mentions if m.sentence is mention.sentence and d is not draft]
            later = (beside or drafts)[0].date
            if later.start is None or (beside or drafts)[0] is draft:
                continue
            near, far = _LAG_DAYS[match.group(1).lower().rstrip("s")]
            start = mention.sentence.start + mention.clause.start + match.start(1)
            span = Span(start, start + len(match.group(1)), self.document.text[start : start + len(match.group(1))])
            first, last = later.start - dt.timedelta(days=far), later.start - dt.timedelta(days=near)
            return DateInterval(first, last, "vague", span.text, span, self.document.published)
        return None

    # --- how many ------------------------------------------------------------------------------------------------

    def _toll(self, draft: Draft, harm: str) -> tuple[list[Count], tuple[Evidence, ...]]:
        counted: list[Count] = []
        described: list[Count] = []
        evidence = []
        for mention in draft.mentions:
            base = mention.sentence.start
            for c in mention.counts:
                if c.harm != harm:
                    continue
                text = self.document.text[base + c.start : base + c.end]
                span = Span(base + c.start, base + c.end, text)
                figure = c.counted and not c.additional
                (counted if figure else described).append(
                    Count(c.low, c.best, c.high, span, c.source, self.document.id)
                )
                evidence.append(Evidence(self.document.id, span.start, span.end, text, harm))
        # "Killing a commander" names one of the dead and "another 14" comes on top: no second opinions on how many died.
        return (counted or described), tuple(evidence)

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

    def _relations(self, draft: Draft, drafts: list[Draft], ids: dict[int, str]) -> tuple[Relation, ...]:
        """Read relations off connectives: what "in retaliation for" leads in is what the clause before answers."""
        found: dict[Relation, None] = {}
        for mention in draft.mentions:
            for other in drafts:
                for answer in other.mentions:
                    if other is draft or answer.sentence.start != mention.sentence.start:
                        continue
                    if answer.clause.start > mention.clause.start and answer.relation in (
                        "in_retaliation_for",
                        "follows",
                    ):
                        kind = "in_retaliation_for" if answer.relation == "in_retaliation_for" else "follows"
                        found[Relation(kind, ids[id(other)])] = None
        return tuple(found)


def _best_first(mentions: Sequence[Mention]) -> list[Mention]:
    """Sort by fullness: a fine place first, then the kind, a date, a count; ties in text order."""

    def fullness(m: Mention) -> tuple[float, int]:
        precise = min((linking.RANK[r.precision] for r in m.happened), default=9)
        return (
            (9 - precise)
            + 1.5 * (m.event_type != GENERIC)
            + bool(m.dates)
            + bool(m.counts)
            - 4 * (m.sentence.role == "title"),
            -m.sentence.start,
        )

    return sorted(mentions, key=fullness, reverse=True)


def _kind(draft: Draft) -> tuple[str, str]:
    """Choose the type told most surely; violence of untold kind is a clash with soldiers or an attack on civilians."""
    typed = [m for m in draft.mentions if m.event_type != GENERIC]
    if typed:
        weight: dict[str, float] = {}
        for n, m in enumerate(typed):
            weight[m.event_type] = weight.get(m.event_type, 0.0) + m.strength + 0.5 * (n == 0)
        best = max(weight, key=lambda t: weight[t])
        subtypes = [m.subtype for m in typed if m.event_type == best and m.subtype]
        return best, max(subtypes, key=subtypes.count) if subtypes else ""
    words = {w.strip(".,").lower() for m in draft.mentions for a in m.targets for w in a.name.split()}
    words |= {w.lower() for m in draft.mentions for c in m.counts for w in (c.who or "").split()}
    return ("armed_clash", "clash") if words & _MILITARY else ("attack_on_civilians", "attack")


def _status(draft: Draft) -> str:
    statuses = [m.status for m in draft.mentions]
    return "accomplished" if "accomplished" in statuses else statuses[0]


def _named(groups: Iterable[Sequence[Actor]]) -> tuple[Actor, ...]:
    seen: dict[str, Actor] = {}
    for actors in groups:
        for actor in actors:
            seen.setdefault(actor.name.lower(), actor)
    return tuple(seen.values())


def _confidence(draft: Draft, places: Sequence[IncidentPlace], date: DateInterval) -> float:
    """Add up what is told, 0-1: no probability yet, but a sure order."""
    strength = max(m.strength for m in draft.mentions)
    score = 0.35 + 0.1 * strength
    happened = [p.resolution.score for p in places if p.role == "happened"]
    score += 0.2 * max(happened) if happened else -0.15
    score += 0.1 if date.precision == "day" else 0.0
    score += min(0.1, 0.04 * (len(draft.mentions) - 1))
    score -= 0.1 if _status(draft) != "accomplished" else 0.0
    score -= 0.1 if all(m.background for m in draft.mentions) else 0.0
    return round(max(0.05, min(0.97, score)), 3)
