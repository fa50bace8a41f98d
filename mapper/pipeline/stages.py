"""One document all the way; what goes wrong with one costs that one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mapper import geocoder, incidents, text
from mapper.errors import GazetteerError, ModelError
from mapper.records import Document, Failure, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder import Homes
    from mapper.geocoder.online import Fallback
    from mapper.language import Recogniser

__all__ = ["Spans", "attempt", "process", "stream", "where"]

Spans = Literal["found", "given"]


def process(
    document: Document,
    gazetteer: Gazetteer,
    *,
    recogniser: Recogniser | None = None,
    spans: Spans = "found",
    homes: Homes | None = None,
    fallback: Fallback | None = None,
) -> Report:
    """Take one document all the way: sentences, resolved places, incidents.

    Parameters
    ----------
    document
        The report to read.
    gazetteer
        Where names are looked up.
    recogniser
        What reads the text (see `mapper.language.recogniser`); None leaves it to rules and the gazetteer.
    spans
        "found" recognises toponyms in the text; "given" resolves the spans that the document carries, one answer each.
    homes
        Where outlets are at home (see `mapper.geocoder.learn_homes`).
    fallback
        An online service that is asked for names that the gazetteer lacks.

    Returns
    -------
    Report
        Resolutions and incidents whose offsets point into ``document.text``.
    """
    sentences = text.sentences(document)
    tags = recogniser.tag(sentences) if recogniser is not None else None
    resolutions = geocoder.geoparse(
        document, sentences, gazetteer, tags=tags, spans=spans, homes=homes, fallback=fallback
    )
    pointers = geocoder.coreferences(document, resolutions, gazetteer)
    found = incidents.extract(document, sentences, resolutions, pointers=pointers, tags=tags)
    return Report(document, tuple(resolutions), tuple(found), text.language_of(document.text))


def attempt(
    document: Document,
    gazetteer: Gazetteer,
    *,
    recogniser: Recogniser | None = None,
    spans: Spans = "found",
    homes: Homes | None = None,
    fallback: Fallback | None = None,
    debug: bool = False,
) -> Report | Failure:
    """Process one document, or say why not.

    Parameters
    ----------
    debug
        Let the exception of a stage through instead, traceback and all.

    Raises
    ------
    GazetteerError, ModelError
        When the gazetteer or the model itself is broken: no other document would fare better.
    """
    try:
        return process(document, gazetteer, recogniser=recogniser, spans=spans, homes=homes, fallback=fallback)
    except (GazetteerError, ModelError):
        raise
    except Exception as error:  # one bad report must never lose the others
        if debug:
            raise
        return _failure(document, error)


def stream(
    items: Iterable[Document | Failure],
    gazetteer: Gazetteer,
    *,
    recogniser: Recogniser | None = None,
    spans: Spans = "found",
    homes: Homes | None = None,
    fallback: Fallback | None = None,
    debug: bool = False,
) -> Iterator[Report | Failure]:
    """Process documents one by one in this process, in order; see `attempt`. Failures of reading pass through."""
    for item in items:
        if isinstance(item, Failure):
            yield item
        else:
            yield attempt(
                item, gazetteer, recogniser=recogniser, spans=spans, homes=homes, fallback=fallback, debug=debug
            )


def where(document: Document) -> str:
    """Name a document for people: its source, and which of the source's reports it is."""
    return document.source if document.source == document.id else f"{document.source} ({document.id})"


def _failure(document: Document, error: Exception) -> Failure:
    """Name the stage that gave up: the innermost frame of this package tells it."""
    room, trace = "mapper", error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        room = module if module.startswith("mapper.") else room
        trace = trace.tb_next
    said = " ".join(str(error).split())[:200]
    reason = f"{room} failed on this report ({type(error).__name__}{': ' + said if said else ''})"
    return Failure(where(document), reason, "run again with --debug for the traceback, and report it with the text")
