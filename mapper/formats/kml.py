"""KML 2.2 and KMZ: for Google Earth and its kin, with time spans, so that their time slider works.

A layer is a folder, a row a placemark: what people look at (name, description, time, colour) as KML has it, and every
column as typed ExtendedData, so that the file reads back. Google Earth takes descriptions for HTML and fetches the
icons that a file names: text of reports is escaped twice, and no address of an image is written.
"""

from __future__ import annotations

import json
import zipfile
from html import escape as html_escape
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from mapper.errors import OutputError
from mapper.formats.columns import DECIMALS, PlainColumn, plain_columns, text_values, wgs84
from mapper.formats.styles import COLOURS, OTHER_COLOUR
from mapper.frames.schema import SCHEMA
from mapper.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

    import geopandas as gpd

__all__ = ["DOCUMENT_IN_KMZ", "NAMESPACE", "write_kml", "write_kmz"]

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
DOCUMENT_IN_KMZ: Final = "doc.kml"

_TYPES: Final = {"int": "int", "float": "double", "bool": "bool"}
_LONG: Final = 2**31  # KML's int has 32 bits
_OLDEST: Final = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # what a zip can say; always the same, so that the same layers give the same bytes
_BREAKS: Final = {"\r": "&#13;", "\ufffe": "\ufffd", "\uffff": "\ufffd"}  # what XML would change, or cannot hold
_AREA_ALPHA: Final = "40"


def write_kml(frames: Mapping[str, gpd.GeoDataFrame], path: Path) -> None:
    """Write each frame as a folder of one KML document; incidents are shown, other layers of ours begin hidden."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        _write(frames, stream, typed=True)


def write_kmz(frames: Mapping[str, gpd.GeoDataFrame], path: Path) -> None:
    """Write the document of `write_kml`, zipped.

    Its ExtendedData is untyped: GDAL looks for no schema in a KMZ, and would show no columns at all.
    """
    import io  # noqa: PLC0415  (only here)

    entry = zipfile.ZipInfo(DOCUMENT_IN_KMZ, _OLDEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    try:
        with (
            zipfile.ZipFile(path, "w", allowZip64=False) as archive,  # which readers of KMZ do not know
            archive.open(entry, "w") as raw,
            io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as stream,
        ):
            _write(frames, stream, typed=False)
    except (zipfile.LargeZipFile, RuntimeError) as error:
        raise OutputError(f"the layers are too large for a KMZ ({error})", hint="use a GeoPackage") from error


def _write(frames: Mapping[str, gpd.GeoDataFrame], stream: TextIO, *, typed: bool) -> None:
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{NAMESPACE}">\n<Document>\n')
    stream.writelines(_styles())
    prepared = {layer: plain_columns(frame) for layer, frame in frames.items()}
    schemas = {layer: f"schema-{number}" for number, layer in enumerate(prepared)} if typed else {}
    stream.writelines(_schema(schema, layer, prepared[layer]) for layer, schema in schemas.items())
    for layer, columns in prepared.items():
        shown = layer == "incidents" or layer not in SCHEMA or len(prepared) == 1
        stream.write(f"<Folder>\n<name>{_text(layer)}</name>\n")
        shapes = wgs84(frames[layer], decimals=DECIMALS)
        stream.writelines(_placemarks(columns, shapes, schemas.get(layer), shown=shown))
        stream.write("</Folder>\n")
    stream.write("</Document>\n</kml>\n")


def _text(text: str) -> str:
    return escape(text, _BREAKS)


def _styles() -> Iterator[str]:
    for kind, colour in {**COLOURS, "other": OTHER_COLOUR}.items():
        bgr = colour[5:7] + colour[3:5] + colour[1:3]  # KML writes colours as alpha, blue, green, red
        yield (
            f'<Style id="{kind}"><IconStyle><color>ff{bgr}</color></IconStyle><LineStyle><color>ff{bgr}</color>'
            f"<width>1.5</width></LineStyle><PolyStyle><color>{_AREA_ALPHA}{bgr}</color></PolyStyle>"
            # Without this a balloon is a table of all columns, in which Google Earth would run what looks like HTML.
            "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n"
        )


def _schema(identity: str, layer: str, columns: list[PlainColumn]) -> str:
    fields = "".join(
        f'<SimpleField type="{_type(column)}" name={quoteattr(column.name, _BREAKS)}/>' for column in columns
    )
    return f'<Schema id="{identity}" name={quoteattr(layer, _BREAKS)}>{fields}</Schema>\n'


def _type(column: PlainColumn) -> str:
    if column.kind == "int" and any(cell is not None and not -_LONG <= cell < _LONG for cell in column.cells):
        return "string"
    return _TYPES.get(column.kind, "string")


def _placemarks(columns: list[PlainColumn], shapes: Any, schema: str | None, *, shown: bool) -> Iterator[str]:
    import shapely  # noqa: PLC0415  (slow import, only when such a file is written)

    names = [quoteattr(column.name, _BREAKS) for column in columns]
    cells = [text_values(column) for column in columns]
    keys = [column.name for column in columns]
    geometries = shapely.to_geojson(shapes).tolist()
    pattern = "<SimpleData name=%s>%s</SimpleData>" if schema else "<Data name=%s><value>%s</value></Data>"
    whole = f'<SchemaData schemaUrl="#{schema}">%s</SchemaData>' if schema else "%s"
    visible = "" if shown else "<visibility>0</visibility>"
    for values, geometry in zip(zip(*cells, strict=True), geometries, strict=True):
        row = dict(zip(keys, values, strict=True))
        data = "".join(
            pattern % (name, _text(_cell(value)))
            for name, value in zip(names, values, strict=True)
            if value is not None
        )
        drawn = _geometry(json.loads(geometry)) if isinstance(geometry, str) else ""
        yield (
            f'<Placemark><name>{_text(_name(row))}</name>{visible}<Snippet maxLines="0"/>'
            f"<description>{_text(_description(row))}</description>{_time(row)}<styleUrl>#{_style(row)}</styleUrl>"
            f"<ExtendedData>{whole % data}</ExtendedData>{drawn}</Placemark>\n"
        )


def _cell(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _name(row: Mapping[str, Any]) -> str:
    keys = ("place_name", "name", "toponym", "title", "event_type", "doc_id")
    return next((str(row[key]) for key in keys if row.get(key)), "")


def _style(row: Mapping[str, Any]) -> str:
    return row["event_type"] if row.get("event_type") in COLOURS else "other"


def _description(row: Mapping[str, Any]) -> str:
    """Give the balloon's HTML: what happened, when and on whose word; only tags of our own, all else escaped."""
    from mapper.incidents.scheme import LABELS  # noqa: PLC0415  (with it comes the whole reading of incidents)

    kind = row.get("event_type")
    lines = [
        f"<b>{_html(LABELS.get(str(kind), kind))}</b>" if kind else "",
        _html(row.get("status")) if row.get("status") not in (None, "accomplished") else "",
        _html(row.get("date_text") or row.get("date_start")),
        *(f"{harm.capitalize()}: {_html(row[best])}" for harm in HARMS if row.get(best := f"{harm}_best") is not None),
        f"<q>{_html(row['evidence'])}</q>" if row.get("evidence") else "",
        _html(row.get("source_url")),
    ]
    return "<br>".join(line for line in lines if line)


def _html(value: Any) -> str:
    # $[name] in a balloon is replaced by the ExtendedData of that name, unescaped.
    return "" if value is None else html_escape(str(value)).replace("$", "&#36;")


def _time(row: Mapping[str, Any]) -> str:
    """Give the days on which it may have happened, the last one to its end; no time zone is known, so UTC is said."""
    first, last = row.get("date_start"), row.get("date_end")
    begin = f"<begin>{first}T00:00:00Z</begin>" if first else ""
    end = f"<end>{last}T23:59:59Z</end>" if last else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""


def _geometry(shape: Mapping[str, Any]) -> str:
    kind = shape["type"]
    held: Any = shape.get("coordinates")
    if kind == "Point":
        return f"<Point><coordinates>{_tuples([held])}</coordinates></Point>"
    if kind == "LineString":
        return f"<LineString><tessellate>1</tessellate><coordinates>{_tuples(held)}</coordinates></LineString>"
    if kind == "Polygon":
        rings = (f"<LinearRing><coordinates>{_tuples(ring)}</coordinates></LinearRing>" for ring in held)
        outer = f"<outerBoundaryIs>{next(rings)}</outerBoundaryIs>"
        return f"<Polygon>{outer}{''.join(f'<innerBoundaryIs>{ring}</innerBoundaryIs>' for ring in rings)}</Polygon>"
    parts = shape.get("geometries") or [{"type": kind.removeprefix("Multi"), "coordinates": part} for part in held]
    return f"<MultiGeometry>{''.join(_geometry(part) for part in parts)}</MultiGeometry>"


def _tuples(points: Any) -> str:
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in points)
