"""One table for all formats: rows made from the schema come back from each as they went in."""

from __future__ import annotations

import csv
import dataclasses
import shutil
import subprocess

import pytest
from made_layers import ARABIC, AREA, assert_came_back, made_incidents

from mapper.formats import FORMATS, read, write
from mapper.formats.schemes import SCHEMES
from mapper.frames import SCHEMA, layers

SCHEME_SUFFIXES = {f".{key}.csv" for key in SCHEMES}
OWN = [suffix for suffix in FORMATS if suffix not in SCHEME_SUFFIXES]
EXTRAS = {".parquet": "pyarrow", ".xlsx": "openpyxl"}
NO_GDAL = {".jsonl", ".parquet"}  # no format of GDAL's; one that Debian's GDAL is built without
COUNT = 12


@pytest.fixture(scope="module")
def made():
    return dataclasses.replace(layers([]), incidents=made_incidents(COUNT, nulls=True, areas=True))


@pytest.fixture(params=[pytest.param(suffix, id=suffix[1:]) for suffix in OWN])
def written(request, made, tmp_path):
    if request.param in EXTRAS:
        pytest.importorskip(EXTRAS[request.param], reason=f"{request.param} needs an extra")
    return write(made, tmp_path / f"incidents{request.param}")


def test_the_rows_have_all_that_is_hard(made):
    frame = made.incidents
    assert set(frame.geom_type.dropna()) == {"Point", "Polygon"}
    assert frame.geometry.isna().any()
    assert (frame["place_name"] == ARABIC).any()
    assert ["a militia", ARABIC] in frame["targets"].tolist()
    assert ARABIC in frame["quotes"].iloc[2]
    assert frame["date_start"].dtype == "datetime64[ms]"
    full = ("geometry", "list", "json")  # nothing is [] there
    holed = [c.name for c in SCHEMA["incidents"] if c.nullable and c.dtype not in full]
    assert all(frame[name].isna().any() for name in holed)
    assert all(frame[c.name].notna().any() for c in SCHEMA["incidents"])


def test_the_rows_come_back_with_their_types_nulls_and_geometries(made, written):
    back = read(written).incidents
    assert_came_back(back, made.incidents)
    assert back.geometry.iloc[1].equals(AREA)  # with its hole


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs ogrinfo (Debian's gdal-bin)")
def test_gdal_reads_it(written):
    if "".join(written.suffixes[-1:]) in NO_GDAL:
        pytest.skip("GDAL has no driver for it")
    done = subprocess.run(["ogrinfo", "-ro", "-al", "-so", written], capture_output=True, text=True, check=True)
    expected = {".hxl.csv": COUNT + 1, ".shp": 0}.get("".join(written.suffixes), COUNT)
    counts = [int(line.split(":")[1]) for line in done.stdout.splitlines() if line.startswith("Feature Count")]
    assert max(counts) == expected or written.suffix == ".shp"


@pytest.mark.filterwarnings("ignore::mapper.formats.LossWarning")
@pytest.mark.parametrize("suffix", sorted(SCHEME_SUFFIXES))
def test_a_scheme_has_a_row_for_each_incident_it_holds(made, suffix, tmp_path):
    with write(made, tmp_path / f"a{suffix}").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert 1 < len(rows) <= COUNT + 1
    assert {len(row) for row in rows} == {len(rows[0])}
