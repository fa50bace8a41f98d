"""Which stretch of the globe a set of boxes covers, across the antimeridian where that is shorter."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["Bounds", "extent", "main_boxes"]

Bounds: TypeAlias = tuple[float, float, float, float]
"""(west, south, east, north) in degrees; east may exceed 180 where the stretch crosses the antimeridian."""

_MAIN_PART = 0.1  # share of the largest part: overseas islands do not pull the first view across an ocean


def main_boxes(geometry: BaseGeometry) -> list[Bounds]:
    """Boxes of the main parts of an area (EPSG:4326): those of at least a tenth of the largest part's size."""
    import shapely  # noqa: PLC0415 - slow to import

    parts = shapely.get_parts(geometry)
    sizes = shapely.area(parts)
    return [tuple(box) for box in shapely.bounds(parts[sizes >= _MAIN_PART * sizes.max()]).tolist()]


def extent(boxes: Sequence[Bounds]) -> Bounds | None:
    """Give the shortest stretch that holds all boxes, or None without boxes.

    The longitudes are laid on the circle and the widest gap between them is left out.
    """
    if not boxes:
        return None
    table = np.asarray(boxes, dtype=float)
    south, north = float(table[:, 1].min()), float(table[:, 3].max())
    if bool(np.any(table[:, 2] - table[:, 0] >= 359.9)):
        return -180.0, south, 180.0, north
    west = (table[:, 0] + 180.0) % 360.0 - 180.0
    east = west + (table[:, 2] - table[:, 0])
    order = np.argsort(west, kind="stable")
    west, east = west[order], np.maximum.accumulate(east[order])
    gaps = np.append(west[1:], west[0] + 360.0) - east
    widest = int(np.argmax(gaps))
    if gaps[widest] <= 0:
        return -180.0, south, 180.0, north
    start = float(west[(widest + 1) % len(west)])
    stop = float(east[widest])
    return start, south, stop if stop >= start else stop + 360.0, north
