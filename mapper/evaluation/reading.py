"""Corpora and predictions: JSON Lines in, rows by their id out.

A bad line of a corpus costs that line and is named; a bad line of predictions is refused, because leaving it out would
count as an answer that was never given.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from mapper.errors import SourceError
from mapper.records import Failure
from mapper.sources import json_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Row", "first_row", "read_gold", "read_predictions", "span_of", "spans_of"]

Row = dict[str, Any]

T = TypeVar("T")
G = TypeVar("G")

_HINT = "a line is one JSON object; see `mapper evaluate --help` for its keys"


def read_gold(path: str | Path, make: Callable[[Row], T], *, key: str = "id") -> tuple[dict[str, T], list[Failure]]:
    """Read a gold corpus.

    Parameters
    ----------
    path
        JSON Lines, UTF-8.
    make
        Makes of a row what is scored; raises `SourceError` where it cannot.
    key
        Name of the row's id.

    Returns
    -------
    tuple
        What was made, by id, in the order of the file; and the lines that could not be used.

    Raises
    ------
    SourceError
        When the file cannot be read, or not one line of it can be used.
    """
    found: dict[str, T] = {}
    failures: list[Failure] = []
    for number, line in _lines(path):
        try:
            row = json_object(line, hint=_HINT)
            name = _identity(row, key)
            if name in found:
                raise SourceError(f"the {key} {name} comes twice", hint="the first one was used")  # noqa: TRY301
            found[name] = make(row)
        except SourceError as error:
            failures.append(Failure(f"{path}:{number}", error.message, error.hint))
    if not found:
        first = failures[0] if failures else Failure(str(path), "is empty", _HINT)
        raise SourceError(f"{first.source}: {first.reason}", hint=first.hint)
    return found, failures


def first_row(path: str | Path) -> Row:
    """Give the first line of a corpus that can be read.

    Raises
    ------
    SourceError
        When there is none.
    """
    wrong = None
    for number, line in _lines(path):
        try:
            return json_object(line, hint=_HINT)
        except SourceError as error:
            wrong = wrong or SourceError(f"{path}:{number}: {error.message}", hint=error.hint)
    raise wrong or SourceError(f"{path} is empty", hint=_HINT)


def read_predictions(
    path: str | Path, gold: Mapping[str, G], make: Callable[[Row, G], T], *, key: str = "id"
) -> dict[str, T]:
    """Read the predictions for a corpus; what they leave out is what was not found.

    Parameters
    ----------
    path
        JSON Lines, UTF-8, joined to the corpus by id.
    gold
        The corpus, by id.
    make
        Makes of a row, and of the gold of the same id, what is scored; raises `SourceError` where it cannot.
    key
        Name of the row's id.

    Raises
    ------
    SourceError
        When the file cannot be read, a line of it cannot be used, an id comes twice or is not in the corpus.
    """
    found: dict[str, T] = {}
    for number, line in _lines(path):
        try:
            row = json_object(line, hint=_HINT)
            name = _identity(row, key)
            if name in found:
                raise SourceError(f"the {key} {name} comes twice", hint="keep one of the two lines")  # noqa: TRY301
            if name not in gold:
                hint = "predict for the same corpus; a corpus line that could not be used has no predictions either"
                raise SourceError(f"the {key} {name} is not in the corpus", hint=hint)  # noqa: TRY301
            found[name] = make(row, gold[name])
        except SourceError as error:
            raise SourceError(f"{path}:{number}: {error.message}", hint=error.hint) from None
    return found


def span_of(row: object, length: int | None = None) -> tuple[int, int]:
    """Give start and end of a span.

    Raises
    ------
    SourceError
        Unless both are whole numbers, start before end, and within a text of this length.
    """
    start, end = (row.get("start"), row.get("end")) if isinstance(row, dict) else (None, None)
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise SourceError("a span needs whole numbers start < end", hint="offsets are characters of the text, from 0")
    if length is not None and end > length:
        raise SourceError(f"a span ends at {end} in {length} characters", hint="offsets are characters of the text")
    return start, end


def spans_of(rows: object) -> list[tuple[int, int]]:
    """Give start and end of each of a list of spans; none where there is no list."""
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise SourceError("spans are a list of {start, end}", hint=_HINT)
    return [span_of(row) for row in rows]


def _lines(path: str | Path) -> Iterator[tuple[int, str]]:
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}", hint="check the path") from error


def _identity(row: Row, key: str) -> str:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise SourceError(f'the line has no "{key}"', hint=_HINT)
    return str(value)
