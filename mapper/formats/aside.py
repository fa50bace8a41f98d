"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mapper.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["written_aside"]


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Give a name in the same folder to write to; put it in the place of `path` when the block ends well.

    The folder is made if it is not there. When the block fails, whatever stood at `path` stays as it was and nothing
    else is left behind.

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
        os.replace(aside, path)  # noqa: PTH105  (one name for the one call that matters here)
    except OSError as error:
        raise OutputError(
            f"cannot write {path} ({error.strerror or error})",
            hint="choose a folder that you may write to, with space left",
        ) from error
    finally:
        for left in path.parent.glob(f"{aside.name}*") if path.parent.is_dir() else ():  # with SQLite's own side files
            left.unlink(missing_ok=True)
