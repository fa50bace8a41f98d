"""One online service, asked as its terms ask for it: who asks is named, in turn, within bounds, and never twice."""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import math
import os
import random
import re
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.errors import ServiceError, UsageError
from mapper.geocoder.geodesy import azimuth_m
from mapper.geocoder.online.answers import candidate_of
from mapper.geocoder.online.ledger import Ledger
from mapper.geocoder.online.providers import provider_named, target_of
from mapper.geocoder.online.turns import turn

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from mapper.geocoder.online.providers import Provider, Target
    from mapper.records import Candidate

__all__ = ["REQUESTS_A_RUN", "Patience", "Service", "search"]

REQUESTS_A_RUN = 100
"""Requests to a public host that one run may send, unless it is told otherwise."""

_EMPTY_S = 86_400.0
"""An answer without places is asked again after a day: what is missing is added to such services daily."""

_DAY_S = 86_400.0
_NEAR_SCALE_M = 100_000.0
_FOLDER = "geocoders"
_LONGEST_NAME = 300

# Programs that say nothing of who runs them; public services refuse them, and browsers' names are false here.
_NAMELESS = frozenset({
    "aiohttp", "curl", "geopy", "httpx", "incident-mapper", "java", "mapper", "my-application", "my_app", "okhttp",
    "python", "python-httpx", "python-requests", "python-urllib", "requests", "test", "urllib3", "wget",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try.

    Attributes
    ----------
    timeout_s
        For a whole answer.
    attempts
        Requests for one name at most: the first, and those after 429, 5xx, silence and cut connections.
    backoff_s
        Wait before the second attempt, twice as long before each further one; up to half of it is left to chance, so
        that those who failed together do not come back together.
    longest_wait_s
        A service that asks for a longer wait (Retry-After) is given up.
    trips_after, rests_s
        After so many names in a row that failed, the service is left alone for so long.
    """

    timeout_s: float = 10.0
    attempts: int = 3
    backoff_s: float = 1.0
    longest_wait_s: float = 30.0
    trips_after: int = 3
    rests_s: float = 300.0


class Service:
    """One service for one run.

    Parameters
    ----------
    provider
        Name of the service, one of `PROVIDERS`.
    user_agent
        Who asks: a name of one's own, best with a way to reach its user. The name of a program alone will do for
        servers of one's own, not for public ones.
    cache_dir
        Where answers and turns are kept; the setting ``cache_dir`` by default.
    domain, scheme, interval_s
        A server of one's own (see `providers.target_of`).
    key
        For services that want one; by default that of the variable ``MAPPER_<PROVIDER>_KEY``.
    quota
        Requests that this run may send; by default `REQUESTS_A_RUN` to public hosts and any number to others.
    patience
        How long to try.

    Raises
    ------
    UsageError
        No such provider, no user agent that names anyone, no key where one is needed, or no such host.
    """

    def __init__(
        self,
        provider: str,
        *,
        user_agent: str | None,
        cache_dir: Path | None = None,
        domain: str | None = None,
        scheme: str | None = None,
        interval_s: float | None = None,
        key: str | None = None,
        quota: int | None = None,
        patience: Patience | None = None,
    ) -> None:
        self.provider: Provider = provider_named(provider)
        self.target: Target = target_of(self.provider, domain, scheme, interval_s)
        self.quota = REQUESTS_A_RUN if quota is None and self.target.public else quota
        self.patience = patience or Patience()
        self.sent = 0
        self._user_agent = _agent(self.provider, self.target, user_agent)
        self._key = _key(self.provider, key)
        self._folder = cache_dir
        self._geocoder = _geocoder(self.provider, self.target, self._user_agent, self._key, self.patience.timeout_s)
        self._counting = threading.Lock()

    @property
    def attribution(self) -> str:
        """Whom to name beside the answers, and where the terms are."""
        return f"{self.provider.attribution}; terms: {self.provider.terms}"

    def admit(
        self,
        names: Collection[str],
        *,
        country: str | None = None,
        near: tuple[float, float] | None = None,
        limit: int = 10,
        before: int = 0,
    ) -> None:
        """Check, before anything is sent, that so many names may be asked for at once.

        Parameters
        ----------
        names
            All that one call asks for; those whose answers are kept do not count.
        country, near, limit
            As they will be asked with.
        before
            Names that the same run has asked for already.

        Raises
        ------
        ServiceError
            The terms of the public service leave no room for so many, or the run's quota does not.
        """
        bound = self.provider.names_a_call if self.target.public else None
        bounds = [b for b in (bound, self.quota) if b is not None]
        if not bounds or len(names) + before <= min(bounds):
            return
        new = [name for name in dict.fromkeys(names) if self._kept(self._question(name, country, limit, near)) is None]
        if bound is not None and new and len(new) + before > bound:
            raise ServiceError(
                f"{len(new) + before} names at once are bulk use, which the terms of {self.target.host} do not allow "
                f"(at most {bound} here; see {self.provider.terms})",
                hint="use the offline gazetteer, --domain with a server of your own, or look up the few that matter",
            )
        if self.quota is not None and len(new) > self.quota:
            raise self._spent()

    def search(
        self, name: str, *, country: str | None = None, near: tuple[float, float] | None = None, limit: int = 10
    ) -> list[Candidate]:
        """Ask for a name.

        Parameters
        ----------
        name
            As a person would type it.
        country
            ISO 3166-1 alpha-2 code that the place must lie in.
        near
            (lat, lon) in degrees: of equally good places the closer one comes first.
        limit
            At most so many candidates.

        Returns
        -------
        list of Candidate
            The likeliest first; empty when the service knows no such place.

        Raises
        ------
        UsageError
            No name, or a country that this service cannot keep to.
        ServiceError
            The service refused, failed, was too slow, answered what cannot be read, or is being left alone.
        """
        question = self._question(name, country, limit, near)
        found = self._kept(question)
        if found is None:
            found = self._answered(" ".join(name.split()), self._arguments(country, limit, near), question)
        if country is not None:
            # The server was told of the country; what it gives without one (a sea, a range) lies there by its word.
            allowed = {country.upper(), ""} if self.provider.country == "server" else {country.upper()}
            found = [c for c in found if c.place.country_code in allowed]
        if near is not None:
            found = [_drawn_near(c, near) for c in found]
        return sorted(found, key=lambda c: -c.score)[:limit]

    @functools.cached_property
    def _ledger(self) -> Ledger:
        if self._folder is None:
            from mapper.settings import load  # noqa: PLC0415  reads files: only when something is to be asked

            return Ledger(load().cache_dir / _FOLDER)
        return Ledger(self._folder / _FOLDER)

    @functools.cached_property
    def _caller(self) -> str:
        """Who is refused when a server refuses: with another name or key it may answer."""
        return _digest(self.target.host, self._user_agent, self._key or "")

    def _arguments(self, country: str | None, limit: int, near: tuple[float, float] | None) -> dict[str, Any]:
        """Options of geopy's ``geocode``; each class takes its own."""
        match self.provider.name:
            case "nominatim":
                codes = {"country_codes": country.lower()} if country else {}
                return {"limit": limit, "language": "en", "addressdetails": True} | codes
            case "photon":
                return {"limit": limit, "language": "en"} | ({"location_bias": near} if near else {})
            case "pelias" | "geocodeearth":
                return {"language": "en"} | ({"countries": [country.upper()]} if country else {})
            case "opencage":
                return {"language": "en", "annotations": False} | ({"country": country.lower()} if country else {})
            case "geonames":
                return {"country": country.upper()} if country else {}
            case _:
                return {"out_fields": ["PlaceName", "Type", "Addr_type", "City", "Region", "CntryName"]}

    def _question(self, name: str, country: str | None, limit: int, near: tuple[float, float] | None) -> str:
        words = " ".join(name.split())
        if not words or len(words) > _LONGEST_NAME or not words.isprintable():
            raise UsageError(
                "there is no name to look up" if not words else f"{words[:40]!r} is no name that can be looked up",
                hint="give a place name, such as 'Mashtal, Baghdad'",
            )
        if country is not None and not re.fullmatch("[A-Za-z]{2}", country):
            raise UsageError(f"{country!r} is not a country code", hint="give two letters of ISO 3166-1, such as IQ")
        if country is not None and self.provider.country == "nobody":
            raise UsageError(
                f"{self.provider.name} cannot keep to a country", hint="write it behind the name: 'Tripoli, Lebanon'"
            )
        if limit < 1:
            raise UsageError(f"a limit of {limit} leaves nothing", hint="ask for at least one candidate")
        arguments = self._arguments(country, limit, near)
        return _digest(self.provider.name, self.target.host, words, json.dumps(arguments, sort_keys=True))

    def _kept(self, question: str) -> list[Candidate] | None:
        return None if self.provider.cache_days is None else self._ledger.answer(question)

    def _keep(self, question: str, found: list[Candidate]) -> None:
        if self.provider.cache_days is not None:
            seconds = self.provider.cache_days * _DAY_S
            self._ledger.keep(question, found, seconds if found else min(seconds, _EMPTY_S))

    def _answered(self, name: str, arguments: dict[str, Any], question: str) -> list[Candidate]:
        """Ask until there is an answer, or no more sense in asking."""
        from mapper.geocoder.online.failures import failure_of, resting  # noqa: PLC0415  geopy, only when online

        patience, host = self.patience, self.target.host
        if (until := self._ledger.open_until(self._caller)) > time.time():
            raise resting(host, until)
        for attempt in range(1, patience.attempts + 1):
            try:
                with self._turn():
                    found = self._kept(question)  # others may have asked the same while this waited for its turn
                    if found is None:
                        found = self._asked(name, arguments)
                        self._keep(question, found)
            except (MemoryError, ServiceError, UsageError):
                raise
            except Exception as error:  # geopy lets whatever a wrong answer causes through
                failure = failure_of(error, host, timeout_s=patience.timeout_s)
                pause = self._pause(failure.retry_after_s, attempt)
                if failure.retry_after_s is not None:
                    self._ledger.rest(host, min(failure.retry_after_s, _DAY_S))
                again = failure.again and pause <= patience.longest_wait_s and attempt < patience.attempts
                if not again or self._used_up():
                    self._count(refused=failure.refused, blameless=failure.blameless)
                    raise failure.error from error
                time.sleep(pause)
            else:
                self._ledger.succeeded(self._caller)
                return found
        raise AssertionError("the last attempt returns or raises")

    def _turn(self) -> Any:
        with self._counting:
            if self._used_up():
                raise self._spent()
            self.sent += 1
        a_day = self.provider.requests_a_day if self.target.public else None
        return turn(self.target, self._ledger, longest_wait_s=self.patience.longest_wait_s, requests_a_day=a_day)

    def _asked(self, name: str, arguments: dict[str, Any]) -> list[Candidate]:
        locations = self._geocoder.geocode(name, exactly_one=False, **arguments)
        found = [candidate_of(item, self.provider.name, name, rank) for rank, item in enumerate(locations or ())]
        # The order is the service's judgement of the whole question; importance alone must not overturn it.
        highest = itertools.accumulate((candidate.score for candidate in found), min)
        return [candidate._replace(score=score) for candidate, score in zip(found, highest, strict=True)]

    def _pause(self, retry_after_s: float | None, attempt: int) -> float:
        if retry_after_s is not None:
            return retry_after_s
        backoff_s: float = self.patience.backoff_s * 2 ** (attempt - 1)
        return backoff_s * random.uniform(0.5, 1.0)  # noqa: S311  no secret

    def _count(self, *, refused: bool, blameless: bool) -> None:
        if not blameless:
            trips_after = 1 if refused else self.patience.trips_after
            self._ledger.failed(self._caller, trips_after=trips_after, rests_s=self.patience.rests_s)

    def _used_up(self) -> bool:
        return self.quota is not None and self.sent >= self.quota

    def _spent(self) -> ServiceError:
        return ServiceError(
            f"this run may send {self.quota} requests to {self.target.host}, and no more",
            hint="raise --quota where the terms leave room for it, or use the offline gazetteer",
        )


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
    """Ask an online service for one name; all calls of a process are one run, with one quota.

    Parameters
    ----------
    name, country, near, limit
        As for `Service.search`.
    provider, user_agent, domain, scheme
        As for `Service`.

    Raises
    ------
    UsageError
        No user agent, or no such provider.
    ServiceError
        The service refused, failed, was too slow, or answered what cannot be read.
    """
    from mapper.settings import load  # noqa: PLC0415  reads files: only when something is to be asked

    service = _service_of_this_run(provider, user_agent, domain, scheme, load().cache_dir)
    return service.search(name, country=country, near=near, limit=limit)


@functools.lru_cache(maxsize=16)
def _service_of_this_run(
    provider: str, user_agent: str | None, domain: str | None, scheme: str | None, cache_dir: Path
) -> Service:
    return Service(provider, user_agent=user_agent, domain=domain, scheme=scheme, cache_dir=cache_dir)


def _agent(provider: Provider, target: Target, user_agent: str | None) -> str:
    agent = (user_agent or "").strip()
    program = re.split(r"[/\s(]", agent, maxsplit=1)[0].lower()
    nameless = program == "mozilla" or (program in _NAMELESS and "@" not in agent and "://" not in agent)
    if not agent or not agent.isprintable() or not agent.isascii() or (target.public and nameless):
        raise UsageError(
            f"{provider.name} asks for a named user agent",
            hint="say who asks, such as --user-agent 'my-newsroom/1.0 (desk@example.org)'",
        )
    return agent


def _key(provider: Provider, key: str | None) -> str | None:
    if provider.key is None:
        return None
    variable = f"MAPPER_{provider.name.upper()}_KEY"
    key = (key or os.environ.get(variable, "")).strip()
    if not key and provider.key_required:
        raise UsageError(f"{provider.name} wants a key", hint=f"get one ({provider.terms}), and set {variable} to it")
    return key or None


def _geocoder(provider: Provider, target: Target, user_agent: str, key: str | None, timeout_s: float) -> Any:
    from geopy.geocoders import get_geocoder_for_service  # noqa: PLC0415  only when online

    from mapper.geocoder.online.transport import Adapter  # noqa: PLC0415  the same

    options: dict[str, Any] = {
        "domain": target.host,
        "scheme": target.scheme,
        "user_agent": user_agent,
        "timeout": timeout_s,
        "adapter_factory": Adapter,
    }
    if provider.key is not None:
        options[provider.key] = key
    return get_geocoder_for_service(provider.name)(**options)


def _drawn_near(candidate: Candidate, near: tuple[float, float]) -> Candidate:
    place = candidate.place
    metres = azimuth_m(lat=near[0], lon=near[1], to_lat=place.lat, to_lon=place.lon)[1]
    return candidate._replace(score=round(0.5 * candidate.score + 0.5 * math.exp(-metres / _NEAR_SCALE_M), 4))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
