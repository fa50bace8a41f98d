"""Costs of layers and files beside their baselines, in turns in one process. Figures are printed; answers are asserted.

python -m pytest tests/benchmarks/test_layer_benchmarks.py -m benchmark -s --timeout 0
MAPPER_BENCHMARK_ROWS=1000000 python -m pytest tests/benchmarks/test_layer_benchmarks.py -m benchmark -s --timeout 0 -k geojson
"""

from __future__ import annotations

import dataclasses
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from made_layers import made_incidents

from mapper.formats import FORMATS, write
from mapper.frames import SCHEMA, layers
from mapper.records import Incident, IncidentPlace, Place, Resolution, Toponym

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("ignore::mapper.formats.LossWarning")]

ROWS = int(os.environ.get("MAPPER_BENCHMARK_ROWS", "100000"))
ROUNDS = 3
LISTS = [c.name for c in SCHEMA["incidents"] if c.dtype == "list"]
DRIVERS = {".geojson": "GeoJSON", ".gpkg": "GPKG", ".fgb": "FlatGeobuf"}


def in_turns(**calls):
    """Give the median CPU seconds of each call, over rounds in which all take turns."""
    costs = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = time.process_time()
            call()
            costs[name].append(time.process_time() - start)
    return {name: statistics.median(figures) for name, figures in costs.items()}


def told(what, **figures):
    print(f"\n{what}: " + ", ".join(f"{name} {figure:,.3g}" for name, figure in figures.items()))


def in_a_process(code, *arguments):
    """Run Python code with arguments; give what it prints."""
    root = Path(__file__).resolve().parents[2]
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout


@pytest.fixture(scope="module")
def made():
    return dataclasses.replace(layers([]), incidents=made_incidents(ROWS, nulls=True))


@pytest.mark.parametrize("suffix", DRIVERS)
def test_writing_beside_pyogrio_with_arrow(suffix, tmp_path):
    pytest.importorskip("pyarrow")
    frame = made_incidents(ROWS)
    flat = frame.assign(**{name: frame[name].map(json.dumps) for name in LISTS})
    ours, theirs = tmp_path / f"ours{suffix}", tmp_path / f"theirs{suffix}"
    costs = in_turns(
        ours=lambda: write(frame, ours, layer="incidents"),
        theirs=lambda: pyogrio.write_dataframe(flat, theirs, layer="incidents", driver=DRIVERS[suffix], use_arrow=True),
    )
    told(f"{suffix}, {ROWS:,} rows, rows/s", ours=ROWS / costs["ours"], theirs=ROWS / costs["theirs"],
         ratio=costs["theirs"] / costs["ours"])  # fmt: skip
    mine, other = (
        pyogrio.read_dataframe(path, layer="incidents").set_index("incident_id").sort_index() for path in (ours, theirs)
    )
    assert (mine["killed_best"] == other["killed_best"]).all()
    assert (mine["evidence"] == other["evidence"]).all()
    assert (shapely.distance(mine.geometry.to_numpy(), other.geometry.to_numpy()) < 1e-6).all()


# A process of its own for each, so that its peak of memory is that of one format; what is compared comes last.
THERE_AND_BACK = """
import dataclasses, json, resource, sys, time, warnings
from pathlib import Path
from made_layers import assert_came_back, made_incidents
from mapper.formats import LossWarning, read, write
from mapper.formats.schemes import SCHEMES
from mapper.frames import layers

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

warnings.simplefilter("ignore")
path, count = Path(sys.argv[1]), int(sys.argv[2])
made = dataclasses.replace(layers([]), incidents=made_incidents(count, nulls=True, areas=True))
told = {"MB before": peak()}
begun = time.process_time()
write(made, path, layer="incidents")
told |= {"s to write": time.process_time() - begun, "MB to write": peak()}
begun = time.process_time()
back = read(path).incidents
told |= {"s to read": time.process_time() - begun, "MB to read": peak()}
told |= {"bytes a row": sum(f.stat().st_size for f in path.parent.iterdir()) / count}
if path.name.removeprefix("a.").removesuffix(".csv") in SCHEMES:
    assert 0.4 * count < len(back) <= count  # every other row has no type or place, and is no event of some schemes
    assert back["date_start"].notna().any()
else:
    assert_came_back(back, made.incidents)
print(json.dumps(told))
"""


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_writes_and_reads_many_rows(suffix, tmp_path):
    """The rows of `tests/formats/test_every_format.py`, a hundred thousand of them, whatever the format."""
    done = in_a_process(THERE_AND_BACK, tmp_path / f"a{suffix}", ROWS)
    told(f"{suffix}, {ROWS:,} rows", **json.loads(done))


def test_assembling_a_frame_beside_points_one_by_one():
    """The same columns, once from arrays and once as most scripts do it: a Point and a dict for each row."""
    draw = np.random.default_rng(1)
    lons, lats = draw.uniform(-180, 180, ROWS), draw.uniform(-90, 90, ROWS)
    names = [f"place {n}" for n in range(ROWS)]

    def at_once():
        return gpd.GeoDataFrame({"name": names}, geometry=gpd.points_from_xy(lons, lats), crs=4326)

    def one_by_one():
        rows = [{"name": n, "geometry": shapely.Point(x, y)} for n, x, y in zip(names, lons, lats, strict=True)]
        return gpd.GeoDataFrame(rows, crs=4326)

    costs = in_turns(arrays=at_once, points=one_by_one)
    told(f"a bare frame of {ROWS:,} rows, s", **costs, ratio=costs["points"] / costs["arrays"])
    assert at_once().geometry.equals(one_by_one().geometry)


def test_assembling_layers():
    """Records of incidents to all four layers, validated; the cost of one row, and of its Points alone."""
    count = ROWS // 5
    draw = np.random.default_rng(1)
    shapes = shapely.points(draw.uniform(-180, 180, count), draw.uniform(-90, 90, count))
    place = Place("geonames", "98182", "Baghdad", 33.3, 44.4, "P", "PPLC", "IQ", "Iraq")
    items = [
        Incident(
            f"i{n}",
            "armed_clash",
            places=(IncidentPlace(Resolution(Toponym(0, 7, "Baghdad"), place, shape, "settlement", 5_000.0)),),
        )
        for n, shape in enumerate(shapes)
    ]
    start = time.process_time()
    built = layers(items)
    cost = time.process_time() - start
    told(f"layers of {count:,} incidents", microseconds_a_row=cost / count * 1e6)
    assert len(built.incidents) == count


@pytest.mark.parametrize("area", ["admin1", "country"])
def test_counting_by_area(made, area):
    frame = made.incidents.assign(gazetteer_id="98182", precision="settlement", status="accomplished")
    held = dataclasses.replace(made, incidents=frame)
    start = time.process_time()
    found = held.count(area=area, every="week")
    told(f"count by {area} and week of {ROWS:,} incidents, s", count=time.process_time() - start)
    assert found["incidents"].sum() == ROWS


PEAK = """
import resource, sys
from pathlib import Path
from made_layers import made_incidents
from mapper.formats import write
frame = made_incidents(int(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write(frame, Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("suffix", [".geojson", ".geojsonl"])
def test_memory_stays_flat_while_writing(suffix, tmp_path):
    """Four times the rows must not take four times the memory on top of the frame (the peak is of the process)."""
    peaks = [int(in_a_process(PEAK, rows, tmp_path / f"a{suffix}")) for rows in (ROWS // 4, ROWS)]
    told(f"memory on top of the frame, {suffix}, MB", quarter=peaks[0] / 1024, whole=peaks[1] / 1024,
         file=(tmp_path / f"a{suffix}").stat().st_size / 2**20)  # fmt: skip
    assert peaks[1] < max(2 * peaks[0], 64 * 1024)
