"""Online services: asked politely, read carefully, and every failure one clear line."""

from __future__ import annotations

import pytest

from mapper.errors import ServiceError, UsageError
from mapper.geocoder import geocode, online

from .conftest import NOMINATIM, PHOTON


@pytest.fixture
def ask(service, gazetteer):
    def run(name="Mashtal, Baghdad", provider="nominatim", **options):
        options = {"user_agent": "mapper-tests/1.0"} | options
        return geocode(name, gazetteer, provider=provider, domain=service.host, scheme="http", **options)

    return run


def test_nominatim_answers_become_candidates_in_order(service, ask):
    service.will(body=NOMINATIM)
    assert [(c.place.lat, c.place.lon, c.place.country_code) for c in ask()] == [
        (33.3299, 44.5084, "IQ"),
        (36.1, 37.2, "SY"),
    ]


def test_nominatim_bounds_are_west_south_east_north(service, ask):
    service.will(body=NOMINATIM)
    assert ask()[0].place.bounds == (44.48, 33.31, 44.54, 33.35)


def test_photon_answers_become_candidates(service, ask):
    service.will(body=PHOTON)
    place = ask("Kirkuk", "photon")[0].place
    assert (place.name, place.lat, place.lon, place.feature_code) == ("Kirkuk", 35.4681, 44.3922, "PPL")


def test_photon_bounds_are_west_south_east_north(service, ask):
    service.will(body=PHOTON)
    assert ask("Kirkuk", "photon")[0].place.bounds == (44.2, 35.3, 44.5, 35.6)


def test_the_user_agent_is_sent(service, ask):
    service.will(body=NOMINATIM)
    ask(user_agent="newsroom/2.0")
    assert service.asked[0][2] == "newsroom/2.0"


@pytest.mark.parametrize("agent", [None, "", "  "])
def test_without_a_user_agent_nothing_is_sent(service, ask, agent):
    service.will(body=NOMINATIM)
    with pytest.raises(UsageError, match="user agent"):
        ask(user_agent=agent)
    assert not service.asked


def test_an_unknown_provider_is_wrong_usage(ask):
    with pytest.raises(UsageError, match="no provider 'nosuch'"):
        ask(provider="nosuch")


def test_a_provider_that_wants_a_key_is_wrong_usage(gazetteer):
    with pytest.raises(UsageError, match="opencage cannot be used so"):
        geocode("Kirkuk", gazetteer, provider="opencage", user_agent="mapper-tests/1.0")


def test_requests_to_one_host_keep_their_distance(service, ask, monkeypatch):
    monkeypatch.setattr(online, "INTERVAL_S", 0.3)
    service.will(body=NOMINATIM)
    ask()
    ask()
    assert service.asked[1][0] - service.asked[0][0] >= 0.29


def test_the_public_interval_is_a_second():
    assert online.INTERVAL_S >= 1.0


def test_retry_after_is_waited_for_once(service, ask):
    service.will(429, headers={"Retry-After": "1"})
    service.will(body=NOMINATIM)
    assert ask()
    assert service.asked[1][0] - service.asked[0][0] >= 1.0


def test_a_long_retry_after_is_told_instead_of_waited(service, ask):
    service.will(429, headers={"Retry-After": "3600"})
    with pytest.raises(ServiceError, match="ask again in 3600 seconds"):
        ask()
    assert len(service.asked) == 1


def test_a_refusal_says_what_to_do(service, ask):
    service.will(403)
    with pytest.raises(ServiceError, match="usage policy"):
        ask()


def test_a_broken_service_is_a_service_error(service, ask):
    service.will(500)
    with pytest.raises(ServiceError):
        ask()


def test_a_slow_service_is_given_up(service, ask, monkeypatch):
    monkeypatch.setattr(online, "TIMEOUT_S", 0.2)
    service.will(body=NOMINATIM, delay=0.6)
    with pytest.raises(ServiceError, match="did not answer"):
        ask()


def test_a_cut_connection_is_a_service_error(service, ask):
    service.will(body=NOMINATIM, cut=True)
    with pytest.raises(ServiceError):
        ask()


@pytest.mark.parametrize(
    "body",
    [
        b"<html>no</html>",
        b"{",
        b"[1, 2]",
        b'[{"lat": "north", "lon": "x"}]',
        b'[{"lat": "95", "lon": "0", "display_name": "x"}]',
        b"\xff\xfe",
    ],
)
def test_garbage_is_a_service_error(service, ask, body):
    service.will(body=body)
    with pytest.raises(ServiceError):
        ask()


def test_no_answer_is_an_empty_list(service, ask):
    service.will(body=[])
    assert ask() == []


def test_answers_outside_the_country_are_left_out(service, ask):
    service.will(body=NOMINATIM)
    assert {c.place.country_code for c in ask(country="SY")} == {"SY"}


def test_openstreetmap_is_named_for_both_services():
    assert all("OpenStreetMap" in online.ATTRIBUTION[p] for p in ("nominatim", "photon"))
