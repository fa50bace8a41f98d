"""Addresses of the web: fetched politely, in bounds, and only where the user names them.

robots.txt is respected (RFC 9309), one host is asked once a second at most, redirects are judged like addresses, and a
page has a limit of size and of time. Links are never followed.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from mapper import __version__
from mapper.errors import SourceError
from mapper.sources.connecting import connection, deadline
from mapper.sources.inputs import Input, buffered
from mapper.sources.naming import file_name
from mapper.sources.webpage import address

if TYPE_CHECKING:
    from mapper.sources.inputs import Reading

__all__ = ["PRODUCT", "Web"]

PRODUCT = f"incident-mapper/{__version__}"
"""What servers are told of who asks; robots.txt may name it as "incident-mapper"."""

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 512_000  # RFC 9309: at least 500 KiB
_LONGEST_DELAY_S = 60.0
_WHOLE = 4  # times the seconds of one step, for the whole of an answer
_CHUNK = 1 << 16
_SAFE = "/%:=&?~#+!$,;'@()*[]"
_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,text/plain,*/*;q=0.5"
)
_CHECK = "check the address and the network"
_SAVE_IT = "save the page in a browser, and give that file"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    reason: str
    location: str | None
    media_type: str
    charset: str | None
    data: bytes


class Web:
    """Fetches addresses, and remembers for each host when it was asked and what its robots.txt says."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._robots: dict[str, RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, source: str) -> Input:
        """Fetch what an address holds.

        Raises
        ------
        SourceError
            When it may not be fetched, cannot be, or is too large.
        """
        url = source
        for _ in range(_MOST_REDIRECTS + 1):
            parts = _parts(url)
            robots = self._robots_of(parts)
            if not robots.can_fetch(PRODUCT, urlunsplit(parts)):
                raise SourceError("the site's robots.txt asks programs to stay away from it", hint=_SAVE_IT)
            answer = self._ask(parts, self._reading.max_bytes, delay=_delay(robots))
            if answer.status not in _REDIRECTS or not answer.location:
                break
            url = urljoin(urlunsplit(parts), answer.location)
        else:
            raise SourceError(f"redirects more than {_MOST_REDIRECTS} times", hint="open it in a browser")
        if answer.status != http.HTTPStatus.OK:
            raise SourceError(f"the server answers {answer.status} {answer.reason}".rstrip(), hint=_SAVE_IT)
        if len(answer.data) > self._reading.max_bytes:
            limit = f"{self._reading.max_bytes:,} bytes"
            raise SourceError(f"is larger than the limit of {limit}", hint="download it, and give the file")
        return Input(
            source=source,
            name=file_name(parts.path.rstrip("/")).name or parts.hostname or "page",
            file=buffered(answer.data),
            size=len(answer.data),
            read_as=("web",),
            url=address(urlunsplit(parts)),
            media_type=answer.media_type,
            charset=answer.charset,
        )

    def _robots_of(self, parts: SplitResult) -> RobotFileParser:
        site = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
        if site not in self._robots:
            self._robots[site] = self._fetched_robots(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")))
        return self._robots[site]

    def _fetched_robots(self, url: str) -> RobotFileParser:
        parser = RobotFileParser()
        for _ in range(_MOST_REDIRECTS + 1):
            parts = _parts(url)
            answer = self._ask(parts, _ROBOTS_BYTES)
            if answer.status not in _REDIRECTS or not answer.location:
                break
            url = urljoin(urlunsplit(parts), answer.location)
        if answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            raise SourceError(f"the site's robots.txt cannot be read ({answer.status})", hint="try again later")
        known = answer.status == http.HTTPStatus.OK
        parser.parse(answer.data[:_ROBOTS_BYTES].decode("utf-8", errors="replace").splitlines() if known else [])
        return parser

    def _ask(self, parts: SplitResult, limit: int, *, delay: float = 0.0) -> _Answer:
        """Send one request, after the time that the host is given to rest."""
        host = parts.hostname or ""
        interval = max(self._reading.interval_s, delay)
        if (last := self._asked.get(host)) is not None:
            time.sleep(max(0.0, last + interval - time.monotonic()))
        try:
            return self._answer(parts, host, limit)
        except TimeoutError:
            raise SourceError("the server does not answer in time", hint="try again later") from None
        except socket.gaierror:
            raise SourceError("there is no such host, or no network", hint=_CHECK) from None
        except ssl.SSLError as error:
            raise SourceError(f"its certificate is not valid ({error.reason})", hint=_SAVE_IT) from None
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            said = " ".join(str(error).split())[:100] or type(error).__name__
            raise SourceError(f"cannot be fetched ({said})", hint=_CHECK) from None
        finally:
            self._asked[host] = time.monotonic()

    def _answer(self, parts: SplitResult, host: str, limit: int) -> _Answer:
        how = self._reading
        secure = parts.scheme == "https"
        port = parts.port or (http.client.HTTPS_PORT if secure else http.client.HTTP_PORT)
        name = host if ":" in host else host.encode("idna").decode("ascii")
        opened = connection(name, port, secure=secure, timeout_s=how.timeout_s, allow_private=how.allow_private)
        path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_SAFE)
        headers = {
            "User-Agent": _agent(how.user_agent),
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        try:
            with deadline(opened, _WHOLE * how.timeout_s):
                opened.request("GET", path, headers=headers)
                answer = opened.getresponse()
                data = b"" if answer.status in _REDIRECTS else _body(answer, limit)
        finally:
            opened.close()
        kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else ""
        charset = answer.headers.get_content_charset()
        return _Answer(answer.status, answer.reason, answer.headers.get("Location"), kind, charset, data)


def _parts(url: str) -> SplitResult:
    """Take an address apart.

    Raises
    ------
    SourceError
        When it is none of the web, holds a password, or cannot be read in one way only.
    """
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or any(character < " " or character == "\x7f" for character in url) or "\\" in url:
        raise SourceError("is no address of the web", hint="give one such as https://news.example/report")
    if parts.username is not None:
        raise SourceError("an address with a password in it is not read", hint=_SAVE_IT)
    return parts._replace(fragment="")


def _agent(given: str) -> str:
    return PRODUCT if given == PRODUCT.partition("/")[0] else f"{PRODUCT} ({given})"


def _delay(robots: RobotFileParser) -> float:
    try:
        return min(float(robots.crawl_delay(PRODUCT) or 0.0), _LONGEST_DELAY_S)
    except ValueError:
        return 0.0


def _body(answer: http.client.HTTPResponse, limit: int) -> bytes:
    """Read an answer, unpacked, up to one byte more than the limit."""
    packed = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in {"identity", "gzip", "x-gzip", "deflate", ""}:
        raise ValueError(f"packed as {packed[:20]!r}")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed not in {"identity", ""} else None
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and (chunk := answer.read1(_CHUNK)):
        piece = chunk[:left] if unpack is None else unpack.decompress(chunk, left)
        parts.append(piece)
        left -= len(piece)
    if unpack is not None and left > 0 and not unpack.eof:
        raise ValueError("cut short")
    return b"".join(parts)
