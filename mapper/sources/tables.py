"""Corpora as tables: CSV and TSV line by line, Parquet by row groups, JSON object by object.

A file is never held whole, but for JSON that wraps its reports in an object. A bad row costs that row only.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from mapper.errors import MissingExtraError, SourceError, UsageError
from mapper.records import Failure
from mapper.sources.corpus import json_object, numbered, read_corpus
from mapper.sources.decoding import decode_head
from mapper.sources.inputs import NoReportsError, chunks, whole
from mapper.sources.kinds import suffix_of
from mapper.sources.naming import stem
from mapper.sources.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.records import Document
    from mapper.sources.inputs import Input, Reading

__all__ = ["read_json", "read_lines", "read_parquet", "read_table"]

_DELIMITERS = ",;\t|"
_LONGEST_HEADER = 1_000_000
_MOST_OF_A_FIELD = 2**31 - 1  # what the module can count to on every system
_ROWS_AT_ONCE = 1_000
_BETWEEN = re.compile(r"[\s\ufeff,]*+")
_WRAPPERS = ("articles", "documents", "items", "results", "data", "reports", "records", "news", "hits")


def read_lines(item: Input, reading: Reading) -> Iterator[Document | Failure]:
    """Read JSON Lines (see `read_corpus`)."""
    yield from read_corpus(
        _utf8(item),
        source=item.source,
        stem=stem(item.name),
        max_bytes=reading.max_bytes,
        columns=reading.columns,
        read_as=" > ".join((*item.read_as, "jsonl")),
    )


def read_table(item: Input, reading: Reading) -> Iterator[Document | Failure]:
    """Read a CSV or TSV file with a line of headings, in any delimiter of the usual ones.

    Raises
    ------
    SourceError
        When it has no headings, or lacks a column that the user names.
    NoReportsError
        When no column holds texts.
    """
    lines = numbered(_utf8(item), reading.max_bytes)
    first = next((line for _, line in lines if line is None or line.strip()), b"")
    if not first:
        raise SourceError("is empty", hint="the first line names the columns, each line after it is a report")
    if len(first) > _LONGEST_HEADER:
        raise SourceError("has no line of column names", hint="the first line names the columns")
    heading = first.decode("utf-8", errors="replace").removeprefix("\ufeff")
    delimiter = max(_DELIMITERS, key=heading.count)
    names = [name.strip() for name in next(csv.reader([heading], delimiter=delimiter), [])]
    kind = "tsv" if delimiter == "\t" else "csv"
    rows = _rows(item, kind, "text/tab-separated-values" if kind == "tsv" else "text/csv")
    try:
        rows.settle(names, reading.columns)
    except NoReportsError as error:
        raise NoReportsError(f"this {suffix_of(item.name) or kind} file {error.message}", hint=error.hint) from None
    yield from _csv_rows(item, rows, lines, names=names, delimiter=delimiter, limit=reading.max_bytes)
    rows.finish()


def _csv_rows(
    item: Input,
    rows: Rows,
    lines: Iterator[tuple[int, bytes | None]],
    *,
    names: list[str],
    delimiter: str,
    limit: int,
) -> Iterator[Document | Failure]:
    csv.field_size_limit(
        max(csv.field_size_limit(), min(limit, _MOST_OF_A_FIELD))
    )  # the module has one limit for the whole process
    at = 1

    def texts() -> Iterator[str]:
        nonlocal at
        for number, line in lines:
            at = number
            if line is None:
                raise SourceError("the line is too long", hint=f"the limit is {limit:,} bytes a line")
            yield line.decode("utf-8", errors="replace") + "\n"

    while True:
        reader = csv.reader(texts(), delimiter=delimiter)
        try:
            for cells in reader:
                if not any(cells):
                    continue
                row = dict(zip(names, cells, strict=False))
                digest = hashlib.sha256(json.dumps(cells).encode()).hexdigest()
                try:
                    found: Document | Failure = rows.document(row, digest)
                except (SourceError, UsageError) as error:
                    found = Failure(f"{item.source}:{at}", error.message, error.hint)
                yield found
        except (SourceError, csv.Error) as error:
            # The reader is spent, the lines are not: what comes behind the bad row is read by a new one.
            hint = error.hint if isinstance(error, SourceError) else "a quotation mark may not be closed"
            reason = error.message if isinstance(error, SourceError) else f"malformed row: {error}"
            yield Failure(f"{item.source}:{at}", reason, hint)
        else:
            return


def read_parquet(item: Input, reading: Reading) -> Iterator[Document | Failure]:
    """Read a Parquet file, some rows at a time.

    Raises
    ------
    MissingExtraError
        When pyarrow is not installed.
    SourceError, NoReportsError
        When it is broken, or holds no column of texts.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, and slow to import
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        hint = "pip install 'incident-mapper[parquet]'"
        raise MissingExtraError("is Parquet, whose reader is not installed", hint=hint) from None
    # The format is read from its end.
    file = item.file if item.file.seekable() else io.BytesIO(whole(item, 10 * reading.max_bytes))
    try:
        table = pq.ParquetFile(file)
        rows = _rows(item, "parquet", "application/vnd.apache.parquet")
        rows.settle(table.schema_arrow.names, reading.columns)
        used = {name for name in (*_named(rows), "toponyms") if name in table.schema_arrow.names}
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=sorted(used)):
            for row in batch.to_pylist():
                number += 1
                yield _row(item, rows, row, number)
    except (pa.ArrowException, OSError) as error:
        reason = " ".join(str(error).split())[:120]
        raise SourceError(f"is broken Parquet ({reason})", hint="write it again, or give it as CSV") from None
    rows.finish()


def read_json(item: Input, reading: Reading) -> Iterator[Document | Failure]:
    """Read a JSON file: a list of objects, JSON Lines by another name, or an object with one list of objects.

    Raises
    ------
    SourceError, NoReportsError
        When it is none of these.
    """
    first = decode_head(item.head()).lstrip("\ufeff \t\r\n")[:1]
    if first == "[":
        yield from _elements(item, _list_elements(_utf8(item), reading.max_bytes), reading)
        return
    data = whole(item, reading.max_bytes) if first == "{" else b""
    lines = [line for line in data.removeprefix(codecs.BOM_UTF8).splitlines() if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in lines):
        yield from read_corpus([data], source=item.source, stem=stem(item.name), max_bytes=reading.max_bytes,
                               columns=reading.columns, read_as=" > ".join((*item.read_as, "jsonl")))  # fmt: skip
        return
    hint = "give a list of objects, or JSONL: one object a line"
    if not data:
        raise NoReportsError("this .json file holds no list of reports", hint=hint)
    row = json_object(decode_head(data), hint=hint)
    for name in _WRAPPERS:
        if isinstance(row.get(name), list):
            yield from _elements(item, ((each, "") for each in row[name]), reading)
            return
    yield from _elements(item, [(row, "")], reading)


def _elements(item: Input, found: Iterable[tuple[Any, str]], reading: Reading) -> Iterator[Document | Failure]:
    rows = _rows(item, "json", "application/json")
    settled = False
    for number, (row, trouble) in enumerate(found, start=1):
        if trouble:
            yield Failure(f"{item.source}:{number}", trouble, "an element is one JSON object")
        elif not isinstance(row, dict):
            yield Failure(f"{item.source}:{number}", "the element is not a JSON object", "an element is one report")
        else:
            if not settled:
                try:
                    rows.settle(row, reading.columns)
                except NoReportsError as error:
                    raise NoReportsError(f"this .json file {error.message}", hint=error.hint) from None
                settled = True
            yield _row(item, rows, row, number)
    rows.finish()


def _list_elements(pieces: Iterable[bytes], limit: int) -> Iterator[tuple[Any, str]]:
    """Give the elements of a JSON list as they come; behind a malformed one nothing can be told apart."""
    decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
    decoder = json.JSONDecoder()
    buffer, position, wanted, opened = "", 0, 1, False
    for piece in chain(pieces, [b""]):
        buffer += decode(piece, final=not piece)
        while piece == b"" or len(buffer) - position >= wanted:
            position = _BETWEEN.match(buffer, position).end()  # type: ignore[union-attr]  # it matches nothing as well
            if position == len(buffer):
                break
            if not opened:
                opened, position = True, position + 1
                continue
            if buffer[position] == "]":
                return
            try:
                row, end = decoder.raw_decode(buffer, position)
            except (ValueError, RecursionError) as error:
                if not piece or len(buffer) - position > limit or isinstance(error, RecursionError):
                    yield None, "malformed JSON, a number too long or nesting too deep; the rest is not read"
                    return
                wanted = 2 * (len(buffer) - position)  # it goes on: each try doubles, so that long ones stay linear
                break
            if end == len(buffer) and piece:
                wanted = end - position + 1  # a number may go on in the next piece
                break
            yield row, ""
            position, wanted = end, 1
        buffer, position = buffer[position:], 0


def _row(item: Input, rows: Rows, row: dict[str, Any], number: int) -> Document | Failure:
    try:
        digest = hashlib.sha256(json.dumps(row, sort_keys=True, default=str).encode()).hexdigest()
        return rows.document(row, digest)
    except (SourceError, UsageError) as error:
        return Failure(f"{item.source}:{number}", error.message, error.hint)
    except RecursionError:
        return Failure(f"{item.source}:{number}", "is nested too deep", "an element is one report")


def _rows(item: Input, kind: str, media_type: str) -> Rows:
    read_as = " > ".join((*item.read_as, kind))
    return Rows(source=item.source, stem=stem(item.name), media_type=media_type, read_as=read_as)


def _named(rows: Rows) -> Iterator[str]:
    columns = rows.columns
    yield from (n for n in (columns.text, columns.date, columns.id, columns.title, columns.url) if n is not None)


def _utf8(item: Input) -> Iterator[bytes]:
    """Give the bytes of a text file in UTF-8: as they are, or recoded where the beginning shows another encoding."""
    head = item.head()
    encoding = next((name for mark, name in _WIDE if head.startswith(mark)), None)
    if encoding is None and not _is_utf8(head):
        encoding = item.charset or "cp1252"
    if encoding is None:
        yield from chunks(item.file)
        return
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    except LookupError:
        decoder = codecs.getincrementaldecoder("cp1252")(errors="replace")
    for piece in chunks(item.file):
        yield decoder.decode(piece).encode("utf-8", errors="replace")
    yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")


_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # not final: the head may be cut inside a character
    except UnicodeDecodeError:
        return False
    return True
