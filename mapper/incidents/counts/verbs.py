"""Verbs and states of harm: "killed three", "three were killed", "left three dead"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.incidents.counts.numbers import quantity_at
from mapper.incidents.counts.people_words import BE, HAVE, STOP, is_person
from mapper.incidents.counts.sentence import FACT, Chain
from mapper.incidents.counts.subjects import subject_of
from mapper.incidents.counts.words import (
    AFTER_VERB,
    DEAD_THINGS,
    FEARED,
    FEW,
    HURT,
    LEAN,
    LEAVING,
    MODALS,
    NOT,
    OUT,
    POLICE,
    RELATIVE,
    SUSPECTS,
    TRIGGERS,
)

if TYPE_CHECKING:
    from mapper.incidents.counts.people import Group
    from mapper.incidents.counts.sentence import HarmSentence
    from mapper.records import Harm

__all__ = ["read_verb"]


def read_verb(s: HarmSentence, i: int) -> int:
    """Read the trigger at token `i`; gives the token to go on from."""
    for length in (3, 2, 1):
        entry = TRIGGERS.get(tuple(s.words[i : i + length]))
        if entry is None or i + length > len(s.words):
            continue
        harm, form = entry
        end = i + length
        if form == "state":
            _left(s, i, end, harm)
        elif form == "both":
            chain = chain_before(s, i)
            if chain.passive or not (_right(s, i, end, harm, chain) or _inverted(s, i, end, harm)):
                _left(s, i, end, harm)
        else:
            _active(s, i, end, harm, base=form == "base")
        return end
    return i + 1


def _active(s: HarmSentence, i: int, end: int, harm: Harm, *, base: bool) -> None:
    chain = chain_before(s, i)
    before = s.words[max(0, i - 3) : i]
    if before[-1:] in (["of"], ["from"], ["at"], ["without"], ["the"], ["a"]) and not _real_of(s, i):
        return
    if base and (before[-1:] == ["to"] or chain.unreal or not _counted_ahead(s, end)):
        return
    _right(s, i, end, harm, chain)


def _real_of(s: HarmSentence, i: int) -> bool:
    """Whether "of killing 20" tells of something that was done."""
    before = s.words[max(0, i - 3) : i]
    return before[-1:] == ["of"] and bool({"accused", "convicted", "guilty", "suspected", "responsible"} & set(before))


def _counted_ahead(s: HarmSentence, i: int) -> bool:
    return quantity_at(s.words, i) is not None


def chain_before(s: HarmSentence, i: int) -> Chain:
    """Read the auxiliaries and adverbs before token `i`, leftwards."""
    passive = unreal = singular = feared = False
    j = i
    steps = 0
    while j > 0 and steps < 10:
        word = s.words[j - 1]
        if word in BE:
            passive = True
            singular |= word in {"was", "is", "wasn't", "isn't"}
            unreal |= word.endswith("n't")
        elif word in HAVE:
            singular |= word == "has"
            unreal |= word.endswith("n't")
        elif word in MODALS or word in NOT:
            unreal = True
        elif word in FEARED:
            feared = True
        elif (
            word == "and"
            and not (passive is False and j - 2 >= 0 and s.words[j - 2] in LEAN and s.words[j - 2] != "and")
        ) or (word not in LEAN and not (word.endswith("ly") and len(word) > 4 and not is_person(word))):
            break
        j -= 1
        steps += 1
    window = s.words[max(0, j - 6) : j]
    unreal |= "if" in window or "unless" in window
    return Chain(j, passive, unreal, singular, feared)


def _right(s: HarmSentence, i: int, end: int, harm: Harm, chain: Chain) -> bool:
    """Read the people after an active verb; True when the words there settle it."""
    start = end
    if start < len(s.words) and s.words[start] in {"off", "himself", "herself", "themselves", "itself"}:
        if s.words[start + 1 : start + 2] != ["and"]:
            return True
        start += 2  # "killed himself and four others": the four are the victims
    group = s.group_at(start)
    if group is None:
        return False
    if _other_use(s, group):
        return False
    told = _harm_to(s, i, end, harm, group)
    if told is None:
        return True
    harm = told
    if not chain.unreal:
        s.add(group, i, end, harm, chain)
    return True


def _harm_to(s: HarmSentence, i: int, end: int, harm: Harm, group: Group) -> Harm | None:
    """Give what befell the people to the right of a verb that says it only with other words; None for nothing."""
    verb, run, after = s.words[i], s.words[group.begin : group.end], s.words[group.end : group.end + 3]
    if verb in {"seized", "seizing"}:
        if not any(is_person(word) for word in run):
            return None
        return "arrested" if POLICE & set(s.words[max(0, i - 6) : i]) else harm
    if verb == "held":
        return harm if SUSPECTS & set(run) and "hostage" not in after else None
    if verb in {"forced", "forcing", "drove", "driving"}:
        leaves = bool(after) and (after[0] in OUT or (after[0] == "to" and bool(LEAVING & set(after[1:]))))
        return harm if leaves and group.best != 1 else None
    if verb == "treated":
        return harm if group.counted else None
    if verb in {"evacuated", "evacuating"}:
        return harm if group.counted and not HURT & set(s.words[end : group.end + 6]) else None
    return harm


def _inverted(s: HarmSentence, i: int, end: int, harm: Harm) -> bool:
    """Read "Killed in the strike were four aid workers"; True when the people stand there."""
    if i > 0 and s.words[i - 1].isalnum():
        return False
    verb = next((k for k in range(end + 1, min(len(s.words) - 1, end + 10)) if s.words[k] in {"was", "were"}), None)
    group = None if verb is None else s.group_at(verb + 1)
    if group is None:
        return False
    s.add(group, i, end, harm, FACT)
    return True


def _other_use(s: HarmSentence, group: Group) -> bool:
    """Whether the words after the trigger are a date or the subject of the next clause, not its people."""
    following = s.words[group.end : group.end + 2]
    if following[:1] == ["was"] and (group.best or 0) > 1:
        return False  # "a gunman who wounded three people was killed": they are what he did
    clause = following[:1] and (following[0] in {"were", "was", "are"})
    return bool(clause) and group.modifier != "plural"


def _left(s: HarmSentence, i: int, end: int, harm: Harm) -> None:
    """Read the people before a passive or a state."""
    chain = chain_before(s, i)
    if end < len(s.words) and s.words[i] in {"dead", "missing"} and _names_thing(s, end):
        return
    stop = chain.begin
    while stop > 0 and (s.words[stop - 1] in RELATIVE or (s.words[stop - 1] in {",", "("} and stop < chain.begin)):
        stop -= 1
    attached = "relative" if stop < chain.begin else "" if chain.passive else "reduced"
    group = subject_of(s, stop, singular=chain.singular, attached=attached)
    if group is None:
        return
    if chain.unreal and group.best != 0:
        return
    if not group.counted and attached == "reduced" and _takes_an_object(s, end):
        return
    if not _is_harm_of(s, i, end, group):
        return
    if chain.unreal and group.best == 0:
        chain = Chain(chain.begin, chain.passive, unreal=False, singular=chain.singular, feared=chain.feared)
    s.add(group, i, end, harm, chain)


def _takes_an_object(s: HarmSentence, end: int) -> bool:
    """Whether a noun that is no people follows an active verb: "rebels killed time"."""
    return end < len(s.words) and s.words[end].isalnum() and s.words[end] not in STOP and s.words[end] not in AFTER_VERB


def _is_harm_of(s: HarmSentence, i: int, end: int, group: Group) -> bool:
    """Whether a verb that may tell of other things tells of harm to the people before it."""
    verb = s.words[i]
    if verb == "treated":
        return group.counted and s.words[end : end + 1] != ["as"]
    if verb == "evacuated":
        return group.counted and not HURT & set(s.words[group.begin : end + 4])
    if verb == "seized":
        return any(is_person(word) for word in s.words[group.begin : group.end])
    if (verb, end) == ("fled", i + 1):  # a few who flee are after something, or are sought
        return group.counted and (group.low is None or group.low >= FEW) and "scene" not in s.words[end : end + 3]
    return True


def _names_thing(s: HarmSentence, i: int) -> bool:
    return s.words[i] in DEAD_THINGS
