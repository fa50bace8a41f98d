"""The language of a report is told from its script and its small words, or said not to be known."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.text import UNDETERMINED, language_of

TEXTS = [
    ("en", "Two people were killed in a blast at a market in the north of the city, police said on Tuesday."),
    ("en", "FIVE PEOPLE WERE KILLED AND TEN WERE WOUNDED IN AN ATTACK ON THE BARRACKS, THE ARMY SAID."),
    ("es", "Al menos dos personas murieron tras una explosión en el mercado de la ciudad, según la policía."),
    ("fr", "Deux personnes ont été tuées dans une explosion sur le marché de la ville, selon la police."),
    ("pt", "Pelo menos duas pessoas morreram após uma explosão no mercado da cidade, segundo a polícia."),
    (
        "de",
        "Bei einem Brand in einer Fabrik am Rand der Stadt sind zwei Menschen ums Leben gekommen, wie die Polizei mitteilte.",
    ),
    ("it", "Due persone sono morte in un incidente sulla strada che porta alla città, ha detto il sindaco della zona."),
    ("ar", "قتل شخصان وأصيب آخرون في انفجار وسط المدينة مساء الثلاثاء"),
    ("uk", "Двоє людей загинули внаслідок обстрілу міста, повідомили у місцевій адміністрації їхні рідні"),
    ("ru", "Два человека погибли в результате взрыва на рынке в центре города"),
    ("fa", "دو نفر در پی انفجار در بازار شهر کشته شدند و چند نفر دیگر زخمی گردیدند"),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_a_sentence_tells_its_language(language, text):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "Baghdad", "2024 12 31", "Łódź, Kraków", "qwertz uiop asdf", "\x00\u202e"])
def test_what_is_too_short_or_no_language_is_not_guessed(text):
    assert language_of(text) == UNDETERMINED


@given(st.text())
def test_any_text_has_an_answer(text):
    assert len(language_of(text)) in {2, 3}


def test_a_long_text_costs_no_more_than_its_beginning():
    begun = time.process_time()
    language_of("x" * 5_000_000)
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("corpus", "language"),
    [("geoparsing/lgl.dev", "en"), ("geoparsing/geowebnews.dev", "en"), ("events/muc4.dev", "en")],
)
def test_english_news_is_english(shared, corpus, language):
    rows = (shared / "data" / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
    told = [language_of(json.loads(row)["text"]) for row in rows]
    assert told.count(language) >= 0.98 * len(told)
