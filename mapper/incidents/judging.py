"""What a recogniser says of the words of a sentence: which tell of an incident here, and which the lexicon lacks.

The lexicon knows which words can tell of an incident; only the sentence says whether "bombed", of a jet or of a
comedian, does. And there are more ways to tell of one than a lexicon has: "shot a man dead", "was hit by drones". A
recogniser that knows nothing of events leaves every trigger as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.incidents.lexicon import Trigger, is_figure_of_speech
from mapper.language.heads import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.lexicon import Token
    from mapper.language import Arguments, Tags
    from mapper.records import Sentence

__all__ = ["asked_types", "chance_of", "heard", "heard_type", "is_doubtable", "judged", "telling_word"]

_WORD: Final = re.compile(r"\w+")
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
_KIND, _ASKED = 0.6, 0.7
"""Probabilities of one type, and of any, from which such a word stands: what may be of any kind tells of nothing."""

_TELL_NOTHING: Final = frozenset(
    "a an the to in on at of by for from with and or as was were is are be been had has".split()
)
"""Words of grammar: the model hears them inside what tells of an event ("burnt to death"), and they tell it not."""

_DOUBT: Final = 0.04
"""Probability under which a word of the lexicon tells of no incident: low, as what is dropped here is lost."""


def judged(tags: Tags, sentence: Sentence, triggers: Sequence[Trigger]) -> list[Trigger]:
    """Drop the triggers of a sentence that the recogniser takes for ordinary words."""
    if not triggers or tags.likeliest(sentence.start, sentence.start + 1, "trigger")[1] == 0.0:
        return list(triggers)  # as in most sentences; or a recogniser that knows no events
    harmed = any(t.pos == "effect" and chance_of(tags, sentence, t) >= _HARM for t in triggers)
    # Words of harm ("four were hurt") and of means ("a drone") tell of an event beside the word that names it; a phrase
    # with its object ("set up ... a base") is no ordinary word.
    return [
        t
        for t in triggers
        if not is_doubtable(t) or (harmed and t.strength == _BY_ITSELF) or chance_of(tags, sentence, t) >= _DOUBT
    ]


def heard(tags: Tags, tokens: Sequence[Token], triggers: Sequence[Trigger], offset: int) -> list[Trigger]:
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
    if not tokens or tags.highest(offset + tokens[0].start, offset + tokens[-1].end, "trigger") < _SURE:
        return list(triggers)  # as in most sentences
    taken = {index for t in triggers for index in range(t.first, t.last + 1)}
    found: list[Trigger] = []
    for index, token in enumerate(tokens):
        span = offset + token.start, offset + token.end
        if index in taken or token.low in _TELL_NOTHING or tags.chance(*span, "trigger") < _SURE:
            continue
        kind = None if is_figure_of_speech(tokens, index) else _kind_of(tags, *span)
        if kind is None:
            continue
        if found and found[-1].last == index - 1 and found[-1].event_type == kind:
            found[-1] = replace(found[-1], end=token.end, last=index)
        else:
            found.append(Trigger(token.start, token.end, token.text, kind, "", "heard", 2, index, index))
    return sorted([*triggers, *found], key=lambda t: t.start)


def _kind_of(tags: Tags, start: int, end: int) -> str | None:
    """Give the type that a word tells of, once the model is asked about it alone; None where it tells of none."""
    told = tags.arguments(start, end)
    if told is None:
        kind, chance = tags.likeliest(start, end, "trigger", among=EVENT_TYPES)
        return kind if chance >= _KIND else None
    asked = asked_types(told, start, end)
    kind = max(asked, key=lambda k: asked[k])
    return kind if asked[kind] >= _KIND and sum(asked.values()) >= _ASKED else None


def is_doubtable(trigger: Trigger) -> bool:
    """Tell whether the recogniser was taught to hear a trigger: not who did it, with what, or the harm done."""
    return trigger.pos not in _BESIDE and trigger.text.lower() not in _PEOPLE


def telling_word(tags: Tags, sentence: Sentence, triggers: Sequence[Trigger]) -> tuple[int, int]:
    """Give the word of some triggers that tells of an event most surely: of "car bomb", the bomb.

    Returns
    -------
    tuple of int
        Its start and end in the document.
    """
    words = [
        (sentence.start + word.start(), sentence.start + word.end())
        for t in triggers
        for word in _WORD.finditer(sentence.text, t.start, t.end)
    ]
    whole = sentence.start + triggers[0].start, sentence.start + triggers[-1].end
    return max(words, key=lambda at: tags.chance(at[0], at[1], "trigger"), default=whole)


def chance_of(tags: Tags, sentence: Sentence, trigger: Trigger) -> float:
    """Give the chance that a trigger tells of an event: that of its surest word, for of a phrase one word tells it."""
    return tags.chance(*telling_word(tags, sentence, [trigger]), "trigger")


def heard_type(tags: Tags, start: int, end: int) -> tuple[str, float]:
    """Give the likeliest type of event that a stretch of the report tells of, and the chance that it tells of any."""
    kind = tags.likeliest(start, end, "trigger", among=EVENT_TYPES)[0]
    return kind, tags.chance(start, end, "trigger")


def asked_types(told: Arguments, start: int, end: int) -> dict[str, float]:
    """Give the chance of every type for a stretch that was asked about; their sum is that it tells of an event."""
    return {kind: chance for kind, chance in told.chances(start, end, "trigger").items() if kind in EVENT_TYPES}
