"""``mapper geocode``: names in, places out, the likeliest first."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mapper.cli.options import Common, common, latlon

if TYPE_CHECKING:
    from mapper.records import Candidate

__all__ = ["command"]

_COLUMNS = ("query", "name", "admin1", "country", "lat", "lon", "feature_code", "population", "score", "gazetteer_id")


@click.command("geocode")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--country", metavar="CC", help="Only places of this country (ISO 3166 code such as IQ).")
@latlon
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=10, show_default=True, help="Answers a name.")
@click.option(
    "--provider",
    metavar="NAME",
    default="gazetteer",
    show_default=True,
    help="The gazetteer (offline), or an online service: nominatim, photon, ...",
)
@click.option("--user-agent", metavar="TEXT", help="Who asks, for an online service that wants to know.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@common
@click.pass_context
def command(
    ctx: click.Context,
    *,
    names: tuple[str, ...],
    country: str | None,
    near: tuple[float, float] | None,
    limit: int,
    provider: str,
    form: str,
    common: Common,
) -> None:
    r"""Look up places by name, the likeliest first.

    \b
    Example:
      mapper geocode "Mashtal, Baghdad"
      mapper geocode Tripoli --country LB --format json
    """
    from mapper import api
    from mapper.cli.terminal import json_line, note, show_table

    rows, unknown = [], []
    for name in names:
        candidates = api.geocode(
            name,
            country=country,
            near=near,
            limit=limit,
            provider=provider,
            user_agent=common.settings.user_agent,
            gazetteer=common.settings.gazetteer,
        )
        rows += [_row(name, candidate) for candidate in candidates]
        unknown += [] if candidates else [name]
    if form == "json":
        click.echo(json_line(rows))
    elif rows:
        show_table(_COLUMNS, [[row[column] for column in _COLUMNS] for row in rows])
    for name in unknown:
        note(f"mapper: {name}: no such place is known; try another spelling, or --provider nominatim")
    ctx.exit(1 if unknown else 0)


def _row(query: str, candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "query": query,
        "name": place.name,
        "matched": candidate.name,
        "match": candidate.match,
        "admin1": place.admin1,
        "country": place.country,
        "country_code": place.country_code,
        "lat": place.lat,
        "lon": place.lon,
        "feature_class": place.feature_class,
        "feature_code": place.feature_code,
        "population": place.population,
        "gazetteer": place.gazetteer,
        "gazetteer_id": place.gazetteer_id,
        "geonameid": place.geonameid,
        "score": round(candidate.score, 4),
    }
