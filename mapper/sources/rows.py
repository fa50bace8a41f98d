"""One row of a corpus, whatever it is written in, to one `Document`."""

from __future__ import annotations

import logging
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError, UsageError
from mapper.records import Document, Span
from mapper.sources.columns import NATIVE, choose, described, unread
from mapper.sources.dates import header_date, machine_date, parse_date
from mapper.sources.decoding import inert, is_blank
from mapper.sources.headlines import headline
from mapper.sources.inputs import Columns, NoReportsError, ResultsError
from mapper.sources.webpage import address

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Rows"]

_LOG = logging.getLogger(__name__)


class Rows:
    """Makes documents of the rows of one corpus.

    The text is kept character for character (NUL and lone surrogates become U+FFFD, one for one), because offsets of
    the corpus point into it.

    Parameters
    ----------
    source, stem
        What documents name as their source; what the id of a row without an id begins with.
    media_type, read_as
        Of every document.
    """

    def __init__(self, *, source: str, stem: str, media_type: str, read_as: str) -> None:
        self._source, self._stem = source, stem
        self._media_type, self._read_as = media_type, read_as
        self._undated, self._first_undated = 0, ""
        self.columns = NATIVE

    def settle(self, names: Iterable[str], given: Columns, *, lenient: bool = False) -> None:
        """Choose the columns; where they are a guess, say so in the log.

        Parameters
        ----------
        names, given
            As in `choose`.
        lenient
            When no column looks like texts, take the project's own keys: each row is then told what it lacks.
        """
        header = list(names)
        try:
            self.columns = choose(header, given)
        except NoReportsError as error:
            if not lenient or isinstance(error, ResultsError):
                raise
            self.columns = replace(NATIVE, **{key: name for key, name in asdict(given).items() if name is not None})
            return
        guessed = (
            (self.columns.text, given.text, NATIVE.text),
            (self.columns.date, given.date, NATIVE.date),
        )
        # Without a day of publication "Friday" stays unknown: a column of days that nobody knew as one is a loss.
        undated = self.columns.date is None and bool(unread(self.columns, header))
        if undated or any(chosen is not None and chosen not in (said, usual) for chosen, said, usual in guessed):
            said = described(self.columns, header)
            _LOG.info("%s: %s; say otherwise with --text-column, --date-column and the like", self._source, said)

    def document(self, row: Mapping[str, Any], digest: str) -> Document:
        """Make a document of a row.

        Raises
        ------
        SourceError, UsageError
            When it has no text, a date that is none, or spans that do not fit.
        """
        columns = self.columns
        text = self._value(row, "text")
        if not isinstance(text, str):
            raise SourceError(
                f'the line has no "{columns.text}"' if text is None else f'"{columns.text}" is not a string',
                hint=f'a line is one report with at least "{columns.text}"',
            )
        text = inert(text)
        if is_blank(text):
            raise SourceError(f'the "{columns.text}" is empty', hint="leave the line out")
        published, basis = self._published(row, text)
        title = self._value(row, "title")
        return Document(
            id=_identity(self._value(row, "id")) or f"{self._stem}-{digest[:8]}",
            text=text,
            title=" ".join(inert(title).split()) if isinstance(title, str) and title.strip() else headline(text),
            published=published,
            published_basis=basis,
            url=address(self._value(row, "url")),
            source=self._source,
            media_type=self._media_type,
            sha256=digest,
            toponyms=tuple(_spans(row.get("toponyms"), text)) if columns.text == NATIVE.text else (),
            read_as=self._read_as,
        )

    def finish(self) -> None:
        """Say in the log how many dates of a column could not be read."""
        if self._undated:
            way = "" if self.columns.order else "; --date-order dmy (or mdy) says how 02/08/2024 is meant"
            _LOG.info(
                "%s: %d dates in %r are none, or could be two days (the first: %.40r), and these reports are undated%s",
                self._source, self._undated, self.columns.date, self._first_undated, way,
            )  # fmt: skip

    def _value(self, row: Mapping[str, Any], field: str) -> Any:
        """Look up a field of a row; lines of JSON may have other keys than the first: the project's own are read."""
        name = getattr(self.columns, field)
        value = row.get(name) if name is not None else None
        return row.get(getattr(NATIVE, field)) if value is None else value

    def _published(self, row: Mapping[str, Any], text: str) -> tuple[dt.date | None, str | None]:
        value = self._value(row, "date")
        if value is None or value == "":
            found = header_date(text)
            return found, "header" if found else None
        if self.columns.date in {NATIVE.date, None} and self._media_type == "application/x-ndjson":
            if not isinstance(value, str):
                hint = "write the date as year-month-day, such as 2024-02-08"
                raise SourceError(f'"{NATIVE.date}" is not a string', hint=hint)
            try:
                return parse_date(value), "corpus"
            except UsageError:
                if (found := machine_date(value, order=self.columns.order)) is None:
                    raise
                return found, "corpus"
        found = machine_date(value, order=self.columns.order)
        if found is None:
            self._first_undated = self._first_undated if self._undated else str(value)
            self._undated += 1
        return found, "corpus" if found else None


def _identity(value: object) -> str:
    if isinstance(value, str):
        return inert(value).strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _spans(rows: object, text: str) -> Iterator[Span]:
    if rows is None:
        return
    hint = '"toponyms" is a list of {"start", "end"}: offsets of characters into "text", the end exclusive'
    if not isinstance(rows, list):
        raise SourceError('"toponyms" is not a list', hint=hint)
    for number, row in enumerate(rows, start=1):
        start, end = (row.get("start"), row.get("end")) if isinstance(row, dict) else (None, None)
        if type(start) is not int or type(end) is not int:
            raise SourceError(f"toponym {number} has no start and end", hint=hint)
        if not 0 <= start < end <= len(text):
            raise SourceError(
                f"toponym {number} is out of range: {start} to {end} in {len(text)} characters", hint=hint
            )
        stated = row.get("text")
        if isinstance(stated, str) and inert(stated) != text[start:end]:
            raise SourceError(f"toponym {number} does not match the text at {start} to {end}", hint=hint)
        yield Span(start, end, text[start:end])
