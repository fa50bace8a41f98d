"""The logic of the page, without a browser: `logic.test.cjs` under node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def test_the_logic_of_the_page_under_node():
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node: apt-get install nodejs")
    file = Path(__file__).with_name("logic.test.cjs")
    done = subprocess.run([node, "--test", str(file)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
