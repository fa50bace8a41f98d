"""What a row of another scheme tells, in the columns of the incidents layer; where it happened is still in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

__all__ = ["Told", "Where"]


@dataclass(slots=True)
class Where:
    """Where each row says it was.

    Attributes
    ----------
    precision
        As in `mapper.records.Precision`, from the publisher's own code: "unknown" where it gives none.
    country, admin1, admin2, name
        Names, None where there are none.
    lat, lon
        The publisher's point in degrees, NaN where there is none. For an area it is a stand-in: the middle, a capital.
    """

    precision: list[str]
    country: Sequence[str | None]
    admin1: Sequence[str | None]
    admin2: Sequence[str | None]
    name: Sequence[str | None]
    lat: list[float]
    lon: list[float]


@dataclass(slots=True)
class Told:
    """The rows of a file, by column; all columns are of one length.

    Attributes
    ----------
    kinds
        Our type and subtype; None for a kind that we do not hold.
    unknown_kind
        Why such a row is left out. "" where the scheme holds much that is no incident: then it is said once.
    start, end, date_precision
        First and last day on which it may have happened, inclusive.
    columns
        Further columns of the layer, ready to be typed.
    notes
        What is to be said of the file as a whole.
    """

    ids: Sequence[str]
    kinds: list[tuple[str, str] | None]
    start: list[dt.date | None]
    end: list[dt.date | None]
    date_precision: list[str]
    where: Where
    columns: dict[str, Sequence[Any]]
    unknown_kind: str = "its kind is none that the scheme lists"
    confidence: float = 1.0
    notes: list[str] = field(default_factory=list)
