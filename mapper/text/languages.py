"""Which language a report is written in, by its script and its commonest small words.

A list of some thirty words a language tells apart the languages that news is written in, at no cost of loading; what is
in none of them is "und" (undetermined, ISO 639-2). A name or a headline alone is too short to tell.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

__all__ = ["UNDETERMINED", "language_of"]

UNDETERMINED: Final = "und"
"""ISO 639-2's code for a language that is not known."""

READ: Final = 4_000
"""Characters that are looked at: the first paragraphs tell."""

_ENOUGH_WORDS, _ENOUGH_SHARE = 3, 0.12
"""Small words, and their share of all words, from which a language is told. News has 30-45% of them."""

_LEAD: Final = 1.25
"""How many times more small words a language needs than the next: its neighbours share many."""

_SMALL_WORDS: Final = {
    "en": "the of and to in a is was for on that with at by from as it he his were has have be are an who after not",
    "es": "de la el en y que los del las se por un una con para su al lo como más fue tras según pero sus este han",
    "fr": "de la le les des et en du un une dans pour que qui sur au par est pas plus avec ont été aux après selon ses",
    "pt": "de o a e que do da em um uma para os no na com não por dos das as se mais foi ao pelo pela após segundo são",
    "it": "di che il la e un in per della del una con non è le dei gli al da sono nel alla anche delle dopo più stato",
    "de": "der die und in den von das mit im für auf dem des ein nicht ist bei sich nach wurde auch aus wie",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er om door ook bij werd naar uit over nog heeft",
    "tr": "ve bir bu için ile da de olarak çok daha olan en gibi kadar sonra göre ise iki ne oldu olduğu dedi her",
    "id": "yang dan di dengan untuk pada dari ini itu dalam tidak akan telah oleh ke juga orang sebagai ada mereka",
    "sw": "ya na wa kwa ni katika za la watu kuwa hiyo cha kama huo huyo baada lakini hiyo vya pia alisema zaidi",
    "pl": "i w na z do się że nie o jest to po przez od za dla ze jak są był było oraz ale przed osób została zostały",
}  # fmt: skip

_SCRIPTS: Final = (
    ("ar", re.compile("[\u0600-\u06ff]")), ("ru", re.compile("[\u0400-\u04ff]")), ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")), ("hi", re.compile("[\u0900-\u097f]")), ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af]")), ("zh", re.compile("[\u4e00-\u9fff]")),
)  # fmt: skip
_LETTERS_OF: Final = {"ar": (("ur", "ٹڈڑےںھ"), ("fa", "پچژگ")), "ru": (("uk", "іїєґ"),)}
"""Letters that one language of a script has and the usual one lacks."""

_RARE: Final = 0.004
_WORD: Final = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Tell the language of a report.

    Parameters
    ----------
    text
        Of the report; its first `READ` characters are looked at.

    Returns
    -------
    str
        ISO 639-1 code, or `UNDETERMINED`.
    """
    text = text[:READ]
    if not text.isascii():
        letters = sum(map(str.isalpha, text))
        for code, letter in _SCRIPTS:
            if len(letter.findall(text)) > letters / 2:
                return _refined(code, text, letters)
    return _latin([word.lower() for word in _WORD.findall(text)])


def _refined(code: str, text: str, letters: int) -> str:
    for language, own in _LETTERS_OF.get(code, ()):
        if sum(text.lower().count(letter) for letter in own) > _RARE * letters:
            return language
    return code


def _latin(words: list[str]) -> str:
    if not words:
        return UNDETERMINED
    counted = Counter(words)
    found = sorted(((sum(counted[w] for w in small), code) for code, small in _small_words().items()), reverse=True)
    (best, code), (second, _) = found[0], found[1]
    told = best >= _ENOUGH_WORDS and best >= _ENOUGH_SHARE * len(words) and best >= _LEAD * second
    return code if told else UNDETERMINED


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
