"""Words and wordpieces of a sentence, with offsets into the document and the case that each word is written in."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mapper.language.heads import CASES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tokenizers import Encoding, Tokenizer

__all__ = ["LONGEST_WORD", "Word", "WordPieces", "case_of"]

LONGEST_WORD = 40
"""Longest run of letters that is cut into wordpieces; what is longer is no word of any language, and unknown."""

_BLOB = re.compile(r"(?<![!-~])[!-~]{500,}")
"""Letters and signs without a blank for so long that they are no text: encoded data, a ruled line. One unknown word."""

_LOWER, _TITLE, _UPPER, _MIXED = range(len(CASES))
_UNKNOWN = "[UNK]"
_SURROGATE = re.compile("[\ud800-\udfff]")
_ASCII_END = "\x7f"


class Word(NamedTuple):
    """A word or punctuation mark: its offsets in the document, its wordpieces, its case."""

    start: int
    end: int
    pieces: tuple[int, ...]
    case: int


@lru_cache(maxsize=20_000)
def case_of(word: str) -> int:
    """Give the number of the case that a word is written in (an index of `CASES`)."""
    if word.islower() or not any(map(str.isupper, word)):
        return _LOWER
    if word[0].isupper() and (len(word) == 1 or not any(map(str.isupper, word[1:]))):
        return _TITLE
    return _UPPER if word.isupper() else _MIXED


class WordPieces:
    """The vocabulary of the encoder and how text is cut by it (WordPiece, uncased, accents taken off)."""

    def __init__(self, vocabulary: Path) -> None:
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers  # noqa: PLC0415  only where a text is read

        vocab = {piece: i for i, piece in enumerate(vocabulary.read_text(encoding="utf-8").splitlines())}
        model = models.WordPiece(vocab, unk_token=_UNKNOWN, max_input_chars_per_word=LONGEST_WORD)
        self._tokenizer: Tokenizer = Tokenizer(model)
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self.begin, self.end, self.padding = vocab["[CLS]"], vocab["[SEP]"], vocab["[PAD]"]
        self.unknown = vocab[_UNKNOWN]
        self.size = len(vocab)

    def words(self, texts: Sequence[str], starts: Sequence[int]) -> list[list[Word]]:
        """Cut texts into words.

        Parameters
        ----------
        texts
            Sentences.
        starts
            Where each begins in its document: the words' offsets point there.

        Returns
        -------
        list[list[Word]]
            The words of each text, in order. Characters that are no text (controls, lone surrogates) are no words.
        """
        # One by one: a batch goes over threads of its own, which a process that forks later would complain of.
        encodings = (self._tokenizer.encode(_encodable(t), add_special_tokens=False) for t in texts)
        return [_words(text, base, e) for text, base, e in zip(texts, starts, encodings, strict=True)]


def _encodable(text: str) -> str:
    """Give a text without lone surrogates, which no tokeniser takes, and without encoded data; nothing moves."""
    return _BLOB.sub(lambda blob: "x" * len(blob[0]), text if text.isascii() else _SURROGATE.sub("\ufffd", text))


def _words(text: str, base: int, encoding: Encoding) -> list[Word]:
    ids, offsets, of_word = encoding.ids, encoding.offsets, encoding.word_ids
    firsts = [i for i, word in enumerate(of_word) if not i or word != of_word[i - 1]]
    words: list[Word] = []
    for first, stop in itertools.pairwise([*firsts, len(ids)]):
        start, end = offsets[first][0], offsets[stop - 1][1]
        while end < len(text) and text[end] > _ASCII_END and unicodedata.category(text[end]) == "Mn":
            end += 1  # the tokeniser takes accents off, so those behind the last letter are in none of its pieces
        words.append(Word(base + start, base + end, tuple(ids[first:stop]), case_of(text[start:end])))
    return words
