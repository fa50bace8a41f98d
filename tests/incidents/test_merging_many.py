"""Incidents found through cells and days are merged as if each had been compared with all others."""

from __future__ import annotations

import datetime as dt
import math
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.incidents import Telling, group, merge
from mapper.records import (
    Count,
    DateInterval,
    Evidence,
    Incident,
    IncidentPlace,
    Relation,
    ReportRef,
    Resolution,
    Span,
    Toll,
    Toponym,
)

DAY = dt.date(2024, 2, 7).toordinal()

# Few values of each, so that many meet: around the antimeridian, a pole, the equator, and on the edge of a cell.
latitudes = st.sampled_from([0.0, 0.09, 0.2, 0.27, 33.3, 33.4, 33.57, 89.9, 89.99, -16.8])
longitudes = st.sampled_from([0.0, 0.1, 0.26, 44.4, 44.5, 44.7, 179.95, -179.95, 120.0])
points = st.lists(st.tuples(latitudes, longitudes, st.booleans()), max_size=2).map(tuple)


@st.composite
def dates(draw):
    if draw(st.integers(0, 9)) == 0:
        return None, None, False
    first = DAY + draw(st.sampled_from([-400, -31, -1, 0, 0, 0, 1, 2, 20, 700]))
    length = draw(st.sampled_from([0, 0, 0, 0, 1, 6, 30, 365, 4000]))
    return first, first + length, draw(st.booleans()) if length < 2 else False


@st.composite
def tellings(draw):
    many = []
    for number in range(draw(st.integers(0, 30))):
        first, last, exact = draw(dates())
        many.append(
            Telling(
                f"i{number:02}",
                draw(st.sampled_from([0.5, 0.7, 0.9])),
                draw(st.sampled_from(["explosion_ied accomplished", "unrest accomplished"])),
                first,
                last,
                exact,
                draw(points),
                (draw(st.sampled_from("abcdefgh")),),
            )
        )
    return many


def each_with_all(many: list[Telling]) -> list[list[str]]:
    """Group the slow way: whoever comes is compared with every member of every group."""
    groups: list[list[Telling]] = []
    for told in sorted(many, key=lambda t: (-t.confidence, t.incident_id)):
        home = next((g for g in groups if all(may_be_one(told, other) for other in g)), None)
        if home is None:
            groups.append([told])
        else:
            home.append(told)
    return [[told.incident_id for told in g] for g in groups]


def may_be_one(a: Telling, b: Telling) -> bool:
    if set(a.reports) & set(b.reports) or a.kind != b.kind or not (a.exact or b.exact):
        return False
    if None in (a.first, a.last, b.first, b.last) or a.first > b.last or b.first > a.last:
        return False
    return any(kilometres(p, q) <= (10 if p[2] and q[2] else 30) for p in a.points for q in b.points)


def kilometres(p, q):
    a, b, c, d = map(math.radians, (p[0], p[1], q[0], q[1]))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def names(groups):
    return [[told.incident_id for told in members] for members in groups]


@given(tellings())
def test_cells_and_days_find_what_comparing_each_with_all_finds(many):
    assert names(group(many)) == each_with_all(many)


@given(tellings(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_changes_nothing(many, draw):
    shuffled = draw.sample(many, len(many))
    assert names(group(shuffled)) == names(group(many))


@st.composite
def worded(draw):
    """Tellings that mostly leave out the day, with a few words each: odd ones are names."""
    few = st.sets(st.integers(2, 15), max_size=5).map(lambda words: tuple(sorted(words)))
    dead = st.sampled_from([None, 1, 2, 40])
    return [
        t._replace(said=draw(few), killed=draw(dead)) if draw(st.booleans()) else
        t._replace(first=None, last=None, exact=False, said=draw(few), published=DAY + draw(st.integers(0, 20)))
        for t in draw(tellings())
    ]  # fmt: skip


@settings(max_examples=30)
@given(worded(), st.randoms(use_true_random=False))
def test_words_join_the_same_in_any_order_and_never_two_of_one_report(many, draw):
    groups = group(many)
    assert sorted(name for members in names(groups) for name in members) == [told.incident_id for told in many]
    assert all(len({told.reports for told in members}) == len(members) for members in groups)
    assert names(group(draw.sample(many, len(many)))) == names(groups)


def test_words_do_join_some_of_them():
    one = Telling("a", 0.9, "violence real", DAY, DAY, True, (), ("a",), said=(3, 5, 7))
    other = Telling("b", 0.8, "violence real", None, None, False, (), ("b",), said=(3, 5, 7), published=DAY + 1)
    assert names(group([one, other])) == [["a", "b"]]
    assert names(group([one, other._replace(published=DAY + 30)])) == [["a"], ["b"]]


COPIES = {"b": "a", "c": "a"}


@st.composite
def tellings_and_copies(draw):
    said = st.sampled_from("xy")
    return [t._replace(words=f"{t.kind} {draw(said)}".encode(), start=n) for n, t in enumerate(draw(tellings()))]


@settings(max_examples=25)
@given(tellings_and_copies(), st.randoms(use_true_random=False))
def test_copies_change_neither_what_is_told_nor_depend_on_the_order(many, draw):
    groups = group(many, COPIES)
    assert sorted(name for members in names(groups) for name in members) == [told.incident_id for told in many]
    assert names(group(draw.sample(many, len(many)), COPIES)) == names(groups)


@settings(max_examples=25)
@given(tellings_and_copies())
def test_what_copies_tell_in_the_same_words_is_where_the_original_tells_it(many):
    home = {told.incident_id: number for number, members in enumerate(group(many, COPIES)) for told in members}
    for copy in (told for told in many if told.reports[0] in COPIES):
        same = [t for t in many if t.words == copy.words]
        own, original = ([t for t in same if t.reports == reports] for reports in (copy.reports, ("a",)))
        if len(original) > own.index(copy):
            assert home[copy.incident_id] == home[original[own.index(copy)].incident_id]


def incident(number: int, *, day: int = 0, lat: float = 33.3, lon: float = 44.4, sure: float = 0.5) -> Incident:
    import shapely  # noqa: PLC0415

    date = dt.date(2024, 2, 7) + dt.timedelta(days=day)
    there = Resolution(Toponym(0, 4, "Here"), geometry=shapely.Point(lon, lat), precision="settlement")
    return Incident(
        f"i{number:03}",
        "explosion_ied",
        date=DateInterval(date, date, "day"),
        places=(IncidentPlace(there),),
        killed=Toll(number, number, number, (Count(number, number, number, Span(0, 1, "x"), doc_id=f"d{number}"),)),
        confidence=sure,
        evidence=(Evidence(f"d{number}", 0, 1, "x"),),
        reports=(ReportRef(f"d{number}"),),
        relations=(Relation("follows", "i001"),),
    )


def test_what_is_merged_does_not_depend_on_the_order_of_the_reports():
    many = [incident(n, day=n % 3, lon=44.4 + n % 5 * 0.2, sure=0.4 + n % 7 / 20) for n in range(40)]
    shuffled = random.Random(4).sample(many, len(many))
    assert sorted(merge(shuffled), key=lambda i: i.incident_id) == sorted(merge(many), key=lambda i: i.incident_id)


def test_relations_follow_the_incident_that_they_name():
    lead, other, third = incident(0, sure=0.9), incident(1), incident(2, day=9)
    (whole, later) = merge([lead, other, third])
    assert {ref.doc_id for ref in whole.reports} == {"d0", "d1"}
    assert later.relations == (Relation("follows", "i000"),)
