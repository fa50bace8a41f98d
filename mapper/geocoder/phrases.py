"""Spatial language around a place name: which words of a text move, narrow or widen the place it names.

Reading only: every phrase is told with its span and its figures; `mapper.geocoder.spatial` makes geometry of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapper.geocoder.lexicon import DESCRIBED
from mapper.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.records import Toponym

__all__ = ["OwnSector", "Phrase", "PhraseKind", "bearing_of", "own_sector", "phrase_of"]

PhraseKind = Literal[
    "offset", "ring", "direction", "sector", "between", "border", "coast", "near", "facility", "beside", "contained"
]
"""What a spatial phrase says of the place after it."""

_METRES = {
    "km": 1_000.0, "kilometer": 1_000.0, "kilometre": 1_000.0, "mile": 1_609.344, "mi": 1_609.344, "m": 1.0,
    "meter": 1.0, "metre": 1.0, "nautical mile": 1_852.0, "nm": 1_852.0,
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "half a": 0.5, "half an": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "a dozen": 12, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "a hundred": 100, "several": 5, "a few": 4,
}  # fmt: skip
_WINDS = (
    r"(?:north|south|east|west)[- ](?:north|south)[- ]?(?:east|west)(?:ern)?|(?:north|south)[- ]?(?:east|west)(?:ern)?"
    r"|(?:north|south|east|west)(?:ern)?|central|centre|center|middle|downtown"
)
_WIND_STEMS = ("north", "south", "east", "west", "cent", "middle", "downtown")
_SHORT_WINDS = r"(?-i:[NS]?[NS][EW]|[EW][NS][EW]|[NSEW])"
_UNIT = r"nautical miles?|kilomet(?:er|re)s?|kms?|miles?|mi|met(?:er|re)s?|nm|m"
_WORDS = "|".join(sorted((w for w in _NUMBERS if " " not in w), key=len, reverse=True))
_NUMBER = (
    r"\d[\d,]*(?:\.\d+)?|a dozen|a hundred|a few|half an?|(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty[- ])?"
    rf"(?:{_WORDS})(?:[- ]and[- ]a[- ]half)?"
)
# What may stand between the phrase and the name: "the Iraqi capital", "the port city of", "Ukraine's".
_LEAD = (
    r"(?:[\w-]+['’]s\s+)?(?:the\s+)?(?:(?:[a-z]+ern\s+|[A-Z][a-z]+(?:i|an|ish|ese|ian)\s+)?"
    r"(?:capital|port|border|coastal|provincial|city|town|village|district|province|governorate|state|county|region|island)"
    r"(?:\s+(?:city|town|capital))?(?:\s+of)?,?\s+(?:of\s+)?(?:the\s+)?)?"
)
_OFFSET = re.compile(
    rf"\b(?P<number>{_NUMBER})[\s-]?(?P<unit>{_UNIT})(?:\s*\([^)]{{1,24}}\))?"
    rf"(?:\s+(?:to\s+the\s+|due\s+|further\s+)?(?P<wind>{_WINDS}|{_SHORT_WINDS})(?:\s+(?:of|from))?|\s+(?:outside|away\s+from|from|inland\s+from|(?P<off>off)))\s+"
    r"(?:the\s+(?:coasts?|shores?|coastline)\s+of\s+)?"
    rf"{_LEAD}$",
    re.IGNORECASE,
)
_SECTOR_OF = re.compile(
    rf"\bthe\s+(?:far\s+|extreme\s+)?(?P<wind>{_WINDS})(?:\s+(?:parts?|side|half|end|suburbs?|outskirts|edge|corner|districts?|areas?"
    rf"|regions?|neighbou?rhoods?|countryside))?\s+of\s+{_LEAD}$",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    rf"\b(?P<wind>{_WINDS})\s+(?:parts?|side|half|end|suburbs?|outskirts|edge|corner|districts?|areas?|regions?|neighbou?rhoods?"
    rf"|countryside)\s+of\s+{_LEAD}$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(rf"\b(?:just\s+|due\s+)?(?P<wind>{_WINDS})\s+of\s+{_LEAD}$", re.IGNORECASE)
_ADJECTIVE = re.compile(rf"(?:^|[\s(“\"])(?P<wind>{_WINDS})[\s-]+$", re.IGNORECASE)
_POSSESSED = re.compile(
    r"^['’]s\s+(?:far\s+)?(?P<wind>(?:north|south)[- ]?(?:east|west)(?:ern)?|(?:north|south|east|west)(?:ern)?)\b"
)
_OWN_ADJECTIVE = re.compile(rf"^(?:the\s+)?(?P<wind>{_WINDS})\s+(?=\w)", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"\b(?:(?:(?:on|along)\s+)?(?:the|a)\s+(?:[\w-]+\s+){{0,2}}?(?:road|highway|motorway|expressway|railway|route|border)\s+"
    rf"(?:(?:that|which)\s+)?)?"
    rf"(?:(?:between|link(?:ing|s)|connect(?:ing|s)|join(?:ing|s))\s+{_LEAD}"
    rf"|(?:road|highway|motorway|expressway|railway|line|route)\s+(?:(?:that|which)\s+)?(?:(?:runs?|leads?|leading|running|goes)\s+)?"
    rf"from\s+{_LEAD})$",
    re.IGNORECASE,
)
_AT_BORDER = (
    rf"(?:\b(?P<number>{_NUMBER})[\s-]?(?P<unit>{_UNIT})\s+(?:away\s+)?(?:from|of|off|inside)\s+"
    r"|\b(?:near|along|at|on|by|close\s+to|across)\s+)?"
)
_BORDER = re.compile(
    rf"{_AT_BORDER}\b(?:the|its|their|his|a|[\w-]+['’]s)\s+(?:[\w-]+\s+)?(?:border|frontier)s?\s+(?:with|of|to)\s+{_LEAD}$",
    re.IGNORECASE,
)
_BORDER_BEFORE = re.compile(rf"{_AT_BORDER}\b(?:the\s+)$", re.IGNORECASE)
_BORDER_AFTER = re.compile(
    r"^['’]?s?\s+(?:[a-z]+ern\s+)?(?:border|frontier)\b"
    r"(?!\s+(?:town|city|village|province|state|district|guard|police|force|patrol|troop|official|agen))"
)
_COAST = re.compile(
    rf"\b(?:(?:waters|sea)\s+)?off\s+(?:of\s+)?(?:the\s+)?(?:(?P<wind>{_WINDS})\s+)?(?:(?:coasts?|shores?|coastline)\s+of\s+)?{_LEAD}$",
    re.IGNORECASE,
)
_BAY_OF = re.compile(rf"\b(?:the\s+)?(?:bay|gulf|lagoon|straits?|estuary|roadstead)\s+of\s+{_LEAD}$", re.IGNORECASE)
"""Before the town that a water is called after, where the gazetteer lacks the water: "the Bay of Vlorë"."""
_COAST_BEFORE = re.compile(r"\boff\s+(?:the\s+)?$", re.IGNORECASE)
_COAST_AFTER = re.compile(rf"^['’]?s?\s+(?:(?P<wind>{_WINDS})\s+)?(?:coasts?|shores?|coastline)\b")
_NEAR = re.compile(
    rf"\b(?:near|close\s+to|outside|just\s+outside|on\s+the\s+outskirts\s+of|outskirts\s+of|in\s+the\s+vicinity\s+of|not\s+far\s+from|around)\s+{_LEAD}$",
    re.IGNORECASE,
)
_FACILITY = re.compile(
    rf"\b(?P<phrase>(?:the|a|an|another|one)\s+(?:[\w’'-]+\s+){{0,3}}?(?P<head>{'|'.join(sorted(DESCRIBED))})s?)\s+"
    rf"(?P<prep>in|near|at|outside|inside|of)\s+{_LEAD}$",
    re.IGNORECASE,
)
_CONTAINED = re.compile(
    r"\b(?:in|of|from|to|across)\s+(?:the\s+)?(?:[a-z]+ern\s+)?"
    r"(?:province|governorate|state|district|county|city|town|village|region|port|island|capital)(?:\s+city)?\s+(?:of\s+)?$",
    re.IGNORECASE,
)
_BESIDE = (
    r"airports?|airfields?|air\s?bases?|ports?|harbou?rs?|refiner(?:y|ies)|base|garrison|barracks|prison|jail|dam|power\s+plant"
    r"|power\s+station|oil\s+terminal|terminal|shipyard|docks|naval\s+base|military\s+base|oil\s+field|gas\s+field|seaport"
)
_BESIDE_AFTER = re.compile(
    rf"^(?:['’]s)?\s+(?:(?:main|old|new|international|civil|civilian|military|sea|oil|gas|naval|commercial|nearby|central|fuel"
    rf"|fishing|container)\s+){{0,2}}(?P<head>{_BESIDE})\b(?!\s+(?:city|town|of)\b)"
)
_BESIDE_OF = re.compile(
    rf"(?:\bthe\s+|(?<=['’]s\s))(?:[a-z]+\s+)?(?P<head>{_BESIDE})\s+(?:of|at|in)\s+(?:the\s+(?:city|town)\s+of\s+)?$"
)
_ROAD = re.compile(r"^\s+(?:[a-z]+\s+)?(?:road|highway|motorway|expressway|railway|route)\b")
_POSSESSOR = re.compile(rf"['’]s\s+(?:{_WINDS}\s+)?{_LEAD}", re.IGNORECASE)
_ITS_TOWN = re.compile(r"['’]s\s+(?:[a-z-]+\s+){0,4}?(?:city|capital|town|port|village|metropolis)\b")
_TELLING = re.compile(
    r"\b(?:north|south|east|west|central|cent(?:re|er)|middle|downtown|between|link|connect|join|road|highway|motorway"
    r"|expressway|railway|line|route|border|frontier|off|near|close|outside|outskirts|vicinity|far|around|along"
    r"|bay|gulf|lagoon|straits?|estuary|roadstead|kilomet|kms?\b|miles?\b|mi\b|met(?:er|re)|nm\b|m\b"
    r"|province|governorate|state|district|county|city|town|village|region|port|island|capital"
    rf"|{_BESIDE}|{'|'.join(sorted(DESCRIBED))})"
)
"""A word, in small letters, that every phrase has one of, as few names have around them."""
_MEASURE = re.compile(r"[\s\d-](?:nautical|kilomet|kms?\b|miles?\b|mi\b|met(?:er|re)|nm\b|m\b)")
"""A unit of length, in small letters, after its figure."""
_GENERIC_HEADS = frozenset("village town district city neighbourhood neighborhood area region border port".split())
_WINDOW = 90
_FULL_LINE = 50


@dataclass(frozen=True, slots=True)
class Phrase:
    """A spatial phrase around a toponym.

    Attributes
    ----------
    span
        From the first word of the phrase to the end of the toponym (or of the word after it).
    bearing
        Degrees clockwise from north; None is "central" for a sector, unknown otherwise.
    distance_m
        Metres, as the text gives them.
    head
        The facility that is described ("base").
    other
        Index of the second toponym ("between A and B").
    """

    kind: PhraseKind
    span: Span
    bearing: float | None = None
    distance_m: float | None = None
    head: str | None = None
    other: int | None = None


def bearing_of(wind: str) -> float | None:
    """Degrees clockwise from north of "north", "north-eastern", "ENE" ...; None for the middle."""
    from mapper.geocoder.geodesy import BEARINGS  # noqa: PLC0415

    if wind.isupper() and len(wind) <= 3:
        wind = "".join(_LETTERS[letter] for letter in wind)
    return BEARINGS.get(re.sub(r"[- ]|ern$", "", wind.lower()))


_LETTERS = {"N": "north", "E": "east", "S": "south", "W": "west"}


def phrase_of(text: str, toponyms: list[Toponym], index: int) -> Phrase | None:
    """Give the spatial phrase that a toponym stands in, the most telling one first; None where there is none."""
    toponym = toponyms[index]
    before = _clause_before(text, toponym.start)
    after = text[toponym.end : toponym.end + 40].replace("\n", " ")
    lower = before.lower()
    # The searches below are dear: what most names lack is asked first.
    if not (_TELLING.search(lower) or _TELLING.search(after.lower())):
        return None

    def span(start_in_before: int, end: int = toponym.end) -> Span:
        start = toponym.start - len(before) + start_in_before
        return Span(start, end, text[start:end])

    if phrase := _border(before, after, toponym, span):
        return phrase
    following = text[toponym.end : toponyms[index + 1].start] if index + 1 < len(toponyms) else ""
    if _POSSESSOR.fullmatch(following) or _ITS_TOWN.match(after):
        before = ""  # "20 km north of Iraq's Kirkuk", "in the north of Iraq's capital": the phrase is about the town
    if _MEASURE.search(lower) and (found := _OFFSET.search(before)):
        return _offset(found, span(found.start()))
    if phrase := _between(text, toponyms, index):
        return phrase
    if phrase := _coast(before, after, toponym, span):
        return phrase
    windy = before != "" and any(wind in lower for wind in _WIND_STEMS)
    for pattern in (_SECTOR_OF, _PART_OF) if windy else ():
        if found := pattern.search(before):
            return Phrase("sector", span(found.start()), bearing=bearing_of(found["wind"]))
    if found := _BESIDE_AFTER.match(after):
        return Phrase("beside", span(len(before), toponym.end + found.end()), head=found["head"].lower())
    if found := _BESIDE_OF.search(before):
        return Phrase("beside", span(found.start()), head=found["head"].lower())
    if (
        (found := _FACILITY.search(before))
        and found["head"].islower()
        and not (found["head"].lower() in _GENERIC_HEADS and found["prep"].lower() == "of")
    ):
        kind: PhraseKind = "near" if found["prep"].lower() in {"near", "outside"} else "facility"
        return Phrase(kind, span(found.start("phrase")), head=found["head"].lower())
    if windy and (found := _DIRECTION.search(before)):
        return Phrase("direction", span(found.start()), bearing=bearing_of(found["wind"]))
    if windy and (found := _ADJECTIVE.search(before)):
        return Phrase("sector", span(found.start("wind")), bearing=bearing_of(found["wind"]))
    if found := _POSSESSED.match(after):
        return Phrase("sector", span(len(before), toponym.end + found.end()), bearing=bearing_of(found["wind"]))
    if found := _NEAR.search(before):
        return Phrase("near", span(found.start()))
    if found := _CONTAINED.search(before):
        return Phrase("contained", span(found.start()))
    return None


class OwnSector(NamedTuple):
    """A sector that a toponym names itself, and its name without the compass word."""

    phrase: Phrase
    rest: str


def own_sector(toponym: Toponym, place_name: str) -> OwnSector | None:
    """Give the sector a toponym names itself ("Western Pennsylvania") where its place's name has no compass word."""
    found = _OWN_ADJECTIVE.match(toponym.text)
    if not found or _OWN_ADJECTIVE.match(place_name):
        return None
    phrase = Phrase("sector", Span(toponym.start, toponym.end, toponym.text), bearing=bearing_of(found["wind"]))
    return OwnSector(phrase, toponym.text[found.end() :])


def _offset(found: re.Match[str], span: Span) -> Phrase:
    wind = found["wind"]
    bearing = bearing_of(wind) if wind else None
    kind: PhraseKind = "offset" if bearing is not None else "coast" if found["off"] else "ring"
    return Phrase(kind, span, bearing=bearing, distance_m=_metres(found))


def _metres(found: re.Match[str]) -> float | None:
    """Read the distance of a match, as figures ("1,200") or in words ("thirty-five", "two and a half")."""
    if not found["number"]:
        return None
    unit, number = found["unit"].lower(), found["number"].lower()
    metres = _METRES.get(unit) or _METRES[unit.removesuffix("s")]
    if number[0].isdigit():
        return float(number.replace(",", "")) * metres
    more = 0.0
    if number.endswith(("and a half", "and-a-half")):
        number, more = number[: -len("-and-a-half")], 0.5
    if number in _NUMBERS:
        return (_NUMBERS[number] + more) * metres
    tens, ones = re.split("[- ]", number)
    return (_NUMBERS[tens] + _NUMBERS[ones] + more) * metres


def _between(text: str, toponyms: list[Toponym], index: int) -> Phrase | None:
    """Read "between A and B", "the road from A to B", "the A-B highway"; seen from either end."""
    first = index
    if index + 1 >= len(toponyms) or not _joined(text, toponyms, index):
        first = index - 1
    if first < 0 or not _joined(text, toponyms, first):
        return None
    one, other = toponyms[first], toponyms[first + 1]
    gap = text[one.end : other.start]
    lead = _BETWEEN.search(_clause_before(text, one.start))
    road = _ROAD.match(text[other.end : other.end + 40])
    if not (lead and re.fullmatch(rf"\s+(?:and|to|with)\s+{_LEAD}", gap)) and not (
        road and re.fullmatch(r"\s?[-–]\s?|\s+to\s+", gap)
    ):
        return None
    start = one.start - (len(lead.string) - lead.start() if lead else 0)
    end = other.end + (road.end() if road else 0)
    if lead and "border" in lead.group().lower():
        return Phrase("border", Span(start, end, text[start:end]), other=first + 1 if index == first else first)
    return Phrase("between", Span(start, end, text[start:end]), other=first + 1 if index == first else first)


def _joined(text: str, toponyms: list[Toponym], first: int) -> bool:
    if first + 1 >= len(toponyms):
        return False
    gap = text[toponyms[first].end : toponyms[first + 1].start]
    return len(gap) < 60 and re.fullmatch(rf"\s+(?:and|to|with)\s+{_LEAD}|\s?[-–]\s?", gap) is not None


def _border(before: str, after: str, toponym: Toponym, span: Callable[..., Span]) -> Phrase | None:
    lower = before.lower()
    if ("border" in lower or "frontier" in lower) and (found := _BORDER.search(before)):
        return Phrase("border", span(found.start()), distance_m=_metres(found))
    if (tail := _BORDER_AFTER.match(after)) and (found := _BORDER_BEFORE.search(before)):
        return Phrase("border", span(found.start(), toponym.end + tail.end()), distance_m=_metres(found))
    return None


def _coast(before: str, after: str, toponym: Toponym, span: Callable[..., Span]) -> Phrase | None:
    if (tail := _COAST_AFTER.match(after)) and (found := _COAST_BEFORE.search(before)):
        bearing = bearing_of(tail["wind"]) if tail["wind"] else None
        return Phrase("coast", span(found.start(), toponym.end + tail.end()), bearing=bearing)
    if found := _BAY_OF.search(before):
        return Phrase("coast", span(found.start()))
    if "off" in before.lower() and (found := _COAST.search(before)):
        wind = found["wind"]
        return Phrase("coast", span(found.start()), bearing=bearing_of(wind) if wind else None)
    return None


def _clause_before(text: str, start: int) -> str:
    """Give the words before an offset, no further than the line or sentence reaches."""
    before = text[max(0, start - _WINDOW) : start].rsplit("\n\n", 1)[-1]
    broken = before.rfind("\n")
    if broken >= 0:
        end = start - len(before) + broken
        line = end - text.rfind("\n", max(0, end - _WINDOW), end)
        # A full line before a break only ran out of room; a short one is a heading or an item of a list.
        before = before.replace("\n", " ") if line > _FULL_LINE else before[broken + 1 :]
    return re.split(r"(?<=[a-z)”\"][.!?])\s(?=[A-Z“\"])", before)[-1]
