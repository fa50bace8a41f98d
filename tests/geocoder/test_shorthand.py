"""States cut short, seats of members of parliament, dwellers, and people who are called like a place."""

from __future__ import annotations

import pytest

from mapper.geocoder import geoparse
from mapper.language import recogniser
from mapper.records import Document
from mapper.text import sentences


def found(text, gazetteer, reads="encoder"):
    document = Document(id="x", text=text)
    cut = sentences(document)
    reader = recogniser(reads)
    tags = reader.tag(cut) if reader is not None else None
    return [r.toponym for r in geoparse(document, cut, gazetteer, tags=tags)]


def names(text, gazetteer, reads="encoder"):
    return [t.text for t in found(text, gazetteer, reads)]


@pytest.mark.parametrize("reads", ["encoder", "rules"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Missing Ill. man found dead in a creek.", ["Ill."]),
        ("Three Neb. inmates were caught on Friday.", ["Neb."]),
        ("Western Mass. towns wait for the snow.", ["Mass."]),
        ("The trial moved to Louisville, Ky. It opens on Monday.", ["Louisville", "Ky."]),
        ("BECKLEY, W.Va. - Two miners were hurt.", ["BECKLEY", "W.Va."]),
        ("He was born in Paris, Texas. Nobody else was.", ["Paris", "Texas"]),
        ("She moved to Portland, Oregon. The house burned.", ["Portland", "Oregon"]),
    ],
)
def test_a_state_cut_short_is_a_place(text, expected, gazetteer, reads):
    assert names(text, gazetteer, reads) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He felt ill. people around him ran.",
        "The Mt. climbers came down late.",
        "Sunday Mass. worshippers left early.",
        "Lt. governor and Sgt. at arms were absent.",
        "The Gen. said nothing, and the Capt. less.",
    ],
)
def test_other_words_cut_short_are_none(text, gazetteer):
    assert names(text, gazetteer) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rep. Ann Doyle, D-Spartanburg, voted against the bill.", ["Spartanburg"]),
        ("Sen. Mark Oates (R-Calif.) asked for an inquiry.", ["Calif."]),
        ("Sen. Ruth Lane, DFL-Bemidji, and Rep. Al Moss (R-Elk River) agreed.", ["Bemidji", "Elk River"]),
        ("Rep. Lou Hart, D-W. Va., chairs the committee.", ["W. Va."]),
        ("Sen. Joy Pratt, I-Vt., was absent.", ["Vt."]),
    ],
)
def test_what_a_member_sits_for_is_named_and_nothing_happens_there(text, expected, gazetteer):
    toponyms = found(text, gazetteer)
    assert [t.text for t in toponyms] == expected
    assert {t.kind for t in toponyms} == {"embedded"}


@pytest.mark.parametrize(
    "text",
    [
        "Veterans of D-Day marched past.",
        "The film is rated R-Rated, said a critic, R-Cambridge.",
        "Vitamins, D-Alpha among them, sold out.",
        "An R-Paris turned up in the list of codes.",
        "The road I-Baltimore does not exist.",
    ],
)
def test_other_letters_with_a_hyphen_are_no_party(text, gazetteer):
    assert [t for t in found(text, gazetteer) if t.kind == "embedded"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 30-year-old Chesterfield man was arrested on Monday.", ["Chesterfield"]),
        ("Police are looking for a Swindon teenager.", ["Swindon"]),
        ("Two Medford women were hurt.", ["Medford"]),
        ("The Toledo couple had two dogs.", ["Toledo"]),
    ],
)
def test_people_are_told_apart_by_where_they_live(text, expected, gazetteer):
    assert names(text, gazetteer) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Tesla man smiled at the cameras.",
        "A Catholic woman and a Sikh man shared a car.",
        "A Ford driver and a Toyota owner quarrelled.",
        "An ISIS woman was sent home.",
        "The Amazon man brought a parcel.",
    ],
)
def test_not_every_word_before_a_man_is_a_town(text, gazetteer):
    assert names(text, gazetteer) == []


def test_a_place_that_is_sure_in_a_text_is_meant_where_its_name_stands_alone(gazetteer):
    text = (
        "Elkhart teacher wins prize. The school stands in Elkhart, and parents in Elkhart were glad. "
        "An Elkhart settler founded it."
    )
    assert names(text, gazetteer).count("Elkhart") == 4


def test_somebody_who_is_called_like_a_town_stays_somebody(gazetteer):
    text = (
        "Police charged David Welch, 34, with theft. Welch denied it. A witness, Ann Morris, said Welch ran away. "
        "The car that hit Welch was found. Officers later spoke with Welch at home."
    )
    assert "Welch" not in names(text, gazetteer)


def test_a_person_and_a_town_of_one_name_are_told_apart(gazetteer):
    text = "In Lincoln, police arrested John Lincoln. Lincoln was charged with theft. He fled from Lincoln to Omaha."
    toponyms = found(text, gazetteer)
    assert [t.text for t in toponyms] == ["Lincoln", "Lincoln", "Omaha"]
    assert toponyms[0].start == text.index("Lincoln")


def test_a_man_who_was_shot_at_is_no_town(gazetteer):
    text = (
        "Two managers, Paul Riva and Alan Steinberg, were wounded, police said. The clerk was standing in the doorway "
        "of Riva's office. The gunman fired one round at Riva, who was struck in the chest."
    )
    assert "Riva" not in names(text, gazetteer)
