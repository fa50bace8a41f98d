"""The same figures as the scorers that the project's corpora came with; needs the evidence folder."""

from __future__ import annotations

import importlib
import json
import random
import sys

import pytest

from mapper.evaluation import countries
from mapper.evaluation.answers import answers_of as incident_answers
from mapper.evaluation.answers import scorable
from mapper.evaluation.chains import chained_mention, score_clusters
from mapper.evaluation.event_places import event_row, score_event_places, told_places
from mapper.evaluation.geoparsing import GROUPS, answers_of, end_to_end, gold_text, recognition, resolution
from mapper.evaluation.incidents import score_incidents
from mapper.evaluation.muc_key import gold_incidents
from mapper.evaluation.running import Runner, document_of
from mapper.settings import load

PLACES = ["trnews.dev", "geowebnews.dev", "geowebnews_types.dev", "lgl.dev", "tudloc2013.dev"]
TYPES = [
    None,
    "bombing",
    "car_bomb",
    "Attack",
    "assassination",
    "arson",
    "mortar fire",
    "kidnapping",
    "fraud",
    "hijack",
]


@pytest.fixture(scope="module")
def scorers(shared):
    """Import the scorers of the evidence folder: of places, of incidents, and their table of countries."""
    sys.path.insert(0, str(shared / "tools"))
    try:
        return [importlib.import_module(name) for name in ("score_geoparsing", "score_incidents", "country_table")]
    finally:
        sys.path.pop(0)


def read(path, key="id"):
    return {str(row[key]): row for row in map(json.loads, path.read_text("utf-8").splitlines())}


def same(ours, theirs):
    """Every figure of theirs is one of ours, to the last digits that arithmetic can hold."""
    for name, value in theirs.items():
        if isinstance(value, dict):
            same(ours[name], value)
        else:
            assert ours[name] == (pytest.approx(value, rel=1e-9) if isinstance(value, float) else value), name


def spoilt_places(gold, seed):
    """Give predictions that are right, near, far, of the same id, shifted, missing, repeated and invented."""
    dice, told = random.Random(seed), {}
    for key, row in gold.items():
        found = []
        for toponym in row["toponyms"]:
            answer = {name: toponym.get(name) for name in ("start", "end", "lat", "lon", "geonameid")}
            match dice.randrange(9):
                case 0:
                    continue
                case 1:
                    answer |= {"lat": dice.uniform(-90, 90), "lon": dice.uniform(-180, 180)}
                case 2:
                    answer |= {"lat": dice.uniform(-90, 90), "lon": 0.0, "geonameid": None}
                case 3:
                    answer["end"] += dice.randrange(1, 9)
                case 4:
                    answer |= {"lat": None, "lon": float("nan")}
                case 5:
                    answer["kind"] = dice.choice(["demonym", "literal", "country", "NORP"])
                case 6:
                    found.append(answer | {"lat": 1.0, "lon": 1.0})
                case 7 if answer["lat"] is not None:
                    answer |= {"lat": answer["lat"] * 0.99, "geonameid": None}
            found.append(answer)
        for _ in range(dice.randrange(4)):
            start = dice.randrange(len(row["text"]))
            found.append({"start": start, "end": start + dice.randrange(1, 12), "lat": 0.0, "lon": 0.0})
        if dice.random() < 0.95:
            told[key] = {"id": key, "toponyms": found}
    return told


def same_places(scorer, gold, told):
    texts = {key: gold_text(row) for key, row in gold.items()}
    answers = {key: answers_of(row, texts[key]) for key, row in told.items()}
    for demonyms in (True, False):
        theirs = scorer.score(gold, told, "resolution", no_demonyms=not demonyms, by="country")
        for group in GROUPS:
            same(resolution(texts, answers, demonyms=demonyms, group=group), theirs[group])
        for match in ("exact", "overlap"):
            for mode, ours in (("pipeline", end_to_end), ("recognition", recognition)):
                theirs = scorer.score(gold, told, mode, match, no_demonyms=not demonyms, by="country")
                for group in GROUPS:
                    same(ours(texts, answers, match=match, demonyms=demonyms, group=group), theirs[group])


@pytest.mark.parametrize("name", PLACES)
def test_places_spoilt_by_dice(scorers, shared, name):
    gold = dict(list(read(shared / "data" / "geoparsing" / f"{name}.jsonl").items())[:15])
    same_places(scorers[0], gold, spoilt_places(gold, name))


def test_places_of_the_pipeline(scorers, shared):
    gold = read(shared / "data" / "geoparsing" / "trnews.dev.jsonl")
    spans = {key: [(t["start"], t["end"]) for t in row["toponyms"]] for key, row in gold.items()}
    documents = [document_of(key, row, source="trnews", spans=spans[key]) for key, row in gold.items()]
    for rows in Runner(load({"recogniser": "rules"})).geoparsed(documents):
        same_places(scorers[0], gold, rows)


def test_countries_and_demonyms_are_those_of_the_scorers(scorers, shared):
    theirs = scorers[2]
    surfaces = {
        row["text"][t["start"] : t["end"]]
        for name in PLACES
        for row in read(shared / "data" / "geoparsing" / f"{name}.jsonl").values()
        for t in row["toponyms"]
    }
    surfaces |= {word for text in surfaces for word in text.split()}
    surfaces |= set(theirs.COUNTRY_NAMES) | set(theirs.DEMONYMS) | theirs.ISO2 | set(theirs.ISO3)
    for text in surfaces:
        assert countries.fold(text) == theirs.fold(text)
        assert countries.is_demonym(text) == theirs.is_demonym(text), text
        assert countries.code_of_country(text) == theirs.country_code(text), text
        assert countries.names_country(text) == (theirs.fold(text) in theirs.COUNTRY_NAMES), text
    assert all(countries.is_country_id(str(geonameid)) for geonameid in theirs.COUNTRY_IDS)


def spoilt_incidents(gold, dice):
    """Give predictions made of the key: fields right, of another incident, rough, open, empty; some left out, some twice."""
    everything = [raw for row in gold.values() for raw in row["incidents"]]
    told = {}
    for key, row in gold.items():
        found = []
        for raw in row["incidents"]:
            times = dice.choice([0, 1, 1, 1, 1, 2])
            found += [spoilt_incident(raw, dice.choice(everything), dice) for _ in range(times)]
        if dice.random() < 0.1:
            found.append(spoilt_incident(dice.choice(everything), dice.choice(everything), dice))
        told[key] = {"id": key, "incidents": found}
    return told


def spoilt_incident(raw, other, dice):
    def one():
        return dice.choices([raw, other], [4, 1])[0]

    dates = one()["date"] or [{"start": None, "end": None}]
    chains = [alternative["chain"] for alternative in one()["location"]]
    places = []
    if chains:
        names = [
            link["name"] if isinstance(link["name"], str) else link["name"][0] for link in reversed(dice.choice(chains))
        ]
        places = [
            {"name": name, "country": dice.choice([None, names[-1]])} if dice.random() < 0.5 else name for name in names
        ]
        places = places[dice.randrange(2) :] if dice.random() < 0.3 else places
    numbers = [dice.choice([None, 0, 1, 2, 5, 6, 10, 100]) for _ in range(4)]
    exact = dice.choice([None, 1, 2, 3, 4, 5, 8])
    who = [filler["alts"][-1] for slot in ("perp_individual", "perp_org") for filler in one()[slot]]
    whom = [
        filler["alts"][0] for slot in ("phys_target", "hum_target_name", "hum_target_desc") for filler in one()[slot]
    ]
    return {
        "type": dice.choice([*TYPES, *one()["type"], *one()["type"]]),
        "date_start": dice.choice([dates[0]["start"], dates[0]["start"], dates[0]["end"], None, "no date"]),
        "date_end": dice.choice([dates[0]["end"], dates[0]["end"], None]),
        "places": places,
        "killed_low": exact if dice.random() < 0.5 else numbers[0],
        "killed_high": exact if dice.random() < 0.5 else numbers[1],
        "injured_low": numbers[2],
        "injured_high": numbers[3],
        "perpetrators": who[: dice.randrange(4)],
        "targets": [*whom[: dice.randrange(5)], *(["the people"] if dice.random() < 0.2 else [])],
        "evidence": [{"start": start, "end": start + 40} for start in dice.sample(range(2000), dice.randrange(3))],
    }


@pytest.mark.parametrize("seed", range(3))
def test_incidents_spoilt_by_dice(scorers, shared, seed):
    gold = read(shared / "data" / "events" / "muc4.dev.jsonl")
    told = spoilt_incidents(gold, random.Random(seed))
    ours = score_incidents(
        {key: gold_incidents(row) for key, row in gold.items()},
        {key: incident_answers(row) for key, row in told.items()},
    )
    theirs = scorers[1].score_incidents(gold, told)
    assert theirs["incident"]["hit"] > 50
    same(ours, theirs)


def test_incidents_of_the_pipeline(scorers, shared):
    gold = dict(list(read(shared / "data" / "events" / "muc4.dev.jsonl").items())[:25])
    rows = Runner(load({"recogniser": "rules"})).extracted([document_of(k, r, source="muc4") for k, r in gold.items()])
    ours = score_incidents(
        {key: gold_incidents(row) for key, row in gold.items()},
        {key: incident_answers(row) for key, row in rows.items()},
    )
    plain, types = {}, {}
    for key, row in rows.items():
        plain[key] = scorable(row)
        for raw in plain[key]["incidents"]:  # their file of types: one name -> all the types that it may be
            types["+".join(raw["type"])] = raw["type"]
            raw["type"] = "+".join(raw["type"])
    same(ours, scorers[1].score_incidents(gold, plain, types))


def test_places_of_events_spoilt_by_dice(scorers, shared):
    gold, dice, told = read(shared / "data" / "events" / "event_location.dev.jsonl"), random.Random(1), {}
    for key, row in gold.items():
        spans = [dict(span) for span in row["locations"] if dice.random() < 0.8]
        for span in spans:
            span["end"] += dice.choice([0, 0, 0, 6])
        start = dice.randrange(len(row["text"]))
        told[key] = {
            "id": key,
            "locations": [*spans, *([{"start": start, "end": start + 7}] if dice.random() < 0.1 else [])],
        }
    ours = score_event_places(
        {key: event_row(row) for key, row in gold.items()}, {key: told_places(row) for key, row in told.items()}
    )
    same(ours, scorers[1].score_event_place(gold, told))


def test_clusters_spoilt_by_dice(scorers, shared):
    gold, dice = read(shared / "data" / "events" / "ecbplus_mentions.dev.jsonl", "mention_id"), random.Random(1)
    told = {
        key: row["chain"] if dice.random() < 0.7 else f"other {dice.randrange(20)}"
        for key, row in gold.items()
        if dice.random() < 0.9
    }
    ours = score_clusters({key: chained_mention(row) for key, row in gold.items()}, told)
    same(ours, scorers[1].score_clusters({key: (row["chain"], row["doc_id"]) for key, row in gold.items()}, told))
