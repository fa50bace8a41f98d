from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.records import Document
from mapper.sources import read
from mapper.text import sentences

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

PIECES = [
    "Three people died", "in the U.S.", "Gen. Khalid", "said.", "The police", "\n", "\n\n", "\r\n", " ", "\t", ".", "...", "…", "!", "?”", "“",
    "airstrikesIran", "organisation’British", "‘kills", "LATEST NEWS:", "Read more:", "- ", "1. ", "MOSUL, Iraq (Agency) —", "。", "؟", "\u2028",
    "\u200b", "\x00", "\x1c", "https://example.org/A.B", "#TagMe", "a.m.", "5.5", "[12]", ")", "é", "𝔅",
]  # fmt: skip


def texts(text, **known):
    return [sentence.text for sentence in sentences(Document("d", text, **known))]


def roles(text, **known):
    return [sentence.role for sentence in sentences(Document("d", text, **known))]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_spans_are_ordered_disjoint_and_cover_all_that_is_not_space(text):
    found = sentences(Document("d", text))
    position = 0
    for sentence in found:
        assert position <= sentence.start < sentence.end
        assert text[position : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        position = sentence.end
    assert text[position:].strip() == ""


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_paragraph_numbers_never_go_back(text):
    numbers = [sentence.paragraph for sentence in sentences(Document("d", text))]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    "text",
    [
        "Gen. John Smith of the U.S. Army met Sen. W. J. Brown at 6 p.m. Monday.",
        "He left on Feb. 2 for St. Louis, in Mo. and then by No. 5 bus to Charleston, W.Va. itself.",
        "The shaking lasted 3.5 seconds in the U.S.-led zone.",
        "“Is he dead?” he asked.",
        "“Stop!” Smith said.",
        "They waited… and waited... and left.",
        "Write to Desk.Chief@example.org or see https://example.org/News.The or www.Example.Org.The today.",
        "McDonald used his iPhone to bid on eBay and watch YouTube with DeLorean and MacArthur at PetroChina.",
        "#PrayForParis @JohnSmithPress posted it.",
        "Sgt. Maj. Lee of Acme Inc. and Widget Corp. Ltd. agreed.",
        "The word was said in d’Ivoire by O’Brien at l’Allemand.",
        "1. First they came.",
    ],
)
def test_one_sentence_stays_one(text):
    assert texts(text) == [text]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("He lives in the U.S. The army came.", "The army came."),
        ("It began at 9 a.m. Police came later.", "Police came later."),
        ("“It is over.” They left.", "They left."),
        ("They waited... Then it went off.", "Then it went off."),
        ("Three died.[12] Two were hurt.", "Two were hurt."),
        ("A bomb went off. al-Shabab claimed it.", "al-Shabab claimed it."),
        ("(It was late.) Nobody came.", "Nobody came."),
        ("It fell in 1990.She left.", "She left."),
        ("He spoke at the scene.The police came.", "The police came."),
        ("He said “it is over.”The police came.", "The police came."),
        ("Bomb kills general in SyriaThe desert is wide.", "The desert is wide."),
        ("Britain hits targets in new airstrikesIran attacks a town", "Iran attacks a town"),
        ("It struck a ‘terror organisation’British forces wait", "British forces wait"),
        ("هل انتهى؟ نعم انتهى.", "نعم انتهى."),
        ("三人死亡。两人受伤。", "两人受伤。"),
        ("five were killed in mosul. the army left.", "the army left."),
    ],
)
def test_two_sentences_are_parted(text, second):
    assert texts(text) == [text[: text.index(second)].rstrip(), second]


def test_hard_wrapped_lines_are_one_sentence():
    text = (
        "   SAN MIGUEL, 3 JAN 90 -- THE BATTALION HAS REPORTED THAT ABOUT 50\n"
        "PEASANTS WERE KIDNAPPED BY ARMED MEN IN THE NORTH OF THE DEPARTMENT\n"
        "OF SAN MIGUEL.  THE MEN LEFT FOR THE HILLS BEFORE THE ARMY ARRIVED.\n\n"
        "   NOBODY HAS SEEN THEM SINCE."
    )
    assert [" ".join(sentence.split()) for sentence in texts(text)] == [
        (
            "SAN MIGUEL, 3 JAN 90 -- THE BATTALION HAS REPORTED THAT ABOUT 50 PEASANTS WERE KIDNAPPED BY ARMED MEN IN THE NORTH "
            "OF THE DEPARTMENT OF SAN MIGUEL."
        ),
        "THE MEN LEFT FOR THE HILLS BEFORE THE ARMY ARRIVED.",
        "NOBODY HAS SEEN THEM SINCE.",
    ]


def test_a_line_that_breaks_after_a_function_word_goes_on():
    assert len(texts("The town marked the\n            Thanksgiving holiday.")) == 1


def test_short_lines_are_sentences_of_their_own():
    assert texts("Baghdad\r\nMosul\rErbil\nBasra") == ["Baghdad", "Mosul", "Erbil", "Basra"]


def test_a_blank_line_parts_even_without_a_stop():
    assert texts("A headline without a stop\n\nand its text.") == ["A headline without a stop", "and its text."]


def test_list_items_are_parted():
    assert texts("The police said that\n- two were held\n- one was let go") == [
        "The police said that", "- two were held", "- one was let go",
    ]  # fmt: skip


def test_roles_of_a_report():
    text = (
        "Blast kills three in Mosul\nBy Jane Doe\nPublished: 8 February 2024\n\nMOSUL, Iraq (Agency) —\nThree people died.\n"
        "ALSO READ\nFlood in Sudan kills nine\nQuake shakes Peru\nThe mayor said so.\nRead more: Drone hits base\n"
    )
    assert roles(text) == [
        "title", "dateline", "dateline", "dateline", "body", "teaser", "teaser", "teaser", "body", "teaser",
    ]  # fmt: skip


def test_the_known_title_is_the_title_even_with_a_stop():
    assert roles("Walk held for victims. It rained.", title="Walk held for victims.") == ["title", "body"]


def test_a_lone_sentence_is_body():
    assert roles("A bomb killed three in Mosul.") == ["body"]


@pytest.mark.parametrize(
    "text", ["Bomb kills three in Mosul", "Fire kills ten in the worst outbreakThe fire still burns"]
)
def test_a_report_of_one_paragraph_has_no_teasers(text):
    assert "teaser" not in roles(text)
    assert "body" in roles(text)


def test_glued_headlines_are_teasers_and_the_text_behind_them_is_not():
    text = "A bomb fell.\nLATEST DEVELOPMENTS:\nOne side hits targets in new strikesOther side attacks town\nIt fell at noon."
    assert roles(text) == ["body", "teaser", "teaser", "teaser", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "A" * 1_000_000,
        "Mosul " * 160_000,
        '"' * 1_000_000,
        "(" * 1_000_000,
        "x" + " " * 1_000_000 + "y",
        "U.S." * 100_000,
    ],
    ids=["letters", "words", "quotes", "brackets", "spaces", "dots"],
)
def test_a_long_line_without_a_stop_takes_linear_time(text):
    begun = time.process_time()
    assert len(texts(text)) == 1
    assert time.process_time() - begun < 3  # 0.05-0.5 s on one core of 2026; quadratic time would be hours


def test_the_seed_report_keeps_its_teasers_apart():
    path = SHARED / "seed" / "000_9564abe462e9eb0a.txt"
    if not path.exists():
        pytest.skip(f"the seed report is not beside the checkout: {path}")
    (document,) = read([path])
    found = sentences(document)
    teasers = [sentence for sentence in found if sentence.role == "teaser"]
    assert [len(teasers), found[0].role] == [4, "title"]
    assert {sentence.role for sentence in found[1:] if sentence not in teasers} == {"body"}


def test_agreement_with_annotated_sentences():
    path = SHARED / "data" / "events" / "india_police.dev.jsonl"
    if not path.exists():
        pytest.skip(f"the annotated articles are not beside the checkout: {path}")
    hits = found = gold = 0
    with path.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(150), strict=False):
            pieces = [sentence["text"] for sentence in json.loads(line)["sentences"]]
            ours, theirs = ends(texts(" ".join(pieces))), ends(pieces)
            hits, found, gold = hits + len(ours & theirs), found + len(ours), gold + len(theirs)
    # Measured 2026-11: precision .95, recall .85 (lower-case text; the annotators also part lists and button labels).
    assert hits / found > 0.93
    assert hits / gold > 0.82


def ends(pieces):
    position, positions = 0, set()
    for piece in pieces:
        position += len("".join(piece.split()))
        positions.add(position)
    return positions
