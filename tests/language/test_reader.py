"""The reader: sentences in, a tagging out; what was read before, or beside, changes nothing."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import ModelError
from mapper.language import Reader, default_folder, default_reader
from mapper.language.heads import ARGUMENTS, HEADS
from mapper.language.reader import DESCRIPTION, VOCABULARY
from mapper.language.windows import windows
from mapper.records import Document, Sentence
from mapper.text import sentences

LONG = (
    "Soldiers of the northern command said on Tuesday that rockets fired from the hills above Qandar had struck a market "
    "in the town of Velmora, where eleven traders died, while the governor of the province, Amin Dorsa, told the Harbour "
    "Agency that drones had hit a fuel depot outside Tessen, that roads to Lower Marn were closed, that police in Ostrava "
    "held four men after a riot near the river, and that the ministry of defence in Rabat denied any part in the raid, "
    "although fishermen from the port of Calvia, doctors at the clinic in Nuria and teachers who had fled from Old Denham "
    "to the border said that they had seen aircraft over the valley before dawn and heard at least six explosions"
)


def all_of(tags):
    return np.hstack([tags.probabilities(h) for h in HEADS])


def whole(text):
    return [Sentence(0, len(text), text)]


def same(one, other):
    return one.words == other.words and np.array_equal(all_of(one), all_of(other))


def test_words_of_the_tagging_are_those_of_the_document(reader, story):
    tags = reader.tag(story)
    document = {s.start: s.text for s in story}
    for start, text in document.items():
        inside = [w for w in tags.words if start <= w.start < start + len(text)]
        assert "".join(text[w.start - start : w.end - start] for w in inside) == "".join(text.split())


@pytest.mark.parametrize("head", HEADS)
def test_probabilities_of_every_head_add_up_to_one(reader, story, head):
    chances = reader.tag(story).probabilities(head)
    assert ((chances >= 0) & (chances <= 1)).all()
    np.testing.assert_allclose(chances.sum(axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("read", [[], whole(""), whole(" \n"), whole("\x00\u202e\ud800")])
def test_without_words_the_tagging_is_empty(reader, read):
    tags = reader.tag(read)
    assert tags.words == []
    assert [tags.entities(h) for h in ("place", "person", "organisation", "demonym")] == [[]] * 4


def test_the_same_text_twice_has_identical_numbers(reader, story):
    assert same(reader.tag(story), reader.tag(story))


def test_what_was_read_before_changes_nothing(story):
    fresh, used = Reader(default_folder()), Reader(default_folder())
    used.tag(whole(LONG))
    used.tag(whole("Short."))
    assert same(fresh.tag(story), used.tag(story))


def test_threads_may_share_a_reader(reader, story):
    alone = reader.tag(story)
    with ThreadPoolExecutor(4) as pool:
        assert all(same(alone, tags) for tags in pool.map(reader.tag, [story] * 8))


def test_where_a_document_begins_moves_the_words_and_nothing_else(reader):
    here, there = reader.tag(whole(LONG)), reader.tag([Sentence(900, 900 + len(LONG), LONG)])
    assert [w.start + 900 for w in here.words] == [w.start for w in there.words]
    assert np.array_equal(all_of(here), all_of(there))


def belonging(tags, story, event):
    """Give every chance that the model sees in the words around an event."""
    at = next(s.start + s.text.index(event) for s in story if event in s.text)
    found = tags.arguments(at, at + len(event))
    return np.hstack([found.probabilities(head) for head in ARGUMENTS])


EVENTS = ("struck", "killing", "closed", "injured", "left", "arrested", "riot")


def test_what_belongs_to_an_event_has_a_chance_between_nothing_and_all(reader, story):
    tags = reader.tag(story)
    for event in EVENTS:
        chances = belonging(tags, story, event)
        assert ((chances >= 0) & (chances <= 1)).all()
        np.testing.assert_allclose(chances.sum(axis=1), len(ARGUMENTS), rtol=1e-5)


def test_events_that_were_asked_about_before_change_nothing(reader, story):
    there, back = reader.tag(story), reader.tag(story)
    one = {event: belonging(there, story, event) for event in EVENTS}
    other = {event: belonging(back, story, event) for event in reversed(EVENTS)}
    assert all(np.array_equal(one[event], other[event]) for event in EVENTS)


def test_threads_may_ask_one_tagging_about_its_events(reader, story):
    alone, shared = reader.tag(story), reader.tag(story)
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda event: belonging(shared, story, event), EVENTS * 2))
    assert all(np.array_equal(belonging(alone, story, e), t) for e, t in zip(EVENTS * 2, told, strict=True))


def test_an_event_at_either_end_of_a_text_or_alone_in_it_is_read(reader):
    for text in ("Bombed.", "Bombed by rebels near Dori", "Rebels near Dori bombed"):
        at = text.lower().index("bombed")
        assert reader.tag(whole(text)).arguments(at, at + 6).words


def test_the_default_reader_is_opened_once():
    assert default_reader() is default_reader("full")
    assert default_reader("fast") is not default_reader("full")


def test_a_reader_says_which_model_it_is(reader):
    assert reader.version in repr(reader)
    assert reader.profile in repr(reader)


def test_a_long_sentence_shows_no_seam_where_it_is_cut(reader):
    """Begun a few words later a sentence is cut elsewhere; at the old seams that changes far less than a word's step."""
    tags = reader.tag(whole(LONG))
    parts = list(windows([tags.words]))
    assert len(parts) > 2
    near = sorted({i for part in parts[:-1] for i in range(part.last - 3, part.last + 3)})
    chances = all_of(tags)
    step = np.abs(chances[near] - chances[[i + 1 for i in near]]).max(axis=1).mean()
    changes = []
    for later in range(5, 21, 5):
        begin = tags.words[later].start
        moved = all_of(reader.tag([Sentence(begin, len(LONG), LONG[begin:])]))
        changes.append(np.abs(chances[near] - moved[[i - later for i in near]]).max(axis=1).mean())
    assert np.mean(changes) < 0.75 * step


@settings(max_examples=25)
@given(text=st.text(st.characters(), max_size=300))
def test_any_text_is_read(text):
    tags = default_reader("fast").tag(sentences(Document("any", text)))
    assert np.isfinite(all_of(tags)).all()
    for head in ("place", "person", "organisation", "demonym"):
        assert all(0 <= e.start < e.end <= len(text) for e in tags.entities(head))


def test_a_megabyte_without_a_blank_is_read(reader):
    text = "in " + "QUJDREVGRw==" * 90_000 + " on"
    assert [w.start for w in reader.tag(whole(text)).words] == [0, 3, len(text) - 2]


def described(model, **changes):
    path = model / DESCRIPTION
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


@pytest.mark.parametrize("name", [DESCRIPTION, VOCABULARY])
def test_a_missing_file_is_named(model, name):
    (model / name).unlink()
    with pytest.raises(ModelError, match=f"{name} is not there") as caught:
        Reader(model)
    assert str(model) in caught.value.message
    assert "install incident-mapper again" in caught.value.hint


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"version": "1"}', '{"temperature": {}}', "\udcff"])
def test_a_description_that_says_nothing_of_use_is_refused(model, content):
    (model / DESCRIPTION).write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(ModelError, match="cannot read the model"):
        Reader(model)


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), "1", None])
@pytest.mark.parametrize("profile", ["full", "arguments"])
def test_a_temperature_is_a_number_above_zero(model, value, profile):
    described(model, temperature={"full": {}, "arguments": {}, profile: {"place": value}})
    with pytest.raises(ModelError, match="cannot read the model"):
        Reader(model)


def test_the_temperature_of_the_profile_is_used(model, story):
    plain = Reader(model)
    described(model, temperature={"full": dict.fromkeys(HEADS, 1e6), "arguments": {}})
    np.testing.assert_allclose(Reader(model).tag(story).probabilities("place"), 1 / 3, atol=1e-3)
    assert not np.allclose(plain.tag(story).probabilities("place"), 1 / 3, atol=1e-3)


def test_the_temperature_of_what_belongs_to_an_event_is_used(model, story):
    described(model, temperature={"full": {}, "arguments": dict.fromkeys(ARGUMENTS, 1e6)})
    tags = Reader(model).tag(story)
    hot = tags.arguments(tags.words[3].start, tags.words[3].end)
    np.testing.assert_allclose(hot.probabilities("place"), 1 / 3, atol=1e-3)


@pytest.mark.parametrize("mark", ["[CLS]", "[SEP]", "[PAD]", "[UNK]"])
def test_a_vocabulary_without_its_marks_is_refused(model, mark):
    path = model / VOCABULARY
    path.write_text(path.read_text(encoding="utf-8").replace(mark, "mark"), encoding="utf-8")
    with pytest.raises(ModelError, match=r"missing from its files"):
        Reader(model)


def test_a_description_of_another_model_is_refused(model):
    described(model, version="of another day")
    with pytest.raises(ModelError, match="belongs to another model"):
        Reader(model)


def test_an_error_of_the_layers_comes_through(model):
    (model / "upper.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match=r"upper\.onnx"):
        Reader(model)
    assert Reader(model, profile="fast").tag(whole("Rain.")).words
