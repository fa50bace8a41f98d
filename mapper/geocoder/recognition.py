"""What a recogniser says, weighed with what the gazetteer and the words around a name say.

The two know different things. The gazetteer knows which names there are, and never which are meant; the recogniser
reads the sentence, and knows no names. So the recogniser's log-odds join the sum of evidence that a known name needs,
and a name that no gazetteer knows is a place when the recogniser is sure of it: a toponym without a place, said so.

Weights were chosen while looking at the corpora named in `mapper.geocoder.toponyms`.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from mapper.geocoder.lexicon import PARTS, TIME_WORDS
from mapper.records import Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.evidence import NameEvidence
    from mapper.language import Entity, Tags
    from mapper.records import Sentence, ToponymKind

__all__ = ["Surnames", "shown_elsewhere", "surnames", "told_by", "used_as", "weighed"]

RULES, MODEL = 0.55, 0.8
"""What a unit of the rules' evidence, and what a unit of the recogniser's log-odds, counts in the sum."""

EDGE = 0.02
"""No chance counts as smaller than this or larger than one less it: a recogniser is never surer than four log-odds."""

PART = 0.2
"""What counts for a part of a longer name of a place: neither for nor against."""

SOMEONE = 0.4
"""Chance of being a person or an organisation from which an unknown name is not taken for a place."""

PERSON = 0.8
"""Probability from which a name is surely a person's, so that its last word may be meant where it stands alone."""

SURNAMES = 2
"""How many other mentions of somebody count against a town of that name; one with a given name counts for two."""

STREET = 0.85
"""Probability from which what ends in "Street" or "Road" is one."""

LANDMARK = 0.5
"""Probability from which what ends in "Rocks" or "Reef" is one, and not the place that its first words name."""

SURE_USE, SURE_LITERAL = 0.6, 0.97
"""Probability from which the recogniser says what a name is used for, and against rules that saw more than a place."""

UNKNOWN, KNOWN = 0.97, 0.9
"""Probability from which a name is taken that the gazetteer lacks, and one that it has but the rules passed over."""


def weighed(tags: Tags, score: float, start: int, end: int, evidence: NameEvidence) -> float:
    """Add what a recogniser says of a stretch to the evidence of the rules."""
    chance = tags.whole(start, end, "place")
    if chance < PART <= tags.chance(start, end, "place"):
        chance = PART  # the place in "East Bank Middle School": a longer name has it, so the rules decide
    if evidence.demonym:
        chance = max(chance, tags.whole(start, end, "demonym"))
    chance = min(1.0 - EDGE, max(EDGE, chance))
    return RULES * score + MODEL * math.log(chance / (1.0 - chance))


Surnames = dict[str, dict[int, int]]
"""Surname, in small letters -> where it ends, each time -> what it shows: 2 with a given name before it, else 1."""


def surnames(tags: Tags, sentences: Sequence[Sentence]) -> Surnames:
    """Give the surnames of those whom a recogniser surely takes for people; a possessive is no part of a name."""
    found: Surnames = {}
    for entity in tags.entities("person"):
        name = _POSSESSIVE.sub("", _text_of(entity, sentences))
        if entity.probability >= PERSON and name.strip():
            *given, surname = name.lower().split()
            found.setdefault(surname, {})[entity.start + len(name)] = 2 if given else 1
    return found


def shown_elsewhere(people: Surnames, name: str, end: int) -> int:
    """Give how much the other mentions in a text show that a name, which ends here, is somebody's: up to `SURNAMES`."""
    return min(SURNAMES, sum(shown for at, shown in people.get(name.lower(), {}).items() if at != end))


def told_by(
    tags: Tags, found: Sequence[Toponym], sentences: Sequence[Sentence], gazetteer: Gazetteer, people: Surnames
) -> list[Toponym]:
    """Give the toponyms found by rules and those that the recogniser alone is sure of.

    Parameters
    ----------
    found
        In text order, without overlaps.
    people
        The text's, by surname: what the rules nowhere take for a place is theirs, whatever the recogniser says.
    """
    streets = [e for e in tags.entities("place") if _is_street(e, sentences, gazetteer)]
    marks = [e for e in tags.entities("place") if _is_landmark(e, sentences, gazetteer)]
    # "Cowley Road" is no town of Cowley: the street takes the place of the name inside it.
    found = [t for t in found if not any(e.start <= t.start and t.end <= e.end for e in (*streets, *marks))]
    taken, named = [(t.start, t.end) for t in found], {t.text for t in found}
    added: list[Toponym] = []
    for entity in tags.entities("place"):
        if any(start < entity.end and entity.start < end for start, end in taken):
            continue
        name = _text_of(entity, sentences)
        if name not in named and shown_elsewhere(people, _POSSESSIVE.sub("", name), entity.end) == SURNAMES:
            continue
        someone = max(tags.chance(entity.start, entity.end, head) for head in ("person", "organisation"))
        if _is_name(name) and someone < SOMEONE and entity.probability >= _enough(entity, streets, name, gazetteer):
            added.append(Toponym(entity.start, entity.end, name, used_as(tags, entity.start, entity.end, "literal")))
    return [*found, *added]


def _text_of(entity: Entity, sentences: Sequence[Sentence]) -> str:
    """Give the words of an entity; nothing where it runs over the end of a sentence."""
    at = bisect_right(sentences, entity.start, key=lambda s: s.start) - 1
    if at < 0 or entity.end > sentences[at].end:
        return ""
    return sentences[at].text[entity.start - sentences[at].start : entity.end - sentences[at].start]


def _enough(entity: Entity, streets: Sequence[Entity], name: str, gazetteer: Gazetteer) -> float:
    return STREET if entity in streets else KNOWN if gazetteer.knows(name) else UNKNOWN


def _is_street(entity: Entity, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> bool:
    """Say whether an entity is surely a street that the gazetteer lacks, by its last word."""
    words = _text_of(entity, sentences).rstrip(".").split()
    if len(words) < 2 or words[-1].lower() not in _STREETS or entity.probability < STREET:
        return False
    return not gazetteer.knows(" ".join(words))


def _is_landmark(entity: Entity, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> bool:
    """Say whether an entity is a rock, a reef or a ridge that the gazetteer lacks: "Mexico Rocks" is not Mexico."""
    words = _text_of(entity, sentences).split()
    if len(words) < 2 or words[-1] not in _LANDMARKS or entity.probability < LANDMARK:
        return False
    return not gazetteer.knows(" ".join(words))


_POSSESSIVE = re.compile(r"['’]s?$")
_LANDMARKS = frozenset(
    """Rock Rocks Reef Reefs Cay Caye Key Keys Shoal Shoals Point Head Cape Cove Lagoon Ridge Heights Bluff Cliffs
    Canyon Gorge Glacier Creek Falls Spring Springs Wells Woods Swamp Marsh Dunes Cave Caves""".split()
)
_STREETS = frozenset("street st road rd avenue ave drive dr lane ln boulevard blvd highway hwy parkway pkwy".split())


def _is_name(name: str) -> bool:
    """Whether a stretch can be a name at all: letters, a capital among them, no weekday, no part of a town."""
    return (
        len(name) > 2
        and "\n" not in name
        and any(map(str.isalpha, name))
        and name != name.lower()
        and name.lower() not in TIME_WORDS
        and not PARTS.issuperset(name.lower().replace("-", " ").split())
    )


def used_as(tags: Tags | None, start: int, end: int, told: ToponymKind) -> ToponymKind:
    """Say what a name is used for: what the recogniser is sure of, else what the words around it told."""
    if tags is None or told == "demonym":
        return told
    kind, chance = tags.likeliest(start, end, "kind")
    # Rules that say "metonymic" or "embedded" are seldom wrong: "killed in the US strike".
    enough = SURE_USE if told == "literal" else SURE_LITERAL
    return _KINDS[kind] if chance >= enough else told


_KINDS: dict[str, ToponymKind] = {"literal": "literal", "metonymic": "metonymic", "embedded": "embedded"}
