from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import UsageError
from mapper.sources import parse_date
from mapper.sources.dates import header_date
from mapper.sources.headlines import headline

DAY = dt.date(2024, 2, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-08", "2024/02/08", "2024/2/8", "20240208", "2024-W06-4", "2024-02-08T23:30:00+03:00", "2024-02-08 10:00",
        "8 February 2024", "8 Feb. 2024", "08 FEB 2024", "8th of February, 2024", "February 8, 2024", "Feb. 8 2024",
        "Thursday, 8 February 2024", "Thu, 08 Feb 2024 10:00:00 GMT", " 2024-02-08\n",
    ],
)  # fmt: skip
def test_dates_that_can_be_read_in_one_way(text):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "02/08/2024",
        "8.2.24",
        "30 February 2024",
        "2024-13-01",
        "31/31/2024",
        "year 0",
        "9999-12-31",
        "8 February",
        "\x1b[31m",
        "9" * 9999,
    ],
)
def test_everything_else_is_refused_with_a_hint(text):
    with pytest.raises(UsageError) as caught:
        parse_date(text)
    assert caught.value.hint
    assert caught.value.message.isprintable()


@given(st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2999, 12, 31)))
def test_iso_dates_come_back(date):
    assert parse_date(date.isoformat()) == date


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_a_usage_error(text):
    try:
        date = parse_date(text)
    except UsageError as error:
        date, shown = None, str(error)
    assert shown.isprintable() if date is None else 1000 <= date.year <= 2999


@pytest.mark.parametrize(
    "text",
    [
        "Blast in Mosul\nPublished: 2024-02-08\n\nThree died on 3 May 2003.",
        "Date: 8 February 2024\nThree died.",
        "---\ntitle: Blast\ndate: 2024-02-08\n---\nThree died.",
        "**Published on** February 8, 2024 at 10:15\nThree died.",
        "Blast in Mosul\nThursday, 8 February 2024\nThree died.",
        "BAGHDAD, Feb. 8, 2024 (Agency) -- Three died.",
        "Published: 2024-02-08\nUpdated: 2024-02-09\nThree died.",
        "REPORT No. 4\nDate: 8 February 2024. Period covered: 5-8 February. Prepared in Karachi.\n\nThree died.",
        "NOTICE 31\nIssued 8 February 2024, 1400 UTC\n\nThree died.",
        "Three held in Lima\nBy our correspondent in Cusco | 8 February 2024\n\nThree died.",
        "STATEMENT\nPort Sudan, Thursday 8 February 2024\n\nThree died.",
        "DAILY BULLETIN, Thursday 8 February 2024\nSome Watch (London)\n\nThree died.",
        "Blast in Mosul\n\nMOSUL, Iraq (Thursday 8 February 2024) — Three died.",
        "Blast in Greenfield\n\nGREENFIELD, Ind. (Feb. 8, 2024) -- Three died.",
        "MOSUL, Thursday, 8 February 2024 - Three died.",
        "Humanitarian update no. 14 — Iraq, 2–8 February 2024\n\n• Mosul: three died.",
        "Situation report #5 (28 January to 8 February 2024)\n\nThree died.",
        "Weekly digest, February 2-8, 2024\n\nThree died.",
    ],
)
def test_the_date_above_a_text(text):
    assert header_date(text) == DAY


def test_a_wire_dateline_with_two_digits_of_the_year():
    assert header_date("   SAN MIGUEL, 3 JAN 90 -- [TEXT] THE ARMY SAID") == dt.date(1990, 1, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BAGHDAD, Feb. 8 (Agency) - Three died.",
        "Three died on 8 February 2024.",
        "Published: 2024-02-08\nPublished: 2024-02-09\nThree died.",
        "Published: 02/08/2024\nThree died.",
        "Published: 30 February 2024\nThree died.",
        "Date palms died.\nThree died.",
        "What we know of the attack, 8 February 2024\n\nThree died.",
        "The battle of Mosul, 2-8 February 2024\n\nThree died.",
        "Three died in Mosul\non 8 February 2024\nin a blast.",
    ],
)
def test_no_date_or_two_give_none(text):
    assert header_date(text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Blast kills three in Mosul\n\nThree died.", "Blast kills three in Mosul"),
        ("Blast kills three in Mosul\nThree people died on Tuesday in the city of Mosul.", "Blast kills three in Mosul"),
        ("Who struck Mosul?\n\nThree died.", "Who struck Mosul?"),
        (
            "Militia commander dead after blast wrecks car on a busy Mosul street\n8 February 2024\n\nThree died.",
            "Militia commander dead after blast wrecks car on a busy Mosul street",
        ),
        ("title: Blast in Mosul\ndate: 2024-02-08\n\nThree died.", "Blast in Mosul"),
        ("Three died in Mosul.\nTwo were hurt.", None),
        ("Three died in Mosul", None),
        ("MOSUL, Iraq (Agency) — Three\n\npeople died.", None),
        ("Three people died in\nthe city of Mosul.", None),
        ("THE BATTALION HAS REPORTED THAT ABOUT FIFTY OF THE PEASANTS WERE TAKEN\nBY ARMED MEN IN THE NORTH OF THE DEPARTMENT OF SAN MIGUEL ON THE THIRD\nDAY OF THE YEAR.", None),
        ("By Jane Doe\n\nThree died.", None),
    ],
)  # fmt: skip
def test_headlines(text, title):
    assert headline(text) == title
