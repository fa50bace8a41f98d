"""Places scored by hand: five gold toponyms, five answers."""

from __future__ import annotations

import pytest
from evaluation_rows import GOLD, TEXT, span
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SourceError
from mapper.evaluation.geoparsing import (
    Mention,
    answers_of,
    end_to_end,
    gold_text,
    pair_mentions,
    recognition,
    resolution,
)


def counts(figures):
    return tuple(figures[name] for name in ("tp", "fp", "fn", "neither"))


def gold_but(word, **change):
    rows = [row | change if TEXT[row["start"] : row["end"]] == word else row for row in GOLD["toponyms"]]
    return GOLD | {"toponyms": rows}


# Resolution of given spans


def test_gold_against_itself_is_right_throughout(gold, perfect):
    found = resolution(gold, perfect)
    assert (found["n"], found["acc161"], found["auc"], found["id_accuracy"], found["unanswered"]) == (4, 1, 0, 1, 0)


def test_one_of_four_is_right(gold, answers):
    # Mosul is right, Springfield in another state, Iraqi not answered, Iraq answered for another span.
    found = resolution(gold, answers)
    assert (found["n"], found["acc161"], found["acc20"], found["unanswered"]) == (4, 0.25, 0.25, 2)


def test_an_unanswered_toponym_costs_half_the_girth_of_the_earth(gold):
    found = resolution(gold, {})
    assert (found["mean_km"], found["median_km"], found["unanswered"]) == (20039, 20039, 4)


def test_the_same_id_is_right_however_far_its_centre(gold):
    elsewhere = gold_but("Iraq", lat=36.9, lon=42.0)
    found = resolution(gold, {"1": answers_of(elsewhere, gold["1"])})
    assert (found["acc161"], found["acc161_or_id"]) == (0.75, 1.0)


def test_a_toponym_without_coordinates_is_not_asked_for(gold, perfect):
    assert resolution(gold, perfect)["n"] == len(GOLD["toponyms"]) - 1


def test_without_demonyms_the_people_are_not_asked_for(gold, perfect):
    assert resolution(gold, perfect, demonyms=False)["n"] == 3


def test_the_corpus_may_say_itself_that_a_word_is_an_adjective(perfect):
    marked = {"1": gold_text(gold_but("Mosul", modifier="Adjective"))}
    assert resolution(marked, perfect, demonyms=False)["n"] == 2


def test_countries_and_the_rest_add_up(gold, answers):
    parts = [resolution(gold, answers, group=group)["n"] for group in ("all", "country", "other")]
    assert parts == [4, 2, 2]


@pytest.mark.parametrize("lat", [float("nan"), float("inf"), "", None, "north"])
def test_an_odd_coordinate_is_no_answer(gold, lat):
    rows = {"id": "1", "toponyms": [row | {"lat": lat} for row in GOLD["toponyms"]]}
    assert resolution(gold, {"1": answers_of(rows, gold["1"])})["unanswered"] == 4


# Spans, and both together


def test_exact_spans_counted_by_hand(gold, answers):
    assert counts(end_to_end(gold, answers, match="exact")) == (2, 2, 2, 1)


def test_an_overlap_is_a_hit_when_it_is_asked_for(gold, answers):
    assert counts(end_to_end(gold, answers, match="overlap")) == (3, 1, 1, 1)


def test_end_to_end_needs_the_span_and_the_place(gold, answers):
    found = end_to_end(gold, answers, match="exact")
    assert (found["P"], found["R"], found["e2e161_P"], found["e2e161_R"], found["e2e161_F1"]) == (
        0.5,
        0.5,
        0.25,
        0.25,
        0.25,
    )


def test_end_to_end_with_overlap(gold, answers):
    found = end_to_end(gold, answers, match="overlap")  # Mosul and Iraq of four found and four wanted
    assert (found["e2e161_F1"], found["e2e_id_F1"], found["e2e_or_id_F1"]) == (0.5, 0.25, 0.5)


def test_recognition_counts_places_without_coordinates(gold, perfect):
    assert counts(recognition(gold, perfect)) == (5, 0, 0, 0)


def test_end_to_end_holds_places_without_coordinates_for_neither_right_nor_wrong(gold, perfect):
    assert counts(end_to_end(gold, perfect)) == (4, 0, 0, 1)


def test_a_missed_demonym_is_no_miss_without_demonyms(gold, perfect):
    fewer = {"1": perfect["1"][1:]}
    assert recognition(gold, fewer, demonyms=False)["F1"] == 1.0
    assert recognition(gold, fewer, demonyms=True)["fn"] == 1


def test_an_invented_demonym_is_no_false_alarm_without_demonyms(perfect):
    bare = {"1": gold_text(GOLD | {"toponyms": GOLD["toponyms"][1:]})}
    assert recognition(bare, perfect, demonyms=False)["fp"] == 0
    assert recognition(bare, perfect, demonyms=True)["fp"] == 1


def test_what_touches_a_demonym_is_no_false_alarm_without_demonyms(gold, perfect):
    told = {"1": [*perfect["1"], Mention(0, len("Iraqi troops"))]}
    assert recognition(gold, told, demonyms=False)["fp"] == 0
    assert recognition(gold, told, demonyms=True)["fp"] == 1


def test_a_false_alarm_belongs_to_the_group_of_its_own_text(gold):
    told = {"1": answers_of({"toponyms": [span("troops"), span("Iraq and"[:4])]}, gold["1"])}
    assert [recognition(gold, told, group=group)["fp"] for group in ("all", "country", "other")] == [1, 0, 1]


def test_one_answer_serves_one_toponym():
    text = gold_text({"text": "ab cd", "toponyms": [{"start": 0, "end": 2}, {"start": 3, "end": 5}]})
    assert counts(recognition({"1": text}, {"1": [Mention(0, 5)]}, match="overlap")) == (1, 0, 1, 0)


def test_the_largest_overlap_is_paired_first():
    assert pair_mentions([Mention(0, 4), Mention(4, 12)], [Mention(2, 10)], "overlap") == {1: 0}


SPANS = st.lists(st.builds(lambda start, length: Mention(start, start + length), st.integers(0, 30), st.integers(1, 9)))


@given(SPANS, SPANS)
def test_pairs_are_one_to_one_and_overlap(gold, answers):
    pairs = pair_mentions(gold, answers, "overlap")
    assert len(set(pairs.values())) == len(pairs)
    assert all(gold[i].start < answers[j].end and answers[j].start < gold[i].end for i, j in pairs.items())


@given(SPANS, SPANS)
def test_no_pair_that_could_be_made_is_left(gold, answers):
    pairs = pair_mentions(gold, answers, "overlap")
    free = [a for j, a in enumerate(answers) if j not in pairs.values()]
    left = [g for i, g in enumerate(gold) if i not in pairs]
    assert not any(g.start < a.end and a.start < g.end for g in left for a in free)


@pytest.mark.parametrize(
    "row",
    [
        {"id": "1"},
        {"text": 5},
        {"text": " "},
        {"text": "ab", "toponyms": {}},
        {"text": "ab", "toponyms": ["a"]},
        {"text": "ab", "toponyms": [{"start": 1, "end": 1}]},
        {"text": "ab", "toponyms": [{"start": 0, "end": 3}]},
        {"text": "ab", "toponyms": [{"start": 0.0, "end": 1}]},
        {"text": "ab", "toponyms": [{"start": True, "end": 2}]},
    ],
    ids=str,
)
def test_a_line_of_another_form_is_refused(row):
    with pytest.raises(SourceError):
        gold_text(row)
