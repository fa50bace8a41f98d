"""A place of a gazetteer, and a place that a name may mean: the two records that every lookup makes.

They are named tuples, where all other records (`mapper.records`, which gives these two as well) are data classes: a
name like Springfield makes a hundred of them, each in a quarter of the time, and a process that only looks up names
need not load what makes data classes. Coordinates are WGS 84 (EPSG:4326), degrees.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

__all__ = ["POSITION", "Candidate", "MatchKind", "Place"]

POSITION: Final = "position"
"""What `Place.gazetteer` says of a place that a text gives by its coordinates."""

MatchKind = Literal["exact", "alternate", "loose", "fuzzy", "abbreviation", "demonym", "id"]
"""How a name found its place: by its main name, another name, the looser key, one edit away; `id` is direct."""


class Place(NamedTuple):
    """One entry of a gazetteer.

    Attributes
    ----------
    gazetteer, gazetteer_id
        Which gazetteer the entry comes from ("geonames", "supplement", "naturalearth", ...) and its id there.
    lat, lon
        Degrees, EPSG:4326. For an area this is a point fit for a label, never a location to show.
    country_code
        ISO 3166-1 alpha-2, or "" (seas, macro-regions, disputed land).
    country, admin1
        Names, for people; `admin1_code`, `admin2_code` are GeoNames' codes.
    feature_class, feature_code
        GeoNames' ("P"/"PPL", "A"/"PCLI", "H"/"SEA", "L"/"RGN", "S"/"AIRB").
    bounds
        (west, south, east, north) in degrees where known; west > east crosses the antimeridian.
    """

    gazetteer: str
    gazetteer_id: str
    name: str
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    country_code: str = ""
    country: str = ""
    admin1: str = ""
    admin1_code: str = ""
    admin2_code: str = ""
    population: int = 0
    geonameid: int | None = None
    bounds: tuple[float, float, float, float] | None = None


class Candidate(NamedTuple):
    """A place that a name may mean: how it matched, under which of its names, and how well it fits (0-1)."""

    place: Place
    match: MatchKind
    name: str
    score: float = 0.0
