"""Layers -> records: the incidents and reports that layers were built from, as they were but for `NOT_CARRIED`.

A layer is a table that anyone may have filtered, mended by hand or read from a file, so only the incidents' own rows
are needed: each holds all of its incident and of one of its places. The other layers add what belongs to the report.
"""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

import orjson

from mapper.frames.clean import clean_text
from mapper.frames.schema import LayerError
from mapper.places import Candidate, Place
from mapper.records import (
    HARMS,
    Actor,
    Count,
    DateInterval,
    Document,
    Evidence,
    Incident,
    IncidentPlace,
    Relation,
    Report,
    ReportRef,
    Resolution,
    Span,
    Toll,
    Toponym,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import geopandas as gpd

    from mapper.frames.collection import Layers

__all__ = ["NOT_CARRIED", "UNTOLD", "to_incidents", "to_records"]

UNTOLD: Final = "\ufffd"
"""Stands for each character of a report that no layer quotes."""

NOT_CARRIED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Document.text": f"only what is quoted, and its length; {UNTOLD} stands for every other character",
        "Document.media_type": "read_as says how it was read",
        "Document.toponyms": "spans given with a corpus are input",
        "DateInterval.span": "the quotes of field date say where the words stand",
        "Toponym.phrase": "the geometry says what was made of it",
        "Resolution.reasons": "words for people, long and the same in many rows",
        "Resolution.candidates": "of an incident's place: those of its mention in the layer places, where it is there",
        "Candidate.name": "the place's main name stands for it",
        "Candidate.place": "only what the column candidates shows: no province, population or bounds",
    }
)
"""The fields of the records that come back empty or in part, each with why; every other field comes back as it was.

As it was in the layers, that is: text is cleaned, "" and None are one, a place without a name of its own has that of
its entry, geometries are mended, and those of mentions simplified (see `mapper.layers`).
"""

Row = dict[str, Any]
_Record = TypeVar("_Record")
_UNKNOWN = float("nan")
_LONGEST = 1_000_000_000  # characters; a report is read into memory as a whole


class _Mention(NamedTuple):
    """Where a place is mentioned: the key of the layer `places`."""

    doc_id: str | None
    start: int
    end: int


def to_incidents(layers: Layers) -> tuple[Incident, ...]:
    """Give the incidents of layers back as records, with places, dates, tolls, actors, relations, quotes and reports.

    Parameters
    ----------
    layers
        Built, filtered, or read from a file; the layer of incidents is enough. The layer of places, where it is there,
        adds the candidates of each place.

    Returns
    -------
    tuple of Incident
        In the order of their first rows. What layers do not hold is empty: see `NOT_CARRIED`. Incidents that others
        have coded, which have no quotes and mentions, get what their columns say; the mention of a place lies at 0.

    Raises
    ------
    LayerError
        A column of JSON does not hold what `mapper.layers` puts there; the incident is named.

    Notes
    -----
    ``mapper.layers(layers.to_incidents())`` gives the same incidents, and all layers to the last cell where these were
    made of bare incidents; for layers made of reports see `to_records`.
    """
    candidates = _candidates_by_mention(layers.places)
    return tuple(_checked(_incident, rows, candidates) for rows in _by_incident(layers.incidents))


def to_records(layers: Layers) -> tuple[Report | Incident, ...]:
    """Give back what layers were built from: each report with its places and incidents, then incidents of no report.

    Parameters
    ----------
    layers
        All four, as they were built or read from a folder or a GeoPackage.

    Returns
    -------
    tuple of Report and Incident
        Reports in the order of their layer, each with the incidents that name it first among their reports; then the
        incidents whose reports were not read. A report's words are not in the layers: its text is as long as it was,
        has all quotes and names at their offsets, and `UNTOLD` elsewhere. It is good for showing quotes, and for
        nothing that reads. See `NOT_CARRIED`.

    Raises
    ------
    LayerError
        As `to_incidents`; or a report is said to be longer than any is.

    Notes
    -----
    ``mapper.layers(layers.to_records())`` equals `layers` to the last cell where these were made of reports, or of bare
    incidents (mixed, rows may change places).
    """
    found = to_incidents(layers)
    rows = [row for row in _rows(layers.reports) if row["n_chars"] is not None or row["source"] is not None]
    own: dict[str, list[Incident]] = {row["doc_id"]: [] for row in rows}
    bare: list[Incident] = []
    for incident, doc_id in zip(found, _first_rows(layers.incidents, "doc_id"), strict=True):
        teller = next((name for name in (*(r.doc_id for r in incident.reports), doc_id) if name in own), None)
        (bare if teller is None else own[teller]).append(incident)
    mentioned: dict[str, list[Resolution]] = {}
    for row in _rows(layers.places):
        mentioned.setdefault(row["doc_id"], []).append(_checked(_mentioned, row))
    words = _words(found, mentioned)
    reports = (
        Report(
            _document(row, words.get(row["doc_id"], [])),
            tuple(mentioned.get(row["doc_id"], ())),
            tuple(own[row["doc_id"]]),
            row["language"] or "und",
        )
        for row in rows
    )
    return (*reports, *bare)


# --- rows ------------------------------------------------------------------------------------------------------------


def _rows(frame: gpd.GeoDataFrame) -> Iterator[Row]:
    """Give rows of plain values, None where null, days as dates; columns are taken out as a whole, which is fast."""
    columns = {}
    for name in frame.columns:
        values = frame[name]
        if values.dtype.kind == "M":
            values = values.dt.date
        elif name == frame.active_geometry_name:
            columns["geometry"] = values.to_numpy().tolist()
            continue
        columns[name] = values.astype(object).where(values.notna(), None).tolist()
    names = list(columns)
    for cells in zip(*columns.values(), strict=True):
        yield dict(zip(names, cells, strict=True))


def _by_incident(frame: gpd.GeoDataFrame) -> Iterable[list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in _rows(frame):
        grouped.setdefault(row["incident_id"], []).append(row)
    return grouped.values()


def _first_rows(frame: gpd.GeoDataFrame, column: str) -> list[Any]:
    return cast("list[Any]", frame.drop_duplicates("incident_id")[column].tolist())


def _json(text: str | None) -> Any:
    return orjson.loads(text) if text else []


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _checked(make: Callable[..., _Record], *given: Any) -> _Record:
    """Make a record of a row; a file that someone else has written may hold any JSON."""
    try:
        return make(*given)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        row = given[0][0] if isinstance(given[0], list) else given[0]
        who = clean_text(str(row.get("incident_id", row["doc_id"])))[:60]
        raise LayerError(
            f"no record can be made of {who!r}: a column of JSON holds other things than mapper.layers puts there"
            f" ({type(error).__name__}: {clean_text(str(error))[:60]})",
            hint="build the layers with mapper.layers(), or empty the columns that are not yours to fill",
        ) from error


# --- incidents -------------------------------------------------------------------------------------------------------


def _incident(rows: list[Row], candidates: Mapping[_Mention, str]) -> Incident:
    row = rows[0]
    told = _json(row["actors"])
    counted = _json(row["counts"])
    tolls: dict[str, Any] = {harm: _toll(row, harm, counted) for harm in HARMS}
    return Incident(
        row["incident_id"],
        row["event_type"],
        row["event_subtype"] or "",
        row["status"],
        DateInterval(
            row["date_start"], row["date_end"], row["date_precision"], row["date_text"], anchor=row["date_anchor"]
        ),
        tuple(_place(place, candidates) for place in rows if place["place_role"] is not None),
        **tolls,
        perpetrators=_actors(told, "perpetrator") if told else _coded_perpetrators(row),
        targets=_actors(told, "target") if told else tuple(Actor(name) for name in row["targets"]),
        weapon=row["weapon"],
        sources=tuple(row["sources"]),
        relations=tuple(Relation(r["kind"], r["incident_id"]) for r in _json(row["relations"])),
        confidence=row["confidence"],
        evidence=_evidence(row),
        reports=tuple(
            ReportRef(r["doc_id"], r["title"], r["url"], _day(r["published"]), r["copy_of"])
            for r in _json(row["reports"])
        ),
        review_status=row["review_status"],
    )


def _toll(row: Row, harm: str, counted: list[Row]) -> Toll:
    counts = (
        Count(c["low"], c["best"], c["high"], _span(c) or Span(0, 0, ""), c["source"], c["doc_id"], c["unit"])
        for c in counted
        if c["harm"] == harm
    )
    return Toll(row[f"{harm}_low"], row[f"{harm}_best"], row[f"{harm}_high"], tuple(counts))


def _span(cell: Row) -> Span | None:
    return Span(cell["start"], cell["end"], cell["text"]) if cell.get("text") is not None else None


def _actors(told: list[Row], role: str) -> tuple[Actor, ...]:
    return tuple(
        Actor(a["name"], _span(a), a["stance"], a["by"], a.get("person", "")) for a in told if a["role"] == role
    )


def _coded_perpetrators(row: Row) -> tuple[Actor, ...]:
    """Name the perpetrators of an incident that others have coded; in several columns, by the one that says most."""
    stances: dict[str, Any] = dict.fromkeys(row["perpetrators"])
    for column, stance in (("blamed", "blamed"), ("claimed_by", "claimed"), ("denied_by", "denied")):
        stances |= dict.fromkeys(row[column], stance)
    return tuple(Actor(name, stance=stance) for name, stance in stances.items())


def _evidence(row: Row) -> tuple[Evidence, ...]:
    quotes = _json(row["quotes"])
    if not quotes and row["evidence"]:  # coded by others: their words, and in no report of ours
        start = row["evidence_start"] or 0
        return (Evidence(row["doc_id"] or "", start, start + len(row["evidence"]), row["evidence"]),)
    return tuple(Evidence(q["doc_id"], q["start"], q["end"], q["text"], q["field"]) for q in quotes)


def _place(row: Row, candidates: Mapping[_Mention, str]) -> IncidentPlace:
    name = row["place_name"] or ""
    mention = _json(row["mention"]) or _coded_mention(row)
    found = Resolution(
        Toponym(mention["start"], mention["end"], mention["text"], mention["kind"]),
        _entry(mention["entry"]),
        row["geometry"],
        row["precision"],
        row["uncertainty_m"],
        mention["score"],
        mention["margin"],
        _candidates(candidates.get(_Mention(mention["doc_id"], mention["start"], mention["end"]))),
        inferred=mention["inferred"],
    )
    return IncidentPlace(found, row["place_role"], name)


def _coded_mention(row: Row) -> Row:
    """Make up what the layers of others lack; a place of which not even the country is told has no entry."""
    known = ("gazetteer", "gazetteer_id", "feature_code", "country_code", "country", "admin1")
    name = row["place_name"] or ""
    entry = {column: row[column] or "" for column in known} | {"name": name, "feature_class": "", **_label(row)}
    return {
        "doc_id": None,
        "start": 0,
        "end": len(name),
        "text": name,
        "kind": "literal",
        "score": 0.0,
        "margin": 0.0,
        "inferred": False,
        "entry": entry if any(row[column] for column in known) else None,
    }


def _label(row: Row) -> Row:
    from mapper.frames.geometry import label_point_of  # noqa: PLC0415  (shapely, only when it is used)

    label = label_point_of(row["geometry"])
    return {"lat": label.lat, "lon": label.lon}


def _entry(cell: Row | None) -> Place | None:
    if not cell:
        return None
    bounds = cell.get("bounds")
    where = {name: _UNKNOWN if cell[name] is None else cell[name] for name in ("lat", "lon")}
    return Place(**cell | where | {"bounds": tuple(bounds) if bounds else None})


# --- reports ---------------------------------------------------------------------------------------------------------


def _candidates_by_mention(places: gpd.GeoDataFrame) -> dict[_Mention, str]:
    keys = (places[name].tolist() for name in ("doc_id", "start", "end"))
    return dict(zip(map(_Mention, *keys), places["candidates"].tolist(), strict=True))


def _candidates(text: str | None) -> tuple[Candidate, ...]:
    return tuple(_candidate(cell) for cell in _json(text))


def _candidate(cell: Row) -> Candidate:
    place = Place(
        cell["gazetteer"],
        cell["gazetteer_id"],
        cell["name"],
        cell["lat"],
        cell["lon"],
        cell["feature_class"] or "",
        cell["feature_code"] or "",
        cell["country"] or "",
        geonameid=cell["geonameid"],
    )
    return Candidate(place, cell["match"], cell["name"], cell["score"])


def _mentioned(row: Row) -> Resolution:
    return Resolution(
        Toponym(row["start"], row["end"], row["toponym"], row["kind"]),
        _entry(_json(row["entry"])),
        row["geometry"],
        row["precision"],
        row["uncertainty_m"],
        row["score"],
        row["margin"],
        _candidates(row["candidates"]),
        inferred=row["basis"] == "inferred",
    )


def _words(
    found: Iterable[Incident], mentioned: Mapping[str, Iterable[Resolution]]
) -> dict[str, list[tuple[int, str]]]:
    """Gather what the layers quote of each report, with its offset."""
    words: dict[str, list[tuple[int, str]]] = {}
    for incident in found:
        for quoted in incident.evidence:
            words.setdefault(quoted.doc_id, []).append((quoted.start, quoted.text))
        for count in (c for harm in HARMS for c in getattr(incident, harm).counts):
            words.setdefault(count.doc_id, []).append((count.span.start, count.span.text))
    for doc_id, resolutions in mentioned.items():
        words.setdefault(doc_id, []).extend((r.toponym.start, r.toponym.text) for r in resolutions)
    return words


def _document(row: Row, words: Iterable[tuple[int, str]]) -> Document:
    size = row["n_chars"] or 0
    if size > _LONGEST:
        raise LayerError(f"report {row['doc_id']!r} has {size:,} characters", hint="correct the column n_chars")
    text = [UNTOLD] * size
    for start, quoted in words:
        if start >= 0:
            text[start : start + len(quoted)] = quoted[: max(0, size - start)]
    return Document(
        row["doc_id"],
        "".join(text),
        row["title"],
        row["published"],
        row["published_basis"],
        row["url"],
        row["source"] or "-",
        sha256=row["sha256"] or "",
        read_as=row["read_as"] or "text",
        copy_of=row["copy_of"],
    )
