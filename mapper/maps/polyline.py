"""Lines as short ASCII text: zigzag deltas in base 32 (Google's "encoded polyline algorithm format", public).

The page decodes the same text with `assets/app/codec.js`. Coordinates are degrees (EPSG:4326), x before y.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["decode", "encode"]

_OFFSET = 63  # the first printable character that the format uses
_CHUNK = 5  # bits a character


def encode(coordinates: NDArray[np.float64], *, decimals: int) -> str:
    """Encode a line.

    Parameters
    ----------
    coordinates
        Shape (n, 2): longitude and latitude in degrees.
    decimals
        Decimal places of a degree to keep; points that become equal to the one before are dropped.

    Returns
    -------
    str
        Printable ASCII.
    """
    steps = np.rint(np.asarray(coordinates, dtype=float)[:, :2] * 10**decimals).astype(np.int64)
    if len(steps) > 1:
        moved = np.any(np.diff(steps, axis=0) != 0, axis=1)
        steps = steps[np.concatenate(([True], moved))]
    deltas = np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()
    zigzag = np.where(deltas < 0, ~(deltas << 1), deltas << 1)
    return "".join(_characters(zigzag.tolist()))


def _characters(values: Iterable[int]) -> Iterable[str]:
    for value in values:
        rest = value
        while rest >= 1 << _CHUNK:
            yield chr((rest & 0x1F | 0x20) + _OFFSET)
            rest >>= _CHUNK
        yield chr(rest + _OFFSET)


def decode(text: str, *, decimals: int) -> NDArray[np.float64]:
    """Decode what `encode` made: an array of shape (n, 2), longitude and latitude in degrees."""
    codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.int64) - _OFFSET
    if not len(codes):
        return np.empty((0, 2))
    ends = np.flatnonzero(codes < 1 << _CHUNK)
    starts = np.concatenate(([0], ends[:-1] + 1))
    position = np.arange(len(codes)) - np.repeat(starts, ends - starts + 1)
    zigzag = np.add.reduceat((codes & 0x1F) << (_CHUNK * position), starts)
    deltas = np.where(zigzag & 1, ~(zigzag >> 1), zigzag >> 1)
    line: NDArray[np.float64] = np.cumsum(deltas.reshape(-1, 2), axis=0) / 10**decimals
    return line
