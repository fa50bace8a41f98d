"""One frozen value of all settings: flag, then `MAPPER_*` variable, then `mapper.toml`, then default."""

from __future__ import annotations

import dataclasses
import difflib
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import platformdirs

from mapper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FILE_NAME", "VARIABLE_PREFIX", "Settings", "load"]

FILE_NAME = "mapper.toml"
VARIABLE_PREFIX = "MAPPER_"
_APPLICATION = "mapper"
_ENGINES = ("auto", "inline", "processes", "dask")


def _cache_dir() -> Path:
    return platformdirs.user_cache_path(_APPLICATION, appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told.

    Attributes
    ----------
    gazetteer
        Gazetteer file to use in place of the one that ships; None is the latter.
    recogniser
        What reads the texts: "encoder", "fast", "rules", or "spacy:NAME" (see `mapper.language.recogniser`).
    min_confidence
        0 to 1. Incidents less sure than this are left out; 0 leaves out none.
    tiles
        Address of an online background map (`https://host/{z}/{x}/{y}.png`); None keeps the map offline.
    user_agent
        How online services see this program; their policies ask for a way to reach who runs it.
    cache_dir
        Where answers of online services are kept.
    fallback
        Online service that is asked for place names that the gazetteer lacks; None asks nobody.
    fallback_domain
        A server of one's own in place of the public one of that service.
    max_bytes
        Largest report that is read, in bytes.
    engine
        Where the work is done: "auto", "inline", "processes" or "dask" (see `mapper.engines`).
    workers
        Processes to run; None is one a processor.
    scheduler
        Address of Dask's scheduler, or the path of its scheduler file.
    text_column, date_column, id_column, title_column, url_column
        Columns of tables, or keys of lines of JSON, that hold what a corpus says of its reports; None: by name.
    date_order
        How dates such as 02/08/2024 in such a column are meant: "dmy" or "mdy"; None leaves the report undated.
    allow_private
        Whether addresses of this machine and of private networks may be read.
    """

    gazetteer: Path | None = None
    recogniser: str = "encoder"
    min_confidence: float = 0.0
    tiles: str | None = None
    user_agent: str = "incident-mapper"
    cache_dir: Path = field(default_factory=_cache_dir)
    fallback: str | None = None
    fallback_domain: str | None = None
    max_bytes: int = 20_000_000
    engine: Literal["auto", "inline", "processes", "dask"] = "auto"
    workers: int | None = None
    scheduler: str | None = None
    text_column: str | None = None
    date_column: str | None = None
    id_column: str | None = None
    title_column: str | None = None
    url_column: str | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    allow_private: bool = False

    def as_dict(self) -> dict[str, str | int | float | None]:
        """Return the settings as JSON has them, for `run.json`."""
        values = ((item.name, getattr(self, item.name)) for item in dataclasses.fields(self))
        return {name: str(value) if isinstance(value, Path) else value for name, value in values}


_NAMES = tuple(item.name for item in dataclasses.fields(Settings))


def load(
    overrides: Mapping[str, Any] | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    *,
    config_dir: Path | None = None,
) -> Settings:
    """Gather the settings of a run.

    Parameters
    ----------
    overrides
        From flags, by field name; None means that the flag was not given.
    env
        Environment; the process's own by default. `MAPPER_MIN_CONFIDENCE=0.5` sets `min_confidence`; an empty value
        counts as not set, and variables of other names are left alone, but for slips of the pen.
    cwd
        Folder whose `mapper.toml` counts; the working folder by default. Relative paths in a file start at its folder,
        those of flags and variables at `cwd`.
    config_dir
        Folder whose `mapper.toml` counts when `cwd` has none; the user's configuration folder by default.

    Raises
    ------
    UsageError
        For an unknown key, a value of the wrong kind or out of range, or a file that is no TOML.
    """
    folder = Path.cwd() if cwd is None else cwd
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    for name in given:
        _known(name, f"the setting {name!r} is unknown")
    values = _from_file(folder, config_dir)
    values |= _from_environment(os.environ if env is None else env, folder)
    values |= {name: _checked(name, value, folder, f"--{name.replace('_', '-')}") for name, value in given.items()}
    return Settings(**values)


def _from_file(cwd: Path, config_dir: Path | None) -> dict[str, Any]:
    user = platformdirs.user_config_path(_APPLICATION, appauthor=False) if config_dir is None else config_dir
    for folder in (cwd, user):
        path = folder / FILE_NAME
        try:
            rows = tomllib.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            reason = str(error).splitlines()[0]
            raise UsageError(f"{path} is no valid TOML ({reason})", hint="mend the file, or move it away") from None
        except OSError as error:
            raise UsageError(f"{path} cannot be read ({error.strerror})", hint="check its permissions") from None
        for name in rows:
            _known(name, f"{path} has the unknown key {name!r}")
        return {name: _checked(name, value, folder, f"{name} in {path}") for name, value in rows.items()}
    return {}


def _from_environment(env: Mapping[str, str], cwd: Path) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for variable in sorted(env):
        name = variable.removeprefix(VARIABLE_PREFIX).lower()
        if not variable.startswith(VARIABLE_PREFIX) or not env[variable].strip():
            continue
        if name in _NAMES:
            values[name] = _checked(name, env[variable].strip(), cwd, variable)
        elif difflib.get_close_matches(name, _NAMES, n=1, cutoff=0.85):
            _known(name, f"the variable {variable} is unknown")
    return values


def _known(name: str, message: str) -> None:
    if name not in _NAMES:
        close = difflib.get_close_matches(name.replace("-", "_"), _NAMES, n=2)
        raise UsageError(
            message, hint=f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(_NAMES)}"
        )


def _checked(name: str, value: Any, folder: Path, where: str) -> Any:
    match name:
        case "gazetteer" | "cache_dir":
            return _path(value, folder, where)
        case "min_confidence":
            return _number(value, where)
        case "max_bytes":
            return _size(value, where)
        case "engine":
            return _engine(value, where)
        case "date_order":
            return _order(value, where)
        case "workers":
            return _workers(value, where)
        case "allow_private":
            return _switch(value, where)
        case "tiles":
            return _tiles(value, where)
        case _:
            return _line(value, where)


def _path(value: Any, folder: Path, where: str) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip() or "\0" in str(value):
        raise UsageError(f"{where} is not a path", hint="give the path of a file or folder")
    return folder / Path(value).expanduser()


def _number(value: Any, where: str) -> float:
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise UsageError(f"{where} is not a number from 0 to 1", hint="give a number such as 0.5")
    return number


def _size(value: Any, where: str) -> int:
    try:
        number = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else 0
    except ValueError:
        number = 0
    if number < 1:
        raise UsageError(f"{where} is not a number of bytes", hint="give a whole number such as 20000000")
    return number


def _engine(value: Any, where: str) -> str:
    name = _line(value, where)
    if name not in _ENGINES:
        raise UsageError(f"{where} is no engine: {name!r}", hint=f"known: {', '.join(_ENGINES)}")
    return name


def _order(value: Any, where: str) -> str:
    order = _line(value, where).lower()
    if order not in {"dmy", "mdy"}:
        raise UsageError(
            f"{where} is no order of day and month: {order!r}", hint="give dmy (2 August) or mdy (8 February)"
        )
    return order


def _workers(value: Any, where: str) -> int:
    try:
        number = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else 0
    except ValueError:
        number = 0
    if number < 1:
        raise UsageError(f"{where} is not a number of processes", hint="give a whole number such as 2")
    return number


def _switch(value: Any, where: str) -> bool:
    known = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.strip().lower() not in known:
        raise UsageError(f"{where} is neither true nor false", hint="give true or false")
    return known[value.strip().lower()]


def _tiles(value: Any, where: str) -> str:
    address = _line(value, where)
    try:
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or not all(mark in address for mark in ("{z}", "{x}", "{y}")):
        raise UsageError(f"{where} is no address of map tiles", hint="give one such as https://host/{z}/{x}/{y}.png")
    return address


def _line(value: Any, where: str) -> str:
    # It becomes a header of a request or a part of a page: one line, and nothing that ends it.
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise UsageError(f"{where} is not a line of text", hint="give printable characters on one line")
    return value.strip()
