"""How many people: sentences of many kinds of news, with what a careful reader takes from each."""

from __future__ import annotations

import pytest

from mapper.incidents.counts import combine, find_counts
from mapper.records import Count, Span, Toll

K, W, M, A, R, D = "killed", "injured", "missing", "abducted", "arrested", "displaced"

Expected = list[tuple[str, int | None, int | None, int | None]]

# text -> (harm, low, best, high) of every count, in order
PHRASES: list[tuple[str, Expected]] = [
    # the rarer harms
    ("Rescuers searched for 40 missing after the dam burst.", [(M, 40, 40, 40)]),
    ("The landslide left 40 people missing.", [(M, 40, 40, 40)]),
    ("At least 17 fishermen have gone missing off the coast.", [(M, 17, 17, None)]),
    ("Six miners were unaccounted for on Tuesday.", [(M, 6, 6, 6)]),
    ("The ferry sank with 11 still missing.", [(M, 11, 11, 11)]),
    ("Twelve people were abducted from a bus near the border.", [(A, 12, 12, 12)]),
    ("12 abducted in raid on village", [(A, 12, 12, 12)]),
    ("Armed men seized 30 passengers from two buses.", [(A, 30, 30, 30)]),
    ("More than 200 schoolgirls were taken captive.", [(A, 201, None, None)]),
    ("Bandits carried off four women.", [(A, 4, 4, 4)]),
    ("Pirates are holding 21 sailors hostage.", [(A, 21, 21, 21)]),
    ("Police made 30 arrests during the march.", [(R, 30, 30, 30)]),
    ("30 arrested after clashes in the capital", [(R, 30, 30, 30)]),
    ("At least 80 demonstrators were taken into custody.", [(R, 80, 80, None)]),
    ("Officers held three suspects over the attack.", [(R, 3, 3, 3)]),
    ("Two men are in custody.", [(R, 2, 2, 2)]),
    ("The floods forced 15,000 people from their homes.", [(D, 15_000, 15_000, 15_000)]),
    ("About 5,000 residents were evacuated as the lava advanced.", [(D, 4_500, 5_000, 5_500)]),
    ("Some 20,000 people have fled the fighting.", [(D, 18_000, 20_000, 22_000)]),
    ("The cyclone made 60,000 people homeless.", [(D, 60_000, 60_000, 60_000)]),
    ("Nearly 700 villagers were driven from their homes.", [(D, 630, 700, 700)]),
    # people by their names and ages
    ("Mohammed Ali, 23, and Hassan Omar, 31, were killed in the blast.", [(K, 2, 2, 2)]),
    ("Ann Moss, 40, and her son Tom, 6, died in the fire.", [(K, 2, 2, 2)]),
    ("Police arrested Ana Desai (50), Baban Desai (45) and Dutta Desai (40).", [(R, 3, 3, 3)]),
    ("Brothers Ali Omar and Hassan Omar were shot dead.", [(K, 2, 2, 2)]),
    ("Police arrested John Smith, 34, and charged him.", [(R, 1, 1, 1)]),
    ("A mother of 13 was shot dead in Brooklyn.", [(K, 1, 1, 1)]),
    ("Video of Brooklyn Mother of 13 Killed in Shooting", [(K, 1, 1, 1)]),
    # what only looks like a count
    ("Last updated at 12:42 GMT Briton dies in New Zealand", []),
    ("SAN DIEGO, Feb. 2, 2009 Chargers linemen were arrested.", []),
    ("Updated 28 November 2019 Ten people were killed in the fire.", [(K, 10, 10, 10)]),
    ("Constable killed June 24, 2011 A 35-year-old constable was killed on duty.", [(K, 1, 1, 1)]),
    ("On March 12 2021 four people were killed.", [(K, 4, 4, 4)]),
    ("Some 2,000 colleagues of the dead blocked the road.", []),
    ("Dozens of friends of the missing gathered at the pier.", []),
    # figures as they are written
    ("Floods in Assam displaced 3 lakh people.", [(D, 300_000, 300_000, 300_000)]),
    ("The cyclone displaced 2.5 lakh people.", [(D, 250_000, 250_000, 250_000)]),
    ("More than 1 crore people were displaced by the floods.", [(D, 10_000_001, None, None)]),
    ("Lakhs of people were displaced in Bihar.", [(D, 200_000, None, None)]),
    ("A score of worshippers were hurt.", [(W, 20, 20, 20)]),
    ("A dozen passengers were injured.", [(W, 12, 12, 12)]),
    ("The blast killed a dozen people.", [(K, 12, 12, 12)]),
    ("Two hundred and fifty workers were arrested.", [(R, 250, 250, 250)]),
    ("Thirty-one miners died underground.", [(K, 31, 31, 31)]),
    ("One thousand three hundred people were killed by the wave.", [(K, 1300, 1300, 1300)]),
    ("The earthquake killed 2 500 people.", [(K, 2500, 2500, 2500)]),
    ("10k people were displaced.", [(D, 10_000, 10_000, 10_000)]),
    ("Between 10 and 15 rebels died in the raid.", [(K, 10, None, 15)]),
    ("From 60 to 70 people were injured.", [(W, 60, None, 70)]),
    ("Anywhere between five and eight people were killed.", [(K, 5, None, 8)]),
    ("Five to seven soldiers were wounded.", [(W, 5, None, 7)]),
    ("Up to a hundred people are feared dead.", [(K, None, None, 100)]),
    ("As many as 50 people were trapped and killed.", [(K, None, None, 50)]),
    ("No fewer than nine people were killed.", [(K, 9, 9, None)]),
    ("Upwards of 300 people were displaced.", [(D, 301, None, None)]),
    ("Well over 100 people were hurt.", [(W, 101, None, None)]),
    ("A handful of protesters were arrested.", [(R, 2, None, None)]),
    ("Scores of people were killed.", [(K, 40, None, None)]),
    ("Several dozen people were arrested.", [(R, 24, None, None)]),
    ("The storm killed 15 or so people.", [(K, 14, 15, 16)]),
    ("Roughly 90 prisoners died in the blaze.", [(K, 81, 90, 99)]),
    ("Half a dozen people were hurt.", [(W, 6, 6, 6)]),
    ("Dozens, perhaps hundreds, were displaced.", [(D, 24, None, None)]),
    # wholes and parts
    ("Nine people, two of them children, were killed.", [(K, 9, 9, 9)]),
    ("Nine people were killed, two of them children.", [(K, 9, 9, 9)]),
    ("Nine people were killed, including two children and a nurse.", [(K, 9, 9, 9)]),
    ("The dead included two children.", []),
    ("Among the 14 killed were three rescuers.", [(K, 14, 14, 14)]),
    ("Among the dead were two of the attackers.", []),
    ("The clash killed six soldiers and four insurgents.", [(K, 10, 10, 10)]),
    ("Ten people died, among them the bomber.", [(K, 10, 10, 10)]),
    ("The attack killed eight people as well as the two attackers.", [(K, 10, 10, 10)]),
    ("A family of five died in the fire.", [(K, 5, 5, 5)]),
    ("Three members of one family were shot dead.", [(K, 3, 3, 3)]),
    ("A couple and their four children were killed.", [(K, 6, 6, 6)]),
    ("A mother and three of her children drowned.", [(K, 4, 4, 4)]),
    ("Of the 60 passengers, 22 were killed.", [(K, 22, 22, 22)]),
    ("22 of the 60 passengers were killed.", [(K, 22, 22, 22)]),
    ("Only four of the 30 crew survived.", []),
    ("All 48 people on board were killed.", [(K, 48, 48, 48)]),
    ("Both pilots died.", [(K, 2, 2, 2)]),
    ("Seven people, all members of a wedding party, were killed.", [(K, 7, 7, 7)]),
    ("Another three people were injured.", [(W, 3, 3, 3)]),
    # tolls that move
    ("The death toll has risen to 63.", [(K, 63, 63, 63)]),
    ("The death toll climbed to 120 on Friday.", [(K, 120, 120, 120)]),
    ("The toll rose from 12 to 19 overnight.", [(K, 19, 19, 19)]),
    ("The number of injured has reached 210.", [(W, 210, 210, 210)]),
    ("The number of people missing fell to eight.", [(M, 8, 8, 8)]),
    ("Police revised the death toll from 12 to nine.", [(K, 9, 9, 9)]),
    ("Officials put the death toll at more than 40.", [(K, 41, None, None)]),
    ("The death toll stands at 33.", [(K, 33, 33, 33)]),
    ("Death toll in ferry disaster passes 100", [(K, 101, None, None)]),
    ("Quake toll hits 70", [(K, 70, 70, 70)]),
    ("Not 12 but nine people were killed, the ministry said.", [(K, 9, 9, 9)]),
    ("Nine people were killed, not 12 as first reported.", [(K, 9, 9, 9)]),
    # headlines
    ("Bus plunge kills 14, injures 30", [(K, 14, 14, 14), (W, 30, 30, 30)]),
    ("14 die as bus plunges into gorge", [(K, 14, 14, 14)]),
    ("Four dead, 20 missing in boat accident", [(K, 4, 4, 4), (M, 20, 20, 20)]),
    ("Gunmen abduct 12 farmers", [(A, 12, 12, 12)]),
    ("Police arrest 45 at rally", [(R, 45, 45, 45)]),
    ("Three held over market bombing", [(R, 3, 3, 3)]),
    ("Storm leaves 9 dead, 2,000 homeless", [(K, 9, 9, 9), (D, 2000, 2000, 2000)]),
    ("Dozens hurt in stampede", [(W, 24, None, None)]),
    ("Teen shot dead in car park", [(K, 1, 1, 1)]),
    ("SEVEN DEAD AS TRAIN DERAILS", [(K, 7, 7, 7)]),
    # passive and word order
    ("Killed in the strike were four aid workers.", [(K, 4, 4, 4)]),
    ("In the shelling three women were wounded.", [(W, 3, 3, 3)]),
    ("Four people have been confirmed dead.", [(K, 4, 4, 4)]),
    ("The bodies of seven people were recovered from the river.", [(K, 7, 7, 7)]),
    ("Rescuers pulled 12 bodies from the rubble.", [(K, 12, 12, 12)]),
    ("The explosion claimed 18 lives.", [(K, 18, 18, 18)]),
    ("Eighteen people lost their lives in the explosion.", [(K, 18, 18, 18)]),
    ("Five were wounded, three critically.", [(W, 5, 5, 5)]),
    ("Three people succumbed to their injuries.", [(K, 3, 3, 3)]),
    ("Doctors treated 27 people for burns.", [(W, 27, 27, 27)]),
    ("Sixteen people were taken to hospital.", [(W, 16, 16, 16)]),
    ("The attack, which killed 11, was the worst in years.", [(K, 11, 11, 11)]),
    ("The gunman opened fire, wounding at least four.", [(W, 4, 4, None)]),
    ("A roadside bomb has killed two and maimed one.", [(K, 2, 2, 2), (W, 1, 1, 1)]),
    # nobody
    ("No one was hurt.", [(W, 0, 0, 0), (K, 0, 0, 0)]),
    ("Two men were killed and nobody else was hurt.", [(K, 2, 2, 2)]),
    ("No loss of life has been reported.", [(K, 0, 0, 0)]),
    ("The ferry sank without loss of life.", [(K, 0, 0, 0)]),
    ("There were no injuries.", [(W, 0, 0, 0)]),
    ("No deaths were reported.", [(K, 0, 0, 0)]),
    ("Nobody was killed or injured.", [(K, 0, 0, 0), (W, 0, 0, 0)]),
    ("None of the crew were harmed.", [(W, 0, 0, 0)]),
    ("All 40 passengers escaped unhurt.", []),
    ("It was not known how many people were killed.", []),
    # figures that count no one
    ("A 34-year-old was in charge of the 12th brigade.", []),
    ("The attack came at 7.30pm on 14 March.", []),
    ("They won 3-1 and killed off the game in the 85th minute.", []),
    ("Rebels killed time at the hotel for 10 days.", []),
    ("A Boeing 737 and two MiG-29 jets were destroyed.", []),
    ("The company was fined $30 million after the fire.", []),
    ("The quake, of magnitude 6.2, struck 40 km north of the town.", []),
    ("Some 300 homes were damaged and 20 cars burned.", []),
    ("Police seized 40 rifles and 12 vehicles.", []),
    ("The law could displace 5,000 people.", []),
    ("Rescuers saved 30 people from the flood.", []),
    ("The 14 suspects pleaded not guilty.", []),
    ("Drones killed 30 sheep.", []),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[text for text, _ in PHRASES])
def test_counts_of_a_sentence(text: str, expected: Expected) -> None:
    assert [(c.harm, c.low, c.best, c.high) for c in find_counts(text)] == expected


def test_the_table_is_as_long_as_it_is_said_to_be() -> None:
    assert len(PHRASES) >= 120


@pytest.mark.parametrize(
    "text",
    ["2,000 families were displaced.", "The cyclone left 4,000 families homeless.", "300 households were uprooted."],
)
def test_families_are_counted_as_families(text: str) -> None:
    assert [c.unit for c in find_counts(text)] == ["families"]


@pytest.mark.parametrize("text", ["A family of five was displaced.", "2,000 people of 300 families were displaced."])
def test_people_of_families_are_counted_as_people(text: str) -> None:
    assert [c.unit for c in find_counts(text)] == ["people"]


def test_families_bear_on_no_bound_and_are_kept() -> None:
    families = Count(2000, 2000, 2000, Span(0, 14, "2,000 families"), unit="families")
    assert combine([families]) == Toll(counts=(families,))
