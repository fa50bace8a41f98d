"""What counts as a country, and what as a demonym, when places are scored.

The table is a part of the protocol: it stands still while the gazetteer grows, so that figures of different versions
can be set beside each other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["code_of_country", "fold", "is_country_id", "is_demonym", "names_country", "speaks_of_country"]

_DROPPED = re.compile(r"['’‘`.]")
_WORD = re.compile(r"[^\W_]+")
_BEFORE_DEMONYM = ("anti ", "pro ", "non ", "ex ", "the ")
_LONGEST_ID = 12  # digits; GeoNames has 8
_NO_PLURAL = ("ese", "ish", "ch", "s")


@dataclass(frozen=True, slots=True)
class _Countries:
    codes: frozenset[str]
    of_iso3: dict[str, str]
    of_id: dict[int, str]
    of_name: dict[str, str]
    of_demonym: dict[str, str | None]


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Reduce a name to what is compared: lower case, no accents, no dots or quotes, one space between words."""
    letters = (c for c in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(c))
    return " ".join(_WORD.findall(_DROPPED.sub("", "".join(letters))))


@cache
def _countries() -> _Countries:
    lines = files("mapper.evaluation").joinpath("data", "countries.tsv").read_text("utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")][1:]  # without the heading
    found = _Countries(
        codes=frozenset(row[0] for row in table if row[2]),
        of_iso3={row[1].lower(): row[0] for row in table if row[1]},
        of_id={int(row[2]): row[0] for row in table if row[2]},
        of_name={},
        of_demonym={},
    )
    for iso2, _, geonameid, names, demonyms in table:
        for name in filter(None, names.split("; ")):
            found.of_name.setdefault(fold(name), iso2)
        for name in filter(None, demonyms.split("; ")):
            found.of_demonym.setdefault(fold(name), iso2 if geonameid else None)
    for name, code in list(found.of_demonym.items()):
        if not name.endswith(_NO_PLURAL):
            found.of_demonym.setdefault(f"{name}s", code)
    return found


def code_of_country(text: object) -> str | None:
    """Give the ISO 3166-1 alpha-2 code of a country told by its name or a code; None for anything else."""
    if not text:
        return None
    table, raw = _countries(), str(text).strip()
    if len(raw) == 2 and raw.upper() in table.codes:
        return raw.upper()
    key = fold(raw).removeprefix("the ")
    return table.of_name.get(key) or table.of_iso3.get(key)


def is_country_id(geonameid: str) -> bool:
    """Tell whether this is the GeoNames id of a country."""
    return geonameid.isdecimal() and len(geonameid) < _LONGEST_ID and int(geonameid) in _countries().of_id


def names_country(text: str) -> bool:
    """Tell whether a text is the name of a country ("Iraq", "UK"), not of its people."""
    return fold(text) in _countries().of_name


def speaks_of_country(text: str) -> bool:
    """Tell whether a text names a country or its people ("Iraq", "Iraqis"), not those of a part of the world."""
    return names_country(text) or _countries().of_demonym.get(fold(text)) is not None


def is_demonym(text: str) -> bool:
    """Tell people and adjectives ("Iraqis", "anti-American", "British") from places ("Iraq", "Iranian-backed")."""
    key = fold(text)
    for prefix in _BEFORE_DEMONYM:
        key = key.removeprefix(prefix)
    known = _countries().of_demonym
    return key in known or (key.endswith("s") and key[:-1] in known)
