"""Find the places that a name may mean.

The order of the search: the exact key; then the name without "the" or a possessive; then the looser key; then the name
without a generic word ("Anbar province", "northern Syria"); at last, when asked for, one edit away. The first step that
finds anything ends it. Every candidate says how it matched, and its score is a prior: which of the places of that name
people mostly mean, before anything is known of the text. Ranking in context is the geocoder's work.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from mapper.gazetteer.folding import fold, is_capitals, is_dotted, loose, loose_number, respelt
from mapper.gazetteer.store import CAPITALS, DOTTED, FIRST_POSTAL, HIT, MATCHES, TITLE, PlaceRow, Store
from mapper.places import Candidate, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from mapper.gazetteer.polygons import Outlines
    from mapper.places import MatchKind

__all__ = ["Gazetteer"]

_COORDINATE = 100_000.0  # kept in 1/100000 degree, about a metre
_BOUNDS = struct.Struct("<4i")  # west, south, east, north in 1/1000 degree
_CODED_ANEW = frozenset({"VN"})
"""Countries whose towns have the codes of a reform (Vietnam's of 2025) and whose provinces those from before it: of two
tables that each use the same numbers for other provinces, the outlines say which is meant."""
_SHORTEST_LOOSE = 4
_SHORTEST_FUZZY = 5
_KINDS = cast("tuple[MatchKind, ...]", MATCHES)
# What a step of the search is worth beside an exact match.
_LOOSE, _AFFIX, _FUZZY, _ARTICLE = 0.75, 0.8, 0.5, 0.9

_POSTAL = "postal-"
_LETTERS = "abcdefghijklmnopqrstuvwxyz "


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
        self._admin = lru_cache(maxsize=8192)(self._store.admin)
        self._certainty = lru_cache(maxsize=1)(self._read_certainty)
        self._outlines = lru_cache(maxsize=4)(self._read_outlines)
        row = self._store.row("SELECT value FROM meta WHERE key = 'max_words'")
        self.max_words = int(row[0]) if row else 6

    def __reduce__(self) -> tuple[object, ...]:
        from mapper.gazetteer.opening import open_several  # noqa: PLC0415  (which knows what a gazetteer is)

        return open_several, ((str(self.path),),)

    def __repr__(self) -> str:
        return f"Gazetteer({str(self.path)!r})"

    # Names -----------------------------------------------------------------------------------------------------------

    def knows(self, name: str) -> bool:
        """Say whether the name, as written, is held under its exact key (main, alternate, abbreviation, demonym)."""
        key = fold(name)
        for form in (key, *respelt(name, key)):
            blob = self._store.hits(form)
            if blob is not None and any(True for _ in _unpack(blob, name)):
                return True
        return False

    def lookup(
        self,
        name: str,
        *,
        countries: Collection[str] | None = None,
        feature_classes: Collection[str] | None = None,
        bounds: tuple[float, float, float, float] | None = None,
        near: tuple[float, float] | None = None,
        within_m: float = 100_000.0,
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
        bounds
            Only places whose point lies in (west, south, east, north), degrees; west > east crosses the antimeridian.
        near, within_m
            Only places whose point lies within so many metres of (lat, lon), degrees.
        limit
            At most so many.
        fuzzy
            When nothing else is found, also try names one edit away (about a millisecond).

        Returns
        -------
        list of Candidate
            Best first by a static prior; empty when the gazetteer has no such name.
        """
        wanted = None
        if countries is not None or feature_classes is not None or bounds is not None or near is not None:
            from mapper.gazetteer.filters import narrowed  # noqa: PLC0415

            wanted = narrowed(
                countries=countries, feature_classes=feature_classes, bounds=bounds, near=near, within_m=within_m
            )
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
        """Give the places of the longest known names within a name ("University of Oxford": Oxford).

        This says near what something is, never where it is, so `lookup` does not do it. Of names of as many words the
        best known place is first ("Manitoba Chambers of Commerce": Manitoba, then Commerce in Texas). Generic words are
        no name ("Central Park" holds no place), nor is a word of less than four letters or without a capital, save an
        abbreviation ("US Federal Reserve").
        """
        from mapper.gazetteer.affixes import is_generic  # noqa: PLC0415

        words = re.findall(r"[^\s,()\"]+", name)
        for length in range(len(words) - 1, 0, -1):
            hits: list[_Hit] = []
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length]).strip(".'’")
                if is_generic(fold(part)) or (length == 1 and not part[:1].isupper()):
                    continue
                found = self._exact(fold(part), part, factor=_AFFIX * _FUZZY)
                hits += [hit for hit in found if length > 1 or len(part) > 3 or hit[1] == "abbreviation"]
            if hits:
                best = {hit[0]: hit for hit in sorted(hits, key=lambda hit: hit[3])}
                order = sorted(best.values(), key=lambda hit: (-hit[3], hit[0]))
                return self._candidates([(no, "loose", key, score) for no, _, key, score in order], None, limit)
        return []

    def _steps(self, name: str, *, fuzzy: bool) -> Iterator[list[_Hit]]:
        key = fold(name)
        if not key:
            return
        hits = self._exact(key, name)
        yield [*self._with_article(key, hits), *hits]
        for form in respelt(name, key):
            yield self._exact(form, name)
        # What follows is needed for few names; the first answer of a process should not wait for its patterns.
        from mapper.gazetteer.affixes import without_function_words  # noqa: PLC0415

        bare = without_function_words(name, key)
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

    def _with_article(self, key: str, hits: list[_Hit]) -> list[_Hit]:
        """Give better known places whose name has an Arabic article: the press says Mahmudiyah for Al Mahmudiyah."""
        if not hits or " " in key or len(key) < _SHORTEST_LOOSE:
            return []
        known, full = {hit[0] for hit in hits}, f"al {key}"
        forms = (full, *respelt(full, full))
        found = [hit for form in forms for hit in self._exact(form, form.title(), factor=_ARTICLE, match="alternate")]
        better = {hit[0]: hit for hit in found if hit[0] not in known and hit[3] > hits[0][3]}
        return sorted(better.values(), key=lambda hit: (-hit[3], hit[0]))

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
        from mapper.gazetteer.affixes import bare_forms  # noqa: PLC0415

        for form, classes in bare_forms(key):
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
        # All forms go to SQLite in one query: a call a form costs more than the search for it.
        splits = [(key[:i], key[i:]) for i in range(len(key) + 1)]
        edits = {a + b[1:] for a, b in splits if b}
        edits |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
        edits |= {a + c + b[1:] for a, b in splits if b for c in _LETTERS}
        edits |= {a + c + b for a, b in splits for c in _LETTERS}
        best: dict[int, _Hit] = {}
        for form, blob in sorted(self._store.hits_of(list(edits - {key}))):
            for no, flags, score in HIT.iter_unpack(blob):
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
        number = gazetteer_id.removeprefix(_POSTAL)
        if number.isascii() and number.isdigit() and (len(number) < 10) == (number == gazetteer_id):
            return self._place_no(int(number))
        row = self._store.place_with_id(gazetteer_id)
        return self._as_place(row) if row else None

    def country(self, code: str) -> Place | None:
        """Give a country by its ISO 3166-1 alpha-2 code."""
        entry = self._admin(code.upper())
        return self._place_no(entry[0]) if entry and len(code) == 2 else None

    def admin1(self, country_code: str, admin1_code: str) -> Place | None:
        """Give a first-level unit by its country's code and GeoNames' admin1 code ("IQ", "07")."""
        entry = self._admin(f"{country_code.upper()}.{admin1_code}")
        return self._place_no(entry[0]) if entry else None

    def admin1s(self, country_code: str) -> list[Place]:
        """Give all first-level units of a country, in the order of their codes."""
        places = map(self._place_no, self._store.admin1s_of(country_code.upper()))
        return [place for place in places if place is not None]

    def sites(self, country_code: str, feature_codes: Collection[str]) -> list[Place]:
        """Give the places of a country with one of these feature codes, such as its air bases (AIRB, MILB)."""
        rows = self._store.places_of(country_code.upper(), sorted(feature_codes))
        return [self._as_place(row) for row in rows]

    def certainty(self, place: Place) -> str:
        """Say how sure the point of a place is: "high", "approximate", "low", or "" where no source says.

        Approximate are points that were set by hand, the middle of a unit's towns, or the airfield of a hamlet; low
        are those that one unverified source gives. See `supplement/places.csv` for what each was read in.
        """
        known = self._certainty()
        word: str = known.get("places", {}).get(place.gazetteer_id, "")
        if not word and known.get("sources"):
            word = known["sources"].get(self._store.source_of(place.gazetteer_id.removeprefix(_POSTAL)) or "", "")
        return word

    def _read_certainty(self) -> dict[str, dict[str, str]]:
        import json  # noqa: PLC0415

        found: dict[str, dict[str, str]] = json.loads(self._store.meta().get("certainty", "{}"))
        return found

    def _read_place(self, no: int) -> Place | None:
        row = self._store.place(no)
        return self._as_place(row) if row else None

    def _as_place(self, row: PlaceRow) -> Place:
        country = self._admin(row.cc) if row.cc else None
        province = self._province(row)
        a1 = self._admin(f"{row.cc}.{province}") if province else None
        bounds = None
        if row.bounds:
            west, south, east, north = _BOUNDS.unpack(row.bounds)
            bounds = (west / 1000, south / 1000, east / 1000, north / 1000)
        postal = row.no >= FIRST_POSTAL and not row.gid
        return Place(
            gazetteer=row.gazetteer if row.gid or postal else "geonames",
            gazetteer_id=row.gid or (f"{_POSTAL}{row.no}" if postal else str(row.no)),
            name=row.name,
            lat=row.lat / _COORDINATE,
            lon=row.lon / _COORDINATE,
            feature_class=row.feature_class,
            feature_code=row.feature_code,
            country_code=row.cc,
            country=country[1] if country else "",
            admin1=a1[1] if a1 else "",
            admin1_code=province,
            admin2_code=row.a2,
            population=row.population,
            geonameid=None if row.gid or postal else row.no,
            bounds=bounds,
        )

    def _province(self, row: PlaceRow) -> str:
        """Give the code of the first-level unit that a place lies in, as the units themselves have it."""
        if row.cc not in _CODED_ANEW or row.feature_class == "A":
            return row.a1
        (code,) = self.admin1_at([row.lon / _COORDINATE], [row.lat / _COORDINATE])
        return code.partition(".")[2] if code.startswith(f"{row.cc}.") else ""

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
        import numpy as np  # noqa: PLC0415

        from mapper.gazetteer.polygons import COAST_M  # noqa: PLC0415

        x, y = np.asarray(lons, dtype=float).ravel(), np.asarray(lats, dtype=float).ravel()
        found = np.asarray(self._outlines("country").codes_at(x, y), dtype=object)
        off = np.flatnonzero((found == "") & np.isfinite(x) & np.isfinite(y))
        if len(off):
            near = np.asarray(self._outlines("country").codes_near(x[off], y[off], reach_m=COAST_M), dtype=object)
            off, near = off[near != ""], near[near != ""]
            contested = np.asarray(self._outlines("disputed").codes_at(x[off], y[off]), dtype=object)
            found[off] = np.where(contested == "", near, "")
        codes: list[str] = found.tolist()
        return codes

    def disputed_at(self, lons: Any, lats: Any) -> list[str]:
        """Give the disputed area of each point ("Golan Heights: Admin. by Israel; Claimed by Syria"), or ""."""
        return self._outlines("disputed").codes_at(lons, lats)

    def admin1_at(self, lons: Any, lats: Any) -> list[str]:
        """Give the first-level unit of each point as "CC.code" ("IQ.07"), "" for none."""
        return self._outlines("admin1").codes_at(lons, lats)

    def outlines_at(self, layer: str, lons: Any, lats: Any) -> list[str]:
        """Give the code of the outline of a layer ("country", "admin1") that holds each point, "" for none."""
        return self._outlines(layer).codes_at(lons, lats)

    def _read_outlines(self, layer: str) -> Outlines:
        from mapper.gazetteer.polygons import Outlines  # noqa: PLC0415

        rows = [(code or note, shape) for code, note, shape in self._store.outlines(layer)]
        rows = [row for row in rows if row[0]]
        return Outlines([code for code, _ in rows], [shape for _, shape in rows])

    # About -----------------------------------------------------------------------------------------------------------

    def info(self) -> dict[str, Any]:
        """Tell what is in it: version, schema, counts, size, sha256, the sources with licence, the attributions."""
        from mapper.gazetteer.tables import sha256_of_file  # noqa: PLC0415

        meta = self._store.meta()
        counts = {key.removeprefix("count."): int(value) for key, value in meta.items() if key.startswith("count.")}
        sources = self._store.sources()
        return {
            "path": str(self.path),
            "version": meta.get("version", ""),
            "schema_version": int(meta.get("schema_version", "0")),
            "sha256": sha256_of_file(self.path),
            "size": self.path.stat().st_size,
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
