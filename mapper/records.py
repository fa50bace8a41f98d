"""The frozen records that pass between the stages. No logic, no input or output.

The way through the house::

    source -> Document -> Toponym -> Resolution -> Incident -> GeoDataFrames -> map, files

Every offset is a Python ``str`` offset into ``Document.text``, start inclusive, end exclusive, so that
``document.text[span.start:span.end] == span.text`` holds for every record that carries a span.
Coordinates are WGS 84 (EPSG:4326), degrees; distances are metres.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from mapper.places import Candidate, MatchKind, Place

if TYPE_CHECKING:
    import datetime as dt

    from shapely.geometry.base import BaseGeometry

__all__ = [
    "HARMS",
    "Actor",
    "Candidate",
    "Count",
    "DateInterval",
    "Document",
    "Evidence",
    "Failure",
    "Harm",
    "Incident",
    "IncidentPlace",
    "MatchKind",
    "Place",
    "Precision",
    "Relation",
    "Report",
    "ReportRef",
    "Resolution",
    "Sentence",
    "Span",
    "Toll",
    "Toponym",
    "ToponymKind",
]

ToponymKind = Literal["literal", "metonymic", "demonym", "embedded", "relative"]
"""What a name is used for: the place itself, its government, its people, part of another name, a relative area."""

Harm = Literal["killed", "injured", "missing", "abducted", "arrested", "displaced"]
"""What befell people."""

HARMS: Final[tuple[Harm, ...]] = ("killed", "injured", "missing", "abducted", "arrested", "displaced")
"""Every `Harm`, in the order in which they are listed; each names a `Toll` of `Incident`."""

Precision = Literal[
    "site", "settlement", "near", "adm2", "adm1", "region", "country", "water", "macro_region", "unknown"
]
"""How well a place is known. `site`, `settlement` and `near` are points with an uncertainty; all others are areas."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One report as it was read.

    Attributes
    ----------
    id
        Stable within a run: given by the corpus, else derived from the source and its content.
    text
        The text that every offset points into.
    published
        Publication date, None where unknown; `published_basis` says where it came from ("given", "page", "corpus",
        "header", "metadata", "e-mail", "feed").
    source
        Path, address or "-" that the report was read from; what stands behind "!/" is the member of an archive.
    sha256
        Of the bytes of this report in its source (of the line, for a line of a corpus).
    toponyms
        Spans that the corpus line already carries (`--spans given`).
    read_as
        How it was read, from the outside in: "text", "html", "zip > e-mail > pdf".
    copy_of
        Id of the report that this one repeats (see `mapper.sources.originals`), known once all have been read.
    """

    id: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    published_basis: str | None = None
    url: str | None = None
    source: str = "-"
    media_type: str = "text/plain"
    sha256: str = ""
    toponyms: tuple[Span, ...] = ()
    read_as: str = "text"
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be used: one line for the user, and the work goes on."""

    source: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: a span, its paragraph (0-based), and whether it looks like the report's own running text."""

    start: int
    end: int
    text: str
    paragraph: int = 0
    role: Literal["body", "title", "teaser", "dateline"] = "body"


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention of a place in a text; `phrase` is the whole spatial phrase around it ("in the east of Baghdad")."""

    start: int
    end: int
    text: str
    kind: ToponymKind = "literal"
    phrase: Span | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a toponym was taken to mean.

    Attributes
    ----------
    place
        The chosen entry, or None: "not in the gazetteer" is an answer.
    geometry
        EPSG:4326. A Point where the place is a point, a (Multi)Polygon where it is an area; None when unresolved.
    uncertainty_m
        Radius around the point within which the place lies; for an area, the radius of a circle of its size.
    score
        0-1, how sure; `margin` is the lead over the runner-up.
    reasons
        Why this place, in words for people.
    inferred
        The name is in no gazetteer: `geometry` is the surroundings of a place that the report names beside it, and
        `place` is None.
    """

    toponym: Toponym
    place: Place | None = None
    geometry: BaseGeometry | None = None
    precision: Precision = "unknown"
    uncertainty_m: float | None = None
    score: float = 0.0
    margin: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that say so; `field` names what they say ("incident", "date", "place", "killed", ...)."""

    doc_id: str
    start: int
    end: int
    text: str
    field: str = "incident"


@dataclass(frozen=True, slots=True)
class DateInterval:
    """When, as an inclusive interval of days; a null bound is not known.

    `precision` is one of day, range, week, month, year, vague, unknown; `anchor` is the publication date it was counted
    from, `text` the expression as written.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    precision: Literal["day", "range", "week", "month", "year", "vague", "unknown"] = "unknown"
    text: str | None = None
    span: Span | None = None
    anchor: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """One number of people as one source gives it. An open bound is None ("at least 12" is 12, 12, None).

    `unit` says what is counted: "families" are as many as they are, and not so many people.
    """

    low: int | None
    best: int | None
    high: int | None
    span: Span
    source: str | None = None
    doc_id: str = ""
    unit: Literal["people", "families"] = "people"


@dataclass(frozen=True, slots=True)
class Toll:
    """Low, best and high over all counts of people with one kind of harm; never a sum over reports.

    Counts of families are kept among `counts` and bear on no bound: how many people they are is not told.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who did it or to whom it was done, named as in the text.

    Attributes
    ----------
    stance
        None where the report tells it as a fact; "claimed" by the one named, "blamed" on it, "denied" by it.
    by
        Who blames, as the text has it, where it says so.
    person
        The name of a person in it, where a recogniser found one: "Ana Ruiz" of "teacher Ana Ruiz".
    """

    name: str
    span: Span | None = None
    stance: Literal["claimed", "blamed", "denied"] | None = None
    by: str | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """How one incident of a report stands to another; `kind` is in_retaliation_for, follows, ..."""

    kind: str
    incident_id: str


@dataclass(frozen=True, slots=True)
class IncidentPlace:
    """A place of an incident with its role: happened, origin, destination or mentioned as home of the target."""

    resolution: Resolution
    role: Literal["happened", "origin", "destination", "home"] = "happened"
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReportRef:
    """A report that tells of an incident; `copy_of` names the report that it repeats, and is then no second source."""

    doc_id: str
    title: str | None = None
    url: str | None = None
    published: dt.date | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened (or was tried, threatened, planned, denied), and the words that say so."""

    incident_id: str
    event_type: str
    event_subtype: str = ""
    status: Literal["accomplished", "attempted", "threatened", "planned", "denied"] = "accomplished"
    date: DateInterval = field(default_factory=DateInterval)
    places: tuple[IncidentPlace, ...] = ()
    killed: Toll = field(default_factory=Toll)
    injured: Toll = field(default_factory=Toll)
    missing: Toll = field(default_factory=Toll)
    abducted: Toll = field(default_factory=Toll)
    arrested: Toll = field(default_factory=Toll)
    displaced: Toll = field(default_factory=Toll)
    perpetrators: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    weapon: str | None = None
    sources: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    reports: tuple[ReportRef, ...] = ()
    review_status: str = "unreviewed"


@dataclass(frozen=True, slots=True)
class Report:
    """All that was made of one document; `language` is an ISO 639-1 code, or "und" where it is not known."""

    document: Document
    resolutions: tuple[Resolution, ...] = ()
    incidents: tuple[Incident, ...] = ()
    language: str = "und"
