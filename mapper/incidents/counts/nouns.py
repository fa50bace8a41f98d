"""Nouns of harm: "41 deaths", "the death of a soldier", "the bodies of five", "claimed six lives"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.incidents.counts.numbers import quantity_at
from mapper.incidents.counts.people import Group
from mapper.incidents.counts.people_words import STOP, is_person, is_thing
from mapper.incidents.counts.sentence import FACT, group_of
from mapper.incidents.counts.subjects import is_name_part
from mapper.incidents.counts.words import (
    FIGURE_BEFORE,
    LIVES_VERBS,
    MODALS,
    NAMED_NOUNS,
    NOUNS,
    UNREAL_NOUNS,
)

if TYPE_CHECKING:
    from mapper.incidents.counts.sentence import HarmSentence
    from mapper.records import Harm

__all__ = ["read_noun"]


def read_noun(s: HarmSentence, i: int) -> None:
    """Read "41 deaths", "the death of a soldier", "the bodies of five", "claimed six lives"."""
    word, harm = s.words[i], NOUNS[s.words[i]]
    following = s.words[i + 1 : i + 2]
    if word == "lives":
        _lives(s, i)
        return
    if word == "hostages":
        _hostages(s, i)
        return
    if is_unreal_noun(s, i):
        return
    if word in FIGURE_BEFORE and following != ["toll"] and _figure_before(s, i, harm):
        return
    chain = FACT
    if following == ["of"]:
        group = s.group_at(i + 2)
        if group is None and word in NAMED_NOUNS and i + 2 < len(s.words) and is_name_part(s, i + 2):
            end = i + 3
            while end < min(len(s.words), i + 6) and is_name_part(s, end):
                end += 1
            group = Group(i + 2, end, 1, 1, 1, i + 2, counted=False)
        if group is not None and group.best != 0:
            s.add(group, i, i + 1, harm, chain)
    elif word in NAMED_NOUNS and i and (s.words[i - 1] in {"his", "her"} or _owned(s, i - 1)):
        s.add(Group(i - 1, i, 1, 1, 1, i - 1, counted=False), i, i + 1, harm, chain)


def _owned(s: HarmSentence, k: int) -> bool:
    """Whether token `k` is "Galan's" or "the mayor's", and not "the group's"."""
    word = s.words[k]
    stem = word[:-2]
    if not word.endswith("'s") or is_thing(stem) or stem in {"today", "yesterday", "year", "week", "night", "world"}:
        return False
    return is_person(stem) == 1 or (s.tokens[k].text[:1].isupper() and k > 0 and not stem.endswith("day"))


_BRINGING = frozenset("prevent avoid stop avert halt end cause mean bring order risk see to".split())
"""Before "the deaths": verbs that bring them about, or keep them away."""


def _figure_before(s: HarmSentence, i: int, harm: Harm) -> bool:
    """Read "at least 41 deaths", "28 bodies"; True when there is a figure."""
    for k in range(max(0, i - 6), i):
        quantity = quantity_at(s.words, k)
        if quantity is None or not quantity.end <= i <= quantity.end + 3 or _aside_of_time(s, k):
            continue
        if any(not w.isalpha() or w in STOP for w in s.words[quantity.end : i]):
            continue
        group = group_of(quantity, end=i + 1, who=quantity.end)
        s.add(group, i, i + 1, harm, FACT)
        return True
    return False


def _aside_of_time(s: HarmSentence, k: int) -> bool:
    return k > 0 and s.words[k - 1] in {"$", "-", "no"}


def is_unreal_noun(s: HarmSentence, i: int) -> bool:
    """Tell whether a noun of harm is no fact: "could mean deaths", and not "should investigate the killing"."""
    before = s.words[max(0, i - 6) : i]
    granted = before[-1:] == ["the"] and len(before) > 1 and before[-2] not in _BRINGING | MODALS
    return bool(set(before) & (UNREAL_NOUNS if granted else MODALS | UNREAL_NOUNS))


def _lives(s: HarmSentence, i: int) -> None:
    """Read "claimed the lives of six" and "cost 12 lives"."""
    before = s.words[max(0, i - 8) : i]
    if not LIVES_VERBS & set(before) or is_unreal_noun(s, i):
        return
    chain = FACT
    if s.words[i + 1 : i + 2] == ["of"]:
        group = s.group_at(i + 2)
        if group is not None:
            s.add(group, i, i + 1, "killed", chain)
        return
    if s.words[i - 1 : i] == ["their"]:
        return  # "lost their lives" is a verb
    for k in range(max(0, i - 6), i):
        quantity = quantity_at(s.words, k)
        if quantity is not None and quantity.end <= i <= quantity.end + 2:
            group = group_of(quantity, end=i + 1, who=i)
            s.add(group, i, i + 1, "killed", chain)
            return


def _hostages(s: HarmSentence, i: int) -> None:
    """Read "took 12 hostages", "12 hostages were taken"."""
    for k in range(max(0, i - 5), i):
        quantity = quantity_at(s.words, k)
        if quantity is None or not quantity.end <= i <= quantity.end + 2:
            continue
        took = set(s.words[max(0, k - 2) : k]) & {
            "took",
            "take",
            "taking",
            "seized",
            "seizing",
            "holding",
            "held",
            "hold",
        }
        taken = set(s.words[i + 1 : i + 5]) & {"taken", "seized", "held", "captured"}
        if took or taken:
            group = group_of(quantity, end=i + 1, who=i)
            s.add(group, i, i + 1, "abducted", FACT)
        return
