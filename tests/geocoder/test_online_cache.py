"""Answers are kept as the terms allow: asked once, forgotten in time, and shared by processes."""

from __future__ import annotations

import dataclasses
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from mapper.errors import ServiceError
from mapper.geocoder.online import PROVIDERS
from mapper.geocoder.online.ledger import Ledger
from mapper.records import Candidate, Place

from .loopback import ARCGIS, GEONAMES, NOMINATIM, PHOTON

ROOT = Path(__file__).resolve().parents[2]
DAY_S = 86_400
WRITE_FROM_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from mapper.geocoder.online.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
for number in range(25):
    ledger.asked("host", requests=1)
    ledger.keep(f"{sys.argv[2]} {number}", [], 3600)
"""


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger")


@pytest.fixture
def later(monkeypatch):
    """Set the clock forward."""
    real = time.time

    def move(seconds):
        monkeypatch.setattr(time, "time", lambda: real() + seconds)

    return move


def kept_rows(tmp_path):
    files = list((tmp_path / "cache").rglob("*.sqlite"))
    if not files:
        return 0
    with closing(sqlite3.connect(files[0])) as db:
        return db.execute("SELECT count(*) FROM answers_1").fetchone()[0]


def test_an_answer_that_is_kept_is_not_asked_for_again(service, client):
    service.will(body=NOMINATIM)
    assert client().search("Mashtal") == client().search("Mashtal")
    assert len(service.asked) == 1


@pytest.mark.parametrize(("provider", "body"), [("nominatim", NOMINATIM), ("photon", PHOTON), ("geonames", GEONAMES)])
def test_a_kept_answer_is_the_same_to_the_last_field(service, client, provider, body):
    service.will(body=body)
    first = client(provider, key="k").search("Kirkuk")
    assert client(provider, key="k").search("Kirkuk") == first
    assert isinstance(first[0], Candidate)


def test_spaces_around_a_name_make_no_other_question(service, client):
    service.will(body=NOMINATIM)
    client().search("Tell  Afar")
    client().search(" Tell Afar ")
    assert len(service.asked) == 1


@pytest.mark.parametrize("options", [{"country": "SY"}, {"limit": 3}])
def test_another_question_is_asked(service, client, options):
    service.will(body=NOMINATIM)
    client().search("Mashtal")
    client().search("Mashtal", **options)
    assert len(service.asked) == 2


def test_another_provider_is_asked(service, client):
    service.will(body=NOMINATIM)
    service.will(body=PHOTON)
    client("nominatim").search("Kirkuk")
    client("photon").search("Kirkuk")
    assert len(service.asked) == 2


def test_another_server_is_asked(service, client):
    service.will(body=NOMINATIM)
    client().search("Kirkuk")
    client(domain=f"localhost:{service.host.split(':')[1]}").search("Kirkuk")
    assert len(service.asked) == 2


def test_answers_of_who_forbids_it_are_not_kept(service, client, tmp_path):
    service.will(body=ARCGIS)
    client("arcgis").search("Kirkuk")
    client("arcgis").search("Kirkuk")
    assert len(service.asked) == 2
    assert kept_rows(tmp_path) == 0


def test_an_answer_expires_when_the_terms_say(service, client, later):
    service.will(body=NOMINATIM)
    client().search("Mashtal")
    later(PROVIDERS["nominatim"].cache_days * DAY_S - 60)
    client().search("Mashtal")
    assert len(service.asked) == 1
    later(PROVIDERS["nominatim"].cache_days * DAY_S + 60)
    client().search("Mashtal")
    assert len(service.asked) == 2


def test_the_terms_are_those_of_the_provider(service, client, later, monkeypatch):
    monkeypatch.setitem(PROVIDERS, "photon", dataclasses.replace(PROVIDERS["photon"], cache_days=2))
    service.will(body=PHOTON)
    client("photon").search("Kirkuk")
    later(2 * DAY_S + 60)
    client("photon").search("Kirkuk")
    assert len(service.asked) == 2


def test_that_there_is_no_such_place_is_kept_for_a_day(service, client, later):
    service.will(body=[])
    assert client().search("Nowhere") == client().search("Nowhere") == []
    assert len(service.asked) == 1
    later(DAY_S + 60)
    client().search("Nowhere")
    assert len(service.asked) == 2


def test_what_has_expired_is_deleted(service, client, later, tmp_path):
    service.will(body=NOMINATIM)
    client().search("A")
    client().search("B")
    later(400 * DAY_S)
    client().search("C")
    assert kept_rows(tmp_path) == 1


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"garbage"), (200, b'[{"lat": "95", "lon": "0"}]'), (500, b"[]"), (403, b"[]")]
)
def test_failures_are_not_kept(service, client, tmp_path, status, body):
    service.will(status, body)
    with pytest.raises(ServiceError):
        client().search("A")
    assert kept_rows(tmp_path) == 0


def test_a_kept_answer_needs_no_service(service, client):
    service.will(body=NOMINATIM)
    service.will(403)
    found = client().search("Mashtal")
    with pytest.raises(ServiceError, match="refuses"):
        client().search("B")
    assert client().search("Mashtal") == found


def test_a_kept_answer_costs_no_quota(service, client):
    service.will(body=NOMINATIM)
    asker = client(quota=1)
    assert asker.search("Mashtal")
    assert asker.search("Mashtal")


def test_kept_answers_are_for_their_owner_only(service, client, tmp_path):
    service.will(body=NOMINATIM)
    client().search("Mashtal")
    file = next((tmp_path / "cache").rglob("*.sqlite"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_broken_file_is_set_aside(service, client, tmp_path):
    service.will(body=NOMINATIM)
    client().search("Mashtal")
    file = next((tmp_path / "cache").rglob("*.sqlite"))
    file.write_bytes(b"this is no database" * 1000)
    assert client().search("Mashtal")
    assert len(service.asked) == 2
    assert file.with_suffix(".broken").exists()


def test_an_answer_of_another_version_is_asked_for_again(service, client, tmp_path):
    service.will(body=NOMINATIM)
    client().search("Mashtal")
    with closing(sqlite3.connect(next((tmp_path / "cache").rglob("*.sqlite")))) as db, db:
        db.execute("""UPDATE answers_1 SET answer = '[{"place": {"colour": "red", "bounds": null}}]'""")
    assert client().search("Mashtal")
    assert len(service.asked) == 2


def test_processes_write_at_the_same_time(ledger, tmp_path):
    arguments = [sys.executable, "-c", WRITE_FROM_ANOTHER_PROCESS, str(tmp_path / "ledger")]
    processes = [subprocess.Popen([*arguments, name], cwd=ROOT) for name in ("a", "b")]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert ledger.use("host").requests == 50
    assert ledger.answer("a 24") == ledger.answer("b 0") == []


def test_what_is_kept_comes_back(ledger):
    place = Place("photon", "N7", "Kirkuk", 35.4, 44.3, "P", "PPL", bounds=(44.2, 35.3, 44.5, 35.6))
    candidate = Candidate(place=place, match="exact", name="Kirkuk", score=0.5)
    ledger.keep("question", [candidate], 60)
    assert ledger.answer("question") == [candidate]


def test_a_rest_is_not_made_shorter_by_another(ledger):
    ledger.rest("host", 3600)
    ledger.rest("host", 5)
    assert ledger.use("host").not_before > time.time() + 3000
