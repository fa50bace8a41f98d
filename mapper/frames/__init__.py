"""Records <-> GeoDataFrames: the four layers, their schema, and the checks they pass.

::

    Report, Incident -> layers() -> Layers(incidents, places, zones, reports)

`SCHEMA` declares every column once; the layers are built, checked and documented from it. All layers are EPSG:4326.
"""

from __future__ import annotations

from mapper.frames.assembling import assembled
from mapper.frames.build import Zones, layers
from mapper.frames.checks import coerce, layer_of, validate
from mapper.frames.coded import Coded
from mapper.frames.collection import LAYER_NAMES, Layers
from mapper.frames.counting import tally
from mapper.frames.schema import AREA_PRECISIONS, SCHEMA, WHERE_PREC, Column, LayerError, schema_markdown

__all__ = [
    "AREA_PRECISIONS",
    "LAYER_NAMES",
    "SCHEMA",
    "WHERE_PREC",
    "Coded",
    "Column",
    "LayerError",
    "Layers",
    "Zones",
    "assembled",
    "coerce",
    "layer_of",
    "layers",
    "schema_markdown",
    "tally",
    "validate",
]
