"""The JSON rows of the command line's contract, key by key."""

from __future__ import annotations

import dataclasses
import json

import pytest
import shapely

from mapper.formats import extract_row, geoparse_row
from mapper.records import Evidence

TOPONYM = (
    "start end text kind name lat lon country feature_class feature_code gazetteer gazetteer_id geonameid score margin"
    " uncertainty_m precision inferred candidates"
).split()
INCIDENT = (
    "incident_id event_type event_subtype status date_start date_end date_precision date_text places killed_low"
    " killed_best killed_high injured_low injured_best injured_high missing_low missing_best missing_high abducted_low"
    " abducted_best abducted_high arrested_low arrested_best arrested_high displaced_low displaced_best displaced_high"
    " perpetrators claimed_by blamed denied_by targets actors weapon sources relations confidence evidence"
).split()
PLACE = "name role country lat lon uncertainty_m precision geonameid toponym start end".split()


def test_a_geoparse_row_has_the_keys_of_the_contract(reports):
    row = geoparse_row(reports[0])
    assert list(row) == ["id", "toponyms"]
    assert all(list(toponym) == TOPONYM for toponym in row["toponyms"])


def test_an_extract_row_has_the_keys_of_the_contract(reports):
    row = extract_row(reports[0])
    assert list(row) == ["id", "incidents", "toponyms"]
    assert all(list(incident) == INCIDENT for incident in row["incidents"])
    assert all(list(place) == PLACE for incident in row["incidents"] for place in incident["places"])
    assert row["toponyms"] == geoparse_row(reports[0])["toponyms"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_row_is_json_in_utf_8_without_nan(reports, number):
    report = reports[number]
    spoilt = tuple(dataclasses.replace(r, score=float("nan")) for r in report.resolutions)
    text = json.dumps(extract_row(dataclasses.replace(report, resolutions=spoilt)), ensure_ascii=False, allow_nan=False)
    assert json.loads(text.encode("utf-8"))["id"] == report.document.id


def test_dates_are_iso_and_an_open_bound_is_null(reports):
    (incident,) = extract_row(reports[0])["incidents"]
    assert (incident["date_start"], incident["date_precision"]) == ("2024-02-07", "day")
    assert (incident["killed_low"], incident["killed_high"]) == (3, None)


def test_an_unresolved_toponym_is_a_row_with_null_coordinates(reports):
    (toponym,) = geoparse_row(reports[2])["toponyms"]
    assert (toponym["text"], toponym["lat"], toponym["lon"], toponym["name"]) == ("Nowhereville", None, None, None)
    assert toponym["precision"] == "unknown"


def test_countries_are_iso_codes_and_seas_have_none(reports):
    assert [t["country"] for t in geoparse_row(reports[0])["toponyms"]] == ["IQ", "IQ"]
    assert [p["country"] for p in extract_row(reports[1])["incidents"][0]["places"]] == ["FJ", None]


def test_an_area_has_a_label_point_that_lies_in_it(reports):
    area = extract_row(reports[0])["incidents"][0]["places"][1]
    assert area["precision"] == "country"
    assert shapely.box(39, 29, 48.5, 37.3).contains(shapely.Point(area["lon"], area["lat"]))


def test_offsets_point_into_the_text(reports):
    text = reports[0].document.text
    (incident,) = extract_row(reports[0])["incidents"]
    spans = [*incident["evidence"], *geoparse_row(reports[0])["toponyms"]]
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
    assert all(text[p["start"] : p["end"]] == p["toponym"] for p in incident["places"])


def test_evidence_of_another_report_is_left_out_of_this_one_s_row(reports):
    foreign = Evidence("other", 0, 3, "Two")
    incident = dataclasses.replace(reports[0].incidents[0], evidence=(foreign, *reports[0].incidents[0].evidence))
    (row,) = extract_row(dataclasses.replace(reports[0], incidents=(incident,)))["incidents"]
    assert "Two" not in [evidence["text"] for evidence in row["evidence"]]
    assert len(row["evidence"]) == 2


def test_actors_and_relations(reports):
    (incident,) = extract_row(reports[0])["incidents"]
    assert incident["targets"] == ["a commander", "a vehicle"]
    assert incident["relations"] == [{"kind": "part_of", "incident_id": "strikes"}]
