"""What a run has done so far, on disk: one SQLite file in the run's own hidden folder, gone when the run is whole.

Results are kept under the digest of their document, beside the digest of all that they were made with. So a run that
was broken off goes on where it stopped, whatever of its sources was changed meanwhile; and a journal made with other
settings, another model or other code is no use, and is begun afresh. What lands, lands in one transaction: after a
kill, a full disk or a power cut the journal holds whole batches and nothing else.
"""

from __future__ import annotations

import pickle
import sqlite3
import time
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.errors import OutputError
from mapper.pipeline.packing import Packed, Shapes, pack_record, unpack, unpack_fingerprint, unpack_telling
from mapper.records import Document, Failure, Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mapper.incidents import Telling
    from mapper.sources import Fingerprint

__all__ = ["Input", "Journal"]

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
-- What was made of a document, by its digest: a report, or why there is none.
CREATE TABLE results (
    key BLOB PRIMARY KEY, report BLOB, failure BLOB, language TEXT, toponyms INTEGER, resolved INTEGER, fingerprint BLOB
);
CREATE TABLE tellings (
    key BLOB, number INTEGER, kind TEXT, confidence REAL, id TEXT, telling BLOB, PRIMARY KEY (key, number)
);
CREATE TABLE shapes (digest BLOB PRIMARY KEY, wkb BLOB) WITHOUT ROWID;
-- Documents that somebody's process ended with.
CREATE TABLE strikes (key BLOB PRIMARY KEY, count INTEGER) WITHOUT ROWID;
-- The inputs of this run in their order: documents, or why they could not be read.
CREATE TABLE inputs (
    ordinal INTEGER PRIMARY KEY, key BLOB, id BLOB, source BLOB, sha256 TEXT, read_as TEXT, failure BLOB
);
CREATE INDEX inputs_key ON inputs (key);
"""
_FORMAT = "2"
_BATCH, _SECONDS = 16, 1.0  # results that land together, and the longest that one waits for others


class Input(NamedTuple):
    """A document as `run.json` names it."""

    source: str
    doc_id: str
    sha256: str
    read_as: str


class Journal:
    """The journal of one run; while it is open, no other process can open it.

    Parameters
    ----------
    path
        Of the file; begun when it is not there, not whole, or made with something else.
    made_with
        Digest of all that shapes the results.

    Attributes
    ----------
    found
        Results of an earlier run that this one can use.
    stale
        Whether there were results of a run that were made with something else.

    Raises
    ------
    OutputError
        When it cannot be written, or another run has it open.
    """

    def __init__(self, path: Path, made_with: str) -> None:
        self._path = path
        self._uncommitted, self._committed_at = 0, time.monotonic()
        with self._guarded():
            try:
                self.stale = self._open(made_with)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # no database, or a damaged one: as good as none
                path.unlink()
                self.stale = self._open(made_with)
        self._shapes = Shapes(self._wkb)
        self.settle()  # from here on the lock is ours

    def _open(self, made_with: str) -> bool:
        self._connection = sqlite3.connect(self._path, timeout=0.5, isolation_level=None)
        try:
            stale = self._begin(made_with)
            (self.found,) = self._connection.execute("SELECT count(*) FROM results").fetchone()
            self._connection.execute("DELETE FROM inputs")
        except sqlite3.Error:
            self._connection.close()
            raise
        return stale

    def _begin(self, made_with: str) -> bool:
        # No write-ahead log: it does not work on network folders. The lock is held until the journal is closed.
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._connection.execute("PRAGMA journal_mode = TRUNCATE")
        self._connection.execute("BEGIN IMMEDIATE")
        tables = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        known = dict(self._connection.execute("SELECT name, value FROM meta")) if ("meta",) in tables else {}
        if known == {"format": _FORMAT, "made_with": made_with}:
            return False
        stale = ("results",) in tables and bool(self._connection.execute("SELECT 1 FROM results LIMIT 1").fetchone())
        for (name,) in tables:
            self._connection.execute(f'DROP TABLE "{name}"')
        for statement in _SCHEMA.split(";"):
            self._connection.execute(statement)
        self._connection.executemany("INSERT INTO meta VALUES (?, ?)", [("format", _FORMAT), ("made_with", made_with)])
        return stale

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason, hint = str(error), "free some space, or give another place with -o, and run the same command again"
            if "locked" in reason:
                reason, hint = "another run is writing there", "wait for it, or give another place with -o"
            raise OutputError(f"cannot write {self._path}: {reason}", hint=hint) from error

    # Writing ---------------------------------------------------------------------------------------------------------

    def take(self, ordinal: int, document: Document, key: bytes) -> None:
        """Note that a document is an input of this run."""
        row = (ordinal, key, _name(document.id), _name(document.source), document.sha256, document.read_as, None)
        with self._guarded():
            self._connection.execute("INSERT INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def take_failure(self, ordinal: int, failure: Failure) -> None:
        """Note that an input of this run could not be read."""
        row = (ordinal, None, None, _name(failure.source), None, None, pack_record(failure))
        with self._guarded():
            self._connection.execute("INSERT INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def land(self, key: bytes, made: Packed | Failure) -> None:
        """Keep what was made of a document; some later call, or `settle`, makes it lasting."""
        # What says that there is a result comes last: whoever breaks in between leaves none.
        with self._guarded():
            if isinstance(made, Failure):
                self._connection.execute("DELETE FROM tellings WHERE key = ?", (key,))
                row: tuple[Any, ...] = (key, None, pack_record(made), None, None, None, None)
            else:
                self._connection.executemany("INSERT OR IGNORE INTO shapes VALUES (?, ?)", made.shapes)
                self._connection.executemany(
                    "INSERT OR REPLACE INTO tellings VALUES (?, ?, ?, ?, ?, ?)",
                    ((key, number, *telling) for number, telling in enumerate(made.tellings)),
                )
                row = (key, made.report, None, made.language, made.toponyms, made.resolved, made.fingerprint)
            self._connection.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._uncommitted += 1
        if self._uncommitted >= _BATCH or time.monotonic() - self._committed_at > _SECONDS:
            self.settle()

    def settle(self) -> None:
        """Make what landed lasting."""
        with self._guarded():
            if self._connection.in_transaction:  # not so where Ctrl-C came between these two
                self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")
        self._uncommitted, self._committed_at = 0, time.monotonic()

    def clear(self) -> None:
        """Forget all that an earlier run left."""
        with self._guarded():
            for table in ("results", "tellings", "shapes", "strikes"):
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
        self.settle()
        self.found, self.stale = 0, False

    def strike(self, key: bytes) -> None:
        """Count that a process ended while it had this document in hand."""
        with self._guarded():
            self._connection.execute(
                "INSERT INTO strikes VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET count = count + 1", (key,)
            )
        self.settle()

    def close(self) -> None:
        """Make lasting what landed, as far as the disk lets us, and let others in."""
        with suppress(sqlite3.Error):
            self._connection.execute("COMMIT")
        self._connection.close()

    # Reading ---------------------------------------------------------------------------------------------------------

    def has(self, key: bytes) -> bool:
        """Tell whether there is a result of this document."""
        return self._row("SELECT 1 FROM results WHERE key = ?", key) is not None

    def strikes(self, key: bytes) -> int:
        """Tell how many processes ended while they had this document in hand."""
        row = self._row("SELECT count FROM strikes WHERE key = ?", key)
        return row[0] if row else 0

    def is_empty(self) -> bool:
        """Tell whether nothing is in it that would be worth going on from."""
        return self._row("SELECT 1 FROM results UNION ALL SELECT 1 FROM strikes LIMIT 1") is None

    def items(self) -> Iterator[tuple[int, Report | Failure]]:
        """Give what was made of the inputs of this run, in their order, each with its ordinal."""
        for ordinal, report, failure in self._rows(
            "SELECT ordinal, report, coalesce(i.failure, r.failure) FROM inputs i LEFT JOIN results r ON r.key = i.key "
            "ORDER BY ordinal"
        ):
            if report is not None or failure is not None:
                yield ordinal, self._unpacked(report if failure is None else failure)

    def report(self, ordinal: int) -> Report:
        """Give the report of one input."""
        row = self._row("SELECT report FROM inputs i JOIN results r ON r.key = i.key WHERE ordinal = ?", ordinal)
        report: Report = self._unpacked(row[0])
        return report

    def failures(self) -> Iterator[Failure]:
        """Give the inputs that came to nothing, in their order."""
        for (failure,) in self._rows(
            "SELECT coalesce(i.failure, r.failure) FROM inputs i LEFT JOIN results r ON r.key = i.key "
            "WHERE i.failure IS NOT NULL OR r.failure IS NOT NULL ORDER BY ordinal"
        ):
            yield self._unpacked(failure)

    def tellings(self) -> Iterator[tuple[int, int, Telling]]:
        """Give what merging needs of every incident, sorted by kind, sureness and id, with its report and number."""
        for ordinal, number, telling in self._rows(
            "SELECT ordinal, number, telling FROM inputs i JOIN tellings t ON t.key = i.key "
            "ORDER BY kind, confidence DESC, t.id"
        ):
            yield ordinal, number, unpack_telling(telling)

    def fingerprints(self) -> Iterator[Fingerprint]:
        """Give what the copies of each report are known by."""
        for (data,) in self._rows(
            "SELECT fingerprint FROM inputs i JOIN results r ON r.key = i.key WHERE fingerprint IS NOT NULL "
            "ORDER BY ordinal"
        ):
            yield unpack_fingerprint(data)

    def inputs(self) -> Iterator[Input]:
        """Give the documents that became reports, in their order."""
        for source, identity, digest, read_as in self._rows(
            "SELECT source, i.id, sha256, read_as FROM inputs i JOIN results r ON r.key = i.key "
            "WHERE report IS NOT NULL ORDER BY ordinal"
        ):
            yield Input(_text(source), _text(identity), digest, read_as)

    def counts(self) -> dict[str, int]:
        """Count reports, failures, toponyms and those that were resolved."""
        row = self._row(
            "SELECT count(report), count(*) - count(report), coalesce(sum(toponyms), 0), coalesce(sum(resolved), 0) "
            "FROM inputs i LEFT JOIN results r ON r.key = i.key"
        )
        return dict(zip(("reports", "failures", "toponyms", "toponyms_resolved"), row, strict=True))

    def languages(self) -> dict[str, int]:
        """Count the reports of each language, most first."""
        return dict(
            self._rows(
                "SELECT language, count(*) FROM inputs i JOIN results r ON r.key = i.key WHERE report IS NOT NULL "
                "GROUP BY language ORDER BY count(*) DESC, min(ordinal)"
            )
        )

    def _row(self, statement: str, *values: Any) -> Any:
        with self._guarded():
            return self._connection.execute(statement, values).fetchone()

    def _rows(self, statement: str) -> Iterator[Any]:
        with self._guarded():
            yield from self._connection.execute(statement)

    def _wkb(self, digest: bytes) -> bytes:
        wkb: bytes = self._row("SELECT wkb FROM shapes WHERE digest = ?", digest)[0]
        return wkb

    def _unpacked(self, data: bytes) -> Any:
        try:
            return unpack(data, self._shapes)
        except (pickle.UnpicklingError, zlib.error, EOFError, TypeError, ValueError) as error:
            raise OutputError(
                f"{self._path} is damaged ({type(error).__name__})", hint="run the same command with --fresh"
            ) from error


def _name(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # file names that are no UTF-8 hold lone surrogates


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogatepass")
