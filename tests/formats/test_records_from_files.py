"""A file gives back the records that its layers were built from, where the format keeps everything."""

from __future__ import annotations

import pytest
from carried import carried, rounded

from mapper.formats import read, write, write_folder
from mapper.frames import LAYER_NAMES, Layers, layers


def fields(records, **options):
    return carried(records, shape=rounded, **options)


@pytest.fixture
def built(reports):
    return layers(reports)


def test_a_geopackage_gives_the_reports_back(built, tmp_path):
    assert fields(read(write(built, tmp_path / "a.gpkg")).to_records()) == fields(built.to_records())


def test_a_folder_gives_the_reports_back(built, tmp_path):
    write_folder(built, tmp_path / "out")
    assert fields(read(tmp_path / "out").to_records()) == fields(built.to_records())


@pytest.mark.parametrize("suffix", [".parquet", ".geojson", ".geojsonl", ".fgb"])
def test_a_file_a_layer_gives_the_reports_back(built, suffix, tmp_path):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow", reason="GeoParquet needs the extra `parquet`")
    files = {name: write(built, tmp_path / f"{name}{suffix}", layer=name) for name in LAYER_NAMES}
    back = Layers(**{name: getattr(read(path), name) for name, path in files.items()})
    assert fields(back.to_records()) == fields(built.to_records())


@pytest.mark.parametrize("suffix", [".parquet", ".geojson", ".gpkg", ".csv", ".jsonl", ".xlsx"])
def test_the_incidents_alone_give_their_records_back(built, suffix, tmp_path):
    for extra in {".parquet": ["pyarrow"], ".xlsx": ["openpyxl"]}.get(suffix, []):
        pytest.importorskip(extra, reason=f"{suffix} needs an extra")
    back = read(write(built, tmp_path / f"a{suffix}", layer="incidents"))
    assert fields(back.to_incidents(), candidates=False) == fields(built.to_incidents(), candidates=False)


@pytest.mark.filterwarnings("ignore::mapper.formats.LossWarning")
def test_incidents_that_others_have_coded_become_records(tmp_path, built):
    path = write(built, tmp_path / "a.acled.csv")
    (strike,) = read(path).to_incidents()
    assert strike.killed.best == 3
    assert [place.resolution.place.name for place in strike.places] == ["Mashtal"]
