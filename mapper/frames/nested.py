"""What stands in the columns of JSON: plain values of the records, each text clean. `restoring` reads them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.frames.clean import clean_text, json_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.records import Actor, Candidate, Count, Evidence, Place, ReportRef, Resolution, Span

__all__ = [
    "actor_cell",
    "candidate_row",
    "count_cell",
    "entry_cell",
    "listed",
    "mention_cell",
    "quote_cell",
    "ref_cell",
]

Row = dict[str, Any]


def candidate_row(candidate: Candidate) -> Row:
    """Give a candidate as a plain dict (coordinates in degrees, EPSG:4326; for an area, of its label)."""
    place = candidate.place
    return {
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country_code or None,
        "feature_class": place.feature_class or None,
        "feature_code": place.feature_code or None,
        "gazetteer": place.gazetteer,
        "gazetteer_id": place.gazetteer_id,
        "geonameid": place.geonameid,
        "match": candidate.match,
        "score": candidate.score,
    }


def listed(rows: Iterable[Row]) -> str | None:
    """Write a list as JSON, None where nothing is in it."""
    found = list(rows)
    return json_text(found) if found else None


def quote_cell(evidence: Evidence) -> Row:
    """Give words that are quoted, and what they tell."""
    return {
        "doc_id": clean_text(evidence.doc_id),
        "start": evidence.start,
        "end": evidence.end,
        "text": clean_text(evidence.text),
        "field": evidence.field,
    }


def count_cell(harm: str, count: Count) -> Row:
    """Give one figure as its source gives it."""
    return {
        "harm": harm,
        "low": count.low,
        "best": count.best,
        "high": count.high,
        "unit": count.unit,
        "source": count.source and clean_text(count.source),
        "doc_id": clean_text(count.doc_id),
        **_span(count.span),
    }


def actor_cell(role: str, actor: Actor) -> Row:
    """Give someone who did it or to whom it was done."""
    named = {"role": role, "name": clean_text(actor.name), "person": clean_text(actor.person), "stance": actor.stance}
    return named | {"by": actor.by and clean_text(actor.by), **_span(actor.span)}


def _span(span: Span | None) -> Row:
    if span is None:
        return {"start": None, "end": None, "text": None}
    return {"start": span.start, "end": span.end, "text": clean_text(span.text)}


def ref_cell(ref: ReportRef) -> Row:
    """Give a report that tells of an incident."""
    return {
        "doc_id": clean_text(ref.doc_id),
        "title": ref.title and clean_text(ref.title),
        "url": ref.url and clean_text(ref.url),
        "published": ref.published and ref.published.isoformat(),
        "copy_of": ref.copy_of and clean_text(ref.copy_of),
    }


def mention_cell(resolution: Resolution, doc_id: str | None) -> Row:
    """Give the words that name a place, how sure it is which one they mean, and what the gazetteer has of it."""
    toponym = resolution.toponym
    return {
        "doc_id": doc_id and clean_text(doc_id),
        "start": toponym.start,
        "end": toponym.end,
        "text": clean_text(toponym.text),
        "kind": toponym.kind,
        "score": resolution.score,
        "margin": resolution.margin,
        "inferred": resolution.inferred,
        "entry": entry_cell(resolution.place),
    }


def entry_cell(place: Place | None) -> Row | None:
    """Give a gazetteer's entry, field by field; for an area, `lat` and `lon` are those of its label."""
    if place is None:
        return None
    return {name: clean_text(v) if isinstance(v, str) else v for name, v in place._asdict().items()}
