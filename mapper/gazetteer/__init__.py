"""Names to places, offline: GeoNames' places with their other names, Natural Earth's outlines, tables of our own.

`open_gazetteer` opens the SQLite file that ships with the package (built by ``python -m mapper.gazetteer.build
--default`` from pinned sources, see `mapper.gazetteer.build`). Which country a disputed place is given to is told in
`mapper.gazetteer.polygons`: de facto, as Natural Earth draws it; Gaza and the West Bank are PS, Kosovo XK, Taiwan TW
and Western Sahara EH have entries of their own; names of both sides are found.
"""

from __future__ import annotations

from mapper.gazetteer.folding import fold, loose
from mapper.gazetteer.lookup import Gazetteer
from mapper.gazetteer.opening import default_path, open_gazetteer, own_places_path

__all__ = ["Gazetteer", "default_path", "fold", "loose", "open_gazetteer", "own_places_path"]
