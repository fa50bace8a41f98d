"""What one looks for on the page, in a real browser: filters, time, links, figures, provinces, own layers, stories."""

from __future__ import annotations

import datetime as dt
import json

import geopandas as gpd
import pytest
from shapely.geometry import LineString, MultiPoint, Point, box

from mapper import maps
from mapper.errors import SourceError
from mapper.maps import guard
from mapper.maps.payload import payload

from .made_up import build, row, story
from .test_maps_browser import ids, open_row, pixels, save, shown

pytestmark = pytest.mark.browser
PLAY_MS = 900  # from step to step, as in timeline.js


def centre_of(page):
    found = page.locator(".folium-map").bounding_box()
    return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2


@pytest.fixture(scope="module")
def many():
    first = dt.date(2024, 1, 1)
    return build(
        [
            row(f"i{n}", event_type=("protest", "riot", "piracy")[n % 3], status=("accomplished", "denied")[n % 7 == 0], confidence=n % 10 / 10,
                killed_low=n % 5, killed_best=n % 5, sources=[["police", "army"][n % 2]], place_name=("Mosul", "Erbil")[n % 2],
                date_start=first + dt.timedelta(days=n), date_end=first + dt.timedelta(days=n), geometry=Point(40 + n / 10, 33 + n % 3))
            for n in range(80)
        ],
        reports=[],
    )  # fmt: skip


@pytest.fixture(scope="module")
def many_map(many, tmp_path_factory):
    return save(many, tmp_path_factory.mktemp("many") / "m.html")


def test_all_filters_together_give_what_pandas_gives(many, many_map, visit):
    page = visit(many_map)
    page.locator(".filters").evaluate("box => { box.open = true }")
    page.get_by_label("Riot").uncheck()
    page.get_by_label("Denied").uncheck()
    page.get_by_label("Killed, at least").fill("2")
    page.get_by_label("Confidence, at least").select_option("0.5")
    page.get_by_label("Source or report").fill("Police")
    page.locator("[data-search]").fill("mosul")
    slide = "(box, day) => { box.value = day; box.dispatchEvent(new Event('input')); }"
    page.get_by_label("From date").evaluate(slide, 19723 + 10)
    frame = many.incidents
    wanted = frame[
        (frame["event_type"] != "riot") & (frame["status"] != "denied") & (frame["killed_best"] >= 2) & (frame["confidence"] >= 0.5)
        & (frame["sources"].str[0] == "police") & (frame["place_name"] == "Mosul") & (frame["date_start"] >= dt.date(2024, 1, 11))
    ]  # fmt: skip
    assert len(wanted) > 2
    shown(page, f"{len(wanted)} of 80")
    assert sorted(ids(page)) == sorted(wanted["incident_id"])
    again = visit(many_map, hash_="#" + page.url.split("#", 1)[1])
    assert ids(again) == ids(page)
    page.get_by_role("button", name="Reset filters").click()
    shown(page, "80 incidents")


def test_the_clusters_of_any_zoom_sum_to_the_incidents_shown(many_map, visit):
    page = visit(many_map, hash_="#v=34/44/3")
    text = page.evaluate(
        """() => { const seen = []; const proto = CanvasRenderingContext2D.prototype; const old = proto.fillText;
        proto.fillText = function (text, ...at) { if (this.textAlign === 'center') seen.push(text); return old.call(this, text, ...at); };
        document.querySelector('.leaflet-control-zoom-in').click(); return new Promise(done => setTimeout(() => { proto.fillText = old; done(seen); }, 700)); }"""
    )
    assert sum(map(int, text)) in {80, 160}  # drawn once, or twice while the zoom runs


def test_play_moves_through_time_and_stops_at_its_end(many_map, visit):
    page = visit(many_map)
    page.clock.install(time=0)
    page.clock.pause_at(1_000)  # the page's time passes by what is run below alone
    page.get_by_role("button", name="Play").click()
    shown(page, "7 of 80")
    assert page.get_by_role("button", name="Pause").get_attribute("aria-pressed") == "true"
    assert ids(page)[-1] == "i0"
    page.clock.run_for(PLAY_MS)
    assert ids(page)[0] == "i13"
    page.clock.run_for(20 * PLAY_MS)
    assert "i79" in ids(page)
    assert page.get_by_role("button", name="Play").get_attribute("aria-pressed") == "false"


def test_related_incidents_are_linked_both_ways(story_map, visit):
    page = visit(story_map)
    assert "In retaliation for" in open_row(page, "strike").replace("\n", " ")
    page.locator("[data-panel] .relation .row").click()
    assert "Somewhere in Jordan" in page.locator("[data-panel]").inner_text()
    page.locator("[data-panel] .relation .row").click()
    assert "Mashtal" in page.locator("[data-panel] h2").inner_text()


def test_an_arc_ties_related_incidents(story_map, visit):
    page = visit(story_map)
    with_arcs = pixels(page)
    page.get_by_label("Links between incidents").uncheck()
    assert 0 < pixels(page) < with_arcs


def test_the_panel_says_who_gives_which_figure_and_marks_the_words(story_map, visit):
    page = visit(story_map)
    text = open_row(page, "strike")
    assert "Killed: 3 — two officials" in text
    assert "Killed: at least 5 — the report itself" in text
    assert page.locator("[data-panel] mark").all_inner_texts() == [
        "drone",
        "Mashtal",
        "on Wednesday night",
        "three men",
    ]
    assert "Another paper tells of it too." in text
    assert "r2" in text


def test_any_kind_of_harm_that_is_counted_is_shown(tmp_path, visit):
    rows = [row("a", missing_low=4, missing_best=4, missing_high=9, poisoned_low=2)]
    page = visit(save(build(rows), tmp_path / "m.html"))
    text = open_row(page, "a")
    assert "Missing\n4 (4 to 9)" in text
    assert "poisoned\nat least 2" in text
    with page.expect_download() as download:
        page.locator('[data-download="csv"]').click()
    assert "missing_low,missing_best,missing_high" in download.value.path().read_text(encoding="utf-8-sig")


def test_families_are_not_shown_as_people(tmp_path, visit):
    rows = [row("a", counts='[{"harm":"displaced","low":200,"best":200,"high":200,"unit":"families","doc_id":"r1"}]')]
    text = open_row(visit(save(build(rows), tmp_path / "m.html")), "a")
    assert "Displaced: 200 families — the report itself" in text
    assert "Displaced\n" not in text


def test_who_claims_it_is_blamed_or_denies_it_is_told_from_who_did_it(tmp_path, visit):
    actors = {"perpetrators": ["two men", "ISIS", "the PKK"], "claimed_by": ["ISIS"], "blamed": ["the PKK"]}
    page = visit(save(build([row("a", denied_by=["Hezbollah"], **actors)]), tmp_path / "m.html"))
    text = open_row(page, "a")
    assert "By\ntwo men\nClaimed by\nISIS\nBlamed on\nthe PKK\nDenied by\nHezbollah" in text


def test_provinces_are_counted_and_a_country_is_in_none(tmp_path):
    rows = [
        row("a", geometry=Point(44.4, 33.3)),
        row("b", geometry=Point(44.5, 33.2)),
        row("b", geometry=Point(43.13, 36.34)),
        row("c", precision="country", geometry=box(39, 29.5, 48, 37)),
        row("d", precision="adm1", geometry=box(44.3, 33.2, 44.4, 33.35)),
        row("e", place_role="origin", geometry=Point(44.4, 33.3)),
    ]
    data = payload(build(rows), title="t").data
    names = [None if n is None else data["provinces"]["name"][n] for n in data["places"]["province"]]
    assert names == ["Baghdad", "Baghdad", "Nineveh", None, "Baghdad", None]


def test_the_province_view_says_what_it_does_not_count(story_map, visit):
    page = visit(story_map)
    page.get_by_label("Count by province").check()
    assert "known only as a country or wider" in page.locator(".key").inner_text()
    assert "m=provinces" in page.url
    page.mouse.click(*centre_of(page))
    again = visit(story_map, hash_="#" + page.url.split("#", 1)[1])
    assert again.get_by_label("Count by province").is_checked()


def test_heat_is_drawn_instead_of_symbols(many_map, visit):
    page = visit(many_map)
    before = pixels(page)
    page.get_by_label("Heat").check()
    assert pixels(page) > before


@pytest.fixture
def camps(tmp_path):
    path = tmp_path / "camps.gpkg"
    shapes = [box(42.9, 36.2, 43.3, 36.5), LineString([(42, 36), (44, 37)]), MultiPoint([(43.5, 36.6), (43.6, 36.7)])]
    rows = {"name": ["Camp", "Road", "Wells"], "people": [1200, None, 3]}
    gpd.GeoDataFrame(rows, geometry=shapes, crs=4326).to_crs(3857).to_file(path, layer="camps")
    return path


def test_a_layer_of_one_s_own_is_drawn_and_tells_what_its_file_says(tmp_path, visit, camps):
    page = visit(
        save(build([row("a", geometry=Point(43.1, 36.45))]), tmp_path / "m.html", overlays=[camps]),
        hash_="#v=36.35/43.1/10",
    )
    page.mouse.click(*centre_of(page))
    assert page.locator("[data-panel] dd").all_inner_texts() == ["Camp", "1200"]
    drawn = pixels(page)
    page.get_by_role("checkbox", name="camps").uncheck()
    assert pixels(page) < drawn
    assert "l=-own0" in page.url


@pytest.mark.parametrize(
    "content",
    [
        None,
        "no GIS file",
        '{"type":"FeatureCollection","features":[]}',
        '{"type":"Point","coordinates":[400000,5000000]}',
    ],
)
def test_an_overlay_that_cannot_be_used_is_named(tmp_path, content):
    path = tmp_path / "x.geojson"
    if content is not None:
        path.write_text(content)
    if content and "features" in content:
        assert maps.read_overlay(path)[0]["features"] == []
        return
    with pytest.raises(SourceError, match="x"):
        maps.read_overlay(path)


def test_a_story_goes_step_by_step_and_its_address_restores_the_step(tmp_path, visit):
    file = tmp_path / "story.json"
    steps = [
        {"incident": "base", "title": "First", "note": "A base was hit."},
        {"incident": "strike", "note": "Then this."},
        {"view": [15.0, 42.0, 5], "note": "Afar."},
    ]
    file.write_text(json.dumps({"title": "Two weeks", "steps": steps}))
    path = save(story(), tmp_path / "m.html", story=file)
    page = visit(path)
    page.get_by_role("button", name="Two weeks").click()
    assert "A base was hit." in page.locator(".story").inner_text()
    assert "Jordan" in page.locator("[data-panel] h2").inner_text()
    page.get_by_role("button", name="Next").click()
    assert "Mashtal" in page.locator("[data-panel] h2").inner_text()
    again = visit(path, hash_="#" + page.url.split("#", 1)[1])
    assert "Then this." in again.locator(".story").inner_text()
    again.get_by_role("button", name="Next").click()
    assert again.locator("[data-panel]").is_hidden()
    assert "v=15.0000%2F42.0000%2F5.00" in again.url
    again.locator(".story").get_by_role("button", name="Close").click()
    assert again.locator(".story").is_hidden()


@pytest.mark.parametrize(
    "bad", ["", "[]", '{"steps": []}', '{"steps": [{"note": "nowhere"}]}', '{"steps": [{"view": [99, 0, 3]}]}']
)
def test_a_story_that_cannot_be_told_is_refused(tmp_path, bad):
    (tmp_path / "s.json").write_text(bad)
    with pytest.raises(SourceError):
        maps.read_story(tmp_path / "s.json")


def test_a_page_too_large_to_open_leaves_out_words_and_says_so(tmp_path, visit, monkeypatch):
    rows = [row(f"i{n}", evidence=f"{n * 7919} {n * 104729} words") for n in range(300)]
    full = len(guard.pack(payload(build(rows), title="t").data))
    monkeypatch.setattr(guard.fitted, "__kwdefaults__", {"limit": full - 500})
    with pytest.warns(guard.PageSizeWarning, match="the quoted words"):
        path = save(build(rows), tmp_path / "m.html")
    page = visit(path)
    assert "The quoted words were left out" in page.locator(".side header").inner_text()
    assert "words" not in open_row(page, "i0")


def test_the_world_is_shown_without_the_far_south(tmp_path, visit):
    page = visit(
        save(build([row("a", geometry=Point(-100, 40)), row("b", geometry=Point(100, -20))]), tmp_path / "m.html")
    )
    page.locator(".leaflet-control-zoom-in").focus()
    corner = page.evaluate(
        """() => { const map = Object.values(window).find(one => one && one._leaflet_id && one.getBounds); return map.getBounds().getSouth(); }"""
    )
    assert corner > -66


def test_a_list_of_thousands_opens_the_incident_of_its_address(tmp_path, visit):
    rows = [row(f"i{n}", geometry=Point(40 + n % 37 / 5, 30 + n % 29 / 4)) for n in range(2500)]
    page = visit(save(build(rows), tmp_path / "m.html"), hash_="#i=i2222")
    found = page.locator('[data-incident-id="i2222"]')
    assert found.get_attribute("aria-current") == "true"
    assert page.locator("[role=listitem]", has=found).get_attribute("aria-posinset") == "2223"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.incidentId") == "i2222"


def test_heat_says_what_it_cannot_show(story_map, visit):
    page = visit(story_map, hash_="#m=heat")
    # The base, the raids and the tanker are known as areas alone, and one has no place.
    assert (
        page.locator(".key").inner_text().split()
        == "few many 4 known only as an area, or not placed: not shown".split()
    )
    assert page.get_by_label("Points").is_disabled()
    page.get_by_role("radio", name="Incidents").check()
    assert page.locator(".key").is_hidden()
    assert page.get_by_label("Points").is_enabled()


def test_incidents_that_no_zoom_parts_keep_their_ring(tmp_path, visit):
    drawn = []
    for metres in (5000.0, None):
        rows = [row(f"i{n}", uncertainty_m=metres) for n in range(2)]
        drawn.append(pixels(visit(save(build(rows), tmp_path / f"{metres}.html"), hash_="#v=36.34/43.13/11")))
    assert drawn[0] > 5 * drawn[1]


def test_a_small_area_under_a_symbol_is_named_beside_it_and_shown_larger_when_it_is_opened(tmp_path, visit):
    lake = row("lake", precision="water", place_name="Lake Tana", geometry=box(37.0, 11.6, 37.6, 12.3))
    points = {"town": Point(37.3, 11.95), "far": Point(-100, 40), "further": Point(150, -30)}
    rows = [lake, *(row(name, geometry=point) for name, point in points.items())]
    page = visit(save(build(rows), tmp_path / "m.html"), hash_="#v=10/20/2")
    words = page.evaluate(
        """() => { const seen = []; const proto = CanvasRenderingContext2D.prototype; const old = proto.fillText;
        proto.fillText = function (text, ...at) { seen.push(text); return old.call(this, text, ...at); };
        document.querySelector('[name=mode][value=symbols]').dispatchEvent(new Event('change')); proto.fillText = old; return seen; }"""
    )
    assert "Lake Tana" in words
    open_row(page, "lake")
    assert float(page.url.split("v=")[1].split("&")[0].split("%2F")[2]) >= 4
