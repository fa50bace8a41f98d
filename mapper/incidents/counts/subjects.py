"""From a passive or a state back to its people: "nine people, who were on a bus, were killed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.incidents.counts.people import Group, read_group
from mapper.incidents.counts.people_words import STOP, is_person, is_thing
from mapper.incidents.counts.words import ABOUT_THEM, BOUND, GUESSING, NOT_NAMES, PREPOSITIONS, RELATIVE

if TYPE_CHECKING:
    from mapper.incidents.counts.sentence import HarmSentence

__all__ = ["is_aside", "is_name_part", "subject_of"]


_AS_ONE = frozenset("family group crew team couple pair total number of".split())
"""Words by which several are spoken of as one."""


def subject_of(s: HarmSentence, stop: int, *, singular: bool, attached: str) -> Group | None:
    """Find the group that ends at token `stop`, or lies before it with only words about it in between."""
    lowest = max(0, stop - 30)
    bound = lowest
    for k in range(stop - 1, lowest - 1, -1):
        as_many_as = s.words[k] == "as" and "many" in s.words[max(0, k - 1) : k + 2]
        if s.words[k] in BOUND and not as_many_as and not _inside_relative(s, k, stop):
            bound = k + 1
            break
    nearest: Group | None = None
    k = bound
    while k < stop:
        group = read_group(s.tokens, s.words, k, stop, shouting=s.shouting)
        if group is None or group.end > stop:
            k += 1
            continue
        touches = group.end == stop
        aside = is_aside(s, k, attached if touches else "")
        bare = group.counted and group.best is not None and not group.noun and not touches  # "Hassan, 34, was killed"
        # "nine people, all members of a party, were killed", "dozens, perhaps hundreds, were"
        more = not group.counted or s.words[k - 1] in GUESSING
        again = nearest is not None and nearest.counted and more and s.words[k - 1] in {",", "all", *GUESSING}
        if singular and _is_many(s, group) and RELATIVE & set(s.words[lowest:k]):
            k = group.end
            continue  # "a man who stabbed four passengers was shot dead"
        if not aside and not bare and not again and _bridged(s, group.end, stop):
            nearest = group
        k = group.end
    if nearest is None and singular and stop > bound:
        return _anyone(s, stop)
    return nearest


def _is_many(s: HarmSentence, group: Group) -> bool:
    """Whether a group cannot go with "was": more than one, and no family or crew that is spoken of as one."""
    return (group.best or 0) > 1 and not _AS_ONE & set(s.words[max(0, group.begin - 2) : group.end])


def _inside_relative(s: HarmSentence, k: int, stop: int) -> bool:
    """Whether the bounding word at `k` stands inside a pair of commas that the subject goes on after."""
    if "," not in s.words[k:stop]:
        return False
    if s.words[stop - 1] != ",":
        return False
    opened = [j for j in range(max(0, k - 4), k) if s.words[j] == ","]
    return bool(opened)


def is_aside(s: HarmSentence, k: int, attached: str = "") -> bool:
    """Whether the group at `k` belongs to a preposition or an "including", so that it is not the subject.

    A relative clause belongs to it all the same ("the funeral of ten men who were killed"), and a participle
    alone often ("with 12 people killed", "the blood of the priests murdered there").
    """
    before = s.words[k - 1] if k else ""
    if attached == "relative":
        return before in {"including", "include", "includes", "included"}
    return before in PREPOSITIONS and not (attached == "reduced" and before in {"with", "of", "for", "among"})


def _bridged(s: HarmSentence, end: int, stop: int) -> bool:
    """Whether the words between a group and its verb only say more about the group."""
    gap = s.words[end:stop]
    if not gap:
        return True
    if len(gap) > 1 and gap[0] in {",", "("} and gap[-1] in {",", ")"}:
        return True
    return gap[0] in PREPOSITIONS or gap[0] in RELATIVE or gap[0] in ABOUT_THEM or gap[0].endswith("ing")


def _anyone(s: HarmSentence, stop: int) -> Group | None:
    """Read the word before "was killed" as one person when it looks like a name; "Hassan, 34, was killed" too."""
    if s.words[stop - 1] == ",":
        commas = [k for k in range(max(1, stop - 16), stop - 1) if s.words[k] == ","]
        if not commas:
            return None
        stop = commas[0]
    if not is_name_part(s, stop - 1) or is_aside(s, stop - 1):
        return None
    begin = stop - 1
    while begin > 0 and stop - begin < 4 and is_name_part(s, begin - 1) and not s.shouting:
        begin -= 1
    return None if is_aside(s, begin) else Group(begin, stop, 1, 1, 1, begin, counted=False)


def is_name_part(s: HarmSentence, k: int) -> bool:
    """Tell whether token `k` looks like a part of a person's name."""
    token = s.tokens[k]
    plain = token.text[:1].isupper() and len(token.text) > 2 and token.low.isalpha()
    return plain and token.low not in STOP | NOT_NAMES and not is_thing(token.low) and is_person(token.low) != 2
