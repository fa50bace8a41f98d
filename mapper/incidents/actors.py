"""Who did it, to whom, with what, and who says so: names as the text has them.

Patterns around the trigger ("US drone strike", "killed by gunmen", "the army blamed the rebels"), the simplest method
that gives the right name on most reports; what no pattern finds stays empty.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from mapper.incidents.patterns import any_of
from mapper.records import Actor, Span

if TYPE_CHECKING:
    from mapper.incidents.lexicon import Trigger

__all__ = ["attributions", "perpetrators", "targets", "weapon"]


Stance = Literal["claimed", "blamed", "denied"]

_AGENTS: Final = any_of("""
    gunmen gunman militants? rebels? insurgents? pirates? bandits? attackers? assailants? soldiers troops police(?:men)?
    officers forces fighters? militia(?:men|s)? jihadists? extremists? terrorists? separatists? kidnappers? protesters?
    demonstrators rioters mob crowds? army navy military air_force coast_?guard warplanes jets drones? settlers herders
    vigilantes robbers traffickers smugglers gangs? gang_members cartel bomber teenager suspects? guards? authorities
    government_forces paramilitar(?:y|ies) guerrillas? students workers farmers residents villagers
    teachers nurses miners
""")
_QUALIFIER: Final = any_of("""
    the suspected alleged armed unidentified unknown masked heavily islamist jihadist separatist rebel government local
    riot security federal state angry hundreds_of thousands_of dozens_of several some about two three four five six
    seven eight nine ten \\d+ [A-Z][\\w\u2019'-]*
""")
_PROPER: Final = (
    r"(?:[A-Z][\w\u2019'.-]*|al-[A-Z]\w+)"
    r"(?:\s+(?:of\s+|and\s+the\s+|in\s+(?=[A-Z][a-z]+\s))?(?:[A-Z][\w\u2019'-]*|al-[A-Z]\w+)){0,5}"
)
_GROUPS: Final = rf"(?:{_AGENTS}|group|militia|movement)"
_NP: Final = rf"(?:(?:{_QUALIFIER}\s+){{0,5}}{_AGENTS}|(?:the\s+)?{_PROPER}(?:\s+{_GROUPS})?)"
_THINGS: Final = any_of("""
    vehicle convoy base bus market school hospital church mosque hotel checkpoint ship vessel tanker carrier train
    patrol post station camp village headquarters office building bridge pipeline depot airport port
    embassy consulate home house
    restaurant police soldier troop civilian people worker student villager farmer journalist reporter children leader
    commander official member position target force facility plant warehouse
""")
_SPEAKERS: Final = any_of("""
    officials? sources? police spokes(?:man|woman|person) ministry agency army military residents? witnesses authorities
    doctors medics governor mayor rescuers organi[sz]ers union directorate department committee
""")
_SPEAKER_QUALIFIER: Final = any_of("""
    [Tt]he [Aa]n? [Tt]wo [Tt]hree [Ss]everal [Ss]ecurity [Ll]ocal [Mm]edical [Hh]ospital [Pp]olice [Ss]tate [Mm]ilitary
    [Ss]enior [Rr]escue
""")
_SAYS: Final = any_of("said says reported confirmed told announced added stated puts?_the gives?_a gave_a")

_BY: Final = re.compile(rf"\bby\s+(?P<who>{_NP})")
_OTHER_BY: Final = re.compile(
    r"\b"
    + any_of(
        "used owned run led backed supported operated made held followed accompanied joined watched funded "
        "organi[sz]ed called named seen heard reported said posted published released announced"
    )
    + r"\s+by\b"
)
"""By somebody, but not the deed: "the vehicle was used by ..."."""
_CLAIMED: Final = re.compile(
    rf"(?P<who>{_NP})(?:,[^,.]{{1,60}},)?\s+(?:(?:has|have|later|had|also)\s+){{0,3}}"
    r"(?:claimed|said it (?:had )?carried out|took)\s+(?:responsibility|the attack|it was behind)"
)
_BLAMED: Final = re.compile(
    rf"\b(?:blamed\s+(?:on\s+)?|blames\s+|accused\s+|accuses\s+|attributed\s+to\s+)(?P<who>{_NP})"
)
_DENIED: Final = re.compile(
    rf"(?P<who>{_NP})\s+(?:has\s+|have\s+)?(?:denied|denies|rejected)\s+(?:\w+\s+){{0,3}}"
    r"(?:responsibility|involvement|role|it)\b"
)
_ATTRIBUTIVE: Final = re.compile(
    rf"(?P<who>(?:{_PROPER}|[A-Z]\w+-(?:backed|led|linked)\s\w+))\s+(?:military\s+|air\s+)?$"
)
_SUBJECT: Final = re.compile(rf"(?P<who>{_NP})\s+(?:(?:on\s+\w+day|have|has|had|also|then)\s+){{0,3}}$")
_OBJECT: Final = re.compile(
    r"^\s*(?:on|against|of|at|targeting|into)?\s*(?P<who>(?:(?:a|an|the|several|two|three|four|five|six|\d+)\s+)?"
    rf"(?:[\w\u2019'-]+\s+){{0,3}}?{_THINGS}(?:e?s)?)\b"
)
_SAID: Final = re.compile(
    rf"(?P<who>(?:{_SPEAKER_QUALIFIER}\s+){{0,4}}(?:{_PROPER}\s+(?:[a-z]+\s+){{0,2}}?{_SPEAKERS}|{_PROPER}|{_SPEAKERS})(?:\s+(?:of|from|in)\s+(?:the\s+)?\w+)?)"
    rf"\s*,?\s+{_SAYS}\b"
)
_ACCORDING: Final = re.compile(
    rf"\b[Aa]ccording to\s+(?P<who>(?:the\s+|a\s+)?(?:[a-z]+\s+){{0,3}}?"
    rf"(?:{_PROPER}\s+(?:[a-z]+\s+){{0,2}}?{_SPEAKERS}|{_PROPER}|{_SPEAKERS}))"
)
_WEAPON: Final = re.compile(
    r"\b(?P<what>"
    + any_of("""
    (?:armed_|attack_|kamikaze_|one-way_|Shahed_)?drones?(?:_strikes?)? air_?strikes?
    (?:cruise_|ballistic_|anti-ship_)?missiles?
    rockets? mortars?(?:_(?:shells?|rounds?))? artillery shells barrel_bombs? car_bombs? truck_bombs? roadside_bombs?
    suicide_(?:vest|belt|bomb) improvised_explosive_devices? IEDs? land_?mines? hand_grenades? grenades? petrol_bombs?
    explosives? bombs? assault_rifles? rifles? guns? gunfire pistols? kni(?:fe|ves) machetes? tear_gas
    molotov_cocktails? acid
    """)
    + r")\b",
    re.IGNORECASE,
)

# Where a pattern looks no further than this from the trigger, a very long sentence costs no more than a short one.
_WINDOW: Final = 160
_LONGEST_SENTENCE: Final = 1500

_VERBS: Final = frozenset("hit struck attacked boarded fired shelled bombed targeted seized killed".split())
_NAMES_SOMEBODY: Final = re.compile(rf"^(?:[A-Z]{{2,}}|\w+(?:n|i|ese|ish|ians?|is)|{_AGENTS})$", re.IGNORECASE)
_NO_ACTOR: Final = frozenset(
    """the a an it he she they we this that these those there in on at but and as after monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september october november
    december""".split()
)


def _actor(match: re.Match[str], offset: int, stance: Stance | None = None) -> Actor | None:
    name = match.group("who").strip()
    start = match.start("who")
    for article in ("the ", "The "):
        if name.startswith(article):
            start += len(article)
            name = name[len(article) :]
    words = name.split()
    if len(words) > 1 and words[0].lower() in _VERBS:
        start += len(name) - len(name.split(maxsplit=1)[1])
        name = name.split(maxsplit=1)[1]
    if len(name) < 2 or not words or words[0].lower() in _NO_ACTOR:
        return None
    if match.start("who") == 0 and len(words) == 1 and not _NAMES_SOMEBODY.search(name):
        return None  # any word is written large at the head of a sentence
    return Actor(name, Span(offset + start, offset + start + len(name), name), stance)


def perpetrators(clause: str, offset: int, trigger: Trigger) -> list[Actor]:
    """Find who did it, in a clause and around its main trigger.

    Parameters
    ----------
    clause
        Text of the clause; `trigger` has offsets into it.
    offset
        Where the clause starts in the document.
    """
    if clause.isupper():
        clause = clause.lower()  # in capitals every word looks like a name; the common nouns are still to be had
    found: list[Actor | None] = []
    stances: tuple[tuple[re.Pattern[str], Stance], ...] = (
        (_CLAIMED, "claimed"), (_BLAMED, "blamed"), (_DENIED, "denied"),
    )  # fmt: skip
    for pattern, stance in stances:
        found += [_actor(match, offset, stance) for match in pattern.finditer(clause[:_LONGEST_SENTENCE])]
    after = _BY.search(clause, trigger.end, trigger.end + _WINDOW)
    if after and after.start() - trigger.end < 80 and not _OTHER_BY.search(clause, trigger.end, after.start() + 2):
        found.append(_actor(after, offset))
    from_ = max(0, trigger.start - _WINDOW)
    before = clause[from_ : trigger.start]
    pattern = _SUBJECT if trigger.pos in ("verb", "effect") else _ATTRIBUTIVE
    subject = pattern.search(before)
    if subject:
        found.append(_actor(subject, offset + from_))
    return _unique(found)


def targets(clause: str, offset: int, trigger: Trigger) -> list[Actor]:
    """Find what or who the trigger's action was done to: "an attack on a convoy", "shelled the market"."""
    if clause.isupper():
        clause = clause.lower()
    match = _OBJECT.match(clause[trigger.end : trigger.end + _WINDOW])
    return _unique([_actor(match, offset + trigger.end)] if match else [])


def weapon(text: str) -> str | None:
    """Name the first weapon of a text, as written; None if it has none."""
    match = _WEAPON.search(text)
    return match.group("what") if match else None


def attributions(sentence: str, offset: int) -> list[Actor]:
    """Find who says so: "police said", "according to the ministry"."""
    found = [
        _actor(match, offset)
        for pattern in (_SAID, _ACCORDING)
        for match in pattern.finditer(sentence[:_LONGEST_SENTENCE])
    ]
    return _unique(found)


def _unique(actors: list[Actor | None]) -> list[Actor]:
    seen: set[str] = set()
    kept = []
    for actor in actors:
        if actor is not None and actor.name.lower() not in seen:
            seen.add(actor.name.lower())
            kept.append(actor)
    return kept
