from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mapper.cli import main

if TYPE_CHECKING:
    from pathlib import Path

QUAKE = (
    "Strong earthquake shakes western Nepal\n\n"
    "KATHMANDU - An earthquake killed at least 12 people in Pokhara on Monday, the interior ministry said. "
    "Another 40 people were injured.\n"
)
BOMB = (
    "Car bomb in Mosul\n\n"
    "A car bomb exploded at a market in Mosul on Tuesday, killing four people and wounding nine, police said.\n"
)


@dataclass
class Outcome:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


Command = Callable[..., Outcome]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the real command line in this process, as its entry point does."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Outcome(int(left.value.code or 0), said.out, said.err)

    return run


@pytest.fixture(scope="session")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an output folder of `mapper map`, made once for all the tests that only read it."""
    folder = tmp_path_factory.mktemp("mapped")
    (folder / "bomb.txt").write_text(BOMB, encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["map", str(folder / "bomb.txt"), "--published", "2024-02-08", "-o", str(folder / "out"), "--quiet"])
    assert left.value.code == 0
    return folder / "out"


@pytest.fixture
def quake(tmp_path: Path) -> Path:
    path = tmp_path / "quake.txt"
    path.write_text(QUAKE, encoding="utf-8")
    return path


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    path = tmp_path / "bomb.txt"
    path.write_text(BOMB, encoding="utf-8")
    return path
