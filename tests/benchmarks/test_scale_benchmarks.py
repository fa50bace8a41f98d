"""What many reports cost: engines beside each other, the exponent in documents and in incidents, the parent's memory.

    python -m pytest tests/benchmarks -m benchmark -s -k scale
    MAPPER_BENCHMARK_REPORTS=1000,10000,100000 MAPPER_BENCHMARK_INCIDENTS=1000000 python -m pytest ...

Times are of processors, not of the clock, wherever one process does the work. On a machine that does other work at the
same time the ratios of two workers to one say little: the load is printed beside them.
"""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import made_corpus
import pytest

import mapper
from mapper import steps
from mapper.incidents import Telling, group
from mapper.settings import Settings

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(7200)]  # 100,000 reports are a quarter of an hour

REPORTS = [int(count) for count in os.environ.get("MAPPER_BENCHMARK_REPORTS", "1000,4000").split(",")]
INCIDENTS = int(os.environ.get("MAPPER_BENCHMARK_INCIDENTS", "100000"))
RECOGNISER = os.environ.get("MAPPER_BENCHMARK_RECOGNISER", "rules")
KINDS = [f"kind{n} accomplished" for n in range(8)]


def exponent(costs: dict[int, float]) -> float:
    """Give the slope between the smallest and the largest size, both on a logarithmic scale."""
    small, large = min(costs), max(costs)
    return math.log(costs[large] / costs[small]) / math.log(large / small)


def tellings(count: int) -> list[Telling]:
    """Make up incidents of ten years in the cities of the made corpus, few of which have most of them."""
    draw, cities = random.Random(5), made_corpus.cities()
    weights = [1 / (rank + 5) for rank in range(len(cities))]
    places = draw.choices(cities, weights, k=count)
    made = []
    for number, place in enumerate(places):
        day = 737_000 + draw.randrange(3650)
        length = draw.choice((0, 0, 0, 0, 0, 0, 0, 6, 30, 365))
        point = (place.lat + draw.gauss(0, 0.05), place.lon + draw.gauss(0, 0.05), draw.random() < 0.2)
        made.append(
            Telling(
                f"i{number:08}",
                draw.random(),
                draw.choice(KINDS),
                day,
                day + length,
                length == 0,
                (point,),
                (f"d{number}",),
            )
        )
    return made


def test_scale_merging_grows_little_faster_than_the_number_of_incidents():
    costs, groups = {}, {}
    for count in (INCIDENTS // 100, INCIDENTS // 10, INCIDENTS):
        many = tellings(count)
        start = time.process_time()
        groups[count] = len(group(many))
        costs[count] = time.process_time() - start
    print(f"\nmerging: {costs} s, {groups} groups, exponent {exponent(costs):.2f}")
    assert sum(map(len, group(tellings(INCIDENTS // 100)))) == INCIDENTS // 100


def child(corpus: Path, out: Path, engine: str, *more: str) -> dict[str, float]:
    """Map a corpus in a process of its own; give its time, its processor time and the most memory it held."""
    code = (
        "import json, resource, sys, time; from mapper.cli import main; start = time.perf_counter()\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(json.dumps({'wall': time.perf_counter() - start, 'cpu': used.ru_utime + used.ru_stime, "
        "'rss_mb': used.ru_maxrss / 1024}))"
    )
    words = ["map", str(corpus), "-o", str(out), "--quiet", "--recogniser", RECOGNISER, "--engine", engine, *more]
    environment = os.environ | {"PYTHONPATH": str(Path(mapper.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpora")
    for count in REPORTS:
        made_corpus.write(folder / f"{count}.jsonl", count)
    return folder


def test_scale_documents(corpora, tmp_path):
    found = {count: child(corpora / f"{count}.jsonl", tmp_path / str(count), "inline") for count in REPORTS}
    print()
    for count, row in found.items():
        timings = json.loads((tmp_path / str(count) / "run.json").read_text(encoding="utf-8"))["timings"]
        print(f"{count:>8} reports: {row['cpu']:.1f} s of one processor, parent {row['rss_mb']:.0f} MB; {timings}")
    if len(found) > 1:
        print(f"exponent {exponent({count: row['cpu'] for count, row in found.items()}):.2f}, ", end="")
        print(f"memory {found[max(found)]['rss_mb'] / found[min(found)]['rss_mb']:.2f} x")
    for count in REPORTS:
        assert len((tmp_path / str(count) / "reports.jsonl").read_text(encoding="utf-8").splitlines()) == count


def test_scale_engines(corpora, tmp_path):
    corpus = corpora / f"{REPORTS[0]}.jsonl"
    choices = {"inline": (), "processes": ("--workers", "2")}
    if os.environ.get("MAPPER_BENCHMARK_SCHEDULER"):
        choices["dask"] = ("--scheduler", os.environ["MAPPER_BENCHMARK_SCHEDULER"])
    rates = {}
    print(f"\nload of this machine before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} processors")
    for engine, more in choices.items():
        child(corpus, tmp_path / engine, engine, *more)
        timings = json.loads((tmp_path / engine / "run.json").read_text(encoding="utf-8"))["timings"]
        rates[engine] = REPORTS[0] / timings["reports_s"]
    for engine, rate in rates.items():
        print(f"{engine}: {rate:.1f} reports a second, {rate / rates['inline']:.2f} x inline")
        for path in (tmp_path / "inline").iterdir():
            if path.name != "run.json":
                assert path.read_bytes() == (tmp_path / engine / path.name).read_bytes()


def test_scale_streaming_holds_no_more_for_more_reports(corpora):
    """Reports that are taken one by one and let go leave nothing behind."""
    import psutil  # noqa: PLC0415

    sizes = []
    settings = Settings(recogniser="rules", engine="inline")
    for done, _ in enumerate(steps.stream([corpora / f"{REPORTS[0]}.jsonl"], settings=settings)):
        if done in (REPORTS[0] // 4, REPORTS[0] - 1):
            sizes.append(psutil.Process().memory_info().rss / 1e6)
    print(f"\nstreamed: {sizes[0]:.0f} MB after a quarter, {sizes[1]:.0f} MB at the end")
    assert len(sizes) == 2
