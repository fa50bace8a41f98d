"""Which reports repeat another: the same agency text in three papers is one source, not three.

Every text leaves a fingerprint of 264 bytes (MinHash over runs of five words), so that memory holds no texts. Which of
several is the original depends on what they are, never on the order they came in: the one that was published first.

MinHash is by A. Broder (On the resemblance and containment of documents, 1997); the hash functions are those of
M. Dietzfelbinger (multiply and shift). 40 lines of numpy do what libraries of their own do.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zlib
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.records import Document

__all__ = ["Fingerprint", "fingerprint", "originals"]

_WORDS_IN_A_RUN = 5
_HASHES = 128
_BANDS = 32
_FEWEST_RUNS = 20
"""Shorter texts are copies only when they are the same, word for word."""
_ALIKE = 0.7
"""Share of the runs of two texts that both have, from which one is a copy of the other: a paper changes the headline,
cuts the last paragraph and adds its own line; another reporter of the same event hardly shares a run of five words."""
_WITHIN, _SIMILAR = 0.9, 0.4
"""Share of the runs of the shorter text that stand in the longer one: a paper that carries half of an agency's text."""
_DAYS_APART = 14
"""Forms that are filled in again every month are no copies of each other."""
_WORD = re.compile(r"\w+")
_MOST_WORDS = 50_000
_AT_ONCE = 1_024


class Fingerprint(NamedTuple):
    """What is kept of a text to know its copies: `size` counts its runs of words, `exact` is the hash of all words."""

    doc_id: str
    published: dt.date | None
    key: tuple[str, str, str]
    size: int
    exact: int
    signature: bytes


def fingerprint(document: Document) -> Fingerprint:
    """Take the fingerprint of a document: case, punctuation and white space do not count."""
    import numpy as np  # noqa: PLC0415 - slow to import

    words = [word.encode() for word in _WORD.findall(document.text.casefold())[:_MOST_WORDS]]
    hashes = np.fromiter(map(zlib.crc32, words), dtype=np.uint32, count=len(words))
    runs = np.zeros(max(len(words) - _WORDS_IN_A_RUN + 1, 0), dtype=np.uint32)
    for place in range(_WORDS_IN_A_RUN if len(runs) else 0):
        runs = (runs ^ hashes[place : place + len(runs)]) * np.uint32(0x9E3779B1)  # Fibonacci hashing
        runs ^= runs >> np.uint32(15)
    runs = np.unique(runs)
    signature = b""
    if len(runs) >= _FEWEST_RUNS:
        factors, terms = _functions()
        lowest = np.full(_HASHES, np.iinfo(np.uint32).max, dtype=np.uint32)
        for start in range(0, len(runs), _AT_ONCE):
            values = factors * runs[start : start + _AT_ONCE]
            values += terms
            np.minimum(lowest, values.min(axis=1), out=lowest)
        signature = _mixed(lowest).astype("<u2").tobytes()
    exact = int.from_bytes(hashlib.blake2b(b" ".join(words), digest_size=8).digest(), "big") if words else 0
    key = (document.url or "", document.sha256, document.source)
    return Fingerprint(document.id, document.published, key, len(runs), exact, signature)


def originals(fingerprints: Iterable[Fingerprint]) -> dict[str, str]:
    """Find the copies among reports.

    Returns
    -------
    dict
        Id of each copy -> id of the report that it repeats. An original is no copy itself; of equally old ones it is
        the one whose address, digest and source come first. The order of the input does not matter.
    """
    known = {each.doc_id: each for each in fingerprints}.values()  # a report that comes twice is no copy of itself
    ranked = sorted(known, key=lambda each: (each.published or dt.date.max, *each.key, each.doc_id))
    copies: dict[str, str] = {}
    _same_words(ranked, copies)
    _alike([each for each in ranked if each.doc_id not in copies and each.signature], copies)
    # A text that equals a near copy is a copy of what that one repeats.
    return {copy: copies.get(original, original) for copy, original in copies.items()}


def _same_words(ranked: list[Fingerprint], copies: dict[str, str]) -> None:
    first: dict[int, list[Fingerprint]] = defaultdict(list)
    for each in ranked:
        if not each.exact:
            continue
        original = next((other for other in first[each.exact] if _near_in_time(each, other)), None)
        if original is None:
            first[each.exact].append(each)
        else:
            copies[each.doc_id] = original.doc_id


def _alike(ranked: list[Fingerprint], copies: dict[str, str]) -> None:
    import numpy as np  # noqa: PLC0415 - slow to import

    if len(ranked) < 2:
        return
    signatures = np.frombuffer(b"".join(each.signature for each in ranked), dtype="<u2").reshape(len(ranked), _HASHES)
    days = np.array([_UNDATED if each.published is None else each.published.toordinal() for each in ranked])
    pairs = _similar(signatures, days)
    begins = np.searchsorted(pairs["one"], np.arange(len(ranked) + 1))
    for index, each in enumerate(ranked):
        if each.doc_id in copies:
            continue
        for _, other, share in pairs[begins[index] : begins[index + 1]].tolist():
            copy = ranked[other]
            if copy.doc_id not in copies and _is_copy(each, copy, share) and _near_in_time(each, copy):
                copies[copy.doc_id] = each.doc_id


def _similar(signatures: Any, days: Any) -> Any:
    """Find the pairs of signatures that are alike in at least `_SIMILAR`, each once, in order; `days` ascend.

    Those that agree in four hashes in a row are compared: nearly all pairs that are alike, few others. What is compared
    is let go at once: of a hundred thousand forms with the same lines, millions agree so far, and hardly any is a copy.
    """
    import numpy as np  # noqa: PLC0415 - slow to import

    bands = np.ascontiguousarray(signatures).view("<u8")
    kind = np.dtype([("one", "<i4"), ("other", "<i4"), ("share", "<f4")])
    found = [np.empty(0, kind)]
    compared = np.zeros(bands.shape, dtype=bool)  # with all that agree with it in this band
    for band in range(_BANDS):
        order = np.argsort(bands[:, band], kind="stable")
        ends = np.flatnonzero(np.diff(bands[order, band])) + 1
        for group in np.split(order, ends):
            for at, one in enumerate(group[: _MOST_IN_A_GROUP + 1].tolist()):
                later = group[at + 1 :]
                when = days[later]
                later = later[(when <= days[one] + _DAYS_APART) | (when == _UNDATED)]
                before = (bands[later, :band] == bands[one, :band]) & compared[one, :band]
                fresh = later[~before.any(axis=1)]
                compared[one, band] = True
                shares = (signatures[fresh] == signatures[one]).mean(axis=1, dtype=np.float32)
                kept = np.flatnonzero(shares >= _SIMILAR)
                if len(kept):
                    pairs = np.empty(len(kept), kind)
                    pairs["one"], pairs["other"], pairs["share"] = one, fresh[kept], shares[kept]
                    found.append(pairs)
    return np.unique(np.concatenate(found))


_UNDATED = dt.date.max.toordinal()
_MOST_IN_A_GROUP = 200  # of a thousand texts that agree this far, nearly all are copies of the first


def _is_copy(one: Fingerprint, other: Fingerprint, share: float) -> bool:
    if share >= _ALIKE:
        return True
    common = share / (1 + share) * (one.size + other.size)
    return share >= _SIMILAR and common >= _WITHIN * min(one.size, other.size)


def _near_in_time(one: Fingerprint, other: Fingerprint) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= _DAYS_APART


@cache
def _functions() -> tuple[Any, Any]:
    import numpy as np  # noqa: PLC0415 - slow to import

    # The same on every machine and in every version: a generator that is defined by its numbers (Knuth's MMIX).
    state, values = 1, []
    for _ in range(2 * _HASHES):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        values.append(state >> 32)
    factors = np.array(values[:_HASHES], dtype=np.uint32) | np.uint32(1)
    return factors[:, None], np.array(values[_HASHES:], dtype=np.uint32)[:, None]


def _mixed(values: Any) -> Any:
    import numpy as np  # noqa: PLC0415 - slow to import

    # The lowest of many numbers has small leading bits: mixed, any 16 of its bits are as good as others.
    values = (values ^ values >> np.uint32(16)) * np.uint32(0x85EBCA6B)  # from MurmurHash3
    return (values ^ values >> np.uint32(13)) & np.uint32(0xFFFF)
