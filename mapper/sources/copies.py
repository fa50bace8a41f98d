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
from array import array
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
    ranked = _Ranked.of(fingerprints)
    copies: dict[int, int] = {}
    _same_words(ranked, copies)
    _alike(ranked, copies)
    # A text that equals a near copy is a copy of what that one repeats.
    return {ranked.doc_id(copy): ranked.doc_id(copies.get(original, original)) for copy, original in copies.items()}


class _Ranked:
    """Fingerprints in the order in which one is the original of another, as arrays: a hundred thousand are few MB.

    Attributes
    ----------
    names
        What ranks reports of one day, their ids at the end.
    days
        Of publication, as ordinals; `_UNDATED` where it is not known.
    sizes, exact
        As in `Fingerprint`.
    signatures
        (signed, hashes): those of the reports `signed`, which are long enough to have one.
    """

    def __init__(self, names: list[bytes], columns: dict[str, Any], signatures: Any) -> None:
        import numpy as np  # noqa: PLC0415 - slow to import

        order = np.array(sorted(range(len(names)), key=lambda n: (columns["days"][n], names[n])), dtype=np.intp)
        self.names = [names[n] for n in order.tolist()]
        self.days, self.sizes, self.exact, place = (columns[c][order] for c in ("days", "sizes", "exact", "signature"))
        self.signed = np.flatnonzero(place >= 0)
        self.signatures = signatures[place[self.signed]]

    @classmethod
    def of(cls, fingerprints: Iterable[Fingerprint]) -> _Ranked:
        """Take them in as they come; a report that comes twice is no copy of itself."""
        import numpy as np  # noqa: PLC0415 - slow to import

        names: list[bytes] = []
        days, sizes, exact, signature, same = array("q"), array("q"), array("Q"), array("q"), array("Q")
        signatures = bytearray()
        for each in fingerprints:
            names.append(b"\0".join([*(_ranking(part) for part in each.key), _encoded(each.doc_id)]))
            days.append(_UNDATED if each.published is None else each.published.toordinal())
            sizes.append(each.size)
            exact.append(each.exact)
            same.append(int.from_bytes(hashlib.blake2b(_encoded(each.doc_id), digest_size=8).digest(), "big"))
            signature.append(len(signatures) // (2 * _HASHES) if each.signature else -1)
            signatures += each.signature
        _, last = np.unique(np.array(same)[::-1], return_index=True)
        kept = np.sort(len(names) - 1 - last)
        columns = {"days": days, "sizes": sizes, "exact": exact, "signature": signature}
        table = np.frombuffer(bytes(signatures), dtype="<u2").reshape(-1, _HASHES)
        return cls([names[n] for n in kept.tolist()], {k: np.array(v)[kept] for k, v in columns.items()}, table)

    def doc_id(self, number: int) -> str:
        """Give the id of a report."""
        found: str = self.names[number].split(b"\0", 3)[3].decode("utf-8", "surrogatepass")
        return found

    def near_in_time(self, one: int, other: int) -> bool:
        """Tell whether two were published within two weeks, as far as that is known."""
        days = int(self.days[one]), int(self.days[other])
        return _UNDATED in days or abs(days[0] - days[1]) <= _DAYS_APART


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _ranking(text: str) -> bytes:
    return _encoded(text).replace(b"\0", b" ")


def _same_words(ranked: _Ranked, copies: dict[int, int]) -> None:
    import numpy as np  # noqa: PLC0415 - slow to import

    order = np.argsort(ranked.exact, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(ranked.exact[order])) + 1):
        if len(group) < 2 or not ranked.exact[group[0]]:
            continue
        first: list[int] = []
        for each in group.tolist():
            original = next((other for other in first if ranked.near_in_time(each, other)), None)
            if original is None:
                first.append(each)
            else:
                copies[each] = original


def _alike(ranked: _Ranked, copies: dict[int, int]) -> None:
    import numpy as np  # noqa: PLC0415 - slow to import

    fresh = ~np.isin(ranked.signed, list(copies))
    signed = ranked.signed[fresh]
    if len(signed) < 2:
        return
    pairs = _similar(ranked.signatures[fresh], ranked.days[signed])
    begins = np.searchsorted(pairs["one"], np.arange(len(signed) + 1))
    for index in np.unique(pairs["one"]).tolist():
        one = int(signed[index])
        if one in copies:
            continue
        for _, other, share in pairs[begins[index] : begins[index + 1]].tolist():
            copy = int(signed[other])
            sizes = int(ranked.sizes[one]), int(ranked.sizes[copy])
            if copy not in copies and _is_copy(sizes, share) and ranked.near_in_time(one, copy):
                copies[copy] = one


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


def _is_copy(sizes: tuple[int, int], share: float) -> bool:
    if share >= _ALIKE:
        return True
    common = share / (1 + share) * sum(sizes)
    return share >= _SIMILAR and common >= _WITHIN * min(sizes)


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
