"""`read`: whatever a user names, one `Document` a report or one `Failure` an input that could not be used."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import sys
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mapper.errors import SourceError, UsageError
from mapper.records import Document, Failure
from mapper.sources.corpus import looks_like_corpus, read_corpus
from mapper.sources.dates import header_date
from mapper.sources.decoding import decode, is_blank
from mapper.sources.headlines import headline
from mapper.sources.locating import CORPUS_SUFFIXES, PAGE_SUFFIXES, locate
from mapper.sources.webpage import looks_like_page, read_page

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

__all__ = ["MAX_BYTES", "read"]

MAX_BYTES = 20_000_000
"""Largest report, in bytes: forty times a long book chapter. For a corpus, the longest line."""

_CHUNK = 1 << 16
_NOT_ID = re.compile(r"[^\w.-]+")


def read(
    sources: Sequence[str | Path] | str | Path,
    *,
    published: dt.date | None = None,
    title: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Document | Failure]:
    """Read reports, one after the other; an input that cannot be used yields a `Failure` and the rest goes on.

    Parameters
    ----------
    sources
        Files (.txt, .md, .html, .htm, .xhtml, .jsonl, .ndjson, or any text), folders (walked in order of names),
        patterns (`news/**/*.html`), and "-" for standard input: text, HTML, or JSON Lines when every line is an object.
        A file that is named twice is read once.
    published, title
        Given by the user, for every report; they win over what the reports say.
    max_bytes
        Largest report, in bytes. A corpus is streamed and may be larger; the limit then holds for each line.

    Yields
    ------
    Document or Failure
        Ids are unique within a call: the id of a corpus line, else the file's name and the beginning of the content's
        SHA-256 ("report-3f2a9c1b"), the same on every machine; one that comes again gets "-2", "-3", ...
        `published_basis` is "given", "page", "corpus" or "header" (printed above the text).

    Raises
    ------
    UsageError
        When `max_bytes` is not positive.
    """
    if max_bytes < 1:
        raise UsageError("the size limit must be positive", hint="give a number of bytes, such as 20000000")
    given = [sources] if isinstance(sources, str | Path) else sources
    taken: dict[str, int] = {}
    for item in _items(given, max_bytes):
        if isinstance(item, Failure):
            yield item
            continue
        changes: dict[str, object] = {"id": _unique(item.id, taken)}
        if published is not None:
            changes |= {"published": published, "published_basis": "given"}
        if title is not None:
            changes["title"] = title
        yield dataclasses.replace(item, **changes)  # type: ignore[arg-type]


def _items(sources: Sequence[str | Path], max_bytes: int) -> Iterator[Document | Failure]:
    seen: set[str] = set()
    for source in map(str, sources):
        if source in seen:
            continue
        if source == "-":
            seen.add(source)
            yield from _standard_input(max_bytes)
            continue
        for found in locate(source):
            if isinstance(found, Failure):
                yield found
            elif (key := str(found.resolve())) not in seen:
                seen.add(key)
                yield from _file(found, max_bytes)


def _file(path: Path, max_bytes: int) -> Iterator[Document | Failure]:
    try:
        with path.open("rb") as file:
            if path.suffix.lower() in CORPUS_SUFFIXES:
                yield from read_corpus(_chunks(file), source=str(path), stem=_stem(path.name), max_bytes=max_bytes)
                return
            data = file.read(max_bytes + 1)
    except OSError as error:
        reason = "may not be read" if isinstance(error, PermissionError) else f"cannot be read: {error.strerror}"
        yield Failure(str(path), reason, "check the file and its permissions")
        return
    yield _report(data, source=str(path), name=path.name, max_bytes=max_bytes)


def _standard_input(max_bytes: int) -> Iterator[Document | Failure]:
    if sys.stdin is None:
        yield Failure("-", "there is no standard input", "name a file instead")
        return
    file = sys.stdin.buffer
    try:
        data = file.read(max_bytes + 1)
        # A stream longer than one report may be a corpus all the same; what was read so far tells, less its last line.
        whole = data if len(data) <= max_bytes else data[: data.rfind(b"\n") + 1]
        if looks_like_corpus(whole):
            chunks = chain([data], _chunks(file))
            yield from read_corpus(chunks, source="-", stem="stdin", max_bytes=max_bytes)
            return
    except OSError as error:
        yield Failure("-", f"standard input cannot be read: {error.strerror}", "check what is piped in")
        return
    yield _report(data, source="-", name="stdin", max_bytes=max_bytes)


def _report(data: bytes, *, source: str, name: str, max_bytes: int) -> Document | Failure:
    if len(data) > max_bytes:
        hint = "split it, or give the reports as JSONL, which is read line by line"
        return Failure(source, f"is larger than the limit of {max_bytes:,} bytes for one report", hint)
    suffix = Path(name).suffix.lower()
    try:
        text = decode(data, markup=suffix in PAGE_SUFFIXES)
    except SourceError as error:
        return Failure(source, error.message, error.hint)
    if is_blank(text):
        reason = "is empty" if not data else "holds nothing but white space"
        return Failure(source, reason, "give a file with the text of the report")
    digest = hashlib.sha256(data).hexdigest()
    document = Document(id=f"{_stem(name)}-{digest[:8]}", text=text, source=source, sha256=digest)
    if suffix in PAGE_SUFFIXES or looks_like_page(text):
        return _page(document)
    media_type = "text/markdown" if suffix in {".md", ".markdown"} else "text/plain"
    return _dated(dataclasses.replace(document, title=headline(text), media_type=media_type))


def _page(document: Document) -> Document | Failure:
    page = read_page(document.text)
    if page is None:
        hint = "open it in a browser, save what it shows as .txt, and give that"
        return Failure(document.source, "the page holds no text; a script may write it", hint)
    return _dated(
        dataclasses.replace(
            document,
            text=page.text,
            title=page.title or headline(page.text),
            published=page.published,
            published_basis="page" if page.published else None,
            url=page.url,
            media_type="text/html",
        )
    )


def _dated(document: Document) -> Document:
    if document.published is None and (found := header_date(document.text)):
        return dataclasses.replace(document, published=found, published_basis="header")
    return document


def _unique(identity: str, taken: dict[str, int]) -> str:
    while identity in taken:
        taken[identity] += 1
        identity = f"{identity}-{taken[identity]}"
    taken[identity] = 1
    return identity


def _stem(name: str) -> str:
    # Ids go into file names and pages: word characters, dots and hyphens only, and none that hides a file.
    stem = name.encode("utf-8", errors="replace").decode()
    return _NOT_ID.sub("_", Path(stem).stem).strip("._-")[:60] or "report"


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
