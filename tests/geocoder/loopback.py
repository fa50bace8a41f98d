"""A real HTTP server on the loopback that answers as online geocoders do, well and badly."""

from __future__ import annotations

import itertools
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

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
PELIAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [44.3922, 35.4681]},
            "bbox": [44.2, 35.3, 44.5, 35.6],
            "properties": {
                "gid": "whosonfirst:locality:7", "layer": "locality", "name": "Kirkuk", "confidence": 0.9,
                "country": "Iraq", "country_code": "IQ", "country_a": "IRQ", "region": "Kirkuk",
            },
        }
    ],
}  # fmt: skip
OPENCAGE = {
    "status": {"code": 200, "message": "OK"},
    "results": [
        {
            "formatted": "Kirkuk, Iraq", "geometry": {"lat": 35.4681, "lng": 44.3922}, "confidence": 4,
            "components": {"_type": "city", "city": "Kirkuk", "state": "Kirkuk", "country": "Iraq", "country_code": "iq"},
            "bounds": {"southwest": {"lat": 35.3, "lng": 44.2}, "northeast": {"lat": 35.6, "lng": 44.5}},
        }
    ],
}  # fmt: skip
GEONAMES = {
    "totalResultsCount": 1,
    "geonames": [
        {
            "geonameId": 94787, "name": "Kirkuk", "lat": "35.46806", "lng": "44.39222", "fcl": "P", "fcode": "PPLA",
            "countryCode": "IQ", "countryName": "Iraq", "adminName1": "Kirkuk", "adminCode1": "13", "population": 601433,
        }
    ],
}  # fmt: skip
ARCGIS = {
    "spatialReference": {"wkid": 4326},
    "candidates": [
        {
            "address": "Kirkuk, Iraq", "location": {"x": 44.3922, "y": 35.4681}, "score": 100,
            "attributes": {"PlaceName": "Kirkuk", "Type": "City", "Addr_type": "Locality", "CntryName": "Iraq", "Region": "Kirkuk"},
            "extent": {"xmin": 44.2, "ymin": 35.3, "xmax": 44.5, "ymax": 35.6},
        }
    ],
}  # fmt: skip


class Request(NamedTuple):
    """What the server was asked, and when (monotonic seconds)."""

    at: float
    path: str
    agent: str | None

    @property
    def query(self):
        return {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}


class Answer(NamedTuple):
    """What the server does with a request."""

    status: int = 200
    body: bytes = b"[]"
    headers: tuple = ()
    delay: float = 0.0
    cut: bool = False
    hang_up: bool = False
    drip: float = 0.0


class Service:
    """What the loopback server is to answer, one after the other and the last for ever, and what it was asked."""

    def __init__(self):
        self.answers = []
        self.asked = []
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.host = ""

    def will(self, status=200, body=b"[]", *, headers=(), **manner):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers.append(Answer(status, body, tuple(dict(headers).items()), **manner))

    @property
    def gaps(self):
        """Seconds between one request and the next."""
        times = [request.at for request in self.asked]
        return [later - earlier for earlier, later in itertools.pairwise(times)]


@contextmanager
def serving():
    """Run the server; `host` of what is given is its address."""
    state = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            with state.lock:
                state.asked.append(Request(time.monotonic(), self.path, self.headers.get("User-Agent")))
                answer = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
                state.at_once += 1
                state.most_at_once = max(state.most_at_once, state.at_once)
            try:
                time.sleep(answer.delay)
                if not answer.hang_up:
                    self.reply(answer)
            finally:
                with state.lock:
                    state.at_once -= 1

        def reply(self, answer):
            self.send_response(answer.status)
            for key, value in answer.headers:
                self.send_header(key, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer.body) * (2 if answer.cut else 1)))
            self.end_headers()
            try:
                for start in range(0, len(answer.body), 1 if answer.drip else len(answer.body)):
                    self.wfile.write(answer.body[start : start + 1] if answer.drip else answer.body)
                    time.sleep(answer.drip)
            except ConnectionError:
                pass  # whoever asked has given up

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    state.host = f"127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
