"""GeoPackage and FlatGeobuf, and what else goes through GDAL (pyogrio)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mapper.errors import OutputError, SourceError
from mapper.formats.columns import PlainColumn, plain_columns, text_values, wgs84
from mapper.formats.styles import STYLES_TABLE, style_columns
from mapper.frames.schema import CRS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

__all__ = ["GeoPackage", "read_ogr", "write_fgb", "write_gpkg", "write_layer"]

_GPKG_VERSION = "1.2"  # what every GIS in use reads without a warning (GDAL 3.6, in Debian 12, warns of 1.4)
_SYNCHRONOUS = "OGR_SQLITE_SYNCHRONOUS"  # the file is nobody's until it is whole: no need to wait for the disk
_GEOMETRY = "wkb_geometry"  # of the stream to GDAL; no column of a layer has this name
_FEW = 1_000  # rows that are written as soon without pyarrow as pyarrow is imported
_CLOCK = "OGR_CURRENT_DATE"  # GDAL's own option for the time of a GeoPackage's `last_change`


def write_gpkg(frames: Mapping[str, gpd.GeoDataFrame], path: Path) -> None:
    """Write each frame as a layer of one GeoPackage, empty ones too; see `GeoPackage`."""
    package = GeoPackage(path)
    package.add(frames)
    package.close()


class GeoPackage:
    """A GeoPackage whose layers may come part by part; it is whole when it is closed.

    Dates are of OGR's type Date, whole numbers Integer64 with nulls, lists JSON text. Reports, which are nowhere,
    become an attribute table. A table of styles, as QGIS keeps it, shows the layers in the colours of the map. The time
    of writing, which the format wants in its table of contents, is always the same one, so that the same layers give
    the same bytes.

    Parameters
    ----------
    path
        Of the file; there is none yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._layers: list[str] = []

    def add(self, frames: Mapping[str, gpd.GeoDataFrame]) -> None:
        """Write rows of layers: a layer that is new is made, even for no rows, and the others grow."""
        with _still_clock():
            for name, frame in frames.items():
                if name not in self._layers or len(frame):
                    self._write(name, frame)

    def _write(self, name: str, frame: gpd.GeoDataFrame) -> None:
        options: dict[str, Any] = {"append": name in self._layers}
        if not self._layers:
            options["dataset_options"] = {"VERSION": _GPKG_VERSION}  # said once, as the file is made
        shapes = wgs84(frame) if name != "reports" else None
        write_layer(self._path, plain_columns(frame), shapes, layer=name, driver="GPKG", **options)
        if name not in self._layers:
            self._layers.append(name)

    def close(self) -> None:
        """Write the table of styles."""
        styles = style_columns(self._layers)
        if styles:
            identity: dict[str, Any] = {"layer_options": {"FID": "id"}}
            with _still_clock():
                write_layer(self._path, styles, None, layer=STYLES_TABLE, driver="GPKG", append=True, **identity)


@contextmanager
def _still_clock() -> Iterator[None]:
    import pyogrio  # noqa: PLC0415

    pyogrio.set_gdal_config_options({_CLOCK: "1970-01-01T00:00:00.000Z", _SYNCHRONOUS: "OFF"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_CLOCK: None, _SYNCHRONOUS: None})


def write_fgb(frames: Mapping[str, gpd.GeoDataFrame], path: Path) -> None:
    """Write one frame as FlatGeobuf, types as in `write_gpkg`."""
    ((name, frame),) = frames.items()
    shapes = wgs84(frame)
    # The spatial index of a FlatGeobuf has no room for rows without a geometry.
    options = {} if len(frame) and all(shape is not None for shape in shapes) else {"SPATIAL_INDEX": "NO"}
    write_layer(path, plain_columns(frame), shapes, layer=name, driver="FlatGeobuf", layer_options=options)
    _read_over(path, len(frame))


def _read_over(path: Path, rows: int) -> None:
    """Read a file's rows over, without their values: GDAL says nothing when the disk fills up at its end.

    Raises
    ------
    OutputError
        The file is cut short.
    """
    import pyogrio  # noqa: PLC0415

    try:
        found = len(pyogrio.raw.read(path, columns=[], read_geometry=False, return_fids=True)[1]) if rows else 0
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError):
        found = -1
    if found != rows:
        raise OutputError("cannot write all of the file", hint="choose a folder with space left")


def write_layer(
    path: Path,
    columns: Sequence[PlainColumn],
    shapes: Any | None,
    *,
    layer: str,
    driver: str,
    geometry_type: str = "Unknown",
    **options: Any,
) -> None:
    """Write columns, and geometries where the layer has them, as a layer of a file.

    Parameters
    ----------
    shapes
        Geometries in EPSG:4326, one a row; None makes a table without geometry.
    geometry_type
        Of the layer, as OGR names it; "Unknown" holds any.
    options
        Of `pyogrio.raw.write`.

    Raises
    ------
    OutputError
        GDAL cannot write it.
    """
    import pyogrio  # noqa: PLC0415  (slow imports, only when such a file is written)
    import shapely  # noqa: PLC0415

    located = shapes is not None
    wkb: Any = shapely.to_wkb(shapes) if located else None
    same = {"layer": layer, "driver": driver, "geometry_type": geometry_type if located else None}
    same |= {"crs": CRS if located else None, **options}
    promote = bool(same.pop("promote_to_multi", False))  # which GDAL does not do for Arrow
    pa = _pyarrow() if located and len(wkb) > _FEW and not promote else None
    try:
        if pa is not None:
            pyogrio.write_arrow(_arrow_table(pa, columns, wkb), path, geometry_name=_GEOMETRY, **same)
            return
        arrays = [_array(column) for column in columns]
        pyogrio.raw.write(
            path,
            geometry=wkb,
            field_data=[data for data, _ in arrays],
            field_mask=[mask for _, mask in arrays],
            fields=[column.name for column in columns],
            promote_to_multi=promote,
            **same,
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        raise OutputError(
            f"GDAL cannot write the {layer} layer ({error})",
            hint="choose a folder that you may write to, with space left",
        ) from error


def _pyarrow() -> Any | None:
    """Give pyarrow where it is installed: GDAL takes whole columns through it, in a third of the time."""
    try:
        import pyarrow as pa  # noqa: PLC0415  (optional)
    except ImportError:
        return None
    return pa


def _arrow_table(pa: Any, columns: Sequence[PlainColumn], wkb: Any) -> Any:
    from mapper.formats.parquet import arrow_column  # noqa: PLC0415

    fields = {column.name: arrow_column(pa, column, lists=False) for column in columns}
    geometry = pa.field(_GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "ogc.wkb"})
    table = pa.table(fields)
    return table.append_column(geometry, pa.array(wkb.tolist(), type=pa.binary()))


def _array(column: PlainColumn) -> tuple[Any, Any]:
    """Give a column as the array and the mask of nulls that GDAL's types want."""
    import numpy as np  # noqa: PLC0415

    values = text_values(column)
    null = np.array([v is None for v in values], dtype=bool)
    if column.kind in ("int", "bool"):
        data = np.array([0 if v is None else v for v in values], dtype="int64" if column.kind == "int" else bool)
        return data, null
    if column.kind == "float":
        return np.array([np.nan if v is None else v for v in values], dtype=float), None
    if column.kind in ("date", "datetime"):
        unit = "D" if column.kind == "date" else "ms"
        return np.array(
            ["NaT" if v is None else v.removesuffix("Z") for v in values], dtype=f"datetime64[{unit}]"
        ), None
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    return texts, None


def read_ogr(path: Path) -> dict[str, pd.DataFrame]:
    """Read those layers of a file that have one of our names, or the only one whatever its name.

    Raises
    ------
    SourceError
        GDAL cannot read the file.
    """
    import pyogrio  # noqa: PLC0415

    try:
        found = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        ours = [name for name in found if name in SCHEMA] or found[:1]
        return {name: pyogrio.read_dataframe(path, layer=name) for name in ours}
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise SourceError(f"{path} cannot be read", hint="check that it is a whole file of that format") from error
