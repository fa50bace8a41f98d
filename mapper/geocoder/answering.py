"""What the ranking answers: for each toponym its candidates, best first, how sure the first is, and why.

The score of an answer is the chance that it is right, as `mapper.geocoder.confidence` reads it off the ranking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.geocoder.confidence import chance_right, inputs_of
from mapper.geocoder.mentions import cue_fits
from mapper.geocoder.ranking import Ranking, tables_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.homes import Neighbours
    from mapper.geocoder.mentions import Floats
    from mapper.records import Candidate, Toponym

__all__ = ["Ranked", "rank"]

KEPT = 5

AT_HOME = 3.0
"""What the outlet's other reports say of a place that is worth a reason."""

MOST = 0.6
"""Other names in a place's country that are worth a reason."""


@dataclass(slots=True)
class Ranked:
    """The candidates of one toponym, best first, with how sure the first is and why."""

    candidates: tuple[Candidate, ...] = ()
    score: float = 0.0
    margin: float = 0.0
    reasons: tuple[str, ...] = ()


def rank(
    text: str,
    toponyms: Sequence[Toponym],
    gazetteer: Gazetteer,
    *,
    reach: int = 2,
    neighbours: Neighbours | None = None,
) -> list[Ranked]:
    """Rank the candidates of every toponym of a document in the context of all others.

    Parameters
    ----------
    text, toponyms
        The document's text and its toponyms in text order.
    gazetteer
        Where candidates come from.
    reach
        How far a name may be rewritten to find candidates (see `mapper.geocoder.names.candidates_of`).
    neighbours
        What the other reports of the document's outlet name.

    Returns
    -------
    list[Ranked]
        One for each toponym; empty candidates where the gazetteer has no such name.
    """
    answers: list[Ranked] = []
    for table in tables_of(text, toponyms, gazetteer, reach=reach):
        answers += _answers(Ranking(table, gazetteer, neighbours)) if table.rows else [Ranked() for _ in table.toponyms]
    return answers


def _answers(ranking: Ranking) -> list[Ranked]:
    """Run the passes over one table and read off its answers."""
    table, runs = ranking.table, ranking.runs
    scores, belief = ranking.scores()
    order, chances = runs.best(scores), runs.chances(scores)
    company = ranking.neighbours_of(belief)
    sure = chance_right(inputs_of(ranking, scores, belief))
    answers = [Ranked() for _ in table.toponyms]
    for mention, chance in zip(runs.filled.tolist(), sure.tolist(), strict=True):
        run = runs.run_of(mention)
        best = order[run][:KEPT]
        shares = (chances[best] / chances[best[0]]).tolist()
        # The others keep their proportion to the first: close by it, both can be right.
        kept = tuple(
            table.rows[row]._replace(score=round(share * chance, 4))
            for row, share in zip(runs.rows[best].tolist(), shares, strict=True)
        )
        second = kept[1].score if len(kept) > 1 else 0.0
        reasons = _reasons(ranking, mention, int(best[0]) - run.start, company)
        answers[mention] = Ranked(kept, kept[0].score, round(kept[0].score - second, 4), reasons)
    return answers


def _reasons(ranking: Ranking, mention: int, choice: int, company: Floats) -> tuple[str, ...]:
    """Why the first candidate, in words for people."""
    table, patterns = ranking.table, ranking.patterns
    rows = table.rows_of(table.of[mention])
    row = rows.start + choice
    best = table.rows[row]
    place = best.place
    reasons = [f"{best.match} match of “{best.name}”"]
    others = rows.stop - rows.start - 1
    reasons.append(
        "the only place of that name in the gazetteer" if not others else f"one of {others + 1} places of that name"
    )
    if mention in patterns.comma and patterns.comma[mention][choice]:
        reasons.append(f"the text puts it in {patterns.containers[mention]}")
    elif mention in patterns.beside and patterns.beside[mention][choice] > 0.1:
        reasons.append(f"the text puts it at {patterns.containers[mention]}")
    elif any(table.of[m] == table.of[mention] and v[choice] for m, v in patterns.comma.items()):
        reasons.append("the text says elsewhere where it lies")
    if (cue := table.cues[mention]) and cue_fits(table, row, cue):
        reasons.append("of the kind that the text says")
    if place.country and table.kind[row] != 0 and company[row] > MOST:
        reasons.append(f"the text names other places in {place.country}")
    if ranking.homely[row] > AT_HOME:
        reasons.append(f"other reports of this outlet are at home in {place.admin1 or place.country}")
    if place.population >= 100_000 and table.kind[row] > 3:
        reasons.append(f"population {place.population:,}")
    return tuple(reasons)
