"""Positions written in degrees: "02-51N 005-38E", "33°18'45''N, 44°21'58''E", "latitude 12.5 north, longitude 45 east".

What coast guards, pilots, seismologists and investigators write in place of a name. A position is read only where both
of its halves say their hemisphere, or a word says that coordinates follow: two bare numbers may be anything.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from mapper.places import POSITION, Place
from mapper.records import Resolution, Toponym

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.gazetteer import Gazetteer

__all__ = ["with_positions"]

SCORE: Final = 0.95
"""How sure a position is: it says where, but a slip of the pen in it is not seen."""

LEAST_M: Final = 100.0
"""Least uncertainty of a position, however many digits it has."""

_METRES_A_DEGREE: Final = 111_320.0
_HEMISPHERE: Final = "[NSEW]|north|south|east|west"
_HALF: Final = re.compile(
    rf"""(?<![\w.]) (?: (?P<before> {_HEMISPHERE} ) \s? )?
    (?P<degrees> \d{{1,3}} (?: \.\d{{1,8}} )? )
    (?P<mark> \s?[°º˚] | \s?deg(?:rees?|\b\.?) | [-:](?=\d) )? \s?
    (?:
      (?P<minutes> (?: [0-5]\d | \d(?=\.\d|\s?['’′]) ) (?: \.\d{{1,5}} )? ) (?!\d|\.\d)
      (?: \s?['’′](?!['’]) | \s?min(?:utes?|\b\.?) | [-:](?=\d) )? \s?
      (?:
        (?P<seconds> [0-5]?\d (?: \.\d{{1,4}} )? ) (?!\d|\.\d)
        (?: \s?(?: ["”″] | '' | ’’ ) | \s?sec(?:onds?|\b\.?) )? \s?
      )?
    )?
    (?: (?P<behind> {_HEMISPHERE} ) (?!\w) )?""",
    re.VERBOSE | re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"[\s,;/–-]*(?:lat(?:itude)?\b)?[\s,;/–-]*(?:and\b|by\b)?[\s,;/–-]*(?:long?(?:itude)?\b)?[\s:.]*", re.IGNORECASE
)
_DECIMAL: Final = re.compile(
    r"\b(?:coordinates?|position|geolocat\w+|lat(?:itude)?\W{1,3}long?(?:itude)?|GPS)\b[^\d\n.;+-]{0,20}"
    r"(?P<lat>[+-]?\d{1,2}\.\d{2,8})\s?[,;/ ]\s?(?P<lon>[+-]?\d{1,3}\.\d{2,8})(?!\w|\.\d)",
    re.IGNORECASE,
)


class _Half(NamedTuple):
    """A latitude or a longitude: where it stands in the text, degrees, and half a unit of its last digit in degrees."""

    start: int
    end: int
    degrees: float
    off_by: float
    is_latitude: bool


def with_positions(text: str, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
    """Add the positions that a text gives in degrees to its resolved toponyms.

    Parameters
    ----------
    text
        Of the document.
    resolutions
        Of the document, in text order.
    gazetteer
        Whose outlines say in which country and province a position lies, if in any.

    Returns
    -------
    list[Resolution]
        In text order; a toponym that overlaps with a position gave way to it. A position is a Point (EPSG:4326) of the
        precision "site", its uncertainty in metres half a unit of the last digit written.
    """
    read = [(lat, lon) for lat, lon in _positions(text) if abs(lat.degrees) <= 90.0 and abs(lon.degrees) <= 180.0]
    if not read:
        return list(resolutions)
    found = [_resolution(text, lat, lon, gazetteer) for lat, lon in read]
    kept = [
        r
        for r in resolutions
        if not any(r.toponym.start < p.toponym.end and p.toponym.start < r.toponym.end for p in found)
    ]
    return sorted([*kept, *found], key=lambda r: (r.toponym.start, r.toponym.end))


def _positions(text: str) -> Iterator[tuple[_Half, _Half]]:
    """Give latitude and longitude of each position, in text order."""
    halves = [half for found in _HALF.finditer(text) if (half := _half(found)) is not None]
    paired = 0  # what is before it belongs to a position
    for one, two in pairwise(halves):
        if one.start < paired:
            continue
        if one.is_latitude != two.is_latitude and _BETWEEN.fullmatch(text, one.end, two.start):
            yield (one, two) if one.is_latitude else (two, one)
            paired = two.end
    for found in _DECIMAL.finditer(text):
        lat, lon = (
            _Half(found.start(part), found.end(part), float(found[part]), _half_unit(found[part], 1.0), part == "lat")
            for part in ("lat", "lon")
        )
        yield lat, lon


def _half(found: re.Match[str]) -> _Half | None:
    """Read one half; None where nothing says of which hemisphere it is, or that it is degrees at all."""
    hemisphere = (found["before"] or found["behind"] or "").lower()
    finer = found["minutes"] or "." in found["degrees"]
    if bool(found["before"]) == bool(found["behind"]) or not (found["mark"] or finer):
        return None
    parts = [(found["degrees"], 1.0), (found["minutes"], 60.0), (found["seconds"], 3600.0)]
    written = [(number, unit) for number, unit in parts if number is not None]
    degrees = sum(float(number) / unit for number, unit in written)
    sign = -1.0 if hemisphere[0] in "sw" else 1.0
    return _Half(found.start(), found.end(), sign * degrees, _half_unit(*written[-1]), hemisphere[0] in "ns")


def _half_unit(number: str, unit: float) -> float:
    return 0.5 * 10.0 ** -len(number.partition(".")[2]) / unit


def _resolution(text: str, lat: _Half, lon: _Half, gazetteer: Gazetteer) -> Resolution:
    from shapely.geometry import Point  # noqa: PLC0415

    start, end = min(lat.start, lon.start), max(lat.end, lon.end)
    narrowing = math.cos(math.radians(lat.degrees))
    off_m = _METRES_A_DEGREE * math.hypot(lat.off_by, lon.off_by * narrowing)
    name = f"{_shown(lat, 'NS')} {_shown(lon, 'EW')}"
    (code,) = gazetteer.countries_at([lon.degrees], [lat.degrees])
    (unit,) = gazetteer.outlines_at("admin1", [lon.degrees], [lat.degrees])
    country = gazetteer.country(code) if code else None
    owner, _, number = unit.partition(".")
    province = gazetteer.admin1(code, number) if code and owner == code else None
    place = Place(
        POSITION, f"{POSITION}:{lat.degrees:.5f},{lon.degrees:.5f}", name, lat.degrees, lon.degrees, "S", "",
        country_code=code, country=country.name if country else "",
        admin1=province.name if province else "", admin1_code=province.admin1_code if province else "",
    )  # fmt: skip
    return Resolution(
        toponym=Toponym(start, end, text[start:end]),
        place=place,
        geometry=Point(lon.degrees, lat.degrees),
        precision="site",
        uncertainty_m=round(max(LEAST_M, off_m), 1),
        score=SCORE,
        margin=SCORE,
        reasons=("the text gives the position itself",),
    )


def _shown(half: _Half, hemispheres: str) -> str:
    return f"{abs(half.degrees):.4f}".rstrip("0").rstrip(".") + f"° {hemispheres[half.degrees < 0]}"
