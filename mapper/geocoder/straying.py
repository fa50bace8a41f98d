"""Small places that stray: the only village or river of that name lies a continent away from all that a report names.

A gazetteer that lacks the Habila of Sudan still has one in Syria. A town that people know may be named anywhere; a
village in a country that the report does not name, far from every place that it does, is most likely another one, that
the gazetteer does not have. "Not in the gazetteer" is the better answer: the candidates stay, to be looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.geocoder.geodesy import azimuth_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.records import Place, Resolution

__all__ = ["is_village", "without_strays"]

KNOWN_ANYWHERE = 100_000
"""People from which a town is named in reports of other countries."""

DISTRICTS = frozenset({"ADM2", "ADM3", "ADM4"})
"""Feature codes of units that stray as villages do: a county has the name of a quarter elsewhere."""

WATERS = frozenset({"STM", "STMS", "STMI", "LK", "LKS", "LGN", "CNL", "RSV", "WAD"})
"""Feature codes of rivers and lakes, which stray as villages do: Vietnam has a Red River too."""

STRAY_M = 1_000_000.0
"""Metres to the nearest other place of the report from which a village strays."""

ABROAD_M = 250_000.0
"""Metres beyond which it strays from the places of a report that is about one country, which is not its own."""

SURE, GROUNDS = 0.8, 3
"""Score from which a place is ground that the report is on, and how much of it says that a village lies there too."""

COMPANY, COMPANIONS = 2, 0.5
"""Other places that a report has to name before one can stray from them, and the score from which they count."""


def is_village(place: Place) -> bool:
    """Whether a place is a settlement or a district that few people know, so that it is named where it lies."""
    small = place.population < KNOWN_ANYWHERE
    return small and (place.feature_class == "P" or place.feature_code in DISTRICTS)


def _is_one_country_s_water(place: Place) -> bool:
    """Whether a place is a river or lake of one country; the Danube, of many, is named far from where its point is."""
    return place.feature_code in WATERS and bool(place.country_code)


def without_strays(resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Take the place from every toponym that strays; the others stay.

    Parameters
    ----------
    resolutions
        Of one document, in text order.

    Returns
    -------
    list[Resolution]
        As many, in the same order; a stray has no place and no geometry, and says why.
    """
    places = {r.toponym.text: r.place for r in resolutions if r.place is not None and r.score >= COMPANIONS}
    grounds = {
        r.toponym.text: r.place
        for r in resolutions
        if r.place is not None and r.toponym.kind in {"literal", "relative"} and r.score >= SURE
    }
    return [_without_stray(r, places, grounds) for r in resolutions]


def _without_stray(resolution: Resolution, places: dict[str, Place], grounds: dict[str, Place]) -> Resolution:
    place = resolution.place
    # A city that people know is written as it is: "Al Daman" in Sudan is not Dammam.
    loosely = bool(resolution.candidates) and resolution.candidates[0].match in {"loose", "fuzzy"}
    small = place is not None and (is_village(place) or _is_one_country_s_water(place))
    if place is None or not (small or (loosely and place.feature_class == "P")):
        return resolution
    if any(reason.startswith("the text puts it") or "says elsewhere" in reason for reason in resolution.reasons):
        return resolution
    others = [p for name, p in places.items() if name != resolution.toponym.text and p != place]
    if len(others) < COMPANY:
        return resolution
    if _is_over_the_border(resolution, place, grounds):
        return _taken_off(resolution, place, "over the border from where the report is")
    if any(_covers(p, place) for p in others):
        return resolution
    ground = [p.country_code for name, p in grounds.items() if name != resolution.toponym.text and p != place]
    far = ABROAD_M if max(map(ground.count, ground), default=0) >= GROUNDS else STRAY_M
    nearest = min(azimuth_m(lat=place.lat, lon=place.lon, to_lat=p.lat, to_lon=p.lon)[1] for p in others)
    if nearest < far:
        return resolution
    return _taken_off(resolution, place, "far from all that the report names")


def _is_over_the_border(resolution: Resolution, place: Place, grounds: dict[str, Place]) -> bool:
    """Whether a village has the name only as another one of it, and most ground of the report is of another country.

    "Sweida, Daraa and the village of al-Mazraa": not El Mazra'a in Israel, which the report names only as a power.
    """
    if not resolution.candidates or resolution.candidates[0].match == "exact":
        return False
    codes = [p.country_code for name, p in grounds.items() if name != resolution.toponym.text and p != place]
    return place.country_code not in codes and max(map(codes.count, codes), default=0) >= GROUNDS


def _taken_off(resolution: Resolution, place: Place, where: str) -> Resolution:
    why = f"not {place.name} in {place.country}, {where}: not in the gazetteer"
    return replace(
        resolution, place=None, geometry=None, precision="unknown", uncertainty_m=None, score=0.0, margin=0.0,
        reasons=(*resolution.reasons, why),
    )  # fmt: skip


def _covers(other: Place, place: Place) -> bool:
    """Say whether another place of the report is of the same country, or a sea or region that the place lies in."""
    if other.country_code or other.bounds is None:
        return other.country_code == place.country_code
    west, south, east, north = other.bounds
    across = place.lon >= west or place.lon <= east if west > east else west <= place.lon <= east
    return across and south <= place.lat <= north
