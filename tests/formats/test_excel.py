"""Workbooks that a spreadsheet opens with dates as dates, and in which nothing of a report runs."""

from __future__ import annotations

import datetime as dt
import sys
import zipfile

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from mapper.errors import MissingExtraError, SourceError, UsageError
from mapper.formats import LossWarning, read, write
from mapper.frames import layers

openpyxl = pytest.importorskip("openpyxl", reason=".xlsx needs the extra `excel`")


def sheet_of(frame, tmp_path):
    return openpyxl.load_workbook(write(frame, tmp_path / "own.xlsx")).worksheets[0]


def frame_of(*shapes, **columns):
    shapes = shapes or [None] * len(next(iter(columns.values())))
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=4326)


def test_a_sheet_a_layer(reports, tmp_path):
    book = openpyxl.load_workbook(write(layers(reports), tmp_path / "a.xlsx"))
    assert book.sheetnames == ["incidents", "places", "zones", "reports"]
    assert [sheet.max_row for sheet in book.worksheets] == [6, 5, 5, 5]
    assert {sheet.freeze_panes for sheet in book.worksheets} == {"A2"}


def test_days_are_dates_and_numbers_are_numbers(reports, tmp_path):
    sheet = openpyxl.load_workbook(write(layers(reports), tmp_path / "a.xlsx"))["incidents"]
    names = [cell.value for cell in sheet[1]]
    first, quake = ({name: cell.value for name, cell in zip(names, sheet[row], strict=True)} for row in (2, 4))
    assert first["date_start"] == pd.Timestamp(2024, 2, 7)
    assert (first["killed_best"], first["killed_high"]) == (3, None)
    assert (first["lat"], first["lon"], first["wkt"]) == (33.33, 44.51, "POINT (44.51 33.33)")
    assert quake["date_start"] is None
    assert quake["place_name"] == "تافيوني"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "＝1", "#N/A", "  =1"]
)
def test_text_like_a_formula_is_a_cell_of_text(text, tmp_path):
    cell = sheet_of(frame_of(said=[text]), tmp_path)["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix or text == "#N/A"


def test_a_column_s_name_does_not_run_either(tmp_path):
    cell = sheet_of(frame_of(**{"=1+1": ["a"]}), tmp_path)["A1"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_no_formula_stands_anywhere_in_the_file(reports, tmp_path):
    book = openpyxl.load_workbook(write(layers(reports), tmp_path / "a.xlsx"))
    assert "f" not in {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}


def test_days_that_excel_cannot_count_are_text(tmp_path):
    days = [dt.date(1899, 12, 31), dt.date(1900, 2, 28), dt.date(1900, 3, 1)]
    sheet = sheet_of(frame_of(day=days), tmp_path)
    assert [sheet[f"A{row}"].value for row in (2, 3, 4)] == ["1899-12-31", "1900-02-28", pd.Timestamp(1900, 3, 1)]


def test_numbers_of_more_than_fifteen_digits_are_text(tmp_path):
    sheet = sheet_of(frame_of(n=[10**15, 10**15 - 1]), tmp_path)
    assert [sheet["A2"].value, sheet["A3"].value] == ["1000000000000000", 999999999999999]


def test_text_longer_than_a_cell_is_cut_with_a_warning(tmp_path):
    with pytest.warns(LossWarning, match="1 are cut in 'said'"):
        cell = sheet_of(frame_of(said=["a" * 40_000]), tmp_path)["A2"]
    assert len(cell.value) == 32_767


def test_an_outline_longer_than_a_cell_is_left_out_with_a_warning(tmp_path):
    coast = shapely.Point(0, 0).buffer(1, quad_segs=1_000)
    with pytest.warns(LossWarning, match="1 outlines of own are left out"):
        sheet = sheet_of(frame_of(coast, shapely.Point(3, 4), n=[1, 2]), tmp_path)
    assert [sheet["D2"].value, sheet["D3"].value] == [None, "POINT (3 4)"]


def test_more_rows_than_a_sheet_are_refused(tmp_path):
    rows = 1_048_576
    with pytest.raises(UsageError, match="holds 1048576 rows"):
        write(gpd.GeoDataFrame({"n": range(rows)}, geometry=[None] * rows, crs=4326), tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_table_of_one_s_own_with_lat_and_lon_is_read(reports, tmp_path):
    incidents = layers(reports).incidents.iloc[[0]]
    table = pd.DataFrame(incidents.drop(columns="geometry")).assign(lat=31.9, lon=35.9)
    table["perpetrators"] = table["targets"] = table["sources"] = "someone"
    table.to_excel(tmp_path / "a.xlsx", index=False)
    found = read(tmp_path / "a.xlsx").incidents
    assert found.geometry.tolist() == [shapely.Point(35.9, 31.9)]
    assert found["targets"].tolist() == [["someone"]]


def test_without_openpyxl_the_extra_is_named(reports, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"incident-mapper\[excel\]"):
        write(layers(reports), tmp_path / "a.xlsx")


def test_a_zip_that_is_no_workbook_is_one_clear_error(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(SourceError, match="not an Excel workbook"):
        read(tmp_path / "a.xlsx")
