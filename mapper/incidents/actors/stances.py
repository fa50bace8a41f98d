"""Who says that it was them, who is blamed and by whom, and who denies it.

To claim, to blame and to deny are three things, and none of them is a fact: each actor keeps its stance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from mapper.incidents.actors.phrases import Phrase, Text
from mapper.incidents.actors.roles import by_phrase, chain_start, is_passive, subjects
from mapper.incidents.actors.words import CALENDAR
from mapper.incidents.counts.people_words import is_thing
from mapper.incidents.lexicon import find_triggers, tokenize
from mapper.records import Actor, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.records import Sentence

__all__ = ["Stance", "actor_of", "find_stances", "stances_in"]

Stance = Literal["claimed", "blamed", "denied"]

_CREDIT: Final = frozenset({"responsibility", "credit"})
_TAKE: Final = frozenset({"claimed", "claims", "claiming", "claim", "took", "takes", "taken", "admitted", "accepted"})
_BLAME: Final = frozenset({"blamed", "blames", "blaming"})
_ACCUSE: Final = frozenset({"accused", "accuses", "accusing"})
_HOLD: Final = frozenset({"holds", "held", "hold"})
_DENY: Final = frozenset({"denied", "denies", "deny", "rejected", "rejects"})
_INVOLVED: Final = frozenset(
    "responsibility involvement role part hand accusation accusations allegation allegations charge charges".split()
)
_NOT: Final = frozenset("no not never none nobody neither nor n't without didn't hasn't haven't yet".split())
_SPEAKERS_OF_SELF: Final = frozenset({"it", "they", "he", "she", "its", "their"})
_MESSAGES: Final = frozenset(
    """statement statements report reports message messages video videos communique website caller callers call calls
    letter letters post posts channel newspaper magazine radio leaflet leaflets claim tape recording email it they he
    she lives attack""".split()
)
_TELLING: Final = re.compile(
    rf"\b(?:said\s+(?:{'|'.join(sorted(_SPEAKERS_OF_SELF))})|"
    rf"{'|'.join(sorted(_TAKE | _BLAME | _ACCUSE | _HOLD | _DENY | {'attributed', 'suspect'}))})\b",
    re.IGNORECASE,
)
"""What a sentence without any of is not looked at closer."""
_LONGEST: Final = 300
"""Tokens of a sentence that are read: one that never ends is no report's."""


def find_stances(sentence: Sentence, names: Sequence[tuple[int, int, str]] = ()) -> list[Actor]:
    """Find who claims, is blamed for, or denies a deed, in a sentence that need not name the deed itself.

    Parameters
    ----------
    sentence
        One sentence of the report.
    names
        (start, end, kind) of the names in it, offsets of the report.
    """
    if _TELLING.search(sentence.text) is None:
        return []
    inside = [(start - sentence.start, end - sentence.start, kind) for start, end, kind in names]
    return list(stances_in(Text(sentence.text, inside), sentence.start))


def stances_in(t: Text, offset: int) -> Iterator[Actor]:
    """Read the stances of a sentence, in the order of its words."""
    seen = set()
    for k in range(min(len(t.words), _LONGEST)):
        for phrase, stance, by in _at(t, k):
            agent = t.agent(phrase, sure=True)
            if agent is None and stance != "blamed" and not _is_a_message(t, phrase):
                agent = phrase  # who claims or denies it is somebody, by whatever name
            if agent is None or _nobody(t, agent):
                continue
            actor = actor_of(t, agent, offset, stance, None if by is None else _name(t, by))
            if (actor.name, stance) not in seen:
                seen.add((actor.name, stance))
                yield actor


def actor_of(t: Text, phrase: Phrase, offset: int, stance: Stance | None = None, by: str | None = None) -> Actor:
    """Make an actor of a phrase; `offset` is where the clause starts in the document."""
    start, end = t.span(phrase)
    return Actor(
        _name(t, phrase), Span(offset + start, offset + end, t.text[start:end]), stance, by, t.person_in(start, end)
    )


def _name(t: Text, phrase: Phrase) -> str:
    start, end = t.span(phrase)
    return " ".join(t.text[start:end].split())  # a name goes on over the end of a line


def _at(t: Text, k: int) -> Iterator[tuple[Phrase, Stance, Phrase | None]]:
    """Read what a word at token `k` says of whom."""
    word = t.low(k)
    if word in _TAKE:
        yield from ((p, "claimed", None) for p in _claiming(t, k))
    elif word == "said" and t.low(k + 1) in _SPEAKERS_OF_SELF and _own_deed(t, k + 2):
        yield from ((p, "claimed", None) for p in _subject(t, k))
    elif word in _BLAME | _ACCUSE | _HOLD | {"attributed", "suspect"}:
        yield from ((p, "blamed", by) for p, by in _blamed(t, k))
    elif word in _DENY and t.low(k - 1) != "nor" and _of_a_deed(t, k + 1):
        yield from ((p, "denied", None) for p in _subject(t, k))


def _subject(t: Text, k: int) -> list[Phrase]:
    begin = chain_start(t, k)
    if any(t.low(i) in _NOT for i in range(max(0, begin - 2), k)):
        return []
    return [p for p in subjects(t, begin) if not _nobody(t, p)][-1:]


def _is_a_message(t: Text, phrase: Phrase) -> bool:
    return t.low(phrase.end - 1) in _MESSAGES or is_thing(t.low(phrase.end - 1))


def _nobody(t: Text, phrase: Phrase) -> bool:
    return any(t.low(i) in _NOT for i in range(max(0, phrase.start - 2), phrase.end)) or t.low(phrase.end - 1) == "one"


# --- claims


def _claiming(t: Text, k: int) -> list[Phrase]:
    begin = chain_start(t, k)
    if is_passive(t, begin, k) or t.low(k + 1) == "by":
        by = by_phrase(t, k + 1) if t.low(k + 1) == "by" else None
        deed = t.text[: t.words[k].start]
        told = bool(_CREDIT & {t.low(i) for i in range(max(0, k - 8), k)}) or _is_deed(deed)
        return [by] if by is not None and told and t.low(k) == "claimed" else []
    ahead = {t.low(i) for i in range(k + 1, k + 4)}
    if _CREDIT & ahead:
        return _subject(t, k)
    claims_the_deed = t.low(k) in {"claimed", "claims"} and t.low(k + 1) in {"the", "this", "that", "both"}
    if claims_the_deed and k + 2 < len(t.words) and _is_deed(t.text[t.words[k].end :][:60]) and "lives" not in ahead:
        return [p for p in _subject(t, k) if t.agent(p) is not None]
    return []


def _own_deed(t: Text, k: int) -> bool:
    """Tell whether "it carried out", "they were behind" follows."""
    words = [t.low(i) for i in range(k, k + 6)]
    return "behind" in words[:3] or "responsible" in words[:3] or ("carried" in words[:3] and "out" in words[:4])


# --- blame


def _blamed(t: Text, k: int) -> Iterator[tuple[Phrase, Phrase | None]]:
    word, begin = t.low(k), chain_start(t, k)
    passive = is_passive(t, begin, k)
    if word == "suspect":
        if t.low(k + 1) not in {"that", "of"} and k and not passive and t.low(k - 1) not in {"the", "a", "one"}:
            target = t.phrase_at(k + 1, len(t.words))
            who = [p for p in _subject(t, k) if p.end == k]
            if target is not None and target.start <= k + 2 and who:
                yield target, who[0]
        return
    if word == "attributed" or (word in _BLAME and passive and t.low(k + 1) == "on"):
        ahead = range(k + 1, k + 2 if passive else min(len(t.words) - 1, k + 9))
        to = next((i for i in ahead if t.low(i) in {"to", "on"}), None)
        target = None if to is None else t.phrase_at(to + 1, len(t.words))
        if target is not None:
            yield target, None if passive else next(iter(_subject(t, k)), None)
        return
    if passive:
        told = word in _BLAME or (word in _ACCUSE and _accused_of_a_deed(t, k))
        if told:
            by = by_phrase(t, k + 1) if t.low(k + 1) == "by" else None
            yield from ((p, by) for p in _subject(t, k))
        return
    by = next(iter(_subject(t, k)), None)
    if by is None and any(_nobody(t, p) for p in subjects(t, begin)):
        return  # "no government has blamed the army"
    target = t.phrase_at(k + 1, len(t.words))
    if target is None or target.start > k + 3:
        return
    if word in _BLAME and (t.low(target.end) == "on" or _is_deed(_name(t, target))):
        on = next((i for i in range(target.end, min(len(t.words) - 1, target.end + 8)) if t.low(i) == "on"), None)
        target = None if on is None else t.phrase_at(on + 1, len(t.words))
    elif not _holds_responsible(t, k, target):
        return
    if target is not None:
        yield target, by


def _holds_responsible(t: Text, k: int, target: Phrase) -> bool:
    """Tell whether "held" goes on with "responsible", and "accused" with a deed."""
    if t.low(k) in _HOLD:
        return "responsible" in {t.low(i) for i in range(target.end - 1, target.end + 3)}
    return t.low(k) in _BLAME or _accused_of_a_deed(t, k)


def _accused_of_a_deed(t: Text, k: int) -> bool:
    of = next((i for i in range(k + 1, min(len(t.words), k + 9)) if t.low(i) == "of"), None)
    if of is None:
        return True
    return _of_a_deed(t, of + 1) or t.low(of + 1) in {"carrying", "backing"}


def _of_a_deed(t: Text, k: int) -> bool:
    """Tell whether what follows is a deed, or a part in one."""
    while t.low(k) in CALENDAR:
        k += 1
    ahead = [t.low(i) for i in range(k, k + 8)]
    if "that" in ahead[:3]:  # "denied that it did", and not "denied that guerrillas attacked"
        return bool(_SPEAKERS_OF_SELF & set(ahead[ahead.index("that") + 1 :][:2]))
    if _INVOLVED & set(ahead[:4]) or ahead[0] in {"it", "carrying"}:
        return True
    if ahead[0] == "being":
        return bool({"behind", "responsible", "involved", "part"} & set(ahead[1:4]))
    return k < len(t.words) and _is_deed(t.text[t.words[k].start :][:60])


def _is_deed(text: str) -> bool:
    return any(trigger.pos != "hint" for trigger in find_triggers(tokenize(text)))
