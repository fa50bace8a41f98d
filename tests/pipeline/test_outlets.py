"""Reports of one outlet help each other in a run: in files, in a corpus, and when a run is gone on with."""

from __future__ import annotations

import json

from click.testing import CliRunner

from mapper.cli import program

NEWS = [
    "Crews closed Interstate 270 near Hilliard, Ohio, after two lorries collided on Monday.",
    "The school board in Worthington, Ohio, voted to keep three buildings open.",
    "Firefighters in Dublin put out a blaze that killed two people on Tuesday night.",
]


def rows(host):
    return [{"id": str(n), "text": text, "url": f"https://{host}/{n}"} for n, text in enumerate(NEWS)]


def geoparsed(tmp_path, lines):
    corpus = tmp_path / "news.jsonl"
    corpus.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    command = ["geoparse", str(corpus), "--format", "jsonl", "--recogniser", "rules"]
    printed = CliRunner().invoke(program, command, catch_exceptions=False).output
    answers = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    return {t["text"]: t for answer in answers for t in answer["toponyms"]}


def test_a_corpus_of_one_outlet_says_where_it_is_at_home(tmp_path):
    assert geoparsed(tmp_path, rows("villagepaper.example"))["Dublin"]["country"] == "US"


def test_the_order_of_its_lines_changes_nothing(tmp_path):
    lines = rows("villagepaper.example")
    assert geoparsed(tmp_path, lines)["Dublin"] == geoparsed(tmp_path, lines[::-1])["Dublin"]


def test_reports_without_an_address_are_read_by_themselves(tmp_path):
    lines = [{"id": row["id"], "text": row["text"]} for row in rows("any")]
    assert geoparsed(tmp_path, lines)["Dublin"]["country"] == "IE"
