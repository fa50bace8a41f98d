"""Gold incidents in the form of the MUC-4 key, brought into the form that pairs are compared in.

The key (1992) tells dates as "on or before", numbers as "~15" or "10-", places as chains from the country down, and
marks what a system may leave out as optional. Alternatives are all right.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mapper.errors import SourceError
from mapper.evaluation.countries import code_of_country, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.evaluation.reading import Row

__all__ = ["Filler", "GoldDate", "GoldIncident", "Range", "day_of", "gold_incidents", "place_key"]

Range = tuple[int, int | None]
"""Low and high of a number of people; a high of None is open."""

_ON_OR_BEFORE: Final = dt.timedelta(days=365)
"""How far back "on or before" reaches."""
_MISSPELT: Final = {"GUATAMALA": "GUATEMALA"}  # in the key itself
_ABOUT: Final = re.compile(r"~\s*(\d+)")
_BETWEEN: Final = re.compile(r"(\d+)\s*[-/]\s*(\d+)")
_AT_LEAST: Final = re.compile(r"(\d+)\s*-")
_AT_MOST: Final = re.compile(r"-\s*(\d+)")
_UNITS: Final = "city town department province municipality district neighborhood village".split()
_NOT_OF_NAME: Final = re.compile(rf"\b(?:{'|'.join(_UNITS)}) of\b|^the ")
_SPANNED: Final = ("perp_individual", "perp_org", "phys_target", "hum_target_name", "hum_target_desc", "instrument")


@dataclass(frozen=True, slots=True)
class GoldDate:
    """An interval of days; of "on or before" only the last day is told."""

    start: dt.date
    end: dt.date
    only_end: bool


@dataclass(frozen=True, slots=True)
class Filler:
    """Someone or something, by any of its names."""

    names: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldIncident:
    """One incident of the key.

    Attributes
    ----------
    finest
        Names of the finest place below the country, any of which is right; `country_enough` where one alternative is a
        country alone.
    killed, injured
        None where the key tells of none.
    spans
        Where the text names who did it, to whom, and with what.
    """

    types: frozenset[str]
    optional: bool
    dates: tuple[GoldDate, ...]
    countries: frozenset[str]
    finest: frozenset[str]
    country_enough: bool
    killed: Range | None
    injured: Range | None
    perpetrators: tuple[Filler, ...]
    targets: tuple[Filler, ...]
    spans: tuple[tuple[int, int], ...]


def gold_incidents(row: Row) -> tuple[GoldIncident, ...]:
    """Make the incidents of a line of the key.

    Raises
    ------
    SourceError
        When the line does not have the key's form.
    """
    try:
        return tuple(_incident(raw) for raw in row["incidents"])
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        said = f"{type(error).__name__}: {error}"
        hint = (
            'a line is {"id", "text", "incidents": [{"type", "date", "location", ...}]} as in the converted MUC-4 key'
        )
        raise SourceError(f"an incident is not in the form of the MUC-4 key ({said})", hint=hint) from None


def _incident(raw: Row) -> GoldIncident:
    countries, finest, country_enough = _places(raw["location"])
    return GoldIncident(
        types=frozenset(str(name) for name in raw["type"]),
        optional=bool(raw.get("optional")),
        dates=tuple(_dates(raw["date"])),
        countries=countries,
        finest=finest,
        country_enough=country_enough,
        killed=_harmed(raw, "DEATH"),
        injured=_harmed(raw, "INJURY"),
        perpetrators=tuple(_fillers([*raw["perp_individual"], *raw["perp_org"]])),
        targets=_targets(raw),
        spans=tuple(
            (span[0], span[1]) for slot in _SPANNED for f in raw[slot] for span in f.get("spans") or [] if span
        ),
    )


# Where and when ------------------------------------------------------------------------------------------------------


def place_key(name: object) -> str:
    """Reduce the name of a place to what is compared: folded, without "the" and "city of"."""
    return _NOT_OF_NAME.sub("", fold(str(name))).strip()


def _names(link: Row) -> list[str]:
    # A name that is a list stands for a place between two.
    return link["name"] if isinstance(link["name"], list) else [link["name"]]


def _places(alternatives: Iterable[Row]) -> tuple[frozenset[str], frozenset[str], bool]:
    countries, finest, country_enough = set[str](), set[str](), False
    for alternative in alternatives:
        chain = alternative["chain"]
        coarsest = _names(chain[0])[0]
        code = code_of_country(_MISSPELT.get(coarsest, coarsest))
        if code:
            countries.add(code)
        below = chain[1:] if code else chain
        finest.update(place_key(name) for link in below[-1:] for name in _names(link))
        country_enough = country_enough or not below
    return frozenset(countries), frozenset(finest), country_enough


def day_of(value: object) -> dt.date | None:
    """Read the day of an ISO date or date and time; None for anything else."""
    try:
        return dt.date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _dates(rows: Iterable[Row]) -> Iterator[GoldDate]:
    for row in rows:
        end = day_of(row["end"])
        if end is not None:
            start = day_of(row["start"]) or end - _ON_OR_BEFORE
            yield GoldDate(min(start, end), max(start, end), only_end=row["form"] == "on_or_before")


# How many ------------------------------------------------------------------------------------------------------------


def _range(told: str) -> Range:
    """Read "6", "5/6", "10-" (at least), "-15" (at most), "~100" (a fifth either way) or "PLURAL" (two or more)."""
    text = told.strip().replace(",", "")
    if text.upper() == "PLURAL":
        return 2, None
    if about := _ABOUT.fullmatch(text):
        number = int(about[1])
        return int(number * 0.8), int(number * 1.2 + 0.999)
    if between := _BETWEEN.fullmatch(text):
        low, high = sorted((int(between[1]), int(between[2])))
        return low, high
    if least := _AT_LEAST.fullmatch(text):
        return int(least[1]), None
    if most := _AT_MOST.fullmatch(text):
        return 1, int(most[1])
    return (int(text), int(text)) if text.isdecimal() else (1, None)


def _harmed(raw: Row, effect: str) -> Range | None:
    """Add up the people to whom the key ascribes an effect; what it leaves open or optional adds nothing to the low."""
    low, high, told = 0, 0, False
    open_ended = False
    for row in raw["hum_effect"]:
        effects = [name.strip("() ") for name in row["alts"]]
        if effect not in effects:
            continue
        told = True
        ranges = _numbers_of(raw, set(row.get("of", [])))
        if len(effects) == 1 and not row.get("optional"):
            low += min(r[0] for r in ranges)
        highs = [r[1] for r in ranges if r[1] is not None]
        open_ended = open_ended or len(highs) < len(ranges)
        high += max(highs, default=0)
    if not told or (high == 0 and not open_ended):
        return None
    return low, None if open_ended else high


def _numbers_of(raw: Row, who: set[str]) -> list[Range]:
    numbers: list[Any] = [row for row in raw["hum_target_number"] if who & set(row.get("of", []))]
    return [_range(told) for row in numbers[:1] for told in row["alts"]] or [(1, None)]


# Who -----------------------------------------------------------------------------------------------------------------


def _fillers(rows: Iterable[Row]) -> Iterator[Filler]:
    for row in rows:
        yield Filler(tuple(str(name) for name in row["alts"]), bool(row.get("optional")))


def _targets(raw: Row) -> tuple[Filler, ...]:
    """Give things and people hit; the description of somebody named is another name of the same target."""
    targets = list(_fillers([*raw["phys_target"], *raw["hum_target_name"]]))
    for row in raw["hum_target_desc"]:
        about = set(row.get("of", []))
        same = next((i for i, target in enumerate(targets) if about & set(target.names)), None)
        if same is None:
            targets += _fillers([row])
        else:
            targets[same] = Filler((*targets[same].names, *map(str, row["alts"])), targets[same].optional)
    return tuple(targets)
