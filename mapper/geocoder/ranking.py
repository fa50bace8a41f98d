"""Which place of a name is meant: all candidates of a document scored together, in a few bounded passes.

A linear score over plain evidence (kind of place, population, kind of match, containment in the text, votes of the
other mentions for countries and provinces, nearness to them). The first pass knows only the names and what stands
beside them; each later one lets the sure mentions of the pass before vote on the rest. `mapper.geocoder.priors` holds
the weights and says where they come from.

`mapper.geocoder.answering` reads the answers off the last pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mapper.geocoder.containment import read_containment, softmax
from mapper.geocoder.mentions import IS_LOCAL, KINDS, cue_fits, kinds_among, table_of
from mapper.geocoder.phrases import phrase_of
from mapper.geocoder.priors import MEASURED_LEAD, SEAT_LEAD, WEIGHTS, nations, seat, seats, static_scores
from mapper.geocoder.runs import Runs, Shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.homes import Neighbours
    from mapper.geocoder.mentions import Floats, Mentions
    from mapper.records import Toponym

__all__ = ["Ranking", "tables_of"]

PASSES = 3
CANDIDATES = 25

CHUNK_MENTIONS, CHUNK_ROWS = 400, 2_000
"""Mentions, and candidates, that are ranked together: the rest of a long document is ranked by itself."""

COUNTY = KINDS.index("ADM2")
IS_UNIT = kinds_among("ADM1", "ADM2")
IS_ACTOR = kinds_among("PCL", "PPLC")
"""What acts: a country, or its capital."""

LIKELY = 0.1
"""Chance, by their names alone, from which a county or a town in it counts in full for the other."""

_MEASURING = frozenset({"offset", "ring", "near", "between"})


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
        self.runs = Runs.of(table)
        self.static = static_scores(table)
        self.homely = neighbours.votes(table) if neighbours and table.rows else np.zeros(len(table.rows))
        self.seats = [seats(table, n) for n in range(len(table.names))]
        self.settled = self.static.copy()
        for n, pairs in enumerate(self.seats):
            seat(self.settled[table.rows_of(n)], pairs)
        self.patterns = read_containment(table, self.settled, gazetteer)
        self._acts = IS_ACTOR[table.kind]
        self._weights = 1.0 + np.log(np.maximum(table.counts, 1.0))
        self._found = np.array([len(n.candidates) > 0 for n in table.names]) * self._weights
        self._company()
        self.alone = self._alone()
        self._leads = list(self._leading())
        self._listed = np.zeros(len(self.runs.rows))
        for m, besides in self.patterns.listed.items():
            shared = sum(self._shared_kind(self._rows(m), self._rows(beside)) for beside in besides)
            self._listed[self.runs.run_of(m)] = WEIGHTS["listed"] * shared
        self.paired = np.zeros(len(table.rows))

    def scores(self) -> tuple[Floats, Floats]:
        """Scores of the candidates of all mentions after the last pass (see `Runs`), and each row's probability."""
        belief = self._belief(self._seated(self.alone))
        # A county and a town in it speak for each other once and for all: asked anew in each pass, each would follow
        # what the other was in the pass before, and never meet it.
        counties = self.table.kind == COUNTY
        towns, units = self._admin2.of_others(belief * ~counties), self._admin2.of_others(belief * counties)
        self.paired = np.minimum(1.0, np.where(counties, towns, units) / LIKELY)
        scores = self.alone
        for _ in range(PASSES):
            scores = self._seated(self.alone + self._votes(belief)[self.runs.rows] + self._local(belief))
            belief = self._belief(scores)
        return scores, belief

    def parts(self, belief: Floats) -> dict[str, Floats]:
        """Part the scores of all mentions' candidates (see `Runs`) by what they come from."""
        rows = self.runs.rows
        return {
            "name": self.static[rows],
            "words": self.alone - self.static[rows],
            "report": (self._votes(belief) - self.homely)[rows],
            "beside": self._local(belief),
            "outlet": self.homely[rows],
        }

    def neighbours_of(self, belief: Floats) -> Floats:
        """How many other names of the text lie in each row's country."""
        return self._country.of_others(belief)

    def _rows(self, mention: int) -> slice:
        return self.table.rows_of(self.table.of[mention])

    def _company(self) -> None:
        """Lay out who speaks for whom: by nearness on the ground and in the text, and by country and province."""
        table, names = self.table, len(self.table.names)
        other = table.owner[:, None] != table.owner[None, :]
        heard = other * IS_LOCAL[table.kind]
        far = np.exp(table.distances_km(slice(None), slice(None)) / -500.0)
        self._far = far * heard
        self._near = far**5 * heard  # within some 100 km
        starts = np.array([t.start for t in table.toponyms], dtype=np.float64)
        of = np.array(table.of)
        nearby = np.exp(-np.abs(starts[:, None] - starts[None, :]) / 250.0) * (of[:, None] != of[None, :])
        self._beside = np.zeros((len(of), names))
        np.add.at(self._beside.T, of, nearby.T)  # how near each name is mentioned to each mention
        known = (self._beside * (self._found > 0)).sum(axis=1)
        self._beside_total = np.maximum(0.3, known)
        self._country = Shared(table.owner, table.country, names)
        self._admin1 = Shared(table.owner, table.admin1, names)
        self._admin2 = Shared(table.owner, table.admin2, names)

    def _belief(self, scores: Floats) -> Floats:
        """Probability of each row: the mean over the mentions of its name."""
        rows = self.runs.rows
        chances = self.runs.chances(scores) / self.table.counts[self.table.owner[rows]]
        return np.bincount(rows, weights=chances, minlength=len(self.table.rows)).astype(np.float64)

    def _votes(self, belief: Floats) -> Floats:
        """Give what the other names of the document say for each row."""
        table = self.table
        weighted = belief * self._weights[table.owner]
        rest = np.maximum(self._found.sum() - self._found[table.owner], 1e-9)
        # One or two other names are thin evidence for a country: shrink their share.
        shrink = rest / (rest + 1.0)
        country = self._country.of_others(weighted) / rest * shrink
        admin1 = self._admin1.of_others(weighted) / rest * shrink
        country_named = np.minimum(1.0, self._country.of_others(belief * (table.kind == 0)))
        admin1_named = np.minimum(1.0, self._admin1.of_others(belief * (table.kind == 1)))
        near = np.minimum(3.0, self._near @ weighted) / 3.0
        far = (self._far @ weighted) / rest * shrink
        local = table.kind != 0
        votes = (
            WEIGHTS["country_votes"] * country
            + WEIGHTS["country_named"] * country_named * local
            + (WEIGHTS["admin1_votes"] * admin1 + WEIGHTS["admin1_named"] * admin1_named) * local
            + WEIGHTS["admin2_named"] * self.paired
            + (WEIGHTS["near"] * near + WEIGHTS["far"] * far) * local
            + self.homely
        )
        return np.asarray(votes, dtype=np.float64)

    def _local(self, belief: Floats) -> Floats:
        """Give what the mentions next to each one say, by their distance in the text."""
        mention, rows = self.runs.mention, self.runs.rows
        country = self._country.around(self._beside, belief, mention, rows)
        admin1 = self._admin1.around(self._beside, belief, mention, rows)
        said = WEIGHTS["local_country"] * country + WEIGHTS["local_admin1"] * admin1
        return np.asarray(said / self._beside_total[mention], dtype=np.float64)

    def _alone(self) -> Floats:
        """Score every mention's candidates from the name, what stands beside it, and containment."""
        table, patterns = self.table, self.patterns
        scores = self.static[self.runs.rows]
        contained: dict[int, list[Floats]] = {}
        for m, held in patterns.comma.items():
            contained.setdefault(table.of[m], []).append(held)
        for m in self.runs.filled.tolist():
            for points in self._said_of(m, contained.get(table.of[m], [])):
                scores[self.runs.run_of(m)] += points
        return scores

    def _said_of(self, m: int, elsewhere: list[Floats]) -> Iterator[Floats]:
        """Give what the words at a mention add to its candidates, and what lies in what where its name stands again."""
        table, patterns, rows = self.table, self.patterns, self._rows(m)
        if cue := table.cues[m]:
            fits = np.array([cue_fits(table, r, cue) for r in range(rows.start, rows.stop)])
            yield np.asarray(WEIGHTS["cue"] * (fits - 0.5 * (~fits if fits.any() else 0.0)), dtype=np.float64)
        if table.toponyms[m].kind == "metonymic":
            yield np.asarray(WEIGHTS["government"] * self._acting(m) * self._acts[rows], dtype=np.float64)
        if m in patterns.comma:
            held = patterns.comma[m]
            yield WEIGHTS["comma"] * held - (1.0 - held) * (held.max() > 0)
        elif elsewhere:
            yield np.asarray(WEIGHTS["comma_same"] * np.max(elsewhere, axis=0), dtype=np.float64)
        if m in patterns.beside:
            yield WEIGHTS["beside"] * patterns.beside[m]
        if m in patterns.holds:
            yield WEIGHTS["holds"] * patterns.holds[m]

    def _acting(self, mention: int) -> float:
        """Give how likely what is listed beside a mention acts as well: "between Armenia and Pereira" names towns."""
        beside = self.patterns.listed.get(mention)
        if not beside:
            return 1.0
        rows = [self._rows(m) for m in beside]
        return float(np.mean([softmax(self.settled[r])[self._acts[r]].sum() for r in rows]))

    def _leading(self) -> Iterator[tuple[slice, list[tuple[int, int]], float]]:
        """Give the towns that lead the province of their name, save where the text speaks of a province.

        Where a mention's candidates stand, pairs of province (or what lies in a country of the name) and leader, and
        by how much it leads.
        """
        table, patterns = self.table, self.patterns
        countries = [nations(table, n) for n in range(len(table.names))]
        measured = self._measured()
        for m, name in enumerate(table.of):
            cue = table.cues[m]
            if cue not in {"ADM1", "ADM2", "PCL"} and m not in patterns.holds:
                pairs, lead = (measured[m], MEASURED_LEAD) if m in measured else (self.seats[name], SEAT_LEAD)
                if pairs:
                    yield self.runs.run_of(m), pairs, lead
            if countries[name] and cue not in {"ADM1", "ADM2", "PPL"} and m not in patterns.comma:
                yield self.runs.run_of(m), countries[name], SEAT_LEAD

    def _measured(self) -> dict[int, list[tuple[int, int]]]:
        """Pairs of province and seat of the mentions that the text measures from ("20 km north of", "near A and B")."""
        table = self.table
        toponyms = list(table.toponyms)
        units = np.bincount(table.owner[IS_UNIT[table.kind]], minlength=len(table.names))
        pairs = [seats(table, n, measured=True) if self.seats[n] or units[n] else [] for n in range(len(table.names))]
        found: dict[int, list[tuple[int, int]]] = {}
        for m, name in enumerate(table.of):
            phrase = phrase_of(table.text, toponyms, m) if pairs[name] else None
            listed = m - 1 in found and m - 1 in self.patterns.listed.get(m, [])
            if pairs[name] and (listed or (phrase is not None and phrase.kind in _MEASURING)):
                found[m] = pairs[name]
        return found

    def _seated(self, scores: Floats) -> Floats:
        """Let leaders lead, and what is listed be of one kind."""
        scores = scores.copy()
        for run, pairs, lead in self._leads:
            seat(scores[run], pairs, lead=lead)
        return scores + self._listed

    def _shared_kind(self, rows: slice, beside: slice) -> Floats:
        chances = softmax(self.settled[beside])
        wide = np.bincount(self.table.kind[beside], weights=chances, minlength=len(KINDS))
        return np.asarray(wide[self.table.kind[rows]], dtype=np.float64)
