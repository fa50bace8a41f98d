"""The baselines that stand beside incidents: next to no reading."""

from __future__ import annotations

import pytest

from mapper.evaluation.answers import answers_of
from mapper.evaluation.chains import ChainedMention
from mapper.evaluation.naive import nearest_place, one_a_report, same_lemma


def test_one_incident_a_report_of_the_type_it_has_most_words_of():
    row = {
        "id": "1", "pub_date": "1990-01-02", "dateline_place": "LIMA",
        "text": "LIMA. A BOMB EXPLODED IN CALLAO AND 6 PEOPLE WERE KILLED; ANOTHER BOMB WAS FOUND AFTER THE ATTACK.",
    }  # fmt: skip
    (told,) = answers_of(one_a_report(row))
    assert (told.types, told.names, told.killed) == ({"BOMBING"}, ("lima",), (6, 6))
    assert told.date is not None
    assert told.date[0].isoformat() == told.date[1].isoformat() == "1990-01-02"


def test_a_report_without_a_word_of_violence_tells_of_nothing():
    assert answers_of(one_a_report({"id": "1", "text": "The minister opened a school."})) == ()


@pytest.mark.parametrize(("event", "place"), [((10, 15), (20, 25)), ((40, 45), (30, 35)), ((21, 23), (20, 25))])
def test_the_nearest_place_counts_from_the_rim_of_the_words(event, place):
    assert nearest_place([(0, 3), (20, 25), (30, 35)], [event]) == {place}


def test_no_place_is_nearest_where_there_is_none():
    assert nearest_place([], [(0, 3)]) == frozenset()


def test_one_lemma_is_one_cluster_within_a_topic():
    gold = {name: ChainedMention("x", "1", topic, "blast") for name, topic in (("a", "1"), ("b", "1"), ("c", "2"))}
    told = same_lemma(gold)
    assert told["a"] == told["b"] != told["c"]
