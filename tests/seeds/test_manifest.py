"""The two sets of reports and their manifests agree with each other: quotes, offsets, dates, types, files."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from mapper.records import ToponymKind

TESTS = Path(__file__).resolve().parents[1]
SEEDS = TESTS.parent / "seeds"
GOLD = TESTS / "reports"

EVENT_TYPES = frozenset(
    "air_drone_strike shelling_missile explosion_ied armed_clash attack_on_civilians abduction protest riot arrest"
    " piracy natural_disaster accident other_strategic".split()
)
STATUSES = frozenset(("accomplished", "attempted", "threatened", "planned", "denied"))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PAGES = frozenset((".txt", ".html", ".jsonl"))


def load(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["reports"]


def text_of(folder: Path, report: dict[str, Any]) -> str:
    """Read the report's text as its offsets count it: a whole file, or the `text` of one corpus line."""
    text = (folder / report["file"]).read_bytes().decode("utf-8")
    if "id" not in report:
        return text
    lines = {line["id"]: line for line in map(json.loads, text.splitlines())}
    return lines[report["id"]]["text"]


CASES = [
    pytest.param(folder, report, id=f"{folder.name}/{report.get('id', report['file'])}")
    for folder in (SEEDS, GOLD)
    for report in load(folder)
]
each_report = pytest.mark.parametrize(("folder", "report"), CASES)


@pytest.mark.parametrize("folder", [SEEDS, GOLD], ids=["seeds", "reports"])
def test_every_report_on_disk_is_in_the_manifest_and_the_other_way_round(folder):
    on_disk = {path.name for path in folder.iterdir() if path.suffix in PAGES}
    assert on_disk == {report["file"] for report in load(folder)}


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.jsonl")), ids=lambda path: path.name)
def test_corpus_lines_carry_what_the_manifest_says(path):
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    listed = [report for report in load(SEEDS) if report["file"] == path.name]
    fields = ("id", "title", "published")
    assert [[line[f] for f in fields] for line in lines] == [[report[f] for f in fields] for report in listed]


@each_report
def test_quotes_stand_in_the_text(folder, report):
    text = text_of(folder, report)
    quotes = [q for incident in report["incidents"] for q in (incident["evidence"], *incident.get("evidence_also", ()))]
    assert [quote for quote in quotes if quote not in text] == []


@each_report
def test_toponyms_stand_at_their_offsets_in_order_without_overlap(folder, report):
    text, toponyms = text_of(folder, report), report["toponyms"]
    assert [text[t["start"] : t["end"]] for t in toponyms] == [t["text"] for t in toponyms]
    ends = [0, *(t["end"] for t in toponyms)]
    assert all(end <= t["start"] for end, t in zip(ends, toponyms, strict=False))
    assert {t["kind"] for t in toponyms} <= set(get_args(ToponymKind))


@each_report
def test_types_and_statuses_are_of_the_scheme(folder, report):
    for incident in report["incidents"]:
        assert {incident["event_type"], *incident.get("also_types", ())} <= EVENT_TYPES
        assert {incident["status"], *incident.get("also_status", ())} <= STATUSES


@each_report
def test_dates_are_iso_and_only_plans_and_threats_lie_after_publication(folder, report):
    published = dt.date.fromisoformat(report["published"])
    for incident in report["incidents"]:
        start, end = (
            dt.date.fromisoformat(day) if day else None for day in (incident["date_start"], incident["date_end"])
        )
        assert start is None or end is None or start <= end
        assert incident["status"] in {"planned", "threatened"} or end is None or end <= published


@each_report
def test_a_quoted_weekday_is_the_weekday_of_the_date(folder, report):
    for incident in report["incidents"]:
        named = re.findall("|".join(WEEKDAYS), incident["evidence"], flags=re.IGNORECASE)
        if not named or not incident["date_start"]:
            continue
        start, end = (dt.date.fromisoformat(incident[key]) for key in ("date_start", "date_end"))
        days = {WEEKDAYS[(start + dt.timedelta(days=n)).weekday()] for n in range((end - start).days + 1)}
        assert {name.capitalize() for name in named} <= days, incident["evidence"]


@each_report
def test_tolls_are_ranges(folder, report):
    for incident in report["incidents"]:
        for low, high in filter(None, (incident["killed"], incident["injured"])):
            assert low is None or high is None or 0 <= low <= high


@each_report
def test_points_have_a_radius_and_areas_have_no_point(folder, report):
    for incident in report["incidents"]:
        for place in (incident["place"], *incident.get("places", ())):
            if place["kind"] == "point":
                assert -90 <= place["lat"] <= 90
                assert -180 <= place["lon"] <= 180
                assert 0 < place["within_km"] <= 100
            else:
                assert place["kind"] == "area"
                assert "lat" not in place


@each_report
def test_no_incident_is_asked_for_where_none_may_be_shown(folder, report):
    never = set(report["never"])
    asked = {
        value
        for incident in report["incidents"]
        if incident["required"]
        for place in (incident["place"], *incident.get("places", ()))
        for value in (place["name"], place["country"])
    }
    assert asked.isdisjoint(never)


def test_the_blind_set_covers_the_scheme():
    incidents = [incident for report in load(GOLD) for incident in report["incidents"] if incident["required"]]
    assert {incident["event_type"] for incident in incidents} == EVENT_TYPES
    assert {incident["status"] for incident in incidents} == STATUSES


def test_eight_reports_of_the_blind_set_tell_of_no_incident():
    silent = [report for report in load(GOLD) if not any(incident["required"] for incident in report["incidents"])]
    assert len(silent) == 8


def test_two_seeds_tell_of_one_incident_with_different_counts():
    told = [i for report in load(SEEDS) for i in report["incidents"] if i.get("same_incident") == "azaz-car-bomb"]
    assert len(told) == 2
    assert told[0]["killed"] != told[1]["killed"]
