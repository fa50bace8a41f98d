"""Names for ids: from a file's name, safe in other file names, pages and shells."""

from __future__ import annotations

import re
from pathlib import PurePath, PurePosixPath

__all__ = ["file_name", "stem", "unique"]

_NOT_ID = re.compile(r"[^\w.-]+")


def stem(name: str) -> str:
    """Give what an id begins with: word characters, dots and hyphens only, and none that hides a file."""
    known = name.encode("utf-8", errors="replace").decode()
    return _NOT_ID.sub("_", PurePath(known).stem).strip("._-")[:60] or "report"


def file_name(name: str) -> PurePosixPath:
    """Give the last part of a path, whichever system has written it."""
    return PurePosixPath(PurePosixPath(name.replace("\\", "/")).name)


def unique(identity: str, taken: dict[str, int]) -> str:
    """Give an id that was not given before: one that comes again gets "-2", "-3", ..."""
    while identity in taken:
        taken[identity] += 1
        identity = f"{identity}-{taken[identity]}"
    taken[identity] = 1
    return identity
