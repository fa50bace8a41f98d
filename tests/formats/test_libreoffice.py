"""LibreOffice opens the CSV and the workbook: nothing in them runs, letters stay letters, and days are days.

Its own flat format shows how it has understood each cell.
"""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from made_layers import ARABIC, made_incidents

from mapper.formats import write
from mapper.frames import coerce, layers

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs soffice (Debian's libreoffice-calc-nogui)"
)

FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "＝1",
    "\t=1",
    '=HYPERLINK("http://news.example","a")',
]
WHOLE = ["whole.csv", "tagged.hxl.csv", "book.xlsx"]
HOSTILE = ["hostile.csv", "hostile_book.xlsx", "coded.gtd.csv"]
COUNT = 12
COMMAS = "--infilter=Text - txt - csv (StarCalc):44,34,76"  # what its dialog offers for such a file: commas, and UTF-8
OFFICE, TABLE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "table"))
TEXT, LINK = (f"{{urn:oasis:names:tc:opendocument:xmlns:text:1.0}}{name}" for name in ("p", "a"))
XLINK = "{http://www.w3.org/1999/xlink}href"


class Cell(NamedTuple):
    kind: str | None
    value: str | None
    text: str
    formula: str | None
    link: str | None


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Open files in one LibreOffice with a profile of its own, and give their sheets as it has understood them."""
    folder = tmp_path_factory.mktemp("office")

    def convert(*paths, options=()):
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", *options]
        command += ["--convert-to", "fods", "--outdir", folder, *paths]
        subprocess.run(command, capture_output=True, timeout=240, check=True)
        return {path.name: sheets(folder / f"{path.stem}.fods") for path in paths}

    return convert


def sheets(path):
    """Give each sheet's rows of cells; rows and cells that are repeated to the edge of the sheet are left out."""
    found = {}
    for table in ET.parse(path).iter(f"{TABLE}table"):
        rows = [
            [cell for element in row.iter(f"{TABLE}table-cell") for cell in [cell_of(element)] * repeated(element)]
            for row in table.iter(f"{TABLE}table-row")
        ]
        found[table.get(f"{TABLE}name")] = [row for row in rows if any(cell.kind for cell in row)]
    return found


def repeated(element):
    times = int(element.get(f"{TABLE}number-columns-repeated", 1))
    return times if times < 1_000 else 0


def cell_of(element):
    kind = element.get(f"{OFFICE}value-type")
    value = element.get(f"{OFFICE}date-value") or element.get(f"{OFFICE}value")
    text = "\n".join("".join(p.itertext()) for p in element.iter(TEXT))
    link = next((a.get(XLINK) for a in element.iter(LINK)), None)
    return Cell(kind, value, text, element.get(f"{TABLE}formula"), link)


@pytest.fixture(scope="module")
def made():
    return dataclasses.replace(layers([]), incidents=made_incidents(COUNT, nulls=True, areas=True))


@pytest.fixture(scope="module")
def books(opened, made, tmp_path_factory):
    """Every kind of table, whole and with formulas for texts: opened at once, as LibreOffice takes seconds to start."""
    pytest.importorskip("openpyxl", reason=".xlsx needs the extra `excel`")
    folder = tmp_path_factory.mktemp("tables")
    texts = dict.fromkeys(("place_name", "evidence", "weapon", "admin1", "country", "source_url"), FORMULAS)
    lists = {name: [[text] for text in FORMULAS] for name in ("perpetrators", "targets", "sources")}
    hostile = coerce("incidents", made_incidents(len(FORMULAS)).assign(**texts, **lists))
    paths = [write(made, folder / name) for name in WHOLE]
    paths += [write(hostile, folder / name) for name in HOSTILE]
    raw = folder / "raw.csv"
    raw.write_text("a,b\n=1+1,2\n", encoding="utf-8")
    tables = [raw, *(path for path in paths if path.suffix == ".csv")]
    return opened(*tables, options=[COMMAS]) | opened(*(path for path in paths if path.suffix == ".xlsx"))


def test_libreoffice_runs_a_formula_that_nothing_keeps_from_it(books):
    assert books["raw.csv"]["raw"][1][0].formula == "of:=1+1"


@pytest.mark.parametrize("name", [*WHOLE, *HOSTILE])
def test_no_cell_is_a_formula_or_a_link(books, name):
    cells = [cell for rows in books[name].values() for row in rows for cell in row]
    assert len(cells) > COUNT
    assert [cell for cell in cells if cell.formula or cell.link] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_text_like_a_formula_is_shown_as_text(books, name):
    shown = {cell.text for row in first(books[name]) for cell in row if cell.kind == "string"}
    assert {text.strip() for text in FORMULAS} <= {text.removeprefix("'").strip() for text in shown}


@pytest.mark.parametrize("name", WHOLE)
def test_the_first_row_has_the_names_and_nothing_before_them(books, made, name):
    names = [cell.text for cell in first(books[name])[0]]
    assert names == [*made.incidents.columns.drop("geometry"), "lat", "lon", "wkt"]


@pytest.mark.parametrize("name", WHOLE)
def test_letters_numbers_and_nulls_are_what_they_were(books, made, name):
    rows = column(books[name], "place_name"), column(books[name], "killed_best")
    wanted = made.incidents
    assert [cell.text for cell in rows[0]] == wanted["place_name"].fillna("").tolist()
    assert ARABIC in {cell.text for cell in rows[0]}
    assert [cell.value and float(cell.value) for cell in rows[1]] == [
        None if v is pd.NA else v for v in wanted["killed_best"]
    ]


@pytest.mark.parametrize("name", WHOLE)
def test_days_are_days(books, made, name):
    days = column(books[name], "date_start")
    assert {cell.kind for cell in days} == {"date", None}
    assert [pd.Timestamp(cell.value) for cell in days] == made.incidents["date_start"].tolist()


def first(sheets):
    return next(iter(sheets.values()))


def column(sheets, name):
    """Give the cells of a named column of the first sheet, without its name and its HXL tag."""
    head, *rows = first(sheets)
    at = [cell.text for cell in head].index(name)
    return [row[at] for row in rows if not row[at].text.startswith("#")]
