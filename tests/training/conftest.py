"""What the tests of training stand on: the committed dispatches, and a small vocabulary for real wordpieces."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from mapper.language.words import WordPieces
from mapper.training.markup import read

FOLDER = Path(__file__).resolve().parents[2] / "mapper" / "training"
WHOLE = (
    "gunmen",
    "killed",
    "nine",
    "in",
    "dori",
    "near",
    "the",
    "of",
    "basra",
    "university",
    "at",
    "bank",
    "and",
    "fled",
)


@pytest.fixture(scope="session")
def committed():
    """Every dispatch of the project's own."""
    return list(read(sorted((FOLDER / "dispatches").glob("*.txt"))))


@pytest.fixture(scope="session")
def wordpieces(tmp_path_factory):
    """Wordpieces of a vocabulary of a few words; every other word is cut into its letters."""
    letters = string.ascii_lowercase + string.digits
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WHOLE, *letters, *(f"##{c}" for c in letters), *string.punctuation]
    path = tmp_path_factory.mktemp("vocabulary") / "vocab.txt"
    path.write_text("\n".join(dict.fromkeys(pieces)) + "\n", encoding="utf-8")
    return WordPieces(path)
