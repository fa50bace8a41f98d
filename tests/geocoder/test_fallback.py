"""Names that the gazetteer lacks, asked of a service that the user has named: what is sent, what is believed, what is said."""

from __future__ import annotations

import json
import logging

import pytest

import mapper
from mapper.cli import main
from mapper.errors import UsageError
from mapper.geocoder.online import Fallback
from mapper.geocoder.online.fallback import fallback_of
from mapper.records import Document

from .conftest import AGENT

TEXT = "A car bomb killed nine people in the village of Tal Zuhurqan near Mosul on Sunday. Troops came from Erbil."
NAME = "Tal Zuhurqan"


def village(name, lat, lon, code, *, number=1):
    return {
        "osm_type": "node", "osm_id": number, "lat": str(lat), "lon": str(lon), "addresstype": "village", "name": name,
        "display_name": f"{name}, somewhere", "importance": 0.3, "boundingbox": [lat - 0.01, lat + 0.01, lon - 0.01, lon + 0.01],
        "address": {"country_code": code, "country": code.upper()},
    }  # fmt: skip


@pytest.fixture
def told(gazetteer):
    """Geoparse a text with a fallback; give the one resolution of the unknown name."""

    def run(fallback, text=TEXT, name=NAME):
        (found,) = [
            r
            for r in mapper.geoparse(Document(id="f", text=text), gazetteer=gazetteer, fallback=fallback)
            if r.toponym.text == name
        ]
        return found

    return run


def test_without_a_service_nobody_is_asked_and_the_name_stays_unknown(service, told):
    service.will(body=[village(NAME, 36.2, 43.0, "iq")])
    assert told(None).place is None
    assert not service.asked


def test_only_what_the_gazetteer_lacks_is_sent(service, client, told):
    service.will(body=[village(NAME, 36.2, 43.0, "iq")])
    told(Fallback(client()))
    assert [request.query["q"] for request in service.asked] == [NAME]


def test_an_answer_is_marked_with_its_source_and_whom_to_name(service, client, told):
    service.will(body=[village(NAME, 36.2, 43.0, "iq")])
    found = told(Fallback(client()))
    assert (found.place.gazetteer, found.place.country_code, found.precision) == ("nominatim", "IQ", "settlement")
    assert (found.geometry.y, found.geometry.x) == (36.2, 43.0)
    assert found.score <= 0.5
    assert any("asked of nominatim" in reason for reason in found.reasons)
    assert any("OpenStreetMap contributors" in reason for reason in found.reasons)


def test_of_several_the_one_near_the_places_of_the_report_is_taken(service, client, told):
    far, near, abroad = (
        village(NAME, 30.5, 47.8, "iq"),
        village(NAME, 36.2, 43.0, "iq", number=2),
        village(NAME, 36.3, 43.1, "tr", number=3),
    )
    service.will(body=[abroad, far, near])
    found = told(Fallback(client()))
    assert found.place.gazetteer_id == "node2"
    assert len(found.candidates) == 3


@pytest.mark.parametrize("answer", [
    village(NAME, 15.0, 74.0, "in"),
    village("Tal Zuhur", 36.2, 43.0, "iq"),
], ids=["a country that the report does not speak of", "another name"])  # fmt: skip
def test_what_nothing_speaks_for_is_not_believed(service, client, told, answer):
    service.will(body=[answer])
    assert told(Fallback(client())).place is None


@pytest.mark.parametrize(("apart", "believed"), [(0.1, True), (5.0, False)])
def test_where_the_report_names_no_country_the_answers_must_be_one_place(service, client, told, apart, believed):
    service.will(body=[village(NAME, 36.2, 43.0, "iq"), village(NAME, 36.2 + apart, 43.0, "iq", number=2)])
    found = told(Fallback(client()), text=f"A fire broke out in the village of {NAME}.")
    assert (found.place is not None) == believed


def test_an_area_of_a_service_is_an_area(service, client, told):
    service.will(
        body=[
            village(NAME, 36.2, 43.0, "iq") | {"addresstype": "county", "boundingbox": ["36.0", "36.4", "42.8", "43.2"]}
        ]
    )
    found = told(Fallback(client()))
    assert (found.precision, found.geometry.geom_type) == ("adm2", "Polygon")


def test_a_name_is_asked_for_once_in_a_run(service, client, told):
    service.will(body=[village(NAME, 36.2, 43.0, "iq")])
    fallback = Fallback(client())
    told(fallback)
    told(fallback)
    assert len(service.asked) == 1


def test_a_failing_service_costs_one_warning_and_no_report(service, client, told, caplog):
    service.will(500)
    fallback = Fallback(client())
    with caplog.at_level(logging.WARNING):
        assert told(fallback).place is None
        assert told(fallback, text=TEXT.replace(NAME, "Kafr Dunqush"), name="Kafr Dunqush").place is None
    assert len([r for r in caplog.records if r.name.startswith("mapper.geocoder.online")]) == 1


def test_the_names_of_a_run_are_bulk_for_public_nominatim(public, client, told, caplog):
    server = public(names_a_call=2)
    server.will(body=[village(NAME, 36.2, 43.0, "iq")])
    fallback = Fallback(client(domain=server.host))
    with caplog.at_level(logging.WARNING):
        for name in (NAME, "Tal Zuhurqad", "Tal Zuhurqaf", "Tal Zuhurqag"):
            told(fallback, text=TEXT.replace(NAME, name), name=name)
    assert len(server.asked) == 2
    assert "bulk use" in caplog.text
    assert told(fallback).place is not None  # what is kept may still be looked at


def test_a_service_whose_answers_may_not_be_kept_is_no_fallback(client):
    with pytest.raises(UsageError, match="not kept"):
        Fallback(client("arcgis"))


@pytest.fixture
def command(service, capsys, tmp_path):
    """Run the real command on a report, with the loopback server as its fallback."""
    fallback_of.cache_clear()
    report = tmp_path / "report.txt"
    report.write_text(TEXT)

    def run(verb, *options):
        with pytest.raises(SystemExit) as left:
            main([verb, str(report), *options])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    yield run
    fallback_of.cache_clear()


def test_geoparse_asks_the_service_that_is_named(service, command):
    service.will(body=[village(NAME, 36.2, 43.0, "iq")])
    server = f"http://{service.host}"
    code, out, _ = command(
        "geoparse", "--format", "jsonl", "--fallback", "nominatim", "--fallback-domain", server, "--user-agent", AGENT
    )
    (row,) = [t for t in json.loads(out)["toponyms"] if t["text"] == NAME]
    assert code == 0
    assert (row["gazetteer"], row["lat"], row["lon"]) == ("nominatim", 36.2, 43.0)


def test_a_failure_is_one_line_of_the_command_and_the_report_is_done(service, command):
    service.will(403)
    server = f"http://{service.host}"
    code, out, err = command("extract", "--fallback", "nominatim", "--fallback-domain", server, "--user-agent", AGENT)
    assert code == 0
    assert "bomb" in out
    assert err.count("stay unknown") == 1


def test_the_record_of_a_run_names_whom_to_name(service, command, tmp_path):
    service.will(body=[village(NAME, 36.2, 43.0, "iq")])
    server = f"http://{service.host}"
    command(
        "map",
        "-o",
        str(tmp_path / "out"),
        "--fallback",
        "nominatim",
        "--fallback-domain",
        server,
        "--user-agent",
        AGENT,
    )
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert any("asked of nominatim" in note and "OpenStreetMap contributors" in note for note in record["notes"])


@pytest.mark.parametrize(("options", "reason"), [
    (("--fallback", "nominatim"), "named user agent"),
    (("--fallback", "gazetteer"), "nominatim"),
    (("--fallback", "photon", "--user-agent", AGENT, "--engine", "processes"), "--engine"),
])  # fmt: skip
def test_a_fallback_that_cannot_be_is_wrong_usage(service, command, tmp_path, options, reason):
    code, _, err = command("map", "-o", str(tmp_path / "out"), *options)
    assert code == 2
    assert reason in err
    assert not service.asked
