from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mapper import pipeline, sources, steps
from mapper.gazetteer import open_gazetteer
from mapper.language import default_reader
from mapper.records import Document, Failure, Report
from mapper.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
import dataclasses
import datetime as dt
import json

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="session")
def process() -> Callable[..., list[Report | Failure]]:
    """Read sources and take every report all the way."""

    def run(*sources: Path, **options) -> list[Report | Failure]:
        return list(steps.stream(sources, settings=Settings(), **options))

    return run


@pytest.fixture(scope="session")
def manifest() -> list[dict[str, Any]]:
    """Give the rows of seeds/manifest.json, one a report."""
    rows: list[dict[str, Any]] = json.loads((SEEDS / "manifest.json").read_text(encoding="utf-8"))["reports"]
    return rows


@pytest.fixture(scope="session")
def outcome(manifest) -> list[Report | Failure]:
    """Give what became of everything in seeds/, each report published on the day that the manifest says."""
    days = {(row["file"], row.get("id")): dt.date.fromisoformat(row["published"]) for row in manifest}
    return list(
        pipeline.stream(
            [dated(item, days) for item in sources.read(SEEDS)], open_gazetteer(), recogniser=default_reader()
        )
    )


def dated(item: Document | Failure, days: dict[tuple[str, str | None], dt.date]) -> Document | Failure:
    """Date a document that does not say its own day, as a user does with --published."""
    if isinstance(item, Failure) or item.published is not None:
        return item
    file = Path(item.source).name.split(":")[0]
    day = days.get((file, item.id)) or days[file, None]
    return dataclasses.replace(item, published=day, published_basis="given")


@pytest.fixture(scope="session")
def reports(outcome) -> dict[tuple[str, str], Report]:
    """Give every report of the seeds by its file name and its id."""
    done = [item for item in outcome if isinstance(item, Report)]
    return {(Path(report.document.source).name.split(":")[0], report.document.id): report for report in done}
