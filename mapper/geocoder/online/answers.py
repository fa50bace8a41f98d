"""What services answer, read as candidates: each calls the parts of a place by other names.

An answer that is not what the service documents is refused as a whole (ValueError, TypeError, KeyError): a place that
was half understood would be a wrong place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.records import Candidate, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["candidate_of"]

Bounds = tuple[float, float, float, float]

# What the services call a place, as feature class and code of GeoNames; without case, spaces and underscores.
_FEATURES = {
    "country": ("A", "PCLI"), "dependency": ("A", "PCLD"), "state": ("A", "ADM1"), "province": ("A", "ADM1"),
    "region": ("A", "ADM1"), "stateorprovince": ("A", "ADM1"), "macroregion": ("L", "RGN"), "continent": ("L", "CONT"),
    "county": ("A", "ADM2"), "macrocounty": ("A", "ADM2"), "district": ("A", "ADM2"), "statedistrict": ("A", "ADM2"),
    "subregion": ("A", "ADM2"), "municipality": ("A", "ADM3"), "localadmin": ("A", "ADM3"),
    "city": ("P", "PPL"), "town": ("P", "PPL"), "village": ("P", "PPL"), "hamlet": ("P", "PPL"),
    "locality": ("P", "PPL"), "suburb": ("P", "PPLX"), "neighbourhood": ("P", "PPLX"), "neighborhood": ("P", "PPLX"),
    "quarter": ("P", "PPLX"), "citydistrict": ("P", "PPLX"), "borough": ("P", "PPLX"), "sea": ("H", "SEA"),
    "marinearea": ("H", "SEA"), "ocean": ("H", "OCN"), "bay": ("H", "BAY"), "water": ("H", "LK"),
    "bodyofwater": ("H", "LK"), "lake": ("H", "LK"), "river": ("H", "STM"), "stream": ("H", "STM"),
    "island": ("T", "ISL"), "peak": ("T", "MT"), "mountain": ("T", "MT"), "aerodrome": ("S", "AIRP"),
    "airport": ("S", "AIRP"), "military": ("S", "MILB"), "street": ("R", "ST"), "road": ("R", "RD"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The parts of a place as a service gives them; empty where it does not.

    The coordinates too: geopy takes those that are missing for 0.
    """

    id: str
    lat: float
    lon: float
    name: str = ""
    kinds: tuple[str, ...] = ()
    country_code: str = ""
    country: str = ""
    admin1: str = ""
    bounds: Bounds | None = None
    likelihood: float | None = None
    more: Mapping[str, Any] | None = None


def candidate_of(location: Any, provider: str, query: str, rank: int) -> Candidate:
    """Read one place of an answer.

    Parameters
    ----------
    location
        A `geopy.location.Location`.
    provider
        The service that gave it.
    query
        What was asked for.
    rank
        Its place in the answer, from 0: the likelihood of services that give none.

    Raises
    ------
    ValueError, TypeError, KeyError, AttributeError
        It is not what the service documents.
    """
    read = _READERS[provider](location.raw)
    name = read.name or _text(location.address).split(",")[0].strip()
    if not name:
        raise ValueError("a place without a name")
    known = (_FEATURES.get(kind.lower().replace("_", "").replace(" ", "")) for kind in read.kinds)
    feature_class, feature_code = next((feature for feature in known if feature), ("S", ""))
    features = {"feature_class": feature_class, "feature_code": feature_code}
    place = Place(
        gazetteer=provider,
        gazetteer_id=read.id or str(rank),
        name=name,
        lat=read.lat,
        lon=read.lon,
        country_code=read.country_code.upper() if len(read.country_code) == 2 else "",
        country=read.country,
        admin1=read.admin1,
        bounds=read.bounds,
        **features | dict(read.more or {}),
    )
    likelihood = 1.0 / (rank + 1) if read.likelihood is None else min(1.0, max(0.0, read.likelihood))
    same = name.casefold() == query.split(",", maxsplit=1)[0].strip().casefold()
    return Candidate(place=place, match="exact" if same else "alternate", name=name, score=round(likelihood, 4))


def _nominatim(raw: dict[str, Any]) -> _Read:
    address = _mapping(raw.get("address"))
    bounds = None
    if box := raw.get("boundingbox"):
        south, north, west, east = box
        bounds = _bounds(west, south, east, north)
    return _Read(
        id=f"{_text(raw.get('osm_type'))}{_text(raw.get('osm_id'))}",
        lat=_degrees(raw["lat"], 90.0),
        lon=_degrees(raw["lon"], 180.0),
        name=_text(raw.get("name")),
        kinds=(_text(raw.get("addresstype")), _text(raw.get("type"))),
        country_code=_text(address.get("country_code")),
        country=_text(address.get("country")),
        admin1=_text(address.get("state")),
        bounds=bounds,
        likelihood=_number(raw.get("importance")),
    )


def _photon(raw: dict[str, Any]) -> _Read:
    about = _mapping(raw["properties"])
    bounds = None
    if box := about.get("extent"):
        west, north, east, south = box
        bounds = _bounds(west, south, east, north)
    lon, lat = raw["geometry"]["coordinates"]
    return _Read(
        id=f"{_text(about.get('osm_type'))}{_text(about.get('osm_id'))}",
        lat=_degrees(lat, 90.0),
        lon=_degrees(lon, 180.0),
        name=_text(about.get("name")),
        kinds=(_text(about.get("type")), _text(about.get("osm_value"))),
        country_code=_text(about.get("countrycode")),
        country=_text(about.get("country")),
        admin1=_text(about.get("state")),
        bounds=bounds,
    )


def _pelias(raw: dict[str, Any]) -> _Read:
    about = _mapping(raw["properties"])
    box = raw.get("bbox")
    lon, lat = raw["geometry"]["coordinates"]
    return _Read(
        id=_text(about.get("gid")),
        lat=_degrees(lat, 90.0),
        lon=_degrees(lon, 180.0),
        name=_text(about.get("name")),
        kinds=(_text(about.get("layer")),),
        country_code=_text(about.get("country_code")),
        country=_text(about.get("country")),
        admin1=_text(about.get("region")),
        bounds=_bounds(*box) if box else None,
        likelihood=_number(about.get("confidence")),
    )


def _opencage(raw: dict[str, Any]) -> _Read:
    parts = _mapping(raw.get("components"))
    box = _mapping(raw.get("bounds"))
    bounds = None
    if box:
        low, high = box["southwest"], box["northeast"]
        bounds = _bounds(low["lng"], low["lat"], high["lng"], high["lat"])
    kind = _text(parts.get("_type"))
    # Its `confidence` is how large the place is, not how likely.
    return _Read(
        id="",
        lat=_degrees(raw["geometry"]["lat"], 90.0),
        lon=_degrees(raw["geometry"]["lng"], 180.0),
        name=_text(parts.get(kind)),
        kinds=(kind,),
        country_code=_text(parts.get("country_code")),
        country=_text(parts.get("country")),
        admin1=_text(parts.get("state")),
        bounds=bounds,
    )


def _geonames(raw: dict[str, Any]) -> _Read:
    number = raw["geonameId"]
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError("an id of GeoNames is a number")
    population = _number(raw.get("population")) or 0.0
    return _Read(
        id=str(number),
        lat=_degrees(raw["lat"], 90.0),
        lon=_degrees(raw["lng"], 180.0),
        name=_text(raw.get("name")),
        country_code=_text(raw.get("countryCode")),
        country=_text(raw.get("countryName")),
        admin1=_text(raw.get("adminName1")),
        more={
            "geonameid": number,
            "feature_class": _text(raw.get("fcl")) or "S",
            "feature_code": _text(raw.get("fcode")),
            "admin1_code": _text(raw.get("adminCode1")),
            "population": int(max(0.0, population)),
        },
    )


def _arcgis(raw: dict[str, Any]) -> _Read:
    about = _mapping(raw.get("attributes"))
    box = _mapping(raw.get("extent"))
    score = _number(raw.get("score"))
    return _Read(
        id="",
        lat=_degrees(raw["location"]["y"], 90.0),
        lon=_degrees(raw["location"]["x"], 180.0),
        name=_text(about.get("PlaceName")) or _text(about.get("City")),
        kinds=(_text(about.get("Type")), _text(about.get("Addr_type"))),
        country=_text(about.get("CntryName")),
        admin1=_text(about.get("Region")),
        bounds=_bounds(box["xmin"], box["ymin"], box["xmax"], box["ymax"]) if box else None,
        likelihood=None if score is None else score / 100,
    )


_READERS: dict[str, Callable[[dict[str, Any]], _Read]] = {
    "nominatim": _nominatim,
    "photon": _photon,
    "pelias": _pelias,
    "geocodeearth": _pelias,
    "opencage": _opencage,
    "geonames": _geonames,
    "arcgis": _arcgis,
}


def _bounds(west: Any, south: Any, east: Any, north: Any) -> Bounds:
    low, high = _degrees(south, 90.0), _degrees(north, 90.0)
    if low > high:
        raise ValueError("bounds whose south is north of their north")
    return _longitude(west), low, _longitude(east), high


def _longitude(value: Any) -> float:
    degrees = _degrees(value, 360.0)  # an edge beyond the antimeridian may be written so
    return degrees if abs(degrees) <= 180 else degrees - math.copysign(360.0, degrees)


def _degrees(value: Any, bound: float) -> float:
    if isinstance(value, bool) or not abs(float(value)) <= bound:  # not greater, which NaN is not either
        raise ValueError(f"{value!r} is not on the Earth")
    return float(value)


def _number(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not math.isfinite(float(value)):
        raise ValueError(f"{value!r} is no number")
    return float(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"{value!r} is no text")
    return str(value)


def _mapping(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no mapping")
    return value
