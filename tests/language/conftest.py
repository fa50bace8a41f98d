"""The package's own model, opened once, and a report to read. The tests hold for any well-formed model, good or bad."""

from __future__ import annotations

import shutil

import pytest

from mapper.language import default_folder, default_reader
from mapper.language.reader import VOCABULARY
from mapper.language.words import WordPieces
from mapper.records import Document
from mapper.text import sentences

STORY = (
    "Rockets fired from the hills above Qandar struck a market in Velmora on Tuesday, killing eleven traders. The "
    "governor, Amin Dorsa, said that the army had closed the road to Lower Marn.\n\nIn São Teodoro two people were "
    "injured when a bus left the road. The Harbour Agency reported no other accidents.\n\nPolice in Ostrava arrested four "
    "men after a riot near the river; Czech and Polish officials denied any part in it."
)


@pytest.fixture(scope="session")
def wordpieces():
    return WordPieces(default_folder() / VOCABULARY)


@pytest.fixture(scope="session", params=["full", "fast"])
def reader(request):
    return default_reader(request.param)


@pytest.fixture(scope="session")
def story():
    return sentences(Document("story", STORY))


@pytest.fixture
def model(tmp_path):
    """Give a copy of the package's model that a test may break."""
    return shutil.copytree(default_folder(), tmp_path / "model")
