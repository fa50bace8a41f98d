"""The model that the package brings, opened once and kept: sentences in, a `Tagging` out."""

from __future__ import annotations

import functools
import json
import math
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import ModelError
from mapper.language.session import Session
from mapper.language.tagging import Tagging
from mapper.language.words import WordPieces

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from mapper.language.session import Profile
    from mapper.language.words import Word
    from mapper.records import Sentence

__all__ = ["Reader", "default_folder", "default_reader"]

VOCABULARY, DESCRIPTION = "vocabulary.txt", "model.json"

_KEPT = 4
"""Stretches whose lower layers are kept: the events of one sentence have their surroundings in common."""


def default_folder() -> Path:
    """Where the model that is part of the package lies."""
    return Path(str(files("mapper.language").joinpath("data")))


def default_reader(profile: Profile = "full") -> Reader:
    """Give the reader of the package's own model, opened at the first call of this process.

    Raises
    ------
    ModelError
        When the model is missing, broken, or of another version.
    """
    return _kept(profile)


@functools.cache
def _kept(profile: Profile) -> Reader:
    return Reader(default_folder(), profile=profile)


class Reader:
    """An encoder with its vocabulary and its calibration.

    Parameters
    ----------
    folder
        Holds the files of a model.
    profile
        "full" reads with all layers, "fast" with half of them.
    threads
        Processors that one pass may use.

    Raises
    ------
    ModelError
        When a file is missing, broken, or of another version.
    """

    def __init__(self, folder: Path, *, profile: Profile = "full", threads: int = 1) -> None:
        try:
            description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
            self.version: str = description["version"]
            self._temperature = _positive(description["temperature"][profile])
            self._argument_temperature = _positive(description["temperature"]["arguments"])
            self._wordpieces = WordPieces(folder / VOCABULARY)
        except (OSError, ValueError, KeyError, TypeError) as error:
            hint = "install incident-mapper again, or give another folder"
            raise ModelError(f"cannot read the model in {folder}: {_reason(error)}", hint=hint) from error
        self.profile: Profile = profile
        self._session = Session(folder, profile=profile, threads=threads)
        if self._session.version != self.version:
            hint = "use the model that this version of incident-mapper brings"
            raise ModelError(f"{DESCRIPTION} in {folder} belongs to another model than the files beside it", hint=hint)

    def __repr__(self) -> str:
        return f"<Reader {self.version}, {self.profile}>"

    def tag(self, sentences: Sequence[Sentence]) -> Tagging:
        """Read the sentences of one document.

        The answer depends on nothing but these sentences: documents are not read together.
        """
        words = self._wordpieces.words([s.text for s in sentences], [s.start for s in sentences])
        scores = self._session.scores(words, self._wordpieces)
        return Tagging(
            words, scores, temperature=self._temperature, read_again=self._again([w for s in words for w in s]),
            argument_temperature=self._argument_temperature,
        )  # fmt: skip

    def _again(self, words: list[Word]) -> Callable[[range, NDArray[np.int32]], NDArray[np.float32]]:
        """Give what reads a stretch of these words for one event; what the lower layers say is kept for the next."""

        @functools.lru_cache(maxsize=_KEPT)
        def lower(start: int, stop: int) -> NDArray[np.float32]:
            return self._session.lower(words[start:stop], self._wordpieces)

        def read(around: range, marks: NDArray[np.int32]) -> NDArray[np.float32]:
            middle = lower(around.start, around.stop)
            return self._session.arguments(middle, words[around.start : around.stop], marks)

        return read


def _positive(temperatures: dict[str, float]) -> dict[str, float]:
    if not all(0.0 < t < math.inf for t in temperatures.values()):
        raise ValueError("a temperature is not above zero")
    return temperatures


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return f"{Path(error.filename).name} is not there"
        case KeyError():
            return f"{error} is missing from its files"
        case _:
            return str(error)
