"""The report that the project started from, which is not the project's to publish: it lies beside the checkout, or not."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from shapely.geometry import Point

REPORT = "000_9564abe462e9eb0a.txt"


@pytest.fixture(scope="module")
def report(process, shared):
    (found,) = process(shared / "seed" / REPORT, published=dt.date(2024, 2, 8))
    return found


@pytest.fixture(scope="module")
def key(shared):
    return json.loads((shared / "seed" / "answer_key.json").read_text(encoding="utf-8"))


def shown_at(incident):
    """Give what an incident is shown at: the places where it happened, that have a geometry."""
    return [
        place.resolution
        for place in incident.places
        if place.role == "happened" and place.resolution.geometry is not None
    ]


def day(text):
    return dt.date.fromisoformat(text)


def strikes(report):
    return [incident for incident in report.incidents if incident.event_type == "air_drone_strike"]


def test_the_strike_in_mashtal_is_a_point_on_its_day(report):
    found = [
        incident
        for incident in strikes(report)
        for shown in shown_at(incident)
        # 3 km are 0.027 degrees of latitude and 0.032 of longitude at 33 N
        if shown.geometry.geom_type == "Point"
        and abs(shown.geometry.y - 33.33) < 0.027
        and abs(shown.geometry.x - 44.51) < 0.032
    ]
    assert [(incident.date.start, incident.date.end) for incident in found] == [(day("2024-02-07"), day("2024-02-07"))]
    (strike,) = found
    assert strike.killed.best == 3
    assert strike.status == "accomplished"
    said = " ".join(said.text for said in strike.evidence)
    assert "Mashtal" in said


def test_the_attack_in_jordan_is_an_area_or_a_base_and_never_amman_or_the_middle(report):
    found = [
        (incident, shown)
        for incident in strikes(report)
        for shown in shown_at(incident)
        if shown.place and shown.place.country_code == "JO"
    ]
    assert found
    for incident, shown in found:
        assert (incident.date.start, incident.date.end) == (day("2024-01-28"), day("2024-01-28"))
        assert (incident.killed.best, incident.injured.low, incident.injured.high) == (3, 24, None)
        if shown.geometry.geom_type == "Point":
            assert shown.precision == "site"
            assert shown.geometry.distance(Point(35.93, 31.96)) > 0.3  # Amman
            assert shown.geometry.distance(Point(36.0, 31.0)) > 0.3  # GeoNames' point for the country
        else:
            assert shown.geometry.contains(Point(36.5, 31.5))


def test_the_85_strikes_are_two_country_areas_days_before(report):
    (found,) = [
        incident
        for incident in strikes(report)
        if {shown.place.country_code for shown in shown_at(incident) if shown.place} == {"IQ", "SY"}
    ]
    assert {shown.geometry.geom_type for shown in shown_at(found)} <= {"Polygon", "MultiPolygon"}
    assert {shown.precision for shown in shown_at(found)} == {"country"}
    assert day("2024-01-29") <= found.date.start <= found.date.end < day("2024-02-08")
    assert (found.killed.low, found.killed.best, found.killed.high) == (None, None, None)
    assert "85" in " ".join(said.text for said in found.evidence)


def test_the_mob_at_the_scene_is_where_the_strike_was(report):
    found = [incident for incident in report.incidents if incident.event_type in {"riot", "protest"}]
    assert any("mob" in said.text for incident in found for said in incident.evidence)


@pytest.mark.parametrize("place", ["Gaza", "PS", "IL", "US", "IR", "RU", "GB", "Washington", "Tehran"])
def test_nothing_is_shown_where_nothing_happened(report, place):
    wrong = [
        (incident.event_type, [said.text for said in incident.evidence])
        for incident in report.incidents
        for told in incident.places
        if (shown := told.resolution).geometry is not None
        and shown.place
        and place in {shown.place.country_code, shown.place.name, shown.toponym.text}
    ]
    assert not wrong


def test_what_the_key_calls_no_incident_is_none(report, key):
    for row in key["not_incidents"]:
        start, end = row["evidence"]["start"], row["evidence"]["end"]
        inside = [
            said.text
            for incident in report.incidents
            for said in incident.evidence
            if said.field == "incident" and start <= said.start and said.end <= end
        ]
        assert not inside, row["what"]


def test_places_that_only_look_like_places_are_never_pins(report, key):
    spans = {(row["start"], row["end"]) for row in key["actor_mentions_that_look_like_places"]}
    wrong = [
        resolution.toponym.text
        for resolution in report.resolutions
        if (resolution.toponym.start, resolution.toponym.end) in spans and resolution.toponym.kind == "literal"
    ]
    assert not wrong
