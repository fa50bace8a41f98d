"""With what it was done, and who says so: names as the text has them."""

from __future__ import annotations

import re
from typing import Final

from mapper.incidents.patterns import any_of
from mapper.records import Actor, Span

__all__ = ["attributions", "weapon"]


_PROPER: Final = (
    r"(?:[A-Z][\w\u2019'.-]*|al-[A-Z]\w+)"
    r"(?:\s+(?:of\s+|and\s+the\s+|in\s+(?=[A-Z][a-z]+\s))?(?:[A-Z][\w\u2019'-]*|al-[A-Z]\w+)){0,5}"
)
_SPEAKERS: Final = any_of("""
    officials? sources? police spokes(?:man|woman|person) ministry agency army military residents? witnesses authorities
    doctors medics governor mayor rescuers organi[sz]ers union directorate department committee
""")
_SPEAKER_QUALIFIER: Final = any_of("""
    [Tt]he [Aa]n? [Tt]wo [Tt]hree [Ss]everal [Ss]ecurity [Ll]ocal [Mm]edical [Hh]ospital [Pp]olice [Ss]tate [Mm]ilitary
    [Ss]enior [Rr]escue
""")
_SAYS: Final = any_of("said says reported confirmed told announced added stated puts?_the gives?_a gave_a")

_SAID: Final = re.compile(
    rf"(?<![\w\u2019'-])(?P<who>(?:{_SPEAKER_QUALIFIER}\s+){{0,4}}(?:{_PROPER}\s+(?:[a-z]+\s+){{0,2}}?{_SPEAKERS}|{_PROPER}|{_SPEAKERS})(?:\s+(?:of|from|in)\s+(?:the\s+)?\w+)?)"
    rf"\s*,?\s+{_SAYS}\b"
)
_ACCORDING: Final = re.compile(
    rf"\b[Aa]ccording to\s+(?P<who>(?:the\s+|a\s+)?(?:[a-z]+\s+){{0,3}}?"
    rf"(?:{_PROPER}\s+(?:[a-z]+\s+){{0,2}}?{_SPEAKERS}|{_PROPER}|{_SPEAKERS}))"
)
_WEAPON: Final = re.compile(
    r"\b(?P<what>"
    + any_of(r"""
    (?:armed_|attack_|kamikaze_|one-way_|Shahed_)?drones?(?:_strikes?)? air[\s-]?strikes?
    (?:cruise_|ballistic_|anti-ship_)?missiles?
    rockets? mortars?(?:_(?:shells?|rounds?))? artillery shells barrel_bombs? car_bombs? truck_bombs? roadside_bombs?
    suicide_(?:vest|belt|bomb) improvised_explosive_devices? IEDs? land[\s-]?mines? hand_grenades? grenades?
    petrol_bombs? explosives? bombs? assault_rifles? rifles? guns? gunfire pistols? kni(?:fe|ves) machetes? tear_gas
    molotov_cocktails? acid
    """)
    + r")\b",
    re.IGNORECASE,
)

_LONGEST_SENTENCE: Final = 1500

_NO_ACTOR: Final = frozenset(
    """the a an it he she they we this that these those there in on at but and as after monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september october november
    december""".split()
)


def weapon(text: str) -> str | None:
    """Name the first weapon of a text, as written; None if it has none."""
    match = _WEAPON.search(text)
    return match.group("what") if match else None


def attributions(sentence: str, offset: int) -> list[Actor]:
    """Find who says so: "police said", "according to the ministry".

    Parameters
    ----------
    offset
        Where the sentence starts in the document.
    """
    found: dict[str, Actor] = {}
    for pattern in (_SAID, _ACCORDING):
        for match in pattern.finditer(sentence[:_LONGEST_SENTENCE]):
            actor = _actor(match, offset)
            if actor is not None:
                found.setdefault(actor.name.lower(), actor)
    return list(found.values())


def _actor(match: re.Match[str], offset: int) -> Actor | None:
    start, name = match.start("who"), match.group("who").strip()
    for article in ("the ", "The "):
        if name.startswith(article):
            start += len(article)
            name = name[len(article) :]
    words = name.split()
    if len(name) < 2 or not words or words[0].lower() in _NO_ACTOR:
        return None
    return Actor(name, Span(offset + start, offset + start + len(name), name))
