from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.settings import Settings, load


@pytest.fixture
def folders(tmp_path):
    cwd, config = tmp_path / "work", tmp_path / "config"
    cwd.mkdir()
    config.mkdir()
    return cwd, config


def loaded(folders, overrides=None, env=None):
    cwd, config = folders
    return load(overrides, env or {}, cwd, config_dir=config)


def test_defaults_without_any_source(folders):
    assert loaded(folders) == Settings()


def test_flag_wins_over_variable_over_file_over_default(folders):
    (folders[0] / "mapper.toml").write_text("min_confidence = 0.2\nmax_bytes = 7\nuser_agent = 'desk'\n")
    settings = loaded(folders, {"min_confidence": 0.9}, {"MAPPER_MIN_CONFIDENCE": "0.5", "MAPPER_MAX_BYTES": "8"})
    assert (settings.min_confidence, settings.max_bytes, settings.user_agent) == (0.9, 8, "desk")


def test_a_flag_that_was_not_given_changes_nothing(folders):
    assert loaded(folders, {"min_confidence": None}, {"MAPPER_MIN_CONFIDENCE": "0.5"}).min_confidence == 0.5


def test_an_empty_variable_counts_as_not_set(folders):
    assert loaded(folders, env={"MAPPER_TILES": ""}).tiles is None


def test_the_file_of_the_user_counts_when_the_folder_has_none(folders):
    (folders[1] / "mapper.toml").write_text("max_bytes = 9\n")
    assert loaded(folders).max_bytes == 9


def test_relative_paths_of_a_file_start_at_its_folder(folders):
    (folders[1] / "mapper.toml").write_text("gazetteer = 'mine.sqlite'\n")
    assert loaded(folders).gazetteer == folders[1] / "mine.sqlite"


def test_an_unknown_key_is_named_with_what_was_meant(folders):
    (folders[0] / "mapper.toml").write_text("min_confidance = 0.2\n")
    with pytest.raises(UsageError, match=r"min_confidance.*did you mean min_confidence"):
        loaded(folders)


def test_a_misspelt_variable_is_named_and_a_foreign_one_left_alone(folders):
    assert loaded(folders, env={"MAPPER_HOME": "x"}) == Settings()
    with pytest.raises(UsageError, match="MAPPER_GAZETEER"):
        loaded(folders, env={"MAPPER_GAZETEER": "x"})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MAPPER_MIN_CONFIDENCE", "1.5"),
        ("MAPPER_MIN_CONFIDENCE", "nan"),
        ("MAPPER_MAX_BYTES", "many"),
        ("MAPPER_MAX_BYTES", "0"),
        ("MAPPER_TILES", "javascript:alert(1)//{z}{x}{y}"),
        ("MAPPER_TILES", "https://example.invalid/map.png"),
        ("MAPPER_USER_AGENT", "a\r\nHost: b"),
    ],
)
def test_wrong_values_name_the_variable(folders, variable, value):
    with pytest.raises(UsageError, match=variable):
        loaded(folders, env={variable: value})


@pytest.mark.parametrize("content", ["min_confidence = ", "min_confidence = true", "[user_agent]\nx = 1", "\xff"])
def test_a_bad_file_is_a_usage_error_with_a_hint(folders, content):
    (folders[0] / "mapper.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(UsageError) as caught:
        loaded(folders)
    assert "mapper.toml" in caught.value.message
    assert caught.value.hint


def test_settings_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().tiles = "x"


def test_as_dict_is_json():
    settings = Settings(gazetteer=Path("g.sqlite"), cache_dir=Path("c"))
    assert json.loads(json.dumps(settings.as_dict())) == {
        "gazetteer": "g.sqlite",
        "recogniser": "encoder",
        "min_confidence": 0.0,
        "tiles": None,
        "user_agent": "incident-mapper",
        "cache_dir": "c",
        "fallback": None,
        "fallback_domain": None,
        "max_bytes": 20_000_000,
        "engine": "auto",
        "workers": None,
        "scheduler": None,
        "text_column": None,
        "date_column": None,
        "id_column": None,
        "title_column": None,
        "url_column": None,
        "date_order": None,
        "allow_private": False,
    }
