"""Where an outlet is at home, and what that says of an ambiguous name in one of its reports.

"Dublin" in a paper of Dublin, Ohio, is seldom the capital of Ireland, and the report does not say so: the paper's other
reports do, by the counties and towns around it that they name. So these names vote, each once, however often it comes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import numpy as np

from mapper.geocoder.mentions import EARTH_KM, admin1_of, unit_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from mapper.geocoder.mentions import Floats, Mentions
    from mapper.records import Document, Place

__all__ = ["Home", "Homes", "Neighbours", "Voice", "outlet_of"]

COUNTRY, ADMIN1, NEAR, FAR = 3.0, 3.0, 3.0, 3.0
"""What the other reports' country, province, and places within some 100 and 500 km add to a score at most."""

NEAR_KM, FAR_KM, NEAR_ENOUGH = 100.0, 500.0, 3.0


class Voice(NamedTuple):
    """A place that a name may mean in a report, with its probability; `local` says that nearness to it counts."""

    country: str
    admin1: str
    lat: float
    lon: float
    local: bool
    chance: float

    @classmethod
    def of(cls, place: Place, *, local: bool, chance: float) -> Voice:
        """Take what counts of a place."""
        return cls(place.country_code, admin1_of(place), place.lat, place.lon, local, chance)


def outlet_of(document: Document) -> str | None:
    """Name the outlet of a report: the host of its address, without "www."."""
    try:
        host = urlsplit(document.url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.").rstrip(".") or None if host else None


@dataclass(slots=True)
class Home:
    """What the reports of one outlet name: name -> report -> the places it may mean there."""

    names: dict[str, dict[str, tuple[Voice, ...]]] = field(default_factory=dict)

    def add(self, report: str, name: str, voices: tuple[Voice, ...]) -> None:
        """Add what a name may mean in a report."""
        self.names.setdefault(name, {})[report] = voices

    def without(self, report: str) -> Neighbours | None:
        """Lay out what the outlet's other reports say; None where it has none that name a place."""
        voices: list[Voice] = []
        said: list[str] = []
        weights: list[float] = []
        totals: dict[str, float] = {}
        for name, reports in self.names.items():
            others = [spoken for key, spoken in reports.items() if key != report]
            if not others:
                continue
            totals[name] = 1.0 + float(np.log(len(others)))
            for voice in (v for spoken in others for v in spoken):
                voices.append(voice)
                said.append(name)
                weights.append(voice.chance * totals[name] / len(others))
        return Neighbours.of(voices, said, weights, totals) if voices else None


@dataclass(frozen=True, slots=True)
class Homes:
    """The homes of outlets, by their host."""

    by_outlet: Mapping[str, Home]

    def around(self, document: Document) -> Neighbours | None:
        """Give what the other reports of a report's outlet say."""
        home = self._home_of(document)
        return home.without(document.id) if home else None

    def mark(self, document: Document) -> str:
        """Give a digest of what is known of a report's outlet, "" where nothing is."""
        home = self._home_of(document)
        return hashlib.sha256(repr(home).encode("utf-8", "surrogatepass")).hexdigest() if home else ""

    def _home_of(self, document: Document) -> Home | None:
        outlet = outlet_of(document)
        return self.by_outlet.get(outlet) if outlet else None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The places that other reports name, laid out as arrays; `totals` holds what each of their names weighs."""

    names: tuple[str, ...]
    country: NDArray[np.str_]
    admin1: NDArray[np.str_]
    xyz: Floats
    local: NDArray[np.bool_]
    weight: Floats
    totals: Mapping[str, float]

    @classmethod
    def of(
        cls, voices: Iterable[Voice], names: list[str], weights: list[float], totals: Mapping[str, float]
    ) -> Neighbours:
        """Lay voices out, one row each."""
        country, admin1, lat, lon, local, _ = zip(*voices, strict=True)
        return cls(
            names=tuple(names),
            country=np.array(country),
            admin1=np.array(admin1),
            xyz=unit_vectors(np.array(lat, dtype=np.float64), np.array(lon, dtype=np.float64)),
            local=np.array(local, dtype=np.bool_),
            weight=np.array(weights, dtype=np.float64),
            totals=totals,
        )

    def votes(self, table: Mentions) -> Floats:
        """Score what they say of each row of a table; a name has no voice on itself, nor "Dublin City" on "Dublin"."""
        places = [c.place for c in table.rows]
        akin = np.array([[_akin(name, said) for said in self.totals] for name in table.written], dtype=np.bool_)
        total = np.array(list(self.totals.values()))
        rest = np.maximum(1e-9, (~akin * total).sum(axis=1))[table.owner]
        shrink = rest / (rest + 1.0)
        said = {name: n for n, name in enumerate(self.totals)}
        weight = ~akin[table.owner][:, [said[name] for name in self.names]] * self.weight
        country = _shared(np.array([p.country_code for p in places]), self.country, weight) / rest
        admin1 = _shared(np.array([admin1_of(p) for p in places]), self.admin1, weight) / rest
        distance = EARTH_KM * np.arccos(np.clip(table.xyz @ self.xyz.T, -1.0, 1.0))
        around = weight * self.local[None, :]
        near = np.minimum(NEAR_ENOUGH, (np.exp(-distance / NEAR_KM) * around).sum(axis=1)) / NEAR_ENOUGH
        far = (np.exp(-distance / FAR_KM) * around).sum(axis=1) / rest
        smaller = table.kind != 0
        score = COUNTRY * country * shrink + (ADMIN1 * admin1 * shrink + NEAR * near + FAR * far * shrink) * smaller
        return np.asarray(score, dtype=np.float64)


def _akin(name: str, other: str) -> bool:
    """Whether one name is the other with more words around it."""
    shorter, longer = sorted((f" {name} ", f" {other} "), key=len)
    return shorter in longer


def _shared(codes: NDArray[np.str_], others: NDArray[np.str_], weight: Floats) -> Floats:
    same = (codes[:, None] == others[None, :]) & (codes != "")[:, None]
    return np.asarray((same * weight).sum(axis=1), dtype=np.float64)
