"""Web archives (WARC, as crawlers and browsers' archivers save it): each page that was fetched well is a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError
from mapper.sources.decoding import inert
from mapper.sources.inputs import Budget, buffered
from mapper.sources.naming import file_name
from mapper.sources.webpage import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapper.records import Document, Failure
    from mapper.sources.inputs import Input, Reading

    Reader = Callable[[Input, Reading], Iterator[Document | Failure]]

__all__ = ["read_warc"]

_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
_RECORDS = frozenset({"response", "resource", "conversion"})
_CHUNK = 1 << 16
_OK = "200"


def read_warc(item: Input, reading: Reading, read: Reader) -> Iterator[Document | Failure]:
    """Read the pages, texts and PDFs of a web archive, in their order.

    Answers other than 200, pictures, scripts and the like are passed over. The address is the one that was fetched.

    Parameters
    ----------
    read
        Reads a page, and turns whatever goes wrong with it into a failure.

    Raises
    ------
    SourceError
        When the archive is broken: what stands before that is delivered.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - only web archives need it
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    budget = item.budget or Budget(item.size)
    found = False
    try:
        archive = ArchiveIterator(item.file, arc2warc=True)
        archive.INC_RECORD = ""  # else it writes to standard error what is odd between two records
        for record in archive:
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            media_type, charset = _declared(record)
            if _is_report(record, media_type, url):
                found = True
                name = file_name(url.partition("?")[0].rstrip("/")).name or "page"
                content = buffered(record.content_stream(), budget)
                label = f"{item.source}!/{inert(url)}"
                known = {"url": address(url), "media_type": media_type, "charset": charset, "asked": True}
                inner = item.inner(name, content, "warc", budget=budget, **known)
                yield from read(replace(inner, source=label), reading)
            _drain(record, budget)
    except ArchiveLoadFailed as error:
        reason = " ".join(str(error).split())[:100]
        hint = "what stands before this is read; `warcio recompress FILE NEW` mends some"
        raise SourceError(f"is a broken web archive ({reason})", hint=hint) from None
    if not found:
        raise SourceError("the web archive holds no page", hint="pages, texts and PDFs with the answer 200 are read")


def _declared(record: Any) -> tuple[str, str | None]:
    headers = record.http_headers or record.rec_headers
    value = headers.get_header("Content-Type") or ""
    media_type, _, rest = value.partition(";")
    _, _, charset = rest.lower().partition("charset=")
    return media_type.strip().lower(), charset.split(";")[0].strip(" \"'") or None


def _is_report(record: Any, media_type: str, url: str) -> bool:
    if record.rec_type not in _RECORDS or media_type not in _TYPES:
        return False
    if record.rec_type == "response" and (record.http_headers is None or record.http_headers.get_statuscode() != _OK):
        return False
    return not url.endswith("/robots.txt") and url.startswith(("http://", "https://"))


def _drain(record: Any, budget: Budget) -> None:
    """Read what is left of a record: a bomb is stopped here, before the library reads it to its end."""
    while data := record.raw_stream.read(_CHUNK):
        budget.spend(len(data))
