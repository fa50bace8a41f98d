"""Incidents and the user's own polygons: which lie in which, and how much of an area does."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from mapper.errors import UsageError
from mapper.frames.distances import widened
from mapper.frames.geometry import MAX_RING_M, cut_antimeridian, mend_polygons
from mapper.frames.schema import CRS, LayerWarning

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

    Geometries = NDArray[np.object_]

__all__ = ["join"]

_EQUAL_AREA = "+proj=cea +datum=WGS84 +units=m"
_STEP = 1.0  # degrees: sides that are straight on the map are not so in the equal-area projection
_ADDED = ("overlap", "within")


def join(frame: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame, *, unmatched: bool = True) -> gpd.GeoDataFrame:
    """Join rows of a layer to polygons of one's own: districts, sectors, camps, areas of control.

    Parameters
    ----------
    frame
        A layer (`layers.incidents`, for one), EPSG:4326.
    polygons
        Polygons with any columns, in any CRS.
    unmatched
        Keep the rows that meet no polygon, with nulls.

    Returns
    -------
    GeoDataFrame
        One row for each row of the layer and polygon that meet, in the layer's order, with the layer's geometry; an
        incident known as an area meets several. Columns of the polygons follow those of the layer, with `_polygon`
        after a name that both have. Then `overlap`, the share (0-1) of the area that lies in the polygon, where a point
        stands for the ring of its uncertainty if it has one; and `within`: whether the mark lies in the polygon, a
        point where it is drawn, an area only with all of its ground.

    Raises
    ------
    UsageError
        One of the two has no CRS, or there are no polygons among `polygons`.

    Warns
    -----
    LayerWarning
        Polygons were mended, or left out because they are none.
    """
    import geopandas as gpd  # noqa: PLC0415  (slow imports, only when layers are joined)
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    for name, table in (("layer", frame), ("frame of polygons", polygons)):
        if table.crs is None:
            raise UsageError(f"the {name} has no CRS", hint="say which it is, with .set_crs('EPSG:4326') for instance")
    ground = _sound(polygons)
    marks = frame.geometry.to_crs(CRS).to_numpy()
    prints = _footprints(frame, marks)
    at, area = shapely.STRtree(ground).query(prints, predicate="intersects")
    order = np.lexsort((area, at))
    at, area = at[order], area[order]
    shapely.prepare(ground)
    within = np.asarray(shapely.covers(ground[area], marks[at]), dtype=bool)
    overlap = _shares(prints[at], ground[area])
    kept = (overlap > 0) | within  # what only touches a polygon has no share in it
    at, area, within, overlap = at[kept], area[kept], within[kept], overlap[kept]
    if unmatched:
        rest = np.setdiff1d(np.arange(len(frame)), at)
        order = np.argsort(np.concatenate([at, rest]), kind="stable")
        at, area = np.concatenate([at, rest])[order], np.concatenate([area, np.full(len(rest), -1)])[order]
        overlap = np.concatenate([overlap, np.full(len(rest), np.nan)])[order]
        within = np.concatenate([within, np.zeros(len(rest), dtype=bool)])[order]
    theirs = pd.DataFrame(polygons.drop(columns=polygons.geometry.name)).reset_index(drop=True)
    theirs = theirs.rename(columns={n: f"{n}_polygon" for n in theirs.columns if n in frame.columns or n in _ADDED})
    ours = frame.iloc[at].reset_index(drop=True)
    shape_name = ours.geometry.name
    columns = {name: theirs[name].reindex(area).array for name in theirs.columns}
    made = pd.DataFrame(ours.drop(columns=shape_name)).assign(**columns, overlap=overlap, within=within)
    return gpd.GeoDataFrame(made, geometry=marks[at], crs=CRS)


def _sound(polygons: gpd.GeoDataFrame) -> Geometries:
    """Give the polygons in EPSG:4326, valid and cut at the antimeridian; None where a row has none."""
    import shapely  # noqa: PLC0415

    shapes: Geometries = shapely.force_2d(polygons.geometry.to_crs(CRS).to_numpy())
    areal = shapely.get_dimensions(shapes) == 2
    if not areal.any():
        raise UsageError("there are no polygons to join", hint="points and lines have no inside: buffer them first")
    wrong = int((~areal).sum())
    if wrong:
        warnings.warn(f"{wrong} rows without a polygon meet nothing", LayerWarning, stacklevel=3)
    broken = int((areal & ~shapely.is_valid(shapes)).sum())
    if broken:
        warnings.warn(f"{broken} invalid polygons were mended", LayerWarning, stacklevel=3)
    shapes[~areal] = None
    return mend_polygons(cut_antimeridian(shapes))


def _footprints(frame: gpd.GeoDataFrame, marks: Geometries) -> Geometries:
    """Give the ground that each row stands for: an area, the ring of uncertainty of a point, or the bare point."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    if "uncertainty_m" not in frame.columns:
        return marks
    radius = frame["uncertainty_m"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    with np.errstate(invalid="ignore"):
        ringed = (shapely.get_type_id(marks) == shapely.GeometryType.POINT) & (radius > 0) & (radius < MAX_RING_M)
    prints = marks.copy()
    prints[ringed] = widened(marks[ringed], radius[ringed])
    return prints


def _shares(prints: Geometries, ground: Geometries) -> NDArray[np.float64]:
    """Give the share of each footprint that lies in its polygon; of a point or a line, 1 where it is covered."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    shares = np.asarray(shapely.covers(ground, prints), dtype=float)
    partly = np.flatnonzero((shares == 0) & (shapely.get_dimensions(prints) == 2))
    shares[partly] = _areas(shapely.intersection(prints[partly], ground[partly])) / _areas(prints[partly])
    return shares


def _areas(shapes: Geometries) -> Any:
    """Give areas in square metres."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415
    from pyproj import Transformer  # noqa: PLC0415

    flat = Transformer.from_crs(CRS, _EQUAL_AREA, always_xy=True).transform
    fine = shapely.segmentize(shapes, _STEP)
    return shapely.area(shapely.transform(fine, lambda xy: np.column_stack(flat(xy[:, 0], xy[:, 1]))))
