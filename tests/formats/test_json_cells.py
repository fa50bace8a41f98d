"""Columns of JSON text are read the same whether all of a column is plain or one cell of it is not."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.formats import plain_columns

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def cells(*texts):
    frame = gpd.GeoDataFrame({"candidates": list(texts)}, geometry=[None] * len(texts), crs=4326)
    (column,) = plain_columns(frame)
    assert column.kind == "json"
    return column.cells


@given(value=values, escaped=st.booleans())
def test_a_cell_does_not_depend_on_its_neighbours(value, escaped):
    text = json.dumps(value, ensure_ascii=escaped)
    alone, (beside, *_) = cells(text), cells(text, '"\\u0007"', None)
    assert alone == [beside]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('["\\u0007\\b"]', ["\ufffd\ufffd"]),
        ("[123456789012345678901234567890]", [123456789012345678901234567890]),
        ('{"x": NaN, "y": 1e999}', {"x": None, "y": None}),
        ("[1,", "[1,"),
        ('["\\ud800"]', ["\ufffd"]),
        ('["a\\tb\\nc \\"d\\" \\\\"]', ['a\tb\nc "d" \\']),
    ],
)
def test_what_files_cannot_hold_is_mended(text, value):
    assert cells(text, '["plain"]', None) == [value, ["plain"], None]
