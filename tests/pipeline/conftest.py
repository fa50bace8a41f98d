from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import made_corpus
import pytest

from mapper import steps
from mapper.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from made_corpus import Event

    from mapper.records import Failure, Report

REPORTS = 48
RULES = Settings(recogniser="rules", engine="inline")


@dataclass(frozen=True)
class Made:
    """A corpus that was made up, what it tells, and the results of one run over it that nobody disturbed."""

    corpus: Path
    events: list[Event]
    out: Path
    items: list[Report | Failure]


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made-up")
    events = made_corpus.write(folder / "corpus.jsonl", REPORTS)
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "no text"}\n')
    steps.run([folder / "corpus.jsonl"], folder / "out", settings=RULES)
    items = list(steps.stream([folder / "corpus.jsonl"], settings=RULES))
    return Made(folder / "corpus.jsonl", events, folder / "out", items)
