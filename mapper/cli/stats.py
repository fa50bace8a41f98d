"""``mapper stats``: counts of an earlier result."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from typing import Literal

import click

from mapper.cli.options import Common, common

__all__ = ["command"]


@click.command("stats")
@click.argument("layers", metavar="LAYERS")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
@common
def command(*, layers: str, form: Literal["table", "json"], common: Common) -> None:  # noqa: ARG001  all have --quiet
    r"""Count what an earlier result holds: by type, month, country, source, failures.

    LAYERS is the output folder of `mapper map`, or a file that `mapper export` reads.

    \b
    Example:
      mapper stats out
      mapper stats out --format json
    """
    from mapper import steps
    from mapper.cli.terminal import json_line, show_table

    counts = steps.stats(layers)
    if form == "json":
        click.echo(json_line(counts))
    else:
        show_table(
            ("count", "of", "number"),
            [(name, value, number) for name, values in counts.items() for value, number in values.items()],
        )
