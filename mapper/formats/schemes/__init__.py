"""Incidents as files in schemes that analysts know: ACLED, UCDP GED, GTD and GDELT, as CSV with their columns.

They are alike, not the same: no coder has judged these rows. What reports do not tell stays empty (each scheme's
`EMPTY` lists the columns that always are), and kinds of incidents that a scheme does not hold are left out, and said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.errors import UsageError
from mapper.formats.losses import warn_loss
from mapper.formats.schemes import acled, gdelt, gtd, ucdp
from mapper.formats.schemes.crosswalk import Counterpart, counterpart, crosswalk
from mapper.formats.schemes.events import Event, events
from mapper.formats.table import write_rows
from mapper.frames.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    import geopandas as gpd

__all__ = ["SCHEMES", "Counterpart", "Scheme", "counterpart", "crosswalk", "dump_scheme"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme: its columns in their order, those that stay empty, and how an event becomes a row.

    Attributes
    ----------
    holds
        What an incident must be to have a row.
    row
        Gives the cells by column; None for an event that the scheme does not hold.
    """

    name: str
    holds: str
    columns: Sequence[str]
    empty: frozenset[str]
    row: Callable[[Event], dict[str, Any] | None]


SCHEMES = {
    "acled": Scheme("ACLED", "political violence and protest", acled.COLUMNS, acled.EMPTY, acled.row),
    "ucdp": Scheme("UCDP GED", "organised violence with a death", ucdp.COLUMNS, ucdp.EMPTY, ucdp.row),
    "gtd": Scheme("GTD", "attacks of its nine types", gtd.COLUMNS, gtd.EMPTY, gtd.row),
    "gdelt": Scheme("GDELT", "what CAMEO has a code for", gdelt.COLUMNS, gdelt.EMPTY, gdelt.row),
}


def dump_scheme(frame: gpd.GeoDataFrame, stream: TextIO, scheme: str) -> None:
    """Write the incidents layer as CSV with the columns of a scheme, a row an incident, with all text made inert.

    Parameters
    ----------
    scheme
        A key of `SCHEMES`.

    Raises
    ------
    UsageError
        The frame is no layer of incidents.

    Warns
    -----
    LossWarning
        Incidents are left out: the scheme does not hold their kind, or they have not happened.
    """
    chosen = SCHEMES[scheme]
    missing = [c.name for c in SCHEMA["incidents"] if not c.nullable and c.name not in frame.columns]
    if missing:
        raise UsageError(
            f"{chosen.name} holds incidents, and this layer has no column {missing[0]!r}", hint="export the incidents"
        )
    told = [row for row in map(chosen.row, events(frame)) if row is not None]
    write_rows(stream, chosen.columns, ([row.get(column) for column in chosen.columns] for row in told))
    left_out = int(frame["incident_id"].nunique()) - len(told)
    if left_out:
        warn_loss(
            f"{left_out} of {left_out + len(told)} incidents are left out: {chosen.name} holds {chosen.holds},"
            " and nothing that is only threatened, planned or denied"
        )
