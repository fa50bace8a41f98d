"""Feeds: RSS and Atom in all their versions. An entry is a report: its title, what it says, its date and its link.

Read by lxml, entry by entry, forgiving of what is malformed. Entities of a feed's own are refused, not expanded.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError
from mapper.records import Document, Failure
from mapper.sources.dates import machine_date
from mapper.sources.decoding import inert, is_blank
from mapper.sources.inputs import NoReportsError
from mapper.sources.naming import stem
from mapper.sources.plain import dated
from mapper.sources.webpage import address, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.sources.inputs import Input, Reading

__all__ = ["read_feed"]

_ENTRIES = frozenset({"item", "entry"})
_ROOTS = frozenset({"rss", "feed", "RDF"})
_TEXTS = ("encoded", "content", "description", "summary", "body")
_DATES = ("pubDate", "published", "issued", "date", "created", "updated", "modified", "dcterms_created")
_IDS = ("guid", "id")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_CHUNK = 1 << 16
_MARKUP = re.compile(r"<[A-Za-z!/][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]+);")


def read_feed(item: Input, reading: Reading) -> Iterator[Document | Failure]:
    """Read the entries of a feed, in their order.

    Raises
    ------
    NoReportsError
        When it is XML, but no feed.
    SourceError
        When it defines entities, or cannot be parsed at all.
    """
    from lxml import etree  # noqa: PLC0415 - slow to import, and only feeds and pages need it

    if _ENTITY.search(item.head()):
        raise SourceError("defines entities of its own, which are not expanded", hint="no feed needs them: drop them")
    parser = etree.XMLPullParser(
        events=("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    state = _State(item)
    read = 0
    while (chunk := item.file.read(_CHUNK)) and not state.done:
        read += len(chunk)
        if state.pending_bytes(read) > reading.max_bytes:
            raise SourceError("has an entry that is larger than the limit for one report", hint="mend the feed")
        try:
            parser.feed(chunk)
            for event, element in parser.read_events():
                yield from state.see(event, element, read)
        except etree.XMLSyntaxError:
            break  # what came before is delivered
    if not state.is_feed:
        raise NoReportsError("this XML is no feed", hint="RSS and Atom are read; save anything else as .txt or .html")
    if not state.entries:
        raise SourceError("the feed has no entries", hint="nothing is to be read in it")


class _State:
    """Follows the elements of a feed as they come, and lets go of each entry once it is read."""

    def __init__(self, item: Input) -> None:
        self._item = item
        self._stem = stem(item.name)
        self._at = 0
        self.is_feed = False
        self.done = False
        self.entries = 0
        self._seen_root = False

    def pending_bytes(self, read: int) -> int:
        """Give how many bytes came since the last entry was whole."""
        return read - self._at

    def see(self, event: str, element: Any, read: int) -> Iterator[Document | Failure]:
        """Take one event of the parser; give the entry that it ends."""
        name = _name(element)
        if event == "start":
            if not self._seen_root:
                self._seen_root, self.is_feed = True, name in _ROOTS
                self.done = not self.is_feed
            return
        if name not in _ENTRIES or self.done:
            return
        self.entries += 1
        self._at = read
        yield _entry(self._item, element, self.entries, self._stem)
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _entry(item: Input, element: Any, number: int, begins: str) -> Document | Failure:
    fields: dict[str, str] = {}
    link = None
    for child in element:
        name = _name(child)
        if name == "link" and link is None:
            link = _link(child)
        text = _inner(child) if name in {"title", *_TEXTS, *_DATES, *_IDS} else ""
        if text.strip():
            fields.setdefault(name, text)
    title = " ".join(_plain(fields.get("title", "")).split())
    bodies = [_plain(fields[name]) for name in _TEXTS if name in fields]
    body = max(bodies, key=len, default="")
    text = inert(body if not title or body.startswith(title) else f"{title}\n\n{body}".strip())
    if is_blank(text):
        return Failure(f"{item.source}#{number}", "the entry shows no text", "nothing is to be read in it")
    day = next((date for name in _DATES if (date := machine_date(fields.get(name)))), None)
    digest = hashlib.sha256(text.encode()).hexdigest()
    found = Document(
        id=f"{begins}-{digest[:8]}",
        text=text,
        title=inert(title) or None,
        published=day,
        published_basis="feed" if day else None,
        url=link or address(fields.get("guid")) or address(fields.get("id")),
        source=item.source,
        media_type="application/rss+xml",
        sha256=digest,
        read_as=" > ".join((*item.read_as, "feed")),
    )
    return dated(found)


def _inner(element: Any) -> str:
    """Give what an element holds; markup that is not escaped (Atom's xhtml) as it is written."""
    from lxml import etree  # noqa: PLC0415 - imported already

    if len(element) == 0:
        return element.text or ""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)


def _plain(text: str) -> str:
    """Take the markup out of a title or a body: feeds carry pages in it, escaped once."""
    return visible(text) if _MARKUP.search(text) else text.strip()


def _link(element: Any) -> str | None:
    if element.get("rel") not in {None, "alternate"}:
        return None
    return address((element.get("href") or element.text or "").strip())


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
