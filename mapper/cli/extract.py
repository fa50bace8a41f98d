"""``mapper extract``: reports in, incidents out."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.options import Common, common, corpora, engine, fallback, fresh, published, recogniser, sources
from mapper.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from mapper.records import Harm, Incident, Toll

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
@fallback
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
    any of these; or incidents that others have coded (a download of ACLED, UCDP GED, GTD or GDELT). With -o, a run that
    was interrupted goes on where it stopped when the same command is given again.

    \b
    Example:
      mapper extract report.txt --published 2024-02-08
      mapper extract report.txt --explain
      mapper extract corpus.jsonl --format jsonl -o incidents.jsonl
    """
    from mapper import formats, steps
    from mapper.cli.explaining import explain
    from mapper.cli.opening import Opened
    from mapper.cli.output import data_stream
    from mapper.cli.reports import Walk
    from mapper.cli.terminal import json_line, show_table
    from mapper.frames import Layers

    if explained and form != "table":
        raise UsageError("--explain is for people and has no other format", hint="leave out --format or --explain")
    files, reports = steps.sift(sources)
    opened = Opened(common)
    walk = Walk(
        reports, common, published=published, watched=form != "jsonl" or output is not None, beside=output, fresh=fresh
    )
    with walk, data_stream(output) as stream:
        if form == "jsonl":
            for report in walk:
                click.echo(json_line(formats.extract_row(steps.sure(report, common.settings))), file=stream)
            for file in opened.coded(files):
                for row in formats.coded_rows(file.layers):
                    click.echo(json_line(row), file=stream)
        elif explained:
            for incident in steps.merged(walk, common.settings):
                explain(incident, sys.stdout if output is None else stream)
            theirs = [_coded_row(row) for file in opened.coded(files) for row in formats.plain_rows(file.layers)]
            if theirs:  # nobody has read these out of words that could be shown
                show_table(_COLUMNS, theirs, stream)
        elif form == "table":
            rows = [row for incident in steps.merged(walk, common.settings) for row in _rows(incident)]
            theirs = [_coded_row(row) for file in opened.coded(files) for row in formats.plain_rows(file.layers)]
            show_table(_COLUMNS, rows + theirs, stream)
        else:
            ours = steps.merged_layers(walk, common.settings)
            others = [file.layers for file in opened.coded(files)]
            formats.dump(Layers.joined([ours, *others]), stream, f".{form}")
    ctx.exit(1 if opened.failed else walk.exit_code)


def _coded_row(row: dict[str, Any]) -> tuple[Any, ...]:
    from mapper.records import HARMS, Toll

    kind = f"{row['event_type']}/{row['event_subtype']}" if row["event_subtype"] else row["event_type"]
    day, last = row["date_start"], row["date_end"]
    when = f"{day or '?'}..{last or '?'}" if day != last else str(day or row["date_text"] or "?")
    where = (row["place_name"], row["place_role"], row["country"], row["precision"])
    tolls = {harm: Toll(*(row[f"{harm}_{bound}"] for bound in ("low", "best", "high"))) for harm in HARMS}
    return (when, kind, row["status"], *where, *_figures(tolls), row["evidence"], row["doc_id"])


def _rows(incident: Incident) -> list[tuple[Any, ...]]:
    from mapper.records import HARMS

    said = next((evidence.text for evidence in incident.evidence if evidence.field == "incident"), "")
    said = said or (incident.evidence[0].text if incident.evidence else "")
    kind = f"{incident.event_type}/{incident.event_subtype}" if incident.event_subtype else incident.event_type
    day, last = incident.date.start, incident.date.end
    when = f"{day or '?'}..{last or '?'}" if day != last else str(day or incident.date.text or "?")
    reports = ", ".join(dict.fromkeys(ref.doc_id for ref in incident.reports))
    rest = (*_figures({harm: getattr(incident, harm) for harm in HARMS}), said, reports)
    rows = []
    for place in incident.places:
        found = place.resolution.place
        name = place.name or (found.name if found else place.resolution.toponym.text)
        country = found.country if found else ""
        rows.append((when, kind, incident.status, name, place.role, country, place.resolution.precision, *rest))
    return rows or [(when, kind, incident.status, "", "", "", "unknown", *rest)]


def _figures(tolls: Mapping[Harm, Toll]) -> tuple[str, str, str]:
    """Give the killed, the injured, and the rarer tolls by name: "3 missing, 12 arrested"."""
    told = {harm: _toll(toll) for harm, toll in tolls.items()}
    killed, injured = told.pop("killed"), told.pop("injured")
    return killed, injured, ", ".join(f"{figure} {harm}" for harm, figure in told.items() if figure)


def _toll(toll: Toll) -> str:
    low, best, high = toll.low, toll.best, toll.high
    if low is None and best is None and high is None:
        return ""
    if low == high:
        return str(best if best is not None else low)
    if best == 0 and not low and high is None:
        return "0"  # "none are known", not "at least none"
    span = f"{'' if low is None else low}-{'' if high is None else high}"
    return span if best is None else f"{best} ({span})"
