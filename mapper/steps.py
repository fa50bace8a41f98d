"""The steps of the commands: sources sifted, reports streamed or collected, a whole run, and what is counted of it.

Here rooms of one floor meet that do not know each other: `run` hands the pipeline the writers of `formats` and `maps`.
"""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import MissingExtraError, SourceError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from mapper.frames import Coded, Layers
    from mapper.geocoder import Weighed
    from mapper.pipeline import Notify, Progress, RunSummary, Spans, Writer
    from mapper.records import Failure, Incident, Report
    from mapper.settings import Settings

__all__ = ["coded", "collected", "merged", "merged_layers", "run", "sift", "stats", "stream", "sure", "weighed"]


def stream(
    sources: Iterable[str | Path],
    *,
    settings: Settings,
    published: dt.date | None = None,
    title: str | None = None,
    spans: Spans = "found",
    progress: Progress | None = None,
    debug: bool = False,
) -> Iterator[Report | Failure]:
    """Read and process sources one report after the other; what cannot be used comes as a `Failure` in its place."""
    from mapper import pipeline

    items = pipeline.documents(sources, settings=settings, published=published, title=title)
    recipe = pipeline.Recipe.of(settings, spans=spans, debug=debug)
    return pipeline.walk(items, recipe, settings=settings, progress=progress)


def collected(
    sources: Iterable[str | Path],
    beside: Path,
    *,
    settings: Settings,
    published: dt.date | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
    notify: Notify | None = None,
    debug: bool = False,
) -> AbstractContextManager[Iterator[Report | Failure]]:
    """Do the same as `stream` by way of a journal beside the file that is written: broken off, it goes on from it."""
    from mapper import pipeline

    return pipeline.collected(
        sources,
        beside,
        settings=settings,
        published=published,
        fresh=fresh,
        progress=progress,
        notify=notify,
        debug=debug,
    )


def weighed(
    reports: Iterable[Report], settings: Settings, *, spans: Spans = "found"
) -> Iterator[tuple[Report, list[tuple[Weighed, ...]]]]:
    """Give each report with what every candidate of its toponyms was given points for."""
    from mapper import geocoder
    from mapper.gazetteer import open_gazetteer

    told, gazetteer = list(reports), open_gazetteer(settings.gazetteer)
    homes = geocoder.learn_homes((report.document for report in told), gazetteer, spans=spans)
    for report in told:
        reach = 3 if spans == "given" else 2
        yield (
            report,
            geocoder.weigh(report.document, report.resolutions, gazetteer, reach=reach, homes=homes),
        )


def sure(report: Report, settings: Settings) -> Report:
    """Leave out the incidents of a report that are less sure than the settings ask for."""
    from mapper import pipeline

    return pipeline.sure(report, settings.min_confidence)


def merged(reports: Iterable[Report], settings: Settings) -> tuple[Incident, ...]:
    """Give the incidents of all reports, several reports of one incident merged, and those that are sure enough."""
    from mapper import pipeline

    return pipeline.merged(reports, settings.min_confidence)


def merged_layers(reports: Iterable[Report], settings: Settings) -> Layers:
    """Turn reports into layers in which several reports of one incident are one incident."""
    from mapper import pipeline

    return pipeline.merged_layers(reports, settings.min_confidence)


def sift(sources: Iterable[str | Path]) -> tuple[list[Path], list[str | Path]]:
    """Part sources: files of incidents that others have coded (ACLED's and the like), and the reports; each once."""
    from mapper import formats

    theirs: dict[Path, Path] = {}
    reports: list[str | Path] = []
    for source in sources:
        path = Path(source)
        try:
            is_coded = formats.scheme_of(path) is not None
        except MissingExtraError:  # a workbook: no report; why it cannot be read is said in its turn
            is_coded = True
        if is_coded:
            theirs.setdefault(path.resolve(), path)
        else:
            reports.append(source)
    return list(theirs.values()), reports


def coded(paths: Iterable[str | Path], settings: Settings) -> Iterator[Coded | Failure]:
    """Read files of incidents that others have coded, one after the other; a file that cannot be read is a Failure."""
    from mapper import formats
    from mapper.gazetteer import open_gazetteer

    given = list(paths)
    if given:  # only they need the gazetteer opened
        yield from formats.read_schemes(given, open_gazetteer(settings.gazetteer))


def run(
    sources: Iterable[str | Path],
    out_dir: str | Path,
    *,
    settings: Settings,
    published: dt.date | None = None,
    title: str | None = None,
    language: str | None = None,
    overlays: Iterable[str | Path] = (),
    story: str | Path | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
    notify: Notify | None = None,
    debug: bool = False,
) -> RunSummary:
    """Map every source into one folder: page, GIS files, reports and the record of the run.

    A run that is broken off, in whatever way, goes on where it stopped when it is started again.

    Parameters
    ----------
    sources
        Files, folders, patterns, addresses, or ``-`` for standard input; and files of incidents that others have coded,
        which stand beside those of the reports.
    out_dir
        Results folder; files of an earlier run are replaced, others are left alone.
    settings
        Which gazetteer and tile server, how sure an incident must be, how large a report may be, which engine.
    published
        Publication date of every report; it wins over what a report says.
    title
        Heading of the page.
    language, overlays, story
        As in `map`; read before the run begins, so that a file that cannot be used costs no work.
    fresh
        Begin anew, whatever a run that was broken off has left.
    progress
        Told the stage, what is done and of how much.
    notify
        Told in a line what whoever started the run should know, such as that it goes on from an earlier one.
    debug
        Let exceptions of the stages through instead of naming the report that failed.

    Returns
    -------
    RunSummary
        Files, counts, timings, and the inputs that could not be used.
    """
    from contextlib import contextmanager
    from functools import partial

    from mapper import formats, maps, pipeline

    given = [str(overlay) for overlay in overlays]
    own = [layer for overlay in given for layer in maps.read_overlay(overlay)]
    told = None if story is None else maps.read_story(story)

    @contextmanager
    def page(path: Path) -> Iterator[Callable[[Layers], None]]:
        parts = maps.Parts(path.parent)  # until all stand, only what the page shows is kept
        yield parts.add
        drawn = maps.render(parts, title=title, tiles=settings.tiles, language=language, overlays=own, story=told)
        maps.save(drawn, path)

    writers: dict[str, Writer] = {
        **{file: partial(formats.written_in_parts, layer=name) for name, file in formats.FOLDER_FILES.items()},
        "incidents.gpkg": formats.written_in_parts,
        "map.html": page,
    }
    theirs: list[Path] = []

    def reports() -> Iterator[str | Path]:  # nothing is looked into before the folder was tried
        files, others = sift(sources)
        theirs.extend(files)
        yield from others

    return pipeline.run(
        reports(),
        out_dir,
        settings=settings,
        writers=writers,
        options={
            "published": published and published.isoformat(),
            "title": title,
            "language": language,
            "overlays": given,
            "story": story and str(story),
        },
        published=published,
        fresh=fresh,
        coded=coded(theirs, settings),
        progress=progress,
        notify=notify,
        debug=debug,
    )


def stats(layers: str | Path) -> dict[str, dict[str, int]]:
    """Count what an earlier result holds.

    Parameters
    ----------
    layers
        An output folder, or a GIS file.

    Returns
    -------
    dict
        Name of the count ("total", "type", "status", "month", "country", "source", "failure") -> value -> how many. Of
        a folder, "failure" counts the inputs that came to nothing, by reason.
    """
    import json

    from mapper import formats, frames

    if not Path(layers).exists():
        hint = "name the folder that mapper map wrote, or a file that mapper export wrote"
        raise SourceError(f"{layers}: there is no such file or folder", hint=hint)
    held = formats.read(layers, only=("incidents", "reports"))
    total = {"reports": len(held.reports), "incidents": len(held)}
    failures: dict[str, int] = {}
    record = Path(layers) / "run.json"
    if record.is_file():
        try:
            rows = json.loads(record.read_text(encoding="utf-8"))["failures"]
            for row in rows:
                failures[row["reason"]] = failures.get(row["reason"], 0) + 1
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"{record} is no record of a run", hint="run mapper map again") from error
        total["failures"] = len(rows)
    return {"total": total, **frames.tally(held), "failure": failures}
