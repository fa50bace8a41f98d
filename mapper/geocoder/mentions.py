"""The mentions of one document beside the candidates of their names, as arrays that the ranking computes on."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mapper.gazetteer import fold
from mapper.geocoder.lexicon import GENERIC
from mapper.geocoder.names import KIND_WORDS, Named, candidates_of, fits_cue
from mapper.geocoder.pieces import capitalised, shouted
from mapper.records import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from mapper.gazetteer import Gazetteer
    from mapper.records import Place, Toponym

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = [
    "EARTH_KM",
    "IS_LOCAL",
    "KINDS",
    "LISTED",
    "Mentions",
    "admin1_of",
    "inside",
    "kind_of",
    "kinds_among",
    "table_of",
    "unit_vectors",
]

EARTH_KM = 6371.0088

KINDS = ("PCL", "ADM1", "ADM2", "ADM3", "PPLC", "PPLA", "PPL", "PPLX", "MACRO", "REGION", "WATER", "TERRAIN", "SITE")
"""Kinds of place that the ranking tells apart; `kind_of` says which features of GeoNames each covers."""


def kinds_among(*kinds: str) -> NDArray[np.bool_]:
    """Mark some of `KINDS`: indexed with the kinds of places, it says which places are of those."""
    return np.isin(KINDS, kinds)


IS_LOCAL = ~kinds_among("PCL", "ADM1", "MACRO", "WATER")
"""Kinds that are small enough for nearness to them to say something: no countries, provinces or seas."""

_NEXT_WORD = re.compile(r"['’]?s?\s+([A-Za-z]+)\b")
_WORD_BEFORE = re.compile(r"\b([A-Za-z]+)\s+of\s+(?:the\s+)?$")
_CAPITAL_BEFORE = re.compile(r"\bcapital(?:\s+city)?(?:\s+of)?,?\s+$", re.IGNORECASE)


@dataclass(slots=True)
class Mentions:
    """Toponyms of a document, the distinct names among them, and all candidates of all names in one flat table.

    Attributes
    ----------
    names, written
        Candidates and key of each distinct name; `of` gives each toponym's name, `cues` the kind of place said beside
        it.
    offsets
        Candidates of name n are rows ``offsets[n]:offsets[n + 1]`` of the flat arrays.
    owner, kind, country, admin1, xyz, population
        Of each row: its name, index into `KINDS`, interned codes (-1 is none), unit vector, people.
    """

    text: str
    toponyms: Sequence[Toponym]
    names: list[Named]
    of: list[int]
    cues: list[str | None]
    rows: list[Candidate]
    offsets: Ints
    owner: Ints
    kind: Ints
    country: Ints
    admin1: Ints
    admin2: Ints
    xyz: Floats
    population: Floats
    written: list[str] = field(default_factory=list)
    counts: Floats = field(default_factory=lambda: np.zeros(0))

    def rows_of(self, name: int) -> slice:
        """Rows of a name's candidates."""
        return slice(int(self.offsets[name]), int(self.offsets[name + 1]))

    def distances_km(self, one: slice | Ints, other: slice | Ints) -> Floats:
        """Great-circle distances between rows, in kilometres."""
        return np.asarray(EARTH_KM * np.arccos(np.clip(self.xyz[one] @ self.xyz[other].T, -1.0, 1.0)), dtype=np.float64)


def kind_of(place: Place) -> int:
    """Index into `KINDS` of a place's feature."""
    code, klass = place.feature_code, place.feature_class
    if code.startswith("PCL") or code == "TERR":
        return 0
    if klass == "A":
        return {"ADM1": 1, "ADM2": 2}.get(code, 3)
    if klass == "P":
        return 4 if code == "PPLC" else 5 if code == "PPLA" else 7 if code in {"PPLX", "PPLQ", "PPLH", "PPLW"} else 6
    if klass in {"H", "U"}:
        return 10
    if klass == "L":
        return 9 if place.country_code else 8
    return 11 if klass in {"T", "V"} else 12


def admin1_of(place: Place) -> str:
    """Code of a place's province with its country's, "" where it has none."""
    return f"{place.country_code}.{place.admin1_code}" if place.admin1_code else ""


def unit_vectors(lat: Floats, lon: Floats) -> Floats:
    """Directions from the middle of the Earth to places, given in degrees: (places, 3)."""
    phi, theta = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])


def table_of(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer, *, limit: int, reach: int) -> Mentions:
    """Look up the names of all toponyms, each distinct name once, and lay their candidates out as arrays."""
    keys: dict[str, int] = {}
    names: list[Named] = []
    written: list[str] = []
    of: list[int] = []
    said = _cues_said(text, toponyms)
    cues: list[str | None] = []
    for at, toponym in enumerate(toponyms):
        name = toponym.text
        if name.isupper() and len(name) > 1 and shouted(text[max(0, toponym.start - 60) : toponym.end + 60]):
            name = capitalised(name)  # "AND" is no Andorra where everything is in capitals
        key = name if len(name) < 4 else " ".join(name.lower().split())
        if key not in keys:
            keys[key] = len(names)
            written.append(fold(name))
            found = candidates_of(name, gazetteer, limit=limit, reach=reach)
            sensible = _sensible(found, name, article=_has_article(text, toponym))
            cue = said[at] or sensible.cue
            names.append(_of_water(sensible) if _is_river(text, toponym, cue) else sensible)
        of.append(keys[key])
        cues.append(said[at] or names[of[-1]].cue)
        if cues[-1] == "ADM1":
            names[of[-1]] = _with_units(names[of[-1]], gazetteer)
        if cues[-1] in {"ADM1", "ADM2"} and len(names[of[-1]].candidates) >= limit:
            names[of[-1]] = _with_namesakes(names[of[-1]], name, gazetteer, limit)
    names = [_as_a_capital(name, text) for name in names]
    rows = [c for name in names for c in name.candidates]
    sizes = [len(name.candidates) for name in names]
    places = [c.place for c in rows]
    lat, lon = np.array([(p.lat, p.lon) for p in places], dtype=np.float64).reshape(-1, 2).T
    return Mentions(
        text=text,
        toponyms=toponyms,
        names=names,
        of=of,
        cues=cues,
        rows=rows,
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        owner=np.repeat(np.arange(len(names)), sizes).astype(np.int64),
        kind=np.array([kind_of(p) for p in places], dtype=np.int64),
        country=_interned([p.country_code for p in places]),
        admin1=_interned([admin1_of(p) for p in places]),
        admin2=_interned(
            [f"{p.country_code}.{p.admin1_code}.{p.admin2_code}" if p.admin2_code else "" for p in places]
        ),
        xyz=unit_vectors(lat, lon),
        population=np.array([max(0, p.population) for p in places], dtype=np.float64),
        written=written,
        counts=np.bincount(of, minlength=len(names)).astype(np.float64),
    )


def inside(table: Mentions, one: slice, other: slice) -> NDArray[np.bool_]:
    """Matrix: the candidate of the row lies inside the candidate of the column, by the hierarchy of codes."""

    def same(codes: Ints) -> NDArray[np.bool_]:
        equal: NDArray[np.bool_] = (codes[one][:, None] == codes[other][None, :]) & (codes[one][:, None] >= 0)
        return equal

    holds, held = table.kind[other][None, :], table.kind[one][:, None]
    in_country = (holds == 0) & (held != 0) & same(table.country)
    in_admin1 = (holds == 1) & (held > 1) & same(table.admin1)
    in_admin2 = (holds == 2) & (held > 2) & same(table.admin2)
    held_by: NDArray[np.bool_] = np.asarray(in_country | in_admin1 | in_admin2, dtype=np.bool_)
    return held_by


def _interned(codes: list[str]) -> Ints:
    known: dict[str, int] = {"": -1}
    return np.array([known.setdefault(code, len(known)) for code in codes], dtype=np.int64)


def _sensible(named: Named, written: str, *, article: bool) -> Named:
    """Leave out what a name never means beside a country, continent or sea of that very name.

    A sea's name is the sea, and so is "the Baltic", but "Flores" is not the Flores Sea; the name of a country or
    continent is not a farm, a shop or a creek somewhere.
    """
    called_so = [c for c in named.candidates if c.match == "exact"]
    if called_so and named.cue != "H" and not article and not _SEA_WORDS.search(written):
        kept = tuple(c for c in named.candidates if c.match == "exact" or c.place.feature_code not in _SEAS)
        named = Named(kept, named.cue, named.distance)
    if article and named.cue is None and (seas := [c for c in named.candidates if _is_short_for_sea(c.place, written)]):
        return Named(tuple(seas), named.cue, named.distance)
    best = [c for c in named.candidates if c.match in {"exact", "alternate", "abbreviation", "demonym"}]
    if best and best[0].place.feature_code in _SEAS and (best[0].match == "exact" or len(best) == 1):
        kept = tuple(c for c in named.candidates if c.place.feature_class in {"H", "L"})
        return Named(kept, named.cue, named.distance)
    wide = [c for c in best if kind_of(c.place) in {0, 8} and c.match != "alternate"]
    if wide:
        kept = tuple(
            c
            for c in named.candidates
            if kind_of(c.place) in {0, 1, 8} or (kind_of(c.place) < 8 and c.match == "exact")
        )
        return Named(kept, named.cue, named.distance)
    return named


def _as_a_capital(named: Named, text: str) -> Named:
    """Leave out towns that only once had the name of a capital whose country the text names: Anantnag was Islamabad."""
    exact = [c.place for c in named.candidates if c.match == "exact" and c.place.feature_code == "PPLC"]
    if not any(place.country and place.country in text for place in exact):
        return named
    kept = tuple(c for c in named.candidates if c.match == "exact" or c.place.feature_class != "P")
    return Named(kept, named.cue, named.distance)


def _with_namesakes(named: Named, written: str, gazetteer: Gazetteer, limit: int) -> Named:
    """Add the units of a name that many towns have, and no unit was among the first: "municipality of Buenavista"."""
    known = {c.place for c in named.candidates}
    units = gazetteer.lookup(written, feature_classes={"A"}, limit=limit)
    return Named(named.candidates + tuple(c for c in units if c.place not in known), named.cue, named.distance)


def _with_units(named: Named, gazetteer: Gazetteer) -> Named:
    """Add the provinces of the seats among the candidates of a name that is said to be a province's, and is no unit's.

    "Hodeidah Governorate" is Al Hudaydah in the gazetteer: called after its seat, never the seat itself.
    """
    if any(fits_cue(c.place, "ADM1") for c in named.candidates):
        return named
    units = [
        Candidate(place=unit, match="alternate", name=c.name, score=c.score)
        for c in named.candidates
        if c.place.feature_code in {"PPLA", "PPLC"}
        and (unit := gazetteer.admin1(c.place.country_code, c.place.admin1_code)) is not None
    ]
    return Named((*named.candidates, *units), named.cue, named.distance)


_ALONG = re.compile(
    r"\b(?:along|into|across|(?:banks?|shores?|waters?|mouth|bend|(?:up|down)stream) (?:of|on)) the $", re.IGNORECASE
)
_RIVER_BEHIND = re.compile(r"\s+river\b(?!\s+(?:port|valley|town|city|state|province|county|district))")
_BEHIND_A_RIVER = re.compile(
    r"\s*(?:$|[.,;:!?)]|(?:and|or|in|at|on|near|when|where|which|while|after|before|during|by|for|to|from|with|is|are|was|were|has|have"
    r"|had|rose|burst|overflowed|flooded|flows?|since|as)\b)"
)


def _is_river(text: str, toponym: Toponym, cue: str | None) -> bool:
    """Whether a name can only be a river's: "the Red River", and "camps along the Guadalupe" with nothing behind it."""
    article = _ARTICLE_BEFORE.search(text, max(0, toponym.start - 24), toponym.start) is not None
    ends = _BEHIND_A_RIVER.match(text, toponym.end) is not None  # "the Montego Bay airport" is that of a town
    if article and ((cue == "H" and ends) or _RIVER_BEHIND.match(text, toponym.end)):
        return True
    along = _ALONG.search(text, max(0, toponym.start - 40), toponym.start)
    return cue is None and along is not None and ends


def _of_water(named: Named) -> Named:
    """Leave out towns and counties that a river is not."""
    kept = tuple(c for c in named.candidates if kind_of(c.place) in _NOT_BUILT or c.name.lower().startswith("the "))
    return Named(kept, named.cue, named.distance)


_NOT_BUILT = frozenset({0, 8, 9, 10, 11})
"""Of `KINDS`: countries, seas, regions, waters and mountains."""
_SEAS = frozenset({"SEA", "OCN", "GULF", "STRT"})
_ARTICLE_BEFORE = re.compile(r"\bthe (?:[a-z]+ern )?$", re.IGNORECASE)
_SEA_WORDS = re.compile(r"\b(?:sea|ocean|gulf|strait|straits|bay|channel|sound|passage)\b", re.IGNORECASE)


def _is_short_for_sea(place: Place, written: str) -> bool:
    """Whether "the Baltic", or "the Gulf", is short for the place's name."""
    short = fold(place.name).startswith(f"{fold(written)} ") or _SEA_WORDS.fullmatch(written) is not None
    return place.feature_code in _SEAS and short


def _has_article(text: str, toponym: Toponym) -> bool:
    """Whether "the" stands before a toponym that no other name or kind of place goes on from."""
    before = _ARTICLE_BEFORE.search(text, max(0, toponym.start - 24), toponym.start)
    after = _NEXT_WORD.match(text, toponym.end)
    goes_on = after is not None and (after[1][0].isupper() or after[1].lower() in GENERIC)
    return before is not None and not goes_on


def _cues_said(text: str, toponyms: Sequence[Toponym]) -> list[str | None]:
    """Give the kind of place that the text says of each toponym, of all of a list as of one of it.

    "Otoe and Washington counties", "the provinces of Anbar and Nineveh".
    """
    cues = [_cue_beside(text, toponym) for toponym in toponyms]
    listed = [LISTED.fullmatch(text, one.end, other.start) is not None for one, other in itertools.pairwise(toponyms)]
    before = [_WORD_BEFORE.search(text, max(0, t.start - 40), t.start) for t in toponyms]
    after = [_NEXT_WORD.match(text, t.end) for t in toponyms]
    of_several = [found is not None and _is_plural(found[1]) for found in before]
    for at in range(len(listed)):
        if listed[at] and of_several[at] and cues[at + 1] is None:
            cues[at + 1], of_several[at + 1] = cues[at], True
    of_several = [found is not None and _is_plural(found[1]) for found in after]
    for at in reversed(range(len(listed))):
        if listed[at] and of_several[at + 1] and cues[at] is None:
            cues[at], of_several[at] = cues[at + 1], True
    return cues


LISTED = re.compile(r"\s*(?:,|and|or|&|,\s*and|,\s*or)\s*")
"""Between two names of a list: "A, B and C"."""


def _cue_of_word(word: str) -> str | None:
    word = word.lower()
    return KIND_WORDS.get(word) or (KIND_WORDS.get(_singular(word)) if _is_plural(word) else None)


def _is_plural(word: str) -> bool:
    return word.lower() not in KIND_WORDS and _singular(word.lower()) in KIND_WORDS


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _cue_beside(text: str, toponym: Toponym) -> str | None:
    """Kind of place that the words right beside a toponym say ("the province of ...", "... district")."""
    before = text[max(0, toponym.start - 40) : toponym.start]
    if _CAPITAL_BEFORE.search(before):
        return "PPLC"
    after = _NEXT_WORD.match(text[toponym.end : toponym.end + 24])
    found = _WORD_BEFORE.search(before)
    # "In three villages of Katsina state": they are of the state, and it is none of them.
    of_it = found and after and _is_plural(found[1]) and after[1].lower() in KIND_WORDS
    if found and not of_it and (cue := _cue_of_word(found[1])):
        return cue
    if after and not text[toponym.end : toponym.end + 2].startswith(("'", "’")):
        word = after[1].lower()
        cue = _cue_of_word(word)
        # "Baghdad airport", "the Iraq base": the facility lies there, the name is still the city's or country's.
        return None if cue in {"S", "H", "T"} and after[1].islower() else cue
    return None


def cue_fits(table: Mentions, row: int, cue: str) -> bool:
    """Whether the candidate of a row is of the kind that the text says."""
    return fits_cue(table.rows[row].place, cue)
