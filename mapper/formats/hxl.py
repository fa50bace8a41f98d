"""Tags of the Humanitarian Exchange Language (HXL 1.1): a second header row that says what each column holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["hxl_tag", "is_tag_row"]

_TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")

_TAGS: Final = {
    "incident_id": "#event+id",
    "event_type": "#event+type",
    "event_subtype": "#event+subtype",
    "status": "#event+status",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "date_precision": "#date+precision",
    "date_text": "#date+text",
    "date_anchor": "#date+anchor",
    "published": "#date+published",
    "place_role": "#loc+role",
    "place_name": "#loc+name",
    "name": "#loc+name",
    "toponym": "#loc+name+reported",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "country": "#country+name",
    "country_code": "#country+code+v_iso2",
    "gazetteer": "#loc+source",
    "gazetteer_id": "#loc+code",
    "geonameid": "#loc+code+v_geonames",
    "feature_code": "#loc+type",
    "precision": "#geo+precision",
    "where_prec": "#geo+precision+v_ucdp",
    "uncertainty_m": "#geo+uncertainty+m",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "wkt": "#geo+wkt",
    "killed_low": "#affected+killed+min",
    "killed_best": "#affected+killed",
    "killed_high": "#affected+killed+max",
    "injured_low": "#affected+injured+min",
    "injured_best": "#affected+injured",
    "injured_high": "#affected+injured+max",
    "missing_low": "#affected+missing+min",
    "missing_best": "#affected+missing",
    "missing_high": "#affected+missing+max",
    "abducted_low": "#affected+abducted+min",
    "abducted_best": "#affected+abducted",
    "abducted_high": "#affected+abducted+max",
    "arrested_low": "#affected+arrested+min",
    "arrested_best": "#affected+arrested",
    "arrested_high": "#affected+arrested+max",
    "displaced_low": "#affected+displaced+min",
    "displaced_best": "#affected+displaced",
    "displaced_high": "#affected+displaced+max",
    "perpetrators": "#event+perpetrator+list",
    "claimed_by": "#event+perpetrator+claimed+list",
    "blamed": "#event+perpetrator+blamed+list",
    "denied_by": "#event+perpetrator+denied+list",
    "targets": "#event+target+list",
    "weapon": "#event+weapon",
    "evidence": "#description+evidence",
    "sources": "#meta+source+list",
    "source_url": "#meta+url",
    "url": "#meta+url",
    "doc_id": "#meta+report+id",
    "n_reports": "#meta+reports+num",
}
"""Hashtags and attributes of HXL's core schema (hxlstandard.org, version 1.1) where it has one; attributes of our own
where it has none, as the standard allows."""


def hxl_tag(column: str) -> str:
    """Give the tag of a column: from the table above, else `#meta` with the column's name as its attribute."""
    attribute = re.sub(r"[^a-z0-9_]+", "_", column.lower()).strip("_")
    return _TAGS.get(column) or (f"#meta+{attribute}" if attribute[:1].isalpha() else "#meta")


def is_tag_row(cells: Sequence[str]) -> bool:
    """Tell whether a row of a table is one of tags: at least one, and nothing else."""
    told = [cell.strip() for cell in cells if cell.strip()]
    return bool(told) and all(_TAG.fullmatch(cell) for cell in told)
