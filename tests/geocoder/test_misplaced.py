"""A village that the text puts where the gazetteer has none of its name is none of those it has elsewhere."""

from __future__ import annotations

import pytest
from shapely.geometry import Point

from mapper.geocoder import geoparse
from mapper.geocoder.misplaced import without_misplaced
from mapper.records import Document, Place, Resolution, Span, Toponym
from mapper.text import sentences

VILLAGE = Place("geonames", "1", "Mirabad", 31.1, 61.8, "P", "PPL", "AF", "Afghanistan", population=900)
COUNTRY = Place("geonames", "2", "Kenya", 1.0, 38.0, "A", "PCLI", "KE", "Kenya", population=50_000_000)
TOWN = Place("geonames", "3", "Nairobi", -1.3, 36.8, "P", "PPLC", "KE", "Kenya", population=4_000_000)
KENYA = Point(38.0, 1.0).buffer(4.0)


def resolved(text, name, place, *, score=0.9, precision="settlement", geometry=None, kind="literal"):
    start = text.index(name)
    geometry = geometry or Point(place.lon, place.lat)
    return Resolution(Toponym(start, start + len(name), name, kind), place, geometry, precision, 1_000.0, score)


def told(text, inner=VILLAGE, **how):
    """What becomes of Mirabad beside Kenya (or Nairobi)."""
    holder = (
        resolved(text, "Kenya", COUNTRY, score=0.99, precision="country", geometry=KENYA)
        if "Kenya" in text
        else resolved(text, "Nairobi", TOWN, score=0.99)
    )
    return without_misplaced(text, [resolved(text, "Mirabad", inner, **how), holder])


def test_it_gets_the_area_that_the_text_says_and_no_place():
    village, country = told("A bus crashed in Mirabad, Kenya.")
    assert village.place is None
    assert village.inferred
    assert village.geometry.equals(KENYA)
    assert village.reasons[-1] == "the text puts it in Kenya, where the gazetteer has none of that name"
    assert country.place == COUNTRY


def test_beside_a_town_it_lies_somewhere_around_it():
    village, _ = told("A bus crashed in Mirabad, a suburb, and burned.".replace(", a suburb,", " in Nairobi"))
    assert village.inferred
    assert village.geometry.covers(Point(TOWN.lon, TOWN.lat))
    assert village.uncertainty_m >= 50_000


def test_a_city_that_says_so_holds_what_stands_before_its_comma():
    text = "An explosion in Mirabad, Nairobi City, killed two."
    inner = resolved(text, "Mirabad", VILLAGE)
    village, _ = without_misplaced(text, [inner, resolved(text, "Nairobi City", TOWN, score=0.99)])
    assert village.inferred


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("The road from Mirabad, Nairobi and back is closed.", {}),  # a list of towns
        ("He left Mirabad for Kenya.", {}),
        ("The people of Mirabad, Kenya.", {"kind": "demonym"}),
        ("A bus crashed in Mirabad, Kenya.", {"score": 0.995}),  # surer than the country
        ("A bus crashed in Mirabad, Kenya.", {"inner": VILLAGE._replace(population=900_000)}),  # named anywhere
        ("A bus crashed in Mirabad, Kenya.", {"inner": VILLAGE._replace(lat=4.0, lon=41.9)}),  # by the border
    ],
)
def test_what_the_text_does_not_plainly_put_elsewhere_stays(text, how):
    assert told(text, **how)[0].place is not None


def test_a_list_that_goes_on_puts_nothing_anywhere():
    text = "Floods in Mirabad, Kenya and Uganda."
    uganda = Place("geonames", "4", "Uganda", 1.0, 32.0, "A", "PCLI", "UG", "Uganda", population=40_000_000)
    answers = [
        resolved(text, "Mirabad", VILLAGE),
        resolved(text, "Kenya", COUNTRY, score=0.99, precision="country", geometry=KENYA),
        resolved(text, "Uganda", uganda, score=0.99, precision="country", geometry=Point(32, 1).buffer(2)),
    ]
    assert without_misplaced(text, answers) == answers


def test_every_mention_of_the_name_follows(gazetteer):
    text = "Two men died in Springfield in Germany. The mayor of Springfield spoke. Cologne was spared."
    names = ["Springfield", "Germany", "Springfield", "Cologne"]
    spans, at = [], 0
    for name in names:
        at = text.index(name, at)
        spans.append(Span(at, at + len(name), name))
        at += len(name)
    document = Document(id="a", text=text, toponyms=tuple(spans))
    found = geoparse(document, sentences(document), gazetteer, spans="given")
    assert [r.place.name if r.place else None for r in found] == [None, "Germany", None, "Köln"]
    assert [r.inferred for r in found] == [True, False, True, False]


def test_the_region_of_the_country_named_before_it_holds_the_village(gazetteer):
    text = "A drone struck a school in Gedeb, in the East Gojjam zone of Ethiopia's Amhara region."
    spans = tuple(Span(text.index(n), text.index(n) + len(n), n) for n in ("Gedeb", "Ethiopia", "Amhara"))
    document = Document(id="a", text=text, toponyms=spans)
    village, country, region = geoparse(document, sentences(document), gazetteer, spans="given")
    assert village.place is None
    assert village.inferred
    assert (country.place.name, region.place.name) == ("Ethiopia", "Amhara")
    assert village.geometry.equals(region.geometry)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("Shelling of Nairobi's Mirabad district killed two.", True),
        ("Shelling of Nairobi's northern Mirabad neighbourhood killed two.", True),
        ("Shelling of Nairobi's Mirabad killed two.", False),  # of nobody knows what
        ("Nairobi's minister for Mirabad district spoke.", False),
    ],
)
def test_a_quarter_that_is_said_to_be_a_city_s_is_in_that_city(text, moved):
    city, quarter = resolved(text, "Nairobi", TOWN, score=0.99), resolved(text, "Mirabad", VILLAGE)
    found = without_misplaced(text, [city, quarter])[1]
    assert (found.place is None) == moved
    assert found.inferred == moved
