"""The one table of formats: suffix -> writer and reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import SourceError, UsageError
from mapper.formats.aside import written_aside
from mapper.formats.geojson import dump_geojson, dump_jsonl, read_geojson, read_jsonl
from mapper.formats.ogr import read_ogr, write_fgb, write_gpkg
from mapper.formats.parquet import read_parquet, write_parquet
from mapper.formats.table import dump_csv
from mapper.frames import LAYER_NAMES, Layers, coerce, layer_of, validate

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping
    from typing import TextIO

    import geopandas as gpd
    import pandas as pd

    Frames = Mapping[str, gpd.GeoDataFrame]

__all__ = ["FOLDER_FILES", "FORMATS", "Format", "dump", "read", "write", "write_folder"]

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
    """

    name: str
    write: Callable[[Frames, Path], None]
    read: Callable[[Path], Mapping[str, pd.DataFrame]] | None = None
    dump: Callable[[gpd.GeoDataFrame, TextIO, str], None] | None = None
    many: bool = False


def _text_format(
    name: str,
    dump: Callable[[gpd.GeoDataFrame, TextIO, str], None],
    read: Callable[[Path], Mapping[str, pd.DataFrame]] | None = None,
) -> Format:
    def write_text(frames: Frames, path: Path) -> None:
        ((layer, frame),) = frames.items()
        with path.open("w", encoding="utf-8", newline="") as stream:
            dump(frame, stream, layer)

    return Format(name, write=write_text, read=read, dump=dump)


def _single(read: Callable[[Path], pd.DataFrame]) -> Callable[[Path], Mapping[str, pd.DataFrame]]:
    return lambda path: {"": read(path)}


FORMATS: Mapping[str, Format] = {
    ".gpkg": Format("GeoPackage", write=write_gpkg, read=read_ogr, many=True),
    ".geojson": _text_format("GeoJSON", lambda f, s, name: dump_geojson(f, s, name=name), _single(read_geojson)),
    ".parquet": Format("GeoParquet", write=write_parquet, read=_single(read_parquet)),
    ".fgb": Format("FlatGeobuf", write=write_fgb, read=read_ogr),
    ".csv": _text_format("CSV", lambda f, s, _: dump_csv(f, s)),
    ".jsonl": _text_format("JSON lines", lambda f, s, _: dump_jsonl(f, s), _single(read_jsonl)),
}


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
    """
    path = Path(path)
    form = _format(path.suffix)
    frames = _chosen(what, path, form, layer)
    with written_aside(path) as aside:
        form.write(frames, aside)
    return path


def dump(what: Layers | gpd.GeoDataFrame, stream: TextIO, suffix: str, *, layer: str | None = None) -> None:
    """Write one layer to an open text stream, such as standard output (.geojson, .csv or .jsonl).

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


def read(path: str | os.PathLike[str]) -> Layers:
    """Read layers back from a file, or from an output folder.

    Parameters
    ----------
    path
        .gpkg, .geojson, .parquet, .fgb or .jsonl, or a folder with incidents.geojson (and the other layers beside it).

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
    """
    path = Path(path)
    if path.is_dir():
        found = _read_folder(path)
    else:
        form = _format(path.suffix)
        if form.read is None:
            raise UsageError(
                f"{form.name} cannot be read back", hint=f"use {_known(readable=True)} or an output folder"
            )
        if not path.is_file():
            raise SourceError(f"{path} does not exist", hint="check the path")
        found = _by_layer(path, form.read(path))
    layers = Layers(**{name: coerce(name, found.get(name)) for name in LAYER_NAMES})
    validate(layers)
    return layers


def _read_folder(folder: Path) -> dict[str, pd.DataFrame]:
    if not (folder / FOLDER_FILES["incidents"]).is_file():
        raise SourceError(
            f"{folder} has no {FOLDER_FILES['incidents']}", hint="name a folder that `mapper map ... -o` wrote"
        )
    readers = {".geojson": read_geojson, ".jsonl": read_jsonl}
    paths = {layer: folder / file for layer, file in FOLDER_FILES.items() if (folder / file).is_file()}
    return {layer: readers[path.suffix](path) for layer, path in paths.items()}


def _by_layer(path: Path, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Find out which layer each table is: by its name, else by its columns, else (empty ones) by the file's name."""
    found = {}
    for name, table in tables.items():
        layer = name if name in LAYER_NAMES else layer_of(table.columns)
        if layer is None and table.empty:
            layer = path.stem if path.stem in LAYER_NAMES else "incidents"
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


def _format(suffix: str) -> Format:
    form = FORMATS.get(suffix.lower())
    if form is None:
        raise UsageError(f"no format for the suffix {suffix!r}", hint=f"use {_known()}")
    return form


def _known(*, readable: bool = False) -> str:
    return ", ".join(suffix for suffix, form in FORMATS.items() if form.read is not None or not readable)
