"""``mapper evaluate``: predictions beside a gold corpus, figures out."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mapper.cli.options import Common, common, recogniser

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.evaluation import Evaluation

__all__ = ["command"]

_corpus = click.argument("corpus", metavar="CORPUS")
_predictions = click.option(
    "--predictions", metavar="FILE", help="Score these predictions (.jsonl) instead of running mapper on the corpus."
)
_form = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
_output = click.option("-o", "--output", metavar="FILE", help="Write to a file instead of standard output.")


@click.group("evaluate")
def command() -> None:
    r"""Measure places or incidents against a corpus with gold.

    \b
    Example:
      mapper evaluate geoparsing gold.jsonl
      mapper evaluate incidents muc4.jsonl --format json
    """


@command.command("geoparsing")
@_corpus
@_predictions
@click.option("--by", type=click.Choice(["country"]), help="Also score countries and the rest apart.")
@click.option("--seen", metavar="FILE", help="Also score names apart that this corpus (.jsonl) does not have.")
@_form
@_output
@recogniser
@common
@click.pass_context
def geoparsing(
    ctx: click.Context,
    *,
    corpus: str,
    predictions: str | None,
    by: str | None,
    seen: str | None,
    form: str,
    output: str | None,
    common: Common,
) -> None:
    r"""Measure how well places are found and resolved.

    CORPUS is JSON Lines: {"id", "text", "toponyms": [{"start", "end", "lat", "lon", "geonameid"}]}. Predictions are
    what `mapper geoparse CORPUS --format jsonl` prints. Beside them stands what the largest place of each name gives.

    \b
    Example:
      mapper evaluate geoparsing gold.jsonl --by country
      mapper evaluate geoparsing gold.jsonl --predictions places.jsonl --format json
    """
    from mapper.evaluation import evaluate_geoparsing

    failed = _show(
        lambda progress: evaluate_geoparsing(
            corpus,
            settings=common.settings,
            predictions=predictions,
            by_country=by == "country",
            seen=seen,
            progress=progress,
            debug=common.debug,
        ),
        form,
        output,
        common,
    )
    ctx.exit(failed)


@command.command("incidents")
@_corpus
@_predictions
@_form
@_output
@recogniser
@common
@click.pass_context
def incidents(
    ctx: click.Context,
    *,
    corpus: str,
    predictions: str | None,
    form: str,
    output: str | None,
    common: Common,
) -> None:
    r"""Measure how well incidents are found.

    CORPUS is JSON Lines and says itself what is scored: incidents in the form of the MUC-4 key; {"id", "text",
    "event", "locations"}, the place of one event a line; {"mention_id", "doc_id", "chain"}, mentions of one event over
    documents. Predictions are what `mapper extract CORPUS --format jsonl` prints; {"id", "locations"}; or
    {"mention_id", "cluster"}.

    \b
    Example:
      mapper evaluate incidents muc4.jsonl
      mapper evaluate incidents muc4.jsonl --predictions incidents.jsonl --format json
    """
    from mapper.evaluation import evaluate_incidents

    failed = _show(
        lambda progress: evaluate_incidents(
            corpus, settings=common.settings, predictions=predictions, progress=progress, debug=common.debug
        ),
        form,
        output,
        common,
    )
    ctx.exit(failed)


def _show(score: Callable[[Any], Evaluation], form: str, output: str | None, common: Common) -> int:
    """Score, print the figures, name what could not be used; give the exit code."""
    import json

    from mapper.cli.output import data_stream
    from mapper.cli.terminal import printable, progress, report_failure, show_table
    from mapper.evaluation.tables import tables

    with data_stream(output) as stream:
        with progress(quiet=common.quiet) as tell:
            evaluation = score(tell)
        if form == "json":
            click.echo(json.dumps(evaluation.figures, indent=1, allow_nan=False), file=stream)
        else:
            for number, table in enumerate(tables(evaluation.figures)):
                click.echo(f"{'' if number == 0 else chr(10)}{printable(table.title)}", file=stream)
                show_table(table.columns, table.rows, stream)
    for failure in evaluation.failures:
        report_failure(failure)
    return 1 if evaluation.failures else 0
