"""Find the places that a name may mean.

The order of the search: the exact key; then the name without "the" or a possessive; then the looser key; then the name
without a generic word ("Anbar province", "northern Syria"); at last, when asked for, one edit away. The first step that
finds anything ends it. Every candidate says how it matched, and its score is a prior: which of the places of that name
people mostly mean, before anything is known of the text. Ranking in context is the geocoder's work.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mapper.errors import GazetteerError
from mapper.gazetteer.folding import fold, is_capitals, is_dotted, loose, loose_number
from mapper.gazetteer.store import CAPITALS, DOTTED, HIT, MATCHES, TITLE, PlaceRow, Store
from mapper.records import Candidate, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from shapely.geometry.base import BaseGeometry

    from mapper.gazetteer.polygons import Outlines
    from mapper.records import MatchKind

__all__ = ["Gazetteer", "default_path", "open_gazetteer"]

_COORDINATE = 100_000.0  # kept in 1/100000 degree, about a metre
_BOUNDS = struct.Struct("<4i")  # west, south, east, north in 1/1000 degree
_SHORTEST_LOOSE = 4
_SHORTEST_FUZZY = 5
_KINDS = cast("tuple[MatchKind, ...]", MATCHES)
# What a step of the search is worth beside an exact match.
_LOOSE, _AFFIX, _FUZZY = 0.75, 0.8, 0.5

_GENERIC = {
    "county": "A", "counties": "A", "province": "A", "provinces": "A", "governorate": "A", "state": "A",
    "district": "A",
    "region": "ALHT", "prefecture": "A", "oblast": "A", "krai": "A", "municipality": "AP", "parish": "A", "canton": "A",
    "department": "A", "division": "A", "voivodeship": "A", "territory": "A", "republic": "A", "subdistrict": "A",
    "city": "PA", "town": "PA", "village": "PA", "township": "PA", "borough": "PA", "suburb": "P", "neighborhood": "PA",
    "neighbourhood": "PA", "area": "PALT", "camp": "PSL", "refugee camp": "PSL", "valley": "TLHPA", "island": "TAPL",
    "islands": "TAPL", "mountains": "TL", "peninsula": "TLA", "river": "H", "lake": "H", "desert": "TL",
    "plateau": "TL",
    "sea": "H", "gulf": "H", "strait": "H", "airport": "S", "international airport": "S", "air base": "S",
    "airbase": "S",
    "base": "SL", "military base": "SL", "airfield": "S", "crossing": "S", "border crossing": "S", "port": "PSH",
    "metropolitan area": "PA", "metro area": "PA",
}  # fmt: skip
_SUFFIX = re.compile(rf"^(.+) ({'|'.join(sorted(_GENERIC, key=len, reverse=True))})$")
_OF = {
    "city": "PA", "town": "PA", "village": "P", "port": "P", "state": "A", "province": "A", "governorate": "A",
    "county": "A", "district": "AP", "republic": "A", "kingdom": "A", "island": "TAL", "islands": "TAL",
    "region": "ALT",
    "municipality": "AP", "gulf": "H", "sea": "H", "strait": "H", "commonwealth": "A", "emirate": "A", "area": "PALT",
    "suburb": "P", "neighborhood": "P", "neighbourhood": "P", "mount": "T",
}  # fmt: skip
_PREFIX = re.compile(rf"^(?:the )?({'|'.join(_OF)}) of (?:the )?(.+)$")
_COMPASS = "north|south|east|west|northern|southern|eastern|western|central|northeast|northwest|southeast|southwest"
_QUALIFIER = re.compile(
    rf"^(?:the )?(?:(?:{_COMPASS}|northeastern|northwestern|southeastern|southwestern|mid|inner|upper|lower|greater|"
    r"downtown|mainland|metropolitan|rural|occupied|suburban|coastal|far|old|central|neighbou?ring|nearby) ?)+ (.+)$"
)
_PREFIX_H = re.compile(r"^(lake|river|mount|island|isle|gulf|sea|cape|camp|port|fort) (?:of )?(.+)$")
_PREFIX_CLASSES = {
    "lake": "H", "river": "H", "mount": "T", "island": "TAL", "isle": "TAL", "gulf": "H", "sea": "H", "cape": "T",
    "camp": "PSL", "port": "PS", "fort": "SL",
}  # fmt: skip
_WRITTEN_SHORT = (
    (re.compile(r"\bTwp\b\.?$", re.IGNORECASE), "Township"),
    (re.compile(r"\bCo\.$", re.IGNORECASE), "County"),
    (re.compile(r"\bIs\.$"), "Islands"),
    (re.compile(r"\bMts\b\.?$"), "Mountains"),
    (re.compile(r"^N\. ?(?=\w{3})"), "North "),
    (re.compile(r"^S\. ?(?=\w{3})"), "South "),
    (re.compile(r"^E\. ?(?=\w{3})"), "East "),
    (re.compile(r"^W\. ?(?=\w{3})"), "West "),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz "


_TOO_GENERAL = frozenset(
    (
        "university school street river road creek county national park hospital church international airport "
        "saint north south east west high college central lake state city town valley mountain avenue highway "
        "route center centre forest house district island bridge royal first supreme court museum club union "
        "memorial general public port bay beach point police army bank hotel square tower hall gate station "
        "market prison institute academy ministry embassy "
    ).split()
)


def default_path() -> Path:
    """Give the place of the gazetteer that ships with the package."""
    # Not importlib.resources: it would load a dozen modules, and SQLite needs a file on disk anyway.
    return Path(__file__).resolve().parent / "data" / "gazetteer.sqlite"


def open_gazetteer(path: Path | str | None = None) -> Gazetteer:
    """Open a gazetteer, or give the one already open in this process.

    Parameters
    ----------
    path
        A file that `mapper gazetteer build` made; None is the one that ships with the package.

    Raises
    ------
    GazetteerError
        When the file is missing, damaged, no gazetteer, or of another schema version.
    """
    chosen = Path(path) if path is not None else default_path()
    try:
        stat = chosen.stat()
    except OSError:
        return Gazetteer(chosen)  # says what is wrong
    return _opened(str(chosen), stat.st_ino, stat.st_mtime_ns, os.getpid())


@lru_cache(maxsize=8)
def _opened(path: str, _inode: int, _changed: int, _pid: int) -> Gazetteer:
    return Gazetteer(Path(path))


class Gazetteer:
    """An open gazetteer: names to places, ids to places, places to outlines, points to countries.

    Safe to share between threads, and to use after a fork; pickled, it is its path.

    Parameters
    ----------
    path
        The SQLite file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._store = Store(path)
        self._place_no = lru_cache(maxsize=20_000)(self._read_place)
        self._admin = lru_cache(maxsize=1)(self._store.admin_names)
        self._outlines = lru_cache(maxsize=4)(self._read_outlines)
        row = self._store.row("SELECT value FROM meta WHERE key = 'max_words'")
        self.max_words = int(row[0]) if row else 6

    def __reduce__(self) -> tuple[object, ...]:
        return open_gazetteer, (str(self.path),)

    def __repr__(self) -> str:
        return f"Gazetteer({str(self.path)!r})"

    # Names -----------------------------------------------------------------------------------------------------------

    def knows(self, name: str) -> bool:
        """Say whether the name, as written, is held under its exact key (main, alternate, abbreviation, demonym)."""
        blob = self._store.hits(fold(name))
        return blob is not None and any(True for _ in _unpack(blob, name))

    def lookup(
        self,
        name: str,
        *,
        countries: Collection[str] | None = None,
        feature_classes: Collection[str] | None = None,
        limit: int = 50,
        fuzzy: bool = False,
    ) -> list[Candidate]:
        """Give the places that a name may mean, the one that people mostly mean first.

        Parameters
        ----------
        name
            As written, in any script the gazetteer holds.
        countries
            Only places of these countries (ISO 3166-1 alpha-2).
        feature_classes
            Only places of these GeoNames classes ("P", "A", "H", "L", "S", "T") or codes ("PPLC", "AIRB").
        limit
            At most so many.
        fuzzy
            When nothing else is found, also try names one edit away (about a millisecond).

        Returns
        -------
        list of Candidate
            Best first by a static prior; empty when the gazetteer has no such name.
        """
        wanted = _filter(countries, feature_classes)
        for found in self._steps(name, fuzzy=fuzzy):
            candidates = self._candidates(found, wanted, limit)
            if candidates:
                return candidates
        return []

    def starting(self, prefix: str, *, limit: int = 20) -> list[Candidate]:
        """Give places with a name that begins so, the best known first, each once; for a review tool's input field."""
        key = fold(prefix)
        if not key:
            return []
        best: dict[int, _Hit] = {}
        for name, blob in self._store.keys_from(key, 2000):
            for no, flags, score in HIT.iter_unpack(blob):
                if not flags & (TITLE | CAPITALS | DOTTED) and score > best.get(no, (0, "exact", "", -1.0))[3] * 255:
                    best[no] = (no, _KINDS[flags & 3], name, score / 255)
        hits = sorted(best.values(), key=lambda hit: (-hit[3], hit[0]))
        return self._candidates(hits, None, limit)

    def contained(self, name: str, *, limit: int = 50) -> list[Candidate]:
        """Give the places of the longest known name within a name ("University of Oxford": Oxford).

        This says near what something is, never where it is, so `lookup` does not do it; one word alone must be of four
        letters, with a capital, and no generic word ("Central Park" holds no place).
        """
        words = re.findall(r"[^\s,()\"]+", name)
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length, -1, -1):
                part = " ".join(words[start : start + length]).strip(".'’")
                if length == 1 and (len(part) < 4 or not part[0].isupper() or fold(part) in _TOO_GENERAL):
                    continue
                hits = self._exact(fold(part), part, factor=_AFFIX * _FUZZY, match="loose")
                if hits:
                    return self._candidates(hits, None, limit)
        return []

    def _steps(self, name: str, *, fuzzy: bool) -> Iterator[list[_Hit]]:
        key = fold(name)
        if not key:
            return
        yield self._exact(key, name)
        bare = _without_function_words(name, key)
        if bare != key:
            yield self._exact(bare, name)
        else:
            bare = key
        if len(bare) >= _SHORTEST_LOOSE:
            yield self._loosely(bare)
        yield self._without_affix(bare)
        if fuzzy and len(bare) >= _SHORTEST_FUZZY:
            yield self._one_edit_away(bare)

    def _exact(self, key: str, written: str, *, factor: float = 1.0, match: MatchKind | None = None) -> list[_Hit]:
        blob = self._store.hits(key)
        if blob is None:
            return []
        hits = list(_unpack(blob, written))
        if is_dotted(written) and any(flags & DOTTED for _, flags, _ in hits):
            # "Kan." with its full stop is Kansas before it is any town that is called Kan.
            hits = [(no, flags, score if flags & DOTTED else score * 0.8) for no, flags, score in hits]
            hits.sort(key=lambda hit: -hit[2])
        return [(no, match or _KINDS[flags & 3], key, factor * score / 255) for no, flags, score in hits]

    def _loosely(self, key: str) -> list[_Hit]:
        lax = loose(key)
        if len(lax) < _SHORTEST_LOOSE - 1:
            return []
        best: dict[int, _Hit] = {}
        for blob in (self._store.loose_hits(loose_number(lax)), self._store.hits(lax)):
            for no, flags, score in HIT.iter_unpack(blob or b""):
                if flags & 3 <= 1 and not flags & (TITLE | CAPITALS | DOTTED) and no not in best:
                    best[no] = (no, "loose", "", _LOOSE * score / 255)
        return sorted(best.values(), key=lambda hit: (-hit[3], hit[0]))

    def _without_affix(self, key: str) -> list[_Hit]:
        forms: list[tuple[str, str]] = []
        if found := _SUFFIX.match(key):
            forms.append((found[1], _GENERIC[found[2]]))
        if found := _PREFIX.match(key):
            forms.append((found[2], _OF[found[1]]))
        if found := _PREFIX_H.match(key):
            forms.append((found[2], _PREFIX_CLASSES[found[1]]))
        if found := _QUALIFIER.match(key):
            forms.append((found[1], ""))
        for form, classes in forms:
            hits = self._exact(form, form.title(), factor=_AFFIX, match="loose") or (
                self._loosely(form) if len(form) >= _SHORTEST_LOOSE else []
            )
            hits = [hit for hit in hits if not classes or self._is_of_class(hit[0], classes)]
            if hits:
                return hits
        return []

    def _is_of_class(self, no: int, classes: str) -> bool:
        place = self._place_no(no)
        return place is not None and place.feature_class in classes and not place.feature_code.startswith("PCL")

    def _one_edit_away(self, key: str) -> list[_Hit]:
        splits = [(key[:i], key[i:]) for i in range(len(key) + 1)]
        edits = {a + b[1:] for a, b in splits if b}
        edits |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
        edits |= {a + c + b[1:] for a, b in splits if b for c in _LETTERS}
        edits |= {a + c + b for a, b in splits for c in _LETTERS}
        best: dict[int, _Hit] = {}
        for form in sorted(edits - {key}):
            blob = self._store.hits(form)
            for no, flags, score in HIT.iter_unpack(blob or b""):
                if flags & 3 <= 1 and not flags & (TITLE | CAPITALS | DOTTED):
                    hit: _Hit = (no, "fuzzy", form, _FUZZY * score / 255)
                    best[no] = max(best.get(no, hit), hit, key=lambda h: h[3])
        return sorted(best.values(), key=lambda hit: (-hit[3], hit[0]))

    def _candidates(self, hits: list[_Hit], wanted: Callable[[Place], bool] | None, limit: int) -> list[Candidate]:
        found: list[Candidate] = []
        for no, match, name, score in hits:
            if len(found) >= limit:
                break
            place = self._place_no(no)
            if place is not None and (wanted is None or wanted(place)):
                matched = place.name if match == "exact" or not name else name
                found.append(Candidate(place=place, match=match, name=matched, score=score))
        return found

    # Places ----------------------------------------------------------------------------------------------------------

    def place(self, gazetteer_id: str) -> Place | None:
        """Give the place with this `Place.gazetteer_id` (a GeoNames id is the bare number)."""
        if gazetteer_id.isascii() and gazetteer_id.isdigit() and len(gazetteer_id) < 10:
            return self._place_no(int(gazetteer_id))
        row = self._store.place_with_id(gazetteer_id)
        return self._as_place(row) if row else None

    def country(self, code: str) -> Place | None:
        """Give a country by its ISO 3166-1 alpha-2 code."""
        entry = self._admin().get(code.upper())
        return self._place_no(entry[0]) if entry and len(code) == 2 else None

    def admin1(self, country_code: str, admin1_code: str) -> Place | None:
        """Give a first-level unit by its country's code and GeoNames' admin1 code ("IQ", "07")."""
        entry = self._admin().get(f"{country_code.upper()}.{admin1_code}")
        return self._place_no(entry[0]) if entry else None

    def sites(self, country_code: str, feature_codes: Collection[str]) -> list[Place]:
        """Give the places of a country with one of these feature codes, such as its air bases (AIRB, MILB)."""
        rows = self._store.places_of(country_code.upper(), sorted(feature_codes))
        return [self._as_place(row) for row in rows]

    def _read_place(self, no: int) -> Place | None:
        row = self._store.place(no)
        return self._as_place(row) if row else None

    def _as_place(self, row: PlaceRow) -> Place:
        admin = self._admin()
        a1 = admin.get(f"{row.cc}.{row.a1}") if row.a1 else None
        bounds = None
        if row.bounds:
            west, south, east, north = _BOUNDS.unpack(row.bounds)
            bounds = (west / 1000, south / 1000, east / 1000, north / 1000)
        return Place(
            gazetteer=row.gazetteer if row.gid else "geonames",
            gazetteer_id=row.gid or str(row.no),
            name=row.name,
            lat=row.lat / _COORDINATE,
            lon=row.lon / _COORDINATE,
            feature_class=row.feature_class,
            feature_code=row.feature_code,
            country_code=row.cc,
            country=admin[row.cc][1] if row.cc in admin else "",
            admin1=a1[1] if a1 else "",
            admin1_code=row.a1,
            admin2_code=row.a2,
            population=row.population,
            geonameid=None if row.gid else row.no,
            bounds=bounds,
        )

    # Outlines --------------------------------------------------------------------------------------------------------

    def geometry(self, place: Place) -> BaseGeometry | None:
        """Give the outline of a country, province, sea or region (EPSG:4326, simplified), or None."""
        from mapper.gazetteer.polygons import decode  # noqa: PLC0415

        no = place.geonameid
        if no is None:
            row = self._store.place_with_id(place.gazetteer_id)
            if row is None:
                return None
            no = row.no
        blob = self._store.outline_of(no)
        return decode(blob) if blob else None

    def countries_at(self, lons: Any, lats: Any) -> list[str]:
        """Give the country of each point (ISO 3166-1 alpha-2), "" for none.

        Parameters
        ----------
        lons, lats
            Degrees, EPSG:4326, of the same length.

        Notes
        -----
        A point off every outline belongs to the nearest country within 25 km (coasts, anchorages, simplified borders),
        save where the ground is disputed and the outlines give it to nobody. See `mapper.gazetteer.polygons`.
        """
        from mapper.gazetteer.polygons import COAST_M  # noqa: PLC0415

        found = self._outlines("country").codes_at(lons, lats)
        empty = [i for i, code in enumerate(found) if not code]
        if empty:
            x, y = [float(lons[i]) for i in empty], [float(lats[i]) for i in empty]
            near = self._outlines("country").codes_at(x, y, reach_m=COAST_M)
            contested = self._outlines("disputed").codes_at(x, y)
            for i, code, dispute in zip(empty, near, contested, strict=True):
                found[i] = "" if dispute else code
        return found

    def disputed_at(self, lons: Any, lats: Any) -> list[str]:
        """Give the disputed area of each point ("Golan Heights: Admin. by Israel; Claimed by Syria"), or ""."""
        return self._outlines("disputed").codes_at(lons, lats)

    def admin1_at(self, lons: Any, lats: Any) -> list[str]:
        """Give the first-level unit of each point as "CC.code" ("IQ.07"), "" for none."""
        return self._outlines("admin1").codes_at(lons, lats)

    def _read_outlines(self, layer: str) -> Outlines:
        from mapper.gazetteer.polygons import Outlines  # noqa: PLC0415

        rows = [(code or note, shape) for code, note, shape in self._store.outlines(layer)]
        rows = [row for row in rows if row[0]]
        return Outlines([code for code, _ in rows], [shape for _, shape in rows])

    # About -----------------------------------------------------------------------------------------------------------

    def info(self) -> dict[str, Any]:
        """Tell what is in it: version, schema, counts, size, sha256, the sources with licence, the attributions."""
        meta = self._store.meta()
        counts = {key.removeprefix("count."): int(value) for key, value in meta.items() if key.startswith("count.")}
        sources = self._store.sources()
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise GazetteerError(f"the gazetteer {self.path} cannot be read", hint=str(error)) from error
        return {
            "path": str(self.path),
            "version": meta.get("version", ""),
            "schema_version": int(meta.get("schema_version", "0")),
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "counts": counts,
            "countries_with_outline": sorted({code for code, _, _ in self._store.outlines("country")}),
            "policy": meta.get("policy", ""),
            "sources": sources,
            "attribution": sorted({source["attribution"] for source in sources if source["attribution"]}),
        }


_Hit = tuple[int, "MatchKind", str, float]


def _unpack(blob: bytes, written: str) -> Iterator[tuple[int, int, float]]:
    """Give the hits that count for a name as it is written."""
    for no, flags, score in HIT.iter_unpack(blob):
        if flags & TITLE and not written[:1].isupper():
            continue
        if flags & (CAPITALS | DOTTED):
            capitals = flags & CAPITALS and is_capitals(written)
            dotted = flags & DOTTED and is_dotted(written) and written[:1].isupper()
            if not (capitals or dotted):
                continue
        yield no, flags, score


def _without_function_words(name: str, key: str) -> str:
    stripped = re.sub(r"['’]s$|(?<=s)['’]$", "", name.strip())
    for written, meant in _WRITTEN_SHORT:
        stripped = written.sub(meant, stripped)
    key = fold(stripped) if stripped != name.strip() else key
    return key.removeprefix("the ")


def _filter(
    countries: Collection[str] | None, feature_classes: Collection[str] | None
) -> Callable[[Place], bool] | None:
    if countries is None and feature_classes is None:
        return None
    codes = None if countries is None else {code.upper() for code in countries}
    kinds = None if feature_classes is None else set(feature_classes)

    def wanted(place: Place) -> bool:
        if codes is not None and place.country_code not in codes:
            return False
        return kinds is None or place.feature_class in kinds or place.feature_code in kinds

    return wanted
