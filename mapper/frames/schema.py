"""The columns of the four layers, declared once.

The tables below build the layers, check them on the way in and out, and are their documentation (`schema_markdown`).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from mapper.errors import MapperError
from mapper.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.records import Harm

__all__ = [
    "AREA_PRECISIONS",
    "CRS",
    "SCHEMA",
    "WHERE_PREC",
    "Column",
    "Dtype",
    "LayerError",
    "LayerWarning",
    "schema_markdown",
]

CRS = "EPSG:4326"

Dtype = Literal["string", "Int64", "float64", "date", "list", "json", "geometry"]
"""`date` is datetime64[ms] at midnight, written as a date; `list` a list of str, never null; `json` JSON text."""

WHERE_PREC: Mapping[str, int] = MappingProxyType(
    {
        "site": 1,
        "settlement": 1,
        "near": 2,
        "adm2": 3,
        "adm1": 4,
        "region": 5,
        "country": 6,
        "macro_region": 6,
        "water": 7,
    }
)
"""`Precision` as UCDP GED's where_prec: 1 exact, 2 near a place, 3 district, 4 province, 5 part of a country,
6 country, 7 sea or air. UCDP has no code for more than one country, so a macro-region is 6; `unknown` stays null.
Source: UCDP Georeferenced Event Dataset codebook, "where_prec"."""

AREA_PRECISIONS = frozenset({"adm2", "adm1", "region", "country", "water", "macro_region", "unknown"})
"""Precisions at which a place is an area (see `mapper.records.Precision`): a polygon or null, never a point."""


class LayerError(MapperError):
    """A layer does not have the columns, types or geometries that it must have."""


class LayerWarning(UserWarning):
    """A table was taken as a layer, but something in it had to be changed: another CRS, an invalid polygon."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layer.

    Attributes
    ----------
    unit
        Unit of the values ("m", "people", "degrees"), or "" where there is none.
    nullable
        Whether "not known" (null) is a value of this column.
    """

    name: str
    dtype: Dtype
    unit: str
    description: str
    nullable: bool = True


def _toll_columns(harm: Harm) -> tuple[Column, ...]:
    return (
        Column(f"{harm}_low", "Int64", "people", f"Fewest {harm} that any source gives; null is an open bound"),
        Column(f"{harm}_best", "Int64", "people", f"Best figure of people {harm}; never a sum over reports"),
        Column(f"{harm}_high", "Int64", "people", f"Most {harm} that any source gives; null is an open bound"),
    )


_GEOMETRY = "Point where the place is a point, polygon where it is an area, null where it is not known"

_INCIDENTS = (
    Column("incident_id", "string", "", "Id of the incident; repeated on each of its places", nullable=False),
    Column("event_type", "string", "", "Kind of incident (armed_clash, natural_disaster, ...)", nullable=False),
    Column("event_subtype", "string", "", "Finer kind (airstrike, flood, ...)"),
    Column("status", "string", "", "accomplished, attempted, threatened, planned or denied", nullable=False),
    Column("date_start", "date", "", "First day on which it may have happened"),
    Column("date_end", "date", "", "Last day on which it may have happened, inclusive"),
    Column("date_precision", "string", "", "day, range, week, month, year, vague or unknown", nullable=False),
    Column("date_text", "string", "", "The date as the report words it"),
    Column("date_anchor", "date", "", 'The day from which it was counted ("on Wednesday"): that of publication'),
    Column("place_role", "string", "", "happened, origin, destination or home; null where no place is told"),
    Column("place_name", "string", "", "Name of the place"),
    Column("admin1", "string", "", "Province or state of the place"),
    Column("country", "string", "", "Country of the place"),
    Column("country_code", "string", "", "ISO 3166-1 alpha-2 code of the country"),
    Column("gazetteer", "string", "", "Gazetteer that the place was found in"),
    Column("gazetteer_id", "string", "", "Id of the place in that gazetteer"),
    Column("feature_code", "string", "", "GeoNames feature code of the place (PPL, ADM1, PCLI, ...)"),
    Column("precision", "string", "", "How well the place is known: site, settlement, near, adm2, ...", nullable=False),
    Column("where_prec", "Int64", "", "The same on UCDP's scale, 1 (exact) to 7 (sea or air); macro_region is 6"),
    Column("uncertainty_m", "float64", "m", "Radius within which the place lies; of an area, of a circle of its size"),
    Column("confidence", "float64", "0-1", "How sure the incident as a whole is", nullable=False),
    *(column for harm in HARMS for column in _toll_columns(harm)),
    Column("perpetrators", "list", "", "Who did it, as the report names them: told, claimed or blamed", nullable=False),
    Column("claimed_by", "list", "", "Who says that it was them"),
    Column("blamed", "list", "", "Whom others accuse of it; no fact"),
    Column("denied_by", "list", "", "Who denies that it was them"),
    Column("targets", "list", "", "To whom it was done, as the report names them", nullable=False),
    Column("weapon", "string", "", "What it was done with"),
    Column("sources", "list", "", "Whom the report cites for it", nullable=False),
    Column("n_reports", "Int64", "reports", "Number of reports that tell of it, copies not counted", nullable=False),
    Column("evidence", "string", "", "The words of the report that tell of the incident"),
    Column("evidence_start", "Int64", "characters", "Where these words begin in the report's text (Python str offset)"),
    Column("evidence_end", "Int64", "characters", "Where they end (exclusive)"),
    Column("doc_id", "string", "", "Id of the report that these words stand in"),
    Column("source_url", "string", "", "Address of that report"),
    Column("published", "date", "", "Publication date of that report"),
    Column("review_status", "string", "", "What a person has said of it (unreviewed, ...)", nullable=False),
    Column("quotes", "json", "", "Everything quoted for it: doc_id, start, end, text, and the field that it tells of"),
    Column("counts", "json", "", "Each figure as its source gives it: harm, bounds, unit, source, doc_id, words"),
    Column("relations", "json", "", "How it stands to other incidents: kind and incident_id"),
    Column(
        "actors", "json", "", "Who did it, and to whom: role, name, person, stance, by (who blames), start, end, text"
    ),
    Column("reports", "json", "", "The reports that tell of it: doc_id, title, url, published, copy_of"),
    Column("mention", "json", "", "The place's words in the report, how sure the choice is, and the gazetteer's entry"),
    Column("geometry", "geometry", "degrees", _GEOMETRY),
)

_PLACES = (
    Column("doc_id", "string", "", "Id of the report", nullable=False),
    Column(
        "start",
        "Int64",
        "characters",
        "Where the mention begins in the report's text (Python str offset)",
        nullable=False,
    ),
    Column("end", "Int64", "characters", "Where it ends (exclusive)", nullable=False),
    Column("toponym", "string", "", "The name as the report has it", nullable=False),
    Column("kind", "string", "", "literal, metonymic, demonym, embedded or relative", nullable=False),
    Column("name", "string", "", "Main name of the place it was taken to mean; null where none was found"),
    Column("country_code", "string", "", "ISO 3166-1 alpha-2 code of its country"),
    Column("admin1", "string", "", "Its province or state"),
    Column("feature_class", "string", "", "GeoNames feature class (P, A, H, L, S, ...)"),
    Column("feature_code", "string", "", "GeoNames feature code"),
    Column("gazetteer", "string", "", "Gazetteer that the place was found in"),
    Column("gazetteer_id", "string", "", "Id of the place in that gazetteer"),
    Column("geonameid", "Int64", "", "GeoNames id, where it has one"),
    Column("precision", "string", "", "How well the place is known", nullable=False),
    Column("uncertainty_m", "float64", "m", "Radius within which the place lies; of an area, of a circle of its size"),
    Column("basis", "string", "", "gazetteer, or inferred: in none, so about where it must be, from a place beside it"),
    Column("score", "float64", "0-1", "How sure the choice is", nullable=False),
    Column("margin", "float64", "0-1", "Lead over the runner-up", nullable=False),
    Column("candidates", "json", "", "The places that the name may mean, best first", nullable=False),
    Column("entry", "json", "", "What the gazetteer has of the place, as a whole"),
    Column("geometry", "geometry", "degrees", _GEOMETRY),
)

_ZONES = (
    Column("zone_id", "string", "", "Id of the zone, the same wherever the same zone is built", nullable=False),
    Column("shape", "string", "", "area (the place itself) or ring (the uncertainty around a point)", nullable=False),
    Column("kind", "string", "", "Precision of the place: country, adm1, settlement, ...", nullable=False),
    Column("name", "string", "", "Name of the place"),
    Column("country_code", "string", "", "ISO 3166-1 alpha-2 code of its country"),
    Column("incident_ids", "list", "", "The incidents that lie in it", nullable=False),
    Column("doc_ids", "list", "", "The reports that tell of them", nullable=False),
    Column("uncertainty_m", "float64", "m", "Radius of the ring; of an area, of a circle of its size"),
    Column("geometry", "geometry", "degrees", "(Multi)Polygon, cut at the antimeridian", nullable=False),
)

_REPORTS = (
    Column("doc_id", "string", "", "Id of the report", nullable=False),
    Column("title", "string", "", "Its title"),
    Column("url", "string", "", "Its address"),
    Column("source", "string", "", "Path, address or - that it was read from"),
    Column("published", "date", "", "Publication date; null is not known"),
    Column(
        "published_basis",
        "string",
        "",
        "Where that date came from: given, page, corpus, header, e-mail, feed or metadata",
    ),
    Column("sha256", "string", "", "SHA-256 of its bytes in the source"),
    Column("language", "string", "", "Language of its text, ISO 639-1; und is not known"),
    Column("read_as", "string", "", "How it was read, from the outside in: text, zip > html, ..."),
    Column("copy_of", "string", "", "Id of the report that it repeats; it then counts as no source of its own"),
    Column("n_chars", "Int64", "characters", "Length of its text"),
    Column("n_toponyms", "Int64", "mentions", "Number of places mentioned"),
    Column("n_incidents", "Int64", "incidents", "Number of incidents it tells of", nullable=False),
    Column("geometry", "geometry", "degrees", "Always null: a report is nowhere"),
)

SCHEMA: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {"incidents": _INCIDENTS, "places": _PLACES, "zones": _ZONES, "reports": _REPORTS}
)
"""The columns of each layer, in their order."""


def schema_markdown() -> str:
    """Render the schema as Markdown, one table a layer.

    Returns
    -------
    str
        For the documentation; ends with a line feed.
    """
    parts = []
    for layer, columns in SCHEMA.items():
        lines = [f"### {layer}", "", "| column | type | unit | null | what it says |", "|---|---|---|---|---|"]
        lines += [
            f"| `{c.name}` | {c.dtype} | {c.unit} | {'yes' if c.nullable else 'no'} | {c.description} |"
            for c in columns
        ]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
