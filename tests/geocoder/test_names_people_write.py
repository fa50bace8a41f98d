"""Names as people write them: the first answer of `mapper.geocode` is the place they mean."""

from __future__ import annotations

import pytest

import mapper
from mapper.geocoder.geodesy import azimuth_m

# name, country, feature code, latitude and longitude to about ten kilometres (areas: the gazetteer's own point)
NAMES = [
    ("Mashtal", "IQ", "PPLX", 33.3, 44.5),
    ("Al Mashtal", "IQ", "PPLX", 33.3, 44.5),
    ("Deir al-Zor", "SY", "PPLA", 35.3, 40.1),
    ("Deir Ezzor", "SY", "PPLA", 35.3, 40.1),
    ("Sana'a", "YE", "PPLC", 15.3, 44.2),
    ("Tower 22", "JO", "MILB", 33.3, 38.7),
    ("Al-Tanf", "SY", "MILB", 33.5, 38.6),
    ("Ain al-Asad", "IQ", "AIRB", 33.8, 42.4),
    ("Al Asad Air Base", "IQ", "AIRB", 33.8, 42.4),
    ("Jurf al-Sakhar", "IQ", "PPL", 32.9, 44.2),
    ("Akashat", "IQ", "PPL", 33.7, 40.0),
    ("Red Sea", "", "SEA", 20.3, 38.5),
    ("Bab el-Mandeb", "", "STRT", 12.6, 43.9),
    ("Gaza Strip", "PS", "ADM1", 31.4, 34.3),
    ("West Bank", "PS", "ADM1", 31.7, 35.2),
    ("Rafah crossing", "PS", "PSTB", 31.2, 34.3),
    ("Sadr City", "IQ", "PPL", 33.4, 44.5),
    ("Kyiv", "UA", "PPLC", 50.5, 30.5),
    ("Kiev", "UA", "PPLC", 50.5, 30.5),
    ("Donbas", "UA", "RGN", 48.5, 38.5),
    ("Sahel", "", "RGN", 17.3, 2.5),
    ("Kivu", "CD", "RGN", -2.3, 28.3),
    ("Cabo Delgado", "MZ", "ADM1", -12.5, 39.4),
    ("Rakhine", "MM", "ADM1", 19.0, 94.2),
    ("Darfur", "SD", "RGN", 13.0, 25.0),
    ("El Fasher", "SD", "PPLA", 13.6, 25.4),
    ("Anbar", "IQ", "ADM1", 33.5, 41.3),
    ("Erbil", "IQ", "PPLA", 36.2, 44.0),
    ("Arbil", "IQ", "PPLA", 36.2, 44.0),
    ("Hewler", "IQ", "PPLA", 36.2, 44.0),
    ("Mosul", "IQ", "PPLA", 36.3, 43.1),
    ("الموصل", "IQ", "PPLA", 36.3, 43.1),
    ("بغداد", "IQ", "PPLC", 33.3, 44.4),
    ("New Delhi", "IN", "PPLC", 28.6, 77.2),
    ("Bangor, Maine", "US", "PPLA2", 44.8, -68.8),
    ("Springfield, Illinois", "US", "PPLA", 39.8, -89.6),
    ("Georgia", "GE", "PCLI", 42.0, 43.5),
    ("Georgia, United States", "US", "ADM1", 32.8, -83.5),
    ("W.Va.", "US", "ADM1", 38.5, -80.5),
    ("Pacific", "", "OCN", 3.5, -132.2),
    ("EU", "", "RGN", 50.1, 9.5),
    ("Kurdistan", "IQ", "RGN", 37.0, 44.0),
    ("Heathrow", "GB", "AIRP", 51.5, -0.5),
    ("Schiphol", "NL", "AIRP", 52.3, 4.8),
    ("Gulf", "", "GULF", 27.0, 51.0),
    ("Midwest", "US", "RGN", 42.7, -93.9),
    ("Soviet Union", "", "PCLH", 60.0, 90.0),
    ("Holy See", "VA", "PCLI", 41.9, 12.4),
    ("Burma", "MM", "PCLI", 21.0, 96.0),
    ("Peking", "CN", "PPLC", 39.9, 116.4),
    ("Côte d'Ivoire", "CI", "PCLI", 8.0, -5.5),
    ("Ivory Coast", "CI", "PCLI", 8.0, -5.5),
    ("Timbuktu", "ML", "PPLA", 16.8, -3.0),
    ("Washington", "US", "PPLC", 38.9, -77.0),
    ("New York", "US", "PPL", 40.7, -74.0),
    ("Paris", "FR", "PPLC", 48.9, 2.4),
    ("London", "GB", "PPLC", 51.5, -0.1),
    ("Jordan", "JO", "PCLI", 31.0, 36.0),
    ("Lebanon", "LB", "PCLI", 33.8, 35.8),
    ("Tripoli, Lebanon", "LB", "PPLA", 34.4, 35.8),
    ("Hudaydah", "YE", "PPLA", 14.8, 43.0),
    ("Hodeidah", "YE", "PPLA", 14.8, 43.0),
    ("Aleppo", "SY", "PPLA", 36.2, 37.2),
    ("Homs", "SY", "PPLA", 34.7, 36.7),
    ("Idlib", "SY", "PPLA", 35.9, 36.6),
    ("Goma", "CD", "PPLA", -1.7, 29.2),
    ("Sinai", "EG", "PEN", 29.5, 33.8),
    ("Crimea", "UA", "ADM1", 45.0, 34.0),
    ("Strait of Hormuz", "", "STRT", 26.6, 56.2),
    ("South China Sea", "", "SEA", 14.7, 115.6),
    ("Kashmir", "", "RGN", 34.2, 75.0),
    ("Nagorno-Karabakh", "AZ", "RGN", 40.0, 46.6),
    ("Tigray", "ET", "ADM1", 14.2, 38.8),
    ("Horn of Africa", "", "RGN", 9.0, 48.0),
    ("Middle East", "", "RGN", 33.1, 35.9),
    ("Balkans", "", "RGN", 44.0, 22.1),
    ("Sea of Japan", "", "SEA", 40.0, 135.0),
    ("Lake Chad", "", "LK", 13.0, 14.4),
]


@pytest.mark.parametrize(("name", "country", "code", "lat", "lon"), NAMES)
def test_the_first_answer_is_the_place_that_is_meant(name, country, code, lat, lon):
    (first,) = mapper.geocode(name, limit=1)
    place = first.place
    assert (place.country_code, place.feature_code) == (country, code)
    assert (place.lat, place.lon) == (pytest.approx(lat, abs=0.1), pytest.approx(lon, abs=0.1))


# name | country ("*": disputed, or shared by several) | classes that fit ("PA": the town or its province) | latitude |
# longitude | kilometres from them within which the answer must lie: general knowledge, set down before it was asked for
FROM_GENERAL_KNOWLEDGE = """
Omdurman|SD|P|15.65|32.48|15
El Geneina|SD|P|13.45|22.45|15
Al-Fashir|SD|P|13.63|25.35|15
Nyala|SD|P|12.05|24.88|15
Port Sudan|SD|P|19.62|37.22|15
الخرطوم|SD|P|15.55|32.53|20
South Kordofan|SD|A|11.2|29.9|150
Abyei|*|PAL|9.6|28.4|60
Juba|SS|P|4.85|31.6|15
Bentiu|SS|P|9.23|29.8|20
N'Djamena|TD|P|12.11|15.04|15
Diffa|NE|P|13.32|12.61|15
Gao|ML|P|16.27|-0.04|15
Kidal|ML|P|18.44|1.41|15
Djibo|BF|P|14.1|-1.63|15
Liptako-Gourma|*|LA|14.0|0.5|250
Sambisa Forest|NG|LVS|11.2|13.4|60
Borno State|NG|A|11.5|13.0|120
Chibok|NG|PA|10.87|12.85|20
Jos|NG|P|9.92|8.89|15
Beni, Congo|CD|P|0.49|29.47|20
Bukavu|CD|P|-2.5|28.86|15
Ituri|CD|A|1.6|29.4|150
Bangui|CF|P|4.36|18.56|15
Mekelle|ET|P|13.5|39.47|15
Oromia|ET|A|8.0|39.0|250
Kismayo|SO|P|-0.36|42.55|15
Hargeisa|SO|P|9.56|44.06|15
Somaliland|SO|ALP|9.7|46.0|250
Lower Shabelle|SO|A|1.9|44.3|150
Palma, Mozambique|MZ|PA|-10.77|40.47|30
Misrata|LY|P|32.38|15.09|15
Tripoli, Libya|LY|P|32.89|13.19|15
Sirte|LY|P|31.2|16.59|15
Tobruk|LY|P|32.08|23.96|15
Port Said|EG|P|31.26|32.3|15
Sharm el-Sheikh|EG|P|27.9|34.33|20
El-Arish|EG|P|31.13|33.8|15
Laayoune|EH|P|27.15|-13.2|20
Tindouf|DZ|P|27.67|-8.15|20
Soweto|ZA|P|-26.27|27.86|15
Khayelitsha|ZA|P|-34.04|18.68|10
Kibera|KE|P|-1.31|36.78|5
Dadaab refugee camp|KE|PSL|0.05|40.31|25
Kakuma camp|KE|PSL|3.72|34.86|20
Camp Lemonnier|DJ|LS|11.54|43.15|10
Tel Aviv|IL|P|32.08|34.78|10
Jenin refugee camp|PS|PSL|32.46|35.29|5
Nablus|PS|P|32.22|35.25|10
Hebron|PS|P|31.53|35.1|10
Kerem Shalom crossing|*|SLP|31.23|34.28|8
Erez crossing|*|SLP|31.56|34.55|8
Philadelphi Corridor|*|LSR|31.27|34.26|15
Sheikh Jarrah|*|P|31.79|35.23|5
القدس|*|P|31.78|35.22|10
غزة|PS|PA|31.5|34.46|20
Sidon|LB|P|33.56|35.37|10
Saida|LB|P|33.56|35.37|10
Tyre, Lebanon|LB|P|33.27|35.2|10
Baalbek|LB|P|34.0|36.21|10
Bekaa Valley|LB|TLA|33.85|35.9|50
Shebaa Farms|*|LPA|33.29|35.7|25
Ain al-Hilweh|LB|PS|33.54|35.38|6
Daraa|SY|PA|32.62|36.1|40
As-Suwayda|SY|PA|32.71|36.57|40
Kobani|SY|P|36.89|38.35|10
Afrin|SY|P|36.51|36.87|10
Al-Hol camp|SY|PSL|36.38|41.15|15
Douma|SY|P|33.57|36.4|10
Palmyra|SY|P|34.56|38.28|15
حلب|SY|P|36.2|37.16|15
دمشق|SY|P|33.51|36.29|15
Rojava|SY|LA|36.5|40.5|200
Sinjar|IQ|P|36.32|41.86|10
Samarra|IQ|P|34.2|43.87|10
Habbaniyah|IQ|P|33.37|43.57|20
Camp Taji|IQ|LSP|33.52|44.26|15
Baghdad International Airport|IQ|S|33.26|44.23|8
Marib|YE|PA|15.46|45.33|40
Sa'dah|YE|PA|16.94|43.76|40
صنعاء|YE|P|15.35|44.2|15
Socotra|YE|TA|12.5|53.9|60
Natanz|IR|PS|33.51|51.92|30
Esfahan|IR|P|32.65|51.67|15
Kharg Island|IR|T|29.24|50.31|15
Al Udeid Air Base|QA|S|25.12|51.31|10
Diyarbakir|TR|P|37.91|40.22|15
Incirlik|TR|SLP|37.0|35.43|10
Hatay|TR|A|36.4|36.2|80
Constantinople|TR|P|41.01|28.97|20
Khost|AF|P|33.34|69.92|15
Torkham crossing|*|SLP|34.12|71.09|15
Khyber Pakhtunkhwa|PK|A|34.5|72.0|150
Balochistan|PK|A|28.5|66.0|250
Pahalgam|IN|P|34.01|75.32|15
Ladakh|IN|A|34.2|77.6|150
Manipur|IN|A|24.7|93.9|80
Calcutta|IN|P|22.57|88.36|15
Cox's Bazar|BD|PA|21.43|92.0|30
Sittwe|MM|P|20.15|92.9|15
Myawaddy|MM|P|16.69|98.51|15
Shan State|MM|A|21.5|98.0|200
Saigon|VN|P|10.82|106.63|20
Marawi|PH|P|8.0|124.29|15
Jolo|PH|PAT|6.05|121.0|25
Scarborough Shoal|*|HT|15.18|117.76|40
Spratly Islands|*|TA|9.0|113.0|400
Aceh|ID|A|4.2|96.9|150
Urumqi|CN|P|43.8|87.6|20
Tiananmen Square|CN|SL|39.9|116.39|8
Kinmen|TW|APT|24.44|118.37|25
Okinawa|JP|ATP|26.5|127.9|100
Yongbyon|KP|PSA|39.8|125.75|25
Panmunjom|*|PSL|37.95|126.68|10
Malacca Strait|*|H|3.5|100.0|350
Fergana Valley|*|TL|40.7|71.5|150
Nur-Sultan|KZ|P|51.17|71.43|15
Kherson|UA|P|46.64|32.62|15
Nikolaev|UA|P|46.97|32.0|15
Artemivsk|UA|P|48.6|38.0|15
Lugansk|UA|P|48.57|39.3|15
Avdiivka|UA|P|48.14|37.74|10
Харьков|UA|P|49.99|36.23|15
Москва|RU|P|55.75|37.62|20
Донецк|UA|P|48.0|37.8|20
Kerch Strait|*|H|45.3|36.6|60
Snake Island|UA|T|45.25|30.2|10
Sea of Azov|*|H|46.0|36.5|120
Chernobyl|UA|PS|51.3|30.2|20
Donetsk region|UA|A|48.1|37.7|90
Belgorod|RU|P|50.6|36.59|15
Rostov-on-Don|RU|P|47.24|39.71|15
Dagestan|RU|A|43.0|47.0|150
Leningrad|RU|P|59.94|30.31|20
St. Petersburg|RU|P|59.94|30.31|20
Stalingrad|RU|P|48.72|44.5|20
Kuril Islands|RU|T|46.5|151.0|400
Transnistria|MD|AL|47.0|29.4|80
Srebrenica|BA|PA|44.1|19.3|15
Mitrovica|XK|PA|42.89|20.87|20
Pristina|XK|P|42.67|21.17|10
Northern Cyprus|*|LA|35.25|33.5|70
Catalonia|ES|A|41.8|1.5|80
Derry|GB|P|55.0|-7.32|10
Lampedusa|IT|PT|35.5|12.6|15
Molenbeek|BE|PA|50.86|4.32|6
Kreuzberg|DE|P|52.5|13.4|6
Ramstein|DE|SLP|49.44|7.6|15
Danzig|PL|P|54.35|18.65|15
Lemberg|UA|P|49.84|24.03|15
Bosporus|*|H|41.1|29.08|20
English Channel|*|H|50.0|-2.0|200
Ciudad Juarez|MX|P|31.73|-106.48|20
Culiacan|MX|P|24.8|-107.39|15
Port-au-Prince|HT|P|18.54|-72.34|15
Cité Soleil|HT|P|18.58|-72.33|8
Catatumbo|CO|LAH|8.6|-73.0|100
Darién Gap|*|LTA|7.9|-77.4|80
Essequibo|GY|LA|6.0|-59.3|250
Rio|BR|P|-22.9|-43.2|20
Rocinha|BR|P|-22.99|-43.25|8
St. Petersburg, Florida|US|P|27.77|-82.64|15
Ft. Worth|US|P|32.73|-97.32|20
Ferguson, Mo.|US|P|38.74|-90.3|10
Parkland, Fla.|US|P|26.31|-80.24|10
Alta.|CA|A|54.5|-115.0|350
JFK Airport|US|S|40.64|-73.78|8
O'Hare|US|S|41.98|-87.9|8
Pearl Harbor|US|HLPS|21.36|-157.95|12
South Bronx|US|PL|40.82|-73.92|10
Malvinas|FK|AT|-51.75|-59.2|150
Cordoba, Argentina|AR|P|-31.4|-64.18|15
Valencia, Venezuela|VE|P|10.16|-68.0|15
Hyderabad, Pakistan|PK|P|25.39|68.37|15
Birmingham, Alabama|US|P|33.52|-86.8|15
Kandahar Province|AF|A|31.0|65.7|130
Bougainville|PG|AT|-6.1|155.3|100
N.S.W.|AU|A|-32.5|147.0|250
Ayers Rock|AU|T|-25.34|131.04|25
Christchurch|NZ|P|-43.53|172.63|15
Arabian Sea|*|H|15.0|65.0|600
Empty Quarter|*|TL|20.0|50.0|400
Negev|IL|TL|30.7|34.8|80
Litani River|LB|H|33.4|35.5|70
Tigris|*|H|34.0|43.5|500
Xinjiang Uighur Autonomous Region|CN|A|41.0|85.0|500
Falklands|FK|AT|-51.75|-59.2|150
Golan|*|LTA|33.0|35.8|40
"""
ROWS = [line.split("|") for line in FROM_GENERAL_KNOWLEDGE.strip().splitlines()]


def test_the_tables_have_names_enough():
    assert len({name for name, *_ in NAMES + ROWS}) >= 170


@pytest.mark.parametrize(("name", "country", "classes", "lat", "lon", "within_km"), ROWS)
def test_the_first_answer_lies_where_the_world_has_it(name, country, classes, lat, lon, within_km):
    (first,) = mapper.geocode(name, limit=1)
    place = first.place
    assert country in ("*", place.country_code)
    assert place.feature_class in classes
    _, metres = azimuth_m(lat=place.lat, lon=place.lon, to_lat=float(lat), to_lon=float(lon))
    assert metres <= 1000 * float(within_km)
