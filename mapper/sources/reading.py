"""`read`: whatever a user names, one `Document` a report or one `Failure` an input that could not be used."""

from __future__ import annotations

import dataclasses
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mapper.errors import MapperError, SourceError, UsageError
from mapper.records import Document, Failure
from mapper.sources.archives import read_packed, read_tar, read_zip
from mapper.sources.docx import read_docx
from mapper.sources.feeds import read_feed
from mapper.sources.inputs import HEAD_BYTES, MAX_BYTES, BombError, Input, NoReportsError, Reading, buffered
from mapper.sources.kinds import kind_of
from mapper.sources.locating import is_address, locate
from mapper.sources.mail import read_mailbox, read_message
from mapper.sources.naming import unique
from mapper.sources.pdf import read_pdf
from mapper.sources.plain import read_markdown, read_markup, read_text
from mapper.sources.tables import read_json, read_lines, read_parquet, read_table
from mapper.sources.webarchive import read_warc

if TYPE_CHECKING:
    import datetime as dt
    import io
    from collections.abc import Callable, Iterator, Sequence

    from mapper.sources.kinds import Kind
    from mapper.sources.web import Web

__all__ = ["read"]

_LOG = logging.getLogger(__name__)

_SINGLE: dict[Kind, Callable[[Input, Reading], Iterator[Document | Failure]]] = {
    "text": read_text,
    "markdown": read_markdown,
    "page": read_markup,
    "lines": read_lines,
    "json": read_json,
    "table": read_table,
    "parquet": read_parquet,
    "pdf": read_pdf,
    "docx": read_docx,
    "feed": read_feed,
}
_NESTING = {
    "zip": read_zip,
    "tar": read_tar,
    "gzip": read_packed,
    "bzip2": read_packed,
    "e-mail": read_message,
    "mailbox": read_mailbox,
    "warc": read_warc,
}
_BROKEN: dict[str, str] = {
    "text": "cannot be read as text",
    "page": "cannot be read as a page",
    "zip": "is a broken zip archive",
    "tar": "is a broken tar archive",
    "gzip": "is a broken gzip archive",
    "bzip2": "is a broken bzip2 archive",
    "warc": "is a broken web archive",
}
_MOST_FAILURES = 10_000
_NO_REPORT = "put .txt, .md, .html, .pdf, .eml or .jsonl files into it (README lists what is read)"


def read(
    sources: Sequence[str | Path] | str | Path,
    *,
    published: dt.date | None = None,
    title: str | None = None,
    max_bytes: int = MAX_BYTES,
    reading: Reading | None = None,
) -> Iterator[Document | Failure]:
    """Read reports, one after the other; an input that cannot be used yields a `Failure` and the rest goes on.

    Parameters
    ----------
    sources
        Files of the kinds that `mapper.sources.kinds` names, folders (walked in order of names), patterns
        (`news/**/*.html`), addresses of the web, and "-" for standard input. A file that is named twice is read once.
    published, title
        Given by the user, for every report; they win over what the reports say.
    max_bytes
        Largest report, in bytes. A corpus is streamed and may be larger; the limit then holds for each line.
    reading
        How they are read: columns of corpora, which addresses; its `max_bytes` wins over the other.

    Yields
    ------
    Document or Failure
        Ids are unique within a call: the id of a corpus line, else the file's name and the beginning of the content's
        SHA-256 ("report-3f2a9c1b"), the same on every machine; one that comes again gets "-2", "-3", ...
        `published_basis` is "given", "page", "corpus", "e-mail", "feed", "metadata" or "header" (printed above the
        text).

    Raises
    ------
    UsageError
        When `max_bytes` is not positive.
    """
    how = reading or Reading(max_bytes=max_bytes)
    if how.max_bytes < 1:
        raise UsageError("the size limit must be positive", hint="give a number of bytes, such as 20000000")
    given = [sources] if isinstance(sources, str | Path) else sources
    taken: dict[str, int] = {}
    for item in _items(given, how):
        if isinstance(item, Failure):
            yield item
            continue
        changes: dict[str, object] = {"id": unique(item.id, taken)}
        if published is not None:
            changes |= {"published": published, "published_basis": "given"}
        if title is not None:
            changes["title"] = title
        yield dataclasses.replace(item, **changes)  # type: ignore[arg-type]
    if how.passed_over:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in how.passed_over.most_common(8))
        more = ", ..." if len(how.passed_over) > 8 else ""
        _LOG.info("passed over what holds no report in folders and archives: %s%s", kinds, more)


def _items(sources: Sequence[str | Path], reading: Reading) -> Iterator[Document | Failure]:
    seen: set[str] = set()
    web: Web | None = None
    for source in map(str, sources):
        if source in seen:
            continue
        if source == "-":
            seen.add(source)
            yield from _standard_input(reading)
            continue
        if is_address(source):
            from mapper.sources.web import Web  # noqa: PLC0415 - most runs are offline

            seen.add(source)
            web = web or Web(reading)
            yield from _address(source, web, reading)
            continue
        delivered = False
        for found in locate(source, reading.pass_over):
            if isinstance(found, Failure):
                delivered = True
                yield found
            elif (key := str(found.resolve())) in seen:
                delivered = True
            else:
                seen.add(key)
                for item in _file(found, reading, asked=found == Path(source).expanduser()):
                    delivered = True
                    yield item
        if not delivered:
            yield Failure(source, _nothing(Path(source).expanduser()), _NO_REPORT)


def _nothing(path: Path) -> str:
    if path.is_dir():
        return "the folder holds no report"
    return "holds no report" if path.is_file() else "no report matches the pattern"


def _file(path: Path, reading: Reading, *, asked: bool) -> Iterator[Document | Failure]:
    try:
        with cast("io.BufferedReader", path.open("rb", buffering=HEAD_BYTES)) as file:
            size = path.stat().st_size
            yield from _in_reason(Input(str(path), path.name, file, size=size, asked=asked), reading)
    except OSError as error:
        reason = "may not be read" if isinstance(error, PermissionError) else f"cannot be read: {error.strerror}"
        yield Failure(str(path), reason, "check the file and its permissions")


def _address(source: str, web: Web, reading: Reading) -> Iterator[Document | Failure]:
    try:
        fetched = web.fetch(source)
    except SourceError as error:
        yield Failure(source, error.message, error.hint)
        return
    yield from _in_reason(fetched, reading)


def _standard_input(reading: Reading) -> Iterator[Document | Failure]:
    if sys.stdin is None:
        yield Failure("-", "there is no standard input", "name a file instead")
        return
    try:
        data = sys.stdin.buffer.read(reading.max_bytes + 1)
    except OSError as error:
        yield Failure("-", f"standard input cannot be read: {error.strerror}", "check what is piped in")
        return
    # A stream longer than one report may be a corpus all the same.
    ended = len(data) <= reading.max_bytes
    file = buffered(data) if ended else buffered(sys.stdin.buffer, first=data)
    yield from _in_reason(Input("-", "stdin", file, size=len(data) if ended else None), reading)


def _in_reason(item: Input, reading: Reading) -> Iterator[Document | Failure]:
    """Read an input until so much of it failed in a row that it is something else than what it seems."""
    failed = 0
    for found in _read(item, reading):
        yield found
        failed = failed + 1 if isinstance(found, Failure) else 0
        if failed >= _MOST_FAILURES:
            hint = "see what it holds; the lines above say what is wrong"
            yield Failure(item.source, f"{failed:,} reports in a row cannot be read; the rest of it is left", hint)
            return


def _read(item: Input, reading: Reading) -> Iterator[Document | Failure]:
    """Read one input, whatever it is; nothing that is wrong with it gets past here but a bomb, up to its archive."""
    kind = None
    try:
        kind = kind_of(item)
        if kind in _SINGLE:
            yield from _SINGLE[kind](item, reading)
        else:
            yield from _NESTING[kind](item, reading, _read)
    except NoReportsError as error:
        if item.asked:
            yield Failure(item.source, error.message, error.hint)
        else:
            reading.pass_over(item.name)
    except BombError as error:
        if item.budget is not None:
            raise
        yield Failure(item.source, error.message, error.hint)
    except MapperError as error:
        yield Failure(item.source, error.message, error.hint)
    except Exception as error:  # noqa: BLE001 - readers stand on libraries, and those raise anything on broken bytes
        what = _BROKEN.get(kind or "text", f"cannot be read as {kind}")
        said = " ".join(str(error).split())[:100] or type(error).__name__
        yield Failure(item.source, f"{what} ({said})", "save it again, or what it shows as .txt")
