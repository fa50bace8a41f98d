"""The JSON rows of the command line's contract: one object a document, for `geoparse` and `extract`.

Dates are ISO 8601, an open bound and everything not known is null, NaN never appears.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from mapper.formats.columns import plain_columns
from mapper.frames.build import perpetrator_row, toll_row
from mapper.frames.clean import clean_text
from mapper.frames.geometry import label_point, label_point_of
from mapper.frames.nested import candidate_row
from mapper.records import HARMS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from mapper.frames import Layers
    from mapper.records import Actor, Incident, IncidentPlace, Report, Resolution

__all__ = ["coded_rows", "extract_row", "geoparse_row", "plain_rows"]

Row = dict[str, Any]


def geoparse_row(report: Report) -> Row:
    """Give a report's toponyms as `mapper geoparse --format jsonl` prints them.

    Returns
    -------
    dict
        `id` and `toponyms`, in the order of the resolutions; offsets are Python str offsets into the document's text,
        `lat` and `lon` degrees (EPSG:4326; for an area, of its label), both null when unresolved. `country` is the
        ISO 3166-1 alpha-2 code.
    """
    row: Row = _plain({"id": report.document.id, "toponyms": [_toponym(r) for r in report.resolutions]})
    return row


def extract_row(report: Report) -> Row:
    """Give a report's incidents as `mapper extract --format jsonl` prints them.

    Returns
    -------
    dict
        `id`, `incidents` and `toponyms` (as in `geoparse_row`). Evidence that stands in another report is left out: its
        offsets would point into the wrong text.
    """
    document = report.document
    row: Row = _plain(
        {
            "id": document.id,
            "incidents": [_incident(incident, document.id) for incident in report.incidents],
            "toponyms": [_toponym(r) for r in report.resolutions],
        }
    )
    return row


def coded_rows(layers: Layers) -> Iterator[Row]:
    """Give incidents that others have coded as `mapper extract --format jsonl` prints them, a line an incident.

    Their `id` is the publisher's id of the event. The words that tell of it are the publisher's, so they begin at 0;
    there are no toponyms.
    """
    shapes = layers.incidents.geometry.to_numpy()
    for row, shape in zip(plain_rows(layers), shapes, strict=True):
        label = label_point_of(shape)
        said = row["evidence"]
        place = {
            "name": row["place_name"],
            "role": row["place_role"],
            "country": row["country_code"],
            "lat": label.lat,
            "lon": label.lon,
            "uncertainty_m": row["uncertainty_m"],
            "precision": row["precision"],
            "geonameid": None,
            "toponym": None,
            "start": None,
            "end": None,
        }
        incident = {name: row[name] for name in _SHARED} | {
            "places": [place] if row["place_role"] else [],
            "actors": _coded_actors(row),
            "relations": [],
            "evidence": [{"start": 0, "end": len(said), "text": said}] if said else [],
        }
        yield _plain({"id": row["incident_id"], "incidents": [incident], "toponyms": []})


def _coded_actors(row: Row) -> list[Row]:
    """Give the actors of a row as `_actor` does; who is named in several columns stands once, by what says most."""
    stances = dict.fromkeys((*row["perpetrators"], *row["denied_by"]), "told")
    for column, stance in (("blamed", "blamed"), ("claimed_by", "claimed"), ("denied_by", "denied")):
        stances |= dict.fromkeys(row[column], stance)
    told = [("perpetrator", name, stance) for name, stance in stances.items()]
    told += [("target", name, "told") for name in row["targets"]]
    nowhere = {"by": None, "start": None, "end": None}
    return [{"name": name, "role": role, "stance": stance, **nowhere} for role, name, stance in told]


def plain_rows(layers: Layers) -> Iterator[Row]:
    """Give the rows of the incidents layer as plain values, None where null; days are ISO text."""
    columns = plain_columns(layers.incidents)
    names = [column.name for column in columns]
    for cells in zip(*(column.cells for column in columns), strict=True):
        yield dict(zip(names, cells, strict=True))


_SHARED = (
    *"incident_id event_type event_subtype status date_start date_end date_precision date_text".split(),
    *(f"{harm}_{bound}" for harm in HARMS for bound in ("low", "best", "high")),
    *"perpetrators claimed_by blamed denied_by targets weapon sources confidence".split(),
)


def _toponym(resolution: Resolution) -> Row:
    toponym, place = resolution.toponym, resolution.place
    label = label_point(resolution)
    return {
        "start": toponym.start,
        "end": toponym.end,
        "text": toponym.text,
        "kind": toponym.kind,
        "name": place.name if place else None,
        "lat": label.lat,
        "lon": label.lon,
        "country": (place.country_code or None) if place else None,
        "feature_class": (place.feature_class or None) if place else None,
        "feature_code": (place.feature_code or None) if place else None,
        "gazetteer": place.gazetteer if place else None,
        "gazetteer_id": place.gazetteer_id if place else None,
        "geonameid": place.geonameid if place else None,
        "score": resolution.score,
        "margin": resolution.margin,
        "uncertainty_m": resolution.uncertainty_m,
        "precision": resolution.precision,
        "inferred": resolution.inferred,
        "candidates": [candidate_row(candidate) for candidate in resolution.candidates],
    }


def _incident(incident: Incident, doc_id: str) -> Row:
    date = incident.date
    return {
        "incident_id": incident.incident_id,
        "event_type": incident.event_type,
        "event_subtype": incident.event_subtype,
        "status": incident.status,
        "date_start": _iso(date.start),
        "date_end": _iso(date.end),
        "date_precision": date.precision,
        "date_text": date.text,
        "places": [_place(place) for place in incident.places],
        **toll_row(incident),
        **perpetrator_row(incident),
        "targets": [actor.name for actor in incident.targets],
        "actors": [_actor("perpetrator", a) for a in incident.perpetrators]
        + [_actor("target", a) for a in incident.targets],
        "weapon": incident.weapon,
        "sources": list(incident.sources),
        "relations": [{"kind": r.kind, "incident_id": r.incident_id} for r in incident.relations],
        "confidence": incident.confidence,
        "evidence": [{"start": e.start, "end": e.end, "text": e.text} for e in incident.evidence if e.doc_id == doc_id],
    }


def _actor(role: str, actor: Actor) -> Row:
    return {
        "name": actor.name,
        "role": role,
        "stance": actor.stance,
        "by": actor.by,
        "start": actor.span.start if actor.span else None,
        "end": actor.span.end if actor.span else None,
    }


def _place(place: IncidentPlace) -> Row:
    resolution = place.resolution
    found, toponym = resolution.place, resolution.toponym
    label = label_point(resolution)
    return {
        "name": place.name or (found.name if found else toponym.text),
        "role": place.role,
        "country": (found.country_code or None) if found else None,
        "lat": label.lat,
        "lon": label.lon,
        "uncertainty_m": resolution.uncertainty_m,
        "precision": resolution.precision,
        "geonameid": found.geonameid if found else None,
        "toponym": toponym.text,
        "start": toponym.start,
        "end": toponym.end,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    """Make a value fit for JSON in UTF-8: no NaN or infinity, no lone surrogates."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
