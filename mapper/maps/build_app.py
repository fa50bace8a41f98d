"""Build `assets/app.min.js` and `assets/app.min.css`, what pages carry, from the sources in `assets/app`.

Run after a change of the sources; the results are committed and repeat to the byte::

    python -m mapper.maps.build_app        # the same as: make page

The minifier (`tdewolff-minify`, pinned in the group `test`) shortens the names inside the one closure that all scripts
share. Names of properties, texts and everything that another file may ask for stay as they are written.
"""

from __future__ import annotations

import sys
from pathlib import Path

import minify

__all__ = ["script", "source", "style"]

ASSETS = Path(__file__).parent / "assets"
PARTS = (
    *("codec", "words", "dom", "glyphs", "state", "timeline"),
    *("canvas", "base", "areas", "clusters", "points", "arcs", "density", "overlay", "draw", "view"),
    *("panel", "list", "filters", "sidebar", "story", "download", "controls", "pointer", "start"),
)
"""The scripts in the order in which the page needs them; only `mapper` is global."""


def source() -> str:
    """Give all scripts of the page as one, as they are written."""
    parts = "\n".join(_source(f"{part}.js") for part in PARTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


def script() -> str:
    """Give all scripts of the page as one, minified."""
    return _minified("application/javascript", source())


def style() -> str:
    """Give the style sheet of the page, minified."""
    return _minified("text/css", _source("app.css"))


def _source(name: str) -> str:
    return (ASSETS / "app" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _minified(kind: str, text: str) -> str:
    return str(minify.string(kind, text)).strip() + "\n"


def main() -> None:
    """Write both files and say how large they are."""
    for name, text in (("app.min.js", script()), ("app.min.css", style())):
        (ASSETS / name).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{name}: {len(text.encode()):,} bytes\n")


if __name__ == "__main__":
    main()
