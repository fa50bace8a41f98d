"""The reports in seeds/: every incident that a careful reader must find is found, and nothing is shown where nothing was."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from judging import days, is_that, shown_at

from mapper import pipeline
from mapper.gazetteer import open_gazetteer
from mapper.language import default_reader
from mapper.records import Report

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MANIFEST: list[dict[str, Any]] = json.loads((SEEDS / "manifest.json").read_text(encoding="utf-8"))["reports"]
# What is known not to work yet, and why. Each is expected to fail: mending it makes the suite say so.
GAPS = {
    "09_valencia_wildfire.txt-1-natural_disaster": (
        {"injured"},
        "one burned and two injured in one sentence are three: figures are never summed",
    ),
}


def required(what: str) -> list[Any]:
    """Give every required incident as a parameter; `what` is asked of it."""
    params = []
    for row in MANIFEST:
        for number, expected in enumerate(row["incidents"], start=1):
            if not expected["required"]:
                continue
            name = f"{row.get('id', row['file'])}-{number}-{expected['event_type']}"
            missing, reason = GAPS.get(name, (set(), ""))
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if what in missing else []
            params.append(pytest.param(row, expected, id=name, marks=marks))
    return params


NEVER = [
    pytest.param(row, place, id=f"{row.get('id', row['file'])}-{place}") for row in MANIFEST for place in row["never"]
]


def report_of(reports, row) -> Report:
    return next(
        report
        for (file, identity), report in reports.items()
        if file == row["file"] and row.get("id") in {None, identity}
    )


@pytest.mark.parametrize(("row", "expected"), required("place"))
def test_a_required_incident_is_found_at_its_place(reports, row, expected):
    found = report_of(reports, row).incidents
    assert any(is_that(incident, expected) for incident in found), described(found)


@pytest.mark.parametrize(("row", "expected"), required("date"))
def test_a_required_incident_has_its_date(reports, row, expected):
    found = [incident for incident in report_of(reports, row).incidents if is_that(incident, expected)]
    dates = [(incident.date.start, incident.date.end) for incident in found]
    starts, ends = days(expected, "date_start"), days(expected, "date_end")
    assert any(start in starts and end in ends for start, end in dates), dates


@pytest.mark.parametrize(("row", "expected"), required("killed"))
def test_the_killed_of_a_required_incident_are_in_its_toll(reports, row, expected):
    assert figures_told(reports, row, expected, "killed")


@pytest.mark.parametrize(("row", "expected"), required("injured"))
def test_the_injured_of_a_required_incident_are_in_its_toll(reports, row, expected):
    assert figures_told(reports, row, expected, "injured")


def figures_told(reports, row, expected, harm) -> bool:
    figures = {figure for figure in expected[harm] or () if figure}
    tolls = [getattr(one, harm) for one in report_of(reports, row).incidents if is_that(one, expected)]
    return any(figures <= {toll.low, toll.best, toll.high} for toll in tolls)


@pytest.mark.parametrize(("row", "place"), NEVER)
def test_nothing_is_shown_where_nothing_happened(reports, row, place):
    wrong = [
        incident
        for incident in report_of(reports, row).incidents
        for told in incident.places
        if (found := told.resolution).geometry is not None
        and found.place
        and place in {found.place.country_code, found.place.name, found.toponym.text}
    ]
    assert not wrong, described(wrong)


def test_every_report_goes_all_the_way(outcome):
    assert [item for item in outcome if not isinstance(item, Report)] == []


def test_every_span_is_the_text_it_points_at(reports):
    for report in reports.values():
        text = report.document.text
        said = [said for incident in report.incidents for said in incident.evidence]
        named = [resolution.toponym for resolution in report.resolutions]
        assert [span for span in [*said, *named] if text[span.start : span.end] != span.text] == []


def test_a_report_that_says_its_day_of_publication_says_the_right_one(reports):
    for row in MANIFEST:
        assert report_of(reports, row).document.published in {None, dt.date.fromisoformat(row["published"])}, row[
            "file"
        ]


def test_two_reports_of_one_bomb_are_one_incident(reports):
    rows = [row for row in MANIFEST if any("same_incident" in incident for incident in row["incidents"])]
    both = {report_of(reports, row).document.id for row in rows}
    assert len(both) == 2
    merged = pipeline.merged(reports.values())
    assert [{ref.doc_id for ref in incident.reports} for incident in merged if len(incident.reports) > 1] == [both]


def test_areas_are_never_shown_as_points(reports):
    areas = {"adm2", "adm1", "region", "country", "water", "macro_region"}
    for report in reports.values():
        for incident in report.incidents:
            for found in shown_at(incident):
                assert (found.geometry.geom_type == "Point") != (found.precision in areas)


def test_each_report_comes_out_the_same_again(process, reports):
    first = next(iter(reports.values()))
    assert pipeline.process(first.document, open_gazetteer(), recogniser=default_reader()) == first


def described(found) -> list[tuple[Any, ...]]:
    return [
        (
            incident.event_type,
            incident.status,
            str(incident.date.start),
            str(incident.date.end),
            [(place.resolution.toponym.text, place.role, place.resolution.precision) for place in incident.places],
            incident.evidence[0].text[:80] if incident.evidence else "",
        )
        for incident in found
    ]
