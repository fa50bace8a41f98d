"""Finding the mentions of a sentence: each clause with its triggers, and all that the clause says of the event."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mapper.incidents import actors, context, cues, linking, whereabouts
from mapper.incidents.clauses import LAG, Clause, dateline_end, split_clauses
from mapper.incidents.counts import find_counts
from mapper.incidents.judging import asked_types, chance_of, heard, heard_type, judged, telling_word
from mapper.incidents.kinds import by_a_power, families, retyped, taken
from mapper.incidents.lexicon import find_triggers, tokenize
from mapper.incidents.mention import Mention
from mapper.incidents.nearby import (
    Nearby,
    date_distance,
    dates_told,
    is_of_the_court,
    is_of_what_followed,
    is_one_time,
    no_later_than,
    speaks_of_the_past,
    sums_up,
)
from mapper.incidents.patterns import any_of
from mapper.incidents.scheme import GENERIC, family
from mapper.text import mend

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from mapper.incidents.counts import CountMention
    from mapper.incidents.dates import DateMention
    from mapper.incidents.lexicon import Trigger
    from mapper.language import Tags
    from mapper.records import Resolution, Sentence

__all__ = ["find_mentions"]


_TROOPS: Final = re.compile(
    r"\b"
    + any_of(
        r"troops? soldiers? forces? army armies military militia\w* rebels? peacekeepers? fighters? tanks? battalions? "
        r"garrison police"
    )
    + r"\b",
    re.IGNORECASE,
)
_DEMAND: Final = re.compile(r"\b(?:demand|call(?:s|ed|ing)? for|urg|seek|want)\w*\b[^.;:]*$", re.IGNORECASE)
_FELT: Final = re.compile(r"\bfelt\s+(?:as far (?:away )?as|in|across|throughout|by)\b", re.IGNORECASE)
_FRESH: Final = re.compile(
    r"\b(?:another|separate(?:ly)?|second|third|similar|previous|earlier|further|new|elsewhere|different|unrelated)\b",
    re.IGNORECASE,
)
_ONGOING: Final = re.compile(
    r"\b(?:is|are)\s+(?:now\s+|still\s+|currently\s+)?(?:marching|protesting|demonstrating|burning|fighting|clashing|"
    r"battling|raging|rallying|gathering|blocking|spreading|shelling|bombing|rioting)\b",
    re.IGNORECASE,
)
_LONG_AFTER: Final = re.compile(r"(?:years?|decades?)\s+(?:after|following)\b", re.IGNORECASE)
_PLAIN: Final = 2
_HISTORY: Final = 0.6  # chance from which a sentence on the past tells of an event, not of a sum
_MEANT: Final = 0.15  # chance of telling of an event from which a word is believed beside others
_NARROWER: Final = 0.5  # chance from which a finer place around an event takes the stead of its area
_HEARD: Final = 0.5  # chance of telling of an event from which the model is asked where and when
_AIMED: Final = 3  # words from the verb to the weapon
_FLOWN: Final = 6  # and from the weapon to the verb: "a missile fired from Yemen hit"
_SEVERAL: Final = re.compile(
    r"\b(?:\d+|five|six|seven|eight|nine|ten|a dozen|dozens of|scores of|a (?:series|wave|string) of)\s+"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_HELD: Final = re.compile(
    r"\s+(?:was|were)\s+(?P<also>also\s+|too\s+)?(?:held|staged|reported|organi[sz]ed|seen|under way)\b", re.IGNORECASE
)
"""Behind "rallies": some that were, and no habit."""
_SHOT: Final = re.compile(r"(?:shell|rocket|missile|round|mortar|drone|shot|bomb|grenade)s\b", re.IGNORECASE)
_PASSIVE: Final = re.compile(r"\b(?:was|were|been|being|is|are|be|got|had)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
"""Before "shot dead": people that were, however many, are one event."""
_DETERMINED: Final = re.compile(
    r"\b(?:the|an?|this|that|these|those|its|their|his|her|\d+|two|three|four|five|six|seven|eight|nine|ten|"
    r"dozens? of|scores of|"
    r"hundreds of|several|many|some|multiple|series of|wave of|more|most|all|both|other|[A-Z]\w+)\s+(?:[\w-]+\s+){0,2}$"
)


def find_mentions(
    sentence: Sentence,
    resolutions: Sequence[Resolution],
    *,
    anchor: dt.date | None,
    opening: bool = False,
    tags: Tags | None = None,
    names: actors.Names | None = None,
    nearby: Nearby | None = None,
) -> list[Mention]:
    """Find the events that a sentence tells of.

    Parameters
    ----------
    sentence
        One sentence of the report.
    resolutions
        Resolved toponyms that lie in it, in text order.
    anchor
        Publication date, for relative dates.
    opening
        Whether the sentence may start with a dateline.
    tags
        What a recogniser said of the report's words.
    names
        The names that it found in the whole report; made of `tags` where they are not given.
    nearby
        The sentences around this one; without it, this one has to tell all.

    Returns
    -------
    list of Mention
        In text order; none for sentences on fiction, drills, memory or statistics.
    """
    text = mend(sentence.text)
    skip = dateline_end(text) if opening else 0
    tokens = [token for token in tokenize(text) if token.start >= skip]
    triggers = [t for t in find_triggers(tokens) if not context.in_a_title(text, t)]
    if tags is not None:
        triggers = heard(tags, tokens, judged(tags, sentence, triggers), sentence.start)
    triggers = [t for t in triggers if not context.is_by_a_score(text, t)]
    if not _TROOPS.search(text):
        triggers = [t for t in triggers if t.subtype != "troop_movement"]  # a firm "deployed" its app
    if not any(t.strength > 1 for t in triggers) and not _harm_with_cause(triggers) and not _aimed(triggers):
        return []
    dates = [d for d in dates_told(text, anchor) if d.start >= skip]
    counts = [c for c in find_counts(text) if not c.aggregate]
    if sums_up(text, anchor) and not any(d.interval.precision == "day" for d in dates):
        return []
    bygone = anchor is not None and speaks_of_the_past(text, dates, anchor)
    if bygone and tags is None:
        return []
    if context.is_no_event(
        text,
        has_toll=any(c.harm in ("killed", "injured") for c in counts),
        has_day=any(d.interval.precision == "day" for d in dates),
    ):
        return []
    places = resolutions if nearby is None else nearby.places(sentence.start, sentence.end)
    inside = [r for r in places if r.toponym.start - sentence.start >= skip]
    named = (names or actors.Names(tags)).inside(sentence.start, sentence.end, resolutions)
    triggers = [taken(by_a_power(t, sentence, inside), sentence, inside) for t in triggers]
    mentions: list[Mention] = []
    clauses = _with_triggers(split_clauses(text), triggers)
    chances = {} if tags is None else {t.start: chance_of(tags, sentence, t) for t in triggers}
    for clause in clauses:
        if _LONG_AFTER.match(text, clause.start):
            continue  # "two years after a roof collapsed": the news is what came after
        here = [t for t in triggers if clause.start <= t.start < clause.end]
        found = _mentions_of(clause, sentence, text, here, chances)
        for mention in found:
            if tags is not None:
                _ask(mention, tags)
            _attach(mention, text, inside, dates, counts, alone=len(clauses) == 1, beside=found)
            if nearby is not None and not (mention.several or mention.habitual) and mention.heard[1] >= _HEARD:
                told_there = [c for c in clauses if c != clause and any(c.start <= t.start < c.end for t in triggers)]
                _reach_out(mention, nearby, told_there)
            _name_parties(mention, text, named, here)
        # "Held in Hull on suspicion of murder" tells of no murder in Hull; "over a murder in Leeds" tells of one there.
        found = [m for m in found if not context.is_mere_ground(text, m.trigger, triggers)]
        found = [m for m in found if _is_placed_behind(m) or not context.is_ground(text, m.trigger, triggers)]
        parts = cues.is_shared_out(text)
        mentions += [m for m in found if m.trigger.pos != "effect" or ((m.counts or m.happened) and not parts)]
    _share_day(mentions)
    for mention in mentions:
        mention.bygone = bygone
    return [m for m in mentions if _is_told_as_one(m)] if bygone else mentions


def _share_day(mentions: Sequence[Mention]) -> None:
    """Give the day of those harmed to what harmed them: "last month, nine people died after their boat sank"."""
    for harm, cause in pairwise(mentions):
        at_once = cause.relation == "follows" and not LAG.search(
            cause.sentence.text, cause.clause.start, cause.clause.end
        )
        own = bool(cause.dates) and "date" not in cause.reached
        if harm.trigger.pos == "effect" and harm.dates and at_once and not own:
            cause.dates, cause.reached = list(harm.dates), cause.reached - {"date"}


def _ask(mention: Mention, tags: Tags) -> None:
    """Ask the model about the word that tells of a mention: of which kind, and what around it belongs to it."""
    # "A bomb killed nine": the model was taught that "killed" tells it, and the bomb is what did it.
    at = telling_word(tags, mention.sentence, mention.triggers + mention.harm)
    mention.told = tags.arguments(*at)
    mention.heard = heard_type(tags, *at)
    mention.asked = asked_types(mention.told, *at) if mention.told is not None else {}


def _is_placed_behind(mention: Mention) -> bool:
    return any(r.toponym.start > mention.sentence.start + mention.trigger.start for r in mention.happened)


def _is_told_as_one(mention: Mention) -> bool:
    """Tell whether a sentence on the past tells of one event, with its own place and time: "in 2018 a ferry sank"."""
    return sum(mention.asked.values()) >= _HISTORY and bool(mention.happened) and is_one_time(mention.dates)


def _harm_with_cause(triggers: list[Trigger]) -> bool:
    """Harm beside a weapon ("killed by drones"), or harm alone, which may take up an event told before."""
    return any(t.pos == "effect" for t in triggers)


def _aimed(triggers: list[Trigger]) -> bool:
    """Tell whether a weapon stands by a verb of aiming: "fired two missiles", "a drone launched from Iran struck"."""
    verbs = [t.last for t in triggers if t.event_type == GENERIC and t.pos == "verb"]
    weapons = [t.first for t in triggers if t.pos == "hint"]
    return any(-_FLOWN <= weapon - verb <= _AIMED for verb in verbs for weapon in weapons)


def _with_triggers(clauses: list[Clause], triggers: list[Trigger]) -> list[Clause]:
    """Give every clause without a trigger to its neighbour, so that its places and dates are not lost."""
    merged: list[Clause] = []
    for clause in clauses:
        bare = not any(clause.start <= t.start < clause.end for t in triggers)
        empty_before = merged and not any(merged[-1].start <= t.start < merged[-1].end for t in triggers)
        if merged and (bare or empty_before):
            relation = merged[-1].relation if bare else clause.relation
            merged[-1] = Clause(merged[-1].start, clause.end, relation)
        else:
            merged.append(clause)
    return merged


def _mentions_of(
    clause: Clause, sentence: Sentence, text: str, triggers: list[Trigger], chances: dict[int, float]
) -> list[Mention]:
    """Make one mention of each family that a clause's triggers belong to."""
    typed = retyped(triggers, text, clause)
    groups = families(typed, chances)
    companions = [t for t in typed if t.pos in ("hint", "effect")]
    if not groups and companions:
        groups["violence" if any(t.pos == "hint" for t in companions) else "harm"] = []
    mentions = []
    for group in groups.values():
        mention = _mention(clause, sentence, text, group, companions, chances=chances)
        if mention is not None:
            mentions.append(mention)
    return mentions


def _mention(
    clause: Clause,
    sentence: Sentence,
    text: str,
    group: list[Trigger],
    companions: list[Trigger],
    *,
    chances: Mapping[int, float],
) -> Mention | None:
    """Make one mention of a group of triggers: its type, its status, and how it points."""
    hints = [t for t in companions if t.pos == "hint"]
    # Absorbed triggers stay in the group for their words, but the type comes from the family's own first.
    own = [t for t in group if family(t.event_type) == family(group[0].event_type)] if group else []
    specific = [t for t in own if t.event_type != GENERIC]
    if specific:
        # "[AMBUSH] His van was sprayed with bullets": of two that name a kind, the one that the model hears.
        main = max(specific, key=lambda t: (t.strength, chances.get(t.start, 1.0) >= _MEANT, -t.start))
        fought = [t for t in group if t.subtype == "clash" or (t.event_type == "riot" and not _is_of_tyres(t))]
        if main.event_type == "protest" and fought:
            # A protest whose people throw stones, or clash with the police, is a violent one.
            main = replace(main, event_type="riot", subtype="riot")
        carriers = [t for t in hints if t.event_type in ("air_drone_strike", "shelling_missile")]
        if main.event_type == "explosion_ied" and main.strength <= _PLAIN and carriers:
            # "A jet dropped two bombs", "a missile exploded": what carried the bomb says what kind of attack it was.
            main = replace(main, event_type=carriers[0].event_type, subtype=carriers[0].subtype)
    elif hints and (group or any(t.pos == "effect" for t in companions)):
        # The hint names the kind; the words around the attack itself tell how it points.
        at = max(group, key=lambda t: (t.strength, -t.start)) if group else hints[0]
        main = replace(at, event_type=hints[0].event_type, subtype=hints[0].subtype, strength=2)
    elif group:
        main = max(group, key=lambda t: (t.strength, -t.start))
    else:
        effects = [t for t in companions if t.pos == "effect"]
        if not effects:
            return None
        main = effects[0]
    # Any event that is told as a fact outweighs one told as a plan or a fear in the same clause.
    statuses = [
        (context.status_of(text[clause.start : clause.end], _shift(t, clause.start)), t) for t in (group or [main])
    ]
    status = next((s for s, t in statuses if t.start == main.start), statuses[0][0])
    if status == "none" and main.pos != "effect":
        return None  # "no casualties" stays: the counts tell that nobody was harmed
    before = text[clause.start : main.start]
    if main.event_type == "arrest" and main.pos == "noun" and _DEMAND.search(before[-80:]):
        return None  # "demanding the arrest of the owner"
    mention = Mention(
        sentence=sentence,
        clause=clause,
        trigger=main,
        triggers=tuple(t for t in own if t.event_type in (main.event_type, GENERIC)) or (main,),
        harm=tuple(t for t in companions if t.pos == "effect"),
        event_type=main.event_type,
        subtype=main.subtype,
        strength=main.strength,
        status="accomplished" if status == "none" else status,
        relation=clause.relation,
        definite=context.points_back(before, main),
        fresh=context.opens_another(text) or (main.pos != "effect" and bool(_FRESH.search(before[-40:]))),
        several=_is_several(main, before),
        background=context.is_background(text),
        scene=cues.at_the_scene(text[clause.start : clause.end]),
        ongoing=bool(_ONGOING.search(text[clause.start : clause.end])),
    )
    plural = main.text.lower().endswith("s") and main.pos == "noun"
    held = _HELD.match(text, main.end) if plural else None
    mention.habitual = plural and held is None and not _DETERMINED.search(before)
    mention.beside = held is not None and held["also"] is not None
    return mention


def _is_of_tyres(trigger: Trigger) -> bool:
    """Tell whether something was burned by a crowd: tyres on a road are a part of many a protest, and no riot."""
    return trigger.pos == "phrase" and trigger.text.lower().startswith("burn")


def _is_several(trigger: Trigger, before: str) -> bool:
    """Tell whether a trigger is counted, by the words before it; what was fired may be many in one attack."""
    counted = trigger.pos == "noun" and not _SHOT.match(trigger.text)
    return counted and not _PASSIVE.search(before) and bool(_SEVERAL.search(before))


def _shift(trigger: Trigger, by: int) -> Trigger:
    return replace(trigger, start=trigger.start - by, end=trigger.end - by)


def _attach(
    mention: Mention,
    text: str,
    resolutions: list[Resolution],
    dates: list[DateMention],
    counts: list[CountMention],
    *,
    alone: bool,
    beside: Sequence[Mention],
) -> None:
    """Give a mention the places, dates, counts and actors of its clause, which it may share with others beside it."""
    clause, offset = mention.clause, mention.sentence.start
    words = text[clause.start : clause.end]
    trigger = _shift(mention.trigger, clause.start)
    base = offset + clause.start

    def in_clause(start: int) -> bool:
        return clause.start <= start < clause.end

    here = [r for r in resolutions if in_clause(r.toponym.start - offset)]
    # Where a tremor was felt, or a blast heard, is not where it was.
    own, others = _parted(mention, beside)
    mention.places = (
        ()
        if _FELT.search(words)
        else linking.link(words, base, trigger, here, told=mention.told, own=own, beside=others)
    )
    ground = context.told_as_ground(text, mention.trigger, [t for other in beside for t in other.triggers])
    if ground is not None:
        # "Held in Hull on Friday over the murder of a woman in Leeds last week": not in Hull, and not on Friday.
        mention.ground = offset + ground
        mention.places = tuple(p for p in mention.places if p.resolution.toponym.start >= mention.ground)
        dates = [d for d in dates if d.start >= ground]
    mention.dates = sorted(
        (
            d
            for d in dates
            if (alone or in_clause(d.start)) and not (d.anaphoric or is_of_the_court(d, mention.trigger, text))
        ),
        key=lambda d: (d.future and mention.status != "planned", date_distance(d, mention.trigger, text)),
    )
    if mention.dates and mention.dates[0].future and mention.status == "accomplished":
        mention.status = "planned"
    mention.dates[:1] = [
        no_later_than(d) if is_of_what_followed(d, mention.trigger, text) else d for d in mention.dates[:1]
    ]
    mention.back = next((d for d in dates if d.anaphoric and (alone or in_clause(d.start))), None)
    pointing = mention.back is not None
    mention.same_time = mention.beside or mention.scene or mention.ongoing or pointing or bool(LAG.search(words))
    mention.counts = [c for c in counts if in_clause(c.start) and not _is_of_the_deed(c, mention, text)]
    mention.weapon = actors.weapon(words)
    mention.sources = actors.attributions(text, offset)


def _is_of_the_deed(count: CountMention, mention: Mention, text: str) -> bool:
    """Tell whether people were harmed by what others are held for: "four were arrested over the killing of a nurse"."""
    held = mention.event_type == "arrest" and count.harm in ("killed", "injured")
    return held and cues.WHAT_FOR.search(text, mention.trigger.end, max(mention.trigger.end, count.start)) is not None


def _parted(mention: Mention, beside: Sequence[Mention]) -> tuple[list[Trigger], list[Trigger]]:
    """Give the triggers of a mention, and those of the other mentions of its clause, with offsets into the clause."""
    own = [*mention.triggers]
    if mention.status != "accomplished":
        beside = ()  # a plot is no event of another place than that where it came to light
    others = [t for other in beside if other is not mention for t in other.triggers if t not in own]
    # Who is held for a killing did not kill where he is held.
    (others if mention.event_type == "arrest" else own).extend(mention.harm)
    by = mention.clause.start
    return [_shift(t, by) for t in own], [_shift(t, by) for t in others]


def _reach_out(mention: Mention, nearby: Nearby, told_there: Sequence[Clause]) -> None:
    """Give a mention what its clause leaves out and the model finds around it: where, and when.

    Days of clauses that tell of something else are not its own: "it began after the canopy collapsed on 1 November".
    """
    if mention.told is None or (mention.event_type == "arrest" and cues.has_grounds(mention.sentence.text)):
        return
    # "The attack" takes up what was told before it; what comes behind belongs to the next thing.
    stop = mention.sentence.end if mention.definite else mention.told.words[-1].end
    alone = context.opens_another(mention.sentence.text) or any(map(nearby.is_long_ago, mention.dates[:1]))
    # The news before it is another story; of the sentence that tells of arrests, what stands before is theirs.
    start = mention.ground or (mention.sentence.start if alone else 0)
    # "Held after a shop was robbed in York", "over a robbery in York": the shop is in York.
    clauses = [mention.clause, *((mention.clause, *told_there) if mention.event_type == "arrest" else ())]
    beyond = nearby.places_of(mention.told, mention.sentence, [range(c.start, c.end) for c in clauses])
    ends = [p.resolution for p in mention.places if p.role != "happened"]
    beyond = [r for r in beyond if start <= r.toponym.start < stop and r not in ends]
    if mention.scene and not mention.happened:
        pass  # "nearby", "at the scene": of the event told before, not of any name around
    elif not mention.happened:
        found = whereabouts.finest(beyond)
        mention.places += whereabouts.locate_all(found)
        mention.reached |= {"place"} if found else set()
    else:
        told = mention.told
        finer = [r for r in beyond if told.chance(r.toponym.start, r.toponym.end, "place") >= _NARROWER]
        narrowed = whereabouts.narrowed(mention.places, finer)
        mention.reached |= {"place"} if narrowed != mention.places else set()
        mention.places = narrowed
    if not mention.dates and not mention.same_time:
        dates = nearby.dates_of(mention.told, mention.sentence)
        own = [d for d in dates if not any(c.start <= d.start < c.end for c in told_there)]
        own = [d for d in own if d.start < 0 or not is_of_the_court(d, mention.trigger, mention.sentence.text)]
        mention.dates = [d for d in own if start <= d.start + mention.sentence.start < stop]
        mention.reached |= {"date"} if mention.dates else set()


def _name_parties(mention: Mention, text: str, names: list[tuple[int, int, str]], triggers: list[Trigger]) -> None:
    """Give a mention those who did it and those to whom it was done, by its clause."""
    clause = mention.clause
    base = mention.sentence.start + clause.start
    inside = [
        (a - base, b - base, kind) for a, b, kind in names if base <= a and b <= mention.sentence.start + clause.end
    ]
    read = actors.parties(
        actors.Text(text[clause.start : clause.end], inside),
        base,
        [_shift(t, clause.start) for t in triggers],
        event_type=mention.event_type,
        counts=mention.counts,
        shift=clause.start,
    )
    mention.perpetrators, mention.targets = read.perpetrators, read.targets
