"""Layers from tables of incidents, and several layers as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.frames.build import sound, zones_of
from mapper.frames.checks import coerce, validate
from mapper.frames.collection import LAYER_NAMES, Layers

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

__all__ = ["assembled", "joined"]


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
    made = Layers(incidents=told, places=coerce("places"), zones=zones_of(told), reports=coerce("reports", reports))
    validate(made)
    return made


def joined(several: Iterable[Layers]) -> Layers:
    """Put layers one after the other; zones that are the same become one.

    Nothing is merged: two rows may tell of one incident (see `mapper.compare`).
    """
    import pandas as pd  # noqa: PLC0415  (slow import, only when there are layers)

    parts = list(several)
    if len(parts) == 1:
        return parts[0]
    tables = {}
    for name in LAYER_NAMES:
        frames = [frame for part in parts if len(frame := getattr(part, name))]
        tables[name] = coerce(name, pd.concat(frames, ignore_index=True) if frames else None)
    shared = tables["zones"]["zone_id"].duplicated()
    if shared.any():
        tables["zones"] = zones_of(tables["incidents"])
    made = Layers(**tables)
    validate(made)
    return made
