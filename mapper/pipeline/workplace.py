"""The hidden folder in which a run works: its journal, and the files that are renamed into place when all stand."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from mapper.errors import OutputError
from mapper.pipeline.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["WORK", "Workplace", "workplace"]

WORK = ".mapper-run"
"""Name of the folder, inside the results folder, that a broken-off run leaves to be gone on from."""


class Workplace(NamedTuple):
    """Where a run works.

    Attributes
    ----------
    journal
        What it has done so far.
    staging
        Folder for the files that are to be put in place.
    in_hand
        File that names the document that this process is reading.
    """

    journal: Journal
    staging: Path
    in_hand: Path


@contextmanager
def workplace(
    work: Path, made_with: str, *, target: Path, names: Iterable[str] = (), fresh: bool = False
) -> Iterator[Workplace]:
    """Give a run its folder; when the block ends well, rename what it staged into place and remove the folder.

    When the block fails, the journal stays, for the same command to go on from, if there is anything in it.

    Parameters
    ----------
    work
        The hidden folder; made when it is missing.
    made_with
        Digest of all that shapes the results: see `Journal`.
    target
        Folder where the files are put; made when it is missing.
    names
        Files that may be put there.
    fresh
        Begin anew, whatever an earlier run left.

    Raises
    ------
    OutputError
        Where a folder cannot be made or written, another run is at work there, or a folder has the name of a file that
        is to be written.
    """
    made = not target.exists()
    whole = False
    journal: Journal | None = None
    try:
        _make(work, target)
        journal = _opened(work / "journal.sqlite", made_with, fresh=fresh)
        staging = work / "staging"
        shutil.rmtree(staging, ignore_errors=True)  # of a run that was killed: the journal's lock says that none is on
        _make(staging, target)
        for name in names:
            if (target / name).is_dir():
                hint = "rename or remove that folder, or give another one with -o"
                raise OutputError(f"cannot write {target / name}: a folder of that name is in the way", hint=hint)
        yield Workplace(journal, staging, work / "in-hand")
        for name in names:
            if (staging / name).exists():
                os.replace(staging / name, target / name)  # noqa: PTH105  the atomic rename, by its usual name
        whole = True
    finally:
        if journal is not None:
            worthless = whole or journal.is_empty()
            journal.close()
            shutil.rmtree(work if worthless else work / "staging", ignore_errors=True)
        elif made:
            shutil.rmtree(work, ignore_errors=True)
        if made:
            with suppress(OSError):  # not empty: the results stand there, or a journal
                target.rmdir()


def _make(folder: Path, target: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "a file of that name is in the way" if target.is_file() else error.strerror or str(error)
        hint = "give a folder that can be written with -o"
        raise OutputError(f"cannot write into {target}: {reason}", hint=hint) from error


def _opened(path: Path, made_with: str, *, fresh: bool) -> Journal:
    journal = Journal(path, made_with)
    if fresh:
        journal.clear()
    return journal
