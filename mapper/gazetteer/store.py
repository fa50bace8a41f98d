"""The SQLite file: its schema, and the reading of it. With `write.py`, the only SQL of the package.

Names are kept in the layout that was measured fastest for its size: one row a key, and in it a packed run of six bytes
a place (number, flags, prior), best first, so that a lookup is one search of a B-tree. The file is opened read-only and
immutable: nothing is locked or written, so any number of processes and threads may read it from a read-only folder.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import threading
import weakref
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.errors import GazetteerError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "APPLICATION_ID",
    "CAPITALS",
    "DOTTED",
    "FIRST_FOREIGN",
    "FIRST_POSTAL",
    "FIRST_SITE",
    "HIT",
    "MATCHES",
    "POSTAL_NUMBERS",
    "SCHEMA",
    "SCHEMA_VERSION",
    "TITLE",
    "PlaceRow",
    "Store",
]

APPLICATION_ID = 0x6D617070  # "mapp"
SCHEMA_VERSION = 1
FIRST_FOREIGN = 3_000_000_000
"""Places with a GeoNames id are numbered by it; those without one from here, and have an id of their own."""
FIRST_POSTAL, POSTAL_NUMBERS = 3_500_000_000, 700_000_000
"""Places known by their post code alone are numbered from here, by a digest of country, state and name."""
FIRST_SITE = 100
"""Feature codes of populated places and administrative areas are numbered below this, all others from here."""

HIT = struct.Struct("<IBB")
MATCHES = ("exact", "alternate", "abbreviation", "demonym")
TITLE, CAPITALS, DOTTED = 16, 32, 64
"""Flags of a name that only counts with a capital; all in capitals; with a full stop (with both, either will do)."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
  no INTEGER PRIMARY KEY, gazetteer TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, licence TEXT NOT NULL,
  attribution TEXT NOT NULL, url TEXT NOT NULL, count INTEGER NOT NULL, sha256 TEXT NOT NULL
);
CREATE TABLE feature (no INTEGER PRIMARY KEY, class TEXT NOT NULL, code TEXT NOT NULL);
CREATE TABLE place (
  no INTEGER PRIMARY KEY, gid TEXT, source INTEGER NOT NULL, name TEXT NOT NULL, lat INTEGER NOT NULL,
  lon INTEGER NOT NULL, feature INTEGER NOT NULL, cc TEXT NOT NULL, a1 TEXT NOT NULL, a2 TEXT NOT NULL,
  population INTEGER NOT NULL, bounds BLOB
);
CREATE TABLE admin (code TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE name (key TEXT PRIMARY KEY, hits BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE loose (key INTEGER PRIMARY KEY, hits BLOB NOT NULL);
CREATE TABLE outline (
  no INTEGER PRIMARY KEY, layer TEXT NOT NULL, place INTEGER, code TEXT NOT NULL, note TEXT NOT NULL, shape BLOB NOT
  NULL
);
"""
INDEXES = """
CREATE UNIQUE INDEX place_gid ON place (gid) WHERE gid IS NOT NULL;
CREATE INDEX place_site ON place (cc, feature) WHERE feature >= 100;
CREATE INDEX outline_place ON outline (place) WHERE place IS NOT NULL;
"""

_MAPPED = 1 << 40  # all of any file; SQLite takes as much as it was built to allow
_KEPT_KEYS = 32_768  # texts repeat their words: what was asked of late is kept, some 5 MB at most
_HITS = "SELECT hits FROM name WHERE key = ?"
_PLACE = (
    "SELECT p.no, p.gid, s.gazetteer, p.name, p.lat, p.lon, f.class, f.code, p.cc, p.a1, p.a2, p.population, p.bounds"
    " FROM place p JOIN feature f ON f.no = p.feature JOIN source s ON s.no = p.source "
)
_REBUILD = "install mapper again, or build it anew with `mapper gazetteer build --default`"


_stores: weakref.WeakSet[Store] = weakref.WeakSet()
_left_behind: list[threading.local] = []


def _after_fork() -> None:
    for store in list(_stores):
        store.forget_connections()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


class PlaceRow(NamedTuple):
    """One row of `place`, coordinates still in 1/100000 degree."""

    no: int
    gid: str | None
    gazetteer: str
    name: str
    lat: int
    lon: int
    feature_class: str
    feature_code: str
    cc: str
    a1: str
    a2: str
    population: int
    bounds: bytes | None


class Store:
    """A read-only gazetteer file, one connection a thread and process.

    Parameters
    ----------
    path
        The SQLite file.

    Raises
    ------
    GazetteerError
        When it is missing, is no gazetteer, is damaged, or has another schema version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        _stores.add(self)
        self.hits = lru_cache(maxsize=_KEPT_KEYS)(self._read_hits)
        """Give the packed places under an exact key."""
        if not path.is_file():
            raise GazetteerError(f"there is no gazetteer at {path}", hint=_REBUILD)
        (application,) = self.row("PRAGMA application_id") or (0,)
        (version,) = self.row("PRAGMA user_version") or (0,)
        if application != APPLICATION_ID:
            raise GazetteerError(f"{path} is not a gazetteer of mapper", hint=_REBUILD)
        if version != SCHEMA_VERSION:
            raise GazetteerError(
                f"{path} has schema version {version}, this mapper reads version {SCHEMA_VERSION}", hint=_REBUILD
            )

    def _connection(self) -> sqlite3.Connection:
        try:
            connection: sqlite3.Connection = self._local.connection
        except AttributeError:
            uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
            # Pages are read from the mapping that all processes share, not copied into a cache of each.
            connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
            connection.execute("PRAGMA cache_size = -256")
            # One transaction for good: else each query begins and ends its own, a fifth of what it costs.
            connection.execute("BEGIN")
            self._local.connection, self._local.execute = connection, connection.cursor().execute
        return connection

    def forget_connections(self) -> None:
        """Let every thread open a connection of its own again: one must not cross a fork."""
        # Kept, not closed: closing would touch what the parent process still uses.
        _left_behind.append(self._local)
        self._local = threading.local()

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Run a query and give all its rows; a damaged file is a `GazetteerError`."""
        try:
            return self._connection().execute(sql, values).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._unreadable(error) from error

    def row(self, sql: str, *values: Any) -> Any:
        """Run a query and give its first row, or None."""
        try:
            return self._connection().execute(sql, values).fetchone()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> GazetteerError:
        return GazetteerError(f"the gazetteer {self.path} cannot be read ({error})", hint=_REBUILD)

    def _read_hits(self, key: str) -> bytes | None:
        # The hottest query of all: written out, because every call between costs a tenth of it, fetchone too.
        hits: bytes
        try:
            for (hits,) in self._local.execute(_HITS, (key,)):
                return hits
        except AttributeError:
            found = self.row(_HITS, key)
            return found[0] if found else None
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._unreadable(error) from error
        return None

    def hits_of(self, keys: list[str]) -> list[tuple[str, bytes]]:
        """Give those of many exact keys that are held, with their packed places, in one query."""
        import json  # noqa: PLC0415  slow to load, and only misspelt names come here

        return self.rows("SELECT key, hits FROM name WHERE key IN (SELECT value FROM json_each(?))", json.dumps(keys))

    def loose_hits(self, key: int) -> bytes | None:
        """Give the packed places under the number of a loose key."""
        row = self.row("SELECT hits FROM loose WHERE key = ?", key)
        return row[0] if row else None

    def keys_from(self, prefix: str, limit: int) -> list[tuple[str, bytes]]:
        """Give exact keys that begin with a prefix, in order."""
        return self.rows(
            "SELECT key, hits FROM name WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
            prefix, prefix + "\U0010ffff", limit,
        )  # fmt: skip

    def place(self, no: int) -> PlaceRow | None:
        """Give the place with this number."""
        row = self.row(_PLACE + "WHERE p.no = ?", no)
        return PlaceRow(*row) if row else None

    def place_with_id(self, gid: str) -> PlaceRow | None:
        """Give the place with this id of its own (not a GeoNames id)."""
        row = self.row(_PLACE + "WHERE p.gid = ?", gid)
        return PlaceRow(*row) if row else None

    def source_of(self, gid: str) -> str | None:
        """Give the name of the source that a place comes from, by its id."""
        where = "p.no = ?" if gid.isascii() and gid.isdigit() else "p.gid = ?"
        row = self.row(f"SELECT s.name FROM place p JOIN source s ON s.no = p.source WHERE {where}", gid)  # noqa: S608
        return row[0] if row else None

    def places_of(self, cc: str, codes: list[str]) -> list[PlaceRow]:
        """Give the places of a country that have one of these feature codes, the most populous first."""
        marks = ",".join("?" * len(codes))
        numbers = [n for (n,) in self.rows(f"SELECT no FROM feature WHERE code IN ({marks})", *codes)]  # noqa: S608
        if not numbers:
            return []
        # Written out so that the partial index can serve: all its rows have numbers from FIRST_SITE.
        sites = "p.feature >= 100 AND " if min(numbers) >= FIRST_SITE else ""
        where = f"WHERE p.cc = ? AND {sites}p.feature IN ({','.join(map(str, numbers))})"
        return [PlaceRow(*r) for r in self.rows(_PLACE + where + " ORDER BY p.population DESC, p.no", cc)]

    def admin(self, code: str) -> tuple[int, str] | None:
        """Give place number and name of a country ("IQ") or first-level unit ("IQ.07")."""
        row: tuple[int, str] | None = self.row("SELECT place, name FROM admin WHERE code = ?", code)
        return row

    def admin1s_of(self, cc: str) -> list[int]:
        """Give the place numbers of the first-level units of a country, in the order of their codes."""
        between = "SELECT place FROM admin WHERE code > ? AND code < ? ORDER BY code"
        return [no for (no,) in self.rows(between, f"{cc}.", f"{cc}/")]  # "/" follows "." in ASCII

    def outline_of(self, no: int) -> bytes | None:
        """Give the outline of a place, packed."""
        row = self.row("SELECT shape FROM outline WHERE place = ? ORDER BY no LIMIT 1", no)
        return row[0] if row else None

    def outlines(self, layer: str) -> list[tuple[str, str, bytes]]:
        """Give code, note and outline of every row of a layer."""
        return self.rows("SELECT code, note, shape FROM outline WHERE layer = ? ORDER BY no", layer)

    def meta(self) -> dict[str, str]:
        """Give what the build wrote about itself."""
        return dict(self.rows("SELECT key, value FROM meta ORDER BY key"))

    def sources(self) -> list[dict[str, Any]]:
        """Give the provenance table."""
        columns = ("gazetteer", "name", "version", "licence", "attribution", "url", "count", "sha256")
        rows = self.rows(f"SELECT {', '.join(columns)} FROM source ORDER BY no")  # noqa: S608
        return [dict(zip(columns, row, strict=True)) for row in rows]
