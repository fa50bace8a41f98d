"""Learn how sure answers are: ``python -m mapper.training.confidence --data ../shared/data``.

Ranks the given toponyms of the training part of TR-News, each report in the light of its outlet's others, and fits the
logistic model of `mapper.geocoder.confidence` to which answers are right. Prints the coefficients, to be put there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from mapper.gazetteer import open_gazetteer
from mapper.geocoder import learn_homes
from mapper.geocoder.confidence import INPUTS, inputs_of
from mapper.geocoder.geodesy import azimuth_m
from mapper.geocoder.geoparsing import given_toponyms
from mapper.geocoder.ranking import Ranking, tables_of
from mapper.records import Document, Span
from mapper.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from mapper.gazetteer import Gazetteer
    from mapper.geocoder import Homes
    from mapper.records import Place

    Floats = NDArray[np.float64]

CORPUS = Path("geoparsing") / "trnews.train.jsonl"
RIGHT_M = 161_000.0
RIDGE, STEPS = 2.0, 30


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True, help="Where the open corpora lie.")
def main(*, data: Path) -> None:
    """Fit the coefficients and print them."""
    gazetteer = open_gazetteer(own=False)
    rows = [json.loads(line) for line in (data / CORPUS).read_text(encoding="utf-8").splitlines()]
    documents = [_document(row) for row in rows]
    homes = learn_homes(documents, gazetteer, spans="given")
    inputs: list[Floats] = []
    right: list[bool] = []
    weights: list[float] = []
    for row, document in zip(rows, documents, strict=True):
        for given, (answer, weight, place) in zip(
            sorted(row["toponyms"], key=lambda t: (t["start"], t["end"])),
            _answers(document, gazetteer, homes),
            strict=True,
        ):
            if len(answer) and place is not None and given["lat"] is not None:
                inputs.append(answer)
                right.append(is_right(place, given))
                weights.append(weight)
    found = fit(np.array(inputs), np.array(right, dtype=np.float64), np.array(weights))
    for name, value in zip(INPUTS, found, strict=True):
        click.echo(f'    "{name}": {value:.2f},')


def fit(inputs: Floats, right: Floats, weights: Floats) -> Floats:
    """Fit a logistic model by Newton's method, with a ridge on all coefficients but the first.

    Parameters
    ----------
    inputs, right, weights
        (answers, inputs), and for each answer whether it is right (0 or 1) and what it counts.
    """
    ridge = np.full(inputs.shape[1], RIDGE)
    ridge[0] = 0.0
    found = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-inputs @ found))
        slope = inputs.T @ (weights * (right - chance)) - ridge * found
        bend = (inputs * (weights * chance * (1.0 - chance))[:, None]).T @ inputs + np.diag(ridge)
        found = found + np.linalg.solve(bend + 1e-9 * np.eye(len(bend)), slope)
    return found


def is_right(place: Place, given: dict[str, Any]) -> bool:
    """Whether an answer is the very entry of the gold, or lies within 161 km of it."""
    if given["geonameid"] is not None and place.geonameid == given["geonameid"]:
        return True
    return azimuth_m(lat=place.lat, lon=place.lon, to_lat=given["lat"], to_lon=given["lon"])[1] <= RIGHT_M


def _document(row: dict[str, Any]) -> Document:
    given = tuple(Span(t["start"], t["end"], t["text"]) for t in row["toponyms"])
    return Document(id=str(row["id"]), text=row["text"], url=row.get("url"), toponyms=given)


def _answers(document: Document, gazetteer: Gazetteer, homes: Homes) -> Iterator[tuple[Floats, float, Place | None]]:
    """Give the inputs of each toponym's first candidate, its weight, and its place; none where it has no candidate.

    A name that comes often in a report counts as the square root of its mentions.
    """
    toponyms = given_toponyms(document, sentences(document), gazetteer)
    for table in tables_of(document.text, toponyms, gazetteer, reach=3):
        answers: list[tuple[Floats, float, Place | None]] = [(np.zeros(0), 0.0, None) for _ in table.toponyms]
        if table.rows:
            ranking = Ranking(table, gazetteer, homes.around(document))
            scores, belief = ranking.scores()
            runs, order = ranking.runs, ranking.runs.best(scores)
            for mention, inputs in zip(runs.filled, inputs_of(ranking, scores, belief), strict=True):
                place = table.rows[runs.rows[order[runs.begin[mention]]]].place
                answers[mention] = inputs, float(table.counts[table.of[mention]] ** -0.5), place
        yield from answers


if __name__ == "__main__":
    main()
