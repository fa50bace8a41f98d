"""From a report to its incidents: mentions gathered into drafts, each draft told as one incident with its evidence."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from mapper.incidents import belief, context
from mapper.incidents.actors import Names, find_stances
from mapper.incidents.classing import kind_of
from mapper.incidents.entries import entries, take_head
from mapper.incidents.grouping import Draft
from mapper.incidents.likeness import SAME_EVENT, is_of_those_held, likeness
from mapper.incidents.mentions import find_mentions
from mapper.incidents.nearby import Nearby, written_on
from mapper.incidents.sufficiency import is_sufficient, says_enough
from mapper.incidents.taking_up import take_up_figure, take_up_place, take_up_stances
from mapper.incidents.telling import Teller
from mapper.incidents.whereabouts import compatible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.mention import Mention
    from mapper.language import Tags
    from mapper.records import Actor, Document, Incident, Resolution, Sentence

__all__ = ["drafts_of", "extract", "is_told"]

_REACH: Final = 30  # drafts that a mention may belong to
_ASKED: Final = 0.6  # chance from which a word that tells of an event begins a draft by itself
_OF_A_KIND: Final = 0.65  # chance of one type from which a draft that says little is told
_FAINT: Final = 0.2  # chance from which a draft may be a part of another one
_OLD_DAYS: Final = 730  # what is further back than this is history, not news
_VAST: Final = frozenset({"country", "region", "macro_region", "unknown"})  # where a year's sum is told, and no event
_HISTORY: Final = 0.7  # chance from which history is told, at its own time and place


def extract(
    document: Document,
    sentences: Sequence[Sentence],
    resolutions: Sequence[Resolution],
    *,
    pointers: Sequence[Resolution] = (),
    tags: Tags | None = None,
) -> list[Incident]:
    """Extract every incident that a report tells of, each with the words that say so.

    Parameters
    ----------
    document
        The report; its publication date anchors relative dates.
    sentences
        Of the report, in order.
    resolutions
        Its toponyms, resolved, in text order.
    pointers
        What "the city" and "the capital" stand for in it, in text order (see `mapper.geocoder.coreferences`).
    tags
        What a recogniser said of the text; None leaves it to the lexicon and the words around.

    Returns
    -------
    list of Incident
        In the order in which the report comes to them. Teasers of other stories are passed over.
    """
    drafts = drafts_of(document, sentences, resolutions, pointers=pointers, tags=tags)
    told = [draft for draft in drafts if is_told(draft, document)]
    passed_over = [draft for draft in drafts if draft not in told]
    return [incident for _, incident in Teller(document, sentences, resolutions).tell(told, passed_over)]


def drafts_of(
    document: Document,
    sentences: Sequence[Sentence],
    resolutions: Sequence[Resolution],
    *,
    pointers: Sequence[Resolution] = (),
    tags: Tags | None = None,
) -> list[Draft]:
    """Gather all that may be an incident of a report, before it is judged which are told; see `extract`."""
    body = [s for s in sentences if s.role != "teaser"]
    pastime = context.is_pastime(body)
    starts = [r.toponym.start for r in resolutions]
    drafts: list[Draft] = []
    names = Names(tags)
    anchor = written_on(document, sentences)
    nearby = Nearby(sentences, resolutions, pointers, anchor=anchor)
    listed = entries(sentences, resolutions, anchor)
    # A headline is short and often without place or date, so it is read last: it can only add to what the text tells.
    for sentence in [s for s in body if s.role != "title"] + [s for s in body if s.role == "title"]:
        inside = resolutions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        opening = sentence.role != "title" and (not drafts or sentence.paragraph <= 1)
        mentions = find_mentions(
            sentence, inside, anchor=anchor, opening=opening, tags=tags, names=names, nearby=nearby
        )
        for mention in mentions:
            take_head(mention, listed.get(sentence.paragraph))
        stances = find_stances(sentence, names.inside(sentence.start, sentence.end, inside))
        if mentions:
            _take_stances(mentions, stances)
        _gather(mentions, drafts, pastime=pastime)
        take_up_figure(sentence, mentions, drafts)
        if not mentions and sentence.role == "body" and drafts:
            if stances:
                take_up_stances(sentence, stances, drafts)
            take_up_place(sentence, inside, drafts, anchor)
    drafts = [draft for draft in drafts if _may_be_part(draft)]
    _fold_loose(drafts)
    return drafts


def _may_be_part(draft: Draft) -> bool:
    """Tell whether a draft is told, by rule or as far as the model believes it, so that it may be a part of another."""
    by_rule = any(m.sentence.role == "title" or says_enough(m, pastime=draft.pastime) for m in draft.mentions)
    return by_rule or _chance(draft) >= _FAINT


def _chance(draft: Draft) -> float:
    return belief.chance(belief.traits(draft, kind_of(draft)[0]))


def _take_stances(mentions: list[Mention], stances: list[Actor]) -> None:
    """Give what a sentence says of claim, blame and denial to the event that it names nearest, in place."""
    for actor in stances:
        at = actor.span.start if actor.span else 0
        nearest = min(mentions, key=lambda m: abs(m.sentence.start + m.trigger.start - at))
        others = [a for a in nearest.perpetrators if a.name.lower() != actor.name.lower() or a.stance == "denied"]
        nearest.perpetrators = [*others, actor]


def _fold_loose(drafts: list[Draft]) -> None:
    """Give what has no place and no day of its own to the event that the same paragraph told before it.

    "A policeman was wounded when a suspect opened fire", after the arrests that the paragraph is about: told as an
    incident of its own it would hang in the air. Arrests go to the protest of the report, wherever it stands.
    """
    for loose in list(drafts):
        placed = any(m.happened and "place" not in m.reached for m in loose.mentions)
        if placed or loose.date.end or any(m.scene or m.fresh or m.several for m in loose.mentions):
            continue
        home = _unrest(drafts) if loose.family == "arrest" else None
        home = home or _before_in_paragraph(loose, drafts)
        if home is None or home is loose or _is_why(loose, home):
            continue
        if not _hangs_in_the_air(loose, home):
            for mention in loose.mentions:
                home.add(mention)
        drafts.remove(loose)


def _is_why(loose: Draft, home: Draft) -> bool:
    """Tell whether arrests are told beside what they came after: "held after a gunfight in which two died"."""
    before = any(m.relation == "follows" for m in loose.mentions)
    return home.family == "arrest" != loose.family and before and bool(loose.types) and bool(loose.tolls)


def _hangs_in_the_air(loose: Draft, home: Draft) -> bool:
    """Tell whether people died of nothing that is told, beside arrests of others: "the group killed 800 in all"."""
    return home.family == "arrest" and not loose.types and not any(map(is_of_those_held, loose.mentions))


def _unrest(drafts: list[Draft]) -> Draft | None:
    return next((d for d in drafts if d.family == "unrest" and d.happened), None)


def _before_in_paragraph(loose: Draft, drafts: list[Draft]) -> Draft | None:
    first = loose.mentions[0].sentence
    before = [
        (m.sentence.start, n)
        for n, d in enumerate(drafts)
        if d is not loose
        for m in d.mentions
        if m.sentence.paragraph == first.paragraph and m.sentence.start <= first.start and m.sentence.role != "title"
    ]
    return drafts[max(before)[1]] if before else None


def _gather(mentions: list[Mention], drafts: list[Draft], *, pastime: bool) -> None:
    """Add the mentions of one sentence to the drafts, beginning new ones where they tell of something new."""
    homes: list[Draft] = []
    # "Eleven people died after a pit caved in": the cause first, so that the harm finds it.
    for mention in sorted(mentions, key=lambda m: m.trigger.pos == "effect"):
        home = _home(mention, drafts, homes)
        # "After three of the wounded died": harm that follows within a sentence is no event of its own without a place.
        own = bool(mention.happened) and "place" not in mention.reached
        aftermath = bool(homes) and mention.trigger.pos == "effect" and not own
        if home is None and not aftermath and _begins(mention, first=not drafts, pastime=pastime):
            home = Draft(pastime=pastime)
            drafts.append(home)
        if home is None:
            continue
        home.add(mention)
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
        (
            mention.relation in ("follows", "precedes", "part_of", "main")
            or (mention.relation == "beside" and _says_where_or_when(mention))
        )
        and not _harm_only(mention, homes)
        and not _again(mention, homes)
    )
    best, best_score = None, SAME_EVENT
    # What a sentence points back to is near: a list of two hundred incidents costs no more than one of thirty.
    for draft in drafts if len(drafts) <= _REACH else [drafts[0], *drafts[-_REACH:]]:
        if draft in homes and (apart or _answers(draft, mention)):
            continue
        score = likeness(mention, draft, latest=draft is drafts[-1], main=draft is drafts[0])
        if score >= best_score:
            best, best_score = draft, score
    return best


def _says_where_or_when(mention: Mention) -> bool:
    """Tell whether a clause itself has a place or a day; what was found around it is the same for its neighbours."""
    return (bool(mention.happened) and "place" not in mention.reached) or (
        bool(mention.dates) and "date" not in mention.reached
    )


def _answers(draft: Draft, mention: Mention) -> bool:
    """Tell whether what a draft tells later in the sentence is what the mention answers ("in retaliation for")."""
    last = draft.mentions[-1]
    same = last.sentence.start == mention.sentence.start and last.clause.start > mention.clause.start
    return same and last.relation == "in_retaliation_for"


def _again(mention: Mention, homes: list[Draft]) -> bool:
    """Tell whether a clause tells an event of its sentence again: "she died in a hit-and-run when a car struck her".

    It is of that type and says nothing else of where, when or how many.
    """
    if mention.fresh or mention.several:
        return False
    return any(
        mention.event_type in home.types
        and not mention.counts
        and all(any(compatible(a, b) for b in home.happened) for a in mention.happened)
        and all((d.interval.start, d.interval.end) == (home.date.start, home.date.end) for d in mention.dates[:1])
        for home in homes
    )


def _harm_only(mention: Mention, homes: list[Draft]) -> bool:
    """Tell whether one of two clauses is harm without a cause: "three people died after a bomb exploded"."""
    if not homes:
        return False
    before = homes[-1].mentions[-1]
    pair = (mention.trigger.pos == "effect", before.trigger.pos == "effect")
    both_count = bool(mention.counts) and bool(before.counts)
    return any(pair) and not both_count


def _begins(mention: Mention, *, first: bool, pastime: bool) -> bool:
    """Tell whether a mention may begin a draft of its own."""
    if mention.sentence.role == "title":
        # What the text does not tell again is told by the headline alone only when it says who was harmed, or when.
        return first and bool(mention.happened) and mention.strength >= 2 and bool(mention.counts or mention.dates)
    # What the model is sure of is judged as a whole, when all that tells of it is gathered.
    sure = mention.trigger.pos != "effect" and sum(mention.asked.values()) >= _ASKED
    return sure or says_enough(mention, pastime=pastime)


def is_told(draft: Draft, document: Document) -> bool:
    """Keep a draft that is an incident, by the model's word or without one by rule; of history, what is surely one."""
    date = draft.date
    if date.end and document.published and (document.published - date.end).days > _OLD_DAYS:
        # "In 2018 floods killed 4,000 across Asia" is a sum; history has its day or its town.
        told = date.precision != "year" or any(r.precision not in _VAST for r in draft.happened)
        return draft.is_read and told and bool(draft.happened) and _chance(draft) >= _HISTORY
    if not is_sufficient(draft):
        of_a_kind = max((chance for m in draft.mentions for chance in m.asked.values()), default=0.0)
        return draft.is_read and of_a_kind >= _OF_A_KIND and _chance(draft) >= belief.TOLD
    return not draft.is_read or _chance(draft) >= belief.DOUBTED
