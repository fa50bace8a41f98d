"""Each incident is counted once: in its area and period, or in a row that says why there is none."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import UsageError
from mapper.frames import layers


def counted(frame, *keys):
    rows = frame[frame["incidents"] > 0].astype(object).where(frame.notna(), None)
    return {tuple(row[key] for key in keys): row["incidents"] for _, row in rows.iterrows()}


def test_by_province_what_is_known_only_as_a_country_has_a_row_of_its_own(known):
    found = known.count(area="admin1")
    assert counted(found, "code", "country_code", "known") == {
        ("IQ.07", "IQ", "area"): 2,
        ("IQ.15", "IQ", "area"): 1,
        (None, "IQ", "country"): 1,
        (None, "IQ", "several"): 1,
        (None, None, "several"): 1,
        (None, None, "sea"): 1,
        (None, None, "nowhere"): 1,
    }


def test_by_country_two_provinces_are_one_place(known):
    found = known.count(area="country")
    assert counted(found, "code", "known")["IQ", "area"] == 5
    assert found.loc[found["code"] == "IQ", "name"].item() == "Iraq"


def test_what_did_not_happen_is_not_counted_unless_asked_for(known):
    assert known.count()["incidents"].item() == 8
    assert known.count(status=None)["incidents"].item() == 9
    assert known.count(status="denied")["incidents"].item() == 1


@pytest.mark.parametrize("area", [None, "country", "admin1", "admin2"])
@pytest.mark.parametrize("every", [None, "day", "week", "month"])
@pytest.mark.parametrize("zeros", [True, False])
def test_the_rows_add_up_to_the_incidents(known, area, every, zeros):
    assert known.count(area=area, every=every, zeros=zeros)["incidents"].sum() == 8


def test_a_choropleth_has_every_province_of_the_country_with_its_outline(known):
    found = known.count(area="admin1")
    iraq = found[(found["country_code"] == "IQ") & (found["known"] == "area")]
    assert len(iraq) == 19
    assert iraq.loc[iraq.geometry.isna(), "name"].tolist() == ["Halabja Governorate"]  # since 2014
    assert found.crs == "EPSG:4326"
    assert found[found["known"] != "area"].geometry.isna().all()


def test_a_timeline_has_no_gaps_and_weeks_begin_on_monday(known):
    weeks = known.count(every="week")
    dated = weeks.dropna(subset="start")
    assert dated["start"].dt.day_name().unique().tolist() == ["Monday"]
    assert (dated["start"].diff().dropna() == pd.Timedelta(days=7)).all()
    assert (dated["end"] - dated["start"] == pd.Timedelta(days=6)).all()
    assert dated["incidents"].tolist() == [5, 0, 1]
    assert weeks["start"].isna().sum() == 1  # the undated one, and the one of some day in February
    assert weeks.loc[weeks["start"].isna(), "incidents"].item() == 2


def test_a_date_known_to_the_month_counts_in_the_month_and_in_no_day(known):
    iraq = known.where(precision="country", min_confidence=0.1).where(since="2024-02-01", until="2024-02-29")
    only = iraq.where(sure=True).incidents.query("incident_id == 'iraq'")
    assert len(only) == 1
    months = known.count(every="month")
    assert counted(months, "start") == {(pd.Timestamp("2024-02-01"),): 7, (None,): 1}


def test_tolls_are_summed_over_incidents_and_an_open_one_stays_open(known):
    baghdad = known.count(area="admin1").set_index("code").loc["IQ.07"]
    assert (baghdad["killed_low"], baghdad["killed_best"]) == (4, 5)
    assert pd.isna(baghdad["killed_high"])


def test_a_toll_that_nobody_gives_is_not_known_and_one_of_no_incident_is_nought(known):
    rows = known.count(area="admin1").set_index("code")
    assert pd.isna(rows.loc["IQ.15", "killed_best"])
    assert rows.loc["IQ.02", "killed_best"] == 0


def test_kinds_may_be_told_apart(known):
    found = known.count(every="month", by="event_type")
    dated = found.dropna(subset="start").set_index("event_type")["incidents"]
    assert dated.to_dict() == {"air_drone_strike": 5, "armed_clash": 1, "piracy": 1}


@pytest.mark.parametrize("wrong", [{"area": "street"}, {"every": "hour"}, {"by": "colour"}])
def test_what_cannot_be_counted_by_is_refused(known, wrong):
    with pytest.raises(UsageError) as caught:
        known.count(**wrong)
    assert caught.value.hint


@pytest.mark.parametrize("area", [None, "country", "admin1"])
@pytest.mark.parametrize("every", [None, "week"])
def test_no_incidents_give_no_counts(area, every):
    assert layers([]).count(area=area, every=every)["incidents"].sum() == 0


@settings(max_examples=15)
@given(ids=st.lists(st.sampled_from(["baghdad", "nineveh", "iraq", "both", "two-lands", "ship", "launched"])))
def test_any_selection_is_counted_whole(known, ids):
    chosen = type(known)(
        incidents=known.incidents[known.incidents["incident_id"].isin(ids)].reset_index(drop=True),
        places=known.places,
        zones=known.zones,
        reports=known.reports,
    )
    assert chosen.count(area="admin1", every="week", zeros=False)["incidents"].sum() == len(set(ids))
