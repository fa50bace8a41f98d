"""A full disk and a folder that is not ours: one clear error, and what was there before is still there, whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import mapper
from mapper.errors import OutputError
from mapper.formats import FORMATS, write
from mapper.frames import layers

pytest.importorskip("resource", reason="a limit on the size of files is POSIX's")

HERE = Path(__file__).resolve()
# A process whose files may not grow beyond a size: as on a full disk, the write in the middle fails.
CHILD = """
import dataclasses, json, resource, signal, sys, warnings
from pathlib import Path
from made_layers import made_incidents
from mapper.errors import MapperError
from mapper.formats import FORMATS, write
from mapper.frames import layers

folder = Path(sys.argv[1])
warnings.simplefilter("ignore")
many = dataclasses.replace(layers([]), incidents=made_incidents(150))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
whole = resource.getrlimit(resource.RLIMIT_FSIZE)
for suffix in FORMATS:
    room = folder / suffix
    path = write(many, room / f"a{suffix}")
    before = {file.name: file.read_bytes() for file in room.iterdir()}
    for missing in (0.9, 1):  # a tenth of the room, or a byte too few
        size = max(map(len, before.values()))
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(size * 0.1) if missing < 1 else size - missing, whole[1]))
        try:
            write(many, path)
            told = ["none", "", ""]
        except MapperError as error:
            told = [type(error).__name__, error.message, error.hint]
        except BaseException as error:
            told = [repr(error), "", ""]
        resource.setrlimit(resource.RLIMIT_FSIZE, whole)
        same = {file.name: file.read_bytes() for file in room.iterdir()} == before
        print(json.dumps([suffix, missing, *told, same]))
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    source = os.pathsep.join([str(Path(mapper.__file__).parents[1]), str(HERE.parents[1])])
    done = subprocess.run(
        [sys.executable, "-c", CHILD, tmp_path_factory.mktemp("full")],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": source},
    )
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return {(suffix, missing): rest for suffix, missing, *rest in rows}


@pytest.mark.parametrize("missing", [0.9, 1])
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_full_disk_is_one_clear_error_and_leaves_what_was_there(full, suffix, missing):
    kind, message, hint, same = full[suffix, missing]
    assert kind == "OutputError"
    assert "cannot write" in message
    assert hint
    assert same  # the earlier files, whole, and nothing beside them


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.filterwarnings("ignore::mapper.formats.LossWarning")
def test_a_folder_that_may_not_be_written_to_is_one_clear_error(reports, suffix, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):  # who is root may write everywhere but into the kernel's own folder
        folder = Path("/proc/self")
    before = sorted(path.name for path in folder.iterdir()) if folder.parent == tmp_path else []
    with pytest.raises(OutputError, match="cannot write") as caught:
        write(layers(reports), folder / f"a{suffix}")
    assert caught.value.hint
    assert not before
    assert not (folder / f"a{suffix}").exists()
