"""The page in a real browser, from disk, without a network."""

from __future__ import annotations

import csv
import datetime as dt
import json

import folium
import geopandas as gpd
import pytest
from shapely.geometry import MultiPolygon, Point, box

from mapper import maps

from .made_up import JORDAN, build, row, story

pytestmark = pytest.mark.browser


def save(layers, path, **options):
    maps.render(layers, **options).save(path)
    return path


def ids(page):
    return page.eval_on_selector_all("#rows [data-incident-id]", "rows => rows.map(row => row.dataset.incidentId)")


def open_row(page, incident_id):
    page.locator(f'[data-incident-id="{incident_id}"]').click()
    return page.locator("[data-panel]").inner_text()


def cpu_seconds_to_ready(page):
    """CPU time of the page's own thread from its address to `ready`: a busy machine does not lengthen it much."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _task_seconds(session)
    page.reload()
    page.wait_for_selector('html[data-ready="true"]', state="attached")
    return _task_seconds(session) - before


def _task_seconds(session):
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def shown(page, text):
    page.wait_for_function("text => document.querySelector('[data-count]').textContent.startsWith(text)", arg=text)


def pixels(page):
    """Colours on the canvas of the incidents: how many pixels are not empty."""
    return page.evaluate(
        """() => { const c = document.querySelector('.leaflet-incidents-pane canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""
    )


def test_nothing_is_asked_for_and_nothing_complains(story_page):
    page = story_page
    for incident_id in ids(page):
        open_row(page, incident_id)
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_each_incident_is_one_row_however_many_places_it_has(story_page):
    page = story_page
    assert sorted(ids(page)) == sorted(set(story().incidents["incident_id"]))
    assert page.locator("[data-count]").inner_text().startswith("8 incidents")


def test_the_panel_says_when_where_how_well_and_who_says_so(story_page):
    text = open_row(story_page, "strike")
    for words in (
        "Air or drone strike", "7 February 2024", "known to the day", "on Wednesday night", "Somewhere in Mashtal, Baghdad, Iraq",
        "within about 2 km", "United States", "drone", "two officials", "high (92%)", "Clash in Mosul",
        "A drone hit a car in Mashtal on Wednesday night and killed three men.",
    ):  # fmt: skip
        assert words in text


def test_the_source_is_a_link_that_tells_nothing_of_where_it_was_clicked(story_page):
    page = story_page
    open_row(page, "strike")
    link = page.locator("[data-panel] a").first
    assert link.get_attribute("href") == "https://example.org/r1"
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize(
    ("incident_id", "words"),
    [
        ("base", ["Somewhere in Jordan", "country", "4 (3 to 7)"]),
        (
            "raids",
            [
                "Somewhere in Iraq",
                "Somewhere in Syria",
                "Some time between 1 February 2024 and 6 February 2024",
                "days ago",
            ],
        ),
        ("tanker", ["Somewhere on Red Sea", "Some time in the week"]),
        ("nowhere", ["Date not known", "The report names no place for it", "Not on the map"]),
        ("bomb", ["Low confidence"]),
        ("threat", ["Threatened"]),
    ],
)
def test_what_is_not_known_is_said(story_page, incident_id, words):
    text = open_row(story_page, incident_id)
    for word in words:
        assert word in text


def test_incidents_without_a_place_are_counted(story_page):
    assert "1 not on the map" in story_page.locator("[data-count]").inner_text()


def test_a_country_is_shaded_and_in_no_cluster(tmp_path, visit):
    area = visit(
        save(build([row("a", precision="country", geometry=JORDAN, place_name="Jordan")]), tmp_path / "a.html")
    )
    point = visit(save(build([row("a")]), tmp_path / "b.html"))
    assert pixels(area) > 20 * pixels(point) > 0


def test_a_click_on_a_shaded_area_opens_its_incident(tmp_path, visit):
    page = visit(
        save(build([row("a", precision="country", geometry=JORDAN, place_name="Jordan")]), tmp_path / "m.html"),
        hash_="#v=30.2/36.2/7",
    )
    map_box = page.locator(".folium-map").bounding_box()
    page.mouse.click(map_box["x"] + map_box["width"] / 2, map_box["y"] + map_box["height"] / 2)
    assert "Somewhere in Jordan" in page.locator("[data-panel]").inner_text()


def test_a_click_on_a_cluster_at_one_spot_lists_all_of_it(tmp_path, visit):
    page = visit(save(build([row(f"i{n}") for n in range(5)]), tmp_path / "m.html"), hash_="#v=36.34/43.13/9")
    map_box = page.locator(".folium-map").bounding_box()
    page.mouse.click(map_box["x"] + map_box["width"] / 2, map_box["y"] + map_box["height"] / 2)
    assert page.locator("[data-panel] .row").count() == 5


def test_search_type_and_date_together_give_what_pandas_gives(tmp_path, visit):
    first = dt.date(2024, 1, 1)
    kinds, towns = ("protest", "riot", "piracy"), ("Mosul", "Erbil", "Basra")
    rows = [
        row(f"i{n}", event_type=kinds[n % 3], place_name=towns[n % 2], evidence="", date_start=first + dt.timedelta(days=n), date_end=first + dt.timedelta(days=n), geometry=Point(40 + n / 10, 30 + n % 7))
        for n in range(60)
    ]  # fmt: skip
    layers = build(rows, reports=[])
    page = visit(save(layers, tmp_path / "m.html"))
    page.locator(".filters").evaluate("box => { box.open = true }")
    page.get_by_label("Riot").uncheck()
    page.locator("[data-search]").fill("mosul")
    page.get_by_label("From date").evaluate(
        "(box, day) => { box.value = day; box.dispatchEvent(new Event('input')); }", 19723 + 20
    )
    frame = layers.incidents
    expected = frame[
        (frame["event_type"] != "riot")
        & (frame["place_name"] == "Mosul")
        & (frame["date_start"] >= dt.date(2024, 1, 21))
    ]
    shown(page, f"{len(expected)} of 60")
    assert sorted(ids(page)) == sorted(expected["incident_id"])


def test_the_search_finds_words_of_the_evidence_without_accents(tmp_path, visit):
    page = visit(save(build([row("a", evidence="Disparos en Medellín"), row("b")]), tmp_path / "m.html"))
    page.locator("[data-search]").fill("medellin DISPAROS")
    shown(page, "1 of 2")
    assert ids(page) == ["a"]


def test_an_address_brings_back_view_filters_and_the_open_incident(story_map, visit):
    page = visit(story_map)
    page.locator("[data-search]").fill("Jordan")
    shown(page, "1 of 8")
    open_row(page, "base")
    again = visit(story_map, hash_="#" + page.url.split("#", 1)[1])
    assert ids(again) == ["base"]
    assert "Somewhere in Jordan" in again.locator("[data-panel]").inner_text()
    assert again.url.split("#")[1] == page.url.split("#")[1]


@pytest.mark.parametrize(
    "hash_", ["#v=NaN/x/1&t=a/b&x=nope&i=none&%E0%A4%A", "#v=999/999/999&q=<img src=x onerror=alert(1)>"]
)
def test_a_broken_address_breaks_nothing(story_map, visit, hash_):
    page = visit(story_map, hash_=hash_)
    assert page.said == []


def test_the_geojson_holds_the_filtered_rows(story_map, visit, tmp_path):
    page = visit(story_map)
    page.locator("[data-search]").fill("days ago")
    shown(page, "1 of 8")
    with page.expect_download() as download:
        page.locator('[data-download="geojson"]').click()
    download.value.save_as(tmp_path / "x.geojson")
    frame = gpd.read_file(tmp_path / "x.geojson")
    assert frame.crs.to_epsg() == 4326
    assert list(zip(frame["incident_id"], frame["place_name"], strict=True)) == [("raids", "Iraq"), ("raids", "Syria")]
    assert (
        frame.geometry.iloc[0].equals_exact(MultiPolygon([box(39, 29.5, 48, 37)]).normalize(), 1e-3)
        or frame.geometry.iloc[0].symmetric_difference(box(39, 29.5, 48, 37)).area < 0.01
    )


def test_no_cell_of_the_csv_is_a_formula(tmp_path, visit):
    cells = ["=1+1", "@SUM(1)", "+cmd|' /C calc'!A0", "\t=1+1", " =1+1", "-2+3", "＝1+1"]
    page = visit(save(build([row(cell, weapon=cell, perpetrators=[cell]) for cell in cells]), tmp_path / "m.html"))
    with page.expect_download() as download:
        page.locator('[data-download="csv"]').click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(text.splitlines()))
    assert {line["weapon"] for line in found} == {"'" + cell.strip() for cell in cells}
    assert all(line["weapon"] == line["perpetrators"] == line["incident_id"] for line in found)
    assert (float(found[0]["lat"]), float(found[0]["lon"])) == (36.34, 43.13)


def test_no_incidents_say_so(tmp_path, visit):
    page = visit(save(build([]), tmp_path / "m.html"))
    assert page.locator("[data-count]").inner_text() == "No incidents found"
    assert "No incidents were found" in page.locator(".side").inner_text()
    assert page.said == []


def test_incidents_on_both_sides_of_the_antimeridian_share_one_view(tmp_path, visit):
    fiji = MultiPolygon([box(177, -19, 180, -16), box(-180, -19, -178, -16)])
    rows = [
        row("a", precision="country", geometry=fiji, place_name="Fiji"),
        row("b", geometry=Point(-175.2, -21.1), place_name="Tonga"),
    ]
    page = visit(save(build(rows), tmp_path / "m.html"))
    zoom = float(page.url.split("v=")[1].split("&")[0].split("%2F")[2]) if "v=" in page.url else None
    open_row(page, "b")
    view = page.url.split("v=")[1].split("&")[0].split("%2F")
    assert float(view[2]) >= 5
    assert zoom is None or zoom >= 5
    assert page.said == []


def test_an_area_as_wide_as_the_world_leaves_the_map_standing(tmp_path, visit):
    page = visit(
        save(
            build([row("a", precision="macro_region", geometry=box(-180, -90, 180, 90), place_name="World")]),
            tmp_path / "m.html",
        )
    )
    open_row(page, "a")
    assert page.said == []


def test_the_keyboard_alone_opens_and_closes_an_incident(story_page):
    page = story_page
    page.locator("[data-search]").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.incidentId"):
            break
    chosen = page.evaluate("document.activeElement.dataset.incidentId")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('[data-panel]').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.locator("[data-panel]").is_hidden()
    assert page.evaluate("document.activeElement.dataset.incidentId") == chosen


def test_every_control_has_a_name(story_page):
    page = story_page
    open_row(page, "strike")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, a, summary')].filter(e => e.checkVisibility()
        && !(e.getAttribute('aria-label') || e.innerText.trim() || e.labels?.[0]?.innerText.trim() || e.title)).map(e => e.outerHTML)"""
    )
    assert nameless == []


@pytest.mark.parametrize("open_first", [False, True])
def test_a_phone_needs_no_sideways_scroll(story_map, visit, open_first):
    page = visit(story_map, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    if open_first:
        open_row(page, "strike")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_arabic_text_runs_from_right_to_left(tmp_path, visit):
    page = visit(save(build([row("a", evidence="انفجار قرب الموصل")]), tmp_path / "m.html"))
    open_row(page, "a")
    assert page.locator("blockquote").evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_dark_is_dark_and_print_is_not_empty(story_map, visit):
    page = visit(story_map, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(27, 32, 39)"
    page.emulate_media(media="print", color_scheme="light")
    assert page.locator("#rows [data-incident-id]").first.is_visible()
    assert page.locator("[data-search]").is_hidden()


def test_without_javascript_the_table_is_read(story_map, visit):
    page = visit(story_map, wait=False, java_script_enabled=False)
    assert page.locator("noscript table tbody tr").count() == 8


def test_a_thousand_incidents_are_ready_and_listed_whole(tmp_path, visit):
    rows = [row(f"i{n}", geometry=Point(40 + n % 37 / 5, 30 + n % 29 / 4)) for n in range(1000)]
    page = visit(save(build(rows), tmp_path / "m.html"))
    assert cpu_seconds_to_ready(page) < 3
    seen = page.locator("#scroll").evaluate(
        """async box => { const seen = new Set(); let most = 0;
        for (let top = 0; top <= box.scrollHeight; top += 2000) { box.scrollTop = top; await new Promise(r => setTimeout(r, 30));
        const rows = [...box.querySelectorAll('[data-incident-id]')]; most = Math.max(most, rows.length);
        rows.forEach(row => seen.add(row.dataset.incidentId)); } return [seen.size, most]; }"""
    )
    assert seen[0] == 1000
    assert seen[1] < 1000  # and never all of them at once


def test_a_folium_layer_of_one_s_own_is_drawn_with_the_incidents(tmp_path, visit):
    m = maps.render(build([row("a")]))
    folium.Circle([36.0, 43.0], radius=9000).add_to(m)
    m.save(tmp_path / "m.html")
    page = visit(tmp_path / "m.html")
    assert page.locator(".leaflet-overlay-pane path").count() == 1
    assert page.said == []


def test_places_mentioned_can_be_switched_on(story_map, visit):
    page = visit(story_map)
    page.keyboard.press("Home")
    before = page.get_by_label("Places mentioned (1)")
    before.check()
    assert before.is_checked()
    assert json.loads(page.evaluate("JSON.stringify(Object.keys(window.mapper))")) == ["start"]
