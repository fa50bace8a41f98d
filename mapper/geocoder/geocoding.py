"""One name at a time: "Mashtal", "Mashtal, Baghdad", "Paris, Texas" to candidates, the likeliest first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mapper.errors import UsageError
from mapper.geocoder.areas import precision_of, settlement_radius_m
from mapper.geocoder.geodesy import azimuth_m
from mapper.geocoder.names import candidates_of

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer
    from mapper.records import Candidate, Place

__all__ = ["geocode"]

_POOL = 200
_BESIDE_TOWN_M = 15_000.0
"""A neighbourhood lies within this of its town's centre, or within twice the town's own radius."""

_NEAR_SCALE_M = 100_000.0
_CONTAINERS = 8


def geocode(
    name: str,
    gazetteer: Gazetteer,
    *,
    country: str | None = None,
    near: tuple[float, float] | None = None,
    limit: int = 10,
    provider: str = "gazetteer",
    user_agent: str | None = None,
    domain: str | None = None,
    scheme: str | None = None,
) -> list[Candidate]:
    """Look up a place by its name, with what it lies in after commas.

    Parameters
    ----------
    name
        "Mashtal", "Mashtal, Baghdad", "Paris, Texas".
    gazetteer
        Where places come from, unless an online service is asked.
    country
        ISO 3166-1 alpha-2 code that the place must lie in.
    near
        (lat, lon) in degrees: of equally good places the closer one comes first.
    limit
        At most so many candidates.
    provider
        "gazetteer", or an online service: "nominatim", "photon", ... (see `mapper.geocoder.online`).
    user_agent, domain, scheme
        For an online service: who asks (required), and another host than the public one.

    Returns
    -------
    list[Candidate]
        The likeliest first, scores 0-1; empty when no such place is known.

    Raises
    ------
    UsageError
        A wrong country code or coordinate, an unknown provider, or an online service without a user agent.
    ServiceError
        The online service refused or failed.
    """
    country = _checked(country, near, limit)
    if not name.strip():
        raise UsageError("there is no name to look up", hint="give a place name, such as 'Mashtal, Baghdad'")
    if provider != "gazetteer":
        from mapper.geocoder.online import search  # noqa: PLC0415

        return search(
            name, provider=provider, user_agent=user_agent, country=country, near=near, limit=limit, domain=domain,
            scheme=scheme
        )  # fmt: skip
    found = _looked_up(name, gazetteer)
    if country is not None:
        found = [c for c in found if c.place.country_code == country]
    if near is not None:
        found = [_drawn_near(c, near) for c in found]
    return sorted(found, key=lambda c: -c.score)[:limit]


def _checked(country: str | None, near: tuple[float, float] | None, limit: int) -> str | None:
    if country is not None and not (len(country) == 2 and country.isalpha() and country.isascii()):
        raise UsageError(f"{country!r} is not a country code", hint="give two letters of ISO 3166-1, such as IQ")
    if near is not None and not (abs(near[0]) <= 90 and abs(near[1]) <= 180):
        raise UsageError(f"{near[0]}, {near[1]} is not on the Earth", hint="give latitude, then longitude, in degrees")
    if limit < 1:
        raise UsageError(f"a limit of {limit} leaves nothing", hint="ask for at least one candidate")
    return country.upper() if country else None


def _looked_up(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    whole = list(candidates_of(name, gazetteer, limit=_POOL, reach=0).candidates)
    parts = [p.strip() for p in name.split(",") if p.strip()]
    if len(parts) == 1:
        whole = whole if whole and whole[0].match != "loose" else _split_by_words(name, gazetteer) or whole
        return whole or list(candidates_of(name, gazetteer, limit=_POOL).candidates) or _misspelt(name, gazetteer)
    if whole and whole[0].match in {"exact", "alternate"}:
        return whole  # "Washington, D.C." is a name of its own
    return _within(parts, gazetteer)


def _within(parts: list[str], gazetteer: Gazetteer) -> list[Candidate]:
    """Candidates of the first part that lie in places of all the others; of the first part alone where none does."""
    found = list(candidates_of(parts[0], gazetteer, limit=_POOL, reach=2).candidates)
    found = found or list(candidates_of(parts[0], gazetteer, limit=_POOL).candidates) or _misspelt(parts[0], gazetteer)
    kept = found
    for part in parts[1:]:
        containers = candidates_of(part, gazetteer, limit=_CONTAINERS, reach=2).candidates
        inside = []
        for candidate in kept:
            held = [c.score for c in containers if _lies_in(candidate.place, c.place)]
            if held:
                inside.append(candidate._replace(score=round(math.sqrt(candidate.score * max(held)), 4)))
        if containers and not inside:
            return [c._replace(score=round(c.score / 4, 4)) for c in found]
        kept = inside or kept
    return kept


def _misspelt(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    # A person who types a name sees what comes back; a report's unknown name must not become another place.
    return gazetteer.lookup(name, limit=_POOL, fuzzy=True)


def _split_by_words(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Read "Paris Texas": a name the gazetteer lacks may be a place and what it lies in, without the comma."""
    words = name.split()
    for cut in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        if gazetteer.knows(head) and gazetteer.knows(tail):
            found = _within([head, tail], gazetteer)
            if found and any(_lies_in(found[0].place, c.place) for c in gazetteer.lookup(tail, limit=_CONTAINERS)):
                return found
    return []


def _lies_in(place: Place, container: Place) -> bool:
    if place.gazetteer_id == container.gazetteer_id and place.gazetteer == container.gazetteer:
        return False
    precision = precision_of(container)
    if precision == "country":
        return place.country_code == container.country_code
    if place.country_code != container.country_code and container.country_code:
        return False
    if precision == "adm1":
        return bool(container.admin1_code) and place.admin1_code == container.admin1_code
    if precision == "adm2":
        same = place.admin1_code == container.admin1_code and place.admin2_code == container.admin2_code
        return same and bool(container.admin2_code)
    metres = azimuth_m(lat=place.lat, lon=place.lon, to_lat=container.lat, to_lon=container.lon)[1]
    if precision in {"settlement", "site"}:
        return metres <= max(_BESIDE_TOWN_M, 2 * settlement_radius_m(container))
    if container.bounds is None:
        return False
    west, south, east, north = container.bounds
    across = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
    return south <= place.lat <= north and across


def _drawn_near(candidate: Candidate, near: tuple[float, float]) -> Candidate:
    place = candidate.place
    metres = azimuth_m(lat=near[0], lon=near[1], to_lat=place.lat, to_lon=place.lon)[1]
    return candidate._replace(score=round(0.5 * candidate.score + 0.5 * math.exp(-metres / _NEAR_SCALE_M), 4))
