"""The HTML page: a `folium.Map` that renders to one file, with its libraries inside and a policy that stops the rest.

folium puts texts into script, where they run (popups, names, titles). So no text of a report goes through it: folium
gives the shell (the document, the map object, a place for a user's own layers), and the data stands in the page as gzip
in base64, which `assets/app` reads and turns into text nodes.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from mapper.errors import OutputError
from mapper.maps import assets, words
from mapper.maps.basemap import basemap
from mapper.maps.guard import fitted
from mapper.maps.overlays import read_overlay
from mapper.maps.payload import Payload, pack, payload
from mapper.maps.story import read_story
from mapper.maps.tiles import TileSource, tile_source

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

__all__ = ["IncidentMap", "save"]

_MAX_ZOOM = 14  # the outlines say nothing below this
_DATA_TYPE = "application/gzip+json;base64"
_AT_ONCE = 1_000_000  # characters written together
_MARK = "mapper-asset:"
_DATA_MARK = _MARK + "data"  # the data itself goes in last: branca would read megabytes of it as a template


class IncidentMap(folium.Map):
    """A folium map of incidents. `save` and a notebook's display both give the safe, self-contained page."""

    default_js = [(name, _MARK + name) for name in assets.SCRIPTS]  # noqa: RUF012 - folium's own form
    default_css = [(name + "_css", _MARK + name) for name in assets.STYLES]  # noqa: RUF012

    def __init__(
        self,
        layers: Any,
        *,
        title: str | None = None,
        tiles: str | None = None,
        language: str | None = None,
        overlays: Iterable[Any] = (),
        story: Any = None,
    ) -> None:
        source = tile_source(tiles) if tiles else None
        spoken = words.checked_language(language)
        extras = {
            "language": spoken,
            "own_title": bool(title),
            "overlays": [layer for overlay in overlays for layer in read_overlay(overlay)],
            "story": None if story is None else read_story(story),
        }
        content = payload(layers, title=title or words.word("title", spoken))
        # Between whole zooms the outlines are drawn afresh; pictures of a tile host would be blurred.
        snap = 1 if source else 0.25
        super().__init__(
            location=(0.0, 0.0),
            zoom_start=2,
            tiles=None,
            zoom_control=False,
            maxZoom=_deepest(source),
            minZoom=1,
            zoomSnap=snap,
        )
        layer = _IncidentLayer(content, source, extras)
        _Page(content.data["title"], source, spoken, layer.data).add_child(self, name="map")
        self.add_child(layer, name="incidents")
        for element in (self, *self._children.values()):
            _pin(element)

    def save(self, outfile: Any, close_file: bool = True, **_kwargs: Any) -> None:  # noqa: FBT001, FBT002 - folium's signature
        """Write the page to a path (aside, then renamed) or to an open binary file."""
        if hasattr(outfile, "write"):
            for piece in _pieces(self):
                outfile.write(piece)
            if close_file:
                outfile.close()
        else:
            write(_pieces(self), outfile)


class _IncidentLayer(MacroElement):
    """The data of the page and the call that starts it. Both halves of the template hold base64 and constants only."""

    _template = Template(
        """
        {% macro html(this, kwargs) -%}
        <script type="{{ this.data_type }}" id="mapper-data">{{ this.data_mark }}</script>
        <script type="{{ this.data_type }}" id="mapper-basemap">{{ this.base }}</script>
        <script type="{{ this.data_type }}" id="mapper-words">{{ this.words }}</script>
        <noscript>{{ this.table }}</noscript>
        {%- endmacro %}
        {% macro script(this, kwargs) -%}
        mapper.start({{ this._parent.get_name() }});
        {%- endmacro %}
        """
    )

    def __init__(self, content: Payload, tiles: TileSource | None, extras: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Incidents"
        self.data_type = _DATA_TYPE
        self.data_mark = _DATA_MARK
        data = content.data | extras
        if tiles:
            data["tiles"] = {
                "url": tiles.url,
                "credit": tiles.credit,
                "max_zoom": tiles.max_zoom,
                "subdomains": tiles.subdomains,
            }
        self.data = fitted(data)
        self.base = pack(basemap(content.bounds, content.spots))
        self.words = pack(words.table())
        self.table = _plain_table(content, extras["language"])


class _Page(Figure):
    """The document around the map. Rendering inlines every file and adds the policy."""

    def __init__(self, title: str, tiles: TileSource | None, language: str | None, data: str) -> None:
        super().__init__()
        self._data = data
        self._tiles = tiles
        self._language = language or "en"
        self._heading = title
        for element in (self, self.header, self.html, self.script, *self.header._children.values()):  # noqa: SLF001
            _pin(element)

    def render(self, **kwargs: Any) -> str:
        return "".join(self.parts(**kwargs))

    def parts(self, **kwargs: Any) -> tuple[str, str, str]:
        """Give the page up to its data, the data, and what follows: joined, a large page would be held twice."""
        text = super().render(**kwargs)
        text = _seal(text, title=self._heading, tiles=self._tiles, language=self._language)
        before, after = text.split(f">{_DATA_MARK}<", 1)
        return before + ">", self._data, "<" + after


def _pin(element: Element) -> None:
    # branca draws ids at random; the same incidents must give the same bytes.
    element._id = hashlib.sha256(type(element).__name__.encode()).hexdigest()[:32]  # noqa: SLF001


def _deepest(tiles: TileSource | None) -> int:
    return tiles.max_zoom if tiles else _MAX_ZOOM


def _seal(text: str, *, title: str, tiles: TileSource | None, language: str) -> str:
    """Put the libraries into the page, then allow exactly the scripts that are there."""
    for name in assets.SCRIPTS:
        text = text.replace(f'<script src="{_MARK}{name}"></script>', f"<script>{assets.script(name)}</script>")
    for name in assets.STYLES:
        text = text.replace(f'<link rel="stylesheet" href="{_MARK}{name}"/>', f"<style>{assets.style(name)}</style>")
    text = re.sub(r'<meta name="viewport".*?/>', "", text, flags=re.DOTALL)
    scripts = list(_scripts(text))
    # The libraries, folium's two switches, and the block that makes the map.
    expected = len(assets.SCRIPTS) + 2
    if len(scripts) != expected or _foreign(text):
        raise OutputError(
            "a layer that was added to the map loads scripts or styles from elsewhere",
            hint="add folium elements that bring no files of their own (GeoJson, Circle, Polygon, PolyLine, Rectangle)",
        )
    head = (
        '<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts, tiles)}"/>\n'
        f'<meta name="referrer" content="{"strict-origin-when-cross-origin" if tiles else "no-referrer"}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        '<meta name="color-scheme" content="light dark"/>\n'
        f"<title>{_escape(title)}</title>\n<!--\n{assets.licences()}\n-->"
    )
    text = text.replace("<head>", head, 1)
    way = "rtl" if language == "ar" else "ltr"
    return text.replace("<html>", f'<html lang="{language}" dir="{way}">', 1).replace("\r\n", "\n")


def _scripts(text: str) -> Iterator[str]:
    """Give the source of each script element that a browser would run."""
    for attributes, source in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, flags=re.DOTALL | re.IGNORECASE):
        if _DATA_TYPE not in attributes:
            yield source


def _foreign(text: str) -> bool:
    """Whether an element outside the scripts asks for a file."""
    bare = re.sub(r"<script\b[^>]*>.*?</script>", _opening, text, flags=re.DOTALL | re.IGNORECASE)
    return bool(re.search(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=", bare, flags=re.IGNORECASE))


def _opening(found: re.Match[str]) -> str:
    return found[0].split(">", 1)[0] + ">"


def _policy(scripts: list[str], tiles: TileSource | None) -> str:
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'" for source in scripts
    )
    images = f"data: blob:{' ' + tiles.origin if tiles else ''}"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src {images}; font-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _escape(value: object) -> str:
    """Text for HTML. branca renders this as a Jinja template once more, so braces must not stand."""
    escaped = html.escape("" if value is None else str(value), quote=True)
    return re.sub(r"[`$\\{}]", lambda found: f"&#{ord(found[0])};", escaped)


def _plain_table(content: Payload, language: str | None) -> str:
    """Build the table for readers without JavaScript: date, type, place, first quote."""
    rows = []
    for row in content.first:
        cells = (
            _iso(row.day) or words.word("no_date", language),
            _type(row.event_type, language),
            ", ".join(row.places or [words.word("place_unknown", language)]),
            row.quote if len(row.quote) <= 100 else row.quote[:100] + " …",
        )
        rows.append("<tr>" + "".join(f"<td>{_escape(cell)}</td>" for cell in cells) + "</tr>")
    caption = f"{content.data['title']}: {words.word('first_here', language, content.total, len(rows))}"
    heads = "".join(f"<th>{_escape(words.word(key, language))}</th>" for key in ("date", "type", "place", "quote"))
    return (
        f"<p>{_escape(words.word('no_script', language))}</p>"
        f"<table><caption>{_escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _type(key: str | None, language: str | None) -> str:
    known = f"type_{key}"
    return words.word(known, language) if known in words.table() else (key or "").replace("_", " ")


def _iso(day: int | None) -> str | None:
    import datetime as dt  # noqa: PLC0415

    return None if day is None else (dt.date(1970, 1, 1) + dt.timedelta(days=day)).isoformat()


def save(m: folium.Map, path: str | os.PathLike[str]) -> None:
    """Write a map to a path: see `mapper.maps.save`."""
    write(_pieces(m), path)


def _pieces(m: folium.Map) -> Iterator[bytes]:
    root = m.get_root()
    for part in root.parts() if isinstance(root, _Page) else (root.render(),):
        for start in range(0, len(part), _AT_ONCE):
            yield part[start : start + _AT_ONCE].encode()


def write(pieces: Iterable[bytes], path: str | os.PathLike[str]) -> None:
    """Write aside, then rename.

    Raises
    ------
    OutputError
        The folder is missing or cannot be written.
    """
    target = Path(path)
    aside: str | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            aside = file.name
            file.writelines(pieces)
        Path(aside).chmod(0o644)
        Path(aside).replace(target)
    except OSError as error:
        if aside:
            with contextlib.suppress(OSError):
                Path(aside).unlink()
        raise OutputError(
            f"cannot write {target}: {error.strerror or error}", hint="choose a folder that exists and can be written"
        ) from error
