"""Connections to hosts of the public network only, unless private ones are allowed.

The address that a name resolves to is judged, and that very address is connected to: a name that resolves to another
one a moment later (DNS rebinding) gains nothing. Proxies of the environment are not used, for they would resolve names
by themselves.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from mapper.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Connection", "connection", "deadline", "is_public"]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def connection(host: str, port: int, *, secure: bool, timeout_s: float, allow_private: bool) -> Connection:
    """Make a connection that has still to be opened.

    Parameters
    ----------
    timeout_s
        Seconds that each step may take; see `deadline` for all of them together.
    allow_private
        Whether the host may be this machine, or one of a private network.
    """
    if secure:
        return _SecureConnection(host, port, timeout_s, allow_private=allow_private)
    return Connection(host, port, timeout_s, allow_private=allow_private)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public network, whatever it may be wrapped in."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


@contextmanager
def deadline(opened: Connection, seconds: float) -> Iterator[None]:
    """Cut a connection off after so many seconds: a server that sends a byte now and then meets no other limit."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError, AttributeError):
            opened.wire.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError


class Connection(http.client.HTTPConnection):
    """A connection whose socket stays known until the answer has been read: `wire`."""

    wire: socket.socket

    def __init__(self, host: str, port: int, timeout_s: float, *, allow_private: bool) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._seconds, self._allow_private = timeout_s, allow_private

    def connect(self) -> None:
        """Connect to an address of the host that may be read."""
        self.sock = self.wire = _opened(self.host, self.port, self._seconds, allow_private=self._allow_private)


class _SecureConnection(Connection):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        wrapped = ssl.create_default_context().wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock = self.wire = wrapped
        wrapped.do_handshake()


def _opened(host: str, port: int, timeout_s: float, *, allow_private: bool) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = [info for info in found if allow_private or is_public(str(info[4][0]))]
    if not allowed:
        hint = "--allow-private reads it all the same"
        raise SourceError("is an address of this machine or of a private network", hint=hint)
    failed: OSError = OSError("no address")
    for _, _, _, _, where in allowed[:4]:
        try:
            return socket.create_connection((str(where[0]), port), timeout=timeout_s)
        except OSError as error:
            failed = error
    raise failed
