"""The page's scripts without a browser: their logic (`logic.test.cjs`), and a linter over all of them."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path

from mapper.maps import build_app

DENO = Path(sysconfig.get_path("scripts")) / "deno"
FOR_BROWSERS = "--rules-exclude=no-window,no-window-prefix"  # rules for scripts that run outside of one


def deno(*words, source=None):
    done = subprocess.run([DENO, *words], input=source, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_logic_of_the_page():
    deno("test", "--allow-read", "--no-check", str(Path(__file__).with_name("logic.test.cjs")))


def test_no_script_of_the_page_has_what_a_linter_finds(tmp_path):
    together = tmp_path / "app.js"
    together.write_text(build_app.source(), encoding="utf-8")
    deno("lint", FOR_BROWSERS, str(together))
