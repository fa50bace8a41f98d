"""Several gazetteers as one: the user's own places first, then the others in the order in which they were named.

Candidates of an earlier gazetteer come before those of a later one where both know the name as well; a name that one
knows exactly is never answered with what another finds by a looser key. An id is looked for in one after another.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from mapper.gazetteer.lookup import Gazetteer
from mapper.gazetteer.opening import open_several

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapper.places import Candidate, Place

__all__ = ["LayeredGazetteer"]

_BY_SOUND = ("loose", "fuzzy")
_NOBODY = "-"


class LayeredGazetteer(Gazetteer):
    """Several opened gazetteers, the first before the others.

    Parameters
    ----------
    members
        At least one; the last is the one whose outlines are asked for what lies near no other.
    """

    def __init__(self, members: Sequence[Gazetteer]) -> None:
        self.members = tuple(members)
        self.path = members[-1].path
        self.max_words = max(member.max_words for member in members)

    def __reduce__(self) -> tuple[object, ...]:
        return open_several, (tuple(str(member.path) for member in self.members),)

    def __repr__(self) -> str:
        return f"LayeredGazetteer({[str(member.path) for member in self.members]!r})"

    # Names -----------------------------------------------------------------------------------------------------------

    def knows(self, name: str) -> bool:
        """Say whether any of them holds the name, as written, under its exact key."""
        return any(member.knows(name) for member in self.members)

    def lookup(
        self,
        name: str,
        *,
        countries: Collection[str] | None = None,
        feature_classes: Collection[str] | None = None,
        bounds: tuple[float, float, float, float] | None = None,
        near: tuple[float, float] | None = None,
        within_m: float = 100_000.0,
        limit: int = 50,
        fuzzy: bool = False,
    ) -> list[Candidate]:
        """Give the places that a name may mean; see `Gazetteer.lookup`."""
        return self._merged(
            lambda member: member.lookup(
                name, countries=countries, feature_classes=feature_classes, bounds=bounds, near=near,
                within_m=within_m, limit=limit, fuzzy=fuzzy,
            ),
            limit,
        )  # fmt: skip

    def starting(self, prefix: str, *, limit: int = 20) -> list[Candidate]:
        """Give places with a name that begins so; see `Gazetteer.starting`."""
        return self._merged(lambda member: member.starting(prefix, limit=limit), limit)

    def contained(self, name: str, *, limit: int = 50) -> list[Candidate]:
        """Give the places of the longest known name within a name; see `Gazetteer.contained`."""
        return self._merged(lambda member: member.contained(name, limit=limit), limit)

    def _merged(self, ask: Callable[[Gazetteer], list[Candidate]], limit: int) -> list[Candidate]:
        answers = [[self._named(candidate) for candidate in ask(member)] for member in self.members]
        exact = [[c for c in answer if c.match not in _BY_SOUND] for answer in answers]
        chosen = exact if any(exact) else answers
        found: list[Candidate] = []
        seen: set[tuple[str, str]] = set()
        for candidate in (c for answer in chosen for c in answer):
            key = (candidate.place.gazetteer, candidate.place.gazetteer_id)
            if key not in seen:
                seen.add(key)
                found.append(candidate)
        # An earlier gazetteer's answer is never worth less than a later one's: scores go on falling.
        best = 0.0
        for index in range(len(found) - 1, -1, -1):
            best = max(best, found[index].score)
            if found[index].score < best:
                found[index] = found[index]._replace(score=best)
        return found[:limit]

    def _named(self, candidate: Candidate) -> Candidate:
        place = self._with_units(candidate.place)
        return candidate if place is candidate.place else candidate._replace(place=place)

    def _with_units(self, place: Place) -> Place:
        """Name country and province of a place from the other gazetteers, where its own does not hold them."""
        if place.country_code and not place.country:
            country = self.country(place.country_code)
            unit = self.admin1(place.country_code, place.admin1_code) if place.admin1_code else None
            if country is not None:
                return place._replace(country=country.name, admin1=unit.name if unit else "")
        return place

    # Places ----------------------------------------------------------------------------------------------------------

    def place(self, gazetteer_id: str) -> Place | None:
        """Give the place with this id."""
        found = self._first(lambda member: member.place(gazetteer_id))
        return self._with_units(found) if found is not None else None

    def country(self, code: str) -> Place | None:
        """Give a country by its ISO 3166-1 alpha-2 code."""
        return self._first(lambda member: member.country(code))

    def admin1(self, country_code: str, admin1_code: str) -> Place | None:
        """Give a first-level unit by its country's code and GeoNames' admin1 code."""
        return self._first(lambda member: member.admin1(country_code, admin1_code))

    def admin1s(self, country_code: str) -> list[Place]:
        """Give all first-level units of a country; of one that several hold, the first gazetteer's."""
        found = {place.admin1_code: place for m in reversed(self.members) for place in m.admin1s(country_code)}
        return [found[code] for code in sorted(found)]

    def _first(self, ask: Callable[[Gazetteer], Place | None]) -> Place | None:
        return next((place for member in self.members if (place := ask(member)) is not None), None)

    def sites(self, country_code: str, feature_codes: Collection[str]) -> list[Place]:
        """Give the places of a country with one of these feature codes."""
        found = {
            (p.gazetteer, p.gazetteer_id): p
            for m in reversed(self.members)
            for p in m.sites(country_code, feature_codes)
        }
        return [self._with_units(place) for place in sorted(found.values(), key=lambda p: -p.population)]

    def certainty(self, place: Place) -> str:
        """Say how sure the point of a place is; see `Gazetteer.certainty`."""
        return next((word for member in self.members if (word := member.certainty(place))), "")

    # Outlines --------------------------------------------------------------------------------------------------------

    def geometry(self, place: Place) -> BaseGeometry | None:
        """Give the outline of a place from the first that holds one."""
        shapes = (member.geometry(place) for member in self.members)
        return next((shape for shape in shapes if shape is not None), None)

    def countries_at(self, lons: Any, lats: Any) -> list[str]:
        """Give the country of each point: what an earlier gazetteer's outlines hold, else what the last one says."""
        found = self.members[-1].countries_at(lons, lats)
        for member in reversed(self.members[:-1]):
            own = member.outlines_at("country", lons, lats)
            found = ["" if code == _NOBODY else code or old for code, old in zip(own, found, strict=True)]
        return found

    def outlines_at(self, layer: str, lons: Any, lats: Any) -> list[str]:
        """Give the code of the outline that holds each point, the first gazetteer's first."""
        answers = [member.outlines_at(layer, lons, lats) for member in self.members]
        return [next((code for code in codes if code), "") for codes in zip(*answers, strict=True)]

    # About -----------------------------------------------------------------------------------------------------------

    def info(self) -> dict[str, Any]:
        """Tell what is in them: the last one's figures, the sources of all, and each member with version and sha256."""
        infos = [member.info() for member in self.members]
        parts = [{key: info[key] for key in ("path", "version", "sha256", "size", "counts")} for info in infos]
        counts: dict[str, int] = {}
        for info in infos:
            for key, number in info["counts"].items():
                counts[key] = counts.get(key, 0) + number
        digest = hashlib.sha256("".join(part["sha256"] for part in parts).encode()).hexdigest()
        return infos[-1] | {
            "version": " + ".join(part["version"] for part in parts),
            "sha256": digest,
            "size": sum(part["size"] for part in parts),
            "counts": counts,
            "gazetteers": parts,
            "sources": [source for info in infos for source in info["sources"]],
            "attribution": sorted({line for info in infos for line in info["attribution"]}),
        }
