"""The page's own files and the vendored libraries, in the order in which the page needs them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["SCRIPTS", "STYLES", "licences", "script", "style"]

_HERE = Path(__file__).parent
SCRIPTS = ("leaflet", "app")
STYLES = ("leaflet", "app")


@cache
def script(name: str) -> str:
    """Give the source of one of `SCRIPTS`. The page's own is made of `assets/app` by `build_app`."""
    if name == "app":
        source = _read(_HERE / "assets" / "app.min.js")
    else:
        # The map of the minified source is not shipped; a browser with open tools would ask for it.
        source = re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", _read(_HERE / "vendor" / "leaflet.js"))
    if "</script" in source.lower() or "<!--" in source:
        raise AssertionError(f"{name} holds text that would end its script element")
    return source


@cache
def style(name: str) -> str:
    """Text of one of `STYLES`. Leaflet's images (layer switch, default marker) are not used and are left out."""
    if name == "app":
        return _read(_HERE / "assets" / "app.min.css")
    return re.sub(r"url\([^)]*\)", "none", _read(_HERE / "vendor" / "leaflet.css"))


@cache
def licences() -> str:
    """Licence texts of everything that a page carries, for a comment in it."""
    leaflet = _read(_HERE / "vendor" / "LICENSE.leaflet.txt").strip()
    basemap = "Basemap: Natural Earth (public domain); cities: GeoNames (CC BY 4.0, geonames.org)."
    return f"Leaflet 1.9.4\n\n{leaflet}\n\n{basemap}".replace("--", "- -")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")
