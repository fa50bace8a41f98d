"""Which column of a corpus holds what: as the user says, else by the names that columns usually have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.errors import SourceError
from mapper.sources.inputs import Columns, NoReportsError, ResultsError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NATIVE", "choose", "described", "unread"]

NATIVE = Columns(text="text", date="published", id="id", title="title", url="url")
"""The keys of the project's own corpora (see `mapper.sources.corpus`)."""

# Folded (see _folded), the surest first: the names of this project, of Common Crawl's news and of news-please, of
# scrapers' and archives' exports. "notes" is not among them: in tables of events it is a coder's sentence.
_USUAL: dict[str, tuple[str, ...]] = {
    "text": tuple(
        "text body content articletext fulltext maintext articlebody bodytext articlecontent cleantext plaintext story "
        "article texto texte contenu cuerpo contenido description summary abstract snippet".split()
    ),
    "date": tuple(
        "published publisheddate publicationdate datepublished publishedat publishdate pubdate date datetime "
        "publishedon articledate seendate createdat timestamp fecha".split()
    ),
    "id": tuple("id docid documentid articleid storyid uuid guid identifier".split()),
    "title": tuple("title headline heading articletitle pagetitle subject titre titulo".split()),
    "url": tuple("url link permalink sourceurl articleurl weburl href canonicalurl address".split()),
}
# One column that only these tables of events have.
_EVENT_TABLES = {
    "eventidcnty": "ACLED",
    "typeofviolence": "UCDP GED",
    "globaleventid": "GDELT",
    "gname": "GTD",
    "incidentid": "mapper's own incidents",
}


_OWN_ROWS = ({"incidents", "toponyms"}, {"doc_id", "n_incidents"})
"""Keys of the lines that this project writes of reports: those of `mapper extract`, and of the layer `reports`."""


def choose(names: Iterable[str], given: Columns) -> Columns:
    """Choose the columns of a table.

    Parameters
    ----------
    names
        Of all columns.
    given
        What the user says; it must be there.

    Raises
    ------
    SourceError
        When a column that the user names is missing.
    NoReportsError
        When none holds texts, by its name; `ResultsError` when these are results of ours.
    """
    header = [name for name in names if name]
    for name in (given.text, given.date, given.id, given.title, given.url):
        if name is not None and name not in header:
            raise SourceError(f"has no column {_shown(name)}", hint=f"its columns: {_listed(header)}")
    folded: dict[str, str] = {}
    for name in header:
        folded.setdefault(_folded(name), name)
    if given.text is None:
        for mark, table in _EVENT_TABLES.items():
            if mark in folded:
                hint = "to read one of its columns as reports, name it with --text-column"
                raise NoReportsError(f"is a table of events ({table}), not of reports", hint=hint)
    chosen = {
        field: getattr(given, field) or next((folded[usual] for usual in _USUAL[field] if usual in folded), None)
        for field in _USUAL
    }
    if chosen["text"] is None:
        if any(keys <= set(header) for keys in _OWN_ROWS):
            raise ResultsError("holds what mapper wrote of reports, not reports", hint="give the reports themselves")
        hint = f"name it with --text-column; its columns: {_listed(header)}"
        raise NoReportsError("has no column that looks like the text of reports", hint=hint)
    return Columns(**chosen, order=given.order)


def described(columns: Columns, names: Iterable[str]) -> str:
    """Say in words where what is read from, and of what columns there are where no date is."""
    parts = (("text", columns.text), ("date", columns.date), ("title", columns.title), ("address", columns.url))
    said = ", ".join(f"{what} from {_shown(name)}" for what, name in parts if name is not None)
    rest = [] if columns.date is not None else unread(columns, names)
    return f"{said}, no date; not read: {_listed(rest)}" if rest else said


def unread(columns: Columns, names: Iterable[str]) -> list[str]:
    """List the columns that are not read."""
    used = {columns.text, columns.date, columns.id, columns.title, columns.url, "toponyms"}
    return [name for name in names if name and name not in used]


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _listed(header: list[str]) -> str:
    return ", ".join(_shown(name) for name in header[:20]) + (", ..." if len(header) > 20 else "")


def _shown(name: str) -> str:
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
    return f"'{printable[:40]}…'" if len(printable) > 40 else f"'{printable}'"
