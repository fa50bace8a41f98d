"""One sentence, read for the people harmed in it: from each word of harm to the group of people that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.incidents.counts.nouns import read_noun
from mapper.incidents.counts.sentence import HarmSentence
from mapper.incidents.counts.tolls import read_none, read_number_of, read_toll
from mapper.incidents.counts.verbs import read_verb
from mapper.incidents.counts.words import HARM_NOUNS, NOUNS, TRIGGER_FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.incidents.counts.numbers import Token
    from mapper.incidents.counts.sentence import CountMention

__all__ = ["read_sentence"]


def read_sentence(text: str, tokens: Sequence[Token], *, shouting: bool) -> list[CountMention]:
    """Read the counts of a sentence, word by word.

    Parameters
    ----------
    text
        What the offsets of the tokens point into.
    tokens
        Of the sentence.
    shouting
        The text is in capitals, where case says nothing.

    Returns
    -------
    list of CountMention
        In the order of the words of harm.
    """
    s = HarmSentence(text, tokens, shouting=shouting)
    i = 0
    while i < len(s.words):
        i = read_verb(s, i) if s.words[i] in TRIGGER_FIRST else i + 1
    for i, word in enumerate(s.words):
        if word in NOUNS:
            read_noun(s, i)
        elif word == "toll":
            read_toll(s, i)
        elif word == "number" and s.words[i + 1 : i + 2] == ["of"]:
            read_number_of(s, i)
        if word in HARM_NOUNS:
            read_none(s, i)
    return sorted(s.found, key=lambda c: (c.trigger_start, c.start))
