"""What each candidate of a toponym was given, and for what: for people who ask why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapper.geocoder.ranking import Ranking, tables_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.homes import Homes
    from mapper.records import Candidate, Document, Resolution

__all__ = ["Weighed", "weigh"]

SHOWN = 5


class Weighed(NamedTuple):
    """A candidate, its share of the chances of its name, and the points that it was given.

    Attributes
    ----------
    name
        For its name, kind and people.
    words
        For the words around it: "province", "Bangor, Maine".
    report
        For the other places of the report: countries, provinces, nearness.
    beside
        For those named right beside it.
    outlet
        For those that the outlet's other reports name.
    """

    candidate: Candidate
    share: float
    name: float
    words: float
    report: float
    beside: float
    outlet: float


def weigh(
    document: Document,
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer,
    *,
    reach: int = 2,
    homes: Homes | None = None,
) -> list[tuple[Weighed, ...]]:
    """Weigh the candidates of a document's toponyms once more, and say what each was given.

    Parameters
    ----------
    document, resolutions
        The report, and what `geoparse` made of it.
    gazetteer, reach, homes
        As for `geoparse`; `reach` is 3 for given spans.

    Returns
    -------
    list[tuple[Weighed, ...]]
        For each resolution the candidates with the most points first, at most `SHOWN`; none where the gazetteer has
        no such name.
    """
    answers: list[tuple[Weighed, ...]] = []
    neighbours = homes.around(document) if homes else None
    for table in tables_of(document.text, [r.toponym for r in resolutions], gazetteer, reach=reach):
        if not table.rows:
            answers += [() for _ in table.toponyms]
            continue
        answers += _weighed(Ranking(table, gazetteer, neighbours))
    return answers


def _weighed(ranking: Ranking) -> list[tuple[Weighed, ...]]:
    table, runs = ranking.table, ranking.runs
    scores, belief = ranking.scores()
    parts, shares, order = ranking.parts(belief), runs.chances(scores), runs.best(scores)
    return [
        tuple(
            Weighed(
                table.rows[runs.rows[at]],
                round(float(shares[at]), 4),
                **{part: round(float(points[at]), 2) for part, points in parts.items()},
            )
            for at in order[runs.run_of(mention)][:SHOWN]
        )
        for mention in range(len(table.of))
    ]
