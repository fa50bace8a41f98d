"""GeoParquet by month: a folder of files, so that a program that asks for a month reads that month alone."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import OutputError
from mapper.formats.parquet import write_parquet

if TYPE_CHECKING:
    import os

    from mapper.frames import Layers

__all__ = ["UNDATED", "write_months"]

UNDATED = "unknown"
"""Month of incidents whose first day is not known."""

_FILE = "incidents.parquet"


def write_months(layers: Layers, folder: str | os.PathLike[str]) -> Path:
    """Write the incidents as GeoParquet, partitioned by the month of their first day.

    Parameters
    ----------
    layers
        Whose incidents are written.
    folder
        Gets ``month=2024-02/incidents.parquet`` and so on: names that pyarrow, DuckDB, Spark and others read as a
        column `month`. An earlier folder of this kind is replaced, whole.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    OutputError
        When it cannot be written, or something else stands there; what was there before still is.
    MissingExtraError
        pyarrow is not installed.
    """
    folder = Path(folder)
    if folder.exists() and not _is_ours(folder):
        raise OutputError(f"cannot write {folder}: something else is there", hint="give a folder that is not there yet")
    incidents = layers.incidents
    months = incidents["date_start"].dt.strftime("%Y-%m").fillna(UNDATED)
    aside, old = (folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.{word}") for word in ("new", "old"))
    try:
        aside.mkdir(parents=True)
        for month, part in incidents.groupby(months, sort=True):
            (aside / f"month={month}").mkdir()
            write_parquet({"incidents": part}, aside / f"month={month}" / _FILE)
        if folder.exists():
            folder.rename(old)
        aside.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        hint = "choose a folder that you may write to, with space left"
        raise OutputError(f"cannot write {folder} ({error.strerror or error})", hint=hint) from error
    finally:
        for left in (aside, old):
            shutil.rmtree(left, ignore_errors=True)
    return folder


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and all(path.name.startswith("month=") for path in folder.iterdir())
