"""Files: one table of formats, by suffix; each file is written aside and renamed, so it is there whole or not at all.

::

    write(layers, "incidents.gpkg")      # all four layers
    write(layers, "incidents.geojson")   # one layer (incidents, or layer="places")
    write_folder(layers, "out")          # incidents, places, zones .geojson, reports.jsonl, incidents.gpkg
    read("out") -> Layers
    read("acled.csv") -> Layers          # what others have coded, by its header

`FORMATS` is the table. What a format cannot hold is said in a `LossWarning`. `rows` gives the JSON rows of the command
line's contract.
"""

from __future__ import annotations

from mapper.formats.columns import plain_columns
from mapper.formats.losses import LossWarning, RowWarning
from mapper.formats.months import write_months
from mapper.formats.parts import written_in_parts
from mapper.formats.rows import coded_rows, extract_row, geoparse_row, plain_rows
from mapper.formats.schemes.reading import read_scheme, read_schemes, scheme_of
from mapper.formats.suffixes import FOLDER_FILES, FORMATS, Format, dump, format_lines, read, write, write_folder

__all__ = [
    "FOLDER_FILES",
    "FORMATS",
    "Format",
    "LossWarning",
    "RowWarning",
    "coded_rows",
    "dump",
    "extract_row",
    "format_lines",
    "geoparse_row",
    "plain_columns",
    "plain_rows",
    "read",
    "read_scheme",
    "read_schemes",
    "scheme_of",
    "write",
    "write_folder",
    "write_months",
    "written_in_parts",
]
