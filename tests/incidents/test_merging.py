"""Several reports of one incident become one; different incidents stay apart."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from mapper.incidents import merge
from mapper.records import Incident

Read = Callable[..., list[Incident]]

FIRST = "A truck bomb exploded in Mogadishu on Tuesday, killing at least nine people."
SECOND = "The toll of Tuesday's truck bomb in Mogadishu has risen to 14 dead, the health ministry said."
OTHER_TOWN = "A truck bomb exploded in Kismayo on Tuesday, killing two people."
OTHER_DAY = "A truck bomb exploded in Mogadishu on Sunday, killing two people."


def read_all(read_report: Read, *texts: str) -> list[Incident]:
    return [i for n, words in enumerate(texts) for i in read_report(words, doc_id=f"r{n}")]


def test_two_reports_of_one_incident_are_one(read_report: Read) -> None:
    (incident,) = merge(read_all(read_report, FIRST, SECOND))
    assert {r.doc_id for r in incident.reports} == {"r0", "r1"}
    assert (incident.killed.low, incident.killed.high) == (9, 14)
    assert {e.doc_id for e in incident.evidence} == {"r0", "r1"}


def test_tolls_of_several_reports_are_never_summed(read_report: Read) -> None:
    (incident,) = merge(read_all(read_report, FIRST, SECOND))
    assert incident.killed.best in (9, 14)


def test_another_town_or_another_day_is_another_incident(read_report: Read) -> None:
    assert len(merge(read_all(read_report, FIRST, OTHER_TOWN, OTHER_DAY))) == 3


def test_two_incidents_of_one_report_stay_apart(read_report: Read) -> None:
    found = read_all(read_report, f"{FIRST}\n\n{OTHER_TOWN}")
    assert len(merge(found)) == len(found) == 2


def test_the_order_of_reports_does_not_change_what_is_merged(read_report: Read) -> None:
    texts = (FIRST, SECOND, OTHER_TOWN, OTHER_DAY)
    found = read_all(read_report, *texts)
    expected = {i.incident_id: i for i in merge(found)}
    for order in itertools.permutations(found):
        assert {i.incident_id: i for i in merge(order)} == expected


def test_a_claim_told_in_one_report_stays_beside_the_blame_of_another(read_report: Read) -> None:
    one = read_report(
        "A bomb killed five people in Quetta on Tuesday. The army blamed separatists for the attack.", doc_id="one"
    )
    two = read_report(
        "A bomb killed six people in Quetta on Tuesday. The Taliban claimed responsibility for the attack.",
        doc_id="two",
    )
    (merged,) = merge([*one, *two])
    assert {(a.name, a.stance, a.by) for a in merged.perpetrators} == {
        ("separatists", "blamed", "army"),
        ("Taliban", "claimed", None),
    }


def test_the_arrested_of_two_reports_are_a_range(read_report: Read) -> None:
    one = read_report("Police arrested 30 people at a march in Lyon on Tuesday.", doc_id="one")
    two = read_report("Police arrested 40 people at a march in Lyon on Tuesday.", doc_id="two")
    (merged,) = merge([*one, *two])
    assert (merged.arrested.low, merged.arrested.high) == (30, 40)
