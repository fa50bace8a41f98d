"""Pictures of the page for people to look at, kept under output/screenshots when the tests run."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).resolve().parents[2] / "output" / "screenshots"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
VIEWS = [
    ("desktop", {}, None, None),
    ("arabic", {"locale": "ar"}, "strike", None),
    ("provinces", {}, "#m=provinces", None),
    ("heat", {}, "#m=heat", None),
    ("desktop-incident", {}, "strike", None),
    ("desktop-areas", {}, "raids", None),
    ("dark", {"color_scheme": "dark"}, "base", None),
    ("phone", PHONE, None, None),
    ("phone-incident", PHONE, "strike", None),
    ("print", {}, None, "print"),
]


@pytest.mark.parametrize(("name", "options", "incident_id", "media"), VIEWS, ids=[view[0] for view in VIEWS])
def test_a_picture_of_each_view_shows_something(story_map, visit, name, options, incident_id, media):
    view = incident_id if incident_id and incident_id.startswith("#") else None
    page = visit(story_map, hash_=view or "", **options)
    if incident_id and not view:
        page.locator(f'[data-incident-id="{incident_id}"]').click()
    page.emulate_media(media=media, color_scheme=options.get("color_scheme", "light"))
    page.wait_for_timeout(100)
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = page.screenshot(path=FOLDER / f"{name}.png", full_page=media == "print")
    assert len(picture) > 30_000  # a blank page of this size compresses to a few thousand bytes
    assert page.said == []
