"""Records -> layers: columns are gathered in one pass over the records, geometries are handled as arrays."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from typing import TYPE_CHECKING, Any

from mapper.errors import UsageError
from mapper.frames.checks import coerce, validate
from mapper.frames.clean import json_text
from mapper.frames.collection import LAYER_NAMES, Layers
from mapper.frames.geometry import MAX_RING_M, circles, cut_antimeridian, mend_polygons
from mapper.frames.nested import (
    actor_cell,
    candidate_row,
    count_cell,
    entry_cell,
    listed,
    mention_cell,
    quote_cell,
    ref_cell,
)
from mapper.frames.schema import AREA_PRECISIONS, SCHEMA, WHERE_PREC
from mapper.records import HARMS, Incident, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import geopandas as gpd

    from mapper.records import Actor, Evidence, IncidentPlace, ReportRef, Resolution

__all__ = ["Zones", "layers", "perpetrator_row", "sound", "toll_row", "zones_of"]

_LOG = logging.getLogger(__name__)
_SKETCH = 0.01  # of the longer side of an outline
_MOST_PASSES = 10  # no outline of the gazetteer takes more than five

Row = dict[str, Any]


def layers(items: Iterable[Report | Incident], *, referred: bool = True, zones: Zones | None = None) -> Layers:
    """Build the four layers from what was extracted.

    Parameters
    ----------
    items
        Reports (best: they give every place mentioned and every report) or bare incidents, whose places and reports are
        then all that is known. Both may be mixed; order is kept.
    referred
        Whether a report that an incident refers to and that is not among the items has a row as well.
    zones
        Where given, the zones of these items are gathered there with those of others, and the layer stays empty.

    Returns
    -------
    Layers
        EPSG:4326 throughout, and validated. Zones are the areas and the uncertainty rings of the incidents' places;
        areas that are only mentioned are in `places`, their outlines simplified to a hundredth of their extent.

    Raises
    ------
    UsageError
        An item is neither a Report nor an Incident.
    """
    rows: dict[str, list[Row]] = {name: [] for name in LAYER_NAMES if name != "zones"}
    for item in items:
        if isinstance(item, Report):
            _add_report(rows, item)
        elif isinstance(item, Incident):
            _add_incident(rows, item)
        else:
            raise UsageError(
                f"cannot make layers of a {type(item).__name__}",
                hint="pass reports or incidents, as mapper.extract gives",
            )
    rows["places"] = _distinct(rows["places"], ("doc_id", "start", "end"))
    rows["reports"] = _distinct_reports(rows["reports"], referred=referred)
    frames = {name: _frame(name, rows[name]) for name in rows}
    own = Zones()
    (own if zones is None else zones).add(frames["incidents"])
    made = Layers(**frames, zones=own.frame())
    validate(made)
    return made


def toll_row(incident: Incident) -> Row:
    """Give the bounds of every toll of an incident, people, by column: `killed_low`, `killed_best`, ..."""
    bounds = ("low", "best", "high")
    return {f"{harm}_{bound}": getattr(getattr(incident, harm), bound) for harm in HARMS for bound in bounds}


def perpetrator_row(incident: Incident) -> Row:
    """Give the names of those told, claimed, blamed and denied to have done it, by column.

    Who denies it is no perpetrator, whoever else accuses them: they are among the blamed.
    """
    told = incident.perpetrators
    named = {stance: _names(a for a in told if a.stance == stance) for stance in ("claimed", "blamed", "denied")}
    disputed = {name.lower() for name in named["denied"]}
    return {
        "perpetrators": _names(a for a in told if a.name.lower() not in disputed),
        "claimed_by": named["claimed"],
        "blamed": named["blamed"],
        "denied_by": named["denied"],
    }


def _names(actors: Iterable[Actor]) -> list[str]:
    return list(dict.fromkeys(actor.name for actor in actors))


def _add_report(rows: dict[str, list[Row]], report: Report) -> None:
    document = report.document
    rows["reports"].append(
        {
            "doc_id": document.id,
            "title": document.title,
            "url": document.url,
            "source": document.source,
            "published": document.published,
            "published_basis": document.published_basis,
            "sha256": document.sha256,
            "language": report.language,
            "read_as": document.read_as,
            "copy_of": document.copy_of,
            "n_chars": len(document.text),
            "n_toponyms": len(report.resolutions),
            "n_incidents": len(report.incidents),
        }
    )
    rows["places"] += [_place_row(document.id, resolution) for resolution in report.resolutions]
    own = {"doc_id": document.id, "source_url": document.url, "published": document.published}
    for incident in report.incidents:
        rows["incidents"] += _incident_rows(incident, own)
        rows["reports"] += [row for row in _referred(incident) if row["doc_id"] != document.id]


def _add_incident(rows: dict[str, list[Row]], incident: Incident) -> None:
    rows["incidents"] += _incident_rows(incident, {})
    rows["reports"] += _referred(incident)
    for place in incident.places:
        doc_id = _read_in(incident, place.resolution, None)
        if doc_id is not None:  # without a report to point into, a mention's offsets would mean nothing
            rows["places"].append(_place_row(doc_id, place.resolution))


def _referred(incident: Incident) -> Iterator[Row]:
    refs: dict[str, ReportRef] = {}
    for ref in incident.reports:
        refs.setdefault(ref.doc_id, ref)
    for ref in refs.values():
        known = {"title": ref.title, "url": ref.url, "published": ref.published, "copy_of": ref.copy_of}
        yield {"doc_id": ref.doc_id, **known, "n_incidents": 1}


def _main_evidence(incident: Incident) -> Evidence | None:
    own = (evidence for evidence in incident.evidence if evidence.field == "incident")
    return next(own, incident.evidence[0] if incident.evidence else None)


def _read_in(incident: Incident, resolution: Resolution, own: str | None) -> str | None:
    """Find the report that a place was read in: of merged reports, the one whose quoted words hold its name."""
    mention = resolution.toponym
    for quoted in incident.evidence:
        first, last = max(0, mention.start - quoted.start), max(0, mention.end - quoted.start)
        if mention.text and quoted.text[first:last] == mention.text:
            return quoted.doc_id
    evidence = _main_evidence(incident)
    return evidence.doc_id if evidence else own


def _incident_rows(incident: Incident, own: Row) -> list[Row]:
    evidence = _main_evidence(incident)
    doc_id = evidence.doc_id if evidence else own.get("doc_id")
    ref = next((r for r in incident.reports if r.doc_id == doc_id), None)
    ours = own if own.get("doc_id") == doc_id else {}
    shared = {
        "incident_id": incident.incident_id,
        "event_type": incident.event_type,
        "event_subtype": incident.event_subtype,
        "status": incident.status,
        "date_start": incident.date.start,
        "date_end": incident.date.end,
        "date_precision": incident.date.precision,
        "date_text": incident.date.text,
        "date_anchor": incident.date.anchor,
        "confidence": incident.confidence,
        **toll_row(incident),
        **perpetrator_row(incident),
        "targets": [actor.name for actor in incident.targets],
        "weapon": incident.weapon,
        "sources": list(incident.sources),
        "n_reports": len({r.copy_of or r.doc_id for r in incident.reports})
        or len({e.doc_id for e in incident.evidence}),
        "evidence": evidence.text if evidence else None,
        "evidence_start": evidence.start if evidence else None,
        "evidence_end": evidence.end if evidence else None,
        "doc_id": doc_id,
        "source_url": (ref and ref.url) or ours.get("source_url"),
        "published": (ref and ref.published) or ours.get("published"),
        "review_status": incident.review_status,
        "quotes": listed(quote_cell(e) for e in incident.evidence),
        "counts": listed(count_cell(harm, c) for harm in HARMS for c in getattr(incident, harm).counts),
        "relations": listed({"kind": r.kind, "incident_id": r.incident_id} for r in incident.relations),
        "actors": listed(
            [actor_cell("perpetrator", a) for a in incident.perpetrators]
            + [actor_cell("target", a) for a in incident.targets]
        ),
        "reports": listed(ref_cell(r) for r in incident.reports),
    }
    if not incident.places:
        return [shared | {"precision": "unknown"}]
    read_in = (_read_in(incident, place.resolution, own.get("doc_id")) for place in incident.places)
    return [shared | _location(place, doc_id) for place, doc_id in zip(incident.places, read_in, strict=True)]


def _location(place: IncidentPlace, doc_id: str | None) -> Row:
    resolution = place.resolution
    found = resolution.place
    return {
        "place_role": place.role,
        "place_name": place.name or (found.name if found else resolution.toponym.text),
        "admin1": found and found.admin1,
        "country": found and found.country,
        "country_code": found and found.country_code,
        "gazetteer": found and found.gazetteer,
        "gazetteer_id": found and found.gazetteer_id,
        "feature_code": found and found.feature_code,
        "precision": resolution.precision,
        "where_prec": WHERE_PREC.get(resolution.precision),
        "uncertainty_m": resolution.uncertainty_m,
        "mention": json_text(mention_cell(resolution, doc_id)),
        "geometry": resolution.geometry,
    }


def _place_row(doc_id: str, resolution: Resolution) -> Row:
    found, toponym = resolution.place, resolution.toponym
    return {
        "doc_id": doc_id,
        "start": toponym.start,
        "end": toponym.end,
        "toponym": toponym.text,
        "kind": toponym.kind,
        "name": found and found.name,
        "country_code": found and found.country_code,
        "admin1": found and found.admin1,
        "feature_class": found and found.feature_class,
        "feature_code": found and found.feature_code,
        "gazetteer": found and found.gazetteer,
        "gazetteer_id": found and found.gazetteer_id,
        "geonameid": found and found.geonameid,
        "precision": resolution.precision,
        "uncertainty_m": resolution.uncertainty_m,
        "basis": "inferred" if resolution.inferred else "gazetteer" if found else None,
        "score": resolution.score,
        "margin": resolution.margin,
        "candidates": json_text([candidate_row(c) for c in resolution.candidates]),
        "entry": found and json_text(entry_cell(found)),
        "geometry": resolution.geometry,
    }


def _distinct(rows: list[Row], key: tuple[str, ...]) -> list[Row]:
    """Keep one row of each key: two incidents may share a mention."""
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        kept.setdefault(tuple(row[column] for column in key), row)
    return list(kept.values())


def _distinct_reports(rows: list[Row], *, referred: bool) -> list[Row]:
    """Keep one row of each report: those that were read, in their order, then those that are only referred to.

    Each counts the incidents that it tells of: its own, and those of others that refer to it.
    """
    read: dict[str, Row] = {}
    others: dict[str, Row] = {}
    told: Counter[str] = Counter()
    for row in rows:
        if "source" in row and row["doc_id"] in read:
            continue
        (read if "source" in row else others).setdefault(row["doc_id"], row)
        told[row["doc_id"]] += row["n_incidents"]
    kept = [*read.values(), *(row for doc_id, row in others.items() if referred and doc_id not in read)]
    return [row | {"n_incidents": told[row["doc_id"]]} for row in kept]


def _frame(layer: str, rows: list[Row]) -> gpd.GeoDataFrame:
    import numpy as np  # noqa: PLC0415  (slow imports, only when layers are made)
    import pandas as pd  # noqa: PLC0415

    columns = {c.name: pd.Series([row.get(c.name) for row in rows], dtype=object) for c in SCHEMA[layer]}
    geometry = np.array([row.get("geometry") for row in rows], dtype=object)
    precisions = np.array([row.get("precision") for row in rows], dtype=object)
    columns["geometry"] = pd.Series(sound(geometry, precisions, sketch=layer == "places"), dtype=object)
    return coerce(layer, pd.DataFrame(columns))


def sound(geometries: Any, precisions: Any, *, sketch: bool = False) -> Any:
    """Make geometries fit to be shown: two dimensions, on the globe, polygons valid, areas never as points.

    With `sketch`, outlines are simplified to a hundredth of their extent: a country that is mentioned a thousand times
    would else fill the file with its coast.
    """
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    # One country may stand in thousands of rows: each distinct object is worked on once.
    _, first, back = np.unique([id(g) for g in geometries], return_index=True, return_inverse=True)
    distinct = mend_polygons(cut_antimeridian(shapely.force_2d(geometries[first])))
    if sketch:
        distinct = _sketched(distinct)
    kinds = shapely.get_type_id(distinct)
    polygonal = np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    bounds = shapely.bounds(distinct)
    on_globe = np.isfinite(bounds).all(axis=1) & (np.abs(bounds) <= (180.0, 90.0, 180.0, 90.0)).all(axis=1)
    good = on_globe & (polygonal | (kinds == shapely.GeometryType.POINT))

    area = np.isin(precisions, list(AREA_PRECISIONS))
    show = good[back] & (polygonal[back] | ~area)
    dropped = int((~show & ~shapely.is_missing(geometries)).sum())
    if dropped:
        # Say less rather than show a wrong place; the stage that made the geometry has a fault to be found.
        _LOG.warning("%d geometries were left out: areas given as points, or coordinates off the globe", dropped)
    sound = distinct[back]
    sound[~show] = None
    return sound


def _sketched(outlines: Any) -> Any:
    """Simplify outlines until nothing of them is left to simplify: a sketch that is built into layers again stays."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    drawn = outlines.copy()
    rough = np.arange(len(drawn))
    for _ in range(_MOST_PASSES):
        before = drawn[rough]
        extents = shapely.bounds(before)
        simple = shapely.simplify(before, _SKETCH * np.max(extents[:, 2:] - extents[:, :2], axis=1, initial=0.0))
        drawn[rough] = np.where(shapely.is_valid(simple) & ~shapely.is_empty(simple), simple, before)
        rough = rough[~shapely.equals_exact(drawn[rough], before) & ~shapely.is_missing(before)]
        if not len(rough):
            break
    return drawn


class Zones:
    """The areas of incidents, and the rings around their points, each once: gathered part by part."""

    def __init__(self) -> None:
        self._members: dict[tuple[Any, ...], tuple[list[str], list[str]]] = {}

    def add(self, incidents: gpd.GeoDataFrame) -> None:
        """Gather the zones of a layer of incidents."""
        import numpy as np  # noqa: PLC0415
        import shapely  # noqa: PLC0415

        polygonal = np.isin(incidents.geom_type, ["Polygon", "MultiPolygon"])
        radius = incidents["uncertainty_m"].to_numpy()
        with np.errstate(invalid="ignore"):
            ringed = (incidents.geom_type == "Point").to_numpy() & (radius > 0) & (radius < MAX_RING_M)
        text = incidents[["precision", "place_name", "country_code"]].astype(object).where(lambda t: t.notna(), None)
        names = list(text.itertuples(index=False, name=None))
        wkb = shapely.to_wkb(incidents.geometry.to_numpy())
        ids, docs = incidents["incident_id"].tolist(), incidents["doc_id"].astype(object).tolist()
        for row in np.flatnonzero(polygonal | ringed):
            size = None if np.isnan(radius[row]) else float(radius[row])
            key = ("area" if polygonal[row] else "ring", *names[row], size, wkb[row])
            here, told = self._members.setdefault(key, ([], []))
            here.append(ids[row])
            if isinstance(docs[row], str):
                told.append(docs[row])

    def frame(self) -> gpd.GeoDataFrame:
        """Give the layer of all that was gathered, in the order in which it came."""
        import numpy as np  # noqa: PLC0415
        import pandas as pd  # noqa: PLC0415
        import shapely  # noqa: PLC0415

        if not self._members:
            return coerce("zones")
        keys = list(self._members)
        drawn = shapely.from_wkb(np.array([key[5] for key in keys], dtype=object))
        rings = np.array([key[0] == "ring" for key in keys])
        drawn[rings] = circles(drawn[rings], np.array([key[4] for key in keys], dtype=float)[rings])
        rows = [
            {
                "zone_id": "zone-" + hashlib.sha256(repr(key).encode()).hexdigest()[:16],
                "shape": key[0],
                "kind": key[1],
                "name": key[2],
                "country_code": key[3],
                "uncertainty_m": key[4],
                "incident_ids": list(dict.fromkeys(ids)),
                "doc_ids": list(dict.fromkeys(docs)),
            }
            for key, (ids, docs) in self._members.items()
        ]
        columns = {c.name: pd.Series([r.get(c.name) for r in rows], dtype=object) for c in SCHEMA["zones"]}
        columns["geometry"] = pd.Series(drawn, dtype=object)
        return coerce("zones", pd.DataFrame(columns))


def zones_of(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Build the zones of incidents: each area once, and a ring around each point whose uncertainty is known."""
    zones = Zones()
    zones.add(incidents)
    return zones.frame()
