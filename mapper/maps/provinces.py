"""In which province each place of an incident lies, for the view that counts by province.

A place that is known only as a country, a sea or a part of a country lies in no province: counting it to one would say
more than is known. Outlines are those of the gazetteer that ships with the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.errors import GazetteerError

if TYPE_CHECKING:
    from mapper.maps.areas import Areas

__all__ = ["Provinces"]

_AREAS_INSIDE = frozenset({"adm1", "adm2"})
_DETAIL = 150  # of a province's width: the view is looked at from afar
_MOST = 1500  # outlines; more would make the page slow to open


class Provinces:
    """The provinces in which places lie, numbered as they come.

    Without a gazetteer, and where nothing lies in a province, there are none.

    Parameters
    ----------
    areas
        Where their outlines go.
    """

    def __init__(self, areas: Areas) -> None:
        self.columns: dict[str, list[Any]] = {"name": [], "area": []}
        self._areas = areas
        self._numbers: dict[str, int] = {}

    def of(self, places: dict[str, list[Any]]) -> list[int | None]:
        """Give the number of the province in which each place lies, or None."""
        n = len(places["lon"])
        rows = [row for row in range(n) if _counts(places, row)]
        found: list[int | None] = [None] * n
        if not rows:
            return found
        codes, outline = _found([_spot(places, self._areas, row) for row in rows])
        for row, code in zip(rows, codes, strict=True):
            if code and code not in self._numbers:
                self._numbers[code] = self._number(outline(code) if len(self._numbers) < _MOST else None)
            number = self._numbers.get(code, -1)
            found[row] = number if number >= 0 else None
        return found

    def _number(self, province: tuple[str, Any] | None) -> int:
        if province is None:
            return -1
        name, geometry = province
        self.columns["name"].append(name)
        self.columns["area"].append(self._areas.index(geometry, detail=_DETAIL, first_view=False))
        return len(self.columns["name"]) - 1


def _counts(places: dict[str, list[Any]], row: int) -> bool:
    if places["place_role"][row] not in (None, "happened"):
        return False
    return places["lon"][row] is not None or (
        places["area"][row] is not None and places["precision"][row] in _AREAS_INSIDE
    )


def _spot(places: dict[str, list[Any]], areas: Areas, row: int) -> tuple[float, float]:
    if places["lon"][row] is not None:
        return places["lon"][row] / 1e5, places["lat"][row] / 1e5
    lon, lat = areas.encoded[places["area"][row]]["label"]
    return (lon + 180.0) % 360.0 - 180.0, lat


def _found(spots: list[tuple[float, float]]) -> tuple[list[str], Any]:
    from mapper.gazetteer import open_gazetteer  # noqa: PLC0415 - only where there is something to count

    try:
        gazetteer = open_gazetteer(own=False)
    except GazetteerError:
        return [""] * len(spots), None
    codes = gazetteer.admin1_at([lon for lon, _ in spots], [lat for _, lat in spots])

    def outline(code: str) -> tuple[str, Any] | None:
        country, _, unit = code.partition(".")
        place = gazetteer.admin1(country, unit)
        geometry = gazetteer.geometry(place) if place else None
        drawn = geometry is not None and geometry.geom_type in {"Polygon", "MultiPolygon"}
        return (place.name, geometry) if place and drawn else None

    return codes, outline
