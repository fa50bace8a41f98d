"""Lines as short ASCII text: zigzag deltas in base 32 (Google's "encoded polyline algorithm format", public).

The page decodes the same text with `assets/app/codec.js`. Coordinates are degrees (EPSG:4326), x before y.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["decode", "decode_all", "encode"]

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
    return decode_all([text], decimals=decimals)[0]


def decode_all(texts: Sequence[str], *, decimals: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Decode many lines at once, a hundred times as fast as one after the other.

    Parameters
    ----------
    texts
        What `encode` made.
    decimals
        As `encode` was told.

    Returns
    -------
    tuple of ndarray
        Points of all lines, shape (n, 2), longitude and latitude in degrees; and the number of points of each line.
    """
    codes = np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8).astype(np.int64) - _OFFSET
    ends = np.flatnonzero(codes < 1 << _CHUNK)
    if not len(ends):
        return np.empty((0, 2)), np.zeros(len(texts), dtype=np.int64)
    starts = np.concatenate(([0], ends[:-1] + 1))
    position = np.arange(len(codes)) - np.repeat(starts, ends - starts + 1)
    zigzag = np.add.reduceat((codes & 0x1F) << (_CHUNK * position), starts)
    deltas = np.where(zigzag & 1, ~(zigzag >> 1), zigzag >> 1).reshape(-1, 2)
    stops = np.searchsorted(ends, np.cumsum([len(text) for text in texts])) // 2
    counts = np.diff(stops, prepend=0)
    walked = np.vstack([np.zeros((1, 2), dtype=np.int64), np.cumsum(deltas, axis=0)])
    # Each line counts from the origin: what the lines before it walked is taken off again.
    before = np.repeat(walked[stops - counts], counts, axis=0)
    return (walked[1:] - before) / 10**decimals, counts
