"""A corpus: JSON Lines, one report a line, streamed. A bad line costs that line only.

A line is `{"id", "text", "published"?, "title"?, "url"?, "toponyms"?: [{"start", "end", "text"?}, ...]}`; other keys
are left alone. Corpora with keys of other names are read too (see `mapper.sources.columns`).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError, UsageError
from mapper.records import Document, Failure
from mapper.sources.inputs import Columns, ResultsError
from mapper.sources.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["json_object", "looks_like_corpus", "numbered", "read_corpus"]

_MEDIA_TYPE = "application/x-ndjson"
_HINT = 'a line is one JSON object with at least "text"'


def read_corpus(
    chunks: Iterable[bytes],
    *,
    source: str,
    stem: str,
    max_bytes: int,
    columns: Columns | None = None,
    read_as: str = "jsonl",
) -> Iterator[Document | Failure]:
    """Read a corpus from its bytes, however they come in pieces; memory holds one line.

    Parameters
    ----------
    chunks
        The bytes, in UTF-8, in pieces of any size.
    source, stem
        What failures and documents name as their source; what the id of a line without an id begins with.
    max_bytes
        Longest line, in bytes; a longer one is a failure.
    columns
        Keys that hold text, date and so on; what is not said is guessed from the first line.
    read_as
        How documents say that they were read.

    Raises
    ------
    ResultsError
        When the first line is none of a corpus, but of results.
    """
    rows = Rows(source=source, stem=stem, media_type=_MEDIA_TYPE, read_as=read_as)
    given = columns or Columns()
    delivered = settled = False
    for number, line in numbered(chunks, max_bytes):
        if line is None:
            delivered = True
            hint = f"the limit is {max_bytes:,} bytes a line; split the report"
            yield Failure(f"{source}:{number}", "the line is too long", hint)
        elif stripped := line.removeprefix(b"\xef\xbb\xbf").strip():
            delivered = True
            try:
                row = json_object(stripped.decode("utf-8", errors="replace"), hint=_HINT)
                if not settled:
                    rows.settle(row, given, lenient=True)
                    settled = True
                yield rows.document(row, hashlib.sha256(stripped).hexdigest())
            except ResultsError:
                raise
            except (SourceError, UsageError) as error:
                yield Failure(f"{source}:{number}", error.message, error.hint)
    rows.finish()
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


def numbered(chunks: Iterable[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Give lines by number from 1; None stands for a line over the limit, whose bytes are let go as they come."""
    number, parts, size = 1, list[bytes](), 0
    for chunk in chunks:
        if not size and not chunk.strip(b"\r\n"):
            number += chunk.count(b"\n")  # a wall of empty lines counts as one
            yield number, b""
            continue
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            yield number, (b"".join([*parts, piece]) if size + len(piece) <= limit else None)
            number, parts, size = number + 1, [], 0
        size += len(rest)
        parts = [*parts, rest] if size <= limit else []
    if size:
        yield number, (b"".join(parts) if size <= limit else None)


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
