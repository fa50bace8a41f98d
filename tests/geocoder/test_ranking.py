"""Which place of a name is meant: containment, the company of other places, and what a name never means."""

from __future__ import annotations

import re

import pytest

from mapper.geocoder import geoparse
from mapper.geocoder.answering import rank
from mapper.records import Document, Span, Toponym
from mapper.text import sentences

MEANT = [
    ("A fire broke out in Bangor, Maine, on Sunday.", "Bangor", "US", (44.8, -68.8)),
    ("A fire broke out in Bangor, Northern Ireland, on Sunday.", "Bangor", "GB", (54.7, -5.7)),
    ("Two men were shot in Paris, Texas.", "Paris", "US", (33.7, -95.6)),
    ("Two men were shot in Paris.", "Paris", "FR", (48.9, 2.4)),
    ("The mayor of Springfield, Illinois, resigned.", "Springfield", "US", (39.8, -89.6)),
    ("Rebels took Tripoli, Lebanon's second city.", "Tripoli", "LB", (34.4, 35.8)),
    ("Militias clashed in Tripoli, the capital of Libya.", "Tripoli", "LY", (32.9, 13.2)),
    ("The attack hit a vehicle in Mashtal, in the east of Iraqi capital Baghdad.", "Mashtal", "IQ", (33.33, 44.51)),
    ("A bus fell into a gorge near San José, Costa Rica.", "San José", "CR", (9.9, -84.1)),
    ("Floods in Hyderabad and Karachi cut off much of Sindh.", "Hyderabad", "PK", (25.4, 68.4)),
    ("Floods in Hyderabad, Telangana, killed ten.", "Hyderabad", "IN", (17.4, 78.5)),
    (
        "Clashes in Valencia, Maracay and Caracas left four dead, Venezuela's government said.",
        "Valencia",
        "VE",
        (10.2, -68.0),
    ),
    ("Troops marched from Mosul to Baghdad and searched homes in Kut.", "Kut", "IQ", (32.5, 45.8)),
]


@pytest.mark.parametrize(("text", "name", "country", "where"), MEANT)
def test_the_place_that_is_meant_comes_first(place_of, text, name, country, where):
    place = place_of(text, name).place
    assert place.country_code == country
    assert abs(place.lat - where[0]) < 0.3
    assert abs(place.lon - where[1]) < 0.3


@pytest.mark.parametrize("name", ["Jordan", "Lebanon", "Chad", "Georgia", "Peru", "Cuba"])
def test_a_country_by_itself_is_the_country(place_of, name):
    assert place_of(f"The floods in {name} were the worst in years.", name).precision == "country"


@pytest.mark.parametrize("name", ["Red Sea", "Black Sea", "Gulf of Aden", "Baltic Sea"])
def test_a_sea_is_the_sea(place_of, name):
    assert place_of(f"A ship was hit in the {name}.", name).precision == "water"


def test_scores_are_between_nought_and_one_and_candidates_at_most_five(parse):
    for r in parse("Fighting in Paris, London, San Antonio, Santa Cruz and Springfield."):
        assert 0 <= r.score <= 1
        assert len(r.candidates) <= 5
        assert [c.score for c in r.candidates] == sorted((c.score for c in r.candidates), reverse=True)


def test_a_name_with_many_places_and_no_context_is_unsure(place_of):
    assert place_of("A man was robbed in Springfield.", "Springfield").score < 0.6


def test_containment_makes_sure(place_of):
    vague = place_of("A man was robbed in Springfield.", "Springfield")
    told = place_of("A man was robbed in Springfield, Missouri.", "Springfield")
    assert told.place.admin1 == "Missouri"
    assert told.score > vague.score


def test_the_reasons_name_the_container(place_of):
    reasons = place_of("A man was robbed in Springfield, Missouri.", "Springfield").reasons
    assert any("Missouri" in reason for reason in reasons)


def test_given_spans_get_one_answer_each_in_text_order(gazetteer):
    text = "Zzyqqx and Baghdad, not Basra"
    spans = (Span(11, 18, "Baghdad"), Span(0, 6, "Zzyqqx"))
    document = Document(id="g", text=text, toponyms=spans)
    answers = geoparse(document, sentences(document), gazetteer, spans="given")
    assert [(r.toponym.text, r.place is None) for r in answers] == [("Zzyqqx", True), ("Baghdad", False)]


def test_a_document_without_toponyms_has_no_answers(gazetteer):
    document = Document(id="e", text="")
    assert geoparse(document, [], gazetteer) == []


SEATS = [
    ("The army clashed with gunmen in Kaduna on Friday.", "Kaduna", "settlement"),
    ("Hundreds marched through Santiago de Cuba.", "Santiago de Cuba", "settlement"),
    ("A ferry left São Tomé at noon.", "São Tomé", "settlement"),
    ("Shells fell on Donetsk and Luhansk.", "Luhansk", "settlement"),
    ("A bomb went off in Basra.", "Basra", "settlement"),
    ("Bandits raided three villages in Kaduna State.", "Kaduna State", "adm1"),
    ("Bandits raided three villages in the province of Herat.", "Herat", "adm1"),
    ("People fled to the countryside of Idlib province.", "Idlib", "adm1"),
    ("Rebels seized four towns in Helmand.", "Helmand", "adm1"),
    ("Rebels seized four towns in Anbar.", "Anbar", "adm1"),
    ("Floods cut off much of Punjab.", "Punjab", "adm1"),
    ("Floods cut off much of Quebec.", "Quebec", "adm1"),
    ("Floods cut off much of Djibouti.", "Djibouti", "country"),
    ("Floods cut off much of Guatemala.", "Guatemala", "country"),
]
SEAS = ["Atlantic", "Caspian"]


@pytest.mark.parametrize(("text", "name", "precision"), SEATS)
def test_a_town_leads_its_namesake_province_unless_the_text_says_the_province(place_of, text, name, precision):
    assert place_of(text, name).precision == precision


@pytest.mark.parametrize("name", SEAS)
def test_the_short_name_of_a_sea_with_its_article_is_the_sea(place_of, name):
    assert place_of(f"Three ships sank in the {name} during the storm.", name).precision == "water"


def test_a_bare_name_is_no_sea_that_only_begins_with_it(place_of):
    assert place_of("A bus crashed near Flores in Guatemala.", "Flores").place.country_code == "GT"


def test_countries_in_a_list_do_not_contain_each_other(place_of):
    assert place_of("Attacks were reported from Kuwait, Djibouti and Panama.", "Kuwait").toponym.phrase is None


def test_a_long_document_is_ranked_to_its_end(parse):
    text = "Shells fell on Mosul and near Kirkuk while officials in Baghdad met. " * 400
    answers = parse(text)
    assert len(answers) == 1200
    assert {r.place.country_code for r in answers} == {"IQ"}


def test_a_countrys_own_name_is_the_country_however_much_is_said_of_one_of_its_states(gazetteer):
    text = (
        "The caravan camped in Matias Romero, Oaxaca, Mexico, on Wednesday. Trains left Toluca and Metepec. "
        "The laws of Mexico were praised in Toluca."
    )
    names = ["Matias Romero", "Oaxaca", "Mexico", "Toluca", "Metepec"]
    spans = sorted((m.start(), m.end()) for n in names for m in re.finditer(n, text))
    toponyms = [Toponym(a, b, text[a:b]) for a, b in spans]
    told = [
        r.candidates[0].place.feature_code
        for t, r in zip(toponyms, rank(text, toponyms, gazetteer), strict=True)
        if t.text == "Mexico"
    ]
    assert told == ["PCLI", "PCLI"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sheriffs in Becker, Grant and Wadena counties, Minnesota, closed roads.", ["Becker", "Grant", "Wadena"]),
        ("Rain fell in the counties of Kent and Essex.", ["Kent", "Essex"]),
    ],
)
def test_the_kind_that_a_text_says_of_a_list_is_said_of_each_in_it(read_place, text, names):
    assert [read_place(text, name).place.feature_code for name in names] == ["ADM2"] * len(names)


def test_a_county_and_a_town_in_it_say_which_of_each_is_meant(place_of):
    text = "Huntsville firemen lifted the burn ban. Walker County had banned fires in January."
    assert place_of(text, "Huntsville").place.admin1 == "Texas"
    assert place_of(text, "Walker County").place.admin1 == "Texas"


def test_what_a_country_is_called_elsewhere_is_the_city_of_that_very_name(place_of):
    assert place_of("The flight left Bogota, Columbia, at noon.", "Columbia").place.country_code == "CO"
    assert (
        place_of("A judge ruled that Columbia owes the builder a million dollars.", "Columbia").place.country_code
        == "US"
    )
