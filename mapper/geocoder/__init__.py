"""Place names of a text to places on the map: recognition, ranking in context, spatial language, online services.

`geoparse` works over a whole document, `geocode` over one name. Recognition (`find_toponyms`) is a plain function of
sentences and gazetteer, so that a model can take its place.
"""

from __future__ import annotations

from mapper.geocoder.coreference import coreferences
from mapper.geocoder.geocoding import geocode
from mapper.geocoder.geoparsing import geoparse
from mapper.geocoder.homes import Homes, outlet_of
from mapper.geocoder.outlets import learn_homes
from mapper.geocoder.toponyms import find_toponyms
from mapper.geocoder.weighing import Weighed, weigh

__all__ = [
    "Homes",
    "Weighed",
    "coreferences",
    "find_toponyms",
    "geocode",
    "geoparse",
    "learn_homes",
    "outlet_of",
    "weigh",
]
