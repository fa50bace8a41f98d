"""Zip and tar archives, and files packed with gzip or bzip2: their members are read one by one, in memory.

Nothing is written to the disk, so that no member's name can lead anywhere. A bomb is stopped by its `Budget`, which all
that is nested in an archive shares; archives in archives in archives are refused.
"""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, cast

from mapper.errors import SourceError
from mapper.records import Failure
from mapper.sources.decoding import inert
from mapper.sources.inputs import Budget, NoReportsError, buffered, whole
from mapper.sources.kinds import FOUND_SUFFIXES, TAR_MARK, suffix_of
from mapper.sources.locating import is_report_name, is_saved_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapper.records import Document
    from mapper.sources.inputs import Input, Reading

    Reader = Callable[[Input, Reading], Iterator[Document | Failure]]

__all__ = ["read_packed", "read_tar", "read_zip"]

_DEEPEST = 2
_NESTED_BYTES = 10  # times the limit of one report: an archive in an archive is held in memory
_OFFICE = {"xl/workbook.xml": "a spreadsheet", "ppt/presentation.xml": "a presentation"}
_PACKED = frozenset({"zip", "tar", "tar.gz", "tar.bz2", "gzip", "bzip2"})
_PACK_AGAIN = "pack it again, or give what can be unpacked of it as a folder"
_NOTHING = "the archive holds no report"
_WHAT_IS_READ = f"what is read in archives: {', '.join(sorted(FOUND_SUFFIXES))}"


def read_zip(item: Input, reading: Reading, read: Reader) -> Iterator[Document | Failure]:
    """Read the members of a zip archive, in their order in it.

    Parameters
    ----------
    read
        Reads a member, and turns whatever goes wrong with it into a failure.

    Raises
    ------
    SourceError
        When it is nested too deep, or an office document of another kind.
    NoReportsError
        When it holds nothing that is read.
    """
    _check_depth(item)
    file: IO[bytes] = item.file
    size = item.size
    if not item.file.seekable():  # the list of members stands at the end
        data = whole(item, _NESTED_BYTES * reading.max_bytes)
        file, size = io.BytesIO(data), len(data)
    budget = item.budget or Budget(size)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            raise SourceError("is a Word document", hint="give it the suffix .docx")
        for name, what in _OFFICE.items():
            if name in names:
                raise SourceError(f"is {what}, not a report", hint="save it as .csv, .txt or .html")
        pages = frozenset(names)
        found = False
        for member in archive.infolist():
            budget.member()
            path = PurePosixPath(member.filename)
            if member.is_dir() or is_saved_beside(path, pages):
                continue
            if not is_report_name(path):
                reading.pass_over(path.name)
                continue
            found = True
            try:
                opened = archive.open(member)
            except RuntimeError:
                yield Failure(f"{item.source}!/{inert(member.filename)}", "is encrypted", "unpack it with its password")
            except (zipfile.BadZipFile, NotImplementedError, zlib.error, OSError) as error:
                reason = f"cannot be unpacked ({' '.join(str(error).split())[:100]})"
                yield Failure(f"{item.source}!/{inert(member.filename)}", reason, _PACK_AGAIN)
            else:
                with opened:
                    file = buffered(opened, budget)
                    yield from read(item.inner(inert(member.filename), file, "zip", budget=budget), reading)
    if not found:
        raise NoReportsError(_NOTHING, hint=_WHAT_IS_READ)


def read_tar(item: Input, reading: Reading, read: Reader, *, kind: str = "tar") -> Iterator[Document | Failure]:
    """Read the members of a tar archive as they come; parameters and errors are those of `read_zip`."""
    _check_depth(item)
    budget = item.budget or Budget(item.size)
    found = False
    with tarfile.open(fileobj=item.file, mode="r|") as archive:
        while (member := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # the library would keep every header
            budget.member()
            budget.check(member.size)
            if not member.isreg():
                continue
            if not is_report_name(PurePosixPath(member.name)):
                reading.pass_over(member.name)
                continue
            found = True
            name = inert(member.name)
            opened = None if member.issparse() else archive.extractfile(member)
            if opened is None:
                yield Failure(f"{item.source}!/{name}", "is a sparse file", _PACK_AGAIN)
                continue
            yield from read(item.inner(name, buffered(opened), kind, budget=budget), reading)
    if not found:
        raise NoReportsError(_NOTHING, hint=_WHAT_IS_READ)


def read_packed(item: Input, reading: Reading, read: Reader) -> Iterator[Document | Failure]:
    """Read what is packed with gzip or bzip2: a tar archive, or one file; see `read_zip`."""
    _check_depth(item)
    kind = "bzip2" if item.head().startswith(b"BZh") else "gzip"
    budget = item.budget or Budget(item.size)
    opened = cast("IO[bytes]", bz2.BZ2File(item.file) if kind == "bzip2" else gzip.GzipFile(fileobj=item.file))
    inner = replace(
        item,
        name=_unpacked_name(item.name),
        file=buffered(opened, budget),
        size=None,
        media_type="",
        budget=budget,
    )
    if inner.head()[TAR_MARK] == b"ustar":
        yield from read_tar(inner, reading, read, kind="tar.bz2" if kind == "bzip2" else "tar.gz")
    else:
        yield from read(replace(inner, read_as=(*item.read_as, kind)), reading)


def _check_depth(item: Input) -> None:
    if sum(kind in _PACKED for kind in item.read_as) >= _DEEPEST:
        raise SourceError("archives are nested too deep", hint=f"at most {_DEEPEST} levels are read; unpack it first")


def _unpacked_name(name: str) -> str:
    if suffix_of(name) == ".tgz":
        return name[: -len("tgz")] + "tar"
    return name.rpartition(".")[0] if suffix_of(name).endswith((".gz", ".bz2")) else name
