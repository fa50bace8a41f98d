"""Figures that lean on the sentence before: "The army put the toll at 19", "A charity in the area reports 13".

Such a sentence has a number and no word of harm; whose number it is, the sentence before tells. A few patterns that end
in the bare number, so that "the network reports 13 cases" is not one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapper.incidents.counts.numbers import parse_number

if TYPE_CHECKING:
    from mapper.records import Harm


__all__ = ["LeaningFigure", "find_leaning_figure"]

_NUMBER: Final = (
    r"(?P<number>(?:at least |about |around |some |more than |nearly |up to )?(?:\d[\d,]*|[a-z]+(?:-[a-z]+)?))"
)
_TOLL: Final = re.compile(
    r"\btoll\b[^.;]{0,120}?\b(?:risen|rose|rises|climbed|climbs|increased|stood|stands|now)\s+(?:up\s+)?(?:to|at)\s+"
    + _NUMBER
    + r"(?=\s*(?:[.,;]|$|after\b|from\b|by\b|on\b|as\b|and\b))",
    re.IGNORECASE,
)
_SAYS: Final = re.compile(
    r"\b(?:reports?|reported|counts?|counted|speaks? of|spoke of|recorded|listed|"
    r"(?:puts?|sets?) (?:it|them|the (?:toll|figure|number)) at|"
    r"gives? (?:a |the )?(?:lower |higher )?(?:figure|number|toll) of|said (?:it was|there were))\s+"
    + _NUMBER
    + r"\s*(?:[.;]|$)",
    re.IGNORECASE,
)
_WHO: Final = re.compile(r"([^,;.]{3,80}?)\s+(?:(?:has|have)\s+)?$")
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Harm | None], ...]] = ((_TOLL, "killed"), (_SAYS, None))


@dataclass(frozen=True, slots=True)
class LeaningFigure:
    """A bare figure: where it stands, its bounds (see `numbers`), who gives it, and the harm where "toll" tells it."""

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    source: str | None
    harm: Harm | None = None


def find_leaning_figure(sentence: str) -> LeaningFigure | None:
    """Find the bare figure of a sentence, or None.

    Parameters
    ----------
    sentence
        One sentence, in any case.

    Returns
    -------
    LeaningFigure or None
        Offsets into `sentence`.
    """
    for pattern, harm in _PATTERNS:
        match = pattern.search(sentence)
        bounds = parse_number(match.group("number")) if match else None
        if match and bounds and bounds != (0, 0, 0):
            who = _WHO.search(sentence, max(0, match.start() - 90), match.start()) if pattern is _SAYS else None
            return LeaningFigure(
                match.start("number"), match.end("number"), *bounds, who.group(1).strip() if who else None, harm
            )
    return None
