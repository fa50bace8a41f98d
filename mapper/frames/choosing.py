"""Which incidents: by time, kind, place, toll and confidence, with one rule for what is only partly known.

An incident may be known as "some day in January" or "somewhere in Iraq". Such a one matches a narrower question only
when it must (`sure`, the default) or already when it may.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from mapper.errors import UsageError
from mapper.frames.build import zones_of
from mapper.frames.collection import Layers
from mapper.frames.geometry import cut_antimeridian, mend_polygons
from mapper.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Mask = NDArray[np.bool_]

__all__ = ["Day", "day_of", "where", "words_of"]

Day = str | dt.date


def where(
    layers: Layers,
    *,
    since: Day | None = None,
    until: Day | None = None,
    event_type: str | Iterable[str] | None = None,
    status: str | Iterable[str] | None = None,
    country: str | Iterable[str] | None = None,
    place: str | Iterable[str] | None = None,
    bounds: tuple[float, float, float, float] | None = None,
    polygon: BaseGeometry | gpd.GeoSeries | gpd.GeoDataFrame | None = None,
    precision: str | Iterable[str] | None = None,
    killed: int | None = None,
    at_least: Mapping[str, int] | None = None,
    min_confidence: float | None = None,
    sure: bool = True,
) -> Layers:
    """Keep the incidents that meet all conditions.

    Parameters
    ----------
    layers
        Whose incidents are asked.
    since, until
        First and last day, inclusive; a date or ``YYYY-MM-DD``. An incident without a date meets neither.
    event_type, status, precision
        One value or several. `event_type` takes subtypes too.
    country
        Names or ISO 3166-1 alpha-2 codes, one or several.
    place
        Names of places, provinces or countries, one or several: those in the layer, or others that the gazetteer knows
        them by ("Azaz" for I‘zāz). Case, diacritics and hyphens do not matter.
    bounds
        (west, south, east, north) in degrees, EPSG:4326; west > east runs over the antimeridian.
    polygon
        A shapely geometry in EPSG:4326, or a GeoSeries or GeoDataFrame in any CRS.
    killed
        At least so many people; the same as ``at_least={"killed": ...}``.
    at_least
        At least so many people of each harm ("killed", "injured", and what else the schema has).
    min_confidence
        0 to 1.
    sure
        True keeps what must match: all its possible days lie within `since` and `until`, an area lies wholly within
        the bounds or the polygon (a point counts where it is drawn), the lowest toll is high enough. False keeps as
        well what may match: days or areas that overlap, a highest toll that is high enough or open.

    Returns
    -------
    Layers
        An incident with several places keeps the rows whose place matches. Zones are those of the rows kept; places and
        reports stay as they are, for they say what was read.

    Raises
    ------
    UsageError
        A date, bounds or a kind of harm is none, or `polygon` has no CRS.
    """
    import numpy as np  # noqa: PLC0415  (slow import, only when layers are asked)

    frame = layers.incidents
    keep = np.ones(len(frame), dtype=bool)
    if since is not None or until is not None:
        keep &= _in_time(frame, since, until, sure=sure)
    for names, columns in (
        (event_type, ("event_type", "event_subtype")),
        (status, ("status",)),
        (precision, ("precision",)),
    ):
        if names is not None:
            keep &= _any_is(frame, columns, set(words_of(names)))
    if country is not None:
        keep &= _named(frame, ("country", "country_code"), country)
    if place is not None:
        keep &= _named(frame, ("place_name", "admin1", "country"), place) | _known_as(frame, place)
    for ground in (None if bounds is None else _box(bounds), None if polygon is None else _ground(polygon)):
        if ground is not None:
            keep &= _on(frame, ground, sure=sure)
    tolls = dict(at_least or {}) | ({} if killed is None else {"killed": killed})
    for harm, number in tolls.items():
        keep &= _harmed(frame, harm, number, sure=sure)
    if min_confidence is not None:
        keep &= (frame["confidence"] >= min_confidence).to_numpy(dtype=bool)
    incidents = frame[keep].reset_index(drop=True)
    return Layers(incidents=incidents, places=layers.places, zones=zones_of(incidents), reports=layers.reports)


def day_of(day: Day) -> dt.date:
    """Read a day from a date or from ``YYYY-MM-DD``.

    Raises
    ------
    UsageError
        It is no day.
    """
    if isinstance(day, dt.datetime):
        return day.date()
    if isinstance(day, dt.date):
        return day
    try:
        return dt.date.fromisoformat(day)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{day!r} is no day", hint="write it as YYYY-MM-DD") from error


def words_of(given: str | Iterable[str]) -> list[str]:
    """Give one word, or several, as a list."""
    return [given] if isinstance(given, str) else list(given)


def _in_time(frame: gpd.GeoDataFrame, since: Day | None, until: Day | None, *, sure: bool) -> Mask:
    import numpy as np  # noqa: PLC0415

    first, last = (frame[name].to_numpy("datetime64[D]") for name in ("date_start", "date_end"))
    early, late = (first, last) if sure else (last, first)  # what must, or may, not lie before and after
    keep = ~(np.isnat(first) & np.isnat(last))
    with np.errstate(invalid="ignore"):
        if since is not None:
            keep &= (early >= np.datetime64(day_of(since))) | (np.isnat(early) & (not sure))
        if until is not None:
            keep &= (late <= np.datetime64(day_of(until))) | (np.isnat(late) & (not sure))
    return np.asarray(keep, dtype=bool)


def _any_is(frame: gpd.GeoDataFrame, columns: Iterable[str], words: set[str]) -> Mask:
    import numpy as np  # noqa: PLC0415

    found: Mask = np.logical_or.reduce([frame[name].isin(words).to_numpy(dtype=bool) for name in columns])
    return found


def _named(frame: gpd.GeoDataFrame, columns: Iterable[str], names: str | Iterable[str]) -> Mask:
    """Compare names as the gazetteer does: each distinct one is folded once."""
    import numpy as np  # noqa: PLC0415

    from mapper.gazetteer import fold  # noqa: PLC0415

    wanted = {fold(name) for name in words_of(names)}
    found = []
    for column in columns:
        meant = [name for name in frame[column].dropna().unique() if fold(name) in wanted]
        found.append(frame[column].isin(meant).to_numpy(dtype=bool))
    kept: Mask = np.logical_or.reduce(found)
    return kept


def _known_as(frame: gpd.GeoDataFrame, names: str | Iterable[str]) -> Mask:
    """Tell which rows are places that the gazetteer knows by one of these names."""
    from mapper.gazetteer import open_gazetteer  # noqa: PLC0415

    gazetteer = open_gazetteer()
    ids = {c.place.gazetteer_id for name in words_of(names) for c in gazetteer.lookup(name)}
    known: Mask = frame["gazetteer_id"].isin(ids).to_numpy(dtype=bool)
    return known


def _box(bounds: tuple[float, float, float, float]) -> BaseGeometry:
    import shapely  # noqa: PLC0415

    hint = "give (west, south, east, north) in degrees; west > east runs over the antimeridian"
    try:
        west, south, east, north = (float(degree) for degree in bounds)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{bounds!r} are no bounds", hint=hint) from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise UsageError(f"{bounds!r} are no bounds on the globe", hint=hint)
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.union(shapely.box(west, south, 180.0, north), shapely.box(-180.0, south, east, north))


def _ground(polygon: Any) -> BaseGeometry:
    """Give one valid geometry, in EPSG:4326, of what was given as one or several in any CRS."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    if isinstance(polygon, shapely.Geometry):
        shapes = np.array([polygon], dtype=object)
    else:
        if polygon.crs is None:
            raise UsageError("the polygon has no CRS", hint="say which it is, with .set_crs('EPSG:4326') for instance")
        shapes = polygon.geometry.to_crs("EPSG:4326").dropna().to_numpy()
    return shapely.union_all(mend_polygons(cut_antimeridian(shapes)))


def _on(frame: gpd.GeoDataFrame, ground: BaseGeometry, *, sure: bool) -> Mask:
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    shapely.prepare(ground)
    test = shapely.covers if sure else shapely.intersects
    return np.asarray(test(ground, frame.geometry.to_numpy()), dtype=bool)


def _harmed(frame: gpd.GeoDataFrame, harm: str, number: int, *, sure: bool) -> Mask:
    """Compare with the lowest figure, or with the highest: an open one, where any figure is known, may be any."""
    if harm not in HARMS:
        known = ", ".join(HARMS)
        raise UsageError(f"no toll of {harm!r} is kept", hint=f"use {known}")
    low, best, high = (frame[f"{harm}_{bound}"] for bound in ("low", "best", "high"))
    fewest = low.fillna(best)
    if sure:
        must: Mask = (fewest >= number).fillna(value=False).to_numpy(dtype=bool)
        return must
    open_above = high.isna() & (low.notna() | best.notna())
    may: Mask = (high >= number).fillna(value=False).to_numpy(dtype=bool) | open_above.to_numpy(dtype=bool)
    return may
