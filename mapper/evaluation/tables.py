"""Figures laid out for people: a few tables, each with its title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.evaluation.causes import CAUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.evaluation.figures import Figures

__all__ = ["Table", "tables"]

_DISTANCES = ("acc161", "acc161_or_id", "acc20", "mean_km", "median_km", "auc")
_SPANS = ("P", "R", "F1")
_PLACES = ("e2e161_P", "e2e161_R", "e2e161_F1", "e2e_or_id_F1")
_KNOWN = "of those that the gazetteer has under that name"
_COUNTS = ("hit", "gold", "pred")


class Table(NamedTuple):
    """A title, headings, and rows of cells."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def tables(figures: Figures) -> Iterator[Table]:
    """Lay out what `evaluate_geoparsing` or `evaluate_incidents` found.

    Yields
    ------
    Table
        In the order in which they are read.
    """
    if figures["task"] == "geoparsing":
        yield from _of_geoparsing(figures)
    elif figures["task"] == "incidents":
        yield from _of_incidents(figures["figures"])
    else:
        yield _plain(figures["task"], figures["figures"])


def _of_geoparsing(figures: Figures) -> Iterator[Table]:
    yield Table(
        "Resolution of given spans",
        ("by", "demonyms", "group", "n", *_DISTANCES, "unanswered"),
        [
            (system, demonyms, group, *_cells(found, "n", *_DISTANCES, "unanswered"))
            for system, split in figures["resolution"].items()
            for demonyms, group, found in _split(split)
        ],
    )
    yield Table(
        "Recognition (spans alone)",
        ("match", "demonyms", "group", *_SPANS, "found", "invented", "missed"),
        [
            (match, demonyms, group, *_cells(found, *_SPANS, "tp", "fp", "fn"))
            for match, split in figures["recognition"].items()
            for demonyms, group, found in _split(split)
        ],
    )
    yield Table(
        "End to end (found, and within 161 km or the same id)",
        ("by", "match", "demonyms", "group", "span_F1", *_PLACES),
        [
            (system, match, demonyms, group, *_cells(found, "F1", *_PLACES))
            for system, matches in figures["end_to_end"].items()
            for match, split in matches.items()
            for demonyms, group, found in _split(split)
        ],
    )
    yield Table(
        "Errors by cause", ("by", "of", "cause", "count", "share", "which is"), list(_causes(figures["errors"]))
    )


def _split(split: Figures) -> Iterator[tuple[str, str, Figures]]:
    for demonyms, groups in split.items():
        for group, found in groups.items():
            yield demonyms.removesuffix("_demonyms"), group, found


def _causes(errors: Figures) -> Iterator[tuple[str, ...]]:
    for system, parts in errors.items():
        for part, counts in parts.items():
            total = sum(counts[cause] for cause in CAUSES if cause in counts)
            for cause, meaning in CAUSES.items():
                if cause in counts:
                    share = counts[cause] / total if total else 0.0
                    yield system, part.replace("_", " "), cause, str(counts[cause]), _cell(share), meaning
            if "acc161_or_id_of_known" in counts:
                known = total - counts["gazetteer_gap"]
                share = counts["acc161_or_id_of_known"]
                yield system, part.replace("_", " "), "right of known", str(known), _cell(share), _KNOWN


def _of_incidents(systems: Figures) -> Iterator[Table]:
    slots = [(by, slot, found) for by, figures in systems.items() for slot, found in figures.items()]
    yield Table(
        "Slots",
        ("by", "slot", *_SPANS, *_COUNTS),
        [(by, slot, *_cells(found, *_SPANS, *_COUNTS)) for by, slot, found in slots if "P" in found],
    )
    yield Table(
        "Shares",
        ("by", "of", "share", "n"),
        [
            (by, slot, *_cells(found, "share"), _cell(found.get("gold", found.get("n"))))
            for by, slot, found in slots
            if "share" in found
        ],
    )
    yield Table(
        "Found, by type",
        ("by", "type", "R", "hit", "gold"),
        [
            (by, name, *_cells(found, "R", "hit", "gold"))
            for by, figures in systems.items()
            for name, found in figures["found_by_type"].items()
        ],
    )


def _plain(title: str, systems: Figures) -> Table:
    rows: list[tuple[str, ...]] = []
    for by, figures in systems.items():
        for name, value in figures.items():
            cells = _cells(value, *_SPANS, *_COUNTS) if isinstance(value, dict) else [_cell(value)]
            rows.append((by, name, *cells, *([""] * 5 if not isinstance(value, dict) else [])))
    return Table(title, ("by", "of", *_SPANS, *_COUNTS), rows)


def _cells(found: Figures, *names: str) -> Iterator[str]:
    return (_cell(found.get(name)) for name in names)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4f}" if isinstance(value, float) else str(value)
