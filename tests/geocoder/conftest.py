"""The gazetteer that ships with the package, a short way to geoparse, and a loopback server that answers as online services do."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mapper.gazetteer import open_gazetteer
from mapper.geocoder import geoparse, online
from mapper.records import Document
from mapper.text import sentences


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()


@pytest.fixture(scope="session")
def parse(gazetteer):
    """Geoparse a text; give its resolutions."""

    def run(text):
        document = Document(id="t", text=text)
        return geoparse(document, sentences(document), gazetteer)

    return run


@pytest.fixture(scope="session")
def place_of(parse):
    """Geoparse a text and give the one resolution of a name in it (the n-th mention)."""

    def run(text, name, nth=0):
        return [r for r in parse(text) if r.toponym.text == name][nth]

    return run


NOMINATIM = [
    {
        "osm_type": "relation", "osm_id": 1, "lat": "33.3299", "lon": "44.5084", "addresstype": "suburb", "name": "Mashtal",
        "display_name": "Mashtal, Baghdad, Iraq", "importance": 0.4, "boundingbox": ["33.31", "33.35", "44.48", "44.54"],
        "address": {"country_code": "iq", "country": "Iraq", "state": "Baghdad Governorate"},
    },
    {
        "osm_type": "node", "osm_id": 2, "lat": "36.1", "lon": "37.2", "addresstype": "village", "name": "Mashtal",
        "display_name": "Mashtal, Syria", "importance": 0.2, "boundingbox": ["36.0", "36.2", "37.1", "37.3"],
        "address": {"country_code": "sy", "country": "Syria"},
    },
]  # fmt: skip
PHOTON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [44.3922, 35.4681]},
            "properties": {
                "osm_type": "N", "osm_id": 7, "name": "Kirkuk", "type": "city", "countrycode": "IQ", "country": "Iraq",
                "state": "Kirkuk Governorate", "extent": [44.2, 35.6, 44.5, 35.3],
            },
        }
    ],
}  # fmt: skip


class Service:
    """What the loopback server is to answer, and what it was asked."""

    def __init__(self):
        self.answers = []
        self.asked = []

    def will(self, status=200, body=b"[]", headers=(), delay=0.0, cut=False):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers.append((status, body, dict(headers), delay, cut))


@pytest.fixture
def service(monkeypatch):
    """A real HTTP server on the loopback; `service.host` is its address."""
    state = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            state.asked.append((time.monotonic(), self.path, self.headers.get("User-Agent")))
            status, body, headers, delay, cut = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            time.sleep(delay)
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body) * (2 if cut else 1)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.host = f"127.0.0.1:{server.server_port}"
    monkeypatch.setattr(online, "INTERVAL_S", 0.05)
    yield state
    server.shutdown()
    server.server_close()
    thread.join()
