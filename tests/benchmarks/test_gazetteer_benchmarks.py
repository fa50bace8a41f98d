"""Costs of the gazetteer beside their baselines, interleaved in one process. Figures are printed; answers are asserted.

python -m pytest tests/benchmarks -m benchmark -s
MAPPER_BENCHMARK_ROWS=12000000 python -m pytest tests/benchmarks -m benchmark -s -k synthetic --timeout 7200
MAPPER_BENCHMARK_POINTS=1000000 python -m pytest tests/benchmarks -m benchmark -s -k points
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from mapper.gazetteer import open_gazetteer
from mapper.gazetteer.polygons import decode

from .synthetic import write_places

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
SYNTHETIC_ROWS = int(os.environ.get("MAPPER_BENCHMARK_ROWS", "20000"))
POINTS = int(os.environ.get("MAPPER_BENCHMARK_POINTS", "50000"))
CHILD = """
import sys; sys.path.insert(0, {root!r})
from pathlib import Path
from mapper.gazetteer.grow import build_from
build_from([Path({table!r})], Path({out!r}), bare=True)
"""
PRIVATE = """
from mapper.gazetteer import open_gazetteer
def private():
    with open("/proc/self/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Private"))
before = private(); open_gazetteer().lookup("Baghdad"); print(private() - before)
"""


def microseconds(call, keys):
    start = time.process_time()
    for key in keys:
        call(key)
    return (time.process_time() - start) / len(keys) * 1e6


def interleaved(calls, keys):
    """Give the median cost of each call, in microseconds a key, over rounds in which all take turns."""
    costs = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            costs[name].append(microseconds(call, keys))
    return {name: statistics.median(figures) for name, figures in costs.items()}


def keys_of(gazetteer, number):
    """Draw keys from all of the table, without reading it: the first from each of many random beginnings."""
    draw = random.Random(2)
    starts = ("".join(draw.choices("abcdefghijklmnoprstuvz", k=3)) for _ in range(number))
    query = "SELECT key FROM name WHERE key >= ? LIMIT 1"
    return [row[0] for start in starts if (row := gazetteer._store.row(query, start))]


def told(what, **figures):
    print(f"\n{what}: " + ", ".join(f"{name} {figure:.3g}" for name, figure in figures.items()))


def table_of(gazetteer):
    return dict(gazetteer._store.rows("SELECT key, hits FROM name"))


def sample(table, number):
    return random.Random(1).sample(sorted(table), number)


def test_a_key_is_read_at_a_small_multiple_of_a_dict(gazetteer):
    table = table_of(gazetteer)
    keys = sample(table, 10_000)
    assert all(gazetteer._store.hits(key) == table[key] for key in keys[:1000])
    cost = interleaved({"dict": table.get, "store": gazetteer._store._read_hits}, keys)
    told("one key, each a new one, us (wanted: at most 6 x)", **cost, ratio=cost["store"] / cost["dict"])
    # Words of a text come back by Zipf's law: the n-th most frequent one an n-th as often as the first.
    words = random.Random(3).choices(keys, weights=[1 / n for n in range(1, len(keys) + 1)], k=20_000)
    cost = interleaved({"dict": table.get, "store": gazetteer._store.hits}, words)
    told("one key, as texts repeat them, us (wanted: at most 6 x)", **cost, ratio=cost["store"] / cost["dict"])


def test_a_misspelt_name_is_found_faster_than_by_a_scan(gazetteer):
    process = pytest.importorskip("rapidfuzz.process")
    distance = pytest.importorskip("rapidfuzz.distance")
    names = sorted(table_of(gazetteer))
    words = [key[:2] + key[3:] for key in sample(names, 400) if len(key) > 7 and key.isascii() and key.isalpha()][:40]

    def scan(word):
        return process.extract(word, names, scorer=distance.OSA.distance, score_cutoff=1, limit=None)

    for word in words[:3]:
        found = {name for name, *_ in scan(word)} - {word}
        probed = {hit[2] for hit in gazetteer._one_edit_away(word)}
        assert probed <= found
    fast = microseconds(gazetteer._one_edit_away, words)
    slow = microseconds(scan, words[:4])
    told("one edit away, us (wanted: at least 50 x)", probing=fast, scan=slow, ratio=slow / fast)


def test_a_process_answers_soon(tmp_path):
    # As installed: with its modules compiled, wherever and by whomever these tests are run.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(tmp_path)

    def cpu(code):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=env)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return 1e3 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    codes = {
        "bare": "pass",
        "dataclasses": "import dataclasses",
        "places": "import mapper.places",
        "answer": "from mapper.gazetteer import open_gazetteer as o; assert o().lookup('Baghdad')",
    }
    rounds = [{name: cpu(code) for name, code in codes.items()} for _ in range(3 * ROUNDS)]
    cost = {name: min(figures[name] for figures in rounds[1:]) for name in codes}
    told("first answer, ms of CPU (wanted: at most 4 x)", **cost, ratio=cost["answer"] / cost["bare"])


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is told by Linux alone")
def test_an_open_gazetteer_takes_little_memory_of_its_own():
    done = subprocess.run([sys.executable, "-c", PRIVATE], check=True, cwd=ROOT, capture_output=True, text=True)
    told("private memory after opening, MB (wanted: at most 25)", megabytes=int(done.stdout) / 1e3)
    assert int(done.stdout) < 25_000


def test_points_are_told_their_ground_by_the_hundred_thousand(gazetteer):
    shapely = pytest.importorskip("shapely")
    draw = np.random.default_rng(5)
    towns = np.array(gazetteer._store.rows("SELECT lon, lat FROM place WHERE population > 5000")) / 1e5
    around = towns[draw.integers(0, len(towns), POINTS)] + draw.normal(0, 0.2, (POINTS, 2))
    x, y = around.clip((-180, -90), (180, 90)).T
    layer = gazetteer._store.outlines("admin1")
    units = np.array([decode(shape) for _, _, shape in layer])
    gazetteer.admin1_at([44.4], [33.3]), gazetteer.countries_at([44.4], [33.3])  # both read once

    def plain():
        """Ask a tree of the outlines for each point, as a spatial join does; the first outline that holds it."""
        at, unit = shapely.STRtree(units).query(shapely.points(x, y), predicate="intersects")
        found = np.full(POINTS, "", dtype=object)
        found[at[::-1]] = np.array([code or note for code, note, _ in layer], dtype=object)[unit[::-1]]
        return found.tolist()

    calls = {
        "plain": plain,
        "admin1": lambda: gazetteer.admin1_at(x, y),
        "country": lambda: gazetteer.countries_at(x, y),
    }
    answers, cost = {}, {name: [] for name in calls}
    for _ in range(3):
        for name, call in calls.items():
            start = time.process_time()
            answers[name] = call()
            cost[name].append(time.process_time() - start)
    both = zip(answers["plain"], answers["admin1"], strict=True)
    assert sum(one != other for one, other in both) <= POINTS / 1000  # on ground of two units, either is right
    cost = {name: statistics.median(figures) for name, figures in cost.items()}
    told(f"{POINTS:,} points, s", **cost, ratio=cost["plain"] / cost["admin1"])


def test_a_synthetic_build_keeps_its_memory_and_its_lookups(gazetteer, tmp_path):
    table, out = write_places(tmp_path / "synthetic.txt", SYNTHETIC_ROWS), tmp_path / "large.sqlite"
    code = CHILD.format(root=str(ROOT), table=str(table), out=str(out))
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", code])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    large = open_gazetteer(out)
    assert large.info()["counts"]["places"] == SYNTHETIC_ROWS
    kept, grown = keys_of(gazetteer, 3_000), keys_of(large, 3_000)
    costs = [
        (microseconds(gazetteer._store._read_hits, kept), microseconds(large._store._read_hits, grown))
        for _ in range(ROUNDS)
    ]
    cost = {"default": statistics.median(c[0] for c in costs), "large": statistics.median(c[1] for c in costs)}
    told(
        f"{SYNTHETIC_ROWS:,} places (wanted: at most 6 GB, 2.5 x)", minutes=(time.perf_counter() - start) / 60,
        cpu_s=usage.ru_utime + usage.ru_stime, memory_gb=usage.ru_maxrss / 1e6, ratio=cost["large"] / cost["default"],
    )  # fmt: skip
    assert usage.ru_maxrss < 6_000_000
