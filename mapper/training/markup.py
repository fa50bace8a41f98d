"""Dispatches: short reports written for this project, with their labels in the line.

A file holds dispatches one after the other, each under a header line ``=== id | style | language | yes|no`` (whether it
tells of an incident). A label is ``[words|tags]``; tags are joined by ``+``, labels may nest, and ``@n`` or ``#n`` says
which incident of the dispatch is meant::

    === sahel-001 | agency | en | yes
    [Gunmen|perp@1] [killed|attack_on_civilians#1] [nine|killed@1] people in [Tanwalbougou|place@1], officials of the
    [[Gourma|place.emb] provincial council|org] said.

``python -m mapper.training.markup FILE...`` says what is in files and what is wrong with them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.language.heads import EVENT_TYPES, HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "COUNTS", "EVENT_TYPES", "PLACE_TAGS", "ROLES", "STATUSES", "Dispatch", "Label", "MarkupError", "parse", "read",
]  # fmt: skip

STATUSES = HEADS["status"].classes
PLACE_TAGS = ("place", "place.met", "place.emb", "place.dem", "place.line", "place.rel")
ROLES = ("perp", "target", "weapon", "when", "back")
COUNTS = HEADS["count"].classes[1:]
_NAMES = frozenset({"person", "org", "other", *PLACE_TAGS})
_LINKED = frozenset({*ROLES, *COUNTS})

_HEADER = re.compile(
    r"^=== *(?P<id>[\w-]+) *\| *(?P<style>[\w: -]+?) *\| *(?P<language>\w\w) *\| *(?P<tells>yes|no) *$", re.MULTILINE
)
_TAG = re.compile(r"(?P<name>[a-z_.]+)(?:(?P<kind>[@#])(?P<incident>\d+))?(?::(?P<status>[a-z]+))?")
_TOKEN = re.compile(r"\[|\|(?P<tags>[^\[\]|]*)\]|(?P<stray>[\]|])")


class MarkupError(ValueError):
    """A dispatch whose labels cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Label:
    """One tag on one stretch of a dispatch's text; `status` only on a word that tells of an incident."""

    start: int
    end: int
    tag: str
    incident: int | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A dispatch with its plain text and the labels that point into it."""

    id: str
    style: str
    language: str
    tells: bool
    text: str
    labels: tuple[Label, ...]


def read(paths: Iterable[Path]) -> Iterator[Dispatch]:
    """Read dispatches from files.

    Raises
    ------
    MarkupError
        At the first dispatch that is not well formed.
    """
    for path in paths:
        yield from parse(path.read_text(encoding="utf-8"))


def parse(content: str) -> Iterator[Dispatch]:
    """Read the dispatches of one file's content.

    Raises
    ------
    MarkupError
        At the first dispatch that is not well formed.
    """
    headers = list(_HEADER.finditer(content))
    opened = len(re.findall(r"^===", content, re.MULTILINE))
    if opened != len(headers):
        bad = next(line for line in content.splitlines() if line.startswith("===") and not _HEADER.match(line))
        raise MarkupError(f"not a header: {bad!r}")
    if before := content[: headers[0].start() if headers else None].strip():
        raise MarkupError(f"text before the first header: {before[:40]!r}")
    for header, following in zip(headers, [*headers[1:], None], strict=True):
        body = content[header.end() : following.start() if following else None]
        yield _dispatch(header, body)


def _dispatch(header: re.Match[str], body: str) -> Dispatch:
    style = header["style"]
    body = _unwrapped(body.strip(), keep=style.startswith("lines:"))
    try:
        text, labels = _labelled(body)
        _check(labels, tells=header["tells"] == "yes")
    except MarkupError as error:
        raise MarkupError(f"{header['id']}: {error}") from None
    style = style.removeprefix("lines:").strip()
    return Dispatch(header["id"], style, header["language"], header["tells"] == "yes", text, labels)


def _unwrapped(body: str, *, keep: bool) -> str:
    """Join the lines of a paragraph, unless line ends are part of the text."""
    if keep:
        return re.sub(r"[ \t]+\n", "\n", body)
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", body))


def _labelled(body: str) -> tuple[str, tuple[Label, ...]]:
    text: list[str] = []
    length = at = 0
    opened: list[int] = []
    labels: list[Label] = []
    for token in _TOKEN.finditer(body):
        plain = body[at : token.start()]
        text.append(plain)
        length += len(plain)
        at = token.end()
        if token.group() == "[":
            opened.append(length)
        elif token["stray"] or not opened:
            raise MarkupError(f"unbalanced {token.group()!r} after {''.join(text)[-40:]!r}")
        else:
            start = opened.pop()
            labels += [_label(tag, start, length) for tag in token["tags"].split("+")]
    text.append(body[at:])
    if opened:
        raise MarkupError(f"a label is not closed: {''.join(text)[opened[-1] :][:40]!r}")
    return "".join(text), tuple(sorted(labels, key=lambda la: (la.start, -la.end)))


def _label(written: str, start: int, end: int) -> Label:
    found = _TAG.fullmatch(written.strip())
    if found is None or end <= start:
        raise MarkupError(f"not a tag: {written!r}")
    name, status = found["name"], found["status"]
    incident = int(found["incident"]) if found["incident"] else None
    if name in EVENT_TYPES:
        if found["kind"] != "#" or status not in {None, *STATUSES}:
            raise MarkupError(f"a trigger is written type#n or type#n:status, not {written!r}")
        return Label(start, end, name, incident, status or "accomplished")
    if name not in _NAMES | _LINKED or found["kind"] == "#" or status:
        raise MarkupError(f"unknown tag {written!r}")
    if name in _LINKED and incident is None:
        raise MarkupError(f"{written!r} says of no incident")
    return Label(start, end, name, incident)


def _check(labels: Iterable[Label], *, tells: bool) -> None:
    told = {label.incident for label in labels if label.status}
    asked = {label.incident for label in labels if label.incident is not None}
    if lost := asked - told:
        raise MarkupError(f"incident {min(i for i in lost if i is not None)} has no trigger")
    if bool(told) != tells:
        says, there = ("yes", "no") if tells else ("no", "a")
        raise MarkupError(f"the header says {says!r}, {there} trigger is labelled")


def main(paths: list[str]) -> int:
    """Check files and count what they hold."""
    errors, tags, dispatches, words = 0, Counter[str](), 0, 0
    for path in map(Path, paths):
        content = path.read_text(encoding="utf-8")
        starts = [m.start() for m in re.finditer(r"^===", content, re.MULTILINE)]
        for start, stop in zip(starts, [*starts[1:], None], strict=True):
            try:
                for dispatch in parse(content[start:stop]):
                    dispatches += 1
                    words += len(dispatch.text.split())
                    tags.update(label.tag for label in dispatch.labels)
            except MarkupError as error:
                errors += 1
                print(f"{path.name}: {error}")  # noqa: T201  a command's answer
    print(f"{dispatches} dispatches, {words} words, {errors} errors; {dict(tags.most_common())}")  # noqa: T201
    return int(errors > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
