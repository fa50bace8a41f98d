"""``mapper gazetteer``: what is in it, one of its places, and how it is built."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

import dataclasses

import click

from mapper.cli.options import Common, common

__all__ = ["command"]


@click.group("gazetteer")
def command() -> None:
    r"""Look into the gazetteer, or build it.

    \b
    Example:
      mapper gazetteer info
      mapper gazetteer show 98182
    """


@command.command("info")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@common
def info(*, form: str, common: Common) -> None:
    r"""Say which gazetteer is used: version, sources with their licences, counts.

    \b
    Example:
      mapper gazetteer info --format json
    """
    from mapper.cli.terminal import json_line, show_table
    from mapper.gazetteer import open_gazetteer

    found = open_gazetteer(common.settings.gazetteer).info()
    if form == "json":
        click.echo(json_line(found))
        return
    sources = found.pop("sources")
    found["attribution"] = "; ".join(found["attribution"])
    counts = found.pop("counts")
    show_table(("what", "value"), [*found.items(), *((f"{name} (count)", f"{n:,}") for name, n in counts.items())])
    click.echo()
    columns = ("name", "version", "licence", "count", "url")
    show_table(columns, [[source[column] for column in columns] for source in sources])


@command.command("show")
@click.argument("place_id", metavar="ID")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@common
@click.pass_context
def show(ctx: click.Context, *, place_id: str, form: str, common: Common) -> None:
    r"""Show one place by its id, as results name it (GeoNames ids are the bare number).

    \b
    Example:
      mapper gazetteer show 98182
    """
    from mapper.cli.terminal import json_line, note, show_table
    from mapper.gazetteer import open_gazetteer

    place = open_gazetteer(common.settings.gazetteer).place(place_id)
    if place is None:
        note(f"mapper: {place_id}: no place has this id; look it up with mapper geocode NAME")
        ctx.exit(1)
    fields = dataclasses.asdict(place)
    if form == "json":
        click.echo(json_line(fields))
    else:
        show_table(("what", "value"), fields.items())


@command.command("build")
@click.option("--default", "default", is_flag=True, required=True, help="Build the gazetteer that ships with mapper.")
@click.option("-o", "--output", metavar="FILE", help="Where to; default: the place it ships from.")
@common
def build(*, default: bool, output: str | None, common: Common) -> None:  # noqa: ARG001  --default says what is built
    r"""Build the default gazetteer from its pinned sources.

    Needs the packages of the dependency group "gazetteer": see CONTRIBUTING.

    \b
    Example:
      mapper gazetteer build --default
    """
    from pathlib import Path

    from mapper.cli.terminal import note
    from mapper.gazetteer.build import build_default

    written = build_default(Path(output)) if output else build_default()
    note(f"built {written}", quiet=common.quiet)
