"""Files of layers that come part by part, so that the layers never stand in memory as a whole."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mapper.errors import UsageError
from mapper.formats.geojson import dump_jsonl, feature_collection
from mapper.formats.ogr import GeoPackage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mapper.frames import Layers

__all__ = ["written_in_parts"]


@contextmanager
def written_in_parts(path: Path, *, layer: str | None = None) -> Iterator[Callable[[Layers], None]]:
    """Open a file for layers that come part by part; it is whole when the block has ended.

    The file is written where it is named, not aside. The rows are the same as those of `write` with all parts in one.

    Parameters
    ----------
    path
        With the suffix .geojson, .jsonl (both hold one layer) or .gpkg (all of them).
    layer
        The layer to write, for a file that holds one.

    Yields
    ------
    callable
        Takes the next part.

    Raises
    ------
    UsageError
        For another suffix, or no layer where one is needed.
    OutputError
        When the file cannot be written.
    """
    if path.suffix == ".gpkg" and layer is None:
        package = GeoPackage(path)
        yield lambda part: package.add(dict(part.items()))
        package.close()
        return
    if path.suffix not in {".geojson", ".jsonl"} or layer is None:
        raise UsageError(f"{path.suffix} cannot be written part by part", hint="use .geojson, .jsonl or .gpkg")
    with path.open("w", encoding="utf-8", newline="") as stream:
        if path.suffix == ".jsonl":
            yield lambda part: dump_jsonl(getattr(part, layer), stream)
        else:
            with feature_collection(stream, name=layer) as add:
                yield lambda part: add(getattr(part, layer))
