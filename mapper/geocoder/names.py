"""How the name a text writes becomes the names a gazetteer is asked for.

A report writes "Anbar province", "the city of Basra", "northern Gaza" or "Nigerians"; a gazetteer lists "Anbar",
"Basra",
"Gaza", "Nigeria". Each rewriting keeps what it took away as a cue of the kind of place that is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.geocoder.lexicon import COMPASS, FACILITY, GENERIC, ORGANISATION, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.gazetteer import Gazetteer
    from mapper.records import Candidate, Place

__all__ = ["KIND_WORDS", "Named", "candidates_of", "cue_of", "fits_cue", "queries"]

KIND_WORDS = {
    "province": "ADM1", "governorate": "ADM1", "state": "ADM1", "oblast": "ADM1", "krai": "ADM1", "prefecture": "ADM1",
    "region": "ADM1", "canton": "ADM1", "emirate": "ADM1", "department": "ADM1", "voivodeship": "ADM1",
    "county": "ADM2", "district": "ADM2", "parish": "ADM2", "municipality": "ADM2", "raion": "ADM2", "division": "ADM2",
    "subdistrict": "ADM2", "commune": "ADM2", "borough": "P", "township": "P", "city": "P", "town": "P",
    "village": "P", "suburb": "P", "neighbourhood": "P", "neighborhood": "P", "republic": "PCL", "kingdom": "PCL",
    "river": "H", "lake": "H", "creek": "H", "sea": "H", "ocean": "H", "gulf": "H", "bay": "H", "strait": "H",
    "island": "T", "islands": "T", "peninsula": "T", "valley": "T", "mountain": "T", "mountains": "T", "desert": "T",
    "airport": "S", "airbase": "S", "base": "S", "camp": "S",
}  # fmt: skip
"""Kind of place that a word beside the name says: a feature code of GeoNames, or its class letter."""

_CUE_FITS = {
    "ADM1": ("ADM1", "ADM2", "PCLS", "TERR", "RGN"), "ADM2": ("ADM2", "ADM3", "ADM4", "ADMD", "ADM1"),
    "PCL": ("PCL", "TERR"),
}  # fmt: skip

_SUFFIX = re.compile(
    r"^(?P<name>.+?)[ -](?P<kind>province|governorate|state|oblast|krai|prefecture|region|canton|emirate|department"
    r"|voivodeship|county|counties|district|parish|municipality|raion|division|subdistrict|commune|borough|township|city|town|village"
    r"|suburbs?|neighbou?rhood|republic|river|lake|creek|sea|ocean|gulf|bay|strait|islands?|peninsula|valley|mountains?"
    r"|desert|(?:international |regional )?airport|air ?base|base|(?:refugee )?camp|metropolitan area|area|metro"
    r"|strip)$",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:the )?(?P<kind>city|town|village|province|governorate|state|county|district|region|republic|kingdom|island"
    r"|municipality|port|commonwealth|suburb|department|emirate)s? of (?:the )?(?P<name>.+)$"
    r"|^(?P<kind2>lake|mount|river|port|downtown|mainland|metropolitan|occupied|rural|suburban) (?P<name2>.+)$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Named:
    """Candidates of a name as written, the kind of place said with it, and how far it was rewritten (0-3)."""

    candidates: tuple[Candidate, ...]
    cue: str | None = None
    distance: int = 0


def queries(written: str) -> Iterator[tuple[str, int]]:
    """Names to ask a gazetteer for, nearest to what was written first, each with its distance from that (0-2)."""
    name = " ".join(_POSSESSIVE.sub("", written.strip()).split())
    yield name, 0
    if name.isupper() and len(name) > 4:
        yield name.title(), 1
    if found := _SUFFIX.match(name):
        yield found["name"], 1
    if found := _PREFIX.match(name):
        yield found["name"] or found["name2"], 1
    words = _ARTICLE.sub("", name).split()
    bare = words
    while len(bare) > 1 and bare[0].lower() in COMPASS:
        bare = bare[1:]
    if len(bare) < len(words):
        yield " ".join(bare), 1
    if len(name) > 4 and name.endswith("s") and not name.endswith("ss"):
        yield name[:-1], 2
    if len(name) > 5 and name.endswith("ers"):
        yield name[:-3], 2


def cue_of(written: str) -> str | None:
    """Kind of place that the name itself says ("Anbar province" -> "ADM1"), or None."""
    name = _POSSESSIVE.sub("", written.strip())
    if found := _PREFIX.match(name):
        return _cue(found["kind"] or found["kind2"])
    found = _SUFFIX.match(name)
    return _cue(found["kind"]) if found else None


def _cue(kind: str) -> str | None:
    kind = kind.lower().rsplit(" ", 1)[-1]
    return KIND_WORDS.get(kind) or KIND_WORDS.get(kind.removesuffix("s")) or ("ADM2" if kind == "counties" else None)


def candidates_of(written: str, gazetteer: Gazetteer, *, limit: int = 30, reach: int = 3) -> Named:
    """Candidates of a name as a text writes it, through rewritings up to `reach` steps away from what is written.

    Steps 0 to 2 are the rewritings of `queries`; step 3 asks for parts of a longer name.
    """
    cue = cue_of(written)
    for name, distance in queries(written):
        if distance <= reach and (found := _meant(_apart(gazetteer.lookup(name, limit=limit)), cue, distance)):
            return Named(found, cue, distance)
    if reach < 3:
        return Named((), cue)
    for part in _parts(written):
        if gazetteer.knows(part) and (found := _meant(gazetteer.lookup(part, limit=limit), cue, 3)):
            return Named(found, cue, 3)
    return Named((), cue)


def _apart(found: list[Candidate]) -> list[Candidate]:
    """Leave out the second entry of one sea, desert or range: two of a kind and name that lie in no country are one."""
    known: set[tuple[str, str]] = set()
    apart = []
    for candidate in found:
        place = candidate.place
        entry = (place.name, place.feature_code)
        if place.country_code or entry not in known:
            apart.append(candidate)
        if not place.country_code:
            known.add(entry)
    return apart


def _meant(found: list[Candidate], cue: str | None, distance: int) -> tuple[Candidate, ...]:
    """Leave out the towns that a creek or a valley is not: Anthony Creek need not run through any Anthony."""
    if cue not in ("H", "T") or not (distance or all(c.match == "loose" for c in found)):
        return tuple(found)
    return tuple(c for c in found if fits_cue(c.place, cue) or (cue == "T" and c.place.feature_class == "A"))


def _parts(written: str) -> Iterator[str]:
    """Capitalised runs inside a longer name, longest first: "Barnsley Football Club" holds "Barnsley"."""
    words = list(_WORD.finditer(written))
    for length in range(min(len(words) - 1, 4), 0, -1):
        for i in range(len(words) - length + 1):
            first, last = words[i], words[i + length - 1]
            part = written[first.start() : last.end()].rstrip(".")
            named = first.group()[0].isupper() and last.group()[0].isupper() and len(part) > 3
            if named and (length > 1 or part.lower() not in GENERIC | ORGANISATION | FACILITY | COMPASS | TITLES):
                yield part


def fits_cue(place: Place, cue: str) -> bool:
    """Whether a place is of the kind that a word beside its name says."""
    if len(cue) == 1:
        return place.feature_class == cue or (cue == "H" and place.feature_class == "L")
    return place.feature_code.startswith(_CUE_FITS.get(cue, (cue,)))
