"""Names that the gazetteer lacks, asked of an online service that the user has named for it.

A service knows nothing of the report, and answers a village's name with any village of that name. So an answer counts
only when it has the very name, and lies in a country that the report speaks of; of several the one nearest to the
report's own places. It is marked with the service and whom to name for it, and never surer than even odds.
"""

from __future__ import annotations

import functools
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.errors import ServiceError, UsageError
from mapper.gazetteer import fold
from mapper.geocoder.areas import POINT_PRECISIONS, extent_of, stand_in_of
from mapper.geocoder.geodesy import azimuth_m
from mapper.geocoder.names import queries
from mapper.geocoder.online.service import Service

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mapper.gazetteer import Gazetteer
    from mapper.records import Candidate, Resolution

__all__ = ["Fallback", "fallback_of"]

SCORE = 0.5
"""Chance that is given to an answer: no corpus says how often such are right."""

SURE = 0.5
"""Score from which a place of the report says where others of it may lie."""

ONE_PLACE_M = 50_000.0
"""Answers this near to each other are one place, where the report names no country to choose by."""

KEPT, ASKED_FOR = 5, 10
_SHORTEST, _LONGEST = 3, 100

_log = logging.getLogger(__name__)


class Fallback:
    """One service that is asked, through a whole run, for what the gazetteer lacks.

    Parameters
    ----------
    service
        Whom to ask; its quota, its cache and its terms hold. The names of a run count together: where the terms allow
        but a few at once, the rest stay unknown.

    Raises
    ------
    UsageError
        The terms of the service do not let answers be kept, as results do.
    """

    def __init__(self, service: Service) -> None:
        if service.provider.cache_days is None:
            raise UsageError(
                f"{service.provider.name} lets answers be shown, not kept, as results would",
                hint="name another service, such as photon, or a server of your own",
            )
        self.service = service
        self._new = 0
        self._warned = False

    def filled(self, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
        """Give the unresolved toponyms of a document what the service says of them, where that can be believed.

        Parameters
        ----------
        resolutions
            In text order.
        gazetteer
            Which names it has.

        Returns
        -------
        list[Resolution]
            As many, in the same order. What the service knows has it as ``place.gazetteer``. A failure is a warning,
            once in a run, and the name stays unknown.
        """
        sure = [r for r in resolutions if r.place is not None and r.score >= SURE]
        return [self._found(r, sure, gazetteer) if _may_be_asked(r) else r for r in resolutions]

    def _found(self, resolution: Resolution, sure: Sequence[Resolution], gazetteer: Gazetteer) -> Resolution:
        name = next(queries(resolution.toponym.text))[0]
        candidates = [c for c in self._asked(name) if _is_called(c, name)]
        chosen = _chosen(candidates, sure)
        if chosen is None:
            return resolution
        place = chosen.place
        extent = extent_of(place, gazetteer) if place.feature_class in {"P", "S", "R"} else stand_in_of(place)
        others = [c._replace(score=0.0) for c in candidates if c is not chosen]
        provider = self.service.provider
        return replace(
            resolution,
            place=place,
            geometry=extent.geometry,
            precision=extent.precision,
            uncertainty_m=round(extent.uncertainty_m, 1),
            score=SCORE,
            margin=SCORE,
            candidates=(chosen._replace(score=SCORE), *others)[:KEPT],
            reasons=(*resolution.reasons, f"asked of {provider.name}: {place.name}", self.service.attribution),
        )

    def _asked(self, name: str) -> list[Candidate]:
        try:
            self.service.admit([name], limit=ASKED_FOR, before=self._new)
            sent = self.service.sent
            try:
                return self.service.search(name, limit=ASKED_FOR)
            finally:
                self._new += self.service.sent > sent
        except ServiceError as error:
            if not self._warned:
                self._warned = True
                _log.warning("%s; names that it was not asked for, or did not answer, stay unknown", error)
            return []


@functools.lru_cache(maxsize=4)
def fallback_of(provider: str, user_agent: str, cache_dir: Path, domain: str | None = None) -> Fallback:
    """Give the fallback of this process: all reports that it reads are one run, with one quota.

    Raises
    ------
    UsageError
        No such service, one whose answers may not be kept, or nobody named who asks.
    """
    return Fallback(Service(provider, user_agent=user_agent, cache_dir=cache_dir, domain=domain))


def _may_be_asked(resolution: Resolution) -> bool:
    name = resolution.toponym.text
    return (
        resolution.place is None
        and resolution.toponym.kind in {"literal", "metonymic", "relative"}
        and _SHORTEST <= len(name) <= _LONGEST
        and name.isprintable()
        and any(map(str.isalpha, name))
    )


def _is_called(candidate: Candidate, name: str) -> bool:
    return fold(candidate.place.name) == fold(name)


def _chosen(candidates: Sequence[Candidate], sure: Sequence[Resolution]) -> Candidate | None:
    """Choose by the company that the name keeps; None where nothing speaks for any answer."""
    codes = {r.place.country_code for r in sure if r.place is not None and r.place.country_code}
    if not codes:
        first = candidates[0] if candidates else None
        return first if first is not None and all(_apart_m(first, c) <= ONE_PLACE_M for c in candidates) else None
    near = [c for c in candidates if c.place.country_code in codes]
    return min(near, key=lambda c: _away_m(c, sure), default=None)


def _apart_m(one: Candidate, other: Candidate) -> float:
    return azimuth_m(lat=one.place.lat, lon=one.place.lon, to_lat=other.place.lat, to_lon=other.place.lon)[1]


def _away_m(candidate: Candidate, sure: Sequence[Resolution]) -> float:
    """Metres to the nearest settlement or site that the report is sure of; all alike where there is none."""
    here = candidate.place
    there = [r.place for r in sure if r.place is not None and r.precision in POINT_PRECISIONS]
    return min(
        (azimuth_m(lat=here.lat, lon=here.lon, to_lat=p.lat, to_lon=p.lon)[1] for p in there),
        default=0.0,
    )
