"""Names as people write them, and the place that must come first."""

from __future__ import annotations

import pytest

from mapper.errors import UsageError

# name | id or "CC code" of the first candidate ("IQ" a country, "US.ME" a province) | countries= (or nothing)
TABLE = """
Baghdad|98182|
بغداد|98182|
Mosul|99072|
الموصل|99072|
Mashtal|wof-1796500189|
Al Mashtal|wof-1796500189|
Al-Mashtal|wof-1796500189|
Sadr City|7802746|
Green Zone|iraqi-green-zone|
Karrada|wof-1796500289|
Adhamiyah|adhamiyah-baghdad|
Kadhimiya|99172|
Deir al-Zor|170794|
Deir Ezzor|170794|
Deir ez-Zor|170794|
Abu Kamal|174448|
Al-Bukamal|174448|
Al-Mayadin|173480|
Mayadeen|173480|
Al-Qaim|92138|
Zubayr|98245|
Qaim|92138|
Mahmudiyah|99100|
Hilla|99347|
Akashat|akashat|
Jurf al-Sakhar|95069|
Jurf as-Sakhar|95069|
Tower 22|tower-22|
Al-Tanf|al-tanf-garrison|
al-Tanf garrison|al-tanf-garrison|
Ain al-Asad|airport-ORAA|
Al Asad Air Base|airport-ORAA|
Ain al-Assad|airport-ORAA|
Rukban|11428685|
Erbil|95446|
Arbil|95446|
Hewler|95446|
As-Sulaymaniyah|98463|
Sulaimaniya|98463|
Tal Afar|90393|
Tel Afar|90393|
Kirkuk|94787|
Basra|99532|
Fallujah|99454|
Ramadi|98717|
Anbar|99592|
Anbar province|99592|
al-Anbar|99592|
Kurdistan|126585|
Iraqi Kurdistan|126585|
Damascus|170654|
Aleppo|170063|
Idlib|169389|
Raqqa|172955|
Hasakah|173811|
Manbij|167357|
Eastern Ghouta|ghouta|
Khmeimim|khmeimim|
Hmeimim|khmeimim|
Bab al-Hawa|bab-al-hawa|
Yarmouk|166716|
Gaza|281133|
Gaza City|281133|
Gaza Strip|281132|
West Bank|285153|
Rafah crossing|rafah-crossing|
Khan Younis|281124|
Jabalia|281129|
Nuseirat|281109|
Deir al-Balah|wof-101920153|
Jerusalem|281184|
East Jerusalem|7303419|
Golan Heights|173708|
Dahiyeh|dahiyeh|
Beirut|276781|
Sana'a|71137|
Sanaa|71137|
Hodeidah|79415|
Taiz|70225|
Aden|415189|
Red Sea|350155|
Bab el-Mandeb|ne-bab-el-mandeb|
Gulf of Aden|80303|
Strait of Hormuz|strait-of-hormuz|
Suez Canal|suez-canal|
Persian Gulf|235616|
Mediterranean|363196|
Pacific|2363254|
Atlantic|3373405|
Black Sea|630673|
South China Sea|12218168|
Taiwan Strait|ne-taiwan-strait|
Middle East|6269133|
Sahel|2425938|
Horn of Africa|11820342|
Balkans|12216908|
Donbas|709718|
Donbass|709718|
Southeast Asia|7729896|
Latin America|7730009|
Africa|6255146|
Europe|6255148|
EU|european-union|
Kyiv|703448|
Kiev|703448|
Київ|703448|
Kharkiv|706483|
Kharkov|706483|
Odessa|698740|
Zaporizhzhia|687700|
Mariupol|701822|
Bakhmut|713174|
Crimea|703883|
Sevastopol|694423|
Moscow|524901|
Chechnya|569665|
Nagorno-Karabakh|409410|
South Ossetia|south-ossetia|
Abkhazia|6643410|
Kivu|kivu|
North Kivu|206938|
Goma|216281|
Cabo Delgado|1051823|
Rakhine|1298852|
Darfur|8693107|
El Fasher|379555|
Khartoum|379252|
Tigray|444187|
Mogadishu|53654|
Maiduguri|2331447|
Timbuktu|2449067|
Benghazi|88319|
Puntland|8220543|
Western Sahara|EH|
Kabul|1138958|
Kandahar|1138336|
Helmand|1140043|
Peshawar|1168197|
Karachi|1174872|
Waziristan|1162451|
New Delhi|1261481|
Delhi|1273294|
Mumbai|1275339|
Bombay|1275339|
Kashmir|kashmir|
Punjab|1167710|PK
Punjab|1259223|IN
Dhaka|1185241|
Kutupalong|kutupalong|
Naypyidaw|6611854|
Rangoon|1298824|
Mindanao|ne-mindanao|
Beijing|1816670|
Peking|1816670|
Xinjiang|1529047|
Tibet|1279685|
Hong Kong|HK|
Taiwan|TW|
Kosovo|XK|
Palestine|PS|
Georgia|GE|
Georgia|US.GA|US
Jordan|JO|
Iraq|IQ|
Syria|SY|
Niger|NE|
Mali|ML|
Chad|TD|
Oman|OM|
Cuba|CU|
Turkey|TR|
Türkiye|TR|
Burma|MM|
Ivory Coast|CI|
Holland|NL|
DR Congo|CD|
DRC|CD|
UAE|AE|
U.A.E.|AE|
UK|GB|
U.K.|GB|
US|US|
U.S.|US|
United States|US|
Soviet Union|soviet-union|
Holy See|VA|
W.Va.|US.WV|
Calif.|US.CA|
Conn.|US.CT|
Kan.|US.KS|
Ky.|US.KY|
KY|US.KY|
Miss.|US.MS|
Iraqi|IQ|
Iraqis|IQ|
Syrians|SY|
British|GB|
French|FR|
Russian|RU|
Ontarians|CA.08|
Texan|US.TX|
European|6255148|
South Ossetian|south-ossetia|
Palestinians|PS|
Washington|4140963|
Washington|US.WA|US
London|2643743|
London|6058560|CA
Paris|2988507|
Paris|4717560|US
New York|5128581|
Texas|US.TX|
Maine|US.ME|
St. Louis|4407066|US
Manhattan|5125771|
Heathrow|airport-EGLL|
Schiphol|airport-EHAM|
Ben Gurion|airport-LLBG|
Nile|nile-river|
Euphrates|euphrates-river|
Lake Chad|lake-chad|
Sahara|2212709|
Himalayas|1252558|
Mount Everest|mount-everest|
Mt. Everest|mount-everest|
Rocky Mountains|rocky-mountains|
Guantanamo Bay|13527055|
Bagram|airport-OAIX|
Diego Garcia|diego-garcia|
Kaduna|2335727|
Santiago de Cuba|3536729|
Sao Tome|2410763|
Luxembourg|LU|
Guatemala|GT|
Panama|PA|
Djibouti|DJ|
Quebec|CA.10|
Oaxaca|MX.20|
Herat|1140026|
Va.|US.VA|
Ga.|US.GA|
Md.|US.MD|
Pétion-Ville|3719028|
Humera|334717|
Maarat al-Numan|167611|
Bardhere|65170|
Kfar Aza|294563|
Minova|minova|
Walikale|walikale|
Khiam|khiam|
Tawila|tawila|SD
Columbia University|columbia-university|
Harvard|harvard-university|
Mount Hood|mount-hood|
"""
ROWS = [line.split("|") for line in TABLE.strip().splitlines()]
# Where both readings are common, either may come first; both must be there.
WASHINGTON_STATE = ("Washington", "US.WA")


def expected(gazetteer, reference):
    if len(reference) == 2 and reference.isalpha():
        return gazetteer.country(reference)
    if "." in reference:
        return gazetteer.admin1(*reference.split("."))
    return gazetteer.place(reference)


def test_the_table_has_names_enough():
    assert len(ROWS) >= 150


@pytest.mark.parametrize(("name", "reference", "countries"), ROWS)
def test_the_first_candidate_is_the_one_people_mean(gazetteer, name, reference, countries):
    wanted = expected(gazetteer, reference)
    assert wanted is not None
    classes = ["A"] if (name, reference) == WASHINGTON_STATE else None
    found = gazetteer.lookup(name, countries=[countries] if countries else None, feature_classes=classes)
    assert [c.place.name for c in found[:1]] == [wanted.name]
    assert found[0].place == wanted


@pytest.mark.parametrize(
    ("name", "reference"),
    [("Bangor", "US.ME"), ("Springfield", "US.IL"), ("Portland", "US.OR"), ("Lancaster", "US.PA")],
)
def test_a_town_is_found_in_its_state(gazetteer, name, reference):
    state = reference.split(".")[1]
    assert any(
        c.place.admin1_code == state and c.place.feature_class == "P" for c in gazetteer.lookup(name, countries=["US"])
    )


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("Baghdad", "exact"), ("Bagdad", "alternate"), ("Syrians", "demonym"), ("U.S.", "abbreviation"),
        ("Deir Ezzor", "loose"), ("northern Syria", "loose"),
    ],
)  # fmt: skip
def test_a_candidate_says_how_it_matched(gazetteer, name, match):
    assert gazetteer.lookup(name)[0].match == match


@pytest.mark.parametrize(
    "word",
    [
        "in",
        "at",
        "of",
        "us",
        "it",
        "me",
        "the",
        "Miss",
        "or",
        "ill",
        "mass",
        "BGW",
        "123",
        "",
        " ",
        "\U0001f1ee\U0001f1f6",
    ],
)
def test_words_and_codes_are_no_places(gazetteer, word):
    assert not gazetteer.knows(word)


@pytest.mark.parametrize("name", ["Baghdad", "Iraqi", "W.Va.", "Mashtal", "بغداد", "EU", "Sana'a"])
def test_known_names_are_known(gazetteer, name):
    assert gazetteer.knows(name)


@pytest.mark.parametrize("name", ["Ky.", "Va.", "Ga.", "Md.", "Pétion-Ville", "Petionville"])
def test_short_forms_and_hyphened_names_are_known_as_written(gazetteer, name):
    assert gazetteer.knows(name)


@pytest.mark.parametrize("name", ["Al-Rahad", "Ar-Rahad", "El Rahad"])
def test_an_article_counts_as_one_however_it_is_assimilated(gazetteer, name):
    assert gazetteer.knows(name)
    assert any(c.place.country_code == "SD" and c.match in ("exact", "alternate") for c in gazetteer.lookup(name))


@pytest.mark.parametrize("word", ["Saadi", "va.", "md", "Discussiun"])
def test_surnames_and_words_of_other_languages_are_no_countries(gazetteer, word):
    assert not gazetteer.knows(word)


def test_a_lookup_is_narrowed_to_a_box(gazetteer):
    whole = gazetteer.lookup("Tripoli", limit=100)
    inside = gazetteer.lookup("Tripoli", bounds=(34.0, 33.0, 37.0, 35.0))
    assert {c.place.country_code for c in inside} == {"LB"}
    assert set(inside) == {c for c in whole if 34 <= c.place.lon <= 37 and 33 <= c.place.lat <= 35}


def test_a_box_may_cross_the_antimeridian(gazetteer):
    assert {c.place.country_code for c in gazetteer.lookup("Suva", bounds=(170, -25, -170, -10))} == {"FJ"}


def test_a_lookup_is_narrowed_to_the_surroundings_of_a_point(gazetteer):
    near = gazetteer.lookup("Springfield", near=(39.8, -89.65), within_m=30_000)
    assert {c.place.admin1_code for c in near} == {"IL"}
    assert gazetteer.lookup("Springfield", near=(33.3, 44.4), within_m=30_000) == []


@pytest.mark.parametrize("wrong", [{"bounds": (0, 50, 10, 40)}, {"near": (95, 0)}, {"near": (0, 0), "within_m": -1}])
def test_a_box_or_point_off_the_map_is_a_usage_error(gazetteer, wrong):
    with pytest.raises(UsageError):
        gazetteer.lookup("Baghdad", **wrong)


@pytest.mark.parametrize(("gid", "sure"), [("akashat", "low"), ("tower-22", "high"), ("98182", "")])
def test_a_place_says_how_sure_its_point_is(gazetteer, gid, sure):
    assert gazetteer.certainty(gazetteer.place(gid)) == sure


def test_hamlets_known_by_their_post_code_have_an_id_and_an_approximate_point(gazetteer):
    place = next(c.place for c in gazetteer.lookup("Oodnadatta", countries=["AU"]))
    assert gazetteer.place(place.gazetteer_id) == place
    assert place.geonameid is None
    assert gazetteer.certainty(place) == "approximate"
    assert place.admin1 == "South Australia"


def test_the_empty_name_has_no_candidates(gazetteer):
    assert gazetteer.lookup("") == []
    assert gazetteer.lookup("—") == []


def test_a_misspelt_name_is_found_only_when_asked_for(gazetteer):
    assert not any(c.place.geonameid == 98182 for c in gazetteer.lookup("Baghdda"))
    found = gazetteer.lookup("Baghdda", fuzzy=True)
    assert found[0].place.geonameid == 98182
    assert found[0].match == "fuzzy"


def test_scores_fall_and_lie_between_nought_and_one(gazetteer):
    scores = [c.score for c in gazetteer.lookup("Springfield", limit=200)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < s <= 1 for s in scores)


def test_limit_and_classes_narrow_the_answer(gazetteer):
    assert len(gazetteer.lookup("San Jose", limit=3)) == 3
    assert {c.place.feature_class for c in gazetteer.lookup("Baghdad", feature_classes=["A"])} == {"A"}
    assert {c.place.feature_code for c in gazetteer.lookup("Baghdad", feature_classes=["PPLC"])} == {"PPLC"}


def test_a_prefix_offers_well_known_places_first(gazetteer):
    assert gazetteer.lookup("Baghd") == []
    assert gazetteer.starting("Baghd")[0].place.geonameid == 98182
    assert gazetteer.starting("") == []


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("University of Baghdad", "98182"), ("Manitoba Chambers of Commerce", "CA.03"), ("US Federal Reserve", "US"),
        ("Arizona State University", "US.AZ"), ("Seoul Central District Court", "1835848"),
    ],
)  # fmt: skip
def test_a_longer_name_contains_its_place(gazetteer, name, reference):
    assert gazetteer.contained(name)[0].place == expected(gazetteer, reference)


def test_a_place_that_a_name_contains_twice_is_given_once(gazetteer):
    found = [c.place for c in gazetteer.contained("Baghdad University of Baghdad")]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", ["Central Park", "State University", "Congress"])
def test_generic_words_contain_no_place(gazetteer, name):
    assert gazetteer.contained(name) == []


@pytest.mark.parametrize(
    ("name", "reference"),
    [("Greater Toronto Area", "6167865"), ("northern Anbar province", "99592"), ("the City of London area", "2643741")],
)
def test_several_generic_words_are_taken_away(gazetteer, name, reference):
    assert expected(gazetteer, reference) in [c.place for c in gazetteer.lookup(name)]


def test_the_golan_heights_belong_to_no_country(gazetteer):
    place = gazetteer.place("173708")
    assert (place.name, place.country_code, place.country, place.admin1) == ("Golan Heights", "", "", "")
    assert "Golan Heights" in gazetteer.info()["policy"]


@pytest.mark.parametrize("name", ["Atlantic", "Pacific", "North Atlantic", "South Pacific", "Indian Ocean", "Arctic"])
def test_an_ocean_is_known_without_the_word(gazetteer, name):
    assert any(c.place.feature_code == "OCN" for c in gazetteer.lookup(name))


@pytest.mark.parametrize("name", ["Khartoum", "الخرطوم", "Daraa", "Kaduna"])
def test_a_seat_is_known_by_the_name_it_gives_its_province(gazetteer, name):
    assert {"P", "A"} <= {c.place.feature_class for c in gazetteer.lookup(name)}


def test_both_readings_of_gaza_are_offered(gazetteer):
    assert {281132, 281133} <= {c.place.geonameid for c in gazetteer.lookup("Gaza")}


def test_the_low_certainty_of_akashat_still_gives_its_point(gazetteer):
    place = gazetteer.place("akashat")
    assert (place.country_code, round(place.lat, 2), round(place.lon, 2)) == ("IQ", 33.67, 39.97)
    assert place.gazetteer == "supplement"


@pytest.mark.parametrize(
    ("reference", "lat", "lon"),
    [
        ("wof-1796500189", 33.3299, 44.5084), ("tower-22", 33.31417, 38.70333), ("al-tanf-garrison", 33.50583, 38.61778),
        ("airport-ORAA", 33.7856, 42.4412), ("95069", 32.8667, 44.2139), ("92138", 34.39251, 40.98945),
        ("6252001", 39.76, -98.5), ("99237", 33.0, 44.0),
    ],
)  # fmt: skip
def test_verified_coordinates(gazetteer, reference, lat, lon):
    place = gazetteer.place(reference)
    assert place.lat == pytest.approx(lat, abs=1e-4)
    assert place.lon == pytest.approx(lon, abs=1e-4)


def test_places_carry_their_hierarchy(gazetteer):
    mosul = gazetteer.place("99072")
    assert (mosul.country, mosul.country_code, mosul.admin1_code) == ("Iraq", "IQ", "15")
    assert mosul.admin1 == gazetteer.admin1("IQ", "15").name
    assert gazetteer.place("wof-1796500189").admin1_code == "07"


def test_sites_of_a_country(gazetteer):
    ids = {p.gazetteer_id for p in gazetteer.sites("JO", ["MILB", "AIRB"])}
    assert "tower-22" in ids
    assert all(p.country_code == "JO" for p in gazetteer.sites("JO", ["MILB", "AIRB"]))
    assert gazetteer.sites("JO", ["PPLC"])[0].name == "Amman"
    assert gazetteer.sites("JO", ["NOSUCH"]) == []


def test_unknown_ids_are_none(gazetteer):
    assert gazetteer.place("0") is None
    assert gazetteer.place("nowhere") is None
    assert gazetteer.country("ZZ") is None
    assert gazetteer.country("IQ.07") is None
    assert gazetteer.admin1("ZZ", "1") is None
