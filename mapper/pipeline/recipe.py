"""What reports are made with, as a few words that can be sent to a worker, and the digest that tells two apart."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import platform
import socket
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mapper
from mapper import language
from mapper.errors import EngineError
from mapper.gazetteer import open_gazetteer
from mapper.pipeline.packing import Packed, pack
from mapper.pipeline.stages import attempt
from mapper.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder import Homes
    from mapper.geocoder.online import Fallback
    from mapper.language import Recogniser
    from mapper.pipeline.stages import Spans
    from mapper.settings import Settings

__all__ = ["LIBRARIES", "Recipe", "library_versions", "prepare", "versions"]

LIBRARIES = (
    "click",
    "folium",
    "geopandas",
    "geopy",
    "lxml",
    "numpy",
    "onnxruntime",
    "pandas",
    "platformdirs",
    "pyogrio",
    "pyproj",
    "rich",
    "shapely",
    "tokenizers",
    "trafilatura",
    "warcio",
)
"""What a run needs or a result depends on: `versions` and `mapper doctor` name each."""

_READING = ("numpy", "onnxruntime", "pyproj", "shapely", "tokenizers")
"""Those that what is read in a text depends on, once the text is there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Asking:
    """Which online service is asked for what the gazetteer lacks, and who asks; answers are kept in `cache_dir`."""

    service: str
    user_agent: str
    cache_dir: str
    domain: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> Asking | None:
        """Take it from the settings; None where no service is named."""
        if settings.fallback is None:
            return None
        return cls(settings.fallback, settings.user_agent, str(settings.cache_dir), settings.fallback_domain)


@dataclasses.dataclass(frozen=True, slots=True)
class Recipe:
    """What reports are made with: settings of the reading, by name, so that every worker opens its own.

    Attributes
    ----------
    gazetteer
        Path of the gazetteer, None for the one that ships with the package (each machine has its own).
    recogniser
        What reads the texts, by name.
    spans
        See `mapper.pipeline.process`.
    debug
        Let exceptions of the stages through.
    homes
        Where the outlets of the reports are at home; the journal keeps it with each report, so it is no part of the
        digest.
    asking
        Which online service is asked for names that the gazetteer lacks.
    """

    gazetteer: str | None = None
    recogniser: str = "encoder"
    spans: Spans = "found"
    debug: bool = False
    homes: Homes | None = None
    asking: Asking | None = None

    @classmethod
    def of(cls, settings: Settings, *, spans: Spans = "found", debug: bool = False) -> Recipe:
        """Take the part of the settings that shapes what is read in a text."""
        chosen = settings.gazetteer
        return cls(
            None if chosen is None else str(chosen), settings.recogniser, spans, debug, asking=Asking.of(settings)
        )

    def open(self) -> tuple[Gazetteer, Recogniser | None]:
        """Open the gazetteer and the recogniser.

        Raises
        ------
        GazetteerError, ModelError, MissingExtraError, UsageError
            When one is missing, broken, or unknown.
        """
        return self.open_gazetteer(), _recogniser(self.recogniser)

    def open_gazetteer(self) -> Gazetteer:
        """Open the gazetteer alone."""
        return open_gazetteer(self.gazetteer)

    def fallback(self) -> Fallback | None:
        """Give the online service that is asked for names that the gazetteer lacks; one for all of this process.

        Raises
        ------
        UsageError
            No such service, one whose answers may not be kept, or nobody named who asks.
        """
        if self.asking is None:
            return None
        from mapper.geocoder.online import fallback_of  # noqa: PLC0415  only when online

        asked = self.asking
        return fallback_of(asked.service, asked.user_agent, Path(asked.cache_dir), asked.domain)

    def digest(self) -> str:
        """Give the SHA-256 of all that shapes what is read in a text: code, gazetteer, model, libraries, options."""
        gazetteer, recogniser = self.open()
        parts = {
            "code": _code_digest(),
            "gazetteer": gazetteer.info()["sha256"],
            "recogniser": [self.recogniser, recogniser.version if recogniser is not None else None],
            "spans": self.spans,
            "fallback": [self.asking.service, self.asking.domain] if self.asking else None,
            "python": platform.python_version_tuple()[:2],
            "libraries": {name: library_versions()[name] for name in _READING},
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@functools.lru_cache(maxsize=4)
def _recogniser(name: str) -> Recogniser | None:
    return language.recogniser(name)


@functools.cache
def _code_digest() -> str:
    """Of this package's own code and model files: a version number says too little while someone works on them."""
    home, found = Path(mapper.__file__).parent, hashlib.sha256()
    for path in sorted([*home.rglob("*.py"), *(home / "language" / "data").glob("*")]):
        found.update(f"{path.relative_to(home).as_posix()}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def prepare(recipe: Recipe, digest: str | None = None) -> Callable[[Document], Packed | Failure]:
    """Make a worker ready: the `setup` of an engine.

    Parameters
    ----------
    recipe
        What to read with.
    digest
        Of the recipe where the results go; a worker whose own differs refuses. None leaves it unchecked.

    Raises
    ------
    EngineError
        When this installation would read otherwise than the one that asks.
    """
    if digest is not None and recipe.digest() != digest:
        raise EngineError(
            f"the worker on {socket.gethostname()} differs in its version of mapper, its libraries or its gazetteer",
            hint="install the same versions everywhere, and name places of your own with --gazetteer FILE",
        )
    gazetteer, recogniser = recipe.open()
    fallback = recipe.fallback()

    def work(document: Document) -> Packed | Failure:
        made = attempt(
            document, gazetteer, recogniser=recogniser, spans=recipe.spans, homes=recipe.homes, fallback=fallback,
            debug=recipe.debug
        )  # fmt: skip
        return made if isinstance(made, Failure) else pack(made)

    return work


def versions(gazetteer: Gazetteer, recogniser: Recogniser | None = None) -> dict[str, Any]:
    """Look up the versions of all that a result depends on, as ``run.json`` and a scorecard name them."""
    info = gazetteer.info()
    return {
        "mapper": mapper.__version__,
        "python": platform.python_version(),
        "gazetteer": {key: info.get(key) for key in ("version", "schema_version", "sha256")},
        "model": recogniser.version if recogniser is not None else None,
        "libraries": library_versions(),
    }


def library_versions() -> dict[str, str | None]:
    """Look up the installed version of every library that a result depends on; None is not installed."""
    found: dict[str, str | None] = dict.fromkeys(LIBRARIES)
    for library in LIBRARIES:
        with suppress(PackageNotFoundError):
            found[library] = version(library)
    return found
