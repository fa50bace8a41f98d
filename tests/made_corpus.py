"""A corpus as large as asked for, of reports made up for it, and what they tell: kind, day, place and toll of each event.

Sentences are the project's own; cities come from the gazetteer. Every event is told by one to three reports, in words
that differ, and no two events of a kind are within a day and 300 km of each other. The same seed gives the same corpus.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import random
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from typing import TYPE_CHECKING

from mapper.gazetteer import open_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mapper.records import Place

__all__ = ["Event", "Told", "events", "reports", "write"]

TELLINGS = {
    "explosion_ied": (
        "A car bomb exploded at a market in {where} on {day}, killing {killed} people and wounding {injured}, police said.",
        "At least {killed} people were killed and {injured} wounded on {day} when a bomb went off in {where}.",
        "{Killed} people died in a bomb blast in {where} on {day}. Another {injured} people were wounded, doctors said.",
    ),
    "armed_clash": (
        "Clashes between soldiers and rebels in {where} on {day} left {killed} fighters dead, the army said.",
        "Gunmen fought troops in {where} on {day}. {Killed} fighters were killed in the clashes, residents said.",
        "Soldiers and rebels clashed in {where} on {day}, and {killed} fighters were killed, a local official said.",
    ),
    "air_drone_strike": (
        "An air strike on {where} on {day} killed {killed} people and wounded {injured}, a hospital said.",
        "Warplanes bombed {where} on {day}, killing {killed} people and wounding {injured}, rescuers said.",
        "{Killed} people were killed and {injured} wounded in an air strike in {where} on {day}, residents said.",
    ),
    "natural_disaster": (
        "Floods killed {killed} people in {where} on {day}, the mayor said.",
        "{Killed} people were killed by floods in {where} on {day}, the civil defence said.",
        "Flooding in {where} killed {killed} people on {day}, rescue workers said.",
    ),
}
FILLER = (
    "The authorities have opened an inquiry and asked witnesses to come forward.",
    "Shops stayed closed for the rest of the day, and relatives waited outside the hospital.",
    "A spokesman gave no further details and said that the situation was under control.",
    "Residents spoke of a long night, and of lines at the only bakery that was open.",
    "The price of fuel has risen again, traders said, and few buses were running.",
    "It was not clear when the schools would open again.",
)
NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_FIRST_DAY = dt.date(2022, 1, 3)
_HARMING = ("explosion_ied", "air_drone_strike")


@dataclass(frozen=True)
class Event:
    kind: str
    day: dt.date
    place: Place
    killed: int
    injured: int | None


@dataclass(frozen=True)
class Told:
    """A report, and which event it tells (None: it tells of none)."""

    id: str
    published: dt.date
    text: str
    event: int | None


@cache
def cities() -> tuple[Place, ...]:
    """Give cities whose name mostly means them."""
    gazetteer = open_gazetteer()
    found: dict[str, Place] = {}
    for prefix in map("".join, product("abdghjklmnprstvw", "aeiou")):
        for candidate in gazetteer.starting(prefix, limit=30):
            place = candidate.place
            plain = place.name.isascii() and place.name.isalpha() and len(place.name) > 5
            if candidate.name == place.name and plain and place.feature_class == "P" and place.population > 100_000:
                found[place.gazetteer_id] = place
    return tuple(
        place for key, place in found.items() if gazetteer.lookup(place.name, limit=1)[0].place.gazetteer_id == key
    )


def events(seed: int = 7) -> Iterator[Event]:
    """Make up events without end, each far from those of its kind around the same day."""
    draw = random.Random(seed)
    recent: dict[tuple[str, dt.date], list[Place]] = {}
    number = 0
    while True:
        kind = draw.choice(list(TELLINGS))
        day = _FIRST_DAY + dt.timedelta(days=(number // 8) % 1000)
        place = draw.choice(cities())
        around = [p for shift in (-1, 0, 1) for p in recent.get((kind, day + dt.timedelta(days=shift)), [])]
        number += 1
        if any(_degrees(place, other) < 3.0 for other in around):
            continue
        recent.setdefault((kind, day), []).append(place)
        injured = draw.randint(2, 60) if kind in _HARMING else None
        yield Event(kind, day, place, draw.randint(2, 40), injured)


def _degrees(p: Place, q: Place) -> float:
    return math.hypot(p.lat - q.lat, (p.lon - q.lon) * math.cos(math.radians(p.lat)))


def reports(count: int, seed: int = 7) -> tuple[list[Event], list[Told]]:
    """Make up so many reports, and the events that they tell; one in ten tells of none."""
    draw, told, known = random.Random(seed + 1), list[Told](), list[Event]()
    for number, event in enumerate(events(seed)):
        if len(told) >= count:
            break
        known.append(event)
        ways = draw.sample(TELLINGS[event.kind], draw.choice((1, 1, 2, 3)))
        for way in islice(ways, count - len(told)):
            told.append(Told(f"r{len(told):06}", event.day + dt.timedelta(days=1), _written(way, event, draw), number))
        if draw.random() < 0.2 and len(told) < count:
            idle = "\n\n".join(draw.sample(FILLER, 3))
            told.append(Told(f"r{len(told):06}", event.day, idle, None))
    draw.shuffle(told)
    return known, told


def _written(way: str, event: Event, draw: random.Random) -> str:
    killed = _number(event.killed)
    sentence = way.format(
        where=f"{event.place.name}, {event.place.country}",
        day=f"{event.day:%A}",
        killed=killed,
        Killed=killed[:1].upper() + killed[1:],
        injured=event.injured and _number(event.injured),
    )
    return "\n\n".join([sentence, *draw.sample(FILLER, draw.randint(1, 4))])


def _number(value: int) -> str:
    return NUMBERS[value] if value < len(NUMBERS) else str(value)


def write(path: Path, count: int, seed: int = 7) -> list[Event]:
    """Write a corpus of so many reports as JSON Lines, and give the events that it tells."""
    known, told = reports(count, seed)
    with path.open("w", encoding="utf-8") as file:
        for report in told:
            row = {"id": report.id, "published": report.published.isoformat(), "text": report.text}
            file.write(json.dumps(row) + "\n")
    return known
