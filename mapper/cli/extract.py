"""``mapper extract``: reports in, incidents out."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.options import Common, common, corpora, engine, fresh, published, recogniser, sources
from mapper.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from mapper.records import Incident, Toll

__all__ = ["command"]

_COLUMNS = (
    "date",
    "type",
    "status",
    "place",
    "role",
    "country",
    "precision",
    "killed",
    "injured",
    "others",
    "evidence",
    "report",
)


@click.command("extract")
@sources
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "geojson", "csv"]),
    default="table",
    show_default=True,
    help="jsonl: one line a report. The others: one row an incident and place, reports of one incident merged.",
)
@click.option(
    "--explain", "explained", is_flag=True, help="Show each field with the words that say it, instead of a table."
)
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of standard output.")
@published
@corpora
@recogniser
@engine
@fresh
@common
@click.pass_context
def command(
    ctx: click.Context,
    *,
    sources: tuple[str, ...],
    form: str,
    explained: bool,
    output: str | None,
    published: dt.date | None,
    fresh: bool,
    common: Common,
) -> None:
    r"""List the incidents that reports tell of.

    SOURCE is a file, a folder, a pattern, an address, or - for standard input: text, Markdown, HTML, PDF, Word, e-mail
    (.eml, .mbox), feeds, web archives (.warc), corpora (.jsonl, .json, .csv, .tsv, .parquet), and .zip, .tar and .gz of
    any of these. With -o, a run that was interrupted goes on where it stopped when the same command is given again.

    \b
    Example:
      mapper extract report.txt --published 2024-02-08
      mapper extract report.txt --explain
      mapper extract corpus.jsonl --format jsonl -o incidents.jsonl
    """
    from mapper import api, formats
    from mapper.cli.explaining import explain
    from mapper.cli.output import data_stream
    from mapper.cli.reports import Walk
    from mapper.cli.terminal import json_line, show_table

    if explained and form != "table":
        raise UsageError("--explain is for people and has no other format", hint="leave out --format or --explain")
    walk = Walk(
        sources, common, published=published, watched=form != "jsonl" or output is not None, beside=output, fresh=fresh
    )
    with walk, data_stream(output) as stream:
        if form == "jsonl":
            for report in walk:
                click.echo(json_line(formats.extract_row(api.sure(report, common.settings))), file=stream)
        elif explained:
            for incident in api.merged(walk, common.settings):
                explain(incident, sys.stdout if output is None else stream)
        elif form == "table":
            show_table(
                _COLUMNS, [row for incident in api.merged(walk, common.settings) for row in _rows(incident)], stream
            )
        else:
            formats.dump(api.merged_layers(walk, common.settings), stream, f".{form}")
    ctx.exit(walk.exit_code)


def _rows(incident: Incident) -> list[tuple[Any, ...]]:
    said = next((evidence.text for evidence in incident.evidence if evidence.field == "incident"), "")
    said = said or (incident.evidence[0].text if incident.evidence else "")
    kind = f"{incident.event_type}/{incident.event_subtype}" if incident.event_subtype else incident.event_type
    day, last = incident.date.start, incident.date.end
    when = f"{day or '?'}..{last or '?'}" if day != last else str(day or incident.date.text or "?")
    reports = ", ".join(dict.fromkeys(ref.doc_id for ref in incident.reports))
    rest = (_toll(incident.killed), _toll(incident.injured), _others(incident), said, reports)
    rows = []
    for place in incident.places:
        found = place.resolution.place
        name = place.name or (found.name if found else place.resolution.toponym.text)
        country = found.country if found else ""
        rows.append((when, kind, incident.status, name, place.role, country, place.resolution.precision, *rest))
    return rows or [(when, kind, incident.status, "", "", "", "unknown", *rest)]


def _others(incident: Incident) -> str:
    """Give the rarer tolls by name: "3 missing, 12 arrested"."""
    told = [(_toll(getattr(incident, harm)), harm) for harm in ("missing", "abducted", "arrested", "displaced")]
    return ", ".join(f"{figure} {harm}" for figure, harm in told if figure)


def _toll(toll: Toll) -> str:
    low, best, high = toll.low, toll.best, toll.high
    if low is None and best is None and high is None:
        return ""
    if low == high:
        return str(best if best is not None else low)
    span = f"{'' if low is None else low}-{'' if high is None else high}"
    return span if best is None else f"{best} ({span})"
