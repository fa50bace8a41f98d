"""The one place where the stages meet: a document in, a report out; a set of sources in, a folder of results out.

`process` is the whole way of one document. `stream` walks many and turns whatever goes wrong with one of them into a
`Failure`, so that the rest goes on. `run` adds the folder: merged incidents, layers, and every file of the contract,
written aside and renamed only when all of them stand.

How a file is written is not known here: `run` is handed a table of writers (see `mapper.api.run`), because maps and
formats live on the same floor as the pipeline.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import os
import platform
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import mapper
from mapper import frames, geocoder, incidents, sources, text
from mapper.errors import GazetteerError, ModelError, OutputError
from mapper.records import Document, Failure, Incident, Report

if TYPE_CHECKING:
    from mapper.frames import Coded, Layers
    from mapper.gazetteer import Gazetteer
    from mapper.language import Recogniser
    from mapper.settings import Settings

__all__ = [
    "LIBRARIES",
    "Progress",
    "Results",
    "RunSummary",
    "Writer",
    "gather",
    "library_versions",
    "merged",
    "process",
    "run",
    "stream",
    "sure",
    "versions",
    "walk",
]

Spans = Literal["found", "given"]

Progress = Callable[[str, int, int | None], None]
"""Told the stage, how many documents or files are done, and of how many (None: not known)."""

LIBRARIES = (
    "click",
    "folium",
    "geopandas",
    "geopy",
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
)
"""What a run needs or a result depends on: `versions` and `mapper doctor` name each."""

_RUN_FILE = "run.json"
_WELL_READ = frozenset({"en"})
"""Languages that the model was trained on to the full."""
_READ_AHEAD = 5_000
"""Documents held back to learn how many there are: only when somebody watches the progress."""


@dataclasses.dataclass(frozen=True, slots=True)
class Results:
    """Everything that a run found, ready to be written.

    Attributes
    ----------
    reports
        One a document, in the order they were read, each with the incidents as found in that document alone.
    incidents
        All incidents, several reports of one incident merged into one.
    layers
        The GeoDataFrames of `incidents` and of every place that was mentioned (EPSG:4326).
    """

    reports: tuple[Report, ...]
    incidents: tuple[Incident, ...]
    layers: Layers


Writer = Callable[[Results, Path], object]
"""Writes one file of the results folder at the path it is given."""


@dataclasses.dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did: the folder and its files, counts, seconds a stage, and the inputs that could not be used."""

    folder: Path
    files: tuple[Path, ...]
    counts: Mapping[str, int]
    timings: Mapping[str, float]
    failures: tuple[Failure, ...]


def process(
    document: Document, gazetteer: Gazetteer, *, recogniser: Recogniser | None = None, spans: Spans = "found"
) -> Report:
    """Take one document all the way: sentences, resolved places, incidents.

    Parameters
    ----------
    document
        The report to read.
    gazetteer
        Where names are looked up.
    recogniser
        What reads the text (see `mapper.language.recogniser`); None leaves it to rules and the gazetteer.
    spans
        "found" recognises toponyms in the text; "given" resolves the spans that the document carries, one answer each.

    Returns
    -------
    Report
        Resolutions and incidents whose offsets point into ``document.text``.
    """
    sentences = text.sentences(document)
    tags = recogniser.tag(sentences) if recogniser is not None else None
    resolutions = geocoder.geoparse(document, sentences, gazetteer, tags=tags, spans=spans)
    found = incidents.extract(document, sentences, resolutions, tags=tags)
    return Report(document, tuple(resolutions), tuple(found), text.language_of(document.text))


def stream(
    items: Iterable[Document | Failure],
    gazetteer: Gazetteer,
    *,
    recogniser: Recogniser | None = None,
    spans: Spans = "found",
    debug: bool = False,
) -> Iterator[Report | Failure]:
    """Process documents one by one, in order; what goes wrong with one becomes its `Failure` and the rest goes on.

    Parameters
    ----------
    items
        Documents, and failures of reading, which pass through.
    gazetteer, recogniser, spans
        As in `process`.
    debug
        Let the first exception of a stage through instead, traceback and all.

    Raises
    ------
    GazetteerError, ModelError
        When the gazetteer or the model itself is broken: no other document would fare better.
    """
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        try:
            yield process(item, gazetteer, recogniser=recogniser, spans=spans)
        except (GazetteerError, ModelError):
            raise
        except Exception as error:  # one bad report must never lose the others
            if debug:
                raise
            yield _failure(item, error)


def walk(
    given: Iterable[str | Path],
    gazetteer: Gazetteer,
    *,
    recogniser: Recogniser | None = None,
    published: dt.date | None = None,
    title: str | None = None,
    spans: Spans = "found",
    max_bytes: int = sources.MAX_BYTES,
    progress: Progress | None = None,
    debug: bool = False,
) -> Iterator[Report | Failure]:
    """Read sources and process what they hold, in order; see `stream`.

    Parameters
    ----------
    given
        Files, folders, patterns, corpora (``.jsonl``), or ``-`` for standard input.
    gazetteer, recogniser, spans, debug
        As in `stream`.
    published, title
        Of every report; they win over what a report says.
    max_bytes
        Largest report, in bytes.
    progress
        Told how many reports are done. Where somebody watches, reading goes ahead far enough to know of how many:
        without a total there is no time left to show, and reading costs a small part of what the rest does.
    """
    items = iter(sources.read(list(given), published=published, title=title, max_bytes=max_bytes))
    if progress is None:
        yield from stream(items, gazetteer, recogniser=recogniser, spans=spans, debug=debug)
        return
    held = list(islice(items, _READ_AHEAD))
    total = len(held) if len(held) < _READ_AHEAD else None
    progress("reports", 0, total)
    found = stream(chain(held, items), gazetteer, recogniser=recogniser, spans=spans, debug=debug)
    for done, item in enumerate(found, start=1):
        progress("reports", done, total)
        yield item


def _failure(document: Document, error: Exception) -> Failure:
    """Name the stage that gave up: the innermost frame of this package tells it."""
    room, trace = "mapper", error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        room = module if module.startswith("mapper.") else room
        trace = trace.tb_next
    said = " ".join(str(error).split())[:200]
    reason = f"{room} failed on this report ({type(error).__name__}{': ' + said if said else ''})"
    where = document.source if document.source == document.id else f"{document.source} ({document.id})"
    return Failure(where, reason, "run again with --debug for the traceback, and report it with the text")


def run(
    given: Iterable[str | Path],
    out_dir: str | Path,
    *,
    settings: Settings,
    gazetteer: Gazetteer,
    recogniser: Recogniser | None = None,
    writers: Mapping[str, Writer],
    options: Mapping[str, Any] | None = None,
    published: dt.date | None = None,
    coded: Iterable[Coded | Failure] = (),
    progress: Progress | None = None,
    debug: bool = False,
) -> RunSummary:
    """Read every source, find the incidents, and write one folder of results.

    All files are written in a folder of their own first and renamed only when the last one stands, ``run.json`` after
    the others; whatever fails before that leaves earlier results as they were. Everything but ``run.json`` (which holds
    the timings) is the same to the byte for the same inputs, options and versions.

    A run in which not one report could be read writes its (empty, valid) files only into a folder that has no earlier
    run: an empty map never replaces a good one.

    Parameters
    ----------
    given
        Files, folders, patterns, corpora (``.jsonl``), or ``-`` for standard input.
    out_dir
        The results folder; made when it is missing.
    settings
        Which incidents are sure enough and how large a report may be; all of them are named in ``run.json``.
    gazetteer, recogniser
        Where names are looked up, and what reads the texts.
    writers
        File name -> what writes it.
    options
        More that shaped the results, to be named in ``run.json`` beside the settings.
    published
        Publication date of every report; it wins over what a report says.
    coded
        Files of incidents that others have coded, read as they are asked for: their incidents stand beside those of
        the reports, and are merged with none.
    progress
        Told how far the run is.
    debug
        Let exceptions of the stages through.

    Raises
    ------
    OutputError
        Before the work starts where the folder cannot be used; later where a file cannot be written.
    """
    clock = _Clock()
    folder = Path(out_dir)
    tell = progress or (lambda _stage, _done, _total: None)
    names = (*writers, _RUN_FILE)
    with _staged(folder, names) as staging:
        reports: list[Report] = []
        failures: list[Failure] = []
        for item in walk(
            given,
            gazetteer,
            recogniser=recogniser,
            published=published,
            max_bytes=settings.max_bytes,
            progress=progress,
            debug=debug,
        ):
            (failures if isinstance(item, Failure) else reports).append(item)  # type: ignore[arg-type]
        clock.lap("reports_s")
        theirs, broken = _of_others(coded)
        failures += broken
        clock.lap("coded_s")
        if not (reports or theirs) and (folder / _RUN_FILE).exists():
            failures.append(Failure(str(folder), "no report could be read", "the results of the run before were kept"))
            return RunSummary(folder, (), _counts((), (), (), failures), clock.laps, tuple(failures))
        results = gather(reports, settings.min_confidence)
        if theirs:
            results = dataclasses.replace(
                results, layers=frames.joined([results.layers, *(file.layers for file in theirs)])
            )
        clock.lap("gather_s")
        for done, (name, write) in enumerate(writers.items()):
            tell(f"writing {name}", done, len(writers))
            _write(write, results, staging / name, folder / name)
            clock.lap(f"{name}_s")
        tell("writing", len(writers), len(writers))
        counts = _counts(reports, results.incidents, theirs, failures)
        record = {
            "started": clock.started,
            "inputs": [*_inputs(reports), *map(_coded_input, theirs)],
            "settings": settings.as_dict(),
            "options": dict(options or {}),
            "versions": versions(gazetteer, recogniser),
            "counts": counts,
            "languages": dict(Counter(report.language for report in reports).most_common()),
            "notes": [*_notes(reports, recogniser), *(note for file in theirs for note in file.notes)],
            "timings": clock.laps,
            "failures": [dataclasses.asdict(failure) for failure in failures],
            "files": list(names),
        }
        _write(lambda _results, path: _dump(record, path), results, staging / _RUN_FILE, folder / _RUN_FILE)
    return RunSummary(folder, tuple(folder / name for name in names), counts, clock.laps, tuple(failures))


def sure(report: Report, min_confidence: float) -> Report:
    """Leave out the incidents of a report that are less sure than this (0 to 1)."""
    return dataclasses.replace(report, incidents=_sure(report.incidents, min_confidence))


def _sure(found: Iterable[Incident], min_confidence: float) -> tuple[Incident, ...]:
    kept = [incident for incident in found if incident.confidence >= min_confidence]
    ids = {incident.incident_id for incident in kept}
    return tuple(
        dataclasses.replace(
            incident, relations=tuple(relation for relation in incident.relations if relation.incident_id in ids)
        )
        for incident in kept
    )


def merged(reports: Iterable[Report], min_confidence: float = 0.0) -> tuple[Incident, ...]:
    """Give the incidents of all reports, several reports of one incident merged into one.

    Parameters
    ----------
    reports
        What `stream` gave.
    min_confidence
        0 to 1: less sure ones are left out, after merging (two reports of one incident make it surer).
    """
    return _sure(incidents.merge([incident for report in reports for incident in report.incidents]), min_confidence)


def gather(reports: Iterable[Report], min_confidence: float = 0.0) -> Results:
    """Merge what several reports tell of one incident (see `merged`), and lay everything out as GeoDataFrames."""
    told = tuple(reports)
    found = merged(told, min_confidence)
    layers = frames.layers(_with_merged(told, found))
    # Each merged incident was handed to one report, so that it has its rows once; all its reports tell of it.
    telling = Counter(doc_id for incident in found for doc_id in {ref.doc_id for ref in incident.reports})
    layers.reports["n_incidents"] = [telling[doc_id] for doc_id in layers.reports["doc_id"]]
    layers.reports["n_incidents"] = layers.reports["n_incidents"].astype("Int64")
    return Results(told, found, layers)


class _Clock:
    """Seconds a stage, in the order they came."""

    def __init__(self) -> None:
        self.started = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round(now - self._last, 4)
        self._last = now


def _with_merged(reports: tuple[Report, ...], found: tuple[Incident, ...]) -> list[Report]:
    """Hand each merged incident to the first report that tells of it: every row once, every report kept."""
    first: dict[str, list[Incident]] = {report.document.id: [] for report in reports}
    for incident in found:
        teller = next((ref.doc_id for ref in incident.reports if ref.doc_id in first), None)
        teller = teller or next((said.doc_id for said in incident.evidence if said.doc_id in first), None)
        if teller is not None:
            first[teller].append(incident)
    return [dataclasses.replace(report, incidents=tuple(first[report.document.id])) for report in reports]


def _of_others(coded: Iterable[Coded | Failure]) -> tuple[list[Coded], list[Failure]]:
    """Read the files of others: what they hold, and the files and rows that could not be used."""
    files: list[Coded] = []
    failures: list[Failure] = []
    for item in coded:
        if isinstance(item, Failure):
            failures.append(item)
        else:
            files.append(item)
            failures += item.failures
    return files, failures


def _coded_input(file: Coded) -> dict[str, Any]:
    return {"source": file.source, "sha256": file.sha256, "scheme": file.scheme, "incidents": len(file.layers)}


def _counts(
    reports: Sequence[Report], found: Sequence[Incident], theirs: Sequence[Coded], failures: Sequence[Failure]
) -> dict[str, int]:
    resolutions = [resolution for report in reports for resolution in report.resolutions]
    shown = sum(any(place.resolution.geometry is not None for place in incident.places) for incident in found)
    of_others = [file.layers.incidents for file in theirs]
    return {
        "reports": len(reports),
        "failures": len(failures),
        "incidents": len(found) + sum(map(len, of_others)),
        "incidents_on_the_map": shown + sum(int(rows.geometry.notna().sum()) for rows in of_others),
        "incidents_of_others": sum(map(len, of_others)),
        "toponyms": len(resolutions),
        "toponyms_resolved": sum(resolution.place is not None for resolution in resolutions),
    }


def _notes(reports: Sequence[Report], recogniser: Recogniser | None) -> list[str]:
    """Say what a reader of the results should know of how they were made."""
    strange = sum(report.language not in {*_WELL_READ, text.UNDETERMINED} for report in reports)
    notes = []
    if strange and recogniser is not None:
        notes.append(
            f"{strange} of {len(reports)} reports are not in English: the model has seen little of their language, so "
            "places there are mostly those that the gazetteer knows, and incidents may be missed"
        )
    if recogniser is None:
        notes.append("no model was used: places and incidents were found by the gazetteer and by rules")
    return notes


def _inputs(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """Each source with its digest and the documents it gave; a corpus is one source with many documents."""
    grouped: dict[str, list[Document]] = {}
    for report in reports:
        grouped.setdefault(report.document.source, []).append(report.document)
    rows = []
    for source, documents in grouped.items():
        digest = _file_sha256(source) or (documents[0].sha256 if len(documents) == 1 else None)
        ids = [{"id": document.id, "sha256": document.sha256} for document in documents]
        rows.append({"source": source, "sha256": digest, "documents": ids})
    return rows


def _file_sha256(source: str) -> str | None:
    """Of a local file as it lies on the disk (the digest that ``sha256sum`` prints), else None."""
    with suppress(OSError, ValueError), Path(source).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return None


def versions(gazetteer: Gazetteer, recogniser: Recogniser | None = None) -> dict[str, Any]:
    """Name what results are made with: mapper, Python, the gazetteer, the model, the libraries."""
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


def _dump(record: Mapping[str, Any], path: Path) -> None:
    # Sources and reasons can hold lone surrogates (file names that are not UTF-8): escaped, they stay valid JSON.
    path.write_text(json.dumps(record, indent=2, default=str) + "\n", encoding="utf-8", newline="\n")


def _write(write: Writer, results: Results, path: Path, final: Path) -> None:
    hint = "nothing in the folder was changed; free some space or give another folder with -o"
    try:
        write(results, path)
    except OSError as error:
        raise OutputError(f"cannot write {final}: {error.strerror or error}", hint=hint) from error
    except OutputError as error:
        # A writer knows only the place it was given.
        raise OutputError(error.message.replace(str(path), str(final)), hint=hint) from error


@contextmanager
def _staged(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    """Give a folder to write in; when the block ends well and wrote the files, rename each into place.

    Raises
    ------
    OutputError
        Where the folder cannot be made or written, or where a folder has the name of a file that is to be written.
    """
    names = tuple(names)
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".mapper-", dir=folder))
    except OSError as error:
        reason = "a file of that name is in the way" if folder.is_file() else error.strerror or str(error)
        hint = "give a folder that can be written with -o"
        raise OutputError(f"cannot write into {folder}: {reason}", hint=hint) from error
    try:
        for name in names:
            if (folder / name).is_dir():
                hint = "rename or remove that folder, or give another one with -o"
                raise OutputError(f"cannot write {folder / name}: a folder of that name is in the way", hint=hint)
        yield staging
        for name in names:
            if (staging / name).exists():
                os.replace(staging / name, folder / name)  # noqa: PTH105  the atomic rename, by its usual name
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if made:
            with suppress(OSError):  # not empty: the results stand there
                folder.rmdir()
