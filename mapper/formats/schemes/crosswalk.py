"""Our types in the words of other schemes: `crosswalk.csv`, a row a type (and a row where a subtype differs from it).

An empty cell means that the scheme has no such kind, or that a type alone does not tell which: then nothing is written
rather than a guess. The sources of the columns:

acled_event, acled_sub_event, acled_disorder
    ACLED, "Codebook" (2023 and later): six event types, 25 sub-event types, and disorder types. A protest of which no
    more is known is not called peaceful, so it has no sub-event; walk-outs are no events there.
plover
    "PLOVER: Political Language Ontology for Verifiable Event Records" (Open Event Data Alliance): event types.
cameo
    "CAMEO Event and Actor Codebook" 1.1b3 (Schrodt, 2012): the codes that GDELT uses.
gtd_attacktype
    START, "Global Terrorism Database Codebook": attack types 1-9. What states do (air strikes, arrests) is none.
ucdp_violence
    "UCDP Georeferenced Event Dataset Codebook": whether it may be an event of organised violence, which needs a death.
"""

from __future__ import annotations

import csv
import functools
from importlib import resources
from typing import Final, NamedTuple

__all__ = ["ACLED_SUB_EVENTS", "GTD_ATTACK_TYPES", "Counterpart", "counterpart", "crosswalk"]

ACLED_SUB_EVENTS: Final = {
    "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
    "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    ),
}  # fmt: skip
"""ACLED's event types and their sub-event types."""

GTD_ATTACK_TYPES: Final = {
    "1": "Assassination",
    "2": "Armed Assault",
    "3": "Bombing/Explosion",
    "4": "Hijacking",
    "5": "Hostage Taking (Barricade Incident)",
    "6": "Hostage Taking (Kidnapping)",
    "7": "Facility/Infrastructure Attack",
    "8": "Unarmed Assault",
    "9": "Unknown",
}
"""GTD's attack types, by their numbers."""


class Counterpart(NamedTuple):
    """What other schemes call one of our kinds; "" where they have no word for it."""

    event_type: str
    event_subtype: str
    acled_event: str
    acled_sub_event: str
    acled_disorder: str
    plover: str
    cameo: str
    gtd_attacktype: str
    ucdp_violence: str


@functools.cache
def crosswalk() -> dict[tuple[str, str], Counterpart]:
    """Read the table, by type and subtype ("" for the type as a whole)."""
    table = resources.files("mapper.formats.schemes").joinpath("crosswalk.csv")
    with table.open(encoding="utf-8") as stream:
        rows = [Counterpart(**row) for row in csv.DictReader(stream)]
    return {(row.event_type, row.event_subtype): row for row in rows}


def counterpart(event_type: str, event_subtype: str | None) -> Counterpart | None:
    """Find what other schemes call a kind: its subtype where the table has it, else its type; None for other types."""
    table = crosswalk()
    return table.get((event_type, event_subtype or "")) or table.get((event_type, ""))
