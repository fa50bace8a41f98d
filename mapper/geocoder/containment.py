"""What stands between two place names: "Bangor, Maine", "Mashtal, in the east of Baghdad", "Iraq and Syria"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mapper.geocoder.mentions import KINDS, LISTED, inside, kind_of, kinds_among

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.mentions import Floats, Mentions

__all__ = ["Containment", "contains_gap", "read_containment", "softmax"]

WATER, COUNTY = KINDS.index("WATER"), KINDS.index("ADM2")
_HAS_SURROUNDINGS = kinds_among("PPLC", "PPLA", "PPL", "WATER")
BESIDE_KM, SEA_KM = 40.0, 500.0

_COMMA = re.compile(r"^(?:\s*,\s*|\s*\(\s*|\s*,\s+in\s+|\s+-\s+)$")
_IN = re.compile(
    r"^\s*,?\s*(?:in|of|near|outside|within)\s+(?:the\s+)?(?:[\w-]+(?:ern)?\s+)?(?:(?:part|east|west|north|south)\s+of\s+)?"
    r"(?:the\s+)?(?:(?:state|province|city|governorate|district|region|county|town|capital)\s+(?:of\s+)?)?(?:[\w'’-]+/)?$",
    re.IGNORECASE,
)
_UNIT_OF = re.compile(
    r"^\s*,?\s*in\s+(?:the\s+)?(?:[^\W\d_][\w'’-]*\s+){1,3}(?:zone|district|department|county|governorate|sub-?district|commune"
    r"|municipality|woreda|division|prefecture)\s+(?:of|in)\s+(?:the\s+)?$"
)
"""In a unit that is no toponym, of what follows: "Gedeb, in the East Gojjam zone of"."""
_NEAR = re.compile(r"^\s*,?\s*(?:near|outside)\b", re.IGNORECASE)
_AFTER = re.compile(r"\s*,\s+((?:[A-Z][a-z]*\.\s?){1,2}|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?)")


@dataclass(slots=True)
class Containment:
    """Evidence between neighbouring mentions: for a mention, a value for each of its candidates.

    Attributes
    ----------
    comma, beside, holds
        Which candidates lie in one of the mention after them; how near they lie to a town named as their place; which
        candidates hold one of the mention before them.
    listed
        Mentions on the other side of a conjunction.
    containers
        The words that a mention is said to lie in.
    """

    comma: dict[int, Floats] = field(default_factory=dict)
    beside: dict[int, Floats] = field(default_factory=dict)
    holds: dict[int, Floats] = field(default_factory=dict)
    listed: dict[int, list[int]] = field(default_factory=dict)
    containers: dict[int, str] = field(default_factory=dict)


def contains_gap(gap: str) -> bool:
    """Whether the words between two place names say that the first lies in the second (", ", " in the east of ")."""
    return len(gap) < 50 and any(form.match(gap) for form in (_COMMA, _IN, _UNIT_OF))


def softmax(score: Floats) -> Floats:
    """Probabilities of scores."""
    if not len(score):
        return score
    grown = np.exp(score - score.max())
    return np.asarray(grown / grown.sum(), dtype=np.float64)


def read_containment(table: Mentions, settled: Floats, gazetteer: Gazetteer) -> Containment:
    """Read what the text says between the mentions of a table.

    Parameters
    ----------
    settled
        What each row scores by its name alone.
    gazetteer
        Where countries and provinces after a comma are looked up that are no toponyms of their own.
    """
    said = Containment()
    for m, toponym in enumerate(table.toponyms):
        rows = table.rows_of(table.of[m])
        if rows.start == rows.stop:
            continue
        gap = None
        if m + 1 < len(table.toponyms) and table.of[m + 1] != table.of[m]:
            gap = table.text[toponym.end : table.toponyms[m + 1].start]
        if gap is not None and len(gap) < 50:
            _read_between(table, settled, said, (m, m + 1), gap)
            after = table.toponyms[m + 1].end
            possessive = table.text[after : after + 2] if table.text[after : after + 2] in {"'s", "’s"} else ""
            if (possessive or table.toponyms[m + 1].kind == "demonym") and m + 2 < len(table.toponyms):
                # "Mashtal, in the east of Iraqi capital Baghdad": the town behind the adjective counts too, and so does
                # the region in "in the East Gojjam zone of Ethiopia's Amhara region".
                rest = (
                    table.text[table.toponyms[m + 1].end : table.toponyms[m + 2].start]
                    .removeprefix(possessive)
                    .lstrip()
                )
                if len(rest) < 30:
                    _read_between(table, settled, said, (m, m + 2), gap + rest)
        if m not in said.comma and (gap is None or len(gap) > 2):
            _read_after(table, said, m, gazetteer)
    return said


def _read_between(table: Mentions, settled: Floats, said: Containment, pair: tuple[int, int], gap: str) -> None:
    """Read a mention and one after it: "Bangor, Maine", "Mashtal, in the east of Baghdad"."""
    m, other = pair
    rows, after = table.rows_of(table.of[m]), table.rows_of(table.of[other])
    if after.start == after.stop:
        return
    if contains_gap(gap):
        held = inside(table, rows, after)
        if _NEAR.match(gap):
            held &= table.kind[after] > COUNTY  # "Soledar, near Bakhmut": near the town, whatever county it lies in
        if held.any():
            said.comma[m] = np.asarray(held.any(axis=1), dtype=np.float64)
            said.holds[other] = np.asarray(held.any(axis=0), dtype=np.float64)
            said.containers[m] = table.toponyms[other].text
        elif (towns := _HAS_SURROUNDINGS[table.kind[after]]).any():
            chances = softmax(settled[after]) * towns
            # "60 miles south of Mukalla, in the Gulf of Aden": a sea's label may lie far from its shores.
            scale = np.where(table.kind[after] == WATER, SEA_KM, BESIDE_KM)
            near = np.exp(-table.distances_km(rows, after) / scale) @ chances
            said.beside[m] = np.asarray(near, dtype=np.float64)
            said.containers.setdefault(m, table.toponyms[other].text)
    if LISTED.fullmatch(gap) and m not in said.comma:
        said.listed.setdefault(m, []).append(other)
        said.listed.setdefault(other, []).append(m)


def _read_after(table: Mentions, said: Containment, m: int, gazetteer: Gazetteer) -> None:
    """Read a country or province after a comma that is no toponym of its own: "Springfield, Ill."."""
    end = table.toponyms[m].end
    found = _AFTER.match(table.text[end : end + 48])
    if not found:
        return
    for name in dict.fromkeys((found[1].strip(), found[1].split()[0])):
        wide = [c.place for c in gazetteer.lookup(name, limit=5) if kind_of(c.place) <= 1 and c.match != "loose"]
        if not wide:
            continue
        places = [c.place for c in table.rows[table.rows_of(table.of[m])]]
        held = np.array([
            any(
                p.country_code == w.country_code and kind_of(p) > kind_of(w)
                and (kind_of(w) == 0 or p.admin1_code == w.admin1_code)
                for w in wide
            )
            for p in places
        ], dtype=np.float64)  # fmt: skip
        if held.any():
            said.comma[m] = held
            said.containers[m] = name
            return
