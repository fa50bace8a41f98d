"""Open gazetteers: the one that ships with the package, others in its place, and the user's own places before them."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.gazetteer.lookup import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["default_path", "open_gazetteer", "open_several", "own_places_path"]


def default_path() -> Path:
    """Give the place of the gazetteer that ships with the package."""
    # Not importlib.resources: it would load a dozen modules, and SQLite needs a file on disk anyway.
    return Path(__file__).resolve().parent / "data" / "gazetteer.sqlite"


def own_places_path() -> Path:
    """Give the place of the user's own places (`mapper gazetteer add`), whether or not there are any."""
    if sys.platform == "linux":
        # As platformdirs has it (a test compares them), without the dozen modules that it loads for the first answer.
        home = Path(os.environ.get("XDG_DATA_HOME", "").strip())
        return (home if home.is_absolute() else Path.home() / ".local/share") / "mapper" / "places.sqlite"
    import platformdirs  # noqa: PLC0415

    return platformdirs.user_data_path("mapper", appauthor=False) / "places.sqlite"


def open_gazetteer(path: Path | str | None = None, *, own: bool = True) -> Gazetteer:
    """Open a gazetteer, or give the one already open in this process.

    Parameters
    ----------
    path
        A file that `mapper gazetteer build` made; a folder of several (in the order of their names); or several paths
        parted as in `PATH`. None is the gazetteer that ships with the package.
    own
        Put the user's own places, where there are any (`mapper gazetteer add`), in front of it.

    Raises
    ------
    GazetteerError
        When the file is missing, damaged, no gazetteer, or of another schema version.
    """
    chosen = [Path(path)] if path is not None else [default_path()]
    if chosen[0].is_dir():
        chosen = sorted(chosen[0].glob("*.sqlite")) or [chosen[0] / "gazetteer.sqlite"]
    elif os.pathsep in str(path) and not chosen[0].exists():
        chosen = [Path(part) for part in str(path).split(os.pathsep) if part]
    if own:
        places = own_places_path()
        if places.is_file() and places not in chosen:
            chosen = [places, *chosen]
    return open_several(chosen)


def open_several(paths: Sequence[Path | str]) -> Gazetteer:
    """Open several gazetteers as one, the first before the others."""
    if len(paths) == 1:
        return _open(Path(paths[0]))
    from mapper.gazetteer.layered import LayeredGazetteer  # noqa: PLC0415

    members = tuple(_open(Path(path)) for path in paths)
    return _layered(members, LayeredGazetteer)


@lru_cache(maxsize=8)
def _layered(members: tuple[Gazetteer, ...], kind: Callable[[Sequence[Gazetteer]], Gazetteer]) -> Gazetteer:
    return kind(members)


def _open(path: Path) -> Gazetteer:
    try:
        stat = path.stat()
    except OSError:
        return Gazetteer(path)  # says what is wrong
    return _opened(str(path), stat.st_ino, stat.st_mtime_ns, os.getpid())


@lru_cache(maxsize=8)
def _opened(path: str, _inode: int, _changed: int, _pid: int) -> Gazetteer:
    return Gazetteer(Path(path))
