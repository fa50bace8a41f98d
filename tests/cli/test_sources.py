"""What the options of sources do, and what is said of them."""

from __future__ import annotations

import json
from importlib import metadata

from mapper.settings import load

BOMB = "A car bomb exploded at a market in Mosul on Tuesday, killing four people and wounding nine, police said."
AREA = (
    "Jets struck targets across Syria on Wednesday, killing five people, the ministry said in a statement. Officials "
    "in the capital gave no further details, and nobody claimed responsibility for what had happened there."
)


def test_columns_of_a_table_are_named_by_options(command, tmp_path):
    table = tmp_path / "news.csv"
    table.write_text(f"nr,what,when\nx1,{json.dumps(BOMB)},2024-02-08\n")
    done = command(
        "geoparse",
        table,
        "--text-column",
        "what",
        "--date-column",
        "when",
        "--id-column",
        "nr",
        "--recogniser",
        "rules",
    )
    assert done.code == 0
    assert "x1" in done.out
    assert "Mosul" in done.out


def test_a_table_without_texts_is_named_with_what_to_do(command, tmp_path):
    table = tmp_path / "points.csv"
    table.write_text("lat,lon\n1,2\n")
    done = command("extract", table, "--recogniser", "rules")
    assert done.code == 1
    assert "no column that looks like the text" in done.err
    assert "--text-column" in done.err
    assert "'lat', 'lon'" in done.err


def test_guessed_columns_are_said_unless_quiet(command, tmp_path):
    table = tmp_path / "news.csv"
    table.write_text(f"body\n{json.dumps(BOMB)}\n")
    assert "text from 'body'" in command("extract", table, "--recogniser", "rules").err
    assert "text from 'body'" not in command("extract", table, "--recogniser", "rules", "--quiet").err


def test_a_column_can_be_set_in_the_environment(tmp_path):
    settings = load({}, {"MAPPER_TEXT_COLUMN": "what", "MAPPER_ALLOW_PRIVATE": "true"}, tmp_path, config_dir=tmp_path)
    assert (settings.text_column, settings.allow_private) == ("what", True)


def test_a_flag_that_is_not_given_leaves_the_setting(command, tmp_path, monkeypatch):
    monkeypatch.setenv("MAPPER_ALLOW_PRIVATE", "true")
    done = command("extract", "http://127.0.0.1:9/", "--recogniser", "rules")
    assert "private network" not in done.err
    assert "cannot be fetched" in done.err


def test_a_private_address_is_refused_with_the_option_that_allows_it(command):
    done = command("extract", "http://127.0.0.1:9/", "--recogniser", "rules")
    assert done.code == 1
    assert "--allow-private" in done.err


def test_copies_are_one_source_in_the_results(command, tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_text(f"---\ndate: 2024-02-08\n---\n{AREA} {'Read on.' * (name == 'c')}")
    done = command("map", tmp_path, "-o", tmp_path / "out", "--recogniser", "rules")
    assert "3 reports (2 copies)" in done.err
    rows = json.loads((tmp_path / "out" / "incidents.geojson").read_text())["features"]
    assert [row["properties"]["n_reports"] for row in rows] == [1]
    reports = [json.loads(line) for line in (tmp_path / "out" / "reports.jsonl").read_text().splitlines()]
    assert sum(row["copy_of"] is not None for row in reports) == 2
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert record["counts"]["copies"] == 2
    assert record["inputs"][0]["documents"][0]["read_as"] == "markdown"
    assert any("repeat another" in said for said in record["notes"])


def test_doctor_names_what_is_optional_and_is_content_without_it(command, monkeypatch):
    real = metadata.version

    def version(name):
        if name == "pypdf":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(metadata, "version", version)
    done = command("doctor")
    assert done.code == 0
    assert "optional: pip install 'incident-mapper[pdf]'" in done.out
