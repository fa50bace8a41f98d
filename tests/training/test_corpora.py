"""The one label policy that texts of open corpora and of our own are brought to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapper.gazetteer import open_gazetteer
from mapper.language.heads import BIO, HEADS
from mapper.training.corpora import CORPORA, Mark, annotated_corpora, dispatches, open_corpora

FOLDER = Path(__file__).resolve().parents[2] / "mapper" / "training"
LABELLED = "ner/wikigold.jsonl"
TOPONYMS = "geoparsing/trnews.train.jsonl"
TWEETS = "geoparsing/idrisi_r_en.train.jsonl"
EVENTS = "events/event_location.train.jsonl"


@pytest.fixture(scope="module")
def gazetteer():
    return open_gazetteer(own=False)


@pytest.fixture
def read_row(tmp_path, gazetteer):
    """Read one row as the only one of a corpus, and all other corpora as empty."""

    def run(path, **row):
        for corpus in CORPORA:
            file = tmp_path / corpus.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(row) + "\n" if corpus.path == path else "", encoding="utf-8")
        return list(open_corpora(tmp_path, gazetteer))

    return run


@pytest.fixture
def own(tmp_path):
    """Read a dispatch of our own."""

    def run(body, *, tells="yes"):
        path = tmp_path / "own.txt"
        path.write_text(f"=== own-1 | agency | es | {tells}\n{body}\n", encoding="utf-8")
        (example,) = dispatches([path])
        return example

    return run


def spans(text, *labelled):
    """Rows of a corpus' entities: (words, label)."""
    found = [(text.index(words), words, label) for words, label in labelled]
    return [{"start": at, "end": at + len(words), "text": words, "label": label} for at, words, label in found]


def marked(example):
    """(head, value, words) of every mark."""
    return [(m.head, m.value, example.text[m.start : m.end]) for m in example.marks]


def test_people_organisations_and_places_keep_their_kind(read_row):
    text = "Awa Diallo of Oxfam went to Lyon."
    (example,) = read_row(
        LABELLED, id=1, text=text, entities=spans(text, ("Awa Diallo", "PER"), ("Oxfam", "ORG"), ("Lyon", "LOC"))
    )
    assert marked(example) == [
        ("person", "person", "Awa Diallo"),
        ("organisation", "organisation", "Oxfam"),
        ("place", "place", "Lyon"),
    ]


def test_a_demonym_that_a_corpus_has_as_a_place_becomes_a_demonym(read_row):
    text = "An Iraqi poet lives here."
    (example,) = read_row(LABELLED, id=1, text=text, entities=spans(text, ("Iraqi", "LOC")))
    assert marked(example) == [("demonym", "demonym", "Iraqi")]


def test_nothing_is_known_of_places_inside_an_organisation(read_row):
    text = "The University of Basra opened."
    (example,) = read_row(LABELLED, id=1, text=text, entities=spans(text, ("University of Basra", "ORG")))
    assert example.blank == [("place", 4, 23)]


def test_nothing_is_known_of_names_of_other_kinds(read_row):
    text = "The Arabic novel sold."
    (example,) = read_row(LABELLED, id=1, text=text, entities=[], other=spans(text, ("Arabic", "MISC")))
    assert sorted(example.blank) == [("organisation", 4, 10), ("person", 4, 10), ("place", 4, 10)]


def test_a_text_without_a_word_of_the_lexicon_tells_of_no_incident(read_row):
    (example,) = read_row(LABELLED, id=1, text="The album was well received.", entities=[])
    assert example.known == {"place", "person", "organisation", "trigger"}


def test_whether_a_text_with_a_word_of_the_lexicon_tells_of_an_incident_is_not_known(read_row):
    (example,) = read_row(LABELLED, id=1, text="Gunmen killed nine people.", entities=[])
    assert example.known == {"place", "person", "organisation"}


def test_a_corpus_of_toponyms_knows_of_places_and_demonyms_alone(read_row):
    text = "Syrian and Turkish troops left Aleppo."
    found = spans(text, ("Syrian", ""), ("Turkish", ""), ("Aleppo", ""))
    (example,) = read_row(TOPONYMS, id=1, text=text, toponyms=found)
    assert example.known == {"place", "demonym"}
    assert marked(example) == [
        ("demonym", "demonym", "Syrian"),
        ("demonym", "demonym", "Turkish"),
        ("place", "place", "Aleppo"),
    ]


def test_a_corpus_of_tweets_knows_of_places_alone(read_row):
    (example,) = read_row(
        TWEETS, id=1, text="Praying for Paradise", toponyms=spans("Praying for Paradise", ("Paradise", ""))
    )
    assert example.known == {"place"}


def test_an_event_is_linked_with_where_it_happened(read_row):
    text = "He was shot in Nablus."
    (example,) = read_row(
        EVENTS, id=1, text=text, event=spans(text, ("shot", "")), locations=spans(text, ("Nablus", "")), source="APW_RA"
    )
    assert example.known == {"link"}
    assert example.marks == [Mark(7, 11, "link", "event", 1), Mark(15, 21, "link", "place", 1)]


def test_rows_of_coders_who_left_places_out_are_not_read(read_row):
    assert read_row(EVENTS, id=1, text="He was shot.", event=[], locations=[], source="Masdar_RA") == []


@pytest.mark.parametrize("path", [LABELLED, TOPONYMS, TWEETS])
def test_an_example_is_shown_as_often_as_its_corpus_says(read_row, path):
    (example,) = read_row(path, id=1, text="Rain.", entities=[], toponyms=[])
    assert example.weight == next(c.weight for c in CORPORA if c.path == path)
    assert not example.own


def test_every_head_is_known_in_our_own_texts(own):
    example = own("Rain.", tells="no")
    assert example.own
    assert example.language == "es"
    assert example.known == {*HEADS, "link"}


@pytest.mark.parametrize(
    ("tag", "kind"),
    [("place", "literal"), ("place.line", "literal"), ("place.met", "metonymic"), ("place.emb", "embedded")],
)
def test_a_place_of_our_own_has_a_kind(own, tag, kind):
    assert marked(own(f"In [Dori|{tag}].", tells="no")) == [("place", "place", "Dori"), ("kind", kind, "Dori")]


@pytest.mark.parametrize(("tag", "head"), [("person", "person"), ("org", "organisation"), ("place.dem", "demonym")])
def test_names_that_are_no_places_have_a_head_each(own, tag, head):
    assert marked(own(f"The [Malian|{tag}] way.", tells="no")) == [(head, head, "Malian")]


@pytest.mark.parametrize("tag", ["other", "place.rel"])
def test_other_names_and_phrases_around_a_place_are_not_marked(own, tag):
    assert marked(own(f"The [Nile Star|{tag}].", tells="no")) == []


def test_a_word_that_tells_of_an_incident_has_a_type_a_status_and_a_link(own):
    assert own("They [fought|armed_clash#3:denied].").marks == [
        Mark(5, 11, "trigger", "armed_clash", 3),
        Mark(5, 11, "status", "denied", 3),
        Mark(5, 11, "link", "event", 3),
    ]


@pytest.mark.parametrize(
    ("tag", "head", "value"),
    [("perp", "role", "perpetrator"), ("target", "role", "target"), ("weapon", "role", "weapon"), ("when", "role", "date"),
     ("killed", "count", "killed"), ("displaced", "count", "displaced")],
)  # fmt: skip
def test_what_belongs_to_an_incident_has_a_role_and_a_link(own, tag, head, value):
    example = own(f"[Words|{tag}@1] [fought|armed_clash#1].")
    assert example.marks[:2] == [Mark(0, 5, head, value, 1), Mark(0, 5, "link", "part", 1)]


@pytest.mark.parametrize("tag", ["place", "place.line", "place.met", "back"])
def test_where_an_incident_happened_is_linked_with_it_as_a_place(own, tag):
    assert Mark(0, 5, "link", "place", 1) in own(f"[There|{tag}@1] they [fought|armed_clash#1].").marks


def test_a_place_without_a_number_is_linked_with_nothing(own):
    example = own("[Paris|place.met] condemned the [clash|armed_clash#1].")
    assert [example.text[m.start : m.end] for m in example.marks if m.head == "link"] == ["clash"]


def test_every_mark_of_a_committed_dispatch_is_a_class_of_its_head():
    for example in dispatches(sorted((FOLDER / "dispatches").glob("*.txt"))):
        for mark in example.marks:
            assert 0 <= mark.start < mark.end <= len(example.text)
            known = {"link": ("event", "place", "part")}.get(mark.head) or HEADS[mark.head].classes
            assert mark.value in known or (known == BIO and mark.value == mark.head)


def test_every_corpus_is_there_and_its_marks_lie_in_its_texts(shared, gazetteer):
    names = {"place", "person", "organisation", "demonym", "link"}
    heads = set()
    for example in open_corpora(shared / "data", gazetteer):
        heads |= {m.head for m in example.marks}
        # One corpus counts a flag as four letters at the end of a text: a mark may end after it, but begins inside.
        assert all(0 <= m.start < m.end and example.text[m.start : m.end].strip() for m in example.marks), example.id
        assert all(0 <= start < end <= len(example.text) for _, start, end in example.blank), example.id
    assert heads == names


def test_texts_of_others_that_we_labelled_are_read_like_our_own(shared):
    example = next(iter(annotated_corpora(FOLDER / "annotations", shared / "data")))
    assert example.own
    assert example.known == {*HEADS, "link"}
