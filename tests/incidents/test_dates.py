from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.incidents.dates import find_dates

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ANCHOR = dt.date(2024, 2, 8)  # a Thursday

# text published on ANCHOR -> (start, end, precision); one bound means a single day
EXPRESSIONS: list[tuple[str, str, str, str]] = [
    # weekdays
    ("on Wednesday", "2024-02-07", "2024-02-07", "day"),
    ("Thursday", "2024-02-08", "2024-02-08", "day"),
    ("It happened on Friday.", "2024-02-02", "2024-02-02", "day"),
    ("early Thursday", "2024-02-08", "2024-02-08", "day"),
    ("late on Monday", "2024-02-05", "2024-02-05", "day"),
    ("Wednesday night’s attack", "2024-02-07", "2024-02-07", "day"),
    ("Tuesday's raid", "2024-02-06", "2024-02-06", "day"),
    ("at dawn on Sunday", "2024-02-04", "2024-02-04", "day"),
    ("during Friday prayers", "2024-02-02", "2024-02-02", "day"),
    ("last Friday", "2024-02-02", "2024-02-02", "day"),
    ("last Thursday", "2024-02-01", "2024-02-01", "day"),
    ("this past Saturday", "2024-02-03", "2024-02-03", "day"),
    ("Tuesday last week", "2024-01-30", "2024-01-30", "day"),
    ("Friday of last week", "2024-02-02", "2024-02-02", "day"),
    ("Monday this week", "2024-02-05", "2024-02-05", "day"),
    ("next Friday", "2024-02-09", "2024-02-09", "day"),
    ("this coming Sunday", "2024-02-11", "2024-02-11", "day"),
    ("Crowds will gather on Sunday.", "2024-02-11", "2024-02-11", "day"),
    ("On Saturday, talks will resume.", "2024-02-10", "2024-02-10", "day"),
    ("The minister, who will resign, said on Tuesday", "2024-02-06", "2024-02-06", "day"),
    # counted from publication
    ("today", "2024-02-08", "2024-02-08", "day"),
    ("earlier today", "2024-02-08", "2024-02-08", "day"),
    ("tonight", "2024-02-08", "2024-02-08", "day"),
    ("this morning", "2024-02-08", "2024-02-08", "day"),
    ("yesterday", "2024-02-07", "2024-02-07", "day"),
    ("late yesterday", "2024-02-07", "2024-02-07", "day"),
    ("yesterday evening", "2024-02-07", "2024-02-07", "day"),
    ("last night", "2024-02-07", "2024-02-07", "day"),
    ("the day before yesterday", "2024-02-06", "2024-02-06", "day"),
    ("the night before last", "2024-02-06", "2024-02-06", "day"),
    ("tomorrow", "2024-02-09", "2024-02-09", "day"),
    ("overnight", "2024-02-07", "2024-02-08", "range"),
    ("overnight into Wednesday", "2024-02-06", "2024-02-07", "range"),
    ("two days ago", "2024-02-06", "2024-02-06", "day"),
    ("10 days ago", "2024-01-29", "2024-01-29", "day"),
    ("a couple of days ago", "2024-02-06", "2024-02-06", "day"),
    ("about ten days ago", "2024-01-29", "2024-01-29", "vague"),
    ("days ago", "2024-02-01", "2024-02-07", "vague"),
    ("several days ago", "2024-02-01", "2024-02-07", "vague"),
    ("a week ago", "2024-02-01", "2024-02-01", "week"),
    ("three weeks earlier", "2024-01-18", "2024-01-18", "week"),
    ("a month ago", "2024-01-01", "2024-01-31", "month"),
    ("two years ago", "2022-01-01", "2022-12-31", "year"),
    ("three hours ago", "2024-02-08", "2024-02-08", "day"),
    ("hours ago", "2024-02-07", "2024-02-08", "range"),
    ("last week", "2024-01-29", "2024-02-04", "week"),
    ("this week", "2024-02-05", "2024-02-08", "week"),
    ("earlier this week", "2024-02-05", "2024-02-08", "week"),
    ("next week", "2024-02-12", "2024-02-18", "week"),
    ("late last week", "2024-02-01", "2024-02-04", "vague"),
    ("last month", "2024-01-01", "2024-01-31", "month"),
    ("late last month", "2024-01-21", "2024-01-31", "vague"),
    ("earlier this month", "2024-02-01", "2024-02-08", "month"),
    ("last year", "2023-01-01", "2023-12-31", "year"),
    ("earlier this year", "2024-01-01", "2024-02-08", "year"),
    ("the past 48 hours", "2024-02-06", "2024-02-08", "range"),
    ("the last three days", "2024-02-05", "2024-02-08", "range"),
    ("in the past week", "2024-02-01", "2024-02-08", "range"),
    ("in recent days", "2024-02-01", "2024-02-08", "vague"),
    ("over the past few days", "2024-02-01", "2024-02-08", "vague"),
    ("over the weekend", "2024-02-03", "2024-02-04", "range"),
    ("last weekend", "2024-02-03", "2024-02-04", "range"),
    ("next weekend", "2024-02-10", "2024-02-11", "range"),
    # day and month
    ("January 28", "2024-01-28", "2024-01-28", "day"),
    ("on 28 January", "2024-01-28", "2024-01-28", "day"),
    ("December 25", "2023-12-25", "2023-12-25", "day"),
    ("on the morning of 7 October", "2023-10-07", "2023-10-07", "day"),
    ("the Oct. 7 attack", "2023-10-07", "2023-10-07", "day"),
    ("February 9", "2024-02-09", "2024-02-09", "day"),
    ("February 14", "2023-02-14", "2023-02-14", "day"),
    ("The vote will be held on March 3.", "2024-03-03", "2024-03-03", "day"),
    ("the 5th of May", "2023-05-05", "2023-05-05", "day"),
    ("May 5", "2023-05-05", "2023-05-05", "day"),
    ("29 February", "2020-02-29", "2020-02-29", "day"),
    ("5 September last year", "2023-09-05", "2023-09-05", "day"),
    ("on the 15th.", "2024-01-15", "2024-01-15", "day"),
    ("the 6th of this month", "2024-02-06", "2024-02-06", "day"),
    ("7 February 2024", "2024-02-07", "2024-02-07", "day"),
    ("February 7th, 2024", "2024-02-07", "2024-02-07", "day"),
    ("Feb. 7, 2024", "2024-02-07", "2024-02-07", "day"),
    ("7 Feb 24", "2024-02-07", "2024-02-07", "day"),
    ("7-Feb-2024", "2024-02-07", "2024-02-07", "day"),
    ("Wednesday, 7 February 2024", "2024-02-07", "2024-02-07", "day"),
    ("Wednesday, Feb. 7,", "2024-02-07", "2024-02-07", "day"),
    ("2024-02-07", "2024-02-07", "2024-02-07", "day"),
    ("2024-02-07T10:30:00Z", "2024-02-07", "2024-02-07", "day"),
    ("13/02/2023", "2023-02-13", "2023-02-13", "day"),
    ("02/13/2023", "2023-02-13", "2023-02-13", "day"),
    ("07.02.2024", "2024-02-07", "2024-02-07", "day"),
    ("05/05/2023", "2023-05-05", "2023-05-05", "day"),
    ("on Christmas Day", "2023-12-25", "2023-12-25", "day"),
    ("New Year's Eve", "2023-12-31", "2023-12-31", "day"),
    ("Easter Sunday 2019", "2019-04-21", "2019-04-21", "day"),
    ("le 7 février 2024", "2024-02-07", "2024-02-07", "day"),
    ("el 7 de febrero de 2024", "2024-02-07", "2024-02-07", "day"),
    ("في 7 فبراير 2024", "2024-02-07", "2024-02-07", "day"),
    # ranges
    ("2-3 February", "2024-02-02", "2024-02-03", "range"),
    ("Jan. 28-30", "2024-01-28", "2024-01-30", "range"),
    ("Jan. 28–30, 2021", "2021-01-28", "2021-01-30", "range"),
    ("between January 16 and 18", "2024-01-16", "2024-01-18", "range"),
    ("between January 16 and January 18", "2024-01-16", "2024-01-18", "range"),
    ("from 3 to 5 January", "2024-01-03", "2024-01-05", "range"),
    ("between 28 January and 2 February", "2024-01-28", "2024-02-02", "range"),
    ("December 30 to January 2", "2023-12-30", "2024-01-02", "range"),
    ("28 December 2022 - 3 January 2023", "2022-12-28", "2023-01-03", "range"),
    ("16 and 17 January", "2024-01-16", "2024-01-17", "range"),
    ("Monday to Wednesday", "2024-02-05", "2024-02-07", "range"),
    ("between Monday and Wednesday", "2024-02-05", "2024-02-07", "range"),
    ("overnight Friday to Saturday", "2024-02-02", "2024-02-03", "range"),
    ("overnight from Tuesday to Wednesday", "2024-02-06", "2024-02-07", "range"),
    ("from 2003 to 2011", "2003-01-01", "2011-12-31", "range"),
    ("the 1980-88 war", "1980-01-01", "1988-12-31", "range"),
    ("January to March 2022", "2022-01-01", "2022-03-31", "range"),
    # months, years, seasons
    ("October 2023", "2023-10-01", "2023-10-31", "month"),
    ("Oct 2023", "2023-10-01", "2023-10-31", "month"),
    ("in January", "2024-01-01", "2024-01-31", "month"),
    ("in February", "2024-02-01", "2024-02-08", "month"),
    ("in May", "2023-05-01", "2023-05-31", "month"),
    ("last March", "2023-03-01", "2023-03-31", "month"),
    ("in mid-January", "2024-01-11", "2024-01-20", "vague"),
    ("late January 2024", "2024-01-21", "2024-01-31", "vague"),
    ("in early December", "2023-12-01", "2023-12-10", "vague"),
    ("in 2003", "2003-01-01", "2003-12-31", "year"),
    ("the 1992 riots", "1992-01-01", "1992-12-31", "year"),
    ("the crash (2014)", "2014-01-01", "2014-12-31", "year"),
    ("in the 1980s", "1980-01-01", "1989-12-31", "vague"),
    ("the early 1990s", "1990-01-01", "1993-12-31", "vague"),
    ("in the spring of 2022", "2022-03-01", "2022-05-31", "vague"),
    ("last summer", "2023-06-01", "2023-08-31", "vague"),
    ("the first quarter of 2022", "2022-01-01", "2022-03-31", "range"),
    ("since October 2023", "2023-10-01", "2024-02-08", "range"),
    ("since 2003", "2003-01-01", "2024-02-08", "range"),
    ("since Monday", "2024-02-05", "2024-02-08", "range"),
    # capitals
    ("27 NOV 89", "1989-11-27", "1989-11-27", "day"),
    ("ON 19 NOVEMBER", "2023-11-19", "2023-11-19", "day"),
    ("LAST NIGHT", "2024-02-07", "2024-02-07", "day"),
    ("LAST\nNIGHT", "2024-02-07", "2024-02-07", "day"),
    ("THE ATTACK OF SUNDAY", "2024-02-04", "2024-02-04", "day"),
]

TRAPS = [
    "They may march on.", "March on the embassy", "85", "the second one", "three", "the Sunday Times reported",
    "The Sun reported", "7 April Street", "the 17 November group", "call 555-2003-1234", "killed 2003 people",
    "in 2003 homes", "T-72 tanks", "Flight 370", "a 19-year-old", "won 3-2", "at 10:30", "at 2030 hours", "USA Today says",
    "every Friday", "Bloody Sunday", "the 15th floor", "the 40th attack", "for two days", "in three weeks of fighting",
    "April Jones spoke", "At least 3 may have died", "5,000 people", "the 1,990 troops", "Mr May resigned", "a spring broke",
    "version 1.2.3", "30 February 2024", "99/99/2024", "$2003", "the fall of Kabul", "the last days of the war", "in the past",
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end", "precision"), EXPRESSIONS, ids=[e[0] for e in EXPRESSIONS])
def test_an_expression_is_its_days(text, start, end, precision):
    found = find_dates(text, anchor=ANCHOR)
    assert [(str(m.interval.start), str(m.interval.end), m.interval.precision) for m in found] == [
        (start, end, precision)
    ]


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_is_no_date(text):
    assert find_dates(text, anchor=ANCHOR) == []


def test_the_table_is_as_long_as_the_issue_asks():
    assert len(EXPRESSIONS) >= 120


@pytest.mark.parametrize(
    "text",
    [
        "on Wednesday",
        "yesterday",
        "last week",
        "two days ago",
        "January 28",
        "in January",
        "2-3 February",
        "the past 48 hours",
    ],
)
def test_without_an_anchor_a_relative_date_keeps_its_words_and_no_bounds(text):
    (found,) = find_dates(text, anchor=None)
    assert (found.interval.start, found.interval.end, found.interval.precision) == (None, None, "unknown")
    assert found.interval.text == found.text


@pytest.mark.parametrize("text", ["7 February 2024", "2024-02-07", "Feb. 7, 2024"])
def test_without_an_anchor_a_full_date_stands(text):
    (found,) = find_dates(text, anchor=None)
    assert found.interval.start == found.interval.end == dt.date(2024, 2, 7)


def test_the_anchor_is_recorded_only_where_it_was_used():
    relative, full = find_dates("on Wednesday, and on 7 October 2023", anchor=ANCHOR)
    assert (relative.interval.anchor, full.interval.anchor) == (ANCHOR, None)


def test_a_date_that_may_be_read_two_ways_has_no_bounds():
    (found,) = find_dates("on 07/02/2024", anchor=ANCHOR)
    assert (found.text, found.interval.start, found.interval.precision) == ("07/02/2024", None, "unknown")


@pytest.mark.parametrize(
    ("text", "shift"),
    [("that night", 0), ("the same day", 0), ("the next day", 1), ("the following morning", 1), ("the previous day", -1),
     ("two days later", 2), ("a week later", 7)],
)  # fmt: skip
def test_what_points_back_to_another_date_is_marked_and_has_no_bounds(text, shift):
    (found,) = find_dates(f"It began {text}.", anchor=ANCHOR)
    assert (found.anaphoric, found.shift, found.interval.start) == (True, shift, None)


@pytest.mark.parametrize(
    ("text", "relation"),
    [("since Monday", "since"), ("until Monday", "until"), ("by Monday", "until"), ("before 7 October", "before"),
     ("after 7 October", "after"), ("on Monday", "in")],
)  # fmt: skip
def test_the_word_before_a_date_is_its_relation(text, relation):
    (found,) = find_dates(text, anchor=ANCHOR)
    assert found.relation == relation


@pytest.mark.parametrize("text", ["tomorrow", "next week", "It is due on Sunday"])
def test_a_date_still_to_come_is_marked(text):
    assert [m.future for m in find_dates(text, anchor=ANCHOR)] == [True]


def test_a_caller_that_knows_of_plans_gets_the_next_such_day():
    (found,) = find_dates("on Sunday", anchor=ANCHOR, future=True)
    assert found.interval.start == dt.date(2024, 2, 11)


def test_several_dates_come_in_order_with_their_words():
    text = (
        "Two days after the attack of 28 January, strikes on Friday hit 85 sites; the war has raged since October 2023."
    )
    assert [m.text for m in find_dates(text, anchor=ANCHOR)] == ["28 January", "Friday", "October 2023"]


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2090, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%A, %d %B %Y"]),
)
def test_every_full_date_is_read_back(date, form):
    (found,) = find_dates(f"It happened on {date.strftime(form)} there.", anchor=None)
    assert (found.interval.start, found.interval.end) == (date, date)


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)),
    st.sampled_from("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
)
def test_a_bare_weekday_is_within_the_week_up_to_publication(anchor, weekday):
    (found,) = find_dates(f"It happened on {weekday}.", anchor=anchor)
    assert dt.timedelta(0) <= anchor - found.interval.start < dt.timedelta(7)
    assert found.interval.start.strftime("%A") == weekday


WORDS = st.sampled_from(
    "on the last this next since between and to - – , . / Monday Friday night January May march 3 28 2024 89 "
    "1990s two days weeks ago "
    "earlier overnight weekend same day mid late early past 48 hours quarter first spring of Easter 07/02/2024 will \n".split(
        " "
    )
)


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=200), st.dates() | st.none())
@settings(max_examples=400, deadline=None)
def test_offsets_hold_whatever_the_text_and_the_anchor(text, anchor):
    end = 0
    for m in find_dates(text, anchor=anchor):
        assert end <= m.start < m.end
        assert text[m.start : m.end] == m.text == m.interval.text == m.interval.span.text
        if m.interval.start and m.interval.end:
            assert m.interval.start <= m.interval.end
        end = m.end


def test_a_megabyte_of_news_takes_seconds():
    sentence = (
        "Three people were killed on Wednesday night in the east of the town, the ministry said on 7 February 2024. "
    )
    text = sentence * (1_000_000 // len(sentence))
    start = time.process_time()
    assert find_dates(text, anchor=ANCHOR)
    assert time.process_time() - start < 8  # about 1 s; the bound allows for a slow machine


@pytest.mark.parametrize(
    "piece", ["1 ", "last ", "may ", "Monday ", "1-", "between ", "will on Sunday ", "January ", "mid-", "1" * 50, " "]
)
def test_a_hostile_text_takes_time_in_line_with_its_length(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        start = time.process_time()
        find_dates(text, anchor=ANCHOR)
        return time.process_time() - start

    assert seconds(80_000) < 8 * seconds(20_000) + 0.2


CORPORA = {
    "muc4.train.jsonl": "ed41f5696001f1f96808270fd150813698d97dd53e621b404ca0a168e1eda060",
    "muc4.dev.jsonl": "5c50c1f80f3cc6ae6ce078be6faad9536223c77fd7f468a134db87a02645458f",
}


@pytest.mark.skipif(
    not (SHARED / "data/events").exists(), reason="MUC-4 is not beside this checkout (../shared/data/events)"
)
def test_nine_in_ten_exact_dates_of_muc4_are_found():
    gold = hit = 0
    for name, digest in CORPORA.items():
        raw = (SHARED / "data/events" / name).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == digest, "another corpus: set the floor anew"
        for line in raw.decode().splitlines():
            document = json.loads(line)
            exact = [d for i in document["incidents"] for d in i["date"] if d["form"] == "exact"]
            if not exact:
                continue
            published = document["pub_date"]
            found = find_dates(document["text"], anchor=dt.date.fromisoformat(published) if published else None)
            days = {(str(m.interval.start), str(m.interval.end)) for m in found}
            gold += len(exact)
            hit += sum((d["start"], d["end"]) in days for d in exact)
    assert hit / gold >= 0.94  # measured .952; the issue asks for .90
