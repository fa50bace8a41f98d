"""What a recogniser says of the words of the lexicon: whether one tells of an incident here.

The lexicon knows which words can tell of an incident; only the sentence says whether "bombed", of a jet or of a
comedian, does. A recogniser that knows nothing of events leaves every trigger as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.lexicon import Trigger
    from mapper.language import Tags

__all__ = ["judged"]

_BESIDE: Final = frozenset({"effect", "hint"})

_PEOPLE: Final = frozenset(
    """mob mobs gunman gunmen rioters protesters protestors demonstrators vigilantes looters bomber bombers attackers
    hijackers kidnappers""".split()
)
"""Who did it: the lexicon takes an event from them, the recogniser was taught the word that tells what they did."""

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
    # Words of harm ("four were hurt") and of means ("a drone") tell of an event beside the word that names it.
    return [
        t
        for t in triggers
        if t.pos in _BESIDE
        or t.text.lower() in _PEOPLE
        or tags.chance(offset + t.start, offset + t.end, "trigger") >= _DOUBT
    ]
