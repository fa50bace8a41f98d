from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from mapper.errors import SourceError
from mapper.training.standoff import SOURCES, annotated, detokenised, normalised, unlabelled

ANNOTATIONS = Path(__file__).resolve().parents[2] / "mapper" / "training" / "annotations"
TEXT = "Gunmen killed nine in Dori. More follows."


@pytest.fixture
def made(tmp_path):
    """A folder of labels and one of corpora, with one text between them."""
    labels, corpora = tmp_path / "labels", tmp_path / "corpora"
    labels.mkdir()
    for name, (path, key, field) in SOURCES.items():
        (corpora / path).parent.mkdir(parents=True, exist_ok=True)
        rows = [{key: 7, field: f"  {TEXT}\n"}] if name == "trnews" else []
        (corpora / path).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        (labels / f"{name}.jsonl").write_text("", encoding="utf-8")
    line = {
        "id": "7", "chars": 27, "sha256": hashlib.sha256(TEXT[:27].encode()).hexdigest()[:16], "tells": True,
        "labels": [[7, 13, "attack_on_civilians", 1, "accomplished"], [14, 18, "killed", 1, None], [22, 26, "place", 1, None]],
    }  # fmt: skip
    (labels / "trnews.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return labels, corpora


def test_labels_and_text_come_together(made):
    (dispatch,) = annotated(*made)
    assert (dispatch.id, dispatch.text, dispatch.tells) == ("trnews-7", TEXT[:27], True)
    assert [dispatch.text[la.start : la.end] for la in dispatch.labels] == ["killed", "nine", "Dori"]


def test_a_text_that_has_changed_is_refused(made):
    labels, corpora = made
    path = corpora / SOURCES["trnews"][0]
    path.write_text(path.read_text("utf-8").replace("Dori", "Djibo"), encoding="utf-8")
    with pytest.raises(SourceError, match="trnews: 7 is not the text that was labelled"):
        list(annotated(labels, corpora))


def test_a_text_that_is_missing_is_refused(made):
    labels, corpora = made
    (corpora / SOURCES["trnews"][0]).write_text("", encoding="utf-8")
    with pytest.raises(SourceError, match="trnews: 7"):
        list(annotated(labels, corpora))


def test_a_text_that_goes_on_differently_after_what_was_labelled_is_the_same(made):
    labels, corpora = made
    path = corpora / SOURCES["trnews"][0]
    path.write_text(path.read_text("utf-8").replace("More follows", "It ends"), encoding="utf-8")
    assert len(list(annotated(labels, corpora))) == 1


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Police said , on Monday .", "Police said, on Monday."),
        ("It is n't ours , they 've said", "It isn't ours, they've said"),
        ("Iraq 's army ( the 9th )", "Iraq's army (the 9th)"),
        ("He said : `` No . ''", "He said: “No.”"),
        ("$ 5 or 6 %", "$5 or 6%"),
    ],
)
def test_tokens_become_running_text(tokens, text):
    assert detokenised(tokens) == text


def test_running_text_stays_as_it_is():
    assert detokenised("Nine died, he said (twice) on Monday.") == "Nine died, he said (twice) on Monday."


def test_a_text_has_no_blanks_at_the_ends_of_its_lines():
    assert normalised("  One \t\ntwo.  \n\n", tokens=False) == "One\ntwo."


def test_every_committed_annotation_finds_its_text(shared):
    dispatches = list(annotated(ANNOTATIONS, shared / "data"))
    lines = sum(len((ANNOTATIONS / f"{name}.jsonl").read_text("utf-8").splitlines()) for name in SOURCES)
    assert len(dispatches) == lines
    for dispatch in dispatches:
        words = [dispatch.text[la.start : la.end] for la in dispatch.labels]
        assert all(w and w == w.strip() for w in words), dispatch.id


def test_committed_annotations_agree_with_themselves(shared):
    for dispatch in annotated(ANNOTATIONS, shared / "data"):
        told = {la.incident for la in dispatch.labels if la.status}
        assert dispatch.tells == bool(told), dispatch.id
        assert {la.incident for la in dispatch.labels if la.incident is not None} <= told, dispatch.id


def test_committed_annotations_hold_no_text_of_others():
    for path in ANNOTATIONS.glob("*.jsonl"):
        for line in map(json.loads, path.read_text("utf-8").splitlines()):
            assert set(line) == {"id", "chars", "sha256", "tells", "labels"}
            assert all([*map(type, label[:3])] == [int, int, str] for label in line["labels"])


def test_texts_of_which_nothing_was_labelled_stand_apart(made):
    labels, corpora = made
    path, key, field = SOURCES["ecbplus"]
    rows = [{key: "1_1.xml", field: "Gunmen fled ."}, {key: "1_2.xml", field: "A bomb went off ."}]
    (corpora / path).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (labels / "ecbplus.jsonl").write_text(json.dumps({"id": "1_1.xml"}) + "\n", encoding="utf-8")
    assert list(unlabelled(labels, corpora)) == [("ecbplus-1_2.xml", "A bomb went off.")]
