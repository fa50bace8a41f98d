"""What a place is on the map: how precise, which geometry, how uncertain.

A site or settlement is a point with a radius; a country, province, sea or region is an area. An area without a polygon
in the gazetteer becomes a geodesic circle of its known or typical size, never a bare point at its middle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mapper.geocoder.geodesy import azimuth_m, circle, equivalent_radius_m

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapper.gazetteer import Gazetteer
    from mapper.records import Place, Precision

__all__ = ["POINT_PRECISIONS", "Extent", "extent_of", "precision_of", "settlement_radius_m", "stand_in_of"]

POINT_PRECISIONS: frozenset[Precision] = frozenset({"site", "settlement", "near"})

URBAN_DENSITY = 5_000.0
"""People a square kilometre of a town: the middle of the range that urban atlases give (2,000 to 15,000)."""

MIN_SETTLEMENT_M = 1_000.0
UNKNOWN_SETTLEMENT_M = 2_500.0
SITE_M = 1_000.0
DISTRICT_OF_CITY_M = 1_500.0

SUPPLEMENT_M = 3_000.0
"""Least uncertainty of a district or site of the supplement: its coordinates were read off maps by hand."""

_LAYERS = frozenset({"naturalearth", "geonames", "supplement"})
"""Where outlines of seas and regions are Natural Earth's; those of a user's own gazetteer are believed."""

_SITE_CODES = frozenset({"MILB", "AIRB", "INSM", "FT", "CMP", "PRT"})
_COUNTRY_CODES = frozenset({"PCL", "PCLI", "PCLD", "PCLF", "PCLS", "PCLIX", "PCLH", "TERR"})
_WIDE_SITES = {"AIRP": 2_000.0, "AIRB": 3_000.0, "MILB": 2_000.0, "AIRF": 2_000.0, "CMP": 1_500.0, "PRT": 2_000.0}

# Radius in metres of a circle of typical size, for areas whose polygon and bounds the gazetteer lacks. Orders of
# magnitude:
# the median second-level division covers some 2,000 km2, the median first-level one some 15,000 km2.
_TYPICAL_M = {
    "ADM1": 70_000.0, "ADM2": 25_000.0, "ADM3": 12_000.0, "ADM4": 6_000.0, "ADM5": 4_000.0, "ADMD": 20_000.0,
    "CONT": 3_000_000.0, "OCN": 3_000_000.0, "SEA": 300_000.0, "GULF": 150_000.0, "STRT": 50_000.0, "BAY": 40_000.0,
    "CHN": 50_000.0, "LK": 20_000.0, "RSV": 10_000.0, "STM": 60_000.0, "CNL": 60_000.0, "ISL": 20_000.0,
    "ISLS": 80_000.0, "MTS": 80_000.0, "MT": 10_000.0, "PK": 10_000.0, "VAL": 20_000.0, "DSRT": 150_000.0,
    "PEN": 60_000.0, "RGN": 120_000.0, "RGNE": 120_000.0, "AREA": 40_000.0, "PRK": 20_000.0, "CAPE": 5_000.0,
    "FRST": 20_000.0, "PCLI": 200_000.0,
}  # fmt: skip
_TYPICAL_BY_CLASS_M = {"A": 25_000.0, "H": 20_000.0, "L": 60_000.0, "T": 20_000.0, "V": 15_000.0, "U": 100_000.0}
_MACRO_REGION_M = 1_200_000.0

REMNANT_FILL, REMNANT_SHARE = 0.05, 1 / 8
"""An outline that fills less of its own box, or is so much smaller than its kind, is what an overlay left of it.

Natural Earth's layers of seas and regions have some sixty such: slivers along the shores of Bab el-Mandeb, a triangle
of Lesbos.
"""
_MAY_BE_SPARSE = frozenset({"ISLS", "CONT", "OCN", "SEA", "GULF", "RF"})


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a place lies: precision, geometry (EPSG:4326) and uncertainty in metres."""

    precision: Precision
    geometry: BaseGeometry
    uncertainty_m: float


def precision_of(place: Place) -> Precision:
    """Say how well a place pins a location, from its feature class and code (GeoNames')."""
    code, klass = place.feature_code, place.feature_class
    if code in _COUNTRY_CODES:
        return "country"
    if klass == "A":
        return "adm1" if code in {"ADM1", "ADM1H"} else "adm2"
    if klass == "P":
        return "settlement"
    if klass in {"S", "R"} or code in _SITE_CODES:
        return "site"
    if klass in {"H", "U"}:
        return "water"
    if code == "CONT" or (klass == "L" and not place.country_code):
        return "macro_region"
    return "region"


def settlement_radius_m(place: Place) -> float:
    """Radius in metres of the built-up area that a town's population needs at `URBAN_DENSITY`, at least a kilometre."""
    if place.feature_code in {"PPLX", "PPLQ"}:
        return DISTRICT_OF_CITY_M
    if place.population <= 0:
        return UNKNOWN_SETTLEMENT_M
    return max(MIN_SETTLEMENT_M, 1_000.0 * math.sqrt(place.population / URBAN_DENSITY / math.pi))


def extent_of(place: Place, gazetteer: Gazetteer) -> Extent:
    """Geometry, precision and uncertainty of a place: a point for a site or settlement, an area for all else."""
    from shapely.geometry import Point  # noqa: PLC0415

    precision = precision_of(place)
    if precision in {"settlement", "site"}:
        site = precision == "site"
        reach = _WIDE_SITES.get(place.feature_code, SITE_M) if site else settlement_radius_m(place)
        by_hand = place.gazetteer == "supplement"
        return Extent(precision, Point(place.lon, place.lat), max(reach, SUPPLEMENT_M) if by_hand else reach)
    known = _known_areas(gazetteer)
    key = (place.gazetteer, place.gazetteer_id)
    if key not in known:
        shape = gazetteer.geometry(place)
        if shape is None or shape.is_empty:
            shape = _stand_in(place)
        elif place.gazetteer in _LAYERS and place.feature_class in {"T", "L", "H"}:
            shape = _unbroken(place, shape)
        known[key] = Extent(precision, shape, equivalent_radius_m(shape))
    return known[key]


_AREAS: WeakKeyDictionary[Gazetteer, dict[tuple[str, str], Extent]] = WeakKeyDictionary()


def _known_areas(gazetteer: Gazetteer) -> dict[tuple[str, str], Extent]:
    # Countries come back in every report, and reading a polygon and measuring it takes milliseconds.
    known = _AREAS.setdefault(gazetteer, {})
    if len(known) > 2_000:
        known.clear()
    return known


def stand_in_of(place: Place) -> Extent:
    """Extent of an area whose outline is not known: a geodesic circle of its known or typical size."""
    shape = _stand_in(place)
    return Extent(precision_of(place), shape, equivalent_radius_m(shape))


def _stand_in(place: Place) -> BaseGeometry:
    radius = _bounds_radius_m(place) or _typical_radius_m(place)
    return circle(lat=place.lat, lon=place.lon, radius_m=radius)


def _unbroken(place: Place, shape: BaseGeometry) -> BaseGeometry:
    """Give the outline, or what it once was where only slivers of it are left: their hull, or a circle of its kind."""
    west, south, east, north = shape.bounds
    if place.feature_code in _MAY_BE_SPARSE or east - west > 180.0:
        return shape
    if shape.area < REMNANT_FILL * (east - west) * (north - south):
        shape = shape.convex_hull
    typical = _typical_radius_m(place)
    if equivalent_radius_m(shape) < REMNANT_SHARE * typical:
        return circle(lat=place.lat, lon=place.lon, radius_m=typical)
    return shape


def _bounds_radius_m(place: Place) -> float:
    """Half the diagonal of the place's box, in metres; 0 where no box is known."""
    if place.bounds is None:
        return 0.0
    west, south, east, north = place.bounds
    return azimuth_m(lat=south, lon=west, to_lat=north, to_lon=east)[1] / 2


def _typical_radius_m(place: Place) -> float:
    if place.feature_class == "L" and not place.country_code and place.feature_code != "CONT":
        return _MACRO_REGION_M
    return _TYPICAL_M.get(place.feature_code) or _TYPICAL_BY_CLASS_M.get(place.feature_class, 20_000.0)
