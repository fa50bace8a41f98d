"""The words before and behind a place's name, and what they say of it: that it happened there, or that it did not.

Patterns end or begin at the name: what is searched is the text up to it, behind it, or between it and the event's word.
"""

from __future__ import annotations

import re
from typing import Final

from mapper.incidents.patterns import any_of

_MODIFIER: Final = any_of(r"""
    the a an its their central downtown nearby neighbou?ring occupied rural greater coastal mountainous war-torn
    (?:north|south|east|west)(?:-?(?:east|west))?(?:ern)? old new far remote [A-Z]\w+(?:n|i|ese|ish) capital
    port cities city towns? villages? provinces? state regions? districts? governorate county islands? suburbs?
    neighbou?rhoods?
    outskirts area parts? side border coast shores? banks? of in and several both
""")
_MODIFIERS: Final = rf"(?:{_MODIFIER}\s+)*$"
LOCATIVE: Final = re.compile(
    r"\b(?i:"
    + any_of(r"""
    in at near outside across off along around between over inside throughout within on upon beside through
    in_(?:and|or)_(?:around|near)
    (?:parts|most|much|all|areas|swathes|centre|center|heart|middle|streets|outskirts|edge|seafront|waterfront|gates)_of
    (?:kilomet(?:re|er)s|km|miles)_(?:\w+\s+)?(?:of|from)
    hits? struck strikes? attack bomb shell raid storm rocked rocks shook shakes shelled bombed bombs attacked attacks
    pounded targeted raided flooded swept sweeps battered batters devastated stormed crossed crosses lashed ravaged
    engulfed inundated overran burned looted
    """)
    + r")\s+"
    + _MODIFIERS
)
IN_THE_TOWN_OF: Final = re.compile(
    r"\b(?:in|at|near|outside|across|around|inside|throughout|within|captured|recaptured|retook|seized|took|overran)\s+"
    r"(?:(?!(?:and|or|nor|but|to|in|on|at|by|for|from|with|after|before|when|while|as|who|that|which|where|was|were|is|are"
    r"|said)\b)[\w'\u2019.-]+\s+){1,5}"
    r"(?:(?:city|cities|towns?|villages?|capital|hometown|stronghold|bastion|port|resort|island|state|province|region|district"
    r"|county|suburb|neighbou?rhood|quarter|camp|settlement|community|municipality|enclave)\s+(?:city\s+)?of\s+"
    r"|(?:capital|city|town|hometown|stronghold|port|resort)\s+)$"
)
"""Before a name with a description: "in the northern divided city of", "in Saddam's hometown of", "in the capital"."""
ORIGIN: Final = re.compile(
    r"\b(?:from\s+(?:[A-Z][\w'\u2019-]+\s+){0,3}?(?:in\s+(?:(?:neighbou?ring|nearby|adjacent)\s+)?)?"
    r"|load(?:ing|ed)\s+(?:[^\W\d_]+\s+){0,3}(?:at|in)\s+"
    r"|(?:put out|set (?:out|off|sail)|departed|sailed|took off)\s+from\s+(?:[^\W\d_]+[\s-]){1,5}(?:at|in|near|on)\s+)"
    + _MODIFIERS
)
DESTINATION: Final = re.compile(
    r"\b(?<!damage )(?<!close )(?<!next )(?<!due )(?<!according )(?<!thanks )(?<!threat )"
    + any_of("to towards? for bound_for heading_for en_route_to")
    + r"\s+"
    + _MODIFIERS,
    re.IGNORECASE,
)
THEIR_HOME: Final = re.compile(
    r"\b(?:cells?|cartels?|gangs?|groups?|bands?|men|man|women|woman|people|students?|migrants?|famil(?:y|ies)|fighters?"
    r"|militants?|workers?|tourists?|pilgrims?|nationals?|natives?)\s+(?:\w+\s+){0,2}from\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before where people come from: "a cell of a cartel from Tamaulipas"."""
DEPARTED: Final = re.compile(
    r"\b(?:left|leaving)\s+(?:the\s+(?:\w+\s+)?(?:town|port|city|village|harbou?r|coast|beach)\s+of\s+)?$"
)
"""Before where a boat or a convoy came from: "left the town of Zuwara on Saturday"."""
INTO: Final = re.compile(rf"\binto\s+{_MODIFIERS}")
"""Before what was hit, or where somebody was taken: "fired two missiles into a market in Kutum"."""
_HOME: Final = re.compile(
    r"\b"
    + any_of(r"""
    based born lived lives living native_of exiled speaking told_\w+ said statement office defen[cs]e
    authorit(?:y|ies) ministry agency embassy government university institute charity spokes\w+ hospital clinic
    infirmary court capital by_(?:tele)?phone contacted interviewed media reporters journalists prosecutors?
    judges? magistrates? tribunal mortuary morgue
    """)
    + r"\s+in\s+(?:the\s+(?:city|town|province|district)\s+of\s+)?$",
    re.IGNORECASE,
)
_RESIDENT: Final = re.compile(
    r"\b(?:an?|the)\s+(?:[\w-]+\s+)?(?:resident|native|citizen) of (?:the )?(?:(?:[\w'\u2019-]+,?\s+){1,3}in\s+)?$",
    re.IGNORECASE,
)
"""Before the place where someone lives, and what it lies in."""
IN_A_PLACE_OF: Final = re.compile(
    r"\b(?:in|at|near|on|outside|inside)\s+(?:the\s+)?(?:[A-Z][\w'\u2019.-]*\s+){0,4}[A-Z][\w'\u2019.-]*,\s+(?:in\s+)?$"
)
"""Before what holds a place that may be unknown: "in Plaza San Francisco, La Paz"."""
PART_OF_ITS: Final = re.compile(
    r"\b(?:in|at|near|on|of|across|around)\s+(?:the\s+)?(?:[A-Z][\w\u2019'-]*\s+){0,3}"
    r"(?:[A-Z]\w*|state|province|region|district|county|governorate)['\u2019]s\s+(?:[a-z]+\s+){0,2}$"
)
"""Before a place that is told as a part of another: "in Katsina state's Kankara district"."""
FORCE: Final = re.compile(
    r"(?:['\u2019]s)?\s+(?:(?:city|county|metro(?:politan)?|parish)\s+)?"
    + any_of("police sheriff firefighters fire_(?:department|brigade|service|crews) deputies detectives officers")
    + r"\b",
    re.IGNORECASE,
)
"""Behind the town or county of a force: "Hartford police", "Orange County Sheriff"."""
DWELLERS: Final = re.compile(
    r"\b(?:residents|villagers|inhabitants|people|locals|townsfolk) (?:of|in) (?:the )?(?:(?:town|village|city) of )?$",
    re.IGNORECASE,
)
"""Before the place of those who tell what happened, where no other place is told: "residents of Kolofata report"."""
_AT_ITS_DOOR: Final = re.compile(
    r"\b"
    + any_of(r"""
    in_front_of outside inside hit struck attacked stormed bombed shelled raided shot shot_dead killed murdered stabbed
    assassinated wounded kidnapped abducted torched burned
    (?:shooting|killing|murder|assassination|abduction|kidnapping)_of
    (?:attack|assault|raid|strike|bombing|shelling|fire|explosion|blast|shooting)_(?:on|of|at|in)
    """)
    + r"\s+(?:[\w'\u2019-]+\s+){1,4}in\s+$",
    re.IGNORECASE,
)
"""Before the town of a clinic, a ministry: there it happened after all."""
_SEAT: Final = re.compile(
    r"\b(?:according to (?:[\w'\u2019-]+\s+){1,7}(?:in|of)"
    r"|(?:said|says|told (?:\w+\s+)?(?:reporters|journalists))\s+(?:(?:on\s+|late\s+|early\s+)?\w+day\s+)?in)\s+"
    r"(?:the\s+)?(?:provincial\s+|regional\s+)?(?:capital,?\s+)?$",
    re.IGNORECASE,
)
"""Before where somebody spoke: "according to police in Jos", "police said in Jayapura", "told reporters in Kabul"."""
TEAM: Final = re.compile(r"^\s+(?:[a-z]+\s+)?(?:side|team|squad|club|league|newspaper|branch|office|bureau|newsroom)\b")
"""Behind a name: whose team, whose paper."""
SUFFERS: Final = re.compile(
    r"\s+(?:was|were|has been|have been|is being|came)\s+(?:\w+ly\s+|again\s+)?"
    r"(?:hit|struck|bombed|shelled|attacked|rocked|shaken|flooded|battered|pounded|raided|stormed|under)\b"
)
"""Behind a place to which it was done."""
AT_ONCE: Final = frozenset({"", "the", "on", "in", "of"})
"""Between an event and the place behind it: "shelling of Kherson"."""
OWNS: Final = re.compile(r"['\u2019]s\s+(?:(?!(?:for|of|in|to|on|at|with|from|by|and)\b)[a-z][\w-]+\s+){0,2}")
OF_THEM: Final = re.compile(r"\b(?:\d+|[a-z]+) of (?:them|whom)\b")
_NUMBER: Final = r"(?:\d+|an?other|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)"
SHARE: Final = re.compile(
    rf"\b(?:and|,)\s+{_NUMBER}\s+(?:others?\s+|more\s+)?"
    r"(?:in|at|near)\s+(?:the\s+\w+\s+of\s+)?$"
)
"""Before the place of the last few: "17 of them in the capital and two in Itahari"."""
_CLOCK: Final = re.compile(r"\d\s?(?:[ap]\.?m\.?|hrs)\s+$", re.IGNORECASE)
"""Before a country by whose clock a page was written: "11:39am UK, Monday"."""
_SHARED_OUT: Final = re.compile(
    rf"\b(?i:{_NUMBER})\b[^,;.]{{0,40}}\b(?:(?i:died|dead|killed|deaths?|injured|wounded|missing))\b[^,;.]{{0,20}}"
    rf"\b(?:in|at|from)\s+[A-Z][^,;.]{{1,40}}(?:,|\sand)\s+(?:and\s+)?(?i:{_NUMBER})(?:\s+(?:others?|more|people))?"
    r"\s+(?:in|at|from)\s+(?:the\s+)?[A-Z]"
)
_DASHES: Final = ("-", "\u2010", "\u2011", "\u2013")
_ROUTE: Final = re.compile(
    r"(?:[-\u2010\u2011\u2013][^\W\d_]+(?: [A-Z][^\W\d_]+)?)?\s+(?:[a-z]+\s+)?"
    r"(?:road|highway|motorway|expressway|railway|route|corridor|axis|pipeline)\b",
    re.IGNORECASE,
)
"""Behind the name of one end of a route."""
_LEFT: Final = re.compile(r"\bfrom\s+$")
_BOUND: Final = re.compile(r"\s+to\s+(?:the\s+)?[A-Z]")
_HEADED: Final = re.compile(r"\bfrom\s+[A-Z][\w'\u2019 -]{1,30}\s+to\s+(?:the\s+)?$")
"""Around the two ends of a way: "on a train from Doncaster to London"."""
_COMING: Final = re.compile(
    r"\b"
    + any_of(r"""
    returning coming travelling traveling driving arriving came arrived returned
    on_(?:its|their|his|her)_way(?:_back|_home)?
    """)
    + rf"\s+{ORIGIN.pattern}"
)
"""Before where somebody came from on the way on which it happened."""
_ITS_ROAD: Final = re.compile(r"\s+(?:road|highway|motorway|expressway)\b")
PART: Final = re.compile(
    r"\b(?:locality|village|hamlet|quarter|suburb|neighbou?rhood|section|settlement|township|borough) (?:of|in) "
    r"(?:the )?(?:(?:commune|municipality|town|city|district|township|department|county|canton) of )?$",
    re.IGNORECASE,
)
"""Before the name of what a smaller place lies in, which may be unknown: "in Bercy, a locality of the commune of"."""
_ARRIVED: Final = re.compile(
    r"\b(?:arriv\w+|came|coming|sent|rushed|brought|flew|flown|travell?ed|ferried|dispatched)\s+(?:\w+\s+){0,2}from\s+$",
    re.IGNORECASE,
)
_SCENE: Final = re.compile(
    r"\bat the (?:site|spot)\b|\bthe scene\b|\bthere\b(?! (?:was|were|is|are|had|has|have|will|would)\b)|\bnearby\b|"
    r"\bin the (?:area|city|town|village|district|neighbou?rhood|province|region|camp|market|mine|building)\b",
    re.IGNORECASE,
)
BETWEEN: Final = re.compile(r"\bbetween\s+(?:the\s+\w+\s+of\s+)?$", re.IGNORECASE)
LIES_IN: Final = re.compile(
    r"\s*(?:,|,?\s*(?:in|of)\s)\s*(?:(?:in|of)\s+)?(?:the\s+)?(?:[a-z]+\s+){0,4}(?:of\s+)?(?:the\s+)?"
)
STREET: Final = re.compile(
    r"\b(?:street|road|avenue|square|market|hospital|school|university|station|hotel|mosque|church|bridge|airport|stadium|"
    r"prison|mall|park|tower|building|plaza|boulevard|lane|junction|roundabout)\b",
    re.IGNORECASE,
)
"""What lies in the town itself, and not around it."""
SPEAKS: Final = re.compile(
    r"\s*(?:,\s*(?:where|who|which|whose)\b[^,.;]{1,60},?)?\s*,?\s*"
    + any_of("said says told reported reports confirmed announced counted estimates? put puts spoke")
    + r"\b"
)
REACTS: Final = re.compile(
    r"\b"
    + any_of(r"""
    condemn\w* denounc\w* deplor\w* mourn\w* criticis\w* criticiz\w* prais\w* welcom\w* discuss\w* debat\w* describ\w*
    comment\w* react\w* respond\w* blam\w* accus\w* urg\w* call(?:ed|s|ing)?_for call(?:ed|s|ing)?_on warn\w* spoke
    speaks speaking regret\w* promis\w* ordered vow\w* spokes\w+ express\w* voiced reported_on briefed
    """)
    + r"\b",
    re.IGNORECASE,
)
"""Between a place and a trigger: the place is where somebody spoke of the event."""
_DWELLER: Final = re.compile(
    r"\s+(?:(?:high school|college)\s+)?"
    + any_of("man men woman women teens? teenagers? resident native couple boy girl motorist pensioner businessman")
    + r"\b"
)
"""Behind the name of a town: who lives there."""
GROUNDS: Final = re.compile(
    r"\b(?:over|in connection with|on suspicion of|accused of|linked to|relating to|wanted for)\s", re.IGNORECASE
)
"""Between an arrest and what it is made for."""
WHAT_FOR: Final = re.compile(
    rf"{GROUNDS.pattern}|\b"
    + any_of(r"""
    suspects?_in_(?:the|an?) suspected_of charged_with charges?_of involved_in connected_(?:to|with) in_relation_to
    for_(?:the|an?|his|her|their|allegedly)
    """)
    + r"\s",
    re.IGNORECASE,
)
"""The same, where what stands behind it is a deed; less sure to part the places of the two."""
AGAINST: Final = any_of(r"""
    against over about denounc\w+ condemn\w+ demand\w+ protest(?:ing|ed|s)? in_protest_at in_solidarity_with
    in_support_of call(?:ed|ing|s)?_for to_mark
""")
"""Before what a protest is about."""
AIM: Final = re.compile(r"\b(?:demand|call|protest|denounce|condemn|oppose|support|mark|end)\w*\b", re.IGNORECASE)
"""Between a march and the name of what it was for."""
_CAUSE: Final = re.compile(
    r"\b"
    + AGAINST
    + r"\b[^,;:]{0,80}\b"
    + any_of(r"""
    wars? bombings? bombardment attacks? raids? (?:air)?strikes? offensive operations? killings? murders? deaths?
    massacres? invasion occupation presence deployment crackdown violence riots? coup siege assault conflict fighting
    abuses? atrocities genocide arrests? detention execution beating shooting blockade slaughter
    """)
    + r"\s+(?:[^,;:]{0,40}\s)?(?:in|on|against|of|at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Between a protest and the place of what it is about: "against the offensive in Gaza"."""
_WHY: Final = 200
HOLDER: Final = re.compile(r"[\w\u2019']+\s+in\s+$")
CLOSE_TO: Final = re.compile(r"close to|far from", re.IGNORECASE)
ITS_PEOPLE: Final = re.compile(
    r"\s+"
    + any_of("""
    troops service soldiers? forces members personnel citizens? nationals? embassy consulate military army government
    bases? targets? interests officials? workers? journalists? reporters? diplomats? tourists? police navy ships?
    vessels? tankers? warships? coalition contractors? allies
    """)
    + r"\b"
)
APART: Final = re.compile(
    r"^\s*(?:(?:port|city|town|island|resort)\s+of|(?:,|and|or|,\s*and|as well as|&))\s+"
    r"(?:(?:\w+|(?:at least|another|about) \w+|\w+ (?:others?|more))\s+(?=in\b|at\b|near\b))?"
    r"(?:in\s+|the\s+|at\s+|near\s+|towns? of\s+|city of\s+|port of\s+)*$",
    re.IGNORECASE,
)
"""Between places side by side: "in A and B", "five in A and two in the port of B"."""


def is_elsewhere(before: str, behind: str) -> bool:
    """Tell by the words around a name that somebody speaks or came from there, or was only on the way there."""
    on_its_road = _ITS_ROAD.match(behind) is not None and before.endswith(("on the ", "along the "))
    # "A Toms River teenager was killed": that is where he lived.
    lived = _DWELLER.match(behind) is not None
    # "On the Quetta-Karachi highway": somewhere between, perhaps a day's drive off.
    on_a_way = (before[-1:] in _DASHES or behind[:1] in _DASHES) and _ROUTE.match(behind) is not None
    spoke = _SEAT.search(before) is not None
    by_its_clock = _CLOCK.search(before) is not None
    came = behind.startswith("-bound") or _ARRIVED.search(before) is not None
    return by_its_clock or on_its_road or on_a_way or lived or spoke or came


def is_an_end(before: str, behind: str) -> bool:
    """Tell by the words around a name that it is an end of a way: "on a train from Doncaster to London"."""
    left = _LEFT.search(before) is not None and _BOUND.match(behind) is not None
    return left or _HEADED.search(before) is not None or _COMING.search(before) is not None


def is_home(before: str) -> bool:
    """Tell whether somebody has his home or seat there, or is cared for, and nothing happened before its door."""
    return bool(_RESIDENT.search(before) or (_HOME.search(before) and not _AT_ITS_DOOR.search(before)))


def is_shared_out(text: str) -> bool:
    """Tell whether a sentence shares out a toll over places: "five died in Narsingdi, four in Dhaka and one in ..."."""
    return bool(_SHARED_OUT.search(text))


def is_why(between: str) -> bool:
    """Tell by what stands between a protest and a name that the place is that of what the protest is about."""
    return bool(_CAUSE.search(between[-_WHY:]))


def has_grounds(text: str) -> bool:
    """Tell whether a sentence says what somebody is held for: what is told around it is of that, more than of him."""
    return bool(GROUNDS.search(text))


def at_the_scene(clause: str) -> bool:
    """Tell whether a clause points back to the place of the event before it ("at the scene", "in the city")."""
    return bool(_SCENE.search(clause))
