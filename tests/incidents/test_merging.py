"""Several reports of one incident become one; different incidents stay apart."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace

from mapper.incidents import merge
from mapper.records import Incident, ReportRef

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


def test_a_report_without_a_day_is_one_with_another_that_names_the_same_people(read_report: Read) -> None:
    told = read_report(
        "Gunmen shot dead two people, Marta and Joana Olveira, in their bakery in Coimbra on Tuesday.", doc_id="told"
    )
    later = read_report(
        "The gunmen who shot dead two people, Marta and Joana Olveira, in Coimbra fled on a motorcycle.",
        doc_id="later",
    )
    (merged,) = merge([*told, *later])
    assert {r.doc_id for r in merged.reports} == {"told", "later"}
    assert merged.date.start == dt.date(2025, 6, 10)


def test_words_make_no_one_of_what_happened_on_two_days(read_report: Read) -> None:
    found = read_all(
        read_report,
        "A truck bomb exploded in Mogadishu on Tuesday near the Hotel Sahafi, killing nine people.",
        "A truck bomb exploded in Mogadishu on Sunday near the Hotel Sahafi, killing nine people.",
    )
    assert len(merge(found)) == len(found) == 2


def test_words_make_no_one_of_what_happened_in_two_countries(read_report: Read) -> None:
    found = read_all(
        read_report,
        "Unicorn Oil said rebels kidnapped three of its engineers in Chad.",
        "Unicorn Oil said rebels kidnapped three of its engineers in Colombia.",
    )
    assert len(merge(found)) == len(found) == 2


def test_a_country_and_common_words_make_no_one(read_report: Read) -> None:
    found = read_all(
        read_report,
        "An airstrike killed five people in Syria, a monitor said.",
        "Five people were killed in an airstrike in Syria, residents said.",
    )
    assert len(merge(found)) == len(found) == 2


def test_a_place_that_the_leading_report_leaves_open_is_taken_from_another(read_report: Read) -> None:
    placed = read_report("Gunmen kidnapped Father Anselm Dube in Bulawayo on Tuesday.", doc_id="placed")
    bare = [replace(i, places=(), confidence=0.95, incident_id="bare", reports=(ReportRef("bare"),)) for i in placed]
    (merged,) = merge([*placed, *bare])
    assert merged.incident_id == "bare"
    assert [p.resolution.toponym.text for p in merged.places] == ["Bulawayo"]
