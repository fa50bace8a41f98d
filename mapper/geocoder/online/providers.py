"""The one table of online services: where each is, and on what terms it may be asked.

The terms are as of November 2026, from the address that stands with each service or from what others quote of it; they
change, and bind whoever asks. Where a service gives no figure, ours is on the careful side and says so. A month is
ours wherever an answer may be kept: longer would keep what the services have corrected.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from mapper.errors import UsageError

__all__ = ["PROVIDERS", "Provider", "Target", "provider_named", "target_of"]

_OSM = "Data © OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright)"
_MONTH = 30


@dataclass(frozen=True, slots=True)
class Provider:
    """A service and its terms.

    Attributes
    ----------
    name
        As users write it, and as geopy calls it.
    host
        The public host; None for software that only runs on servers of one's own.
    terms
        Address of the terms of use.
    attribution
        Whom to name beside the answers.
    cache_days
        How long an answer may be kept; None forbids to keep it.
    interval_s
        Least seconds between two requests to the public host.
    names_a_call
        Names that may be asked for at once at the public host; None sets no bound.
    requests_a_day
        Requests to the public host in a day (UTC), of all processes together; None sets no bound.
    key
        What geopy calls the key that the service wants; None where it wants none. ``key_required`` says whether the
        service answers without.
    country
        Who keeps to a country: the "server", which is told of it; we, by the country of each "answer"; or "nobody".
    """

    name: str
    host: str | None
    terms: str
    attribution: str
    cache_days: int | None = _MONTH
    interval_s: float = 1.0
    names_a_call: int | None = None
    requests_a_day: int | None = None
    key: str | None = None
    key_required: bool = False
    country: Literal["server", "answer", "nobody"] = "server"


PROVIDERS: dict[str, Provider] = {
    provider.name: provider
    for provider in (
        # One request a second, a named user agent, no bulk; answers are to be kept rather than asked for again. The
        # policy gives no figures for bulk: a handful at once and a hundred a day are what a person looks up by hand.
        Provider(
            name="nominatim",
            host="nominatim.openstreetmap.org",
            terms="https://operations.osmfoundation.org/policies/nominatim/",
            attribution=_OSM,
            names_a_call=5,
            requests_a_day=100,
        ),
        # "Be fair": extensive use is throttled or banned; no figures are given, so these are ours.
        Provider(
            name="photon",
            host="photon.komoot.io",
            terms="https://photon.komoot.io/",
            attribution=f"{_OSM}; search by photon.komoot.io",
            names_a_call=50,
            requests_a_day=500,
            country="answer",
        ),
        # Software without a public host.
        Provider(
            name="pelias",
            host=None,
            terms="https://github.com/pelias/documentation/blob/master/data-sources.md",
            attribution=f"{_OSM}, OpenAddresses, Who's On First, GeoNames: whichever the server holds",
            key="api_key",
        ),
        Provider(
            name="geocodeearth",
            host="api.geocode.earth",
            terms="https://geocode.earth/guidelines",
            attribution=f"© Geocode Earth (geocode.earth/guidelines); {_OSM}, and others",
            key="api_key",
            key_required=True,
        ),
        # Answers may be kept as long as one likes (opencagedata.com/api#caching); the free trial has 2,500 a day.
        Provider(
            name="opencage",
            host="api.opencagedata.com",
            terms="https://opencagedata.com/terms",
            attribution=f"Geocoding by OpenCage (opencagedata.com); {_OSM}",
            requests_a_day=2_500,
            key="api_key",
            key_required=True,
        ),
        # A free account has 10,000 credits a day and 1,000 an hour, of which a search costs one; the host with TLS.
        Provider(
            name="geonames",
            host="secure.geonames.org",
            terms="https://www.geonames.org/export/",
            attribution="Data © GeoNames, CC BY 4.0 (geonames.org)",
            requests_a_day=10_000,
            key="username",
            key_required=True,
        ),
        # Without an account places may be looked up and shown, but answers not stored. The figures are ours.
        Provider(
            name="arcgis",
            host="geocode.arcgis.com",
            terms="https://doc.arcgis.com/en/arcgis-online/reference/geocode.htm",
            attribution="Powered by Esri (arcgis.com); answers may be shown, not stored",
            cache_days=None,
            names_a_call=50,
            requests_a_day=500,
            country="nobody",
        ),
    )
}
"""Every service that may be named, by its name."""


@dataclass(frozen=True, slots=True)
class Target:
    """The server that is asked, and whether it is the public one of the provider."""

    host: str
    scheme: Literal["http", "https"]
    public: bool
    interval_s: float


def provider_named(name: str) -> Provider:
    """Look up a service by its name, whatever its case.

    Raises
    ------
    UsageError
        There is none of that name.
    """
    try:
        return PROVIDERS[name.strip().lower()]
    except KeyError:
        raise UsageError(
            f"there is no provider {name!r}", hint=f"use gazetteer (offline), or one of {', '.join(PROVIDERS)}"
        ) from None


def target_of(
    provider: Provider, domain: str | None = None, scheme: str | None = None, interval_s: float | None = None
) -> Target:
    """Tell which server is asked, and how often it may be.

    Parameters
    ----------
    provider
        The service.
    domain
        Another host than the public one: ``host``, ``host:port``, or with ``http://`` before it.
    scheme
        "http" or "https", the default.
    interval_s
        Seconds between requests to a server of one's own. By default none to this machine and to private networks, and
        as many as to the public host elsewhere: that server may well be someone else's.

    Raises
    ------
    UsageError
        A host that is none, software without a public host, or an interval for the public host.
    """
    host, scheme = _host(provider, domain, scheme)
    public = host == provider.host
    if interval_s is None:
        interval_s = 0.0 if not public and _is_private(host) else provider.interval_s
    elif public or not 0 <= interval_s < float("inf"):
        raise UsageError(
            f"{interval_s} seconds between requests cannot be set for {host}",
            hint="leave --interval out; it is for servers of your own, in seconds from 0",
        )
    return Target(host, "http" if scheme == "http" else "https", public, interval_s)


def _host(provider: Provider, domain: str | None, scheme: str | None) -> tuple[str, str]:
    if domain is None:
        if provider.host is None:
            raise UsageError(
                f"{provider.name} has no public server", hint="name your own, such as --domain http://localhost:4000"
            )
        return provider.host, "https" if scheme is None else scheme
    parts = urlsplit(domain.strip() if "://" in domain else f"{scheme or 'https'}://{domain.strip()}")
    try:
        good = domain.isprintable()  # urlsplit drops line breaks without a word
        good = good and parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
        good = good and not (parts.query or parts.fragment) and parts.port != 0
    except ValueError:  # a port that is none
        good = False
    if not good or not re.fullmatch(r"[\w.\-:\[\]]+(/[\w.\-~/]*)?", parts.netloc + parts.path, re.ASCII):
        raise UsageError(
            f"{domain!r} is no host", hint="give one such as nominatim.example.org or http://localhost:8080"
        )
    return (parts.netloc.lower() + parts.path).rstrip("/"), parts.scheme


def _is_private(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    try:
        return ipaddress.ip_address(name).is_private
    except ValueError:
        return "." not in name or name.endswith((".localhost", ".local", ".lan", ".internal", ".home.arpa"))
