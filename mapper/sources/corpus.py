"""A corpus: JSON Lines, one report a line, streamed. A bad line costs that line only.

A line is `{"id", "text", "published"?, "title"?, "url"?, "toponyms"?: [{"start", "end", "text"?}, ...]}`; other keys
are left alone. The text is kept character for character (NUL and lone surrogates become U+FFFD, one for one), because
offsets of the corpus point into it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError, UsageError
from mapper.records import Document, Failure, Span
from mapper.sources.dates import header_date, parse_date
from mapper.sources.decoding import inert, is_blank
from mapper.sources.headlines import headline
from mapper.sources.webpage import address

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

__all__ = ["json_object", "looks_like_corpus", "read_corpus"]

_MEDIA_TYPE = "application/x-ndjson"
_HINT = 'a line is one JSON object with at least "text"'


def read_corpus(chunks: Iterable[bytes], *, source: str, stem: str, max_bytes: int) -> Iterator[Document | Failure]:
    """Read a corpus from its bytes, however they come in pieces; memory holds one line.

    Parameters
    ----------
    chunks
        The bytes, in UTF-8, in pieces of any size.
    source, stem
        What failures and documents name as their source; what the id of a line without an id begins with.
    max_bytes
        Longest line, in bytes; a longer one is a failure.
    """
    delivered = False
    for number, line in _numbered(chunks, max_bytes):
        if line is None:
            delivered = True
            hint = f"the limit is {max_bytes:,} bytes a line; split the report"
            yield Failure(f"{source}:{number}", "the line is too long", hint)
        elif stripped := line.removeprefix(b"\xef\xbb\xbf").strip():
            delivered = True
            try:
                yield _document(stripped, source=source, stem=stem)
            except (SourceError, UsageError) as error:
                yield Failure(f"{source}:{number}", error.message, error.hint)
    if not delivered:
        yield Failure(source, "is empty", _HINT)


def looks_like_corpus(data: bytes) -> bool:
    """Tell whether bytes are JSON Lines: every line that is not blank begins an object, and the first one is whole."""
    lines = [line for line in map(bytes.strip, data.removeprefix(b"\xef\xbb\xbf").split(b"\n")) if line]
    if not lines or not all(line.startswith(b"{") for line in lines):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False


def _numbered(chunks: Iterable[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    # Lines by number from 1; None stands for a line over the limit, whose bytes are let go as they come.
    number, parts, size = 1, list[bytes](), 0
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            yield number, (b"".join([*parts, piece]) if size + len(piece) <= limit else None)
            number, parts, size = number + 1, [], 0
        size += len(rest)
        parts = [*parts, rest] if size <= limit else []
    if size:
        yield number, (b"".join(parts) if size <= limit else None)


def _document(line: bytes, *, source: str, stem: str) -> Document:
    row = json_object(line.decode("utf-8", errors="replace"), hint=_HINT)
    text = row.get("text")
    if not isinstance(text, str):
        raise SourceError('the line has no "text"' if text is None else '"text" is not a string', hint=_HINT)
    text = inert(text)
    if is_blank(text):
        raise SourceError('the "text" is empty', hint="leave the line out")
    digest = hashlib.sha256(line).hexdigest()
    published, basis = _published(row.get("published"), text)
    title = row.get("title")
    return Document(
        id=_identity(row.get("id")) or f"{stem}-{digest[:8]}",
        text=text,
        title=" ".join(inert(title).split()) if isinstance(title, str) and title.strip() else headline(text),
        published=published,
        published_basis=basis,
        url=address(row.get("url")),
        source=source,
        media_type=_MEDIA_TYPE,
        sha256=digest,
        toponyms=tuple(_spans(row.get("toponyms"), text)),
    )


def json_object(line: str, *, hint: str) -> dict[str, Any]:
    """Read one line of a corpus.

    Raises
    ------
    SourceError
        With this hint, when the line is no JSON object.
    """
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise SourceError(f"malformed JSON at character {error.pos + 1}: {error.msg}", hint=hint) from None
    except (ValueError, RecursionError):  # numbers of thousands of digits, nesting of thousands of levels
        raise SourceError("malformed JSON: a number too long or nesting too deep", hint=hint) from None
    if not isinstance(row, dict):
        raise SourceError("the line is not a JSON object", hint=hint)
    return row


def _identity(value: object) -> str:
    if isinstance(value, str):
        return inert(value).strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _published(value: object, text: str) -> tuple[dt.date | None, str | None]:
    if value is None or value == "":
        found = header_date(text)
        return found, "header" if found else None
    if not isinstance(value, str):
        raise SourceError('"published" is not a string', hint="write the date as year-month-day, such as 2024-02-08")
    return parse_date(value), "corpus"


def _spans(rows: object, text: str) -> Iterator[Span]:
    if rows is None:
        return
    hint = '"toponyms" is a list of {"start", "end"}: offsets of characters into "text", the end exclusive'
    if not isinstance(rows, list):
        raise SourceError('"toponyms" is not a list', hint=hint)
    for number, row in enumerate(rows, start=1):
        start, end = (row.get("start"), row.get("end")) if isinstance(row, dict) else (None, None)
        if type(start) is not int or type(end) is not int:
            raise SourceError(f"toponym {number} has no start and end", hint=hint)
        if not 0 <= start < end <= len(text):
            raise SourceError(
                f"toponym {number} is out of range: {start} to {end} in {len(text)} characters", hint=hint
            )
        stated = row.get("text")
        if isinstance(stated, str) and inert(stated) != text[start:end]:
            raise SourceError(f"toponym {number} does not match the text at {start} to {end}", hint=hint)
        yield Span(start, end, text[start:end])
