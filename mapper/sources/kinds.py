"""What kind of file an input is: by what it begins with, by what its server declares, by its name, by its text."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from mapper.sources.corpus import looks_like_corpus
from mapper.sources.decoding import decode_head
from mapper.sources.inputs import HEAD_BYTES
from mapper.sources.webpage import looks_like_page

if TYPE_CHECKING:
    from mapper.sources.inputs import Input

__all__ = ["FOUND_SUFFIXES", "TAR_MARK", "Kind", "kind_of", "suffix_of"]

Kind = Literal[
    "text", "markdown", "page", "lines", "json", "table", "parquet", "pdf", "docx", "e-mail", "mailbox", "feed", "warc",
    "zip", "tar", "gzip", "bzip2",
]  # fmt: skip

_SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "page", ".htm": "page", ".xhtml": "page",
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json", ".csv": "table", ".tsv": "table", ".parquet": "parquet",
    ".pdf": "pdf", ".docx": "docx", ".eml": "e-mail", ".mbox": "mailbox",
    ".rss": "feed", ".atom": "feed", ".xml": "feed", ".warc": "warc", ".warc.gz": "warc",
    ".zip": "zip", ".tar": "tar", ".tar.gz": "gzip", ".tgz": "gzip", ".gz": "gzip", ".tar.bz2": "bzip2",
    ".bz2": "bzip2",
}  # fmt: skip
FOUND_SUFFIXES = frozenset(_SUFFIXES)
"""What is read in folders and archives; of tables, JSON and XML only those that hold reports."""

_MEDIA_TYPES: dict[str, Kind] = {
    "text/html": "page", "application/xhtml+xml": "page", "text/markdown": "markdown",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/xml": "feed", "text/xml": "feed",
    "application/x-ndjson": "lines", "application/jsonl": "lines", "application/json": "json",
    "text/csv": "table", "text/tab-separated-values": "table", "application/vnd.apache.parquet": "parquet",
    "application/pdf": "pdf", "message/rfc822": "e-mail", "application/mbox": "mailbox",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/warc": "warc", "application/zip": "zip", "application/x-tar": "tar",
}  # fmt: skip
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
TAR_MARK = slice(257, 262)  # POSIX.1-1988: "ustar" in the header of the first member
_FEED = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<[!?][^>]{0,500}>\s*){0,8}<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_LONG_LINE = re.compile(r'\s*\{\s*"[^"\n]{1,80}"\s*:')
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]")
_MAIL = re.compile(r"^(?:message-id|mime-version|received|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE)
_ENVELOPE = re.compile(r"From \S+.{0,80}\d{4}\s*\n(?=[A-Za-z][A-Za-z0-9-]+:)")


def kind_of(item: Input) -> Kind:
    """Tell what an input is. A signature is believed before a declaration, and that before a name."""
    head = item.head()
    suffix = suffix_of(item.name)
    signed = next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)
    if head[TAR_MARK] == b"ustar":
        signed = "tar"
    named = _SUFFIXES.get(suffix)
    if signed == "gzip" and named == "warc":
        return "warc"
    if signed == "zip" and named == "docx":
        return "docx"
    if signed is not None:
        return signed
    declared = _MEDIA_TYPES.get(item.media_type)
    if declared == "page" and named is not None and _is_binary(named):
        return _sniffed(head)  # an error page in the place of the file, or a file that the server does not know
    return declared or named or _sniffed(head)


def suffix_of(name: str) -> str:
    """Give the suffix of a file name in lower case; of ".tar.gz" and ".warc.gz" both parts."""
    path = PurePosixPath(name.replace("\\", "/").lower())
    double = "".join(path.suffixes[-2:])
    return double if double in _SUFFIXES else path.suffix


def _is_binary(kind: Kind) -> bool:
    return kind in {"pdf", "docx", "parquet", "warc", "zip", "tar", "gzip", "bzip2"}


def _sniffed(head: bytes) -> Kind:
    text = decode_head(head)
    if looks_like_page(text):
        return "page"
    if _FEED.match(text):
        return "feed"
    if looks_like_corpus(head if len(head) < HEAD_BYTES else head[: head.rfind(b"\n") + 1]):
        return "lines"
    if len(head) >= HEAD_BYTES and b"\n" not in head and _LONG_LINE.match(text):
        return "lines"
    if _ENVELOPE.match(text):
        return "mailbox"
    if _HEADER.match(text) and _MAIL.search(text.replace("\r\n", "\n").partition("\n\n")[0]):
        return "e-mail"
    return "text"
