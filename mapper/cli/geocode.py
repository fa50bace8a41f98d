"""``mapper geocode``: names in, places out, the likeliest first."""

# ruff: noqa: PLC0415  slow imports happen where they are used
from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from mapper.cli.options import Common, common, latlon
from mapper.errors import ServiceError
from mapper.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.geocoder.online import Service
    from mapper.records import Candidate

    _Answer = tuple[str, list[Candidate] | ServiceError]

__all__ = ["command"]

_COLUMNS = ("query", "name", "admin1", "country", "lat", "lon", "feature_code", "population", "score", "gazetteer_id")


class _Asked(NamedTuple):
    """How every name is asked for."""

    country: str | None
    near: tuple[float, float] | None
    limit: int


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
    help="The gazetteer (offline), or an online service: nominatim, photon, pelias, geocodeearth, opencage, geonames, "
    "arcgis.",
)
@click.option("--user-agent", metavar="TEXT", help="Who asks, for an online service: a name, best with an address.")
@click.option("--domain", metavar="HOST", help="A server of your own instead of the public one of the online service.")
@click.option(
    "--interval",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    help="Least time between requests to that server; default: a second, none on this machine and private networks.",
)
@click.option(
    "--quota",
    metavar="N",
    type=click.IntRange(min=1),
    help="Requests that this run may send to the online service; default: 100 to public ones.",
)
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
    domain: str | None,
    interval: float | None,
    quota: int | None,
    form: str,
    common: Common,
) -> None:
    r"""Look up places by name, the likeliest first.

    Offline, unless --provider names an online service. These have terms: answers are kept and requests spaced as the
    terms ask, and whom to name is printed with the answers. Public Nominatim is for a few names at a time, and only
    with --user-agent; read https://operations.osmfoundation.org/policies/nominatim/ before you use it. A key is taken
    from the variable MAPPER_<PROVIDER>_KEY.

    \b
    Example:
      mapper geocode "Mashtal, Baghdad"
      mapper geocode Tripoli --country LB --format json
      mapper geocode Mashtal --provider nominatim --domain http://localhost:8080
    """
    from mapper.cli.terminal import json_line, note, report_failure, show_table

    asked = _Asked(country, near, limit)
    if provider == "gazetteer":
        if domain is not None or interval is not None or quota is not None:
            raise click.UsageError(
                "--domain, --interval and --quota are for an online service; name it with --provider"
            )
        attribution, answers = None, _offline(names, asked, common)
    else:
        from mapper.geocoder.online import Service

        settings = common.settings
        agent, folder = settings.user_agent, settings.cache_dir
        service = Service(provider, user_agent=agent, cache_dir=folder, domain=domain, interval_s=interval, quota=quota)
        service.admit(names, **asked._asdict())
        attribution, answers = service.attribution, _online(names, asked, service)
    rows, unknown, failed = [], [], []
    for name, answer in answers:
        if isinstance(answer, ServiceError):
            failed.append(Failure(name, answer.message, answer.hint))
            continue
        rows += [_row(name, candidate, attribution) for candidate in answer]
        unknown += [] if answer else [name]
    if form == "json":
        click.echo(json_line(rows))
    elif rows:
        show_table(_COLUMNS, [[row[column] for column in _COLUMNS] for row in rows])
    if attribution is not None and rows:
        note(f"mapper: places from {provider}: {attribution}")
    other = "an online service (--provider)" if attribution is None else "another --provider"
    for name in unknown:
        note(f"mapper: {name}: no such place is known; try another spelling, or {other}")
    for failure in failed:
        report_failure(failure)
    ctx.exit(ServiceError.exit_code if failed else 1 if unknown else 0)


def _offline(names: Iterable[str], asked: _Asked, common: Common) -> Iterator[_Answer]:
    from mapper import api

    for name in names:
        yield name, api.geocode(name, **asked._asdict(), gazetteer=common.settings.gazetteer)


def _online(names: Iterable[str], asked: _Asked, service: Service) -> Iterator[_Answer]:
    """Ask for each name; one that fails does not take the others with it."""
    for name in names:
        try:
            yield name, service.search(name, **asked._asdict())
        except ServiceError as error:
            yield name, error


def _row(query: str, candidate: Candidate, attribution: str | None) -> dict[str, Any]:
    place = candidate.place
    row = {
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
    return row if attribution is None else row | {"attribution": attribution}
