"""Names as people write them: the first answer of `mapper.geocode` is the place they mean."""

from __future__ import annotations

import pytest

import mapper

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
