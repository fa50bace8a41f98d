from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mapper.errors import GazetteerError
from mapper.gazetteer import default_path, open_gazetteer


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(GazetteerError, match="no gazetteer at") as caught:
        open_gazetteer(tmp_path / "none.sqlite")
    assert "mapper gazetteer build" in caught.value.hint


@pytest.mark.parametrize("content", [b"", b"this is no database, only text that goes on for a while" * 20])
def test_a_file_that_is_no_gazetteer_is_refused(tmp_path, content):
    path = tmp_path / "g.sqlite"
    path.write_bytes(content)
    with pytest.raises(GazetteerError) as caught:
        open_gazetteer(path)
    assert caught.value.hint


def test_another_schema_version_is_refused(tmp_path):
    path = tmp_path / "g.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id = {0x6D617070}")
        connection.execute("PRAGMA user_version = 999")
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(GazetteerError, match="schema version 999"):
        open_gazetteer(path)


def test_a_truncated_file_is_refused_or_fails_as_a_gazetteer_error(tmp_path):
    path = tmp_path / "g.sqlite"
    path.write_bytes(default_path().read_bytes()[: 200 * 4096])
    with pytest.raises(GazetteerError, match="cannot be read"):
        open_gazetteer(path).lookup("Zürich")


def test_a_read_only_folder_is_enough(tmp_path):
    folder = tmp_path / "ro"
    folder.mkdir()
    shutil.copy(default_path(), folder / "g.sqlite")
    (folder / "g.sqlite").chmod(0o444)
    folder.chmod(0o555)
    try:
        assert open_gazetteer(folder / "g.sqlite").lookup("Baghdad")[0].place.geonameid == 98182
        assert [p.name for p in folder.iterdir()] == ["g.sqlite"]
    finally:
        folder.chmod(0o755)


def test_it_is_opened_once():
    assert open_gazetteer() is open_gazetteer()


def test_threads_may_share_it(gazetteer):
    names = ["Baghdad", "Paris", "Kyiv", "Red Sea", "Iraqi", "Springfield"] * 30
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: gazetteer.lookup(n)[0].place.gazetteer_id, names))
    assert found == [gazetteer.lookup(n)[0].place.gazetteer_id for n in names]


def _first(gazetteer, name):
    return gazetteer.lookup(name)[0].place.gazetteer_id


def test_it_goes_to_other_processes(gazetteer):
    gazetteer.lookup("Mosul")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_first, (gazetteer, "Baghdad")) == "98182"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_it_works_after_a_fork():
    code = (
        "import os; from mapper.gazetteer import open_gazetteer as o; g = o(); g.lookup('Mosul'); p = os.fork()\n"
        "if p == 0: os._exit(0 if g.lookup('Baghdad')[0].place.gazetteer_id == '98182' else 1)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0


def test_pickled_it_is_its_path(gazetteer):
    assert pickle.loads(pickle.dumps(gazetteer)) is gazetteer


def test_looking_up_loads_no_geometry_library():
    code = (
        "import sys; from mapper.gazetteer import open_gazetteer as o; o().lookup('Baghdad')\n"
        "print(sorted({'shapely', 'numpy', 'pandas', 'geopandas', 'joblib', 'rapidfuzz'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.strip() == "[]"


def test_the_provenance_is_whole(gazetteer):
    info = gazetteer.info()
    assert {"GeoNames, geonames.org, CC BY 4.0", "Made with Natural Earth, naturalearthdata.com"} <= set(
        info["attribution"]
    )
    assert len(info["sha256"]) == 64
    assert info["counts"]["places"] > 250_000
    for source in info["sources"]:
        assert source["count"] > 0, source["name"]
        assert len(source["sha256"]) == 64, source["name"]
        assert source["version"]
        assert source["licence"]


def test_the_file_keeps_to_its_size():
    assert default_path().stat().st_size <= 45_000_000


def test_the_longest_name_worth_trying_is_told(gazetteer):
    assert 4 <= gazetteer.max_words <= 10


@pytest.mark.parametrize(
    ("name", "province"), [("Hanoi", "Hanoi"), ("Ho Chi Minh City", "Ho Chi Minh"), ("Vinh", "Nghệ An Province")]
)
def test_a_town_of_vietnam_is_in_its_province_and_not_in_that_of_the_same_number(name, province):
    town = next(c.place for c in open_gazetteer(own=False).lookup(name, limit=5) if c.place.feature_class == "P")
    assert town.admin1 == province
