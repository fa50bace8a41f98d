"""`mapper evaluate` as people call it: figures on standard output, one line for what goes wrong."""

from __future__ import annotations

import json

import pytest
from evaluation_rows import ANSWERS, GOLD, TEXT, key_incident, told_incident

from mapper.cli import main

REPORT = "SAN SALVADOR, 30 Dec 1989. A bomb exploded in San Salvador on Saturday, killing five peasants, police said."


@pytest.fixture
def command(capsys):
    """Run the real command line in this process; give its exit code, output and lines of error."""

    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["evaluate", *map(str, arguments)])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err.splitlines()

    return run


@pytest.fixture
def gold_file(write):
    return write("gold.jsonl", GOLD)


@pytest.fixture
def key_file(write):
    return write("key.jsonl", {"id": "1", "text": REPORT, "pub_date": "1989-12-30", "incidents": [key_incident()]})


def test_figures_of_a_file_of_predictions_stand_beside_the_baseline(command, gold_file, write):
    code, out, _ = command("geoparsing", gold_file, "--predictions", write("p.jsonl", ANSWERS), "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["resolution"]["predictions"]["with_demonyms"]["all"]["acc161"] == 0.25
    assert found["resolution"]["largest place"]["with_demonyms"]["all"]["n"] == 4
    assert found["end_to_end"]["predictions"]["overlap"]["with_demonyms"]["all"]["e2e161_F1"] == 0.5
    assert found["errors"]["predictions"]["given_spans"]["right"] == 1


def test_the_pipeline_answers_where_no_predictions_are_given(command, gold_file):
    code, out, _ = command("geoparsing", gold_file, "--recogniser", "rules", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["resolution"]["mapper"]["with_demonyms"]["all"]["n"] == 4
    assert found["recognition"]["overlap"]["with_demonyms"]["all"]["tp"] >= 3
    assert found["versions"]["recogniser"] == "rules"


def test_countries_apart_are_asked_for(command, gold_file, write):
    arguments = ("geoparsing", gold_file, "--predictions", write("p.jsonl", ANSWERS), "--format", "json")
    without, apart = json.loads(command(*arguments)[1]), json.loads(command(*arguments, "--by", "country")[1])
    assert set(without["recognition"]["exact"]["with_demonyms"]) == {"all"}
    assert apart["recognition"]["exact"]["with_demonyms"]["country"]["fn"] == 2


def test_names_that_another_corpus_has_are_scored_apart(command, gold_file, write):
    seen = write("seen.jsonl", GOLD | {"toponyms": GOLD["toponyms"][1:2]})  # Mosul
    arguments = ("--predictions", write("p.jsonl", ANSWERS), "--seen", seen, "--format", "json")
    found = json.loads(command("geoparsing", gold_file, *arguments)[1])["resolution"]["predictions"]["with_demonyms"]
    assert [(found[part]["n"], found[part]["acc161"]) for part in ("all", "seen", "unseen")] == [
        (4, 0.25),
        (1, 1),
        (3, 0),
    ]


def test_the_table_names_every_part(command, gold_file, write):
    code, out, _ = command("geoparsing", gold_file, "--predictions", write("p.jsonl", ANSWERS))
    assert code == 0
    assert all(part in out for part in ("Resolution", "Recognition", "End to end", "Errors by cause", "largest place"))


def test_incidents_of_a_file_of_predictions(command, key_file, write):
    told = {"id": "1", "incidents": [told_incident(), told_incident(event_type="protest", event_subtype="")]}
    code, out, _ = command("incidents", key_file, "--predictions", write("p.jsonl", told), "--format", "json")
    found = json.loads(out)
    assert (code, found["task"], found["not_compared"]) == (0, "incidents", 1)
    assert found["figures"]["predictions"]["overall"]["F1"] == 1.0


def test_incidents_of_the_pipeline(command, key_file):
    code, out, _ = command("incidents", key_file, "--recogniser", "rules", "--format", "json")
    found = json.loads(out)["figures"]["mapper"]
    assert code == 0
    assert [found[slot]["hit"] for slot in ("incident", "type", "date_exact", "place", "killed")] == [1] * 5


def test_incidents_in_a_table(command, key_file, write):
    _, out, _ = command("incidents", key_file, "--predictions", write("p.jsonl", {"id": "1", "incidents": []}))
    assert [line.split()[1] for line in out.splitlines()[2:4]] == ["incident", "type"]


def test_places_of_events_by_the_pipeline(command, write):
    text = "A car bomb killed four people in Mosul on Tuesday."
    event, place = text.index("bomb"), text.index("Mosul")
    row = {
        "id": "1",
        "text": text,
        "event": [{"start": event, "end": event + 4}],
        "locations": [{"start": place, "end": place + 5}],
    }
    code, out, _ = command("incidents", write("g.jsonl", row), "--recogniser", "rules", "--format", "json")
    found = json.loads(out)
    assert (code, found["task"], found["figures"]["mapper"]["rows_right"]) == (0, "event-place", 1.0)


def test_clusters_from_a_file(command, write):
    gold = write("g.jsonl", *({"mention_id": name, "doc_id": "1", "chain": "x"} for name in "ab"))
    told = write("p.jsonl", *({"mention_id": name, "cluster": 1} for name in "ab"))
    code, out, _ = command("incidents", gold, "--predictions", told, "--format", "json")
    assert (code, json.loads(out)["figures"]["predictions"]["pairwise"]["F1"]) == (0, 1.0)


def test_clusters_without_a_file_of_predictions_are_wrong_usage(command, write):
    code, out, said = command("incidents", write("g.jsonl", {"mention_id": "a", "doc_id": "1", "chain": "x"}))
    assert (code, out, len(said)) == (2, "", 1)
    assert "--predictions" in said[0]


def test_a_corpus_that_holds_nothing_to_score_is_wrong_usage(command, write):
    code, _, said = command("incidents", write("g.jsonl", {"id": "1", "text": "a"}))
    assert (code, len(said)) == (2, 1)


def test_a_bad_line_of_the_corpus_is_named_and_the_rest_is_scored(command, write):
    gold = write("g.jsonl", "{", GOLD, {"id": "2", "text": "a", "toponyms": [{"start": 5, "end": 2}]}, GOLD)
    code, out, said = command("geoparsing", gold, "--predictions", write("p.jsonl", ANSWERS), "--format", "json")
    assert (code, json.loads(out)["documents"], len(said)) == (1, 1, 3)
    assert [line.split("g.jsonl:")[1].split(":")[0] for line in said] == ["1", "3", "4"]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", {"toponyms": []}, {"id": "9", "toponyms": []}, {"id": "1", "toponyms": [{"start": "a"}]}, {"id": True}],
    ids=str,
)
def test_a_bad_line_of_predictions_is_one_line_and_no_figures(command, gold_file, write, line):
    code, out, said = command("geoparsing", gold_file, "--predictions", write("p.jsonl", line))
    assert (code, out, len(said)) == (1, "", 1)
    assert "p.jsonl:1" in said[0]


def test_predictions_of_one_document_come_once(command, gold_file, write):
    code, _, said = command("geoparsing", gold_file, "--predictions", write("p.jsonl", ANSWERS, ANSWERS))
    assert (code, len(said)) == (1, 1)
    assert "twice" in said[0]


@pytest.mark.parametrize("kind", ["geoparsing", "incidents"])
def test_a_missing_corpus_is_one_line(command, tmp_path, kind):
    code, out, said = command(kind, tmp_path / "none.jsonl")
    assert (code, out, len(said)) == (1, "", 1)


@pytest.mark.parametrize("kind", ["geoparsing", "incidents"])
def test_an_empty_corpus_is_one_line(command, write, kind):
    code, out, said = command(kind, write("empty.jsonl"))
    assert (code, out, len(said)) == (1, "", 1)


def test_bytes_that_are_no_utf8_cost_nothing(command, tmp_path, write):
    gold = tmp_path / "g.jsonl"
    gold.write_bytes(json.dumps(GOLD | {"title": "T"}).encode().replace(b'"T"', b'"\xff"') + b"\n")
    assert command("geoparsing", gold, "--predictions", write("p.jsonl", ANSWERS))[0] == 0


def test_control_characters_of_a_corpus_reach_no_terminal(command, write):
    gold = write("g.jsonl", GOLD | {"id": "\x1b[31m", "text": TEXT}, GOLD | {"id": "\x1b[31m"})
    _, _, said = command("geoparsing", gold, "--predictions", write("p.jsonl"))
    assert "\x1b" not in "".join(said)


def test_the_figures_go_to_a_file(command, gold_file, write, tmp_path):
    out = tmp_path / "figures.json"
    arguments = ("--predictions", write("p.jsonl", ANSWERS), "--format", "json", "-o", out)
    assert command("geoparsing", gold_file, *arguments) == (0, "", [])
    assert json.loads(out.read_text("utf-8"))["task"] == "geoparsing"


@pytest.mark.parametrize("kind", ["geoparsing", "incidents"])
def test_each_kind_has_help_with_an_example_that_names_it(command, kind):
    code, out, _ = command(kind, "--help")
    assert code == 0
    assert f"mapper evaluate {kind}" in out.split("Example:")[1]
