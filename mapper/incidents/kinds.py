"""Of what kind an event is, by the clause that tells it: what stands beside a trigger, which trigger takes up which.

"Seized" is an arrest among policemen and piracy among sailors; a protest takes up its arrests, an earthquake the houses
that fell in it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.incidents.context import STOPPED
from mapper.incidents.cues import AGAINST
from mapper.incidents.patterns import any_of
from mapper.incidents.scheme import GENERIC, family

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.incidents.clauses import Clause
    from mapper.incidents.lexicon import Trigger
    from mapper.records import Resolution, Sentence

__all__ = ["by_a_power", "families", "retyped", "taken"]

_ABSORBS: Final[dict[str, frozenset[str]]] = {
    "piracy": frozenset({"abduction", "violence", "arrest", "accident"}),
    "natural_disaster": frozenset({"accident", "other_strategic"}),
    "violence": frozenset({"accident", "other_strategic"}),
    "unrest": frozenset({"arrest", "other_strategic"}),
    "abduction": frozenset({"arrest", "other_strategic"}),
    "arrest": frozenset({"other_strategic"}),
    "accident": frozenset({"other_strategic"}),
}
"""Which family takes up another one of the same clause: a protest its arrests, an earthquake its collapsed houses."""

_FIGHTING: Final = frozenset("fought fight fights fighting battled battle battles battling".split())
_FIRES: Final = re.compile(
    r"\s+(?:[\w-]+\s+){0,4}?(?:fires?|blazes?|flames|infernos?|(?P<wild>(?:wild|bush)\s?fires?))\b", re.IGNORECASE
)
"""Behind a word of fighting: what firefighters fight."""
_LABOUR: Final = re.compile(
    r"\b"
    + any_of(r"""
    unions? labou?r indefinite nationwide general walk(?:ed)?_out cabin_crews? staff workers employees nurses
    doctors medics teachers lecturers pilots drivers dockers miners pay wages?
    \d+[-\s](?:hour|day)(?=\sstrikes?\b)
    """)
    + r"\b",
    re.IGNORECASE,
)
"""Beside "strike": of those who lay down their work."""
_STRUCK: Final = re.compile(
    r"\b"
    + any_of(r"""
    kill\w* wound\w* injur\w* destroy\w* damag\w* target\w* bomb\w* missiles? drones? rockets? shell\w* artillery
    explo\w+
    militar\w+ jets? air[-\s]?(?:strikes?|raids?|force|craft) dead died hit rubble
    """)
    + r"\b",
    re.IGNORECASE,
)
_STRIKES: Final = frozenset({"strike", "strikes"})
_SOFT_VIOLENCE: Final = frozenset({GENERIC, "armed_clash"})

_SURER: Final = 0.3
"""By how much the model has to be surer of a family that another would take up."""

_INDUSTRY: Final = re.compile(
    r"\b"
    + any_of(r"""
    factory plant gas boiler refinery depot fireworks? firecrackers? pipeline cylinder warehouse silo generator chemical
    mill mine coal fertili[sz]er ammunition_dump kitchen leak tanker_truck petrol diesel gasoline fuel
    """)
    + r"\b",
    re.IGNORECASE,
)
_CRASHED: Final = re.compile(r"\b(?:overturn|collid|collision|crash|derail|skidd)\w*\b", re.IGNORECASE)
"""Beside an explosion: what burst on the road."""
_VICTIMS: Final = re.compile(
    r"\bvigilantes\b[^,;]{0,60}\b(?:were|was)\s+(?:\w+\s+)?(?:killed|shot|wounded|injured|ambushed|abducted)\b"
    r"|\b(?:kill|shoot|wound|ambush|attack|abduct)\w*\s+(?:[\w-]+\s+){0,3}vigilantes\b",
    re.IGNORECASE,
)
"""Guards of a village to whom it was done, and no mob, however far behind the word that says so stands."""
_PROTESTED: Final = re.compile(rf"\b{AGAINST}\s+(?:[\w.\u2019'-]+\s+){{0,6}}\Z", re.IGNORECASE)
_OBJECT: Final = re.compile(r"(?:\s+[\w.\u2019'-]+){0,3}\s+")
_WEAPONS: Final = re.compile(
    r"\b"
    + any_of(r"""
    bomb\w* attack\w* militants? drone\w* missile\w* rocket\w* suicide explosives? terroris\w+ grenade\w* mine\s?field
    mines?_(?:that_)?(?:exploded|explodes|detonated|went_off|blew) (?:struck|hit|on|over)_an?_mine land\s?mines?
    (?:sea|naval|anti-?\w+)_mines?
    """)
    + r"\b",
    re.IGNORECASE,
)
_FLOWN: Final = re.compile(r"\b(?:drones?|uavs?)\b", re.IGNORECASE)
_LOOKING: Final = re.compile(
    r"\b(?:reconnaissance|surveillance|spy(?:ing)?|observation|survey|camera|hobby)\b", re.IGNORECASE
)
"""What a drone is for that was not sent to strike."""
_FIRED: Final = re.compile(r"\b(?:missiles?|rockets?|projectiles?)\b", re.IGNORECASE)
_POLICE: Final = re.compile(
    r"\b(?:police|officers?|detectives|agents|arrest\w*|drugs?|cocaine|warrants?)\b", re.IGNORECASE
)
_WILD: Final = re.compile(
    r"\b(?:forests?|wood(?:s|land)|scrub(?:land)?|brush(?:land)?|bush(?:land)?|grass(?:land)?|moor(?:land)?|pines?|vegetation|"
    r"hectares?|acres?|square (?:kilomet\w+|miles?)|burning (?:out of control|\d[\d.,]* (?:km|kilomet\w+|miles?))|"
    r"water[- ]bomb\w+|fire-?fighting (?:planes?|aircraft)|evacuation (?:orders?|alerts?))\b",
    re.IGNORECASE,
)
_BUILT: Final = re.compile(
    r"\b(?:building|factory|warehouse|hotel|hospital|market|mall|shop(?:ping)?|apartments?|flats?|block|plant|depot|school|"
    r"nightclub|ward|tower|refinery|house)\b",
    re.IGNORECASE,
)
_ARMED: Final = re.compile(
    r"\bby\s+(?:\w+\s+){0,3}(?:gunmen|militants|rebels|bandits|insurgents|jihadists?|fighters|assailants|kidnappers|"
    r"(?:armed|masked|unknown|unidentified)\s+(?:men|persons|people|individuals|group))\b",
    re.IGNORECASE,
)
_CROWD: Final = re.compile(r"\b(?:crowds?|mobs?|rioters|protesters|villagers|residents|youths)\b", re.IGNORECASE)
_CIVIL: Final = re.compile(
    r"\b(?:crowds?|rioters|protest\w+|demonstrat\w+|marchers|villagers|residents|youths|students|pupils|teachers|farmers|"
    r"fishermen|fans|supporters|hooligans|ultras|inmates|workers|strikers|miners|drivers|vendors|traders|squatters|migrants|mourners|worshippers|"
    r"activists|people|women)\b",
    re.IGNORECASE,
)
_BARRICADE: Final = re.compile(r"\b(?:tyres?|tires?|barricades?|rubbish|bins|hay|straw|effig\w+)\b", re.IGNORECASE)
_FIGHTERS: Final = re.compile(
    r"\b(?:gunmen|militants?|militia\w*|rebels?|insurgents?|jihadists?|fighters?|bandits?|soldiers|troops|army|gangs?|"
    r"cartels?|guerrillas?|separatists?|terrorists?|armed)\b",
    re.IGNORECASE,
)
_ON_PURPOSE: Final = re.compile(r"\b(?:deliberate(?:ly)?|intentional(?:ly)?|on purpose)\b", re.IGNORECASE)
_VOLCANIC: Final = re.compile(
    r"\b(?:volcan\w+|lava|ash|craters?|magma|mount|mt|alert level|exclusion zone|plumes?|summit)\b", re.IGNORECASE
)
_TAKEN: Final = frozenset("seized captured took retook recaptured overran liberated wrested".split())
_THE_TOWN_OF: Final = re.compile(
    r"\s+(?:control\s+of\s+)?the\s+(?:[\w-]+\s+){0,2}(?:town|city|village|district|port|base|area)s?\s+of\s+",
    re.IGNORECASE,
)
_FROM_AFAR: Final = frozenset({"air_drone_strike", "shelling_missile"})
_PLAIN: Final = 2  # strength of a word that tells of an event in company
_SHIPS: Final = re.compile(
    r"\b(?:ships?|tankers?|vessels?|carriers?|dhows?|skiffs?|crew|seafarers?|sailors|trawlers?|freighters?)\b",
    re.IGNORECASE,
)
_BOATS: Final = re.compile(
    r"\b(?:speed-?\s?boats?|skiffs?|motor-?boats?|canoes?|small (?:craft|boats?))\b", re.IGNORECASE
)
_FORCES: Final = re.compile(r"\b(?:navy|naval|coast-?\s?guard|marines?|patrol|warship|frigate)\b", re.IGNORECASE)
_CLEARED: Final = re.compile(
    r"\b(?:found|discovered|uncovered|located|recovered|unearthed|destroyed|seized|cleared)\b[^;.]{0,60}"
    r"\b(?:bombs?|ieds?|mines?|land-?mines?|(?:explosive |improvised )?devices?|explosives|grenades?)\b",
    re.IGNORECASE,
)
"""Explosives in the hands of those who look for them."""
_LAID: Final = re.compile(
    r"\b(?:explod\w+|explosions?|detonat\w+|blasts?|went off|blew|bombings?|kill\w*|wound\w*|injur\w*|hurt|dead|"
    r"planted|placed|left|hidden|attached|threw|thrown|attack\w*|target\w*)\b",
    re.IGNORECASE,
)
"""Where these went off, or were laid to: they are no mere find."""
_AIRCRAFT: Final = re.compile(r"\b(?:plane|aircraft|airliner|flight|jet)\b", re.IGNORECASE)


def retyped(triggers: Sequence[Trigger], text: str, clause: Clause) -> list[Trigger]:
    """Correct the types of a clause's triggers by what stands around them, and by the weapon beside them.

    Parameters
    ----------
    triggers
        With offsets into the sentence.
    text, clause
        The sentence, and which part of it is meant.
    """
    typed = [_fought(_retype(t, text[clause.start : clause.end]), text) for t in _armed(triggers)]
    return [_plain(t) if _is_protested(t, typed, text) else t for t in typed]


def _is_protested(trigger: Trigger, triggers: Sequence[Trigger], text: str) -> bool:
    """Tell whether violence is what a protest is about: "marched against the air raids", "protesting the bombing"."""
    if family(trigger.event_type) != "violence" or trigger.pos in ("hint", "effect"):
        return False
    protests = [t for t in triggers if family(t.event_type) == "unrest" and t.end <= trigger.start]
    return any(
        _PROTESTED.search(text[t.end : trigger.start])
        or (t.text.lower().startswith("protest") and _OBJECT.fullmatch(text, t.end, trigger.start))
        for t in protests
    )


def _fought(trigger: Trigger, text: str) -> Trigger:
    """Take a fight with the flames for a fire: "crews battled two apartment fires"."""
    fires = _FIRES.match(text, trigger.end) if trigger.text.lower() in _FIGHTING else None
    if fires is None:
        return trigger
    kind = ("natural_disaster", "wildfire") if fires["wild"] else ("accident", "fire")
    return replace(trigger, event_type=kind[0], subtype=kind[1])


def _plain(trigger: Trigger) -> Trigger:
    return replace(trigger, event_type=GENERIC, subtype="", strength=_PLAIN)


def by_a_power(trigger: Trigger, sentence: Sentence, places: Sequence[Resolution]) -> Trigger:
    """Take what a country bombed for a strike from the air: "Israel bombed the ministry"."""
    if trigger.event_type != "explosion_ied" or trigger.text.lower() not in {"bombed", "bombs"}:
        return trigger
    before = sentence.start + trigger.start - 1
    power = any(r.precision == "country" and r.toponym.end == before for r in places)
    return replace(trigger, event_type="air_drone_strike", subtype="airstrike") if power else trigger


def taken(trigger: Trigger, sentence: Sentence, places: Sequence[Resolution]) -> Trigger:
    """Take what is seized for territory where it is a place: "rebels seized Goma", "took the city of Goma"."""
    if trigger.text.lower() not in _TAKEN:
        return trigger
    of_it = _THE_TOWN_OF.match(sentence.text, trigger.end)
    behind = sentence.start + (of_it.end() if of_it else trigger.end + 1)
    if not any(r.toponym.start == behind and r.toponym.kind == "literal" for r in places):
        return trigger
    return replace(trigger, event_type="armed_clash", subtype="territory_taken", strength=_PLAIN)


def families(triggers: Sequence[Trigger], chances: Mapping[int, float]) -> dict[str, list[Trigger]]:
    """Sort a clause's triggers into families of which each is an event of its own.

    Parameters
    ----------
    triggers
        In text order; words of harm and of means belong to no family and are left out.
    chances
        By where a trigger starts, the chance that it tells of an event, as the model says.
    """
    groups: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        if trigger.pos not in ("hint", "effect"):
            groups.setdefault(family(trigger.event_type), []).append(trigger)
    _absorb(groups, chances)
    return groups


def _stopped(trigger: Trigger, clause: str) -> Trigger:
    """Give what is shot down on its way the type of the strike that it was to be."""
    if _FLOWN.search(clause) and not _LOOKING.search(clause):
        return replace(trigger, event_type="air_drone_strike", subtype="drone_strike")
    if _FIRED.search(clause):
        return replace(trigger, event_type="shelling_missile", subtype="missile_strike")
    return trigger


def _retype(trigger: Trigger, clause: str) -> Trigger:
    """Correct a trigger's type by what stands around it: a gas blast is an accident, a ship's hijacking piracy."""
    if trigger.text.lower() in STOPPED:
        return _stopped(trigger, clause)
    if trigger.subtype == "explosion" and _INDUSTRY.search(clause) and not _WEAPONS.search(clause):
        return replace(trigger, event_type="accident", subtype="industrial")
    if trigger.text.lower() in _STRIKES and _LABOUR.search(clause) and not _STRUCK.search(clause):
        return replace(trigger, event_type="protest", subtype="strike_action")
    if trigger.subtype == "explosion" and _CRASHED.search(clause) and not _WEAPONS.search(clause):
        return replace(trigger, event_type="accident", subtype="transport")
    if trigger.event_type == "natural_disaster" and not trigger.subtype and _INDUSTRY.search(clause):
        return replace(trigger, event_type="accident", subtype="industrial")  # a gas outburst in a mine
    if trigger.event_type == "explosion_ied" and _CLEARED.search(clause) and not _LAID.search(clause):
        return replace(trigger, event_type="other_strategic", subtype="weapons_seizure")
    at_ships = trigger.subtype == "shooting" and _SHIPS.search(clause) and _BOATS.search(clause)
    if at_ships and not _FORCES.search(clause):
        return replace(trigger, event_type="piracy", subtype="attack_on_ship")
    if trigger.subtype == "fire" and _WILD.search(clause) and not _BUILT.search(clause):
        return replace(trigger, event_type="natural_disaster", subtype="wildfire")
    if trigger.subtype == "volcano" and trigger.text.lower().startswith("erupt") and not _VOLCANIC.search(clause):
        return _plain(trigger)  # what erupts is mostly violence
    if trigger.text.lower() == "vigilantes" and _VICTIMS.search(clause):
        return _plain(trigger)
    if trigger.event_type == "arrest" and _ARMED.search(clause) and not _POLICE.search(clause):
        return replace(trigger, event_type="abduction", subtype="kidnapping")
    if trigger.subtype == "clash" and _CIVIL.search(clause) and _POLICE.search(clause) and not _FIGHTERS.search(clause):
        return replace(trigger, event_type="riot", subtype="riot")  # "police clash with farmers"
    by_crowd = _CROWD.search(clause) or (_CIVIL.search(clause) and _BARRICADE.search(clause))
    if trigger.subtype == "arson" and by_crowd and not _FIGHTERS.search(clause):
        return replace(trigger, event_type="riot", subtype="mob_violence")
    if trigger.text.lower() == "rammed" and _WEAPONS.search(clause):
        return _plain(trigger)  # a boat full of explosives
    if trigger.subtype == "transport" and _ON_PURPOSE.search(clause):
        return replace(trigger, event_type="attack_on_civilians", subtype="attack")
    by_pirates = rf"\bpirates\s+(?:\w+\s+)?{re.escape(trigger.text)}\b"
    if family(trigger.event_type) == "violence" and re.search(by_pirates, clause, re.IGNORECASE):
        return replace(trigger, event_type="piracy", subtype="")  # "the pirates fired at the bridge"
    if trigger.pos == "phrase":
        return trigger  # its object says what it is
    searched = trigger.text.lower() == "seized" or (
        trigger.event_type == GENERIC and trigger.text.lower().startswith("raid")
    )
    if searched and _POLICE.search(clause) and not _SHIPS.search(clause):
        return replace(trigger, event_type="arrest", subtype="raid")
    at_sea = trigger.subtype in ("hijacking", "kidnapping", "hostage_taking") or trigger.text.lower() == "seized"
    if at_sea and _SHIPS.search(clause) and not _AIRCRAFT.search(clause):
        return replace(trigger, event_type="piracy", subtype="ship_hijacking")
    return trigger


def _armed(triggers: Sequence[Trigger]) -> Sequence[Trigger]:
    """Give what the model alone takes for an event the kind of the weapon beside it: "artillery shells fell"."""
    weapon = next((t for t in triggers if t.pos == "hint" and family(t.event_type) == "violence"), None)
    if weapon is None:
        return triggers
    # The fire that a drone sets is no arsonist's.
    return [
        replace(t, event_type=weapon.event_type, subtype=weapon.subtype)
        if t.pos == "heard" or (t.subtype == "arson" and weapon.event_type in _FROM_AFAR)
        else t
        for t in triggers
    ]


def _absorb(groups: dict[str, list[Trigger]], chances: Mapping[int, float]) -> None:
    """Let one family of a clause take up another, in place; never one that the model is much surer of."""
    violence = groups.get("violence", [])
    soft = violence and all(
        t.event_type in _SOFT_VIOLENCE or t.subtype == "shooting" or t.pos == "heard" for t in violence
    )
    if violence and all(t.event_type == GENERIC for t in violence) and len(groups) > 1:
        # "The quake struck at noon", "a bus hit a lorry": the verb says nothing of its own.
        other = next(name for name in groups if name != "violence")
        groups[other] += groups.pop("violence")
    elif soft:
        other = next((name for name in ("unrest", "abduction", "piracy") if name in groups), "")
        if other:
            groups[other] += groups.pop("violence")
    elif violence and "unrest" in groups:
        violence += groups.pop("unrest")
    fires = {"accident", "natural_disaster"} & groups.keys()
    if fires and violence and all(t.text.lower() in _FIGHTING for t in violence):
        groups[min(fires)] += groups.pop("violence", [])  # a fire is fought too
    if {"accident", "natural_disaster"} <= groups.keys():
        transport = any(t.subtype == "transport" for t in groups["accident"])
        storm = all(t.subtype in ("storm", "flood") for t in groups["natural_disaster"])
        if transport and storm:
            groups["accident"] += groups.pop("natural_disaster")
    for winner, losers in _ABSORBS.items():
        for loser in sorted(losers & groups.keys()) if winner in groups else ():
            sure, unsure = (max(chances.get(t.start, 0.0) for t in groups[name]) for name in (loser, winner))
            if sure > unsure + _SURER:
                groups[loser] += groups.pop(winner)
                break
            groups[winner] += groups.pop(loser)
