"""``mapper export``: an earlier result in other formats."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from mapper.cli.options import Common, common

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["command"]


class _WithFormats(click.Command):
    """A command whose help ends with the table of formats, which only the asking for help has to load."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from mapper.formats import format_lines

        with formatter.section("Formats"):
            formatter.write_dl([(suffix, about) for suffix, about in format_lines()])
        super().format_epilog(ctx, formatter)


@click.command("export", cls=_WithFormats)
@click.argument("layers", metavar="LAYERS")
@click.option(
    "-o", "--output", "outputs", metavar="FILE", multiple=True, required=True, help="The suffix says the format."
)
@click.option("--by-month", is_flag=True, help="Write a folder of GeoParquet, a part for each month.")
@click.argument("more", metavar="[FILE...]", nargs=-1)
@common
@click.pass_context
def command(
    ctx: click.Context,
    *,
    layers: str,
    outputs: tuple[str, ...],
    more: tuple[str, ...],
    by_month: bool,
    common: Common,
) -> None:
    """Write an earlier result in another format.

    LAYERS is a file of a format below, the output folder of `mapper map`, or a download of ACLED, UCDP GED, GTD or
    GDELT (known by its columns). The suffix of FILE says the format; where a file holds one layer, it holds the
    incidents.

    \b
    Example:
      mapper export out -o incidents.csv
      mapper export out/incidents.gpkg -o incidents.geojson incidents.xlsx
      mapper export out -o months --by-month
      mapper export out -o incidents.acled.csv incidents.shp incidents.kmz
      mapper export acled.csv -o acled.gpkg
    """  # noqa: D301  (click wants the character, not the letters, to leave the lines of the example as they are)
    from mapper import api, formats
    from mapper.cli.opening import Opened
    from mapper.cli.terminal import note

    opened = Opened(common)
    with _told(layers, common):
        held = opened.layers(layers)
    for output in (*outputs, *more):
        with _told(output, common):
            written = formats.write_months(held, output) if by_month else api.export(held, output)
            note(f"wrote {written}", quiet=common.quiet)
    ctx.exit(1 if opened.failed else 0)


@contextmanager
def _told(path: str, common: Common) -> Iterator[None]:
    """Say in one line each what a file cannot hold, or what of it had to be changed."""
    from mapper.cli.terminal import note

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", UserWarning)
        yield
    for message in dict.fromkeys(str(warning.message) for warning in told):
        note(f"{path}: {message}", quiet=common.quiet)
