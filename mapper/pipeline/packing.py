"""A report as bytes, and back: small enough to keep ten thousands of them, and safe to read from a folder of anyone's.

Outlines of countries and provinces come again in report after report: each is kept once, under its digest. What is
read back may hold nothing but the records of this package: any other name in the bytes is refused, so that a file
that somebody left in a folder cannot run anything.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import io
import pickle
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from mapper import incidents, records, sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.geocoder import Homes
    from mapper.records import Document, Failure, Report

__all__ = ["Packed", "Shapes", "key_of", "pack", "pack_record", "unpack", "unpack_fingerprint", "unpack_telling"]

_RECORDS: dict[tuple[str, str], type] = {
    (kind.__module__, name): kind for name in records.__all__ if isinstance(kind := getattr(records, name), type)
} | {("datetime", "date"): dt.date}
_FAST = 1  # zlib's level: two thirds of what the best one saves at a tenth of its time

_Shape = tuple[bytes, bytes]


class Packed(NamedTuple):
    """A report as bytes, and what has to be known of it before it is read again.

    Attributes
    ----------
    report
        The record.
    shapes
        Digest and WKB of the outlines that it refers to.
    tellings
        Of each incident: kind, confidence, id, and what merging needs (see `mapper.incidents.Telling`), as bytes.
    language, toponyms, resolved
        For the counts of a run.
    fingerprint
        What its copies are known by (see `mapper.sources.Fingerprint`), as bytes.
    """

    report: bytes
    shapes: tuple[_Shape, ...]
    tellings: tuple[tuple[str, float, str, bytes], ...]
    language: str
    toponyms: int
    resolved: int
    fingerprint: bytes


def key_of(document: Document, homes: Homes | None = None) -> bytes:
    """Give what a document is known by: a digest of its id, of all that was read with it, and of its outlet's home."""
    if document.copy_of is not None:  # that depends on the others
        document = dataclasses.replace(document, copy_of=None)
    known = repr(document) + (homes.mark(document) if homes else "")
    return hashlib.sha256(known.encode("utf-8", "surrogatepass")).digest()[:16]


def pack(report: Report) -> Packed:
    """Turn a report into bytes."""
    shapes: dict[bytes, bytes] = {}
    data = _dumped(report, shapes)
    tellings = [incidents.telling(incident) for incident in report.incidents]
    return Packed(
        data,
        tuple(shapes.items()),
        tuple((t.kind, t.confidence, t.incident_id, pickle.dumps(tuple(t))) for t in tellings),
        report.language,
        len(report.resolutions),
        sum(resolution.place is not None for resolution in report.resolutions),
        pickle.dumps(tuple(sources.fingerprint(report.document))),
    )


def pack_record(record: Failure) -> bytes:
    """Turn a record without geometry into bytes."""
    return _dumped(record, {})


def _dumped(record: Report | Failure, shapes: dict[bytes, bytes]) -> bytes:
    stream = io.BytesIO()
    _Pickler(stream, shapes).dump(record)
    return zlib.compress(stream.getvalue(), _FAST)


def unpack(data: bytes, shape: Callable[[bytes], BaseGeometry]) -> Any:
    """Turn bytes into the record that they were made of.

    Parameters
    ----------
    data
        From `pack` or `pack_record`.
    shape
        Gives the outline with a digest.

    Raises
    ------
    pickle.UnpicklingError
        When they hold anything but records.
    """
    return _Unpickler(io.BytesIO(zlib.decompress(data)), shape).load()


def unpack_telling(data: bytes) -> incidents.Telling:
    """Give what merging needs to know of an incident; see `Packed.tellings`."""
    return incidents.Telling(*_Unpickler(io.BytesIO(data), _no_shape).load())


def unpack_fingerprint(data: bytes) -> sources.Fingerprint:
    """Give what the copies of a report are known by; see `Packed.fingerprint`."""
    return sources.Fingerprint(*_Unpickler(io.BytesIO(data), _no_shape).load())


def _no_shape(_digest: bytes) -> BaseGeometry:
    raise pickle.UnpicklingError("no outline belongs here")


class Shapes:
    """Outlines by digest, each one object however often it is asked for; the least used are let go.

    Parameters
    ----------
    find
        Gives the WKB of a digest.
    """

    def __init__(self, find: Callable[[bytes], bytes]) -> None:
        self._kept = functools.lru_cache(maxsize=4096)(lambda digest: shapely.from_wkb(find(digest)))

    def __call__(self, digest: bytes) -> BaseGeometry:
        """Give the outline with a digest."""
        shape: BaseGeometry = self._kept(digest)
        return shape


@functools.lru_cache(maxsize=16_384)
def _point(x: float, y: float) -> BaseGeometry:
    """Give a point, the same object for the same place: a capital stands in thousands of rows."""
    return shapely.Point(x, y)


class _Pickler(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, shapes: dict[bytes, bytes]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._shapes = shapes
        self._known: dict[int, tuple[BaseGeometry, bytes]] = {}

    def persistent_id(self, item: Any) -> tuple[float, float] | bytes | None:
        if not isinstance(item, BaseGeometry):
            return None
        if isinstance(item, shapely.Point) and not item.is_empty and not item.has_z:
            return item.x, item.y
        if id(item) not in self._known:  # kept alive with it: an id must not come twice
            wkb = shapely.to_wkb(item)
            digest = hashlib.sha256(wkb).digest()[:16]
            self._known[id(item)] = item, digest
            self._shapes[digest] = wkb
        return self._known[id(item)][1]


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, shape: Callable[[bytes], BaseGeometry]) -> None:
        super().__init__(stream)
        self._shape = shape

    def persistent_load(self, said: tuple[float, float] | bytes) -> BaseGeometry:
        return _point(*said) if isinstance(said, tuple) else self._shape(said)

    def find_class(self, module: str, name: str) -> type:
        try:
            return _RECORDS[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no record of a report") from None
