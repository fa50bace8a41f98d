"""A tile host, where a user asks for one: its address, its credit, and the origin that may be asked for images."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mapper.errors import UsageError

__all__ = ["TileSource", "tile_source"]

_HINT = 'give a name such as "OpenStreetMap.Mapnik" or an address such as "https://tiles.example.org/{z}/{x}/{y}.png"'
_ORIGIN = re.compile(r"(https?://)((?:\{s\}\.)?)([a-zA-Z0-9.-]+(?::\d+)?)/[^\s\"'<>;,\\]*")


@dataclass(frozen=True, slots=True)
class TileSource:
    """Address with `{x}`, `{y}`, `{z}` (and `{s}`), plain-text credit, deepest zoom, origin for the page's policy."""

    url: str
    credit: str
    max_zoom: int
    origin: str
    subdomains: str = "abc"


def tile_source(tiles: str) -> TileSource:
    """Look `tiles` up among the providers of xyzservices, or take it as an address.

    Raises
    ------
    UsageError
        The name is unknown, the provider needs a key, or the address is none of tiles.
    """
    import xyzservices.providers  # noqa: PLC0415 - reads a file of 300 kB

    if "{" in tiles or "/" in tiles:
        return _from_address(tiles, credit=None, max_zoom=19)
    try:
        provider = xyzservices.providers.query_name(tiles)
    except ValueError:
        raise UsageError(f"unknown tile host {tiles!r}", hint=_HINT) from None
    if provider.requires_token():
        raise UsageError(f"tile host {tiles!r} needs a key", hint="give its whole address, with the key in it")
    url = provider.build_url(scale_factor="", fill_subdomain=False)
    subdomains = provider.get("subdomains", "abc")
    source = _from_address(url, credit=provider.get("attribution"), max_zoom=int(provider.get("max_zoom", 18)))
    return TileSource(source.url, source.credit, source.max_zoom, source.origin, "".join(subdomains))


def _from_address(url: str, *, credit: str | None, max_zoom: int) -> TileSource:
    found = _ORIGIN.fullmatch(url)
    if not found or not all(part in url for part in ("{x}", "{y}", "{z}")):
        raise UsageError(f"not an address of tiles: {url!r}", hint=_HINT)
    scheme, subdomain, host = found.groups()
    return TileSource(url, credit or f"Map tiles: {host}", max_zoom, f"{scheme}{'*.' if subdomain else ''}{host}")
