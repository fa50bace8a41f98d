"""Records become layers: which rows, which values, and never a pin for an area."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging

import pandas as pd
import pytest
import shapely

from mapper.errors import UsageError
from mapper.frames import LAYER_NAMES, SCHEMA, WHERE_PREC, layers
from mapper.records import Evidence, Incident, IncidentPlace, Report, ReportRef, Resolution, Toponym


def test_an_incident_has_one_row_for_each_of_its_places(reports):
    rows = layers(reports).incidents
    assert rows["incident_id"].tolist() == ["strike", "strike", "quake", "quake", "rumour"]


def test_len_counts_incidents_not_rows(reports):
    assert len(layers(reports)) == 3


def test_an_incident_without_a_place_keeps_a_row_without_geometry(reports):
    row = layers(reports).incidents.set_index("incident_id").loc["rumour"]
    assert row["geometry"] is None
    assert row["precision"] == "unknown"
    assert pd.isna(row["place_name"])
    assert pd.isna(row["where_prec"])


@pytest.mark.parametrize("name", LAYER_NAMES)
def test_the_columns_are_those_of_the_schema_in_their_order(reports, name):
    assert list(getattr(layers(reports), name).columns) == [column.name for column in SCHEMA[name]]


@pytest.mark.parametrize("name", LAYER_NAMES)
def test_empty_layers_have_the_same_types_and_crs(reports, name):
    full, empty = getattr(layers(reports), name), getattr(layers([]), name)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert empty.crs == full.crs == "EPSG:4326"
    assert empty.empty


def test_an_open_bound_stays_open(reports):
    row = layers(reports).incidents.iloc[0]
    assert (row["killed_low"], row["killed_best"]) == (3, 3)
    assert pd.isna(row["killed_high"])


def test_dates_are_days_and_unknown_dates_are_null(reports):
    rows = layers(reports).incidents
    assert rows["date_start"].dtype == "datetime64[ms]"
    assert rows["date_start"].iloc[0] == pd.Timestamp("2024-02-07")
    assert pd.isna(rows["date_start"].iloc[2])


def test_the_evidence_is_the_incident_s_own_and_its_offsets_point_into_the_text(reports):
    row = layers(reports).incidents.iloc[0]
    text = reports[0].document.text
    assert row["evidence"] == "A drone strike killed at least three people in Mashtal on Wednesday."
    assert text[row["evidence_start"] : row["evidence_end"]] == row["evidence"]


def test_broken_text_is_replaced_one_for_one_so_that_offsets_stay_true(reports):
    row = layers(reports).incidents.iloc[2]
    assert len(row["evidence"]) == row["evidence_end"] - row["evidence_start"]
    assert "�� ثم" in row["evidence"]


def test_where_a_report_says_nothing_of_itself_its_document_does(reports):
    told = dataclasses.replace(reports[0].incidents[0], reports=())
    row = layers([dataclasses.replace(reports[0], incidents=(told,))]).incidents.iloc[0]
    assert row["source_url"] == "https://news.example/1"
    assert row["published"] == pd.Timestamp("2024-02-08")


def test_where_prec_follows_ucdp(reports):
    assert layers(reports).incidents["where_prec"].tolist()[:4] == [1, 6, 2, 7]
    assert WHERE_PREC["macro_region"] == 6


def test_places_has_every_mention_resolved_or_not(reports):
    places = layers(reports).places
    assert places["toponym"].tolist()[-1] == "Nowhereville"
    assert pd.isna(places["name"].iloc[-1])
    assert len(places) == 4


def test_candidates_are_json(reports):
    (candidate,) = json.loads(layers(reports).places["candidates"].iloc[0])
    assert candidate["name"] == "Mashtal"
    assert candidate["lat"] == 33.33


def test_a_report_in_which_nothing_happened_is_a_row(reports):
    row = layers(reports).reports.set_index("doc_id").loc["three"]
    assert row["n_incidents"] == 0
    assert row["n_toponyms"] == 1


def test_a_report_that_was_only_referred_to_is_a_row_with_what_is_known(reports):
    row = layers(reports).reports.set_index("doc_id").loc["other"]
    assert row["n_incidents"] == 1
    assert pd.isna(row["n_chars"])


def test_bare_incidents_give_their_places_and_reports(reports):
    made = layers(reports[0].incidents)
    assert made.places["toponym"].tolist() == ["Mashtal", "Iraq"]
    assert made.reports["doc_id"].tolist() == ["one", "other"]


def test_a_date_before_1677_is_kept(reports):
    old = dataclasses.replace(reports[0].incidents[0].date, start=dt.date(1500, 1, 1))
    incident = dataclasses.replace(reports[0].incidents[0], date=old)
    assert str(layers([incident]).incidents["date_start"].iloc[0].date()) == "1500-01-01"


def test_what_is_no_record_is_refused():
    with pytest.raises(UsageError, match="cannot make layers of a str"):
        layers(["report.txt"])


@pytest.mark.parametrize("precision", ["adm2", "adm1", "region", "country", "water", "macro_region", "unknown"])
def test_an_area_that_comes_as_a_point_is_not_shown_and_is_logged(precision, caplog):
    resolution = Resolution(Toponym(0, 4, "Iraq"), None, shapely.Point(44, 33), precision)
    incident = Incident("i", "protest", places=(IncidentPlace(resolution),))
    with caplog.at_level(logging.WARNING, logger="mapper"):
        made = layers([incident])
    assert made.incidents.geometry.isna().all()
    assert "1 geometries were left out" in caplog.text


@pytest.mark.parametrize("point", [shapely.Point(0, 91), shapely.Point(float("nan"), 0), shapely.Point()])
def test_a_point_that_is_nowhere_on_the_globe_is_not_shown(point):
    resolution = Resolution(Toponym(0, 4, "Iraq"), None, point, "site")
    assert layers([Incident("i", "protest", places=(IncidentPlace(resolution),))]).incidents.geometry.isna().all()


def test_an_invalid_polygon_is_mended():
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    resolution = Resolution(Toponym(0, 4, "Iraq"), None, bow_tie, "country")
    shape = layers([Incident("i", "protest", places=(IncidentPlace(resolution),))]).incidents.geometry.iloc[0]
    assert shape.is_valid
    assert shape.area == pytest.approx(2.0)


def test_a_sea_beyond_the_antimeridian_is_cut_there(reports):
    water = layers(reports).incidents.geometry.iloc[3]
    assert water.geom_type == "MultiPolygon"
    assert water.bounds == (-180.0, -19.0, 180.0, -16.0)
    assert water.area == pytest.approx(12.0)


def test_zones_are_the_incidents_areas_and_the_rings_around_their_points(reports):
    zones = layers(reports).zones
    assert zones[["shape", "kind"]].to_numpy().tolist() == [
        ["ring", "settlement"],
        ["area", "country"],
        ["ring", "near"],
        ["area", "water"],
    ]


def test_one_area_of_two_incidents_is_one_zone_that_names_both(reports):
    strike = reports[0].incidents[0]
    twice = (strike, dataclasses.replace(strike, incident_id="again"))
    zones = layers([dataclasses.replace(reports[0], incidents=twice)]).zones
    assert zones["incident_ids"].tolist() == [["strike", "again"]] * 2
    assert zones["doc_ids"].tolist() == [["one"]] * 2


def test_the_same_zone_has_the_same_id_in_another_run(reports):
    alone, together = layers(reports[:1]).zones, layers(reports).zones
    assert alone["zone_id"].tolist() == together["zone_id"].tolist()[:2]


def test_a_point_of_exact_place_has_no_ring(reports):
    exact = dataclasses.replace(reports[0].resolutions[0], uncertainty_m=0.0)
    incident = dataclasses.replace(reports[0].incidents[0], places=(IncidentPlace(exact),))
    assert layers([incident]).zones.empty


def test_a_notebook_shows_counts_and_no_text_of_a_report(reports):
    html = layers(reports)._repr_html_()
    assert "<td>5</td>" in html
    assert "3 incidents" in html
    assert "زلزال" not in html


def test_reports_alone_are_true_even_without_incidents():
    assert layers([])
    assert len(layers([])) == 0


def test_items_may_be_an_iterator(reports):
    assert len(layers(iter(reports))) == 3


def test_a_report_that_is_also_referred_to_is_told_once(reports):
    second = Report(dataclasses.replace(reports[2].document, id="other"))
    made = layers([reports[0], second]).reports
    assert made["doc_id"].tolist() == ["one", "other"]
    assert made["n_chars"].notna().all()


def test_of_merged_reports_a_place_is_mentioned_in_the_one_whose_quoted_words_hold_its_name():
    place = IncidentPlace(Resolution(Toponym(9, 14, "Amman")))
    quotes = (Evidence("a", 0, 9, "A blast."), Evidence("b", 0, 15, "Blast in Amman."))
    made = layers([Incident("x", "explosion_ied", places=(place,), evidence=quotes)])
    assert made.places["doc_id"].tolist() == ["b"]


def test_a_report_counts_incidents_of_others_that_refer_to_it(reports):
    strike = dataclasses.replace(reports[0].incidents[0], reports=(ReportRef("one"), ReportRef("three")))
    made = layers([dataclasses.replace(reports[0], incidents=(strike,)), reports[2]]).reports
    assert made["n_incidents"].tolist() == [1, 1]


def test_reports_that_were_read_stand_before_those_that_are_only_referred_to(reports):
    assert layers(reports).reports["doc_id"].tolist() == ["one", "two", "three", "other"]
