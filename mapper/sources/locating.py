"""From what a user names to the files to read: a file, a folder, a pattern. Nothing is opened here."""

from __future__ import annotations

import glob
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CORPUS_SUFFIXES", "PAGE_SUFFIXES", "REPORT_SUFFIXES", "locate"]

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
CORPUS_SUFFIXES = frozenset({".jsonl", ".ndjson"})
REPORT_SUFFIXES = TEXT_SUFFIXES | PAGE_SUFFIXES | CORPUS_SUFFIXES
# Text, but nobody's report: reading a table or a feed as prose would put numbers and tags on the map.
_DATA_SUFFIXES = frozenset({".json", ".geojson", ".csv", ".tsv", ".xml", ".rss", ".atom", ".toml", ".yaml", ".yml"})
_NEVER_REPORTS = frozenset({"readme", "license", "licence", "notice", "changelog", "contributing"})
_ONE_A_LINE = 'give JSONL, one {"id", "text", "published", "title", "url"} a line, or one .txt or .html file a report'


def locate(source: str) -> Iterator[Path | Failure]:
    """Yield the files that a source stands for, in a stable order, or one `Failure` that says why there are none.

    A folder is walked to its end; hidden files, files of other kinds (by suffix), README and the like, and the
    `page_files` folders that browsers save beside `page.html` are passed over. A file that the user names is never
    passed over in silence.
    """
    if source.lower().startswith(("http://", "https://")):
        hint = "save the page as .html and give that file"
        yield Failure(source, "addresses are not read, only files", hint)
        return
    try:
        path = Path(source).expanduser()
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield from _pattern(source)
        return
    except (OSError, ValueError, RuntimeError) as error:
        yield Failure(source, _reason(error), "check the path and its permissions")
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, source)
    elif not stat.S_ISREG(mode):
        yield Failure(source, "is a pipe, socket or device, not a file", "pipe its text in and give - as the source")
    elif path.suffix.lower() in _DATA_SUFFIXES:
        yield Failure(source, f"a {path.suffix.lower()} file is not a report", _ONE_A_LINE)
    else:
        yield path


def _folder(path: Path, source: str) -> Iterator[Path | Failure]:
    found = False
    unreadable: list[OSError] = []
    for folder, subfolders, names in os.walk(path, onerror=unreadable.append):
        saved = {Path(name).stem for name in names if Path(name).suffix.lower() in PAGE_SUFFIXES}
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and not _is_saved(name, saved))
        for name in sorted(names):
            file = Path(folder, name)
            if _is_report(file):
                found = True
                yield file
    for error in unreadable:
        yield Failure(str(error.filename), _reason(error), "check the permissions of the folder")
    if not found and not unreadable:
        yield Failure(source, "the folder holds no report", "put .txt, .md, .html or .jsonl files into it")


def _pattern(source: str) -> Iterator[Path | Failure]:
    if not glob.has_magic(source):
        yield Failure(source, "there is no such file or folder", "check the name and the working folder")
        return
    found = False
    try:
        names = sorted(glob.glob(str(Path(source).expanduser()), recursive=True))  # noqa: PTH207 - Path.glob refuses absolute patterns
    except (OSError, ValueError, RuntimeError) as error:
        yield Failure(source, _reason(error), "check the pattern")
        return
    for name in names:
        path = Path(name)
        for file in _folder(path, name) if path.is_dir() else [path]:
            if isinstance(file, Path) and _is_report(file):
                found = True
                yield file
    if not found:
        yield Failure(source, "no report matches the pattern", "put it in quotes, or check it with ls")


def _is_report(path: Path) -> bool:
    return (
        not path.name.startswith(".")
        and path.suffix.lower() in REPORT_SUFFIXES
        and path.stem.lower() not in _NEVER_REPORTS
        and _may_be_file(path)
    )


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
