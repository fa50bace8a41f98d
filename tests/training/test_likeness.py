"""What is learnt of two tellings: pairs of a mention and an event begun before, true or not as the labels number them."""

from __future__ import annotations

from mapper.gazetteer import open_gazetteer
from mapper.incidents.likeness import _IS_SAME
from mapper.language import default_reader
from mapper.training.likeness import UNSEEN, main, pairs
from mapper.training.markup import read

TWO_BOMBS = """=== made-01 | agency | en | yes
A [car bomb|explosion_ied#1] [went off|explosion_ied#1] in [Kirkuk|place@1] [on Monday|when@1], killing [six|killed@1] people.

The [blast|explosion_ied#1] shattered windows in the bazaar. Hours later a [grenade|explosion_ied#2] [exploded|explosion_ied#2] in a cafe and wounded [two|injured@2].
"""


def of(tmp_path, words):
    path = tmp_path / "made.txt"
    path.write_text(words, encoding="utf-8")
    (dispatch,) = read([path])
    return list(pairs(dispatch, open_gazetteer(own=False), default_reader(), unseen=True))


def test_a_mention_is_paired_with_each_event_begun_before_it(tmp_path):
    found = of(tmp_path, TWO_BOMBS)
    assert {pair.is_same for pair in found} == {True, False}
    assert {tuple(pair.traits) for pair in found} == {tuple(_IS_SAME)}


def test_the_weights_in_use_tell_the_second_bomb_from_the_first(tmp_path):
    back = [pair for pair in of(tmp_path, TWO_BOMBS) if pair.is_same and pair.traits["points back"]]
    new = [pair for pair in of(tmp_path, TWO_BOMBS) if not pair.is_same]
    assert back
    assert min(pair.now for pair in back) > max(pair.now for pair in new)


def test_unseen_texts_count_more_and_the_weights_are_printed(tmp_path, capsys):
    (tmp_path / "made.txt").write_text(TWO_BOMBS, encoding="utf-8")
    main([str(tmp_path / "made.txt")], standalone_mode=False)
    printed = capsys.readouterr().out
    assert "of one event" in printed
    assert all(f'"{trait}": ' in printed for trait in _IS_SAME)
    assert UNSEEN > 1
