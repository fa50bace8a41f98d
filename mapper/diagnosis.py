"""What `mapper` needs and whether it is there: the findings of ``mapper doctor``."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from mapper.errors import GazetteerError, MapperError

__all__ = ["Check", "diagnose"]


class Check(NamedTuple):
    """One line of `diagnose`: what was looked at, what was found, and the command that mends it when it is not well."""

    name: str
    found: str
    mend: str = ""
    optional: bool = False


def diagnose(gazetteer: str | Path | None = None, recogniser: str = "encoder") -> list[Check]:
    """Look at what `mapper` needs: Python, libraries, model, gazetteer.

    A check with something to mend is not well, unless it is optional.
    """
    import platform

    import mapper
    from mapper import pipeline
    from mapper.gazetteer import open_gazetteer

    checks = [Check("mapper", mapper.__version__), Check("python", platform.python_version())]
    checks += [_library(name, found) for name, found in pipeline.library_versions().items()]
    checks += [_extra(extra, library) for extra, library in _EXTRAS.items()]
    checks.append(_model(recogniser))
    try:
        info = open_gazetteer(None if gazetteer is None else Path(gazetteer)).info()
    except GazetteerError as error:
        return [*checks, Check("gazetteer", error.message, error.hint or "mapper gazetteer build --default")]
    counts = info["counts"]
    found = f"{info['version']}, {counts.get('places', 0):,} places, {counts.get('names', 0):,} names"
    checks.append(Check("gazetteer", found))
    checks.append(Check("gazetteer sha256", info["sha256"]))
    return checks


_EXTRAS = {"pdf": "pypdf", "parquet": "pyarrow", "excel": "openpyxl", "spacy": "spacy"}
"""What is optional, and the library that it stands on."""


def _extra(extra: str, library: str) -> Check:
    from importlib.metadata import PackageNotFoundError, version

    mend = f"pip install 'incident-mapper[{extra}]'"
    try:
        return Check(f"{library} (for {extra})", version(library))
    except PackageNotFoundError:
        return Check(f"{library} (for {extra})", "not installed", mend, optional=True)


def _model(recogniser: str) -> Check:
    from mapper import language

    try:
        reader = language.recogniser(recogniser)
    except MapperError as error:
        return Check("model", error.message, error.hint)
    return Check("model", reader.version if reader is not None else "none: rules and the gazetteer read")


def _library(name: str, found: str | None) -> Check:
    mend = "pip install --upgrade --force-reinstall incident-mapper"
    if found is None:
        return Check(name, "missing", mend)
    try:
        import_module(name)
    except Exception as error:  # noqa: BLE001  a library can break in any way when it is imported; that is the finding
        return Check(name, f"{found}, but it cannot be imported ({type(error).__name__}: {error})", mend)
    return Check(name, found)
