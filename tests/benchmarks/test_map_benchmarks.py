"""The page beside the same content drawn by plain folium: bytes, seconds to ready, milliseconds to pan, seconds to make.

    python -m pytest tests/benchmarks -m benchmark -s -k map
    MAPPER_BENCHMARK_MAP_ROWS=10000,100000,1000000 python -m pytest tests/benchmarks -m benchmark -s -k map --timeout 0

folium's pages ask a dozen hosts for their libraries. Here Leaflet comes from the package, MarkerCluster from the file
that MAPPER_BENCHMARK_MARKERCLUSTER names (without it FastMarkerCluster is left out), and everything else is empty:
the times are without any network. Ways of folium that take minutes are left out above `SLOW` rows.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from pathlib import Path
from types import SimpleNamespace

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from folium.plugins import FastMarkerCluster
from playwright.sync_api import sync_playwright

import mapper
from mapper import maps
from mapper.maps import assets

pytestmark = pytest.mark.benchmark

ROWS = [int(n) for n in os.environ.get("MAPPER_BENCHMARK_MAP_ROWS", "10000,100000").split(",")]
SLOW = {"folium Marker": 10_000, "folium GeoJson": 50_000, "folium FastMarkerCluster": 100_000}
TEXT_LIMIT = 200_000  # rows; more have no quotes
WORDS = (
    "police army village market road bridge convoy patrol district officials residents hospital witnesses killed wounded "
    "explosion gunmen checkpoint drone shelling rebels protest strike court minister spokesman region border school"
).split()
PAN = """() => { const map = Object.entries(window).find(([name, one]) => name.startsWith('map_') && one && one.panBy)[1];
  const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return (async () => { const times = []; for (let k = 0; k < 5; k++) { const begun = performance.now();
  map.panBy([k % 2 ? -300 : 300, 0], { animate: false }); await frame(); times.push(performance.now() - begun); } return times; })(); }"""


def synthetic(n):
    """Incidents around Iraq: a dozen types, two years, a town, a toll, and an eighteen-word quote each."""
    random = np.random.default_rng(1)
    days = pd.to_datetime(np.datetime64("2023-01-01") + random.integers(0, 700, n).astype("timedelta64[D]"))
    types = [
        "air_drone_strike",
        "shelling_missile",
        "armed_clash",
        "protest",
        "riot",
        "arrest",
        "accident",
        "abduction",
    ]
    town = random.integers(0, 900, n)
    quoted = random.integers(0, len(WORDS), (n, 18)) if n <= TEXT_LIMIT else None
    columns = {
        "incident_id": [f"{i:08x}" for i in range(n)], "event_type": [types[k] for k in random.integers(0, len(types), n)],
        "status": "accomplished", "date_start": days, "date_end": days, "date_precision": "day", "place_role": "happened",
        "place_name": [f"Town {k}" for k in town], "admin1": [f"Province {k % 18}" for k in town], "country": "Iraq",
        "precision": "settlement", "uncertainty_m": random.integers(500, 9000, n).astype(float),
        "confidence": random.random(n).round(2), "killed_low": random.integers(0, 9, n), "n_reports": 1,
        "doc_id": [f"d{i // 3}" for i in range(n)],
        "evidence": None if quoted is None else [" ".join(WORDS[k] for k in row) for row in quoted],
    }  # fmt: skip
    points = gpd.points_from_xy(random.normal(44, 4, n), random.normal(34, 3, n))
    reports = {"doc_id": [f"d{i}" for i in range(n // 3 + 1)]}
    if quoted is not None:
        reports |= {
            "title": [f"Report number {i}" for i in range(n // 3 + 1)],
            "url": [f"https://example.org/{i}" for i in range(n // 3 + 1)],
        }
    incidents = gpd.GeoDataFrame(columns, geometry=points, crs=4326)
    return SimpleNamespace(incidents=incidents, places=None, zones=None, reports=pd.DataFrame(reports))


SEEDS = Path(__file__).resolve().parents[2] / "seeds"
READ = {"seed report": SEEDS / "01_mashtal_strike.txt", "seeds": SEEDS}


def from_reports(source):
    return mapper.layers([incident for report in mapper.read(source) for incident in mapper.extract(report)])


def _words(row):
    return f"<b>{row.event_type}</b><br>{row.place_name}<br>{row.evidence}"


def by_marker(frame):
    m = folium.Map((34, 44), zoom_start=5, tiles=None)
    for row in frame.itertuples():
        folium.Marker((row.geometry.y, row.geometry.x), popup=_words(row)).add_to(m)
    return m


def by_cluster(frame):
    m = folium.Map((34, 44), zoom_start=5, tiles=None)
    callback = "(row) => L.marker([row[0], row[1]]).bindPopup(row[2])"
    FastMarkerCluster([[r.geometry.y, r.geometry.x, _words(r)] for r in frame.itertuples()], callback=callback).add_to(
        m
    )
    return m


def by_geojson(frame):
    m = folium.Map((34, 44), zoom_start=5, tiles=None)
    kept = frame[["event_type", "place_name", "evidence", "geometry"]]
    names = ["event_type", "place_name", "evidence"]
    folium.GeoJson(kept, marker=folium.CircleMarker(radius=5), popup=folium.GeoJsonPopup(names)).add_to(m)
    return m


@pytest.fixture(scope="module")
def chromium():
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def _answer(route):
    url = route.request.url
    cluster = os.environ.get("MAPPER_BENCHMARK_MARKERCLUSTER")
    if not url.startswith("http"):
        route.continue_()
    elif url.endswith("/leaflet.js"):
        route.fulfill(body=assets.script("leaflet"), content_type="text/javascript")
    elif url.endswith("/leaflet.css"):
        route.fulfill(body=assets.style("leaflet"), content_type="text/css")
    elif url.endswith("leaflet.markercluster.js") and cluster:
        route.fulfill(body=Path(cluster).read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="", content_type="text/css" if url.endswith(".css") else "text/javascript")


def _opened(chromium, path, *, ours):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route("**/*", _answer)
    page.set_default_timeout(300_000)
    page.goto(f"file://{path}", wait_until="commit")
    if ours:
        page.wait_for_selector('html[data-ready="true"]', state="attached")
    else:
        page.wait_for_function("document.readyState === 'complete'")
    ready = page.evaluate("new Promise(done => requestAnimationFrame(() => done(performance.now() / 1000)))")
    pan = statistics.median(page.evaluate(PAN))
    context.close()
    return ready, pan


def _ways(n):
    ways = {"mapper": maps.render}
    if n <= TEXT_LIMIT:
        ways |= {"folium Marker": by_marker, "folium GeoJson": by_geojson}
        if os.environ.get("MAPPER_BENCHMARK_MARKERCLUSTER"):
            ways["folium FastMarkerCluster"] = by_cluster
    return {name: way for name, way in ways.items() if n <= SLOW.get(name, n)}


@pytest.mark.parametrize("content", [*READ, *ROWS])
def test_map(content, chromium, tmp_path):
    layers = from_reports(READ[content]) if content in READ else synthetic(content)
    points = layers.incidents[layers.incidents.geom_type == "Point"]
    maps.render(synthetic(3))  # imports and the outlines are read once
    print(f"\n{content:>26} {'MB':>8} {'made, CPU s':>12} {'ready, s':>9} {'pan, ms':>8}")
    for name, way in _ways(len(layers.incidents)).items():
        begun = time.process_time()
        made = way(layers if name == "mapper" else points)
        text = made.get_root().render()
        seconds = time.process_time() - begun
        path = tmp_path / "m.html"
        path.write_text(text, encoding="utf-8")
        ready, pan = _opened(chromium, path, ours=name == "mapper")
        print(f"{name:>26} {path.stat().st_size / 1e6:8.2f} {seconds:12.2f} {ready:9.2f} {pan:8.0f}")
        assert ready > 0
