"""From what a user names to the files to read: a file, a folder, a pattern. Nothing is opened here."""

from __future__ import annotations

import glob
import os
import stat
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from mapper.records import Failure
from mapper.sources.kinds import FOUND_SUFFIXES, suffix_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["is_address", "is_report_name", "is_saved_beside", "locate"]

_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
# Text, but nobody's report: reading it as prose would put numbers and keys on the map.
_DATA_SUFFIXES = frozenset({".geojson", ".toml", ".yaml", ".yml"})
_NEVER_REPORTS = frozenset({"readme", "license", "licence", "notice", "changelog", "contributing"})
_RESULTS = frozenset(
    ("map.html", "incidents.geojson", "places.geojson", "zones.geojson", "reports.jsonl", "incidents.gpkg", "run.json")
)
_ONE_A_LINE = 'give JSONL, one {"id", "text", "published", "title", "url"} a line, or one .txt or .html file a report'


def is_address(source: str) -> bool:
    """Tell whether a source is an address of the web."""
    return source.lower().startswith(("http://", "https://"))


def locate(source: str, pass_over: Callable[[str], object]) -> Iterator[Path | Failure]:
    """Yield the files that a source stands for, in a stable order, and what goes wrong with finding them.

    A folder is walked to its end; hidden files, files of other kinds (by suffix), README and the like, and the
    `page_files` folders that browsers save beside `page.html` are passed over, and so are the results of an earlier
    run: its page quotes reports, and would be taken for one more. A file that the user names is never passed over in
    silence.

    Parameters
    ----------
    source
        What the user names.
    pass_over
        Told each file of another kind; hidden ones, what belongs to a page, and results are not worth telling.
    """
    try:
        path = Path(source).expanduser()
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield from _pattern(source, pass_over)
        return
    except (OSError, ValueError, RuntimeError) as error:
        yield Failure(source, _reason(error), "check the path and its permissions")
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, pass_over)
    elif not stat.S_ISREG(mode):
        yield Failure(source, "is a pipe, socket or device, not a file", "pipe its text in and give - as the source")
    elif path.suffix.lower() in _DATA_SUFFIXES:
        yield Failure(source, f"a {path.suffix.lower()} file is not a report", _ONE_A_LINE)
    else:
        yield path


def is_report_name(path: PurePath) -> bool:
    """Tell whether what is found in a folder or an archive may be a report, by its name."""
    return (
        not any(part.startswith(".") and part != ".." for part in path.parts)
        and "__MACOSX" not in path.parts
        and suffix_of(path.name) in FOUND_SUFFIXES
        and path.stem.lower() not in _NEVER_REPORTS
    )


def is_saved_beside(path: PurePath, names: frozenset[str]) -> bool:
    """Tell whether a member of an archive lies in the folder that a browser saved beside a page of that archive."""
    return any(
        folder.name.endswith("_files")
        and any(f"{str(folder)[: -len('_files')]}{suffix}" in names for suffix in _PAGE_SUFFIXES)
        for folder in path.parents
    )


def _folder(path: Path, pass_over: Callable[[str], object]) -> Iterator[Path | Failure]:
    unreadable: list[OSError] = []
    for folder, subfolders, names in os.walk(path, onerror=unreadable.append):
        saved = {Path(name).stem for name in names if Path(name).suffix.lower() in _PAGE_SUFFIXES}
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and not _is_saved(name, saved))
        for name in sorted(names):
            yield from _found(Path(folder, name), pass_over)
    for error in unreadable:
        yield Failure(str(error.filename), _reason(error), "check the permissions of the folder")


def _pattern(source: str, pass_over: Callable[[str], object]) -> Iterator[Path | Failure]:
    if not glob.has_magic(source):
        yield Failure(source, "there is no such file or folder", "check the name and the working folder")
        return
    try:
        names = sorted(glob.glob(str(Path(source).expanduser()), recursive=True))  # noqa: PTH207 - Path.glob refuses absolute patterns
    except (OSError, ValueError, RuntimeError) as error:
        yield Failure(source, _reason(error), "check the pattern")
        return
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from _folder(path, pass_over)
        else:
            yield from _found(path, pass_over)


def _found(file: Path, pass_over: Callable[[str], object]) -> Iterator[Path]:
    if _is_result(file):
        return
    if is_report_name(PurePath(file.name)):
        if _may_be_file(file):
            yield file
    else:
        pass_over(file.name)


def _is_result(file: Path) -> bool:
    """Tell whether a file was written by a run of ours: it has one of their names, and the others lie beside it."""
    return file.name in _RESULTS and all(os.path.lexists(file.parent / name) for name in _RESULTS)


def _may_be_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True  # one that may not even be looked at is named when it is opened, not passed over


def _is_saved(folder: str, pages: set[str]) -> bool:
    stem, _, kind = folder.rpartition("_")
    return kind == "files" and stem in pages


def _reason(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "may not be read"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror.lower()}"
    return "is no path that this system knows"
