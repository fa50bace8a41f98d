from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.training.markup import Label, MarkupError, main, parse

YES, NO = "=== x-1 | agency | en | yes\n", "=== x-1 | agency | en | no\n"


def only(content):
    (dispatch,) = parse(content)
    return dispatch


def said(dispatch):
    """Each label with the words it stands on."""
    return [(dispatch.text[la.start : la.end], la.tag) for la in dispatch.labels]


def test_a_header_says_what_a_dispatch_is():
    dispatch = only("=== sahel-001 | local radio | fr | no\nRien.")
    assert (dispatch.id, dispatch.style, dispatch.language, dispatch.tells) == ("sahel-001", "local radio", "fr", False)


def test_a_label_points_at_its_words_in_the_plain_text():
    dispatch = only(NO + "Rain fell in [Dori|place] today.")
    assert dispatch.text == "Rain fell in Dori today."
    assert dispatch.labels == (Label(13, 17, "place"),)


def test_labels_nest_and_the_outer_one_comes_first():
    dispatch = only(NO + "The [[University of [Basra|place.emb]|org] team|org] met.")
    assert dispatch.text == "The University of Basra team met."
    assert said(dispatch) == [
        ("University of Basra team", "org"),
        ("University of Basra", "org"),
        ("Basra", "place.emb"),
    ]


def test_tags_joined_with_a_plus_lie_on_the_same_words():
    dispatch = only(YES + "[Boko Haram|org+perp@1] [fired|armed_clash#1].")
    assert said(dispatch)[:2] == [("Boko Haram", "org"), ("Boko Haram", "perp")]


def test_a_trigger_without_a_status_is_accomplished():
    assert only(YES + "They [fought|armed_clash#2].").labels == (Label(5, 11, "armed_clash", 2, "accomplished"),)


def test_a_trigger_has_the_status_that_is_written():
    assert only(YES + "They [fought|armed_clash#2:denied].").labels[0].status == "denied"


def test_only_triggers_have_a_status():
    labels = only(YES + "[Nine|killed@1] [died|accident#1] in [Dori|place@1].").labels
    assert {la.tag: la.status for la in labels} == {"killed": None, "accident": "accomplished", "place": None}


def test_wrapped_lines_are_joined_inside_labels_too():
    dispatch = only(NO + "Rain in [New\n   Delhi|place]\nand on.\n")
    assert dispatch.text == "Rain in New Delhi and on."
    assert said(dispatch) == [("New Delhi", "place")]


def test_a_blank_line_ends_a_paragraph():
    assert only(NO + "One\ntwo.\n \n\nThree.\n").text == "One two.\n\nThree."


def test_the_lines_of_a_style_of_lines_are_kept():
    dispatch = only("=== w-1 | lines:web | en | no\nHOME  \n[Dori|place] news\n")
    assert (dispatch.style, dispatch.text) == ("web", "HOME\nDori news")


def test_a_file_holds_dispatches_one_after_the_other():
    dispatches = list(parse("=== a | web | en | no\nOne.\n\n=== b | web | es | no\nDos [Lima|place].\n"))
    assert [(d.id, d.text) for d in dispatches] == [("a", "One."), ("b", "Dos Lima.")]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("=== a b | web | en | no\nx", "not a header: '=== a b | web | en | no'"),
        ("=== a | web | en | maybe\nx", "not a header"),
        ("=== a | web | english | no\nx", "not a header"),
        ("Lost.\n" + NO + "x", "before the first header: 'Lost.'"),
        (NO + "In [Dori|place.", "unbalanced '|' after 'In Dori'"),
        (NO + "In [Dori", "a label is not closed: 'Dori'"),
        (NO + "In Dori|place].", "unbalanced '|place]' after 'In Dori'"),
        (NO + "In [Dori].", "unbalanced ']'"),
        (NO + "One | two.", "unbalanced '|'"),
        (NO + "In [|place].", "not a tag: 'place'"),
        (NO + "In [Dori|].", "not a tag: ''"),
        (NO + "In [Dori|Place].", "not a tag: 'Place'"),
        (NO + "In [Dori|city].", "unknown tag 'city'"),
        (NO + "In [Dori|place.town].", "unknown tag 'place.town'"),
        (NO + "In [Dori|place:past].", "unknown tag 'place:past'"),
        (YES + "[Shot|armed_clash#1] in [Dori|place#1].", "unknown tag 'place#1'"),
        (YES + "They [fought|armed_clash@1].", "a trigger is written"),
        (YES + "They [fought|armed_clash].", "a trigger is written"),
        (YES + "They [fought|armed_clash#1:rumoured].", "a trigger is written"),
        (YES + "[Nine|killed] [died|accident#1].", "'killed' says of no incident"),
        (YES + "They [fought|armed_clash#1] in [Dori|place@2].", "incident 2 has no trigger"),
        (NO + "They [fought|armed_clash#1].", "the header says 'no', a trigger is labelled"),
        (YES + "All is calm in [Dori|place].", "the header says 'yes', no trigger is labelled"),
    ],
)
def test_what_is_not_well_formed_is_refused(content, complaint):
    with pytest.raises(MarkupError) as caught:
        list(parse(content))
    assert complaint in str(caught.value)


def test_a_complaint_names_the_dispatch():
    with pytest.raises(MarkupError, match=r"^x-1: "):
        only(NO + "In [Dori|city].")


def test_the_command_names_every_dispatch_that_is_wrong_and_counts_the_others(tmp_path, capsys):
    path = tmp_path / "some.txt"
    path.write_text(f"{NO}In [Dori|city].\n{NO.replace('x-1', 'x-2')}In [Dori|place].\n{YES}Calm.\n", encoding="utf-8")
    assert main([str(path)]) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith("some.txt: x-1: unknown tag")
    assert second.startswith("some.txt: x-1: the header says 'yes'")
    assert last == "1 dispatches, 2 words, 2 errors; {'place': 1}"


def test_the_command_answers_nothing_wrong_with_zero(tmp_path):
    path = tmp_path / "some.txt"
    path.write_text(NO + "In [Dori|place].\n", encoding="utf-8")
    assert main([str(path)]) == 0


WORD = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="[]|="), min_size=1, max_size=6
)
TAG = st.sampled_from(["place", "place.met", "person", "org", "other", "killed@1", "perp@1", "riot#1", "org+perp@1"])
PIECE = st.recursive(WORD, lambda inner: st.tuples(st.lists(inner, min_size=1, max_size=3), TAG), max_leaves=12)


def written(piece, gap):
    if isinstance(piece, str):
        return piece
    inner, tags = piece
    return f"[{gap.join(written(p, gap) for p in inner)}|{tags}]"


def plain(piece):
    return piece if isinstance(piece, str) else " ".join(plain(p) for p in piece[0])


def labels_of(piece):
    if isinstance(piece, str):
        return []
    inner, tags = piece
    return [(plain(piece), tag.split("@")[0].split("#")[0]) for tag in tags.split("+")] + [
        label for p in inner for label in labels_of(p)
    ]


@given(st.lists(PIECE, min_size=1, max_size=8), st.sampled_from([" ", "\n", " \n  "]))
def test_every_label_stands_on_what_was_between_its_brackets(pieces, gap):
    body = gap.join(written(p, gap) for p in pieces)
    dispatch = only(f"{YES}{body} [riot|riot#1]\n")
    assert dispatch.text == " ".join([*map(plain, pieces), "riot"])
    assert sorted(said(dispatch)) == sorted([*(la for p in pieces for la in labels_of(p)), ("riot", "riot")])


@given(st.text(alphabet="[]|@#+:ab1 \n=", max_size=60))
def test_no_text_breaks_the_reading(body):
    try:
        dispatch = only(f"{NO}x {body}")
    except MarkupError:
        return
    assert not set("[]|") & set(dispatch.text)
