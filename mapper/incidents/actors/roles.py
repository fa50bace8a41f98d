"""Who did it and to whom, by where their phrases stand about the trigger: subject, object, "by", "on", "between".

A culprit is named only where the words name one: the bomb that killed is nobody, and so are the market of "a market
bombing" and the city of "the Paris attacks".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper.incidents.actors.phrases import Phrase
from mapper.incidents.actors.words import (
    ADJECTIVES,
    CALENDAR,
    CARRIERS,
    DEMONYMS,
    DETERMINERS,
    GENERIC_PEOPLE,
    GROUPS,
    HEDGES,
    PREPOSITIONS,
    STOPS,
    acts,
    is_target,
)

if TYPE_CHECKING:
    from mapper.incidents.actors.phrases import Text

__all__ = ["Roles", "by_phrase", "chain_start", "is_passive", "roles_of", "subjects"]

_BE: Final = frozenset("is are was were be been being am got get gets getting 's".split())
_AUXILIARIES: Final = _BE | frozenset(
    "has have had having also then later reportedly allegedly already again since just still even to".split()
)
_BOUNDS: Final = frozenset(
    """; : \u2014 \u2013 ( " \u201c \u201d that said says say saying told when while after because but before as if
    where although though reported reports confirmed added announced whether""".split()
)
_RELATIVE: Final = frozenset({"who", "which", "that"})
_SUPPORT: Final = frozenset(
    """carried launched conducted staged mounted unleashed committed led waged perpetrated executed threw fired carry
    launch launches launching carrying staging""".split()
)
"""Verbs that a deed is the object of: "launched an attack"."""
_INTO: Final = frozenset({"on", "at", "into", "against", "towards", "toward"})
_SCENE: Final = frozenset({"outside", "at", "inside", "into", "in", "on", "under"})
_AIMED: Final = frozenset({"on", "against", "at", "targeting", "into"})
_MANNER: Final = frozenset(
    {"dead", "down", "up", "off", "out", "fire", "himself", "herself", "themselves", "to", "death"}
)
_FREE: Final = frozenset("opened fire clashed protested marched rallied rioted fired blew demonstrated fought".split())
"""Verbs whose subject acts without an object to show it; "convoy attacked near Gao" has its object before it."""
_OTHER_BY: Final = frozenset(
    """used owned run led backed supported operated made held followed accompanied joined watched funded organised
    organized called named seen heard reported said posted published released announced stepped passed stood
    condemned""".split()
)
"""By somebody, but not the deed: "the vehicle was used by ..."."""
_IRREGULAR: Final = frozenset("struck hit shot blew took set fought threw stole slew hung burnt beat drove".split())
_SUFFERED: Final = frozenset("died perished drowned suffocated succumbed disappeared vanished".split())
_ENCOUNTERS: Final = frozenset("clashed fought battled skirmished fighting clash clashes battle".split())
_OF_VICTIMS: Final = frozenset(
    """murder murders assassination assassinations killing killings death deaths kidnapping kidnappings abduction
    abductions arrest arrests detention slaying execution disappearance capture shooting beheading lynching stabbing
    kidnaping injury injuries""".split()
)
"""Before these stands whose they are in another sense: "the mayor's murder"."""
_PRESENT: Final = frozenset(
    """attack kill bomb raid storm shell ambush kidnap abduct arrest detain seize shoot stab strike hit behead murder
    assassinate torch loot burn hijack board fire open wound injure""".split()
)
_REACH: Final = 12  # tokens between a deed and its "by"


@dataclass(frozen=True, slots=True)
class Roles:
    """The phrases of those who did it, of those suspected of it, and of those to whom it was done."""

    perpetrators: tuple[Phrase, ...] = ()
    suspected: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()


def roles_of(t: Text, start: int, end: int, *, scene: bool) -> Roles:
    """Read the roles about a trigger.

    Parameters
    ----------
    t
        The clause.
    start, end
        Offsets of the trigger in it.
    scene
        Whether what the deed happened at was hit by it: a bomb "outside a church".
    """
    first, last = t.index(start), t.index(end)
    verb = next((k for k in range(first, last) if _is_verb(t, k)), None)
    if first >= len(t.words) or (verb is None and _is_somebody(t, last - 1)):
        return Roles()
    if verb is None:
        doers, targets = _of_noun(t, first, last)
    else:
        doers, targets = _of_verb(t, verb, verb + 1)
    by = by_phrase(t, last)
    if by is not None:
        doers = [by, *doers]
    if scene and not any(_can_be_hit(t, p) for p in targets):
        ahead = (t.phrase_at(k + 1, len(t.words)) for k in _prepositions(t, last, _SCENE))
        targets = [phrase for phrase in ahead if phrase is not None][:1]
    told: list[Phrase] = []
    suspected: list[Phrase] = []
    for phrase in doers:
        agent = t.agent(phrase, sure=phrase is by)
        if agent is not None:
            hedged = any(t.low(k) in HEDGES for k in range(max(0, phrase.start - 1), agent.start))
            (suspected if hedged else told).append(agent)
    return Roles(tuple(told), tuple(suspected), tuple(p for p in targets if _can_be_hit(t, p)))


def _is_somebody(t: Text, k: int) -> bool:
    """Tell whether a trigger names those who act ("gunmen", "a mob") and not the deed."""
    return acts(t.low(k)) and t.low(k) not in CARRIERS


def _is_verb(t: Text, k: int) -> bool:
    """Tell whether a word of a trigger is a verb: by its form, or by what stands on both sides of it."""
    word = t.low(k)
    if word in _IRREGULAR or (word.endswith("ed") and len(word) > 3 and word != "armed"):
        return True
    follows = _object_follows(t, k + 1)
    if word.endswith("ing"):
        return follows and t.low(k - 1) not in DETERMINERS and not t.words[k - 1].possessive if k else follows
    if word.removesuffix("es") not in _PRESENT and word.removesuffix("s") not in _PRESENT:
        return False
    # "Gunmen attack village": somebody before it, and an object behind it
    return follows and k > 0 and acts(t.low(k - 1)) and not t.words[k - 1].possessive


def _can_be_hit(t: Text, phrase: Phrase) -> bool:
    head = phrase.end - 1
    if t.low(head) in GENERIC_PEOPLE or t.low(head) in CARRIERS - {
        "tank",
        "tanks",
        "helicopter",
        "plane",
        "jet",
        "aircraft",
    }:
        return False
    if t.kinds.get(head) in ("organisation", "person"):
        return True
    return is_target(t.low(head)) and t.low(head) not in CALENDAR


# --- verbs


def _of_verb(t: Text, first: int, last: int) -> tuple[list[Phrase], list[Phrase]]:
    begin = chain_start(t, first)
    passive = is_passive(t, begin, first) or t.low(last) == "by" or t.low(first) in _SUFFERED
    if passive:
        return [], subjects(t, begin)
    k = last
    while t.low(k) in _MANNER and k - last < len(_MANNER):
        k += 1
    aimed = t.low(k) in _INTO
    target = t.phrase_at(k + aimed, len(t.words)) if k + aimed < len(t.words) else None
    if target is not None and not aimed and k < target.start and t.low(k) in PREPOSITIONS:
        target = None
    free = t.low(first) in _FREE
    if t.low(first) in _ENCOUNTERS and t.low(last) in {"with", "against"}:
        other = t.phrase_at(last + 1, len(t.words))
        return [*subjects(t, begin), *([other] if other else [])], []
    if target is not None and not aimed and not _can_be_hit(t, target):  # "fired a missile at a ship"
        at = next((i for i in _prepositions(t, target.end, _AIMED)), None)
        target = None if at is None else t.phrase_at(at + 1, len(t.words))
        return subjects(t, begin), [target] if target else []
    if t.low(first).endswith("ing") and begin == first:
        return [], [target] if target else []
    if t.low(last) in {"in", "at", "on"} and not free:
        target = None  # "policemen killed in an attack": the verb has its object before it
    if target is None and not free and _object_follows(t, last) is False:
        before = [p for p in subjects(t, begin) if is_target(t.low(p.end - 1))]
        return [], before
    return subjects(t, begin), [target] if target else []


def _object_follows(t: Text, k: int) -> bool:
    """Tell whether anything that a verb is done to may follow it: no preposition, no end."""
    return k < len(t.words) and t.words[k].text[0].isalnum() and t.low(k) not in PREPOSITIONS | {"and", "as", "when"}


def chain_start(t: Text, first: int) -> int:
    """Give the first of the auxiliaries and adverbs that stand before a verb."""
    k = first
    while k > 0 and (t.low(k - 1) in _AUXILIARIES or (t.low(k - 1).endswith("ly") and len(t.low(k - 1)) > 4)):
        k -= 1
    return k


def is_passive(t: Text, begin: int, first: int) -> bool:
    """Tell whether the auxiliaries of a verb make it a passive."""
    return any(t.low(k) in _BE for k in range(begin, first))


def subjects(t: Text, stop: int) -> list[Phrase]:
    """Find the subject of a verb whose auxiliaries begin at token `stop`: its phrases, those joined by "and" too."""
    if stop <= 0:
        return []
    if t.low(stop - 1) in _RELATIVE:
        end = stop - 2 if t.low(stop - 2) == "," else stop - 1
        return [p for p in t.phrases(_bound(t, end), end) if p.end == end][-1:]
    if t.low(stop - 1) == ",":
        comma = next((k for k in range(stop - 2, -1, -1) if t.low(k) == ","), -1)
        return [p for p in t.phrases(_bound(t, comma), comma) if p.end == comma][-1:] if comma > 0 else []
    shared = t.low(stop - 1) == "and"  # "stormed the village and killed": the subject of the first verb
    bound = _bound(t, stop - shared)
    found = [p for p in t.phrases(bound, stop - shared) if not p.governed]
    if shared:
        return [p for p in found[:1] if t.agent(p) is not None]
    if not found:
        return []
    joined = [found[-1]]
    for phrase in reversed(found[:-1]):
        if phrase.end == joined[0].start - 1 and t.low(phrase.end) == "and":
            joined.insert(0, phrase)
    return joined


def _bound(t: Text, stop: int) -> int:
    for k in range(stop - 1, -1, -1):
        if t.low(k) in _BOUNDS or (t.low(k) == "," and k < stop - 1):
            return k + 1
    return 0


def by_phrase(t: Text, last: int) -> Phrase | None:
    """Find who stands behind the "by" of a deed that ends at token `last`."""
    for k in range(last, min(len(t.words) - 1, last + _REACH)):
        if t.low(k) in {";", ":", "said", "says"}:
            return None
        if t.low(k) == "by" and t.low(k - 1) not in _OTHER_BY:
            phrase = t.phrase_at(k + 1, len(t.words))
            return phrase if phrase is None or t.agent(phrase, sure=True) is not None else None
    return None


# --- nouns


def _of_noun(t: Text, first: int, last: int) -> tuple[list[Phrase], list[Phrase]]:
    owner = _owner(t, first)
    suffered = bool(_OF_VICTIMS & {t.low(k) for k in range(first, last)})
    doers = ([] if suffered else owner) or _between(t, last) or _of_support(t, first)
    targets: list[Phrase] = owner if suffered and t.words[first - 1].possessive else []
    if t.low(last) == "of":
        phrase = t.phrase_at(last + 1, len(t.words))
        targets = [*targets, phrase] if phrase else targets
    for k in _prepositions(t, last, _AIMED):
        phrase = t.phrase_at(k + 1, len(t.words))
        if phrase is not None and phrase.end > k + 1:
            targets = [*targets, phrase]
            break
    if t.low(first - 1) == "under":
        begin = chain_start(t, first - 2)
        targets += subjects(t, begin)
    return doers, targets


def _prepositions(t: Text, last: int, wanted: frozenset[str]) -> list[int]:
    """Give the prepositions of a kind soon after a token, in the same breath."""
    found = []
    for k in range(last, min(len(t.words) - 1, last + 7)):
        if t.low(k) in {",", ";", ":", "and", "that", "which", "killed", "left", "when", "after"}:
            break
        if t.low(k) in wanted:
            found.append(k)
    return found


def _owner(t: Text, first: int) -> list[Phrase]:
    """Find whose deed it is by the words straight before it: "a US drone strike", "the Taliban's attack"."""
    k = first
    while k > 0 and t.low(k - 1) in ADJECTIVES and t.kinds.get(k - 1) is None and not t.words[k - 1].possessive:
        k -= 1
    if k == 0 or not t.owns(k - 1):
        return []
    begin = k - 1
    while begin > 0 and t.is_name(begin) and t.is_name(begin - 1) and t.low(begin - 1) not in STOPS | DETERMINERS:
        if t.low(begin) in DEMONYMS | GROUPS and t.low(begin - 1) not in DEMONYMS | GROUPS:
            break
        begin -= 1
    return [Phrase(begin, k)]


def _between(t: Text, last: int) -> list[Phrase]:
    """Find both sides of "clashes between police and students"."""
    at = next((k for k in range(last, min(len(t.words), last + 4)) if t.low(k) == "between"), None)
    one = None if at is None else t.phrase_at(at + 1, len(t.words))
    if one is None or t.low(one.end) != "and":
        return []
    other = t.phrase_at(one.end + 1, len(t.words))
    return [one, other] if other else [one]


def _of_support(t: Text, first: int) -> list[Phrase]:
    """Find the subject of the verb that a deed is the object of: "insurgents launched an attack"."""
    for k in range(first - 1, max(-1, first - 7), -1):
        if t.low(k) in {",", ";", "after", "of", "in"}:
            return []
        if t.low(k) in _SUPPORT:
            begin = chain_start(t, k)
            return [] if is_passive(t, begin, k) else subjects(t, begin)
    return []
