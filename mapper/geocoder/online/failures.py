"""What went wrong at a service: one line for people, and whether asking again makes sense."""

from __future__ import annotations

import time
from dataclasses import dataclass

from geopy import exc
from geopy.adapters import AdapterHTTPError, get_retry_after

from mapper.errors import ServiceError
from mapper.geocoder.online.transport import ConnectionCutError

__all__ = ["Failure", "failure_of", "resting"]

_OFFLINE = "try again later, or use the offline gazetteer"


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that failed.

    Attributes
    ----------
    error
        To raise when it is not asked again.
    again
        Whether the same request may well succeed later.
    retry_after_s
        How long the service asks to be left alone, in seconds.
    refused
        The service does not want this caller: the next request would be refused too.
    blameless
        The service is well; the request was at fault.
    """

    error: ServiceError
    again: bool = False
    retry_after_s: float | None = None
    refused: bool = False
    blameless: bool = False


def failure_of(error: Exception, host: str, *, timeout_s: float) -> Failure:
    """Tell what an exception of geopy means.

    Parameters
    ----------
    error
        Of geopy, or of reading its answer.
    host
        Who was asked.
    timeout_s
        How long an answer was waited for.
    """
    if isinstance(error.__cause__, AdapterHTTPError):
        return _of_status(error.__cause__, host)
    match error:
        case exc.GeocoderTimedOut():
            return Failure(ServiceError(f"{host} did not answer in {timeout_s:g} seconds", hint=_OFFLINE), again=True)
        case ConnectionCutError():
            return Failure(ServiceError(f"{host} cut the connection", hint=_OFFLINE), again=True)
        case exc.GeocoderUnavailable():
            return Failure(
                ServiceError(f"{host} cannot be reached ({_line(error)})", hint="check the network and the host's name")
            )
        case exc.GeocoderQuotaExceeded() | exc.GeocoderInsufficientPrivileges() | exc.GeocoderAuthenticationFailure():
            return Failure(_refusal(host, _line(error)), refused=True)
        case exc.GeocoderQueryError():
            return Failure(_question(host, _line(error)), blameless=True)
        case exc.GeocoderServiceError() if not isinstance(error, exc.GeocoderParseError):
            return Failure(ServiceError(f"{host} failed ({_line(error)})", hint=_OFFLINE))
        case _:
            return Failure(
                ServiceError(f"{host} gave an answer that cannot be read", hint="try again, or another provider")
            )


def resting(host: str, until: float) -> ServiceError:
    """Say that a service is left alone until a time (seconds since 1970)."""
    clock = time.strftime("%H:%M:%S", time.localtime(until))
    return ServiceError(
        f"{host} has refused or failed, and is left alone until {clock}",
        hint="use the offline gazetteer or another provider meanwhile",
    )


def _of_status(error: AdapterHTTPError, host: str) -> Failure:
    status = error.status_code
    retry_after = get_retry_after(error.headers)
    hint = f"ask again in {retry_after:.0f} seconds, or use the offline gazetteer" if retry_after else _OFFLINE
    if status == 429:
        slower = ServiceError(f"{host} limits how often it may be asked", hint=hint)
        return Failure(slower, again=True, retry_after_s=retry_after)
    if status in {401, 402, 403, 407}:
        return Failure(_refusal(host, f"HTTP {status}"), refused=True)
    if status >= 500 or status == 408:
        down = ServiceError(f"{host} failed (HTTP {status})", hint=hint)
        return Failure(down, again=status != 501, retry_after_s=retry_after)
    if status >= 400:
        return Failure(_question(host, f"HTTP {status}"), blameless=True)
    return Failure(
        ServiceError(f"{host} points elsewhere (HTTP {status})", hint="name the host that answers, with https://"),
        blameless=True,
    )


def _refusal(host: str, reason: str) -> ServiceError:
    return ServiceError(
        f"{host} refuses to answer ({reason})", hint="name yourself in the user agent, and read its usage policy"
    )


def _question(host: str, reason: str) -> ServiceError:
    return ServiceError(f"{host} cannot answer this ({reason})", hint="write the name another way, or check the host")


def _line(error: Exception) -> str:
    """Cut an error, which may be a server's own words, to a line."""
    words = " ".join(str(error).split())
    return words if len(words) <= 120 else f"{words[:120]}…"
