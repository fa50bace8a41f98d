"""Layers of the seeds give back the records that they were made of, and are built of them again to the last cell."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from carried import carried

from mapper import pipeline
from mapper.frames import layers
from mapper.records import Report


@pytest.fixture(scope="module")
def told(outcome):
    return tuple(item for item in outcome if isinstance(item, Report))


def assert_same_layers(found, wanted):
    for name, frame in wanted.items():
        pd.testing.assert_frame_equal(pd.DataFrame(getattr(found, name)), pd.DataFrame(frame), check_exact=True)


def without_outlines(report):
    """Leave out the outlines of mentions, which layers simplify: the next test holds them, cell by cell."""
    mentioned = tuple(dataclasses.replace(r, geometry=None) for r in report.resolutions)
    return dataclasses.replace(report, resolutions=mentioned)


def test_reports_come_back_in_every_field_that_is_carried(told):
    back = layers(told).to_records()
    assert [carried(without_outlines(r)) for r in back] == [carried(without_outlines(r)) for r in told]


def test_layers_of_reports_come_back_to_the_last_cell(told):
    made = layers(told)
    assert len(made) >= 20
    assert_same_layers(layers(made.to_records()), made)


def test_layers_of_merged_reports_come_back_to_the_last_cell(told):
    made = pipeline.merged_layers(told)
    assert_same_layers(layers(made.to_records(), referred=False), made)


def test_incidents_merged_and_bare_come_back(told):
    bare = pipeline.merged(told)
    made = layers(bare)
    assert carried(made.to_incidents(), candidates=False) == carried(bare, candidates=False)
    assert_same_layers(layers(made.to_incidents()), made)
