"""From sources to reports: one after the other as they are asked for, or all of them into a journal."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from mapper import engines, sources
from mapper.engines import AUTO_FROM, Lost, Task
from mapper.errors import UsageError
from mapper.pipeline.packing import Packed, Shapes, key_of, unpack
from mapper.pipeline.recipe import Recipe, prepare
from mapper.pipeline.stages import stream, where
from mapper.pipeline.surveying import surveyed
from mapper.records import Document, Failure, Report

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from mapper.engines import Engine
    from mapper.pipeline.journal import Journal
    from mapper.settings import Settings

__all__ = ["Notify", "Progress", "collect", "documents", "reading_of", "walk"]

Progress = Callable[[str, int, int | None], None]
"""Told the stage, how many documents or files are done, and of how many (None: not known).

It is told of each document that is read; those that an earlier run has read are passed over, and the next number counts
them.
"""

Notify = Callable[[str], object]
"""Told, in a line, what whoever started the run should know while it goes on."""

_READ_AHEAD = 20_000_000
"""Characters held back to learn how many reports there are: only when somebody watches the progress."""
_SECONDS, _SECONDS_A_CHARACTER = 60.0, 1e-4
"""What a report may take, in a process that can be ended: some ten times what a slow machine needs for it."""
_STRIKES = 2

_Item = Document | Failure


def documents(
    given: Iterable[str | Path],
    *,
    settings: Settings,
    published: dt.date | None = None,
    title: str | None = None,
    reading: sources.Reading | None = None,
) -> Iterator[_Item]:
    """Read what the sources hold, as the settings say or as `reading` does; see `mapper.sources.read`."""
    how = reading or reading_of(settings)
    return iter(sources.read(list(given), published=published, title=title, reading=how))


def reading_of(settings: Settings) -> sources.Reading:
    """Take the part of the settings that says how sources are read."""
    columns = sources.Columns(
        text=settings.text_column,
        date=settings.date_column,
        id=settings.id_column,
        title=settings.title_column,
        url=settings.url_column,
        order=settings.date_order,
    )
    return sources.Reading(
        max_bytes=settings.max_bytes,
        columns=columns,
        allow_private=settings.allow_private,
        user_agent=settings.user_agent,
    )


def walk(
    items: Iterable[_Item], recipe: Recipe, *, settings: Settings, progress: Progress | None = None
) -> Iterator[Report | Failure]:
    """Process documents, in order, as the results are asked for.

    Parameters
    ----------
    items
        Documents, and failures of reading, which pass through in their place.
    recipe
        What to read with.
    settings
        Which engine does it.
    progress
        Told how many reports are done. Where somebody watches, reading goes ahead far enough to know of how many:
        without a total there is no time left to show, and reading costs a small part of what the rest does.
    """
    counter = _Counter(progress)
    recipe, items = surveyed(items, recipe)
    items = counter.counted(items)
    first = list(islice(items, AUTO_FROM))
    engine = _engine(settings, recipe, len(first) if len(first) < AUTO_FROM else None)
    items = chain(first, items)
    if engine.name == "inline":
        gazetteer, recogniser = recipe.open()
        made: Iterator[Report | Failure] = stream(
            items, gazetteer, recogniser=recogniser, spans=recipe.spans, homes=recipe.homes,
            fallback=recipe.fallback(), debug=recipe.debug
        )  # fmt: skip
    else:
        made = _by_workers(items, recipe, engine)
    for item in made:
        counter.add(failed=isinstance(item, Failure))
        yield item


def _by_workers(items: Iterable[_Item], recipe: Recipe, engine: Engine) -> Iterator[Report | Failure]:
    order: deque[_Item] = deque()

    def tasks() -> Iterator[Task]:
        for item in items:
            order.append(item)
            if isinstance(item, Document):
                yield _task(item)

    for answer in engine.run(_setup(recipe, engine), tasks()):
        while isinstance(passed := order.popleft(), Failure):
            yield passed
        made = _settled(answer, where(passed))
        if isinstance(made, Failure):
            yield made
        else:
            outlines = dict(made.shapes)
            yield unpack(made.report, Shapes(outlines.__getitem__))
    yield from (item for item in order if isinstance(item, Failure))


def collect(
    items: Iterable[_Item],
    recipe: Recipe,
    journal: Journal,
    in_hand: Path,
    *,
    settings: Settings,
    progress: Progress | None = None,
) -> dict[str, str | int]:
    """Process documents into a journal, those that are not yet there; afterwards it holds every input, in order.

    Parameters
    ----------
    items
        Documents, and failures of reading.
    recipe
        What to read with: what the journal was opened for.
    journal
        Where the results go, a batch at a time.
    in_hand
        A file that names the document that this process itself is reading, so that the next run knows what the last
        one ended with. (What a worker process ends with, the engine knows.)
    settings, progress
        As in `walk`.

    Returns
    -------
    dict
        The "name" of the engine that did it, and its "workers" when it began: a cluster may grow and shrink.
    """
    counter = _Counter(progress)
    recipe, items = surveyed(items, recipe)
    _count_strike(journal, in_hand)
    pending: deque[tuple[bytes, str]] = deque()

    def tasks() -> Iterator[tuple[bytes, Document]]:
        for ordinal, item in enumerate(counter.counted(items)):
            if isinstance(item, Failure):
                journal.take_failure(ordinal, item)
                counter.add(failed=True)
                continue
            key = key_of(item, recipe.homes)
            journal.take(ordinal, item, key)
            if not journal.has(key):
                if journal.strikes(key) < _STRIKES:
                    yield key, item
                    continue
                journal.land(key, _set_aside(where(item), f"mapper ended {_STRIKES} times while it read it"))
            counter.skip()

    found = tasks()
    first = list(islice(found, AUTO_FROM))
    engine = _engine(settings, recipe, len(first) if len(first) < AUTO_FROM else None)
    used: dict[str, str | int] = {"name": engine.name, "workers": engine.workers}

    def sent() -> Iterator[Task]:
        for key, document in chain(first, found):
            pending.append((key, where(document)))
            if engine.name == "inline":
                with suppress(OSError):  # a full disk: the journal will say so, with what to do
                    in_hand.write_bytes(key)
            yield _task(document)

    try:
        for answer in engine.run(_setup(recipe, engine), sent()):
            key, name = pending.popleft()
            made = _settled(answer, name)
            journal.land(key, made)
            counter.add(failed=isinstance(made, Failure))
        counter.finish()
    finally:
        in_hand.unlink(missing_ok=True)
        journal.settle()
    return used


def _count_strike(journal: Journal, in_hand: Path) -> None:
    """Hold it against a document that the last run ended, and could not say why, while it had it in hand."""
    if in_hand.exists():
        key = in_hand.read_bytes()
        if key and not journal.has(key):
            journal.strike(key)
        in_hand.unlink()


def _engine(settings: Settings, recipe: Recipe, tasks: int | None) -> Engine:
    if recipe.debug:
        return engines.Inline()  # an exception is worth most with the frames that it came through
    if recipe.asking is not None:
        # The names of a run are counted together, as the terms of services ask: several processes could not.
        if settings.engine in {"processes", "dask"}:
            hint = "leave out --engine, or --fallback"
            raise UsageError(f"the engine {settings.engine!r} asks no online service", hint=hint)
        return engines.Inline()
    return engines.choose(settings.engine, tasks, workers=settings.workers, scheduler=settings.scheduler)


def _setup(recipe: Recipe, engine: Engine) -> Callable[[], Callable[[Any], Any]]:
    # Processes of this machine have this installation; those of a cluster must show that theirs is the same.
    return partial(prepare, recipe, recipe.digest() if engine.name == "dask" else None)


def _task(document: Document) -> Task:
    return Task(document, _SECONDS + _SECONDS_A_CHARACTER * len(document.text))


def _settled(answer: Packed | Failure | Lost, name: str) -> Packed | Failure:
    return _set_aside(name, answer.reason) if isinstance(answer, Lost) else answer


def _set_aside(name: str, reason: str) -> Failure:
    return Failure(name, f"was set aside: {reason}", "the others were done; report it with the text")


class _Counter:
    """How far a walk is, for whoever watches."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = self._failed = 0
        self._skipped = False
        self._total: int | None = None

    def counted(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Give the items; where somebody watches, once it is known how many there are (or there are very many)."""
        if self._progress is None:
            yield from items
            return
        rest, held, size = iter(items), deque[_Item](), 0
        for item in rest:
            held.append(item)
            size += len(item.text) if isinstance(item, Document) else 0
            if size > _READ_AHEAD:
                break
        else:
            self._total = len(held)
        self._progress("reports", 0, self._total)
        while held:
            yield held.popleft()
        yield from rest

    def skip(self) -> None:
        """Count one that needs no work: nobody is told, for it says nothing of how fast the others are."""
        self._done += 1
        self._skipped = True

    def finish(self) -> None:
        """Tell of those that were skipped at the end."""
        if self._skipped:
            self._tell()

    def add(self, *, failed: bool) -> None:
        """Count one more."""
        self._done += 1
        self._failed += failed
        self._tell()

    def _tell(self) -> None:
        self._skipped = False
        if self._progress is not None:
            stage = f"reports ({self._failed} failed)" if self._failed else "reports"
            self._progress(stage, self._done, self._total)
