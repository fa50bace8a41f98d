"""``mapper geoparse``: reports in, the places they mention out."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import click

from mapper.cli.options import Common, common, corpora, fallback, published, recogniser, sources
from mapper.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from mapper.records import Report

__all__ = ["command"]

_COLUMNS = ("report", "start", "toponym", "kind", "name", "country", "lat", "lon", "precision", "score", "id")


@click.command("geoparse")
@sources
@click.option(
    "--spans",
    type=click.Choice(["found", "given"]),
    default="found",
    show_default=True,
    help="Recognise place names, or resolve those that the lines of a corpus carry.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "geojson"]),
    default="table",
    show_default=True,
    help="jsonl: one line a report, with the candidates.",
)
@click.option("--explain", "explained", is_flag=True, help="Show each name with its candidates, and why.")
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of standard output.")
@published
@corpora
@recogniser
@fallback
@common
@click.pass_context
def command(
    ctx: click.Context,
    *,
    sources: tuple[str, ...],
    spans: Literal["found", "given"],
    form: str,
    explained: bool,
    output: str | None,
    published: dt.date | None,
    common: Common,
) -> None:
    r"""List the places that reports mention, with coordinates.

    SOURCE is a file, a folder, a pattern, an address, or - for standard input: text, Markdown, HTML, PDF, Word, e-mail
    (.eml, .mbox), feeds, web archives (.warc), corpora (.jsonl, .json, .csv, .tsv, .parquet), and .zip, .tar and .gz of
    any of these. A name that is not in the gazetteer is a row without coordinates.

    \b
    Example:
      mapper geoparse report.txt
      mapper geoparse report.txt --explain
      mapper geoparse corpus.jsonl --spans given --format jsonl -o places.jsonl
    """
    from mapper import formats, steps
    from mapper.cli.explaining_places import explain_places
    from mapper.cli.output import data_stream
    from mapper.cli.reports import Walk
    from mapper.cli.terminal import json_line, show_table

    if explained and form != "table":
        raise UsageError("--explain is for people and has no other format", hint="leave out --format or --explain")
    with data_stream(output) as stream:
        walk = Walk(sources, common, published=published, spans=spans, watched=form != "jsonl" or output is not None)
        if form == "jsonl":
            for report in walk:
                click.echo(json_line(formats.geoparse_row(report)), file=stream)
        elif explained:
            for report, candidates in steps.weighed(walk, common.settings, spans=spans):
                explain_places(report, candidates, stream)
        elif form == "table":
            show_table(_COLUMNS, [row for report in walk for row in _rows(report)], stream)
        else:
            formats.dump(steps.merged_layers(walk, common.settings), stream, ".geojson", layer="places")
    ctx.exit(walk.exit_code)


def _rows(report: Report) -> list[tuple[Any, ...]]:
    rows = []
    for found in report.resolutions:
        place, named = found.place, found.toponym
        where = (place.name, place.country, f"{place.lat:.4f}", f"{place.lon:.4f}") if place else ("", "", "", "")
        last = (found.precision, f"{found.score:.2f}", place.gazetteer_id if place else "")
        rows.append((report.document.id, named.start, named.text, named.kind, *where, *last))
    return rows
