"""The hand-made gold as it is scored, and a way to write corpora down."""

from __future__ import annotations

import json

import pytest
from evaluation_rows import ANSWERS, GOLD

from mapper.evaluation.geoparsing import answers_of, gold_text
from mapper.gazetteer import open_gazetteer


@pytest.fixture
def gold():
    return {"1": gold_text(GOLD)}


@pytest.fixture
def answers(gold):
    return {"1": answers_of(ANSWERS, gold["1"])}


@pytest.fixture
def perfect(gold):
    return {"1": answers_of(GOLD, gold["1"])}


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()


@pytest.fixture
def write(tmp_path):
    """Write rows as JSON Lines; a row that is a string is written as it is."""

    def write_rows(name, *rows):
        path = tmp_path / name
        path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
        return path

    return write_rows
