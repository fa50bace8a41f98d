"""News reports in, incidents on a map out: each with the words that put it there.

A handful of verbs; everything behind them is imported when it is first used::

    import mapper

    docs = mapper.read("report.txt")  # Iterator[Document]
    places = mapper.geoparse(doc)  # list[Resolution]
    incidents = mapper.extract(doc)  # list[Incident]
    layers = mapper.layers(incidents)  # Layers: incidents, places, zones, reports
    m = mapper.map(layers)  # folium.Map; m.save("map.html")
    mapper.export(layers, "incidents.gpkg")
    mapper.compare(layers, "acled.csv")  # GeoDataFrame: which incidents both have, and which only one
    mapper.geocode("Mashtal, Baghdad")  # list[Candidate]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapper.api import compare, export, extract, geocode, geoparse, layers, learn_homes, map, read  # noqa: A004

__all__ = ["__version__", "compare", "export", "extract", "geocode", "geoparse", "layers", "learn_homes", "map", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # PEP 562: `import mapper` costs milliseconds; geopandas, folium and the rest load when a verb first needs them.
    if name in __all__:
        return getattr(import_module("mapper.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
