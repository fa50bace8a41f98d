"""Files: one table of formats, by suffix; each file is written aside and renamed, so it is there whole or not at all.

::

    write(layers, "incidents.gpkg")      # all four layers
    write(layers, "incidents.geojson")   # one layer (incidents, or layer="places")
    write_folder(layers, "out")          # incidents, places, zones .geojson, reports.jsonl, incidents.gpkg
    read("out") -> Layers

`FORMATS` is the table. What a format cannot hold is said in a `LossWarning`. `rows` gives the JSON rows of the command
line's contract.
"""

from __future__ import annotations

from mapper.formats.losses import LossWarning
from mapper.formats.months import write_months
from mapper.formats.parts import written_in_parts
from mapper.formats.rows import extract_row, geoparse_row
from mapper.formats.suffixes import FOLDER_FILES, FORMATS, Format, dump, format_lines, read, write, write_folder

__all__ = [
    "FOLDER_FILES",
    "FORMATS",
    "Format",
    "LossWarning",
    "dump",
    "extract_row",
    "format_lines",
    "geoparse_row",
    "read",
    "write",
    "write_folder",
    "write_months",
    "written_in_parts",
]
