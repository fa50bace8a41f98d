"""Records without what layers do not carry, so that what does come back can be compared field by field."""

from __future__ import annotations

import dataclasses

import numpy as np
import shapely

from mapper.frames import NOT_CARRIED

SHOWN = (
    "gazetteer",
    "gazetteer_id",
    "name",
    "lat",
    "lon",
    "feature_class",
    "feature_code",
    "country_code",
    "geonameid",
)


def rounded(shape):
    """Give a geometry as it is to a decimetre, whichever way its rings run: as files keep it."""
    return shape and shapely.normalize(shapely.transform(shape, lambda xy: np.round(xy, 6) + 0.0))


def carried(record, *, candidates=True, shape=lambda found: found):
    """Give a record as nested tuples of (field, value), without the fields of `NOT_CARRIED`.

    Candidates are kept, with what their column shows of them, where the layer of places is there to hold them;
    geometries go through `shape`.
    """
    kind = type(record).__name__
    if dataclasses.is_dataclass(record):
        names = [field.name for field in dataclasses.fields(record)]
    elif hasattr(record, "_fields"):
        names = list(record._fields)
    elif isinstance(record, tuple):
        return tuple(carried(item, candidates=candidates, shape=shape) for item in record)
    else:
        return shape(record) if isinstance(record, shapely.Geometry) else record
    kept = []
    for name in names:
        path = f"{kind}.{name}"
        value = getattr(record, name)
        if path == "Candidate.place":
            kept.append((name, tuple(getattr(value, part) for part in SHOWN)))
        elif path == "Resolution.candidates":
            kept.append((name, carried(value) if candidates else None))
        elif path not in NOT_CARRIED:
            kept.append((name, carried(value, candidates=candidates, shape=shape)))
    return kind, tuple(kept)
