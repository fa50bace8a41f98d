"""The verbs behind ``import mapper``; every room behind them is imported when a verb first needs it."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError, UsageError
from mapper.records import Document, Failure, Incident, Report

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import folium
    import geopandas as gpd

    from mapper.frames import Layers
    from mapper.gazetteer import Gazetteer
    from mapper.geocoder import Homes
    from mapper.geocoder.online import Fallback
    from mapper.pipeline import Spans
    from mapper.records import Candidate, Resolution

__all__ = ["compare", "export", "extract", "geocode", "geoparse", "layers", "learn_homes", "map", "read"]


def read(
    sources: str | Path | Iterable[str | Path],
    *,
    published: dt.date | str | None = None,
    title: str | None = None,
    columns: Mapping[str, str] | None = None,
    allow_private: bool = False,
    on_failure: Callable[[Failure], object] | None = None,
) -> Iterator[Document]:
    """Read reports from files, folders, patterns, addresses or standard input (``-``).

    Text, Markdown, HTML, PDF, Word, e-mail, feeds, web archives, corpora (JSONL, JSON, CSV, TSV, Parquet), and zip and
    tar archives of any of these.

    Parameters
    ----------
    sources
        One source or several.
    published
        Publication date of every report, as a date or ``YYYY-MM-DD``; it wins over what a report says.
    title
        Title of every report; it wins over what a report says.
    columns
        Of tables, or keys of lines of JSON: which one holds the "text", "date", "id", "title" and "url" of a report.
        What is not said is guessed by name. "order" says how 02/08/2024 is meant: "dmy" or "mdy".
    allow_private
        Whether addresses of this machine and of private networks may be read.
    on_failure
        Called with each input that cannot be read, and the rest is read all the same. Without it the first such input
        raises `SourceError`.

    Yields
    ------
    Document
        In the order of the sources.

    Raises
    ------
    SourceError
        When an input cannot be read and `on_failure` is not given.
    UsageError
        When `published` is no date, or `columns` has an unknown key.
    """
    from mapper import sources as room

    given = [sources] if isinstance(sources, (str, Path)) else list(sources)
    day = room.parse_date(published) if isinstance(published, str) else published
    try:
        chosen: Mapping[str, Any] = columns or {}
        reading = room.Reading(columns=room.Columns(**chosen), allow_private=allow_private)
    except TypeError:
        hint = "columns names any of: text, date, id, title, url, order"
        raise UsageError(f"columns has an unknown key: {', '.join(columns or {})}", hint=hint) from None
    for item in room.read(given, published=day, title=title, reading=reading):
        if isinstance(item, Document):
            yield item
        elif on_failure is not None:
            on_failure(item)
        else:
            raise SourceError(f"{item.source}: {item.reason}", hint=item.hint)


def geoparse(
    document: Document | str | Path,
    *,
    spans: Spans = "found",
    gazetteer: Gazetteer | str | Path | None = None,
    recogniser: str = "encoder",
    homes: Homes | None = None,
    fallback: Fallback | None = None,
) -> list[Resolution]:
    """Find the places that a report mentions, and what each was taken to mean.

    Parameters
    ----------
    document
        A `Document`, or the path of one report.
    spans
        "found" recognises toponyms in the text; "given" resolves the spans that the document carries, one answer each.
    gazetteer
        An opened gazetteer or the path of one; default: the one that ships with the package.
    recogniser
        What reads the text: "encoder", "fast", "rules" or "spacy:NAME" (see `mapper.language.recogniser`).
    homes
        Where outlets are at home (see `learn_homes`): "Dublin" in a paper of Ohio. None takes the report by itself.
    fallback
        An online service that is asked for names that the gazetteer lacks (see `mapper.geocoder.online.Fallback`);
        None asks nobody.

    Returns
    -------
    list of Resolution
        One a toponym, in the order of the text. A place that is not known has ``place`` None; geometries are EPSG:4326.
    """
    from mapper import geocoder, language, text

    found = _document(document)
    sentences = text.sentences(found)
    reader = language.recogniser(recogniser)
    tags = reader.tag(sentences) if reader is not None else None
    opened = _gazetteer(gazetteer)
    return geocoder.geoparse(found, sentences, opened, tags=tags, spans=spans, homes=homes, fallback=fallback)


def extract(
    document: Document | str | Path,
    *,
    gazetteer: Gazetteer | str | Path | None = None,
    recogniser: str = "encoder",
    homes: Homes | None = None,
    fallback: Fallback | None = None,
) -> list[Incident]:
    """Find the incidents that a report tells of: what, when, where, how many people, and the words that say so.

    Parameters
    ----------
    document
        A `Document`, or the path of one report.
    gazetteer
        An opened gazetteer or the path of one; default: the one that ships with the package.
    recogniser
        What reads the text: "encoder", "fast", "rules" or "spacy:NAME" (see `mapper.language.recogniser`).
    homes
        Where outlets are at home (see `learn_homes`); None takes the report by itself.
    fallback
        An online service that is asked for names that the gazetteer lacks; None asks nobody.

    Returns
    -------
    list of Incident
        In the order of their first evidence. Evidence offsets point into ``document.text``.
    """
    from mapper import language, pipeline

    reader = language.recogniser(recogniser)
    opened = _gazetteer(gazetteer)
    found = pipeline.process(_document(document), opened, recogniser=reader, homes=homes, fallback=fallback)
    return list(found.incidents)


def learn_homes(documents: Iterable[Document], *, gazetteer: Gazetteer | str | Path | None = None) -> Homes:
    """Learn from the reports of outlets where each is at home, for `geoparse` and `extract` of single reports.

    The commands do it by themselves for the reports of a run.

    Parameters
    ----------
    documents
        Reports; those without an address (`url`) say nothing.
    gazetteer
        An opened gazetteer or the path of one; default: the one that ships with the package.

    Returns
    -------
    Homes
        By the host of their addresses.
    """
    from mapper import geocoder

    return geocoder.learn_homes(documents, _gazetteer(gazetteer))


def layers(
    items: Iterable[Report | Incident] | str | Path,
    *,
    gazetteer: Gazetteer | str | Path | None = None,
    on_failure: Callable[[Failure], object] | None = None,
) -> Layers:
    """Turn incidents, or whole reports, into GeoDataFrames; or read them from a file.

    Parameters
    ----------
    items
        Incidents (rows of ``incidents`` and ``zones``) or reports (rows of ``places`` and ``reports`` as well). Or a
        path: an output folder, a GIS file that `mapper` wrote, or incidents that others have coded, as they are
        downloaded from ACLED, UCDP GED, GTD or GDELT (known by their columns).
    gazetteer
        For what such a file knows only as an area: an opened gazetteer or the path of one; default: the one that ships
        with the package.
    on_failure
        Called with each row of such a file that could not be used, or not in full. Without it, one warning says how
        many.

    Returns
    -------
    Layers
        ``incidents``, ``places``, ``zones`` and ``reports``: GeoDataFrames in EPSG:4326.
    """
    if isinstance(items, (str, Path)):
        from mapper import formats

        opened = _gazetteer(gazetteer) if gazetteer is not None else None
        return formats.read(items, gazetteer=opened, on_failure=on_failure)
    from mapper import frames

    return frames.layers(items)


def map(  # noqa: A001  the verb of the public API: mapper.map(layers)
    layers: Layers | str | Path,
    *,
    title: str | None = None,
    tiles: str | None = None,
    language: str | None = None,
    overlays: Iterable[Any] = (),
    story: Any = None,
) -> folium.Map:
    """Draw the layers as one self-contained page that needs no network.

    Parameters
    ----------
    layers
        What `layers` returned, or a path that it reads.
    title
        Heading of the page.
    tiles
        Address of a tile server (``https://host/{z}/{x}/{y}.png``): the page then asks that host for its background.
        Default: the outlines that are in the page.
    language
        Language of the page's own words: "en", "ar", "fr", "es"; default: the browser's.
    overlays
        Own layers beside the incidents: paths of GIS files, or GeoDataFrames (named by `attrs["name"]`).
    story
        Path of a story, a small JSON file (see `mapper.maps.story`), or what stands in it.

    Returns
    -------
    folium.Map
        ``.save("map.html")`` writes the page; in a notebook it shows itself.
    """
    from mapper import maps

    return maps.render(_layers(layers), title=title, tiles=tiles, language=language, overlays=overlays, story=story)


def export(layers: Layers | str | Path, path: str | Path) -> Path:
    """Write the layers to a file; its suffix says the format.

    Parameters
    ----------
    layers
        What `layers` returned, or a path that it reads.
    path
        ``.gpkg`` holds every layer; ``.geojson``, ``.csv`` and the others hold the incidents.

    Returns
    -------
    Path
        The file that was written: aside first and then renamed, so that a failure leaves an earlier file as it was.

    Raises
    ------
    UsageError
        For a suffix that no writer knows.
    OutputError
        When the file cannot be written.
    """
    from mapper import formats

    return formats.write(_layers(layers), path)


def compare(
    ours: Layers | str | Path, theirs: Layers | str | Path, *, within_km: float = 25.0, days: int = 2
) -> gpd.GeoDataFrame:
    """Find which incidents of two sides are the same, which are missing, and which only one of them has.

    Parameters
    ----------
    ours, theirs
        What `layers` returned, or a path that it reads.
    within_km
        How far apart places may be, beyond the uncertainty of both (kilometres); an area agrees with a point in it.
    days
        How many days apart dates may be.

    Returns
    -------
    GeoDataFrame
        A row a pair and one for each incident without a counterpart (``side`` is "both", "ours" or "theirs"); the
        columns are described in `mapper.comparison.COLUMNS`. Each incident has at most one counterpart. EPSG:4326.
    """
    from mapper import comparison

    return comparison.compare(_layers(ours), _layers(theirs), within_km=within_km, days=days)


def geocode(
    name: str,
    *,
    country: str | None = None,
    near: tuple[float, float] | None = None,
    limit: int = 10,
    provider: str = "gazetteer",
    user_agent: str | None = None,
    gazetteer: Gazetteer | str | Path | None = None,
) -> list[Candidate]:
    """Look up a place by its name, the likeliest first.

    Parameters
    ----------
    name
        "Mashtal", or with what it lies in: "Mashtal, Baghdad".
    country
        ISO 3166-1 alpha-2 code that the place must lie in.
    near
        (lat, lon) in degrees: closer places come first.
    limit
        At most so many answers.
    provider
        "gazetteer" (offline), or an online service of geopy by name: "nominatim", "photon", ...
    user_agent
        Who asks, for an online service that wants to know.
    gazetteer
        An opened gazetteer or the path of one; default: the one that ships with the package.

    Returns
    -------
    list of Candidate
        Empty when no place of that name is known.

    Raises
    ------
    ServiceError
        When an online service refuses or fails.
    """
    from mapper import geocoder

    return list(
        geocoder.geocode(
            name,
            _gazetteer(gazetteer),
            country=country,
            near=near,
            limit=limit,
            provider=provider,
            user_agent=user_agent,
        )
    )


def _document(given: Document | str | Path) -> Document:
    if isinstance(given, Document):
        return given
    documents = list(read(given))
    if len(documents) != 1:
        hint = "walk them with mapper.read(...)"
        raise UsageError(f"{given} holds {len(documents)} reports where one is wanted", hint=hint)
    return documents[0]


def _layers(given: Layers | str | Path) -> Layers:
    if isinstance(given, (str, Path)):
        from mapper import formats

        return formats.read(given)
    return given


def _gazetteer(given: Gazetteer | str | Path | None) -> Gazetteer:
    from mapper.gazetteer import open_gazetteer

    if given is None:
        return open_gazetteer()
    return open_gazetteer(Path(given)) if isinstance(given, (str, Path)) else given
