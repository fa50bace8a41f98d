"""Places elsewhere than the text says: "La Motte, Quebec" is none of the villages of that name in France.

Where every place of a name lies outside of what the text puts it in, or far from what it is measured from ("the village
of Kobe, 30 km from Gao"), the gazetteer lacks the one that is meant. What is known of it is what the text says: that it
lies in Quebec, or within some 30 km of Gao.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.geocoder.containment import contains_gap
from mapper.geocoder.geodesy import azimuth_m
from mapper.geocoder.inferring import SCORE, surroundings
from mapper.geocoder.mentions import LISTED
from mapper.geocoder.names import cue_of
from mapper.geocoder.straying import DISTRICTS, is_village

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.records import Place, Resolution

__all__ = ["without_misplaced"]

SURE = 0.8
"""Score from which what holds a place is known well enough to speak against it, where it is not the surer one."""

GUESS = 0.5
"""Score below which an answer is a guess."""

BEYOND_M = 150_000.0
"""Metres from the rim of an area, or the middle of a town, beyond which a place is none of those in it."""

_METRES_A_DEGREE = 111_000.0
_CITY_M = 30_000.0  # from the middle of a city beyond which nothing is its quarter
_OWNED = re.compile(r"['’]s (?:(?!(?:for|of|in|to|on|at|with|from|by|and)\b)[a-z][\w-]+ ){0,2}")
_QUARTER = re.compile(
    r"\s+(?:district|neighbou?rhood|quarter|suburb|borough|ward|area|raion|locality)\b", re.IGNORECASE
)
_HOLDERS = frozenset({"country", "adm1", "adm2", "region", "settlement"})
_MEASURED = re.compile(r"[^.;]{0,24}\b(?:km|kms|kilomet\w+|miles?|metres|meters)\b", re.IGNORECASE)
_MEASURING_GAP = re.compile(
    r"\s*(?:,|\()\s*(?:(?:some|about|around|roughly|nearly|only|just|which (?:is|lies))\s+){0,2}"
)
_POSSESSIVE = re.compile(r"['’]s\b")
_CALLED_VILLAGE = re.compile(r"\b(?:village|hamlet|locality) of (?:the )?$", re.IGNORECASE)
_LITERAL = frozenset({"literal", "relative", "embedded"})


def without_misplaced(text: str, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Take the place from every toponym that the text puts elsewhere, and give it the area that the text says.

    Parameters
    ----------
    text
        Of the document.
    resolutions
        Of the document, in text order.

    Returns
    -------
    list[Resolution]
        As many, in the same order. A misplaced one has no place, the area of what holds it (EPSG:4326), and `inferred`
        set; so has every other mention of its name.
    """
    holders: dict[str, Resolution] = {}
    for at, inner in enumerate(resolutions[:-1]):
        if _is_part_of_another(text, inner, resolutions[at + 1]):
            holders.setdefault(resolutions[at + 1].toponym.text, inner)
        if _is_measured_away(text, inner, resolutions[at + 1], resolutions):
            holders.setdefault(inner.toponym.text, resolutions[at + 1])
        for behind, gap in _behind(text, resolutions, at):
            holder = resolutions[behind]
            if _is_misplaced(inner, holder, gap) and not _goes_on(text, resolutions, behind):
                holders.setdefault(inner.toponym.text, holder)
    return [
        _moved(r, holders[r.toponym.text]) if r.place is not None and r.toponym.text in holders else r
        for r in resolutions
    ]


def _behind(text: str, resolutions: Sequence[Resolution], at: int) -> Iterator[tuple[int, str]]:
    """Give what may hold a mention: the next one, and what that has: "in a zone of Ethiopia's Amhara region"."""
    inner, first = resolutions[at].toponym, resolutions[at + 1].toponym
    gap = text[inner.end : first.start]
    yield at + 1, gap
    owner = _POSSESSIVE.match(text, first.end)
    if at + 2 < len(resolutions) and (owner or first.kind == "demonym"):
        second = resolutions[at + 2].toponym
        yield at + 2, gap + text[owner.end() if owner else first.end : second.start].lstrip()


def _is_misplaced(inner: Resolution, holder: Resolution, gap: str) -> bool:
    """Whether the text says that a village lies in what it names behind it, and it does not."""
    place, around = inner.place, holder.place
    if place is None or around is None or inner.toponym.kind not in _LITERAL:
        return False
    if holder.score < max(SURE, inner.score) or holder.toponym.kind == "demonym" or holder.precision not in _HOLDERS:
        return False
    if holder.precision == "region" and place.country_code == around.country_code:
        return False  # where the north of a country ends is for nobody to say
    # A town that people know may be spoken of anywhere ("Liverpool in Istanbul"), unless the text is plain.
    if not (is_village(place) or (place.feature_class == "P" and (inner.score < GUESS or gap.startswith(", in the ")))):
        return False
    # "Paris, Berlin" is a list; "the clinic in Berlin" lies there, and so does "Xiangshui, Yancheng City".
    listed = holder.precision == "settlement" and " in " not in gap and cue_of(holder.toponym.text) is None
    if not contains_gap(gap) or listed or f"the text puts it in {holder.toponym.text}" in inner.reasons:
        return False
    return _metres_outside(place, holder) > BEYOND_M


def _is_part_of_another(text: str, owner: Resolution, part: Resolution) -> bool:
    """Whether "Kherson's Dniprovskyi district" was taken for that of another city."""
    place, around = part.place, owner.place
    if place is None or around is None or owner.precision != "settlement" or owner.score < SURE:
        return False
    if not _OWNED.fullmatch(text, owner.toponym.end, part.toponym.start):
        return False
    quarter = _QUARTER.match(text, part.toponym.end) or _QUARTER.search(part.toponym.text)
    if not quarter or not (place.feature_class == "P" or place.feature_code in DISTRICTS):
        return False
    return _metres_outside(place, owner) > _CITY_M + 3.0 * (owner.uncertainty_m or 0.0)


def _is_measured_away(text: str, inner: Resolution, holder: Resolution, others: Sequence[Resolution]) -> bool:
    """Whether the text gives how far a place lies from what is named next, and it lies far beyond that."""
    place, around, phrase = inner.place, holder.place, holder.toponym.phrase
    if place is None or around is None or phrase is None or inner.toponym.kind not in _LITERAL:
        return False
    if place.feature_class != "P" or holder.precision != "near" or not _MEASURED.match(phrase.text):
        return False
    if not _MEASURING_GAP.fullmatch(text[inner.toponym.end : phrase.start]):
        return False
    metres = azimuth_m(lat=place.lat, lon=place.lon, to_lat=around.lat, to_lon=around.lon)[1]
    if metres < BEYOND_M + 3.0 * (holder.uncertainty_m or 0.0):
        return False
    # One of the two is not what it was taken for: the one that is surer, or that keeps more company, stays.
    village = bool(
        _CALLED_VILLAGE.search(text, max(0, inner.toponym.start - 40), inner.toponym.start)
    ) and not is_village(place)
    company = [r.place.country_code for r in others if r.place is not None and r.place not in (place, around)]
    lonely = place.country_code not in company and around.country_code in company
    return village or lonely or holder.score >= inner.score


def _metres_outside(place: Place, holder: Resolution) -> float:
    """Give how far a place lies from an area or a town, in metres, along the ground or as on a flat map."""
    from shapely.geometry import Point  # noqa: PLC0415

    around, area = holder.place, holder.geometry
    if around is None or area is None:
        return 0.0
    if area.geom_type == "Point":
        return azimuth_m(lat=place.lat, lon=place.lon, to_lat=around.lat, to_lon=around.lon)[1]
    shifts = (-360.0, 0.0, 360.0) if abs(place.lon) > 150.0 else (0.0,)
    degrees = min(area.distance(Point(place.lon + shift, place.lat)) for shift in shifts)
    return float(degrees) * _METRES_A_DEGREE


def _goes_on(text: str, resolutions: Sequence[Resolution], at: int) -> bool:
    """Whether another name follows at once: "Mali, Niger and Chad" is a list, whatever its first name is."""
    if at + 1 >= len(resolutions):
        return False
    return LISTED.fullmatch(text, resolutions[at].toponym.end, resolutions[at + 1].toponym.start) is not None


def _moved(resolution: Resolution, holder: Resolution) -> Resolution:
    name = holder.toponym.text
    measured = holder.precision == "near"
    geometry, uncertainty_m = (holder.geometry, holder.uncertainty_m) if measured else surroundings(holder)
    where = "at a distance from" if measured else "in"
    return replace(
        resolution,
        place=None,
        geometry=geometry,
        precision="near" if measured else "region",
        uncertainty_m=uncertainty_m,
        score=SCORE,
        margin=0.0,
        inferred=True,
        reasons=(*resolution.reasons, f"the text puts it {where} {name}, where the gazetteer has none of that name"),
    )
