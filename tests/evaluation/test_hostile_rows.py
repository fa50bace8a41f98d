"""Whatever a line of a corpus or of predictions holds, it is read or refused in one line."""

from __future__ import annotations

from contextlib import suppress

from evaluation_rows import key_incident, told_incident
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SourceError
from mapper.evaluation.answers import answers_of as incident_answers
from mapper.evaluation.event_places import event_row, score_event_places, told_places
from mapper.evaluation.geoparsing import answers_of, end_to_end, gold_text, resolution
from mapper.evaluation.incidents import score_incidents
from mapper.evaluation.muc_key import gold_incidents

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["start", "end", "name", "chain", "alts", "of", "text"]), inner, max_size=3)
    ),
    max_leaves=6,
)
TOPONYMS = st.lists(
    st.fixed_dictionaries(
        {"start": st.integers(0, 5), "end": st.integers(1, 9)},
        optional=dict.fromkeys(("lat", "lon", "geonameid", "fcode", "type", "kind", "modifier", "text"), JSON),
    )
    | JSON,
    max_size=4,
)


@given(TOPONYMS, TOPONYMS)
def test_places(gold, told):
    with suppress(SourceError):
        text = gold_text({"text": "Mosul and Iraq", "toponyms": gold})
        answers = answers_of({"toponyms": told}, text)
        assert resolution({"1": text}, {"1": answers})["n"] <= len(gold)
        assert end_to_end({"1": text}, {"1": answers}, match="overlap")["tp"] <= min(len(gold), len(told))


@given(st.sampled_from(sorted(key_incident())), JSON, st.sampled_from(sorted(told_incident())), JSON)
def test_incidents(slot, value, field, other):
    with suppress(SourceError):
        gold = gold_incidents({"incidents": [key_incident(**{slot: value})]})
        answers = incident_answers({"incidents": [told_incident(**{field: other})]})
        assert score_incidents({"1": gold}, {"1": answers})["incident"]["hit"] <= 1


@given(JSON, JSON)
def test_places_of_events(gold, told):
    with suppress(SourceError):
        row = event_row({"text": "Bombs fell", "event": [], "locations": gold})
        assert score_event_places({"1": row}, {"1": told_places({"locations": told})})["rows"] == 1
