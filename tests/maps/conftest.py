from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from mapper import maps

from .made_up import story


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium without any network of its own."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("needs Chromium: apt-get install chromium")
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-domain-reliability",
    ]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield running
        running.close()


def _open(browser, path, *, hash_="", wait=True, **options):
    """Open a file, offline; the page gathers its requests (`asked`) and complaints (`said`)."""
    context = browser.new_context(
        offline=True, accept_downloads=True, **{"viewport": {"width": 1280, "height": 800}} | options
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("dialog", lambda dialog: (page.said.append("dialog"), dialog.dismiss()))
    page.goto(f"file://{path}{hash_}")
    if wait:
        page.wait_for_selector('html[data-ready="true"]', state="attached")
    return page


@pytest.fixture
def visit(browser):
    """Open pages that are closed after the test."""
    pages = []

    def visit(path, **options):
        pages.append(_open(browser, path, **options))
        return pages[-1]

    yield visit
    for page in pages:
        page.context.close()


@pytest.fixture(scope="session")
def story_map(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    maps.render(story(), title="Winter 2024").save(path)
    return path


@pytest.fixture(scope="module")
def story_page(browser, story_map):
    """One page for the tests that only look, open and close."""
    page = _open(browser, story_map)
    yield page
    page.context.close()
