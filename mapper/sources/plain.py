"""Text, Markdown and saved pages: one input, one `Document`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.errors import SourceError
from mapper.records import Document
from mapper.sources.dates import header_date, machine_date
from mapper.sources.decoding import decode, is_blank
from mapper.sources.front_matter import front_matter
from mapper.sources.headlines import headline
from mapper.sources.inputs import whole
from mapper.sources.naming import stem
from mapper.sources.webpage import address, looks_like_page, read_page

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from mapper.sources.inputs import Input, Reading

__all__ = ["document", "read_markdown", "read_markup", "read_text"]

_DATES = ("date", "published", "publishdate", "pubdate", "date_published", "created")
_ADDRESSES = ("url", "link", "canonical", "canonical_url", "source", "source_url")


def read_text(item: Input, reading: Reading) -> Iterator[Document]:
    """Read a text; one that begins as a page is a page."""
    data, text = _decoded(item, reading, markup=False)
    if looks_like_page(text):
        yield page(document(item, data, text, "text/html", "html"))
    else:
        found = document(item, data, text, "text/plain", "text")
        yield dated(replace(found, title=headline(text)))


def read_markdown(item: Input, reading: Reading) -> Iterator[Document]:
    """Read Markdown; title, date and address may stand in a block of keys above it, which is no part of the text."""
    data, text = _decoded(item, reading, markup=False)
    if looks_like_page(text):
        yield page(document(item, data, text, "text/html", "html"))
        return
    keys, start = front_matter(text)
    text = text[start:]
    if is_blank(text):
        raise SourceError("holds nothing below its block of keys", hint="give a file with the text of the report")
    found = document(item, data, text, "text/markdown", "markdown")
    published = next((date for key in _DATES if (date := machine_date(keys.get(key)))), None)
    url = next((url for key in _ADDRESSES if (url := address(keys.get(key)))), None)
    title = " ".join(keys.get("title", "").split()) or headline(text)
    basis = "metadata" if published else None
    yield dated(replace(found, title=title, published=published, published_basis=basis, url=found.url or url))


def read_markup(item: Input, reading: Reading) -> Iterator[Document]:
    """Read a saved page."""
    data, text = _decoded(item, reading, markup=True)
    yield page(document(item, data, text, "text/html", "html"))


def document(
    item: Input,
    data: bytes,
    text: str,
    media_type: str,
    read_as: str,
    *,
    title: str | None = None,
    published: dt.date | None = None,
    basis: str | None = None,
) -> Document:
    """Make the document of an input; its id is the input's name and the beginning of the digest of its bytes."""
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=f"{stem(item.name)}-{digest[:8]}",
        text=text,
        title=title,
        published=published,
        published_basis=basis if published else None,
        url=item.url,
        source=item.source,
        media_type=media_type,
        sha256=digest,
        read_as=" > ".join((*item.read_as, read_as)),
    )


def page(found: Document) -> Document:
    """Read the article of a document whose text is markup.

    Raises
    ------
    SourceError
        When the page shows no text.
    """
    article = read_page(found.text)
    if article is None:
        hint = "open it in a browser, save what it shows as .txt, and give that"
        raise SourceError("the page holds no text; a script may write it", hint=hint)
    return dated(
        replace(
            found,
            text=article.text,
            title=found.title or article.title or headline(article.text),
            published=found.published or article.published,
            published_basis=found.published_basis or ("page" if article.published else None),
            url=found.url or article.url,
        )
    )


def dated(found: Document) -> Document:
    """Give a document without a date the one that is printed above its text."""
    if found.published is None and (day := header_date(found.text)):
        return replace(found, published=day, published_basis="header")
    return found


def _decoded(item: Input, reading: Reading, *, markup: bool) -> tuple[bytes, str]:
    data = whole(item, reading.max_bytes)
    text = decode(data, markup=markup, charset=item.charset)
    if is_blank(text):
        reason = "is empty" if not data else "holds nothing but white space"
        raise SourceError(reason, hint="give a file with the text of the report")
    return data, text
