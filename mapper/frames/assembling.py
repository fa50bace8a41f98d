"""Layers from a table of incidents that is no list of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.frames.build import Zones, sound
from mapper.frames.checks import coerce, validate
from mapper.frames.collection import Layers

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["assembled"]


def assembled(incidents: pd.DataFrame, reports: pd.DataFrame | None = None) -> Layers:
    """Make the four layers of a table of incidents, whose zones follow from it.

    Parameters
    ----------
    incidents
        With the columns of the layer; see `coerce`.
    reports
        What they come from.

    Raises
    ------
    LayerError
        A required column is missing, or a value or geometry does not fit.
    """
    shapes = sound(incidents["geometry"].to_numpy(), incidents["precision"].to_numpy())
    told = coerce("incidents", incidents.assign(geometry=shapes))
    zones = Zones()
    zones.add(told)
    made = Layers(incidents=told, places=coerce("places"), zones=zones.frame(), reports=coerce("reports", reports))
    validate(made)
    return made
