"""``mapper stats``: counts of an earlier result."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from mapper.cli.options import Common, common

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["command", "shown"]

_MOST = 25  # values of a count that a table shows; JSON has them all


@click.command("stats")
@click.argument("layers", metavar="LAYERS")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
@common
def command(*, layers: str, form: Literal["table", "json"], common: Common) -> None:  # noqa: ARG001  all have --quiet
    r"""Count what an earlier result holds: by type, month, country, source, failures.

    LAYERS is the output folder of `mapper map`, or a file that `mapper export` reads. Of each count the table shows the
    25 values with the most; JSON has them all.

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
        show_table(("count", "of", "number"), [row for name, values in counts.items() for row in shown(name, values)])


def shown(name: str, values: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Give a count's rows; of very many, as of the files of a folder, those with the most and the rest in one."""
    if name == "month" or len(values) <= _MOST + 1:
        return [(name, value, number) for value, number in values.items()]
    rows = [(name, value, number) for value, number in values.items()]
    rest = rows[_MOST:]
    return [*rows[:_MOST], (name, f"({len(rest)} others)", sum(number for _, _, number in rest))]
