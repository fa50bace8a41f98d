"""Place names of a text to places on the map: recognition, ranking in context, spatial language, online services.

`geoparse` works over a whole document, `geocode` over one name. Recognition (`find_toponyms`) is a plain function of
sentences and gazetteer, so that a model can take its place.

The modules, in the order in which `geoparsing` uses them: `pieces`, `persons`, `evidence`, `uses`, `recognition` and
`toponyms` find the names; `names` and `mentions` lay out the candidates of each; `containment`, `priors`, `runs`,
`ranking`, `confidence` and `answering` choose among them, with `homes` and `outlets` for what a paper's other reports
say; `phrases`, `areas`, `geodesy` and `spatial` put the choice on the ground. Then what cannot be is taken back
(`misplaced`, `straying`), short names are told by longer ones (`coreference`), names of another spelling by the country
(`respelling`), what is written in degrees is added (`positions`), and what must lie somewhere about is said to
(`inferring`). `weighing` shows how a choice was made, `online/` asks services.
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
