from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.text import mend


@given(st.text())
def test_the_length_stays(text):
    assert len(mend(text)) == len(text)


@given(st.text())
def test_mending_twice_changes_nothing(text):
    assert mend(mend(text)) == mend(text)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Ain\u00a0al\u2011Asad", "Ain al-Asad"),
        ("Sana’a and ‘Aden’", "Sana'a and 'Aden'"),
        ("“Mosul”", '"Mosul"'),
        ("BUENOS\nAIRES", "BUENOS AIRES"),
        ("Bagh\x00dad", "Bagh dad"),
        ("Ｂａｇｈｄａｄ", "Baghdad"),
        ("\u2066Erbil\u2069", " Erbil "),
        ("Mo\u00adsul, Tik\u2060rit", "Mo\u00adsul, Tik\u00adrit"),
        ("Mosul \u200bfell", "Mosul  fell"),
        ("Russia–Ukraine — بغداد é", "Russia–Ukraine — بغداد é"),
    ],
)
def test_each_character_for_one(text, mended):
    assert mend(text) == mended
