"""Which places a lookup is narrowed to: countries, kinds, a box, the surroundings of a point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mapper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from mapper.places import Place

__all__ = ["narrowed"]

_EARTH_M = 6_371_008.8  # mean radius, metres (IUGG)


def narrowed(
    *,
    countries: Collection[str] | None = None,
    feature_classes: Collection[str] | None = None,
    bounds: tuple[float, float, float, float] | None = None,
    near: tuple[float, float] | None = None,
    within_m: float = 100_000.0,
) -> Callable[[Place], bool] | None:
    """Give the test that a place must pass, or None where every place does; the parameters are those of `lookup`.

    Raises
    ------
    UsageError
        When bounds or point lie outside the world.
    """
    tests: list[Callable[[Place], bool]] = []
    if countries is not None:
        codes = {code.upper() for code in countries}
        tests.append(lambda place: place.country_code in codes)
    if feature_classes is not None:
        kinds = set(feature_classes)
        tests.append(lambda place: place.feature_class in kinds or place.feature_code in kinds)
    if bounds is not None:
        tests.append(_in_box(*bounds))
    if near is not None:
        tests.append(_around(*near, within_m))
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else lambda place: all(test(place) for test in tests)


def _in_box(west: float, south: float, east: float, north: float) -> Callable[[Place], bool]:
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise UsageError("the bounds are no box on the map", hint="give (west, south, east, north) in degrees")

    def inside(place: Place) -> bool:
        across = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
        return across and south <= place.lat <= north

    return inside


def _around(lat: float, lon: float, within_m: float) -> Callable[[Place], bool]:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and within_m >= 0):
        raise UsageError("near is no point on the map", hint="give (lat, lon) in degrees and metres from nought up")
    here, reach = math.radians(lat), within_m / _EARTH_M

    def close(place: Place) -> bool:
        there = math.radians(place.lat)
        half = math.sin((there - here) / 2) ** 2
        half += math.cos(here) * math.cos(there) * math.sin(math.radians(place.lon - lon) / 2) ** 2
        return 2 * math.asin(math.sqrt(min(1.0, half))) <= reach

    return close
