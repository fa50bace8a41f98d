"""When: expressions as news reports have them, in their sentences, on other days of publication; with traps."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.incidents.dates import find_dates

THURSDAY = "2025-06-12"
MONDAY = "2024-03-04"  # of a leap year, four days after 29 February
NEW_YEAR = "2023-01-02"  # a Monday

# published, sentence -> (start, end, precision)
SENTENCES: list[tuple[str, str, str, str, str]] = [
    # days of the week
    (THURSDAY, "A bomb went off in the market on Tuesday.", "2025-06-10", "2025-06-10", "day"),
    (THURSDAY, "Gunmen struck late Wednesday.", "2025-06-11", "2025-06-11", "day"),
    (THURSDAY, "The quake hit before dawn on Friday.", "2025-06-06", "2025-06-06", "day"),
    (THURSDAY, "In the early hours of Sunday, shells fell on the town.", "2025-06-08", "2025-06-08", "day"),
    (THURSDAY, "On Saturday afternoon a bus overturned.", "2025-06-07", "2025-06-07", "day"),
    (THURSDAY, "Monday's blast was the worst in years.", "2025-06-09", "2025-06-09", "day"),
    (THURSDAY, "The convoy came under fire Thursday morning.", "2025-06-12", "2025-06-12", "day"),
    (THURSDAY, "Two people drowned last Saturday.", "2025-06-07", "2025-06-07", "day"),
    (THURSDAY, "They were seized on Monday of last week.", "2025-06-02", "2025-06-02", "day"),
    (THURSDAY, "It happened on Wednesday last week.", "2025-06-04", "2025-06-04", "day"),
    (THURSDAY, "Around midnight on Tuesday a shell hit a house.", "2025-06-10", "2025-06-10", "day"),
    (THURSDAY, "The army said on Wed. that it had fired.", "2025-06-11", "2025-06-11", "day"),
    (MONDAY, "A mine exploded on Monday.", "2024-03-04", "2024-03-04", "day"),
    (MONDAY, "Clashes broke out on Sunday evening.", "2024-03-03", "2024-03-03", "day"),
    (MONDAY, "The raid took place last Monday.", "2024-02-26", "2024-02-26", "day"),
    (NEW_YEAR, "Fireworks exploded on Saturday.", "2022-12-31", "2022-12-31", "day"),
    (NEW_YEAR, "The attack came on Friday night.", "2022-12-30", "2022-12-30", "day"),
    # a weekday with its number, as digests have them: the latest day that is both
    (THURSDAY, "Mon 9: a mine killed two soldiers.", "2025-06-09", "2025-06-09", "day"),
    (THURSDAY, "Thursday 5 - shells fell on the town.", "2025-06-05", "2025-06-05", "day"),
    (THURSDAY, "Sat, 31. Gunmen burned a post.", "2025-05-31", "2025-05-31", "day"),
    (MONDAY, "Thu 29: a bridge was blown up.", "2024-02-29", "2024-02-29", "day"),
    # counted from publication
    (THURSDAY, "Earlier today a drone hit a depot.", "2025-06-12", "2025-06-12", "day"),
    (THURSDAY, "This afternoon rioters burned a bus.", "2025-06-12", "2025-06-12", "day"),
    (THURSDAY, "Five people died yesterday morning.", "2025-06-11", "2025-06-11", "day"),
    (THURSDAY, "Last evening the river burst its banks.", "2025-06-11", "2025-06-11", "day"),
    (THURSDAY, "The night before last, jets bombed the port.", "2025-06-10", "2025-06-10", "day"),
    (THURSDAY, "Three days ago a ferry sank.", "2025-06-09", "2025-06-09", "day"),
    (THURSDAY, "A fortnight ago the dam broke.", "2025-05-29", "2025-05-29", "week"),
    (THURSDAY, "Two weeks ago gunmen raided the village.", "2025-05-29", "2025-05-29", "week"),
    (THURSDAY, "Six months ago the truce collapsed.", "2024-12-01", "2024-12-31", "month"),
    (THURSDAY, "A year ago fighters took the town.", "2024-01-01", "2024-12-31", "year"),
    (THURSDAY, "A few days ago protesters blocked the road.", "2025-06-05", "2025-06-11", "vague"),
    (THURSDAY, "Overnight, drones attacked the refinery.", "2025-06-11", "2025-06-12", "range"),
    (THURSDAY, "Shelling continued overnight on Tuesday.", "2025-06-10", "2025-06-11", "range"),
    (THURSDAY, "In the last 24 hours, 12 people were killed.", "2025-06-11", "2025-06-12", "range"),
    (THURSDAY, "Over the past two days, floods spread.", "2025-06-10", "2025-06-12", "range"),
    (THURSDAY, "During the past week, 40 villages burned.", "2025-06-05", "2025-06-12", "range"),
    (THURSDAY, "In the past fortnight clashes killed 30.", "2025-05-29", "2025-06-12", "range"),
    (THURSDAY, "At the weekend a stampede killed nine.", "2025-06-07", "2025-06-08", "range"),
    (THURSDAY, "Over the weekend, storms swept the coast.", "2025-06-07", "2025-06-08", "range"),
    (MONDAY, "Over the weekend, storms swept the coast.", "2024-03-02", "2024-03-03", "range"),
    (THURSDAY, "Last weekend, a boat capsized.", "2025-06-07", "2025-06-08", "range"),
    (THURSDAY, "Earlier this week, a bridge fell.", "2025-06-09", "2025-06-12", "week"),
    (THURSDAY, "Last week, troops entered the city.", "2025-06-02", "2025-06-08", "week"),
    (THURSDAY, "The week before last, two dams failed.", "2025-05-26", "2025-06-01", "week"),
    (MONDAY, "Last month, an avalanche hit the resort.", "2024-02-01", "2024-02-29", "month"),
    (THURSDAY, "Earlier this month, a plant exploded.", "2025-06-01", "2025-06-12", "month"),
    (THURSDAY, "Late last month, rebels attacked.", "2025-05-21", "2025-05-31", "vague"),
    (THURSDAY, "Early last month, rebels attacked.", "2025-05-01", "2025-05-10", "vague"),
    (THURSDAY, "Last year, a landslide buried the road.", "2024-01-01", "2024-12-31", "year"),
    (THURSDAY, "Late last year, the city fell.", "2024-09-01", "2024-12-31", "vague"),
    (NEW_YEAR, "Last month, a mine collapsed.", "2022-12-01", "2022-12-31", "month"),
    (NEW_YEAR, "Yesterday a crowd was crushed.", "2023-01-01", "2023-01-01", "day"),
    (NEW_YEAR, "Last week, gunmen shot a mayor.", "2022-12-26", "2023-01-01", "week"),
    # day and month
    (THURSDAY, "On June 3, a car bomb exploded.", "2025-06-03", "2025-06-03", "day"),
    (THURSDAY, "On 3 June a car bomb exploded.", "2025-06-03", "2025-06-03", "day"),
    (THURSDAY, "On the 3rd of June a car bomb exploded.", "2025-06-03", "2025-06-03", "day"),
    (THURSDAY, "Since the attack of November 30, they hide.", "2024-11-30", "2024-11-30", "day"),
    (THURSDAY, "It was Tuesday, June 10, when it fell.", "2025-06-10", "2025-06-10", "day"),
    (THURSDAY, "On Tuesday (June 10) the wall fell.", "2025-06-10", "2025-06-10", "day"),
    (THURSDAY, "On Tuesday 10 June the wall fell.", "2025-06-10", "2025-06-10", "day"),
    (THURSDAY, "The 26 December tsunami is remembered.", "2024-12-26", "2024-12-26", "day"),
    (THURSDAY, "The tsunami of 26 December 2004 is remembered.", "2004-12-26", "2004-12-26", "day"),
    (THURSDAY, "On Sept. 11, 2001, planes hit the towers.", "2001-09-11", "2001-09-11", "day"),
    (THURSDAY, "On September 11th 2001 planes hit the towers.", "2001-09-11", "2001-09-11", "day"),
    (THURSDAY, "He was shot on 22.05.2025.", "2025-05-22", "2025-05-22", "day"),
    (THURSDAY, "He was shot on 22/05/2025.", "2025-05-22", "2025-05-22", "day"),
    (THURSDAY, "He was shot on 2025/05/22.", "2025-05-22", "2025-05-22", "day"),
    (THURSDAY, "He was shot on 22 May, 2025.", "2025-05-22", "2025-05-22", "day"),
    (THURSDAY, "Report of 2025-05-22: two shells landed.", "2025-05-22", "2025-05-22", "day"),
    (MONDAY, "On February 29 a bus crashed.", "2024-02-29", "2024-02-29", "day"),
    (NEW_YEAR, "On 30 December a bus crashed.", "2022-12-30", "2022-12-30", "day"),
    (NEW_YEAR, "On 5 January a bus crashed.", "2022-01-05", "2022-01-05", "day"),
    (THURSDAY, "The trial will open on July 1.", "2025-07-01", "2025-07-01", "day"),
    (THURSDAY, "Protests are planned for Saturday.", "2025-06-14", "2025-06-14", "day"),
    (THURSDAY, "Voters go to the polls next Sunday.", "2025-06-15", "2025-06-15", "day"),
    (THURSDAY, "On New Year's Day, a gunman fired.", "2025-01-01", "2025-01-01", "day"),
    (THURSDAY, "On Christmas Eve, a gunman fired.", "2024-12-24", "2024-12-24", "day"),
    (THURSDAY, "On Good Friday, a church was hit.", "2025-04-18", "2025-04-18", "day"),
    # ranges
    (THURSDAY, "Between June 2 and June 9 the volcano erupted twice.", "2025-06-02", "2025-06-09", "range"),
    (THURSDAY, "From 2 to 9 June the volcano erupted twice.", "2025-06-02", "2025-06-09", "range"),
    (THURSDAY, "On June 8-9 the volcano erupted.", "2025-06-08", "2025-06-09", "range"),
    (THURSDAY, "On the night of June 8-9, 2025, it erupted.", "2025-06-08", "2025-06-09", "range"),
    (THURSDAY, "On the night of 8 to 9 June it erupted.", "2025-06-08", "2025-06-09", "range"),
    (THURSDAY, "On 8 and 9 June it erupted.", "2025-06-08", "2025-06-09", "range"),
    (THURSDAY, "From Friday to Sunday roads were shut.", "2025-06-06", "2025-06-08", "range"),
    (THURSDAY, "Between Saturday and Monday roads were shut.", "2025-06-07", "2025-06-09", "range"),
    (THURSDAY, "Between April and May, 300 died.", "2025-04-01", "2025-05-31", "range"),
    (THURSDAY, "From May 30 until June 4 the town was besieged.", "2025-05-30", "2025-06-04", "range"),
    (THURSDAY, "From 2015 to 2018 the town was besieged.", "2015-01-01", "2018-12-31", "range"),
    (THURSDAY, "Between 2015 and 2018 the town was besieged.", "2015-01-01", "2018-12-31", "range"),
    (THURSDAY, "Since Sunday roads have been shut.", "2025-06-08", "2025-06-12", "range"),
    (THURSDAY, "Since April the strait has been mined.", "2025-04-01", "2025-06-12", "range"),
    (THURSDAY, "Since May 2 the strait has been mined.", "2025-05-02", "2025-06-12", "range"),
    (THURSDAY, "On 7 June 24 people died in a fire.", "2025-06-07", "2025-06-07", "day"),
    (NEW_YEAR, "Between 28 December and 1 January, 20 died.", "2022-12-28", "2023-01-01", "range"),
    # months, seasons, years
    (THURSDAY, "In April 2025, floods hit.", "2025-04-01", "2025-04-30", "month"),
    (THURSDAY, "In April, floods hit.", "2025-04-01", "2025-04-30", "month"),
    (THURSDAY, "In September, floods hit.", "2024-09-01", "2024-09-30", "month"),
    (THURSDAY, "Last August, floods hit.", "2024-08-01", "2024-08-31", "month"),
    (THURSDAY, "Floods hit in mid-May.", "2025-05-11", "2025-05-20", "vague"),
    (THURSDAY, "Floods hit at the end of May.", "2025-05-21", "2025-05-31", "vague"),
    (THURSDAY, "Floods hit in late May.", "2025-05-21", "2025-05-31", "vague"),
    (THURSDAY, "In the summer of 2014 the town fell.", "2014-06-01", "2014-08-31", "vague"),
    (THURSDAY, "In the winter of 2014 the town fell.", "2014-12-01", "2015-02-28", "vague"),
    (THURSDAY, "In 1999 a quake destroyed the town.", "1999-01-01", "1999-12-31", "year"),
    (THURSDAY, "The 1999 quake destroyed the town.", "1999-01-01", "1999-12-31", "year"),
    (THURSDAY, "In early 2024 the town fell.", "2024-01-01", "2024-04-30", "vague"),
    (THURSDAY, "In the second quarter of 2024 the town fell.", "2024-04-01", "2024-06-30", "range"),
    (THURSDAY, "In the 1970s the town was shelled.", "1970-01-01", "1979-12-31", "vague"),
    (THURSDAY, "In the late 1970s the town was shelled.", "1977-01-01", "1979-12-31", "vague"),
    (THURSDAY, "In the first half of 2024 the town was shelled.", "2024-01-01", "2024-06-30", "range"),
    # capitals
    (THURSDAY, "GUNMEN SHOT A JUDGE ON 9 JUNE.", "2025-06-09", "2025-06-09", "day"),
    (THURSDAY, "A BOMB EXPLODED LATE WEDNESDAY NIGHT.", "2025-06-11", "2025-06-11", "day"),
    (THURSDAY, "A BOMB EXPLODED THIS MORNING.", "2025-06-12", "2025-06-12", "day"),
]  # fmt: skip

TRAPS = [
    "He may be freed.", "Troops march in step.", "Police said 12 were killed.", "The 3rd Brigade advanced.",
    "The 17th Street market burned.", "Black Friday sales drew crowds to shops.", "Gate 12/4 was shut.",
    "Some 2,025 people fled.", "2025 people fled.", "A 1994-built tanker sank.", "It fired 1945 shells.",
    "The F-16 crashed.", "August Wilson was shot.", "The May family fled.", "Sunday Igboho was freed.",
    "The Saturday Herald reported it.", "For three days they hid.", "In two days of clashes, 12 died.",
    "It scored 7.2 on the scale.", "The road is 24.5 km long.", "On page 2024 of the file it stands.",
    "Every Monday they meet.", "Resolution 1701 was broken.", "He is 24.", "The attack was the second.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("published", "sentence", "start", "end", "precision"), SENTENCES, ids=[s[1] for s in SENTENCES]
)
def test_a_sentence_tells_these_days(published: str, sentence: str, start: str, end: str, precision: str) -> None:
    found = [m.interval for m in find_dates(sentence, anchor=dt.date.fromisoformat(published))]
    assert [(str(i.start), str(i.end), i.precision) for i in found] == [(start, end, precision)]


@pytest.mark.parametrize("sentence", TRAPS)
def test_a_sentence_tells_no_day(sentence: str) -> None:
    assert find_dates(sentence, anchor=dt.date.fromisoformat(THURSDAY)) == []


def test_the_table_is_as_long_as_it_is_said_to_be() -> None:
    assert len(SENTENCES) + len(TRAPS) >= 120
