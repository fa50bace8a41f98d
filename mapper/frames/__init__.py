"""Records <-> GeoDataFrames: the four layers, their schema, and the checks they pass.

::

    Report, Incident -> layers() -> Layers(incidents, places, zones, reports)
                                      .where(...)    -> Layers        which: time, kind, place, toll
                                      .count(...)    -> GeoDataFrame  how many: by area, by time
                                      .buffers(...)  -> GeoDataFrame  the ground within a distance
                                      .join(...)     -> GeoDataFrame  beside polygons of one's own
                                      .to_incidents() -> Incident...  the records again (.to_records(): reports too)

`SCHEMA` declares every column once; the layers are built, checked and documented from it. All layers are EPSG:4326.
"""

from __future__ import annotations

from mapper.frames.assembling import assembled
from mapper.frames.build import Zones, layers
from mapper.frames.checks import coerce, layer_of, validate
from mapper.frames.choosing import where
from mapper.frames.coded import Coded
from mapper.frames.collection import LAYER_NAMES, Layers
from mapper.frames.counting import count
from mapper.frames.distances import buffers
from mapper.frames.joining import join
from mapper.frames.restoring import NOT_CARRIED, to_incidents, to_records
from mapper.frames.schema import (
    AREA_PRECISIONS,
    SCHEMA,
    WHERE_PREC,
    Column,
    LayerError,
    LayerWarning,
    schema_markdown,
)
from mapper.frames.tallying import tally

__all__ = [
    "AREA_PRECISIONS",
    "LAYER_NAMES",
    "NOT_CARRIED",
    "SCHEMA",
    "WHERE_PREC",
    "Coded",
    "Column",
    "LayerError",
    "LayerWarning",
    "Layers",
    "Zones",
    "assembled",
    "buffers",
    "coerce",
    "count",
    "join",
    "layer_of",
    "layers",
    "schema_markdown",
    "tally",
    "to_incidents",
    "to_records",
    "validate",
    "where",
]
