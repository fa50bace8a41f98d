"""Word documents (.docx): the paragraphs of the main text."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError
from mapper.sources.decoding import inert, is_blank
from mapper.sources.headlines import headline
from mapper.sources.inputs import whole
from mapper.sources.plain import dated, document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.records import Document
    from mapper.sources.inputs import Input, Reading

__all__ = ["read_docx"]

_GROWTH = 5  # the XML of a text is larger than the text, but not by more than its markup
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT = f"{_W}p", f"{_W}t"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_REVISED = f"{_W}del"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(item: Input, reading: Reading) -> Iterator[Document]:
    """Read a Word document.

    Its properties are left alone: their title and date are mostly those of the template.

    Raises
    ------
    SourceError
        When it is broken, or shows no text.
    """
    from lxml import etree  # noqa: PLC0415 - slow to import, and only some inputs need it

    data = whole(item, reading.max_bytes)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("word/document.xml") as part:
            markup = part.read(_GROWTH * reading.max_bytes + 1)
        if len(markup) > _GROWTH * reading.max_bytes:
            raise SourceError("unpacks to far more than a report", hint="save what it shows as .txt")
        parser = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
        events = etree.iterparse(io.BytesIO(markup), events=("end",), tag=_PARAGRAPH, **parser)
        text = inert("\n\n".join(filter(None, (_shown(paragraph) for _, paragraph in events))))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:100]
        raise SourceError(f"is a broken Word document ({reason})", hint="save it again, or as .txt") from None
    if is_blank(text):
        raise SourceError("the document shows no text", hint="save what it shows as .txt")
    yield dated(document(item, data, text, _MEDIA_TYPE, "docx", title=headline(text)))


def _shown(paragraph: Any) -> str:
    """Give the text of a paragraph without what was struck out in a revision, and free its memory."""
    pieces = []
    for element in paragraph.iter(_TEXT, *_BREAKS):
        nested = next(element.iterancestors(_PARAGRAPH), paragraph) is not paragraph  # in a text box: its own turn
        if not nested and next(element.iterancestors(_REVISED), None) is None:
            pieces.append(_BREAKS.get(element.tag) or element.text or "")
    return "".join(pieces).strip()
