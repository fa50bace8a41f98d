"""Recognition: what is a place name here, what is not, and what it is used for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.geocoder import find_toponyms
from mapper.records import Document
from mapper.text import sentences

PLACES = [
    ("Police found the body in Rio de Janeiro on Friday.", "Rio de Janeiro"),
    ("Shelling was reported in Deir ez-Zor overnight.", "Deir ez-Zor"),
    ("A tanker was boarded in the Gulf of Aden.", "Gulf of Aden"),
    ("Traffic through the Strait of Hormuz stopped.", "Strait of Hormuz"),
    ("Three people drowned near Addis Ababa.", "Addis Ababa"),
    ("The army retook Maiduguri after a week.", "Maiduguri"),
    ("Protesters gathered in Cochabamba and La Paz.", "La Paz"),
    ("KABUL, Afghanistan (AP) — Two blasts were heard.", "KABUL"),
    ("A ferry sank off Zamboanga in the southern Philippines.", "Philippines"),
    ("Militants attacked Cabo Delgado last week.", "Cabo Delgado"),
    ("وقع انفجار في مدينة بغداد يوم الثلاثاء.", "بغداد"),
    ("قتل ثلاثة في بغداد", "بغداد"),
    ("وقع انفجار قرب مدينة الموصل.", "الموصل"),
    ("أعلنت الشرطة في حلب مقتل شخصين.", "حلب"),
    ("Bombs fell along the Tikrit-Kirkuk highway.", "Tikrit"),
    ("The river consumes a part of western Douglas County Sunday.", "Douglas County"),
    ("Storms crossed the Atlantic and then the Caspian.", "Caspian"),
]
NOT_PLACES = [
    ("The heiress Paris Hilton smiled at the cameras.", "Paris"),
    ("Liverpool captain Jordan Henderson was injured.", "Jordan"),
    ("The commander’s name was Abu Baqir al-Saadi.", "Saadi"),
    ("Kataib Hezbollah claimed the attack.", "Kataib"),
    ("Boko Haram fighters burned the market.", "Haram"),
    ("The Houthi rebels fired two missiles.", "Houthi"),
    ("Most of them fled. Nice words did not help. Reading helped.", "Most"),
    ("Most of them fled. Nice words did not help. Reading helped.", "Nice"),
    ("The trial begins in March, Mr. London said.", "March"),
    ("The trial begins in March, Mr. London said.", "London"),
    ("Police said nothing. The police left.", "Police"),
    ("President Lincoln was shot in a theatre.", "Lincoln"),
    ("Hurricane Florence flooded the coast. Florence killed nine.", "Florence"),
    ("The Duke of York opened the fair.", "York"),
    ("The sale brought in US$20 million.", "US"),
    ("Maria Flores met Juan Vargas Medina there. Flores and Medina agreed.", "Flores"),
    ("Maria Flores met Juan Vargas Medina there. Flores and Medina agreed.", "Medina"),
    ("The men were led by Abu Karim al-Saadi. Saadi was killed later.", "Saadi"),
    ("أعلنت الشرطة في مدينة حلب مقتل شخصين.", "مدينة"),
    ("عاد سكان المدينة إلى بيوتهم.", "المدينة"),
]
KINDS = [
    ("A roadside bomb exploded in Basra.", "Basra", "literal"),
    ("Iraqi forces closed the road.", "Iraqi", "demonym"),
    ("Thousands of Syrians crossed the river.", "Syrians", "demonym"),
    ("Two students of the University of Basra were arrested.", "Basra", "embedded"),
    ("The Chicago Bulls lost again.", "Chicago", "embedded"),
    ("A US drone strike killed two men.", "US", "metonymic"),
    ("Iran-backed fighters left the town.", "Iran", "metonymic"),
    ("Russia said it would answer.", "Russia", "metonymic"),
    ("Washington accused the group of lying.", "Washington", "metonymic"),
    ("“America is the biggest devil,” they shouted.", "America", "metonymic"),
    ("The crowd chanted “Death to America” again.", "America", "metonymic"),
    ("Jordan troops closed the road.", "Jordan", "metonymic"),
    ("Chile and Peru signed the treaty.", "Chile", "metonymic"),
    ("Strikes were carried out across Iraq and Syria.", "Iraq", "literal"),
    ("Strikes were carried out across Iraq and Syria.", "Syria", "literal"),
    ("The town lies 20 km north of Kirkuk.", "Kirkuk", "relative"),
    ("They hit the American base in Jordan.", "Jordan", "relative"),
    ("He marched to the US embassy in Baghdad.", "Baghdad", "relative"),
]


def found(gazetteer, text):
    return find_toponyms(sentences(Document(id="t", text=text)), gazetteer)


@pytest.mark.parametrize(("text", "name"), PLACES)
def test_a_place_name_is_found(gazetteer, text, name):
    assert name in [t.text for t in found(gazetteer, text)]


@pytest.mark.parametrize(("text", "word"), NOT_PLACES)
def test_what_only_looks_like_a_place_is_left_alone(gazetteer, text, word):
    assert not [t for t in found(gazetteer, text) if word in t.text.split() and t.kind == "literal"]


@pytest.mark.parametrize(("text", "name", "kind"), KINDS)
def test_the_use_of_a_name_is_told(place_of, text, name, kind):
    assert place_of(text, name).toponym.kind == kind


def test_a_name_that_the_text_calls_a_village_is_found_though_unknown(place_of):
    place = place_of("Gunmen stormed the village of Qarabakh Khelzai at dawn.", "Qarabakh Khelzai")
    assert place.place is None
    assert place.geometry is None
    assert place.precision == "unknown"


def test_a_person_stays_a_person_later_in_the_text(parse):
    text = "Mr. Lincoln Chadwick lives in Boston. Chadwick was not hurt, and Lincoln is well."
    assert [r.toponym.text for r in parse(text)] == ["Boston"]


def test_the_possessive_is_no_part_of_the_name(place_of):
    assert place_of("Baghdad’s markets were shut.", "Baghdad")


@given(
    st.lists(
        st.sampled_from(
            [
                "In",
                "Baghdad",
                "the",
                "US",
                "St.",
                "al-",
                "Qaim",
                "’s",
                "بغداد",
                "\n",
                "📍",
                "20 km north of",
                "Paris",
                ",",
                "Texas",
                "-",
                "O’",
                "of",
                "Gulf",
                "Aden",
                "(",
                "\u200f",
            ]
        ),
        max_size=25,
    )
)
def test_offsets_always_point_at_the_text(gazetteer, words):
    text = " ".join(words)
    toponyms = found(gazetteer, text)
    assert all(text[t.start : t.end] == t.text for t in toponyms)


@given(st.text(max_size=200))
def test_any_text_is_survived_in_order_and_without_overlaps(gazetteer, text):
    toponyms = found(gazetteer, text)
    assert all(a.end <= b.start for a, b in pairwise(toponyms))
