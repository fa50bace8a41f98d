"""In which country, province or district each incident lies, and when that is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapper.gazetteer import Gazetteer
    from mapper.records import Place

__all__ = ["AREA_LEVELS", "Area", "Level", "Where", "areas_of", "locate"]

Level = Literal["country", "admin1", "admin2"]

AREA_LEVELS: tuple[Level, ...] = ("country", "admin1", "admin2")
"""From the largest to the smallest. The gazetteer has outlines of countries and of most provinces, of no districts."""

_DEPTH = {"country": 0, "admin1": 1, "admin2": 2}
_KNOWN_TO = {"site": 2, "settlement": 2, "near": 2, "adm2": 2, "adm1": 1, "region": 0, "country": 0}
"""How far down a place of each precision is known; the others may lie in several countries, or in none."""


class Where(NamedTuple):
    """Where an incident counts: the code of an area, or of its country with what is known instead.

    `known` is "area" where `code` is one of the level; "country" where no more than the country is known; "several"
    where the places of the incident lie in several areas (of the country, where there is one); "sea"; or "nowhere".
    """

    code: str
    known: Literal["area", "country", "several", "sea", "nowhere"]


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its code ("IQ", "IQ.07", "IQ.07.98179"), names for people, and its outline where there is one."""

    code: str
    name: str
    country_code: str
    country: str
    geometry: BaseGeometry | None


def locate(incidents: gpd.GeoDataFrame, level: Level, gazetteer: Gazetteer) -> dict[str, Where]:
    """Find the one area of a level in which each incident happened.

    Parameters
    ----------
    incidents
        The layer. Only places at which it happened count; where it was launched from, or whose home it was, do not.
    level
        "country", "admin1" or "admin2".
    gazetteer
        Asked for the units of each place; where it does not know, its outlines are asked at the point.

    Returns
    -------
    dict
        Of each incident, where it counts. A country told beside one of its provinces adds nothing ("Mashtal, Iraq").
    """
    codes = _row_codes(incidents, gazetteer)
    role = incidents["place_role"].astype(object)
    happened = (role.isna() | (role == "happened")).tolist()
    at_sea = (incidents["precision"] == "water").tolist()
    depth = _DEPTH[level]
    found: dict[str, set[str]] = {}
    sea: set[str] = set()
    for incident, code, here, wet in zip(incidents["incident_id"], codes, happened, at_sea, strict=True):
        units = found.setdefault(incident, set())
        if here and code:
            units.add(".".join(code.split(".", depth + 1)[: depth + 1]))
        elif here and wet:
            sea.add(incident)
    return {incident: _counts_at(units, depth, wet=incident in sea) for incident, units in found.items()}


def _counts_at(units: set[str], depth: int, *, wet: bool) -> Where:
    countries = {unit.partition(".")[0] for unit in units}
    if len(countries) != 1 or (wet and units):
        return Where("", "several" if units else "sea" if wet else "nowhere")
    finest = {unit for unit in units if not any(other.startswith(f"{unit}.") for other in units)}
    (country,) = countries
    if len(finest) > 1:
        return Where(country, "several")
    (unit,) = finest
    return Where(unit, "area") if unit.count(".") == depth else Where(country, "country")


def _row_codes(incidents: gpd.GeoDataFrame, gazetteer: Gazetteer) -> list[str]:
    """Give the code of each row, as far down as its place is known: "IQ.07.98179", "IQ.07", "IQ" or ""."""
    import numpy as np  # noqa: PLC0415  (slow imports, only when areas are asked for)
    import shapely  # noqa: PLC0415

    depth = np.array([_KNOWN_TO.get(precision, -1) for precision in incidents["precision"]], dtype=int)
    ids = incidents["gazetteer_id"].astype(object).where(incidents["gazetteer_id"].notna(), None).to_numpy()
    places = {key: gazetteer.place(key) for key in {*ids[depth >= 0]} - {None}}
    codes = np.array([_code(places.get(key), d) for key, d in zip(ids, depth.tolist(), strict=True)], dtype=object)

    # What lies near a place may lie over its border, and what was found elsewhere has no place here: ask the outlines.
    shapes = incidents.geometry.to_numpy()
    point = (shapely.get_type_id(shapes) == shapely.GeometryType.POINT) & (depth >= 0)
    near = (incidents["precision"] == "near").to_numpy(dtype=bool)
    asked = np.flatnonzero(point & (near | (codes == "")))
    codes[asked] = _from_outlines(codes[asked], shapes[asked], gazetteer)

    told = incidents["country_code"].astype(object).where(incidents["country_code"].notna(), "").to_numpy()
    # What lies near a place of this country, and in no country's outline, is out at sea or on disputed ground.
    nothing = (codes == "") & (depth >= 0) & ~(point & near)
    codes[nothing] = told[nothing]
    texts: list[str] = codes.tolist()
    return texts


def _from_outlines(codes: NDArray[np.object_], points: Any, gazetteer: Gazetteer) -> list[str]:
    """Give the units at points; where a point's outline is that of its place's unit, all that was known of it stays."""
    import shapely  # noqa: PLC0415

    lons, lats = shapely.get_x(points), shapely.get_y(points)
    found = zip(codes, gazetteer.admin1_at(lons, lats), gazetteer.countries_at(lons, lats), strict=True)
    return [known if unit and known.startswith(unit) else unit or country for known, unit, country in found]


def _code(place: Place | None, depth: int) -> str:
    if place is None or depth < 0:
        return ""
    parts = [place.country_code, place.admin1_code, place.admin2_code][: depth + 1]
    whole = parts.index("") if "" in parts else len(parts)
    return ".".join(parts[:whole])


def areas_of(level: Level, codes: set[str], countries: set[str], gazetteer: Gazetteer) -> list[Area]:
    """Describe areas: those with the codes given, and all others of the countries given.

    Returns
    -------
    list of Area
        In the order of their codes. A code that the gazetteer does not know is its own name.
    """
    found: dict[str, Place] = {}
    if level == "country":
        found = {code: place for code in codes | countries if (place := gazetteer.country(code))}
    for country in sorted(countries | {code.partition(".")[0] for code in codes}) if level != "country" else ():
        units = gazetteer.admin1s(country) if level == "admin1" else gazetteer.sites(country, ["ADM2"])
        for place in units:
            code = _code(place, _DEPTH[level])
            if code.count(".") == _DEPTH[level]:
                found.setdefault(code, place)
    wanted = codes | {code for code in found if code.partition(".")[0] in countries}
    return [_area(code, found.get(code), gazetteer) for code in sorted(wanted)]


def _area(code: str, place: Place | None, gazetteer: Gazetteer) -> Area:
    country_code = code.partition(".")[0]
    if place is None:
        country = gazetteer.country(country_code)
        return Area(code, code, country_code, country.name if country else country_code, None)
    # No outlines of districts are held: what the gazetteer gives for one would be that of its province.
    geometry = None if code.count(".") > 1 else gazetteer.geometry(place)
    return Area(code, place.name, country_code, place.country or place.name, geometry)
