"""Incidents with the words that say each of their fields: coloured on a terminal, plain where none looks on.

The words come from reports: what could act on a terminal is made harmless before any colour is put around it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, TextIO

import click

from mapper.cli.terminal import printable
from mapper.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.records import Actor, DateInterval, Evidence, Incident, Toll

__all__ = ["explain"]

_TOLLS: Final[dict[str, str]] = dict.fromkeys(HARMS, "magenta")
_COLOURS: Final = _TOLLS | {"place": "green", "date": "cyan", "perpetrator": "red", "target": "yellow"}
"""By `Evidence.field`; the same in the list of fields and in the sentence that they are read from."""
_INDENT: Final = "    "


def explain(incident: Incident, stream: TextIO) -> None:
    """Write one incident: a heading, its fields with the words that say them, and the sentences, fields marked.

    Colours are used only where the stream is a terminal and `NO_COLOR` is not set (https://no-color.org).

    Parameters
    ----------
    incident
        Of one report or merged of several: the words of each stand with its id.
    stream
        Where to.
    """
    colours = stream.isatty() and not os.environ.get("NO_COLOR")

    def painted(text: str, field: str = "", *, bold: bool = False) -> str:
        safe = printable(text)
        if not colours or not (field or bold):
            return safe
        return click.style(safe, fg=_COLOURS.get(field), bold=bold or None)

    kind = f"{incident.event_type}/{incident.event_subtype}" if incident.event_subtype else incident.event_type
    lines = [f"{painted(kind, bold=True)}  {incident.status}, confidence {incident.confidence:.2f}"]
    for name, field, value, words in _fields(incident):
        said = ", ".join(f"\u201c{painted(word, field)}\u201d" for word in words)
        lines.append(f"{_INDENT}{name:<12} {painted(value, field)}{f'  {said}' if said else ''}")
    for evidence, parts in _sentences(incident):
        marked = "".join(painted(text, field, bold=bool(field)) for text, field in parts)
        source = f"{painted(evidence.doc_id)}, {evidence.start}-{evidence.end}"
        lines.append(f"{_INDENT}\u2502 {marked}  [{source}]")
    # click.echo would take the colours out of a stream that it does not know for a terminal
    stream.write("\n".join(lines) + "\n\n")


def _fields(incident: Incident) -> Iterator[tuple[str, str, str, list[str]]]:
    """Give what is told: its name, the field of its evidence, its value, and the words that say it."""
    words: dict[str, list[str]] = {}
    for evidence in incident.evidence:
        words.setdefault(evidence.field, []).append(evidence.text)
    yield "when", "date", _days(incident.date), list(dict.fromkeys(words.get("date", [])))
    for place in incident.places:
        found, toponym = place.resolution.place, place.resolution.toponym
        name = place.name or (found.name if found else toponym.text)
        country = f", {found.country}" if found and found.country and found.country != name else ""
        phrase = toponym.phrase.text if toponym.phrase else toponym.text
        told = "where" if place.role == "happened" else place.role
        yield told, "place", f"{name}{country} ({place.resolution.precision})", [phrase]
    for harm in HARMS:
        toll: Toll = getattr(incident, harm)
        if toll.counts:
            said = [f"{c.span.text}{f' ({c.source})' if c.source else ''}" for c in toll.counts]
            yield harm, harm, _bounds(toll), list(dict.fromkeys(said))
    for actor in incident.perpetrators:
        yield "by", "perpetrator", _stance(actor), [actor.span.text] if actor.span else []
    for actor in incident.targets:
        yield "against", "target", actor.name, [actor.span.text] if actor.span else []
    if incident.weapon:
        yield "weapon", "", incident.weapon, []
    for relation in incident.relations:
        yield relation.kind.replace("_", " "), "", relation.incident_id, []
    if incident.sources:
        yield "said by", "", ", ".join(incident.sources), []
    yield "id", "", incident.incident_id, []


def _days(date: DateInterval) -> str:
    if date.start is None and date.end is None:
        return "not known"
    first, last = date.start or "?", date.end or "?"
    counted = f", counted from {date.anchor}" if date.anchor and date.text else ""
    return f"{first if first == last else f'{first} to {last}'} ({date.precision}{counted})"


def _bounds(toll: Toll) -> str:
    if toll.low is None and toll.best is None and toll.high is None:
        return "no number of people"
    if toll.low == toll.best == toll.high:
        return str(toll.best)
    parts = [f"{name} {'open' if bound is None else bound}" for name, bound in (("low", toll.low), ("best", toll.best))]
    return ", ".join([*parts, f"high {'open' if toll.high is None else toll.high}"])


def _stance(actor: Actor) -> str:
    by = f" by {actor.by}" if actor.by else ""
    return f"{actor.name} ({actor.stance}{by})" if actor.stance else actor.name


def _sentences(incident: Incident) -> Iterator[tuple[Evidence, list[tuple[str, str]]]]:
    """Give each sentence that tells of an incident, parted into stretches with the field that they say, or ""."""
    marks = [e for e in incident.evidence if e.field in _COLOURS]
    for told in (e for e in incident.evidence if e.field == "incident"):
        inside = [m for m in marks if m.doc_id == told.doc_id and told.start <= m.start and m.end <= told.end]
        yield told, list(_parts(told, inside))


def _parts(told: Evidence, marks: Iterable[Evidence]) -> Iterator[tuple[str, str]]:
    at = told.start
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if mark.start < at:
            continue  # it lies in one already marked
        yield told.text[at - told.start : mark.start - told.start], ""
        yield told.text[mark.start - told.start : mark.end - told.start], mark.field
        at = mark.end
    yield told.text[at - told.start :], ""
