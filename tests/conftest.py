"""What every test stands on: no network, one hypothesis profile, the evidence folder where there is one, some records."""

from __future__ import annotations

import datetime as dt
import signal
import threading
from pathlib import Path

import hypothesis
import pytest
import pytest_socket
import shapely

from mapper.records import (
    Actor,
    Candidate,
    Count,
    DateInterval,
    Document,
    Evidence,
    Incident,
    IncidentPlace,
    Place,
    Relation,
    Report,
    ReportRef,
    Resolution,
    Span,
    Toll,
    Toponym,
)

LOOPBACK = ["127.0.0.1", "::1", "localhost"]

# The machines that run the tests differ in speed by far more than any deadline would allow for.
hypothesis.settings.register_profile("mapper", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.load_profile("mapper")


def pytest_configure() -> None:
    """Hear Ctrl-C even where a shell began the tests in the background: the programs under test inherit its deafness."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Let a test reach this machine and nothing else; a connection to any other host fails the test."""
    pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of evidence that lies beside the checkout; a test that needs it is skipped where it is absent."""
    folder = Path(__file__).resolve().parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the evidence folder ../shared beside the checkout, which is not part of the project")
    return folder


@pytest.fixture
def reports() -> tuple[Report, ...]:
    """Three reports as the stages before the layers hand them on, with what is hard for a file in them.

    A strike with a point and a country; an earthquake told in Arabic beside the antimeridian, with a sea that runs over
    it, text that is no UTF-8 and text that a spreadsheet would run; and a report in which nothing happened.
    """
    return (_strike(), _earthquake(), _nothing())


def _strike() -> Report:
    text = "A drone strike killed at least three people in Mashtal on Wednesday. The army denied strikes across Iraq."
    mashtal = Place("supplement", "mashtal", "Mashtal", 33.33, 44.51, "P", "PPLX", "IQ", "Iraq", "Baghdad")
    iraq = Place("geonames", "99237", "Iraq", 33.0, 44.0, "A", "PCLI", "IQ", "Iraq", geonameid=99237)
    point = Resolution(
        Toponym(47, 54, "Mashtal"),
        mashtal,
        shapely.Point(44.51, 33.33),
        "settlement",
        2000.0,
        0.9,
        0.4,
        (Candidate(mashtal, "exact", "Mashtal", 0.9),),
    )
    area = Resolution(Toponym(100, 104, "Iraq"), iraq, shapely.box(39, 29, 48.5, 37.3), "country", 373000.0, 0.99, 0.9)
    strike = Incident(
        "strike",
        "air_drone_strike",
        "drone_strike",
        date=DateInterval(dt.date(2024, 2, 7), dt.date(2024, 2, 7), "day", "Wednesday", anchor=dt.date(2024, 2, 8)),
        places=(IncidentPlace(point), IncidentPlace(area)),
        killed=Toll(3, 3, None, (Count(3, 3, None, Span(22, 36, "at least three")),)),
        perpetrators=(Actor("the army", stance="denied"),),
        targets=(Actor("a commander"), Actor("a vehicle")),
        weapon="drone",
        sources=("a security source",),
        relations=(Relation("part_of", "strikes"),),
        confidence=0.8,
        evidence=(Evidence("one", 22, 36, text[22:36], "killed"), Evidence("one", 0, 68, text[:68])),
        reports=(ReportRef("one", "A strike", "https://news.example/1", dt.date(2024, 2, 8)), ReportRef("other")),
    )
    document = Document("one", text, "A strike", dt.date(2024, 2, 8), "given", "https://news.example/1", "1.txt")
    return Report(document, (point, area), (strike,))


def _earthquake() -> Report:
    text = "=1+1 زلزال قرب تافيوني \ud800\x07 ثم هدوء"
    taveuni = Place("geonames", "1", "Taveuni", -16.85, 179.97, "P", "PPL", "FJ", "Fiji")
    sea = Place("naturalearth", "2", "Koro Sea", -17.5, 179.9, "H", "SEA")
    near = Resolution(Toponym(15, 22, text[15:22]), taveuni, shapely.Point(179.97, -16.85), "near", 25000.0, 0.5, 0.1)
    water = Resolution(Toponym(15, 22, text[15:22]), sea, shapely.box(178.0, -19.0, 182.0, -16.0), "water", 230000.0)
    quake = Incident(
        "quake",
        "natural_disaster",
        "earthquake",
        places=(IncidentPlace(near, name="تافيوني"), IncidentPlace(water, role="origin")),
        evidence=(Evidence("two", 0, len(text), text),),
    )
    rumour = Incident("rumour", "protest", status="denied", evidence=(Evidence("two", 5, 10, text[5:10]),))
    return Report(Document("two", text, "=cmd|' /C calc'!A0"), (near,), (quake, rumour))


def _nothing() -> Report:
    return Report(
        Document("three", "Nothing happened in Nowhereville."), (Resolution(Toponym(20, 32, "Nowhereville")),)
    )
