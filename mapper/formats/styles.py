"""How the layers look in other programs: the colours of the map's page, and styles that QGIS finds in a GeoPackage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from mapper.formats.columns import PlainColumn

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["COLOURS", "OTHER_COLOUR", "STYLES_TABLE", "qgis_style", "style_columns"]

STYLES_TABLE = "layer_styles"
"""The table in which QGIS keeps the styles of the other layers of a GeoPackage."""

COLOURS: Final = {
    "air_drone_strike": "#c2410c",
    "shelling_missile": "#cc6677",
    "explosion_ied": "#882255",
    "armed_clash": "#332288",
    "attack_on_civilians": "#aa3377",
    "abduction": "#6b4f2a",
    "protest": "#0077bb",
    "riot": "#3a86c8",
    "arrest": "#44618f",
    "piracy": "#117733",
    "natural_disaster": "#00836c",
    "accident": "#8a7a12",
    "other_strategic": "#66707a",
}
"""Of the event types: the same as on the page (a test holds them together)."""

OTHER_COLOUR: Final = "#66707a"

_WHEN: Final = "1970-01-01T00:00:00.000"  # always the same, so that the same layers give the same bytes
_FILL_ALPHA: Final = 64  # of 255: what lies under an area stays readable


def style_columns(layers: Iterable[str]) -> list[PlainColumn]:
    """Give the styles of those layers that have one, as the columns of the table of styles; empty where none has."""
    styles = [(layer, qml) for layer in layers if (qml := qgis_style(layer))]
    if not styles:
        return []
    count = len(styles)
    cells: dict[str, list[str | None]] = {
        "f_table_catalog": [""] * count,
        "f_table_schema": [""] * count,
        "f_table_name": [layer for layer, _ in styles],
        "f_geometry_column": ["geom"] * count,
        "styleName": ["mapper"] * count,
        "styleQML": [qml for _, qml in styles],
        "styleSLD": [""] * count,
        "description": ["Colours of mapper's map"] * count,
        "owner": [""] * count,
        "ui": [None] * count,
    }
    columns = [PlainColumn(name, "text", values) for name, values in cells.items()]
    columns.insert(7, PlainColumn("useAsDefault", "bool", [True] * count))
    return [*columns, PlainColumn("update_time", "datetime", [_WHEN] * count)]


def qgis_style(layer: str) -> str | None:
    """Write the style of a layer as QGIS' QML; None for a layer that is not drawn.

    QGIS opens a layer of mixed geometries once for its points and once for its areas, and finds the same style for
    both. So the rules ask for the kind of geometry, and the style names none (`layerGeometryType`), which QGIS would
    take as a reason to refuse it.
    """
    from mapper.incidents.scheme import LABELS  # noqa: PLC0415  (with it comes the whole reading of incidents)

    if layer == "incidents":
        rules = [(LABELS[kind], f"\"event_type\" = '{kind}'", colour) for kind, colour in COLOURS.items()]
    elif layer in ("places", "zones"):
        rules = [("Places mentioned" if layer == "places" else "Areas and uncertainty", "TRUE", OTHER_COLOUR)]
    else:
        return None
    drawn = [
        (f"{label}{', area' if fill else ''}", f"{_KIND[fill]} AND {where}", colour, fill)
        for fill in (True, False)
        for label, where, colour in rules
    ]
    told = "".join(
        f'<rule key="{{mapper-{at}}}" symbol="{at}" label={quoteattr(label)} filter={quoteattr(where)}/>'
        for at, (label, where, _, _) in enumerate(drawn)
    )
    symbols = "".join(_symbol(at, colour, fill=fill) for at, (_, _, colour, fill) in enumerate(drawn))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.16.0" styleCategories="Symbology">'
        '<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">'
        f'<rules key="{{mapper}}">{told}</rules><symbols>{symbols}</symbols>'
        "</renderer-v2><layerOpacity>1</layerOpacity></qgis>"
    )


_KIND = {
    False: "geometry_type($geometry) = 'Point'",
    True: "geometry_type($geometry) = 'Polygon'",  # which is what QGIS says of a MultiPolygon too
}


def _symbol(at: int, colour: str, *, fill: bool) -> str:
    solid, thin = _rgba(colour, 255), _rgba(colour, _FILL_ALPHA)
    if fill:
        kind, name = "fill", "SimpleFill"
        look = {"color": thin, "style": "solid", "outline_color": solid, "outline_width": "0.3"}
    else:
        kind, name = "marker", "SimpleMarker"
        look = {"name": "circle", "color": solid, "size": "2.6", "outline_color": "255,255,255,255"}
    # QGIS reads <prop> in all of its versions; from 3.20 on it writes <Option>, and looks for that first.
    props = "".join(f'<prop k="{key}" v="{value}"/>' for key, value in look.items())
    return (
        f'<symbol type="{kind}" name="{at}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{name}" enabled="1" locked="0" pass="0">{props}</layer></symbol>'
    )


def _rgba(colour: str, alpha: int) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"
