"""What a recogniser says of the words of a sentence: which tell of an incident here, and which the lexicon lacks.

The lexicon knows which words can tell of an incident; only the sentence says whether "bombed", of a jet or of a
comedian, does. And there are more ways to tell of one than a lexicon has: "shot a man dead", "was hit by drones". A
recogniser that knows nothing of events leaves every trigger as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.incidents.lexicon import Trigger, is_figure_of_speech
from mapper.language.heads import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.lexicon import Token
    from mapper.language import Tags

__all__ = ["heard", "heard_type", "judged"]

_BESIDE: Final = frozenset({"effect", "hint", "phrase"})

_PEOPLE: Final = frozenset(
    """mob mobs gunman gunmen rioters protesters protestors demonstrators vigilantes looters bomber bombers attackers
    hijackers kidnappers""".split()
)
"""Who did it: the lexicon takes an event from them, the recogniser was taught the word that tells what they did."""

_SURE: Final = 0.5
"""Probability from which a word tells of an incident that the lexicon would have passed over."""

_HARM: Final = 0.5
"""Chance from which a word of harm is believed; a word that names an event by itself is then not doubted beside it."""

_BY_ITSELF: Final = 3
_KIND: Final = 0.4
"""Probability of one type from which such a word is taken: what may be of any kind is left to the words beside it."""

_DOUBT: Final = 0.04
"""Probability under which a word of the lexicon tells of no incident: low, as what is dropped here is lost."""


def judged(tags: Tags, triggers: Sequence[Trigger], offset: int) -> list[Trigger]:
    """Drop the triggers that the recogniser takes for ordinary words.

    Parameters
    ----------
    triggers
        With offsets into a sentence.
    offset
        Where the sentence starts in the document.
    """
    if tags.likeliest(offset, offset + 1, "trigger")[1] == 0.0:
        return list(triggers)  # one that knows no events
    harmed = any(
        t.pos == "effect" and tags.chance(offset + t.start, offset + t.end, "trigger") >= _HARM for t in triggers
    )
    # Words of harm ("four were hurt") and of means ("a drone") tell of an event beside the word that names it; a phrase
    # with its object ("set up ... a base") is no ordinary word.
    return [
        t
        for t in triggers
        if t.pos in _BESIDE
        or t.text.lower() in _PEOPLE
        or (harmed and t.strength == _BY_ITSELF)
        or tags.chance(offset + t.start, offset + t.end, "trigger") >= _DOUBT
    ]


def heard(tags: Tags, tokens: list[Token], triggers: Sequence[Trigger], offset: int) -> list[Trigger]:
    """Add the words that the recogniser is sure of and the lexicon lacks.

    Parameters
    ----------
    tokens, triggers
        Words of a sentence, and those of them that the lexicon has, with offsets into it.
    offset
        Where the sentence starts in the document.

    Returns
    -------
    list of Trigger
        In text order, without overlaps.
    """
    taken = {index for t in triggers for index in range(t.first, t.last + 1)}
    found: list[Trigger] = []
    for index, token in enumerate(tokens):
        span = offset + token.start, offset + token.end
        if index in taken or tags.chance(*span, "trigger") < _SURE:
            continue
        kind, chance = tags.likeliest(*span, "trigger", among=EVENT_TYPES)
        if chance < _KIND or is_figure_of_speech(tokens, index):
            continue
        if found and found[-1].last == index - 1 and found[-1].event_type == kind:
            found[-1] = replace(found[-1], end=token.end, last=index)
        else:
            found.append(Trigger(token.start, token.end, token.text, kind, "", "heard", 2, index, index))
    return sorted([*triggers, *found], key=lambda t: t.start)


def heard_type(tags: Tags, start: int, end: int) -> tuple[str, float]:
    """Give the likeliest type of event that a stretch of the report tells of, and the chance that it tells of any."""
    kind = tags.likeliest(start, end, "trigger", among=EVENT_TYPES)[0]
    return kind, tags.chance(start, end, "trigger")
