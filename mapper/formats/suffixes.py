"""The one table of formats: suffix -> writer and reader; a double suffix (.acled.csv) goes before its last part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import SourceError, UsageError
from mapper.formats.aside import written_aside
from mapper.formats.excel import read_xlsx, write_xlsx
from mapper.formats.geojson import (
    dump_geojson,
    dump_geojsonl,
    dump_jsonl,
    read_geojson,
    read_geojsonl,
    read_jsonl,
)
from mapper.formats.kml import write_kml, write_kmz
from mapper.formats.kml_reading import read_kml, read_kmz
from mapper.formats.losses import warn_rows
from mapper.formats.ogr import read_ogr, write_fgb, write_gpkg
from mapper.formats.parquet import read_parquet, write_parquet
from mapper.formats.schemes import SCHEMES, dump_scheme
from mapper.formats.schemes.reading import read_scheme, scheme_of
from mapper.formats.shapefile import BESIDE_SHP, STALE_SHP, read_shp, write_shp
from mapper.formats.table import CSV_ENCODING, dump_csv, read_csv
from mapper.frames import LAYER_NAMES, Layers, coerce, layer_of, validate

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Mapping
    from typing import TextIO

    import geopandas as gpd
    import pandas as pd

    from mapper.gazetteer import Gazetteer
    from mapper.records import Failure

    Frames = Mapping[str, gpd.GeoDataFrame]

__all__ = ["FOLDER_FILES", "FORMATS", "Format", "dump", "format_lines", "read", "write", "write_folder"]

FOLDER_FILES = {
    "incidents": "incidents.geojson",
    "places": "places.geojson",
    "zones": "zones.geojson",
    "reports": "reports.jsonl",
}
"""The files of an output folder, by layer; beside them stands incidents.gpkg with all layers."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write layers to a file, and to read them back.

    Attributes
    ----------
    name
        For people.
    write
        Writes the frames, by layer name, to a path.
    read
        Reads the tables of a path, by layer name; None where there is no way back.
    dump
        Writes one frame to a text stream; None where the format is not text.
    many
        Whether one file holds all layers; others hold one.
    about
        What is particular about it.
    beside
        Endings of files that are written beside the one that is named.
    stale
        Endings of files that are untrue once it is replaced.
    """

    name: str
    write: Callable[[Frames, Path], None]
    read: Callable[[Path], Mapping[str, pd.DataFrame]] | None = None
    dump: Callable[[gpd.GeoDataFrame, TextIO, str], None] | None = None
    many: bool = False
    about: str = ""
    beside: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


def _text_format(
    name: str,
    dump: Callable[[gpd.GeoDataFrame, TextIO, str], None],
    read: Callable[[Path], Mapping[str, pd.DataFrame]] | None = None,
    about: str = "",
    encoding: str = "utf-8",
) -> Format:
    def write_text(frames: Frames, path: Path) -> None:
        ((layer, frame),) = frames.items()
        with path.open("w", encoding=encoding, newline="") as stream:
            dump(frame, stream, layer)

    return Format(name, write=write_text, read=read, dump=dump, about=about)


def _single(read: Callable[[Path], pd.DataFrame]) -> Callable[[Path], Mapping[str, pd.DataFrame]]:
    return lambda path: {"": read(path)}


def _scheme(key: str) -> Format:
    name = f"{SCHEMES[key].name}-like CSV"
    return _text_format(name, lambda f, s, _: dump_scheme(f, s, key), about="the incidents, one a row")


_FEATURES = _text_format("GeoJSON features", lambda f, s, _: dump_geojsonl(f, s), _single(read_geojsonl), "one a line")

FORMATS: Mapping[str, Format] = {
    ".gpkg": Format("GeoPackage", write=write_gpkg, read=read_ogr, many=True, about="coloured in QGIS"),
    ".geojson": _text_format("GeoJSON", lambda f, s, name: dump_geojson(f, s, name=name), _single(read_geojson)),
    ".geojsonl": _FEATURES,
    ".ndjson": _FEATURES,
    ".parquet": Format("GeoParquet", write=write_parquet, read=_single(read_parquet), about="extra `parquet`"),
    ".fgb": Format("FlatGeobuf", write=write_fgb, read=read_ogr),
    ".shp": Format(
        "Shapefile",
        write=write_shp,
        read=read_shp,
        about="its short names are explained in a .columns.csv beside it",
        beside=BESIDE_SHP,
        stale=STALE_SHP,
    ),
    ".kml": Format("KML", write=write_kml, read=read_kml, many=True, about="with time spans"),
    ".kmz": Format("KMZ", write=write_kmz, read=read_kmz, many=True, about="KML, zipped"),
    ".xlsx": Format("Excel", write=write_xlsx, read=read_xlsx, many=True, about="extra `excel`"),
    ".csv": _text_format(
        "CSV", lambda f, s, _: dump_csv(f, s), _single(read_csv), "with lat, lon and wkt", CSV_ENCODING
    ),
    ".hxl.csv": _text_format(
        "HXL", lambda f, s, _: dump_csv(f, s, hxl=True), _single(read_csv), "CSV with a row of tags", CSV_ENCODING
    ),
    **{f".{key}.csv": _scheme(key) for key in SCHEMES},
    ".jsonl": _text_format("JSON lines", lambda f, s, _: dump_jsonl(f, s), _single(read_jsonl)),
}


def format_lines() -> list[tuple[str, str]]:
    """Say what each suffix is: the format, what is particular about it, and whether a file holds all layers."""
    return [(suffix, _said(form)) for suffix, form in FORMATS.items()]


def _said(form: Format) -> str:
    return f"{form.name}{form.about and f' ({form.about})'}{': all layers' if form.many else ''}"


def write(what: Layers | gpd.GeoDataFrame, path: str | os.PathLike[str], *, layer: str | None = None) -> Path:
    """Write layers, or one GeoDataFrame, to a file; the format by its suffix.

    Parameters
    ----------
    what
        Layers go whole into a format that holds several (.gpkg); into others goes one of them. A GeoDataFrame of one's
        own may have any columns and any CRS; it is written in EPSG:4326.
    path
        With a suffix of `FORMATS`. An existing file is replaced, whole.
    layer
        The layer to write; by default all of them, or incidents where a file holds one.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    UsageError
        The suffix or the layer is not known.
    OutputError
        The file cannot be written; what was there before is still there.
    MissingExtraError
        The format needs an optional package.

    Warns
    -----
    LossWarning
        The format cannot hold all of the layer; what is lost is said.
    """
    path = Path(path)
    form = _format(path.name)
    frames = _chosen(what, path, form, layer)
    with written_aside(path, beside=form.beside, stale=form.stale) as aside:
        form.write(frames, aside)
    return path


def dump(what: Layers | gpd.GeoDataFrame, stream: TextIO, suffix: str, *, layer: str | None = None) -> None:
    """Write one layer to an open text stream, such as standard output (.geojson, .csv, .jsonl and the like).

    Raises
    ------
    UsageError
        The suffix is not one of a text format, or the layer is not known.
    """
    form = _format(suffix)
    if form.dump is None:
        raise UsageError(f"{form.name} is not text", hint="write it to a file")
    ((name, frame),) = _chosen(what, Path(f"layer{suffix}"), form, layer).items()
    form.dump(frame, stream, name)


def write_folder(layers: Layers, folder: str | os.PathLike[str]) -> dict[str, Path]:
    """Write the files of an output folder: one for each layer, and incidents.gpkg with all of them.

    Returns
    -------
    dict
        Names of the files -> their paths.
    """
    folder = Path(folder)
    written = {file: write(layers, folder / file, layer=layer) for layer, file in FOLDER_FILES.items()}
    return written | {"incidents.gpkg": write(layers, folder / "incidents.gpkg")}


def read(
    path: str | os.PathLike[str],
    *,
    only: Collection[str] = LAYER_NAMES,
    gazetteer: Gazetteer | None = None,
    on_failure: Callable[[Failure], object] | None = None,
) -> Layers:
    """Read layers back from a file, or from an output folder; or the incidents of ACLED, UCDP GED, GTD or GDELT.

    Parameters
    ----------
    path
        A file of a format in `FORMATS` that has a reader, a file in one of the schemes (known by its header, see
        `read_scheme`), or a folder with incidents.geojson (and the other layers beside it).
    only
        Layers to read of a folder, which has a file for each; the others stay empty.
    gazetteer
        For the areas of a scheme's file; default: the one that ships with the package.
    on_failure
        Called with each row of a scheme's file that could not be used, or not in full. Without it a `RowWarning` says
        how many.

    Returns
    -------
    Layers
        With the types of the schema; layers that the file does not hold are empty.

    Raises
    ------
    UsageError
        The suffix is not known, or the format cannot be read back.
    SourceError
        The file is missing or broken, or holds none of the layers.
    LayerError
        A layer lacks a required column, or holds values or geometries that it must not.

    Warns
    -----
    RowWarning
        Rows of a scheme's file could not be used, and nobody is told by `on_failure`.
    """
    path = Path(path)
    scheme = scheme_of(path)
    if scheme is not None:
        return _read_coded(path, scheme, gazetteer, on_failure)
    if path.is_dir():
        found = _read_folder(path, only)
    else:
        form = _readable(path)
        if not path.is_file():
            raise SourceError(f"{path} does not exist", hint="check the path")
        if form.read is None:
            raise UsageError(
                f"{form.name} cannot be read back", hint=f"use {_known(readable=True)} or an output folder"
            )
        found = _by_layer(path, form.read(path))
    layers = Layers(**{name: coerce(name, found.get(name)) for name in LAYER_NAMES})
    validate(layers)
    return layers


def _read_coded(
    path: Path, scheme: str, gazetteer: Gazetteer | None, on_failure: Callable[[Failure], object] | None
) -> Layers:
    from mapper.gazetteer import open_gazetteer  # noqa: PLC0415  (only such files need one)

    coded = read_scheme(path, gazetteer or open_gazetteer(), scheme=scheme)
    if on_failure is not None:
        for failure in coded.failures:
            on_failure(failure)
    elif coded.failures:
        first, others = coded.failures[0], len(coded.failures) - 1
        more = f" (and {others} more such lines; give on_failure to see them)" if others else ""
        warn_rows(f"{first.source}: {first.reason}{more}")
    return coded.layers


def _read_folder(folder: Path, only: Collection[str]) -> dict[str, pd.DataFrame]:
    if not (folder / FOLDER_FILES["incidents"]).is_file():
        raise SourceError(
            f"{folder} has no {FOLDER_FILES['incidents']}", hint="name a folder that `mapper map ... -o` wrote"
        )
    readers = {".geojson": read_geojson, ".jsonl": read_jsonl}
    wanted = {layer: folder / file for layer, file in FOLDER_FILES.items() if layer in only}
    paths = {layer: path for layer, path in wanted.items() if path.is_file()}
    return {layer: readers[path.suffix](path) for layer, path in paths.items()}


def _by_layer(path: Path, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Find out which layer each table is: by its name, else by its columns, else (empty ones) by the file's name."""
    found = {}
    for name, table in tables.items():
        layer = name if name in LAYER_NAMES else layer_of(table.columns)
        if layer is None and set(table.columns) <= {"geometry"}:
            layer = next((n for n in (name, *path.name.split(".")[:1]) if n in LAYER_NAMES), "incidents")
        if layer is None:
            raise SourceError(
                f"{path} holds none of the layers {', '.join(LAYER_NAMES)}",
                hint="use a file that mapper wrote, or give the table the columns of one of them",
            )
        found[layer] = table
    return found


def _chosen(what: Layers | gpd.GeoDataFrame, path: Path, form: Format, layer: str | None) -> Frames:
    if not isinstance(what, Layers):
        return {layer or layer_of(what.columns) or path.stem: what}
    if layer is not None and layer not in LAYER_NAMES:
        raise UsageError(f"there is no layer {layer!r}", hint=f"use {', '.join(LAYER_NAMES)}")
    if form.many and layer is None:
        return dict(what.items())
    name = layer or "incidents"
    return {name: getattr(what, name)}


def _format(name: str) -> Format:
    """Find the format of a file by its name, or of a suffix."""
    suffixes = Path(f"x{name}" if name.startswith(".") else name).suffixes
    for parts in (suffixes[-2:], suffixes[-1:]):
        form = FORMATS.get("".join(parts).lower())
        if form is not None:
            return form
    raise UsageError(f"no format for the suffix {''.join(suffixes[-1:])!r}", hint=f"use {_known()}")


def _readable(path: Path) -> Format:
    try:
        return _format(path.name)
    except UsageError as error:
        if not path.is_file():
            raise
        first = f"map reports first (mapper map {path.name} -o out) and name the folder"
        raise UsageError(f"{path} is no file of incidents", hint=f"{first}; or use {_known(readable=True)}") from error


def _known(*, readable: bool = False) -> str:
    return ", ".join(suffix for suffix, form in FORMATS.items() if form.read is not None or not readable)
