"""The scheme of incidents: thirteen types, their subtypes, and which of them may tell of one and the same event.

The types follow ACLED's and PLOVER's distinctions where an analyst would look for them; the crosswalk to other schemes
belongs to the file formats, not here.
"""

from __future__ import annotations

from typing import Final

__all__ = ["EVENT_TYPES", "FAMILY", "GENERIC", "LABELS", "SUBTYPES", "family"]

GENERIC: Final = "generic_violence"
"""Violence whose kind a sentence does not tell ("the attack", "was killed"): it takes the type of what it refers to."""

SUBTYPES: Final[dict[str, tuple[str, ...]]] = {
    "air_drone_strike": ("airstrike", "drone_strike"),
    "shelling_missile": ("shelling", "missile_strike", "rocket_attack"),
    "explosion_ied": ("bombing", "roadside_bomb", "car_bomb", "suicide_bomb", "landmine", "grenade", "explosion"),
    "armed_clash": ("clash", "ambush", "offensive", "territory_taken"),
    "attack_on_civilians": (
        "attack", "shooting", "stabbing", "massacre", "assassination", "sexual_violence", "arson", "robbery",
    ),
    "abduction": ("kidnapping", "hostage_taking", "hijacking"),
    "protest": ("demonstration", "strike_action", "protest_with_intervention"),
    "riot": ("riot", "mob_violence"),
    "arrest": ("arrest", "raid"),
    "piracy": ("boarding", "ship_hijacking", "attack_on_ship"),
    "natural_disaster": (
        "earthquake", "flood", "storm", "landslide", "wildfire", "volcano", "drought", "outbreak", "avalanche",
        "tsunami", "heatwave",
    ),
    "accident": ("transport", "industrial", "mine", "fire", "collapse", "stampede", "poisoning"),
    "other_strategic": ("agreement", "troop_movement", "looting", "weapons_seizure", "sabotage", "statement"),
}  # fmt: skip

EVENT_TYPES: Final = tuple(SUBTYPES)

LABELS: Final[dict[str, str]] = {
    "air_drone_strike": "Air or drone strike",
    "shelling_missile": "Shelling or missile attack",
    "explosion_ied": "Explosion or planted bomb",
    "armed_clash": "Armed clash",
    "attack_on_civilians": "Attack on civilians",
    "abduction": "Abduction",
    "protest": "Protest",
    "riot": "Riot or mob violence",
    "arrest": "Arrest or raid",
    "piracy": "Piracy",
    "natural_disaster": "Natural disaster",
    "accident": "Accident",
    "other_strategic": "Other development",
}

FAMILY: Final[dict[str, str]] = {
    "air_drone_strike": "violence",
    "shelling_missile": "violence",
    "explosion_ied": "violence",
    "armed_clash": "violence",
    "attack_on_civilians": "violence",
    GENERIC: "violence",
    "protest": "unrest",
    "riot": "unrest",
}


def family(event_type: str) -> str:
    """Name the family of a type; mentions of one event differ in type within a family, not beyond it.

    Returns
    -------
    str
        "violence", "unrest", or the type itself.
    """
    return FAMILY.get(event_type, event_type)
