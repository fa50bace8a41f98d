"""``mapper map``: reports in, a folder with the page and the GIS files out."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import click

from mapper.cli.options import Common, common, corpora, engine, fallback, fresh, published, recogniser, sources

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

__all__ = ["command"]


@click.command("map")
@sources
@click.option("-o", "--output", metavar="DIR", required=True, help="Folder for the results; made when it is missing.")
@published
@click.option("--title", metavar="T", help="Heading of the page.")
@click.option("--tiles", metavar="URL", help="Tile server for the background: the page then asks that host for tiles.")
@corpora
@click.option(
    "--language",
    type=click.Choice(["auto", "en", "ar", "fr", "es"]),
    default="auto",
    show_default=True,
    help="Language of the page's own words; auto is that of the browser that opens it.",
)
@click.option(
    "--overlay",
    "overlays",
    metavar="FILE",
    multiple=True,
    help="Own layer (GeoJSON, GeoPackage, ...); may be repeated.",
)
@click.option("--story", metavar="FILE", help="A story: incidents in a set order with notes, as JSON.")
@recogniser
@fallback
@engine
@fresh
@common
@click.pass_context
def command(
    ctx: click.Context,
    *,
    sources: tuple[str, ...],
    output: str,
    published: dt.date | None,
    title: str | None,
    language: str,
    overlays: tuple[str, ...],
    story: str | None,
    fresh: bool,
    common: Common,
) -> None:
    r"""Map reports: a page to open in a browser, and the GIS files.

    SOURCE is a file, a folder, a pattern, an address, or - for standard input: text, Markdown, HTML, PDF, Word, e-mail
    (.eml, .mbox), feeds, web archives (.warc), corpora (.jsonl, .json, .csv, .tsv, .parquet), and .zip, .tar and .gz of
    any of these; or incidents that others have coded (a download of ACLED, UCDP GED, GTD or GDELT). DIR gets map.html,
    incidents.geojson, places.geojson, zones.geojson, reports.jsonl, incidents.gpkg (all layers) and run.json. A run
    that was interrupted goes on where it stopped when the same command is given again.

    \b
    Example:
      mapper map report.txt --published 2024-02-08 -o out
      mapper map reports/ more.jsonl -o out --title "Week 6"
      mapper map news.csv --text-column body --date-column day -o out
      mapper map report.txt acled.csv -o out
      mapper map reports/ -o out --overlay camps.gpkg --language ar
    """
    from mapper import steps
    from mapper.cli.terminal import note, progress, report_failure
    from mapper.maps.guard import PageSizeWarning

    with warnings.catch_warnings(record=True) as said, progress(quiet=common.quiet) as tell:
        warnings.simplefilter("always", PageSizeWarning)
        summary = steps.run(
            sources,
            output,
            settings=common.settings,
            published=published,
            title=title,
            language=language,
            overlays=overlays,
            story=story,
            fresh=fresh,
            progress=tell,
            notify=lambda line: note(line, quiet=common.quiet),
            debug=common.debug,
        )
    for failure in summary.failures:
        report_failure(failure)
    for found in said:
        if issubclass(found.category, PageSizeWarning):
            note(str(found.message), quiet=common.quiet)
        else:
            warnings.showwarning(found.message, found.category, found.filename, found.lineno)
    counts, seconds = summary.counts, sum(summary.timings.values())
    note(
        f"{counts['reports']} reports{_copies(counts)}, {counts['incidents']} incidents "
        f"({counts['incidents_on_the_map']} on the map), {counts['failures']} inputs failed, {seconds:.1f} s",
        quiet=common.quiet,
    )
    for file in summary.files:
        if file.name == "map.html":
            click.echo(file)
    ctx.exit(1 if summary.failures else 0)


def _copies(counts: Mapping[str, int]) -> str:
    copies = counts["copies"]
    return f" ({copies} {'copy' if copies == 1 else 'copies'})" if copies else ""
