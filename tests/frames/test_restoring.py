"""Layers give the records back that they were made of: every field but those of `NOT_CARRIED`, and cell by cell."""

from __future__ import annotations

import dataclasses
import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from carried import carried
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper import records
from mapper.frames import NOT_CARRIED, LayerError, assembled, layers
from mapper.frames.restoring import UNTOLD
from mapper.frames.schema import AREA_PRECISIONS
from mapper.records import (
    Actor,
    Candidate,
    Count,
    DateInterval,
    Document,
    Evidence,
    Incident,
    IncidentPlace,
    Place,
    Relation,
    Report,
    ReportRef,
    Resolution,
    Span,
    Toll,
    Toponym,
)

words = st.sampled_from(
    ["Mashtal", "انفجار في بغداد", "a militia", "=1+1", '{"a": [1]}', "né à Köln", "x\ty", "\u2028"]
)
maybe_words = st.none() | words
days = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
numbers = st.none() | st.integers(0, 10**6)
shares = st.floats(0, 1)
degrees = {"lat": st.floats(-80, 80), "lon": st.floats(-170, 170)}


def bools_or(strategy):
    return st.just(()) | st.lists(strategy, max_size=3).map(tuple)


places = st.builds(
    Place,
    st.sampled_from(["geonames", "own"]),
    st.integers(1, 10**6).map(str),
    words,
    **degrees,
    feature_class=st.sampled_from("PAHL"),
    feature_code=st.sampled_from(["", "PPL", "PCLI"]),
    country_code=st.sampled_from(["", "IQ"]),
    country=st.sampled_from(["", "Iraq"]),
    admin1=st.just("") | words,
    admin1_code=st.sampled_from(["", "07"]),
    admin2_code=st.sampled_from(["", "x.1"]),
    population=st.integers(0, 10**9),
    geonameid=st.none() | st.integers(1, 10**7),
    bounds=st.none() | st.tuples(*[st.floats(-80, 80)] * 4),
)
candidates = st.builds(
    lambda place, match, score: Candidate(Place(*place[:8], geonameid=place.geonameid), match, place.name, score),
    places,
    st.sampled_from(["exact", "fuzzy"]),
    shares,
)
shapes = (
    st.none()
    | st.builds(shapely.Point, degrees["lon"], degrees["lat"])
    | st.builds(
        lambda x, y, size: shapely.box(x, y, x + size, y + size), degrees["lon"], degrees["lat"], st.floats(0.01, 9)
    )
)


@st.composite
def resolutions(draw, start, text):
    shape = draw(shapes)
    kinds = sorted(AREA_PRECISIONS) if shape is not None and shape.geom_type == "Polygon" else ["site", "near"]
    place = draw(st.none() | places)
    return Resolution(
        Toponym(start, start + len(text), text, draw(st.sampled_from(["literal", "metonymic"]))),
        place,
        shape,
        draw(st.sampled_from(kinds)),
        draw(st.none() | st.floats(1, 10**6)),
        draw(shares),
        draw(shares),
        draw(bools_or(candidates)),
        inferred=place is None and draw(st.booleans()),
    )


spans = st.builds(lambda start, text: Span(start, start + len(text), text), st.integers(0, 10**4), words)
actors = st.builds(Actor, words, st.none() | spans, st.sampled_from([None, "claimed", "blamed", "denied"]), maybe_words)


@st.composite
def tolls(draw, doc_id):
    counts = draw(
        bools_or(
            st.builds(
                Count,
                numbers,
                numbers,
                numbers,
                spans,
                maybe_words,
                st.just(doc_id),
                st.sampled_from(["people", "families"]),
            )
        )
    )
    return Toll(draw(numbers), draw(numbers), draw(numbers), counts)


@st.composite
def incidents(draw, name, ref, mentioned, others):
    """Draw an incident that `ref` tells of, quoted at least once, at any of the places `mentioned` there."""
    quote = st.builds(
        lambda span, told: Evidence(ref.doc_id, span.start, span.end, span.text, told),
        spans,
        st.sampled_from(["incident", "date", "killed"]),
    )
    at = draw(st.lists(st.sampled_from(mentioned), max_size=3)) if mentioned else []
    where = [IncidentPlace(r, draw(st.sampled_from(["happened", "origin", "home"])), draw(words)) for r in at]
    return Incident(
        name,
        draw(words),
        draw(st.just("") | words),
        draw(st.sampled_from(["accomplished", "planned", "denied"])),
        DateInterval(
            draw(days), draw(days), draw(st.sampled_from(["day", "vague"])), draw(maybe_words), None, draw(days)
        ),
        tuple(where),
        **{harm: draw(tolls(ref.doc_id)) for harm in draw(st.sets(st.sampled_from(records.HARMS), max_size=2))},
        perpetrators=draw(bools_or(actors)),
        targets=draw(bools_or(actors)),
        weapon=draw(maybe_words),
        sources=draw(bools_or(words)),
        relations=draw(bools_or(st.builds(Relation, words, words))),
        confidence=draw(shares),
        evidence=tuple(draw(st.lists(quote, min_size=1, max_size=3))),
        reports=(ref, *draw(st.lists(st.sampled_from(others), unique=True))),
        review_status=draw(words),
    )


OTHERS = [ReportRef("heard", "Heard of", None, dt.date(2024, 2, 9)), ReportRef("copied", copy_of="heard")]


@st.composite
def some_reports(draw, *, most=3):
    made = []
    for number in range(draw(st.integers(0, most))):
        text = draw(st.text(st.sampled_from("ab ك\n"), min_size=0, max_size=60))
        document = Document(
            f"doc-{number}",
            text,
            draw(maybe_words),
            draw(days),
            draw(maybe_words),
            draw(maybe_words),
            draw(words),
            sha256=draw(st.just("") | words),
            read_as=draw(words),
            copy_of=draw(st.none() | st.just("doc-0")),
        )
        names = sorted(draw(st.sets(st.integers(0, max(0, len(text) - 1)), max_size=3))) if text else []
        mentioned = [draw(resolutions(start, text[start : start + 3])) for start in names]
        ref = ReportRef(document.id, document.title, document.url, document.published, document.copy_of)
        found = [draw(incidents(f"i-{number}-{n}", ref, mentioned, OTHERS)) for n in range(draw(st.integers(0, 2)))]
        made.append(Report(document, tuple(mentioned), tuple(found), draw(st.sampled_from(["en", "ar", "und"]))))
    return made


def assert_same_layers(found, wanted):
    for name, frame in wanted.items():
        pd.testing.assert_frame_equal(pd.DataFrame(getattr(found, name)), pd.DataFrame(frame), check_exact=True)


@settings(max_examples=12)
@given(items=some_reports())
def test_reports_come_back_in_every_field_that_is_carried_and_their_layers_to_the_last_cell(items):
    made = layers(items)
    back = made.to_records()
    assert carried(back) == carried(tuple(items))
    assert_same_layers(layers(back), made)


@settings(max_examples=12)
@given(items=some_reports(most=2))
def test_incidents_of_no_report_come_back_in_every_field_and_their_layers_to_the_last_cell(items):
    bare = tuple(incident for report in items for incident in report.incidents)
    made = layers(bare)
    back = made.to_incidents()
    assert carried(back, candidates=False) == carried(bare, candidates=False)
    assert_same_layers(layers(back), made)
    assert made.to_records() == back


def test_what_no_file_can_hold_is_mended_once(reports):
    made = layers(reports)
    assert_same_layers(layers(made.to_records()), made)


def test_the_layer_of_incidents_is_enough_for_the_incidents(reports):
    made = layers(reports)
    alone = dataclasses.replace(layers([]), incidents=made.incidents)
    assert carried(alone.to_incidents(), candidates=False) == carried(made.to_incidents(), candidates=False)


def test_candidates_come_from_the_layer_of_places(reports):
    made = layers(reports)
    (strike, *_) = made.to_incidents()
    assert [c.place.name for c in strike.places[0].resolution.candidates] == ["Mashtal"]
    assert dataclasses.replace(made, places=layers([]).places).to_incidents()[0].places[0].resolution.candidates == ()


def test_chosen_layers_give_the_incidents_that_were_chosen(reports):
    assert [i.incident_id for i in layers(reports).where(event_type="natural_disaster").to_incidents()] == ["quake"]


def test_the_text_of_a_report_has_its_quotes_at_their_offsets_and_no_other_word(reports):
    report = layers(reports).to_records()[0]
    assert len(report.document.text) == len(reports[0].document.text)
    for quoted in report.incidents[0].evidence:
        assert report.document.text[quoted.start : quoted.end] == quoted.text
    assert set(report.document.text[68:100]) == {UNTOLD}


def test_who_blames_whom_comes_back():
    blamed = (Actor("the PKK", Span(4, 11, "the PKK"), "blamed", "Ankara"), Actor("two men"))
    (found,) = layers([Incident("a", "armed_clash", perpetrators=blamed)]).to_incidents()
    assert found.perpetrators == blamed


def test_every_field_that_is_not_carried_is_one_of_a_record():
    for path in NOT_CARRIED:
        kind, name = path.split(".")
        found = getattr(records, kind)
        assert name in (found._fields if issubclass(found, tuple) else [f.name for f in dataclasses.fields(found)])


def coded(**cells):
    row = {
        "incident_id": "ETH1", "event_type": "armed_clash", "status": "accomplished", "date_precision": "day",
        "date_start": "2024-02-07", "date_end": "2024-02-07", "place_role": "happened", "place_name": "Shire",
        "country": "Ethiopia", "country_code": "ET", "precision": "settlement", "confidence": 1.0, "killed_best": 3,
        "perpetrators": ["A", "B"], "blamed": ["B"], "targets": ["C"], "n_reports": 1, "evidence": "They fought.",
        "doc_id": "acled", "review_status": "unreviewed", "sources": [], "geometry": shapely.Point(38.28, 14.1),
    }  # fmt: skip
    return assembled(pd.DataFrame([row | cells]))


def test_incidents_that_others_have_coded_become_records_of_what_their_columns_say():
    (found,) = coded().to_incidents()
    assert found.date.start == dt.date(2024, 2, 7)
    assert found.killed == Toll(best=3)
    assert found.perpetrators == (Actor("A"), Actor("B", stance="blamed"))
    assert found.targets == (Actor("C"),)
    assert found.evidence == (Evidence("acled", 0, 12, "They fought."),)
    place = found.places[0].resolution.place
    assert (place.name, place.country, place.lat, place.lon) == ("Shire", "Ethiopia", 14.1, 38.28)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("mention", '{"start": 1}'),
        ("mention", "[1,"),
        ("mention", "7"),
        ("counts", '[{"harm": "killed"}]'),
        ("quotes", '{"a": 1}'),
        ("actors", '["x"]'),
        ("reports", '[{"doc_id": "a", "title": null, "url": null, "published": "soon", "copy_of": null}]'),
        ("relations", '"x"'),
    ],
)
def test_json_of_another_shape_is_refused_by_the_name_of_its_incident(column, cell):
    with pytest.raises(LayerError, match="ETH1"):
        coded(**{column: cell}).to_incidents()


def test_a_report_as_long_as_no_report_is_refused(reports):
    made = layers(reports)
    made.reports["n_chars"] = pd.array([10**15] * len(made.reports), dtype="Int64")
    with pytest.raises(LayerError, match="has 1,000,000,000,000,000 characters"):
        made.to_records()


def test_empty_layers_give_no_records():
    assert layers([]).to_records() == layers([]).to_incidents() == ()


def test_rows_of_one_incident_need_not_stand_together(reports):
    made = layers(reports)
    turned = gpd.GeoDataFrame(made.incidents.iloc[::-1])
    found = {i.incident_id: len(i.places) for i in dataclasses.replace(made, incidents=turned).to_incidents()}
    assert found == {"rumour": 0, "quake": 2, "strike": 2}
