"""Where one event happened, by the shipped model alone: floors on sentences whose coders settled every place.

The event is given, and the model marks the words of its places. Of event_location (Halterman 2019) the training part
was shown to the weights, this one never.
"""

from __future__ import annotations

import hashlib
import json

import pytest

from mapper.evaluation.event_places import event_row, places_asked, score_event_places
from mapper.gazetteer import open_gazetteer
from mapper.geocoder import geoparse
from mapper.language import default_reader
from mapper.records import Document
from mapper.text import sentences

DIGEST = "c8c9793059c8"
FLOORS = {"span": 0.81, "token": 0.82, "rows_right": 0.78}
"""A little under what was measured: of the finest of the places that the model marks, which is what the coders noted. Of
all that it marks, the places that those lie in among them, the figures are printed beside it."""


@pytest.fixture(scope="module")
def gold(shared):
    content = (shared / "data" / "events" / "event_location.dev.jsonl").read_bytes()
    assert hashlib.sha256(content).hexdigest().startswith(DIGEST), "not the corpus of the floors"
    return {row["id"]: event_row(row) for row in map(json.loads, content.decode().splitlines())}


def figures(gold, told):
    found = score_event_places(gold, told)
    return {"span": found["span"]["F1"], "token": found["token"]["F1"], "rows_right": found["rows_right"]}


def test_the_floors_hold(gold):
    told, named, finest, gazetteer = {}, {}, {}, open_gazetteer(own=False)
    for key, row in gold.items():
        document = Document(key, row.text)
        cut = sentences(document)
        tags = default_reader().tag(cut)
        finest[key] = places_asked(tags, row, geoparse(document, cut, gazetteer, tags=tags))
        places = tags.arguments(min(start for start, _ in row.event), max(end for _, end in row.event))
        told[key] = frozenset((e.start, e.end) for e in places.entities("place"))
        named[key] = frozenset((e.start, e.end) for e in tags.entities("place"))
    systems = {"the event's": told, "the finest of them": finest, "every place name": named}
    found = {name: figures(gold, answers) for name, answers in systems.items()}
    for name, of_it in found.items():
        print(f"\n{name}: " + ", ".join(f"{figure} {value:.3f}" for figure, value in of_it.items()), end="")
    for figure, floor in FLOORS.items():
        assert found["the finest of them"][figure] >= floor, figure
