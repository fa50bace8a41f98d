"""How many of the places that news names are held: floors over annotated corpora, where those are beside the checkout."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from mapper.gazetteer import open_gazetteer

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "geoparsing"
NEAR_KM = 161.0  # a hundred miles, the usual bound in toponym resolution
# Shares of the gold places that have a GeoNames id: found by `lookup`, and by it or by a known name within the name
# ("University of Oxford"). A little under what was measured. What is missed are hamlets, streets, buildings and
# institutions, and gold points of areas that lie elsewhere within the same area.
FLOORS = {"lgl": (0.968, 0.971), "trnews": (0.966, 0.971), "geowebnews": (0.922, 0.951), "tudloc2013": (0.94, 0.953)}


def kilometres(lat1, lon1, lat2, lon2):
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, h)))


def is_among(candidates, gold):
    for candidate in candidates:
        place = candidate.place
        if gold.get("geonameid") and place.geonameid == gold["geonameid"]:
            return True
        if gold.get("lat") is not None and kilometres(place.lat, place.lon, gold["lat"], gold["lon"]) <= NEAR_KM:
            return True
    return False


def coverage(gazetteer, corpus):
    """Count the gold places with an id and those without one: all, found, found within the name."""
    counts = {True: [0, 0, 0], False: [0, 0, 0]}
    for path in sorted(CORPORA.glob(f"{corpus}.*.jsonl")):
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            for gold in json.loads(line)["toponyms"]:
                if gold.get("lat") is None and not gold.get("geonameid"):
                    continue
                found = is_among(gazetteer.lookup(gold["text"], limit=400), gold)
                within = found or is_among(gazetteer.contained(gold["text"], limit=400), gold)
                count = counts[bool(gold.get("geonameid"))]
                count[:] = [count[0] + 1, count[1] + found, count[2] + within]
    return counts


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the annotated corpora are not beside the checkout")
@pytest.mark.parametrize("corpus", sorted(FLOORS))
def test_the_share_of_gold_places_held_does_not_fall(corpus, record_property):
    counts = coverage(open_gazetteer(), corpus)
    (total, found, within), every = counts[True], [a + b for a, b in zip(*counts.values(), strict=True)]
    record_property("coverage", round(within / total, 4))
    print(
        f"{corpus}: {found / total:.4f}, with names within names {within / total:.4f} of {total} with an id; "
        f"{every[1] / every[0]:.4f}, {every[2] / every[0]:.4f} of all {every[0]}"
    )
    least_found, least_within = FLOORS[corpus]
    assert found / total >= least_found
    assert within / total >= least_within
