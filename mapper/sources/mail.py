"""E-mail: a message (.eml) or a mailbox (.mbox). The body is a report, its Date header the day of publication.

Messages are read in the old way of the standard library (`compat32`): its newer one reads headers by a grammar, which
takes hostile ones minutes.
"""

from __future__ import annotations

import email
import email.header
import email.policy
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.errors import SourceError
from mapper.records import Failure
from mapper.sources.corpus import numbered
from mapper.sources.dates import machine_date
from mapper.sources.decoding import decode, inert, is_blank
from mapper.sources.inputs import buffered, chunks, whole
from mapper.sources.locating import is_report_name
from mapper.sources.naming import file_name
from mapper.sources.plain import document, page

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from email.message import Message

    from mapper.records import Document
    from mapper.sources.inputs import Input, Reading

    Reader = Callable[[Input, Reading], Iterator[Document | Failure]]

__all__ = ["read_mailbox", "read_message"]

_MOST_PARTS = 1_000
_DEEPEST = 3  # a forwarded message in a forwarded message
_LONGEST_HEADER = 2_000
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_OWN_WORDS = 40  # a reply that says so much itself is a report, however much it quotes
_KINDS = {"text/html": ".html", "application/pdf": ".pdf", "text/csv": ".csv", "application/zip": ".zip"}


def read_message(item: Input, reading: Reading, read: Reader) -> Iterator[Document | Failure]:
    """Read one message and what is attached to it.

    Parameters
    ----------
    read
        Reads an attachment, and turns whatever goes wrong with it into a failure.

    Raises
    ------
    SourceError
        When it is no message, shows no text and has nothing attached that can be read.
    """
    if item.read_as.count("e-mail") >= _DEEPEST:
        raise SourceError("messages are nested too deep", hint="save the attached message, and give that")
    data = whole(item, reading.max_bytes)
    if not data.strip():
        raise SourceError("is empty", hint="give a message as mail programs save it")
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    if not message.keys():
        raise SourceError("is no e-mail: it has no headers", hint="give a message as mail programs save it")
    parts = list(_parts(message))
    body, attached = _body(parts)
    delivered = False
    if body is not None:
        delivered = True
        yield _report(item, data, message, body)
    for number, part in enumerate(attached, start=1):
        name = _attachment_name(part, number)
        if not is_report_name(file_name(name)):
            continue
        delivered = True
        content = _content(part)
        charset = part.get_content_charset()
        inner = item.inner(name, buffered(content), "e-mail", media_type=part.get_content_type(), charset=charset)
        yield from read(inner, reading)
    if not delivered:
        raise SourceError("the message shows no text", hint="open it in a mail program, and save what it shows")


def read_mailbox(item: Input, reading: Reading, read: Reader) -> Iterator[Document | Failure]:
    """Read the messages of a mailbox one after the other; see `read_message`."""
    number = 0
    for number, (data, complete) in enumerate(_messages(item, reading.max_bytes), start=1):
        inner = item.inner(f"{number}.eml", buffered(data), "mailbox", asked=True, media_type="message/rfc822")
        if complete:
            yield from read(inner, reading)
        else:
            yield Failure(inner.source, f"is larger than the limit of {reading.max_bytes:,} bytes", "save it by itself")
    if not number:
        raise SourceError("is no mailbox: no line begins a message", hint='a message begins with a line "From ..."')


def _messages(item: Input, limit: int) -> Iterator[tuple[bytes, bool]]:
    lines: list[bytes] = []
    size, begun, blank = 0, False, True
    for _, line in numbered(chunks(item.file), limit):
        if line is not None and blank and line.startswith(b"From "):
            if begun:
                yield _unquoted(lines), size <= limit
            lines, size, begun, blank = [], 0, True, False
            continue
        if not begun and (line is None or line.strip()):
            return  # a mailbox begins with a message
        size += limit + 1 if line is None else len(line) + 1
        if size <= limit and line is not None:
            lines.append(line)
        else:
            lines = []
        blank = line is not None and not line.strip()
    if begun:
        yield _unquoted(lines), size <= limit


def _unquoted(lines: list[bytes]) -> bytes:
    return _QUOTED_FROM.sub(rb"\1", b"\n".join(lines))


def _parts(message: Message) -> Iterator[Message]:
    """Give the leaves of a message, in their order; a message within it is a leaf."""
    pending = [message]
    for _ in range(_MOST_PARTS):
        if not pending:
            return
        part = pending.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            pending += [each for each in reversed(inner) if not isinstance(each, str)]
        else:
            yield part


def _body(parts: list[Message]) -> tuple[Message | None, list[Message]]:
    shown = [part for part in parts if not _is_attached(part) and part.get_content_maintype() == "text"]
    plain = [part for part in shown if part.get_content_type() == "text/plain" and not is_blank(_text(part))]
    marked = [part for part in shown if part.get_content_type() == "text/html" and not is_blank(_text(part))]
    body = next(iter(plain or marked), None)
    return body, [part for part in parts if _is_attached(part) or part.get_content_maintype() != "text"]


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_filename() is not None


def _report(item: Input, data: bytes, message: Message, body: Message) -> Document:
    text = _text(body)
    text = text if body.get_content_type() == "text/html" else _own(text)
    markup = body.get_content_type() == "text/html"
    known = {"title": _header(message, "Subject"), "published": _date(message), "basis": "e-mail"}
    found = document(item, data, text, "message/rfc822", "e-mail", **known)  # type: ignore[arg-type]
    return replace(page(found), media_type="message/rfc822") if markup else found


def _own(text: str) -> str:
    """Leave out what a reply repeats of earlier messages (lines with ">" before them, and the "X wrote:" above).

    They were written on other days than this one, whose date "Tuesday" is counted from. A message that says little more
    than what it quotes stays whole: it passes the other on.
    """
    kept: list[str] = []
    leads = False  # whether the next line that is not blank is a quoted one
    for line in reversed(text.splitlines(keepends=True)):
        is_quoted = line.lstrip(" ").startswith(">")
        if not is_quoted and not (leads and line.rstrip().endswith(":")):
            kept.append(line)
        leads = is_quoted or (leads and not line.strip())
    own = "".join(reversed(kept))
    said = len(own.split())
    return own if said and said >= min(_OWN_WORDS, len(text.split()) - said) else text


def _text(part: Message) -> str:
    content = _content(part)
    try:
        return decode(content, markup=part.get_content_type() == "text/html", charset=part.get_content_charset())
    except SourceError:
        return ""  # a picture that says it is text


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else ""
        return b"" if isinstance(first, str) else first.as_bytes(policy=email.policy.compat32)
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachment_name(part: Message, number: int) -> str:
    name = inert(" ".join(_decoded(part.get_filename() or "").split()))
    if part.get_content_type() == "message/rfc822":
        return f"{number}.eml"
    if "." in name:
        return file_name(name).name
    return f"{name or number}{_KINDS.get(part.get_content_type(), '')}"


def _header(message: Message, name: str) -> str | None:
    value = _decoded(str(message.get(name, ""))[:_LONGEST_HEADER])
    return " ".join(inert(value).split()) or None


def _decoded(value: str) -> str:
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (ValueError, LookupError, UnicodeError):
        return value


def _date(message: Message) -> dt.date | None:
    return machine_date(str(message.get("Date", ""))[:100])
