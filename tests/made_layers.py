"""Incidents of any number, made from the table of the schema: whatever columns it has, all are filled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from mapper.frames import SCHEMA, coerce

ARABIC = "انفجار في بغداد"
EVIDENCE = (
    "At least {} people were killed on Wednesday night when a car bomb went off near the market, the police said."
)
TEXTS = {"status": "accomplished", "place_role": "happened", "country_code": "IQ", "event_type": "explosion_ied"}
AREA = shapely.Polygon([(43, 33), (45, 33), (45, 35), (43, 35)], [[(43.5, 33.5), (43.5, 34), (44, 34), (44, 33.5)]])


def made_incidents(count, *, nulls=False, areas=False):
    """Every third row told in Arabic; with `nulls`, every other row has all that may be null; with `areas`, polygons."""
    draw = np.random.default_rng(count)
    columns = {c.name: _values(c, count, draw) for c in SCHEMA["incidents"] if c.dtype != "geometry"}
    columns["incident_id"] = [f"i{row:08d}" for row in range(count)]
    columns["precision"] = ["settlement"] * count
    columns["evidence"] = [EVIDENCE.format(n) for n in draw.integers(0, 1_000, count)]
    columns["place_name"] = [ARABIC if row % 3 == 0 else "Baghdad" for row in range(count)]
    lons, lats = draw.uniform(-180, 180, count).round(6), draw.uniform(-90, 90, count).round(6)
    shapes = shapely.points(lons, lats)
    if areas:
        shapes[1::4] = AREA
    if nulls:
        for column in SCHEMA["incidents"]:
            if column.nullable and column.dtype != "geometry":
                columns[column.name] = [None if row % 2 else v for row, v in enumerate(columns[column.name])]
        shapes[3::4] = None
    return coerce("incidents", pd.DataFrame(columns).assign(geometry=pd.Series(shapes, dtype=object)))


def assert_came_back(found, wanted):
    """Compare what a file gave back: every cell with its type, and geometries of their kind, to a decimetre."""
    pd.testing.assert_frame_equal(
        pd.DataFrame(found.drop(columns="geometry")), pd.DataFrame(wanted.drop(columns="geometry"))
    )
    assert found.geom_type.tolist() == wanted.geom_type.tolist()
    there = wanted.geometry.notna().to_numpy()
    apart = shapely.hausdorff_distance(found.geometry.to_numpy()[there], wanted.geometry.to_numpy()[there])
    assert (apart < 1e-6).all()


def _values(column, count, draw):
    if column.dtype == "Int64":
        return draw.integers(0, 99, count).tolist()
    if column.dtype == "float64":
        return draw.random(count).round(3).tolist()
    if column.dtype == "date":
        return (np.datetime64("2024-01-01") + draw.integers(0, 700, count)).astype(str).tolist()
    if column.dtype == "list":
        return [["a militia", ARABIC] if row % 2 else [] for row in range(count)]
    if column.dtype == "json":
        return [[{"text": ARABIC, "low": row}] if row % 3 else [] for row in range(count)]
    fixed = TEXTS.get(column.name)
    return [fixed or f"{column.name} {n}" for n in draw.integers(0, 5_000, count)]
