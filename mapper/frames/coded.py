"""Incidents that others have coded: the layers of one such file, and what is to be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.frames.collection import Layers
    from mapper.records import Failure

__all__ = ["Coded"]


@dataclass(frozen=True, slots=True)
class Coded:
    """One file of incidents in a scheme such as ACLED's.

    Attributes
    ----------
    source
        Path that it was read from.
    scheme
        Name of the scheme, for people ("ACLED").
    layers
        A row an incident in `incidents`, and one for the file in `reports`.
    sha256
        Of the file.
    failures
        The rows that could not be used, or not in full, each with its reason.
    notes
        What a reader of the results should know: whose rows these are, on which terms, what they do not tell.
    """

    source: str
    scheme: str
    layers: Layers
    sha256: str = ""
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
