"""KML and KMZ as `mapper` writes them, read back into tables; whatever a file holds, it is not trusted."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from mapper.errors import SourceError
from mapper.formats.kml import NAMESPACE

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["read_kml", "read_kmz"]

_K: Final = f"{{{NAMESPACE}}}"
_MOST_BYTES: Final = 2**30
"""Of a document: far more than any reader of KML can show, and less than a small zip can be made to unfold into."""
_CHUNK: Final = 2**20

Tables = dict[str, list[dict[str, Any]]]


def read_kml(path: Path) -> dict[str, pd.DataFrame]:
    """Read the folders of a KML document that hold placemarks, by name, with their ExtendedData as columns.

    Raises
    ------
    SourceError
        It is no KML, it defines entities (no KML needs them; they are a way to fill a memory), it is larger than one
        GiB, or a geometry is malformed.
    """
    with path.open("rb") as stream:
        return _read(path, stream)


def read_kmz(path: Path) -> dict[str, pd.DataFrame]:
    """Read the first KML document of a zip; see `read_kml`."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
            if not names:
                raise SourceError(f"{path} holds no KML", hint="check that it is a whole .kmz file")
            with archive.open(names[0]) as stream:
                return _read(path, stream)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise SourceError(f"{path} is not a KMZ file", hint="check that it is whole and has no password") from error


def _read(path: Path, stream: IO[bytes]) -> dict[str, pd.DataFrame]:
    import pandas as pd  # noqa: PLC0415  (slow imports, only when such a file is read)
    import shapely  # noqa: PLC0415

    tables: Tables = {}
    try:
        _parse(path, stream, tables)
        return {
            name: pd.DataFrame(
                {column: pd.Series([row.get(column) for row in rows], dtype=object) for column in _columns(rows)}
            )
            for name, rows in tables.items()
        }
    except (ET.ParseError, ValueError, LookupError, shapely.errors.ShapelyError) as error:
        raise SourceError(f"{path} is not valid KML ({error})", hint="check that it is a whole file") from error


def _columns(rows: list[dict[str, Any]]) -> dict[str, None]:
    """Name the columns of a table; null cells are not in a file, so no row need have them all."""
    return dict.fromkeys(name for row in rows for name in row) or {"geometry": None}


def _parse(path: Path, stream: IO[bytes], tables: Tables) -> None:
    """Walk the document as it comes; a placemark is dropped from memory once it is read."""
    parser: Any = ET.XMLPullParser(("start", "end"))
    folders: list[str] = []
    parents: list[ET.Element] = []
    seen, before = 0, b""
    while chunk := stream.read(_CHUNK):
        if not seen and b"\0" in chunk[:4]:
            raise ValueError("it is not in UTF-8")  # in UTF-16 the words below would not be found
        seen += len(chunk)
        if seen > _MOST_BYTES:
            raise SourceError(f"{path} is larger than one GiB", hint="split it, or use a GeoPackage")
        if b"<!DOCTYPE" in before[-16:] + chunk:
            raise SourceError(f"{path} defines entities, which is not safe to read", hint="remove its DOCTYPE")
        before = chunk
        parser.feed(chunk)
        for event, element in parser.read_events():
            if event == "start":
                parents.append(element)
                continue
            parents.pop()
            _take(element, parents, folders, tables)
    parser.close()


def _take(element: ET.Element, parents: list[ET.Element], folders: list[str], tables: Tables) -> None:
    within = parents[-1] if parents else None
    if element.tag == f"{_K}name" and within is not None and within.tag == f"{_K}Folder":
        folders[:] = [element.text or ""]
        tables.setdefault(folders[0], [])
    elif element.tag == f"{_K}Placemark":
        tables.setdefault(folders[0] if folders else "", []).append(_row(element))
        if within is not None:
            within.remove(element)
    elif not parents and element.tag != f"{_K}kml":
        raise ValueError(f"its root is {element.tag}")


def _row(placemark: ET.Element) -> dict[str, Any]:
    told = f"{_K}ExtendedData"
    row: dict[str, Any] = {
        data.get("name", ""): data.text or "" for data in placemark.iterfind(f"{told}/{_K}SchemaData/{_K}SimpleData")
    }
    row |= {data.get("name", ""): data.findtext(f"{_K}value") for data in placemark.iterfind(f"{told}/{_K}Data")}
    shapes = [shape for shape in map(_shape, placemark) if shape is not None]
    row["geometry"] = shapes[0] if shapes else None
    return row


def _shape(element: ET.Element) -> Any:
    """Give the geometry of an element, None where it is none."""
    import shapely  # noqa: PLC0415

    kind = element.tag.removeprefix(_K)
    if kind == "Point":
        return shapely.Point(_points(element)[0])
    if kind == "LineString":
        return shapely.LineString(_points(element))
    if kind == "Polygon":
        outer, *inner = (
            _points(ring)
            for side in ("outerBoundaryIs", "innerBoundaryIs")
            for ring in element.iterfind(f"{_K}{side}/{_K}LinearRing")
        )
        return shapely.Polygon(outer, inner)
    if kind == "MultiGeometry":
        parts = [part for part in map(_shape, element) if part is not None]
        kinds = {part.geom_type for part in parts}
        whole: dict[str, Any] = {
            "Point": shapely.MultiPoint,
            "LineString": shapely.MultiLineString,
            "Polygon": shapely.MultiPolygon,
        }
        one = whole.get(kinds.pop()) if len(kinds) == 1 else None
        return one(parts) if one else shapely.GeometryCollection(parts)
    return None


def _points(element: ET.Element) -> list[tuple[float, float]]:
    """Give longitudes and latitudes, which is KML's order too; heights are left out."""
    words = (element.findtext(f"{_K}coordinates") or "").split()
    return [(float(lon), float(lat)) for lon, lat, *_ in (word.split(",") for word in words)]
