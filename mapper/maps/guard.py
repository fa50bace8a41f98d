"""Keeps a page small enough to open: what does not fit is left out before the file is written, and said.

A browser must hold the packed data as one text and unpack it: a million incidents without quotes (about 40 MB) opens in
about ten seconds, several times as much does not open at all.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from mapper.errors import OutputError
from mapper.maps.payload import pack

if TYPE_CHECKING:
    from mapper.maps.spill import Columns

__all__ = ["LIMIT", "PageSizeWarning", "fitted"]

LIMIT = 80_000_000
"""Characters of packed data in a page: about twice what a million incidents without quotes take."""

# What may be left out, the least missed first; the GIS files of the same run still hold all of it.
_STEPS = (
    ("who gives which figure and the words that matched", ("counts", "marks")),
    ("the quoted words", ("quotes",)),
)


class PageSizeWarning(UserWarning):
    """Something was left out of a page that would have been too large to open."""


def fitted(data: dict[str, Any], *, limit: int = LIMIT) -> str:
    """Pack the data of a page; where it is too large, without details and quotes.

    Raises
    ------
    OutputError
        It is too large even so.
    """
    packed = pack(data)
    left_out: list[str] = []
    incidents: Columns = data["incidents"]
    n = len(incidents["incident_id"])
    for words, columns in _STEPS:
        if len(packed) <= limit:
            break
        left_out.append(words)
        incidents = incidents.replaced({name: {"all": [] if name == "quotes" else None, "n": n} for name in columns})
        packed = pack(data | {"incidents": incidents, "text_left_out": True})
    if len(packed) > limit:
        raise OutputError(
            f"a page of {n:,} incidents would hold {len(packed) / 1e6:.0f} MB and open in no browser",
            hint="map fewer incidents (a shorter time, min_confidence), or use incidents.gpkg in a GIS",
        )
    if left_out:
        what = f"the page leaves out {' and '.join(left_out)} to stay small enough to open"
        warnings.warn(
            f"{what} ({len(packed) / 1e6:.0f} MB); the GIS files hold them",
            PageSizeWarning,
            stacklevel=2,
        )
    return packed
