"""Places of single events, and clusters of mentions, scored by hand."""

from __future__ import annotations

import pytest

from mapper.evaluation.chains import ChainedMention, score_clusters
from mapper.evaluation.event_places import event_row, places_asked, places_told, score_event_places
from mapper.evaluation.running import Runner
from mapper.records import Document
from mapper.settings import load

TEXT = "Bombs fell on Aleppo city and Idlib; a minister spoke."


def spans(*words):
    return [{"start": TEXT.index(word), "end": TEXT.index(word) + len(word)} for word in words]


def row(*places, event="fell"):
    return event_row({"text": TEXT, "event": spans(event), "locations": spans(*places)})


def told(*places):
    return frozenset((span["start"], span["end"]) for span in spans(*places))


def test_spans_words_and_rows_counted_by_hand():
    gold = {"1": row("Aleppo city", "Idlib"), "2": row(), "3": row("Idlib")}
    found = score_event_places(gold, {"1": told("Aleppo", "Idlib"), "2": told("Idlib")})
    assert (found["span"]["hit"], found["span"]["gold"], found["span"]["pred"]) == (1, 3, 3)
    assert (found["token"]["hit"], found["token"]["gold"], found["token"]["pred"]) == (2, 4, 3)
    assert (found["has_place"]["hit"], found["has_place"]["gold"], found["has_place"]["pred"]) == (1, 2, 2)
    assert found["rows_right"] == 0.0


def test_a_row_without_a_place_is_right_when_none_is_told():
    assert score_event_places({"1": row()}, {})["rows_right"] == 1.0


TWO = "A car bomb killed four people in Mosul on Tuesday, while in Basra gunmen shot two policemen; crowds sang."


@pytest.fixture(scope="module")
def two():
    """Both events of one sentence, as the pipeline finds them."""
    runner = Runner(load({"recogniser": "rules"}))
    return next(mentions for _, _, mentions in runner.mentions([Document("1", TWO)]))


@pytest.mark.parametrize(("event", "place"), [("bomb", "Mosul"), ("killed", "Mosul"), ("shot", "Basra")])
def test_an_event_is_where_its_own_clause_puts_it(two, event, place):
    start, at = TWO.index(event), TWO.index(place)
    assert places_told(two, [(start, start + len(event))]) == {(at, at + len(place))}


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("A car bomb killed four people in the Karrada district of Baghdad on Tuesday.", {"Karrada"}),
        ("A car bomb killed four people in Baghdad's Karrada district on Tuesday.", {"Karrada"}),
        ("A car bomb killed four people in Mosul and Tikrit on Tuesday.", {"Mosul", "Tikrit"}),
        ("The minister spoke in Mosul of the car bomb that had killed four people in Basra.", {"Basra"}),
    ],
)
def test_asked_of_an_event_the_model_names_the_finest_place(words, places):
    event = words.index("car bomb")
    one = event_row({"id": "1", "text": words, "event": [{"start": event, "end": event + 8}], "locations": []})
    report, tags, _ = next(Runner(load({})).mentions([Document("1", words)]))
    assert {words[start:end] for start, end in places_asked(tags, one, report.resolutions)} == places


def test_without_a_model_nobody_is_asked():
    one = event_row({"id": "1", "text": TWO, "event": [{"start": 2, "end": 10}], "locations": []})
    assert places_asked(None, one, ()) is None


def test_words_beyond_the_text_are_nowhere(two):
    assert places_told(two, [(len(TWO) + 1, len(TWO) + 5)]) == frozenset()


# Clusters: a and b are one event, told in two documents; c is another.

CHAINS = {"a": ChainedMention("x", "1"), "b": ChainedMention("x", "2"), "c": ChainedMention("y", "1")}


def test_gold_clusters_are_right_throughout():
    found = score_clusters(CHAINS, {"a": "x", "b": "x", "c": "y"})
    assert (found["b_cubed"]["F1"], found["pairwise"]["F1"]) == (pytest.approx(1.0), 1.0)


def test_one_cluster_of_all_has_full_recall():
    # B-cubed precision: a and b 2/3 each, c 1/3: 5/9. Pairs: one of three.
    found = score_clusters(CHAINS, dict.fromkeys(CHAINS, "all"))
    assert (found["b_cubed"]["P"], found["b_cubed"]["R"]) == (pytest.approx(5 / 9), pytest.approx(1.0))
    assert (found["pairwise"]["hit"], found["pairwise"]["gold"], found["pairwise"]["pred"]) == (1, 1, 3)
    assert found["pairwise_across_documents"]["pred"] == 2


def test_a_mention_without_an_answer_is_a_cluster_of_its_own():
    # B-cubed recall: a and b 1/2 each, c 1.
    found = score_clusters(CHAINS, {})
    assert (found["b_cubed"]["P"], found["b_cubed"]["R"]) == (pytest.approx(1.0), pytest.approx(2 / 3))
    assert (found["gold_clusters"], found["pred_clusters"]) == (2, 3)


def test_a_cluster_that_is_called_as_a_mention_is_not_that_mention():
    assert score_clusters(CHAINS, {"a": "b"})["pred_clusters"] == 3
