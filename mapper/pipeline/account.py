"""What a run says of itself in ``run.json``: inputs, counts, notes."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapper.geocoder.online import Fallback
    from mapper.language import Recogniser
    from mapper.pipeline.gathering import Tally
    from mapper.pipeline.journal import Input, Journal
    from mapper.pipeline.others import Others

__all__ = ["counts", "notes", "write"]

_WELL_READ = frozenset({"en"})
"""Languages that the model was trained on to the full."""


def counts(journal: Journal, tally: Tally, others: Others) -> dict[str, int]:
    """Count what a run found."""
    told = journal.counts()
    return {
        "reports": told["reports"],
        "copies": tally.copies,
        "failures": told["failures"] + len(others.failures),
        "incidents": tally.incidents + others.incidents,
        "incidents_on_the_map": tally.on_the_map + others.on_the_map,
        "incidents_of_others": others.incidents,
        "toponyms": told["toponyms"],
        "toponyms_resolved": told["toponyms_resolved"],
    }


def notes(journal: Journal, tally: Tally, recogniser: Recogniser | None, fallback: Fallback | None = None) -> list[str]:
    """Say what a reader of the results should know of how they were made."""
    languages = journal.languages()
    strange = sum(count for language, count in languages.items() if language not in {*_WELL_READ, text.UNDETERMINED})
    said = []
    if strange and recogniser is not None:
        said.append(
            f"{strange} of {sum(languages.values())} reports are not in English: the model has seen little of their "
            "language, so places there are mostly those that the gazetteer knows, and incidents may be missed"
        )
    if tally.copies:
        reports = sum(languages.values())
        said.append(f"{tally.copies} of {reports} reports repeat another one and count as no source of their own")
    if recogniser is None:
        said.append("no model was used: places and incidents were found by the gazetteer and by rules")
    if fallback is not None:
        said.append(
            f"names that the gazetteer lacks were asked of {fallback.service.provider.name}, and its places are marked "
            f"so: {fallback.service.attribution}"
        )
    return said


def write(record: Mapping[str, Any], journal: Journal, others: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write the record of a run, its inputs row by row (there may be many), those that others have coded last."""
    first, rest = list(record.items())[:1], list(record.items())[1:]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("{\n")
        file.writelines(_member(name, value) + ",\n" for name, value in first)
        file.write('  "inputs": [')
        between = "\n"
        for row in chain(_inputs(journal), ([json.dumps(other)] for other in others)):
            file.write(f"{between}    ")
            file.writelines(row)
            between = ",\n"
        file.write("\n  ],\n")
        file.write(",\n".join(_member(name, value) for name, value in rest))
        file.write("\n}\n")


def _member(name: str, value: Any) -> str:
    # Sources and reasons can hold lone surrogates (file names that are not UTF-8): escaped, they stay valid JSON.
    return f"  {json.dumps(name)}: " + json.dumps(value, indent=2, default=str).replace("\n", "\n  ")


def _inputs(journal: Journal) -> Iterator[Iterator[str]]:
    """Write each source with its digest and the documents it gave; a corpus is one source with many documents."""
    for source, found in groupby(journal.inputs(), lambda row: row.source):
        yield _input(source, found)


def _input(source: str, found: Iterator[Input]) -> Iterator[str]:
    first, second = next(found), next(found, None)
    digest = _file_sha256(source) or (first.sha256 if second is None else None)
    yield f'{{"source": {json.dumps(source)}, "sha256": {json.dumps(digest)}, "documents": ['
    lead = ""
    for row in chain((first,), (second,) if second else (), found):
        yield lead + json.dumps({"id": row.doc_id, "sha256": row.sha256, "read_as": row.read_as})
        lead = ", "
    yield "]}"


def _file_sha256(source: str) -> str | None:
    """Of a local file as it lies on the disk (the digest that ``sha256sum`` prints), else None."""
    with suppress(OSError, ValueError), Path(source).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return None
