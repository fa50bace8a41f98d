"""Incidents that others have coded, beside those of the reports: merged with none, written as further parts."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from mapper.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.frames import Coded, Layers

__all__ = ["Others"]


class Others:
    """Files that others have coded, each read when it is its turn to be written; what is to be said of them is kept.

    Parameters
    ----------
    coded
        What the files hold, and those that could not be read.

    Attributes
    ----------
    inputs
        Each file that was read, as ``run.json`` names it: its path, digest, scheme and number of incidents.
    notes
        Whose the rows are, on which terms, and what they do not tell.
    failures
        Files, and rows, that could not be used.
    incidents, on_the_map
        How many of them there are.
    """

    def __init__(self, coded: Iterable[Coded | Failure] = ()) -> None:
        self._coming: Iterator[Coded | Failure] = iter(coded)
        self.inputs: list[dict[str, Any]] = []
        self.notes: list[str] = []
        self.failures: list[Failure] = []
        self.incidents = self.on_the_map = 0

    def any(self) -> bool:
        """Tell whether a file is left that can be read; those before it that cannot are among the failures then."""
        for item in self._coming:
            if not isinstance(item, Failure):
                self._coming = chain([item], self._coming)
                return True
            self.failures.append(item)
        return False

    def parts(self) -> Iterator[Layers]:
        """Give the layers of each file."""
        for item in self._coming:
            if isinstance(item, Failure):
                self.failures.append(item)
                continue
            rows = item.layers.incidents
            self.inputs.append(
                {"source": item.source, "sha256": item.sha256, "scheme": item.scheme, "incidents": len(item.layers)}
            )
            self.notes += item.notes
            self.failures += item.failures
            self.incidents += len(item.layers)
            self.on_the_map += rows[rows.geometry.notna()]["incident_id"].nunique()
            yield item.layers
