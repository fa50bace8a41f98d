"""Predictions made by the pipeline itself, document by document, in the form that files of predictions have."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING

from mapper import formats, pipeline, sources
from mapper.errors import UsageError
from mapper.records import Document, Failure, Report, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.evaluation.reading import Row
    from mapper.gazetteer import Gazetteer
    from mapper.language import Recogniser, Tags
    from mapper.pipeline import Progress
    from mapper.records import Sentence

__all__ = ["document_of", "geoparsed", "reports"]

_REMEMBERED = 64


def document_of(name: str, row: Row, spans: Sequence[tuple[int, int]] = ()) -> Document:
    """Make the document of a corpus line; NUL and lone surrogates of its text become U+FFFD, one for one."""
    from mapper.sources.decoding import inert  # noqa: PLC0415

    text = inert(row["text"])
    title, published = row.get("title"), row.get("published") or row.get("pub_date")
    return Document(
        id=name,
        text=text,
        title=title if isinstance(title, str) else None,
        published=_day(published),
        published_basis="corpus" if _day(published) else None,
        url=row.get("url") if isinstance(row.get("url"), str) else None,
        toponyms=tuple(Span(start, end, text[start:end]) for start, end in spans),
    )


def _day(value: object) -> dt.date | None:
    try:
        return sources.parse_date(value) if isinstance(value, str) else None
    except UsageError:
        return None


def geoparsed(
    documents: Sequence[Document],
    gazetteer: Gazetteer,
    recogniser: Recogniser | None,
    *,
    progress: Progress | None = None,
    debug: bool = False,
) -> tuple[dict[str, Row], dict[str, Row], list[Failure]]:
    """Geoparse documents twice, with their spans given and with spans found, reading each text once.

    Returns
    -------
    tuple
        Rows as `mapper geoparse --format jsonl` prints them, by id: of given spans, of found ones; and what failed.
    """
    reader = _Remembering(recogniser) if recogniser is not None else None
    walks: list[Iterator[Report | Failure]] = [
        pipeline.stream(iter(documents), gazetteer, recogniser=reader, spans=spans, debug=debug)
        for spans in ("given", "found")
    ]
    rows: tuple[dict[str, Row], dict[str, Row]] = ({}, {})
    failures = list[Failure]()
    for done, both in enumerate(zip(*walks, strict=True), start=1):
        for item, into in zip(both, rows, strict=True):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                into[item.document.id] = formats.geoparse_row(item)
        if progress is not None:
            progress("documents", done, len(documents))
    return *rows, failures


def reports(
    documents: Iterable[Document],
    gazetteer: Gazetteer,
    recogniser: Recogniser | None,
    *,
    total: int | None = None,
    progress: Progress | None = None,
    debug: bool = False,
) -> Iterator[Report | Failure]:
    """Process documents one by one, as `mapper extract` does."""
    found = pipeline.stream(iter(documents), gazetteer, recogniser=recogniser, debug=debug)
    for done, item in enumerate(found, start=1):
        if progress is not None:
            progress("documents", done, total)
        yield item


class _Remembering:
    """A recogniser that reads no text twice: two walks go side by side over the same documents."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._held: dict[tuple[Sentence, ...], Tags] = {}
        self.version = recogniser.version

    def tag(self, sentences: Sequence[Sentence]) -> Tags:
        key = tuple(sentences)
        if key not in self._held:
            self._held[key] = self._recogniser.tag(sentences)
            for old in list(islice(self._held, max(0, len(self._held) - _REMEMBERED))):
                del self._held[old]
        return self._held[key]
