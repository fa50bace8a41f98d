"""A file is there whole or not at all."""

from __future__ import annotations

import stat

import pytest

from mapper.errors import OutputError
from mapper.formats import FORMATS, write
from mapper.formats.aside import written_aside
from mapper.frames import layers

EXTRAS = {".parquet": "pyarrow", ".xlsx": "openpyxl"}
SHAPEFILE = {".shp", ".shx", ".dbf", ".prj", ".cpg"}

# The sample has incidents that some schemes do not hold; what is lost is tested where the schemes are.
pytestmark = pytest.mark.filterwarnings("ignore::mapper.formats.LossWarning")


@pytest.fixture(params=[pytest.param(suffix, id=suffix[1:]) for suffix in FORMATS])
def suffix(request):
    if request.param in EXTRAS:
        pytest.importorskip(EXTRAS[request.param], reason=f"{request.param} needs an extra")
    return request.param


def test_nothing_but_the_file_is_left(reports, suffix, tmp_path):
    write(layers(reports), tmp_path / f"a{suffix}")
    parts = {f"{stem}{ending}" for stem in ("a", "a_areas") for ending in SHAPEFILE} | {"a.columns.csv"}
    expected = parts if suffix == ".shp" else {f"a{suffix}"}
    assert {path.name for path in tmp_path.iterdir()} == expected


def test_an_existing_file_is_replaced(reports, suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"x" * 1_000_000)
    write(layers(reports), path)
    assert not path.read_bytes().startswith(b"xxx")


def test_a_missing_folder_is_made(reports, suffix, tmp_path):
    assert write(layers(reports), tmp_path / "new" / "folder" / f"a{suffix}").is_file()


def test_a_folder_that_cannot_be_made_is_one_clear_error(reports, suffix, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot write") as caught:
        write(layers(reports), tmp_path / "file" / f"a{suffix}")
    assert caught.value.hint
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_folder_in_the_place_of_the_file_is_one_clear_error(reports, suffix, tmp_path):
    (tmp_path / f"a{suffix}").mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        write(layers(reports), tmp_path / f"a{suffix}")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("any"), KeyboardInterrupt()])
def test_a_failure_in_the_middle_leaves_what_was_there(error, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("before")

    def fail(aside):
        aside.write_text("half")
        aside.with_name(f"{aside.name}-journal").write_text("SQLite's own")
        raise error

    with pytest.raises((OutputError, RuntimeError, KeyboardInterrupt)), written_aside(path) as aside:
        fail(aside)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a.csv", "before")]


def test_a_full_disk_is_an_output_error_with_its_reason(tmp_path):
    with pytest.raises(OutputError, match="No space left"), written_aside(tmp_path / "a.csv"):
        raise OSError(28, "No space left on device")


def test_others_may_read_the_file_as_far_as_the_user_s_mask_lets_them(reports, suffix, tmp_path):
    plain = tmp_path / "plain"
    plain.touch()
    path = write(layers(reports), tmp_path / f"a{suffix}")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_name_of_many_bytes_can_be_written(reports, suffix, tmp_path):
    assert write(layers(reports), tmp_path / f"{'ب' * 120}{suffix}").is_file()
