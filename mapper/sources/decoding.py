"""Bytes to text: which encoding, and whether it is text at all.

Nothing is lost in silence: what cannot be decoded becomes U+FFFD, and what is no text is refused by name. After
decoding every replacement is one character for one character, so that offsets hold.
"""

from __future__ import annotations

import codecs
import re

from mapper.errors import SourceError

__all__ = ["decode", "decode_head", "inert", "is_blank"]

# Signatures of files that are not text, from the registries of their formats; what to do with each.
_UNPACK = "unpack it first and give the folder"
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "save its text as .txt, for example with pdftotext, and give that"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save the document as .txt or .html"),
    (b"PK\x05\x06", "an empty zip archive", _UNPACK),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a rar archive", _UNPACK),
    (b"\x89PNG\r\n\x1a\n", "a picture", "give the text of the report"),
    (b"\xff\xd8\xff", "a picture", "give the text of the report"),
    (b"GIF8", "a picture", "give the text of the report"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", "save it as .txt or .html"),
    (b"SQLite format 3\x00", "a database", "give the text of the report"),
    (b"{\\rtf", "an RTF document", "save it as .txt or .html"),
)
_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARACTER_SET = re.compile(r"ascii|utf|iso|cp\d|windows|koi|mac|big5|gb|hz|euc|shift|johab|ptcp|tis|latin|kz")
_STATEFUL = ("iso-2022-", "utf-7", "utf_7", "hz")
_CONTROL = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\b\t\n\v\f\r\x1b")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
# The beginning of a character of several bytes at the end of a file, and (ED A0-BF) never of a surrogate.
_CUT_SHORT = re.compile(
    rb"(?:[\xe1-\xec\xee\xef][\x80-\xbf]|\xe0[\xa0-\xbf]|\xed[\x80-\x9f]|[\xf0-\xf4][\x80-\xbf]{1,2})\Z"
)
_HIGH = bytes(range(0x80, 0x100))
_SAMPLE = 65_536
_NOT_INERT = re.compile("[\x00\ud800-\udfff]")
_VISIBLE = re.compile("[^\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x1f\x7f]")


def decode(data: bytes, *, markup: bool = False, charset: str | None = None) -> str:
    """Decode a report: by its mark, as UTF-8, as declared in a page, else by the best guess.

    Parameters
    ----------
    data
        The whole report.
    markup
        True for HTML, whose `<meta charset>` is heeded when the bytes are not UTF-8.
    charset
        As a server or an e-mail declares it, heeded in the same way and before it.

    Raises
    ------
    SourceError
        When the bytes are no text.
    """
    for signature, what, hint in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"is {what}, not text", hint=hint)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return inert(_not_binary(data[len(mark) :].decode(encoding, errors="replace")))
    if wide := _wide(data[:_SAMPLE]):
        return inert(_not_binary(data.decode(wide, errors="replace")))
    sample = data[:_SAMPLE]
    if charset and charset.lower().startswith(_STATEFUL) and (stated := _declared(data, charset)):
        return inert(stated)  # all of it ASCII to look at
    control = len(sample) - len(sample.translate(None, _CONTROL))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if control * 20 > len(sample):  # random bytes hold 10 % of these
            raise _binary() from None
        return inert(_declared(data, charset) or _legacy(data, markup=markup))
    if control * 10 > len(sample) * 3:
        raise _binary()
    return inert(text)


def decode_head(data: bytes) -> str:
    """Decode the beginning of a file, which may be cut anywhere, well enough to tell what it is."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    return data.decode(_wide(data) or "utf-8", errors="replace")


def inert(text: str) -> str:
    """Put U+FFFD, one for one, where a character would break an output: NUL and lone surrogates."""
    return _NOT_INERT.sub("\N{REPLACEMENT CHARACTER}", text)


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing: white space, invisible and control characters only."""
    return _VISIBLE.search(text) is None


def _wide(sample: bytes) -> str | None:
    # UTF-16 without a mark: in Latin text every other byte is NUL.
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even * 10 >= half * 7 and odd * 10 <= half:
        return "utf-16-be"
    if odd * 10 >= half * 7 and even * 10 <= half:
        return "utf-16-le"
    return None


def _not_binary(text: str) -> str:
    sample = text[:_SAMPLE]
    odd = sum(1 for c in sample if c == "\N{REPLACEMENT CHARACTER}" or (c < " " and c not in "\b\t\n\v\f\r\x1b"))
    if odd * 5 > len(sample):
        raise _binary()
    return text


def _binary() -> SourceError:
    return SourceError("is binary, not text", hint="give a text, HTML or JSONL file")


def _declared(data: bytes, charset: str | None) -> str | None:
    try:
        return data.decode(_codec(charset)) if charset else None
    except (LookupError, ValueError):
        return None  # unknown, or not true


def _codec(name: str) -> str:
    """Give Python's name of a character set; `LookupError` for its other codecs (punycode takes hours on a page)."""
    known = codecs.lookup(name).name
    if _CHARACTER_SET.match(known) is None:
        raise LookupError(name)
    return known


def _legacy(data: bytes, *, markup: bool) -> str:
    if markup and (match := _DECLARED.search(data[:4096])):
        try:
            return data.decode(_codec(match[1].decode("ascii")), errors="replace")
        except (LookupError, ValueError):
            pass  # an encoding that nobody knows, or that is no encoding of text: guess as below
    if _is_broken_utf8(data):
        return data.decode("utf-8", errors="replace")
    high = len(data) - len(data.translate(None, _HIGH))
    latin = data.decode("cp1252", errors="replace")
    if high * 3 < len(data):
        # Few accented letters among ASCII: Western European. ÿ, þ and holes of the table say that it is damage instead.
        damaged = any(character in "ÿþ\N{REPLACEMENT CHARACTER}" for character in latin)
        return data.decode("utf-8", errors="replace") if damaged else latin
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, and rarely needed

    best = from_bytes(data[:_SAMPLE]).best() if high >= 64 else None
    return data.decode(best.encoding, errors="replace") if best else latin


def _is_broken_utf8(data: bytes) -> bool:
    if tail := _CUT_SHORT.search(data[-3:]):
        try:
            data[: len(data) - len(tail[0])].decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return True  # whole but for its last character: a file cut short
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(1 for character in text if character >= "\x80") - broken
    return whole >= broken
