"""The gazetteer that ships with the package, a short way to geoparse, and a loopback server that answers as online services do."""

from __future__ import annotations

import dataclasses

import pytest

import mapper
from mapper.gazetteer import open_gazetteer
from mapper.geocoder import geoparse
from mapper.geocoder.online import PROVIDERS, Patience, Service
from mapper.records import Document
from mapper.text import sentences

from .loopback import serving

AGENT = "newsroom-tests/1.0 (desk@example.org)"


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


@pytest.fixture(scope="session")
def read_place(gazetteer):
    """Geoparse a text as `mapper.geoparse` does, model and all; give the one resolution that covers a name's first mention."""

    def run(text, name):
        answers = mapper.geoparse(Document(id="t", text=text), gazetteer=gazetteer)
        at = text.index(name)
        (covering,) = [r for r in answers if r.toponym.start <= at < r.toponym.end]
        return covering

    return run


@pytest.fixture
def service(monkeypatch, tmp_path):
    """A real HTTP server on the loopback, and a cache of its own; `service.host` is its address."""
    monkeypatch.setenv("MAPPER_CACHE_DIR", str(tmp_path / "cache"))
    with serving() as state:
        yield state


@pytest.fixture
def public(service, monkeypatch):
    """The same server as if it were a provider's public one, a twentieth of a second between requests."""

    def make(name="nominatim", **terms):
        terms = {"interval_s": 0.05} | terms
        monkeypatch.setitem(PROVIDERS, name, dataclasses.replace(PROVIDERS[name], host=service.host, **terms))
        return service

    return make


@pytest.fixture
def client(service, tmp_path):
    """A `Service` that asks the loopback server and does not wait long."""

    def make(provider="nominatim", **options):
        patience = {"timeout_s": 5.0, "backoff_s": 0.01} | options.pop("patience", {})
        options = {
            "domain": service.host,
            "scheme": "http",
            "user_agent": AGENT,
            "cache_dir": tmp_path / "cache",
        } | options
        return Service(provider, patience=Patience(**patience), **options)

    return make
