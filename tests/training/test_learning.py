"""What needs torch: the loss, the temperatures, and that the exported files say what the encoder says."""

from __future__ import annotations

import random

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra `train`")
pytest.importorskip("safetensors", reason="needs the extra `train`")
pytest.importorskip("onnx", reason="needs the extra `train`")

from mapper.language.heads import HEADS, OUTPUTS  # noqa: E402
from mapper.language.session import Session  # noqa: E402
from mapper.training.calibration import _temperature  # noqa: E402
from mapper.training.corpora import Example, Mark  # noqa: E402
from mapper.training.encoder import ArgumentReader, Encoder  # noqa: E402
from mapper.training.examples import SILENT, rows  # noqa: E402
from mapper.training.export import write_onnx  # noqa: E402
from mapper.training.learning import Course, _answers, _batch, _loss, _optimiser, _shown, train, trained  # noqa: E402

TEXT = "Gunmen killed nine in Dori."
KNOWN = frozenset({*HEADS, "link"})
MARKS = [
    Mark(7, 13, "trigger", "attack_on_civilians", 1), Mark(7, 13, "link", "event", 1),
    Mark(22, 26, "place", "place"), Mark(22, 26, "link", "place", 1),
]  # fmt: skip


@pytest.fixture
def encoder(wordpieces):
    torch.manual_seed(1)
    return Encoder(wordpieces.size, positions=80)


@pytest.fixture
def batch(wordpieces):
    """Two windows of unlike length."""
    texts = [Example("a", TEXT, MARKS, KNOWN, own=True), Example("b", "The bank.", [], KNOWN, own=True)]
    return _batch([row for text in texts for row in rows(text, wordpieces, size=62)])


def test_what_fills_a_batch_up_is_masked_and_silent(batch):
    assert batch.mask.sum(1).tolist() == [8, 5]
    assert bool((batch.labels[:, 1, 5:] == SILENT).all())


def test_links_point_into_the_row_of_all_pieces(batch, wordpieces):
    events, others, belongs = batch.links
    flat = batch.pieces.flatten()
    killed, dori = (wordpieces.words([word], [0])[0][0].pieces[0] for word in ("killed", "Dori"))
    assert set(flat[events].tolist()) == {killed}
    assert flat[others[belongs == 1]].tolist() == [dori]


def test_the_loss_falls_as_the_encoder_learns(encoder, batch):
    optimiser = _optimiser(encoder.train(), Course(rate=1e-4))
    losses = []
    for _ in range(6):
        loss = _loss(batch, encoder)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.8 * losses[0]


def test_a_batch_of_which_nothing_is_known_teaches_no_head_of_the_last_layer(encoder, wordpieces):
    (row,) = rows(Example("a", TEXT, [], frozenset(), own=True), wordpieces, size=62)
    _loss(_batch([row]), encoder).backward()
    assert encoder.heads["last"]["classes"].weight.grad is None


def test_a_teacher_knows_of_every_text(encoder, wordpieces):
    torch.manual_seed(2)
    teacher = Encoder(wordpieces.size, positions=80).eval()
    (row,) = rows(Example("a", TEXT, [], frozenset(), own=True), wordpieces, size=62)
    batch = _batch([row])
    optimiser = _optimiser(encoder.train(), Course(rate=1e-4))
    losses = []
    for _ in range(6):
        loss = _loss(batch, encoder, [teacher])
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0]
    assert all(parameter.grad is None for parameter in teacher.parameters())


def test_of_a_settled_text_no_teacher_is_asked(encoder, wordpieces):
    teacher = Encoder(wordpieces.size, positions=80).eval()
    torch.manual_seed(2)
    other = Encoder(wordpieces.size, positions=80).eval()
    encoder.eval()

    def loss(one, *, settled):
        example = Example("a", TEXT, MARKS, KNOWN, own=True, settled=settled)
        return _loss(_batch(list(rows(example, wordpieces, size=62))), encoder, [one]).item()

    assert loss(teacher, settled=True) == loss(other, settled=True)
    assert loss(teacher, settled=False) != loss(other, settled=False)


def test_reports_that_were_labelled_by_hand_are_shown_twice_as_often():
    course = Course(own=2)
    shown = [Example("a", TEXT, MARKS, KNOWN, own=True, settled=settled) for settled in (False, True)]
    assert [example.settled for example in _shown(shown, course, random.Random(1))] == [False] * 2 + [True] * 4


def test_teachers_are_heard_in_the_mean(encoder, wordpieces):
    one, other = (torch.full((1, OUTPUTS), value) for value in (0.0, 4.0))
    other[0, 0] = 9.0
    heads = list(HEADS.values())
    together = _answers([one, other])
    assert set(together) == {head.name for head in heads}
    for head in heads:
        parts = [scores[:, head.columns].softmax(-1) for scores in (one, other)]
        assert torch.allclose(together[head.name], (parts[0] + parts[1]) / 2)


def test_a_finished_course_is_read_from_its_folder(tmp_path, monkeypatch, wordpieces):
    torch.manual_seed(3)
    start = Encoder(wordpieces.size, positions=80)
    monkeypatch.setattr(Encoder, "from_base", classmethod(lambda cls: _copied(start, cls, wordpieces)))
    examples = [Example("a", TEXT, MARKS, KNOWN, own=True)]
    course = Course(passes=1, own=1, renamed=0.0)
    model = train(examples, wordpieces, None, course, tmp_path / "checkpoint.pt", told=lambda line: None)
    found = trained(tmp_path)
    assert not found.training
    assert all(torch.equal(value, found.state_dict()[name]) for name, value in model.state_dict().items())
    again = Course(passes=1, own=1, renamed=0.0, rate=0.0, head_rate=0.0, case_rate=0.0)
    taught = train(
        examples, wordpieces, None, again, tmp_path / "taught.pt", told=lambda line: None, teachers=[found]
    )  # fmt: skip
    # A pupil that learns nothing stays what its first teacher is.
    assert all(
        torch.allclose(value, model.state_dict()[name], atol=1e-5) for name, value in taught.state_dict().items()
    )


def _copied(start, cls, wordpieces):
    made = cls(wordpieces.size, positions=80)
    made.load_state_dict(start.state_dict())
    return made


def test_what_fills_a_batch_up_does_not_change_what_is_read(encoder, batch):
    encoder.eval()
    with torch.no_grad():
        together = encoder(batch.pieces, batch.cases, batch.mask)[1].classes[1, :5]
        alone = encoder(batch.pieces[1:, :5], batch.cases[1:, :5], batch.mask[1:, :5])[1].classes[0]
    assert torch.allclose(together, alone, atol=1e-4)


@pytest.mark.parametrize("stretched", [0.7, 1.0, 2.0])
def test_the_temperature_takes_back_by_how_much_scores_are_too_sure(stretched):
    torch.manual_seed(2)
    odds = torch.randn(20_000, 3) * 1.5
    gold = torch.multinomial(odds.softmax(-1), 1)[:, 0]
    assert _temperature(odds * stretched, gold) == pytest.approx(stretched, abs=0.1)


def test_silent_pieces_have_no_say_in_the_temperature():
    torch.manual_seed(2)
    odds = torch.randn(20_000, 3) * 1.5
    gold = torch.multinomial(odds.softmax(-1), 1)[:, 0]
    odds, gold = torch.cat([odds, 50 * odds]), torch.cat([gold, torch.full_like(gold, SILENT)])
    assert _temperature(odds, gold) == pytest.approx(1.0, abs=0.1)


def test_a_head_of_which_nothing_is_known_keeps_its_probabilities():
    assert _temperature(torch.randn(5, 3), torch.full((5,), SILENT)) == 1.0


@pytest.mark.parametrize(("profile", "answer"), [("fast", 0), ("full", 1)])
@pytest.mark.parametrize(("eight_bits", "near"), [(False, 1e-3), (True, 0.35)])
def test_the_exported_files_say_what_the_encoder_says(tmp_path, encoder, wordpieces, profile, answer, eight_bits, near):
    write_onnx(encoder.eval(), ArgumentReader.above(encoder), tmp_path, eight_bits=eight_bits, notes={"version": "7"})
    words = wordpieces.words([TEXT], [0])
    session = Session(tmp_path, profile=profile)
    scores = session.scores(words, wordpieces)
    (row,) = rows(Example("a", TEXT, [], KNOWN, own=True), wordpieces, size=62)
    pieces, cases = torch.from_numpy(row.pieces)[None], torch.from_numpy(row.cases)[None]
    with torch.no_grad():
        said = encoder(pieces, cases, torch.ones_like(pieces))[answer]
    assert session.version == "7"
    assert scores.shape == (len(words[0]), OUTPUTS)
    assert np.allclose(scores, said.classes[0, 1:-1].numpy(), atol=near)
