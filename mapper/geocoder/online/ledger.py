"""What is remembered between runs, in one SQLite file: answers, and how each server has been used.

Several processes may use it at once: every change is one short transaction. The file is for its owner's eyes only,
as it tells what was looked up. Times are seconds since 1970, so that they mean the same in every process.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.errors import ServiceError
from mapper.records import Candidate, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Ledger", "Use"]

FILE_NAME = "geocoders.sqlite"
_WAIT_S = 30.0
_DAY_S = 86_400
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

# A new layout takes new tables: processes of two versions may share the file.
_TABLES = """
CREATE TABLE IF NOT EXISTS answers_1 (question TEXT PRIMARY KEY, expires REAL NOT NULL, answer TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS uses_1 (
    server TEXT PRIMARY KEY,
    asked REAL NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0,
    day INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS breakers_1 (
    caller TEXT PRIMARY KEY,
    failures INTEGER NOT NULL DEFAULT 0,
    open_until REAL NOT NULL DEFAULT 0
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Use:
    """How a server has been used: when it was last asked, when it may be again, and requests so far today (UTC)."""

    asked: float
    not_before: float
    requests: int


class Ledger:
    """The file of a folder.

    Parameters
    ----------
    folder
        Where the file is, made when it is missing.

    Raises
    ------
    ServiceError
        The folder cannot be made or written: without it nobody can keep to a service's terms.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._touch()
        except OSError as error:
            raise _unusable(self.path, error.strerror or str(error)) from error

    def answer(self, question: str) -> list[Candidate] | None:
        """Give the answer that is kept for a question, None where there is none or it has expired."""
        with self._open() as db:
            row = db.execute(
                "SELECT answer FROM answers_1 WHERE question = ? AND expires > ?", (question, time.time())
            ).fetchone()
        try:
            return None if row is None else [_candidate(item) for item in json.loads(row[0])]
        except (KeyError, TypeError, ValueError):  # another version of this program, with other fields
            return None

    def keep(self, question: str, answer: list[Candidate], seconds: float) -> None:
        """Keep an answer for some time; whatever has expired is deleted on the way, as the terms ask."""
        now = time.time()
        text = json.dumps([c._asdict() | {"place": c.place._asdict()} for c in answer], ensure_ascii=False)
        with self._open() as db:
            db.execute("DELETE FROM answers_1 WHERE expires <= ?", (now,))
            db.execute("INSERT OR REPLACE INTO answers_1 VALUES (?, ?, ?)", (question, now + seconds, text))

    def use(self, server: str) -> Use:
        """Tell how a server has been used."""
        with self._open() as db:
            found = db.execute("SELECT asked, not_before, day, requests FROM uses_1 WHERE server = ?", (server,))
            row = found.fetchone()
        if row is None:
            return Use(0.0, 0.0, 0)
        return Use(row[0], row[1], row[3] if row[2] == _today() else 0)

    def asked(self, server: str, *, requests: int = 0) -> None:
        """Note that a server is asked, or has answered, now; `requests` are added to the count of the day."""
        now, today = time.time(), _today()
        with self._open() as db:
            db.execute(
                "INSERT INTO uses_1 (server, asked, day, requests) VALUES (:server, :now, :today, :more) "
                "ON CONFLICT (server) DO UPDATE SET asked = :now, day = :today, "
                "requests = CASE WHEN day = :today THEN requests ELSE 0 END + :more",
                {"server": server, "now": now, "today": today, "more": requests},
            )

    def rest(self, server: str, seconds: float) -> None:
        """Note that a server wants to be left alone for some time: every process keeps to it."""
        with self._open() as db:
            db.execute(
                "INSERT INTO uses_1 (server, not_before) VALUES (:server, :until) "
                "ON CONFLICT (server) DO UPDATE SET not_before = max(not_before, :until)",
                {"server": server, "until": time.time() + seconds},
            )

    def open_until(self, caller: str) -> float:
        """Tell until when a caller leaves its server alone, after failures; 0 where it does not."""
        with self._open() as db:
            row = db.execute("SELECT open_until FROM breakers_1 WHERE caller = ?", (caller,)).fetchone()
        return float(row[0]) if row else 0.0

    def failed(self, caller: str, *, trips_after: int, rests_s: float) -> None:
        """Count a failure; from `trips_after` in a row on, each leaves the server alone for `rests_s` seconds."""
        with self._open() as db:
            failures = db.execute(
                "INSERT INTO breakers_1 (caller, failures) VALUES (?, 1) "
                "ON CONFLICT (caller) DO UPDATE SET failures = failures + 1 RETURNING failures",
                (caller,),
            ).fetchone()[0]
            if failures >= trips_after:
                db.execute("UPDATE breakers_1 SET open_until = ? WHERE caller = ?", (time.time() + rests_s, caller))

    def succeeded(self, caller: str) -> None:
        """Forget a caller's failures."""
        with self._open() as db:
            db.execute("DELETE FROM breakers_1 WHERE caller = ?", (caller,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction; a broken file is set aside for a new one, since all in it can be asked again."""
        try:
            try:
                db = self._connected()
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode not in _BROKEN:
                    raise
                with suppress(FileNotFoundError):  # another process was faster
                    self.path.replace(self.path.with_suffix(".broken"))
                self._touch()
                db = self._connected()
            with closing(db):
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise _unusable(self.path, str(error)) from error

    def _touch(self) -> None:
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous = NORMAL")  # what a loss of power takes can be asked again
            if db.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE '%\\_1' ESCAPE '\\'").fetchone()[0] < 3:
                db.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
        except BaseException:
            db.close()
            raise
        return db


def _today() -> int:
    return int(time.time() // _DAY_S)


def _candidate(row: dict[str, Any]) -> Candidate:
    place = row["place"]
    bounds = place["bounds"]
    place = Place(**place | {"bounds": None if bounds is None else tuple(bounds)})
    return Candidate(place=place, match=row["match"], name=row["name"], score=row["score"])


def _unusable(path: Path, reason: str) -> ServiceError:
    return ServiceError(
        f"{path} cannot be used ({reason}), and without it nobody can keep to a service's terms",
        hint="point the setting cache_dir (MAPPER_CACHE_DIR) at a folder that can be written",
    )
