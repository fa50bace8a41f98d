"""Files: one table of formats, by suffix; each file is written aside and renamed, so it is there whole or not at all.

::

    write(layers, "incidents.gpkg")      # all four layers
    write(layers, "incidents.geojson")   # one layer (incidents, or layer="places")
    write_folder(layers, "out")          # incidents, places, zones .geojson, reports.jsonl, incidents.gpkg
    read("out") -> Layers

`rows` gives the JSON rows of the command line's contract.
"""

from __future__ import annotations

from mapper.formats.rows import extract_row, geoparse_row
from mapper.formats.suffixes import FOLDER_FILES, FORMATS, Format, dump, read, write, write_folder

__all__ = [
    "FOLDER_FILES",
    "FORMATS",
    "Format",
    "dump",
    "extract_row",
    "geoparse_row",
    "read",
    "write",
    "write_folder",
]
