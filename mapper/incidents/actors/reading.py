"""A clause and its trigger to the actors of one event."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mapper.incidents.actors.roles import roles_of
from mapper.incidents.actors.stances import actor_of
from mapper.incidents.actors.words import CALENDAR, DETERMINERS, GENERIC_PEOPLE
from mapper.records import Actor, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.incidents.actors.phrases import Text
    from mapper.incidents.counts import CountMention
    from mapper.incidents.lexicon import Trigger

__all__ = ["Parties", "parties"]

_NOBODY_DID_IT: Final = frozenset({"accident", "natural_disaster"})
_AT_A_SCENE: Final = frozenset({"explosion_ied"})
_JOINT: Final = re.compile(r",|&|\band\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\S+")
_PRONOUNS: Final = frozenset("he she it they him her them i me we us whom who himself herself itself".split())
_HARM_OF: Final = frozenset({"killed", "injured", "abducted", "arrested"})


@dataclass(slots=True)
class Parties:
    """Who did it and to whom."""

    perpetrators: list[Actor] = field(default_factory=list)
    targets: list[Actor] = field(default_factory=list)


def parties(
    t: Text, offset: int, triggers: Iterable[Trigger], *, event_type: str, counts: Sequence[CountMention], shift: int
) -> Parties:
    """Find who did it and to whom, in a clause and about its triggers.

    Parameters
    ----------
    t
        The clause; the triggers have offsets into it.
    offset
        Where the clause starts in the document.
    event_type
        Nobody is behind an accident or a disaster.
    counts
        Those harmed, with offsets into the sentence; `shift` is where the clause starts in it.
    """
    found = Parties()
    if event_type in _NOBODY_DID_IT:
        return found
    for trigger in triggers:
        if trigger.pos == "hint":
            continue
        roles = roles_of(t, trigger.start, trigger.end, scene=event_type in _AT_A_SCENE)
        found.perpetrators += [actor_of(t, phrase, offset) for phrase in roles.perpetrators]
        found.perpetrators += [actor_of(t, phrase, offset, "blamed") for phrase in roles.suspected]
        found.targets += [actor_of(t, phrase, offset) for phrase in roles.targets]
    found.targets += [
        replace(actor, person=t.person_in(actor.span.start - offset, actor.span.end - offset)) if actor.span else actor
        for count in counts
        for actor in _harmed(count, offset - shift)
    ]
    # "killed three soldiers and injured dozens": who was harmed is never taken for who did it.
    harmed = [(offset - shift + c.start, offset - shift + c.end) for c in counts]
    found.perpetrators = [
        a
        for a in _unique(found.perpetrators)
        if a.span is None or not any(start < a.span.end and a.span.start < end for start, end in harmed)
    ]
    culprits = {actor.name.lower() for actor in found.perpetrators}
    found.targets = [actor for actor in _unique(found.targets) if actor.name.lower() not in culprits]
    return found


def _harmed(count: CountMention, offset: int) -> Iterator[Actor]:
    """Name those harmed, without article and figure; nobody where they are only "people" or a pronoun."""
    if count.harm not in _HARM_OF or count.who is None or count.best == 0:
        return
    start = offset + count.end - len(count.who)
    joints = [(0, 0), *(joint.span() for joint in _JOINT.finditer(count.who)), (len(count.who), 0)]
    for (_, first), (last, _) in pairwise(joints):
        words = list(_WORD.finditer(count.who, first, last))
        while words and (words[0].group().lower() in DETERMINERS | CALENDAR or words[0].group()[0].isdigit()):
            words = words[1:]
        if not words or words[-1].group().lower() in GENERIC_PEOPLE | DETERMINERS | _PRONOUNS:
            continue
        begin = words[0].start()
        text = re.sub(r"['\u2019]s?$", "", count.who[begin : words[-1].end()], flags=re.IGNORECASE)
        if len(text) > 2 and text[0].isalpha():
            yield Actor(" ".join(text.split()), Span(start + begin, start + begin + len(text), text))


def _unique(actors: Iterable[Actor]) -> list[Actor]:
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.name.lower(), actor)
    return list(found.values())
