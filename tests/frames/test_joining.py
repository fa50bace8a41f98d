"""Incidents beside polygons of one's own: an area is in a polygon only with all of its ground."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from mapper.errors import UsageError
from mapper.frames import LayerWarning, join


def polygons(*shapes, crs=4326, **columns):
    return gpd.GeoDataFrame(
        {"sector": [chr(65 + n) for n in range(len(shapes))], **columns}, geometry=[*shapes], crs=crs
    )


WEST, EAST = shapely.box(30, 25, 43.75, 40), shapely.box(43.75, 25, 60, 40)


@pytest.fixture
def joined(known):
    return known.join(polygons(WEST, EAST))


def of(joined, incident):
    rows = joined[joined["incident_id"] == incident]
    return {(r.place_name, r.sector): (round(r.overlap, 2), r.within) for r in rows.itertuples()}


def test_a_point_is_in_one_polygon(joined):
    assert of(joined, "nineveh") == {("Mosul", "A"): (1.0, True)}


def test_an_area_lies_in_both_by_its_shares_and_within_none(joined):
    assert of(joined, "iraq") == {("Iraq", "A"): (0.5, False), ("Iraq", "B"): (0.5, False)}


def test_an_area_is_within_what_holds_all_of_it(known):
    whole = known.join(polygons(shapely.box(30, 25, 60, 40)))
    assert of(whole, "iraq") == {("Iraq", "A"): (1.0, True)}


def test_what_meets_no_polygon_is_kept_with_nulls(known):
    joined = known.join(polygons(shapely.box(0, 0, 1, 1)))
    assert len(joined) == len(known.incidents)
    assert joined["sector"].isna().all()
    assert not joined["within"].any()
    assert len(known.join(polygons(shapely.box(0, 0, 1, 1)), unmatched=False)) == 0


def test_the_ring_of_a_point_beside_a_border_lies_on_both_sides(known):
    # Mosul is drawn at 43.119 E with 5 km of uncertainty: the border is put 1 km to its east.
    border = 43.119 + 1_000 / (111_320 * 0.8055)
    joined = known.where(place="Mosul", event_type="armed_clash").join(
        polygons(shapely.box(40, 34, border, 38), shapely.box(border, 34, 46, 38))
    )
    shares = of(joined, "nineveh")
    assert shares["Mosul", "A"][1]
    assert not shares["Mosul", "B"][1]
    assert shares["Mosul", "A"][0] + shares["Mosul", "B"][0] == pytest.approx(1.0, abs=0.02)
    assert shares["Mosul", "B"][0] == pytest.approx(0.37, abs=0.02)  # of a circle, beyond a fifth of its radius


def test_polygons_may_be_in_another_crs(known):
    plain, turned = polygons(WEST, EAST), polygons(WEST, EAST).to_crs(32638)
    assert of(join(known.incidents, turned), "nineveh") == of(join(known.incidents, plain), "nineveh")


def test_columns_of_both_are_told_apart(known):
    joined = known.join(polygons(WEST, EAST, country=["here", "there"]))
    assert {"country", "country_polygon"} <= set(joined.columns)
    assert joined["country_polygon"].dropna().isin(["here", "there"]).all()


def test_shares_are_of_ground_and_not_of_degrees(known):
    # Of a band from the equator to 60 N, the half of lower latitudes is more than half of the ground.
    band = known.incidents.iloc[[3]].set_geometry([shapely.box(0, 0, 10, 60)], crs=4326)
    joined = join(band, polygons(shapely.box(-1, -1, 11, 30), shapely.box(-1, 30, 11, 61)))
    assert joined["overlap"].tolist() == pytest.approx([0.577, 0.423], abs=0.003)  # sin 30 / sin 60


def test_a_polygon_over_the_antimeridian_holds_both_sides(known):
    ship = known.incidents.iloc[[2]].assign(uncertainty_m=1_000.0).set_geometry([shapely.Point(-179.5, -17)], crs=4326)
    assert join(ship, polygons(shapely.box(178, -19, 182, -16)))["within"].tolist() == [True]


def test_an_invalid_polygon_is_mended_and_said(known):
    bow = shapely.Polygon([(30, 25), (60, 40), (60, 25), (30, 40)])
    with pytest.warns(LayerWarning, match="1 invalid polygons were mended"):
        assert len(known.join(polygons(bow)))


def test_rows_without_a_polygon_are_said(known):
    with pytest.warns(LayerWarning, match="2 rows without a polygon"):
        joined = known.join(polygons(shapely.Point(1, 1), EAST, None), unmatched=False)
    assert set(joined["sector"]) == {"B"}


@pytest.mark.parametrize("other", [polygons(shapely.Point(1, 1)), polygons(WEST, crs=None)])
def test_what_cannot_be_joined_to_is_refused(known, other):
    with pytest.raises(UsageError) as caught:
        known.join(other)
    assert caught.value.hint
