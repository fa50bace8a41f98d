"""Write a collection into the SQLite file: the same bytes for the same collection, aside and then renamed."""

from __future__ import annotations

import os
import sqlite3
import struct
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import GazetteerError
from mapper.gazetteer.folding import loose_number, loosened
from mapper.gazetteer.store import (
    APPLICATION_ID,
    CAPITALS,
    DOTTED,
    FIRST_SITE,
    HIT,
    INDEXES,
    SCHEMA,
    SCHEMA_VERSION,
    TITLE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.gazetteer.entries import Collection, Entry

__all__ = ["LEAST_LOOSE", "MAX_HITS", "ROMANISED", "SHORTEST_LOOSE", "WORTH_LOOSE", "write_gazetteer"]

_BOUNDS = struct.Struct("<4i")
_VERSION_NUMBER_AT = 96  # where SQLite notes which of its releases wrote the file last
MAX_HITS = 400
SHORTEST_LOOSE = 3
WORTH_LOOSE = 0.63 * 255
LEAST_LOOSE = 0.31 * 255  # a hamlet's own name
ROMANISED = frozenset("IQ SY JO PS LB EG SD LY TN DZ MA YE OM SA AE QA BH KW IR AF PK SO TD ML NE MR".split())


def write_gazetteer(
    found: Collection, path: Path, *, sources: list[dict[str, Any]], meta: dict[str, str], classes: dict[str, str]
) -> None:
    """Write the gazetteer, leaving either the old file or the new one.

    Parameters
    ----------
    found
        What was gathered.
    path
        The file to write or to replace.
    sources
        Rows of the provenance table; `key` is the entries' source.
    meta
        What the build tells about itself.
    classes
        Feature class of each feature code, where an entry does not bring its own.

    Raises
    ------
    GazetteerError
        When the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise GazetteerError(f"the gazetteer {path} cannot be written", hint=str(error)) from error
    aside = Path(name)
    try:
        _fill(found, aside, sources, meta, classes)
        content = bytearray(aside.read_bytes())
        content[_VERSION_NUMBER_AT : _VERSION_NUMBER_AT + 4] = bytes(4)
        aside.write_bytes(content)
        aside.chmod(0o644)
        aside.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(f"the gazetteer {path} cannot be written", hint=str(error)) from error
    finally:
        aside.unlink(missing_ok=True)


def _fill(
    found: Collection, path: Path, sources: list[dict[str, Any]], meta: dict[str, str], classes: dict[str, str]
) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in (
            "page_size = 4096",
            "journal_mode = OFF",
            "synchronous = OFF",
            f"application_id = {APPLICATION_ID}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        numbers = {source["key"]: no for no, source in enumerate(sources)}
        connection.executemany(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (no, s["gazetteer"], s["name"], s["version"], s["licence"], s["attribution"], s["url"],
                 found.counts.get(s["key"], s.get("count", 0)), s["sha256"])
                for no, s in enumerate(sources)
            ],
        )  # fmt: skip
        counts = _fill_places(connection, found, numbers, classes)
        counts |= _fill_names(connection, found)
        connection.executemany(
            "INSERT INTO outline VALUES (?, ?, ?, ?, ?, ?)", [(no, *row) for no, row in enumerate(found.outlines)]
        )
        for layer in sorted({row[0] for row in found.outlines}):
            counts[f"outlines.{layer}"] = sum(row[0] == layer for row in found.outlines)
        meta = meta | {f"count.{key}": str(value) for key, value in counts.items()}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        connection.executescript(INDEXES)
        if connection.in_transaction:
            connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()


def _feature_numbers(found: Collection, classes: dict[str, str]) -> dict[tuple[str, str], int]:
    pairs = sorted({_feature(entry, classes) for entry in found.entries.values()})
    common = [pair for pair in pairs if pair[0] in "AP"]
    rest = [pair for pair in pairs if pair[0] not in "AP"]
    if len(common) > FIRST_SITE:
        raise GazetteerError("there are more codes of units and populated places than numbers for them")
    return dict(zip(common, range(FIRST_SITE), strict=False)) | {p: FIRST_SITE + i for i, p in enumerate(rest)}


def _feature(entry: Entry, classes: dict[str, str]) -> tuple[str, str]:
    return entry.feature_class or classes.get(entry.code, "L"), entry.code


def _fill_places(
    connection: sqlite3.Connection, found: Collection, sources: dict[str, int], classes: dict[str, str]
) -> dict[str, int]:
    features = _feature_numbers(found, classes)
    connection.executemany("INSERT INTO feature VALUES (?, ?, ?)", [(no, *pair) for pair, no in features.items()])

    def rows() -> Iterator[tuple[Any, ...]]:
        for no, e in sorted(found.entries.items()):
            bounds = _BOUNDS.pack(*(round(v * 1000) for v in e.bounds)) if e.bounds else None
            yield (
                no, e.gid, sources[e.source], e.name, round(e.lat * 1e5), round(e.lon * 1e5),
                features[_feature(e, classes)], e.cc, e.a1, e.a2, e.population, bounds,
            )  # fmt: skip

    connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows())
    units = [*found.countries.items(), *found.admin1.items()]
    connection.executemany("INSERT INTO admin VALUES (?, ?, ?)", [(code, e.no, e.name) for code, e in sorted(units)])
    return {"places": len(found.entries), "countries": len(found.countries), "admin1": len(found.admin1),
            "admin2": len(found.admin2)}  # fmt: skip


def _pack(hits: dict[int, tuple[int, int]]) -> bytes:
    order = sorted(hits.items(), key=lambda item: (-item[1][1], item[0]))
    return b"".join(HIT.pack(no, flags, score) for no, (flags, score) in order[:MAX_HITS])


def _fill_names(connection: sqlite3.Connection, found: Collection) -> dict[str, int]:
    names: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for no, entry in found.entries.items():
        worth = entry.prior
        for key, (flags, factor) in entry.names.items():
            names[key][no] = (flags, min(255, round(255 * worth * factor)))
    lax: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for key, hits in names.items():
        other = loosened(key)
        if other == key or len(other) < SHORTEST_LOOSE:
            continue
        for no, (flags, score) in hits.items():
            # Another name of a hamlet is not worth a second way to it, save where romanisations differ most.
            if flags & 3 == 1 and score < WORTH_LOOSE and found.entries[no].cc not in ROMANISED:
                continue
            if score < LEAST_LOOSE and found.entries[no].cc not in ROMANISED:
                continue
            if flags & 3 > 1 or flags & (TITLE | CAPITALS | DOTTED):
                continue
            if no not in lax[other] or lax[other][no][1] < score:
                lax[other][no] = (flags, score)
    # What the exact table says under the same letters need not be said twice.
    lax = {k: hits for k, hits in lax.items() if hits and not hits.keys() <= names.get(k, {}).keys()}
    connection.executemany("INSERT INTO name VALUES (?, ?)", ((k, _pack(names[k])) for k in sorted(names)))
    connection.executemany(
        "INSERT INTO loose VALUES (?, ?)", sorted((loose_number(k), _pack(hits)) for k, hits in lax.items())
    )
    return {"names": len(names), "name_place_pairs": sum(map(len, names.values())), "loose": len(lax)}
