"""GeoDataFrames to one self-contained, safe HTML page, with `folium.Map` as its shell.

>>> from mapper import maps
>>> m = maps.render(layers, title="Incidents, February 2024")  # doctest: +SKIP
>>> m.save("map.html")  # doctest: +SKIP

The modules, in the order in which they are used: `gathering` takes layers, part by part or at once, with `cells`,
`areas`, `columns` and `spill`; `provinces` and `payload` make the page's data of them, `overlays` and `story` of what
a user adds; `extent` finds the view, `basemap` gives the outlines, `tiles` a tile host where one is asked for,
`words` the words of the page, `guard` keeps it small enough to open, and `page` puts it all into a folium map.
`assets/app/` is the page's own JavaScript, `vendor/` the libraries it stands on. `build_app` (after a change in
`assets/app/`) and `build_basemap` are run by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.maps.gathering import Parts

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    import folium

__all__ = ["Parts", "read_overlay", "read_story", "render", "save"]


def render(
    layers: Any,
    *,
    title: str | None = None,
    tiles: str | None = None,
    language: str | None = None,
    overlays: Iterable[Any] = (),
    story: Any = None,
) -> folium.Map:
    """Draw incidents on a map.

    Parameters
    ----------
    layers
        An object with the GeoDataFrames `incidents`, `places`, `zones` and `reports` (EPSG:4326; another CRS is
        converted), or the `Parts` that such objects were added to. Missing layers, columns and values count as not
        known.
    title
        Heading of the page.
    tiles
        A tile host to draw instead of the embedded outlines: a name known to xyzservices ("OpenStreetMap.Mapnik") or an
        address with `{x}`, `{y}` and `{z}`. The page then asks that host for images; without it, it asks for nothing.
    language
        Language of the page's own words: "en", "ar", "fr" or "es". Default (or "auto"): the browser's. A reader can
        choose another on the page.
    overlays
        Own layers beside the incidents: paths of GIS files (every layer of each is taken), or GeoDataFrames, whose
        `attrs["name"]` is the name.
    story
        Path of a story (see `mapper.maps.story`), or what stands in such a file.

    Returns
    -------
    folium.Map
        `m.save("map.html")` writes one file that needs no network. Own folium layers may be added to it as long as they
        bring no files from elsewhere; what text they carry is for their author to keep safe.

    Raises
    ------
    UsageError
        `tiles` is neither a known name nor an address of tiles; the page does not speak `language`.
    SourceError
        An overlay or the story cannot be read.

    Warns
    -----
    PageSizeWarning
        The page would be too large to open, and what is left out of it.
    """
    from mapper.maps.page import IncidentMap  # noqa: PLC0415 - folium is slow to import

    return IncidentMap(layers, title=title, tiles=tiles, language=language, overlays=overlays, story=story)


def read_overlay(source: Any) -> list[dict[str, Any]]:
    """Read own layers (see `mapper.maps.overlays`), as `render` does: to know first whether that is possible."""
    from mapper.maps import overlays  # noqa: PLC0415

    return overlays.read_overlay(source)


def read_story(source: Any) -> dict[str, Any]:
    """Read a story (see `mapper.maps.story`), as `render` does."""
    from mapper.maps import story  # noqa: PLC0415

    return story.read_story(source)


def save(m: folium.Map, path: str | os.PathLike[str]) -> None:
    """Write a map to `path`: first beside it, then renamed, so that an older file stays whole if something fails.

    Raises
    ------
    OutputError
        The file cannot be written, or a layer added to the map loads files from elsewhere.
    """
    from mapper.maps import page  # noqa: PLC0415

    page.save(m, path)
