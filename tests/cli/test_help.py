"""Every command says what it does, with an example, and asking for help costs next to nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import mapper
from mapper.cli import COMMANDS, program

ROOT = Path(__file__).resolve().parents[2]
SUBCOMMANDS = [("gazetteer", "info"), ("gazetteer", "show"), ("gazetteer", "build")]
HEAVY = {"folium", "geopandas", "numpy", "pandas", "pyogrio", "rich", "shapely", "trafilatura", "geopy", "sqlite3"}


def modules_after(*arguments: str) -> set[str]:
    code = (
        "import json, sys\n"
        "from mapper.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("words", [(name,) for name in COMMANDS] + SUBCOMMANDS, ids=" ".join)
def test_each_command_has_help_with_an_example_that_names_it(command, words):
    outcome = command(*words, "--help")
    assert outcome.code == 0
    assert "Example:" in outcome.out
    assert f"mapper {' '.join(words)}" in outcome.out.split("Example:")[1]


def test_the_program_itself_shows_an_example(command):
    assert "mapper map" in command("--help").out.split("Example:")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_of_commands_is_the_first_line_of_the_commands_help(name):
    found = program.get_command(click.Context(program), name)
    assert found is not None
    assert (found.help or "").splitlines()[0] == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_described_in_the_readme(name):
    assert f"mapper {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("map", "--help")], ids=" ".join)
def test_asking_for_help_loads_no_slow_library(arguments):
    assert not HEAVY & modules_after(*arguments)


def test_importing_the_package_loads_no_slow_library():
    code = "import mapper, sys; sys.exit(bool({'folium', 'geopandas', 'numpy', 'click'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_version_is_that_of_the_package(command):
    assert command("--version").out.strip().endswith(mapper.__version__)


def test_python_dash_m_is_the_same_program():
    run = subprocess.run(
        [sys.executable, "-m", "mapper", "--help"], capture_output=True, text=True, check=True, cwd=ROOT,
        env=os.environ | {"COLUMNS": "80"},
    )  # fmt: skip
    assert run.stdout.startswith("Usage: mapper ")
