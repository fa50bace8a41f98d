"""What a name alone says of its candidates: kind of place, people, kind of match, and what leads what by its very name.

The weights of the whole ranking stand here as well. They were set by hand after published ablations (classes and
population first, then containment, then the document's countries and provinces), moved by a coordinate search on the
training part of TR-News (Kamalloo and Rafiei, MIT), rounded, and kept where the training and development documents of
TR-News, LGL and GeoWebNews did not speak against them. Errors on TUD-Loc (development part), IDRISI-D and MUC-4 were
read as well. Figures on all of these are no measure of new texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mapper.gazetteer import fold
from mapper.geocoder.mentions import KINDS
from mapper.geocoder.names import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.geocoder.mentions import Floats, Mentions

__all__ = ["MEASURED_LEAD", "SEAT_LEAD", "WEIGHTS", "nations", "seat", "seats", "static_scores"]

SEAT_SHARE, SEAT_LEAD = 0.08, 0.6
"""A town that holds such a share of the people of the province of its name leads it by so much ("Kaduna")."""

TOWN = 10_000
"""People from which a town leads the county that is called after it, however large that is."""

MEASURED_LEAD = 1.6
"""What it leads by where the text measures from it: what is "20 km north of", "near" or "halfway to" is a town."""

CAPITAL = 1.5
"""What a province is set back by beside the country's capital of the same name ("Washington")."""

AFFIXED = 1.0
"""What "X Province" is set back by, for a bare X, when a town named X exists."""

COUNTY_OF_STATE = 3.0
"""What "X County" is set back by, for a bare X, when a state or province is called X ("Ohio plates", in Indiana)."""

NAMESAKE = 2.0
"""What a town is set back by when a country has the same name."""

ALIAS, ALIAS_PEOPLE = 8.0, 100_000
"""What a country or province is set back by where the name is another one of it, and a town of so many people's own."""

OTHERWISE = 4.0
"""What a town is set back by that is written otherwise, where a larger one of its country bears the very name."""

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
    "cue": 2.5,  # the text says "province", "city", "river" ...
    "government": 1.5,  # what acts is a country or its capital: "Washington said"
    "comma": 5.0,  # "Bangor, Maine"
    "comma_same": 3.5,  # the same name was so contained elsewhere in the document
    "holds": 1.5,  # what is contained says which container
    "beside": 3.0,  # "Mashtal, in the east of Baghdad": a neighbourhood by nearness to the town
    "country_votes": 2.0,
    "country_named": 1.5,
    "admin1_votes": 3.5,
    "admin1_named": 1.2,
    "admin2_named": 2.5,  # a county and a town in it
    "local_country": 1.0,
    "local_admin1": 1.3,
    "near": 2.6,  # other mentions' places within some 100 km
    "far": 5.0,  # within some 500 km
    "listed": 0.8,  # "Iraq and Syria": the same kind of place on both sides of a conjunction
}


def static_scores(table: Mentions) -> Floats:
    """Score of every row of a table from its name alone."""
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
        score[rows] -= ALIAS * _only_aliases(table, n) + OTHERWISE * _written_otherwise(table, n)
        capitals = {table.country[r] for r in _range(rows) if table.kind[r] == 4 and table.rows[r].match == "exact"}
        for row in _range(rows):
            if table.kind[row] == 1 and table.country[row] in capitals:
                score[row] -= CAPITAL
        if any(table.kind[r] == 1 and fold(table.rows[r].place.name) == table.written[n] for r in _range(rows)):
            for row in _range(rows):
                if table.kind[row] in {2, 3} and _is_called_more(table.rows[row].place.name, table.written[n]):
                    score[row] -= COUNTY_OF_STATE
        if any(table.kind[r] in {4, 5, 6} and fold(table.rows[r].place.name) == table.written[n] for r in _range(rows)):
            for row in _range(rows):
                if table.kind[row] == 1 and _is_called_more(table.rows[row].place.name, table.written[n]):
                    score[row] -= AFFIXED
    return np.asarray(score, dtype=np.float64)


def _only_aliases(table: Mentions, name: int) -> Floats:
    """Mark the countries and provinces that are called so elsewhere, beside a city that bears the very name.

    "Columbia" is Colombia in some languages, and the capital of South Carolina in this one.
    """
    rows = table.rows_of(name)
    own = [
        r
        for r in _range(rows)
        if table.kind[r] in {4, 5, 6}
        and table.population[r] >= ALIAS_PEOPLE
        and fold(table.rows[r].place.name) == table.written[name]
    ]
    aliases = [
        bool(own)
        and table.kind[r] <= 1
        and table.rows[r].match == "alternate"
        and all(table.country[r] != table.country[city] or table.admin1[r] != table.admin1[city] for city in own)
        for r in _range(rows)
    ]
    return np.array(aliases, dtype=np.float64)


def _written_otherwise(table: Mentions, name: int) -> Floats:
    """Mark the towns that a gazetteer lists under the name of a larger one: "Pittsburgh" is no Pittsburg."""
    rows = table.rows_of(name)
    towns = [r for r in _range(rows) if table.kind[r] in {4, 5, 6}]
    own = {r for r in towns if table.rows[r].match == "exact" and fold(table.rows[r].place.name) == table.written[name]}
    marked = np.zeros(rows.stop - rows.start)
    for r in towns:
        larger = (o for o in own if table.country[o] == table.country[r] and table.population[o] > table.population[r])
        marked[r - rows.start] = table.rows[r].match == "alternate" and any(larger)
    return marked


def _range(rows: slice) -> range:
    return range(rows.start, rows.stop)


def _is_called_more(name: str, written: str) -> bool:
    """Whether a unit's name is what is written and a kind word ("Flores Department" for "Flores")."""
    first, _, last = fold(name).rpartition(" ")
    return first == written and last in KIND_WORDS


def _is_short_for(name: str, written: str) -> bool:
    """Whether a name is what is written and more; "Oklahoma" is not short for Oklahoma City, which says so itself."""
    return name.startswith(f"{written} ") and name.rpartition(" ")[2] not in KIND_WORDS


def seats(table: Mentions, name: int, *, measured: bool = False) -> list[tuple[int, int]]:
    """Pairs of a province, or a country, and the town in it that bears the very name: rows counted within the name.

    A province with a seat far smaller than itself is what people mean by its name ("Quebec"), and so is a country
    whose own name is no longer than its capital's ("Djibouti"). A county called after a town is not ("Bakhmut Raion").
    Where the text measures from the name, the seat of a province counts however small it is.
    """
    rows, written = table.rows_of(name), table.written[name]
    first = rows.start
    # "Santa Cruz" is Santa Cruz de la Sierra where it is the seat of a Santa Cruz.
    called = [
        r
        for r in range(first, rows.stop)
        if table.rows[r].match == "exact"
        or (table.kind[r] in {4, 5} and _is_short_for(fold(table.rows[r].place.name), written))
    ]
    pairs = []
    for unit in range(first, rows.stop):
        kind = table.kind[unit]
        for seat in called:
            if kind > 2 or table.kind[seat] not in {4, 5, 6} or table.country[seat] != table.country[unit]:
                continue
            people, all_people = float(table.population[seat]), float(table.population[unit])
            if kind == 0:
                leads = table.kind[seat] == 4 and fold(table.rows[unit].place.name) != written
            elif kind == 2:
                own = table.admin2[seat] == table.admin2[unit] >= 0 and fold(table.rows[seat].place.name) == written
                known = measured or people >= min(TOWN, SEAT_SHARE * all_people)
                leads = own and known and _is_called_more(table.rows[unit].place.name, written)
            elif table.admin1[seat] == table.admin1[unit]:
                leads = people >= SEAT_SHARE * all_people if all_people else people >= 100_000
                leads = leads or (measured and table.kind[seat] in {4, 5})
            else:
                leads = False
            if leads and table.rows[unit].match not in {"demonym", "abbreviation"}:
                pairs.append((unit - first, seat - first))
    return pairs


def nations(table: Mentions, name: int) -> list[tuple[int, int]]:
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


def seat(score: Floats, pairs: Sequence[tuple[int, int]], *, lead: float = SEAT_LEAD) -> None:
    """Let each seat lead its unit, in place."""
    for unit, seat in pairs:
        # The two share what speaks for either, so that neither loses to a third place of the name.
        score[seat] = max(score[seat], score[unit])
        score[unit] = score[seat] - lead
