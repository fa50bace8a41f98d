"""As which type an incident is told: by its words and by what the model says of them, all its mentions together."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from mapper.incidents.patterns import any_of
from mapper.incidents.scheme import EVENT_TYPES, GENERIC, family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.incidents.grouping import Draft
    from mapper.incidents.mention import Mention

__all__ = ["kind_of", "traits"]

_WEIGHTS: Final[Mapping[str, float]] = {"asked": 1.0, "asked first": 0.3, "by words": 4.0}
"""What counts for a type. ``python -m mapper.training.belief`` fits them; the words count more here than by that fit,
which rests on few drafts: on the snippets of CASE 2021 they are right more often than the model."""
_BY_NAME: Final = 3  # strength of words that name a type by themselves: the model does not gainsay them
_RARE: Final = 0.01
_VIOLENT: Final = 0.5  # chance from which a model makes a riot of what is told as a protest
_BY_CHANCE: Final = frozenset({"accident"})
"""What words of violence tell of as well: a lorry strikes, a fall kills."""
_WITHOUT_HANDS: Final = frozenset({"accident", "natural_disaster"})
_SAID: Final = 0.3
"""Chance from which the model's type is taken where the words name none."""

_ON_THE_ROAD: Final = re.compile(
    r"\b"
    + any_of(r"""
    motorists? drunk[-_]driv\w+ drink[-_]driv\w+ behind_the_wheel hit[-_]and[-_]run hit_and_run dui dwi vehicular
    pedestrians?_(?:is|was|were)_(?:hit|struck|knocked|run|killed)
    (?:hit|struck|killed)_(?:a|an|two|three|several)_pedestrians? pedestrian_(?:deaths?|fatalit\w+)
    (?:hit|struck|knocked_down|run_over)_by_(?:a|an|the)_(?:[\w-]+_){0,2}(?:car|van|lorry|truck|bus|suv|vehicle|train|tram|taxi)
    cross[-\s]?walk zebra_crossing speeding (?:ran|run|runs|running)_over hit_and_kill\w+ struck_and_kill\w+
    (?:lorry|truck|bus|taxi|car|van|tram|train|cab)_drivers?
    (?:car|lorry|truck|van|bus|suv)_(?:hit|struck)_(?:a|an|her|him|them)
    """)
    + r"\b",
    re.IGNORECASE,
)
_MEANT: Final = re.compile(
    r"\b"
    + any_of(r"""
    deliberate\w* intentional\w* on_purpose ramm\w+ crowds? attack\w* ambush\w* terror\w* murder\w* shot shoot\w*
    gun\w* fir(?:e|ed|ing) stab\w* kni(?:fe|ves) bomb\w* blast\w* explo\w+ missiles? rockets? drones? shell\w*
    strikes? air[-\s]?strikes? mines? land[-\s]?mines? sniper\w* soldiers? troops militants? rebels bandits robb\w+
    hijack\w* kidnap\w* grenades? machetes? beat\w* assailants?
    (?:unknown|unidentified|armed|masked)_(?:persons|people|men|individuals)
    """)
    + r"\b",
    re.IGNORECASE,
)

_ARMS: Final = re.compile(
    r"\b"
    + any_of(r"""
    drones? uavs? missiles? rockets? shell\w* artillery mortar\w* strikes? striking struck air\w* bomb\w* blast\w*
    explo\w+ mines? land[-\s]?mines? ied ieds grenades? jets? war[-\s]?planes? planes? helicopters? aircraft barrage
    salvo raids? bombardment fire hit hits targeted pounded detonat\w+ device devices rubble
    """)
    + r"\b",
    re.IGNORECASE,
)
_BY_MEANS: Final = frozenset({"air_drone_strike", "shelling_missile", "explosion_ied"})
"""Types that say what it was done with: a bare "three were killed" does not."""

_CIVILIANS: Final = re.compile(
    r"\b(?:civilians?|villagers?|residents?|farmers?|women|children|traders?|passengers?|worshipp?ers?|students?)\b",
    re.IGNORECASE,
)
_MILITARY: Final = frozenset(
    """soldier soldiers troops army base outpost checkpoint patrol convoy barracks garrison militia rebels militants
    fighters forces positions commander""".split()
)


def kind_of(draft: Draft, news: Draft | None = None) -> tuple[str, str]:
    """Choose the type and subtype of a draft.

    Parameters
    ----------
    news
        What the report is about, where that is known.

    Returns
    -------
    tuple of str
        A type of the scheme, and one of its subtypes or "".
    """
    by_words = _by_words(draft)
    if by_words is None:
        return _on_the_road(draft) or _like_the_news(draft, news) or _by_model(draft) or _untold(draft)
    found = traits(draft)
    best = max(found, key=lambda kind: sum(_WEIGHTS[name] * value for name, value in found[kind].items()))
    if (by_words, best) == ("protest", "riot") and max(m.asked.get(best, 0.0) for m in draft.mentions) < _VIOLENT:
        best = by_words
    subtypes = [m.subtype for m in draft.mentions if m.event_type == best and m.subtype]
    return best, max(subtypes, key=subtypes.count) if subtypes else ""


def traits(draft: Draft) -> dict[str, dict[str, float]]:
    """Give what speaks for each type that a draft may be: the one that its words name, or all where they leave it open.

    Returns
    -------
    dict
        Type to traits: "asked" and "asked first", the logarithms of the model's chance of it, in the mean over all
        mentions and for the first; "by words", whether the words tell it.
    """
    by_words = _by_words(draft)
    asked = [m.asked for m in draft.mentions if m.asked]
    named = any(m.event_type == by_words and _is_named(m) for m in draft.mentions)
    kinds = (by_words,) if by_words is not None and (named or not asked) else EVENT_TYPES
    return {
        kind: {
            "asked": _log(sum(a.get(kind, 0.0) for a in asked) / max(1, len(asked))),
            "asked first": _log(asked[0].get(kind, 0.0) if asked else 0.0),
            "by words": float(kind == by_words),
        }
        for kind in kinds
    }


def _is_named(mention: Mention) -> bool:
    """Tell whether the words of a mention name its type by themselves, as "gunmen killed seven" does."""
    return mention.strength == _BY_NAME or (mention.subtype == "shooting" and bool(mention.harm))


def _log(chance: float) -> float:
    return math.log(max(_RARE, chance))


def _by_words(draft: Draft) -> str | None:
    typed = [m for m in draft.mentions if m.event_type != GENERIC and m.family == draft.family]
    weight: dict[str, float] = {}
    for n, m in enumerate(typed):
        weight[m.event_type] = weight.get(m.event_type, 0.0) + m.strength + 0.5 * (n == 0)
    if weight.keys() == {"armed_clash", "attack_on_civilians"} and any(map(_kills_civilians, typed)):
        return "attack_on_civilians"  # "they entered the town; 11 civilians were killed with machetes"
    # What turned violent is told as a protest in most sentences.
    return "riot" if "riot" in weight else max(weight, key=lambda t: weight[t], default=None)


def _kills_civilians(mention: Mention) -> bool:
    """Tell whether a mention tells of an attack, and counts civilians among those whom it killed."""
    dead = [count for count in mention.counts if count.harm == "killed" and count.best]
    return mention.event_type == "attack_on_civilians" and any(_CIVILIANS.search(count.who or "") for count in dead)


def _by_model(draft: Draft) -> tuple[str, str] | None:
    """Give the type that the model hears in words that may tell of any kind."""
    asked: dict[str, float] = {}
    meant = any(_MEANT.search(m.sentence.text) for m in draft.mentions)
    families = {draft.family} if meant else {draft.family, *_BY_CHANCE}
    for m in draft.mentions:
        for kind, chance in m.asked.items():
            # "A strike on the square" is no walk-out; a car that "struck" somebody is an accident.
            harm = m.trigger.pos == "effect" and not (meant and family(kind) in _BY_CHANCE)
            if harm or family(kind) in families:
                asked[kind] = asked.get(kind, 0.0) + chance
    armed = any(_ARMS.search(m.sentence.text) for m in draft.mentions)
    if not armed:
        asked = {kind: chance for kind, chance in asked.items() if kind not in _BY_MEANS}
    best = max(asked, key=lambda t: asked[t], default="O")
    if best == "armed_clash" and not armed and all(m.trigger.pos == "effect" for m in draft.mentions):
        return None  # bare deaths: who died says whether it was a clash
    return (best, "") if asked.get(best, 0.0) >= _SAID else None


def _on_the_road(draft: Draft) -> tuple[str, str] | None:
    """Call what somebody at the wheel did an accident, where nothing says that he meant it: "struck and killed"."""
    told = [m.sentence.text for m in draft.mentions]
    if any(_MEANT.search(text) for text in told) or not any(_ON_THE_ROAD.search(text) for text in told):
        return None
    return ("accident", "transport")


def _like_the_news(draft: Draft, news: Draft | None) -> tuple[str, str] | None:
    """Call bare deaths in a report on an accident or a disaster another one: "in March a boy was killed there"."""
    if news is None or news is draft:
        return None
    if any(m.trigger.text.lower() in {"strike", "strikes"} for m in draft.mentions):
        kind = kind_of(news)[0]  # "in August a strike killed 26", in a report of drones
        return (kind, "") if kind in _BY_MEANS else None
    if any(_MEANT.search(m.sentence.text) for m in draft.mentions):
        return None
    kind = kind_of(news)[0]
    return (kind, "") if kind in _WITHOUT_HANDS else None


def _untold(draft: Draft) -> tuple[str, str]:
    """Call violence of untold kind a clash with soldiers or an attack on civilians."""
    words = {w.strip(".,").lower() for m in draft.mentions for a in m.targets for w in a.name.split()}
    words |= {w.lower() for m in draft.mentions for c in m.counts for w in (c.who or "").split()}
    return ("armed_clash", "clash") if words & _MILITARY else ("attack_on_civilians", "attack")
