"""Online services through the public verb: what is sent, how answers are read, and what is no answer."""

from __future__ import annotations

import json

import pytest

from mapper.errors import ServiceError, UsageError
from mapper.geocoder import geocode
from mapper.geocoder.online import PROVIDERS, Service

from .conftest import AGENT
from .loopback import ARCGIS, GEONAMES, NOMINATIM, OPENCAGE, PELIAS, PHOTON

KEYED = {
    "opencage": "MAPPER_OPENCAGE_KEY",
    "geonames": "MAPPER_GEONAMES_KEY",
    "geocodeearth": "MAPPER_GEOCODEEARTH_KEY",
}
ANSWERS = {
    "photon": PHOTON, "pelias": PELIAS, "geocodeearth": PELIAS, "opencage": OPENCAGE, "geonames": GEONAMES, "arcgis": ARCGIS,
}  # fmt: skip


@pytest.fixture
def ask(service, gazetteer, monkeypatch):
    for variable in KEYED.values():
        monkeypatch.setenv(variable, "secret-key")

    def run(name="Mashtal, Baghdad", provider="nominatim", **options):
        options = {"user_agent": AGENT} | options
        return geocode(name, gazetteer, provider=provider, domain=service.host, scheme="http", **options)

    return run


def test_nominatim_answers_become_candidates_in_order(service, ask):
    service.will(body=NOMINATIM)
    assert [(c.place.lat, c.place.lon, c.place.country_code) for c in ask()] == [
        (33.3299, 44.5084, "IQ"),
        (36.1, 37.2, "SY"),
    ]


def test_a_more_important_place_does_not_overtake_the_one_that_the_service_puts_first(service, ask):
    service.will(body=[NOMINATIM[1], NOMINATIM[0]])
    found = ask("Mashtal, Syria")
    assert [c.place.country_code for c in found] == ["SY", "IQ"]
    assert found[0].score >= found[1].score


def test_nominatim_bounds_are_west_south_east_north(service, ask):
    service.will(body=NOMINATIM)
    assert ask()[0].place.bounds == (44.48, 33.31, 44.54, 33.35)


def test_bounds_across_the_antimeridian_keep_their_edges(service, ask):
    service.will(body=[NOMINATIM[0] | {"boundingbox": ["-19", "-16", "177", "182"]}])
    assert ask()[0].place.bounds == (177.0, -19.0, -178.0, -16.0)


@pytest.mark.parametrize("provider", ANSWERS)
def test_each_service_gives_the_same_town(service, ask, provider):
    service.will(body=ANSWERS[provider])
    place = ask("Kirkuk", provider)[0].place
    assert (place.gazetteer, place.name, place.country) == (provider, "Kirkuk", "Iraq")
    assert (place.lat, place.lon) == pytest.approx((35.468, 44.392), abs=0.001)
    assert (place.feature_class, place.feature_code) in {("P", "PPL"), ("P", "PPLA")}


@pytest.mark.parametrize("provider", sorted(ANSWERS.keys() - {"geonames"}))
def test_bounds_of_each_service_are_west_south_east_north(service, ask, provider):
    service.will(body=ANSWERS[provider])
    assert ask("Kirkuk", provider)[0].place.bounds == (44.2, 35.3, 44.5, 35.6)


def test_geonames_answers_carry_the_id_of_the_gazetteer(service, ask):
    service.will(body=GEONAMES)
    place = ask("Kirkuk", "geonames")[0].place
    assert (place.geonameid, place.population, place.admin1_code) == (94787, 601433, "13")


@pytest.mark.parametrize("name", ["Mashtal", "mashtal, Baghdad"])
def test_a_place_of_the_name_asked_for_is_an_exact_match(service, ask, name):
    service.will(body=NOMINATIM)
    assert ask(name)[0].match == "exact"


def test_a_place_of_another_name_is_an_alternate_match(service, ask):
    service.will(body=PHOTON)
    assert ask("Karkuk", "photon")[0].match == "alternate"


def test_every_provider_of_the_table_can_be_asked(service, ask):
    for provider in PROVIDERS:
        service.answers[:] = []
        service.will(body=ANSWERS.get(provider, NOMINATIM))
        assert ask("Kirkuk", provider)


def test_the_user_agent_is_sent(service, ask):
    service.will(body=NOMINATIM)
    ask(user_agent="newsroom/2.0")
    assert service.asked[0].agent == "newsroom/2.0"


def test_nominatim_is_told_the_country_and_the_limit(service, ask):
    service.will(body=NOMINATIM)
    ask(country="SY", limit=3)
    assert service.asked[0].query.items() >= {"countrycodes": "sy", "limit": "3"}.items()


def test_photon_is_told_where_near_is(service, ask):
    service.will(body=PHOTON)
    ask("Kirkuk", "photon", near=(35.4, 44.3))
    assert service.asked[0].query.items() >= {"lat": "35.4", "lon": "44.3"}.items()


def test_the_closer_of_two_places_comes_first(service, ask):
    service.will(body=NOMINATIM)
    assert ask("Mashtal", near=(36.2, 37.1))[0].place.country_code == "SY"


def test_a_key_is_taken_from_the_environment(service, ask):
    service.will(body=OPENCAGE)
    ask("Kirkuk", "opencage")
    assert service.asked[0].query["key"] == "secret-key"


@pytest.mark.parametrize("provider", KEYED)
def test_without_its_key_a_service_is_not_asked(service, ask, monkeypatch, provider):
    monkeypatch.delenv(KEYED[provider])
    with pytest.raises(UsageError, match=KEYED[provider]):
        ask("Kirkuk", provider)
    assert not service.asked


@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_keys_stand_in_no_error(service, client, status):
    service.will(status, b"you sent secret-key")
    with pytest.raises(ServiceError) as caught:
        client("opencage", key="secret-key").search("Kirkuk")
    assert "secret-key" not in str(caught.value)


@pytest.mark.parametrize("agent", [None, "", "  "])
def test_without_a_user_agent_nothing_is_sent(service, ask, agent):
    service.will(body=NOMINATIM)
    with pytest.raises(UsageError, match="user agent"):
        ask(user_agent=agent)
    assert not service.asked


@pytest.mark.parametrize(
    "agent",
    ["incident-mapper", "incident-mapper/0.1", "geopy/2.4.1", "python-requests/2.32", "curl/8", "Mozilla/5.0 (X11)"],
)
def test_public_hosts_want_more_than_the_name_of_a_program(agent):
    with pytest.raises(UsageError, match="named user agent"):
        Service("nominatim", user_agent=agent)


@pytest.mark.parametrize(
    "agent", ["my-newsroom/1.0", "incident-mapper/0.1 (desk@example.org)", "curl (https://example.org)"]
)
def test_public_hosts_take_who_says_who_they_are(agent):
    assert Service("nominatim", user_agent=agent).target.public


def test_the_name_of_the_program_will_do_for_a_server_of_ones_own(client):
    assert not client(user_agent="incident-mapper").target.public


def test_a_user_agent_cannot_carry_another_header(service, ask):
    with pytest.raises(UsageError):
        ask(user_agent="newsroom\r\nX-Evil: 1")
    assert not service.asked


def test_an_unknown_provider_is_wrong_usage_and_the_known_are_named(ask):
    with pytest.raises(UsageError, match=r"no provider 'nosuch'.*gazetteer.*nominatim.*photon"):
        ask(provider="nosuch")


def test_pelias_has_no_public_server():
    with pytest.raises(UsageError, match="--domain"):
        Service("pelias", user_agent=AGENT)


@pytest.mark.parametrize(
    ("domain", "host", "scheme"),
    [
        ("nominatim.example.org", "nominatim.example.org", "https"),
        ("http://localhost:8080", "localhost:8080", "http"),
        ("https://Example.org/nominatim/", "example.org/nominatim", "https"),
        ("http://[::1]:8080", "[::1]:8080", "http"),
    ],
)
def test_a_host_may_be_written_as_an_address(domain, host, scheme):
    target = Service("nominatim", user_agent=AGENT, domain=domain).target
    assert (target.host, target.scheme) == (host, scheme)


@pytest.mark.parametrize(
    "domain", ["", "file:///etc/passwd", "http://", "http://me:word@host", "host/a?b", "ho st", "host:99999", "a\r\nb"]
)
def test_what_is_no_host_is_wrong_usage(domain):
    with pytest.raises(UsageError, match="no host"):
        Service("nominatim", user_agent=AGENT, domain=domain)


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "a\udcffb", "x" * 301])
def test_what_is_no_name_is_not_sent(service, client, name):
    with pytest.raises(UsageError):
        client().search(name)
    assert not service.asked


@pytest.mark.parametrize(
    "body",
    [
        b"<html>no</html>",
        b"{",
        b"[1, 2]",
        b'"text"',
        b"[[]]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'[{"lat": "north", "lon": "x"}]',
        b'[{"lat": "95", "lon": "0", "display_name": "x"}]',
        b'[{"lat": "5", "lon": "190", "display_name": "x"}]',
        b'[{"lat": NaN, "lon": 0, "display_name": "x"}]',
        b'[{"lat": "nan", "lon": "0", "display_name": "x"}]',
        b'[{"lat": 1e999, "lon": "0", "display_name": "x"}]',
        b'[{"lat": true, "lon": false, "display_name": "x"}]',
        b'[{"lat": null, "lon": null, "display_name": "x"}]',
        b'[{"display_name": "x"}]',
        b'[{"lat": "1", "lon": "2"}]',
        b'[{"lat": "1", "lon": "2", "name": {"en": "x"}}]',
        b'[{"lat": "1", "lon": "2", "name": "x", "address": "Iraq"}]',
        b'[{"lat": "1", "lon": "2", "name": "x", "importance": "much"}]',
        b'[{"lat": "1", "lon": "2", "name": "x", "boundingbox": ["1", "2"]}]',
        b'[{"lat": "1", "lon": "2", "name": "x", "boundingbox": ["9", "2", "1", "2"]}]',
    ],
)
def test_garbage_is_a_service_error(service, ask, body):
    service.will(body=body)
    with pytest.raises(ServiceError):
        ask()


@pytest.mark.parametrize(
    ("provider", "body"),
    [
        ("photon", {"features": [{"geometry": {"coordinates": [None, None]}, "properties": {"name": "x"}}]}),
        ("photon", {"features": [{"geometry": {"coordinates": [44, 35]}, "properties": {"name": ["x"]}}]}),
        ("photon", []),
        ("pelias", {"features": [{"geometry": {"coordinates": [None, 1]}, "properties": {"name": "x"}}]}),
        ("pelias", {}),
        ("opencage", {"results": [{"geometry": {"lat": None, "lng": 1}, "formatted": "x"}]}),
        ("geonames", {"geonames": [{"geonameId": "7", "name": "x", "lat": "1", "lng": "2"}]}),
        ("geonames", {"geonames": [{"geonameId": 7, "name": "x"}]}),
        ("arcgis", {"candidates": [{"address": "x", "location": {"x": None, "y": None}}]}),
        ("arcgis", {"candidates": [{"address": "x", "location": {}}]}),
    ],
)
def test_a_place_without_all_its_parts_is_never_put_at_zero(service, ask, provider, body):
    service.will(body=body)
    with pytest.raises(ServiceError, match="cannot be read"):
        ask("Kirkuk", provider)


def test_an_answer_that_never_ends_is_a_service_error(service, ask, monkeypatch):
    monkeypatch.setattr("mapper.geocoder.online.transport.MAX_BYTES", 1000)
    service.will(body=json.dumps(["x" * 2000]).encode())
    with pytest.raises(ServiceError, match="cannot be read"):
        ask()


def test_no_answer_is_an_empty_list(service, ask):
    service.will(body=[])
    assert ask() == []


@pytest.mark.parametrize("provider", ["nominatim", "photon"])
def test_answers_outside_the_country_are_left_out(service, ask, provider):
    service.will(body=ANSWERS.get(provider, NOMINATIM))
    assert not {c.place.country_code for c in ask(provider=provider, country="LB")}


def test_a_service_that_cannot_keep_to_a_country_is_not_asked(service, ask):
    with pytest.raises(UsageError, match="cannot keep to a country"):
        ask(provider="arcgis", country="LB")
    assert not service.asked


@pytest.mark.parametrize("provider", PROVIDERS.values(), ids=lambda p: p.name)
def test_the_table_says_whom_to_name_and_where_the_terms_are(provider):
    assert provider.attribution
    assert provider.terms.startswith("https://")
    assert provider.interval_s >= 1.0


@pytest.mark.parametrize("name", ["nominatim", "photon", "opencage", "geocodeearth"])
def test_openstreetmap_is_named_where_the_data_is_its(name):
    assert "OpenStreetMap contributors" in PROVIDERS[name].attribution


def test_offline_nothing_is_sent_and_nothing_is_kept(service, gazetteer, tmp_path):
    service.will(body=NOMINATIM)
    assert geocode("Mosul", gazetteer)
    assert not service.asked
    assert not (tmp_path / "cache").exists()
