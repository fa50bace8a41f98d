"""The page as a file: what it carries, what it allows, how it is written."""

from __future__ import annotations

import base64
import hashlib
import io
import re

import folium
import pytest
from folium.plugins import HeatMap
from shapely.geometry import Point

from mapper import maps
from mapper.errors import OutputError, UsageError

from .made_up import build, row, story


@pytest.fixture(scope="module")
def page(story_map):
    return story_map.read_text(encoding="utf-8")


def blocks(page):
    return [
        source
        for attributes, source in re.findall(r"<script\b([^>]*)>(.*?)</script>", page, flags=re.DOTALL)
        if "gzip" not in attributes
    ]


def test_a_folium_map_comes_back():
    assert isinstance(maps.render(build([])), folium.Map)


def test_every_script_is_allowed_by_its_hash_and_nothing_else_is(page):
    allowed = set(re.findall(r"'sha256-([^']+)'", re.search(r"script-src ([^;]*);", page)[1]))
    assert {base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() for source in blocks(page)} == allowed


def test_the_policy_forbids_every_connection(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    for rule in (
        "default-src 'none'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "img-src data: blob:;",
    ):
        assert rule in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.replace("style-src 'unsafe-inline'", "")


def test_no_element_asks_for_a_file(page):
    bare = re.sub(r"<(script|style)\b[^>]*>.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL)
    assert not re.search(r"\b(?:src|href|action|data|poster)\s*=", bare)
    assert "@import" not in page
    assert not re.search(r"url\((?!data:)", page.split("</style>")[0].split("<style>")[-1])


def test_the_licences_travel_with_the_page(page):
    for words in ("BSD 2-Clause", "Volodymyr Agafonkin", "Natural Earth", "GeoNames (CC BY 4.0"):
        assert words in page


def test_the_same_incidents_give_the_same_bytes(page):
    assert maps.render(story(), title="Winter 2024").get_root().render() == page


def test_three_hundred_incidents_fit_into_the_budget():
    words = "A made-up sentence, number {}, that says what happened, to whom, and who said so, as reports do."
    rows = [
        row(f"i{n}", evidence=words.format(n), geometry=Point(40 + n % 37 / 5, 30 + n % 29 / 4)) for n in range(300)
    ]
    assert len(maps.render(build(rows)).get_root().render().encode()) <= 450_000


def test_ten_thousand_incidents_fit_into_the_budget():
    words = "A made-up sentence, number {}, that says what happened in town {}, to {} people, and who said so."
    rows = [
        row(f"{n:08x}", evidence=words.format(n, n % 901, n % 37), geometry=Point(40 + n % 911 / 90, 30 + n % 877 / 90))
        for n in range(10_000)
    ]
    assert len(maps.render(build(rows)).get_root().render().encode()) <= 2_000_000


def test_readers_without_javascript_get_a_table(page):
    table = re.search(r"<noscript>(.*?)</noscript>", page, flags=re.DOTALL)[1]
    assert table.count("<tr>") == 9  # the head and eight incidents
    assert "A drone hit a car in Mashtal" in table


def test_template_marks_in_a_text_are_not_evaluated():
    page = (
        maps.render(build([row("a", evidence="{{ 7 * 7 }}{% if 1 %}49{% endif %}")]), title="{{ 7 * 7 }}")
        .get_root()
        .render()
    )
    assert "<title>&#123;&#123; 7 * 7 &#125;&#125;</title>" in page
    assert "<td>&#123;&#123; 7 * 7 &#125;&#125;&#123;% if 1 %&#125;49" in page


def test_saving_leaves_one_file(tmp_path):
    target = tmp_path / "map.html"
    target.write_text("old")
    maps.save(maps.render(build([])), target)
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
    assert "</html>" in target.read_text(encoding="utf-8")


def test_folium_s_own_save_gives_the_same_page(tmp_path):
    m = maps.render(story())
    maps.save(m, tmp_path / "a.html")
    m.save(str(tmp_path / "b.html"))
    buffer = io.BytesIO()
    m.save(buffer, close_file=False)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes() == buffer.getvalue()


def test_a_missing_folder_is_one_clear_error(tmp_path):
    with pytest.raises(OutputError, match="choose a folder"):
        maps.save(maps.render(build([])), tmp_path / "none" / "map.html")


def test_a_layer_that_loads_scripts_from_elsewhere_is_refused(tmp_path):
    m = maps.render(build([]))
    HeatMap([[1.0, 2.0]]).add_to(m)
    with pytest.raises(OutputError, match="from elsewhere"):
        m.save(tmp_path / "map.html")


def test_a_notebook_gets_the_same_page():
    m = maps.render(build([]))
    assert "Content-Security-Policy" in m._repr_html_()


@pytest.mark.parametrize(
    ("tiles", "origin"),
    [
        ("OpenStreetMap.Mapnik", "https://tile.openstreetmap.org"),
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
        ("https://{s}.tiles.example.org:8080/{z}/{x}/{y}.png", "https://*.tiles.example.org:8080"),
    ],
)
def test_a_tile_host_is_the_only_one_allowed(tiles, origin):
    page = maps.render(build([]), tiles=tiles).get_root().render()
    assert f"img-src data: blob: {origin};" in page
    assert '<meta name="referrer" content="strict-origin-when-cross-origin"/>' in page


@pytest.mark.parametrize(
    "tiles",
    [
        "NoSuchHost",
        "https://example.org/tiles",
        "javascript:{z}{x}{y}/",
        "https://a.example; script-src *; x/{z}/{x}/{y}",
        'https://a.example/{z}/{x}/{y}" onload=',
        "file:///{z}/{x}/{y}.png",
    ],
)
def test_what_is_no_tile_host_is_refused(tiles):
    with pytest.raises(UsageError):
        maps.render(build([]), tiles=tiles)
