"""One gold incident beside one predicted: where they agree, and which belong together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from mapper.evaluation.countries import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapper.evaluation.answers import Answer
    from mapper.evaluation.muc_key import Filler, GoldDate, GoldIncident, Range

__all__ = ["WHO", "agreement", "align", "match_fillers"]

WHO: Final = ("perpetrators", "targets")

_WORTH: Final = {
    "type": 1.0, "date": 1.0, "date_exact": 0.5, "country": 0.25, "place_any": 0.5, "place": 1.0, "killed": 0.5,
    "injured": 0.25,
}  # fmt: skip
"""What agreement in a slot adds to the score of a pair."""
_ENOUGH: Final = 2
"""Agreements that make a pair of incidents whose types differ."""
_NO_PART_OF_NAME: Final = frozenset(
    """the a an of and de la el del los las mr mrs dr gen general col colonel maj major capt captain lt sgt president
    minister father alleged suspected""".split()
)


def agreement(gold: GoldIncident, answer: Answer) -> dict[str, bool]:
    """Say for every slot that both fill whether they agree."""
    agrees = {}
    if answer.types:
        agrees["type"] = bool(gold.types & answer.types)
    if gold.dates and answer.date:
        agrees["date"] = any(d.start <= answer.date[1] and answer.date[0] <= d.end for d in gold.dates)
        agrees["date_exact"] = any(_same_days(d, answer.date) for d in gold.dates)
    if gold.countries and answer.country:
        agrees["country"] = answer.country in gold.countries
    if gold.finest and answer.names:
        agrees["place_any"] = bool(gold.finest.intersection(answer.names))
    if (gold.finest or gold.country_enough) and answer.names:
        as_country = gold.country_enough and answer.finest_is_country and answer.country in gold.countries
        agrees["place"] = as_country or answer.names[0] in gold.finest
    for slot in ("killed", "injured"):
        wanted: Range | None = getattr(gold, slot)
        given: Range | None = getattr(answer, slot)
        if wanted and given:
            agrees[slot] = _meet(wanted, given)
            if wanted[0] == wanted[1]:
                agrees[f"{slot}_exact"] = wanted == given
    return agrees


def _same_days(gold: GoldDate, days: tuple[object, object]) -> bool:
    return days[1] == gold.end and (gold.only_end or days[0] == gold.start)


def _meet(one: Range, other: Range) -> bool:
    highest, other_highest = (math.inf if high is None else high for _, high in (one, other))
    return one[0] <= other_highest and other[0] <= highest


def align(golds: Sequence[GoldIncident], answers: Sequence[Answer]) -> dict[int, int]:
    """Pair the incidents of one document one to one, the best pair first: index of the gold -> index of the answer."""
    scored = [
        (-_score(gold, answer), i, j)
        for i, gold in enumerate(golds)
        for j, answer in enumerate(answers)
        if _may_pair(gold, answer)
    ]
    pairs: dict[int, int] = {}
    taken = set[int]()
    for _, i, j in sorted(scored):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _score(gold: GoldIncident, answer: Answer) -> float:
    agrees = agreement(gold, answer)
    score = sum(worth for slot, worth in _WORTH.items() if agrees.get(slot))
    for slot in WHO:
        hits, wanted, given = match_fillers(getattr(gold, slot), getattr(answer, slot))
        score += 2.0 * hits / (wanted + given) if hits else 0.0
    return score


def _may_pair(gold: GoldIncident, answer: Answer) -> bool:
    """Tell whether two incidents may be one: of one type, or alike in two things rarer than a day or a country."""
    agrees = agreement(gold, answer)
    if agrees.get("type"):
        return True
    place = bool(agrees.get("place") or agrees.get("place_any"))
    told = [place, *(bool(agrees.get(slot)) for slot in ("date_exact", "killed", "injured"))]
    told += [match_fillers(getattr(gold, slot), getattr(answer, slot))[0] > 0 for slot in WHO]
    return sum(told) >= _ENOUGH


# Names ---------------------------------------------------------------------------------------------------------------


def match_fillers(gold: Sequence[Filler], names: Sequence[str]) -> tuple[int, int, int]:
    """Pair names one to one, equal ones first.

    Returns
    -------
    tuple
        How many agree; how many gold fillers count (an optional one only where it was hit); how many names were given.
    """
    hit, used = set[int](), set[int]()
    rules: tuple[Callable[[str, str], bool], ...] = (_equal, _alike)
    for rule in rules:
        for i, filler in enumerate(gold):
            for j, name in enumerate(names):
                if i not in hit and j not in used and any(rule(known, name) for known in filler.names):
                    hit.add(i)
                    used.add(j)
    missed = sum(not filler.optional for i, filler in enumerate(gold) if i not in hit)
    return len(hit), len(hit) + missed, len(names)


def _equal(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _alike(one: str, other: str) -> bool:
    """Tell whether one name holds the other as whole words, or half of all their words are shared."""
    words, others = _words(one), _words(other)
    if not words or not others:
        return False
    return words <= others or others <= words or 2 * len(words & others) >= len(words | others)


def _words(name: str) -> set[str]:
    words = fold(name).split()
    kept = [word for word in words if word not in _NO_PART_OF_NAME] or words
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in kept}
