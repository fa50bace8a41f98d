"""Texts that would run, in every field: nothing runs, nothing becomes an element, the text is shown as text."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
from shapely.geometry import Point

from mapper import maps

from .made_up import build, row, shared_payloads

pytestmark = pytest.mark.browser

RUN = "window.__pwned=1"
OWN = [
    f'<img src=x onerror="{RUN}">',
    f"</script><script>{RUN}</script>",
    f"</noscript><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"<svg/onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    "${" + RUN + "}",
    f"`+({RUN})+`",
    f"\\`;{RUN};//",
    f"');{RUN};('",
    f'");{RUN};("',
    "C:\\path\\20190221 \\u0041 \\x41",
    "{{ 7 * 7 }}{% include 'x' %}{# x #}",
    f"[[constructor.constructor('{RUN}')()]]",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "__proto__",
    "constructor",
    "\u2028\u2029 line ends of JavaScript",
    "&lt;b&gt; &#60; %3Cscript%3E",
    '["a list", {"text": "in JSON"}, 3',
    "$& $1 $` \\1 \\g<0>",
]
TEXTS = [
    "event_type", "event_subtype", "status", "date_precision", "date_text", "place_role", "place_name", "admin1", "country",
    "country_code", "gazetteer", "gazetteer_id", "feature_code", "precision", "weapon", "evidence", "source_url",
    "review_status",
]  # fmt: skip


def hostile_layers(payloads):
    rows = []
    for number, text in enumerate(payloads):
        everywhere = dict.fromkeys(TEXTS, text) | {"perpetrators": [text], "targets": [text], "sources": [text]}
        at = Point(40 + number % 9 / 2, 30 + number / 9)
        rows.append(row(f"{text}{number}", **everywhere | {"doc_id": text, "geometry": at}))
        # The same with a known type, role and precision, so that the text meets the other ways through the page.
        rows.append(
            row(
                f"{number} {text}",
                place_name=text,
                evidence=text,
                quotes=json.dumps([{"text": text, "doc_id": text, "field": text}, {"text": text, "doc_id": text}]),
                counts=json.dumps([{"harm": text, "low": 1, "source": text, "doc_id": text} for _ in range(2)]),
                relations=json.dumps([{"kind": text, "incident_id": f"{text}{number}"}]),
                doc_id=text,
                source_url=text,
                geometry=at.buffer(0.3),
                precision="adm1",
            )
        )
    reports = [{"doc_id": text, "title": text, "url": text, "published": None} for text in payloads]
    places = [
        {"doc_id": text, "toponym": text, "name": text, "kind": text, "geometry": Point(50, 20 + n / 9)}
        for n, text in enumerate(payloads)
    ]
    zones = [
        {"zone_id": text, "name": text, "kind": text, "geometry": Point(60, 20 + n / 9).buffer(1)}
        for n, text in enumerate(payloads)
    ]
    layers = build(rows, places=places, zones=zones, reports=reports)
    layers.incidents[payloads[0]] = payloads[0]  # a column of that name
    return layers


@pytest.fixture(scope="module")
def payloads():
    return list(dict.fromkeys([*OWN, *shared_payloads()]))


@pytest.fixture(scope="module")
def hostile_map(payloads, tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "map.html"
    shapes = [Point(-30, 0).buffer(0.4 + n / 100) for n in range(len(payloads))]
    own = gpd.GeoDataFrame(
        {text: [f"{text}{n}" for n in range(len(shapes))] for text in payloads}, geometry=shapes, crs=4326
    )
    own.attrs["name"] = "".join(payloads)
    steps = [{"incident": f"{number} {text}", "title": text, "note": text} for number, text in enumerate(payloads)]
    extras = {"overlays": [own], "story": {"title": " ".join(payloads), "steps": steps}}
    maps.render(hostile_layers(payloads), title=" ".join(payloads), **extras).save(path)
    return path


def state(page):
    return page.evaluate(
        """() => ({ran: typeof window.__pwned, made: document.querySelectorAll(
        '[data-panel] :is(img, svg, script, iframe, object, style), :is(.story, .box) :is(img, svg, script, iframe, object, style), .side :is(img, svg, script, iframe, object, style), body > img').length,
        links: [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href')).filter(h => h !== '#' && !/^https?:/.test(h))})"""
    )


def test_every_payload_in_every_field_stays_text(hostile_map, payloads, visit):
    page = visit(hostile_map)
    page.get_by_label(f"Places mentioned ({len(payloads)})").check()
    rows = page.locator("#rows .row")
    assert rows.count() == 2 * len(payloads)
    seen = page.evaluate(
        """() => [...document.querySelectorAll('#rows .row')].map(row => { row.click();
        return document.querySelector('[data-panel] blockquote').textContent; })"""
    )
    assert state(page) == {"ran": "undefined", "made": 0, "links": []}
    assert page.said == []
    assert set(seen) == {" ".join(text.split(" ")).strip() for text in payloads}


def test_a_story_and_own_layers_stay_text(hostile_map, payloads, visit):
    page = visit(hostile_map, hash_="#v=0/-30/9")
    found = page.locator(".folium-map").bounding_box()
    page.mouse.click(found["x"] + found["width"] / 2, found["y"] + found["height"] / 2)
    assert page.locator("[data-panel] dt").count() == len(payloads)
    page.locator(".story-start").click()
    told = []
    for _ in payloads:
        told.append(page.locator(".story p").first.text_content())
        page.evaluate("document.querySelectorAll('.story button')[2].click()")
    assert told == [text.strip() for text in payloads]
    page.get_by_label("Count by province").check()
    page.get_by_label("Heat").check()
    page.get_by_label("Language").select_option("ar")
    assert state(page) == {"ran": "undefined", "made": 0, "links": []}
    assert page.said == []


def test_moving_over_the_map_and_clicking_it_runs_nothing(hostile_map, visit):
    page = visit(hostile_map)
    map_box = page.locator(".folium-map").bounding_box()
    for across in range(1, 8):
        for down in range(1, 6):
            page.mouse.move(map_box["x"] + map_box["width"] * across / 8, map_box["y"] + map_box["height"] * down / 6)
        page.mouse.click(map_box["x"] + map_box["width"] * across / 8, map_box["y"] + map_box["height"] / 2)
    page.locator("[data-search]").fill("onerror")
    page.locator(".filters summary").click()
    page.wait_for_timeout(150)
    assert state(page)["ran"] == "undefined"
    assert page.said == []


def test_the_downloads_of_hostile_rows_are_whole(hostile_map, payloads, visit):
    page = visit(hostile_map)
    with page.expect_download() as download:
        page.locator('[data-download="geojson"]').click()
    found = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert len(found["features"]) == 2 * len(payloads)


def test_without_javascript_payloads_stay_text(hostile_map, visit):
    page = visit(hostile_map, wait=False, java_script_enabled=False)
    assert page.locator("noscript :is(img, svg, script, iframe, style)").count() == 0


def test_what_is_injected_at_run_time_is_stopped(hostile_map, visit):
    page = visit(hostile_map)
    page.evaluate(
        """() => { const d = document.createElement('div'); d.innerHTML = '<img src=x onerror="window.__pwned=1"><svg onload="window.__pwned=1">';
        document.body.append(d); const s = document.createElement('script'); s.textContent = 'window.__pwned=2'; document.body.append(s);
        const a = document.createElement('a'); a.href = 'javascript:window.__pwned=3'; document.body.append(a); a.click(); }"""
    )
    page.wait_for_timeout(250)
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert any("Content Security Policy" in line for line in page.said)


def test_only_web_addresses_become_links(tmp_path, visit):
    addresses = [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.invalid/x",
        "ftp://example.invalid/x", "blob:https://example.invalid/1", "https://user:password@example.invalid/", "vbscript:x",
    ]  # fmt: skip
    path = tmp_path / "m.html"
    rows = [row(f"i{n}", source_url=address, doc_id=f"d{n}") for n, address in enumerate(addresses)]
    maps.render(
        build(rows, reports=[{"doc_id": f"d{n}", "title": "x", "url": address} for n, address in enumerate(addresses)])
    ).save(path)
    page = visit(path)
    for n in range(len(addresses)):
        page.locator(f'[data-incident-id="i{n}"]').click()
        assert page.locator("[data-panel] a[href]").count() == 0, addresses[n]


def test_a_quote_in_an_address_stays_in_the_address(tmp_path, visit):
    path = tmp_path / "m.html"
    maps.render(
        build([row("a", source_url='https://example.invalid/"onmouseover="alert(1)', doc_id="none")], reports=[])
    ).save(path)
    page = visit(path)
    page.locator("[data-incident-id]").click()
    assert (
        page.locator("[data-panel] a").first.get_attribute("href")
        == "https://example.invalid/%22onmouseover=%22alert(1)"
    )
    assert page.locator("[data-panel] [onmouseover]").count() == 0
