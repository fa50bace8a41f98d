"""Which place of a name is meant: all candidates of a document scored together, in a few bounded passes.

A linear score over plain evidence (kind of place, population, kind of match, containment in the text, votes of the
other mentions for countries and provinces, nearness to them). The first pass knows only the names and what stands
beside them; each later one lets the sure mentions of the pass before vote on the rest. `mapper.geocoder.priors` holds
the weights and says where they come from.

The score of an answer is the chance that it is right, as `mapper.geocoder.confidence` reads it off the ranking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mapper.geocoder.confidence import chance_right, inputs_of
from mapper.geocoder.containment import read_containment, softmax
from mapper.geocoder.mentions import KINDS, LOCAL, cue_fits, table_of
from mapper.geocoder.phrases import phrase_of
from mapper.geocoder.priors import MEASURED_LEAD, SEAT_LEAD, WEIGHTS, nations, seat, seats, static_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.homes import Neighbours
    from mapper.geocoder.mentions import Floats, Mentions
    from mapper.records import Candidate, Toponym

__all__ = ["Ranked", "Ranking", "rank", "tables_of"]

PASSES = 3
CANDIDATES = 25
KEPT = 5

CHUNK_MENTIONS, CHUNK_ROWS = 400, 2_000
"""Mentions, and candidates, that are ranked together: the rest of a long document is ranked by itself."""

COUNTY = KINDS.index("ADM2")
LIKELY = 0.1
"""Chance, by their names alone, from which a county or a town in it counts in full for the other."""

_MEASURING = frozenset({"offset", "ring", "near", "between"})

AT_HOME = 3.0
"""What the outlet's other reports say of a place that is worth a reason."""


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
        answers += Ranking(table, gazetteer, neighbours).ranked() if table.rows else [Ranked() for _ in table.toponyms]
    return answers


def tables_of(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer, *, reach: int) -> Iterator[Mentions]:
    """Lay out the mentions of a document with the candidates of their names: one table, or several of a long one."""
    done = 0
    while done < len(toponyms):
        chunk = toponyms[done : done + CHUNK_MENTIONS]
        table = table_of(text, chunk, gazetteer, limit=CANDIDATES, reach=reach)
        while len(table.rows) > CHUNK_ROWS and len(chunk) > 1:
            chunk = chunk[: max(1, len(chunk) * CHUNK_ROWS // (2 * len(table.rows)))]
            table = table_of(text, chunk, gazetteer, limit=CANDIDATES, reach=reach)
        yield table
        done += len(chunk)


class Ranking:
    """The passes over one document."""

    def __init__(self, table: Mentions, gazetteer: Gazetteer, neighbours: Neighbours | None = None) -> None:
        self.table = table
        self.static = static_scores(table)
        self.homely = neighbours.votes(table) if neighbours and table.rows else np.zeros(len(table.rows))
        self.seats = [seats(table, n) for n in range(len(table.names))]
        self.nations = [nations(table, n) for n in range(len(table.names))]
        self.settled = self.static.copy()
        for n, pairs in enumerate(self.seats):
            seat(self.settled[table.rows_of(n)], pairs)
        self.patterns = read_containment(table, self.settled, gazetteer)
        self.measured = self._measured()
        self._weights = 1.0 + np.log(np.maximum(table.counts, 1.0))
        self._found = np.array([len(n.candidates) > 0 for n in table.names]) * self._weights
        self._kernels()
        self.paired = np.zeros(len(table.rows))
        self.listed = {
            m: WEIGHTS["listed"] * sum(self._shared_kind(self._rows(m), self._rows(beside)) for beside in besides)
            for m, besides in self.patterns.listed.items()
        }

    def ranked(self) -> list[Ranked]:
        """Run the passes and read off the answers."""
        scores, belief = self.scores()
        return [self._answer(m, scores[m], belief) for m in range(len(self.table.of))]

    def scores(self) -> tuple[list[Floats], Floats]:
        """Scores of the candidates of each mention after the last pass, and the probability of each row."""
        alone = [self._alone(m) for m in range(len(self.table.of))]
        belief = self._belief([self._seated(m, score.copy()) for m, score in enumerate(alone)])
        # A county and a town in it speak for each other once and for all: asked anew in each pass, each would follow
        # what the other was in the pass before, and never meet it.
        self.paired = np.minimum(1.0, self._same_admin2 @ belief / LIKELY)
        scores: list[Floats] = []
        for _ in range(PASSES):
            votes = self._votes(belief)
            scores = [
                self._seated(m, score + votes[self._rows(m)] + self._local(m, belief)) for m, score in enumerate(alone)
            ]
            belief = self._belief(scores)
        return scores, belief

    def parts(self, mention: int, belief: Floats) -> dict[str, Floats]:
        """Part the scores of a mention's candidates by what they come from."""
        rows = self._rows(mention)
        alone = self._alone(mention)
        homely = self.homely[rows]
        return {
            "name": self.static[rows],
            "words": alone - self.static[rows],
            "report": self._votes(belief)[rows] - homely,
            "beside": self._local(mention, belief),
            "outlet": homely,
        }

    def _measured(self) -> dict[int, list[tuple[int, int]]]:
        """Pairs of province and seat of the mentions that the text measures from ("20 km north of", "near A and B")."""
        table = self.table
        toponyms = list(table.toponyms)
        pairs = [seats(table, n, measured=True) if self.seats[n] or self._has_unit(n) else [] for n in self._names()]
        found: dict[int, list[tuple[int, int]]] = {}
        for m, name in enumerate(table.of):
            phrase = phrase_of(table.text, toponyms, m) if pairs[name] else None
            listed = m - 1 in found and m - 1 in self.patterns.listed.get(m, [])
            if pairs[name] and (listed or (phrase is not None and phrase.kind in _MEASURING)):
                found[m] = pairs[name]
        return found

    def _names(self) -> range:
        return range(len(self.table.names))

    def _has_unit(self, name: int) -> bool:
        return bool((self.table.kind[self.table.rows_of(name)] == 1).any())

    def _rows(self, mention: int) -> slice:
        return self.table.rows_of(self.table.of[mention])

    def _kernels(self) -> None:
        table = self.table
        local = np.isin(table.kind, LOCAL)
        distance = table.distances_km(slice(None), slice(None))
        other = table.owner[:, None] != table.owner[None, :]
        self._near = np.exp(-distance / 100.0) * other * local[None, :]
        self._far = np.exp(-distance / 500.0) * other * local[None, :]
        starts = np.array([t.start for t in table.toponyms], dtype=np.float64)
        names = np.array(table.of)
        nearby = np.exp(-np.abs(starts[:, None] - starts[None, :]) / 250.0) * (names[:, None] != names[None, :])
        self._beside = np.zeros((len(names), len(table.names)))
        np.add.at(self._beside.T, names, nearby.T)  # how near each name is mentioned to each mention
        known = (self._beside * (self._found > 0)).sum(axis=1)
        self._beside_total = np.where(self._beside.any(axis=1), np.maximum(0.3, known), 0.0)
        self._same_country = (table.country[:, None] == table.country[None, :]) & (table.country[:, None] >= 0) & other
        county = table.kind == COUNTY
        self._same_admin2 = (
            (table.admin2[:, None] == table.admin2[None, :])
            & (table.admin2[:, None] >= 0)
            & (county[:, None] != county[None, :])
            & other
        )
        self._same_admin1 = (table.admin1[:, None] == table.admin1[None, :]) & (table.admin1[:, None] >= 0) & other

    def _belief(self, scores: list[Floats]) -> Floats:
        """Probability of each row: the mean over the mentions of its name."""
        belief = np.zeros(len(self.table.rows))
        for mention, score in enumerate(scores):
            if len(score):
                belief[self._rows(mention)] += softmax(score) / self.table.counts[self.table.of[mention]]
        return belief

    def _votes(self, belief: Floats) -> Floats:
        """Give what the other names of the document say for each row."""
        table = self.table
        weighted = belief * self._weights[table.owner]
        rest = np.maximum(self._found.sum() - self._found[table.owner], 1e-9)
        # One or two other names are thin evidence for a country: shrink their share.
        shrink = rest / (rest + 1.0)
        country = (self._same_country @ weighted) / rest * shrink
        admin1 = (self._same_admin1 @ weighted) / rest * shrink
        country_named = np.minimum(1.0, self._same_country @ (belief * (table.kind == 0)))
        admin1_named = np.minimum(1.0, self._same_admin1 @ (belief * (table.kind == 1)))
        near = np.minimum(3.0, self._near @ weighted) / 3.0
        far = (self._far @ weighted) / rest * shrink
        local = table.kind != 0
        votes = (
            WEIGHTS["country_votes"] * country
            + WEIGHTS["country_named"] * country_named * local
            + (WEIGHTS["admin1_votes"] * admin1 + WEIGHTS["admin1_named"] * admin1_named) * (table.kind != 0)
            + WEIGHTS["admin2_named"] * self.paired
            + (WEIGHTS["near"] * near + WEIGHTS["far"] * far) * local
            + self.homely
        )
        return np.asarray(votes, dtype=np.float64)

    def _local(self, mention: int, belief: Floats) -> Floats:
        """Give what the mentions next to this one say, by their distance in the text."""
        table = self.table
        rows = self._rows(mention)
        total = self._beside_total[mention]
        if rows.start == rows.stop or not total:
            return np.zeros(rows.stop - rows.start)
        weighted = belief * self._beside[mention][table.owner]
        country = self._same_country[rows] @ weighted / total
        admin1 = self._same_admin1[rows] @ weighted / total
        return np.asarray(WEIGHTS["local_country"] * country + WEIGHTS["local_admin1"] * admin1, dtype=np.float64)

    def _alone(self, mention: int) -> Floats:
        """Score from the name, what stands beside it, and containment."""
        table, rows, patterns = self.table, self._rows(mention), self.patterns
        score = self.static[rows].copy()
        if not len(score):
            return score
        if cue := table.cues[mention]:
            fits = np.array([cue_fits(table, r, cue) for r in range(rows.start, rows.stop)])
            score += WEIGHTS["cue"] * (fits - 0.5 * (~fits if fits.any() else 0.0))
        if table.toponyms[mention].kind == "metonymic":
            score += WEIGHTS["government"] * self._acting(mention) * np.isin(table.kind[rows], [0, 4])
        if mention in patterns.comma:
            held = patterns.comma[mention]
            score += WEIGHTS["comma"] * held - (1.0 - held) * (held.max() > 0)
        else:
            same = [patterns.comma[m] for m in patterns.comma if table.of[m] == table.of[mention]]
            if same:
                score += WEIGHTS["comma_same"] * np.max(same, axis=0)
        if mention in patterns.beside:
            score += WEIGHTS["beside"] * patterns.beside[mention]
        if mention in patterns.holds:
            score += WEIGHTS["holds"] * patterns.holds[mention]
        return score

    def _acting(self, mention: int) -> float:
        """Give how likely what is listed beside a mention acts as well: "between Armenia and Pereira" names towns."""
        beside = self.patterns.listed.get(mention)
        if not beside:
            return 1.0
        rows = [self._rows(m) for m in beside]
        return float(np.mean([softmax(self.settled[r])[np.isin(self.table.kind[r], [0, 4])].sum() for r in rows]))

    def _seated(self, mention: int, score: Floats) -> Floats:
        """Let a town lead the province of its name, save where the text says "province" or puts something in it."""
        said = self.table.cues[mention] in {"ADM1", "ADM2", "PCL"}
        name = self.table.of[mention]
        if not said and mention not in self.patterns.holds:
            measured = self.measured.get(mention)
            seat(score, measured or self.seats[name], lead=MEASURED_LEAD if measured else SEAT_LEAD)
        if self.table.cues[mention] not in {"ADM1", "ADM2", "PPL"} and mention not in self.patterns.comma:
            seat(score, self.nations[name])
        if mention in self.listed:
            score += self.listed[mention]
        return score

    def _shared_kind(self, rows: slice, beside: slice) -> Floats:
        chances = softmax(self.settled[beside])
        wide = np.bincount(self.table.kind[beside], weights=chances, minlength=len(KINDS))
        return np.asarray(wide[self.table.kind[rows]], dtype=np.float64)

    def confidence_inputs(self, mention: int, score: Floats, belief: Floats) -> list[float]:
        """Lay out what makes the first candidate of a mention sure (see `mapper.geocoder.confidence`)."""
        first = int(np.argmax(score))
        held = self.patterns.comma.get(mention)
        return inputs_of(
            self.table,
            mention,
            first,
            chances=softmax(score),
            contained=held is not None and bool(held[first] > 0),
            company=float(self._same_country[self._rows(mention).start + first] @ belief),
        )

    def _answer(self, mention: int, score: Floats, belief: Floats) -> Ranked:
        table, rows = self.table, self._rows(mention)
        if not len(score):
            return Ranked()
        chances = softmax(score)
        order = np.argsort(-score, kind="stable")
        sure = chance_right(self.confidence_inputs(mention, score, belief))
        first = float(chances[order[0]])
        # The others keep their proportion to the first: close by it, both can be right.
        kept = tuple(
            table.rows[rows.start + int(k)]._replace(score=round(float(chances[k]) / first * sure, 4))
            for k in order[:KEPT]
        )
        second = kept[1].score if len(kept) > 1 else 0.0
        reasons = self._reasons(mention, int(order[0]), belief)
        return Ranked(kept, kept[0].score, round(kept[0].score - second, 4), reasons)

    def _reasons(self, mention: int, choice: int, belief: Floats) -> tuple[str, ...]:
        """Why the first candidate, in words for people."""
        table, rows, patterns = self.table, self._rows(mention), self.patterns
        best = table.rows[rows.start + choice]
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
        if table.cues[mention] and cue_fits(table, rows.start + choice, table.cues[mention] or ""):
            reasons.append("of the kind that the text says")
        row = rows.start + choice
        if place.country and table.kind[row] != 0 and float(self._same_country[row] @ belief) > 0.6:
            reasons.append(f"the text names other places in {place.country}")
        if self.homely[row] > AT_HOME:
            reasons.append(f"other reports of this outlet are at home in {place.admin1 or place.country}")
        if place.population >= 100_000 and table.kind[row] > 3:
            reasons.append(f"population {place.population:,}")
        return tuple(reasons)
