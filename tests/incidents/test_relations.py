"""How the incidents of one report stand to each other. 12 June 2025 is a Thursday."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mapper.records import Incident

Read = Callable[..., list[Incident]]

BOMBED, ROCKETS = "Warplanes bombed a depot in Latakia on Wednesday", "a rocket attack on Haifa on Sunday"

# report -> (place of one, relation, place of the other)
REPORTS: list[tuple[str, list[tuple[str, str, str]]]] = [
    # in retaliation for
    (f"{BOMBED} in retaliation for {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED} in response to {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED} in revenge for {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED} in apparent reprisal for {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED} as revenge for {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED} as retaliation for {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED} to avenge {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED} in retribution for {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"In retaliation for {ROCKETS}, warplanes bombed a depot in Latakia on Wednesday.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"In response to {ROCKETS}, warplanes bombed a depot in Latakia on Wednesday.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED}. The attack was retaliation for {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED}. The attack was a response to {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (f"{BOMBED}. The attack came in retaliation for {ROCKETS}.", [("Latakia", "in_retaliation_for", "Haifa")]),
    (
        "Gunmen shot dead four farmers in Bauchi on Monday. In retaliation, youths attacked a village near Jos on Tuesday.",
        [("Jos", "in_retaliation_for", "Bauchi")],
    ),
    (
        "Gunmen shot dead four farmers in Bauchi on Monday. In response, soldiers raided a camp in Jos on Tuesday.",
        [("Jos", "in_retaliation_for", "Bauchi")],
    ),
    # one after another
    (
        "Riots broke out in Leeds on Tuesday after a man was shot dead in Bradford on Sunday.",
        [("Leeds", "follows", "Bradford")],
    ),
    (
        "Protesters marched in Lyon on Wednesday following the killing of a student in Marseille on Sunday.",
        [("Lyon", "follows", "Marseille")],
    ),
    (
        "After a man was shot dead in Bradford on Sunday, riots broke out in Leeds on Tuesday.",
        [("Leeds", "follows", "Bradford")],
    ),
    (
        "Following the killing of a student in Marseille on Sunday, protesters marched in Lyon on Wednesday.",
        [("Lyon", "follows", "Marseille")],
    ),
    (
        "Gunmen killed five people in Quetta on Monday before a bomb exploded in Karachi on Tuesday.",
        [("Karachi", "follows", "Quetta")],
    ),
    (
        "A bomb killed five people in Quetta on Monday and was followed by riots in Karachi on Tuesday.",
        [("Karachi", "follows", "Quetta")],
    ),
    (
        "An earthquake killed 12 people in Quetta on Monday, followed by a landslide in Gilgit on Tuesday.",
        [("Gilgit", "follows", "Quetta")],
    ),
    (
        "A bomb killed five people in Quetta on Monday. Hours later, gunmen stormed a bank in Karachi and killed two guards.",
        [("Karachi", "follows", "Quetta")],
    ),
    (
        "A bomb killed five people in Quetta on Monday. One day later, gunmen stormed a bank in Karachi and killed two guards.",
        [("Karachi", "follows", "Quetta")],
    ),
    (
        "A bomb killed five people in Quetta on Tuesday. Hours earlier, gunmen stormed a bank in Karachi and killed two guards.",
        [("Quetta", "follows", "Karachi")],
    ),
    # a part of
    (
        "Warplanes bombed a depot in Goma on Monday as part of an offensive in Bukavu this week.",
        [("Goma", "part_of", "Bukavu")],
    ),
    (
        "Rebels ambushed a convoy in Goma on Monday. The ambush was part of an offensive in Bukavu this week.",
        [("Goma", "part_of", "Bukavu")],
    ),
    # none
    ("A bomb killed five people in Quetta on Monday. Floods killed 12 people in Sylhet on Tuesday.", []),
    ("A bomb killed five people in Quetta on Monday, while floods killed 12 people in Sylhet on Tuesday.", []),
    ("Three people died after a bomb exploded in Quetta on Monday.", []),
    ("After a bomb exploded in Quetta on Monday, three people died.", []),
    ("Part of a hotel collapsed in Accra on Monday, killing four people.", []),
    ("A bomb killed five people in Quetta on Monday. Two hours later the road was open again.", []),
]  # fmt: skip


def place(incident: Incident) -> str:
    return next((p.name for p in incident.places if p.role == "happened"), "")


@pytest.mark.parametrize(("words", "expected"), REPORTS, ids=[r[0] for r in REPORTS])
def test_incidents_stand_so_to_each_other(read_report: Read, words: str, expected: list[tuple[str, str, str]]) -> None:
    found = read_report(words)
    places = {i.incident_id: place(i) for i in found}
    assert [(place(i), r.kind, places[r.incident_id]) for i in found for r in i.relations] == expected


def test_the_table_is_as_long_as_it_is_said_to_be() -> None:
    assert len(REPORTS) >= 30
