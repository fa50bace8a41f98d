"""Online services through geopy, asked politely: a named user agent, one request a second, Retry-After honoured.

Optional: nothing is sent anywhere unless a provider is asked for by name. Answers come back as the same `Candidate` as
the gazetteer's, with the provider as `Place.gazetteer`; `ATTRIBUTION` says whom to name beside them.
"""

from __future__ import annotations

import threading
import time
import warnings
from typing import TYPE_CHECKING, Any

from mapper.errors import ServiceError, UsageError
from mapper.records import Candidate, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["ATTRIBUTION", "search"]

ATTRIBUTION = {
    "nominatim": "Data © OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright)",
    "photon": "Data © OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright); search by photon.komoot.io",
}
"""Whom to name beside answers of a provider."""

TIMEOUT_S = 10.0
INTERVAL_S = 1.0
"""The usage policy of public Nominatim: at most one request a second."""

LONGEST_WAIT_S = 30.0
"""Longest Retry-After that is waited for; a service that asks for more is given up."""

_lock = threading.Lock()
_last: dict[str, float] = {}

# What the services call a place, as feature class and code of GeoNames.
_FEATURES = {
    "country": ("A", "PCLI"), "state": ("A", "ADM1"), "province": ("A", "ADM1"), "region": ("A", "ADM1"),
    "county": ("A", "ADM2"), "district": ("A", "ADM2"), "municipality": ("A", "ADM3"), "city": ("P", "PPL"),
    "town": ("P", "PPL"), "village": ("P", "PPL"), "hamlet": ("P", "PPL"), "locality": ("P", "PPL"),
    "suburb": ("P", "PPLX"), "neighbourhood": ("P", "PPLX"), "quarter": ("P", "PPLX"), "city_district": ("P", "PPLX"),
    "borough": ("P", "PPLX"), "sea": ("H", "SEA"), "ocean": ("H", "OCN"), "bay": ("H", "BAY"), "water": ("H", "LK"),
    "river": ("H", "STM"), "island": ("T", "ISL"), "peak": ("T", "MT"), "aerodrome": ("S", "AIRP"),
    "military": ("S", "MILB"),
}  # fmt: skip


def search(
    name: str,
    *,
    provider: str,
    user_agent: str | None,
    country: str | None = None,
    near: tuple[float, float] | None = None,
    limit: int = 10,
    domain: str | None = None,
    scheme: str | None = None,
) -> list[Candidate]:
    """Ask an online service for a name.

    Parameters
    ----------
    name
        As a person would type it.
    provider
        "nominatim", "photon", or another service of geopy that needs no key.
    user_agent
        Who asks: the name of the program and a way to reach its user.
    country, near, limit
        As for `mapper.geocoder.geocode`.
    domain, scheme
        Another host than the public one, such as an instance of one's own.

    Raises
    ------
    UsageError
        No user agent, or no such provider.
    ServiceError
        The service refused, failed, was too slow, or answered what cannot be read.
    """
    if not (user_agent and user_agent.strip()):
        raise UsageError(
            f"{provider} asks for a named user agent",
            hint="say who asks, such as --user-agent 'my-newsroom/1.0 (desk@example.org)'",
        )
    geocoder = _geocoder(provider, user_agent, domain, scheme)
    arguments: dict[str, Any] = {"exactly_one": False}
    if provider in {"nominatim", "photon"}:
        arguments |= {"limit": limit, "language": "en"}
    if provider == "nominatim":
        arguments |= {"addressdetails": True} | ({"country_codes": country.lower()} if country else {})
    if provider == "photon" and near is not None:
        arguments["location_bias"] = near
    host = str(getattr(geocoder, "domain", provider))
    locations = _asked(lambda: geocoder.geocode(name, **arguments), provider, host)
    try:
        found = [_candidate(item, provider, rank) for rank, item in enumerate(locations or ())]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ServiceError(
            f"{provider} gave an answer that cannot be read", hint="try again, or another provider"
        ) from error
    return [c for c in found if country is None or c.place.country_code in {country, ""}][:limit]


def _geocoder(provider: str, user_agent: str, domain: str | None, scheme: str | None) -> Any:
    from geopy.adapters import URLLibAdapter  # noqa: PLC0415
    from geopy.exc import ConfigurationError, GeocoderNotFound  # noqa: PLC0415
    from geopy.geocoders import get_geocoder_for_service  # noqa: PLC0415

    # geopy's other adapter retries by itself, and sleeps as long as any Retry-After says.
    options: dict[str, Any] = {"user_agent": user_agent, "timeout": TIMEOUT_S, "adapter_factory": URLLibAdapter}
    options |= {k: v for k, v in (("domain", domain), ("scheme", scheme)) if v is not None}
    try:
        return get_geocoder_for_service(provider)(**options)
    except GeocoderNotFound as error:
        raise UsageError(f"there is no provider {provider!r}", hint="use gazetteer, nominatim or photon") from error
    except (ConfigurationError, TypeError) as error:
        raise UsageError(
            f"{provider} cannot be used so ({error})", hint="it may want a key or another host; use nominatim or photon"
        ) from error


def _asked(ask: Callable[[], Iterable[Any] | None], provider: str, host: str) -> Iterable[Any] | None:
    """Send one request in its turn; when told to wait, wait once and ask again."""
    from geopy import exc  # noqa: PLC0415

    with _lock:
        for attempt in (1, 2):
            wait = _last.get(host, 0.0) + INTERVAL_S - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("error", UserWarning)  # geopy warns of a latitude of 95, and goes on
                    return ask()
            except exc.GeocoderRateLimited as error:
                pause = float(error.retry_after or INTERVAL_S)
                if attempt == 2 or pause > LONGEST_WAIT_S:
                    hint = f"ask again in {pause:.0f} seconds, or use the offline gazetteer"
                    raise ServiceError(f"{provider} limits how often it may be asked", hint=hint) from error
                time.sleep(pause)
            except exc.GeopyError as error:
                raise _service_error(error, provider) from error
            except (AttributeError, KeyError, TypeError, ValueError, Warning) as error:
                raise ServiceError(
                    f"{provider} gave an answer that cannot be read", hint="try again, or another provider"
                ) from error
            finally:
                _last[host] = time.monotonic()
    return None


def _service_error(error: Exception, provider: str) -> ServiceError:
    from geopy import exc  # noqa: PLC0415

    if isinstance(error, exc.GeocoderInsufficientPrivileges | exc.GeocoderAuthenticationFailure):
        return ServiceError(
            f"{provider} refuses to answer", hint="name yourself in the user agent, and read its usage policy"
        )
    if isinstance(error, exc.GeocoderTimedOut):
        return ServiceError(f"{provider} did not answer in {TIMEOUT_S:.0f} seconds", hint="try again later")
    if isinstance(error, exc.GeocoderParseError):
        return ServiceError(f"{provider} gave an answer that cannot be read", hint="try again, or another provider")
    if isinstance(error, exc.GeocoderUnavailable):
        return ServiceError(f"{provider} cannot be reached", hint="check the network, or use the offline gazetteer")
    return ServiceError(f"{provider} failed ({error})", hint="try again later, or use the offline gazetteer")


def _candidate(location: Any, provider: str, rank: int) -> Candidate:
    raw = location.raw
    lat, lon = float(location.latitude), float(location.longitude)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is not on the Earth")
    about = raw.get("properties", raw)
    address = raw.get("address", about)
    kind = str(raw.get("addresstype") or about.get("type") or about.get("osm_value") or "")
    if kind == "other":
        kind = str(about.get("osm_value") or "")
    klass, code = _FEATURES.get(kind, ("S", ""))
    name = str(about.get("name") or str(location.address).split(",")[0])
    place = Place(
        gazetteer=provider,
        gazetteer_id=f"{about.get('osm_type', '')}{about.get('osm_id', rank)}",
        name=name,
        lat=lat,
        lon=lon,
        feature_class=klass,
        feature_code=code,
        country_code=str(address.get("country_code") or about.get("countrycode") or "").upper(),
        country=str(address.get("country") or ""),
        admin1=str(address.get("state") or ""),
        bounds=_bounds(raw, about),
    )
    importance = raw.get("importance")
    score = float(importance) if isinstance(importance, int | float) else 1.0 / (rank + 1)
    return Candidate(place=place, match="exact", name=name, score=round(min(1.0, max(0.0, score)), 4))


def _bounds(raw: dict[str, Any], about: dict[str, Any]) -> tuple[float, float, float, float] | None:
    """(west, south, east, north): Nominatim gives south, north, west, east; Photon west, north, east, south."""
    if box := raw.get("boundingbox"):
        south, north, west, east = map(float, box)
    elif box := about.get("extent"):
        west, north, east, south = map(float, box)
    else:
        return None
    return west, south, east, north
