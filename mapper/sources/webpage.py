"""A saved web page: its article, title, date and address, through trafilatura, and safe with hostile markup."""

from __future__ import annotations

import html
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mapper.errors import UsageError
from mapper.sources.dates import parse_date
from mapper.sources.decoding import inert, is_blank

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

__all__ = ["Page", "address", "looks_like_page", "read_page", "visible"]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its article as text, and what is known of it."""

    text: str
    title: str | None = None
    published: dt.date | None = None
    url: str | None = None


_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
# One tag; it cannot run over the start of another and never backtracks, so that a scan is linear in the page.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*+)([^<>]*+)>")
_LONGEST_TAG = 20_000
_DEEPEST = 200  # libxml2 gives up at 256
_MOST_TAGS = 150_000
# These close themselves or are closed by the next of their kind, so they say nothing about depth.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option path".split()
)
_UNSEEN = ("script", "style", "noscript", "template", "svg", "head", "nav", "footer", "select", "button", "iframe")
_DOCTYPE = re.compile(r"<!doctype[^<>\[]*+(?:\[[^\]]*+\]\s*+)?>", re.IGNORECASE)  # with its entities, never expanded
_DROPPED = re.compile(r"<(script|style)\b[^<>]*+>|<!--", re.IGNORECASE)
_BLOCK = frozenset(
    "address article aside blockquote body br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section table td th title tr ul".split()
)
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")
_HEADING = (
    re.compile(r"<h1\b[^<>]*+>(.{1,400}?)</h1", re.IGNORECASE | re.DOTALL),
    re.compile(r"<title\b[^<>]*+>([^<]{1,400})", re.IGNORECASE),
)
_ADDRESS_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def looks_like_page(text: str) -> bool:
    """Tell whether a text begins as an HTML page does."""
    return _START.match(text[:2_000]) is not None


def read_page(markup: str) -> Page | None:
    """Read the article of a page, or return None when the page shows no text.

    The date is one that the page declares (metadata, its address, `<time>`); dates in running text are never taken for
    it. When trafilatura finds no article, or the markup is too deep or too large for a tree, the visible text of the
    page is taken: tags gone, entities read, scripts, navigation and footers left out.
    """
    tidy = _tidy(markup)
    page = _article(tidy) if _is_parsable(tidy) else None
    if page is None:
        text = inert(_visible(tidy))
        page = Page(text=text) if not is_blank(text) else None
    if page is None:
        return None
    return page if page.title else Page(page.text, _heading(tidy), page.published, page.url)


def visible(markup: str) -> str:
    """Give what a piece of markup shows, one line a block."""
    return _visible(_tidy(markup))


def address(url: object) -> str | None:
    """Return an http(s) address without credentials as it is, and None for everything else."""
    if not isinstance(url, str) or _ADDRESS_CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
        harmless = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
    except ValueError:
        return None
    return inert(url) if harmless else None


def _article(markup: str) -> Page | None:
    import trafilatura  # noqa: PLC0415 - half a second, and only pages need it

    for name in ("trafilatura", "htmldate"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())  # what a page lacks is our message, not theirs on stderr
    dates = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
    try:
        found = trafilatura.bare_extraction(
            markup, with_metadata=True, include_comments=False, date_extraction_params=dates
        )
    except Exception:  # noqa: BLE001 - a library's failure on one page must not cost the page its text
        return None
    if found is None or isinstance(found, dict) or not found.text or is_blank(found.text):
        return None
    return Page(inert(found.text), _line(found.title), _date(found.date), address(found.url))


def _date(text: str | None) -> dt.date | None:
    try:
        return parse_date(text) if text else None
    except UsageError:
        return None


def _line(text: str | None) -> str | None:
    return " ".join(inert(text).split()) or None if text else None


def _heading(markup: str) -> str | None:
    for form in _HEADING:
        if (match := form.search(markup)) and (title := _line(html.unescape(_TAG.sub("", match[1])))):
            return title
    return None


def _tidy(markup: str) -> str:
    """Take out what makes parsers slow and holds no text: scripts, styles, comments, thousands of attributes."""
    markup = "".join(_kept(_DOCTYPE.sub("", markup, count=1)))
    return _TAG.sub(lambda tag: tag[0] if len(tag[0]) <= _LONGEST_TAG else f"<{tag[1]}{tag[2]}>", markup)


def _kept(markup: str) -> Iterator[str]:
    position = 0
    comments_end = True
    while match := _DROPPED.search(markup, position):
        yield markup[position : match.start()]
        position = match.end()
        if match[1]:
            closing = re.compile(rf"</{match[1]}\b[^<>]*+>?", re.IGNORECASE).search(markup, position)
            if closing is None:
                return  # a script that never ends hides the rest, as in a browser
            if "ld+json" in match[0] and closing.end() - match.start() <= _LONGEST_TAG * 10:
                yield markup[match.start() : closing.end()]  # where most pages declare title and date
            position = closing.end()
        elif comments_end:
            # A comment that never ends: its mark is dropped and the text kept. Looked for once: there may be millions.
            end = markup.find("-->", position)
            comments_end = end >= 0
            position = end + 3 if comments_end else position
    yield markup[position:]


def _is_parsable(markup: str) -> bool:
    depth = deepest = 0
    for count, tag in enumerate(_TAG.finditer(markup), start=1):
        if tag[2].lower() not in _FLAT and not tag[3].endswith("/"):
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            deepest = max(deepest, depth)
        if deepest > _DEEPEST or count > _MOST_TAGS:
            return False
    return True


def _visible(markup: str) -> str:
    parts: list[str] = []
    hidden: str | None = None
    position = 0
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        if hidden is None:
            parts.append(markup[position : tag.start()])
            if name in _BLOCK:
                parts.append("\n")
            if name in _UNSEEN and not tag[1] and not tag[3].endswith("/"):
                hidden = name
        elif tag[1] and name == hidden:
            hidden = None
        position = tag.end()
    if hidden is None:
        parts.append(markup[position:])
    text = re.sub(r"<[!?][^<>]*>", "", "".join(parts))
    return _BREAKS.sub("\n", _SPACES.sub(" ", html.unescape(text).replace("\r", "\n"))).strip()
