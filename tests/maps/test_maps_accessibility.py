"""The page under axe-core: no serious or critical violation, in any of its states."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
STATES = [
    ("light", {}, ""),
    ("dark", {"color_scheme": "dark"}, "#i=strike"),
    ("arabic", {}, "#lang=ar&i=base"),
    ("phone", PHONE, "#i=raids"),
    ("provinces", {}, "#m=provinces&i=nowhere"),
]


def violations(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (one["impact"], one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found["violations"]
    ]


@pytest.mark.parametrize(("options", "hash_"), [state[1:] for state in STATES], ids=[state[0] for state in STATES])
def test_axe_finds_nothing(story_map, visit, options, hash_):
    page = visit(story_map, hash_=hash_, bypass_csp=True, **options)
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    assert violations(page) == []
