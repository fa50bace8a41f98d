"""Toponyms with their candidates: what each was given points for, and why the first is the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from mapper.cli.terminal import printable, show_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.geocoder import Weighed
    from mapper.records import Report, Resolution

__all__ = ["explain_places"]

_COLUMNS = ("candidate", "kind", "in", "people", "match", "name", "words", "report", "beside", "outlet", "share")


def explain_places(report: Report, weighed: Iterable[tuple[Weighed, ...]], stream: TextIO) -> None:
    """Write each toponym of a report: its answer, the candidates with their points, and the reasons.

    Parameters
    ----------
    report
        With its resolutions.
    weighed
        The candidates of each resolution (see `mapper.geocoder.weigh`).
    stream
        Where to; what could act on a terminal is made harmless.
    """
    for resolution, candidates in zip(report.resolutions, weighed, strict=True):
        stream.write(f"{_heading(report, resolution)}\n")
        if candidates:
            show_table(_COLUMNS, [_row(candidate) for candidate in candidates], stream)
        stream.writelines(f"  - {printable(reason)}\n" for reason in resolution.reasons)
        stream.write("\n")


def _heading(report: Report, resolution: Resolution) -> str:
    toponym, place = resolution.toponym, resolution.place
    said = toponym.phrase.text if toponym.phrase else toponym.text
    where = f"{report.document.id}, {toponym.start}-{toponym.end}"
    if place is None:
        answer = "not resolved"
    else:
        area = "" if resolution.precision == "settlement" else f", as {resolution.precision}"
        answer = (
            f"{place.name} ({place.gazetteer_id}){area}, score {resolution.score:.2f}, margin {resolution.margin:.2f}"
        )
    return printable(f"“{said}” ({toponym.kind}; {where}): {answer}")


def _row(weighed: Weighed) -> tuple[object, ...]:
    place = weighed.candidate.place
    inside = ", ".join(dict.fromkeys(part for part in (place.admin1, place.country) if part and part != place.name))
    people = f"{place.population:,}" if place.population else ""
    points = (weighed.name, weighed.words, weighed.report, weighed.beside, weighed.outlet)
    shown = (f"{p:.1f}" if p else "" for p in points)
    return (place.name, place.feature_code, inside, people, weighed.candidate.match, *shown, f"{weighed.share:.2f}")
