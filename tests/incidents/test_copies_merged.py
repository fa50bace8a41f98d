from __future__ import annotations

import dataclasses
import itertools

import pytest
import shapely

from mapper.incidents import merge
from mapper.records import (
    Count,
    DateInterval,
    Evidence,
    Incident,
    IncidentPlace,
    Place,
    Relation,
    ReportRef,
    Resolution,
    Span,
    Toll,
    Toponym,
)

SYRIA = Place("geonames", "163843", "Syria", 35.0, 38.0, "A", "PCLI", "SY", "Syria")
AREA = Resolution(Toponym(0, 5, "Syria"), SYRIA, shapely.box(36, 33, 42, 37), "country", 300_000.0)


def told(doc, *, words="Strikes killed five across Syria.", killed=5, name=None, confidence=0.6):
    count = Count(killed, killed, killed, Span(0, 1, "5"), doc_id=doc)
    return Incident(
        name or f"{doc}-1",
        "air_drone_strike",
        date=DateInterval(precision="unknown"),
        places=(IncidentPlace(AREA),),
        killed=Toll(killed, killed, killed, (count,)),
        confidence=confidence,
        evidence=(Evidence(doc, 0, len(words), words),),
        reports=(ReportRef(doc),),
    )  # fmt: skip


COPIES = {"b": "a", "c": "a"}


@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_an_area_that_three_papers_tell_in_the_same_words_is_one_incident(order):
    (found,) = merge([told(doc) for doc in order], COPIES)
    assert found.incident_id == "a-1"
    assert {(ref.doc_id, ref.copy_of) for ref in found.reports} == {("a", None), ("b", "a"), ("c", "a")}


def test_a_copy_makes_nothing_surer_and_counts_nothing_again():
    (found,) = merge([told("a"), told("b", confidence=0.9)], COPIES)
    assert found.confidence == 0.6
    assert len(found.killed.counts) == 1
    assert len(found.evidence) == 1


def test_what_only_a_copy_tells_stays_and_says_whose_copy_it_is():
    found = merge([told("a"), told("b", words="Our man saw two strikes in Syria.")], COPIES)
    assert [incident.reports[0].copy_of for incident in found] == [None, "a"]


def test_reports_that_are_no_copies_are_left_apart():
    assert len(merge([told("a"), told("d")], COPIES)) == 2


def test_what_a_report_tells_twice_stays_twice():
    both = [told("a", name="a-1"), told("a", name="a-2")]
    assert len(merge([*both, told("b", name="b-1"), told("b", name="b-2")], COPIES)) == 2


def test_relations_follow_the_incident_that_is_left():
    second = dataclasses.replace(
        told("b", words="The army answered.", name="b-2"), relations=(Relation("in_retaliation_for", "b-1"),)
    )
    answer = next(i for i in merge([told("a"), told("b"), second], COPIES) if i.incident_id == "b-2")
    assert answer.relations == (Relation("in_retaliation_for", "a-1"),)
