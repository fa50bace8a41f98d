"""Which place of a name is meant: all candidates of a document scored together, in a few bounded passes.

A linear score over plain evidence (kind of place, population, kind of match, containment in the text, votes of the
other mentions for countries and provinces, nearness to them). The first pass knows only the names and what stands
beside them; each later one lets the sure mentions of the pass before vote on the rest. Weights were set by hand after
published ablations (classes and population first, then containment, then the document's countries and provinces), moved
by a coordinate search on the training part of TR-News (Kamalloo and Rafiei, MIT), rounded, and kept where the training
and development documents of TR-News, LGL and GeoWebNews did not speak against them. Errors on TUD-Loc (development
part), IDRISI-D and MUC-4 were read as well. Figures on all of these are no measure of new texts.

The score of an answer is its share in the softmax over the candidates of its name, times what the kind of match is
worth: it knows nothing of places that the gazetteer lacks, and is calibrated only roughly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mapper.gazetteer import fold
from mapper.geocoder.mentions import KINDS, Mentions, cue_fits, inside, kind_of, table_of
from mapper.geocoder.names import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder.mentions import Floats
    from mapper.records import Candidate, Toponym

__all__ = ["WEIGHTS", "Ranked", "contains_gap", "rank"]

PASSES = 3
CANDIDATES = 25
KEPT = 5
SEAT_SHARE, SEAT_LEAD = 0.08, 0.6
"""A town that holds such a share of the people of the province of its name leads it by so much ("Kaduna")."""

CHUNK_MENTIONS, CHUNK_ROWS = 400, 2_000
"""Mentions, and candidates, that are ranked together: the rest of a long document is ranked by itself."""

CAPITAL = 1.5
"""What a province is set back by beside the country's capital of the same name ("Washington")."""

AFFIXED = 1.0
"""What "X Province" is set back by, for a bare X, when a town named X exists."""

NAMESAKE = 2.0
"""What a town is set back by when a country has the same name."""

WATER = KINDS.index("WATER")
BESIDE_KM, SEA_KM = 40.0, 500.0

_KIND_WEIGHT = {
    "PCL": 6.4, "ADM1": 4.4, "ADM2": 1.5, "ADM3": 0.6, "PPLC": 1.7, "PPLA": 1.1, "PPL": 1.5, "PPLX": 1.2,
    "MACRO": 4.0, "REGION": 1.6, "WATER": 1.2, "TERRAIN": 1.0, "SITE": 1.0,
}  # fmt: skip
_MATCH_WEIGHT = {
    "exact": 0.0, "alternate": -0.9, "abbreviation": 0.0, "demonym": 0.5, "loose": -0.6, "fuzzy": -2.0, "id": 0.0,
}  # fmt: skip

WEIGHTS = {
    "population": 1.1,  # a decade of people
    "prior": 1.0,  # what the gazetteer's own order of the places of a name says
    "cue": 2.0,  # the text says "province", "city", "river" ...
    "government": 1.5,  # what acts is a country or its capital: "Washington said"
    "comma": 5.0,  # "Bangor, Maine"
    "comma_same": 3.5,  # the same name was so contained elsewhere in the document
    "holds": 1.5,  # what is contained says which container
    "beside": 3.0,  # "Mashtal, in the east of Baghdad": a neighbourhood by nearness to the town
    "country_votes": 2.0,
    "country_named": 1.5,
    "admin1_votes": 3.5,
    "admin1_named": 1.2,
    "local_country": 1.0,
    "local_admin1": 1.3,
    "near": 2.6,  # other mentions' places within some 100 km
    "far": 5.0,  # within some 500 km
    "listed": 0.8,  # "Iraq and Syria": the same kind of place on both sides of a conjunction
}

_COMMA = re.compile(r"^(?:\s*,\s*|\s*\(\s*|\s*,\s+in\s+|\s+-\s+)$")
_IN = re.compile(
    r"^\s*,?\s*(?:in|of|near|outside|within)\s+(?:the\s+)?(?:[\w-]+(?:ern)?\s+)?(?:(?:part|east|west|north|south)\s+of\s+)?"
    r"(?:the\s+)?(?:(?:state|province|city|governorate|district|region|county|town|capital)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_AND = re.compile(r"^\s*(?:,|and|or|&|,\s*and|,\s*or)\s*$")
_AFTER = re.compile(r"\s*,\s+((?:[A-Z][a-z]*\.\s?){1,2}|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?)")


@dataclass(slots=True)
class Ranked:
    """The candidates of one toponym, best first, with how sure the first is and why."""

    candidates: tuple[Candidate, ...] = ()
    score: float = 0.0
    margin: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class _Patterns:
    """Evidence between neighbouring mentions: for a mention, a value for each of its candidates."""

    comma: dict[int, Floats] = field(default_factory=dict)
    beside: dict[int, Floats] = field(default_factory=dict)
    holds: dict[int, Floats] = field(default_factory=dict)
    listed: dict[int, list[int]] = field(default_factory=dict)
    containers: dict[int, str] = field(default_factory=dict)


def contains_gap(gap: str) -> bool:
    """Whether the words between two place names say that the first lies in the second (", ", " in the east of ")."""
    return len(gap) < 50 and (_COMMA.match(gap) is not None or _IN.match(gap) is not None)


def rank(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer, *, reach: int = 2) -> list[Ranked]:
    """Rank the candidates of every toponym of a document in the context of all others.

    Parameters
    ----------
    text, toponyms
        The document's text and its toponyms in text order.
    gazetteer
        Where candidates come from.
    reach
        How far a name may be rewritten to find candidates (see `mapper.geocoder.names.candidates_of`).

    Returns
    -------
    list[Ranked]
        One for each toponym; empty candidates where the gazetteer has no such name.
    """
    if not toponyms:
        return []
    answers: list[Ranked] = []
    while len(answers) < len(toponyms):
        chunk = toponyms[len(answers) : len(answers) + CHUNK_MENTIONS]
        table = table_of(text, chunk, gazetteer, limit=CANDIDATES, reach=reach)
        while len(table.rows) > CHUNK_ROWS and len(chunk) > 1:
            chunk = chunk[: max(1, len(chunk) * CHUNK_ROWS // (2 * len(table.rows)))]
            table = table_of(text, chunk, gazetteer, limit=CANDIDATES, reach=reach)
        answers += _Ranking(table, gazetteer).ranked() if table.rows else [Ranked() for _ in chunk]
    return answers


class _Ranking:
    """The passes over one document."""

    def __init__(self, table: Mentions, gazetteer: Gazetteer) -> None:
        self.table = table
        self.gazetteer = gazetteer
        self.static = _static(table)
        self.seats = [_seats(table, n) for n in range(len(table.names))]
        self.nations = [_nations(table, n) for n in range(len(table.names))]
        self.settled = self.static.copy()
        for n, pairs in enumerate(self.seats):
            _seat(self.settled[table.rows_of(n)], pairs)
        self.patterns = _Patterns()
        self._weights = 1.0 + np.log(np.maximum(table.counts, 1.0))
        self._found = np.array([len(n.candidates) > 0 for n in table.names]) * self._weights
        self._kernels()
        self._find_patterns()
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
        scores: list[Floats] = []
        for _ in range(PASSES):
            votes = self._votes(belief)
            scores = [
                self._seated(m, score + votes[self._rows(m)] + self._local(m, belief)) for m, score in enumerate(alone)
            ]
            belief = self._belief(scores)
        return scores, belief

    def _rows(self, mention: int) -> slice:
        return self.table.rows_of(self.table.of[mention])

    def _kernels(self) -> None:
        table = self.table
        local = np.isin(table.kind, [2, 3, 4, 5, 6, 7, 9, 11, 12])
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
        self._same_admin1 = (table.admin1[:, None] == table.admin1[None, :]) & (table.admin1[:, None] >= 0) & other

    def _belief(self, scores: list[Floats]) -> Floats:
        """Probability of each row: the mean over the mentions of its name."""
        belief = np.zeros(len(self.table.rows))
        for mention, score in enumerate(scores):
            if len(score):
                belief[self._rows(mention)] += _softmax(score) / self.table.counts[self.table.of[mention]]
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
            + (WEIGHTS["near"] * near + WEIGHTS["far"] * far) * local
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
            score += WEIGHTS["government"] * np.isin(table.kind[rows], [0, 4])
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

    def _seated(self, mention: int, score: Floats) -> Floats:
        """Let a town lead the province of its name, save where the text says "province" or puts something in it."""
        said = self.table.cues[mention] in {"ADM1", "ADM2", "PCL"}
        name = self.table.of[mention]
        if not said and mention not in self.patterns.holds:
            _seat(score, self.seats[name])
        if self.table.cues[mention] not in {"ADM1", "ADM2", "PPL"} and mention not in self.patterns.comma:
            _seat(score, self.nations[name])
        if mention in self.listed:
            score += self.listed[mention]
        return score

    def _shared_kind(self, rows: slice, beside: slice) -> Floats:
        chances = _softmax(self.settled[beside])
        wide = np.bincount(self.table.kind[beside], weights=chances, minlength=len(KINDS))
        return np.asarray(wide[self.table.kind[rows]], dtype=np.float64)

    def _find_patterns(self) -> None:
        table = self.table
        for m, toponym in enumerate(table.toponyms):
            rows = self._rows(m)
            if rows.start == rows.stop:
                continue
            gap = None
            if m + 1 < len(table.toponyms) and table.of[m + 1] != table.of[m]:
                gap = table.text[toponym.end : table.toponyms[m + 1].start]
            if gap is not None and len(gap) < 50:
                self._between(m, m + 1, gap)
                if table.toponyms[m + 1].kind == "demonym" and m + 2 < len(table.toponyms):
                    # "Mashtal, in the east of Iraqi capital Baghdad": the town behind the adjective counts too.
                    rest = table.text[table.toponyms[m + 1].end : table.toponyms[m + 2].start].lstrip()
                    if len(rest) < 30:
                        self._between(m, m + 2, gap + rest)
            if m not in self.patterns.comma and (gap is None or len(gap) > 2):
                self._named_after(m, rows)

    def _between(self, m: int, other: int, gap: str) -> None:
        """Containment between a mention and one after it: "Bangor, Maine", "Mashtal, in the east of Baghdad"."""
        table, patterns = self.table, self.patterns
        rows, after = self._rows(m), self._rows(other)
        if after.start == after.stop:
            return
        comma = _COMMA.match(gap) is not None
        if comma or _IN.match(gap):
            held = inside(table, rows, after)
            if held.any():
                patterns.comma[m] = np.asarray(held.any(axis=1), dtype=np.float64)
                patterns.holds[other] = np.asarray(held.any(axis=0), dtype=np.float64)
                patterns.containers[m] = table.toponyms[other].text
            elif (towns := np.isin(table.kind[after], [4, 5, 6, 10])).any():
                chances = _softmax(self.settled[after]) * towns
                # "60 miles south of Mukalla, in the Gulf of Aden": a sea's label may lie far from its shores.
                scale = np.where(table.kind[after] == WATER, SEA_KM, BESIDE_KM)
                near = np.exp(-table.distances_km(rows, after) / scale) @ chances
                patterns.beside[m] = np.asarray(near, dtype=np.float64)
                patterns.containers.setdefault(m, table.toponyms[other].text)
        if _AND.match(gap) and m not in patterns.comma:
            patterns.listed.setdefault(m, []).append(other)
            patterns.listed.setdefault(other, []).append(m)

    def _named_after(self, m: int, rows: slice) -> None:
        """Give A country or province after a comma that is no toponym of its own: "Springfield, Ill."."""
        end = self.table.toponyms[m].end
        found = _AFTER.match(self.table.text[end : end + 48])
        if not found:
            return
        for name in dict.fromkeys((found[1].strip(), found[1].split()[0])):
            wide = [
                c.place for c in self.gazetteer.lookup(name, limit=5) if kind_of(c.place) <= 1 and c.match != "loose"
            ]
            if not wide:
                continue
            places = [c.place for c in self.table.rows[rows]]
            held = np.array([
                any(
                    p.country_code == w.country_code and kind_of(p) > kind_of(w)
                    and (kind_of(w) == 0 or p.admin1_code == w.admin1_code)
                    for w in wide
                )
                for p in places
            ], dtype=np.float64)  # fmt: skip
            if held.any():
                self.patterns.comma[m] = held
                self.patterns.containers[m] = name
                return

    def _answer(self, mention: int, score: Floats, belief: Floats) -> Ranked:
        table, rows = self.table, self._rows(mention)
        if not len(score):
            return Ranked()
        chances = _softmax(score)
        order = np.argsort(-score, kind="stable")
        named = table.names[table.of[mention]]
        sure = _certainty(named.distance, table.rows[rows.start + int(order[0])].match)
        kept = tuple(_scored(table.rows[rows.start + int(k)], round(float(chances[k]) * sure, 4)) for k in order[:KEPT])
        second = float(chances[order[1]]) if len(order) > 1 else 0.0
        first = float(chances[order[0]])
        return Ranked(
            kept, kept[0].score, round((first - second) * sure, 4), self._reasons(mention, int(order[0]), belief)
        )

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
        if place.population >= 100_000 and table.kind[row] > 3:
            reasons.append(f"population {place.population:,}")
        return tuple(reasons)


def _static(table: Mentions) -> Floats:
    kinds = np.array([_KIND_WEIGHT[k] for k in KINDS])[table.kind]
    people = np.log10(np.maximum(table.population, 100.0)) - 2.0
    # Areas hold far more people than the towns of the same name: counted in full they would always win.
    people = np.where(table.kind <= 3, np.minimum(people, 5.0) * 0.5, people)
    # What has no inhabitants is as well known as the gazetteer's own order says.
    prior = np.array([c.score for c in table.rows])
    people = np.where(table.kind >= 8, np.maximum(people, 5.0 * (prior - 0.3)), people)
    matches = np.array([_MATCH_WEIGHT[c.match] for c in table.rows])
    score = kinds + WEIGHTS["population"] * people + matches + WEIGHTS["prior"] * prior
    for n in range(len(table.names)):
        rows = table.rows_of(n)
        if (table.kind[rows] == 0).any():
            # A town that bears a country's name is meant only where the text says so ("Lebanon, Ohio").
            score[rows] -= NAMESAKE * (table.kind[rows] > 1)
        capitals = {table.country[r] for r in _range(rows) if table.kind[r] == 4 and table.rows[r].match == "exact"}
        for row in _range(rows):
            if table.kind[row] == 1 and table.country[row] in capitals:
                score[row] -= CAPITAL
        if any(table.kind[r] in {4, 5, 6} and fold(table.rows[r].place.name) == table.written[n] for r in _range(rows)):
            for row in _range(rows):
                if table.kind[row] == 1 and _is_called_more(table.rows[row].place.name, table.written[n]):
                    score[row] -= AFFIXED
    return np.asarray(score, dtype=np.float64)


def _range(rows: slice) -> range:
    return range(rows.start, rows.stop)


def _is_called_more(name: str, written: str) -> bool:
    """Whether a unit's name is what is written and a kind word ("Flores Department" for "Flores")."""
    first, _, last = fold(name).rpartition(" ")
    return first == written and last in KIND_WORDS


def _seats(table: Mentions, name: int) -> list[tuple[int, int]]:
    """Pairs of a province, or a country, and the town in it that bears the very name: rows counted within the name.

    A province with a seat far smaller than itself is what people mean by its name ("Quebec"), and so is a country
    whose own name is no longer than its capital's ("Djibouti").
    """
    rows, written = table.rows_of(name), table.written[name]
    first = rows.start
    called = [r for r in range(first, rows.stop) if table.rows[r].match == "exact"]
    pairs = []
    for unit in range(first, rows.stop):
        kind = table.kind[unit]
        for seat in called:
            if kind > 1 or table.kind[seat] not in {4, 5, 6} or table.country[seat] != table.country[unit]:
                continue
            people, all_people = float(table.population[seat]), float(table.population[unit])
            if kind == 0:
                leads = table.kind[seat] == 4 and fold(table.rows[unit].place.name) != written
            elif table.admin1[seat] == table.admin1[unit]:
                leads = people >= SEAT_SHARE * all_people if all_people else people >= 100_000
            else:
                leads = False
            if leads and table.rows[unit].match not in {"demonym", "abbreviation"}:
                pairs.append((unit - first, seat - first))
    return pairs


def _nations(table: Mentions, name: int) -> list[tuple[int, int]]:
    """Pairs of a unit or town and the country it lies in, where what is written is the country's own name.

    "Mexico" is no state of it, however much the text speaks of that state's neighbours: what speaks for a place in a
    country speaks for the country.
    """
    rows, written = table.rows_of(name), table.written[name]
    countries = [
        r
        for r in _range(rows)
        if table.kind[r] == 0 and table.rows[r].match == "exact" and fold(table.rows[r].place.name) == written
    ]
    return [
        (row - rows.start, country - rows.start)
        for country in countries
        for row in _range(rows)
        if table.kind[row] != 0 and table.country[row] == table.country[country]
    ]


def _seat(score: Floats, pairs: Sequence[tuple[int, int]]) -> None:
    """Let each seat lead its unit, in place."""
    for unit, seat in pairs:
        # The two share what speaks for either, so that neither loses to a third place of the name.
        score[seat] = max(score[seat], score[unit])
        score[unit] = score[seat] - SEAT_LEAD


def _certainty(distance: int, match: str) -> float:
    """Share of right answers that a match of this kind had at best, beside an exact one."""
    return (1.0, 0.95, 0.85, 0.5)[distance] * {"loose": 0.9, "fuzzy": 0.5}.get(match, 1.0)


def _scored(candidate: Candidate, score: float) -> Candidate:
    from dataclasses import replace  # noqa: PLC0415

    return replace(candidate, score=score)


def _softmax(score: Floats) -> Floats:
    if not len(score):
        return score
    grown = np.exp(score - score.max())
    return np.asarray(grown / grown.sum(), dtype=np.float64)
