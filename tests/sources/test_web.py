from __future__ import annotations

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from mapper.records import Document, Failure
from mapper.sources import Reading, connecting, read
from mapper.sources.connecting import is_public
from mapper.sources.web import PRODUCT

REPORT = "A bomb killed three people in Mosul on Tuesday."
PAGE = f"<!doctype html><html><head><title>Blast in Mosul</title></head><body><p>{REPORT}</p></body></html>"
HERE = Reading(allow_private=True, interval_s=0.0, timeout_s=0.5, max_bytes=100_000)


class Site:
    """A real server on the loopback; `answers` holds status, headers and body (or a function) by path."""

    def __init__(self):
        self.answers = {"/robots.txt": (404, {}, b"")}
        self.asked = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, time.monotonic(), dict(self.headers)))
                answer = site.answers.get(self.path, (404, {}, b"not here"))
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def page(self, path, body=PAGE, status=200, **headers):
        content = body.encode() if isinstance(body, str) else body
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": "text/html"} | given, content)
        return self.address + path


@pytest.fixture
def site():
    served = Site()
    yield served
    served.server.shutdown()
    served.server.server_close()


def fetch(*addresses, reading=HERE):
    return list(read(list(addresses), reading=reading))


def refused(address, reading=HERE):
    (found,) = fetch(address, reading=reading)
    assert isinstance(found, Failure)
    assert found.source == address
    assert found.hint
    return found.reason


def test_a_page_is_read_with_its_address_and_title(site):
    address = site.page("/news/blast")
    (found,) = fetch(address)
    assert (found.text, found.title, found.url, found.source) == (REPORT, "Blast in Mosul", address, address)
    assert (found.read_as, found.media_type) == ("web > html", "text/html")


def test_the_product_names_itself_and_asks_robots_first(site):
    fetch(site.page("/a"))
    assert [path for path, _, _ in site.asked] == ["/robots.txt", "/a"]
    assert {headers["User-Agent"] for _, _, headers in site.asked} == {PRODUCT}


def test_robots_are_obeyed(site):
    site.answers["/robots.txt"] = (200, {}, b"User-agent: incident-mapper\nDisallow: /private/\n")
    assert "robots.txt" in refused(site.page("/private/a"))
    assert isinstance(fetch(site.page("/public"))[0], Document)


def test_robots_that_cannot_be_read_close_the_site(site):
    site.answers["/robots.txt"] = (503, {}, b"")
    assert "robots.txt" in refused(site.page("/a"))
    assert [path for path, _, _ in site.asked] == ["/robots.txt"]


def test_one_host_is_given_a_rest(site):
    reading = Reading(allow_private=True, interval_s=0.15, timeout_s=2)
    fetch(site.page("/a"), site.page("/b"), reading=reading)
    times = [when for _, when, _ in site.asked]
    assert all(later - earlier >= 0.14 for earlier, later in pairwise(times))


def test_private_addresses_are_refused_unless_allowed(site):
    assert "private network" in refused(site.page("/a"), Reading(interval_s=0))
    assert site.asked == []


@pytest.mark.parametrize(
    "ip",
    "127.0.0.1 10.0.0.1 172.16.5.5 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: "
    "fe80::1 fc00::1 ::ffff:127.0.0.1 2002:7f00:1::1 64:ff9b::7f00:1 ff02::1 fe80::1%eth0".split(),
)
def test_what_is_not_public(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_what_is_public(ip):
    assert is_public(ip)


def test_a_redirect_is_followed_and_the_last_address_kept(site):
    site.page("/old", status=301, Location="/new")
    site.page("/new")
    (found,) = fetch(site.address + "/old")
    assert (found.url, found.source) == (site.address + "/new", site.address + "/old")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://user:word@127.0.0.1/"])
def test_a_redirect_to_anything_but_a_page_is_refused(site, target):
    assert "address" in refused(site.page("/a", status=302, Location=target))


def test_a_redirect_into_a_private_network_is_refused(site, monkeypatch):
    # The first host counts as public here, as if it stood in the open; what it points to does not.
    monkeypatch.setattr(connecting, "is_public", lambda ip: ip == "127.0.0.1")
    target = site.page("/a", status=302, Location=f"http://[::1]:{site.server.server_port}/b")
    assert "private network" in refused(target, Reading(interval_s=0, timeout_s=0.5))


def test_a_circle_of_redirects_ends(site):
    assert "redirects" in refused(site.page("/a", status=302, Location="/a"))


def test_a_page_that_is_not_there_is_named(site):
    assert "404" in refused(site.address + "/missing")


def test_a_large_page_is_refused(site):
    assert "limit" in refused(site.page("/a", "x" * 200_000))


def test_a_gzip_bomb_is_refused_at_the_limit(site):
    packed = gzip.compress(b"<html>" + b"A" * 50_000_000)
    assert "limit" in refused(site.page("/a", packed, Content_Encoding="gzip"))


def test_a_packed_page_is_unpacked(site):
    (found,) = fetch(site.page("/a", gzip.compress(PAGE.encode()), Content_Encoding="gzip"))
    assert found.text == REPORT


def test_broken_packing_is_named(site):
    assert "cannot be fetched" in refused(site.page("/a", b"\x1f\x8b\x08no", Content_Encoding="gzip"))


def test_a_silent_server_is_not_waited_for(site):
    site.answers["/a"] = lambda _: time.sleep(3)
    assert "in time" in refused(site.address + "/a")


def test_a_server_that_drips_is_cut_off(site):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    site.answers["/a"] = drip
    started = time.monotonic()
    assert "in time" in refused(site.address + "/a")
    assert time.monotonic() - started < 5


def test_the_character_set_of_the_answer_is_heeded(site):
    body = "<html><body><p>Пожар в Москве, погибли трое.</p></body></html>".encode("koi8-r")
    (found,) = fetch(site.page("/a", body, Content_Type="text/html; charset=koi8-r"))
    assert found.text == "Пожар в Москве, погибли трое."


def test_a_wrong_character_set_does_no_harm(site):
    (found,) = fetch(site.page("/a", PAGE, Content_Type="text/html; charset=punycode"))
    assert found.text == REPORT


def test_a_feed_gives_its_entries(site):
    feed = "<rss version='2.0'><channel><item><title>One died</title><link>https://n.example/1</link></item></channel></rss>"
    (found,) = fetch(site.page("/feed", feed, Content_Type="application/rss+xml"))
    assert (found.text, found.url, found.read_as) == ("One died", "https://n.example/1", "web > feed")


def test_an_error_page_in_the_place_of_a_file_is_a_page(site):
    (found,) = fetch(site.page("/report.pdf"))
    assert found.text == REPORT


def test_a_host_that_nobody_knows_is_named():
    assert "no such host" in refused("http://nowhere.invalid/")


def test_one_address_that_fails_does_not_cost_the_next(site):
    found = fetch(site.address + "/missing", site.page("/a"))
    assert [type(item) for item in found] == [Failure, Document]
