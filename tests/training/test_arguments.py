"""Training the argument reader: the labels of one event, what is learned from them, and going on from a checkpoint."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra `train`")
pytest.importorskip("safetensors", reason="needs the extra `train`")
pytest.importorskip("onnx", reason="needs the extra `train`")

from mapper.language.heads import ARGUMENTS, BIO, MARKS, OUTPUTS  # noqa: E402
from mapper.language.session import Session  # noqa: E402
from mapper.training import arguments  # noqa: E402
from mapper.training.__main__ import digest_of  # noqa: E402
from mapper.training.arguments import _batch, _loss, argument_rows, argument_scores, train_arguments  # noqa: E402
from mapper.training.calibration import argument_temperatures  # noqa: E402
from mapper.training.corpora import OWN, Example, Mark  # noqa: E402
from mapper.training.encoder import ArgumentReader, Encoder  # noqa: E402
from mapper.training.examples import SILENT  # noqa: E402
from mapper.training.export import write_onnx  # noqa: E402
from mapper.training.learning import Course  # noqa: E402

TEXT = "Gunmen killed nine in Dori near the Bank of Basra. The gunmen fled."
WORDS = "Gunmen killed nine in Dori near the Bank of Basra . The gunmen fled .".split()
ORDER = list(ARGUMENTS)
PLAIN = Course(renamed=0.0, renamed_open=0.0)
"""Names stay as they are, so that nobody asks for new ones."""


def mark(words, head, value=None, incident=1):
    at = TEXT.index(words)
    return Mark(at, at + len(words), head, value or head, incident)


EVENT = mark("killed", "link", "event")
MARKS_OF_KILLING = [
    EVENT, mark("Dori", "link", "place"), mark("Gunmen", "role", "perpetrator"), mark("nine", "count", "killed"),
]  # fmt: skip


def example(*marks, known=OWN, own=True, text=TEXT):
    return Example("x", text, list(marks), frozenset(known), own=own)


@pytest.fixture
def labels(wordpieces):
    """Give the classes of the words for one question about the first event: every word here is one wordpiece."""

    def run(found, question):
        row = next(iter(argument_rows(found, wordpieces)))
        assert len(row.pieces) == len(WORDS) + 2
        column = row.labels[ORDER.index(question)]
        assert column[0] == column[-1] == SILENT
        classes = ARGUMENTS[question].classes
        return {w: None if c == SILENT else classes[c] for w, c in zip(WORDS, column[1:-1], strict=True)}

    return run


def at(rest="O", **classes):
    return {word: classes.get(word, rest) for word in WORDS}


@pytest.fixture
def encoder(wordpieces):
    torch.manual_seed(1)
    return Encoder(wordpieces.size, positions=120).eval()


@pytest.fixture
def reader(encoder):
    return ArgumentReader.above(encoder).eval()


def test_the_place_of_an_event_begins_and_goes_on(labels):
    found = labels(example(EVENT, mark("Bank of Basra", "link", "place")), "place")
    assert found == at(Bank="B", of="I", Basra="I")


def test_who_did_it_and_how_many_are_labelled_on_every_word(labels):
    found = example(EVENT, mark("nine in", "count", "killed"), mark("the Bank", "role", "target"))
    assert labels(found, "count") == at(nine="killed", **{"in": "killed"})
    assert labels(found, "role") == at(the="target", Bank="target")


def test_other_words_for_the_event_are_the_same_and_its_own_teach_nothing(labels):
    found = example(EVENT, mark("fled", "link", "event"))
    assert labels(found, "same") == at(killed=None, fled="same")


def test_what_belongs_to_another_event_is_outside(labels):
    other = [
        mark("fled", "link", "event", 2), mark("Basra", "link", "place", 2), mark("gunmen", "role", "perpetrator", 2),
        mark("nine", "count", "killed", 2),
    ]  # fmt: skip
    found = example(EVENT, mark("Dori", "link", "place"), *other)
    assert labels(found, "place") == at(Dori="B")
    assert labels(found, "role") == labels(found, "count") == at()
    assert labels(found, "same") == at(killed=None)


def test_parts_and_names_that_belong_to_no_event_are_no_place_of_it(labels):
    found = example(EVENT, mark("nine", "link", "part"), mark("Basra", "place", "place", None))
    assert labels(found, "place") == at()


def test_a_corpus_that_says_only_where_is_silent_on_all_else(labels):
    found = example(EVENT, mark("Dori", "link", "place"), known={"link"})
    assert labels(found, "place") == at(Dori="B")
    assert [labels(found, question) for question in ORDER[1:]] == [at(rest=None)] * 5


def test_every_event_has_a_row_with_its_words_and_its_sentence_marked(wordpieces):
    first, second, *_ = argument_rows(example(EVENT, mark("fled", "link", "event", 2)), wordpieces)
    assert np.array_equal(first.pieces, second.pieces)
    assert [MARKS[m] for m in first.marks[1:-1]] == ["sentence", "event", *["sentence"] * 9, *["elsewhere"] * 4]
    assert [MARKS[m] for m in second.marks[1:-1]] == [*["elsewhere"] * 11, *["sentence"] * 2, "event", "sentence"]


def test_the_pieces_of_a_word_have_its_mark_and_its_label(wordpieces):
    found = example(Mark(0, 3, "link", "event", 1), Mark(7, 10, "link", "place", 1), text="xyz in Abc")
    row, *_ = argument_rows(found, wordpieces)
    assert [MARKS[m] for m in row.marks[1:-1]] == ["event"] * 3 + ["sentence"] * 4
    assert [BIO[c] for c in row.labels[ORDER.index("place")][1:-1]] == ["O"] * 4 + ["B"] * 3
    assert row.cases.tolist() == [0] * 5 + [1] * 3 + [0]


def test_a_text_of_others_without_an_event_has_no_rows(wordpieces):
    assert list(argument_rows(example(mark("Dori", "place"), own=False), wordpieces)) == []


def test_an_event_whose_words_are_no_text_has_no_row(wordpieces):
    found = example(Mark(3, 4, "link", "event", 1), text="Abc def", own=False)
    assert list(argument_rows(found, wordpieces)) == []


def test_only_the_words_of_the_event_say_what_it_is_and_whether_it_came_to_pass(labels):
    found = example(
        EVENT, mark("killed", "trigger", "attack_on_civilians"), mark("killed", "status", "planned"),
        mark("fled", "trigger", "other_strategic", 2),
    )  # fmt: skip
    assert labels(found, "trigger") == at(rest=None, killed="attack_on_civilians")
    assert labels(found, "status") == at(rest=None, killed="planned")


def asked_about(rows):
    """Wordpieces, counted from the text's first, that are asked about as events and are none."""
    nothing = ARGUMENTS["trigger"].classes.index("O")
    told = [row for row in rows if (row.labels[ORDER.index("trigger")] == nothing).any()]
    for row in told:
        others = np.delete(row.labels, ORDER.index("trigger"), axis=0)
        assert (others == SILENT).all(), "nothing belongs to what is no event"
    return [[i for i, m in enumerate(row.marks[1:-1]) if MARKS[m] == "event"] for row in told]


def test_words_of_the_lexicon_that_tell_of_nothing_here_are_asked_about(wordpieces, monkeypatch):
    monkeypatch.setattr(arguments, "CHANCE_WORDS", 10**9)
    text = TEXT.replace("fled", "raid")
    assert asked_about(argument_rows(example(text=text), wordpieces)) == [[13, 14, 15, 16]]  # r ##a ##i ##d
    labelled = Mark(text.index("raid"), len(text) - 1, "trigger", "riot", 1)
    assert asked_about(argument_rows(example(labelled, text=text), wordpieces)) == []


def test_a_few_other_words_are_asked_about_but_never_those_of_an_event(wordpieces, monkeypatch):
    monkeypatch.setattr(arguments, "CHANCE_WORDS", 1)
    killed = mark("killed", "trigger", "attack_on_civilians")
    found = asked_about(argument_rows(example(EVENT, killed), wordpieces))
    assert [WORDS.index("gunmen")] in found
    assert [WORDS.index("killed")] not in found
    assert [WORDS.index("in")] not in found, "short words are no events"


def test_a_text_whose_events_are_not_known_is_asked_about_none(wordpieces):
    assert asked_about(argument_rows(example(EVENT, known={"link"}, own=False), wordpieces)) == []


def test_what_fills_a_batch_up_is_masked_silent_and_changes_nothing(wordpieces, encoder, reader):
    short = example(Mark(0, 6, "link", "event", 1), text="killed nine")
    rows = [next(iter(argument_rows(e, wordpieces))) for e in (example(*MARKS_OF_KILLING), short)]
    batch = _batch(rows)
    assert batch.mask.sum(1).tolist() == [len(WORDS) + 2, 4]
    assert bool((batch.labels[:, 1, 4:] == SILENT).all())
    with torch.no_grad():
        together = reader(encoder.lower(batch.pieces, batch.cases, batch.mask), batch.marks, batch.mask)[1, :4]
    assert torch.allclose(together, argument_scores(encoder, reader, rows[1]), atol=1e-4)


def test_a_reader_begins_as_the_upper_layers_of_its_encoder(encoder, reader):
    pieces = torch.arange(4, 12)[None]
    nothing, mask = torch.zeros_like(pieces), torch.ones_like(pieces)
    with torch.no_grad():
        reader.mark.weight.zero_()
        reader.head = encoder.heads["last"]["classes"]
        said = reader(encoder.lower(pieces, nothing, mask), nothing, mask)
        assert said.shape[-1] == OUTPUTS
        assert torch.allclose(said, encoder(pieces, nothing, mask)[1].classes, atol=1e-5)


def test_the_loss_falls_as_the_reader_learns_and_the_encoder_stays_as_it_is(wordpieces, encoder, reader):
    batch = _batch(list(argument_rows(example(*MARKS_OF_KILLING), wordpieces)))
    optimiser = torch.optim.AdamW(reader.parameters(), lr=1e-4)
    losses = []
    for _ in range(5):
        loss = _loss(batch, encoder, reader)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.8 * losses[0]
    assert all(parameter.grad is None for parameter in encoder.parameters())


def test_a_silent_question_teaches_nothing(wordpieces, encoder, reader):
    found = example(EVENT, mark("Dori", "link", "place"), known={"link"})
    _loss(_batch(list(argument_rows(found, wordpieces))), encoder, reader).backward()
    taught = reader.head.weight.grad.abs().sum(1) > 0
    assert {q.name: bool(taught[q.columns].any()) for q in ARGUMENTS.values()} == {
        "place": True, "role": False, "count": False, "same": False, "trigger": False, "status": False,
    }  # fmt: skip


@pytest.fixture
def trained(wordpieces, encoder, tmp_path, monkeypatch):
    """Train for so many passes, each of one step, and go on from the checkpoint where there is one."""

    def run(passes):
        monkeypatch.setattr(arguments, "PASSES", passes)
        shown, kept = [example(*MARKS_OF_KILLING), example(text="No.")], tmp_path / "arguments.pt"
        reader = train_arguments(shown, encoder, wordpieces, None, PLAIN, checkpoint=kept, told=print)
        return reader, torch.load(kept, weights_only=True)

    return run


def steps_of(state):
    return {int(part["step"]) for part in state["optimiser"]["state"].values()}


def same(one, other):
    return all(torch.equal(value, other[name]) for name, value in one.items())


def test_training_goes_on_from_its_checkpoint(trained):
    _, first = trained(1)
    assert (first["passes"], steps_of(first)) == (1, {1})
    _, second = trained(2)
    assert (second["passes"], steps_of(second)) == (2, {2})
    assert int(second["average"]["n_averaged"]) == 2
    assert not same(first["reader"], second["reader"])


def test_training_that_was_finished_is_not_begun_again(trained):
    done, first = trained(1)
    again, second = trained(1)
    assert same(done.state_dict(), again.state_dict())
    assert same(first["reader"], second["reader"])


def test_what_is_trained_is_the_average_of_the_steps_and_ready_to_read(trained):
    reader, state = trained(2)
    kept = {n.removeprefix("module."): v for n, v in state["average"].items() if n.startswith("module.")}
    assert same(reader.state_dict(), kept)
    assert not same(state["reader"], kept)
    assert not reader.training


def test_a_reader_begins_as_that_of_the_run_before(wordpieces, encoder, trained, tmp_path, monkeypatch):
    _, before = trained(1)
    monkeypatch.setattr(arguments, "MORE_RATE", 0.0)  # nothing is learned: what it begins as is what comes out
    begun = train_arguments(
        [example(*MARKS_OF_KILLING)], encoder, wordpieces, None, PLAIN,
        checkpoint=tmp_path / "next.pt", told=print, before=tmp_path / "arguments.pt",
    )  # fmt: skip
    kept = {n.removeprefix("module."): v for n, v in before["average"].items() if n.startswith("module.")}
    assert same(begun.state_dict(), kept)


def test_temperatures_are_found_for_every_question_and_a_silent_one_keeps_its_probabilities(
    wordpieces, encoder, reader
):
    held = [example(EVENT, mark("Dori", "link", "place"), known={"link"})]
    found = argument_temperatures(encoder, reader, held, wordpieces)
    assert set(found) == set(ARGUMENTS)
    assert found["role"] == found["count"] == found["same"] == 1.0
    assert 0.6 <= found["place"] <= 3.0


@pytest.mark.parametrize(("eight_bits", "near"), [(False, 1e-3), (True, 0.35)])
def test_the_exported_file_says_what_the_argument_reader_says(tmp_path, encoder, reader, wordpieces, eight_bits, near):
    with torch.no_grad():
        reader.mark.weight.mul_(50)  # as plain as the words themselves: what the marks say has to be in the answer
    write_onnx(encoder, reader, tmp_path, eight_bits=eight_bits, notes={"version": "7"})
    row, *_ = argument_rows(example(*MARKS_OF_KILLING), wordpieces)
    words = [w for s in arguments.words_of(example(), wordpieces) for w in s]
    session = Session(tmp_path, profile="fast")
    said = session.arguments(session.lower(words, wordpieces), words, row.marks[1:-1].astype(np.int32))
    assert np.allclose(said, argument_scores(encoder, reader, row)[1:-1].numpy(), atol=near)


def test_the_version_of_a_model_tells_its_argument_reader_too(encoder, reader):
    before = digest_of(encoder, reader)
    with torch.no_grad():
        reader.mark.weight[0, 0] += 1
    assert digest_of(encoder, reader) != before


@pytest.mark.parametrize(
    ("text", "places", "kept"),
    [
        ("Two died in Yaha district of Yala.", ["Yaha", "Yala"], ["Yaha"]),
        ("Two died in Yaha, in southern Yala.", ["Yaha", "Yala"], ["Yaha"]),
        ("Two died in Yala's Yaha district.", ["Yala", "Yaha"], ["Yaha"]),
        ("Bombs fell on Mosul, Tikrit and Kirkuk.", ["Mosul", "Tikrit", "Kirkuk"], ["Mosul", "Tikrit", "Kirkuk"]),
        ("Eight died in Lal, seven in Taywara.", ["Lal", "Taywara"], ["Lal", "Taywara"]),
        ("Clashes in Sidon and Tyre.", ["Sidon", "Tyre"], ["Sidon", "Tyre"]),
    ],
)
def test_of_places_in_one_another_the_finest_is_the_event_s(text, places, kept):
    marks = [Mark(text.index(p), text.index(p) + len(p), "link", "place", 1) for p in places]
    others = [Mark(0, 3, "link", "event", 1)]
    found = arguments.finest(text, [*marks, *others])
    assert [text[m.start : m.end] for m in found if m.value == "place"] == kept
    assert others[0] in found
