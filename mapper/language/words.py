"""Words and wordpieces of a sentence, with offsets into the document and the case that each word is written in."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from mapper.language.heads import CASES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tokenizers import Encoding, Tokenizer

__all__ = ["LONGEST_WORD", "Word", "WordPieces", "case_of"]

LONGEST_WORD = 40
"""Longest run of letters that is cut into wordpieces; what is longer is no word of any language, and unknown."""

_LOWER, _TITLE, _UPPER, _MIXED = range(len(CASES))


class Word(NamedTuple):
    """A word or punctuation mark: its offsets in the document, its wordpieces, its case."""

    start: int
    end: int
    pieces: tuple[int, ...]
    case: int


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
        model = models.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=LONGEST_WORD)  # noqa: S106
        self._tokenizer: Tokenizer = Tokenizer(model)
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self.begin, self.end, self.padding = vocab["[CLS]"], vocab["[SEP]"], vocab["[PAD]"]
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
            The words of each text, in order. Characters that are no text (controls, lone surrogates) are in no word.
        """
        encodings = self._tokenizer.encode_batch([_encodable(t) for t in texts], add_special_tokens=False)
        return [_words(text, base, e) for text, base, e in zip(texts, starts, encodings, strict=True)]


def _encodable(text: str) -> str:
    """Give a text without lone surrogates, which no tokeniser takes; nothing moves."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _words(text: str, base: int, encoding: Encoding) -> list[Word]:
    words: list[Word] = []
    rows = zip(encoding.word_ids, encoding.ids, encoding.offsets, strict=True)
    for _, pieces in itertools.groupby(rows, key=lambda row: row[0]):
        _, ids, offsets = zip(*pieces, strict=True)
        start, end = offsets[0][0], offsets[-1][1]
        words.append(Word(base + start, base + end, ids, case_of(text[start:end])))
    return words
