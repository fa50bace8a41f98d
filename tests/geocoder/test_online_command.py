"""``mapper geocode --provider``: whom to name, what failed and why, and nothing sent that was not asked for."""

from __future__ import annotations

import json

import pytest

from mapper.cli import main

from .conftest import AGENT
from .loopback import NOMINATIM, PHOTON


@pytest.fixture
def command(service, capsys):
    """Run the real command line; give its exit code, standard output and standard error."""

    def run(*arguments, domain=True):
        server = ["--domain", f"http://{service.host}"] if domain else []
        with pytest.raises(SystemExit) as left:
            main(["geocode", *arguments, *server])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


def test_a_server_of_ones_own_answers(service, command):
    service.will(body=NOMINATIM)
    code, out, _ = command("Mashtal", "--provider", "nominatim")
    assert code == 0
    assert "33.3299" in out


def test_the_table_has_whom_to_name_as_a_footer_on_standard_error(service, command):
    service.will(body=NOMINATIM)
    _, out, err = command("Mashtal", "--provider", "nominatim")
    assert "OpenStreetMap contributors" in err
    assert "operations.osmfoundation.org/policies/nominatim" in err
    assert "OpenStreetMap" not in out


def test_json_has_whom_to_name_in_a_field_of_each_row(service, command):
    service.will(body=PHOTON)
    rows = json.loads(command("Kirkuk", "--provider", "photon", "--format", "json")[1])
    assert all("OpenStreetMap contributors" in row["attribution"] for row in rows)
    assert rows[0]["gazetteer"] == "photon"


def test_the_offline_gazetteer_asks_nobody_and_has_no_such_field(service, command):
    service.will(body=NOMINATIM)
    code, out, _ = command("Mosul", "--format", "json", domain=False)
    assert code == 0
    assert "attribution" not in json.loads(out)[0]
    assert not service.asked


@pytest.mark.parametrize("option", [("--domain", "localhost"), ("--quota", "3"), ("--interval", "1")])
def test_options_of_online_services_want_one(command, option):
    code, _, err = command("Mosul", *option, domain=False)
    assert code == 2
    assert "--provider" in err


def test_a_public_service_wants_to_know_who_asks(public, command):
    server = public()
    server.will(body=NOMINATIM)
    code, _, err = command("Mashtal", "--provider", "nominatim")
    assert code == 2
    assert "--user-agent" in err
    assert not server.asked


def test_bulk_use_of_public_nominatim_leaves_with_the_reason(public, command):
    server = public()
    server.will(body=NOMINATIM)
    code, out, err = command(*"ABCDEFGH", "--provider", "nominatim", "--user-agent", AGENT)
    assert code == 4
    assert "8 names at once are bulk use" in err
    assert not out
    assert not server.asked


def test_one_name_that_fails_does_not_take_the_others_with_it(service, command):
    service.will(400)
    service.will(body=NOMINATIM)
    code, out, err = command("Bad", "Mashtal", "--provider", "nominatim", "--format", "json")
    assert code == 4
    assert {row["query"] for row in json.loads(out)} == {"Mashtal"}
    assert "Bad: " in err


def test_a_name_that_nobody_knows_is_told(service, command):
    service.will(body=[])
    code, _, err = command("Nowhere", "--provider", "nominatim")
    assert code == 1
    assert "no such place is known" in err


def test_more_names_than_the_quota_are_not_begun(service, command):
    service.will(body=NOMINATIM)
    code, _, err = command("A", "B", "C", "--provider", "nominatim", "--quota", "2")
    assert code == 4
    assert "--quota" in err
    assert not service.asked


def test_the_interval_is_kept(service, command):
    service.will(body=NOMINATIM)
    command("A", "B", "--provider", "nominatim", "--interval", "0.3")
    assert service.gaps[0] >= 0.2  # of 0.3: a loaded machine delivers the first late


def test_a_name_of_a_service_cannot_act_on_the_terminal(service, command):
    service.will(body=[NOMINATIM[0] | {"name": "Mash\x1b[31mtal\u202e"}])
    _, out, _ = command("Mashtal", "--provider", "nominatim")
    assert "\x1b" not in out
    assert "\u202e" not in out
