"""How fast a run goes, and how long it will take."""

from __future__ import annotations

from itertools import count

from mapper.cli.terminal import Pace


def paced(numbers, total, seconds_each=0.5):
    """Give what is said at the last of these numbers, one coming each half second."""
    clock = count()
    pace = Pace(lambda: next(clock) * seconds_each)
    return [pace.told(done, total) for done in numbers][-1]


def test_the_rate_and_the_time_that_is_left_are_told():
    assert paced(range(11), 7210) == "2.0/s, 1:00:00 left"


def test_what_an_earlier_run_has_done_is_no_speed():
    assert paced([0, *range(5000, 5010)], 5129) == "2.0/s, 0:01:00 left"


def test_nothing_is_told_from_too_few():
    assert paced(range(3), 100) == ""


def test_where_nobody_knows_how_many_there_are_the_rate_is_told_alone():
    assert paced(range(11), None) == "2.0/s"


def test_a_rate_is_that_of_late():
    clock = iter([*range(10), *(9 + n / 10 for n in range(1, 501))])
    pace = Pace(lambda: next(clock))
    said = [pace.told(done, 510) for done in range(510)]
    assert said[9] == "1.0/s, 0:08:21 left"
    assert said[-1].startswith("10.0/s")
