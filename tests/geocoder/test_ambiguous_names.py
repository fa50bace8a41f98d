"""Names of many places in short passages: the company that a name keeps says which of them is meant.

Every expectation was set before the passage was first read by the program; places are where atlases have them.
"""

from __future__ import annotations

import pytest

import mapper
from mapper.records import Document

TOWNS = [
    ("Crews in Paris, Ontario, worked through the night after the Grand River rose.", "Paris", "CA", (43.2, -80.38)),
    ("Police in Birmingham said two men had been shot. The gunmen fled towards Tuscaloosa and were caught near Montgomery.", "Birmingham", "US", (33.52, -86.81)),
    ("Trains between Birmingham, Coventry and Wolverhampton were cancelled after a signal box burned.", "Birmingham", "GB", (52.48, -1.9)),
    ("Hail battered Córdoba overnight. Rosario and Mendoza were spared, Argentina's weather service said.", "Córdoba", "AR", (-31.41, -64.18)),
    ("Olive growers blocked roads in Córdoba and Jaén to press the government of Andalusia.", "Córdoba", "ES", (37.88, -4.77)),
    ("Lorry drivers closed the ring road of Santiago, and the strike spread to Valparaíso and Concepción.", "Santiago", "CL", (-33.45, -70.65)),
    ("The tremor was felt in Santiago and Puerto Plata, the Dominican civil defence said.", "Santiago", "DO", (19.45, -70.7)),
    ("Water stood in the streets of Valencia; trains to Alicante and Castellón were cancelled.", "Valencia", "ES", (39.47, -0.38)),
    ("Fog stopped the ferries between Victoria and Vancouver for a second day.", "Victoria", "CA", (48.43, -123.37)),
    ("Divers searched the harbour of Victoria, the capital of the Seychelles.", "Victoria", "SC", (-4.62, 55.45)),
    ("Gangs traded fire in Kingston and Spanish Town, Jamaica's police said.", "Kingston", "JM", (17.97, -76.79)),
    ("A body was found in a field outside Kingston. Ontario police asked drivers from Belleville and Gananoque for help.", "Kingston", "CA", (44.23, -76.48)),
    ("Traders shut their shops in Hyderabad and Warangal over Telangana's new tax.", "Hyderabad", "IN", (17.38, 78.47)),
    ("A gas cylinder blew up in Hyderabad, 150 km north-east of Karachi, rescuers of the Edhi Foundation said.", "Hyderabad", "PK", (25.4, 68.37)),
    ("Four students were found dead in Moscow. Detectives from Pullman and Lewiston joined the Idaho State Police.", "Moscow", "US", (46.73, -117.0)),
    ("The levee at Cairo, Illinois, held as the Mississippi rose.", "Cairo", "US", (37.0, -89.18)),
    ("The university closed its campus in Athens, and buses to Atlanta and Augusta ran late.", "Athens", "US", (33.96, -83.38)),
    ("A man was stabbed in Alexandria, and officers from Arlington and Fairfax County searched the river bank.", "Alexandria", "US", (38.8, -77.05)),
    ("A block of flats collapsed in Alexandria, Egypt's civil defence said.", "Alexandria", "EG", (31.2, 29.92)),
    ("Hooded men shot at students in Granada and Masaya, Nicaraguan rights groups said.", "Granada", "NI", (11.93, -85.95)),
    ("The storm tore off roofs in Mérida, the capital of Yucatán.", "Mérida", "MX", (20.97, -89.62)),
    ("Students put up barricades in Mérida and San Cristóbal, a Venezuelan deputy said.", "Mérida", "VE", (8.6, -71.14)),
    ("Rockets hit a convoy in Al-Qaim, the Iraqi town across the border from Abu Kamal.", "Al-Qaim", "IQ", (34.37, 41.09)),
    ("Snipers shot at soldiers in Tripoli, and the coast road to Byblos and Beirut was cut.", "Tripoli", "LB", (34.44, 35.85)),
    ("Fire crews from San Jose, Oakland and Fremont fought the blaze.", "San Jose", "US", (37.34, -121.89)),
    ("Demonstrators burned tyres in San José, Limón and Puntarenas.", "San José", "CR", (9.93, -84.08)),
    ("Barricades went up in León and Chinandega, and two policemen were taken hostage in Managua.", "León", "NI", (12.43, -86.88)),
    ("Gunmen killed five people at a car wash in León, Guanajuato.", "León", "MX", (21.12, -101.68)),
    ("Looters emptied shops in Barcelona and Puerto La Cruz while Caracas stayed calm.", "Barcelona", "VE", (10.13, -64.69)),
    ("A submarine left the yard of Cartagena; the region of Murcia hopes for orders.", "Cartagena", "ES", (37.6, -0.98)),
    ("Sixty coal ships queued off Newcastle, the largest port of New South Wales.", "Newcastle", "AU", (-32.93, 151.78)),
    ("Flooding closed the railway between Perth and Dundee.", "Perth", "GB", (56.4, -3.43)),
    ("A lorry overturned on the road from Hamilton to Tauranga.", "Hamilton", "NZ", (-37.79, 175.28)),
    ("Ice brought down power lines in London, Windsor and Kitchener.", "London", "CA", (42.98, -81.23)),
    ("Weavers in Salem and Coimbatore, in Tamil Nadu, went on strike.", "Salem", "IN", (11.65, 78.16)),
    ("A tornado crossed farmland between Lima and Findlay and weakened before it reached Toledo.", "Lima", "US", (40.74, -84.11)),
    ("A pumping station caught fire between Odessa and Midland.", "Odessa", "US", (31.85, -102.37)),
    ("The hurricane flooded Naples and Fort Myers before it turned inland.", "Naples", "US", (26.14, -81.79)),
    ("Herders and farmers clashed near Trinidad, in the Bolivian department of Beni.", "Trinidad", "BO", (-14.83, -64.9)),
    ("A bridge gave way between Armenia and Pereira, in Colombia's coffee country.", "Armenia", "CO", (4.53, -75.68)),
    ("Bus drivers walked out in Trujillo, Chiclayo and Piura.", "Trujillo", "PE", (-8.11, -79.03)),
    ("Farmers near San Juan and Mendoza lost their vines to the frost.", "San Juan", "AR", (-31.54, -68.53)),
    ("Power failed in San Juan, Ponce and Mayagüez.", "San Juan", "PR", (18.46, -66.1)),
    ("A bomb under a rickshaw killed two in Jalalabad, in Nangarhar province.", "Jalalabad", "AF", (34.43, 70.45)),
    ("A steel worker from Bethlehem, Pa., died when a wall fell in Allentown.", "Bethlehem", "US", (40.63, -75.37)),
    ("Protesters marched on the governor's palace in Santa Cruz; roads to Cochabamba stayed blocked.", "Santa Cruz", "BO", (-17.79, -63.18)),
]  # fmt: skip
AREAS = [
    ("Georgia's governor declared an emergency after tornadoes struck Macon and Savannah.", "Georgia", "US", "adm1"),
    ("Georgia accused Russia of moving a boundary fence near Tskhinvali.", "Georgia", "GE", "country"),
    ("Bushfires burned across Victoria; crews came from Geelong and Ballarat.", "Victoria", "AU", "adm1"),
    ("Gunmen took forty pupils from a school in Niger state; their parents gathered in Minna.", "Niger", "NG", "adm1"),
    ("Niger closed its border with Benin, and lorries stood for miles before Niamey.", "Niger", "NE", "country"),
    ("Dust storms stopped flights to Lahore and Faisalabad and darkened much of Punjab.", "Punjab", "PK", "adm1"),
    ("Farmers from Ludhiana and Amritsar blocked the railways of Punjab.", "Punjab", "IN", "adm1"),
    ("The Limpopo burst its banks in Gaza province, and boats were sent to Xai-Xai, Mozambique's disaster agency said.", "Gaza", "MZ", "adm1"),
    ("Rain fell for a week on La Paz department, and the road from El Alto to the Yungas was lost.", "La Paz", "BO", "adm1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "country", "where"), TOWNS)
def test_the_company_of_a_name_says_which_town_is_meant(read_place, text, name, country, where):
    place = read_place(text, name).place
    assert place.country_code == country
    assert abs(place.lat - where[0]) < 0.3
    assert abs(place.lon - where[1]) < 0.3


@pytest.mark.parametrize(("text", "name", "country", "precision"), AREAS)
def test_the_company_of_a_name_says_which_area_is_meant(read_place, text, name, country, precision):
    r = read_place(text, name)
    assert (r.place.country_code, r.precision) == (country, precision)


@pytest.mark.parametrize(
    ("text", "name", "place", "precision"),
    [
        ("Indonesia had the strongest growth in South-east Asia.", "South-east Asia", "Southeast Asia", "macro_region"),
        ("Floods cut off Dili, in East Timor.", "East Timor", "Timor Leste", "country"),
        ("Peshawar was the seat of the North-west Frontier Province.", "North-west Frontier Province", "Khyber Pakhtunkhwa", "adm1"),
        ("Militiamen burned a village in Eastern Congo.", "Eastern Congo", "Democratic Republic of the Congo", "region"),
        ("Gunmen shot at a convoy in South-East Nigeria.", "Nigeria", "Nigeria", "region"),
    ],
)  # fmt: skip
def test_a_compass_word_is_a_part_of_the_name_or_says_which_part(read_place, text, name, place, precision):
    r = read_place(text, name)
    assert (r.place.name, r.precision) == (place, precision)


def test_a_compass_word_alone_is_no_place(gazetteer):
    text = "Gunmen shot at a convoy in South-East Nigeria."
    assert [r.toponym.text for r in mapper.geoparse(Document(id="t", text=text), gazetteer=gazetteer)] == ["Nigeria"]


@pytest.mark.parametrize("sea", ["Red Sea", "Sea of Azov", "Gulf of Aden", "Lake Victoria", "Black Sea"])
def test_a_sea_that_everyone_knows_is_sure(read_place, sea):
    assert read_place(f"A ship was hit by a drone in the {sea} on Monday.", sea).score > 0.9


@pytest.mark.parametrize("text", ["Tankers in the Gulf were warned.", "Cables run from India to the Gulf."])
def test_the_gulf_is_the_sea_and_no_province_of_that_name(read_place, text):
    assert read_place(text, "Gulf").precision == "water"


def test_a_state_is_no_county_of_its_name_elsewhere(read_place):
    text = "The man from Terre Haute drove a car with Ohio plates through Greenfield, Indiana, and Knightstown."
    assert read_place(text, "Ohio").precision == "adm1"


def test_a_city_far_away_is_not_meant_by_a_name_written_almost_like_it(read_place):
    text = "El Fasher and Khartoum were shelled. A drone strike hit Al Daman hospital in Al Obeid."
    assert read_place(text, "Al Daman").place is None


def test_a_short_name_keeps_the_phrase_around_it(read_place):
    text = "Four fishermen missing after dhow capsizes off Kilwa\n\nA dhow capsized in rough seas off Kilwa Masoko."
    assert read_place(text, "Kilwa").precision == "water"


def test_a_village_measured_from_a_town_is_no_city_elsewhere(read_place):
    text = "A convoy was ambushed near the village of Kobe, 30 km from Gao, on the road to Ansongo, in Mali."
    kobe = read_place(text, "Kobe")
    assert kobe.place is None
    assert kobe.inferred
    gao = read_place(text, "Gao").place
    assert abs(kobe.geometry.y - gao.lat) < 0.01


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fighting went on in Soledar, near Bakhmut.", "Bakhmut"),
        ("A man from Orange, California, was held in Anaheim.", "Orange"),
    ],
)
def test_a_town_leads_the_county_called_after_it(read_place, text, name):
    assert read_place(text, name).place.feature_class == "P"
