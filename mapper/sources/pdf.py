"""PDF, through pypdf (extra `pdf`): its text with paragraphs, and title and date where its metadata can be believed."""

from __future__ import annotations

import io
import logging
import re
import time
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from mapper.errors import MissingExtraError, SourceError
from mapper.sources.decoding import inert, is_blank
from mapper.sources.headlines import headline
from mapper.sources.inputs import whole
from mapper.sources.plain import dated, document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from mapper.records import Document
    from mapper.sources.inputs import Input, Reading

__all__ = ["read_pdf"]

_MOST_PAGES = 2_000
_MOST_SECONDS = 120.0
_WIDE_GAP = 1.35  # lines of one paragraph are evenly spaced; a gap wider than this many of them parts paragraphs
# Printed by a browser: the date is that of the printing.
_PRINTERS = re.compile(r"skia|chrom|mozilla|firefox|safari|webkit|wkhtml|quartz|print|playwright|cups", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"untitled.*|microsoft \w+ - .*|.*\.(?:docx?|pdf|indd|qxd|html?|txt|pages|odt|rtf)|.*https?://.*|[\W\d_]*|"
    r"(?:document|report|slide|layout|page|press release)\s*\d*",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_YEAR = 1993  # of PDF
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\n(?=(?P<next>\w))")


def read_pdf(item: Input, reading: Reading) -> Iterator[Document]:
    """Read the text of a PDF, pages in a row.

    Raises
    ------
    MissingExtraError
        When pypdf is not installed.
    SourceError
        When it is broken, encrypted, shows no text (a scan), or takes more than two minutes.
    """
    try:
        import pypdf  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        hint = "pip install 'incident-mapper[pdf]'"
        raise MissingExtraError("is a PDF, and the reader of PDFs is not installed", hint=hint) from None
    logger = logging.getLogger("pypdf")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())  # what is odd in a PDF that can be read is nobody's concern
    data = whole(item, reading.max_bytes)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        text = inert(_text(reader))
        metadata: Any = reader.metadata or {}
    except SourceError:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises anything on a broken PDF
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise SourceError(f"is a broken PDF ({reason})", hint="open it, and save what it shows as .txt") from None
    if is_blank(text):
        raise SourceError("the PDF shows no text: it may be a scan", hint="run it through OCR (ocrmypdf) first")
    title = _title(metadata) or headline(text)
    found = dated(document(item, data, text, "application/pdf", "pdf", title=title))
    if found.published is None and (day := _date(metadata)):
        found = document(item, data, text, "application/pdf", "pdf", title=title, published=day, basis="metadata")
    yield found


def _text(reader: Any) -> str:
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError("is an encrypted PDF", hint="save a copy without the password")
    started = time.monotonic()
    pages = []
    for number, page in enumerate(reader.pages):
        if number >= _MOST_PAGES or time.monotonic() - started > _MOST_SECONDS:
            what = f"more than {_MOST_PAGES} pages" if number >= _MOST_PAGES else "more than two minutes"
            raise SourceError(f"takes {what} to read", hint="split it into reports")
        pages.append(_page_text(page))
    return "\n\n".join(filter(None, pages))


def _page_text(page: Any) -> str:
    """Give the lines of a page, an empty one where the gap above a line is wider than usual."""
    heights: list[tuple[str, float]] = []

    def see(text: str, cm: Sequence[float], tm: Sequence[float], *_font: object) -> None:
        if text.strip():
            heights.append((text.strip(), cm[3] * tm[5] + cm[5]))

    lines = [line.rstrip() for line in page.extract_text(visitor_text=see).splitlines()]
    tops = _tops(lines, heights)
    gaps = [above - below for above, below in pairwise(tops) if above > below]
    usual = median(gaps) if gaps else 0.0
    parts: list[str] = []
    last: float | None = None
    for line, top in zip(lines, tops, strict=True):
        if parts and line and last is not None and (top > last or last - top > _WIDE_GAP * usual):
            parts.append("")
        parts.append(line)
        last = top if line else last
    return _HYPHEN.sub(lambda found: "" if found["next"].islower() else "-", "\n".join(parts)).strip()


def _tops(lines: list[str], heights: list[tuple[str, float]]) -> list[float]:
    """Find how high each line stands: as high as the first piece of text that it begins with."""
    tops: list[float] = []
    at = 0
    for line in lines:
        for index in range(at, min(at + 200, len(heights))):
            piece, height = heights[index]
            if line.strip() and (line.strip().startswith(piece) or piece.startswith(line.strip())):
                tops.append(height)
                at = index + 1
                break
        else:
            tops.append(tops[-1] if tops else 0.0)
    return tops


def _title(metadata: Any) -> str | None:
    title = " ".join(inert(str(metadata.get("/Title") or "")).split())
    return None if len(title) > 300 or " " not in title or _NO_TITLE.fullmatch(title) else title


def _date(metadata: Any) -> dt.date | None:
    made_by = f"{metadata.get('/Producer') or ''} {metadata.get('/Creator') or ''}"
    try:
        created = getattr(metadata, "creation_date", None)
    except ValueError:  # of something that is no date
        created = None
    if created is None or created.year < _FIRST_YEAR or _PRINTERS.search(made_by):
        return None
    return created.date()  # type: ignore[no-any-return]
