"""``mapper compare``: two sets of incidents side by side."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mapper.cli.options import Common, common

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["command"]

_TABLE = (
    "side",
    "our_start",
    "our_place",
    "our_type",
    "our_killed",
    "their_start",
    "their_place",
    "their_type",
    "their_killed",
    "distance_km",
    "days_apart",
    "toll_agreement",
    "their_id",
    "why",
)
"""What of the comparison a terminal has room for."""


@click.command("compare")
@click.argument("ours", metavar="OURS")
@click.argument("theirs", metavar="THEIRS")
@click.option("--within", metavar="KM", type=click.FloatRange(min=0), default=25.0, show_default=True,
              help="How far apart places may be, beyond the uncertainty of both.")  # fmt: skip
@click.option("--days", metavar="N", type=click.IntRange(min=0), default=2, show_default=True,
              help="How many days apart dates may be.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of standard output.")
@common
@click.pass_context
def command(
    ctx: click.Context,
    *,
    ours: str,
    theirs: str,
    within: float,
    days: int,
    form: str,
    output: str | None,
    common: Common,
) -> None:
    r"""Compare two sets of incidents: which are the same, which only one of them has.

    OURS and THEIRS are each an output folder of `mapper map`, a file that mapper wrote, or a download of ACLED, UCDP
    GED, GTD or GDELT. Each incident has at most one counterpart; an area agrees with a point in it. Where THEIRS was
    mapped into OURS, its rows there are left out.

    \b
    Example:
      mapper compare out acled.csv
      mapper compare out acled.csv --within 10 --days 1 --format csv -o pairs.csv
    """
    from mapper import api
    from mapper.cli.opening import Opened
    from mapper.cli.output import data_stream
    from mapper.cli.terminal import note
    from mapper.comparison import shared_files

    opened = Opened(common)
    mine, others = opened.layers(ours), opened.layers(theirs)
    table = api.compare(mine, others, within_km=within, days=days)
    counts = table["side"].value_counts()
    told = {side: int(counts.get(side, 0)) for side in ("both", "ours", "theirs")}
    with data_stream(output) as stream:
        _write(table, form, stream, {"within_km": within, "days": days}, told)
    for source in shared_files(mine, others).values():
        note(f"{ours} holds {source} as well: its rows there are not compared with themselves", quiet=common.quiet)
    note(
        f"{told['both']} in both, {told['ours']} only in {ours}, {told['theirs']} only in {theirs}", quiet=common.quiet
    )
    ctx.exit(1 if opened.failed else 0)


def _write(table: gpd.GeoDataFrame, form: str, stream: Any, options: dict[str, Any], counts: dict[str, int]) -> None:
    import json

    from mapper import formats
    from mapper.cli.terminal import show_table

    if form == "csv":
        formats.dump(table, stream, ".csv")
        return
    columns = {column.name: column.cells for column in formats.plain_columns(table)}
    if form == "json":
        rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
        click.echo(
            json.dumps({**options, "counts": counts, "incidents": rows}, ensure_ascii=False, indent=1), file=stream
        )
        return
    show_table(_TABLE, zip(*(columns[name] for name in _TABLE), strict=True), stream)
