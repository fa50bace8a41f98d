"""Manners towards services: turns, retries, bounds, and leaving alone whoever refuses or fails."""

from __future__ import annotations

import email.utils
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mapper.errors import ServiceError, UsageError
from mapper.geocoder.online import PROVIDERS

from .loopback import NOMINATIM

ROOT = Path(__file__).resolve().parents[2]
ASK_FROM_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from mapper.geocoder.online import Service
host, folder, interval, *names = sys.argv[1:]
service = Service("nominatim", user_agent="newsroom-tests/1.0", domain=host, scheme="http",
                  interval_s=float(interval), cache_dir=Path(folder))
for name in names:
    service.search(name)
"""


def another_process(service, folder, interval, *names):
    arguments = [sys.executable, "-c", ASK_FROM_ANOTHER_PROCESS, service.host, str(folder), str(interval), *names]
    return subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def finished(*processes):
    for process in processes:
        _, error = process.communicate(timeout=60)
        assert process.returncode == 0, error


def test_requests_to_one_host_keep_their_distance(service, client):
    service.will(body=NOMINATIM)
    asker = client(interval_s=0.3)
    asker.search("A")
    asker.search("B")
    assert service.gaps[0] >= 0.2  # of 0.3: a loaded machine delivers the first late


def test_two_askers_of_one_process_share_the_turn(service, client):
    service.will(body=NOMINATIM)
    client(interval_s=0.3).search("A")
    client(interval_s=0.3).search("B")
    assert service.gaps[0] >= 0.2  # of 0.3: a loaded machine delivers the first late


def test_two_processes_share_the_turn(service, tmp_path):
    service.will(body=NOMINATIM, delay=0.05)
    finished(another_process(service, tmp_path, 0.3, "A", "B"), another_process(service, tmp_path, 0.3, "C", "D"))
    assert len(service.asked) == 4
    assert min(service.gaps) >= 0.29
    assert service.most_at_once == 1


def test_what_another_process_asks_meanwhile_is_not_asked_twice(service, tmp_path):
    service.will(body=NOMINATIM, delay=0.05)
    finished(*(another_process(service, tmp_path, 0.01, *"ABCD") for _ in range(2)))
    assert len(service.asked) == 4


def test_what_another_process_was_told_to_wait_is_waited_here(service, client, tmp_path):
    service.will(429, headers={"Retry-After": "1"})
    service.will(body=NOMINATIM)
    process = another_process(service, tmp_path / "cache", 0.01, "A")
    deadline = time.monotonic() + 30
    while not service.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    client(interval_s=0.01).search("B")
    finished(process)
    assert service.gaps[0] >= 0.7  # of 1: a loaded machine delivers the first late


def test_threads_ask_one_at_a_time(service, client):
    service.will(body=NOMINATIM, delay=0.05)
    asker = client(interval_s=0.02)
    threads = [threading.Thread(target=asker.search, args=(name,)) for name in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert service.most_at_once == 1
    assert len(service.asked) == 4


def test_a_turn_whose_holder_was_killed_is_free(service, client, tmp_path):
    service.will(body=NOMINATIM, delay=30)
    service.will(body=NOMINATIM)
    process = another_process(service, tmp_path / "cache", 0.01, "A")
    deadline = time.monotonic() + 30
    while not service.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert client(interval_s=0.01).search("B")


@pytest.mark.parametrize("provider", [p for p in PROVIDERS.values() if p.host], ids=lambda p: p.name)
def test_the_pace_of_a_public_host_cannot_be_set(client, provider):
    with pytest.raises(UsageError, match="interval"):
        client(provider.name, domain=None, scheme=None, interval_s=0.1, key="k")


@pytest.mark.parametrize(
    ("domain", "seconds"),
    [
        ("localhost:8080", 0.0), ("127.0.0.1", 0.0), ("192.168.1.5:4000", 0.0), ("[::1]:80", 0.0), ("photon", 0.0),
        ("geo.lan", 0.0), ("nominatim.example.org", 1.0), ("8.8.8.8", 1.0), ("nominatim.openstreetmap.org", 1.0),
    ],
)  # fmt: skip
def test_only_machines_of_ones_own_are_asked_without_waiting(client, domain, seconds):
    assert client(domain=domain).target.interval_s == seconds


def test_naming_the_public_host_does_not_make_it_ones_own(client):
    assert client(domain="https://Nominatim.OpenStreetMap.org/", scheme=None).target.public


def test_retry_after_in_seconds_is_waited_for(service, client):
    service.will(429, headers={"Retry-After": "1"})
    service.will(body=NOMINATIM)
    assert client().search("A")
    assert service.gaps[0] >= 1.0


def test_retry_after_as_a_date_is_waited_for(service, client):
    due = int(time.time()) + 3  # a date has whole seconds
    service.will(429, headers={"Retry-After": email.utils.formatdate(due, usegmt=True)})
    service.will(body=NOMINATIM)
    assert client().search("A")
    assert time.time() >= due


def test_retry_after_of_a_service_that_is_down_is_waited_for(service, client):
    service.will(503, headers={"Retry-After": "1"})
    service.will(body=NOMINATIM)
    assert client().search("A")
    assert service.gaps[0] >= 1.0


@pytest.mark.parametrize("value", ["soon", "", "-5", "0", "1e9999"])
def test_a_retry_after_without_sense_is_no_obstacle(service, client, value):
    service.will(429, headers={"Retry-After": value})
    service.will(body=NOMINATIM)
    assert client().search("A")


def test_a_long_retry_after_is_told_instead_of_waited(service, client):
    service.will(429, headers={"Retry-After": "3600"})
    with pytest.raises(ServiceError, match="ask again in 3600 seconds"):
        client().search("A")
    assert len(service.asked) == 1


def test_a_long_retry_after_is_kept_to_by_the_next_run(service, client):
    service.will(429, headers={"Retry-After": "3600"})
    with pytest.raises(ServiceError):
        client().search("A")
    with pytest.raises(ServiceError, match=r"ask again in 3\d\d\d seconds"):
        client().search("B")
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_service_that_is_down_for_a_moment_is_asked_again(service, client, status):
    service.will(status)
    service.will(body=NOMINATIM)
    assert client().search("A")
    assert len(service.asked) == 2


@pytest.mark.parametrize("manner", [{"cut": True}, {"hang_up": True}, {"delay": 0.5}, {"drip": 0.01}])
def test_what_cuts_or_keeps_silent_is_asked_again(service, client, manner):
    service.will(body=NOMINATIM, **manner)
    service.will(body=NOMINATIM)
    assert client(patience={"timeout_s": 0.2}).search("A")
    assert len(service.asked) == 2


def test_the_timeout_bounds_an_answer_that_drips(service, client):
    service.will(body=b"[" + b" " * 2000 + b"]", drip=0.01)
    started = time.monotonic()
    with pytest.raises(ServiceError, match=r"did not answer in 0\.2 seconds"):
        client(patience={"timeout_s": 0.2, "attempts": 1}).search("A")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("status", "says"), [(400, "cannot answer"), (401, "refuses"), (403, "usage policy"), (404, "404")]
)
def test_a_request_that_is_refused_is_not_sent_again(service, client, status, says):
    service.will(status)
    with pytest.raises(ServiceError, match=says):
        client().search("A")
    assert len(service.asked) == 1


def test_attempts_are_bounded(service, client):
    service.will(500)
    with pytest.raises(ServiceError, match="HTTP 500"):
        client(patience={"attempts": 3}).search("A")
    assert len(service.asked) == 3


def test_attempts_come_later_and_later_and_never_in_step(service, client):
    service.will(500)
    for name in "ABC":
        with pytest.raises(ServiceError):
            client(patience={"attempts": 3, "backoff_s": 0.2, "trips_after": 99}).search(name)
    first, second = service.gaps[0::3], service.gaps[1::3]
    assert all(gap >= 0.1 for gap in first)
    assert all(gap >= 0.2 for gap in second)
    assert min(first + [gap / 2 for gap in second]) < 0.2  # some of the wait is left to chance


def test_a_host_that_is_not_there_is_told_at_once(client):
    with pytest.raises(ServiceError, match="cannot be reached"):
        client(domain="127.0.0.1:9").search("A")


def test_a_redirect_is_not_followed(service, client):
    service.will(302, headers={"Location": f"http://{service.host}/elsewhere"})
    with pytest.raises(ServiceError, match="elsewhere"):
        client().search("A")
    assert len(service.asked) == 1


def test_a_service_that_keeps_failing_is_left_alone(service, client):
    service.will(500)
    for name in "AB":
        with pytest.raises(ServiceError, match="HTTP 500"):
            client(patience={"attempts": 1, "trips_after": 2}).search(name)
    with pytest.raises(ServiceError, match="left alone until"):
        client().search("C")
    assert len(service.asked) == 2


def test_a_service_that_refuses_is_left_alone_at_once(service, client):
    service.will(403)
    with pytest.raises(ServiceError, match="usage policy"):
        client().search("A")
    with pytest.raises(ServiceError, match="left alone"):
        client().search("B")
    assert len(service.asked) == 1


def test_who_was_refused_may_ask_under_another_name(service, client):
    service.will(403)
    service.will(body=NOMINATIM)
    with pytest.raises(ServiceError):
        client().search("A")
    assert client(user_agent="desk/1.0 (desk@example.org)").search("A")


def test_after_a_rest_the_service_is_tried_again(service, client):
    service.will(403)
    service.will(body=NOMINATIM)
    with pytest.raises(ServiceError):
        client(patience={"rests_s": 0.2}).search("A")
    time.sleep(0.25)
    assert client().search("A")


def test_a_success_forgets_the_failures_before_it(service, client):
    asker = client(patience={"attempts": 1, "trips_after": 2})
    for status in (500, 200, 500, 200):
        service.will(status, NOMINATIM)
    for name, fails in (("A", True), ("B", False), ("C", True), ("D", False)):
        if fails:
            with pytest.raises(ServiceError, match="HTTP 500"):
                asker.search(name)
        else:
            assert asker.search(name)


def test_a_question_that_cannot_be_answered_is_not_the_services_fault(service, client):
    service.will(400)
    for name in "ABCDE":
        with pytest.raises(ServiceError, match="HTTP 400"):
            client().search(name)


def test_a_run_sends_no_more_than_its_quota(service, client):
    service.will(body=NOMINATIM)
    asker = client(quota=2)
    asker.search("A")
    asker.search("B")
    with pytest.raises(ServiceError, match="2 requests"):
        asker.search("C")
    assert len(service.asked) == 2


def test_attempts_count_against_the_quota(service, client):
    service.will(500)
    with pytest.raises(ServiceError):
        client(quota=2, patience={"attempts": 5}).search("A")
    assert len(service.asked) == 2


def test_public_hosts_have_a_quota_a_run_of_their_own(public, client):
    public()
    assert client(domain=None).quota
    assert client(domain="localhost:1").quota is None


def test_bulk_use_of_public_nominatim_is_refused_with_the_reason(public, client):
    server = public()
    server.will(body=NOMINATIM)
    with pytest.raises(ServiceError, match=r"bulk use.*operations\.osmfoundation\.org/policies/nominatim"):
        client(domain=None).admit(["A", "B", "C", "D", "E", "F"])
    assert not server.asked


def test_a_handful_of_names_is_admitted(public, client):
    public()
    client(domain=None).admit(["A", "B", "C", "D", "E"])


def test_names_whose_answers_are_kept_are_no_bulk(public, client):
    public().will(body=NOMINATIM)
    asker = client(domain=None)
    for name in "ABC":
        asker.search(name)
    asker.admit(list("ABCDEFGH"))


def test_a_server_of_ones_own_takes_bulk(client):
    client().admit([str(number) for number in range(1000)])


def test_a_day_has_a_quota_that_runs_share(public, client):
    server = public(requests_a_day=2)
    server.will(body=NOMINATIM)
    client(domain=None).search("A")
    client(domain=None).search("B")
    with pytest.raises(ServiceError, match="2 requests of today"):
        client(domain=None).search("C")
    assert len(server.asked) == 2


def test_the_next_day_has_a_quota_of_its_own(public, client, monkeypatch):
    server = public(requests_a_day=1)
    server.will(body=NOMINATIM)
    client(domain=None).search("A")
    monkeypatch.setattr("mapper.geocoder.online.ledger._today", lambda: int(time.time() // 86_400) + 1)
    assert client(domain=None).search("B")


def test_a_clock_that_was_set_back_delays_nobody_for_long(service, client, monkeypatch):
    service.will(body=NOMINATIM)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 5000)
    client(interval_s=0.05).search("A")
    monkeypatch.setattr(time, "time", real)
    started = time.monotonic()
    assert client(interval_s=0.05).search("B")
    assert time.monotonic() - started < 5


def test_a_folder_that_cannot_be_used_is_told(client, tmp_path, service):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ServiceError, match="MAPPER_CACHE_DIR"):
        client(cache_dir=tmp_path / "file").search("A")
    assert not service.asked


def test_public_nominatim_has_the_bounds_of_its_policy():
    policy = PROVIDERS["nominatim"]
    assert policy.interval_s >= 1.0
    assert policy.names_a_call
    assert policy.requests_a_day
    assert policy.cache_days
