"""Two sets of incidents side by side."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.comparison import COLUMNS, compare, summary
from mapper.errors import UsageError
from mapper.frames import assembled, coerce

BOMB = {
    "incident_id": "bomb", "event_type": "explosion_ied", "event_subtype": None, "status": "accomplished",
    "date_start": "2024-02-07", "date_end": "2024-02-07", "date_precision": "day", "place_role": "happened",
    "place_name": "Mosul", "country_code": "IQ", "precision": "settlement", "where_prec": 1, "uncertainty_m": 1000.0,
    "confidence": 1.0, "killed_low": 4, "killed_best": 4, "killed_high": 4, "perpetrators": [], "targets": [],
    "sources": [], "n_reports": 1, "doc_id": "ours", "review_status": "unreviewed",
    "geometry": shapely.Point(43.13, 36.34),
}  # fmt: skip
NINEVEH = {
    "precision": "adm1", "where_prec": 4, "uncertainty_m": 100_000.0, "geometry": shapely.box(41.5, 35.2, 44.0, 37.0),
}  # fmt: skip


def side(*rows):
    return coerce("incidents", pd.DataFrame([BOMB | row for row in rows]))


def one_pair(ours, theirs, **options):
    """Give the row of the pair, or None where the two do not match."""
    table = compare(side(ours), side(theirs | {"incident_id": "theirs"}), **options)
    pairs = table[table["side"] == "both"]
    return None if pairs.empty else pairs.iloc[0]


def test_the_same_incident_is_in_both():
    row = one_pair({}, {})
    told = {
        "our_id": "bomb", "their_id": "theirs", "distance_km": 0.0, "gap_km": 0.0, "days_apart": 0,
        "type_agreement": "same", "toll_agreement": "same", "our_killed": 4, "our_place": "Mosul",
    }  # fmt: skip
    assert row[list(told)].to_dict() == told


def test_the_columns_are_those_that_are_described():
    assert list(compare(side({}), side({})).columns) == [*COLUMNS, "geometry"]


def test_each_incident_stands_in_one_row():
    table = compare(side({}, {"incident_id": "far", "geometry": shapely.Point(10, 50)}), side({"incident_id": "x"}))
    assert summary(table) == {"both": 1, "ours": 1, "theirs": 0}
    assert table.loc[table["side"] == "ours", ["our_id", "why"]].to_numpy().tolist() == [["far", "none near"]]


@pytest.mark.parametrize(("north", "matches"), [(36.54, True), (36.60, False)])
def test_places_may_be_so_far_apart_beyond_the_uncertainty_of_both(north, matches):
    # 22.2 and 28.9 km, of which 2 km are uncertain.
    row = one_pair({}, {"geometry": shapely.Point(43.13, north)}, within_km=25)
    assert (row is not None) == matches


def test_the_distance_is_told_with_what_uncertainty_does_not_explain():
    row = one_pair({}, {"geometry": shapely.Point(43.13, 36.44)})
    assert row["distance_km"] == pytest.approx(11.1, abs=0.1)
    assert row["gap_km"] == pytest.approx(row["distance_km"] - 2, abs=0.001)


@pytest.mark.parametrize("turned", [False, True])
def test_an_area_agrees_with_a_point_in_it(turned):
    ours, theirs = ({}, NINEVEH) if turned else (NINEVEH, {})
    assert one_pair(ours, theirs, within_km=0)["distance_km"] == 0


def test_an_area_does_not_agree_with_a_point_far_outside():
    assert one_pair(NINEVEH, {"geometry": shapely.Point(44.4, 33.3)}) is None


def test_neighbouring_areas_are_not_the_same_and_an_area_is_itself():
    east = NINEVEH | {"geometry": shapely.box(44.0, 35.2, 46.0, 37.0)}
    assert one_pair(NINEVEH, east) is None
    assert one_pair(NINEVEH, NINEVEH) is not None


def test_the_antimeridian_parts_nothing():
    assert one_pair({"geometry": shapely.Point(179.95, -16)}, {"geometry": shapely.Point(-179.98, -16)}) is not None


@pytest.mark.parametrize(("day", "matches"), [("2024-02-09", True), ("2024-02-10", False), ("2024-02-05", True)])
def test_dates_may_be_so_many_days_apart(day, matches):
    row = one_pair({}, {"date_start": day, "date_end": day}, days=2)
    assert (row is not None) == matches
    assert row is None or row["days_apart"] == 2


def test_a_month_agrees_with_a_day_of_it():
    month = {"date_start": "2024-02-01", "date_end": "2024-02-29", "date_precision": "month"}
    assert one_pair({}, month, days=0)["days_apart"] == 0


@pytest.mark.parametrize(
    ("kind", "agreement"),
    [("explosion_ied", "same"), ("armed_clash", "related"), ("protest", None), ("accident", None)],
)
def test_kinds_of_one_family_may_be_one_incident(kind, agreement):
    row = one_pair({}, {"event_type": kind})
    assert (row["type_agreement"] if row is not None else None) == agreement


@pytest.mark.parametrize(
    ("low", "best", "high", "agreement"),
    [(4, 4, 4, "same"), (3, 3, None, "compatible"), (5, 5, None, "differs"), (None, None, None, "unknown")],
)
def test_tolls_agree_where_their_bounds_overlap(low, best, high, agreement):
    row = one_pair({}, {"killed_low": low, "killed_best": best, "killed_high": high})
    assert row["toll_agreement"] == agreement


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"geometry": None}, "no place"),
        ({"date_start": None, "date_end": None}, "no date"),
        ({"status": "threatened"}, "has not happened"),
        ({"place_role": "origin"}, "no place"),
    ],
)
def test_what_is_not_known_matches_nothing_and_is_said(cells, why):
    table = compare(side(cells), side({"incident_id": "theirs"}))
    assert table.loc[table["side"] == "ours", "why"].tolist() == [why]


def test_the_better_of_two_is_taken_and_the_other_is_said_to_have_been_near():
    near, far = {"incident_id": "near"}, {"incident_id": "far", "geometry": shapely.Point(43.13, 36.44)}
    table = compare(side({}), side(far, near))
    assert table.loc[table["side"] == "both", "their_id"].tolist() == ["near"]
    assert table.loc[table["side"] == "theirs", ["their_id", "why"]].to_numpy().tolist() == [["far", "taken"]]


def test_a_point_goes_before_an_area_that_holds_it():
    theirs = side(NINEVEH | {"incident_id": "area"}, {"incident_id": "point", "geometry": shapely.Point(43.13, 36.38)})
    table = compare(side({}), theirs)
    assert table.loc[table["side"] == "both", "their_id"].tolist() == ["point"]


def test_an_incident_of_several_places_is_compared_at_the_nearest():
    ours = side({"geometry": shapely.Point(44.4, 33.3)}, {})
    assert summary(compare(ours, side({"incident_id": "theirs"}))) == {"both": 1, "ours": 0, "theirs": 0}


@pytest.mark.parametrize("empty", ["ours", "theirs", "both"])
def test_a_side_without_incidents_leaves_the_other_alone(empty):
    ours, theirs = (coerce("incidents") if empty in (name, "both") else side({}) for name in ("ours", "theirs"))
    assert summary(compare(ours, theirs)) == {"both": 0, "ours": len(ours), "theirs": len(theirs)}


def test_layers_are_compared_by_their_incidents():
    layers = assembled(side({}))
    assert summary(compare(layers, layers)) == {"both": 1, "ours": 0, "theirs": 0}


@pytest.mark.parametrize("options", [{"within_km": -1}, {"days": -1}, {"within_km": float("nan")}])
def test_bounds_that_make_no_sense_are_refused(options):
    with pytest.raises(UsageError, match="cannot be negative"):
        compare(side({}), side({}), **options)


def test_other_things_are_refused():
    with pytest.raises(UsageError, match="cannot compare a str"):
        compare("out", side({}))


@st.composite
def incidents(draw, most=6):
    count = draw(st.integers(0, most))
    rows = []
    for number in range(count):
        lon, lat = draw(st.integers(0, 6)), draw(st.integers(0, 4))
        point = shapely.Point(43 + lon / 10, 36 + lat / 10)
        area = draw(st.booleans()) and draw(st.booleans())
        day = dt.date(2024, 2, draw(st.integers(1, 6)))
        killed = draw(st.one_of(st.none(), st.integers(0, 3)))
        rows.append(
            {
                "incident_id": f"i{number}",
                "event_type": draw(st.sampled_from(["explosion_ied", "armed_clash", "protest"])),
                "date_start": day.isoformat(),
                "date_end": (day + dt.timedelta(draw(st.integers(0, 2)))).isoformat(),
                "killed_low": killed, "killed_best": killed, "killed_high": killed,
                "precision": "adm1" if area else "settlement",
                "uncertainty_m": draw(st.sampled_from([1000.0, 25_000.0])),
                "geometry": point.buffer(0.3) if area else draw(st.sampled_from([point, None])),
            }
        )  # fmt: skip
    return rows


def pairs_of(table, turned=False):
    both = table[table["side"] == "both"]
    ids = ("their_id", "our_id") if turned else ("our_id", "their_id")
    return set(zip(*(both[name] for name in ids), both["cost"], strict=True))


def made(rows):
    return side(*rows) if rows else coerce("incidents")


@settings(max_examples=6)
@given(incidents(), incidents(), st.randoms(use_true_random=False))
def test_matching_is_one_to_one_symmetric_and_blind_to_the_order_of_rows(ours, theirs, random):
    table = compare(made(ours), made(theirs), within_km=20, days=1)
    assert len(table) == len(ours) + len(theirs) - summary(table)["both"]
    assert sorted(table["our_id"].dropna()) == sorted(row["incident_id"] for row in ours)
    assert sorted(table["their_id"].dropna()) == sorted(row["incident_id"] for row in theirs)
    assert pairs_of(compare(made(theirs), made(ours), within_km=20, days=1), turned=True) == pairs_of(table)
    shuffled = [random.sample(rows, len(rows)) for rows in (ours, theirs)]
    again = compare(made(shuffled[0]), made(shuffled[1]), within_km=20, days=1)
    pd.testing.assert_frame_equal(
        pd.DataFrame(again.drop(columns="geometry")), pd.DataFrame(table.drop(columns="geometry"))
    )


@settings(max_examples=5)
@given(incidents())
def test_every_incident_that_can_be_matched_finds_itself(rows):
    table = compare(made(rows), made(rows), within_km=0, days=0)
    usable = [row for row in rows if row["geometry"] is not None]
    assert summary(table)["both"] == len(usable)
