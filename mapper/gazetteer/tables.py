"""Read published tables row by row, whatever they are called: GeoNames' dumps, zipped or not, and Who's On First's.

What a table is, is told from its first row, so that a renamed file or a country's `XX.zip` needs no word about it.
Nothing is read whole: a dump of all of GeoNames is two gigabytes.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple

from mapper.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["COLUMNS", "Table", "point", "recognise", "rows_of", "sha256_of_file"]

COLUMNS = {"places": 19, "alternates": 10, "admin": 4, "countries": 19, "hierarchy": 3, "whosonfirst": 11}
"""How many columns each kind of table has; GeoNames leaves out empty ones at the end of a row of some."""
_LEAST = {"alternates": 4, "hierarchy": 2, "countries": 17}
_ASIDE = re.compile(r"readme|iso-?language", re.IGNORECASE)
_REPORTED_ROWS = 250_000
_AGAIN = "get the file again; the gazetteer was left as it was"


class Table(NamedTuple):
    """One table in a file: what it is, where it lies, and how many bytes it has."""

    path: Path
    member: str
    kind: str
    size: int

    @property
    def label(self) -> str:
        """The name to show: the file's, or that of the table in it."""
        return self.member or self.path.name


def recognise(path: Path) -> list[Table]:
    """Find the tables in a file.

    Raises
    ------
    GazetteerError
        When it is missing, is a broken zip, or holds nothing that is known.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                members = [m for m in archive.infolist() if not m.is_dir() and not _ASIDE.search(m.filename)]
            found = [_table(path, m.filename, m.file_size) for m in members]
        elif path.suffix.lower() == ".zip":
            raise GazetteerError(f"{path} is no whole zip file", hint=_AGAIN)
        else:
            found = [_table(path, "", path.stat().st_size)]
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise GazetteerError(f"{path} cannot be read", hint=str(error) or _AGAIN) from error
    tables = [table for table in found if table is not None]
    if not tables:
        raise GazetteerError(
            f"{path} holds no table that is known",
            hint="give GeoNames' allCountries, XX.zip, alternateNamesV2, admin1CodesASCII, admin2Codes, countryInfo or "
            "hierarchy, a Who's On First table, or Natural Earth's outlines as GeoJSON",
        )
    return tables


def _table(path: Path, member: str, size: int) -> Table | None:
    with _opened(path, member) as stream:
        for _ in range(500):
            raw = stream.readline(1_000_000)
            if not raw:
                return None
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            if line and not line.startswith("#"):
                kind = _kind(line.split("\t"))
                return Table(path, member, kind, size) if kind else None
    return None


def _kind(fields: list[str]) -> str:
    first = fields[0]
    if first == "wof_id":
        return "whosonfirst"
    if re.fullmatch(r"[A-Z]{2}\.[^.]+(\.[^.]+)?", first) and len(fields) > 1:
        return "admin"
    if re.fullmatch(r"[A-Z]{2}", first) and len(fields) >= _LEAST["countries"]:
        return "countries"
    if not first.isdigit():
        return ""
    if len(fields) > COLUMNS["alternates"] or (len(fields) > 4 and _is_number(fields[4]) and not fields[1].isdigit()):
        return "places"
    if len(fields) >= _LEAST["hierarchy"] and fields[1].isdigit():
        return "alternates" if len(fields) >= _LEAST["alternates"] else "hierarchy"
    return ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@contextmanager
def _opened(path: Path, member: str) -> Iterator[IO[bytes]]:
    if member:
        with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
            yield stream
    else:
        with path.open("rb") as stream:
            yield stream


def rows_of(table: Table, report: Callable[[str], None] = lambda _line: None) -> Iterator[tuple[int, list[str]]]:
    """Give line number and fields of each row of a table; comments and empty lines are left out.

    Raises
    ------
    GazetteerError
        For a row with another number of columns, bytes that are no UTF-8, or a file that breaks off.
    """
    most, done, line = COLUMNS[table.kind], 0, 0
    least = _LEAST.get(table.kind, most)
    try:
        with _opened(table.path, table.member) as stream:
            for line, raw in enumerate(stream, start=1):
                done += len(raw)
                text = raw.decode("utf-8").rstrip("\r\n")
                if line % _REPORTED_ROWS == 0:
                    report(f"{table.label}: {line:,} rows, {100 * done // max(table.size, 1)} %")
                if not text or text.startswith("#") or (line == 1 and table.kind == "whosonfirst"):
                    continue
                fields = text.split("\t")
                if not least <= len(fields) <= most:
                    raise GazetteerError(
                        f"{table.label}, line {line}: {len(fields)} columns where {most} are expected", hint=_AGAIN
                    )
                if len(fields) < most:
                    fields += [""] * (most - len(fields))
                yield line, fields
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{table.label}, line {line or 1}: bytes that are no UTF-8", hint=_AGAIN) from error
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise GazetteerError(f"{table.label} breaks off or is damaged after line {line}", hint=_AGAIN) from error


def point(table: Table, line: int, lat: str, lon: str) -> tuple[float, float]:
    """Give (lat, lon) of a row in degrees.

    Raises
    ------
    GazetteerError
        When they are no numbers, or lie off the globe.
    """
    try:
        y, x = float(lat), float(lon)
    except ValueError:
        y = x = float("nan")
    if not (-90 <= y <= 90 and -180 <= x <= 180):
        raise GazetteerError(f"{table.label}, line {line}: {lat}, {lon} is no latitude and longitude", hint=_AGAIN)
    return y, x


def sha256_of_file(path: Path) -> str:
    """Give the sha256 of a file, read in pieces."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise GazetteerError(f"{path} cannot be read", hint=str(error)) from error
