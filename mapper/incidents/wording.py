"""Do several reports tell of one incident in words that belong to it alone? For where day or place does not say so.

A report often leaves out the day, or names no more than a country. Then the names, numbers and rare words of the
sentences that tell of the incident are what shows that two of them are one: each word weighs the more the fewer
incidents of the kind have it, and a name more than other words (`likeness` of a search engine, TF-IDF). What speaks
against it, days or places or tolls that cannot be one, counts for more than any words.

The thresholds were chosen on the training part of ECB+ (Cybulska and Vossen 2014).
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mapper.records import Incident

__all__ = ["Word", "join_by_words", "words_of"]

Word = int
"""A word's digest, shifted by one; the lowest bit says that it is a name or a number."""

_ALIKE: Final = 0.16  # from this on two groups of tellings are one
_AT_LEAST: Final = 200  # so many incidents are thought to be there: two reports alone do not show what is rare
_NEARBY: Final = 0.05  # what places that agree add
_NAME: Final = 1.5  # what a name weighs, a word being 1
_HOLDERS: Final = 64  # a word of so many groups finds none of them
_LONG: Final = 4  # letters that are left when an ending is cut off

_WORD: Final = re.compile(r"[^\W_]+")
_ENDINGS: Final = ("ings", "ing", "ed", "es", "s", "ers", "er")
_COMMON: Final = frozenset(
    """the a an and or of in on at to for from by with without as is was were are be been being has have had he she it
    they his her its their who whom which what that this these those there here not no but after before when while where
    into over out up down off about around than then also i we you him them will would could may can did do does mr mrs
    said says say told police official officials according report reports reported monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october november december today
    yesterday night morning afternoon evening week month year last more one two three least people""".split()
)
"""Words of any report: of grammar, of saying, and of the calendar, which is compared as such."""


def words_of(incident: Incident) -> tuple[Word, ...]:
    """Give the words of the sentences that tell of an incident, each once, without common ones and endings."""
    found: dict[Word, None] = {}
    # Where it happened is compared as such: that two reports name the same country shows nothing more.
    places = {
        word.lower()
        for place in incident.places
        for name in (place.name, place.resolution.toponym.text, place.resolution.place and place.resolution.place.name)
        for word in _WORD.findall(name or "")
    }
    for said in incident.evidence:
        if said.field != "incident":
            continue
        for number, match in enumerate(_WORD.finditer(said.text)):
            word = match.group()
            low = word.lower()
            if low in _COMMON or len(low) == 1:
                continue
            name = low not in places and (word.isdigit() or (number > 0 and word[0].isupper()))
            found[zlib.crc32(_stem(low).encode("utf-8", "surrogatepass")) << 1 | name] = None
    return tuple(sorted(found))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LONG:
            return word[: -len(ending)]
    return word


def join_by_words(
    groups: Sequence[Sequence[Sequence[Word]]], fits: Callable[[int, int], bool | None]
) -> list[list[int]]:
    """Tell which groups of tellings are one by their words.

    Each joins, in their order, the set of groups whose tellings its own are most like on average, if they are alike
    enough, share a place, or a name or number, and none of the set speaks against it.

    Parameters
    ----------
    groups
        For each group, the words of each of its tellings.
    fits
        Whether two groups, by their numbers, may be one: None where something speaks against it, True where their
        places agree.

    Returns
    -------
    list of list of int
        Numbers of the groups that are one; each in one list, lists and numbers in order.
    """
    vectors = _vectors(groups)
    sets: list[list[int]] = []
    sums: list[defaultdict[int, float]] = []
    names: list[set[Word]] = []
    holders: dict[int, list[int]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        likeness: dict[int, float] = defaultdict(float)  # of each set, by the words shared with it
        for word, weight in vector.items():
            if len(holders[word]) <= _HOLDERS:
                for at in holders[word]:
                    likeness[at] += weight * sums[at][word] / len(sets[at])
        named = {word for told in groups[number] for word in told if word & 1}
        shared = {at for at in likeness if not named.isdisjoint(names[at])}
        home = _home(number, sets, likeness, shared, fits)
        if home is None:
            home = len(sets)
            sets.append([])
            sums.append(defaultdict(float))
            names.append(set())
        sets[home].append(number)
        names[home] |= named
        for word, weight in vector.items():
            if word not in sums[home]:
                holders[word].append(home)
            sums[home][word] += weight
    return sets


def _home(
    number: int,
    sets: list[list[int]],
    likeness: dict[int, float],
    sharing: set[int],
    fits: Callable[[int, int], bool | None],
) -> int | None:
    """Find the set that a group is most like, and shares a name or a place with; the first of equals."""
    for at, alike in sorted(likeness.items(), key=lambda item: (-item[1], item[0])):
        if alike + _NEARBY < _ALIKE:
            return None
        agreeing = [fits(number, other) for other in sets[at]]
        if None in agreeing or not (at in sharing or any(agreeing)):
            continue
        if alike + _NEARBY * sum(map(bool, agreeing)) / len(agreeing) >= _ALIKE:
            return at
    return None


def _vectors(groups: Sequence[Sequence[Sequence[Word]]]) -> list[dict[int, float]]:
    """Weigh the words of each group: the mean over its tellings, each of length one."""
    held = Counter(word for group in groups for told in group for word in {word >> 1 for word in told})
    count = max(_AT_LEAST, sum(map(len, groups)))
    vectors: list[dict[int, float]] = []
    for group in groups:
        vector: dict[int, float] = defaultdict(float)
        for told in group:
            for word, weight in _weighed(told, held, count):
                vector[word] += weight / len(group)
        vectors.append(dict(vector))
    return vectors


def _weighed(told: Iterable[Word], held: Counter[int], count: int) -> list[tuple[int, float]]:
    weights: dict[int, float] = {}
    for word in told:
        weight = math.log(1 + count / held[word >> 1]) * (_NAME if word & 1 else 1.0)
        weights[word >> 1] = max(weight, weights.get(word >> 1, 0.0))
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return [(word, weight / length) for word, weight in weights.items()]
