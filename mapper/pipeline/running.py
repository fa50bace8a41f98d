"""A whole run: a set of sources in, a folder of results out.

How a file is written is not known here: `run` is handed a table of writers (see `mapper.steps.run`), because maps and
formats live on the same floor as the pipeline.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import OutputError
from mapper.frames import Layers
from mapper.pipeline import account, gathering
from mapper.pipeline.collecting import collect, documents, reading_of
from mapper.pipeline.others import Others
from mapper.pipeline.recipe import Recipe, versions
from mapper.pipeline.workplace import WORK, workplace
from mapper.records import Failure, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapper.frames import Coded
    from mapper.pipeline.collecting import Notify, Progress
    from mapper.pipeline.journal import Journal
    from mapper.settings import Settings

__all__ = ["RunSummary", "Writer", "collected", "run"]

Writer = Callable[[Path], AbstractContextManager[Callable[[Layers], object]]]
"""Opens a file of the results folder at the path it is given, for layers that come part by part."""

_RUN_FILE = "run.json"


@dataclasses.dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did: the folder and its files, counts, seconds a stage, and the inputs that could not be used."""

    folder: Path
    files: tuple[Path, ...]
    counts: Mapping[str, int]
    timings: Mapping[str, float]
    failures: tuple[Failure, ...]


def run(
    given: Iterable[str | Path],
    out_dir: str | Path,
    *,
    settings: Settings,
    writers: Mapping[str, Writer],
    options: Mapping[str, Any] | None = None,
    published: dt.date | None = None,
    coded: Iterable[Coded | Failure] = (),
    fresh: bool = False,
    progress: Progress | None = None,
    notify: Notify | None = None,
    debug: bool = False,
) -> RunSummary:
    """Read every source, find the incidents, and write one folder of results.

    What is read in each report goes into a journal in the folder as it comes. A run that is broken off, in whatever
    way, goes on from there when it is started again; one with another gazetteer, model or version begins afresh. Then
    the incidents are merged and all files written, in a folder of their own first, and renamed only when the last one
    stands, ``run.json`` after the others; whatever fails before that leaves earlier results as they were. Everything
    but ``run.json`` (which holds the timings) is the same to the byte for the same inputs, options and versions,
    whichever engine did the work and however often it was broken off.

    A run in which not one input could be read writes its (empty, valid) files only into a folder that has no earlier
    run: an empty map never replaces a good one.

    Parameters
    ----------
    given
        Files, folders, patterns, addresses, or ``-`` for standard input (see `mapper.sources.read`).
    out_dir
        The results folder; made when it is missing.
    settings
        What to read with and where, which incidents are sure enough, how large a report may be; all of them are named
        in ``run.json``.
    writers
        File name -> what writes it.
    options
        More that shaped the results, to be named in ``run.json`` beside the settings.
    published
        Publication date of every report; it wins over what a report says.
    coded
        Files of incidents that others have coded, read one by one when the reports are done: their incidents stand
        beside those of the reports, and are merged with none.
    fresh
        Begin anew, whatever an earlier run left.
    progress
        Told how far the run is.
    notify
        Told what whoever started the run should know, such as that it goes on from an earlier one.
    debug
        Let exceptions of the stages through.

    Raises
    ------
    OutputError
        Before the work starts where the folder cannot be used; later where a file cannot be written.
    """
    clock = _Clock()
    folder, names = Path(out_dir), (*writers, _RUN_FILE)
    recipe = Recipe.of(settings, debug=debug)
    with workplace(folder / WORK, recipe.digest(), target=folder, names=names, fresh=fresh) as place:
        journal = place.journal
        _say_where_it_goes_on(journal, notify)
        reading = reading_of(settings)
        items = documents(given, settings=settings, published=published, reading=reading)
        engine = collect(items, recipe, journal, place.in_hand, settings=settings, progress=progress)
        clock.lap("reports_s")
        others, tally = Others(coded), gathering.Tally()
        read = journal.counts()["reports"]
        if not read and (folder / _RUN_FILE).exists() and not others.any():
            kept = Failure(str(folder), "no report could be read", "the results of the run before were kept")
            failures = [*journal.failures(), *others.failures, kept]
            counts = account.counts(journal, tally, others) | {"failures": len(failures)}
            return RunSummary(folder, (), counts, clock.laps, tuple(failures))
        layers = gathering.parts(journal, settings.min_confidence, tally, others)
        put = partial(_named, place.staging, folder)
        expected = -(-read // gathering.PART)
        _write(layers, writers, expected=expected, place=put, clock=clock, progress=progress)
        counts = account.counts(journal, tally, others)
        failures = [*journal.failures(), *others.failures]
        gazetteer, recogniser = recipe.open()
        record = {
            "started": clock.started,
            "settings": settings.as_dict(),
            "options": dict(options or {}),
            "versions": versions(gazetteer, recogniser),
            "counts": counts,
            "passed_over": dict(reading.passed_over.most_common()),
            "engine": engine | {"reports_of_an_earlier_run": journal.found},
            "languages": journal.languages(),
            "notes": [*account.notes(journal, tally, recogniser, recipe.fallback()), *others.notes],
            "timings": clock.laps,
            "failures": [dataclasses.asdict(failure) for failure in failures],
            "files": list(names),
        }
        with put(_RUN_FILE) as path:
            account.write(record, journal, others.inputs, path)
    return RunSummary(folder, tuple(folder / name for name in names), counts, clock.laps, tuple(failures))


@contextmanager
def collected(
    given: Iterable[str | Path],
    beside: Path,
    *,
    settings: Settings,
    published: dt.date | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
    notify: Notify | None = None,
    debug: bool = False,
) -> Iterator[Iterator[Report | Failure]]:
    """Process sources by way of a journal beside the file that the results go to; see `run`.

    When the block ends well the journal is removed; else the same command goes on from it.

    Parameters
    ----------
    given, settings, published, fresh, progress, notify, debug
        As in `run`.
    beside
        The file that the block writes.

    Raises
    ------
    OutputError
        When the folder of that file cannot be written.
    """
    recipe = Recipe.of(settings, debug=debug)
    work = beside.with_name(f".{beside.name[:100]}{WORK}")
    with workplace(work, recipe.digest(), target=beside.parent, fresh=fresh) as place:
        _say_where_it_goes_on(place.journal, notify)
        items = documents(given, settings=settings, published=published)
        collect(items, recipe, place.journal, place.in_hand, settings=settings, progress=progress)
        yield (item for _, item in place.journal.items())


def _say_where_it_goes_on(journal: Journal, notify: Notify | None) -> None:
    if notify is not None and journal.stale:
        notify("an interrupted run was made with other settings, another model or another version: starting afresh")
    if notify is not None and journal.found:
        notify(f"going on with an interrupted run: {journal.found} reports were done")


def _write(
    parts: Iterable[Layers],
    writers: Mapping[str, Writer],
    *,
    expected: int,
    place: Callable[[str], AbstractContextManager[Path]],
    clock: _Clock,
    progress: Progress | None,
) -> None:
    """Hand each part to each file, and finish the files one after the other."""
    tell = progress or (lambda _stage, _done, _total: None)
    tell("merging", 0, expected)
    with ExitStack() as everything:  # whatever fails, every file is closed
        stacks = {name: everything.enter_context(ExitStack()) for name in writers}
        adds = {}
        for name, opened in writers.items():
            with place(name) as path:
                adds[name] = stacks[name].enter_context(opened(path))
        numbers = count(1)  # enumerate would hold each part until the next one is there
        for part in parts:
            number = next(numbers)
            clock.lap("gather_s")
            for name, add in adds.items():
                with place(name):
                    add(part)
                clock.lap(f"{name}_s")
            if number <= expected:  # what comes behind the reports is little: zones, and what others have coded
                tell("merging", number, expected)
            del part
        for done, (name, stack) in enumerate(stacks.items()):
            tell(f"writing {name}", done, len(writers))
            with place(name):
                stack.close()
            clock.lap(f"{name}_s")
    tell("writing", len(writers), len(writers))


@contextmanager
def _named(staging: Path, folder: Path, name: str) -> Iterator[Path]:
    """Give the place of a file, and say of what cannot be written which file it is: a writer knows only that place."""
    path, final = staging / name, folder / name
    hint = "nothing in the folder was changed; free some space, or give another folder with -o"
    try:
        yield path
    except OSError as error:
        raise OutputError(f"cannot write {final}: {error.strerror or error}", hint=hint) from error
    except OutputError as error:
        raise OutputError(error.message.replace(str(path), str(final)), hint=hint) from error


class _Clock:
    """Seconds a stage, in the order they came."""

    def __init__(self) -> None:
        self.started = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        """Add the time since the last call to a stage."""
        now = time.perf_counter()
        self.laps[name] = round(self.laps.get(name, 0.0) + now - self._last, 4)
        self._last = now
