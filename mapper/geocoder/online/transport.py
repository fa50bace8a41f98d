"""How geopy reaches a server: urllib with a bound on size and time, strict JSON, and errors that tell failures apart.

geopy's own adapters retry by themselves or take whatever comes: an answer of any size, a server that sends a byte every
few seconds, NaN for a coordinate.
"""

from __future__ import annotations

import http.client
import json
import time
import warnings
from typing import Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

__all__ = ["Adapter", "ConnectionCutError"]

MAX_BYTES = 8_000_000
"""A hundred answers with their addresses are a tenth of this."""

_CHUNK = 65_536

# geopy warns of a latitude of 95 and raises; one of the two is enough. Set once: `catch_warnings` is not for threads.
warnings.filterwarnings("ignore", message="Latitude normalization has been prohibited", category=UserWarning)


class ConnectionCutError(GeocoderServiceError):  # type: ignore[misc]  # geopy has no types
    """The server hung up in the middle of its answer."""


class _NoRedirect(HTTPRedirectHandler):
    # A redirect would carry the name, the user agent and a key to a server that nobody named.
    def redirect_request(self, *_arguments: Any, **_options: Any) -> None:
        return None


class Adapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """geopy's way to the network; see `geopy.adapters.BaseSyncAdapter`."""

    def __init__(self, *, proxies: dict[str, str] | None, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        proxy = ProxyHandler(proxies) if proxies is not None else ProxyHandler()
        self._open = build_opener(HTTPSHandler(context=ssl_context), proxy, _NoRedirect()).open

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Fetch and parse; NaN and infinities are no JSON."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text, parse_constant=_refused)
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("the answer is no JSON") from error

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Fetch; `timeout` bounds the whole answer, in seconds."""
        until = time.monotonic() + timeout
        try:
            with self._open(Request(url, headers=headers), timeout=timeout) as page:  # noqa: S310  target_of checks it
                body = _read(page, until)
                charset = page.headers.get_content_charset() or "utf-8"
        except HTTPError as error:
            with error:
                fields = {name.lower(): value for name, value in error.headers.items()}
            raise AdapterHTTPError(f"HTTP {error.code}", status_code=error.code, headers=fields, text=None) from error
        except TimeoutError as error:
            raise GeocoderTimedOut("timed out") from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise GeocoderTimedOut("timed out") from error
            if isinstance(error.reason, ConnectionResetError | http.client.HTTPException):
                raise ConnectionCutError("the connection was cut") from error
            raise GeocoderUnavailable(str(error.reason)) from error
        except (http.client.HTTPException, OSError) as error:
            raise ConnectionCutError("the connection was cut") from error
        try:
            return body.decode(charset)
        except (UnicodeDecodeError, LookupError) as error:
            raise GeocoderParseError("the answer is no text") from error


def _read(page: http.client.HTTPResponse, until: float) -> bytes:
    parts, size = [], 0
    while part := page.read1(_CHUNK):
        size += len(part)
        if size > MAX_BYTES:
            raise GeocoderParseError(f"the answer is larger than {MAX_BYTES} bytes")
        if time.monotonic() > until:
            raise TimeoutError
        parts.append(part)
    if page.length:  # read1 ends quietly where the connection does
        raise http.client.IncompleteRead(b"", page.length)
    return b"".join(parts)


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
