"""Kinds of other schemes in our words: the crosswalk, read from its other side.

Where several of our kinds share a code, the most general one is taken, if it is one; `read_back.csv` says the rest:
what the crosswalk leaves open, with the reason, and codes that none of our kinds has. A code that is in neither is of a
kind that we do not hold.
"""

from __future__ import annotations

import csv
import functools
from importlib import resources
from typing import TYPE_CHECKING, Final

from mapper.formats.schemes.crosswalk import crosswalk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapper.formats.schemes.crosswalk import Counterpart

__all__ = ["Kind", "kinds_of"]

Kind = tuple[str, str]
"""Type and subtype, "" where the code does not tell."""


_CODES: Final[Mapping[str, Callable[[Counterpart], str]]] = {
    "acled": lambda row: row.acled_event and f"{row.acled_event}/{row.acled_sub_event}",
    "gtd": lambda row: row.gtd_attacktype,
    "gdelt": lambda row: row.cameo,
}


@functools.cache
def kinds_of(scheme: str) -> Mapping[str, Kind]:
    """Give our kinds by the codes of a scheme.

    ACLED's codes are "event type/sub-event type", GTD's attack types (with "/suicide" and the like where the weapon
    tells more), GDELT's CAMEO codes, UCDP's types of violence.
    """
    found: dict[str, list[Kind]] = {}
    code_of = _CODES.get(scheme)
    for (event_type, subtype), row in crosswalk().items():
        code = code_of(row) if code_of is not None else ""
        if code:
            found.setdefault(code, []).append((event_type, subtype))
    kinds = {code: _general(ours) for code, ours in found.items()}
    table = resources.files("mapper.formats.schemes").joinpath("read_back.csv")
    with table.open(encoding="utf-8") as stream:
        for line in csv.DictReader(stream):
            if line["scheme"] == scheme:
                kinds[line["code"]] = (line["event_type"], line["event_subtype"])
    return {code: kind for code, kind in kinds.items() if kind[0]}


def _general(ours: list[Kind]) -> Kind:
    """Give the most general of kinds: the type as a whole where it is among them, else what they have in common."""
    whole = next((kind for kind in ours if not kind[1]), None)
    if whole is not None or len(ours) == 1:
        return whole or ours[0]
    return (ours[0][0], "") if len({event_type for event_type, _ in ours}) == 1 else ("", "")
