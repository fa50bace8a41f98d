"""Predicted incidents in the form that pairs are compared in: from what `mapper extract` prints, or from plain rows.

A plain row is ``{"type", "date_start", "date_end", "places": [finest, ..., coarsest], "killed_low", "killed_high",
"injured_low", "injured_high", "perpetrators", "targets", "evidence"}``. `scorable` makes one of a row of the contract:
that is where the thirteen types meet the seven of MUC-4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mapper.errors import SourceError
from mapper.evaluation.countries import code_of_country, fold
from mapper.evaluation.muc_key import day_of, place_key
from mapper.evaluation.reading import spans_of

if TYPE_CHECKING:
    import datetime as dt

    from mapper.evaluation.muc_key import Range
    from mapper.evaluation.reading import Row

__all__ = ["TYPES_OF_MUC", "TYPE_WORDS", "Answer", "answers_of", "scorable"]

TYPES_OF_MUC: Final[dict[str, tuple[str, ...]]] = {
    "air_drone_strike": ("BOMBING", "ATTACK"),
    "shelling_missile": ("BOMBING", "ATTACK"),
    "explosion_ied": ("BOMBING",),
    "armed_clash": ("ATTACK",),
    "attack_on_civilians": ("ATTACK",),
    "arson": ("ARSON",),
    "robbery": ("ROBBERY",),
    "abduction": ("KIDNAPPING",),
    "hijacking": ("HIJACKING",),
    "piracy": ("ATTACK",),
    "ship_hijacking": ("HIJACKING",),
    "looting": ("ROBBERY",),
    "sabotage": ("ATTACK", "BOMBING"),
}
"""Our subtypes, or else types -> the types of MUC-4 that they may be. What has none is no incident of that scheme."""

TYPE_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("kidnap|abduct|hostage|disappear", ("KIDNAPPING",)),
    ("arson|burn|incendiary", ("ARSON",)),
    ("robber|loot|theft|heist", ("ROBBERY",)),
    ("work stoppage|forced stoppage", ("FORCED WORK STOPPAGE",)),
    ("hijack", ("HIJACKING",)),
    ("bomb|explo|ied|mine|blast|grenade|vbied", ("BOMBING",)),
    ("air ?strike|missile|rocket|shell|mortar|artillery|drone|strike", ("BOMBING", "ATTACK")),
    (
        "attack|assault|shoot|clash|battle|ambush|assassin|kill|murder|raid|fight|violence|massacre|combat",
        ("ATTACK",),
    ),
)
"""Beginnings of words in a type's name; the first line that fits says which types it may be."""

_FINENESS: Final = "site near settlement adm2 adm1 region water country macro_region unknown".split()


@dataclass(frozen=True, slots=True)
class Answer:
    """One predicted incident.

    Attributes
    ----------
    names
        Folded names of its places, the finest first.
    finest_is_country
        Whether nothing finer than a country is told.
    """

    types: frozenset[str]
    date: tuple[dt.date, dt.date] | None
    country: str | None
    names: tuple[str, ...]
    finest_is_country: bool
    killed: Range | None
    injured: Range | None
    perpetrators: tuple[str, ...]
    targets: tuple[str, ...]
    evidence: tuple[tuple[int, int], ...]


def answers_of(row: Row) -> tuple[Answer, ...]:
    """Make the answers of a line, plain or as `mapper extract --format jsonl` prints it.

    Raises
    ------
    SourceError
        When the line has neither form.
    """
    try:
        return tuple(_answer(raw) for raw in scorable(row)["incidents"])
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        said = f"{type(error).__name__}: {error}"
        hint = "a line is what `mapper extract --format jsonl` prints"
        raise SourceError(f"an incident cannot be read ({said})", hint=hint) from None


# From the contract's rows --------------------------------------------------------------------------------------------


def scorable(row: Row) -> Row:
    """Make a plain row of a row of `mapper extract`; a plain row stays as it is.

    What is denied, and what is of a type that MUC-4 does not know (accidents, protests), is left out.
    """
    incidents = row.get("incidents") or []
    plain = [_plain(raw) if "event_type" in raw else raw for raw in incidents]
    return {"id": row.get("id"), "incidents": [raw for raw in plain if raw is not None]}


def _plain(raw: Row) -> Row | None:
    types = TYPES_OF_MUC.get(raw.get("event_subtype") or "") or TYPES_OF_MUC.get(raw["event_type"])
    if types is None or raw.get("status") == "denied":
        return None
    happened = [place for place in raw.get("places") or [] if place.get("role", "happened") == "happened"]
    happened.sort(key=lambda place: _FINENESS.index(place.get("precision") or "unknown"))
    places: list[dict[str, Any]] = []
    for place in happened:
        names = dict.fromkeys(name for name in (place.get("name"), place.get("toponym")) if name)
        places += [{"name": name, "country": place.get("country")} for name in names]
    kept = (
        "date_start", "date_end", "killed_low", "killed_high", "injured_low", "injured_high", "perpetrators", "targets",
    )  # fmt: skip
    evidence = [{"start": span["start"], "end": span["end"]} for span in raw.get("evidence") or []]
    return {"type": list(types), "places": places, "evidence": evidence} | {key: raw.get(key) for key in kept}


# From plain rows -----------------------------------------------------------------------------------------------------


def _answer(raw: Row) -> Answer:
    places = [place if isinstance(place, dict) else {"name": place} for place in raw.get("places") or [] if place]
    names = (place_key(place.get("name") or "") for place in places)
    return Answer(
        types=_types(raw.get("type")),
        date=_date(raw),
        country=_country(places),
        names=tuple(name for name in names if name),
        finest_is_country=bool(places) and code_of_country(places[0].get("name")) is not None,
        killed=_range(raw.get("killed_low"), raw.get("killed_high")),
        injured=_range(raw.get("injured_low"), raw.get("injured_high")),
        perpetrators=tuple(str(name) for name in raw.get("perpetrators") or [] if name),
        targets=tuple(str(name) for name in raw.get("targets") or [] if name),
        evidence=tuple(spans_of(raw.get("evidence"))),
    )


def _types(told: object) -> frozenset[str]:
    if isinstance(told, list):
        return frozenset(str(name) for name in told)
    if not told:
        return frozenset()
    key = fold(str(told))
    for beginnings, types in TYPE_WORDS:
        if re.search(rf"\b(?:{beginnings})", key):
            return frozenset(types)
    return frozenset((key.upper(),))


def _date(raw: Row) -> tuple[dt.date, dt.date] | None:
    known = [day for day in (day_of(raw.get("date_start")), day_of(raw.get("date_end"))) if day is not None]
    return (min(known), max(known)) if known else None


def _country(places: list[dict[str, Any]]) -> str | None:
    told = [code_of_country(place.get("country")) for place in places]
    named = [code_of_country(place.get("name")) for place in reversed(places)]  # the coarsest first
    return next((code for code in told + named if code), None)


def _range(low: Any, high: Any) -> Range | None:
    """Give low and high of a number of people; None where nothing is told, or nobody was harmed."""
    if low is None and high is None:
        return None
    least, most = int(low or 0), None if high is None else int(high)
    if most is None:
        return (least, None) if least > 0 else None
    return (least, most) if most > 0 and most >= least else None
