"""Tolls and their absence: "the death toll rose to 41", "the number of dead", "no casualties"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.incidents.counts.numbers import quantity_at
from mapper.incidents.counts.people import Group
from mapper.incidents.counts.people_words import BE, is_person
from mapper.incidents.counts.sentence import FACT, group_of
from mapper.incidents.counts.words import BEYOND, HARM_NOUNS, MODALS, NOT, NUMBER_OF, PREPOSITIONS, TOLL_UNITS

if TYPE_CHECKING:
    from mapper.incidents.counts.sentence import HarmSentence
    from mapper.records import Harm

__all__ = ["read_none", "read_number_of", "read_toll"]


def read_number_of(s: HarmSentence, i: int) -> None:
    """Read "the number of dead rose to 59", "the number of people killed is 12"."""
    for k in range(i + 2, min(len(s.words), i + 5)):
        if s.words[k] in NUMBER_OF:
            before = s.found
            s.found = [c for c in before if c.trigger_start != s.tokens[k].start]
            others = len(s.found)
            read_toll(s, k, NUMBER_OF[s.words[k]])
            if len(s.found) == others:
                s.found = before  # no figure follows, so that the people themselves are all that is told
            return


def read_toll(s: HarmSentence, i: int, harm: Harm | None = None) -> None:
    """Read "the death toll rose from 30 to 41", "a toll of 17 dead", "put the toll at 12"."""
    death = i > 0 and s.words[i - 1] in {"death", "fatality", "casualty", "human"}
    injury = i > 0 and s.words[i - 1] in {"injury", "injured"}
    begin = i - 1 if death or injury else i
    death |= harm is not None
    for k in range(i + 1, min(len(s.words), i + 12)):
        if s.words[k] in {".", ";", "but"}:
            return
        quantity = None if s.words[k] in {"from", "a", "the", "one"} else quantity_at(s.words, k)
        if quantity is None or _is_unit(s, quantity.end):
            continue
        if s.words[k - 1] == "from" and "to" in s.words[quantity.end - 2 : quantity.end + 2]:
            top = s.words.index("to", k)
            quantity = quantity_at(s.words, top + 1)
            if quantity is None:
                return
        if s.words[quantity.begin - 1] in {"the", "on", "in", "since"} and not death:
            return
        group = group_of(quantity, end=quantity.end, who=quantity.end)
        if s.words[k - 1] in BEYOND and quantity.best is not None:
            group = replace(group, low=quantity.best + 1, best=None, high=None, modifier="more than")
        if not set(s.words[i + 1 : quantity.begin]) & MODALS:
            s.add(group, begin, i + 1, harm or ("injured" if injury else "killed"), FACT)
        return


def _is_unit(s: HarmSentence, i: int) -> bool:
    return i < len(s.words) and s.words[i] in TOLL_UNITS


def read_none(s: HarmSentence, i: int) -> None:
    """Read "no casualties", "without injuries": zero. "No reports of casualties" says that nothing is known."""
    for k in range(i - 1, max(-1, i - 5), -1):
        word = s.words[k]
        if word in {"no", "without", "any"}:
            if word == "any" and not NOT & set(s.words[max(0, k - 4) : k]):
                return
            if s.words[k - 1 : k] in (["of"], ["on"]) and word == "any":
                return
            break
        ends = not word.isalpha() or word in PREPOSITIONS or is_person(word) == 1 or word in BE
        if ends and word not in {"or", "deaths", "and"}:
            return
    else:
        return
    if (
        k == i - 1
        and s.words[k] == "no"
        and s.words[i] in {"dead", "wounded", "injured"}
        and s.words[i + 1 : i + 2] not in ([], ["."], [","], ["or"], ["and"])
    ):
        return
    for harm in HARM_NOUNS[s.words[i]]:
        if any(c.harm == harm and c.trigger_start == s.tokens[i].start for c in s.found):
            continue
        group = Group(k, i + 1, 0, 0, 0, k + 1)
        s.add(group, i, i + 1, harm, FACT)
