"""Who did it, to whom, with what, and who says so: sentences with what a careful reader takes from each.

Names stand as the text has them, without article and figure. A culprit is named only where the words name one.
"""

from __future__ import annotations

import pytest

from mapper.incidents.actors import find_stances
from mapper.incidents.mentions import find_mentions
from mapper.records import Actor, Sentence

Who = tuple[list[str], list[str], str | None]

# sentence -> perpetrators told as a fact, targets, weapon
SENTENCES: list[tuple[str, list[str], list[str], str | None]] = [
    # active
    ("Gunmen attacked a police station in Kirkuk.", ["Gunmen"], ["police station"], None),
    ("Masked gunmen on motorcycles opened fire on a convoy.", ["Masked gunmen"], ["convoy"], None),
    ("Three armed men shot a journalist outside his home.", ["armed men"], ["journalist"], None),
    ("Israeli warplanes bombed a hospital in the city.", ["Israeli"], ["hospital"], None),
    ("Russian missiles struck an apartment block in Odesa.", ["Russian"], ["apartment block"], "missiles"),
    ("Taliban fighters ambushed an army convoy on Monday.", ["Taliban fighters"], ["army convoy"], None),
    ("Al-Shabaab militants stormed a hotel in Mogadishu.", ["Al-Shabaab militants"], ["hotel"], None),
    ("Members of the ELN kidnapped two engineers.", ["Members of the ELN"], ["engineers"], None),
    ("A suicide bomber blew himself up outside a mosque.", ["suicide bomber"], ["mosque"], None),
    ("Police arrested 30 protesters in the square.", ["Police"], ["protesters"], None),
    ("Pirates boarded the tanker off Oman.", ["Pirates"], ["tanker"], None),
    ("In Kabul on Tuesday, gunmen killed a judge.", ["gunmen"], ["judge"], None),
    ("Officials said rebels shelled the market on Friday.", ["rebels"], ["market"], None),
    ("The army, which controls the town, shelled a village.", ["army"], ["village"], None),
    ("Herders raided a village and killed 12 farmers.", ["Herders"], ["village", "farmers"], None),
    ("A man stabbed three passengers on a train.", ["man"], ["passengers"], None),
    ("Hamas fired rockets at Tel Aviv.", ["Hamas"], [], "rockets"),
    ("The Houthis attacked a cargo ship with a missile.", ["Houthis"], ["cargo ship"], "missile"),
    ("A mob burned down a church.", ["mob"], ["church"], None),
    ("Soldiers opened fire on demonstrators.", ["Soldiers"], ["demonstrators"], None),
    # passive
    ("Two policemen were killed by gunmen in Quetta.", ["gunmen"], ["policemen"], None),
    ("A convoy was attacked by suspected jihadists.", [], ["convoy"], None),
    ("The mayor was shot dead by an unknown attacker.", ["unknown attacker"], ["mayor"], None),
    ("The school was shelled by government forces on Sunday.", ["government forces"], ["school"], None),
    ("Twelve farmers were kidnapped by bandits near Kaduna.", ["bandits"], ["farmers"], None),
    ("The base was bombed by drones overnight.", [], ["base"], "drones"),
    ("Five people were killed by a roadside bomb.", [], [], "roadside bomb"),
    ("A journalist was stabbed to death by a teenager.", ["teenager"], ["journalist"], None),
    ("The attack was carried out by four men.", ["men"], [], None),
    ("The ship was boarded by pirates.", ["pirates"], ["ship"], None),
    # nouns
    ("A US drone strike killed a commander in Baghdad.", ["US"], ["commander"], "drone strike"),
    ("An Israeli airstrike on a school killed nine people.", ["Israeli"], ["school"], "airstrike"),
    ("A rebel attack on a checkpoint left five soldiers dead.", ["rebel"], ["checkpoint", "soldiers"], None),
    ("An attack by militants on a bus killed ten passengers.", ["militants"], ["bus", "passengers"], None),
    ("The Taliban's attack on the embassy lasted hours.", ["Taliban"], ["embassy"], None),
    ("The killing of a priest by soldiers shocked the town.", ["soldiers"], ["priest"], None),
    ("The kidnapping of three nuns shocked the town.", [], ["nuns"], None),
    ("Insurgents launched an attack on the barracks.", ["Insurgents"], ["barracks"], None),
    ("Boko Haram carried out a raid on a village.", ["Boko Haram"], ["village"], None),
    ("Clashes between police and students broke out on Monday.", ["police", "students"], [], None),
    ("Fighters from the Islamic State group carried out the massacre.", ["Fighters from the Islamic State group"], [], None),
    ("Militants killed three American soldiers and injured dozens more.", ["Militants"], ["American soldiers"], None),
    ("Police forces alone attacked the camp.", ["Police forces"], ["camp"], None),
    # no culprit is named
    ("A bomb exploded at a market in Baghdad, killing five people.", [], ["market"], "bomb"),
    ("The Paris attacks killed 130 people.", [], [], None),
    ("A market bombing in Peshawar killed six.", [], [], None),
    ("The school shooting left two pupils dead.", [], ["pupils"], None),
    ("The Kabul airport attack killed dozens of civilians.", [], ["civilians"], None),
    ("An attack on Monday killed three soldiers.", [], ["soldiers"], None),
    ("A rocket hit a house by the river.", [], ["house"], "rocket"),
    ("The vehicle used by the minister was attacked with grenades.", [], ["vehicle"], "grenades"),
    ("Police said a bomb killed four people.", [], [], "bomb"),
    ("The president condemned the attack on the church.", [], ["church"], None),
    ("Two soldiers were killed by Friday.", [], ["soldiers"], None),
    ("Rescuers said an airstrike hit a camp.", [], ["camp"], "airstrike"),
    ("Monday's bombing killed two.", [], [], None),
    ("An earthquake killed 30 people near Herat.", [], [], None),
    ("A bus overturned, killing nine passengers.", [], [], None),
    # weapons
    ("Attackers armed with machetes killed seven villagers.", ["Attackers"], ["villagers"], "machetes"),
    ("A car bomb exploded outside a ministry.", [], ["ministry"], "car bomb"),
    ("Police fired tear gas at protesters.", ["Police"], ["protesters"], "tear gas"),
    ("A gunman with an assault rifle shot four students.", ["gunman"], ["students"], "assault rifle"),
    ("They threw a hand grenade into a bar.", [], ["bar"], "hand grenade"),
    ("The refinery was struck by a ballistic missile.", [], ["refinery"], "ballistic missile"),
]  # fmt: skip

# sentence -> (name, stance, by) of everyone to whom the deed is ascribed by somebody
STANCES: list[tuple[str, list[tuple[str, str, str | None]]]] = [
    ("The Islamic State group claimed responsibility for the attack.", [("Islamic State group", "claimed", None)]),
    ("The attack was claimed by Al-Shabaab.", [("Al-Shabaab", "claimed", None)]),
    ("Responsibility for the bombing was claimed by the Taliban.", [("Taliban", "claimed", None)]),
    ("A group calling itself the Free Army said it carried out the attack.", [("group calling itself the Free Army", "claimed", None)]),
    ("The Houthis took responsibility for the strike.", [("Houthis", "claimed", None)]),
    ("Hamas said it was behind the shooting.", [("Hamas", "claimed", None)]),
    ("The PKK has claimed the bombing.", [("PKK", "claimed", None)]),
    ("No group has claimed responsibility.", []),
    ("No one immediately claimed responsibility for the blast.", []),
    ("The Taliban did not claim responsibility.", []),
    ("There was no immediate claim of responsibility.", []),
    ("The army blamed the rebels for the attack.", [("rebels", "blamed", "army")]),
    ("The governor blamed the attack on Boko Haram.", [("Boko Haram", "blamed", "governor")]),
    ("Kyiv accused Russia of shelling the plant.", [("Russia", "blamed", "Kyiv")]),
    ("The attack was blamed on separatists.", [("separatists", "blamed", None)]),
    ("The raid was attributed to bandits.", [("bandits", "blamed", None)]),
    ("Residents accused soldiers of killing six men.", [("soldiers", "blamed", "Residents")]),
    ("Militants were blamed by police for the blast.", [("Militants", "blamed", "police")]),
    ("Suspected Boko Haram fighters attacked the town.", [("Boko Haram fighters", "blamed", None)]),
    ("A convoy was attacked by suspected jihadists.", [("jihadists", "blamed", None)]),
    ("Washington holds Iran responsible for the attack.", [("Iran", "blamed", "Washington")]),
    ("Police suspect a rival gang.", [("rival gang", "blamed", "Police")]),
    ("Iran denied involvement in the attack.", [("Iran", "denied", None)]),
    ("The rebels have denied any role in the killing.", [("rebels", "denied", None)]),
    ("The army denied shelling the village.", [("army", "denied", None)]),
    ("Iran has denied the accusation.", [("Iran", "denied", None)]),
    ("The group denied that it carried out the bombing.", [("group", "denied", None)]),
    ("Ukraine blamed Russia, which denied responsibility.", [("Russia", "blamed", "Ukraine"), ("Russia", "denied", None)]),
    ("Police neither confirmed nor denied the report.", []),
    ("The minister denied the report.", []),
    ("The court accused the mayor of fraud.", []),
]  # fmt: skip


def read(text: str) -> tuple[list[str], list[str], str | None, list[Actor]]:
    sentence = Sentence(0, len(text), text)
    mentions = find_mentions(sentence, [], anchor=None)
    told = [actor for m in mentions for actor in m.perpetrators]
    everyone = list(dict.fromkeys(told + find_stances(sentence)))
    stances = [actor for actor in everyone if actor.stance]
    targets = list(dict.fromkeys(actor.name for m in mentions for actor in m.targets))
    weapon = next((m.weapon for m in mentions if m.weapon), None)
    return [a.name for a in told if a.stance is None], targets, weapon, stances


@pytest.mark.parametrize(("text", "perpetrators", "targets", "weapon"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_who_did_it_to_whom_with_what(
    text: str, perpetrators: list[str], targets: list[str], weapon: str | None
) -> None:
    assert read(text)[:3] == (perpetrators, targets, weapon)


@pytest.mark.parametrize(("text", "expected"), STANCES, ids=[s[0] for s in STANCES])
def test_who_claims_who_is_blamed_and_who_denies(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(a.name, a.stance, a.by) for a in read(text)[3]] == expected


def test_the_tables_are_as_long_as_they_are_said_to_be() -> None:
    assert len(SENTENCES) >= 60
    assert len(STANCES) >= 30


@pytest.mark.parametrize("text", [s[0] for s in SENTENCES + STANCES])
def test_a_name_stands_at_its_place_in_the_text(text: str) -> None:
    sentence = Sentence(0, len(text), text)
    mentions = find_mentions(sentence, [], anchor=None)
    actors = [a for m in mentions for a in m.perpetrators + m.targets] + find_stances(sentence)
    assert all(a.span and text[a.span.start : a.span.end] == a.name == a.span.text for a in actors)


MORE: list[tuple[str, list[str], list[str]]] = [
    ("The mayor's murder shocked Cali.", [], ["mayor"]),
    ("Two policemen died in the attack.", [], ["policemen"]),
    ("A group of ten rebels attacked a bank.", ["rebels"], ["bank"]),
    ("An army patrol clashed with a rebel column.", ["army patrol", "rebel column"], []),
    ("GUERRILLAS ATTACKED A POLICE POST AND KILLED TWO SOLDIERS.", ["GUERRILLAS"], ["POLICE POST", "SOLDIERS"]),
    ("CIVILIANS WERE KILLED DURING AN ARMED CLASH.", [], ["CIVILIANS"]),
    ("Gunmen killed two nurses, a driver and a guard.", ["Gunmen"], ["nurses", "driver", "guard"]),
    ("Gunmen attack village, kill nine farmers", ["Gunmen"], ["village", "farmers"]),
    ("Two policemen killed in ambush", [], ["policemen"]),
]


@pytest.mark.parametrize(("text", "perpetrators", "targets"), MORE, ids=[m[0] for m in MORE])
def test_victims_are_no_culprits(text: str, perpetrators: list[str], targets: list[str]) -> None:
    assert read(text)[:2] == (perpetrators, targets)


@pytest.mark.parametrize(
    "text",
    [
        "The army denied that guerrillas attacked the farm.",
        "No government has blamed the army for the killing.",
        "He accused the bishops of being bad officials.",
        "A statement claimed responsibility for the attack.",
    ],
)
def test_nobody_is_ascribed_the_deed(text: str) -> None:
    assert read(text)[3] == []


def test_a_name_in_capitals_may_claim_it() -> None:
    (actor,) = read("THE EXTRADITABLES TODAY CLAIMED RESPONSIBILITY FOR THE MURDER.")[3]
    assert (actor.name, actor.stance) == ("EXTRADITABLES", "claimed")
