"""Build a gazetteer of any size from published tables, in bounded memory: `mapper gazetteer build SOURCE...`.

Places and names are written to disk as they are read, sorted there by SQLite, and packed in one pass, so twelve million
places need no more memory than twelve thousand. The new gazetteer begins as a copy of the default one, whose curated
names, demonyms, abbreviations and outlines it keeps; a place that both have keeps the default's entry and gains names.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from mapper.errors import GazetteerError
from mapper.gazetteer.boundaries import is_boundaries, replace_outlines
from mapper.gazetteer.entries import Entry, bulk_prior, is_usable_alternate
from mapper.gazetteer.folding import loose_number, loosened
from mapper.gazetteer.opening import default_path, open_gazetteer
from mapper.gazetteer.readers import call_without_generic
from mapper.gazetteer.store import (
    APPLICATION_ID,
    CAPITALS,
    DOTTED,
    FIRST_FOREIGN,
    FIRST_SITE,
    HIT,
    INDEXES,
    SCHEMA,
    SCHEMA_VERSION,
    TITLE,
)  # fmt: skip
from mapper.gazetteer.tables import Table, point, recognise, rows_of, sha256_of_file
from mapper.gazetteer.write import LEAST_LOOSE, MAX_HITS, ROMANISED, SHORTEST_LOOSE, WORTH_LOOSE
from mapper.memory import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["build_from"]

_STAGE = """
CREATE TABLE stage.place (no INTEGER, gid TEXT, source INTEGER, name TEXT, lat INTEGER, lon INTEGER, feature INTEGER,
  cc TEXT, a1 TEXT, a2 TEXT, population INTEGER, bounds BLOB);
CREATE TABLE stage.pair (key TEXT, hit INTEGER);
CREATE TABLE stage.lax (key TEXT, hit INTEGER);
CREATE TABLE stage.numbered (number INTEGER, hits BLOB);
CREATE TABLE stage.alternate (no INTEGER, name TEXT);
CREATE TABLE stage.parent (child INTEGER, parent INTEGER);
"""
_ORDER = ("countries", "places", "whosonfirst", "admin", "alternates", "hierarchy")
_NO_NAMES = frozenset("link post iata icao faac tcid unlc wkdt phon piny".split())
_CLOSE_KIN = 128  # a flag while names are staged: the place lies where romanisations differ most
_CACHE_KB = 256_000
_BATCH = 20_000
_COUNTRY = re.compile(r"_([a-z]{2})$", re.IGNORECASE)
_GEONAMES = ("geonames", "CC BY 4.0", "GeoNames, geonames.org, CC BY 4.0", "https://www.geonames.org")
_WOF = ("whosonfirst", "CC BY 4.0 and others", "Who's On First, whosonfirst.org/docs/licenses",
        "https://whosonfirst.org")  # fmt: skip
_NATURAL_EARTH = ("naturalearth", "public domain", "Made with Natural Earth, naturalearthdata.com",
                  "https://www.naturalearthdata.com")  # fmt: skip


def build_from(
    sources: Sequence[Path],
    out_path: Path,
    *,
    base: Path | None = None,
    bare: bool = False,
    report: Callable[[str], None] = lambda _line: None,
) -> Path:
    """Build a gazetteer from published tables.

    Parameters
    ----------
    sources
        GeoNames' tables (allCountries, XX, alternateNamesV2, admin1CodesASCII, admin2Codes, countryInfo, hierarchy,
        no-country; zipped or not), Who's On First tables (`..._iq.tsv`), Natural Earth outlines (GeoJSON, GeoPackage,
        GeoParquet). In any order.
    out_path
        The file to write; an older one stays until the new one is whole, and when anything goes wrong.
    base
        Gazetteer to begin with; None is the default one.
    bare
        Begin with nothing instead.
    report
        Called with one line of progress at a time.

    Raises
    ------
    GazetteerError
        For a source that cannot be read or is malformed (its line is named), and when the file cannot be written.
    """
    shapes = [path for path in sources if is_boundaries(path)]
    tables = [table for path in sources if path not in shapes for table in recognise(path)]
    tables.sort(key=lambda table: _ORDER.index(table.kind))
    start = None if bare else base or default_path()
    if start is not None:
        open_gazetteer(start, own=False)  # says what is wrong with it before an hour of work
    aside = _aside(out_path)
    stage = aside.with_name(aside.name + ".stage")
    try:
        with uncollected(), _Growth(aside, stage, report) as growth:
            if start is not None:
                growth.begin_with(start)
            for number, table in enumerate(tables):
                growth.read(table, alternates_follow=any(t.kind == "alternates" for t in tables[number:]))
            growth.finish(shapes)
        aside.chmod(0o644)
        aside.replace(out_path)
    except (OSError, sqlite3.Error) as error:
        hint = f"{error}; the older file was left as it was: see that there is room (about 200 bytes a name)"
        raise GazetteerError(f"the gazetteer {out_path} cannot be written", hint=hint) from error
    finally:
        for path in (aside, stage):
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return out_path


def _aside(out_path: Path) -> Path:
    try:
        out_path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{out_path.name}.", dir=out_path.parent)
        os.close(handle)
    except OSError as error:
        raise GazetteerError(f"the gazetteer {out_path} cannot be written", hint=str(error)) from error
    return Path(name)


class _Growth:
    """A gazetteer being built, with the tables that hold what is not yet sorted."""

    def __init__(self, path: Path, stage: Path, report: Callable[[str], None]) -> None:
        self.report = report
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
                       f"cache_size = -{_CACHE_KB}", f"application_id = {APPLICATION_ID}",
                       f"user_version = {SCHEMA_VERSION}"):  # fmt: skip
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute("ATTACH ? AS stage", (str(stage),))
        self.connection.execute("PRAGMA stage.journal_mode = OFF")
        self.connection.execute("PRAGMA stage.synchronous = OFF")
        self.connection.executescript(SCHEMA + _STAGE)
        self.features: dict[tuple[str, str], int] = {}
        self.admin: dict[str, tuple[int, str]] = {}
        self.meta: dict[str, str] = {"version": "grown", "max_words": "7", "policy": ""}
        self.sources: list[list[Any]] = []
        self.foreign = FIRST_FOREIGN
        self.numbers: dict[str, int] = {}  # of the places with an id of their own, by that id
        self.places: list[tuple[Any, ...]] = []
        self.pairs: list[tuple[Any, ...]] = []

    def __enter__(self) -> Self:
        self.connection.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    # Reading ---------------------------------------------------------------------------------------------------------

    def begin_with(self, path: Path) -> None:
        """Take over everything of a gazetteer."""
        self.report(f"beginning with {path}")
        run = self.connection.execute
        run("COMMIT")
        run("ATTACH ? AS base", (f"{path.resolve()}",))
        run("BEGIN")
        self.features = {(c, code): no for no, c, code in run("SELECT no, class, code FROM base.feature")}
        self.admin = {code: (no, name) for code, no, name in run("SELECT code, place, name FROM base.admin")}
        self.meta |= dict(run("SELECT key, value FROM base.meta WHERE key NOT LIKE 'count.%'"))
        self.sources = [list(row) for row in run("SELECT * FROM base.source ORDER BY no")]
        run("INSERT INTO stage.place SELECT * FROM base.place")
        run("INSERT INTO outline SELECT * FROM base.outline")
        country = dict(run("SELECT no, cc FROM base.place"))
        self.foreign = max([FIRST_FOREIGN, *(no + 1 for no in country)])
        self.numbers = dict(run("SELECT gid, no FROM base.place WHERE gid IS NOT NULL"))
        for key, blob in run("SELECT key, hits FROM base.name"):
            self.pairs += [
                (key, _staged(no, flags | (_CLOSE_KIN if country.get(no) in ROMANISED else 0), score))
                for no, flags, score in HIT.iter_unpack(blob)
            ]
            self._flush(_BATCH)
        self._flush()
        run("COMMIT")
        run("DETACH base")
        run("BEGIN")

    def read(self, table: Table, *, alternates_follow: bool) -> None:
        """Read one table into the stage."""
        self.report(f"{table.label}: {table.kind}")
        origin = _WOF if table.kind == "whosonfirst" else _GEONAMES
        source = self._source(table.label, origin, sha256_of_file(table.path))
        rows, count, latest = rows_of(table, self.report), 0, ""
        match table.kind:
            case "places":
                for line, row in rows:
                    self._geonames(table, line, row, source=source, with_names=not alternates_follow)
                    count, latest = count + 1, max(latest, row[18])
            case "whosonfirst":
                for line, row in rows:
                    count += self._whosonfirst(table, line, row, source=source)
            case "alternates":
                count = self._stage(
                    "stage.alternate (no, name)",
                    ((int(r[1]), r[3]) for _, r in rows if r[1].isdigit() and r[2] not in _NO_NAMES and r[3]),
                )
            case "hierarchy":
                links = ((int(r[1]), int(r[0])) for _, r in rows if r[0].isdigit() and r[1].isdigit())
                count = self._stage("stage.parent (child, parent)", links)
            case "admin":
                for _, row in rows:
                    count += self._unit(row)
            case "countries":
                for _, row in rows:
                    count += self._country(row)
        self._flush()
        self.sources[source][7], self.sources[source][3] = count, latest

    def _source(self, name: str, origin: tuple[str, str, str, str], sha256: str) -> int:
        gazetteer, licence, attribution, url = origin
        self.sources.append([len(self.sources), gazetteer, name, "", licence, attribution, url, 0, sha256])
        return len(self.sources) - 1

    def _geonames(self, table: Table, line: int, row: list[str], *, source: int, with_names: bool) -> None:
        if not row[0].isdigit() or not row[1]:
            raise GazetteerError(f"{table.label}, line {line}: a place without id or name", hint="get the file again")
        lat, lon = point(table, line, row[4], row[5])
        code, cc = row[7] or row[6] or "RGN", row[8]
        entry = Entry(
            int(row[0]), row[1], lat, lon, code, "", feature_class=row[6] or "L", cc=cc, a1=row[10], a2=row[11]
        )
        entry.population = int(row[14]) if row[14].isdigit() else 0
        entry.call(row[1], "exact")
        if row[2] != row[1]:
            entry.call(row[2], "exact")
        for name in row[3].split(",") if with_names else ():
            if is_usable_alternate(name, cc, entry.population):
                entry.call(name)
        if code.startswith("PCL") and cc:
            self.admin.setdefault(cc, (entry.no, entry.name))
        elif code == "ADM1" and entry.a1:
            self.admin.setdefault(f"{cc}.{entry.a1}", (entry.no, entry.name))
        self._take(entry, source)

    def _whosonfirst(self, table: Table, line: int, row: list[str], *, source: int) -> int:
        country = _COUNTRY.search(table.path.stem)
        if country is None:
            raise GazetteerError(
                f"{table.path} does not say its country", hint="call it whosonfirst_iq.tsv or the like"
            )
        wof, kind, name, current = row[0], row[1], row[2], row[8]
        if kind not in ("locality", "neighbourhood", "localadmin", "campus") or current == "0" or not name:
            return 0
        lat, lon = point(table, line, row[3], row[4])
        code = {"neighbourhood": "PPLX", "campus": "AIRP"}.get(kind, "PPL")
        entry = Entry(0, name, lat, lon, code, "", feature_class="S" if kind == "campus" else "P")
        entry.cc = country[1].upper()
        if row[5].isdigit():
            entry.no = int(row[5])
        else:
            entry.gid = f"wof-{wof}"
            entry.no = self.numbers.setdefault(entry.gid, self.foreign)
            self.foreign = max(self.foreign, entry.no + 1)
        entry.call(name, "exact")
        for other in row[10].split("|"):
            if is_usable_alternate(other):
                entry.call(other)
        self._take(entry, source)
        return 1

    def _unit(self, row: list[str]) -> int:
        if row[3].isdigit():
            if row[0].count(".") == 1:
                self.admin[row[0]] = (int(row[3]), row[1])
            self.connection.executemany(
                "INSERT INTO stage.alternate VALUES (?, ?)", [(int(row[3]), n) for n in row[1:3]]
            )
        return 1

    def _country(self, row: list[str]) -> int:
        if row[16].isdigit():
            self.admin.setdefault(row[0], (int(row[16]), row[4]))
            self.connection.execute("INSERT INTO stage.alternate VALUES (?, ?)", (int(row[16]), row[4]))
        return 1

    def _take(self, entry: Entry, source: int) -> None:
        if entry.code.startswith("ADM"):
            call_without_generic(entry)
        feature = self._feature(entry.feature_class, entry.code)
        self.places.append((entry.no, entry.gid, source, entry.name, round(entry.lat * 1e5), round(entry.lon * 1e5),
                            feature, entry.cc, entry.a1, entry.a2, entry.population, None))  # fmt: skip
        self._pairs_of(entry)

    def _pairs_of(self, entry: Entry) -> None:
        worth = bulk_prior(entry.feature_class, entry.code, entry.population, entry.cc)
        kin = _CLOSE_KIN if entry.cc in ROMANISED else 0
        self.pairs += [
            (key, _staged(entry.no, flags | kin, min(255, round(255 * worth * factor))))
            for key, (flags, factor) in entry.names.items()
        ]
        self._flush(_BATCH)

    def _feature(self, feature_class: str, code: str) -> int:
        number = self.features.get((feature_class, code))
        if number is None:
            low = feature_class in "AP"
            number = max(
                [n + 1 for n in self.features.values() if (n < FIRST_SITE) == low] or [0 if low else FIRST_SITE]
            )
            if low and number >= FIRST_SITE:
                number = max(FIRST_SITE, *self.features.values()) + 1
            self.features[feature_class, code] = number
        return number

    def _flush(self, least: int = 0) -> None:
        """Write what was gathered, when it is so many pairs at least."""
        if len(self.pairs) < least:
            return
        self.connection.executemany("INSERT INTO stage.place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self.places)
        self.connection.executemany("INSERT INTO stage.pair VALUES (?, ?)", self.pairs)
        self.places.clear()
        self.pairs.clear()

    def _stage(self, into: str, rows: Iterator[tuple[Any, ...]]) -> int:
        before = self.connection.total_changes
        self.connection.executemany(f"INSERT INTO {into} VALUES (?, ?)", rows)  # noqa: S608  a name of ours
        return self.connection.total_changes - before

    # Writing ---------------------------------------------------------------------------------------------------------

    def finish(self, shapes: Sequence[Path]) -> None:
        """Sort what was staged, pack the names, and write the tables around them."""
        run = self.connection.execute
        self.report("sorting the places")
        # The first of two rows of one number stays: the default's, or that of the earlier source.
        run("INSERT OR IGNORE INTO place SELECT * FROM stage.place ORDER BY no, stage.place.rowid")
        run("DROP TABLE stage.place")
        if run("SELECT 1 FROM stage.parent LIMIT 1").fetchone():
            run(
                "UPDATE place SET a1 = p.a1, a2 = iif(place.a2 = '', p.a2, place.a2) FROM stage.parent h"
                " JOIN place p ON p.no = h.parent WHERE h.child = place.no AND place.a1 = '' AND p.cc = place.cc"
            )
        self._name_alternates()
        if not run("SELECT 1 FROM place LIMIT 1").fetchone():
            raise GazetteerError("the sources hold no place", hint="give a table of places, such as XX.zip")
        counts = self._pack_names() | self._pack_loose()
        run("DELETE FROM admin")
        known = [(c, no, name) for c, (no, name) in sorted(self.admin.items())
                 if run("SELECT 1 FROM place WHERE no = ?", (no,)).fetchone()]  # fmt: skip
        self.connection.executemany("INSERT INTO admin VALUES (?, ?, ?)", known)
        for path in shapes:
            self.report(f"{path.name}: outlines")
            source = self._source(path.name, _NATURAL_EARTH, sha256_of_file(path))
            self.sources[source][7] = replace_outlines(self.connection, path, {c: no for c, no, _ in known})
        features = [(no, *pair) for pair, no in self.features.items()]
        self.connection.executemany("INSERT INTO feature VALUES (?, ?, ?)", sorted(features))
        self.connection.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self.sources)
        counts["places"] = run("SELECT count(*) FROM place").fetchone()[0]
        counts["countries"] = sum("." not in code for code, _, _ in known)
        counts["admin1"] = len(known) - counts["countries"]
        counts |= {f"outlines.{layer}": n for layer, n in run("SELECT layer, count(*) FROM outline GROUP BY layer")}
        meta = self.meta | {f"count.{key}": str(n) for key, n in counts.items()}
        meta |= {"schema_version": str(SCHEMA_VERSION)}
        self.connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        run("COMMIT")
        self.report("indexing")
        self.connection.executescript(INDEXES)
        self.report(f"{counts['places']:,} places, {counts['names']:,} names")

    def _name_alternates(self) -> None:
        """Give the places the names of the separate table; read in the places' order, so that both are read once."""
        numbers = {no: pair for pair, no in self.features.items()}
        rows = self.connection.execute(
            # SQLite drops the order of a part of a join, unless that part has a limit: here, none.
            "SELECT p.no, p.name, p.feature, p.cc, p.population, a.name FROM (SELECT no, name FROM stage.alternate"
            " ORDER BY no, name LIMIT -1) a CROSS JOIN place p ON p.no = a.no"
        )
        for no, group in groupby(rows, key=lambda row: row[0]):
            several = list(group)
            feature_class, code = numbers[several[0][2]]
            entry = Entry(no, several[0][1], 0.0, 0.0, code, "", feature_class=feature_class, cc=several[0][3])
            entry.population = several[0][4]
            for *_, name in several:
                if is_usable_alternate(name, entry.cc, entry.population):
                    entry.call(name)
            if code.startswith("ADM"):
                call_without_generic(entry)
            self._pairs_of(entry)
        self._flush()

    def _pack_names(self) -> dict[str, int]:
        self.report("sorting and packing the names")
        rows = self.connection.execute("SELECT key, hit FROM stage.pair ORDER BY key, hit")
        names = pairs = 0
        batch: list[tuple[str, bytes]] = []
        lax: list[tuple[str, int]] = []
        for key, group in groupby(rows, key=itemgetter(0)):
            hits = _best([hit for _, hit in group])
            names, pairs = names + 1, pairs + len(hits)
            batch.append((key, _packed(hits)))
            worthy = [hit for hit in hits if _is_lax(hit & 0xFF, 255 - (hit >> 40))]
            if worthy and (other := loosened(key)) != key and len(other) >= SHORTEST_LOOSE:
                lax += [(other, hit) for hit in worthy]
            if len(batch) >= _BATCH:
                self._write_names(batch, lax)
        self._write_names(batch, lax)
        self.connection.execute("DROP TABLE stage.pair")
        return {"names": names, "name_place_pairs": pairs}

    def _write_names(self, batch: list[tuple[str, bytes]], lax: list[tuple[str, int]]) -> None:
        self.connection.executemany("INSERT INTO name VALUES (?, ?)", batch)
        self.connection.executemany("INSERT INTO stage.lax VALUES (?, ?)", lax)
        batch.clear()
        lax.clear()

    def _pack_loose(self) -> dict[str, int]:
        self.report("sorting and packing the looser keys")
        # Gone through in the order of the keys, in which the exact names lie too: both are read once.
        rows = self.connection.execute("SELECT key, hit FROM stage.lax ORDER BY key, hit")
        seeker, batch = self.connection.cursor(), []
        for key, group in groupby(rows, key=itemgetter(0)):
            hits = _best([hit for _, hit in group])
            held = seeker.execute("SELECT hits FROM name WHERE key = ?", (key,)).fetchone()
            if held and {_number(hit) for hit in hits} <= {no for no, _, _ in HIT.iter_unpack(held[0])}:
                continue  # the exact table says it under the same letters
            batch.append((loose_number(key), _packed(hits)))
            if len(batch) >= _BATCH:
                self.connection.executemany("INSERT INTO stage.numbered VALUES (?, ?)", batch)
                batch.clear()
        self.connection.executemany("INSERT INTO stage.numbered VALUES (?, ?)", batch)
        # Among millions of keys a few dozen share a number: their places stand together.
        self.connection.execute(
            "INSERT INTO loose SELECT number, hits FROM stage.numbered WHERE true ORDER BY number, rowid"
            " ON CONFLICT DO UPDATE SET hits = CAST(hits || excluded.hits AS BLOB)"
        )
        return {"loose": self.connection.execute("SELECT count(*) FROM loose").fetchone()[0]}


def _staged(no: int, flags: int, score: int) -> int:
    """Give a hit as one number, so that the best of a name sorts first, then the lowest place number."""
    return (255 - score) << 40 | no << 8 | flags


def _number(hit: int) -> int:
    return hit >> 8 & 0xFFFF_FFFF


def _best(hits: list[int]) -> list[int]:
    """Give the first of the sorted hits of each place."""
    if len(hits) == 1:
        return hits
    best: dict[int, int] = {}
    for hit in hits:
        best.setdefault(_number(hit), hit)
    return list(best.values())


def _packed(hits: list[int]) -> bytes:
    pack = HIT.pack
    return b"".join([pack(_number(hit), hit & 0xFF & ~_CLOSE_KIN, 255 - (hit >> 40)) for hit in hits[:MAX_HITS]])


def _is_lax(flags: int, score: int) -> bool:
    """Say whether a name is worth a second way to its place: see `write`, which does the same for the default."""
    if flags & 3 > 1 or flags & (TITLE | CAPITALS | DOTTED):
        return False
    return bool(flags & _CLOSE_KIN) or score >= (WORTH_LOOSE if flags & 3 == 1 else LEAST_LOOSE)
