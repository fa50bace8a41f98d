"""Outlets at home: what the other reports of a paper say of an ambiguous name in one of them."""

from __future__ import annotations

import random

import pytest

from mapper.geocoder import geoparse, learn_homes
from mapper.geocoder.homes import outlet_of
from mapper.records import Document
from mapper.text import sentences

COUNTY = [
    "Crews closed Interstate 270 near Hilliard, Ohio, after two lorries collided on Monday.",
    "The school board in Worthington, Ohio, voted to keep three buildings open.",
    "Firefighters from Powell and Delaware, Ohio, fought a blaze in a barn overnight.",
    "A man from Grove City, Ohio, was arrested after a chase that began in Westerville.",
]
AMBIGUOUS = "Police in Dublin said that a burglar broke into four homes on Tuesday night."


def paper(host, texts):
    return [Document(id=f"{host}-{n}", text=t, url=f"https://www.{host}/news/{n}") for n, t in enumerate(texts)]


def place_in(document, gazetteer, homes=None):
    cut = sentences(document)
    found = {r.toponym.text: r for r in geoparse(document, cut, gazetteer, homes=homes)}
    return found["Dublin"]


def test_a_report_by_itself_means_the_place_that_everybody_knows(gazetteer):
    (report,) = paper("villagepaper.example", [AMBIGUOUS])
    assert place_in(report, gazetteer).place.country_code == "IE"


def test_the_other_reports_of_the_outlet_say_which_town_its_paper_means(gazetteer):
    reports = paper("villagepaper.example", [*COUNTY, AMBIGUOUS])
    found = place_in(reports[-1], gazetteer, learn_homes(reports, gazetteer))
    assert (found.place.country_code, found.place.admin1) == ("US", "Ohio")
    assert any("other reports of this outlet" in reason for reason in found.reasons)


def test_reports_of_another_outlet_say_nothing(gazetteer):
    reports = [*paper("villagepaper.example", COUNTY), *paper("irishpaper.example", [AMBIGUOUS])]
    assert place_in(reports[-1], gazetteer, learn_homes(reports, gazetteer)).place.country_code == "IE"


def test_what_the_text_itself_says_is_stronger_than_the_outlet(gazetteer):
    told = "Police in Dublin, Ireland, said that a burglar broke into four homes. Garda in Cork and Limerick helped."
    reports = paper("villagepaper.example", [*COUNTY, told])
    assert place_in(reports[-1], gazetteer, learn_homes(reports, gazetteer)).place.country_code == "IE"


def test_a_town_in_the_name_of_the_host_has_a_voice(gazetteer):
    (report,) = paper("columbuslocalnews.example", ["Schools in Dublin and Hilliard stay closed after the storm."])
    homes = learn_homes([report], gazetteer)
    assert place_in(report, gazetteer, homes).place.admin1 == "Ohio"


@pytest.mark.parametrize("host", ["reuters.example", "theguardian.example", "chinapost.example", "cnn.example"])
def test_hosts_that_are_named_after_no_town_have_none(gazetteer, host):
    assert not learn_homes(paper(host, [AMBIGUOUS]), gazetteer).by_outlet


def test_the_order_of_the_reports_changes_nothing(gazetteer):
    reports = paper("villagepaper.example", [*COUNTY, AMBIGUOUS])
    shuffled = list(reports)
    random.Random(7).shuffle(shuffled)
    one, other = learn_homes(reports, gazetteer), learn_homes(shuffled, gazetteer)
    assert place_in(reports[-1], gazetteer, one) == place_in(reports[-1], gazetteer, other)


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.Example.org/a", "example.org"),
        ("http://news.example.org:8080/", "news.example.org"),
        ("http://[broken", None),
        ("report.txt", None),
        ("", None),
        (None, None),
    ],
)
def test_the_outlet_is_the_host_of_the_address(url, outlet):
    assert outlet_of(Document(id="x", text="", url=url)) == outlet
