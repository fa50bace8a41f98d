"""Predictions made by the pipeline itself, in the form that files of predictions have."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from mapper import formats, pipeline, text
from mapper.errors import UsageError
from mapper.gazetteer import open_gazetteer
from mapper.geocoder import learn_homes
from mapper.incidents.mention import Mention
from mapper.incidents.mentions import find_mentions
from mapper.language import recogniser
from mapper.records import Document, Failure, Report, Span
from mapper.sources import parse_date
from mapper.sources.decoding import inert

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mapper.evaluation.figures import Figures
    from mapper.evaluation.reading import Row
    from mapper.language import Recogniser, Tags
    from mapper.pipeline import Progress
    from mapper.records import Sentence
    from mapper.settings import Settings

__all__ = ["Runner", "document_of"]

_REMEMBERED = 64
_BOTH: Final[tuple[Literal["given", "found"], ...]] = ("given", "found")


def document_of(name: str, row: Row, *, source: str | Path, spans: Sequence[tuple[int, int]] = ()) -> Document:
    """Make the document of a corpus line; NUL and lone surrogates of its text become U+FFFD, one for one."""
    report, title, url = inert(row["text"]), row.get("title"), row.get("url")
    published = _day(row.get("published") or row.get("pub_date"))
    return Document(
        id=name,
        text=report,
        title=title if isinstance(title, str) else None,
        published=published,
        published_basis="corpus" if published else None,
        url=url if isinstance(url, str) else None,
        source=str(source),
        toponyms=tuple(Span(start, end, report[start:end]) for start, end in spans),
    )


def _day(value: object) -> dt.date | None:
    try:
        return parse_date(value) if isinstance(value, str) else None
    except UsageError:
        return None


class Runner:
    """The pipeline with the gazetteer and the recogniser of the settings.

    Attributes
    ----------
    failures
        Documents that the pipeline gave up on, each once, as they came.
    """

    def __init__(self, settings: Settings, *, progress: Progress | None = None, debug: bool = False) -> None:
        self.gazetteer = open_gazetteer(settings.gazetteer)
        self.failures: list[Failure] = []
        self._recogniser = recogniser(settings.recogniser)
        self._settings = settings
        self._progress = progress
        self._debug = debug

    def versions(self) -> Figures:
        """Name what the predictions are made with."""
        made_with = pipeline.versions(self.gazetteer, self._recogniser)
        return {key: made_with[key] for key in ("mapper", "gazetteer", "model")} | {
            "recogniser": self._settings.recogniser
        }

    def geoparsed(self, documents: Sequence[Document]) -> tuple[dict[str, Row], dict[str, Row]]:
        """Geoparse documents twice, with their spans given and with spans found, reading each text once.

        Returns
        -------
        tuple
            Rows as `mapper geoparse --format jsonl` prints them, by id: of given spans, and of found ones.
        """
        reader = _Remembering(self._recogniser) if self._recogniser is not None else None
        given, found = (
            pipeline.stream(
                documents,
                self.gazetteer,
                recogniser=reader,
                spans=spans,
                homes=learn_homes(documents, self.gazetteer, spans=spans),
                debug=self._debug,
            )
            for spans in _BOTH
        )
        rows: tuple[dict[str, Row], dict[str, Row]] = ({}, {})
        for done, both in enumerate(zip(given, found, strict=True), start=1):
            for item, into in zip(both, rows, strict=True):
                if isinstance(item, Failure):
                    self._fail(item)
                else:
                    into[item.document.id] = formats.geoparse_row(item)
            self._tell(done, len(documents))
        return rows

    def reports(self, documents: Sequence[Document]) -> Iterator[Report]:
        """Process documents one by one; of incidents, those are kept that are sure enough."""
        homes = learn_homes(documents, self.gazetteer)
        found = pipeline.stream(documents, self.gazetteer, recogniser=self._recogniser, homes=homes, debug=self._debug)
        for done, item in enumerate(found, start=1):
            self._tell(done, len(documents))
            if isinstance(item, Failure):
                self._fail(item)
            else:
                yield pipeline.sure(item, self._settings.min_confidence)

    def mentions(self, documents: Sequence[Document]) -> Iterator[tuple[Report, Tags | None, list[Mention]]]:
        """Give reports with what each of their sentences tells of events, before that is gathered into incidents.

        Beside it stands what the recogniser said of the report; None without one.
        """
        reader = _Remembering(self._recogniser) if self._recogniser is not None else None
        found = pipeline.stream(documents, self.gazetteer, recogniser=reader, debug=self._debug)
        for done, item in enumerate(found, start=1):
            self._tell(done, len(documents))
            if isinstance(item, Failure):
                self._fail(item)
                continue
            sentences = text.sentences(item.document)
            tags = reader.tag(sentences) if reader is not None else None
            mentions = list[Mention]()
            for sentence in sentences:
                inside = [r for r in item.resolutions if sentence.start <= r.toponym.start < sentence.end]
                mentions += find_mentions(sentence, inside, anchor=item.document.published, tags=tags)
            yield item, tags, mentions

    def extracted(self, documents: Sequence[Document]) -> dict[str, Row]:
        """Give rows as `mapper extract --format jsonl` prints them, by id."""
        return {report.document.id: formats.extract_row(report) for report in self.reports(documents)}

    def _fail(self, failure: Failure) -> None:
        if failure not in self.failures:  # both walks give up on the same document
            self.failures.append(failure)

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress("documents", done, total)


class _Remembering:
    """A recogniser that reads no text twice: two walks go side by side over the same documents."""

    def __init__(self, wrapped: Recogniser) -> None:
        self._wrapped = wrapped
        self._held: dict[tuple[Sentence, ...], Tags] = {}
        self.version = wrapped.version

    def tag(self, sentences: Sequence[Sentence]) -> Tags:
        key = tuple(sentences)
        if key not in self._held:
            self._held[key] = self._wrapped.tag(sentences)
            for old in list(islice(self._held, max(0, len(self._held) - _REMEMBERED))):
                del self._held[old]
        return self._held[key]
