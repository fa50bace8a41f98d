"""Where the rows of others happened, as geometry: points where they are points, outlines where they are areas.

Publishers put a province, a country or a sea on a point in its middle, or on its capital. Such a row gets the outline
of the gazetteer here, if that outline lies about the publisher's point; a district without an outline gets a circle of
a district's size around it; all else stays without geometry. A point that contradicts its own row (off the globe,
turned round, in another country far from the one it names) is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from mapper.frames import WHERE_PREC
from mapper.geocoder.geodesy import circle, equivalent_radius_m

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from mapper.formats.schemes.reading.told import Where
    from mapper.gazetteer import Gazetteer
    from mapper.records import Place

__all__ = ["Placed", "place"]

SETTLEMENT_M: Final = 2_500.0
"""Radius around a point that stands for a town, of whose size nothing is known."""

NEAR_M: Final = 25_000.0
"""Radius around a point that is near a place: UCDP's codebook says about 25 km for where_prec 2."""

DISTRICT_M: Final = 25_000.0
"""Radius around the middle of a district (adm2) without an outline: the median one covers some 2,000 square km."""

_POINTS: Final = {"settlement": SETTLEMENT_M, "near": NEAR_M}
_COUNTRIES: Final = frozenset({"PCL", "PCLI", "PCLD", "PCLF", "PCLS", "PCLIX", "PCLH", "TERR"})
_CLASSES: Final = {
    "adm2": frozenset({"ADM2", "ADM3"}),
    "adm1": frozenset({"ADM1"}),
    "region": frozenset({"L", "T", "H", "ADM1"}),
    "water": frozenset({"H"}),
}
_STRAY: Final = 1.0
"""Degrees (some 100 km) that a point may lie in another country than its row names: publishers draw other borders."""

_ABOUT: Final = 0.5
"""Degrees by which the publisher's stand-in may miss the outline of what it stands for."""

_OFF_GLOBE = "latitude and longitude are off the globe: kept without a place on the map"
_TURNED = "latitude and longitude look turned round: kept without a place on the map"
_NOWHERE = "0, 0 is no place: kept without a place on the map"
_ELSEWHERE = "the point lies far from the country that the row names: kept without a place on the map"


@dataclass(slots=True)
class Placed:
    """Columns of the incidents layer that say where, and what is to be said of the rows.

    Attributes
    ----------
    problems
        Reasons, with the rows (from 0) whose point is not shown.
    without
        The rows of areas without an outline, by precision.
    """

    columns: dict[str, list[Any]]
    geometry: Any
    problems: dict[str, list[int]] = field(default_factory=dict)
    without: dict[str, list[int]] = field(default_factory=dict)


def place(where: Where, gazetteer: Gazetteer) -> Placed:
    """Give every row its geometry and uncertainty.

    Parameters
    ----------
    where
        What the rows say.
    gazetteer
        Where countries and outlines are looked up, each name once.

    Returns
    -------
    Placed
        Geometries in EPSG:4326: Points only for rows that the publisher itself counts as a place or near one.
    """
    import numpy as np  # noqa: PLC0415  (slow imports, only when such a file is read)
    import shapely  # noqa: PLC0415

    count = len(where.precision)
    lat, lon = np.asarray(where.lat, dtype=float), np.asarray(where.lon, dtype=float)
    areas = _Areas(gazetteer)
    countries = [areas.country(name) if name else None for name in where.country]
    problems = _unsound(lat, lon, countries, areas)
    for rows in problems.values():
        lat[rows] = lon[rows] = np.nan

    level = np.asarray(where.precision, dtype=object)
    geometry = np.full(count, None, dtype=object)
    radius = np.full(count, np.nan)
    finite = np.isfinite(lat) & np.isfinite(lon)
    for name, reach in _POINTS.items():
        here = np.flatnonzero((level == name) & finite)
        geometry[here] = shapely.points(lon[here], lat[here])
        radius[here] = reach
    found: list[Place | None] = [None] * count
    without: dict[str, list[int]] = {}
    for row in np.flatnonzero(~np.isin(level, list(_POINTS))).tolist():
        point = (float(lat[row]), float(lon[row])) if finite[row] else None
        names = (where.admin1[row], where.admin2[row], where.name[row])
        found[row], geometry[row], size = areas.area(where.precision[row], countries[row], names, point)
        if geometry[row] is None:
            without.setdefault(level[row], []).append(row)
        else:
            radius[row] = size
    columns: dict[str, list[Any]] = {
        "place_role": ["happened" if name or shown else None for name, shown in zip(where.name, geometry, strict=True)],
        "place_name": list(where.name),
        "admin1": list(where.admin1),
        "country": [land.name if land else name for land, name in zip(countries, where.country, strict=True)],
        "country_code": [land.country_code if land else None for land in countries],
        "gazetteer": [one.gazetteer if one else None for one in found],
        "gazetteer_id": [one.gazetteer_id if one else None for one in found],
        "feature_code": [one.feature_code if one else None for one in found],
        "precision": list(where.precision),
        "where_prec": [WHERE_PREC.get(name) for name in where.precision],
        "uncertainty_m": [None if np.isnan(metres) else float(metres) for metres in radius],
    }
    return Placed(columns, geometry, problems, without)


def _unsound(lat: Any, lon: Any, countries: list[Place | None], areas: _Areas) -> dict[str, list[int]]:
    """Find the rows whose point contradicts itself or the country that they name."""
    import numpy as np  # noqa: PLC0415

    given = np.isfinite(lat) & np.isfinite(lon)
    with np.errstate(invalid="ignore"):
        off = given & ((np.abs(lat) > 90) | (np.abs(lon) > 180))
        turnable = given & (np.abs(lat) <= 180) & (np.abs(lon) <= 90)
    nowhere = given & (lat == 0) & (lon == 0)
    usable = given & ~off & ~nowhere
    named = np.asarray([land.country_code if land else "" for land in countries], dtype=object)
    there = np.full(len(lat), "", dtype=object)
    there[usable] = areas.countries_at(lat[usable], lon[usable])
    far = np.zeros(len(lat), dtype=bool)
    for row in np.flatnonzero(usable & (named != "") & (there != named)).tolist():
        far[row] = areas.strays(countries[row], lat=lat[row], lon=lon[row])
    turned = np.zeros(len(lat), dtype=bool)
    doubtful = np.flatnonzero((far | off) & turnable & (named != ""))
    turned[doubtful] = areas.countries_at(lon[doubtful], lat[doubtful]) == named[doubtful]
    found = {
        _TURNED: turned,
        _OFF_GLOBE: off & ~turned,
        _NOWHERE: nowhere,
        _ELSEWHERE: far & ~turned & (there != ""),  # at sea, ships are far from the country that a row names
    }
    return {reason: np.flatnonzero(rows).tolist() for reason, rows in found.items() if rows.any()}


class _Areas:
    """The gazetteer, asked once for every name and once for every point."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._countries: dict[str, Place | None] = {}
        self._outlines: dict[tuple[str, str], tuple[BaseGeometry | None, float]] = {}
        self._areas: dict[tuple[Any, ...], tuple[Place | None, BaseGeometry | None, float]] = {}

    def country(self, name: str) -> Place | None:
        """Find a country by any of its names; "DR Congo (Zaire)" has two."""
        if name not in self._countries:
            before = name.partition("(")[0].strip()
            forms = dict.fromkeys(form for form in (name, before) if form)
            found = (self._gazetteer.lookup(form, feature_classes=_COUNTRIES, limit=1) for form in forms)
            self._countries[name] = next((answer[0].place for answer in found if answer), None)
        return self._countries[name]

    def countries_at(self, lat: Any, lon: Any) -> Any:
        """Give the country code of each point, "" for none."""
        import numpy as np  # noqa: PLC0415

        if not len(lat):
            return np.empty(0, dtype=object)
        pairs, back = np.unique(np.column_stack([lon, lat]), axis=0, return_inverse=True)
        codes = np.asarray(self._gazetteer.countries_at(pairs[:, 0], pairs[:, 1]), dtype=object)
        return codes[back.ravel()]

    def strays(self, land: Place | None, *, lat: float, lon: float) -> bool:
        """Tell whether a point lies far from a country."""
        return land is not None and not self._about(self._outline(land)[0], (lat, lon), _STRAY)

    def area(
        self,
        level: str,
        land: Place | None,
        names: tuple[str | None, str | None, str | None],
        point: tuple[float, float] | None,
    ) -> tuple[Place | None, BaseGeometry | None, float]:
        """Give the place, its outline (None where there is none) and the radius in metres of a circle of its size."""
        key = (level, land and land.country_code, names, point)
        if key not in self._areas:
            self._areas[key] = self._find(level, land, names, point)
        return self._areas[key]

    def _find(
        self,
        level: str,
        land: Place | None,
        names: tuple[str | None, str | None, str | None],
        point: tuple[float, float] | None,
    ) -> tuple[Place | None, BaseGeometry | None, float]:
        admin1, admin2, name = names
        if level == "country" and land is not None:
            return (land, *self._outline(land))
        ways = {"adm2": (admin2, name), "adm1": (admin1, name), "region": (name,), "water": (name,)}
        for place in self._named(level, land, ways.get(level, ())):
            shape, size = self._outline(place)
            if shape is not None and self._about(shape, point, _ABOUT):
                return place, shape, size
        if level == "adm2" and point is not None:
            return None, circle(lat=point[0], lon=point[1], radius_m=DISTRICT_M), DISTRICT_M
        return None, None, 0.0

    def _named(self, level: str, land: Place | None, names: Iterable[str | None]) -> Iterable[Place]:
        if land is None and level != "water":
            return
        within = None if level == "water" else {land.country_code} if land else set()
        for name in dict.fromkeys(name for name in names if name):
            found = self._gazetteer.lookup(name, countries=within, feature_classes=_CLASSES[level], limit=5)
            yield from (candidate.place for candidate in found)

    def _outline(self, place: Place) -> tuple[BaseGeometry | None, float]:
        key = (place.gazetteer, place.gazetteer_id)
        if key not in self._outlines:
            shape = self._gazetteer.geometry(place)
            known = shape is not None and not shape.is_empty
            self._outlines[key] = (shape, equivalent_radius_m(shape)) if shape is not None and known else (None, 0.0)
        return self._outlines[key]

    @staticmethod
    def _about(shape: BaseGeometry | None, point: tuple[float, float] | None, degrees: float) -> bool:
        """Tell whether a point (lat, lon), where there is one, lies in an outline or close to it."""
        import shapely  # noqa: PLC0415

        if shape is None or point is None:
            return True
        return bool(shapely.dwithin(shape, shapely.Point(point[1], point[0]), degrees))
