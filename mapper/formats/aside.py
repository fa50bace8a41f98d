"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mapper.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["written_aside"]


@contextmanager
def written_aside(path: Path, *, beside: Sequence[str] = (), stale: Sequence[str] = ()) -> Iterator[Path]:
    """Give a name in the same folder to write to; put it in the place of `path` when the block ends well.

    The folder is made if it is not there. When the block fails, whatever stood at `path` stays as it was and nothing
    else is left behind.

    Parameters
    ----------
    path
        Where the file shall stand.
    beside
        Endings of other files that the block may write beside the name it is given ("_areas.shp": the name without its
        suffix, then the ending). They are put in place before the file itself, each whole; a system has no way to put
        several in place in one step.
    stale
        Endings of files that describe what stood at `path` before, such as an index: they are removed.

    Raises
    ------
    OutputError
        The folder or the file cannot be written.
    """
    # The suffix stays last: GDAL picks its driver by it.
    aside = path.with_name(f".{path.stem[:100]}.{secrets.token_hex(6)}{path.suffix}")
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        for ending in (*stale, *beside):
            written, place = (name.with_name(f"{name.stem}{ending}") for name in (aside, path))
            if written.exists():
                os.replace(written, place)  # noqa: PTH105  (one name for the one call that matters here)
            elif ending in stale:
                place.unlink(missing_ok=True)
        os.replace(aside, path)  # noqa: PTH105
    except OSError as error:
        raise OutputError(
            f"cannot write {path} ({error.strerror or error})",
            hint="choose a folder that you may write to, with space left",
        ) from error
    finally:
        for left in path.parent.iterdir() if path.parent.is_dir() else ():  # with SQLite's own side files
            if left.name.startswith(aside.stem):
                left.unlink(missing_ok=True)
