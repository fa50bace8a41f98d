"""``mapper export``: an earlier result in other formats."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

import click

from mapper.cli.options import Common, common

__all__ = ["command"]


@click.command("export")
@click.argument("layers", metavar="LAYERS")
@click.option(
    "-o", "--output", "outputs", metavar="FILE", multiple=True, required=True, help="The suffix says the format."
)
@click.argument("more", metavar="[FILE...]", nargs=-1)
@common
def command(*, layers: str, outputs: tuple[str, ...], more: tuple[str, ...], common: Common) -> None:
    r"""Write an earlier result in another format.

    LAYERS is a .gpkg, .geojson or .parquet file, or the output folder of `mapper map`. The suffix of FILE says the
    format: .gpkg holds all layers, .geojson, .csv, .fgb, .parquet and .jsonl hold the incidents.

    \b
    Example:
      mapper export out -o incidents.csv
      mapper export out/incidents.gpkg -o incidents.geojson incidents.csv
    """
    from mapper import api, formats
    from mapper.cli.terminal import note

    held = formats.read(layers)
    for output in (*outputs, *more):
        note(f"wrote {api.export(held, output)}", quiet=common.quiet)
