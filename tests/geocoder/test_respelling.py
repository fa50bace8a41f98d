"""Names a vowel off the gazetteer's: found in the country that the report is in, and nowhere else."""

from __future__ import annotations

import pytest

from mapper.geocoder import geoparse
from mapper.records import Document
from mapper.text import sentences


def resolved(text, name, gazetteer):
    document = Document(id="x", text=text)
    return next(r for r in geoparse(document, sentences(document), gazetteer) if r.toponym.text == name)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        (
            "In Sudan, shells hit El Obeid and Khartoum. A drone struck the town of Umm Rawaba.",
            "Umm Rawaba",
            "Umm Ruwaba",
        ),
        (
            "Floods hit Sylhet and Dhaka in Bangladesh. In the district of Netrokona three people drowned.",
            "Netrokona",
            "Netrakona",
        ),
    ],
)
def test_another_vowel_is_the_same_town(text, name, place, gazetteer):
    found = resolved(text, name, gazetteer)
    assert found.place is not None
    assert found.place.name == place
    assert found.reasons[0].startswith("the gazetteer spells it")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fires burned in Sacramento and Fresno. A school in Hades was closed.", "Hades"),
        ("Rain fell in Chengdu and Mianyang in China. In Maoxian a road was cut.", "Maoxian"),
    ],
)
def test_another_consonant_or_an_english_name_is_another_place(text, name, gazetteer):
    document = Document(id="x", text=text)
    found = geoparse(document, sentences(document), gazetteer)
    assert all(not r.reasons[0].startswith("the gazetteer spells it") for r in found if r.toponym.text == name)
